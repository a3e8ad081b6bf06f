"""Media Cloud: a table of stories without their text, since only titles and addresses may be passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.delimited import column_names, read_table
from samestory.articles.formats.rows import choose_columns, draft_row
from samestory.articles.source_file import SourceFile

ALWAYS = {"title", "url", "publish_date", "media_name"}
NUMBER = {"stories_id", "id"}


def recognise(file: SourceFile) -> bool:
    """Whether the header is Media Cloud's: number, title, url, publish_date and media_name of each story."""
    names = {name.lower() for name in column_names(file)}
    return names >= ALWAYS and bool(names & NUMBER)


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The stories whose text someone has added; each other is refused with the address it can be fetched from."""
    names, rows = read_table(file)
    chosen = choose_columns(names, columns)
    n_read = n_absent = 0
    for row in rows:
        if isinstance(row, RefusedRow):
            yield row
            continue
        line, story = row
        if (story.get(chosen.get("text", "")) or "").strip():
            n_read += 1
            yield draft_row(story, chosen, line)
        else:
            n_absent += 1
            address = story.get(chosen.get("url", "")) or "no address either"
            yield RefusedRow(line, f"no text: {address}")
    if n_absent:
        lack = f"no text of {n_absent} stories: fetch the addresses in the report and read what comes as HTML or WARC"
        if not n_read:
            raise Refused(lack)
        yield FileNote(lack)
