"""One sheet → typed frames: headings recognised, rows sorted, columns parsed, faults noted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeGuard

import numpy as np
import polars as pl

from jiandang.formats.grid import Grid, Unreadable
from jiandang.headings.periods import days_in
from jiandang.headings.units import TextsAbove, Unit, are_likely, unit_scale
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake import noticed
from jiandang.intake.above import read_from_above
from jiandang.intake.bands import read_lines
from jiandang.intake.codebook import Lists, lists_beside, options_at
from jiandang.intake.columns import CellRead, parse_column
from jiandang.intake.digits import said_of_digits
from jiandang.intake.heads import HEAD, nobody_else, unlisted_heads
from jiandang.intake.layout import segments
from jiandang.intake.masked import leave_masked_out
from jiandang.intake.numbering import village_in
from jiandang.intake.other_lists import ListBeside
from jiandang.intake.persons import heads_of, persons_of
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.several import Several, several_in
from jiandang.intake.shift import SheetColumn, find_shifts, find_swaps
from jiandang.intake.structure import bad_merges, row_cut_off, structure_of, unread_of_head
from jiandang.intake.ticks import Ticked, read_ticks
from jiandang.intake.totals import wrong_totals
from jiandang.intake.twofold import tell_by_cells
from jiandang.intake.village_lines import villages_by_line
from jiandang.register.cells import Context, Raw, as_text
from jiandang.register.register import (
    ROW_BITS,
    Observation,
    RowCounts,
    SheetTable,
    moved_apart,
    reference,
    row_of,
    sheet_of,
)
from jiandang.register.tables import COLUMNS, EMBEDDABLE, own_columns
from jiandang.register.text import solid

# A table with more of them, and little else, is none of ours.
MOST_FAULTS = 500_000


@dataclass
class ParsedTable:
    """A recognised table, its rows and titles; the frame has `table.column`s, `ref` and `bad`.

    `unknown` are the texts over the columns that no register has, `lists` those of other people
    at its right.
    """

    sheet: SheetTable
    frame: pl.DataFrame
    observations: list[Observation]
    titles: tuple[str, ...] = ()
    unknown: tuple[tuple[str, ...], ...] = ()
    lists: tuple[ListBeside, ...] = ()

    def renumbered(self, file: int, sheet: int) -> "ParsedTable":
        """The same table as the `sheet`th of a run, in its `file`th file."""
        old = sheet_of(int(self.frame["ref"][0])) if self.frame.height else None
        old = sheet_of(self.observations[0].ref) if old is None and self.observations else old
        shift = 0 if old is None else reference(sheet, 0) - reference(old, 0)
        if not shift and self.sheet.file == file:
            return self
        refs = [pl.col("ref") + shift]
        if "apart" in self.frame.columns:
            refs.append(moved_apart(lambda ref: ref + shift))
        return ParsedTable(
            replace(self.sheet, file=file),
            self.frame.with_columns(refs),
            [seen.moved(shift) for seen in self.observations],
            self.titles,
            self.unknown,
            self.lists,
        )


def read_sheet(
    grid: Grid,
    vocabulary: Vocabulary,
    file: int,
    first_sheet: int,
    year: int,
    kept: list[CellRead] | None = None,
) -> Iterator[ParsedTable]:
    """The tables of a sheet; `first_sheet` is the number the first of them gets in the register.

    `kept` gets the cells that are texts and could be read.
    """
    number = first_sheet
    for segment in segments(grid, vocabulary):
        read = partial(_read_segment, grid, vocabulary=vocabulary, file=file, year=year, kept=kept)
        masked = [*leave_masked_out(grid, segment, number)]
        several = several_in(grid, segment)
        several.put(grid, 0)
        table = read(segment, number=number, several=several)
        table.observations.extend(masked)
        others = []
        for person, own, shared in several.others(segment):
            several.put(grid, person)
            others.append(read(own, number=number, household=shared, several=several))
        table.sheet.beside = bool(others)
        frames = [each.frame for each in (table, *others)]
        all_persons = pl.concat(frames, how="diagonal").sort("ref") if others else table.frame
        if len(unlisted := unlisted_heads(all_persons)):
            own = heads_of(grid, segment, [row_of(ref) - 1 for ref in unlisted])
            apart = read(own, number=number, household=segment)
            yield replace(apart, frame=apart.frame.with_columns(HEAD.alias("member.relation")))
            number += 1
            table = _without_heads(table, unlisted).renumbered(file, number)
        elif not segment.persons:
            table.observations.extend(unread_of_head(segment, number))
        yield table
        number += 1
        yield from (each.renumbered(file, number + i) for i, each in enumerate(others))
        number += len(others)
        if segment.persons:
            heads, *members = (
                read(each, number=i, household=segment)
                for i, each in enumerate(persons_of(grid, segment), number)
            )
            yield from (_without_listed(heads, members), *members)
            number += 1 + len(members)


def _without_heads(members: ParsedTable, heads: pl.Series) -> ParsedTable:
    """The members without the rows of `heads` that name nobody else."""
    alone = nobody_else(members.frame, heads)
    members.sheet.beside = True
    members.sheet.rows.checked -= len(alone)
    members.sheet.rows.blank += len(alone)
    return replace(members, frame=members.frame.filter(~pl.col("ref").is_in(alone.implode())))


def _without_listed(heads: ParsedTable, members: Sequence[ParsedTable]) -> ParsedTable:
    """The heads of those households that do not have him, or her, among the members as well."""
    row = (pl.col("ref") % 2**ROW_BITS).alias("row")
    frame = heads.frame.with_columns(HEAD.alias("member.relation"), row)
    names = [name for name in ("member.name", "member.relation") if name in frame.columns]
    listed = pl.concat((m.frame.with_columns(row) for m in members), how="diagonal")
    for name in names:
        if name in listed.columns:
            frame = frame.join(listed, on=["row", name], how="anti", maintain_order="left")
    heads.sheet.rows.checked = frame.height
    heads.sheet.rows.blank += heads.frame.height - frame.height
    return replace(heads, frame=frame.drop("row"))


def _read_segment(
    grid: Grid,
    segment: Segment,
    *,
    vocabulary: Vocabulary,
    file: int,
    number: int,
    year: int,
    household: Segment | None = None,
    kept: list[CellRead] | None = None,
    several: Several | None = None,
) -> ParsedTable:
    """A table; of persons in the rows of their `household`, nothing is said that is said there.

    `several` are rows of more than one person, of whom one is read.
    """
    heading, rows = segment.heading, segment.rows
    told = set() if household is None else {*household.heading.columns.values()}
    titles = _titles(grid, segment)
    tell_by_cells(grid, segment)
    ticked = read_ticks(grid, segment, vocabulary, number) if household is None else Ticked()
    sheet = SheetTable(
        file=file,
        sheet=grid.name,
        table=heading.table,
        heading_row=heading.row_of_cells() + 1,
        columns={(m.table, m.column): column for m, column in heading.columns.items()},
        rows=RowCounts(
            title=segment.title_rows,
            heading=heading.last_row - heading.first_row + 1 + len(rows[Kind.HEADING]),
            checked=len(rows[Kind.DATA]),
            rejected=len(rows[Kind.REJECTED]),
            total=len(rows[Kind.TOTAL]),
            note=len(rows[Kind.NOTE]) + len(rows[Kind.PREFILLED]),
            blank=len(rows[Kind.BLANK]),
        ),
        beside=household is not None,
        village=village_in(grid.name) or next(filter(None, map(village_in, titles)), None),
        mapped=heading.mapped,
    )
    sheet.embedded = _embedded(sheet)
    refs = [reference(number, row + 1) for row in rows[Kind.DATA]]
    observations: list[Observation] = []
    copies = _copies_of_merged_cells(grid, rows[Kind.DATA])
    lists = {**vocabulary.lists, **lists_beside(grid, segment)}
    if household is None:
        observations += structure_of(grid, segment, vocabulary, number)
        from_above = read_from_above(grid, segment, number, lists)
        observations += from_above.observations
        observations += ticked.observations
        observations += said_of_digits(segment.digits, number)
        copies |= from_above.cells | ticked.cells
    columns = list(_read_columns(grid, segment, lists, year))
    _refuse_faults_alone(grid, columns, len(refs))
    bad: dict[int, list[str]] = {}
    for swap in find_swaps(columns):
        observations.append(noticed.of_swap(swap, columns, refs))
        for place in swap.places:
            columns[place].clear(swap.rows)
            for i in swap.rows:
                bad.setdefault(i, []).append(columns[place].name)
    for shift in find_shifts(columns):
        observations.append(noticed.of_shift(shift, columns, rows[Kind.DATA], refs[shift.rows[0]]))
        known = shift.households(columns)
        for column in columns[shift.void.start : shift.void.stop]:
            column.clear(shift.rows)
            rests = [i for i in shift.rows if column.column.id != "household_id" or i not in known]
            for i in rests:
                bad.setdefault(i, []).append(column.name)
            if len(rests) < len(shift.rows):
                column.typed.values = column.typed.values.scatter([*known], [*known.values()])
    if row_cut_off(grid, segment) is not None:
        for column in _behind_the_cut(grid, columns):
            column.clear([len(refs) - 1])
            bad.setdefault(len(refs) - 1, []).append(column.name)
    for i, name in _lost_in_merges(grid, segment, columns):
        bad.setdefault(i, []).append(name)
    if several is not None:
        for i, name in several.bad(rows[Kind.DATA], columns):
            bad.setdefault(i, []).append(name)
        if household is None:
            observations += several.said(rows[Kind.DATA], refs, columns)
    in_parts = heading.periods | {heading.columns[meaning] for meaning in segment.digits}
    for column in columns:
        for i in column.typed.faults:
            bad.setdefault(i, []).append(column.name)
        repeated = {i for i, position in copies if position == column.position}
        if column.position not in told:
            faults = {i: f for i, f in column.typed.faults.items() if i not in repeated}
            observations += noticed.of_faults(faults, refs, column)
        observations += [
            noticed.of_remark(remark, refs, column)
            for remark in column.typed.remarks_together(repeated)
            if column.position not in told
        ]
        # Half a period, or a number of a digit a cell, is not what stands in the cell.
        if kept is not None and column.position not in in_parts:
            parts = {} if several is None else several.persons
            own = [
                i for i, row in enumerate(rows[Kind.DATA]) if i not in repeated and row not in parts
            ]
            kept += _texts_read(grid.name, rows[Kind.DATA], column, own)
    marks: list[str | None] = [None] * len(refs)
    for i, names in bad.items():
        marks[i] = "|" + "|".join(names) + "|"
    series = [
        pl.Series("ref", refs, dtype=pl.Int64),
        *(column.typed.values.alias(column.name) for column in columns),
        pl.Series("bad", marks, dtype=pl.String),
    ]
    observations += noticed.of_units([c for c in columns if c.position not in told], refs)
    if household is None:
        lines = read_lines(grid, segment, vocabulary, number, year)
        series += lines.series
        observations += lines.observations
        sheet.columns |= lines.columns
        sheet.embedded = _embedded(sheet)
    if ("member", "village") not in sheet.columns:
        series += villages_by_line(grid, segment)
    frame = pl.DataFrame(series)
    observations.extend(wrong_totals(grid, segment, number, frame))
    unknown = tuple(tuple(heading.stacks[column]) for column in sorted(heading.unknown))
    return ParsedTable(sheet, frame, observations, titles, unknown, (*segment.lists,))


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


def _read_columns(grid: Grid, segment: Segment, lists: Lists, year: int) -> Iterator[SheetColumn]:
    """The columns in the sheet's order."""
    heading, rows = segment.heading, np.array(segment.rows[Kind.DATA], np.int64)
    titles = range(segment.first_line, heading.first_row)
    within = range(min(heading.texts), segment.within.stop)
    above = TextsAbove.of(grid.cells, grid.merged, titles, within)
    whole = grid.cells[heading.first_row : heading.last_row + 1]
    for meaning, position in sorted(heading.columns.items(), key=lambda item: item[1]):
        column = COLUMNS[meaning.table][meaning.column]
        own = grid.cells.column(position, rows)
        if position in heading.periods:
            own = days_in(own, year, last=meaning.column.endswith("_end"))
        # Below a merged heading a unit may stand alone.
        inside = [solid(as_text(row[position])) for row in whole]
        scale, unit = unit_scale([*heading.stacks[position], *inside], column.cell), Unit()
        if scale is None:
            unit = above.unit(position, column)
            scale = unit.scale
        options = options_at(grid, segment, meaning, position, lists)
        context = Context(year, meaning.provincial, scale, grid.untyped, options)
        parsed = parse_column(column, own, context)
        if unit.said and not are_likely(parsed.values.drop_nulls().to_list(), column):
            context = replace(context, scale=1)
            parsed = parse_column(column, own, context)
        if position in heading.periods:
            parsed.remarks.clear()  # two dates in a cell can be nothing but a text
        yield SheetColumn(column, meaning.table, position, own, context, parsed, unit)


def _refuse_faults_alone(grid: Grid, columns: Sequence[SheetColumn], rows: int) -> None:
    """Raise Unreadable for a table of so many cells, most of which are no values of their columns.

    To tell of each would take minutes and gigabytes, and nobody would read it.
    """
    faults = sum(len(column.typed.doubtful) for column in columns)
    if faults > MOST_FAULTS and 2 * faults > rows * len(columns):
        raise Unreadable(
            "mostly_faults",
            f"工作表“{grid.name}”有 {faults} 格填的不是那一列要的内容，超过一半：多半不是登记表，"
            "或者内容和表头错开了。请对照表头看各列的次序，改好后再检查。",
        )


def _texts_read(
    sheet: str, rows: Sequence[int], at: SheetColumn, positions: Iterable[int]
) -> Iterator[CellRead]:
    """The cells of a column at these positions that are texts and could be read."""
    values = at.typed.values.to_list()
    for i in positions:
        raw = at.cells[i]
        if isinstance(raw, str) and values[i] is not None:
            yield CellRead(sheet, rows[i], at.position, at.column, at.context, raw, values[i])


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
