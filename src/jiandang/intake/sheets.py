"""One sheet → its tables: what stands where, who stands in one row, each read for itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.columns import CellRead
from jiandang.intake.heads import HEAD, nobody_else, unlisted_heads
from jiandang.intake.layout import segments
from jiandang.intake.masked import leave_masked_out
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.persons import heads_of, persons_of
from jiandang.intake.several import several_in
from jiandang.intake.structure import unread_of_head
from jiandang.intake.table_reading import TableReader
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference, row_number, row_of
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS


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
    read = TableReader(grid, vocabulary, file, year, kept).read
    for segment in segments(grid, vocabulary):
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
            members[0].observations.extend(_unnamed(heads, members, number + 1))
            yield from (_without_listed(heads, members), *members)
            number += 1 + len(members)


def _unnamed(
    heads: ParsedTable, members: Sequence[ParsedTable], number: int
) -> Iterator[Observation]:
    """That no column has the members' names, where the sheet has those of the heads.

    The first of the members is the `number`th table; without any names their rule tells itself.
    """
    key = ("member", "name")
    if key in heads.sheet.columns and not any(key in each.sheet.columns for each in members):
        sheet = members[0].sheet
        own = (column for (_, name), column in sheet.columns.items() if name not in PLACE_COLUMNS)
        seen = {"column": COLUMNS["member"]["name"].heading, "hint": "；各成员都没有姓名"}
        ref = reference(number, sheet.heading_row)
        yield Observation(Notice.MISSING_COLUMN, ref, "member", sheet_column=min(own), seen=seen)


def _without_heads(members: ParsedTable, heads: pl.Series) -> ParsedTable:
    """The members without the rows of `heads` that name nobody else."""
    alone = nobody_else(members.frame, heads)
    members.sheet.beside = True
    members.sheet.rows.checked -= len(alone)
    members.sheet.rows.blank += len(alone)
    return replace(members, frame=members.frame.filter(~pl.col("ref").is_in(alone.implode())))


def _without_listed(heads: ParsedTable, members: Sequence[ParsedTable]) -> ParsedTable:
    """The heads of those households that do not have him, or her, among the members as well."""
    row = row_number().alias("row")
    frame = heads.frame.with_columns(HEAD.alias("member.relation"), row)
    names = [name for name in ("member.name", "member.relation") if name in frame.columns]
    listed = pl.concat((m.frame.with_columns(row) for m in members), how="diagonal")
    for name in names:
        if name in listed.columns:
            frame = frame.join(listed, on=["row", name], how="anti", maintain_order="left")
    heads.sheet.rows.checked = frame.height
    heads.sheet.rows.blank += heads.frame.height - frame.height
    return replace(heads, frame=frame.drop("row"))
