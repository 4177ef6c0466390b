"""Reading .ods: the tables of content.xml as runs of equal cells.

A cell may stand for a million others, and a row for a million rows. So a run is kept as it is
written, and a sheet becomes a matrix only when its extent is known. Libraries write all of it out.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from python_calamine import SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from jiandang.formats.container import Container
from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Budget,
    Grid,
    Range,
    SheetFacts,
    Spans,
    Unreadable,
    damaged,
    too_large,
)
from jiandang.formats.matrix import CellMatrix
from jiandang.formats.spreadsheet import SheetIterator, stray_remark, translated
from jiandang.patterns import regex
from jiandang.register.address import cell_address
from jiandang.register.cells import MAX_TEXT, ErrorValue, Raw

# A tag with all its attributes, of which none is the text of a cell: bytes.
_LONGEST_TAG = 4 << 20
_CHUNK = 1 << 16
# Rows alike are those of a form that nobody has filled in; so many are nobody's.
_MOST_ROWS_ALIKE = 100_000
_CELLS = ("table:table-cell", "table:covered-table-cell")
_CLOCK = regex(r"PT([0-9]{1,2})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]*)?S")
# Elements that stand for blanks in a text.
_BLANKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
# Where the values stand that are no numbers.
_ATTRIBUTES = {
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
    "string": "string-value",
}

_Numbers = NDArray[np.int64]


def read_ods(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The tables of an .ods."""
    if "META-INF/manifest.xml" in container:
        manifest = container.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Unreadable("password", f"文件设有打开密码，.ods 的密码无法解开。{RESAVE}。")
    with translated():
        return _OdsSheets(_tables_of(container.chunks("content.xml")), remarks)


def read_fods(data: bytes, remarks: list[str]) -> Iterator[Grid]:
    """The tables of an OpenDocument that is one XML file (.fods)."""
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    with translated():
        return _OdsSheets(_tables_of(chunks), remarks)


@dataclass
class _Table:
    """A table as it is written: `runs` holds row, rows, column, columns and value of each run."""

    name: str
    is_hidden: bool
    runs: "array[int]" = field(default_factory=lambda: array("i"))
    values: dict[tuple[type, Raw], int] = field(default_factory=lambda: {(str, ""): 0})
    merged: list[Range] = field(default_factory=list)
    hidden_rows: Spans = field(default_factory=Spans)
    hidden_columns: Spans = field(default_factory=Spans)

    def number(self, value: Raw) -> int:
        """The number of a value; True is not 1, and an error not the text that it shows."""
        return self.values.setdefault((type(value), value), len(self.values))


class _OdsSheets(SheetIterator):
    """The grids of the tables, one at a time."""

    def __init__(self, tables: list[_Table], remarks: list[str]) -> None:
        shown = {False: SheetVisibleEnum.Visible, True: SheetVisibleEnum.Hidden}
        super().__init__(
            [SheetMetadata(t.name, SheetTypeEnum.WorkSheet, shown[t.is_hidden]) for t in tables]
        )
        self._tables, self._remarks = tables, remarks

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        table = self._tables[index]
        runs = np.frombuffer(table.runs, np.int32).reshape(-1, 5).astype(np.int64)
        rows, columns = self._bounds(sheet.name, runs)
        codes = np.zeros((rows, columns), np.int32)
        row, down, column, across, code = runs.T
        single = (down == 1) & (across == 1) & (row < rows) & (column < columns)
        codes[row[single], column[single]] = code[single]
        for r, d, c, a, number in runs[(down > 1) | (across > 1)].tolist():
            codes[r : r + d, c : c + a] = number
        return Grid(
            sheet.name,
            CellMatrix([value for _, value in table.values], codes),
            table.merged,
            hidden_rows=table.hidden_rows.below(rows),
            hidden_columns=table.hidden_columns.below(columns),
        )

    def _bounds(self, name: str, runs: _Numbers) -> tuple[int, int]:
        """The area of a table, from which a few cells far from the others are left out."""
        row, down, column, across, _ = runs.T
        rows, columns = (row + down).max(initial=0), (column + across).max(initial=0)
        facts = SheetFacts(int(rows), int(columns))
        if facts.cells <= MAX_CELLS:
            return facts.rows, facts.columns
        facts.in_row = _counts(row, down, across)
        facts.in_column = _counts(column, across, down)
        rows, columns = facts.dense()
        # No run is cut: there is a gap in front of what is left out.
        far = runs[(row >= rows) | (column >= columns)].tolist()
        strays = [
            cell_address(r, c)
            for top, high, left, wide, _ in far
            for r in range(top, top + high)
            for c in range(left, left + wide)
        ]
        self._remarks.append(stray_remark(name, strays))
        return rows, columns


def _counts(first: _Numbers, length: _Numbers, weight: _Numbers) -> Counter[int]:
    """How many cells each row or column has, of runs that begin there and are so long."""
    steps = np.zeros(int((first + length).max()) + 1, np.int64)
    np.add.at(steps, first, weight)
    np.subtract.at(steps, first + length, weight)
    counts = steps.cumsum()
    places = np.flatnonzero(counts)
    return Counter(dict(zip(places.tolist(), counts[places].tolist(), strict=True)))


def _tables_of(chunks: Iterator[bytes]) -> list[_Table]:
    """The tables of a content.xml, in their order."""
    from jiandang.formats.elements import parser_of

    content = _Content()
    parser = parser_of(content.start, content.end)
    parser.CharacterDataHandler = content.text
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
            raise damaged("内容有误：一个标记过长")
    parser.Parse(b"", True)
    return content.tables


class _Content:
    """Follows the elements of content.xml."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._budget = Budget()
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._row = self._column = self._definition = 0
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._left = self._notes = self._paragraphs = 0
        self._is_in_paragraph = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._start_inside(name, attributes)
        elif name in _CELLS:
            self._cell, self._text = attributes, []
            self._left, self._notes, self._paragraphs = MAX_TEXT, 0, 0
            self._is_in_paragraph = False
        elif name == "table:table-row":
            self._rows, self._column = _repeated(attributes, "rows"), 0
            if _is_hidden(attributes):
                self.tables[-1].hidden_rows.add(self._row, self._row + self._rows - 1)
        elif name == "table:table-column":
            end = self._definition + _repeated(attributes, "columns")
            if _is_hidden(attributes):
                self.tables[-1].hidden_columns.add(self._definition, end - 1)
            self._definition = end
        elif name == "table:table":
            self._budget.sheet()
            is_hidden = attributes.get("table:style-name") in self._hidden_styles
            self.tables.append(_Table(attributes.get("table:name", ""), is_hidden))
            self._row = self._column = self._definition = 0
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        """What is inside a cell: paragraphs, blanks, and notes, which are none of its text."""
        if name == "office:annotation":
            self._notes += 1
        elif name == "text:p" and not self._notes:
            self._paragraphs += 1
            self._is_in_paragraph = True
            if self._paragraphs > 1:
                self.text("\n")
        elif name in _BLANKS:
            times = min(int(attributes.get("text:c", "1")), self._left)
            self.text(_BLANKS[name] * times)

    def text(self, text: str) -> None:
        if self._is_in_paragraph and not self._notes and self._left > 0:
            self._text.append(text[: self._left])
            self._left -= len(text)

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == "office:annotation":
            self._notes -= 1
        elif name == "text:p" and not self._notes:
            self._is_in_paragraph = False  # what indents the next element is no text
        elif name == "table:table-row":
            self._row += self._rows

    def _end_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        repeated = _repeated(cell, "columns")
        value = _value(cell, "".join(self._text))
        if value != "" or "office:value-type" in cell:
            self._add(cell, repeated, value)
        self._column += repeated

    def _add(self, cell: dict[str, str], repeated: int, value: Raw) -> None:
        row, column, table = self._row, self._column, self.tables[-1]
        if self._rows > _MOST_ROWS_ALIKE:
            raise too_large(f"从第 {row + 1} 行起有 {self._rows} 行的内容相同")
        rows, columns = row + self._rows, column + repeated
        if rows > MAX_ROWS or columns > MAX_COLUMNS:
            raise too_large(f"表格达 {rows} 行 × {columns} 列")
        table.runs.extend((row, self._rows, column, repeated, table.number(value)))
        down = min(int(cell.get("table:number-rows-spanned", "1")), MAX_ROWS)
        across = min(int(cell.get("table:number-columns-spanned", "1")), MAX_COLUMNS)
        if down > 1 or across > 1:
            table.merged.append((row, column, row + down - 1, column + across - 1))


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility", "visible") != "visible"


def _repeated(attributes: dict[str, str], what: str) -> int:
    number = int(attributes.get(f"table:number-{what}-repeated", "1"))
    if not 1 <= number <= MAX_ROWS:
        raise damaged("重复次数有误")
    return number


def _value(cell: dict[str, str], text: str) -> Raw:
    """The value of a cell, which shows this text; the text where it is of another kind."""
    is_error = cell.get("calcext:value-type") == "error" or (
        "table:formula" in cell and text.startswith(("#", "Err:"))
    )
    if is_error:
        return ErrorValue(text)
    kind = cell.get("office:value-type")
    given = cell.get(f"office:{_ATTRIBUTES.get(kind or '', 'value')}")
    if given is None:
        return text
    with suppress(ValueError):
        if kind in ("float", "percentage", "currency") and isfinite(number := float(given)):
            return number
        if kind == "date":
            return (datetime if "T" in given else date).fromisoformat(given)
        if kind == "time" and (clock := _CLOCK.fullmatch(given)):
            hour, minute, second = map(int, clock.groups())
            return time(hour, minute, second)
        if kind == "boolean":
            return given == "true"
        if kind == "string":
            return given[:MAX_TEXT]
    return text
