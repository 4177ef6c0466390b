"""An .xlsx with the content of a file of another format, so that it can be marked."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

from jiandang.formats.grid import Grid
from jiandang.formats.opening import open_bytes
from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.formats.xlsx.text import address, display_width
from jiandang.formats.xlsx.writing_book import free_sheet_name, write_book
from jiandang.formats.xlsx.writing_sheet import Cell, Row, Sheet
from jiandang.patterns import regex
from jiandang.register.cells import Raw

_FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f]")
_MAX_NAME = 31
_ROWS_MEASURED = 200


def write_rebuilt(
    data: bytes, source: Path, target: Path, password: str | None = None
) -> dict[str, str]:
    """Write the sheets of a file and return the new names of those that had to be renamed.

    `data` are the bytes of `source`.
    """
    styles = Styles(BLANK_STYLES)
    sheets: list[Sheet] = []
    renamed = {}
    for grid in open_bytes(data, source, password).grids:
        name = free_sheet_name(_safe_name(grid.name), [sheet.name for sheet in sheets])
        if name != grid.name:
            renamed[grid.name] = name
        sheets.append(_sheet(name, grid, styles))
    sheets[0].selected = True
    write_book(target, sheets, styles)
    return renamed


def _safe_name(name: str) -> str:
    """A name that Excel accepts."""
    return _FORBIDDEN.sub("_", name)[:_MAX_NAME].strip("'") or "Sheet"


def _sheet(name: str, grid: Grid, styles: Styles) -> Sheet:
    return Sheet(
        name,
        _rows(grid, styles),
        _widths(grid),
        merged=[
            f"{address(top + 1, left + 1)}:{address(bottom + 1, right + 1)}"
            for top, left, bottom, right in grid.merged
        ],
    )


def _rows(grid: Grid, styles: Styles) -> Iterator[Row]:
    text = styles.format(border=False, wrap=False)
    number = styles.format(border=False, wrap=False, number_format=0)
    day = styles.format(border=False, wrap=False, number_format="yyyy-mm-dd")
    moment = styles.format(border=False, wrap=False, number_format="yyyy-mm-dd hh:mm")

    def cell(raw: Raw) -> Cell | None:
        if raw == "":
            return None
        if isinstance(raw, str):
            return Cell(str(raw), text)
        if isinstance(raw, time):
            return Cell(raw.isoformat(), text)
        if isinstance(raw, datetime):
            return Cell(raw, moment if raw.time() != time() else day)
        if isinstance(raw, date):
            return Cell(raw, day)
        return Cell(raw, number)

    return ([cell(raw) for raw in row] for row in grid.rows)


def _widths(grid: Grid) -> list[float]:
    """Wide enough for most of what stands in the first rows."""
    widths: list[float] = []
    for row in islice(grid.rows, _ROWS_MEASURED):
        for column, raw in enumerate(row):
            if column == len(widths):
                widths.append(8.0)
            widths[column] = max(widths[column], min(display_width(str(raw)) + 2, 24.0))
    return widths
