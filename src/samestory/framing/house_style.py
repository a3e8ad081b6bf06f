"""House style: what an outlet's copy desk decides and no reporter means. It is masked, and what is masked is listed.

Names of outlets, courtesy titles, titles before names, middle initials and credits are cut out; spellings,
abbreviations and contractions are read as one form, so that "per cent" and "%", "colour" and "color" tell no outlets
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from samestory.framing.spellings import MONTHS, SHORT_NAMES, STATES, read_contraction, read_spelling

KINDS = ("outlet_name", "courtesy", "title", "name_form", "credit", "address", "spelling", "contraction")

# Letters, digits after them, and what is joined to them by a hyphen or an apostrophe.
_WORD = re.compile(r"[^\W\d_]\w*(?:['’-]\w+)*")
_COURTESY = r"(?:Mr|Mrs|Ms|Mx|Messrs|Mmes|Miss|Madam|Mme|Herr|Frau|Señor|Señora|Sir|Dame|Lord|Lady|Baroness)"
_SHORT_TITLE = (
    r"(?:Sens?|Reps?|Govs?|Gens?|Lts?|Cols?|Capts?|Majs?|Sgts?|Adms?|Cmdrs?|Cpls?|Pvts?|Dets?|Insp|Supt|Profs?|Drs?|Revs?"
    r"|Hon|Pres|Atty|Msgr)"
)
_LONG_TITLE = (
    r"(?:Attorney General|Senators?|Representatives?|Congress(?:man|woman|men|women)|Governors?|Lieutenants?|Generals?"
    r"|Colonels?"
    r"|Captains?|Majors?|Sergeants?|Admirals?|Commanders?|Corporals?|Detectives?|Inspectors?|Superintendents?|Professors?"
    r"|Doctors?|Reverend|Honou?rable|Monsignor)"
)
_COMPANY = r"(?!(?:Motors|Electric|Mills|Dynamics|Assembly|Hospital|League|Accounting|Services?)\b)"
_AGENCY = (
    r"(?:(?:[Tt]he )?Associated Press|A\.P\.|AP|Agence France-Presse|AFP|(?:Thomson )?Reuters|REUTERS|United Press"
    r" International|UPI|Press Association|Australian Associated Press|(?:[Tt]he )?Canadian Press|ITAR-TASS|TASS"
    r"|RIA Novosti|Interfax|Xinhua|Kyodo|Yonhap|Bloomberg News|Deutsche Presse-Agentur|DPA)"
)
# A name that ends as names of papers, stations and sites do.
_MEDIUM = (
    r"(?:(?:[Tt]he )?(?:[A-Z][\w.&’'-]* ){0,4}(?:Times|Post|News|Journal|Tribune|Herald|Telegraph|Gazette|Chronicle"
    r"|Observer|Mail|Press|Guardian|Courier|Independent|Examiner|Inquirer|Globe|Sun|Standard|Mirror|Express|Radio|TV"
    r"|Television|Today|Magazine|Network)\b|(?:[Tt]he )?(?:CNN|BBC|NBC|CBS|ABC|MSNBC|CNBC|PBS|NPR|ITV|NDTV|CBC|RTÉ)"
    r"(?: News| Radio)?\b|(?:this|the) (?:news)?paper\b)"
)
_TELLING = (
    r"(?:t(?:old|ells?|elling)|in an? (?:[\w-]+ )?(?:interview|statement|e-?mail) (?:with|to)|speaking (?:to|with)"
    r"|in remarks to)"
)
_PARTY = r"(?:Republicans?|Democrats?|Independents?)"
# Middle initials, "Jr." and the like; and what some papers set after the capital's name.
_NAME_FORM = (
    r"(?<![\w.])[A-Z]\.(?= [A-Z][a-z])|(?<=[a-z]),? (?:Jr|Sr)\b\.?|(?<=[a-z]) III\b|(?<=Washington), D\.?C\b\.?"
)
_ADDRESS = r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w+|\bpic\.twitter\.com/\w+"
_CREDIT = (
    r"(?:[Tt]he )?(?:[A-Z][\w.’'-]+(?:,? and |,? ))*contribut(?:ed|ing) (?:to this (?:report|article|story)|reporting)",
    r"[Rr]eporting by [A-Z][^.;\n]{0,80}(?:[.;]|$)|[Ee]diting by [A-Z][^.;\n]{0,80}(?:[.;]|$)",
    r"(?:[Ff]ile )?[Pp]hoto(?:graph)?s?(?: credit)?(?: by |: ?| via )[A-Z][\w.’'/ -]{0,40}",
    r"(?:AP|Reuters|AFP) [Pp]hotos?\b",
    r"(?:via )?(?:Getty(?: Images)?|Shutterstock|Alamy|AP Images|iStock)\b",
    r"[Vv]ia (?:Twitter|Facebook|YouTube|Instagram)\b",
    r"UPDATED?(?: \d+)?:|Updated?:|Last updated|(?<=\n)Updated? (?:at|on)\b|Editor[’']s [Nn]ote:?",
    r"(?<=\n)(?:CLICK|Click) here\b",
    r"(?:FOLLOW|Follow) (?:us|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*) on (?:Twitter|Facebook|Instagram)\b",
    rf"\({_AGENCY}\)",
)


class Word(NamedTuple):
    """A word in its normal form and where it stands in the text."""

    word: str
    start: int
    end: int


class Mask(NamedTuple):
    """What was masked, as it is listed, and of which kind it is."""

    mask: str
    kind: str


class Reading(NamedTuple):
    """The words of a text and what was masked in it."""

    words: list[Word]
    masks: list[Mask]


def read_words(text: str, names: re.Pattern[str] | None = None) -> Reading:
    """The words of a text in lower case and normal form, house style masked; numbers and marks are no words.

    ``names`` finds the names of outlets (see :func:`name_pattern`). "told The Courier" is a credit of any outlet.
    A possessive 's is no word.
    """
    words: list[Word] = []
    masks: list[Mask] = []
    last = 0
    for start, end, mask, normal in _masked(text, names):
        _take(text, last, start, words, masks)
        words += [Word(word, start, end) for word in normal]
        masks.append(mask)
        last = end
    _take(text, last, len(text), words, masks)
    return Reading(words, masks)


def name_pattern(outlets: Iterable[str], names: Mapping[str, Sequence[str]] | None = None) -> re.Pattern[str]:
    """A pattern of the names that outlets are known by: "www.example.com" also as "example.com" and "example".

    "The Brask Lantern" is also "Brask Lantern" and "the Lantern". ``names`` gives further names of an outlet ("this
    newspaper"). The short name and that of a domain are masked where they are written with a capital only, since they
    may be common words.
    """
    whole: set[str] = set()
    bare: set[str] = set()
    short: set[str] = set()
    for outlet in outlets:
        for name in (outlet, *(names or {}).get(outlet, ())):
            domain = name.lower().removeprefix("www.")
            whole.update((name.lower(), domain))
            parts = name.split()
            if len(parts) == 1 and "." in domain:
                bare.update(part for part in domain.split(".")[:-1] if part not in ("edition", "co", "com", "uk"))
            if len(parts) > 2 and parts[0].lower() == "the":
                whole.add(" ".join(parts[1:]).lower())
                short.add(parts[-1])
    found = [rf"(?i:{re.escape(name)})" for name in sorted(whole - {""}, key=lambda n: (-len(n), n))]
    found += [rf"[Tt]he {re.escape(name)}" for name in sorted(short)]
    found += [rf"(?:{re.escape(n.upper())}|{re.escape(n.capitalize())})" for n in sorted(bare)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)")


def _masked(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int, Mask, tuple[str, ...]]]:
    """Spans to mask in order, none overlapping: its mask, and the words that it is read as (none where cut out)."""
    own = names.pattern if names is not None else r"(?!)"
    for match in _pattern(own).finditer(text):
        kind = str(match.lastgroup)
        written = " ".join(match[0].replace("’", "'").split())
        normal: tuple[str, ...] = ()
        if kind == "spelling":
            normal = _normal(written)
        if normal != (written.lower(),):
            listed = f"{written} = {' '.join(normal)}" if normal else written.lower().strip(" ,.:;()")
            yield match.start(), match.end(), Mask(listed, kind), normal


@cache
def _pattern(names: str) -> re.Pattern[str]:
    """All that is masked by its wording, the longer wording before the shorter that may stand in it."""
    name = rf"(?:{names})"
    told = rf"{_TELLING} (?:{_AGENCY}|{_MEDIUM}|{name})(?:[’']s?)?"
    return re.compile(
        "|".join(
            (
                rf"(?P<address>{_ADDRESS})",
                rf"(?P<credit>\b(?:{told})|{'|'.join(_CREDIT)}|\b{_AGENCY}(?!\w))",
                rf"(?P<outlet_name>{name})",
                rf"(?P<courtesy>\b{_COURTESY}\.?(?= [A-Z]))",
                rf"(?P<title>\b(?:(?:{_SHORT_TITLE}\.|{_LONG_TITLE}) {_COMPANY})+(?=[A-Z])"
                r"|\(?\b[RDI]-(?:(?:[A-Z]\.)+|[A-Z][a-z]+\.?)(?: [A-Z][a-z]+\.?)?\)?"
                rf"|(?<=, ){_PARTY} (?:of|from) [A-Z]\w+(?: [A-Z]\w+)?)",
                rf"(?P<name_form>{_NAME_FORM})",
                rf"(?P<spelling>{_SPELLED})",
            )
        )
    )


_SPELLED = (
    rf"\b(?:[A-Z]\.){{2,}}(?:[A-Z]\b)?|\b(?:{'|'.join(SHORT_NAMES)})\b|\b(?:{'|'.join(MONTHS)})\.(?= \d)"
    rf"|(?<=, )(?:{'|'.join(re.escape(s) for s in STATES)})(?!\w)|%|\bper cent\b"
)


def _normal(written: str) -> tuple[str, ...]:
    if written in ("%", "per cent"):
        return ("percent",)
    plain = written.replace(".", "")
    if plain in SHORT_NAMES:
        return SHORT_NAMES[plain]
    if plain in MONTHS:
        return (MONTHS[plain],)
    read = read_spelling(plain.lower())
    return STATES.get(written) or (read[0] if read else (plain.lower(),))


def _take(text: str, start: int, end: int, words: list[Word], masks: list[Mask]) -> None:
    """Add the words between two masks, each read in its normal form."""
    for match in _WORD.finditer(text, start, end):
        written = match[0].lower().replace("’", "'").rstrip("_")
        for read, kind in ((read_contraction, "contraction"), (read_spelling, "spelling")):
            found = read(written)
            if found is not None:
                normal, mask = found
                words += [Word(word, *match.span()) for word in normal]
                if mask:
                    masks.append(Mask(mask, kind))
                break
        else:
            words.append(Word(written, *match.span()))
