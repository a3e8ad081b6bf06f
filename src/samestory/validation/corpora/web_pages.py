"""Saved news pages from the test data of two open-source extractors; data/gold/pages.csv names and hashes them."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from samestory.articles import Article, read
from samestory.files import hash_file
from samestory.validation.corpora.location import CHECKOUT, CorpusAbsentError

VARIABLE = "SAMESTORY_PAGES"
TABLE = CHECKOUT / "data" / "gold" / "pages.csv"
COLUMNS = ("package", "version", "archive_sha256", "path", "html_sha256", "text_sha256", "part")


def page_table(path: Path = TABLE) -> pd.DataFrame:
    """The drawn pages: package, version, archive_sha256, path, html_sha256, text_sha256, part."""
    table = pd.read_csv(path, dtype="string")
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise ValueError(f"{path.name} lacks {', '.join(missing)}")
    return table


def find_pages() -> Path:
    """The folder that holds the unpacked archives; raises CorpusAbsentError where SAMESTORY_PAGES names none."""
    named = os.environ.get(VARIABLE)
    if not named or not Path(named).is_dir():
        where = f"{VARIABLE}={named}" if named else f"no {VARIABLE}"
        raise CorpusAbsentError(f"the web pages are not part of the project ({where}); data/gold/README.md says how")
    return Path(named)


def read_pages(folder: Path | None = None) -> tuple[Article, ...]:
    """The drawn pages that lie anywhere under a folder, found by the hash of their bytes, in the table's order."""
    folder = folder or find_pages()
    places: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.html")):
        places.setdefault(hash_file(path), path)
    found = [places[hashed] for hashed in page_table().html_sha256 if hashed in places]
    if not found:
        raise CorpusAbsentError(f"none of the drawn pages is under {VARIABLE}={folder}; are the archives unpacked?")
    return tuple(article for path in found for article in read(path).articles)


def page_part(article: Article) -> str | None:
    """Whether a page serves development or test; None where its text is not as it was when the page was coded."""
    parts = page_table().set_index("text_sha256").part
    return str(parts[article.text_sha256]) if article.text_sha256 in parts.index else None
