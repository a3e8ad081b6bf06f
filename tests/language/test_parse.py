"""The parse: offsets of the canonical text, whatever characters it holds, and nothing across blocks."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samestory.language import Parse, parse_blocks
from samestory.language.model import WEIGHTS_SHA256, model_info

ODD = (
    "The mayor\u00a0of\u202fBrask, Ilse\tVorn, said: “We’re\u00a0not leaving.” 🚢 She left at 5\u200bp.m.\r\n"
    "‘Nobody’ came…  The\u2009ferry’s crew (12 people)\r\n"
    "waited \N{FAMILY}\ufe0f; naïve façade, Ко́мментарии {{имя}}.\r\n"
)


def lines(text: str) -> list[tuple[int, int]]:
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        blocks.append((at, at + len(line)))
        at += len(line)
    return blocks


def assert_sound(parse: Parse, text: str) -> None:
    """Every span of a parse is where it says, in order, inside one block; tokens hold all that is not blank."""
    assert parse.text == text
    held = set()
    for number, token in enumerate(parse.tokens):
        assert token.i == number and text[token.start : token.end] == token.text and token.text
        held.update(range(token.start, token.end))
    ends = [token.end for token in parse.tokens]
    assert all(end <= token.start for end, token in zip(ends, parse.tokens[1:], strict=False))
    for first, last in parse.blocks:
        assert all(n in held for n in range(first, last) if not text[n].isspace() and text[n] != "\u200b")
    for number, sentence in enumerate(parse.sentences):
        members = parse.tokens[sentence.first : sentence.last]
        assert members and {token.sentence for token in members} == {number}
        assert (sentence.start, sentence.end) == (members[0].start, members[-1].end)
        first, last = parse.blocks[sentence.block]
        assert first <= sentence.start and sentence.end <= last
        assert all(parse.tokens[token.head].sentence == number for token in members)
        assert sum(token.head == token.i for token in members) >= 1
    assert [s.first for s in parse.sentences[1:]] == [s.last for s in parse.sentences[:-1]]
    for entity in parse.entities:
        assert (entity.start, entity.end) == (parse.tokens[entity.first].start, parse.tokens[entity.last - 1].end)


def test_offsets_hold_among_odd_characters():
    parse = parse_blocks(ODD, lines(ODD))
    assert_sound(parse, ODD)
    assert {"mayor", "Vorn", "’re", "🚢", "façade"} <= {token.text for token in parse.tokens}
    said = next(token for token in parse.tokens if token.text == "said")
    assert said.pos == "VERB" and "Vorn" in [token.text for token in parse.subtree(said.i)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=25), max_size=4))
@example(["\u200b", " \t ", "\x1c", "a\u0301\u00a0b"])
@example(["\u00a0 \u00a0.", "x\u2028y"])
@settings(max_examples=60, deadline=None)
def test_offsets_hold_in_any_text(paragraphs: list[str]):
    text = "\n".join(paragraphs)
    assert_sound(parse_blocks(text, lines(text)), text)


def test_no_sentence_crosses_a_block():
    text = "Fire at the mill of Brask\nThe fire killed nine people\nand it burned until dawn.\n"
    parse = parse_blocks(text, lines(text))
    assert [text[s.start : s.end] for s in parse.sentences] == text.splitlines()
    assert [s.block for s in parse.sentences] == [0, 1, 2]


def test_text_outside_the_blocks_is_not_parsed():
    text = "SHARE THIS The ferry sank. COMMENTS"
    parse = parse_blocks(text, [(11, 26)])
    assert [text[s.start : s.end] for s in parse.sentences] == ["The ferry sank."]
    assert parse.sentence_at(3) is None and parse.sentence_at(11) == 0 and parse.sentence_at(26) is None


def test_a_block_is_parsed_the_same_alone_or_with_others():
    paragraphs = [
        "Police said on Tuesday that they had arrested two men over the harbour fire.",
        "“It was as if the sea burned,” said Ilse Vorn, who owns a café there.",
        "Fire",
        "The ministry did not answer; its spokesman, Leon Abrik, was travelling with the president of Lethmark.",
    ] * 5
    text = "\n".join(paragraphs)
    together = parse_blocks(text, lines(text))
    shift = {block: start for block, (start, _) in enumerate(together.blocks)}
    for block, paragraph in enumerate(paragraphs[:4]):
        alone = parse_blocks(paragraph, [(0, len(paragraph))])
        own = [s for s in together.sentences if s.block == block]
        first = own[0].first
        tokens = together.tokens[first : own[-1].last]
        assert [(t.start - shift[block], t.lemma, t.tag, t.dep, t.head - first, t.entity) for t in tokens] == [
            (t.start, t.lemma, t.tag, t.dep, t.head, t.entity) for t in alone.tokens
        ]


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", "."])
def test_nothing_to_parse_is_an_empty_parse(text: str):
    parse = parse_blocks(text, lines(text))
    assert len(parse.tokens) == len(text.strip())
    assert parse.tokens_in(0, len(text)) == list(parse.tokens)


def test_dependents_and_ancestors_are_tokens_of_the_same_sentence():
    text = "Nine workers died. The owner, Corvell Mills, denied that any exit had been blocked."
    parse = parse_blocks(text, [(0, len(text))])
    blocked = next(t for t in parse.tokens if t.text == "blocked")
    assert [t.text for t in parse.ancestors(blocked.i)] == ["denied"]
    assert parse.span(parse.subtree(blocked.i)) == (text.index("that any"), text.index(".", 20))
    assert [t.text for t in parse.tokens_in(text.index("Corvell"), text.index(", denied"))] == ["Corvell", "Mills"]


def test_the_model_is_the_pinned_one():
    info = model_info()
    assert (info.name, info.version) == ("en_core_web_sm", "3.8.0")
    assert WEIGHTS_SHA256.startswith(info.sha256)


def test_products_run_on_one_thread_in_the_block_and_as_before_after_it():
    from threadpoolctl import threadpool_info

    from samestory.language.model import one_thread

    def threads():
        pools = (pool for pool in threadpool_info() if pool["user_api"] == "blas")
        return [pool["num_threads"] for pool in pools if "numpy" in pool["filepath"]]

    with one_thread():  # which finds the libraries
        pass
    before = threads()
    with one_thread():
        assert before and set(threads()) == {1}
    assert threads() == before
