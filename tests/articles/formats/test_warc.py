from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from samestory.articles import read

PAGE = """<html lang="en"><head><title>Ferry runs aground off Carrow</title><meta charset="{charset}">
<meta property="article:published_time" content="2021-03-04T09:10:00+01:00"></head><body><article>
<h1>Ferry runs aground off Carrow</h1>
<p>A ferry with 140 people on board ran aground off Carrow early on Thursday, the harbour master said, and nobody was
hurt when the crew led the passengers to the boats.</p>
<p>“We felt a jolt and then nothing,” said Ida Brandt, a café owner from Wesby, who had been asleep on the upper deck
when the ship touched the sandbank north of the lighthouse.</p></article></body></html>"""
ADDRESS = "https://www.carrow-courier.example/news/ferry"


def archive(path: Path, *answers: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """Write an archive of (address, status, content type, body), and return its bytes."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
    for address, status, kind, body in answers:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2022-12-24T00:00:00Z"},
        )
        writer.write_record(record)
    path.write_bytes(buffer.getvalue())
    return buffer.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_pages_become_articles(tmp_path, packed):
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    archive(
        path,
        (ADDRESS, "200 OK", "text/html; charset=windows-1252", PAGE.format(charset="x").encode("cp1252")),
        (ADDRESS + ".png", "200 OK", "image/png", b"\x89PNG"),
        (ADDRESS + "?old", "404 Not Found", "text/html", b"<html><body>gone</body></html>"),
        packed=packed,
    )
    reading = read(path)
    (article,) = reading.articles
    assert (article.format, article.url, article.outlet) == ("warc", ADDRESS, "carrow-courier.example")
    assert article.published == "2021-03-04T09:10:00+01:00"
    assert "“We felt a jolt" in article.text and "café" in article.text
    assert reading.report.status.tolist() == ["read"]
    reason = reading.report.reason[0]
    assert "answers with status 404 left out (1)" in reason and "records that are no pages left out (1)" in reason


def test_the_time_of_the_crawl_is_not_the_time_of_publication(tmp_path):
    page = re.sub("<meta property[^>]*>", "", PAGE).encode()
    archive(tmp_path / "crawl.warc.gz", (ADDRESS, "200 OK", "text/html", page))
    (article,) = read(tmp_path / "crawl.warc.gz").articles
    assert (article.published, article.published_precision) == (None, "unknown")


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_archive_is_read_up_to_the_fault(tmp_path, packed):
    page = PAGE.format(charset="utf-8").encode()
    answers = [(f"{ADDRESS}/{n}", "200 OK", "text/html", page) for n in range(3)]
    path = tmp_path / "crawl.warc"
    whole = archive(path, *answers, packed=packed)
    seen = set()
    for cut in range(len(whole) - 40, 0, -(len(whole) // 23)):
        path.write_bytes(whole[:cut])
        reading = read(path)
        seen.add(len(reading.articles))
        assert reading.report.reason.notna().any(), cut
        text = " ".join(reading.report.reason.dropna())
        assert any(word in text for word in ("truncated", "damaged", "no article", "no record", "crawl left out")), text
    assert {0, 1, 2} <= seen


def test_an_archive_packed_as_one_member_is_read(tmp_path):
    whole = archive(tmp_path / "a.warc", (ADDRESS, "200 OK", "text/html", PAGE.encode()), packed=False)
    (tmp_path / "a.warc").write_bytes(gzip.compress(whole))
    assert [article.format for article in read(tmp_path / "a.warc").articles] == ["warc"]


def test_pages_without_story_are_refused_by_address(tmp_path):
    archive(tmp_path / "a.warc.gz", (ADDRESS, "200 OK", "text/html", b"<html><body></body></html>"))
    report = read(tmp_path / "a.warc.gz").report
    assert report.status.tolist() == ["refused", "refused"] and ADDRESS in report.reason[1]


@pytest.mark.parametrize(
    "damage", [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nshort", b"\x1f\x8bxx"]
)
def test_damaged_archives_are_refused(tmp_path, damage):
    (tmp_path / "bad.warc").write_bytes(damage)
    reading = read(tmp_path / "bad.warc")
    assert not reading.articles and reading.report.status[0] == "refused" and reading.report.reason[0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 900), st.binary(min_size=1, max_size=12))
def test_any_damage_is_reported_and_never_raised(tmp_path, where, noise):
    whole = archive(tmp_path / "a.warc", (ADDRESS, "200 OK", "text/html", PAGE.encode()), packed=False)
    (tmp_path / "a.warc").write_bytes(whole[:where] + noise + whole[where + len(noise) :])
    reading = read(tmp_path / "a.warc", format="warc")
    assert len(reading.articles) == reading.report.n_articles.sum()
    assert reading.articles or reading.report.reason.notna().all()
