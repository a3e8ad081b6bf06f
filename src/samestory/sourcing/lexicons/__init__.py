"""The word lists of the sourcing rules: text files of ``[section]`` headers and words, read when first asked for."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import NamedTuple


class Code(NamedTuple):
    """What a verb or noun says of its content: the codebook's kind and stance."""

    kind: str
    stance: str


# What the model's lemmatizer makes of some forms.
_ALIASES = {"hop": "hope", "urg": "urge", "accus": "accuse", "argu": "argue", "tweete": "tweet", "vowe": "vow"}


@functools.cache
def read_sections(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sections of ``NAME.txt`` in order: header and words."""
    sections: list[tuple[str, list[str]]] = []
    text = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            sections.append((line.strip("[] "), []))
        else:
            sections[-1][1].extend(line.split())
    return tuple((header, tuple(words)) for header, words in sections)


@functools.cache
def words(section: str) -> frozenset[str]:
    """A set of ``words.txt`` by its name; raises KeyError where there is none."""
    return {header: frozenset(members) for header, members in read_sections("words")}[section]


@functools.cache
def _cue_verbs() -> dict[str, dict[str, Code]]:
    found: dict[str, dict[str, Code]] = {}
    for header, lemmas in read_sections("cue_verbs"):
        codes, _, shapes = header.partition(":")
        for lemma in lemmas:
            for shape in shapes.split():
                found.setdefault(lemma, {}).setdefault(shape, Code(*codes.split()))
    return found


def cue_verb(lemma: str) -> tuple[str, dict[str, Code]]:
    """The lemma as the lexicon spells it, and its shapes with their codes; none where it is no cue verb."""
    lemma = lemma.lower()
    lemma = _ALIASES.get(lemma, lemma)
    verbs = _cue_verbs()
    if lemma not in verbs and lemma.endswith("ise") and lemma[:-3] + "ize" in verbs:
        lemma = lemma[:-3] + "ize"
    return lemma, verbs.get(lemma, {})


@functools.cache
def cue_nouns() -> dict[str, Code]:
    """Lemma to kind and stance of the nouns whose clause is attributed content."""
    return {lemma: Code(*header.split()) for header, lemmas in read_sections("cue_nouns") for lemma in lemmas}


@functools.cache
def source_types() -> dict[str, str]:
    """Lemma of a head noun to source type."""
    return _first_holds("source_types")


@functools.cache
def titles() -> dict[str, str]:
    """Title before a name, lower case, to the source type that it tells."""
    return _first_holds("titles")


@functools.cache
def bodies() -> tuple[dict[str, str], dict[str, str]]:
    """Whole names of bodies, and words in such names, each to the type of source that the body is."""
    return _names_and_words("bodies", "name")


@functools.cache
def figures() -> tuple[dict[str, str], dict[str, str]]:
    """Full names of people in public life, and last names of such, each to the type that they mostly are."""
    return _names_and_words("figures", "full")


@functools.cache
def given_names() -> dict[str, str]:
    """Given name, lower case, to ``male`` or ``female``."""
    return _first_holds("given_names")


def _names_and_words(name: str, marker: str) -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    single: dict[str, str] = {}
    for header, members in read_sections(name):
        code, _, kind = header.partition(" ")
        for member in members:
            (whole if kind == marker else single).setdefault(member, code)
    return whole, single


def _first_holds(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, members in read_sections(name):
        for member in members:
            found.setdefault(member, code)
    return found
