"""Factiva exports: codes, times, credits, and documents of one part."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from samestory.articles import read
from samestory.segments import find_agency, segment


def page(*rows: tuple[str, str], language: str = "en") -> bytes:
    cells = "".join(f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>" for code, cell in rows)
    return f"<html><body><div class='article {language}Article'><table>{cells}</table></div></body></html>".encode()


END = ("AN", "Document CARCOU0020210304eh3400001")


def test_the_time_stands_in_a_field_of_its_own(tmp_path: Path) -> None:
    rows = ("HD", "Head"), ("PD", "4 March 2021"), ("ET", "15:32"), ("SN", "Echo"), ("LP", "<p>One.</p>"), END
    (tmp_path / "x.html").write_bytes(page(*rows))
    [article] = read(tmp_path / "x.html").articles
    assert (article.published, article.published_precision) == ("2021-03-04T15:32", "minute")
    assert article.text == "Head\n\nOne."


def test_the_class_gives_the_language_where_no_field_does(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(page(("HD", "Titre"), ("TD", "<p>Un.</p><p>Deux.</p>"), END, language="fr"))
    [article] = read(tmp_path / "x.html").articles
    assert (article.language, article.published) == ("fr", None)
    assert article.text == "Titre\n\nUn.\nDeux."


def test_author_credit_and_rights_name_the_agency(tmp_path: Path) -> None:
    for n, rows in enumerate(([("BY", "By REUTERS")], [("CR", "AP")], [("CY", "(c) 2021 Thomson Reuters")])):
        told = page(("HD", f"Head {n}"), *rows, ("SN", "Echo"), ("LP", "<p>It rained.</p>"), END)
        (tmp_path / f"{n}.html").write_bytes(told)
    articles = sorted(read(tmp_path).articles, key=lambda article: article.text)
    assert [find_agency(article, segment(article)) for article in articles] == ["Reuters", "AP", "Reuters"]


def test_a_number_of_words_is_no_headline(tmp_path: Path, exports: ModuleType) -> None:
    raw = exports.factiva_rtf_plain([exports.Story()]).replace(b"\\pard Ferry", b"\\pard News\\par\n\\pard Ferry")
    (tmp_path / "x.rtf").write_bytes(raw)
    [article] = read(tmp_path / "x.rtf").articles
    assert (article.title, article.credit) == (
        "Ferry runs aground off Carrow",
        "By Jane Roe; Copyright 2021 Carrow Press Ltd",
    )


def test_a_time_of_any_form_is_no_outlet(tmp_path: Path) -> None:
    for number, time in enumerate(("02:05", "02:05 AM", "02:05 AM GMT", "2:05 GMT+1")):
        told = ("120 words", "19 November 2017", time, "The Echo", "ECHO", "English", "(c) 2017 Echo")
        above = "".join(f"<div>{line}</div>" for line in told)
        body = f"<p class='articleParagraph'>It rained {number}.</p><p>{END[1]}</p>"
        page = f"<html><div class='article enArticle'><div id='hd'>Rain</div>{above}{body}</div></html>"
        (tmp_path / f"{number}.html").write_text(page)
    assert {article.outlet for article in read(tmp_path).articles} == {"The Echo"}
