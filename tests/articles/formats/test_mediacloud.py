from __future__ import annotations

from samestory.articles import read

OLD = "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n"
NEW = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
STORY = "1,2024-01-03 10:00:00,en,wesbyherald.example,wesbyherald.example,2024-01-02,Bridge closed,https://wesbyherald.example/{n}\n"


def test_stories_without_text_are_refused_by_address(tmp_path):
    (tmp_path / "stories.csv").write_text(NEW + STORY.format(n=1) + STORY.format(n=2))
    reading = read(tmp_path / "stories.csv")
    assert not reading.articles and set(reading.report.format) == {"mediacloud"}
    assert reading.report.status.tolist() == ["refused"] * 3
    assert "no text of 2 stories" in reading.report.reason[0]
    assert reading.report.reason[1] == "no text: https://wesbyherald.example/1"


def test_the_older_header_is_known(tmp_path):
    row = '7,2018-05-01 08:00:00,"Bridge, closed",https://wesbyherald.example/7,en,false,,3,Wesby Herald,http://wesbyherald.example\n'
    (tmp_path / "export.csv").write_text("\ufeff" + OLD + row)
    assert "https://wesbyherald.example/7" in read(tmp_path / "export.csv").report.reason[1]


def test_texts_that_were_added_are_read(tmp_path):
    body = "The bridge is closed until May and the mayor is sorry on Tuesday."
    rows = STORY.format(n=1).strip() + f",{body}\n" + STORY.format(n=2).strip() + ",\n"
    (tmp_path / "stories.csv").write_text(NEW.strip() + ",text\n" + rows)
    reading = read(tmp_path / "stories.csv", format="mediacloud")
    (article,) = reading.articles
    assert (article.outlet, article.published, article.url) == (
        "wesbyherald.example",
        "2024-01-02",
        "https://wesbyherald.example/1",
    )
    assert article.text.endswith(body)
    assert "no text of 1 stories" in reading.report.reason[0]
    assert reading.report.reason[1] == "no text: https://wesbyherald.example/2"
