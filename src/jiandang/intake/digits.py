"""Numbers written with a digit a cell, in narrow columns below one merged heading.

They are put into the first of their cells, where the value is then read and told of.
"""

from collections.abc import Iterator

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Meaning
from jiandang.intake.heading_rows import Heading
from jiandang.register.cells import Raw, as_text
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference
from jiandang.register.text import solid

# Numbers for which forms have a cell a digit.
_NUMBERS = {"id_number", "head_id", "disability_card", "account", "phone", "household_id"}
_LEAST = 8  # columns of such a number

# For each such column the row of the first number, and that.
Joined = dict[Meaning, tuple[int, str]]


def join_digits(grid: Grid, heading: Heading) -> Joined:
    """Put the digits of numbers together; their columns are no more repeated in `heading`."""
    found: Joined = {}
    for _, left, _, right in _merged_over(grid, heading):
        meaning = next((m for m, column in heading.columns.items() if column == left), None)
        behind = range(left + 1, right + 1)
        own = [heading.repeated.get(column, (None, -1)) for column in behind]
        if meaning is None or meaning.column not in _NUMBERS or own != [(meaning, left)] * len(own):
            continue
        if (first := _join(grid, heading.last_row + 1, left, right)) is None:
            continue
        for column in behind:
            del heading.repeated[column]
        found[meaning] = first
    return found


def _merged_over(grid: Grid, heading: Heading) -> Iterator[tuple[int, int, int, int]]:
    for merged in grid.merged if heading.repeated else ():
        top, left, bottom, right = merged
        if right - left >= _LEAST - 1 and heading.first_row <= top and bottom <= heading.last_row:
            yield merged


def _join(grid: Grid, start: int, left: int, right: int) -> tuple[int, str] | None:
    """Join the cells of each row that has a digit a cell; None if any has more in one."""
    cells = grid.cells
    block = cells.codes[start:, left : right + 1]
    rows = np.flatnonzero((block[:, 1:] != 0).any(axis=1))
    signs = {code: _sign(cells.values[code]) for code in np.unique(block[rows]).tolist()}
    if not len(rows) or None in signs.values():
        return None
    texts = ["".join(signs[code] or "" for code in block[row].tolist()) for row in rows.tolist()]
    for row, text in zip(rows.tolist(), texts, strict=True):
        cells.values.append(text)
        cells.codes[start + row, left] = len(cells.values) - 1
    cells.codes[start + rows, left + 1 : right + 1] = 0
    return start + int(rows[0]), texts[0]


def _sign(cell: Raw) -> str | None:
    """The one character in a cell, or nothing; None where it holds more."""
    text = solid(as_text(cell)).removesuffix(".0")
    return text if len(text) < 2 else None


def said_of_digits(joined: Joined, number: int) -> Iterator[Observation]:
    """That the digits are read as one number, once a column."""
    for meaning, (row, text) in joined.items():
        ref, shown = reference(number, row + 1), "一格一个数字"
        where = meaning.table, meaning.column
        seen = {"value": shown, "nearest": "", "known": text}
        yield Observation(Notice.LENIENT, ref, *where, None, shown, text, seen)
