"""What 合计 and 小计 rows say, against a recount of the rows that they sum up."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from statistics import fmean

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellColumn, CellMatrix
from jiandang.headings.vocabulary import Meaning
from jiandang.intake.columns import parse_column
from jiandang.intake.row_texts import is_sum, row_text
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import Context, Raw
from jiandang.register.notice import Notice
from jiandang.register.place import FILLED_CODE
from jiandang.register.register import Observation, reference
from jiandang.register.tables import COLUMNS
from jiandang.register.village_names import VILLAGE_ENDINGS

_COUNTED = {
    ("allocation", "planned_households"),
    ("allocation", "planned_persons"),
    ("household", "size"),
}
_SUBTOTAL = regex("小计|页计")
_OF_PAGE = regex("页")
# At the foot of a table stand the sums, and below them the means.
_FOOT_ROWS = 3
_LEAST_SUMS = 2
_FIGURE = regex(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
# What stands behind the name of a total, and the name of the place before it.
_BEHIND = regex("[:(0-9].*")
_OF_PLACE = regex("(?:合计|小计|总计|共计|小结|计):?$")
# Totals that may reach beyond the sheet: over pages, or over the sheets of several villages.
_BEYOND = regex("累计|全[乡镇县区市]")
_ENDS = {"村": VILLAGE_ENDINGS, "乡": ("镇", "乡", "街道"), "县": ("县", "市")}
_LEVELS = {12: "村", 9: "乡", 6: "县"}


def take_out_sums(cells: CellMatrix, segment: Segment) -> None:
    """Of the rows below the data that are about nobody: what holds the sums is a total.

    What holds the means is a note.
    """
    data, rejected = segment.rows[Kind.DATA], segment.rows[Kind.REJECTED]
    for row in [row for row in rejected if len(data) > 1 and row > data[-1]][:_FOOT_ROWS]:
        filled = [c for c in segment.within if c < len(cells[row]) and cells[row][c] != ""]
        figures = [(c, figure) for c in filled if (figure := _figure(cells[row][c])) != 0]
        columns = [[n for n in map(_figure, cells.column(c, data)) if n] for c, _ in figures]
        for kind, work_out in ((Kind.TOTAL, math.fsum), (Kind.NOTE, fmean)):
            alike = sum(
                figure is not None
                and bool(own)
                and math.isclose(figure, work_out(own), abs_tol=0.01)
                for (_, figure), own in zip(figures, columns, strict=True)
            )
            if alike >= max(_LEAST_SUMS, len(figures) / 2):
                rejected.remove(row)
                segment.rows[kind].append(row)
                break


def _figure(cell: Raw) -> float | None:
    """The number in a cell; none where a word stands in it."""
    if isinstance(cell, str):
        return float(cell.replace(",", "")) if _FIGURE.fullmatch(cell.strip()) else None
    return None if isinstance(cell, (bool, date, time)) else float(cell)


@dataclass
class _Detail:
    """One detail row: its number, what it counts, its household or level, its places."""

    row: int
    count: int | None
    group: str | None
    merged: bool
    places: frozenset[str]


def wrong_totals(
    grid: Grid, segment: Segment, number: int, frame: pl.DataFrame
) -> Iterator[Observation]:
    """Totals that no recount bears out. Silent where it cannot be told what a total counts."""
    labels = {row: _label(grid.cells[row]) for row in segment.rows[Kind.TOTAL]}
    places = {row: _places(grid.cells[row]) for row in labels}
    if not labels or segment.rows[Kind.REJECTED]:
        return
    pages = segment.rows[Kind.HEADING]
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
                for block in (
                    _of_places(places[row], details),
                    *_blocks(row, labels, details, pages),
                )
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
    texts = [row_text(cell).rstrip(":") for cell in row if isinstance(cell, str)]
    sums = (_BEHIND.sub("", text) for text in texts if is_sum(text))
    return next((text for text in texts if text.endswith("计")), next(sums, "合计"))


def _places(row: Sequence[Raw]) -> set[str]:
    """What may be the place that a total is of: 王庄村 of 王庄村小计, and what stands beside it."""
    texts = {row_text(cell) for cell in row if isinstance(cell, str)}
    return texts | {_OF_PLACE.sub("", text) for text in texts}


def _of_places(places: set[str], details: Sequence[_Detail]) -> list[_Detail]:
    """The rows of one of these places, as far as it is not that of all rows."""
    own = [d for d in details if not places.isdisjoint(d.places)]
    return own if len(own) < len(details) else []


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
        for row in range(top + 1, min(bottom + 1, len(grid.rows)))
    }
    groups = _levels(frame) if meaning.table == "allocation" else _households(segment, frame)
    names = [f"{segment.heading.table}.{name}" for name in ("town", "village", "group")]
    places = frame.select(name for name in names if name in frame.columns).rows()
    places = places or [()] * len(rows)
    return [
        _Detail(row, count, group, row in merged, frozenset(filter(None, own)))
        for row, count, group, own in zip(rows, counts, groups, places, strict=True)
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
    row: int, labels: dict[int, str], details: Sequence[_Detail], pages: Sequence[int]
) -> Iterator[list[_Detail]]:
    """The rows that a total may sum up, the likeliest first; on `pages` the heading begins anew."""
    is_subtotal = _SUBTOTAL.search(labels[row]) is not None
    bounds = [r for r in labels if is_subtotal or not _SUBTOTAL.search(labels[r])]

    def since(starts: Iterable[int]) -> list[_Detail]:
        last = max((r for r in starts if r < row), default=-1)
        return [d for d in details if last < d.row < row]

    following = min((r for r in bounds if r > row), default=math.inf)
    until = [d for d in details if row < d.row < following]
    if is_subtotal:
        # 小计 of a village goes on over the pages, each of which may have 本页小计.
        is_of_page = _OF_PAGE.search(labels[row]) is not None
        alike = [r for r in bounds if (_OF_PAGE.search(labels[r]) is not None) == is_of_page]
        yield from (since(alike), since(bounds), until, since(pages) if pages else [])
    elif len(bounds) == 1 or "总" in labels[row]:
        yield from (list(details), since(bounds), since(()))
    else:
        yield from (since(bounds), until, since(()), list(details))


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
