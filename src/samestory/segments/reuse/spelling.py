"""When two words are one word spelled in two ways: what a desk's style sheet changes is no change of wording."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|(?<=\d)%")
NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
MONTHS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "aug": "august", "sep": "september",
    "sept": "september", "oct": "october", "nov": "november", "dec": "december",
}  # fmt: skip
ALSO = {"an": "a", "%": "percent", "grey": "gray"}
SAME = {**NUMBERS, **MONTHS, **ALSO}
# The results need not be words, as long as the spellings of one word and no others meet in them.
ENDINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|es|ing|ers?|ations?)$)"), "iz"),  # organise, organisation
    (re.compile(r"(?<=\w{2}[^aeiou])our(?=(?:s|ed|ing|ite|able|ers?)?$)"), "or"),  # labour, favourite
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|ers?)$)"), "l"),  # travelled
    (re.compile(r"(?<=\w[^aeiou])re(?=s?$)"), "er"),  # centre
    (re.compile(r"(?<=\wen)ce(?=s?$)"), "se"),  # defence
    (re.compile(r"(?<=gram)me(?=s?$)"), ""),  # programme
)


@lru_cache(maxsize=1 << 17)
def spelling(word: str) -> str:
    """What a word is compared by: lower case, no accents, hyphens or points, British and American spelling as one,
    numbers to twelve as figures, months written out, "an" as "a", "%" as "percent"."""
    letters = unicodedata.normalize("NFKD", word.lower())
    if any(map(str.isdigit, word)):  # 2.8 is not 28, though 1,200 is 1200
        plain = letters.replace(",", "")
    else:
        plain = letters if letters.isalnum() else "".join(c for c in letters if c.isalnum() or c == "%")
    if plain in SAME:
        return SAME[plain]
    for ending, other in ENDINGS:
        plain = ending.sub(other, plain)
    return plain
