"""The guides as pages: Markdown escaped, markers filled in, links that lead somewhere; the reference of Python."""

from __future__ import annotations

import html
import inspect
import posixpath
import re
from itertools import pairwise

import pytest

from samestory.codebook import definitions
from samestory.report import api, guides
from samestory.tables import SCHEMAS

PAGES = guides.guide_pages("../")
CALLED = ("samestory", "samestory.measures", "samestory.comparison", "samestory.figures", "samestory.coding")
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (yes|no) \| (.+) \|$", re.MULTILINE)


def markdown(name: str) -> str:
    """The text of a page."""
    return (guides.docs_folder() / name).read_text(encoding="utf-8")


def anchors(page: str) -> list[str]:
    """What a page can be entered at."""
    return re.findall(r'\bid="([^"]+)"', page)


def test_the_index_leads_to_every_page() -> None:
    files = {path.relative_to(guides.docs_folder()).as_posix() for path in guides.docs_folder().rglob("*.md")}
    assert set(guides.page_names()) == files
    assert set(PAGES) == {name.replace(".md", ".html") for name in files}


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_guides_lead_to_a_page_and_a_place_in_it(name: str) -> None:
    main = PAGES[name].partition('<main id="main">')[2]
    for target in re.findall(r'href="([^"]+)"', main):
        path, _, place = html.unescape(target).partition("#")
        assert ":" not in path, f"{target} leads out of the report"
        page = PAGES[posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name]
        assert not place or place in anchors(page), target


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_title_headings_in_order_and_anchors_of_its_own(name: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGES[name])]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(anchors(PAGES[name])) == len(set(anchors(PAGES[name])))


def test_pages_follow_each_other_as_the_index_links_them() -> None:
    assert 'rel="next" href="guides/import-an-export.html"' in PAGES["getting-started.html"]
    assert 'rel="prev" href="../getting-started.html"' in PAGES["guides/import-an-export.html"]
    assert 'rel="prev"' not in PAGES["index.html"]
    assert 'rel="next"' not in PAGES["benchmarks.html"]


def test_the_way_home_is_as_long_as_the_page_lies_deep() -> None:
    assert 'href="../index.html"' in PAGES["index.html"]
    assert 'href="../../index.html"' in PAGES["guides/run-a-batch.html"]
    assert 'href="../../assets/guides.css"' in PAGES["guides/run-a-batch.html"]


def test_html_in_markdown_is_shown_and_does_nothing() -> None:
    hostile = (
        'A <script>alert(1)</script> and <img src=x onerror="alert(1)">.\n\n<iframe src="//x"></iframe>\n\n<!-- x -->'
    )
    page = guides.to_html(f"# Title <b>\n\n{hostile}\n\n[a](javascript:alert%281%29)\n")
    assert not re.search(r"<(script|img|iframe|b|!--)", page)
    assert "&lt;script&gt;" in page and "javascript:" not in page


def test_a_marker_gives_each_code_with_what_it_means() -> None:
    page = guides.to_html("# T\n\n<!-- codes: certainty.certainty_type -->\n")
    for code, meaning in definitions("certainty", "certainty_type").items():
        assert f"<code>{code}</code></th><td>{html.escape(meaning)}</td>" in page


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("codes: labels.head", "labels: no column head that holds codes"),
        ("measures: mood", "the aspects of measures are sourcing, certainty, framing, claims"),
        ("api: samestory.nothing", "no module and no name of a module"),
        ("api: nothing", "no module and no name of a module"),
    ],
)
def test_a_marker_that_names_nothing_is_an_error(marker: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        guides.to_html(f"# T\n\n<!-- {marker} -->\n")


def test_headings_of_the_same_words_have_anchors_of_their_own() -> None:
    assert anchors(guides.to_html("# A b\n\n## A b\n\n## A `b`!\n")) == ["a-b", "a-b-1", "a-b-2"]


def test_the_tables_page_has_every_table_and_column_as_its_schema_says() -> None:
    sections = dict(part.split("\n", 1) for part in re.split(r"^## ", markdown("tables.md"), flags=re.MULTILINE)[1:])
    assert list(sections) == list(SCHEMAS)
    for table, text in sections.items():
        rows = ROW.findall(text)
        expected = [(c.name, c.kind, "yes" if c.null else "no") for c in SCHEMAS[table]]
        assert [row[:3] for row in rows] == expected, table
        assert all(re.match(r"[A-Z1].*\.(?:$| \[Codes\])", said) for *_, said in rows), table


def test_a_column_of_codes_leads_to_them_in_the_codebook() -> None:
    parts = re.split(r"^#+ (.+)$", markdown("codebook.md"), flags=re.MULTILINE)
    codes = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-"): set(re.findall(r"<!-- codes: ([\w.]+) -->", text))
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    for table, columns in SCHEMAS.items():
        section = re.split(rf"^## {table}$", markdown("tables.md"), flags=re.MULTILINE)[1].split("\n## ")[0]
        for column in (column for column in columns if column.codes):
            row = next(said for name, *_, said in ROW.findall(section) if name == column.name)
            place = re.search(r"\[Codes\]\(codebook\.md#([\w-]+)\)$", row)
            assert place, f"{table}.{column.name}"
            shown = [tuple(definitions(*name.split("."))) for name in codes[place[1]]]
            assert shown == [column.codes], f"{table}.{column.name}"


@pytest.mark.parametrize("module", CALLED)
def test_every_public_name_says_what_it_is(module: str) -> None:
    for name, thing in api.public([module]).items():
        if callable(thing):
            assert api.docstring(thing), f"{name} has no docstring"
            for member, inner in api.members(thing) if inspect.isclass(thing) else ():
                assert api.docstring(inner), f"{name}.{member} has no docstring"


@pytest.mark.parametrize("module", CALLED)
def test_the_reference_has_every_public_name(module: str) -> None:
    page = PAGES["api.html"]
    for name, thing in api.public([module]).items():
        assert (name in anchors(page)) if callable(thing) else f"<code>{name}</code>" in page, name


def test_the_reference_is_the_same_in_every_process() -> None:
    assert not re.search(r" at 0x[0-9a-f]{4}", PAGES["api.html"])


def test_what_has_two_names_is_told_under_the_first() -> None:
    second = PAGES["api.html"].partition('id="samestory.measures.measure"')[2]
    assert second.partition("<h3")[0].count('The same as <a href="#samestory.measure">') == 1


def test_a_docstring_becomes_prose_with_code_lists_and_links() -> None:
    known = {"samestory.measure": object()}
    text = "Takes ``a < b``; see :func:`samestory.measure` and :func:`other`.\n\n- one ``x``\n- two <b>"
    assert api.prose(text, known) == (
        '<p>Takes <code>a &lt; b</code>; see <a href="#samestory.measure"><code>samestory.measure</code></a> and '
        "<code>other</code>.</p>\n<ul><li>one <code>x</code></li><li>two &lt;b&gt;</li></ul>"
    )


def test_a_long_signature_has_a_line_a_parameter() -> None:
    def long(annotations: str, *, words: list[str] | None = None, more: str = "=" * 40) -> int:
        """Nothing."""
        return len(annotations)

    page = api.reference(["samestory.open_study"], {})
    assert "open_study(path: str | Path, results_dir: str | Path = &#x27;results&#x27;) -&gt; Study" in page
    assert api._signature("m.long", long) == (
        "<pre><code>long(\n    annotations: str,\n    *,\n    words: list[str] | None = None,\n"
        f"    more: str = &#x27;{'=' * 40}&#x27;,\n) -&gt; int</code></pre>"
    )
