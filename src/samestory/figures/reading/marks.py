"""Tables to marks: which characters the reading view marks, in which layer, and what it says beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.figures.reading.facts import claim_notes
from samestory.figures.reading.words import span_words, worded
from samestory.segments.reuse.bodies import merged
from samestory.tables import COUNTED_SEGMENTS, SEGMENTS
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

LAYERS = ("segments", "sources", "certainty", "labels", "claims", "copy")
PASSAGES = "passages"  # what a number counts and no layer marks: seen only while that number is followed
OUTLET = "outlet"
LETTERS = "ABCDEFGHIJKL"  # of the referents that have a letter and a switch of their own
SOURCE_SYMBOLS = {
    "official": "off", "political": "pol", "expert": "exp", "witness": "wit", "affected": "aff", "citizen": "cit",
    "armed_group": "arm", "organisation": "org", "media": "med", "document": "doc", "social_media": "soc",
    "outlet": "own", "other": "oth", "none": "∅",
}  # fmt: skip
CERTAINTY_SYMBOLS = {
    "hedge": "~", "inquiry": "?", "conditional": "if", "booster": "!", "evidential": "ev", "approximator": "≈",
    "bound": "≥",
}  # fmt: skip
COPY_SYMBOLS = {"shared": "", "substituted": "⇄", "inserted": "+", "moved": "↕"}
Span = tuple[int, int]


class Mark(NamedTuple):
    """Characters of an article that a layer marks. ``code`` is what the legend switches, ``kind`` a part or a voice."""

    article_id: str
    layer: str
    code: str
    kind: str
    start: int
    end: int
    row_id: str
    symbol: str = ""


class Note(NamedTuple):
    """What is said beside a mark: codes with their definitions, facts, and passages that it is set beside.

    ``codes`` are (table, column, code); ``facts`` term and words; ``links`` words and the row_id that they lead to.
    """

    codes: tuple[tuple[str, str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class Marked(NamedTuple):
    """Every mark, the note of each row that has one, and the names of the lettered referents by their letter."""

    marks: tuple[Mark, ...]
    notes: dict[str, Note]
    referents: dict[str, str]


def find_marks(annotations: Annotations) -> Marked:
    """Every mark of every layer, in the order of article and text; spans without characters have none."""
    letters = _lettered(annotations)
    found: list[tuple[Mark, Note]] = [
        *_segments(annotations),
        *_sources(annotations),
        *_certainty(annotations),
        *_labels(annotations, letters),
        *_claims(annotations),
        *_copy(annotations),
        *_edits(annotations),
    ]
    order = {str(article): n for n, article in enumerate(annotations.articles.article_id)}
    found = [(mark, note) for mark, note in found if mark.start < mark.end and mark.article_id in order]
    found.sort(key=lambda pair: (order[pair[0].article_id], pair[0].start, -pair[0].end, LAYERS.index(pair[0].layer)))
    names = annotations.referents.set_index("referent_id").name
    known = {code: str(names.get(referent, referent)) for referent, code in letters.items()}
    return Marked(tuple(mark for mark, _ in found), {mark.row_id: note for mark, note in found}, known)


def _rows(data: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a table, null as None."""
    names = list(data.columns)
    for row in data.astype(object).where(data.notna(), None).itertuples(index=False, name=None):
        yield {str(name): value for name, value in zip(names, row, strict=True)}


def _segments(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    quiet = [code for code in SEGMENTS if code not in COUNTED_SEGMENTS]
    for row in _rows(annotations.segments[annotations.segments.segment.isin(quiet)]):
        row_id = f"{row['article_id']}-segment-{row['start']}"
        mark = Mark(row["article_id"], "segments", row["segment"], "", row["start"], row["end"], row_id, row["segment"])
        facts = [("Found by", f"the rule “{row['rule']}”")]
        if row["repeat_of_start"] is not None:
            facts.append(("Stands first", f"at characters {row['repeat_of_start']} to {row['repeat_of_end']}"))
        yield mark, Note((("segments", "segment", row["segment"]),), tuple(facts))


def _sources(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    names = dict(zip(annotations.referents.referent_id, annotations.referents.name, strict=True))
    sources, contents = _by_attribution(annotations.sources), _by_attribution(annotations.contents)
    for row in _rows(annotations.attributions):
        own = sources.get(row["attribution_id"], [])
        first = own[0]["source_type"] if own else "none"
        note = _source_note(row, own, first, names)
        symbol = "" if any(source["start"] is not None for source in own) else _source_symbol(own, first)

        def mark(code: str, kind: str, start: Any, end: Any, symbol: str, row: dict[str, Any] = row) -> Mark:
            return Mark(row["article_id"], "sources", code, kind, start, end, row["attribution_id"], symbol)

        for source in own:
            if source["start"] is not None:
                kind = source["source_type"]
                yield mark(kind, "source", source["start"], source["end"], _source_symbol([source], kind)), note
        if row["cue_start"] is not None:
            yield mark(first, "cue", row["cue_start"], row["cue_end"], symbol), note
        for content in contents.get(row["attribution_id"], []):
            uncued = f"↪{symbol}" if row["cue_start"] is None else ""
            yield mark(first, "content", content["start"], content["end"], uncued), note


def _source_symbol(sources: list[dict[str, Any]], kind: str) -> str:
    return SOURCE_SYMBOLS[kind] + ("*" if any(source["anonymous"] for source in sources) else "")


def _source_note(row: dict[str, Any], sources: list[dict[str, Any]], first: str, names: dict[str, str]) -> Note:
    codes = [("sources", "source_type", first)]
    if row["cue_stance"] is not None:
        codes.append(("attributions", "cue_stance", row["cue_stance"]))
    facts = [("Attribution", f"{worded(row['attribution_kind'])}, {worded(row['quote_type'])}")]
    for source in sources:
        who = names.get(source["referent_id"] or "")
        known = worded(source["identification"]) + (", anonymous" if source["anonymous"] else "")
        if source["start"] is not None or who:
            facts.append(("Source", f"{who} ({known})" if who else known))
    if row["addressee"] is not None:
        facts.append(("Told to", row["addressee"]))
    if row["layer"] > 1:
        facts.append(("Nested", f"layer {row['layer']}: inside what another source says"))
    if row["carried_from"] is not None:
        facts.append(("Carried", "goes on with the source before, without a cue; counted apart"))
    return Note(tuple(codes), tuple(facts))


def _by_attribution(data: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(data):
        found.setdefault(row["attribution_id"], []).append(row)
    return found


def _voices(annotations: Annotations) -> dict[str, str]:
    """Of each attribution, whose voice it is: the referent's name, else the source phrase, else that none is given."""
    names = dict(zip(annotations.referents.referent_id, annotations.referents.name, strict=True))
    texts = known_texts(annotations.texts)
    found = {OUTLET: "the outlet's own voice"}
    for row in _rows(annotations.sources):
        who = names.get(row["referent_id"] or "")
        if who is None and row["start"] is not None:
            who = span_words(texts, row["article_id"], row["start"], row["end"])
        found.setdefault(row["attribution_id"], f"a source: {who}" if who else "a source that is not given")
    return found


def _certainty(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    voices = _voices(annotations)
    for row in _rows(annotations.certainty):
        code, own = row["certainty_type"], row["holder"] == OUTLET
        symbol = CERTAINTY_SYMBOLS[code]
        facts = [("In the voice of", voices.get(row["holder"], "a source"))]
        links = [("the number that it qualifies", row["claim_id"])] if row["claim_id"] else []
        mark = Mark(row["article_id"], "certainty", code, "own" if own else "cited", row["start"], row["end"],
                    row["cue_id"], symbol)  # fmt: skip
        yield mark, Note((("certainty", "certainty_type", code),), tuple(facts), tuple(links))


def _lettered(annotations: Annotations) -> dict[str, str]:
    """The letters of the referents that most articles name, then those named most often, by letter."""
    labels = annotations.labels.dropna(subset="referent_id")
    counts = labels.groupby("referent_id").article_id.agg(["nunique", "size"]).reset_index()
    ranked = counts.sort_values(["nunique", "size", "referent_id"], ascending=[False, False, True])
    return {str(referent): letter for letter, referent in zip(LETTERS, ranked.referent_id, strict=False)}


def _labels(annotations: Annotations, letters: dict[str, str]) -> Iterator[tuple[Mark, Note]]:
    voices = _voices(annotations)
    names = dict(zip(annotations.referents.referent_id, annotations.referents.name, strict=True))
    following = _next_labels(annotations)
    for row in _rows(annotations.labels):
        code = letters.get(row["referent_id"] or "", "rest")
        facts = [("Stands for", names.get(row["referent_id"] or "", "no referent of its own"))]
        facts += [("In the voice of", voices.get(row["voice"], "a source")), ("Position", worded(row["position"]))]
        if row["passive_without_agent"]:
            facts.append(("Agent", "left out"))
        if row["response"]:
            facts.append(("Response", "names what the state does about it"))
        links = following.get(row["label_id"], ())
        mark = Mark(row["article_id"], "labels", code, row["agency"], row["start"], row["end"], row["label_id"],
                    code if code != "rest" else "")  # fmt: skip
        yield mark, Note((("labels", "agency", row["agency"]),), tuple(facts), links)


def _next_labels(annotations: Annotations) -> dict[str, tuple[tuple[str, str], ...]]:
    """Of each label, the next one of its referent, from article to article and around again."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    labels = annotations.labels.dropna(subset="referent_id")
    order = {str(article): n for n, article in enumerate(annotations.articles.article_id)}
    labels = labels.assign(place=labels.article_id.map(order)).sort_values(["place", "start"], kind="stable")
    mentions: dict[str, list[str]] = {}
    for referent, label in zip(labels.referent_id, labels.label_id, strict=True):
        mentions.setdefault(referent, []).append(label)
    for own in mentions.values():
        if len(own) > 1:
            for here, there in zip(own, [*own[1:], own[0]], strict=True):
                found[here] = ((f"next of {len(own)} mentions", there),)
    return found


def _claims(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    voices = _voices(annotations)
    for row, code, symbol, links in claim_notes(annotations):
        facts = [("Counts", row["words"]), ("In the voice of", voices.get(row["holder"], "a source"))]
        if row["about"] == "other":
            facts.append(("About", "something else than this event"))
        codes = [("claims", "role", row["role"])]
        if code != "alone":
            codes.append(("claim_relations", "relation", code))
        mark = Mark(row["article_id"], "claims", code, row["role"], row["start"], row["end"], row["claim_id"], symbol)
        yield mark, Note(tuple(codes), tuple(facts), links)


def _copy(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    """Passages that articles share, those that touch or overlap as one."""
    outlets = dict(zip(annotations.articles.article_id, annotations.articles.outlet, strict=True))
    rows = list(_rows(annotations.reuse))
    joined = {article: merged((r["start"], r["end"]) for r in rows if r["article_id"] == article)
              for article in {row["article_id"] for row in rows}}  # fmt: skip

    def around(article: str, start: int) -> Span:
        return next((span for span in joined.get(article, []) if span[0] <= start < span[1]), (start, start))

    links: dict[tuple[str, Span], dict[str, str]] = {}
    for row in rows:
        here, other = (row["article_id"], around(row["article_id"], row["start"])), row["other_article_id"]
        there = around(other, row["other_start"])
        links.setdefault(here, {}).setdefault(f"the same in {outlets.get(other, other)}", f"{other}-copy-{there[0]}")
    for (article, (start, end)), found in links.items():
        mark = Mark(article, "copy", "shared", "", start, end, f"{article}-copy-{start}")
        yield mark, Note((), (("Shared", f"{end - start} characters with another article"),), tuple(found.items()))


def _edits(annotations: Annotations) -> Iterator[tuple[Mark, Note]]:
    """What is worded otherwise, only here or moved; what is only in another version has no characters here."""
    outlets = dict(zip(annotations.articles.article_id, annotations.articles.outlet, strict=True))
    texts = known_texts(annotations.texts)
    found: dict[tuple[str, str, int, int], dict[str, str]] = {}
    for row in _rows(annotations.edits):
        own = found.setdefault((row["article_id"], row["kind"], row["start"], row["end"]), {})
        other, start, end = row["other_article_id"], row["other_start"], row["other_end"]
        there = span_words(texts, other, start, end) if start < end else "nothing stands there"
        own.setdefault(str(outlets.get(other, other)), there)
    for (article, kind, start, end), elsewhere in found.items():
        if kind == "deleted":
            continue
        row_id = f"{article}-edit-{start}-{end}"
        mark = Mark(article, "copy", kind, "", start, end, row_id, COPY_SYMBOLS[kind])
        yield (
            mark,
            Note((("edits", "kind", kind),), tuple((f"In {outlet}", words) for outlet, words in elsewhere.items())),
        )
