from __future__ import annotations

import pytest

from samestory.validation.corpora import CorpusAbsentError
from samestory.validation.corpora.web_pages import VARIABLE, find_pages, page_part, page_table, read_pages


def test_the_table_names_each_page_and_its_part():
    table = page_table()
    assert table.part.value_counts().to_dict() == {"development": 22, "test": 10}
    assert table.html_sha256.is_unique and table.text_sha256.is_unique


def test_absent_pages_are_named(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(CorpusAbsentError, match=VARIABLE):
        find_pages()
    (tmp_path / "other.html").write_text("<html><body><p>Another page.</p></body></html>")
    with pytest.raises(CorpusAbsentError, match="unpacked"):
        read_pages(tmp_path)


def test_pages_read_as_they_were_coded():
    try:
        folder = find_pages()
    except CorpusAbsentError as error:
        pytest.skip(str(error))
    articles = read_pages(folder)
    assert [page_part(article) for article in articles] == page_table().part.tolist()
