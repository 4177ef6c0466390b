"""Lines of labels and values above the rows of each household: 户编号：01  户主：张三  村：王庄村.

What they say of the household holds for the rows of members below, up to the next such line.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Meaning, Vocabulary
from jiandang.intake.columns import parse_few
from jiandang.intake.home_lines import Said, said_of_home
from jiandang.intake.segment import Kind, Segment
from jiandang.register.cells import Context
from jiandang.register.notice import Notice
from jiandang.register.register import APART, Observation, reference
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS


@dataclass
class FromLines:
    """What the lines say of the data rows: columns, the places of their values, what is told."""

    columns: dict[tuple[str, str], int] = field(default_factory=dict)
    series: list[pl.Series] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)


def read_lines(
    grid: Grid, segment: Segment, vocabulary: Vocabulary, number: int, year: int
) -> FromLines:
    """What the lines above households say, where each row has one with the household's number.

    Where no line has one, each has to name the head, and most of these are members.
    """
    found = FromLines()
    data = segment.rows[Kind.DATA]
    if not data or segment.heading.table != "member":
        return found
    if any(meaning.column == "household_id" for meaning in segment.heading.columns):
        return found
    rows = [*range(segment.first_title_row, segment.heading.first_row)]
    rows += [*segment.rows[Kind.NOTE], *segment.rows[Kind.REJECTED]]
    inside = ((row, segment.inside(grid.cells[row])) for row in sorted(rows))
    heads = _names(grid, segment) if rows else set()
    lines = {row: said for row, cells in inside if (said := said_of_home(cells, vocabulary, heads))}
    starts = [*lines]
    if not lines or starts[0] > data[0]:
        return found
    above = [starts[bisect_right(starts, row) - 1] for row in data]
    has_numbers = any("household_id" in said for said in lines.values())
    key = "household_id" if has_numbers else "head_name"
    if not all(key in lines[row] for row in above):
        return found
    if not has_numbers and 2 * sum(s[key][0] in heads for s in lines.values()) < len(lines):
        return found
    known = {meaning.column for meaning in segment.heading.columns}
    names = [n for n in dict.fromkeys(n for said in lines.values() for n in said) if n not in known]
    places: list[list[dict[str, object]]] = [[] for _ in data]
    for name in names:
        table = "member" if name in PLACE_COLUMNS else "household"
        own = [lines[row].get(name, ("", 0)) for row in above]
        typed = parse_few(COLUMNS["household"][name], [text for text, _ in own], Context(year))
        found.series.append(typed.values.alias(f"{table}.{name}"))
        found.columns[table, name] = next((column for text, column in own if text), own[0][1])
        for i, (_, column) in enumerate(own):
            ref = reference(number, above[i] + 1)
            places[i].append({"column": name, "ref": ref, "sheet_column": column})
        told = set[int]()
        for i, fault in typed.faults.items():
            if above[i] in told:
                continue
            told.add(above[i])
            seen = fault.seen
            found.observations.append(
                Observation(
                    fault.notice, reference(number, data[i] + 1), "household", name, own[i][1],
                    seen["value"], fault.expected, seen, reference(number, above[i] + 1),
                )
            )  # fmt: skip
    found.series.append(pl.Series("apart", places, APART))
    found.observations.append(_told(lines, names, number, len(data)))
    return found


def _names(grid: Grid, segment: Segment) -> set[str]:
    """The names of the members."""
    column = segment.heading.columns.get(Meaning("member", "name"))
    if column is None:
        return set()
    cells, _ = grid.cells.column(column, segment.rows[Kind.DATA]).distinct()
    return {cell for cell in cells if isinstance(cell, str)}


def _told(lines: Mapping[int, Said], names: Sequence[str], number: int, count: int) -> Observation:
    """Once a table, what stands in such lines."""
    row, said = next(iter(lines.items()))
    headings = "、".join(COLUMNS["household"][name].heading for name in names)
    seen = {"column": headings, "first": "每户上面单独的一行", "count": count}
    key = "household_id" if "household_id" in said else "head_name"
    where = reference(number, row + 1), "household", key, said[key][1]
    return Observation(Notice.CARRIED_DOWN, *where, "", "", seen)
