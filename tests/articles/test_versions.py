from __future__ import annotations

import json

import pytest

from samestory.articles import Article, read
from samestory.articles.versions import find_versions, is_live_blog


def article(text="The mayor spoke.", title=None, url=None, number=1) -> Article:
    return Article(f"a{number}", "wesby", text, f"{number}.txt", "text", title=title, url=url)


@pytest.mark.parametrize(
    "title",
    ["Storm hits Wesby: live updates", "LIVE: Storm hits Wesby", "Storm hits Wesby – as it happened",
     "Sturm über Wesby im Liveticker", "Tempête à Wesby : en direct", "Temporal en Wesby, minuto a minuto"],
)  # fmt: skip
def test_titles_call_a_live_blog_so(title):
    assert is_live_blog(article(title=title))


@pytest.mark.parametrize("title", ["People who live alone", "Wesby's live music returns", "Where the storm left lives"])
def test_the_word_alone_does_not(title):
    assert not is_live_blog(article(title=title, url="https://wesby.example/culture/live-music"))


def test_times_of_day_on_lines_of_their_own_do():
    blocks = "\n".join(f"{hour}:15 GMT\nThe water rises to {hour} metres." for hour in range(9, 14))
    assert is_live_blog(article(blocks))
    assert not is_live_blog(article("10:30\nThe court sits.\n12:00\nIt rises."))


def test_versions_are_found_by_address():
    url = "https://www.wesby.example/storm"
    one, same = article(url=url), article(url=url + "#top", number=2)
    later = article("The mayor spoke again.", url="http://wesby.example/storm/?utm_source=x", number=3)
    other = article("Another story.", url="https://www.wesby.example/storm?id=2", number=4)
    front = [article("A", url="https://wesby.example/", number=5), article("B", url="https://wesby.example", number=6)]
    assert find_versions([one, same, later, other, *front]) == [(later, one)]


def test_all_versions_are_kept_and_reported(tmp_path):
    url = "https://wesby.example/live/storm"
    for hour in (9, 12):
        record = {
            "title": "Storm hits Wesby: live",
            "text": f"At {hour} the water rose.",
            "url": url,
            "outlet": "wesby",
        }
        (tmp_path / f"{hour}.jsonl").write_text(json.dumps(record) + "\n")
    reading = read(tmp_path)
    assert len(reading.articles) == 2 == reading.report.n_articles.sum()
    assert reading.report.reason.str.contains("live blog").sum() == 2
    (row,) = reading.report[reading.report.reason.str.startswith("another version of")].itertuples()
    assert row.status == "read" and url in row.reason
