"""Opening a file, whatever it is: the content decides, not the extension."""

import io
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from jiandang.intake.grid import Grid, Unreadable, Workbook


def open_workbook(path: Path, password: str | None = None, ask_password=None) -> Workbook:
    """Open `path`; raises `Unreadable` with a clear Chinese reason."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    except Exception as error:
        raise Unreadable("not_a_workbook", f"打不开：{error}") from error
    return Workbook(_grids(book))


def _grids(book: CalamineWorkbook) -> Iterator[Grid]:
    for sheet in book.sheets_metadata:
        data = book.get_sheet_by_name(sheet.name)
        merged = [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in data.merged_cell_ranges or []]
        yield Grid(
            sheet.name,
            data.to_python(skip_empty_area=False),
            merged,
            hidden=sheet.visible != SheetVisibleEnum.Visible,
        )


def find_files(paths):
    return list(paths)
