"""Rows whose values stand a column too far to the left or right, or in each other's place.

Only rows with two odd cells or more are looked at, so a clean register costs nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import chain, combinations, islice
from operator import or_

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import runs
from jiandang.formats.matrix import CellColumn
from jiandang.headings.units import Unit
from jiandang.intake.columns import TypedColumn
from jiandang.register.cells import CellError, Context, Raw
from jiandang.register.resident_id import is_valid
from jiandang.register.table import Column

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_LEAST_ROWS = 3
# So many cells of one row that all fit the heading on the same side are no chance either.
LEAST_CELLS = 5
# Kinds of cells that take any text, so that a text that fits them says nothing.
ANYTHING = {"文本", "签字"}
# So many numbers show what households are called by.
_SOME = 100
_NAME = "姓名"


@dataclass
class SheetColumn:
    """A recognised column of a sheet: its cells as they stand, and as they were read.

    `unit` is what a text above the heading says, whether it was believed or not.
    """

    column: Column
    table: str
    position: int
    cells: CellColumn
    context: Context
    typed: TypedColumn
    unit: Unit

    @property
    def name(self) -> str:
        """The name that the column has in the frame."""
        return f"{self.table}.{self.column.id}"

    def clear(self, rows: Sequence[int]) -> None:
        """Take out what was read in some rows, and all that was said of it."""
        typed = self.typed
        typed.values = typed.values.scatter(list(rows), None)
        for row in rows:
            typed.faults.pop(row, None)
            typed.remarks.pop(row, None)
            typed.odd.discard(row)


@dataclass
class Shift:
    """A run of rows that are out of line, by their places among the data rows.

    `moved` are the pairs of columns (where a value stands, where it belongs) of the first row,
    `void` the columns that say nothing in these rows; both by their place in the sheet's order.
    """

    rows: range
    moved: list[tuple[int, int]]
    void: range

    def households(self, columns: Sequence[SheetColumn]) -> dict[int, str]:
        """The numbers of households that stand beside their column, by row.

        They say whose row it is, so that its household lacks nobody. One that could be the number
        of a person is not odd where it stands, but all of the row goes to one side.
        """
        sides = {other - place for place, other in self.moved}
        moved = {(o - side, o) for side in sides for o in self.void} if len(sides) == 1 else ()
        return _households(self.rows, {*self.moved, *moved}, columns)


@dataclass
class Swap:
    """A row, or a run of them, in which two columns hold one another's values.

    Rows are counted among the data rows, columns in the sheet's order.
    """

    rows: list[int]
    places: tuple[int, int]

    def households(self, columns: Sequence[SheetColumn]) -> dict[int, str]:
        """The numbers of households that stand in the other column, by row."""
        return _households(self.rows, {self.places, self.places[::-1]}, columns)


def _households(
    rows: Iterable[int], moved: Iterable[tuple[int, int]], columns: Sequence[SheetColumn]
) -> dict[int, str]:
    """By row the number of a household that stands in one column and belongs in the other."""
    return {
        row: str(columns[other].column.cell.read(raw, columns[other].context).value)
        for place, other in moved
        if columns[other].column.id == "household_id" and 0 <= place < len(columns)
        for row in rows
        if _could_stand_in(columns[other], raw := columns[place].cells[row])
    }


def find_swaps(columns: Sequence[SheetColumn]) -> Iterator[Swap]:
    """The rows in which two cells are none of their columns' values and each is the other's.

    Where the cells beside them are odd as well, all of the row has moved (`find_shifts`).
    """
    odd_cells = {
        place: odd for place, column in enumerate(columns) if (odd := column.typed.doubtful)
    }
    odd_rows = set().union(*odd_cells.values())
    for place, column in enumerate(columns):
        if column.column.id == "household_id":
            odd_cells[place] = odd_cells.get(place, set()) | _of_persons(column, odd_rows)
    # A row in which many cells are odd is out of line as a whole.
    times = Counter(chain.from_iterable(odd_cells.values()))
    moved = {row for row, count in times.items() if count >= LEAST_CELLS}
    free = {place: odd - moved for place, odd in odd_cells.items()}
    for one, other in combinations(sorted(free), 2):
        pair = columns[one], columns[other]
        if pair[0].table != pair[1].table:
            continue
        beside = {at + side for at in (one, other) for side in (-1, 1)} - {one, other}
        out_of_line = set().union(*(odd_cells.get(at, ()) for at in beside))
        both = np.array(sorted((free[one] & free[other]) - out_of_line), np.int64)
        rows = both[_stand_in(*pair, both) & _stand_in(*pair[::-1], both)]
        for run in _stretches(rows, pair):
            free[one] -= {*run}
            free[other] -= {*run}
            apart = [run] if len(run) >= _LEAST_ROWS else [[row] for row in run]
            yield from (Swap(own, (one, other)) for own in apart)


def _of_persons(column: SheetColumn, rows: Collection[int]) -> set[int]:
    """Those of some rows that have a person's number, which most households do not have here."""
    found = {row for row in rows if is_valid(str(column.cells[row]))}
    some = [*islice(column.cells.distinct()[0], _SOME)] if found else []
    return found if 2 * sum(is_valid(str(raw)) for raw in some) < len(some) else set()


def _stretches(rows: Places, pair: tuple[SheetColumn, SheetColumn]) -> Iterator[list[int]]:
    """The rows in runs, with those in and beside these whose cells may be exchanged as well.

    As one of two that are mostly empty: who does not work has nothing under 务工状况.
    """
    if len(rows) < _LEAST_ROWS:
        yield from ([row] for row in rows.tolist())
        return
    every = np.arange(len(pair[0].cells))
    fits = [
        _stand_in(column, other, every) | column.cells.are("".__eq__, every)
        for column, other in (pair, pair[::-1])
    ]
    is_odd = np.zeros(len(every), bool)
    is_odd[[*(pair[0].typed.doubtful | pair[1].typed.doubtful)]] = True
    surely = {*rows.tolist()}
    for run in runs(np.flatnonzero(fits[0] & fits[1]).tolist()):
        if sure := [row for row in run if row in surely]:
            if len(sure) < _LEAST_ROWS:
                yield sure
                continue
            odd = np.flatnonzero(is_odd[run.start : run.stop]) + run.start
            yield [*range(int(odd[0]), int(odd[-1]) + 1)]


def find_shifts(columns: Sequence[SheetColumn]) -> list[Shift]:
    """The rows that are out of line; `columns` in the sheet's order.

    Three in a row, or one in which many cells are: an extra comma moves a whole line.
    """
    odd_cells = [column.typed.doubtful for column in columns]
    odd = Counter(chain.from_iterable(odd_cells))  # in how many columns each row is odd
    suspects = sorted(row for row, count in odd.items() if count >= 2)
    near = {row for run in runs(suspects) if len(run) >= _LEAST_ROWS for row in run}
    alone = {row for row in suspects if odd[row] >= LEAST_CELLS}
    moved = _out_of_line(sorted(near | alone), columns, odd_cells)
    return [
        _shift(rows, moved, columns)
        for run in runs(moved)
        for rows in ([run] if len(run) >= _LEAST_ROWS else _each_alone(run, moved))
    ]


def _each_alone(run: range, moved: dict[int, list[tuple[int, int]]]) -> Iterator[range]:
    """The rows of a run each of which is plainly moved to one side."""
    for row in run:
        sides = Counter(other - place for place, other in moved[row])
        (side, count), *others = sides.most_common()
        if count >= LEAST_CELLS and count > 2 * sum(number for _, number in others):
            moved[row] = [pair for pair in moved[row] if pair[1] - pair[0] == side]
            yield range(row, row + 1)


def _could_stand_in(column: SheetColumn, raw: Raw) -> bool:
    cell = column.column.cell
    if raw == "" or cell.name in ANYTHING:
        return False
    try:
        value = cell.read(raw, column.context).value
    except CellError:
        return False
    if cell.clean:
        return re.fullmatch(cell.clean, str(value)) is not None
    return value is not None


def _out_of_line(
    rows: Sequence[int], columns: Sequence[SheetColumn], odd_cells: Sequence[set[int]]
) -> dict[int, list[tuple[int, int]]]:
    """The rows with two neighbouring odd cells that fit the heading to the left or right.

    By row the pairs of columns. Any two or three characters could be a name, so that one of the
    headings has to be another.
    """
    if not rows:  # as in nearly all sheets
        return {}
    at, last = np.array(rows, np.int64), len(columns) - 1
    nowhere = np.zeros(len(at), bool)
    fitting: dict[tuple[int, int], Mask] = {}
    moved = []
    for place, odd in enumerate(odd_cells):
        is_odd, fits_any = np.isin(at, np.fromiter(odd, np.int64)), nowhere
        for other in range(max(place - 1, 0), min(place + 1, last) + 1):
            if other != place:
                fits = nowhere.copy()
                fits[is_odd] = _stand_in(columns[place], columns[other], at[is_odd])
                fitting[place, other] = fits
                fits_any = fits_any | fits
        moved.append(fits_any)
    near = [one & two for gap in (1, 2) for one, two in zip(moved, moved[gap:], strict=False)]
    sure = [f for (_, to), f in fitting.items() if columns[to].column.cell.name != _NAME]
    out_of_line = reduce(or_, near, nowhere) & reduce(or_, sure, nowhere)
    return {
        rows[n]: [pair for pair, fits in fitting.items() if fits[n]]
        for n in np.flatnonzero(out_of_line).tolist()
    }


def _stand_in(column: SheetColumn, other: SheetColumn, rows: Places) -> Mask:
    """For each of the rows whether the column's cell could stand in the other."""
    return column.cells.are(partial(_could_stand_in, other), rows)


def _shift(
    run: range, moved: dict[int, list[tuple[int, int]]], columns: Sequence[SheetColumn]
) -> Shift:
    pairs = [pair for row in run for pair in moved[row]]
    first, last = min(map(min, pairs)), max(map(max, pairs))
    sides = {other - place for place, other in pairs}
    if len(sides) == 1:  # what fits the heading beside it belongs to it
        (side,) = sides
        begins = (p for p in range(first) if all(_begins(columns, p, first, side, r) for r in run))
        first = min(begins, default=first)
    if len(run) == 1:  # what cannot stand further to the left belongs to it
        misfits = (p for p in range(first) if _is_no_value_of(columns[p], run[0]))
        first = min(misfits, default=first)
        while first and columns[first - 1].column.cell.name in ANYTHING:  # nor can be told
            first -= 1
    # Values that changed places leave the rest in order; a shift goes on to the row's end.
    swapped = len(sides) == 2
    void = range(first, last + 1 if swapped else len(columns))
    return Shift(run, moved[run[0]], void)


def _begins(columns: Sequence[SheetColumn], at: int, first: int, side: int, row: int) -> bool:
    """Whether a cell that is empty or could not be read begins what is moved.

    All between it and what is plainly moved fits the heading beside it as well.
    """
    is_begun = columns[at].cells[row] == "" or row in columns[at].typed.faults
    return is_begun and all(
        columns[place].cells[row] == ""
        or columns[place + side].column.cell.name in ANYTHING
        or _could_stand_in(columns[place + side], columns[place].cells[row])
        for place in range(at + 1, first)
    )


def _is_no_value_of(column: SheetColumn, row: int) -> bool:
    clean, value = column.column.cell.clean, column.typed.values[row]
    return clean is not None and value is not None and re.fullmatch(clean, str(value)) is None
