"""Tables as markup that web systems and old programs save as .xls: HTML and SpreadsheetML 2003."""

import codecs
import re
from datetime import datetime, time
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from jiandang.formats.container import refuse_entities
from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Grid,
    Range,
    Unreadable,
    damaged,
    too_large,
)
from jiandang.register.cells import ErrorValue, Raw

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHARSET = re.compile(rb"""<[^>]*(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def decode_declared(data: bytes) -> str | None:
    """The text of a markup file in the encoding that it names, if it is in that."""
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    try:
        # Files that name gb2312 hold more than that.
        name = "gb18030" if name.startswith("gb") else codecs.lookup(name).name
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


class Canvas:
    """A sheet that is filled cell by cell, some of which span rows and columns."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Raw] = {}
        self.taken: set[tuple[int, int]] = set()
        self.merged: list[Range] = []
        self.rows = self.columns = 0

    def free(self, row: int, column: int) -> int:
        """The first column from this one on that no cell from above covers."""
        while (row, column) in self.taken:
            column += 1
        return column

    def put(self, row: int, column: int, value: Raw, down: int, across: int) -> None:
        """Write a cell that covers so many rows and columns."""
        if value != "":
            self.cells[row, column] = value
        if down > 1 or across > 1:
            last_row, last_column = row + down - 1, column + across - 1
            self.merged.append((row, column, last_row, last_column))
            if len(self.taken) + down * across > MAX_CELLS:
                raise too_large("表格的合并单元格过大")
            self.taken.update(
                (r, c) for r in range(row, row + down) for c in range(column, column + across)
            )
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > MAX_CELLS or column >= MAX_COLUMNS or row >= MAX_ROWS:
            raise too_large(f"表格达 {self.rows} 行 × {self.columns} 列")

    def grid(self, name: str) -> Grid:
        """The sheet as a grid."""
        rows: list[list[Raw]] = [[""] * self.columns for _ in range(self.rows)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        return Grid(name, rows, self.merged, untyped=True)


def read_html(text: str, name: str) -> list[Grid]:
    """The tables of a page that hold any text, in their order."""
    parser = _Page()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise damaged("网页内容有误") from error
    tables = [table for table in parser.tables if table.canvas.cells]
    if not tables:
        frames = "数据在同名的 .files 文件夹中。" if "<frame" in text.lower() else ""
        raise Unreadable("not_a_workbook", f"网页里没有表格。{frames}{RESAVE}。")
    names = [name] if len(tables) == 1 else [f"表{n}" for n in range(1, len(tables) + 1)]
    grids = []
    for table, title in zip(tables, names, strict=True):
        grid = table.canvas.grid(title)
        grid.hidden_rows = frozenset(table.hidden_rows)
        grids.append(grid)
    return grids


class _Table:
    """A table while it is read. Tables within cells are tables of their own."""

    def __init__(self) -> None:
        self.canvas = Canvas()
        self.hidden_rows: set[int] = set()
        self.row = -1
        self.column = 0
        self.span: tuple[int, int] | None = None
        self.texts: list[str] = []

    def begin_row(self, hidden: bool) -> None:
        self.end_cell()
        self.row += 1
        self.column = 0
        if hidden:
            self.hidden_rows.add(self.row)

    def begin_cell(self, down: int, across: int) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        self.span = down, across
        self.texts = []

    def end_cell(self) -> None:
        if self.span is None:
            return
        down, across = self.span
        lines = (" ".join(line.split()) for line in "".join(self.texts).split("\n"))
        column = self.canvas.free(self.row, self.column)
        self.canvas.put(self.row, column, "\n".join(filter(None, lines)), down, across)
        self.column = column + across
        self.span = None


_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _Page(HTMLParser):
    """Collects the tables; end tags may be missing, as HTML allows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("script", "style", "title"):
            self._unseen = tag
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            hidden = bool(_HIDDEN.search(attributes.get("style") or "")) or "hidden" in attributes
            self._open[-1].begin_row(hidden)
        elif self._open and tag in ("td", "th"):
            down = _span(attributes.get("rowspan"), MAX_ROWS)
            self._open[-1].begin_cell(down, _span(attributes.get("colspan"), MAX_COLUMNS))
        elif self._open and tag in ("br", "p", "div", "li"):
            self._open[-1].texts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if self._open and tag in ("td", "th", "tr", "table"):
            self._open[-1].end_cell()
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].span and not self._unseen:
            # Line breaks of the source are blanks; those of the text are tags.
            self._open[-1].texts.append(data.replace("\n", " "))

    def close(self) -> None:
        super().close()
        for table in self._open:
            table.end_cell()


def _span(value: str | None, most: int) -> int:
    found = re.match(r"\s*([0-9]{1,7})", value or "")
    return min(max(int(found[1]), 1), most) if found else 1


_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MAX_XML = 200 << 20


def read_spreadsheetml(text: str) -> list[Grid]:
    """The sheets of a workbook in the XML of Excel 2003."""
    from xml.etree.ElementTree import ParseError, fromstring

    if len(text) > _MAX_XML:
        raise too_large("XML 表格过大")
    # The declaration may name an encoding that the text is no longer in.
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).encode("utf-8", "replace")
    refuse_entities(body)
    try:
        return [_xml_sheet(sheet) for sheet in fromstring(body).iter(f"{_SS}Worksheet")]
    except (ParseError, ValueError, OverflowError) as error:
        raise damaged("XML 内容有误") from error


def _xml_sheet(sheet: "Element") -> Grid:
    canvas = Canvas()
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    row = column = -1
    for element in sheet.iterfind(f"{_SS}Table/{_SS}Column"):
        column = _index(element, column)
        last = column + int(element.get(f"{_SS}Span", "0"))
        if element.get(f"{_SS}Hidden") == "1":
            hidden_columns.update(range(column, min(last + 1, MAX_COLUMNS)))
        column = last
    for line in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(line, row)
        last_row = row + int(line.get(f"{_SS}Span", "0"))
        if line.get(f"{_SS}Hidden") == "1":
            hidden_rows.update(range(row, min(last_row + 1, MAX_ROWS)))
        column = -1
        for cell in line.iterfind(f"{_SS}Cell"):
            column = _index(cell, column)
            if cell.get(f"{_SS}Index") is None:
                column = canvas.free(row, column)
            across = int(cell.get(f"{_SS}MergeAcross", "0"))
            down = int(cell.get(f"{_SS}MergeDown", "0"))
            data = cell.find(f"{_SS}Data")
            if data is not None or across or down:
                canvas.put(row, column, _xml_value(data), down + 1, across + 1)
            column += across
        row = last_row
    grid = canvas.grid(sheet.get(f"{_SS}Name", ""))
    grid.untyped = False
    visible = sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "")
    grid.hidden = visible.startswith("Sheet")  # SheetHidden, SheetVeryHidden
    grid.hidden_rows, grid.hidden_columns = frozenset(hidden_rows), frozenset(hidden_columns)
    return grid


def _index(element: "Element", previous: int) -> int:
    """The 0-based place of a row, column or cell: after the one before, unless it is given."""
    return int(element.get(f"{_SS}Index", previous + 2)) - 1


def _xml_value(data: "Element | None") -> Raw:
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    if kind == "Error":
        return ErrorValue(text)
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        moment = datetime.fromisoformat(text)
        if moment.year < 1900:
            return moment.time()
        return moment.date() if moment.time() == time() else moment
    return text
