"""WARC archives (ISO 28500), plain or gzipped: the pages that a crawler was answered, one article each."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.webpage import LARGEST_PAGE, read_page
from samestory.articles.source_file import SourceFile

GZIP = b"\x1f\x8b"
MAGIC = b"WARC/"
PAGES = ("text/html", "application/xhtml+xml")
UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")
CHUNK = 1 << 20  # bytes
FAULTS = (EOFError, OSError, ValueError, AttributeError, TypeError, zlib.error)  # what warcio raises on a bad header


def recognise(file: SourceFile) -> bool:
    """Whether the file opens with a WARC record."""
    if not file.start.startswith(GZIP):
        return file.start.startswith(MAGIC)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.start, len(MAGIC)) == MAGIC
    except zlib.error:
        return False


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The pages answered with status 200; ``row`` is a record's number in the archive, counted from 1.

    The archive is streamed. When a page was crawled says nothing of when it was published, and is not taken for it.
    A damaged or truncated archive is read up to the fault. What is left out is counted in a note.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    left: Counter[str] = Counter()
    number = 0
    with gzip.open(file.path) if file.start.startswith(GZIP) else file.path.open("rb") as opened:
        stream = _Stream(opened)
        try:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                if (reason := _left_out(record)) is not None:
                    left[reason] += 1
                else:
                    yield _read_record(record, number)
                if _is_cut(record):
                    yield FileNote(f"truncated: the archive ends within record {number}")
        except (ArchiveLoadFailed, *FAULTS) as error:
            if not number:
                raise Refused(f"damaged: no record can be read ({_reason(error)})") from error
            yield FileNote(f"damaged after record {number}: read up to there ({_reason(error)})")
    if stream.fault is not None and number:
        yield FileNote(f"truncated or damaged after record {number}: read up to there ({_reason(stream.fault)})")
    if not number:
        raise Refused("no record in the archive" if stream.fault is None else f"damaged: {_reason(stream.fault)}")
    for reason, times in sorted(left.items()):
        yield FileNote(f"{reason} ({times})")


class _Stream:
    """An archive as far as it can be unpacked: a fault ends it, once everything before is handed on."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes; none at the end or at a fault."""
        try:
            return self.opened.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            self.fault = error
            return b""

    def tell(self) -> int:
        """How many bytes were read."""
        return self.opened.tell()


def _left_out(record: Any) -> str | None:
    """Why a record is no page; None where it is one."""
    if record.rec_type in ("warcinfo", "request", "metadata"):
        return "records about the crawl left out"
    if record.rec_type not in ("response", "resource"):
        return f"records of type {record.rec_type} left out"
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return f"answers with status {record.http_headers.get_statuscode()} left out"
    if _content_type(record)[0] not in PAGES:
        return "records that are no pages left out"
    return None


def _content_type(record: Any) -> tuple[str, str | None]:
    """Kind and encoding as the server said them, else as the archive does."""
    headers = record.http_headers or record.rec_headers
    kind, *parameters = (headers.get_header("Content-Type") or "").lower().split(";")
    named = (part.split("=", 1)[1].strip(" \"'") for part in parameters if part.strip().startswith("charset="))
    return kind.strip(), next(named, None)


def _read_record(record: Any, number: int) -> Draft | RefusedRow:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    packing = record.http_headers.get_header("Content-Encoding") if record.http_headers else None
    if (packing or "").strip().lower() not in UNPACKED:
        return RefusedRow(number, f"packed as {packing}, which is not read here: {url}")
    try:
        page = record.content_stream().read(LARGEST_PAGE + 1)
        if len(page) <= LARGEST_PAGE and _is_cut(record):
            return RefusedRow(number, f"truncated: the archive ends within this page: {url}")
        return replace(read_page(page, _content_type(record)[1], url), row=number)
    except Refused as error:
        return RefusedRow(number, f"{error}: {url}")
    except FAULTS as error:
        return RefusedRow(number, f"damaged ({_reason(error)}): {url}")


def _is_cut(record: Any) -> bool:
    """Whether the archive ends before the record does; reads to the record's end."""
    while record.raw_stream.read(CHUNK):
        pass
    return bool(getattr(record.raw_stream, "limit", 0))


def _reason(error: BaseException) -> str:
    told = str(error).partition(", first line:")[0]  # of a file that is no archive, its bytes
    return " ".join(told.split())[:120] or type(error).__name__
