"""Quantities in running text: digits and number words, ranges, and the words that bound or blur a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.language.lexicon import Lexicon, fold

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(_SMALL, start=1)}
TENS = {word: 10 * value for value, word in enumerate(_TENS, start=2)}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
PAIRS = ("couple", "pair")
GROUPS = {"dozen": 12, "score": 20, "hundred": 100}
VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions", "billions", "tens")
DURATIONS = ("second", "minute", "hour", "day", "night", "week", "weekend", "month", "year", "decade", "season", "game")

# What stands before a number, by the bound that it gives. "At lease" is a frequent slip for "at least".
QUALIFIERS = Lexicon(
    {
        **dict.fromkeys(
            (
                "at least", "at lease", "more than", "over", "no fewer than", "not fewer than", "no less than",
                "not less than", "upward of", "upwards of", "in excess of", "a minimum of", "minimum of", "well over",
                "just over", "greater than", "exceeding", "well more than",
            ),
            "at_least",
        ),
        **dict.fromkeys(
            (
                "up to", "as many as", "as much as", "at most", "no more than", "not more than", "a maximum of",
                "fewer than", "less than", "just under", "no greater than",
            ),
            "at_most",
        ),
        **dict.fromkeys(
            (
                "about", "around", "some", "roughly", "approximately", "nearly", "almost", "close to",
                "an estimated", "estimated", "approx", "circa", "more or less", "just about",
            ),
            "approximate",
        ),
    }
)  # fmt: skip
BEFORE = 24  # characters before a number in which its qualifier is looked for

# Letters run on to digits: orders of size ("3.6bn", after a currency's sign also "$2m"), and units ("50,000lb").
RUN_ON = {"bn": 1e9, "tn": 1e12, "trn": 1e12, "mn": 1e6, "m": 1e6, "k": 1e3, "b": 1e9}
_UNIT = "km|kg|mph|kph|kmh|lbs?|ft|mm|cm|m|kb|mb|gb|tb|ml|l|g|mi|kw|mw|hp|ghz|mhz|kwh"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_WORD = re.compile(
    rf"(?<=[$£€]){_DIGITS}[mkb]\b"
    rf"|(?<![\w#:/])(?<![\w.]\.){_DIGITS}(?:(?:bn|tn|trn|mn)\b|(?=(?:{_UNIT})\b)|(?!\w))(?![:/.]\d)"
    r"|(?<!\w)(?!and\b)[a-z]+"
)
_LINK = re.compile(r"\s+(?:and\s+)?|-")
_SIGN = "[$£€]?"
_RANGE = re.compile(rf"\s*[-\u2013\u2014]\s*{_SIGN}|\s+(?:to|or)\s+{_SIGN}")
_AFTER = re.compile(
    r"(?:,?\s+or\s+(?P<most>fewer|less))\b|\s+or\s+(?P<least>more)\b|\s+or\s+(?P<some>so)\b|\+|-(?:plus|odd)\b"
)
# "Scores" is a number before or after what happens to people, and elsewhere a verb or a result.
_SCORES_AFTER = re.compile(
    r"\s+(?:of|more|were|are|have|die|died|killed|dead|hurt|injured|wounded|missing|arrested|feared)\b"
)
_SCORES_BEFORE = re.compile(r"\b(?:kill|injur|wound|arrest)(?:s|es|ed|ing)\s+$")
_RUN_OVER = re.compile(r"\b(?:r[ua]n(?:s|ning)?|knock\w*|drove|bowl\w*|roll\w*)\s+$")  # "over" is no floor then
_ABOUT_WHAT = re.compile(
    r"\b(?:talk\w*|speak\w*|spoke|ask\w*|worr\w+|concern\w*|kn[eo]w\w*|learn\w*|th[io]\w*|hear\w*|complain\w*|stor\w+"
    r"|t[eo]ld?\w*|questions?|details?|information|warn\w*|jok\w+|debate\w*|write\w*|wrote|book|film)\s+$"
)


class Quantity(NamedTuple):
    """A number as the text gives it, with the words that bound it.

    ``[start, end)`` takes in the qualifier, ``[number_start, number_end)`` does not. ``low`` is null where the text
    names only an order of size ("dozens"), ``high`` is the upper end of a range. ``bound`` is a code of the codebook:
    exact, at_least, at_most, approximate or range. The qualifier's characters are null where there is none.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: float | None
    high: float | None
    bound: str
    qualifier_start: int | None = None
    qualifier_end: int | None = None


class _Number(NamedTuple):
    start: int
    end: int
    value: float | None


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities in ``text[start:end]``, left to right: "at least 12", "two or three", "dozens", "1.5 million"."""
    passage = fold(text[start:end])
    found: list[Quantity] = []
    numbers = list(_numbers(passage))
    at = 0
    while at < len(numbers):
        first, second = numbers[at], numbers[at + 1] if at + 1 < len(numbers) else None
        if second is not None and _is_range(passage, first, second):
            found.append(_range(passage, first, second))
            at += 2
        else:
            found.append(_qualified(passage, first))
            at += 1
    return [_moved(quantity, start) for quantity in found]


def _moved(quantity: Quantity, shift: int) -> Quantity:
    """The same quantity in the offsets of the whole text."""
    qualifier_start, qualifier_end = quantity.qualifier_start, quantity.qualifier_end
    return quantity._replace(
        start=quantity.start + shift,
        end=quantity.end + shift,
        number_start=quantity.number_start + shift,
        number_end=quantity.number_end + shift,
        qualifier_start=None if qualifier_start is None else qualifier_start + shift,
        qualifier_end=None if qualifier_end is None else qualifier_end + shift,
    )


def number_value(words: str) -> float | None:
    """The value of a number phrase that is nothing else ("three hundred and five", "1,200"), or None."""
    lowered = fold(words).strip()
    for number in _numbers(lowered):
        return number.value if (number.start, number.end) == (0, len(lowered)) else None
    return None


def _numbers(text: str) -> Iterator[_Number]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        number, after = _read_vague(text, words, at)
        if number is None:
            number, after = _read_number(text, words, at)
        if number is not None:
            yield number
        at = after


def _read_vague(text: str, words: list[re.Match], at: int) -> tuple[_Number | None, int]:
    """ "Dozens", "tens of thousands", "several hundred", "a few dozen": a size without a number."""
    word, start = words[at].group(), words[at].start()
    if word in VAGUE:
        rest = text[words[at].end() :]
        if word == "tens" and not re.match(r"\s+of\s+(?:thousands|millions|billions)", rest):
            return None, at
        if word == "scores" and not (_SCORES_AFTER.match(rest) or _SCORES_BEFORE.search(text, 0, start)):
            return None, at
        after = at + 1
        if after + 1 < len(words) and words[after].group() == "of" and words[after + 1].group() in VAGUE:
            after += 2
        return _Number(start, words[after - 1].end(), None), after
    following = words[at + 1].group() if at + 1 < len(words) else ""
    if word in ("several", "few", "many") and following in (*GROUPS, *SCALES):
        start = words[at - 1].start() if word == "few" and at and words[at - 1].group() == "a" else start
        return _Number(start, words[at + 1].end(), None), at + 2
    return None, at


def _read_number(text: str, words: list[re.Match], at: int) -> tuple[_Number | None, int]:
    """The longest number phrase from this word on, and the word after it."""
    first = words[at].group()
    begin, factor = at, 1.0
    if first == "half" and at + 1 < len(words) and words[at + 1].group() in ("a", "an"):
        at, factor, first = at + 1, 0.5, "a"
    if first in ("a", "an"):
        if at + 1 >= len(words) or words[at + 1].group() not in (*GROUPS, *SCALES, *PAIRS):
            return None, begin + 1
        if not _linked(text, words[at], words[at + 1]):
            return None, begin + 1
        if words[at + 1].group() in PAIRS:
            if not re.match(r"\s+of\b", text[words[at + 1].end() :]):  # a couple is two people by itself, too
                return None, at + 2
            return (_Number(words[begin].start(), words[at + 1].end(), 2.0), at + 2) if factor == 1 else (None, at + 2)
        total, current, at = 0.0, 1.0, at + 1
    else:
        value = _simple(first)
        if value is None:
            return None, begin + 1
        total, current, at = 0.0, value, at + 1
    total, after = _extend(text, words, at, total, current, digits=first[0].isdigit())
    return _Number(words[begin].start(), words[after - 1].end(), total * factor), after


def _extend(
    text: str, words: list[re.Match], at: int, total: float, current: float, *, digits: bool
) -> tuple[float, int]:
    """Add the words that continue a number phrase: value and the word after it."""
    room, scale = (0.0 if digits else _room(words[at - 1].group())), float("inf")
    while at < len(words) and (link := _linked(text, words[at - 1], words[at])):
        word = words[at].group()
        if word in GROUPS and "and" not in link and current < GROUPS[word] and word != "score":
            current, room = current * GROUPS[word], 100.0 if word == "hundred" else 0.0
        elif word in SCALES and "and" not in link and current and SCALES[word] < scale:
            total, current, scale, room = total + current * SCALES[word], 0.0, SCALES[word], 1000.0
        elif (value := _simple(word)) is not None and not word[0].isdigit() and value < room and _and_fits(link, room):
            current, room = current + value, _room(word)
        else:
            break
        at += 1
    return total + current, at


def _and_fits(link: str, room: float) -> bool:
    return "and" not in link or room >= 100


def _room(word: str) -> float:
    """Below what the next word of a number phrase must lie."""
    return 10.0 if word in TENS else 0.0


def _simple(word: str) -> float | None:
    if word[0].isdigit():
        digits = word.rstrip("abkmnrt")
        return float(digits.replace(",", "")) * RUN_ON.get(word[len(digits) :], 1.0)
    value = SMALL.get(word, TENS.get(word))
    return None if value is None else float(value)


def _linked(text: str, left: re.Match, right: re.Match) -> str:
    """The blank, hyphen or "and" between two words of one number phrase, or ""; the words in between do not count."""
    gap = text[left.end() : right.start()]
    return gap if _LINK.fullmatch(gap) else ""


def _is_range(text: str, first: _Number, second: _Number) -> bool:
    if first.value is None or second.value is None or not first.value < second.value:
        return False
    if text[second.start - 1] in "$£€" and text[max(0, first.start - 1)] not in "$£€":
        return False  # "in 2011 to $10 million"
    gap, before = text[first.end : second.start], _word_before(text, first.start)
    if before == ["between"]:
        return bool(re.fullmatch(rf"\s+and\s+{_SIGN}", gap))
    return before != ["from"] and bool(_RANGE.fullmatch(gap))


def _word_before(text: str, start: int) -> list[str]:
    """The word before a number and its currency's sign, alone in a list; none where nothing stands before it."""
    return text[max(0, start - BEFORE) : start].rstrip("$£€").split()[-1:]


def _range(text: str, first: _Number, second: _Number) -> Quantity:
    begin = first.start
    if _word_before(text, first.start) == ["between"]:
        begin = text.rindex("between", 0, first.start)
    low, scale = first.value, text[second.start : second.end].split()[-1]
    if scale in SCALES and not text[first.start : first.end].endswith(scale):
        low = low * SCALES[scale] if low is not None else None  # "one or two thousand"
    return Quantity(begin, second.end, first.start, second.end, low, second.value, "range")


def _qualified(text: str, number: _Number) -> Quantity:
    loose = number.value is None or text.startswith("a couple", number.start)
    bound = "approximate" if loose else "exact"
    after = _AFTER.match(text, number.end)
    if after is not None and number.value is not None:
        code = "at_most" if after["most"] else "approximate" if after["some"] or after.group() == "-odd" else "at_least"
        begin = number.end + len(after.group()) - len(after.group().lstrip(" ,-"))
        return Quantity(
            number.start, after.end(), number.start, number.end, number.value, None, code, begin, after.end()
        )
    qualifier = _qualifier(text, number)
    if qualifier is None:
        return Quantity(number.start, number.end, number.start, number.end, number.value, None, bound)
    begin, end, code = qualifier
    return Quantity(begin, number.end, number.start, number.end, number.value, None, code, begin, end)


def bound_before(text: str, start: int, end: int) -> tuple[int, str]:
    """Where an amount at ``[start, end)`` begins with its qualifier, and its bound: "nearly", "more than"."""
    found = _qualifier(fold(text[:end]), _Number(start, end, None))
    return (start, "exact") if found is None else (found[0], found[2])


def _qualifier(text: str, number: _Number) -> tuple[int, int, str] | None:
    low = max(0, number.start - BEFORE)
    for found in QUALIFIERS.find(text[low : number.start]):
        match = found._replace(start=found.start + low, end=found.end + low)
        gap = text[match.end : number.start]
        if not re.fullmatch(r"\s+(?:another\s+|an?\s+|the\s+|(?:[a-z]{1,2})?[$£€])?", gap):
            continue
        following = re.match(r"\W*(\w+)", text[number.end :])
        unit = following.group(1).rstrip("s") if following else ""
        if match.entry == "over" and unit in DURATIONS:
            continue  # "over three days" is during
        if match.entry in ("about", "around") and gap.strip() == "the":
            continue  # "records about the 58 people"
        if match.entry in ("about", "around") and _ABOUT_WHAT.search(text, max(0, match.start - BEFORE), match.start):
            continue
        if match.entry == "over" and _RUN_OVER.search(text, max(0, match.start - BEFORE), match.start):
            continue
        if match.entry == "close to" and number.value is not None and number.value < 10:
            continue
        return match.start, match.end, match.code
    return None
