"""A table on a sheet → a typed frame: its columns parsed, and what is odd about it noticed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake import noticed
from jiandang.intake.above import read_from_above
from jiandang.intake.bands import read_lines
from jiandang.intake.codebook import Lists, lists_beside
from jiandang.intake.columns import CellRead
from jiandang.intake.digits import said_of_digits
from jiandang.intake.numbering import village_in
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.several import Several
from jiandang.intake.sheet_columns import read_columns, refuse_faults_alone, texts_read
from jiandang.intake.shift import SheetColumn, Shift, Swap, find_shifts, find_swaps
from jiandang.intake.structure import bad_merges, row_cut_off, structure_of
from jiandang.intake.ticks import read_ticks
from jiandang.intake.totals import wrong_totals
from jiandang.intake.twofold import tell_by_cells
from jiandang.intake.village_lines import villages_by_line
from jiandang.register.cells import Raw
from jiandang.register.register import Observation, SheetTable, reference
from jiandang.register.tables import EMBEDDABLE, own_columns

# Cells by their place among the data rows and their column in the sheet.
Cells = set[tuple[int, int]]


class Faulty:
    """Columns by data row whose cells say nothing and are not empty: what `bad` remembers."""

    def __init__(self) -> None:
        self._names: dict[int, list[str]] = {}

    def add(self, rows: Iterable[int], name: str) -> None:
        for row in rows:
            self._names.setdefault(row, []).append(name)

    def series(self, height: int) -> pl.Series:
        marks: list[str | None] = [None] * height
        for row, names in self._names.items():
            marks[row] = "|" + "|".join(names) + "|"
        return pl.Series("bad", marks, dtype=pl.String)


@dataclass(frozen=True)
class TableReader:
    """Reads tables of one sheet, of the `file`th file; days without a year are of `year`.

    `kept` gets the cells that are texts and could be read.
    """

    grid: Grid
    vocabulary: Vocabulary
    file: int
    year: int
    kept: list[CellRead] | None = None

    def read(
        self,
        segment: Segment,
        number: int,
        household: Segment | None = None,
        several: Several | None = None,
    ) -> ParsedTable:
        """The `number`th table of the register.

        Of persons in the rows of their `household`, nothing is said that is said there; `several`
        are rows of more than one person, of whom one is read.
        """
        grid, data = self.grid, segment.rows[Kind.DATA]
        titles = _titles(grid, segment)
        refs = [reference(number, row + 1) for row in data]
        repeated = _copies_of_merged_cells(grid, data)
        tell_by_cells(grid, segment)
        observations: list[Observation] = []
        if household is None:
            observations += self._read_rows(segment, number, repeated)
        table = self._sheet_table(segment, titles, is_beside=household is not None)
        columns = [*read_columns(grid, segment, self._lists(segment), self.year)]
        refuse_faults_alone(grid, columns, len(data))

        faulty = Faulty()
        observations += _take_out(columns, data, refs, faulty)
        _leave_out(grid, segment, columns, faulty)
        if several is not None:
            for row, name in several.bad(data, columns):
                faulty.add([row], name)
            if household is None:
                observations += several.said(data, refs, columns)
        told = set() if household is None else {*household.heading.columns.values()}
        own = [column for column in columns if column.position not in told]
        for column in columns:
            faulty.add(column.typed.faults, column.name)
        for column in own:
            observations += _said_of_cells(column, refs, repeated)
        observations += noticed.of_units(own, refs)
        if self.kept is not None:
            self.kept.extend(self._texts(segment, columns, repeated, several))

        series = [
            pl.Series("ref", refs, dtype=pl.Int64),
            *(column.typed.values.alias(column.name) for column in columns),
            faulty.series(len(data)),
        ]
        if household is None:
            lines = read_lines(grid, segment, self.vocabulary, number, self.year)
            series += lines.series
            observations += lines.observations
            table.columns |= lines.columns
            table.embedded = _embedded(table)
        if ("member", "village") not in table.columns:
            series += villages_by_line(grid, segment)
        frame = pl.DataFrame(series)
        observations += wrong_totals(grid, segment, number, frame)
        heading = segment.heading
        unknown = tuple(tuple(heading.stacks[column]) for column in sorted(heading.unknown))
        return ParsedTable(table, frame, observations, titles, unknown, (*segment.lists,))

    def _lists(self, segment: Segment) -> Lists:
        return {**self.vocabulary.lists, **lists_beside(self.grid, segment)}

    def _read_rows(self, segment: Segment, number: int, repeated: Cells) -> Iterator[Observation]:
        """Put into cells what other cells of the sheet say of them; what is odd about the rows.

        What is put in from elsewhere is `repeated`: of it nothing is said again.
        """
        ticked = read_ticks(self.grid, segment, self.vocabulary, number)
        yield from structure_of(self.grid, segment, self.vocabulary, number)
        from_above = read_from_above(self.grid, segment, number, self._lists(segment))
        repeated |= from_above.cells | ticked.cells
        yield from from_above.observations
        yield from ticked.observations
        yield from said_of_digits(segment.digits, number)

    def _sheet_table(
        self, segment: Segment, titles: Sequence[str], *, is_beside: bool
    ) -> SheetTable:
        heading = segment.heading
        table = SheetTable(
            file=self.file,
            sheet=self.grid.name,
            table=heading.table,
            heading_row=heading.last_row + 1,
            columns={(m.table, m.column): column for m, column in heading.columns.items()},
            rows=segment.counts,
            beside=is_beside,
            village=village_in(self.grid.name) or next(filter(None, map(village_in, titles)), None),
            mapped=heading.mapped,
        )
        table.embedded = _embedded(table)
        return table

    def _texts(
        self,
        segment: Segment,
        columns: Sequence[SheetColumn],
        repeated: Cells,
        several: Several | None,
    ) -> Iterator[CellRead]:
        """What the cells say that can be mended where they stand.

        Half a period, a number of a digit a cell, and a person of several are not what stands in
        the cell.
        """
        heading, data = segment.heading, segment.rows[Kind.DATA]
        in_parts = heading.periods | {heading.columns[meaning] for meaning in segment.digits}
        of_several = {} if several is None else several.persons
        for column in columns:
            if column.position not in in_parts:
                own = [
                    place
                    for place, row in enumerate(data)
                    if (place, column.position) not in repeated and row not in of_several
                ]
                yield from texts_read(self.grid.name, data, column, own)


def _take_out(
    columns: Sequence[SheetColumn], data: Sequence[int], refs: Sequence[int], faulty: Faulty
) -> Iterator[Observation]:
    """Empty the cells of rows that are out of line, and say so.

    The number of a household that stands beside its column is put into it.
    """
    for swap in find_swaps(columns):
        yield noticed.of_swap(swap, columns, refs)
        _empty(swap, [columns[place] for place in swap.places], swap.households(columns), faulty)
    for shift in find_shifts(columns):
        yield noticed.of_shift(shift, columns, data, refs[shift.rows[0]])
        void = columns[shift.void.start : shift.void.stop]
        _empty(shift, void, shift.households(columns), faulty)


def _empty(
    moved: Swap | Shift, columns: Iterable[SheetColumn], known: Mapping[int, str], faulty: Faulty
) -> None:
    for column in columns:
        column.clear(moved.rows)
        found = known if column.column.id == "household_id" else {}
        faulty.add((row for row in moved.rows if row not in found), column.name)
        if found:
            column.typed.values = column.typed.values.scatter([*found], [*found.values()])


def _leave_out(
    grid: Grid, segment: Segment, columns: Sequence[SheetColumn], faulty: Faulty
) -> None:
    """Leave out what a cut-off file or a bad merge has lost: it is not told of cell by cell."""
    if row_cut_off(grid, segment) is not None:
        last = [len(segment.rows[Kind.DATA]) - 1]
        for column in _behind_the_cut(grid, columns):
            column.clear(last)
            faulty.add(last, column.name)
    for row, name in _lost_in_merges(grid, segment, columns):
        faulty.add([row], name)


def _said_of_cells(
    column: SheetColumn, refs: Sequence[int], repeated: Cells
) -> Iterator[Observation]:
    own = {row for row, position in repeated if position == column.position}
    faults = {row: fault for row, fault in column.typed.faults.items() if row not in own}
    yield from noticed.of_faults(faults, refs, column)
    for remark in column.typed.remarks_together(own):
        yield noticed.of_remark(remark, refs, column)


def _titles(grid: Grid, segment: Segment) -> tuple[str, ...]:
    """The texts above the heading, each once; of those below another table the lone ones.

    Of tables beside each other each may have a title of its own.
    """
    if segment.title:
        return (segment.title,)
    rows = [grid.cells[i] for i in range(segment.first_title_row, segment.heading.first_row)]
    below = (grid.cells[i] for i in range(segment.first_line, segment.first_title_row))
    rows = [row for row in below if len({*row} - {""}) == 1] + rows
    within = slice(segment.within.start, segment.within.stop)
    own = [
        row[within] if segment.is_below or any(map(_is_text, row[within])) else row for row in rows
    ]
    return tuple(dict.fromkeys(cell for row in own for cell in row if _is_text(cell)))


def _is_text(cell: Raw) -> TypeGuard[str]:
    return isinstance(cell, str) and cell != ""


def _copies_of_merged_cells(grid: Grid, rows: Sequence[int]) -> set[tuple[int, int]]:
    """The cells that repeat the merged one above them, of which all has been said already."""
    places = {row: i for i, row in enumerate(rows)} if grid.merged else {}
    return {
        (places[row], left)
        for top, left, bottom, right in grid.merged
        if left == right
        for row in range(top + 1, min(bottom + 1, len(grid.rows)))
        if row in places
    }


def _behind_the_cut(grid: Grid, columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """Of the last row of a cut-off file: the cell that may be half a one, and all behind it."""
    last = max((c for c, cell in enumerate(grid.cells[-1]) if cell != ""), default=0)
    return [column for column in columns if column.position >= last]


def _lost_in_merges(
    grid: Grid, segment: Segment, columns: Sequence[SheetColumn]
) -> Iterator[tuple[int, str]]:
    """The cells below or beside the first of a bad merge: they are not told of one by one."""
    numbers = {row: i for i, row in enumerate(segment.rows[Kind.DATA])} if grid.merged else {}
    for (top, left, bottom, right), _ in bad_merges(grid, segment):
        for column in columns:
            if left <= column.position <= right:
                first = top if column.position > left else top + 1
                for row in range(first, min(bottom + 1, len(grid.rows))):
                    if row in numbers:
                        yield numbers[row], column.name


def _embedded(sheet: SheetTable) -> tuple[str, ...]:
    return tuple(t for t in EMBEDDABLE if t != sheet.table and _is_embedded(sheet, t))


def _is_embedded(sheet: SheetTable, table: str) -> bool:
    """Whether the sheet carries another table's columns, and not just one for information."""
    own = [name for name in own_columns(table) if sheet.has(table, name)]
    if table == "household":
        return sheet.table == "member" or len(own) >= 3
    return bool(own)
