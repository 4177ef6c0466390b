"""Giving cells of a sheet another format, or another value, while its XML streams by in rows."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jiandang.formats.outline import (
    Edit,
    PeculiarXml,
    apply,
    outline,
    prefix_of,
    qualify,
    with_attribute,
)
from jiandang.formats.xlsx.sheet_xml import SheetXml
from jiandang.formats.xlsx.text import Position, address, position
from jiandang.register.address import column_number

# From the number of a cell's format to the number of its new one.
Restyle = Callable[[int], int]


@dataclass(frozen=True)
class Content:
    """What a cell holds: its type as in the XML (`n`, `inlineStr`) and what is in its element."""

    type: bytes
    xml: bytes


# From what is in a cell's element to what takes its place; None leaves the cell as it is.
Refill = Callable[[bytes], Content | None]

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)[0-9]+["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_SELECTED = re.compile(rb"""\stabSelected\s*=\s*["'](?:1|true)["']""")
# What may follow <legacyDrawing> in a sheet, in the order of the standard.
_AFTER_DRAWING = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent",
    "webPublishItems", "tableParts", "extLst",
}  # fmt: skip


@dataclass
class Frame:
    """All of a sheet but its rows: `head` ends with <sheetData>, `tail` begins with its end."""

    head: bytes
    tail: bytes
    prefix: bytes
    merged: list[tuple[Position, Position]]
    legacy_drawing: str
    column_styles: list[tuple[int, int, int]]
    insert_drawing_at: int
    is_protected: bool

    def deselect(self) -> None:
        """Two selected tabs would be edited together, so only the first may stay so."""
        self.head = _SELECTED.sub(b"", self.head)

    def add_legacy_drawing(self, relationship: str, namespace: str) -> None:
        """Link the drawing that holds the comments' boxes."""
        element = f'<legacyDrawing xmlns:r="{namespace}" r:id="{relationship}"/>'.encode()
        content = qualify(element, self.prefix)
        self.tail = apply(self.tail, [(self.insert_drawing_at, self.insert_drawing_at, content)])

    def hidden(self, cells: Iterable[Position]) -> dict[Position, Position]:
        """Of these cells the ones that a merged range hides, with the one that shows instead."""
        by_row: dict[int, list[Position]] = {}
        for cell in cells:
            by_row.setdefault(cell[0], []).append(cell)
        rows = sorted(by_row)
        found = {}
        for first, last in self.merged:
            for row in rows[bisect_left(rows, first[0]) : bisect_right(rows, last[0])]:
                for cell in by_row[row]:
                    if first[1] <= cell[1] <= last[1] and cell != first:
                        found[cell] = first
        return found

    def column_style(self, column: int) -> int:
        """The format of a column's cells that are not in the file."""
        return next((s for low, high, s in self.column_styles if low <= column <= high), 0)


def is_selected(xml: SheetXml) -> bool:
    """Whether a sheet's tab is (among) the selected; only its beginning is read."""
    return xml.has_data and _SELECTED.search(xml.head) is not None


def read_frame(xml: SheetXml) -> Frame:
    """Read a sheet for all that stands around its rows."""
    if not xml.has_data:
        raise PeculiarXml("工作表内没有数据区")
    for _ in xml.rows():
        pass
    return _frame(xml.head, xml.tail, xml.prefix)


def _frame(head: bytes, tail: bytes, prefix: bytes) -> Frame:
    root = outline(head, complete=False)
    if prefix_of(head, root) != prefix:
        raise PeculiarXml("工作表的 XML 无法识别")
    whole = outline(head + tail)
    offset = len(head)
    after = [e for e in whole.children if e.start >= offset]
    merges = next((e.children for e in after if e.name == "mergeCells"), [])
    drawing = next((e for e in after if e.name == "legacyDrawing"), None)
    place = next((e.start for e in after if e.name in _AFTER_DRAWING), whole.close)
    columns = root.find("cols")
    return Frame(
        head,
        tail,
        prefix,
        [_range(e.attributes["ref"]) for e in merges],
        drawing.relation() if drawing else "",
        [
            (int(a["min"]), int(a["max"]), int(a["style"]))
            for a in (e.attributes for e in (columns.children if columns else []))
            if "style" in a
        ],
        place - offset,
        any(
            e.name == "sheetProtection" and e.attributes.get("sheet") in ("1", "true")
            for e in after
        ),
    )


def _range(ref: str) -> tuple[Position, Position]:
    first, _, last = ref.partition(":")
    return position(first), position(last or first)


def patch_sheet(
    frame: Frame,
    xml: SheetXml,
    marks: Mapping[Position, Restyle],
    refills: Mapping[Position, Refill] | None = None,
) -> Iterator[bytes]:
    """The sheet with the marked cells in their new formats; cells that it lacks are made.

    `refills` are those of marked cells that get a new value besides.
    """
    by_row: dict[int, dict[int, Restyle]] = {}
    for (row, column), restyle in sorted(marks.items(), key=lambda item: item[0]):
        by_row.setdefault(row, {})[column] = restyle
    rows = _Rows(frame, by_row, refills or {})
    yield frame.head
    for piece in xml.rows():
        yield rows.patch(piece)
    yield rows.rest()
    yield frame.tail


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _letters(attributes: bytes) -> bytes | None:
    match = _LETTERS.search(attributes)
    return match[1] if match else None


class _Rows:
    """Patches rows in their order; marked rows that do not come are written where they belong."""

    def __init__(
        self,
        frame: Frame,
        marks: dict[int, dict[int, Restyle]],
        refills: Mapping[Position, Refill],
    ) -> None:
        self._frame = frame
        self._marks = marks
        self._refills = refills
        self._pending = sorted(marks, reverse=True)
        self._last = 0
        prefix = frame.prefix
        self._row_tag = re.compile(rb"<%srow(?=[\s/>])([^>]*)>" % prefix)
        self._row_end = b"</%srow>" % prefix
        # The usual form gives the column at once; any other is looked at more closely.
        self._cell_tag = re.compile(rb'<%sc(?: r="([A-Z]+)[0-9]+")?(?=[\s/>])([^>]*)>' % prefix)

    def patch(self, piece: bytes) -> bytes:
        done: list[bytes] = []
        at = 0
        for match in self._row_tag.finditer(piece):
            number = _ROW_NUMBER.search(match[1])
            self._last = int(number[1]) if number else self._last + 1
            if not self._pending or self._last < self._pending[-1]:
                continue
            done.append(piece[at : match.start()])
            done.extend(self._missing(self._last))
            at = match.start()
            if self._pending and self._pending[-1] == self._last:
                marks = self._marks[self._pending.pop()]
                is_empty = match[1].endswith(b"/")
                end = match.end() if is_empty else piece.index(self._row_end, match.end())
                done.append(self._patched_row(match[0], piece[match.end() : end], marks))
                at = end
        return b"".join([*done, piece[at:]])

    def rest(self) -> bytes:
        """The marked rows below the last row of the sheet."""
        return b"".join(self._missing(1 << 30))

    def _missing(self, before: int) -> Iterator[bytes]:
        while self._pending and self._pending[-1] < before:
            number = self._pending.pop()
            cells = b"".join(
                self._new_cell(number, column, self._frame.column_style(column), restyle)
                for column, restyle in self._marks[number].items()
            )
            yield qualify(b'<row r="%d">' % number, self._frame.prefix) + cells + self._row_end

    def _patched_row(self, tag: bytes, cells: bytes, marks: Mapping[int, Restyle]) -> bytes:
        """The row up to, not with, its end tag; an empty tag is closed here."""
        row_style = _STYLE.search(tag) if _CUSTOM.search(tag) else None
        wanted = list(marks.items())
        edits: list[Edit] = []

        def make(before: int, at: int) -> None:
            while wanted and wanted[0][0] < before:
                column, restyle = wanted.pop(0)
                base = int(row_style[1]) if row_style else self._frame.column_style(column)
                edits.append((at, at, self._new_cell(self._last, column, base, restyle)))

        column = 0
        for match in self._cell_tag.finditer(cells):
            letters = match[1] or _letters(match[2])
            column = _column(letters) if letters else column + 1
            if column < wanted[0][0]:
                continue
            make(column, match.start())
            if wanted and wanted[0][0] == column:
                restyle = wanted.pop(0)[1]
                style = _STYLE.search(match[2])
                number = restyle(int(style[1]) if style else 0)
                new = with_attribute(match[0], b"s", b"%d" % number)
                if (refill := self._refills.get((self._last, column))) is None:
                    edits.append((match.start(), match.end(), new))
                else:
                    edits += self._refilled(new, cells, match.start(), match.end(), refill)
            if not wanted:
                break
        make(1 << 30, len(cells))
        patched = apply(cells, edits)
        if tag.endswith(b"/>"):
            return tag[:-2].rstrip() + b">" + patched + self._row_end
        return tag + patched

    def _refilled(
        self, tag: bytes, cells: bytes, start: int, content: int, refill: Refill
    ) -> Iterator[Edit]:
        """The edit that gives a cell its new tag and value, if it takes one."""
        end = b"</%sc>" % self._frame.prefix
        close = content if tag.endswith(b"/>") else cells.index(end, content)
        new = refill(cells[content:close])
        if new is None:
            return
        if tag.endswith(b"/>"):
            tag, stop = tag[:-2].rstrip() + b">", content
        else:
            stop = close + len(end)
        inner = qualify(new.xml, self._frame.prefix)
        yield start, stop, with_attribute(tag, b"t", new.type) + inner + end

    def _new_cell(self, row: int, column: int, base: int, restyle: Restyle) -> bytes:
        cell = f'<c r="{address(row, column)}" s="{restyle(base)}"/>'.encode()
        return qualify(cell, self._frame.prefix)
