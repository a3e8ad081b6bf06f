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
    lead = cut + telling.body.find("\n\n") if "\n\n" in telling.body else end
    found = [m.span() for m in SENTENCE.finditer(text, 0, end)]
    sentences = [{"sentence_id": f"{name}-s{n}", "start": a + len(text[a:b]) - len(text[a:b].lstrip()), "end": b,
                  "segment": "headline" if a < cut else "body"} for n, (a, b) in enumerate(found)]  # fmt: skip
    content = None if telling.said is None else text.index(telling.said[0])
    held = (0, 0) if content is None or telling.said is None else (content, content + len(telling.said[0]))

    def in_order(words: Sequence[str]) -> list[dict[str, object]]:
        spans, at = [], 0
        for word in words:
            start = text.index(word, at)
            at = start + len(word)
            voice = f"{name}-a0" if held[0] <= start < held[1] else "outlet"
            spans.append({"start": start, "end": at, "voice": voice, "sentence": next(
                s["sentence_id"] for s in reversed(sentences) if int(str(s["start"])) <= start)})  # fmt: skip
        return spans

    labels = []
    for n, ((words, head, referent, agency), span) in enumerate(
        zip(telling.labels, in_order([label[0] for label in telling.labels]), strict=True)
    ):
        start = int(str(span["start"]))
        labels.append(
            {"label_id": f"{name}-l{n}", "start": start, "end": span["end"], "head": head, "referent_id": referent,
             "modifiers": "greedy" if words.startswith("Greedy") else None, "voice": span["voice"],
             "position": "headline" if start < cut else "lead" if start < lead else "body",
             "agency": "patient" if agency == "hidden" else agency, "passive_without_agent": agency == "hidden",
             "response": False}
        )  # fmt: skip
    claims = [
        {"claim_id": f"{name}-c{n}", "sentence_id": span["sentence"], "start": span["start"], "end": span["end"],
         "role": "killed", "quantity": number, "bound": bound, "unit_class": "person", "about": "this_event",
         "holder": span["voice"]}
        for n, ((_, number, bound), span) in enumerate(
            zip(telling.claims, in_order([claim[0] for claim in telling.claims]), strict=True))
    ]  # fmt: skip
    cues = [
        {"cue_id": f"{name}-k{n}", "sentence_id": span["sentence"], "start": span["start"], "end": span["end"],
         "certainty_type": "hedge", "holder": "outlet",
         **next({"scope_start": s["start"], "scope_end": s["end"]} for s in sentences
                if s["sentence_id"] == span["sentence"])}
        for n, span in enumerate(in_order(telling.doubts))
    ]  # fmt: skip
    article = {"event": "dam", "outlet": name, "title": telling.headline, "published_precision": "unknown",
               "source_file": f"{name}.txt", "format": "text", "text_sha256": text_hash(text), "n_chars": len(text),
               "n_words": len(text.split()), "n_body_words": len(telling.body.split())}  # fmt: skip
    found_rows: dict[str, list[dict[str, object]]] = {
        "articles": [article], "texts": [{"text": text}], "sentences": sentences, "labels": labels, "claims": claims,
        "certainty": cues,
        "segments": [{"start": a, "end": b, "segment": s, "rule": "hand"}
                     for a, b, s in ((0, cut, "headline"), (cut, end, "body"), (end, len(text), "furniture"))],
    }  # fmt: skip
    if telling.said is not None:
        words, source, kind = telling.said
        start = text.index(f"{source} said")
        found_rows |= {
            "attributions": [{"attribution_id": f"{name}-a0", "sentence_id": sentences[1]["sentence_id"], "layer": 1,
                              "attribution_kind": "speech", "quote_type": "indirect", "engine": "hand",
                              "cue_start": start + len(source) + 1, "cue_end": start + len(source) + 5,
                              "source_start": start, "source_end": start + len(source)}],
            "sources": [{"attribution_id": f"{name}-a0", "start": start, "end": start + len(source),
                         "referent_id": f"r-{source}", "source_type": kind, "anonymous": False,
                         "identification": "named_institution"}],
            "contents": [{"attribution_id": f"{name}-a0", "start": held[0], "end": held[1]}],
        }  # fmt: skip
    return found_rows
