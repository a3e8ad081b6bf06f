"""Keyword in context: every place of a word, a cue, a label or of what a measure counts, with what stands around it.

A concordance (Luhn 1960) is the plainest way to see how a word is used before anything is concluded from counting it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.ledgers import voices
from samestory.comparison.profiles import OUTLET, keep_outlets, with_outlet
from samestory.measures import evidence
from samestory.messages import no_such
from samestory.tables import CERTAINTY_TYPES, COUNTED_SEGMENTS, CUE_STANCES, SEGMENTS, SEPARATOR
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

COLUMNS = ("outlet", "event", "segment", "voice", "left", "keyword", "right", "article_id", "start", "end")
WIDTH = 70  # characters that are shown on each side
SOURCE = "source"  # any voice that is not the outlet's own
ORDERS = ("place", "left", "right")
NAMED = 8  # voices that an error names


def concordance(
    annotations: Annotations,
    *,
    word: str | None = None,
    cue: str | None = None,
    label: str | None = None,
    measure: str | None = None,
    outlet: str | Sequence[str] | None = None,
    segment: str | Sequence[str] | None = None,
    voice: str | None = None,
    order: str = "place",
    width: int = WIDTH,
) -> pd.DataFrame:
    """Every place of one thing with what stands on its left and right; exactly one says which.

    - ``word``: a word or a phrase, in any case; ``*`` stands for the rest of a word (``saf*``) or for a whole one.
    - ``cue``: a certainty type (``hedge``), a stance of attribution cues (``denial``), or words of either kind of cue.
    - ``label``: words of a label, or of the name of the referent that it names.
    - ``measure``: what the numerator of a measure counts (:func:`samestory.measures.evidence`).

    ``outlet`` and ``segment`` keep some (without ``segment``: headline, deck and body); ``voice`` keeps the
    ``outlet``'s own, any ``source``'s, or that of sources so named. ``order`` is ``place`` (as the articles run) or by
    the words that stand ``left`` or ``right``; ``width`` is the number of characters shown on a side.

    Columns: outlet, event, segment, voice (``outlet``, or the source's name), left, keyword, right, article_id, start,
    end. Words need the texts; without them labels, measures and codes are found, and left and right are null. Raises
    ValueError that names what there is.
    """
    asked = {"word": word, "cue": cue, "label": label, "measure": measure}
    kind, what = _one_of(asked)
    if order not in ORDERS:
        raise ValueError(no_such("order", order, ORDERS))
    chosen = keep_outlets(annotations, _several(outlet))
    segments = _segments(chosen, _several(segment))
    spans = FINDERS[kind](chosen, what, segments)
    placed = _in_segments(spans, segments)
    heard = placed.assign(voice=_voices(chosen, placed))
    if voice is not None:
        heard = heard[_speaks(chosen, heard.voice, voice)]
    told = _around(chosen, with_outlet(chosen, heard), width)
    about = chosen.articles.set_index("article_id")
    told = told.assign(event=told.article_id.map(about.event))
    return _ordered(told, about.index, order)[list(COLUMNS)].reset_index(drop=True)


def pattern_of(words: str) -> re.Pattern[str]:
    """Whole words, in any case, ``*`` for any letters, as a pattern; ValueError where they hold no word at all."""
    if not re.search(r"\w", words):
        raise ValueError(f"{words!r} holds no word to look for; write one, or its beginning and * (saf*)")
    parts = [_word_pattern(part) for part in words.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def _word_pattern(word: str) -> str:
    escaped = re.sub("['’]", "['’]", re.escape(re.sub(r"\*+", "*", word)))
    return r"\w+" if word == "*" else escaped.replace(r"\*", r"\w*")


def _one_of(asked: dict[str, str | None]) -> tuple[str, str]:
    given = [(kind, what) for kind, what in asked.items() if what is not None]
    if len(given) != 1:
        raise ValueError(f"look for one thing: {', '.join(asked)}; given were {len(given)}")
    return given[0]


def _several(names: str | Sequence[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or [])


def _segments(annotations: Annotations, names: list[str]) -> pd.DataFrame:
    """The segments that are looked through."""
    if unknown := sorted(set(names) - set(SEGMENTS)):
        raise ValueError(no_such("segment", unknown, SEGMENTS))
    kept = annotations.segments.segment.isin(names or COUNTED_SEGMENTS)
    return annotations.segments.loc[kept, ["article_id", "start", "end", "segment"]]


def _find_word(annotations: Annotations, words: str, segments: pd.DataFrame) -> pd.DataFrame:
    pattern, texts = pattern_of(words), _texts(annotations)
    rows = [
        (row.article_id, *found.span())
        for row in segments.itertuples()
        for found in pattern.finditer(texts[row.article_id], row.start, row.end)
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end"]).assign(holder=None, known=None)


def _find_cue(annotations: Annotations, what: str, segments: pd.DataFrame) -> pd.DataFrame:
    certainty = annotations.certainty.assign(code=annotations.certainty.certainty_type)
    said = annotations.attributions.dropna(subset="cue_start").assign(holder=pd.Series(dtype="string"))
    said = said.assign(code=said.cue_stance, start=said.cue_start, end=said.cue_end)
    every = pd.concat([data[["article_id", "start", "end", "holder", "code"]] for data in (certainty, said)])
    if what in (*CERTAINTY_TYPES, *CUE_STANCES):
        return every[every.code.eq(what).fillna(False).astype(bool)].assign(known=None)
    pattern, texts = pattern_of(what), _texts(annotations)
    places = zip(every.article_id, every.start, every.end, strict=True)
    meant = [bool(pattern.search(texts[article_id][start:end])) for article_id, start, end in places]
    return every[meant].drop_duplicates(["article_id", "start", "end"]).assign(known=None)  # a cue of both kinds once


def _find_label(annotations: Annotations, words: str, segments: pd.DataFrame) -> pd.DataFrame:
    pattern, labels = pattern_of(words), annotations.labels
    names = labels.referent_id.map(annotations.referents.set_index("referent_id").name).fillna("")
    known = (labels.modifiers.str.replace(SEPARATOR, " ") + " ").fillna("") + labels["head"]
    meant = [bool(pattern.search(own) or pattern.search(name)) for own, name in zip(known, names, strict=True)]
    found = labels[["article_id", "start", "end"]].assign(holder=labels.voice, known=known)
    return found[meant]


def _find_measure(annotations: Annotations, name: str, segments: pd.DataFrame) -> pd.DataFrame:
    found = evidence(annotations, [name])
    holders = [
        annotations.certainty.set_index("cue_id").holder,
        annotations.labels.set_index("label_id").voice,
        annotations.claims.set_index("claim_id").holder,
    ]
    return found[["article_id", "start", "end"]].assign(holder=found.row_id.map(pd.concat(holders)), known=None)


FINDERS = {"word": _find_word, "cue": _find_cue, "label": _find_label, "measure": _find_measure}


def _texts(annotations: Annotations) -> dict[str, str]:
    """The texts by article; ValueError where some are not on this machine."""
    every = annotations.articles.article_id
    texts = annotations.texts.set_index("article_id").text.fillna("").to_dict()
    if missing := len(set(every) - set(texts)):
        raise ValueError(
            f"words cannot be looked for: the texts of {missing} of {len(every)} articles are not on this machine; "
            "a measure, a label, a type or a stance of cues can"
        )
    return texts


def _in_segments(spans: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The spans that begin in these segments, each with its segment."""
    about = segments.rename(columns={"start": "first", "end": "last"})
    both = spans.merge(about, on="article_id")
    return both[(both["first"] <= both.start) & (both.start < both["last"])].drop(columns=["first", "last"])


def _voices(annotations: Annotations, spans: pd.DataFrame) -> list[str]:
    """Who says each span, in words: its holder, or who says the smallest content around it."""
    around = annotations.contents.rename(columns={"start": "first", "end": "last"})
    both = spans.reset_index(drop=True).rename_axis("row").reset_index().merge(around, on="article_id")
    both = both[(both["first"] <= both.start) & (both.end <= both["last"])]
    both = both.assign(width=both["last"] - both["first"]).sort_values("width", kind="stable")
    innermost = both.drop_duplicates("row").set_index("row").attribution_id
    names = voices(annotations)
    holders = [innermost.get(row, OUTLET) if pd.isna(own) else own for row, own in enumerate(spans.holder)]
    return [names.get(holder, holder) for holder in holders]


def _speaks(annotations: Annotations, said: pd.Series, voice: str) -> pd.Series:
    """Whether each is the voice that was asked for."""
    if voice in (OUTLET, SOURCE):
        return said.eq(OUTLET) == (voice == OUTLET)
    pattern, names = pattern_of(voice), pd.Series(list(voices(annotations).values())[1:], dtype=object)
    if not any(pattern.search(name) for name in names):
        most = names.value_counts().sort_index().sort_values(ascending=False, kind="stable").index
        more = f" and {len(most) - NAMED} more" if len(most) > NAMED else ""
        raise ValueError(f"no voice {voice!r}; there are {OUTLET}, {SOURCE}, {', '.join(most[:NAMED])}{more}")
    return said.map(lambda name: bool(pattern.search(name))).astype(bool)


def _around(annotations: Annotations, spans: pd.DataFrame, width: int) -> pd.DataFrame:
    """The spans with their words, and whole words on both sides, in one line."""
    texts = known_texts(annotations.texts)
    shown: dict[str, list[str | None]] = {"left": [], "keyword": [], "right": []}
    for article_id, start, end, known in zip(spans.article_id, spans.start, spans.end, spans.known, strict=True):
        text = texts.get(article_id)
        if text is None:
            parts: tuple[str | None, ...] = (None, known, None)
        else:
            parts = (_before(text, start, width), _one_line(text[start:end]).strip(), _after(text, end, width))
        for name, part in zip(shown, parts, strict=True):
            shown[name].append(part)
    return spans.assign(**{name: pd.Series(own, index=spans.index, dtype="string") for name, own in shown.items()})


def _before(text: str, start: int, width: int) -> str:
    """What stands on the left, from the beginning of a word."""
    first = max(0, start - width)
    cut = r"^\S+\s" if first and not text[first - 1].isspace() else r"^"
    return _one_line(re.sub(cut, "", text[first:start])).lstrip()


def _after(text: str, end: int, width: int) -> str:
    """What stands on the right, up to the end of a word."""
    last = min(len(text), end + width)
    cut = r"\s\S+$" if last < len(text) and not text[last].isspace() else r"$"
    return _one_line(re.sub(cut, "", text[end:last])).rstrip()


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _ordered(told: pd.DataFrame, articles: pd.Index, order: str) -> pd.DataFrame:
    placed = told.assign(number=articles.get_indexer(pd.Index(told.article_id)))
    placed = placed.sort_values(["number", "start", "end"], kind="stable")
    if order == "place":
        return placed
    step = -1 if order == "left" else 1
    keys = [" ".join(_words(text)[::step]) for text in placed[order].fillna("")]
    return placed.assign(key=keys).sort_values("key", kind="stable")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
