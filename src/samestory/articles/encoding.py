"""Bytes to text: byte order mark, then UTF-8, then a guess; line ends are kept.

Nothing is replaced but stray bytes in what is UTF-8 all the same, as where a file was cut within a character.
"""

from __future__ import annotations

import codecs
import re

from samestory.articles.draft import Refused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x1f\x8b", "gzip archive"),
    (b"PAR1", "parquet table"),
    (b"SQLite format 3\x00", "SQLite database"),
)
SAMPLE = 100_000  # bytes that a guess looks at: enough for any page, and a guess at 50 MB stays quick
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What text in English, German, French, Spanish, Dutch, Italian or the Nordic languages holds beyond ASCII. Letters are
# left out that in other code pages stand for frequent ones there: Polish l and a, Czech s and z, Turkish g and s.
WESTERN_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôöøùúûüœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜŒ")
WESTERN_SIGNS = frozenset("“”‘’‚„‹›«»–—…•·¡¿€£¥¢©®™°§ªº½´×±†\xa0")
WESTERN_SHARE = 0.35  # of letters beyond ASCII among all letters; scripts other than Latin have nearly all beyond it
STRAY_SHARE = 0.1  # of bytes that are not UTF-8 among its characters beyond ASCII; any other encoding has nearly all
CONTROL_SHARE = 0.02  # more control characters than this are no text


def decode(raw: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding; a byte order mark is no part of the text.

    ``declared`` is what the file itself says, and is tried where UTF-8 fails. Raises Refused where the bytes are no
    text or no encoding fits.
    """
    if not raw.strip():
        raise Refused("empty")
    for signature, kind in SIGNATURES:
        if raw.startswith(signature):
            raise Refused(f"binary: {kind}")
    text, encoding = _decode(raw, declared)
    if "\x00" in text or len(CONTROLS.findall(text[:SAMPLE])) > CONTROL_SHARE * min(len(text), SAMPLE):
        raise Refused("binary: not text in any encoding known here")
    if not text.strip():
        raise Refused("empty")
    return text, encoding


def _decode(raw: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise Refused(f"undecodable: marked as {encoding}, but {error.reason} at byte {error.start}") from error
    wide = _wide_encoding(raw)  # before UTF-8: such text is valid UTF-8 full of NUL
    if wide is None and (found := _utf8(raw)) is not None:
        return found
    for guess in (lambda: wide, lambda: declared, lambda: _guess(raw)):
        if (name := guess()) is None:
            continue
        try:
            return raw.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refused("undecodable: neither UTF-8 nor any other encoding fits")


def _utf8(raw: bytes) -> tuple[str, str] | None:
    """Text that is UTF-8, or is but for a few bytes, each of which becomes U+FFFD; None where it is not."""
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8", "replace")
    stray = text.count("\ufffd") - raw.count("\ufffd".encode())
    beyond = len(raw.translate(None, delete=bytes(range(0xC0)))) - stray  # each character has one byte from C0 on
    cut = stray == 1 and text.endswith("\ufffd") and beyond > 0
    return (text, f"utf-8 but for {stray} bytes") if cut or stray <= STRAY_SHARE * beyond else None


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Latin text nearly every second byte is NUL."""
    sample = raw[:SAMPLE]
    half = len(sample) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[first::2].count(0) > 0.6 * half and sample[1 - first :: 2].count(0) == 0:
            return encoding
    return None


def _guess(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = raw if len(raw) <= SAMPLE else _telling_sample(raw)
    if _is_western(sample):
        return "cp1252"
    names = [match.encoding for match in from_bytes(sample)]
    # English text differs between the Western code pages in its quotation marks alone: take the one in common use
    names.sort(key=lambda name: name != "cp1252")
    return next((name for name in names if _keeps(sample, name)), "cp1252")


def _is_western(sample: bytes) -> bool:
    """Whether bytes read as cp1252 give nothing but what Western languages write: short texts mislead the guess."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if not character.isascii()]
    letters = sum(character in WESTERN_LETTERS for character in beyond)
    if any(character not in WESTERN_LETTERS and character not in WESTERN_SIGNS for character in beyond):
        return False
    return letters <= WESTERN_SHARE * sum(character.isalpha() for character in text)


def _keeps(sample: bytes, encoding: str) -> bool:
    """Whether the bytes come back from the text: some code pages write two of them as one character."""
    try:
        return sample.decode(encoding).encode(encoding) == sample
    except UnicodeError:
        return False


def _telling_sample(raw: bytes) -> bytes:
    """A part of a large file that holds its first byte beyond ASCII."""
    found = re.search(rb"[\x80-\xff]", raw)
    start = max(found.start() - SAMPLE // 2, 0) if found else 0
    return raw[start : start + SAMPLE]
