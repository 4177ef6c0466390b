"""The XML of an .xlsx sheet: its notation, its pieces of whole rows, what stands around them."""

import re
from collections.abc import Iterator

from jiandang.formats.container import refuse_entities
from jiandang.formats.grid import MAX_COLUMNS, damaged, too_large

_LONGEST_ROW = 64 << 20
NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([1-9][0-9]{0,6})["']""")
HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,6})["']""")
_COLUMN_TAG = re.compile(rb"<col\s([^<>]*)>")
_CLOSED = re.compile(rb"</(?:\w+:)?worksheet\s*>|<(?:\w+:)?worksheet[^<]*/>")
_MERGED = re.compile(rb"<mergeCells.*</mergeCells>", re.DOTALL)


class SheetXml:
    """A sheet taken apart: `head`, then the `pieces` of rows, then `merged`, once they are through.

    A namespace prefix (`<x:c …>`, from the OpenXML SDK) is taken off.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.head, first = self._read_head()
        prefix = re.search(rb"<(\w+:)worksheet[\s>]", self.head)
        self._prefix = prefix[1] if prefix else b""
        self.head = self._plain(self.head)
        self.merged = b""
        self.pieces = self._pieces(first)

    def _read_head(self) -> tuple[bytes, bytes]:
        """What stands before `sheetData`, and the beginning of the rest."""
        head = b""
        at = -1
        for chunk in self._chunks:
            head += chunk
            at = head.find(b"sheetData")
            if at >= 0 or len(head) > _LONGEST_ROW:
                break
        else:
            at = len(head) if _CLOSED.search(head) else -1
        if b"\0" in head[:200] or at < 0:
            raise damaged("工作表的内容无法识别")
        refuse_entities(head[:at])
        return head[:at], head[at:]

    def _pieces(self, first: bytes) -> Iterator[bytes]:
        """The chunks, cut anew so that each is made of whole rows."""
        row, end = b"<%srow" % self._prefix, b"</%ssheetData" % self._prefix
        closed = b"</%srow>" % self._prefix
        kept = first
        for chunk in self._chunks:
            kept += chunk
            # Behind the last row: a search through all of them would take as long as to read them.
            if kept.find(end, max(kept.rfind(closed), 0)) >= 0:
                break
            if (cut := kept.rfind(row)) > 0:
                yield self._plain(kept[:cut])
                kept = kept[cut:]
            elif len(kept) > _LONGEST_ROW:
                raise too_large("工作表有一行过长")
        kept, _, tail = kept.partition(end)
        tail += b"".join(self._chunks)
        if first and not _CLOSED.search(tail or kept, max(0, len(tail or kept) - 4096)):
            raise damaged("工作表的内容不完整")  # a cut-off file is not taken for a short one
        if found := _MERGED.search(self._plain(tail)):
            self.merged = found[0]
        yield self._plain(kept)

    def _plain(self, xml: bytes) -> bytes:
        if not self._prefix:
            return xml
        return xml.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")

    def hidden_columns(self) -> Iterator[int]:
        """The hidden columns, counted from 0."""
        for attributes in _COLUMN_TAG.findall(self.head):
            span = dict(_SPAN.findall(attributes))
            if HIDDEN.search(attributes) and len(span) == 2:
                yield from range(int(span[b"min"]) - 1, min(int(span[b"max"]), MAX_COLUMNS))
