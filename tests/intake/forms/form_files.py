"""Writes a sheet as a file of each format that a form may come in."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw, as_text


def write_file(grid: Grid, path: Path) -> Path:
    """Write the sheet in the format of the name; gives the name."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".html": _html}[path.suffix](grid, path)
    return path


def _xlsx(grid: Grid, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(grid.name)
    for r, row in enumerate(grid.rows, 1):
        for c, raw in enumerate(row, 1):
            if raw != "":
                sheet.cell(r, c, raw)
    for top, left, bottom, right in grid.merged:
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    book.save(path)


def _xls(grid: Grid, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(grid.name)
    merged = {(m[0], m[1]): m for m in grid.merged}
    for r, row in enumerate(grid.rows):
        for c, raw in enumerate(row):
            if (m := merged.get((r, c))) is not None:
                sheet.write_merge(m[0], m[2], m[1], m[3], raw)
            elif raw != "":
                sheet.write(r, c, raw)
    book.save(str(path))


def _spans(grid: Grid) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """The spans of merged cells by their first cell, and the cells that they cover."""
    spans, covered = {}, set()
    for top, left, bottom, right in grid.merged:
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    return spans, covered - spans.keys()


def _ods(grid: Grid, path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name=grid.name)
    spans, covered = _spans(grid)
    for r, row in enumerate(grid.rows):
        line = TableRow()
        for c, raw in enumerate(row):
            if (r, c) in covered:
                line.addElement(CoveredTableCell())
                continue
            rows, columns = spans.get((r, c), (1, 1))
            span = {"numberrowsspanned": rows, "numbercolumnsspanned": columns}
            if isinstance(raw, float):
                cell = TableCell(valuetype="float", value=raw, **span)
            else:
                cell = TableCell(valuetype="string", **span) if raw != "" else TableCell(**span)
            for text in as_text(raw).split("\n") if raw != "" else ():
                cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def _html(grid: Grid, path: Path) -> None:
    spans, covered = _spans(grid)
    lines = []
    for r, row in enumerate(grid.rows):
        cells = []
        for c, raw in enumerate(row):
            if (r, c) in covered:
                continue
            rows, columns = spans.get((r, c), (1, 1))
            text = escape(as_text(raw)).replace("\n", "<br>")
            cells.append(f'<td rowspan="{rows}" colspan="{columns}">{text}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    text = f'<html><head><meta charset="utf-8"></head><table>{"".join(lines)}</table></html>'
    path.write_text(text, encoding="utf-8")


def write_book(path: Path, sheets: Mapping[str, Iterable[Iterable[Raw]]]) -> Path:
    """A workbook with these sheets, as openpyxl writes it."""
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)
    return path
