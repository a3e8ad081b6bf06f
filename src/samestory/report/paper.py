"""An event as a paper: a PDF for those who file them, set by Typst, with text as data and never as markup.

Characters that no font of the file has stand there as their code points, and the paper says so.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.comparison import compare, contrast, findings
from samestory.comparison.contrasts import SEED
from samestory.comparison.ledgers import both_sides, conflicts, side_by_side_claims
from samestory.comparison.saying import plural
from samestory.comparison.timing import timing
from samestory.figures.passages import Passage, passages
from samestory.measures import MEASURES
from samestory.report.methods import Told, bibliography, methods_paragraph, references
from samestory.validation.measure_validity import measure_table
from samestory.validation.results import read_scores

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.comparison.proven import Evidence, Proven
    from samestory.figures import Chart
    from samestory.study import Study

TEMPLATE = Path(__file__).with_name("templates") / "event.typ"
SHOWN = ("attributions", "attributed_words", "source_official", "anonymous", "hedge_outlet", "passive_without_agent",
         "claims_exact")  # fmt: skip
THINGS, QUOTED = 12, 24  # rows of the ledger and passages that a paper shows
LONGEST = 200  # characters of a passage that are quoted
WIDTH, HEIGHT, SCALE = 476, 340, 0.66  # of figures: points at most, and so that their words are as large as in tables
_SIZE = re.compile(r'<svg[^>]*\bwidth="([\d.]+)pt"[^>]*\bheight="([\d.]+)pt"')
_CITED = re.compile(r"(\[@[^\]]*\])")
# Set as they stand, they would show other characters in another order than they are written.
_TURNING = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Span(NamedTuple):
    """Characters of an article."""

    article_id: str
    start: int
    end: int


def event_paper(
    study: Study, view: Annotations, measures: pd.DataFrame, found: Sequence[Proven], charts: Iterable[Chart] = ()
) -> bytes:
    """One event as a PDF (A4, PDF/UA-1); the same input gives the same bytes.

    ``view`` are the event's annotations as readers see them (``study.view(event)``), ``measures`` the study's table
    (those of other articles are left aside), ``found`` the findings, ``charts`` the figures to be shown.
    """
    return _typeset(paper_content(study, view, measures, found, charts))


def paper_content(
    study: Study, view: Annotations, measures: pd.DataFrame, found: Sequence[Proven], charts: Iterable[Chart] = ()
) -> dict[str, Any]:
    """What the paper says, as the template takes it."""
    from samestory import __version__

    event = ", ".join(view.articles.event.dropna().unique()) or "articles without an event"
    articles = _articles(view)
    numbers = {row["article_id"]: row["number"] for row in articles}
    quoted, left_out = _quoted(view, found)
    compared = compare(measures, view.articles, names=list(SHOWN))
    told = Told(compared, contrast(measures, view.articles, names=list(SHOWN)))
    methods = methods_paragraph(study, view, measures, told, seed=SEED)
    n_outlets = view.articles.outlet.nunique()
    return {
        "kicker": "How outlets tell the same event",
        "event": event,
        "study": study.title,
        "head": _cut(study.title, 70),
        "head_event": _cut(event, 40),
        "made": f"samestory {__version__}",
        "summary": f"{len(articles)} {plural(len(articles), 'article')} by {n_outlets} {plural(n_outlets, 'outlet')}, "
                   f"{view.articles.n_words.sum():,} words. {study.description}".strip(),
        "articles": articles,
        "findings": [_finding(one, quoted) for one in found],
        "limits": findings.limits(view),
        **_numbers(compared),
        "figures": [_figure(chart) for chart in charts],
        **_ledger(view, quoted),
        "passages": _passages(view, quoted, numbers),
        "passages_note": _of(len(quoted), len(quoted) + left_out, "passage") + " behind the findings and the numbers "
                         "that do not agree. Characters are counted in the article's text, from 0.",
        "methods": [_cited(part) for part in methods.split("\n\n")],
        "bibliography": bibliography(methods),
        **_validity(),
        "citation": f"{study.title}: {event}. Comparison made with samestory {__version__}.",
    }  # fmt: skip


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _of(shown: int, n: int, word: str) -> str:
    return f"{n} {plural(n, word)}" if shown == n else f"{shown} of {n} {plural(n, word)}"


def _shown(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)


def _articles(view: Annotations) -> list[dict[str, Any]]:
    """The articles in order of time, numbered from 1."""
    about = view.articles.set_index("article_id")
    rows = []
    for number, name in enumerate(timing(view.articles).article_id, start=1):
        row = about.loc[name]
        rows.append(
            {
                "number": number, "article_id": name, "outlet": row.outlet, "title": _shown(row.title),
                "published": _shown(row.published).replace("T", " "), "agency": _shown(row.agency),
                "words": f"{row.n_words:,}",
            }
        )  # fmt: skip
    return rows


def _quoted(view: Annotations, found: Sequence[Proven]) -> tuple[dict[Span, int], int]:
    """The passages that are quoted, with their numbers: of the findings, then of the conflicts; how many are not."""
    proof = [span for one in found for place in one.evidence if (span := _span(place)) is not None]
    apart = both_sides(conflicts(view))
    proof += [Span(row.article_id, int(row.start), int(row.end)) for row in apart.itertuples()]
    spans = list(dict.fromkeys(proof))
    return {span: n for n, span in enumerate(spans[:QUOTED], start=1)}, max(0, len(spans) - QUOTED)


def _span(place: Evidence) -> Span | None:
    if place.start is None or place.end is None:
        return None
    return Span(place.article_id, int(place.start), int(place.end))


def _finding(one: Proven, quoted: Mapping[Span, int]) -> dict[str, Any]:
    proof = []
    for place in one.evidence:
        span = _span(place)
        number = quoted.get(span) if span is not None else None
        proof.append({"outlet": place.outlet, "said": place.said, "passage": number})
    return {"sentence": one.sentence, "proof": proof}


def _passages(view: Annotations, quoted: Mapping[Span, int], numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    outlets = view.articles.set_index("article_id").outlet
    spans = pd.DataFrame(list(quoted), columns=list(Span._fields))
    shown = spans.assign(end=spans.end.clip(upper=spans.start + LONGEST), note="")
    items: Sequence[Passage] = passages(view.texts, shown, note="note", most=len(shown)).items
    return [
        {
            "number": number, "outlet": outlets[span.article_id], "article": numbers[span.article_id],
            "start": span.start, "end": span.end, "before": item.before,
            "marked": item.marked, "after": "…" if span.end - span.start > LONGEST else item.after,
        }
        for (span, number), item in zip(quoted.items(), items, strict=True)
    ]  # fmt: skip


def _numbers(compared: pd.DataFrame) -> dict[str, Any]:
    """The measures, and of each outlet their values with what was counted."""
    shown = compared[compared.measure.isin(SHOWN)].set_index(["outlet", "measure"])
    rows = []
    for outlet in sorted(compared.outlet.unique()):
        cells = []
        for name in SHOWN:
            row = shown.loc[(outlet, name)] if (outlet, name) in shown.index else None
            counted = row is not None and pd.notna(row.value)
            cells.append(
                {"value": f"{row.value:.1f}", "counts": f"{row.numerator:,.0f}/{row.denominator:,.0f}"}
                if row is not None and counted
                else {"value": "–", "counts": ""}
            )
        rows.append({"outlet": outlet, "values": cells})
    told = [{"label": MEASURES[name].label, "unit": MEASURES[name].unit} for name in SHOWN]
    return {"measures": told, "outlets": rows}


def _figure(chart: Chart) -> dict[str, Any]:
    svg = chart.svg()
    size = _SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (WIDTH, HEIGHT)
    scale = min(SCALE, WIDTH / width, HEIGHT / height)
    return {"svg": svg, "alt": chart.alt, "width": round(width * scale, 2)}


def _ledger(view: Annotations, quoted: Mapping[Span, int]) -> dict[str, Any]:
    cells = side_by_side_claims(view, most=len(view.claims))
    things = cells.what.drop_duplicates()
    rows = []
    for what in things.head(THINGS):
        own = cells[cells.what == what]
        told = []
        for said, part in own.groupby("shown", sort=False):
            first = part.drop_duplicates("outlet")  # what an outlet says twice stands once
            spans = [Span(row.article_id, int(row.start), int(row.end)) for row in first.itertuples()]
            by = [{"outlet": o, "passage": quoted.get(span)} for o, span in zip(first.outlet, spans, strict=True)]
            told.append({"said": said, "by": by})
        rows.append({"what": what, "status": own.status.iloc[0], "told": told})
    note = _of(len(rows), len(things), "thing") + " that two outlets tell of or that numbers differ in"
    return {"ledger": rows, "ledger_note": f"{note}; those that contradict each other first."}


def _cited(paragraph: str) -> list[dict[str, Any]]:
    """A paragraph in its pieces: text, and citations of known works as lists of keys."""
    pieces: list[dict[str, Any]] = []
    for piece in filter(None, _CITED.split(paragraph)):
        keys = [key.strip().removeprefix("@") for key in piece[1:-1].split(";")] if _CITED.fullmatch(piece) else []
        pieces.append({"keys": keys} if keys and set(keys) <= set(references()) else {"text": piece})
    return pieces


def _validity() -> dict[str, Any]:
    """How well the numbers shown follow texts that were coded by reading, article by article."""
    table = measure_table(read_scores())
    names = [f"{MEASURES[name].label} ({MEASURES[name].unit})" for name in SHOWN]
    rows = table.set_index("measure").reindex(names)
    shown = [
        [name, "–" if pd.isna(row.gold) else f"{row.gold}, {row.part}", _shown(row.articles), row.r or "–",
         row.ratio or "–"]
        for name, row in rows.iterrows()
    ]  # fmt: skip
    note = (
        "Against texts that were coded by reading, article by article. r: correlation of the articles' values; ratio: "
        "what the engines count for what the coders counted; 95 % intervals in brackets. Agreement with model coders "
        "is not human reliability."
    )
    return {"validity": shown, "validity_note": note}


def _typeset(content: dict[str, Any]) -> bytes:
    import typst

    unset: set[str] = set()
    told = {name: value if name == "figures" else _settable(value, unset) for name, value in content.items()}
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_fonts()]),  # the same on every machine
        sys_inputs={"data": json.dumps(told | {"unset": _unset_note(len(unset))})},
        pdf_standards="ua-1",
        timestamp=0,
    )


def _unset_note(n: int) -> str:
    have = "has" if n == 1 else "have"
    return (
        f"{n} {plural(n, 'character')} of the texts {have} no sign in the fonts of this file; the code points stand in "
        "their place, as in [U+0000]."
        if n
        else ""
    )


def _settable(value: Any, unset: set[str]) -> Any:
    """The content with characters that cannot be set as their code points; they are added to ``unset``."""
    if isinstance(value, str):
        missing = {character for character in value if ord(character) not in _signs()} - set("\n\r\t")
        unset |= missing
        return value.translate({ord(character): f"[U+{ord(character):04X}]" for character in missing})
    if isinstance(value, Mapping):
        return {key: _settable(one, unset) for key, one in value.items()}
    return [_settable(one, unset) for one in value] if isinstance(value, Sequence) else value


def _fonts() -> Path:
    """The folder of the fonts that matplotlib brings."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@functools.cache
def _signs() -> frozenset[int]:
    """The code points that DejaVu Sans has a sign for: what Libertinus, the font of the text, lacks is set in it."""
    from fontTools.ttLib import TTFont

    with TTFont(_fonts() / "DejaVuSans.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap()) - _TURNING
