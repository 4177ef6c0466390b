"""Rows of a table below a line that says they are of people in no register: 二、拟清退户."""

from collections.abc import Iterator
from dataclasses import replace

from jiandang.formats.grid import Grid
from jiandang.intake.other_kinds import heads_rows, sure_kind_in
from jiandang.intake.segment import Kind, Segment


def parts_of_others(grid: Grid, segment: Segment) -> Iterator[Segment]:
    """The table without the rows below such lines, then these rows: down to the next such line."""
    titles = dict(_titles(grid, segment))
    if not any(map(sure_kind_in, titles.values())):
        yield segment
        return
    ends = [*list(titles)[1:], len(grid.cells)]
    parts = [
        (line, end, text)
        for (line, text), end in zip(titles.items(), ends, strict=True)
        if sure_kind_in(text) is not None and _between(segment, Kind.DATA, line, end)
    ]
    own = {kind: _outside(rows, parts) for kind, rows in segment.rows.items()}
    yield replace(segment, rows=own) if parts else segment
    for line, end, text in parts:
        # It has no heading of its own: what is to be said of that, the table above says.
        heading = replace(segment.heading, first_row=line + 1, last_row=line)
        rows = {kind: _between(segment, kind, line, end) for kind in segment.rows}
        yield replace(segment, heading=heading, rows=rows, first_title_row=line + 1, title=text)


def _titles(grid: Grid, segment: Segment) -> Iterator[tuple[int, str]]:
    """The lines among the rows that head those below them, by their rows."""
    first = min(segment.rows[Kind.DATA], default=len(grid.cells))
    for line in sorted(segment.rows[Kind.NOTE]):
        texts = {cell for cell in grid.cells[line] if isinstance(cell, str) and cell}
        if line > first and len(texts) == 1 and heads_rows(text := texts.pop()):
            yield line, text


def _between(segment: Segment, kind: Kind, first: int, end: int) -> list[int]:
    return [row for row in segment.rows[kind] if first <= row < end]


def _outside(rows: list[int], parts: list[tuple[int, int, str]]) -> list[int]:
    return [row for row in rows if not any(line <= row < end for line, end, _ in parts)]
