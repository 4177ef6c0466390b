"""What every file format is read into: sheets of cells, and the reasons why a file is not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jiandang.register.cells import Raw

# (first row, first column, last row, last column), all 0-based and inclusive.
Range = tuple[int, int, int, int]


class Unreadable(Exception):
    """A file, or a sheet, that cannot be read: a stable code and what to do, in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Grid:
    """One sheet. `rows[r][c]` is the cell in row r + 1 and column c + 1; an empty cell is "".

    Numbers, dates and booleans keep their type; a formula's error is an `ErrorValue`.
    `merged` ranges hold their value in the top left cell only. In an `untyped` sheet (of a text
    or HTML file) every cell is a text, whatever it means.
    """

    name: str
    rows: list[list[Raw]]
    merged: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    untyped: bool = False


@dataclass
class Workbook:
    """An opened file. `grids` reads one sheet at a time, so that only one is held in memory.

    `remarks` says in Chinese what was noticed about the file itself (a wrong extension).
    """

    grids: Iterator[Grid]
    remarks: list[str] = field(default_factory=list)


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
