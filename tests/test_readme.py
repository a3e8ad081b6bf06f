"""The README says what the project keeps and does."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def test_the_table_of_validity_is_that_of_the_kept_scores(root: Path) -> None:
    spec = spec_from_file_location("readme", root / ".ci" / "readme.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (root / "README.md").read_text(encoding="utf-8")
    assert module.with_validity(text) == text


def test_its_make_targets_and_links_exist(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|    )make ([a-z]+)", text))
    assert {"study", "test", "lab", "help", "validate"} <= named
    assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in named)
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (root / path).exists(), path
