"""Lines between rows that name the village of the block below: 王庄村, 行政村：柳湾村（4户）."""

from bisect import bisect_right

import polars as pl

from jiandang.formats.grid import Grid
from jiandang.intake.numbering import village_in
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.text import solid

_SUM = regex("计|共")
# What else stands in such a line: 单位：元, 填报日期：2016年3月.
_LABELLED = regex("[^:]{2,6}:")
_REMARK = regex("^[(*※]?(?:注|备注|说明|附)|[。;,!?]")
_SAID = ("village", "village_code", "place")


def villages_by_line(grid: Grid, segment: Segment) -> list[pl.Series]:
    """The village of each data row by the line above it; nothing where lines do not say so.

    A sheet that has a column for it says it there. Several lines are wanted, the first above all
    rows: below a block a line is about what it sums up.
    """
    data = segment.rows[Kind.DATA]
    if not data or any(meaning.column in _SAID for meaning in segment.heading.columns):
        return []
    others = [row for kind, rows in segment.rows.items() if kind is not Kind.DATA for row in rows]
    titles = range(segment.first_title_row, segment.heading.first_row)
    # Beside another table its own cells count, and what is merged across both.
    within = segment.within
    across = {top for top, left, _, right in grid.merged if left < within.start <= right}
    # Rows of the same cells, of which there may be a million, are looked at once.
    known: dict[bytes, str | None] = {}
    lines: dict[int, str] = {}
    for row in sorted([*titles, *others]):
        own = slice(0 if row in across else within.start, within.stop)
        codes = grid.cells.codes[row, own].tobytes()
        if codes not in known:
            known[codes] = _named(grid.cells[row][own])
        if name := known[codes]:
            lines[row] = name
    starts = [*lines]
    if len({*lines.values()}) < 2 or starts[0] > data[0]:
        return []
    names = [lines[starts[bisect_right(starts, row) - 1]] for row in data]
    return [pl.Series(f"{segment.heading.table}.village", names, dtype=pl.String)]


def _named(row: list[Raw]) -> str | None:
    """The village that a row names which says nothing else of anybody: （一）王庄村28户."""
    filled = {solid(cell) if isinstance(cell, str) else "?" for cell in row} - {""}
    lines = {text for text in filled if village_in(text)}
    if len(lines) != 1 or not all(map(_LABELLED.match, filled - lines)):
        return None
    text = lines.pop()
    return None if _SUM.search(text) or _REMARK.search(text) else village_in(text)
