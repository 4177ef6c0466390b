"""What stands at many places of a text, eight bytes at a time: numbers for numpy to work on.

A word is eight bytes from some place on, the first of them lowest. To fetch a word and take it
apart by arithmetic is several times as fast as to fetch each of its bytes.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_PADDING = 32  # how far beyond the end of the text one may look
_EACH, _HIGHEST = 0x01_01_01_01_01_01_01_01, 0x80_80_80_80_80_80_80_80


def words_of(text: bytes) -> Words:
    """The word at each place of the text, which goes on with zeros."""
    padded = text + bytes(_PADDING)
    return np.ndarray((len(padded) - 7,), np.dtype("<u8"), padded, 0, (1,))


def begins(words: Words, text: bytes) -> Flags:
    """Which of the words begin with a text of at most eight bytes."""
    same: Flags = (words & (1 << 8 * len(text)) - 1) == int.from_bytes(text, "little")
    return same


def length_before(words: Words, byte: bytes) -> Words:
    """How many bytes of each word stand before the first such byte; 8 if there is none."""
    # To take one from a zero byte borrows, which sets its highest bit: no other byte before it.
    others = words ^ _EACH * byte[0]
    zeros = (others - _EACH) & ~others & _HIGHEST
    below = (zeros & (~zeros + 1)) - 1
    length: Words = (np.bitwise_count(below) >> 3).astype(np.uint64)
    return length


def first_bytes(words: Words, length: Words) -> Words:
    """The words with zeros behind so many bytes."""
    return words & (np.uint64(1) << length * 8) - 1


def texts_of(words: Words) -> list[bytes]:
    """The bytes of each word, without zeros at its end."""
    texts: list[bytes] = words.astype("<u8").view("S8").tolist()
    return texts


def whole_numbers(words: Words, length: Words) -> tuple[Places, Flags]:
    """The numbers that so many bytes of the words write, and which are one to eight digits."""
    # The digits are moved to the end of their words: zeros stand before them.
    digits = (words ^ _EACH * ord("0")) << 64 - length * 8
    above_nine = ((digits + _EACH * (0x7F - 9)) | digits) & _HIGHEST
    # Two digits make a number to 99, two of these one to 9,999, and two of those all.
    twos = (digits * (10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF
    fours = (twos * (100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF
    numbers = fours * (10_000 << 32 | 1) >> 32
    return numbers.astype(np.int64), (above_nine == 0) & (length > 0)


def decimal_numbers(words: Words, length: Words) -> tuple[NDArray[np.float64], Flags]:
    """The numbers that so many bytes of the words write, and which are digits with one point or no.

    Exact: a quotient of numbers of so few digits is rounded as their decimal notation is.
    """
    point = np.minimum(length_before(words, b"."), length)
    decimals = length - np.minimum(point + 1, length)
    whole, is_whole = whole_numbers(words, point)
    part, is_part = whole_numbers(words >> (point + 1) * 8, decimals)
    powers = np.power(10, decimals.astype(np.int64))
    return (whole * powers + part) / powers, is_whole & (is_part | (point == length))
