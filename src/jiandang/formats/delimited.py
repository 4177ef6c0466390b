"""Tables as text: .csv, and the tab-separated text that web systems save as .xls.

All cells stay texts.
"""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Grid,
    Unreadable,
    too_large,
)
from jiandang.formats.matrix import CellMatrix, Numbers
from jiandang.formats.numbering import Numbering
from jiandang.patterns import regex
from jiandang.register.cells import Raw

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",\t;|"
_LONGEST_CELL = 131_072
# So many lines are parted at once: their cells take more memory than all of their text.
_LINES_AT_ONCE = 20_000
_LINE_END = regex(r"\r\n|\r|\n")
# What programs write to keep Excel from taking digits for a number: ="00123".
_QUOTED_FORMULA = regex(r'="([^"]*)"')


def refuse_many_rows(data: bytes) -> None:
    """Refuse a table of too many lines before its text takes as much memory again.

    UTF-16 is only looked at when it is decoded: in it other characters have the byte of a line end.
    """
    if len(data) > MAX_ROWS and not data.startswith(_UTF_16) and 0 not in data[:65_536]:
        _refuse_rows(data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n"))


def _refuse_rows(ends: int) -> None:
    if ends > MAX_ROWS:
        raise too_large(f"文本表格达 {ends} 行")


def delimiter_of(text: str) -> str | None:
    """The delimiter that cuts the first rows into equal numbers of cells; None if none does."""
    if found := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return found[1]
    best, delimiter = 0, None
    for candidate in _DELIMITERS:
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=candidate)
        try:
            widths = Counter(len(row) - 1 for row in islice(rows, 50))
        except csv.Error:
            widths = Counter(line.count(candidate) for line in text[:100_000].splitlines()[:50])
        score = max((count * width for width, count in widths.items()), default=0)
        if score > best:
            best, delimiter = score, candidate
    return delimiter


def is_table(text: str) -> bool:
    """Whether at least two lines of the text are cut by a delimiter."""
    delimiter = delimiter_of(text)
    lines = text[:100_000].splitlines()
    return delimiter is not None and sum(delimiter in line for line in lines) >= 2


def read_delimited(text: str, name: str, remarks: list[str]) -> Grid:
    """The one table of a text."""
    delimiter = delimiter_of(text) or ","
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    lines = _lines(text)
    # Counting the delimiters of each line would take as long as parting all of them. No sheet of
    # Excel has so many columns, and each of them would be looked at as a heading.
    if max(map(len, lines)) >= MAX_COLUMNS:
        columns = 1 + max(line.count(delimiter) for line in lines)
        if columns > MAX_COLUMNS:
            raise too_large(f"文本表格达 {columns} 列")
    if '"' not in text:
        if text.count(delimiter) > MAX_CELLS:
            raise _too_many_cells()
        widths, cells = _split(lines if lines[-1] else lines[:-1], delimiter)
        return Grid(name, cells, untyped=True, is_cut_off=_is_cut_off(text, widths, remarks))
    is_within_quotes = _ends_within_quotes(text, delimiter)
    if is_within_quotes:
        remarks.append("最后一格的英文引号没有写完，文件可能没有拷贝完，请核对最后一行和行数。")
        text += '"'
    rows = _rows(text, delimiter, remarks)
    widths = [*map(len, rows)]
    is_cut_off = is_within_quotes or _is_cut_off(text, widths, remarks)
    width = _width(widths)
    for row in rows:
        row.extend([""] * (width - len(row)))
    if '="' in text:
        for row in rows:
            row[:] = [
                _QUOTED_FORMULA.sub(r"\1", cell) if cell[:2] == '="' else cell for cell in row
            ]
    raws: list[list[Raw]] = rows  # type: ignore[assignment]  # a list of texts is one of cells
    return Grid(name, raws, untyped=True, is_cut_off=is_cut_off)


def _lines(text: str) -> list[str]:
    """The lines, whatever ends them. Raises `Unreadable` if they are too many."""
    breaks, returns = text.count("\n"), text.count("\r")
    both = text.count("\r\n") if breaks and returns else 0
    _refuse_rows(ends := breaks + returns - both)
    # Nearly always all ends are alike, and making them so would be a copy of the whole text.
    if ends == both:
        return text.split("\r\n")
    return (_LINE_END.sub("\n", text) if returns else text).split("\n")


def _split(lines: list[str], delimiter: str) -> tuple[list[int], CellMatrix]:
    """The numbers of cells in lines without quotation marks, and all the cells."""
    if not lines:
        return [], CellMatrix.of([])
    numbering = Numbering()
    numbering.number(pl.Series([""]))
    parts: list[tuple[np.ndarray, Numbers]] = []
    for first in range(0, len(lines), _LINES_AT_ONCE):
        rows = pl.Series(lines[first : first + _LINES_AT_ONCE]).str.split(delimiter)
        lengths_there = rows.list.len().cast(pl.Int64).to_numpy()
        parts.append((lengths_there, numbering.number(rows.explode())))
    lengths, cells = (np.concatenate(each) for each in zip(*parts, strict=True))
    is_blank = np.fromiter(map("".__eq__, lines), bool, len(lines))
    widths = np.where(is_blank, 0, lengths)
    width = _width(widths.tolist())
    if (lengths == width).all():
        codes = cells.reshape(len(lines), width).astype(np.int32, copy=False)
    else:
        codes = np.zeros((len(lines), width or 1), np.int32)
        ends = lengths.cumsum()
        columns = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        codes[np.repeat(np.arange(len(lines)), lengths), columns] = cells
    return widths.tolist(), CellMatrix.of_texts(numbering.texts(1), [], codes[:, :width])


def _width(widths: list[int]) -> int:
    """The columns of rows with so many cells; raises `Unreadable` if they are too many."""
    width = max(widths, default=0)
    if width * len(widths) > MAX_CELLS:
        raise too_large(f"表格达 {len(widths)} 行 × {width} 列")
    return width


def _too_many_cells() -> Unreadable:
    return too_large(f"文本表格超过 {MAX_CELLS // 10_000} 万格")


def _ends_within_quotes(text: str, delimiter: str) -> bool:
    """Whether the last cell of the last row begins with a quotation mark that is never closed."""
    last = _LINE_END.split(text[-_LONGEST_CELL:])[-1]
    opened = rf'(?:^|{re.escape(delimiter)})"(?:[^"]|"")*$'
    return text.count('"') % 2 == 1 and re.search(opened, last) is not None


def _is_cut_off(text: str, widths: list[int], remarks: list[str]) -> bool:
    """Whether the last row, which no line end follows, seems to be cut off; a remark says so.

    Its last character is half a one, of which `decode` has told; or it alone has fewer cells than
    all others.
    """
    if text.endswith("\ufffd"):
        return True
    others = {*widths[:-1]}
    if text.endswith(("\n", "\r")) or len(widths) <= 2 or len(others) > 1:
        return False
    if widths[-1] >= widths[0]:
        return False
    remarks.append(
        f"最后一行只有 {widths[-1]} 列，其他行都有 {widths[0]} 列，"
        "文件可能没有拷贝完，请核对最后一行和行数。"
    )
    return True


def _rows(text: str, delimiter: str, remarks: list[str]) -> list[list[str]]:
    """All rows. A quotation mark that is never closed would swallow the rest of the file."""
    lines = list(io.StringIO(text, newline=""))
    # One long cell must not lose the file.
    limit = csv.field_size_limit(max(_LONGEST_CELL, *map(len, lines), 0))
    try:
        read = None
        with contextlib.suppress(csv.Error):
            read = _read(lines, delimiter, strict=True)
        if read is None and text.count('"') % 2 == 0:
            with contextlib.suppress(csv.Error):
                read = _read(lines, delimiter)
        if read is not None:
            return _spread(read, lines, delimiter, remarks)
        remarks.append("英文引号不成对，已当作普通文字读取，请核对带引号的单元格。")
        return [row for row, _ in _read(lines, delimiter, quoting=csv.QUOTE_NONE)]
    except csv.Error as error:
        raise Unreadable("damaged", f"文本表格的内容有误，分不出单元格。{RESAVE}。") from error
    finally:
        csv.field_size_limit(limit)


def _read(lines: list[str], delimiter: str, **how: Any) -> list[tuple[list[str], int]]:
    """The rows, each with the number of lines up to its end; they are counted while read.

    Raises csv.Error where quotation marks made one row of hundreds of lines.
    """
    reader = csv.reader(lines, delimiter=delimiter, **how)
    rows = []
    cells = 0
    for row in reader:
        cells += len(row)
        if cells > MAX_CELLS:
            raise _too_many_cells()
        if len(row) > MAX_COLUMNS:
            raise csv.Error
        rows.append((row, reader.line_num))
    return rows


def _spread(
    read: list[tuple[list[str], int]], lines: list[str], delimiter: str, remarks: list[str]
) -> list[list[str]]:
    """The rows; those that two stray quotation marks made one cell are read line by line."""
    widths = Counter(len(row) for row, _ in read if len(row) > 1)
    width = widths.most_common(1)[0][0] if widths else 0
    rows: list[list[str]] = []
    before = 0
    for row, end in read:
        if end - before > 1 and _is_swallowed(row, width, delimiter):
            remarks.append(
                f"第 {before + 1} 至 {end} 行被一对英文引号连成了一个单元格，"
                "已把引号当作普通文字逐行读取，请核对这些行。"
            )
            again = _read(lines[before:end], delimiter, quoting=csv.QUOTE_NONE)
            rows += [own for own, _ in again]
        else:
            rows.append(row)
        before = end
    return rows


def _is_swallowed(row: list[str], width: int, delimiter: str) -> bool:
    """Whether a cell of the row holds the ends and beginnings of rows of the table.

    The first of its lines then has as many delimiters as there are columns behind it, the last as
    many as there are before the cell that it ends, and each between as many as a row.
    """
    for place, cell in enumerate(row):
        inside = [line.count(delimiter) for line in _LINE_END.split(cell)]
        if len(inside) < 2 or (width < 4 and len(inside) < 5):
            continue
        between = [number for number in inside[1:-1] if number]
        whole = sum(number == width - 1 for number in between)
        if whole >= 1 and whole >= len(between) / 2:
            return True
        if inside[0] == width - 1 - place and inside[-1] == place + width - len(row):
            return inside[0] + inside[-1] > 0 and not between
    return False
