"""Paragraphs of office documents: DOCX by python-docx, RTF by striprtf."""

from __future__ import annotations

import io
import re
import zipfile

from samestory.articles.draft import Refused
from samestory.articles.source_file import SourceFile

RTF = b"{\\rtf"
ZIP = b"PK\x03\x04"
MAIN_PART = "word/document.xml"
LARGEST = 200_000_000  # bytes unpacked; far above any export, and read in minutes
DENSEST = 150  # bytes unpacked from one; a document has about ten, and one made to fill the memory a thousand
SMALL = 10_000_000  # bytes unpacked, which do no harm however dense
LARGEST_FONT_TABLE = 200_000  # characters; longer than that, its group was never closed
CELL = "\ue000"  # ends a cell of a table: a character that no text holds
# Words of the format to be changed before striprtf sees them; an escaped backslash is no start of one.
CHANGED = re.compile(r"\\\\|\\(?P<cell>(?:nest)?cell(?![a-z]) ?)|\\(?P<link>fldinst(?![a-z]))")
SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def is_docx(file: SourceFile) -> bool:
    """Whether the file is a word processor's document."""
    return file.start.startswith(ZIP) and zipfile.is_zipfile(file.path) and MAIN_PART in _parts(file)


def read_docx(file: SourceFile) -> list[str]:
    """The paragraphs of a document in order, those in tables too; raises Refused where it is damaged."""
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    size = sum(_parts(file).values())
    if size > LARGEST:
        raise Refused(f"too large: {size // 1_000_000} MB unpacked")
    if size > SMALL and size > DENSEST * file.path.stat().st_size:
        raise Refused(f"too dense for a document: {size // 1_000_000} MB unpacked")
    try:
        document = docx.Document(io.BytesIO(file.raw))
        found = document.element.body.iter(qn("w:p"))
        return [Paragraph(element, document._body).text for element in found]
    except Exception as error:  # a damaged package fails in as many ways as it has parts
        raise Refused(f"unparseable: {type(error).__name__}: {error}"[:200]) from error


def is_rtf(file: SourceFile) -> bool:
    """Whether the file is in rich text format."""
    return file.start.lstrip().startswith(RTF)


def read_rtf(raw: bytes) -> list[str]:
    """The paragraphs of a rich text; CELL ends each cell of a table. Raises Refused where it is damaged."""
    from striprtf.striprtf import font_table_group, rtf_to_text

    source = _western(raw)
    fonts = font_table_group(source[: 2 * LARGEST_FONT_TABLE])
    if len(fonts) > LARGEST_FONT_TABLE:
        raise Refused("unparseable: the table of fonts has no end")
    # its search for a font's code page ends at the line: without ends, one font that has none costs the whole table
    source = source.replace(fonts, fonts.replace("{\\f", "\n{\\f").replace(";", ";\n"), 1)
    source = CHANGED.sub(_change, source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise Refused(f"unparseable: {type(error).__name__}: {error}"[:200]) from error
    return SURROGATES.sub(_pair, text).split("\n")


def _change(found: re.Match[str]) -> str:
    if found["cell"]:
        return "{\\uc1\\u-8192?}"  # CELL, since the bar that striprtf writes for it may stand in a text
    return "\\xe" if found["link"] else found.group()  # a link's address becomes an entry that is not shown


def _western(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _pair(found: re.Match[str]) -> str:
    """Two halves of a character beyond the first 65,536 as one, as rich text writes them."""
    both = found.group()
    return both.encode("utf-16", "surrogatepass").decode("utf-16") if len(both) == 2 else "\ufffd"


def _parts(file: SourceFile) -> dict[str, int]:
    """The unpacked size of each part of a document; raises Refused where the archive is damaged."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            return {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(f"unparseable: {error}") from error
