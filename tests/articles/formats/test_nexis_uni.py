"""Nexis Uni exports: cover pages, documents without parts, and what is no export at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from samestory.articles import Article, read


def write_docx(path: Path, lines: list[str]) -> Path:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def parts(article: Article) -> dict[str, str]:
    return {field.segment: article.text[field.start : field.end] for field in article.fields}


def test_deck_pictures_and_link_addresses(tmp_path: Path, exports: ModuleType) -> None:
    story = replace(exports.Story(), deck="Nobody was hurt.", paragraphs=("One.", "Graphic", "Two."))
    lines = exports.nexis_uni_lines([story])
    place = lines.index("Classification")
    lines[place:place] = ["Graphic", "The ferry on its sandbank."]
    [article] = read(write_docx(tmp_path / "one.docx", lines)).articles
    assert parts(article) == {"headline": story.headline, "deck": story.deck, "body": "One.\nGraphic\nTwo."}
    (tmp_path / "link.rtf").write_bytes(exports.nexis_rtf([story]))
    [linked] = read(tmp_path / "link.rtf").articles
    assert linked.title == story.headline


def test_the_body_may_end_without_a_classification(tmp_path: Path, exports: ModuleType) -> None:
    lines = exports.nexis_uni_lines([exports.Story()], cover=False)
    start = lines.index("Classification")
    end = next(n for n, line in enumerate(lines) if line.startswith("Load-Date"))
    [article] = read(write_docx(tmp_path / "one.docx", lines[:start] + lines[end:])).articles
    assert parts(article)["body"] == "\n".join(exports.Story().paragraphs)
    assert article.published == "2021-03-04"


@pytest.mark.parametrize("label", ["Load-Date", "Date de chargement", "Ladedatum", "Fecha de carga", "Laaddatum"])
def test_the_date_of_loading_is_neither_text_nor_publication(tmp_path: Path, exports: ModuleType, label: str) -> None:
    lines = exports.nexis_uni_lines([exports.Story()], cover=False)
    start = lines.index("Classification")
    lines[start:] = [f"{label}: March 9, 2031", "", "End of Document"]
    [article] = read(write_docx(tmp_path / "one.docx", lines)).articles
    assert parts(article)["body"] == "\n".join(exports.Story().paragraphs)
    assert article.published == "2021-03-04"


def test_links_around_a_body_are_no_part_of_it(tmp_path: Path, exports: ModuleType) -> None:
    story = replace(exports.Story(), paragraphs=("One.", "Link naar PDF", "Weblinks are no news.", "Two."))
    lines = exports.nexis_uni_lines([story], cover=False)
    place = lines.index("Body") + 1
    lines[place:place] = ["Link zum PDF-Dokument", "PDF-Datei dieses Dokuments"]
    place = lines.index("Classification")
    lines[place:place] = ["Original Gesamtseiten-PDF", "Bekijk de oorspronkelijke pagina: pagina 20, pagina 21"]
    [article] = read(write_docx(tmp_path / "one.docx", lines)).articles
    assert parts(article)["body"] == "\n".join(story.paragraphs)


def test_documents_that_cannot_be_parted_are_refused(tmp_path: Path, exports: ModuleType) -> None:
    story = exports.Story()
    lines = exports.nexis_uni_lines([story, replace(story, headline="Second")])
    lines.remove("Body")
    reading = read(write_docx(tmp_path / "two.docx", lines))
    assert [article.title for article in reading.articles] == ["Second"]
    assert reading.report.reason.tolist()[1] == "no line says where its body begins"


def test_a_cover_that_promises_more_is_reported(tmp_path: Path, exports: ModuleType) -> None:
    lines = exports.nexis_uni_lines([exports.Story()])
    lines[lines.index("Documents (1)")] = "Documents (3)"
    reading = read(write_docx(tmp_path / "one.docx", lines))
    assert "3 documents announced, 1 in the file" in str(reading.report.reason[0])


def test_a_document_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "a.docx", ["One"])
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "b.docx", "w", zipfile.ZIP_DEFLATED) as dense:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000)
            dense.writestr(name, part)
    assert read(tmp_path / "b.docx").report.reason[0] == "too dense for a document: 12 MB unpacked"


def test_other_office_documents_are_refused_with_the_reason(tmp_path: Path) -> None:
    write_docx(tmp_path / "letter.docx", ["Dear reader", "Yours"])
    (tmp_path / "letter.rtf").write_bytes(b"{\\rtf1\\ansi Dear reader\\par Yours\\par}")
    (tmp_path / "damaged.docx").write_bytes((tmp_path / "letter.docx").read_bytes()[:2000])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<not closed")
    (tmp_path / "broken.docx").write_bytes(buffer.getvalue())
    report = read(tmp_path).report
    assert list(report.status) == ["refused"] * 4
    told = dict(zip(report.source_file, report.reason, strict=True))
    assert "End of Document" in told["letter.docx"]
    assert told["broken.docx"].startswith("unparseable")
    assert "truncated" in told["damaged.docx"]
