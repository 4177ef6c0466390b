"""Workbooks in the XML of Excel 2003 (SpreadsheetML), which web systems save as .xls or .xml."""

import re
from datetime import datetime, time
from math import isfinite
from typing import TYPE_CHECKING

from jiandang.formats.canvas import Canvas
from jiandang.formats.container import refuse_entities
from jiandang.formats.grid import MAX_ROWS, Budget, Grid, Spans, damaged, too_large
from jiandang.patterns import regex
from jiandang.register.cells import ErrorValue, Raw

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MAX_XML = 200 << 20
# What XML cannot hold, as it is or as a reference; without it one cell, not the file, is wrong.
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = regex("&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")


def read_spreadsheetml(text: str, budget: Budget) -> list[Grid]:
    """The sheets of a workbook."""
    from xml.etree.ElementTree import ParseError, fromstring

    if len(text) > _MAX_XML:
        raise too_large("XML 表格过大")
    # The declaration may name an encoding that the text is no longer in.
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml"):
        start = start.partition("?>")[2]
    start = _REFERENCE.sub(_legal, _ILLEGAL.sub("\ufffd", start))
    body = start.encode("utf-8", "replace")
    refuse_entities(body)
    try:
        root = fromstring(body)
    except (ParseError, ValueError) as error:
        raise damaged("XML 内容有误") from error
    return [_sheet(sheet, budget) for sheet in root.iter(f"{_SS}Worksheet")]


def _legal(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    legal = code < 0x110000 and not _ILLEGAL.match(chr(code))
    return reference[0] if legal else "\ufffd"


def _sheet(sheet: "Element", budget: Budget) -> Grid:
    canvas = Canvas(budget)
    hidden_rows, hidden_columns = Spans(), Spans()
    row = column = -1
    for element in sheet.iterfind(f"{_SS}Table/{_SS}Column"):
        column = _index(element, column)
        last = column + _number(element, "Span")
        if element.get(f"{_SS}Hidden") == "1":
            hidden_columns.add(column, last)
        column = last
    for line in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(line, row)
        last_row = row + _number(line, "Span")
        if line.get(f"{_SS}Hidden") == "1":
            hidden_rows.add(row, last_row)
        column = -1
        for cell in line.iterfind(f"{_SS}Cell"):
            column = _index(cell, column)
            if cell.get(f"{_SS}Index") is None:
                column = canvas.free(row, column)
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            data = cell.find(f"{_SS}Data")
            if data is not None or across or down:
                canvas.put(row, column, _value(data), down + 1, across + 1)
            column += across
        row = last_row
    grid = canvas.grid(sheet.get(f"{_SS}Name", ""))
    grid.untyped = False
    visible = sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "")
    grid.hidden = visible.startswith("Sheet")  # SheetHidden, SheetVeryHidden
    grid.hidden_rows = hidden_rows.below(canvas.rows)
    grid.hidden_columns = hidden_columns.below(canvas.columns)
    return grid


def _index(element: "Element", previous: int) -> int:
    """The 0-based place of a row, column or cell: after the one before, unless it is given."""
    if element.get(f"{_SS}Index") is None:
        return previous + 1
    index = _number(element, "Index") - 1
    if index <= previous:
        raise damaged("行或单元格的序号有误")
    return index


def _number(element: "Element", name: str) -> int:
    """A number of rows or columns."""
    text = element.get(f"{_SS}{name}", "0").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise damaged("行列的跨度或序号有误")
    return min(int(text), MAX_ROWS)


def _value(data: "Element | None") -> Raw:
    """The value of a cell; a text where it is not of the kind that it should be."""
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Error":
            return ErrorValue(text)
        if kind == "Number" and isfinite(number := float(text)):
            return number
        if kind == "Boolean":
            return text.strip() == "1"
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip())
            if moment.year < 1900:
                return moment.time()
            return moment.date() if moment.time() == time() else moment
    except (ValueError, OverflowError):
        pass
    return text
