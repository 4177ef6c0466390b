"""Reading spreadsheets with calamine, after a look at each sheet's extent.

calamine aborts the process over a sheet with a far stray cell, in every format. So each format has
its guard (in `xls`, `xlsb`, `ods`; of an .xlsx, `xlsx` reads the sheets itself and leaves to
calamine what single cells mean), which also finds the errors and the hidden rows and
columns, of which calamine does not tell. Here this is put together: the sheets are read one by
one, without their strays, and whatever calamine or a guard raises is translated.
"""

import contextlib
import gc
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Grid,
    SheetFacts,
    Unreadable,
    damaged,
    refuse_many_sheets,
    too_large,
)
from jiandang.formats.matrix import CellMatrix
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue

# Characters that calamine may write out: each cell gets its own copy of a text that many share.
MAX_TEXTS = 64_000_000
FactsOf = Callable[[int, str], SheetFacts]


def refuse_shared(places: Iterable[object]) -> None:
    """No two sheets are made of the same content: some bytes would be read thousands of times."""
    if any(number > 1 for number in Counter(places).values()):
        raise damaged("几张工作表指向同一份内容")


class SheetIterator(Iterator[Grid]):
    """The worksheets of a workbook, one at a time; goes on after an unreadable one."""

    def __init__(self, sheets: list[SheetMetadata]) -> None:
        refuse_many_sheets(sum(sheet.typ == SheetTypeEnum.WorkSheet for sheet in sheets))
        self._sheets = enumerate(sheets)

    def __next__(self) -> Grid:
        index, sheet = next(self._sheets)
        while sheet.typ != SheetTypeEnum.WorkSheet:
            index, sheet = next(self._sheets)
        try:
            with translated():
                grid = self._read(index, sheet)
        except Unreadable as error:
            raise Unreadable(error.code, f"工作表“{sheet.name}”：{error.message}") from error
        grid.hidden = sheet.visible != SheetVisibleEnum.Visible
        return grid

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        raise NotImplementedError


class CalamineSheets(SheetIterator):
    """The grids of a workbook that calamine reads."""

    def __init__(self, data: bytes, facts_of: FactsOf, remarks: list[str]) -> None:
        with _quiet_panics():
            self._book = open_book(data)
        super().__init__(self._book.sheets_metadata)
        self._facts_of, self._remarks = facts_of, remarks

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        facts = self._facts_of(index, sheet.name)
        strays = facts.strays
        rows, columns = MAX_ROWS, MAX_COLUMNS
        if facts.cells > MAX_CELLS:
            rows, columns = facts.dense()
        with _quiet_panics():
            content = self._book.get_sheet_by_index(index)
            cells = read_cells(content)
        merged = [(*first, *last) for first, last in content.merged_cell_ranges or []]
        del content  # which is as large as all cells
        if facts.rows > rows or facts.columns > columns:
            strays = strays or list(_strays(cells, rows, columns))
            cells = [row[:columns] for row in cells[:rows]]
        if strays:
            self._remarks.append(stray_remark(sheet.name, strays))
        _place(cells, {(r, c): v for (r, c), v in facts.marks.items() if r < rows and c < columns})
        matrix = CellMatrix.of(cells)
        matrix.values = [*map(written_out, matrix.values)]
        return Grid(
            sheet.name,
            matrix,
            merged or facts.merged,
            hidden_rows=frozenset(facts.hidden_rows),
            hidden_columns=frozenset(facts.hidden_columns),
        )


def read_cells(content: CalamineSheet) -> list[list[Any]]:
    """All cells from A1 on. The garbage collector would look at every new row again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return content.to_python(skip_empty_area=False)
    finally:
        if collecting:
            gc.enable()


def _strays(cells: list[list[Any]], rows: int, columns: int) -> Iterator[str]:
    for r, row in enumerate(cells):
        for c, cell in enumerate(row if r >= rows else row[columns:], 0 if r >= rows else columns):
            if cell != "":
                yield cell_address(r, c)


def stray_remark(sheet: str, strays: list[str]) -> str:
    """That cells far from the table are not checked."""
    shown = "、".join(strays[:5]) + (f"等 {len(strays)} 个单元格" if len(strays) > 5 else "")
    return f"工作表“{sheet}”：远离表格的 {shown} 有内容，没有检查；如无用请删去。"


def refuse_texts(characters: int) -> None:
    """No real sheet has so long texts in so many cells."""
    if characters > MAX_TEXTS:
        raise too_large(f"单元格里的文字合计超过 {MAX_TEXTS // 10_000} 万字")


def written_out(cell: Any) -> Any:
    """A time span, as [h]:mm shows it: no register has one, so it is a text like any other."""
    if not isinstance(cell, timedelta):
        return cell
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _place(cells: list[list[Any]], marks: dict[tuple[int, int], ErrorValue]) -> None:
    """Put the errors into their cells, which may lie outside of what calamine has read."""
    if not marks:
        return
    height = max(row for row, _ in marks) + 1
    width = max([column + 1 for _, column in marks] + [len(row) for row in cells[:1]])
    cells.extend([] for _ in range(len(cells), height))
    for row in cells:
        row.extend([""] * (width - len(row)))
    for (r, c), mark in marks.items():
        cells[r][c] = mark


def open_book(data: bytes) -> CalamineWorkbook:
    """The workbook of these bytes, of any format that calamine knows."""
    with translated():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn whatever a parser raises into `Unreadable`, calamine's panics as well."""
    try:
        yield
    except (Unreadable, ImportError):
        raise
    except PasswordError as error:
        raise Unreadable("password", f"文件设有打开密码。{RESAVE}。") from error
    except WorksheetNotFound as error:
        raise damaged("找不到工作表的内容") from error
    except MemoryError as error:
        raise too_large("内存不足，读不下这个文件") from error
    except BaseException as error:
        # A panic is a BaseException that pyo3 does not export.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise damaged("内容有误") from error


@contextlib.contextmanager
def _quiet_panics() -> Iterator[None]:
    """Keep the stack traces that calamine prints on a panic from the clerk."""
    try:
        kept = os.dup(2)
    except OSError:  # no standard error
        yield
        return
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
