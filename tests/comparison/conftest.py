"""An invented event told by four outlets, coded by hand: a dam gives way at Brenk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import NamedTuple

import pytest

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.tables import frame

SENTENCE = re.compile(r"[^\n]+?(?:\.(?=\s)|$|(?=\n))")


class Telling(NamedTuple):
    """One outlet's article: headline, body, and what stands in it, each told by its words, in text order."""

    outlet: str
    headline: str
    body: str
    labels: Sequence[tuple[str, str, str, str]]  # words, head, referent, agency ("hidden": a passive without agent)
    claims: Sequence[tuple[str, float, str]] = ()  # words, number killed, bound
    said: tuple[str, str, str] | None = None  # content, source, type
    doubts: Sequence[str] = ()  # hedges, over the whole sentence


TELLINGS = (
    Telling(
        "courier", "Engineers blamed as dam kills nine",
        "A dam collapsed at Brenk on Monday. At least nine people died, police said.\n\n"
        "Engineers warned the owners in May. The owners were fined.",
        (("Engineers", "engineer", "r-eng", "patient"), ("dam", "dam", "r-dam", "other"),
         ("dam", "dam", "r-dam", "other"), ("nine people", "people", "r-dead", "hidden"),
         ("police", "police", "r-police", "agent"), ("Engineers", "engineer", "r-eng", "agent"),
         ("owners", "owner", "r-owner", "patient"), ("owners", "owner", "r-owner", "hidden")),
        (("nine", 9, "exact"), ("At least nine", 9, "at_least")),
        ("At least nine people died", "police", "official"),
    ),
    Telling(
        "lantern", "Dam bosses' massacre: 12 dead",
        "Twelve people may have died. Greedy fat cats built the dam.\n\nThe fat cats hid.",
        (("massacre", "massacre", "r-event", "other"), ("Twelve people", "people", "r-dead", "hidden"),
         ("Greedy fat cats", "fat cats", "r-owner", "agent"), ("dam", "dam", "r-dam", "patient"),
         ("fat cats", "fat cats", "r-owner", "agent")),
        (("12 dead", 12, "exact"), ("Twelve people", 12, "exact")), None, ("may",),
    ),
    Telling(
        "state", "Ministry answers the flood",
        "The ministry sent boats on Monday. The disaster took ten lives, police said. The owners helped.",
        (("Ministry", "ministry", "r-ministry", "agent"), ("ministry", "ministry", "r-ministry", "agent"),
         ("disaster", "disaster", "r-event", "other"), ("ten lives", "people", "r-dead", "patient"),
         ("police", "police", "r-police", "agent"), ("owners", "owner", "r-owner", "agent")),
        (("ten lives", 10, "exact"),), ("The disaster took ten lives", "police", "official"),
    ),
    Telling(
        "wire", "Dam collapse kills nine",
        "A dam collapsed at Brenk, police said. It killed nine people. Owners had been warned.",
        (("Dam", "dam", "r-dam", "agent"), ("dam", "dam", "r-dam", "other"), ("police", "police", "r-police", "agent"),
         ("nine people", "people", "r-dead", "patient"), ("Owners", "owner", "r-owner", "hidden")),
        (("nine", 9, "exact"), ("nine people", 9, "exact")), ("A dam collapsed at Brenk", "police", "official"),
    ),
)  # fmt: skip
NAMES = {"r-eng": ("engineers", "group"), "r-dam": ("dam", "object"), "r-dead": ("victims", "group"),
         "r-police": ("police", "institution"), "r-owner": ("owners", "group"), "r-event": ("disaster", "event"),
         "r-ministry": ("ministry", "institution")}  # fmt: skip


@pytest.fixture(scope="session")
def dam() -> Annotations:
    """The event of four outlets."""
    return tell(TELLINGS)


def tell(tellings: Sequence[Telling]) -> Annotations:
    """The tables of some tellings; claims of one number agree, others differ."""
    rows: dict[str, list[dict[str, object]]] = {field.name: [] for field in fields(Annotations)}
    for telling in tellings:
        for table, own in _codes(telling).items():
            rows[table] += [{"article_id": telling.outlet, **row} for row in own]
    used = {row["referent_id"] for row in rows["labels"]}
    rows["referents"] = [{"event": "dam", "referent_id": key, "name": name, "kind": kind}
                         for key, (name, kind) in NAMES.items() if key in used]  # fmt: skip
    last = {claim["article_id"]: claim for claim in rows["claims"]}
    pairs = [(one, other) for n, one in enumerate(last) for other in list(last)[n + 1 :]]
    rows["claim_relations"] = [
        {"event": "dam", "role": "killed", "unit_class": "person", "article_id": one, "other_article_id": other,
         "claim_id": last[one]["claim_id"], "other_claim_id": last[other]["claim_id"],
         "relation": "agree" if last[one]["quantity"] == last[other]["quantity"] else "differ"}
        for one, other in pairs
    ]  # fmt: skip
    return Annotations(**{name: frame(name, own) for name, own in rows.items()})


def _codes(telling: Telling) -> dict[str, list[dict[str, object]]]:
    name = telling.outlet
    text = f"{telling.headline}\n\n{telling.body}\n\nSHARE THIS PAGE"
    cut, end = len(telling.headline) + 2, len(telling.headline) + 2 + len(telling.body)
    roles = ((0, cut, "headline"), (cut, end, "body"), (end, len(text), "furniture"))
    article = {"event": "dam", "outlet": name, "title": telling.headline, "published_precision": "unknown",
               "source_file": f"{name}.txt", "format": "text", "text_sha256": text_hash(text), "n_chars": len(text),
               "n_words": len(text.split()), "n_body_words": len(telling.body.split())}  # fmt: skip
    sentences: list[dict[str, object]] = [
        {"sentence_id": f"{name}-s{n}", "start": m.end() - len(m[0].lstrip()), "end": m.end(),
         "segment": "headline" if m.start() < cut else "body"}
        for n, m in enumerate(SENTENCE.finditer(text, 0, end))
    ]  # fmt: skip
    return {
        "articles": [article],
        "texts": [{"text": text}],
        "segments": [{"start": a, "end": b, "segment": role, "rule": "hand"} for a, b, role in roles],
        "sentences": sentences,
        "labels": _labels(telling, text),
        "claims": [
            {"claim_id": f"{name}-c{n}", "role": "killed", "quantity": number, "bound": bound, "about": "this_event",
             "unit_class": "person", "sentence_id": _around(a, sentences)["sentence_id"], "start": a, "end": b,
             "holder": _voice(telling, text, a)}
            for (_, number, bound), (n, (a, b)) in zip(telling.claims, enumerate(_spans(text, telling.claims)),
                                                       strict=True)
        ],
        "certainty": [
            {"cue_id": f"{name}-k{n}", "start": a, "end": b, "certainty_type": "hedge", "holder": "outlet",
             "sentence_id": _around(a, sentences)["sentence_id"], "scope_start": _around(a, sentences)["start"],
             "scope_end": _around(a, sentences)["end"]}
            for n, (a, b) in enumerate(_spans(text, [(word,) for word in telling.doubts]))
        ],
        **_sourcing(telling, text, sentences),
    }  # fmt: skip


def _spans(text: str, coded: Sequence[tuple]) -> list[tuple[int, int]]:
    """Where the words stand that begin each row, one after the other."""
    spans, at = [], 0
    for words, *_ in coded:
        start = text.index(words, at)
        at = start + len(words)
        spans.append((start, at))
    return spans


def _around(start: int, sentences: Sequence[dict[str, object]]) -> dict[str, object]:
    return next(s for s in reversed(sentences) if int(str(s["start"])) <= start)


def _voice(telling: Telling, text: str, start: int) -> str:
    if telling.said is None:
        return "outlet"
    content = text.index(telling.said[0])
    return f"{telling.outlet}-a0" if content <= start < content + len(telling.said[0]) else "outlet"


def _labels(telling: Telling, text: str) -> list[dict[str, object]]:
    cut = len(telling.headline) + 2
    lead = cut + telling.body.find("\n\n") if "\n\n" in telling.body else len(text)
    return [
        {"label_id": f"{telling.outlet}-l{n}", "start": a, "end": b, "head": head, "referent_id": referent,
         "modifiers": "greedy" if words.startswith("Greedy") else None, "voice": _voice(telling, text, a),
         "position": "headline" if a < cut else "lead" if a < lead else "body", "response": False,
         "agency": "patient" if agency == "hidden" else agency, "passive_without_agent": agency == "hidden"}
        for n, ((words, head, referent, agency), (a, b)) in enumerate(
            zip(telling.labels, _spans(text, telling.labels), strict=True))
    ]  # fmt: skip


def _sourcing(
    telling: Telling, text: str, sentences: Sequence[dict[str, object]]
) -> dict[str, list[dict[str, object]]]:
    if telling.said is None:
        return {}
    words, source, kind = telling.said
    own, start, content = f"{telling.outlet}-a0", text.index(f"{source} said"), text.index(words)
    end = start + len(source)
    return {
        "attributions": [{"attribution_id": own, "sentence_id": _around(start, sentences)["sentence_id"], "layer": 1,
                          "attribution_kind": "speech", "quote_type": "indirect", "engine": "hand",
                          "cue_start": end + 1, "cue_end": end + 5, "source_start": start, "source_end": end}],
        "sources": [{"attribution_id": own, "start": start, "end": end, "referent_id": f"r-{source}",
                     "source_type": kind, "anonymous": False, "identification": "named_institution"}],
        "contents": [{"attribution_id": own, "start": content, "end": content + len(words)}],
    }  # fmt: skip
