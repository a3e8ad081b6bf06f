"""What a text says of a person right beside the name, as lists of words: before it, and in apposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from samestory.language import Parse, Token
from samestory.sourcing.lexicons import words
from samestory.sourcing.roles import PREPOSITIONS, body_type, is_body_word, is_place, person_noun

_PEOPLE_OF = {"media": "journalist", "learning": "professor", "official": "official", "political": "politician"}
AGE = re.compile(r"(?:aged )?\d{1,3}")
_BEFORE = ("NOUN", "PROPN", "ADJ", "DET", "PART", "NUM", "PRON", "ADV")  # parts of speech of a description
POSSESSIVE = ("'s", "’s", "'", "’")
_REACH = 14  # words that a description before a name may have


def before_name(parse: Parse, first: int) -> list[str]:
    """The description that runs up to a name: "the South Korean defence ministry spokesman | Roe"."""
    sentence = parse.sentences[parse.tokens[first].sentence]
    at = first
    while at > sentence.first and first - at < _REACH:
        token = parse.tokens[at - 1]
        joins = token.text.lower() in ("and", "&", "of", "for", "to", "at", "-", "/") or token.text in ("'s", "’s")
        if not joins and token.pos not in _BEFORE and not (token.tag in ("VBN", "VBG") and token.dep == "amod"):
            break
        if token.pos == "PRON" and token.tag != "PRP$":
            break
        at -= 1
    run = [t.text for t in parse.tokens[at:first] if t.text != "-"]
    last = max((n for n, word in enumerate(run) if word.lower() in PREPOSITIONS), default=-1)
    if (
        last >= 0 and person_noun(run[last + 1 :]) is not None and not is_body_word(run[-1])
    ):  # "spokesman for | President Roe"
        return run[last + 1 :]
    return run if last < 0 or (run[last + 1 :] and is_body_word(run[-1])) or _ends_in_place(run) else []


def _ends_in_place(run: Sequence[str]) -> bool:
    return bool(run) and (is_body_word(run[-1]) or is_place(run[-1])) and run[-1].lower() not in PREPOSITIONS


def worker_of(description: Sequence[str]) -> list[str]:
    """Who somebody is whose description is a place of learning or an outlet, and no more."""
    noun = person_noun(description)
    if noun is None or noun.rpartition("-")[2] not in words("bodies by noun") | words("institutions"):
        return []
    code = body_type(description)
    return [_PEOPLE_OF[code]] if code in ("learning", "media") else []


def employer(parse: Parse, first: int) -> list[str]:
    """Who somebody is whose body stands right before the name: "the News's | Roe", "Leeds University's | Roe"."""
    at = first
    while at > 0 and (parse.tokens[at - 1].pos == "PROPN" or parse.tokens[at - 1].text in POSSESSIVE):
        at -= 1
    name = [t for t in parse.tokens[at:first] if t.text not in POSSESSIVE]
    if not name or not (is_body_word(name[-1].text) or name[-1].entity == "ORG"):
        return []
    code = body_type([t.text for t in name if not is_place(t.text)])
    return [_PEOPLE_OF[code]] if code in _PEOPLE_OF else []


def before_comma(parse: Parse, first: int, last: int) -> list[str]:
    """The noun phrase that a name is in apposition to: "A woman in Leeds, | Jane Roe, said"."""
    tokens = parse.tokens
    if first < 2 or tokens[first - 1].text != "," or tokens[first - 1].sentence != tokens[first].sentence:
        return []
    closed = (
        last >= len(tokens) or tokens[last].text in (",", ".", "(", '"', "”") or tokens[last].pos in ("VERB", "AUX")
    )
    at = first - 1
    sentence = parse.sentences[tokens[first].sentence]
    while (
        at > sentence.first
        and tokens[at - 1].text not in (",", ";", ":", '"', "“", "”", "''")
        and (tokens[at - 1].pos not in ("VERB", "AUX", "SCONJ") and first - at < _REACH)
    ):
        at -= 1
    run = [t.text for t in tokens[at : first - 1]]
    opens = bool(run) and (tokens[at].pos in ("DET", "PROPN", "PRON", "ADJ", "NOUN"))
    names = [n for n in range(at, first - 1) if tokens[n].entity == "PERSON" and tokens[n].text not in ("'s", "’s")]
    owners = all(any(t.text in ("'s", "’s") for t in tokens[n + 1 : n + 3]) for n in names)
    return run if closed and opens and owners else []


def after_name(parse: Parse, last: int) -> Iterator[list[str]]:
    """Descriptions after a name: "Roe, | a professor at Leeds", "Roe, 41, | an office worker", "Roe is | a nurse"."""
    if last >= len(parse.tokens):
        return
    sentence = parse.sentences[parse.tokens[last - 1].sentence]
    rest = list(parse.tokens[last : sentence.last])
    if rest and rest[0].text == "(":
        close = next((n for n, t in enumerate(rest) if t.text == ")"), None)
        if close is not None:
            inside = [t.text for t in rest[1:close]]
            if inside and inside[0] in ("R", "D") and len(inside) > 1:
                yield ["republican"]
            rest = rest[close + 1 :]
    if rest and rest[0].text in ("of", "at", "from", "with"):
        yield from _employed(rest[1:])
    if rest and rest[0].text.lower() in ("is", "was") and len(rest) > 1 and rest[1].tag in ("DT", "JJ", "NN"):
        yield from _chunk(rest[1:])
    if not rest or rest[0].text not in (",", "-", "—", "–"):
        return
    rest = rest[1:]
    head = [t.text for t in rest[:2]]
    if head and (AGE.fullmatch(head[0]) or head[:1] == ["aged"]):
        comma = next((n for n, t in enumerate(rest[:4]) if t.text == ","), None)
        rest = rest[comma + 1 :] if comma is not None else []
    yield from _chunk(rest)
    yield from _at_work(rest)


def _at_work(rest: Sequence[Token]) -> Iterator[list[str]]:
    """Who somebody is whose place of learning stands in apposition: "Roe, | Leeds University, said"."""
    end = next((n for n, t in enumerate(rest) if t.pos not in ("PROPN", "ADP", "DET")), len(rest))
    name = [t.text for t in rest[:end]]
    if name and name[0][:1].isupper() and rest[end : end + 1] and rest[end].text in (",", ".", ")"):
        code = body_type(name)
        if code == "learning":
            yield [_PEOPLE_OF[code]]


def _employed(rest: Sequence[Token]) -> Iterator[list[str]]:
    """Who somebody of a body is: "Roe | of Leeds University"."""
    name: list[Token] = []
    for t in rest:
        if t.pos not in ("PROPN", "DET", "ADP", "PART", "CCONJ") or (t.pos == "CCONJ" and not name):
            break
        name.append(t)
    if any(t.pos == "PROPN" for t in name) and not all(is_place(t.text) or t.pos != "PROPN" for t in name):
        code = body_type([t.text for t in name if t.entity not in ("GPE", "NORP")])
        if code in _PEOPLE_OF:
            yield [_PEOPLE_OF[code]]


def _chunk(rest: Sequence[Token]) -> Iterator[list[str]]:
    """A noun phrase that opens a stretch of words: up to a comma, a full stop or a verb of the sentence itself."""
    chunk: list[Token] = []
    relative = False
    for t in rest:
        if t.text in (",", ".", ";", ":", "—", "–", "(", '"', "“", "”", "''", "``"):
            break
        relative = relative or t.text.lower() in ("who", "whose")
        if t.tag in ("VBD", "VBZ", "VBP") and (not relative or t.lemma not in ("be", "work", "serve")):
            break
        chunk.append(t)
    if chunk and chunk[0].pos in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "VERB", "ADV"):
        yield [t.text for t in chunk if t.text.lower() not in ("is", "was", "works", "worked", "as")]
