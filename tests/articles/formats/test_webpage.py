"""Pages, and the same story through every crawl."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.articles import Article, read
from samestory.segments import segment

CRAWLS = ("html", "warc", "news-please", "nela json", "nela database")
CAPTION = "The ferry off Carrow on Thursday. Photograph: Wesby Pictures"


def page(folder: Path, raw: bytes | str) -> Article:
    """The only article of a page."""
    (folder / "page.html").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    (article,) = read(folder / "page.html").articles
    return article


def parts(article: Article) -> dict[str, str]:
    return {field.segment: article.text[field.start : field.end] for field in article.fields}


@pytest.mark.parametrize("name", CRAWLS)
def test_the_same_story_comes_out_of_each_crawl(tmp_path: Path, exports: ModuleType, name: str) -> None:
    writer, story = exports.CRAWLS[name], exports.Story()
    path = tmp_path / f"crawled{writer.suffix}"
    path.write_bytes(writer.write(story))
    (article,) = read(path).articles
    assert article.format == writer.format
    assert parts(article) == {"headline": story.headline, "body": "\n".join(story.paragraphs)}
    assert (article.title, article.url) == (story.headline, exports.ADDRESS)
    assert (article.published, article.published_precision) == (story.published.isoformat(), "day")
    assert story.author in (article.credit or "")
    assert article.language == (None if name.startswith("nela") else "en")


def test_the_standfirst_is_the_deck(tmp_path: Path, exports: ModuleType) -> None:
    story = replace(exports.Story(), deck="An inquiry is to find out why the crew saw the sandbank so late")
    article = page(tmp_path, exports.web_page(story))
    assert list(parts(article)) == ["headline", "deck", "body"] and parts(article)["deck"] == story.deck
    assert article.text.count(story.deck) == 1


def test_a_description_that_is_the_lead_stays_body(tmp_path: Path, exports: ModuleType) -> None:
    story = exports.Story()
    described = f'<meta name="description" content="{story.paragraphs[0]}"></head>'
    article = page(tmp_path, exports.web_page(story).replace(b"</head>", described.encode()))
    assert list(parts(article)) == ["headline", "body"] and parts(article)["body"].startswith(story.paragraphs[0])


@pytest.mark.parametrize(
    "inside",
    [
        f'<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>',
        f'<div class="image"><img src="a.jpg"><p class="image-caption">{CAPTION}</p></div>',
        f'<div class="wp-caption"><img src="a.jpg"><span class="caption-text">{CAPTION}</span></div>',
    ],
)
def test_captions_stay_where_they_stand(tmp_path: Path, exports: ModuleType, inside: str) -> None:
    story = exports.Story()
    article = page(tmp_path, exports.web_page(story, inside))
    told = [(field.segment, article.text[field.start : field.end]) for field in article.fields]
    rest = "\n".join(story.paragraphs[1:])
    assert told[1:] == [("body", story.paragraphs[0]), ("caption", CAPTION), ("body", rest)]
    assert segment(article).segment.tolist() == ["headline", "body", "caption", "body"]


def test_times_within_sentences_stay(tmp_path: Path, exports: ModuleType) -> None:
    inside = "<p>The second ferry left at <time datetime='2021-03-04T09:30'>half past nine</time>, an hour late.</p>"
    assert "left at half past nine, an hour late" in page(tmp_path, exports.web_page(exports.Story(), inside)).text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<meta name="date" content="2021-03-04T09:10:00+01:00">', ("2021-03-04T09:10:00+01:00", "second")),
        ('<meta name="date" content="2021-03-04">', ("2021-03-04", "day")),
        ('<link rel="canonical" href="https://carrow.example/2021/03/04/ferry">', ("2021-03-04", "day")),
        ('<meta name="author" content="Jane Roe">', (None, "unknown")),
    ],
)  # fmt: skip
def test_time_of_publication(tmp_path: Path, written: str, expected: tuple) -> None:
    text = "The ferry ran aground in the early morning and nobody on board was hurt, the harbour master said. " * 4
    article = page(
        tmp_path, f"<html><head>{written}</head><body><h1>Ferry runs aground</h1><p>{text}</p></body></html>"
    )
    assert (article.published, article.published_precision) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "latin-1"])
def test_encodings(tmp_path: Path, exports: ModuleType, encoding: str) -> None:
    story = replace(exports.Story(), paragraphs=("Zwölf Männer saßen im Café und warteten auf die Fähre.",))
    raw = exports.web_page(story).decode().replace('charset="utf-8"', f'charset="{encoding}"').replace("©", "(c)")
    assert parts(page(tmp_path, raw.encode(encoding)))["body"] == story.paragraphs[0]


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=80)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(headline=TEXT, paragraphs=st.lists(TEXT, min_size=1, max_size=4), deck=TEXT)
def test_fields_part_the_text_whatever_it_holds(
    tmp_path: Path, exports: ModuleType, headline: str, paragraphs: list[str], deck: str
) -> None:
    story = replace(
        exports.Story(), headline=headline, paragraphs=(*exports.Story().paragraphs, *paragraphs), deck=deck
    )
    article = page(tmp_path, exports.web_page(story))
    assert "\n\n".join(article.text[field.start : field.end] for field in article.fields) == article.text
    assert all(field.start < field.end for field in article.fields) and article.fields[-1].segment == "body"


TAGS = (
    "<p>", "</p>", "<h1>", "<figure>", "<figcaption>", "</div>", "<div class=caption>", "<time datetime=x>",
    "</script>", "<script type=application/ld+json>{", "<meta name=date content=>", "one two three", "<!--", "-->",
    "<table><td>", "\x0b", "&#0;", "<svg>", "<a rel=author>", "<nav>", "</body>",
    "<p class=standfirst>one two three four five six",
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_any_tags_are_read_or_refused(tmp_path: Path, tags: list[str]) -> None:
    (tmp_path / "any.html").write_text("<html>" + "".join(tags))
    report = read(tmp_path / "any.html").report
    assert report.status[0] == "read" or report.reason[0]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<html></html>", "no text"),
        ("<html><body>" + "<div>" * 100_000 + "deep", "nested deeper"),
        ("<html><body>" + "<p>a b c</p>" * 210_000, "more than 200,000 elements"),
        ("<html>" + " " * 20_000_001, "too large for a page: 20 MB"),
    ],
)
def test_hostile_pages_are_refused_with_a_reason(tmp_path: Path, raw: str, reason: str) -> None:
    (tmp_path / "hostile.html").write_text(raw)
    report = read(tmp_path / "hostile.html").report
    assert report.status[0] == "refused" and reason in report.reason[0]


def test_comments_before_a_page_take_no_time(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("<!-- a -->" * 5_000 + "x")
    assert read(tmp_path / "page").report.format[0] == "text"


def test_an_element_of_countless_attributes_is_refused_at_once(tmp_path: Path) -> None:
    told = " ".join(f'a{n}=""' for n in range(100_000))
    (tmp_path / "a.html").write_text(f"<html><body><p {told}>A ferry sank off Carrow.</p></body></html>")
    assert "attributes" in read(tmp_path / "a.html").report.reason[0]
