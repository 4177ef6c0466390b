"""What 合计 and 小计 rows say, against a recount of the rows that they sum up."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellColumn
from jiandang.intake.columns import parse_column
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.vocabulary import Meaning
from jiandang.register.cells import Context, Raw
from jiandang.register.notice import Notice
from jiandang.register.place import FILLED_CODE, VILLAGE_ENDINGS
from jiandang.register.register import Observation, reference
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

_COUNTED = {
    ("allocation", "planned_households"),
    ("allocation", "planned_persons"),
    ("household", "size"),
}
_SUBTOTAL = re.compile("小计|页计")
# Totals that may reach beyond the sheet: over pages, or over the sheets of several villages.
_BEYOND = re.compile("累计|全[乡镇县区市]")
_ENDS = {"村": VILLAGE_ENDINGS, "乡": ("镇", "乡", "街道"), "县": ("县", "市")}
_LEVELS = {12: "村", 9: "乡", 6: "县"}


@dataclass
class _Detail:
    """One detail row: its number, what it counts, its household or level."""

    row: int
    count: int | None
    group: str | None
    merged: bool


def wrong_totals(
    grid: Grid, segment: Segment, number: int, frame: pl.DataFrame
) -> Iterator[Observation]:
    """Totals that no recount bears out. Silent where it cannot be told what a total counts."""
    labels = {row: _label(grid.cells[row]) for row in segment.rows[Kind.TOTAL]}
    if not labels or segment.rows[Kind.REJECTED]:
        return
    for meaning, column in segment.heading.columns.items():
        if (meaning.table, meaning.column) not in _COUNTED:
            continue
        details = _details(grid, segment, frame, meaning, column)
        for row, label in labels.items():
            total = _number(meaning, grid.cells.column(column, [row]))
            if total is None or _BEYOND.search(label):
                continue
            recounts = [
                _recount(segment.heading.table, block)
                for block in _blocks(row, labels, details)
                if block
            ]
            if recounts and all(recounts) and not any(total in recount for recount in recounts):
                value, expected = str(total), str(recounts[0][0])
                seen = {"label": label, "value": value}
                ref = reference(number, row + 1)
                yield Observation(
                    Notice.WRONG_TOTAL,
                    ref,
                    meaning.table,
                    meaning.column,
                    sheet_column=column,
                    value=value,
                    expected=expected,
                    seen=seen,
                )


def _label(row: Sequence[Raw]) -> str:
    texts = [solid(cell).rstrip(":") for cell in row if isinstance(cell, str)]
    return next((text for text in texts if text.endswith("计")), "合计")


def _number(meaning: Meaning, cell: CellColumn) -> int | None:
    values = parse_column(COLUMNS[meaning.table][meaning.column], cell, Context()).values
    number: int | None = values[0]
    return number


def _details(
    grid: Grid, segment: Segment, frame: pl.DataFrame, meaning: Meaning, column: int
) -> list[_Detail]:
    rows = segment.rows[Kind.DATA]
    counts = frame[f"{meaning.table}.{meaning.column}"].to_list()
    merged = {
        row
        for top, left, bottom, _ in grid.merged
        if left == column
        for row in range(top + 1, bottom + 1)
    }
    groups = _levels(frame) if meaning.table == "allocation" else _households(segment, frame)
    return [
        _Detail(row, count, group, row in merged)
        for row, count, group in zip(rows, counts, groups, strict=True)
    ]


def _households(segment: Segment, frame: pl.DataFrame) -> list[str | None]:
    name = f"{segment.heading.table}.household_id"
    return frame[name].to_list() if name in frame.columns else [None] * frame.height


def _levels(frame: pl.DataFrame) -> list[str | None]:
    """县, 乡 or 村: by 级别, else by the code's length, else by how the place's name ends."""

    def column(name: str) -> list[str | None]:
        return frame[name].to_list() if name in frame.columns else [None] * frame.height

    names = ("level", "code", "place", "town")
    rows = zip(*(column(f"allocation.{name}") for name in names), strict=True)
    return [
        level
        or _LEVELS.get(len(re.sub(FILLED_CODE, r"\1", code or "")))
        or next((of for of, ends in _ENDS.items() if (place or town or "").endswith(ends)), None)
        for level, code, place, town in rows
    ]


def _blocks(
    row: int, labels: dict[int, str], details: Sequence[_Detail]
) -> tuple[list[_Detail], ...]:
    """The rows that a total may sum up, the likeliest first."""
    is_subtotal = _SUBTOTAL.search(labels[row]) is not None
    bounds = [r for r in labels if is_subtotal or not _SUBTOTAL.search(labels[r])]
    last = max((r for r in bounds if r < row), default=-1)
    following = min((r for r in bounds if r > row), default=math.inf)
    since = [d for d in details if last < d.row < row]
    until = [d for d in details if row < d.row < following]
    if is_subtotal:
        return since, until
    above = [d for d in details if d.row < row]
    if len(bounds) == 1 or "总" in labels[row]:
        return list(details), since, above
    return since, until, above, list(details)


def _recount(table: str, block: Sequence[_Detail]) -> list[int]:
    """The numbers that are right for a total of these rows; none where that cannot be told."""
    if table == "allocation":
        return _sums_of_levels(block)
    counts = [d.count for d in block if d.count is not None]
    once = [d.count for d in block if d.count is not None and not d.merged]
    households = {d.group: d.count for d in reversed(block) if d.count is not None}
    known = {d.group for d in block} == households.keys() and None not in households
    if table == "member":
        # 家庭人口 may be repeated in each row or not; a total of it may also count the rows.
        return [sum(households.values()), sum(once), sum(counts), len(block)] if known else []
    return [sum(once), sum(counts)] if len(counts) == len(block) else []


def _sums_of_levels(block: Sequence[_Detail]) -> list[int]:
    """Towns and their villages stand in one table: a total sums the rows of one level."""
    levels = {d.group for d in block}
    if (None in levels and len(levels) > 1) or any(d.count is None for d in block):
        return []
    ordered = [level for level in (*_LEVELS.values(), None) if level in levels]
    return [sum(d.count or 0 for d in block if d.group == level) for level in ordered]
