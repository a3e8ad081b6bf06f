"""Bytes to text: what is decoded is what was written, or the file is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles.draft import Refused
from samestory.articles.encoding import decode

LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "Nd", "P", "Zs")), min_size=1).filter(str.strip)


@given(LETTERS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_utf8_comes_back_with_its_line_ends(text: str, end: str) -> None:
    written = text + end + text
    assert decode(written.encode())[0] == written


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Café burnt\r\n".encode(encoding)) == ("Café burnt\r\n", encoding)


def test_utf16_without_a_mark_is_seen() -> None:
    assert decode("The mill burnt down.".encode("utf-16-le"))[0] == "The mill burnt down."


def test_western_text_is_read_with_its_quotation_marks() -> None:
    text = "“We don’t know,” said the mayor of Café Row. The fine was £20. " + "Police came at noon. " * 20
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Brücke „am Fluß“ – gefährlich.", "cp1252"),
        ("Il était déjà là, « à côté » de l’école.", "cp1252"),
        ("Zażółć gęślą jaźń. Wczoraj w Łodzi policja zatrzymała dwóch mężczyzn. " * 3, "cp1250"),
        ("Полиция приехала в полдень, сказал мэр города. " * 3, "cp1251"),
    ],
)
def test_short_texts_do_not_mislead_the_guess(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_text_with_a_few_stray_bytes_stays_utf8() -> None:
    text = "“We don’t know,” said the mayor of Café Row. "
    assert decode(text.encode() + "“".encode()[:2]) == (text + "\ufffd", "utf-8 but for 1 bytes")
    assert decode((text * 9).encode() + b"caf\xe9") == (text * 9 + "caf\ufffd", "utf-8 but for 1 bytes")
    assert decode("café, “naïve”".encode("cp1252"))[1] == "cp1252"


def test_what_a_page_declares_is_tried_where_utf8_fails() -> None:
    text = "Приехала полиция. " * 5
    assert decode(text.encode("cp1251"), declared="windows-1251")[0] == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"a\x00b\x00\x00\x01 text", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        decode(raw)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text, encoding = decode(raw)
    except Refused:
        return
    assert text.strip()
    assert text.encode(encoding) in (raw, raw.removeprefix(codecs.BOM_UTF8), raw[2:], raw[4:])
