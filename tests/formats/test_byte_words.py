"""Eight bytes at a time: the same as byte by byte."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jiandang.formats.xlsx.byte_words import (
    Words,
    begins,
    decimal_numbers,
    first_bytes,
    length_before,
    texts_of,
    whole_numbers,
    words_of,
)

# Mostly what stands in sheets, but any byte as well.
TEXTS = st.one_of(
    st.text("0123456789", max_size=12), st.text('0123456789.-eA<>"/v \0', max_size=12)
).map(str.encode) | st.binary(max_size=12)
LENGTHS = st.integers(0, 8)


def lengths(*length: int) -> Words:
    return np.array(length, np.uint64)


@given(TEXTS)
def test_words_of_every_place(text: bytes) -> None:
    words = words_of(text)
    assert len(words) > len(text) + 16
    for place, word in enumerate(words[: len(text)]):
        assert word.tobytes() == text[place : place + 8].ljust(8, b"\0")


@given(TEXTS, st.binary(min_size=1, max_size=1))
def test_length_before(text: bytes, byte: bytes) -> None:
    padded = text[:8].ljust(8, b"\0")
    expected = padded.index(byte) if byte in padded else 8
    assert length_before(words_of(text)[:1], byte).tolist() == [expected]


@given(TEXTS, TEXTS.map(lambda text: text[:8]))
def test_begins(text: bytes, beginning: bytes) -> None:
    is_same = text.ljust(8, b"\0").startswith(beginning)
    assert begins(words_of(text)[:1], beginning).tolist() == [is_same]
    assert begins(words_of(text)[:1], text[:8]).tolist() == [True]


@given(TEXTS, LENGTHS)
def test_first_bytes(text: bytes, length: int) -> None:
    (first,) = texts_of(first_bytes(words_of(text)[:1], lengths(length)))
    assert first == text[:8][:length].rstrip(b"\0")


@given(TEXTS, LENGTHS)
def test_whole_numbers(text: bytes, length: int) -> None:
    numbers, plain = whole_numbers(words_of(text)[:1], lengths(length))
    written = text[:length]
    assert plain.tolist() == [len(written) == length and bool(re.fullmatch(rb"[0-9]+", written))]
    if plain[0]:
        assert numbers.tolist() == [int(written)]


@given(TEXTS, LENGTHS)
def test_decimal_numbers(text: bytes, length: int) -> None:
    numbers, plain = decimal_numbers(words_of(text)[:1], lengths(length))
    written = text[:length].ljust(length, b"\0")
    assert plain.tolist() == [bool(re.fullmatch(rb"[0-9]+(\.[0-9]+)?", written))]
    if plain[0]:
        assert numbers.tolist() == [float(written)]
