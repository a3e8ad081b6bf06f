"""What tests share: where the real articles lie, and a document made from a few sentences."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from samestory.document import Document
from samestory.tables import frame

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds corpora/ and gold/; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("SAMESTORY_CORPORA", ROOT.parent / "shared"))
    if not (folder / "corpora").is_dir():
        pytest.skip(f"the real articles are not part of the project and not in {folder.name}/ (set SAMESTORY_CORPORA)")
    return folder


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Make a document of body text: ``document("First paragraph.\\n\\nSecond.")``; ``headline`` goes before it."""

    def make(body: str, headline: str | None = None, article_id: str = "t") -> Document:
        text = f"{headline}\n\n{body}" if headline else body
        cut = len(text) - len(body)
        rows = [{"article_id": article_id, "start": cut, "end": len(text), "segment": "body", "rule": "test"}]
        if headline:
            rows.insert(0, {"article_id": article_id, "start": 0, "end": cut, "segment": "headline", "rule": "test"})
        return Document(article_id, text, frame("segments", rows))

    return make
