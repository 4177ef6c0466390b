"""The XML of an .xlsx sheet as it streams by: what stands before, in and behind its rows."""

import re
from collections.abc import Iterable, Iterator

from jiandang.formats.grid import damaged, too_large
from jiandang.formats.outline import PeculiarXml

_LONGEST = 64 << 20  # bytes of a row, and of what stands before all rows
_PIECE = 1 << 20
_DATA = re.compile(rb"<((?:\w+:)?)sheetData(?:\s[^>]*)?(/?)>")


class SheetXml:
    """A sheet taken apart: `head`, to `<sheetData>`; `rows()`; then `tail`, from its end on.

    `prefix` is that of the elements, with its colon (`<x:row …>`, from the OpenXML SDK).
    A sheet without `<sheetData>` is all head.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.head = self.prefix = self.tail = self._rest = b""
        self.has_data = False
        for chunk in self._chunks:
            self.head += chunk
            if match := _DATA.search(self.head):
                self._take_apart(match)
                break
            if len(self.head) > _LONGEST:
                raise too_large("工作表的开头过长")
        if b"\0" in self.head[:200]:
            raise damaged("工作表的内容无法识别")

    def _take_apart(self, data: re.Match[bytes]) -> None:
        self.has_data = True
        self.prefix = data[1]
        self._rest = self.head[data.end() :]
        self.head = self.head[: data.end()]
        if data[2]:
            self.head = self.head[:-2].rstrip() + b">"
            self._rest = b"</%ssheetData>" % self.prefix + self._rest

    def rows(self) -> Iterator[bytes]:
        """All between the tags of `sheetData`, cut so that each piece is made of whole rows."""
        if not self.has_data:
            return
        row, end = b"<%srow" % self.prefix, b"</%ssheetData" % self.prefix
        closed = b"</%srow>" % self.prefix
        kept = self._rest
        # Behind the last row: a search through all of them would take as long as to read them.
        while (at := kept.find(end, max(kept.rfind(closed), 0))) < 0:
            if len(kept) >= _PIECE and (cut := kept.rfind(row)) > 0:
                yield kept[:cut]
                kept = kept[cut:]
            elif len(kept) > _LONGEST:
                raise too_large("工作表有一行过长")
            chunk = next(self._chunks, None)
            if chunk is None:
                raise PeculiarXml("工作表的内容不完整")  # not taken for a short one
            kept += chunk
        self.tail = b"".join([kept[at:], *self._chunks])
        yield kept[:at]
