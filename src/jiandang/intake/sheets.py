"""One sheet → typed frames: headings recognised, rows sorted, columns parsed, faults noted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from jiandang.intake.columns import Fault, parse_column
from jiandang.intake.grid import Grid
from jiandang.intake.headings import Vocabulary, unit_scale
from jiandang.intake.layout import Kind, Segment, segments
from jiandang.register.cells import Context, Raw, as_text
from jiandang.register.register import Observation, RowCounts, SheetTable, reference
from jiandang.register.tables import COLUMNS, EMBEDDABLE, PLACE_COLUMNS, own_columns


@dataclass
class ParsedTable:
    """A recognised table and its rows; the frame has `table.column`s, `ref` and `bad`."""

    sheet: SheetTable
    frame: pl.DataFrame
    observations: list[Observation]


def read_sheet(
    grid: Grid, vocabulary: Vocabulary, file: int, first_sheet: int, year: int
) -> Iterator[ParsedTable]:
    """The tables of a sheet; `first_sheet` is the number the first of them gets in the register."""
    width = max(map(len, grid.rows), default=0)
    if any(len(row) != width for row in grid.rows):
        grid.rows = [[*row, *[""] * (width - len(row))] for row in grid.rows]
    for number, segment in enumerate(segments(grid, vocabulary), first_sheet):
        yield _read_segment(grid, segment, vocabulary, file, number, year)


def _read_segment(
    grid: Grid, segment: Segment, vocabulary: Vocabulary, file: int, number: int, year: int
) -> ParsedTable:
    heading, rows = segment.heading, segment.rows
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
            note=len(rows[Kind.NOTE]),
            blank=len(rows[Kind.BLANK]),
        ),
    )
    sheet.embedded = tuple(t for t in EMBEDDABLE if t != sheet.table and _is_embedded(sheet, t))
    data = [grid.rows[row] for row in rows[Kind.DATA]]
    refs = [reference(number, row + 1) for row in rows[Kind.DATA]]
    cells: Sequence[Sequence[Raw]] = list(zip(*data, strict=True)) if data else []
    series: list[pl.Series] = [pl.Series("ref", refs, dtype=pl.Int64)]
    bad: dict[int, list[str]] = {}
    observations = list(_structure(grid, segment, vocabulary, number))
    for meaning, column_number in heading.columns.items():
        column = COLUMNS[meaning.table][meaning.column]
        name = f"{meaning.table}.{meaning.column}"
        column_cells = cells[column_number] if data else ()
        scale = unit_scale(heading.texts[column_number], column.unit)
        context = Context(year, meaning.provincial, scale)
        typed = parse_column(column, column_cells, context)
        series.append(typed.values.alias(name))
        for i, fault in typed.faults.items():
            bad.setdefault(i, []).append(name)
            observations.append(_observation(fault, refs[i], meaning.table, meaning.column))
        observations.extend(
            _observation(remark, refs[i], meaning.table, meaning.column)
            for i, remark in typed.remarks.items()
        )
    marks = [None] * len(refs) if not bad else [_marks(bad.get(i)) for i in range(len(refs))]
    series.append(pl.Series("bad", marks, dtype=pl.String))
    return ParsedTable(sheet, pl.DataFrame(series), observations)


def _marks(names: list[str] | None) -> str | None:
    return None if names is None else "|" + "|".join(names) + "|"


def _observation(fault: Fault, ref: int, table: str, column: str) -> Observation:
    value = as_text(fault.raw)
    seen = {"value": value, "nearest": fault.nearest, "known": fault.known}
    return Observation(fault.rule, ref, table, column, None, value, fault.expected, seen)


def _is_embedded(sheet: SheetTable, table: str) -> bool:
    """Whether the sheet carries another table's columns, and not just one for information."""
    own = [name for name in own_columns(table) if sheet.has(table, name)]
    if table == "household":
        return sheet.table == "member" or len(own) >= 3
    return bool(own)


def _structure(
    grid: Grid, segment: Segment, vocabulary: Vocabulary, number: int
) -> Iterator[Observation]:
    """What is to be said of the sheet itself: columns, blank rows, hidden parts, merged cells."""
    heading, rows = segment.heading, segment.rows
    heading_ref = reference(number, heading.row_of_cells() + 1)

    def at_heading(rule: str, column: int, **seen: str) -> Observation:
        text = heading.texts[column]
        return Observation(rule, heading_ref, heading.table, None, column, text, "", seen)

    for column, (meaning, first) in heading.repeated.items():
        yield at_heading(
            "LR002",
            column,
            heading=heading.texts[column],
            other=heading.texts[first],
            known=COLUMNS[meaning.table][meaning.column].heading,
        )
    for column, text in heading.unknown.items():
        yield at_heading("LR003", column, heading=text, nearest=vocabulary.nearest(text))
    leftmost = min(heading.texts)

    def at_row(rule: str, row: int, **seen: str) -> Observation:
        ref = reference(number, row + 1)
        return Observation(rule, ref, heading.table, None, leftmost, "", "", seen)

    for kind, what in ((Kind.BLANK, "空行"), (Kind.TOTAL, "合计行")):
        for row in rows[kind]:
            if segment.is_inside(row):
                yield at_row("LR007", row, what=what)
    for row in rows[Kind.REJECTED]:
        yield Observation(
            "LR004", reference(number, row + 1), heading.table, None, leftmost, "", "",
            {"column": "姓名、户编号等认得出是谁的列", "rejected": True},
        )  # fmt: skip
    yield from _hidden(grid, segment, at_row)
    yield from _bad_merges(grid, segment, number)


def _hidden(
    grid: Grid, segment: Segment, at_row: Callable[..., Observation]
) -> Iterator[Observation]:
    data = segment.rows[Kind.DATA]
    if grid.hidden and data:
        yield at_row("LR008", data[0], what=f"工作表“{grid.name}”")
    hidden = [row for row in data if row in grid.hidden_rows] if grid.hidden_rows else []
    for row in hidden:
        yield at_row("LR008", row, what=f"第{row + 1}行")
    columns = sorted(grid.hidden_columns & set(segment.heading.texts))
    for column in columns:
        if data:
            yield at_row("LR008", data[0], what=f"列“{segment.heading.texts[column]}”")


def _bad_merges(grid: Grid, segment: Segment, number: int) -> Iterator[Observation]:
    """LR012: a merged range in the data that covers several columns, or members' own cells."""
    heading = segment.heading
    column_names = {column: meaning for meaning, column in heading.columns.items()}
    data = set(segment.rows[Kind.DATA])
    household = next((c for m, c in heading.columns.items() if m.column == "household_id"), None)
    for top, left, bottom, right in grid.merged:
        if top <= heading.last_row or top not in data:
            continue
        covered = [column_names[c] for c in range(left, right + 1) if c in column_names]
        own = [
            m for m in covered
            if m.table == heading.table and m.column not in PLACE_COLUMNS
        ]  # fmt: skip
        crosses = household is not None and (
            len({grid.rows[r][household] for r in range(top, min(bottom + 1, len(grid.rows)))}) > 1
            and any(m.column not in PLACE_COLUMNS[:6] for m in covered)
        )
        if bottom > top and (own or crosses):
            what = "几户人" if crosses else f"几行的“{heading.texts[left]}”"
        elif right > left and len(covered) > 1:
            what = "几列"
        else:
            continue
        yield Observation(
            "LR012", reference(number, top + 1), heading.table, None, left,
            as_text(grid.rows[top][left]), "", {"what": what, "rows": bottom - top + 1},
        )  # fmt: skip
