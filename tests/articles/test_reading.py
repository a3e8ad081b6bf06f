"""Files to articles: every format, the loss report, and files that nobody should have to read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.articles import Article, Field, Reading, read, write_import

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Quay closed | Harbour Post</title>
<link rel="canonical" href="https://www.harbourpost.example/2019/03/02/quay">
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2019-03-02T10:20:00+01:00"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Old quay closed after a blast</h1>
<p>Two people were killed on Saturday when a tank blew up in the old harbour, the police said in a statement.</p>
<p>“We do not know the cause,” said Jane Roe, the mayor, who came at noon to see what was left of the sheds.</p>
<p>The harbour was closed for the night, and ships were sent on to other places along the coast.</p></article>
</body></html>"""


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def reasons(reading: Reading) -> dict[str, tuple[str, str]]:
    rows = reading.report.itertuples()
    return {row.source_file: (row.status, str(row.reason)) for row in rows}


def field_texts(article: Article) -> dict[str, str]:
    return {field.segment: article.text[field.start : field.end] for field in article.fields}


def test_a_text_file_is_its_own_canonical_text(tmp_path: Path) -> None:
    [article] = read(write(tmp_path / "post.txt", "Head\r\n\r\nBody “here”.\n\x0cLast\r")).articles
    assert article.text == "Head\r\n\r\nBody “here”.\n\x0cLast\r"
    assert (article.outlet, article.event, article.title, article.fields) == ("post", None, None, ())


def test_sub_folders_are_events_and_names_are_relative(tmp_path: Path) -> None:
    write(tmp_path / "fire" / "post.txt", "The mill burnt.")
    write(tmp_path / "fire" / "deep" / "echo.md", "The mill burnt down.")
    write(tmp_path / "loose.txt", "Nothing happened.")
    found = {(a.source_file, a.event) for a in read(tmp_path).articles}
    assert found == {("fire/post.txt", "fire"), ("fire/deep/echo.md", "fire"), ("loose.txt", None)}
    assert {a.event for a in read(tmp_path, event="all").articles} == {"fire", "all"}


def test_news_please_records(tmp_path: Path) -> None:
    record = {
        "source_domain": "www.post.example",
        "title": "Mill burns",
        "description": "Nine missing",
        "text": "A mill burnt.\nNobody saw it.",
        "date_publish": "2018-02-05T00:00:00",
        "url": "https://www.post.example/mill",
        "language": "en",
        "newsCluster": {"Event": "mill_fire"},
    }
    write(tmp_path / "folder" / "a.json", json.dumps(record))
    write(
        tmp_path / "folder" / "b.json", json.dumps(record | {"date_publish": "None", "description": None, "url": "x"})
    )
    first, second = read(tmp_path).articles
    assert (first.outlet, first.event, first.format) == ("post.example", "mill_fire", "news-please")
    assert (first.published, first.published_precision) == ("2018-02-05", "day")
    assert first.text == "Mill burns\n\nNine missing\n\nA mill burnt.\nNobody saw it."
    assert field_texts(first) == {"headline": "Mill burns", "deck": "Nine missing", "body": record["text"]}
    assert (second.published, second.published_precision) == (None, "unknown")
    assert list(field_texts(second)) == ["headline", "body"]


def test_html_gives_title_text_and_what_the_page_says_of_itself(tmp_path: Path) -> None:
    [article] = read(write(tmp_path / "saved.html", PAGE)).articles
    assert article.text.startswith("Old quay closed after a blast")
    assert article.text.count("Old quay closed") == 1
    assert "Two people were killed" in article.text
    assert "Home" not in article.text
    assert (article.outlet, article.title) == ("harbourpost.example", "Old quay closed after a blast")
    assert (article.published, article.published_precision) == ("2019-03-02T10:20:00+01:00", "second")
    assert (article.language, article.url) == ("en", "https://www.harbourpost.example/2019/03/02/quay")
    assert field_texts(article)["headline"] == "Old quay closed after a blast"


def test_csv_rows_are_articles_and_a_bad_row_loses_itself_alone(tmp_path: Path) -> None:
    table = (
        "headline,body,source,date\r\n"
        '"Mill, burnt","Two lines\r\nof ""text"".",The Post,2019-01-02\r\n'
        "too,few\r\n"
        '"half "quoted" badly",body,The Post,2019-01-02\r\n'
        ",,The Post,2019-01-03\r\n"
        "Last,The end.,The Post,2019-01-04\r\n"
    )
    reading = read(write(tmp_path / "x.csv", table))
    assert {a.text for a in reading.articles} == {'Mill, burnt\n\nTwo lines\r\nof "text".', "Last\n\nThe end."}
    report = reasons(reading)
    assert report["x.csv"][0] == "read"
    assert set(report) == {"x.csv", "x.csv:4", "x.csv:5", "x.csv:6"}
    assert all(report[f"x.csv:{line}"][0] == "refused" for line in (4, 5, 6))


def test_columns_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "id;Wortlaut;Blatt\n1;The text.;post\n")
    [article] = read(path, columns={"text": "Wortlaut", "outlet": "Blatt"}).articles
    assert (article.text, article.outlet) == ("The text.", "post")
    assert reasons(read(path))["x.csv"][0] == "refused"
    with pytest.raises(ValueError, match="txt"):
        read(path, columns={"txt": "Wortlaut"})


def test_authors_become_the_credit_and_no_part_of_the_text(tmp_path: Path) -> None:
    record = {"text": "A mill burnt.", "source_domain": "post.example", "authors": ["Jane Roe", " ", "Reuters"]}
    write(tmp_path / "a.json", json.dumps(record))
    write(tmp_path / "b.csv", "text,source,byline\nIt rained.,post,By Jane  Roe\n")
    first, second = sorted(read(tmp_path).articles, key=lambda article: article.text)
    assert (first.credit, first.text) == ("Jane Roe; Reuters", "A mill burnt.")
    assert (second.credit, second.text) == ("By Jane Roe", "It rained.")
    assert read(write_import(read(tmp_path), tmp_path / "study") / "articles").articles[0].credit


def test_jsonl_lines_and_arrays(tmp_path: Path) -> None:
    lines = '{"text": "One.", "outlet": "a"}\nnot json\n\n{"nothing": 1}\n[1]\n{"text": "Two.", "outlet": "b"}\n'
    reading = read(write(tmp_path / "x.jsonl", lines))
    assert [a.text for a in reading.articles] == ["One.", "Two."]
    assert set(reasons(reading)) == {"x.jsonl", "x.jsonl:2", "x.jsonl:4", "x.jsonl:5"}
    array = read(write(tmp_path / "y.json", '[{"text": "One.", "outlet": "a"}, 7]'))
    assert [a.text for a in array.articles] == ["One."]


def test_the_format_is_told_by_content(tmp_path: Path) -> None:
    write(tmp_path / "page.txt", PAGE)
    write(tmp_path / "record.txt", json.dumps({"text": "A mill burnt.", "source_domain": "post.example"}))
    write(tmp_path / "brace.txt", "{ this is prose }")
    write(tmp_path / "table.txt", "title\ttext\nHead\tBody.\n")
    found = {a.source_file: a.format for a in read(tmp_path).articles}
    assert found == {"page.txt": "html", "record.txt": "news-please", "brace.txt": "text", "table.txt": "csv"}
    assert {a.format for a in read(tmp_path, format="text").articles} == {"text"}


def test_a_sidecar_supplements_and_is_no_article(tmp_path: Path) -> None:
    write(tmp_path / "one.txt", "The mill burnt.")
    write(
        tmp_path / "articles.csv",
        "source_file,outlet,event,published,published_precision,title\n"
        "one.txt,The Post,fire,2019-01-02,day,Mill burns\ntwo.txt,The Echo,fire,2019-01-02,day,\n",
    )
    reading = read(tmp_path)
    [article] = reading.articles
    assert (article.outlet, article.event, article.title) == ("The Post", "fire", "Mill burns")
    assert (article.published, article.published_precision) == ("2019-01-02", "day")
    report = reasons(reading)
    assert report["articles.csv"][0] == "ignored"
    assert report["articles.csv:3"] == ("refused", "no file named two.txt")


def test_a_copy_is_kept_once(tmp_path: Path) -> None:
    line = '{"text": "One.", "outlet": "a", "url": "https://a.example/1"}\n'
    write(tmp_path / "x.jsonl", line * 2)
    write(tmp_path / "y.jsonl", line)
    reading = read(tmp_path)
    assert len(reading.articles) == 1
    assert [s for s, _ in reasons(reading).values()] == ["read", "ignored", "ignored", "ignored"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b"  \n ", "empty"),
        ("cut.json", b'{"text": "A mill', "unparseable"),
        ("deep.json", b"[" * 100_000, "unparseable"),
        ("number.json", b"7", "not a news-please record"),
        ("hollow.json", b'{"text": null, "title": "", "date_publish": "None"}', "no text"),
        ("other.json", b'{"name": "x"}', "no text field"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("frame.html", b"<html><body></body></html>", "no text"),
        ("header.csv", b"title,text\n", "no article"),
        ("lines.jsonl", b"one\ntwo\n", "unparseable"),
    ],
)
def test_a_bad_file_loses_itself_alone(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path / name, content)
    write(tmp_path / "good.md", "The mill burnt.")
    reading = read(tmp_path)
    assert [a.source_file for a in reading.articles] == ["good.md"]
    status, told = reasons(reading)[name]
    assert status == "refused"
    assert reason in told


def test_unknown_paths_and_formats_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="docx"):
        read(tmp_path, format="docx")


def test_after_a_quotation_mark_left_open_reading_goes_on(tmp_path: Path) -> None:
    table = 'title,text\nA,First.\nB,"Second\nC,Third.\nD,Fourth.\n'
    reading = read(write(tmp_path / "x.csv", table))
    assert {a.title for a in reading.articles} == {"A", "C", "D"}
    assert "x.csv:3" in reasons(reading)


def test_quotation_marks_that_never_pair_do_not_take_forever(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.csv", "title,text\nA,fine\n" + 'a","x\n' * 50_000))
    assert [article.title for article in reading.articles] == ["A"]
    assert reading.report.reason.tolist()[-1].endswith("not read from here on")


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", ""])
def test_tables_of_a_german_spreadsheet(tmp_path: Path, first: str) -> None:
    table = first + 'Titel;Text;Quelle;Datum\r\nFähre;"Sie sank; alle leben";Echo;01.05.2021\r\n'
    [article] = read(write(tmp_path / "a.csv", table.encode("cp1252"))).articles
    assert (article.text, article.outlet, article.published) == ("Fähre\n\nSie sank; alle leben", "Echo", "2021-05-01")


def test_records_with_an_empty_field_of_the_usual_name(tmp_path: Path) -> None:
    record = {"text": None, "maintext": "A ferry sank.", "title": float("nan"), "source_domain": "echo.example"}
    for name in ("crawled.json", "crawled.jsonl"):
        [article] = read(write(tmp_path / name, json.dumps(record))).articles
        assert (article.text, article.title) == ("A ferry sank.", None)


def test_the_encoding_is_told_whatever_the_format(tmp_path: Path) -> None:
    told = reasons(read(write(tmp_path / "a.csv", "title,text\nÄ,Fähre sank – alle leben.\n".encode("cp1252"))))
    assert told == {"a.csv": ("read", "decoded as cp1252")}


def test_what_is_no_regular_file_is_left_aside(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "A ferry sank.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "again").symlink_to(tmp_path)
    told = reasons(read(tmp_path))
    statuses = {name: status for name, (status, _) in told.items()}
    assert statuses == {"a.txt": "read", "pipe.txt": "ignored", "endless.txt": "ignored", "gone.txt": "refused"}
    assert told["pipe.txt"][1] == told["endless.txt"][1] == "no file but a device, pipe or socket"


def test_a_name_in_another_encoding_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"f\xe4hre.txt"), "A ferry sank.")
    study = write_import(read(tmp_path), tmp_path / "study")
    assert read(study / "articles").articles[0].source_file == "f\ufffdhre.txt"


def test_a_study_given_as_a_folder_holds_its_articles_alone(tmp_path: Path) -> None:
    study = write_import(read(write(tmp_path / "a.txt", "A ferry sank.")), tmp_path / "study")
    again = read(study)
    assert [article.text for article in again.articles] == ["A ferry sank."]
    assert {name: status for name, (status, _) in reasons(again).items()} == {
        "articles/articles.jsonl": "read", "import_report.csv": "ignored", "study.toml": "ignored",
    }  # fmt: skip


def test_progress_counts_files(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path / f"{name}.txt", name * 3)
    calls: list[tuple[int, int]] = []
    read(tmp_path, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_an_import_comes_back_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write(source / "fire" / "post.txt", "Head\r\n\r\nBody “here”.\u2028Last")
    write(source / "page.html", PAGE)
    write(source / "rows.csv", "title,text,source,date\nHead,Body.,post,2019-01-02 10:20\n")
    write(source / "bad.json", "{")
    reading = read(source)
    study = write_import(reading, tmp_path / "study")
    assert read(study / "articles").articles == reading.articles
    assert 'articles = "articles"' in (study / "study.toml").read_text()
    assert "bad.json,news-please,refused,0,unparseable" in (study / "import_report.csv").read_text()
    write_import(read(source / "page.html"), study)
    write_import(reading, study)
    assert len(read(study / "articles").articles) == 3  # nothing is written twice


TEXTS = st.text(min_size=1, max_size=60).filter(
    lambda text: text.strip() and not any("\ud800" <= c < "\ue000" for c in text)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(title=st.none() | TEXTS, deck=st.none() | TEXTS, body=TEXTS)
def test_any_record_comes_back_with_its_offsets(tmp_path: Path, title: str | None, deck: str | None, body: str) -> None:
    record = {"title": title, "deck": deck, "text": body, "outlet": "post"}
    reading = read(write(tmp_path / "x.jsonl", json.dumps(record)))
    [article] = reading.articles
    expected = {"headline": title, "deck": deck, "body": body}
    assert field_texts(article) == {name: text for name, text in expected.items() if text and text.strip()}
    study = write_import(reading, tmp_path / article.article_id)
    assert read(study / "articles").articles == reading.articles


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".txt", ".csv", ".json", ".jsonl", ".html", ""]))
def test_no_bytes_crash_any_reader(tmp_path: Path, raw: bytes, suffix: str) -> None:
    reading = read(write(tmp_path / f"x{suffix}", raw))
    assert len(reading.report) >= 1
    assert all(a.text.strip() or a.url for a in reading.articles)


def test_fields_are_half_open_spans(tmp_path: Path) -> None:
    kept = {"text": "abc def", "outlet": "a", "fields": [[0, 3, "headline"], [4, 7, "body"]]}
    bad = kept | {"fields": [[0, 9, "headline"]]}
    reading = read(write(tmp_path / "x.jsonl", json.dumps(kept) + "\n" + json.dumps(bad)))
    assert reading.articles[0].fields == (Field(0, 3, "headline"), Field(4, 7, "body"))
    assert reasons(reading)["x.jsonl:2"][0] == "refused"


def test_the_cluster_is_read_whole(shared: Path) -> None:
    reading = read(shared / "corpora" / "news_cluster")
    counts = reading.report.status.value_counts().to_dict()
    assert counts == {"read": 290, "refused": 2}
    assert sum(not article.text for article in reading.articles) == 8  # captured by address alone, and noted as such
    assert reading.report.reason.fillna("").str.startswith("no text").sum() == 8
    assert len({a.event for a in reading.articles}) == 52
