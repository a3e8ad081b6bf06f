"""The formats that can be read, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from samestory.articles.draft import Draft, FileNote, RefusedRow
from samestory.articles.formats import (
    delimited,
    factiva,
    jsonfile,
    mediacloud,
    nela,
    nexis,
    nexis_uni,
    plain,
    proquest,
    warc,
    webpage,
)
from samestory.articles.source_file import SourceFile
from samestory.messages import no_such


class Format(NamedTuple):
    """A format by name: whether a file's content is in it, and its articles.

    Of formats that both recognise a file, the first counts, but one with other suffixes than the file's comes last;
    where none recognises it, the suffix alone decides. ``read`` raises Refused where nothing in the file can be read;
    its second argument names columns (see rows.COLUMN_NAMES) and means nothing to formats without any.
    """

    name: str
    recognise: Callable[[SourceFile], bool]
    read: Callable[[SourceFile, Mapping[str, str] | None], Iterator[Draft | RefusedRow | FileNote]]
    suffixes: tuple[str, ...] = ()


TEXT = Format("text", plain.recognise, plain.read)
FORMATS: tuple[Format, ...] = (
    Format("proquest", proquest.recognise, proquest.read),
    Format("nexis", nexis.recognise, nexis.read),
    Format("factiva", factiva.recognise, factiva.read),
    Format("nexis-uni", nexis_uni.recognise, nexis_uni.read, (".docx", ".rtf")),
    Format("html", webpage.recognise, webpage.read, (".html", ".htm", ".xhtml")),
    Format("warc", warc.recognise, warc.read, (".warc",)),
    Format("nela", nela.recognise, nela.read),
    Format("mediacloud", mediacloud.recognise, mediacloud.read),
    Format("news-please", jsonfile.recognise_record, jsonfile.read_news_please, (".json",)),
    Format("jsonl", jsonfile.recognise_records, jsonfile.read_records, (".jsonl", ".ndjson")),
    Format("csv", delimited.recognise, delimited.read, (".csv", ".tsv")),
    TEXT,
)


def find_format(name: str) -> Format:
    """The format of that name; raises ValueError where there is none."""
    for known in FORMATS:
        if known.name == name:
            return known
    raise ValueError(no_such("format", name, [known.name for known in FORMATS]))


def recognise(file: SourceFile) -> Format:
    """The format that a file's content shows, else the one that its suffix says, else text."""
    ordered = sorted(FORMATS, key=lambda known: bool(known.suffixes) and file.suffix not in known.suffixes)
    by_content = (known for known in ordered if known is not TEXT and known.recognise(file))
    by_suffix = (known for known in FORMATS if file.suffix in known.suffixes)
    return next(by_content, None) or next(by_suffix, TEXT)
