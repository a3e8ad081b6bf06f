"""Amounts of money and measured sizes: "£2m", "14 kilometres", "12 percent", "a two-hour flight", "a third of"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.language import Parse
from samestory.language.numbers import Quantity, bound_before, find_quantities, number_value

MONEY, DURATION, PERCENT, MULTIPLE = "money", "duration", "percent", "multiple"
SIGNS = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "a$": "AUD", "c$": "CAD", "¥": "JPY", "₹": "INR"}
CURRENCIES = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": "INR", "tenge": "KZT", "rouble": "RUB", "ruble": "RUB", "shekel": "ILS", "franc": "CHF", "won": "KRW",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "cent": "cent", "penny": "penny", "pence": "penny",
    "bitcoin": "bitcoin", "peso": "peso", "crown": "crown", "krona": "crown", "krone": "crown", "real": "BRL",
}  # fmt: skip
_UNITS = {
    "length": "metre meter m kilometre kilometer km mile mi foot feet ft inch inches yard centimetre centimeter cm "
    "millimetre millimeter mm light-year lightyear storey story",
    "area": "acre hectare",
    "weight": "kilogram kilogramme kg kilo gram gramme tonne ton pound lb lbs ounce oz",
    "volume": "litre liter gallon barrel ml",
    "speed": "mph kph kmh knot",
    "temperature": "degree celsius fahrenheit",
    PERCENT: "percent percentage % pc",
    DURATION: "second minute hour day night week month year decade century season semester",
    "other": "megawatt watt kilowatt mw kw kwh gigabyte gb megabyte mb terabyte tb kilobyte kb byte bit horsepower hp "
    "volt megapixel gigahertz ghz megahertz mhz caliber calibre carat pixel",
}
UNITS = {noun: kind for kind, nouns in _UNITS.items() for noun in nouns.split()}
FRACTIONS = {"half": 0.5, "third": 0.3333, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "fourth": 0.25}
MULTIPLES = {"twice": 2.0, "double": 2.0, "triple": 3.0, "quadruple": 4.0}

_SIGN = re.compile(r"(?:\b(?:us|a|c))?[$£€¥₹]\s?$", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<joint>\s*-\s*|\s+|)(?P<solid>(?:square|cubic|nautical|metric)[\s-]+)?"
    r"(?P<unit>per\s+cent|light[\s-]years?|°\s?[cf]?|%|[a-z]+)"
    r"(?P<rate>\s+(?:per|an?)\s+(?:hour|second|minute)\b|/(?:h|hr|s)\b)?"
    r"(?:\s+(?:points?|celsius|fahrenheit|[cf])\b)?",
    re.IGNORECASE,
)
# What makes of a length of time a point in time.
_WHEN_AFTER = re.compile(
    r"(?:\s+or\s+(?:so|more))?(?:\s+(?:ago|earlier|later|before|after|since|ahead|previously|prior|hence|apart)\b|\s+from\s+now\b|[\s-]+olds?\b)",
    re.IGNORECASE,
)
_WHEN_BEFORE = re.compile(
    r"\b(?:past|last|next|within|every|first|coming|previous|final|recent|another)\s+$", re.IGNORECASE
)
_FRACTION = re.compile(
    r"\b(?:half(?=\s+(?:of|the|his|her|its|their|as|all)\b)|(?<=by\s)half\b|(?<=than\s)half\b|(?<=nearly\s)half\b"
    r"|(?P<times>an?|one|two|three|four)(?:[\s-]+(?P<part>third|quarter|fifth|tenth)s?(?=\s+(?:of|the|his|her|its|their|as|all)\b)"
    r"|-(?P<part2>third|quarter|fifth|tenth)s?\b))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(?P<word>twice|double|triple|quadruple)(?=\s+(?:as|the|that|its|his|her|their|what)\b)"
    r"|(?P<number>\w+)\s+times(?=\s+(?:as|the|more|larger|bigger|higher|greater|that)\b))",
    re.IGNORECASE,
)
_HALF_UNIT = re.compile(
    r"\bhalf(?:\s+an?\s+|-)(?P<unit>hour|mile|century|second|kilomet(?:er|re)|minute)\b", re.IGNORECASE
)
_ONE_UNIT = re.compile(
    r"\ban?\s+(?P<unit>mile|kilomet(?:er|re)|met(?:er|re)|centimet(?:er|re)|inch|foot|yard|tonne|ton|kilo|litre|gallon|hour"
    r"|minute|second|week|month|year|decade|century)\b(?!\s+(?:ago|later|earlier))",
    re.IGNORECASE,
)


class Measure(NamedTuple):
    """Characters of an amount, its number and bound, and its unit: as it stands, its class, and a normal form."""

    start: int
    end: int
    role: str
    quantity: float | None
    quantity_max: float | None
    bound: str
    unit: str | None
    unit_class: str
    value: str | None = None


def find_measures(parse: Parse, sentence: int) -> list[Measure]:
    """The money and the sizes of a sentence, in text order, but not times that say when ("two years ago")."""
    span, text = parse.sentences[sentence], parse.text
    found: list[Measure] = []
    for quantity in find_quantities(text, span.start, span.end):
        measure = _money(text, quantity, span.end) or _size(text, quantity, span.start, span.end)
        if measure is not None:
            found.append(measure)
    for measure in (*_parts(text, span.start, span.end), *_multiples(text, span.start, span.end)):
        if not any(o.start < measure.end and measure.start < o.end for o in found):
            found.append(measure)
    return _converted(text, _ranged(text, sorted(found)))


def _ranged(text: str, measures: list[Measure]) -> list[Measure]:
    """Two ends of a range with a unit each are one ("2 percent to 3 percent")."""
    found: list[Measure] = []
    for measure in measures:
        last = found[-1] if found else None
        if last is not None and _is_upper_end(text, last, measure):
            found[-1] = last._replace(end=measure.end, quantity_max=measure.quantity, bound="range")
        else:
            found.append(measure)
    return found


def _is_upper_end(text: str, first: Measure, second: Measure) -> bool:
    alike = (first.role, first.unit_class, first.unit) == (second.role, second.unit_class, second.unit)
    rising = first.quantity is not None and second.quantity is not None and first.quantity < second.quantity
    before = re.search(r"\bfrom\s+$", text[max(0, first.start - 8) : first.start])
    return alike and rising and not before and text[first.end : second.start].strip() in ("to", "-", "\u2013")


def _converted(text: str, measures: list[Measure]) -> list[Measure]:
    """A size set behind another in brackets is the same in another unit, and as exact: "about 9 miles (14 km)"."""
    found: list[Measure] = []
    for measure in measures:
        last = found[-1] if found else None
        if last is not None and measure.unit_class == last.unit_class and text[last.end : measure.start].strip() == "(":
            found.append(measure._replace(bound=last.bound if measure.bound == "exact" else measure.bound))
        else:
            found.append(measure)
    return found


def _money(text: str, quantity: Quantity, limit: int) -> Measure | None:
    sign = _SIGN.search(text, max(0, quantity.number_start - 4), quantity.number_start)
    if sign is not None:
        shown = sign.group().strip()
        start = min(quantity.start, sign.start())
        return _measure(quantity, start, quantity.end, MONEY, shown, MONEY, SIGNS.get(shown.lower(), shown))
    word = re.compile(r"\s+(?:of\s+)?(?:(?:US|British|Canadian|Australian)\s+)?(?P<unit>[A-Za-z]+)").match(
        text, quantity.end, limit
    )
    code = None if word is None else CURRENCIES.get(_singular(word["unit"].lower()))
    if word is None or code is None:
        return None
    return _measure(quantity, quantity.start, word.end(), MONEY, word["unit"], MONEY, code)


def _size(text: str, quantity: Quantity, begin: int, limit: int) -> Measure | None:
    match = _UNIT.match(text, quantity.end, limit)
    year = text[quantity.number_start : quantity.number_end].isdigit() and 1900 <= (quantity.low or 0) < 2100
    if match is None or (match["joint"] == "-" and quantity.low is None) or (year and match["unit"] == "season"):
        return None
    word = re.sub(r"\s+", " ", match["unit"].lower())
    if word.startswith("°"):
        kind: str | None = "temperature"
    else:
        kind = PERCENT if word == "per cent" else UNITS.get(_singular(word).replace(" ", "-"))
    if kind is None or (not match["joint"] and len(word) > 3 and kind != PERCENT):
        return None
    if kind == DURATION and (
        _WHEN_AFTER.match(text, match.end(), limit) or _WHEN_BEFORE.search(text, begin, quantity.start)
    ):
        return None
    solid = (match["solid"] or "").strip(" -").lower()
    kind = {"square": "area", "cubic": "volume"}.get(solid, kind)
    if match["rate"] and kind == "length":
        kind = "speed"
    return _measure(quantity, quantity.start, match.end(), "size", match["unit"], kind)


def _measure(
    quantity: Quantity, start: int, end: int, role: str, unit: str, kind: str, value: str | None = None
) -> Measure:
    return Measure(start, end, role, quantity.low, quantity.high, quantity.bound, unit, kind, value)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1] in (*UNITS, *CURRENCIES) else word


def _parts(text: str, start: int, end: int) -> Iterator[Measure]:
    """Fractions ("two-thirds of the") and halves of a unit ("half an hour")."""
    for match in _FRACTION.finditer(text, start, end):
        times = {None: 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4}[match["times"] and match["times"].lower()]
        part = FRACTIONS[(match["part"] or match["part2"] or "half").lower()]
        begin, bound = bound_before(text, *match.span())
        yield Measure(begin, match.end(), "size", round(times * part, 2), None, bound, None, PERCENT)
    for match in _HALF_UNIT.finditer(text, start, end):
        yield Measure(*match.span(), "size", 0.5, None, "exact", match["unit"], UNITS[match["unit"].lower()])
    for match in _ONE_UNIT.finditer(text, start, end):
        begin, bound = bound_before(text, *match.span())
        if bound != "exact":  # "more than a mile"; a mere "a mile" is a way of speaking
            yield Measure(begin, match.end(), "size", 1.0, None, bound, match["unit"], UNITS[match["unit"].lower()])


def _multiples(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _MULTIPLE.finditer(text, start, end):
        number = MULTIPLES[match["word"].lower()] if match["word"] else number_value(match["number"])
        if number is not None:
            yield Measure(*match.span(), "size", number, None, "exact", None, MULTIPLE)
