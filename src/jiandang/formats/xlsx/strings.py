"""The shared strings of a workbook: those that a sheet uses, however many there are.

Where all are of plain text they stay as they stand in the file, and a piece of it is cut up when
strings in it are asked for: three million, of which no cell uses one, would take 300 MB.
"""

from collections.abc import Sequence
from html import unescape
from typing import Any, Protocol, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

# Around a plain shared string, and between two; and a mark for those that may have blanks at
# their ends.
_STRING, _STRING_END = b"<si><t>", b"</t></si>"
_NEXT, _KEEP_BLANKS = _STRING_END + _STRING, "\0"
_PIECE = 1 << 20


class Texts(Protocol):
    """Shared strings by their numbers."""

    def __len__(self) -> int: ...

    def take(self, numbers: NDArray[np.int64]) -> pl.Series:
        """Those of these rising numbers."""


class AskedStrings:
    """Strings that calamine has read."""

    def __init__(self, texts: Sequence[Any]) -> None:
        self._texts = pl.Series(texts, dtype=pl.String)

    def __len__(self) -> int:
        return len(self._texts)

    def take(self, numbers: NDArray[np.int64]) -> pl.Series:
        """As `Texts` has it."""
        return self._texts.gather(numbers)


class PlainStrings:
    """Strings of plain text, cut up piece by piece; the first number of each is in `_firsts`."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._ends: list[int] = []
        self._firsts: list[int] = [0]

    @classmethod
    def of(cls, xml: bytes) -> Self | None:
        """The strings, if all are of plain text; else it is for calamine to read them."""
        # Escapes of Excel's own, ends of lines.
        if b"_x" in xml or b"\r" in xml or b"\0" in xml:
            return None
        content = xml.replace(b'<t xml:space="preserve">', b"<t>" + _KEEP_BLANKS.encode())
        start, end = content.find(_STRING), content.rfind(_STRING_END)
        if start < 0 or b"<si" in content[:start] or b"<si" in content[end:]:
            return None
        strings = cls(content[start + len(_STRING) : end])
        return strings if all(map(strings._add_piece, iter(strings._next_end, None))) else None

    def __len__(self) -> int:
        return self._firsts[-1]

    def take(self, numbers: NDArray[np.int64]) -> pl.Series:
        """As `Texts` has it."""
        texts = [pl.Series(dtype=pl.String)]
        bounds = np.searchsorted(numbers, self._firsts).tolist()
        for piece, (first, start, end) in enumerate(
            zip(self._firsts, bounds, bounds[1:], strict=False)
        ):
            if start < end:
                own = self._cut(piece)
                if end - start < len(own):
                    own = own.gather(numbers[start:end] - first)
                texts.append(own if self._is_bare(piece) else _meant(own))
        return pl.concat(texts)

    def _is_bare(self, piece: int) -> bool:
        """Whether all texts of a piece mean what stands there."""
        start, end = self._start(piece), self._ends[piece]
        marks = (b"&", _KEEP_BLANKS.encode())
        return all(self._content.find(mark, start, end) < 0 for mark in marks)

    def _next_end(self) -> int | None:
        """Where the next piece ends, of a megabyte or a string more."""
        start = self._ends[-1] + len(_NEXT) if self._ends else 0
        if self._ends and self._ends[-1] == len(self._content):
            return None
        end = self._content.find(_NEXT, start + _PIECE)
        return len(self._content) if end < 0 else end

    def _add_piece(self, end: int) -> bool:
        """Add a piece; whether all of its strings are plain, with no blanks at their ends."""
        self._ends.append(end)
        try:
            texts = self._cut(len(self._ends) - 1)
        except pl.exceptions.PolarsError:  # it is not UTF-8
            return False
        self._firsts.append(self._firsts[-1] + len(texts))
        start = self._start(len(self._ends) - 1)
        if self._content.count(b"<", start, end) != _NEXT.count(b"<") * (len(texts) - 1):
            return False
        is_bare = texts == texts.str.strip_chars()
        return bool((is_bare | texts.str.starts_with(_KEEP_BLANKS)).all())

    def _start(self, piece: int) -> int:
        return self._ends[piece - 1] + len(_NEXT) if piece else 0

    def _cut(self, piece: int) -> pl.Series:
        own = self._content[self._start(piece) : self._ends[piece]]
        return pl.Series([own]).cast(pl.String).str.split(_NEXT.decode()).explode()


def _meant(texts: pl.Series) -> pl.Series:
    """What texts mean of which some are marked, or have entities."""
    places = texts.str.contains(f"[&{_KEEP_BLANKS}]").arg_true()
    marked = texts.gather(places).to_list()
    return texts.scatter(places, [unescape(text.removeprefix(_KEEP_BLANKS)) for text in marked])
