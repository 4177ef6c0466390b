"""Sheets on which a list, of households or persons, stands beside forms of others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.intake.forms.headed_lists import lists_among
from jiandang.intake.forms.recognise import (
    ROWS_OF_TITLE,
    TITLE,
    WINDOW,
    has_other_title,
    is_form_sheet,
)
from jiandang.intake.forms.sheet import Cell, Sheet
from jiandang.register.address import column_letters

_LEAST_COLUMNS = 3


class Mixed(NamedTuple):
    """The row of the heading of such a list, counted from 0, both parts of the sheet, and where the
    list begins: 第9行, M列.

    The parts keep their rows and columns. They are None where the list is no block above, below or
    beside all forms.
    """

    head: int
    forms: Grid | None = None
    table: Grid | None = None
    at: str = ""


def list_beside_forms(sheet: Sheet) -> Mixed | None:
    """A list right of all forms, behind an empty column; None where there is none.

    It is headed as such a list is, or called so (低保名单); on its left are forms alone.
    """
    grid = sheet.grid
    if sheet.labelled[0] < 2:
        return None
    filled = (grid.cells.codes != 0).any(axis=0)
    for _, left, _, right in grid.merged:
        filled[left : right + 1] = True
    used = np.flatnonzero(filled)
    first = replace(grid, rows=grid.rows[:WINDOW])  # of a long table
    for column in used[1:][np.diff(used) > 1].tolist():
        before, behind = range(column), range(column, len(filled))
        own = Sheet(_columns_of(first, behind), sheet.vocabulary)
        rows = [row for row in range(len(own)) if own.row(row)]
        heads = lists_among(own, rows)
        if not (heads or has_other_title(own, rows)):
            continue
        page = Sheet(_columns_of(first, before), sheet.vocabulary)
        # Where both are headed in one row they are two tables.
        beside = page.row(heads[0]) if heads else []
        are_tables = len(beside) >= _LEAST_COLUMNS and all(cell.labels for cell in beside)
        if not are_tables and is_form_sheet(page):
            forms, table = (_columns_of(grid, columns) for columns in (before, behind))
            at = f"{column_letters(column + 1)}列"
            return Mixed(heads[0] if heads else rows[0], forms, table, at)
    return None


def list_among_forms(sheet: Sheet) -> Mixed | None:
    """Where a list stands on a sheet with forms; None where no form is beside one.

    Only the first rows are looked at, as everywhere to tell what a sheet is.
    """
    first = range(min(len(sheet), WINDOW))
    found = None if sheet.labelled[0] < 2 else _list_in(sheet, first)
    return found or _titled_list_above(sheet, first)


def list_behind_forms(sheet: Sheet) -> Mixed | None:
    """Where a list stands on a sheet whose first rows are forms, further down."""
    return _list_in(sheet, range(WINDOW, len(sheet)))


def _list_in(sheet: Sheet, rows: range) -> Mixed | None:
    heads = lists_among(sheet, (row for row in rows if sheet.row(row)))
    if not heads:
        return None
    # The first page of a list may have the rows of one household alone, as a form has.
    headings = {_heading(sheet, head) for head in heads}
    heads = [row for row in rows if row in heads or _heading(sheet, row) in headings]
    lists = [_rows_of_list(sheet, head) for head in heads]
    rest = Sheet(_without(sheet.grid, (row for rows in lists for row in rows)), sheet.vocabulary)
    if not is_form_sheet(rest):
        return None
    border = _border(sheet, lists[0]) if len(lists) == 1 else None
    if border is None:
        return Mixed(heads[0])
    others = (row for row in range(len(sheet)) if row not in border)
    at = f"第{border.start + 1}行"
    return Mixed(heads[0], _without(sheet.grid, border), _without(sheet.grid, others), at)


def _heading(sheet: Sheet, row: int) -> tuple[tuple[str, ...], ...]:
    """The texts of a heading's row and of the row above it."""
    return tuple(tuple(c.text for c in sheet.row(r)) for r in (row - 1, row) if r >= 0)


def _titled_list_above(sheet: Sheet, rows: range) -> Mixed | None:
    """A list of whatever persons, called so (低保名单), over titled forms behind a blank row."""
    first = [*islice((row for row in rows if sheet.row(row)), ROWS_OF_TITLE)]
    if not has_other_title(sheet, first):  # as of nearly all sheets: what follows takes long
        return None
    filled = [row for row in rows if sheet.row(row)]
    heads = (row for row in filled if len(sheet.row(row)) >= _LEAST_COLUMNS)
    head = next(heads, rows.stop)
    for row in filled:
        if row > head and not sheet.row(row - 1) and _is_title_of_form(sheet.row(row)):
            above, below = range(row), range(row, len(sheet))
            forms = _without(sheet.grid, above)
            if is_form_sheet(Sheet(forms, sheet.vocabulary)):
                return Mixed(head, forms, _without(sheet.grid, below), f"第{filled[0] + 1}行")
    return None


def _is_title_of_form(cells: Sequence[Cell]) -> bool:
    return len(cells) == 1 and not cells[0].labels and TITLE.search(cells[0].solid) is not None


def _without(grid: Grid, rows: Iterable[int]) -> Grid:
    """The sheet with some of its rows empty."""
    blank = {*rows}
    merged = [cell for cell in grid.merged if cell[0] not in blank]
    return replace(grid, rows=grid.cells.without(rows=[*blank]), merged=merged)


def _columns_of(grid: Grid, columns: range) -> Grid:
    """The sheet with the cells of all other columns empty."""
    others = [column for column in range(grid.cells.codes.shape[1]) if column not in columns]
    merged = [m for m in grid.merged if m[1] in columns]
    return replace(grid, rows=grid.cells.without(columns=others), merged=merged)


def _border(sheet: Sheet, own: range) -> range | None:
    """The rows of a list with the notes below it, where all forms are above or below these.

    A blank row parts them.
    """
    filled = [row for row in range(len(sheet)) if sheet.row(row)]
    above = [row for row in filled if row < own.start]
    below = [row for row in filled if row >= own.stop]
    if above and above[-1] == own.start - 1:
        return None
    if above:  # what stands below the list is but its own foot
        is_foot = all(len(sheet.row(row)) == 1 and not sheet.row(row)[0].labels for row in below)
        return range(own.start, len(sheet)) if is_foot else None
    return own if below and below[0] > own.stop else None


def _rows_of_list(sheet: Sheet, head: int) -> range:
    """From the titles right above a heading to the last row below it of several values."""
    start, stop = head, head + 1
    while start and len(above := sheet.row(start - 1)) == 1 and not above[0].labels:
        start -= 1
    while stop < len(sheet) and len(cells := sheet.row(stop)) > 1:
        if any(cell.labels for cell in cells):
            break
        stop += 1
    return range(start, stop)
