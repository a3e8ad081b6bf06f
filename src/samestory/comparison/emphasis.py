"""What an article puts first and what gets how much room. Descriptions of texts, never scores of outlets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.extents import extents
from samestory.comparison.labels import main_ids, named
from samestory.comparison.saying import the
from samestory.tables import COUNTED_SEGMENTS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

FIRST = ("event", "article_id", "outlet", "place", "referent_id", "name", "kind", "main", "first_word", "position",
         "head", "start", "end", "counted")  # fmt: skip
ROOM = ("event", "outlet", "referent_id", "name", "sentences", "all_sentences", "sentence_share", "words", "all_words",
        "word_share", "counted")  # fmt: skip
TOLD = ("person", "group", "institution", "event")  # kinds that are drawn: places and objects are often set apart
FAR = 25  # words between two first namings that are told as a difference


def first_things(annotations: Annotations, most: int = 8) -> pd.DataFrame:
    """What each article names, in the order in which it does, and how many words stand before it.

    A row is a referent in an article, at its first label there. Columns: event, article_id, outlet, place (1 for what
    is named first), referent_id, name, kind, main (one of the ``most`` referents that most outlets of the event name),
    first_word (words of headline, deck and body before it: 0 opens the headline), position (headline, lead, body),
    head, start, end, counted (false where the text is not here and words are reckoned from characters).
    """
    labels = named(annotations).sort_values(["event", "outlet", "article_id", "start", "end"], kind="stable")
    first = labels.drop_duplicates(["article_id", "referent_id"])
    words = extents(annotations)
    first = first.assign(
        place=first.groupby("article_id").cumcount() + 1,
        main=first.referent_id.isin(main_ids(annotations, most)),
        first_word=[words[row.article_id].before(int(row.start)) for row in first.itertuples()],
        counted=[words[name].counted for name in first.article_id],
    )
    return first[list(FIRST)].reset_index(drop=True)


def opening(first: pd.DataFrame) -> pd.DataFrame:
    """What headline and lead name, in order, for readers; ``first`` is what :func:`first_things` gives.

    Columns: outlet, headline names, lead adds.
    """
    keys = ["event", "outlet", "article_id", "position"]
    top = first[first.position.isin(("headline", "lead"))]
    parts = top.groupby(keys, dropna=False, sort=True).name.agg(", ".join)
    wide = parts.unstack("position").reindex(columns=["headline", "lead"]).reset_index()
    names = {"headline": "headline names", "lead": "lead adds"}
    return wide.rename(columns=names)[["outlet", *names.values()]].rename_axis(columns=None)


def first_named(annotations: Annotations, most: int = 5, kinds: Collection[str] = TOLD) -> pd.DataFrame:
    """When each outlet first names the main referents of some kinds, to be drawn: also where it does not.

    Columns: event, name, outlet, first_word (null where the outlet does not name it), position, said ("word 12,
    headline"). Of several articles of an outlet, the one that names it soonest. The referents that are named soonest
    anywhere come first; of each, the outlets in order of their first word.
    """
    main = main_ids(annotations, most, kinds)
    first = first_things(annotations)
    first = first[first.referent_id.isin(main)].sort_values("first_word", kind="stable")
    soonest = first.drop_duplicates(["outlet", "referent_id"])
    rows = _every(annotations, soonest[["event", "referent_id", "name"]].drop_duplicates())
    keep = ["event", "outlet", "referent_id", "first_word", "position"]
    rows = rows.merge(soonest[keep], on=keep[:3], how="left", validate="one_to_one")
    rows["first_word"] = rows.first_word.astype("Int64")
    rows["said"] = [
        "not named" if pd.isna(word) else f"word {word + 1}" + ("" if where == "body" else f", {where}")
        for word, where in zip(rows.first_word, rows.position, strict=True)
    ]
    rows["soonest"] = rows.groupby("referent_id").first_word.transform("min")
    rows = rows.sort_values(["event", "soonest", "name", "first_word", "outlet"], kind="stable")
    return rows[["event", "name", "outlet", "first_word", "position", "said"]].reset_index(drop=True)


def room(annotations: Annotations, referent_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """How much of each outlet's text names a referent: those given, or the main persons, groups, bodies and events.

    Columns: event, outlet, referent_id, name; sentences (of headline, deck and body in which a label names it),
    all_sentences, sentence_share; words (of these sentences), all_words, word_share; counted (false where the text is
    not here and words are reckoned from characters). An outlet that does not name a referent of its event has 0. A
    pronoun is no label: a referent's room is rather larger than this. How much room sources have, by type, is told by
    :func:`samestory.comparison.sourcing.text_given`.
    """
    labels = named(annotations, main_ids(annotations, kinds=TOLD) if referent_ids is None else referent_ids)
    rows = _every(annotations, labels[["event", "referent_id", "name"]].drop_duplicates())
    sentences, whole = _sentences(annotations)
    inside = labels.drop_duplicates(["sentence_id", "referent_id"]).merge(
        sentences[["sentence_id", "words"]], on="sentence_id", validate="many_to_one"
    )
    keys = ["event", "outlet", "referent_id"]
    held = inside.groupby(keys, dropna=False).words.agg(sentences="size", words="sum").reset_index()
    rows = rows.merge(held, on=keys, how="left", validate="one_to_one")
    rows = rows.merge(whole, on=keys[:2], how="left", validate="many_to_one")
    rows[["sentences", "words"]] = rows[["sentences", "words"]].fillna(0).astype("int64")
    for part in ("sentence", "word"):
        rows[f"{part}_share"] = (rows[f"{part}s"] / rows[f"all_{part}s"].astype(float)).round(4)
    return rows[list(ROOM)]


def _every(annotations: Annotations, referents: pd.DataFrame) -> pd.DataFrame:
    """A row for each referent and each outlet that reports its event, whether it names it or not."""
    reporting = annotations.articles[["event", "outlet"]].drop_duplicates().sort_values(["event", "outlet"])
    return referents.merge(reporting, on="event", how="left")


def _sentences(annotations: Annotations) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The counted sentences with their words, and how many sentences and words each outlet has on each event."""
    words = extents(annotations)
    sentences = annotations.sentences[annotations.sentences.segment.isin(COUNTED_SEGMENTS)]
    lengths = [
        words[row.article_id].before(int(row.end)) - words[row.article_id].before(int(row.start))
        for row in sentences.itertuples()
    ]
    sentences = sentences.assign(words=pd.Series(lengths, index=sentences.index, dtype="int64"))
    articles = annotations.articles[["article_id", "event", "outlet"]]
    articles = articles.assign(
        all_words=[words[key].total for key in articles.article_id],
        counted=[words[key].counted for key in articles.article_id],
        all_sentences=articles.article_id.map(sentences.groupby("article_id").size()).fillna(0).astype("int64"),
    )
    sums = {"all_sentences": "sum", "all_words": "sum", "counted": "all"}
    return sentences, articles.groupby(["event", "outlet"], dropna=False).agg(sums).reset_index()


def room_rows(rooms: pd.DataFrame) -> pd.DataFrame:
    """What :func:`room` gives, to be drawn: the referents with most room first, of each the outlets.

    Columns: event, name, outlet, percent (of sentences), said ("33 %, 4 of 12").
    """
    largest = rooms.groupby("referent_id").sentence_share.transform("max")
    rows = rooms.assign(largest=largest, percent=100 * rooms.sentence_share).sort_values(
        ["event", "largest", "name", "percent", "outlet"], ascending=[True, False, True, False, True], kind="stable"
    )
    rows["said"] = [
        f"{row.percent:.0f} %, {row.sentences} of {row.all_sentences}" if row.all_sentences else "nothing was read"
        for row in rows.itertuples()
    ]
    return rows[["event", "name", "outlet", "percent", "said"]].reset_index(drop=True)


def headline_finding(annotations: Annotations) -> str:
    """Which main referent one headline alone names, or all headlines but one."""
    first = first_things(annotations)
    heads = annotations.segments[annotations.segments.segment == "headline"]
    headed = annotations.articles[annotations.articles.article_id.isin(heads.article_id)]
    outlets = sorted(headed.outlet.unique())
    if len(outlets) < 2 or headed.event.nunique() > 1:
        return "There are no headlines of one event to compare."
    top = first[first.referent_id.isin(main_ids(annotations, kinds=TOLD)) & (first.position == "headline")]
    named_by = {name: sorted(part.outlet.unique()) for name, part in top.groupby("name", sort=False)}
    told = []
    for name, own in named_by.items():
        if len(own) == 1 and len(outlets) > 2:
            told.append(f"only {own[0]}'s headline names {the(name)}")
        elif len(own) == 1 < len(outlets):
            told.append(f"{own[0]}'s headline alone names {the(name)}")
        elif len(own) == len(outlets) - 1:
            told.append(f"every headline but {next(o for o in outlets if o not in own)}'s names {the(name)}")
        elif len(own) == len(outlets):
            told.append(f"every headline names {the(name)}")
    text = "; ".join(told[:4])
    return f"{text[:1].upper()}{text[1:]}." if text else "No main referent stands in one headline alone or in all."


def first_finding(first: pd.DataFrame) -> str:
    """The main referent whose first naming lies furthest apart; ``first`` is what :func:`first_named` gives."""
    known = first.dropna(subset="first_word")
    best: tuple[int, str] = (FAR, "")
    for (_, name), part in known.groupby(["event", "name"], dropna=False, sort=False):
        early, late = part.iloc[0], part.iloc[-1]
        apart = int(late.first_word - early.first_word)
        if early.outlet != late.outlet and apart > best[0]:
            best = (apart, f"{early.outlet} names {the(name)} first as word {early.first_word + 1}, {late.outlet} as "
                           f"word {late.first_word + 1}.")  # fmt: skip
    return best[1] or f"No main referent is first named more than {FAR} words later in one outlet than in another."


def room_finding(rooms: pd.DataFrame) -> str:
    """The referent whose share of the sentences differs most between outlets that name it; ``rooms`` as of room."""
    best: tuple[float, str] = (0.0, "")
    for _, part in rooms[rooms.sentences > 0].groupby("referent_id", sort=False):
        ordered = part.sort_values(["sentence_share", "outlet"], ascending=[False, True])
        high, low = ordered.iloc[0], ordered.iloc[-1]
        apart = float(high.sentence_share - low.sentence_share)
        if high.outlet != low.outlet and apart > best[0]:
            best = (apart, f"{high.outlet} names {the(high['name'])} in {high.sentences} of {high.all_sentences} "
                           f"sentences, {low.outlet} in {low.sentences} of {low.all_sentences}.")  # fmt: skip
    return best[1] or "There are no two outlets whose room for a referent could be compared."


def limits(annotations: Annotations) -> list[str]:
    """What counts of places and room cannot tell, in sentences."""
    found = [
        "Order and room are counts of this text. They do not say why an editor chose them, and a layout with pictures, "
        "boxes and size of type weighs as well.",
        "A referent named by a pronoun is not counted, and one whom the project did not recognise under another word "
        "seems to come later than it does.",
    ]
    words = extents(annotations)
    reckoned = sum(not own.counted for own in words.values())
    if reckoned:
        found.append(
            f"{reckoned} of {len(words)} texts are not on this machine: there words are reckoned from characters, and "
            "a place may be a few words off."
        )
    return found
