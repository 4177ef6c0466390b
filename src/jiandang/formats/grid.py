"""What every file format is read into, and what is known of it before.

The sheets of cells, the reasons why a file or a sheet is not read, the sizes that can be read, and
the facts of a sheet that calamine does not tell: all formats share these.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from jiandang.errors import JiandangError
from jiandang.formats.matrix import CellMatrix
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue, Raw

# (first row, first column, last row, last column), all 0-based and inclusive.
Range = tuple[int, int, int, int]

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再检查"
# calamine takes up to 90 bytes a cell, so 12 million cells (1.1 GB) are what a clerk's PC bears:
# 270,000 people with 43 columns, or all 16,384 columns over 730 rows.
MAX_CELLS = 12_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
# Of one file, all its sheets together. A township has a form page a household: some hundreds.
MAX_CELLS_OF_FILE = 2 * MAX_CELLS
MAX_SHEETS = 2000


class Unreadable(JiandangError):
    """A file, or a sheet, that cannot be read: a stable code and what to do, in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def damaged(detail: str) -> Unreadable:
    """The error for a file that is broken inside."""
    return Unreadable("damaged", f"文件已损坏（{detail}）。{RESAVE}；打不开的请重新导出。")


def too_large(detail: str) -> Unreadable:
    """The error for a file or a sheet that would exhaust the memory."""
    return Unreadable("too_large", f"{detail}。请删去表外内容，或按乡镇、村拆分成几个文件再检查。")


def refuse_many_sheets(number: int) -> None:
    """No register has so many sheets; where their number is known, none of them is read."""
    if number > MAX_SHEETS:
        raise too_large(f"文件里的表超过 {MAX_SHEETS} 张")


@dataclass
class Grid:
    """One sheet. `rows[r][c]` is the cell in row r + 1 and column c + 1; an empty cell is "".

    Numbers, dates and booleans keep their type; a formula's error is an `ErrorValue`.
    `merged` ranges hold their value in the top left cell only. In an `untyped` sheet (of a text
    or HTML file) every cell is a text, whatever it means. Where `is_cut_off`, the file seems to
    end within the last row.
    """

    name: str
    rows: Sequence[list[Raw]]
    merged: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    untyped: bool = False
    is_cut_off: bool = False

    def __post_init__(self) -> None:
        """Raise `Unreadable` for merged cells that overlap: Excel and WPS write none.

        Those that do not are together no more than the cells that there are.
        """
        if self.merged:
            end = len(self.rows), max(map(len, self.rows), default=0)
            area = sum(
                max(min(bottom + 1, end[0]) - top, 0) * max(min(right + 1, end[1]) - left, 0)
                for top, left, bottom, right in self.merged
            )
            if area > end[0] * end[1]:
                raise damaged("合并单元格互相重叠")

    @cached_property
    def cells(self) -> CellMatrix:
        """The rows as a matrix, into which merged cells are filled down."""
        return CellMatrix.of(self.rows)


class Budget:
    """What is left of what one file may cost, its sheets together."""

    def __init__(self) -> None:
        self._sheets, self._cells = MAX_SHEETS, MAX_CELLS_OF_FILE

    def sheet(self) -> None:
        """Take off a sheet."""
        self._sheets -= 1
        refuse_many_sheets(MAX_SHEETS - self._sheets)

    def cells(self, number: int) -> None:
        """Take off so many cells, or places that a cell covers."""
        self._cells -= number
        if self._cells < 0:
            raise too_large(f"各表合计超过可检查的 {MAX_CELLS_OF_FILE // 10_000} 万格")


class Budgeted(Iterator["Grid"]):
    """Grids, each of which is taken off the budget when it has been read.

    Goes on after one that could not be read, as the iterator that it wraps.
    """

    def __init__(self, grids: Iterator["Grid"], budget: Budget) -> None:
        self._grids, self._budget = grids, budget

    def __next__(self) -> "Grid":
        grid = next(self._grids)
        self._budget.sheet()
        self._budget.cells(len(grid.rows) * len(grid.rows[0]) if len(grid.rows) else 0)
        return grid


class Spans:
    """Rows or columns in runs, of which a few bytes can name millions: only their ends are kept."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int]] = []

    def add(self, first: int, last: int) -> None:
        """Add a run, both ends included."""
        if first <= last:
            self._runs.append((first, last))

    def below(self, end: int) -> frozenset[int]:
        """The numbers in the runs that are less than `end`."""
        numbers: set[int] = set()
        at = 0
        for first, last in sorted(self._runs):
            at = max(at, first)
            if at >= end:
                break
            numbers.update(range(at, min(last + 1, end)))
            at = max(at, last + 1)
        return frozenset(numbers)


@dataclass
class Workbook:
    """An opened file. `grids` reads one sheet at a time, so that only one is held in memory.

    `sha256` is of the bytes of the file as it lies there. `remarks` says in Chinese what was
    noticed about the file itself (a wrong extension).
    """

    grids: Iterator[Grid]
    sha256: str
    remarks: list[str] = field(default_factory=list)


@dataclass
class SheetFacts:
    """What calamine does not tell of a sheet, and the bounds of its area, counted from A1."""

    rows: int = 0
    columns: int = 0
    marks: dict[tuple[int, int], ErrorValue] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    # The addresses of cells far from the table that have been left out already.
    strays: list[str] = field(default_factory=list)
    # How many cells with a value each row and column has, where every cell was looked at.
    in_row: Counter[int] = field(default_factory=Counter)
    in_column: Counter[int] = field(default_factory=Counter)

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def dense(self) -> tuple[int, int]:
        """The bounds without a few stray cells far from the table. Raises `Unreadable` for more."""
        rows, columns = _dense_end(self.in_row), _dense_end(self.in_column)
        if rows * columns > MAX_CELLS:
            raise self.too_wide()
        return rows, columns

    def too_wide(self) -> Unreadable:
        """The error for a sheet whose bounds are too wide."""
        corner = cell_address(self.rows - 1, self.columns - 1)
        return too_large(
            f"有内容的区域一直到 {corner}（{self.rows} 行 × {self.columns} 列），"
            f"超过可检查的 {MAX_CELLS // 10_000} 万格"
        )


_STRAYS = 100


def _dense_end(counts: Counter[int]) -> int:
    """The end of the places that are left when at most 100 cells behind a gap are taken off."""
    places = sorted(counts, reverse=True)
    end = places[0] + 1 if places else 0
    behind = widest = 0
    for place, previous in pairwise(places):
        behind += counts[place]
        if behind > _STRAYS:
            break
        if place - previous > max(widest, 10):
            widest, end = place - previous, previous + 1
    return end


def runs(numbers: Iterable[int]) -> Iterator[range]:
    """The runs of rising numbers that follow on each other: 3 4 5 9 → 3-5, 9."""
    run = range(0)
    for number in numbers:
        if run and number != run.stop:
            yield run
            run = range(0)
        run = range(run.start if run else number, number + 1)
    if run:
        yield run
