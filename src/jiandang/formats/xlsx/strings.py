"""The shared strings of a workbook: those that a sheet uses, however many there are.

Where all are of plain text they stay as they stand in the file, and a piece of it is cut up when
strings in it are asked for: three million, of which no cell uses one, would take 300 MB.
"""

from collections.abc import Sequence
from html import unescape
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from jiandang.register.cells import Raw

# Around a plain shared string, and between two; and a mark for those that may have blanks at
# their ends.
_STRING, _STRING_END = b"<si><t>", b"</t></si>"
_NEXT, _KEEP_BLANKS = _STRING_END + _STRING, "\0"
_PIECE = 1 << 20


class Texts(Protocol):
    """Shared strings by their numbers."""

    def __len__(self) -> int: ...

    def take(self, numbers: NDArray[np.int64]) -> list[Raw]:
        """Those of these rising numbers."""


class AskedStrings:
    """Strings that calamine has read."""

    def __init__(self, texts: Sequence[Raw]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def take(self, numbers: NDArray[np.int64]) -> list[Raw]:
        """As `Texts` has it."""
        return [self._texts[number] for number in numbers.tolist()]


class PlainStrings:
    """Strings of plain text, cut up piece by piece; the first number of each is in `_firsts`."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._ends: list[int] = []
        self._firsts: list[int] = [0]

    @classmethod
    def of(cls, xml: bytes) -> Self | None:
        """The strings, if all are of plain text; else it is for calamine to read them."""
        # Escapes of Excel's own, ends of lines, texts in several formats.
        if b"_x" in xml or b"\r" in xml or b"\0" in xml or b"<r>" in xml:
            return None
        content = xml.replace(b'<t xml:space="preserve">', b"<t>" + _KEEP_BLANKS.encode())
        # Where there is no such string, tags are left over and counted below.
        strings = cls(content[content.find(_STRING) + len(_STRING) : content.rfind(_STRING_END)])
        is_plain = all(map(strings._add_piece, iter(strings._next_end, None)))
        return strings if is_plain and len(strings) == xml.count(b"<si") else None

    def __len__(self) -> int:
        return self._firsts[-1]

    def take(self, numbers: NDArray[np.int64]) -> list[Raw]:
        """As `Texts` has it."""
        texts: list[Raw] = []
        bounds = np.searchsorted(numbers, self._firsts).tolist()
        for piece, (first, start, end) in enumerate(
            zip(self._firsts, bounds, bounds[1:], strict=False)
        ):
            if start < end:
                own = self._cut(piece)
                if end - start < len(own):
                    own = [own[number - first] for number in numbers[start:end].tolist()]
                texts += own if self._is_bare(piece) else map(_meant, own)
        return texts

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
        except UnicodeDecodeError:
            return False
        self._firsts.append(self._firsts[-1] + len(texts))
        start = self._start(len(self._ends) - 1)
        if self._content.count(b"<", start, end) != _NEXT.count(b"<") * (len(texts) - 1):
            return False
        stripped = [*map(str.strip, texts)]
        return stripped == texts or all(
            text == bare or text[0] == _KEEP_BLANKS
            for text, bare in zip(texts, stripped, strict=True)
        )

    def _start(self, piece: int) -> int:
        return self._ends[piece - 1] + len(_NEXT) if piece else 0

    def _cut(self, piece: int) -> list[str]:
        own = self._content[self._start(piece) : self._ends[piece]]
        return own.decode().split(_NEXT.decode())


def _meant(text: str) -> str:
    text = text.removeprefix(_KEEP_BLANKS)
    return unescape(text) if "&" in text else text
