"""The two stages of annotating: one article through every engine, then the articles of an event together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from samestory import tables
from samestory.articles.record import Article
from samestory.certainty import read_certainty
from samestory.claims import find_claims, relate
from samestory.document import Document
from samestory.framing import Scheme, find_frames, find_labels
from samestory.holders import fill_claims, fill_cue_holders, fill_holders, fill_own_reporters, reports
from samestory.referents import Resolution, resolve
from samestory.segments import find_agency, find_families, find_reuse, own_wire, segment, spread_agency
from samestory.segments.words import count_words
from samestory.sourcing import find_attributions


def read_document(article: Article, recurring: Collection[str] = ()) -> Document:
    """What both stages look at: an article with its segments, parsed when first asked for.

    ``recurring`` holds the keys of the article's lines that its outlet's other articles have too.
    """
    return Document(article.article_id, article.text, segment(article, recurring))


def annotate_article(article: Article, document: Document, scheme: Scheme | None = None) -> dict[str, pd.DataFrame]:
    """The article stage: every table that one article fills alone, with holders and voices joined.

    ``scheme`` holds the study's own frames.
    """
    segments = document.segments
    sourcing = find_attributions(document)
    attributions = reports(sourcing.attributions, article.text)
    contents = sourcing.contents[sourcing.contents.attribution_id.isin(attributions.attribution_id)]
    claims = fill_holders(find_claims(document, article.published), contents, "holder")
    read = read_certainty(document)
    certainty = fill_claims(fill_cue_holders(read.cues, attributions, contents), claims)
    as_of = pd.Series(article.published or pd.NA, index=claims.index, dtype="string")
    return {
        "articles": tables.frame("articles", [_article_row(article, segments)]),
        "texts": tables.frame("texts", [{"article_id": article.article_id, "text": article.text or None}]),
        "segments": segments,
        "sentences": _sentences(document, read.scores),
        "attributions": sourcing.attributions,
        "sources": fill_own_reporters(sourcing.sources, article.text, article.outlet),
        "contents": sourcing.contents,
        "certainty": certainty,
        "labels": fill_holders(find_labels(document), contents, "voice"),
        "frames": find_frames(document, scheme),
        "claims": claims.assign(as_of=as_of),
    }


def annotate_event(
    articles: Sequence[Article], documents: Sequence[Document], single: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The event stage: referents, reuse, edits and claim relations, added to the tables of the article stage.

    Articles that belong to no event are compared with nothing; their referents are resolved each on its own.
    """
    event = articles[0].event
    groups = [documents] if event is not None else [[document] for document in documents]
    resolved = [_resolve(event, group, single) for group in groups]
    found = dict(single)
    for name in ("labels", "sources", "referents"):
        found[name] = tables.concat(name, (getattr(part, name) for part in resolved))
    if event is None:
        return found | {name: tables.frame(name) for name in ("reuse", "edits", "claim_relations")}
    reuse, edits = find_reuse(articles, single["segments"])
    segments = single["segments"]
    wires = {a.article_id: wire for a in articles if (wire := own_wire(a, segments)) is not None}
    families = find_families(reuse, edits, single["articles"], segments, single["attributions"], wires)
    return found | {
        "articles": spread_agency(single["articles"], families),
        "reuse": reuse,
        "edits": edits,
        "claim_relations": relate(single["articles"], single["claims"]),
    }


def _resolve(event: str | None, documents: Sequence[Document], single: dict[str, pd.DataFrame]) -> Resolution:
    ids = [document.article_id for document in documents]
    labels, sources = (
        single[name][single[name].article_id.isin(ids)].reset_index(drop=True) for name in ("labels", "sources")
    )
    return resolve(event, documents, labels, sources)


def _article_row(article: Article, segments: pd.DataFrame) -> dict[str, object]:
    text = article.text
    return {
        "article_id": article.article_id,
        "event": article.event,
        "outlet": article.outlet,
        "agency": find_agency(article, segments),
        "title": article.title or _headline(text, segments),
        "published": article.published,
        "published_precision": article.published_precision,
        "url": article.url,
        "language": article.language,
        "source_file": article.source_file,
        "format": article.format,
        "text_sha256": article.text_sha256,
        "n_chars": len(text),
        "n_words": count_words(text, segments, tables.SEGMENTS),
        "n_body_words": count_words(text, segments, ("body",)),
    }


def _headline(text: str, segments: pd.DataFrame) -> str | None:
    rows = tables.cells(segments, "start", "end", "segment")
    return next((text[start:end].strip() for start, end, role in rows if role == "headline"), "") or None


def _sentences(document: Document, scores: dict[str, float]) -> pd.DataFrame:
    rows = []
    for number, sentence in enumerate(document.parse.sentences):
        sentence_id = f"{document.article_id}-s{number}"
        rows.append(
            {
                "article_id": document.article_id,
                "sentence_id": sentence_id,
                "start": sentence.start,
                "end": sentence.end,
                "segment": document.segment_at(sentence.start),
                "certainty_score": scores.get(sentence_id),
            }
        )
    return tables.frame("sentences", rows)
