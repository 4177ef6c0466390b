"""Sheets on which a list of households, a row each, stands above or below forms of others."""

from dataclasses import replace

from jiandang.intake.forms.recognise import WINDOW, Evidence, is_form_sheet, labelled_rows
from jiandang.intake.forms.sheet import Sheet


def list_among_forms(sheet: Sheet) -> int | None:
    """The row of the heading of such a list, counted from 0; None where no form is beside one.

    Only the first rows are looked at, as everywhere to tell what a sheet is.
    """
    labelled, _ = labelled_rows(sheet)
    if labelled < 2:
        return None
    heads = Evidence(sheet, [r for r in range(min(len(sheet), WINDOW)) if sheet.row(r)]).lists
    if not heads:
        return None
    rows = list(sheet.grid.rows[:WINDOW])
    for head in heads:
        for row in _rows_of_list(sheet, head):
            rows[row] = [""] * len(rows[row])
    rest = Sheet(replace(sheet.grid, rows=rows), sheet.vocabulary)
    return heads[0] if is_form_sheet(rest) else None


def _rows_of_list(sheet: Sheet, head: int) -> range:
    """From the titles right above a heading to the last row below it of several values."""
    start, stop = head, head + 1
    while start and len(above := sheet.row(start - 1)) == 1 and not above[0].labels:
        start -= 1
    while stop < min(len(sheet), WINDOW) and len(cells := sheet.row(stop)) > 1:
        if any(cell.labels for cell in cells):
            break
        stop += 1
    return range(start, stop)
