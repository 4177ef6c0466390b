"""Columns of ticks, one for each value of a code list, read as the one column that they are.

一般贫困户, 低保户 and 五保户 side by side, with a √ below one of them: 农户属性; or 是 and 否 below
是否危房.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Meaning, Vocabulary
from jiandang.intake.heading_rows import Heading
from jiandang.intake.segment import Kind, Segment
from jiandang.register.cells import CellError, Raw, as_text, as_word
from jiandang.register.code_cells import Code
from jiandang.register.marked_answers import TICKS
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, EMBEDDABLE
from jiandang.register.text import says_nothing, solid

_TICKED = {*TICKS, "是", "1", "V", "v", "Y", "y", "对", "有", "○"}
_UNTICKED = {"", "□", "☐", "否", "0", "×", "✗", "✘", "╳", "X", "x", "N", "n"}
# So many rows have a tick where nothing but the values tells what the columns are about.
_MOST = 0.8


@dataclass
class Ticked:
    """The cells (place among the data rows, column) that got a value, and what is said of them."""

    cells: set[tuple[int, int]] = field(default_factory=set)
    observations: list[Observation] = field(default_factory=list)


def read_ticks(grid: Grid, segment: Segment, vocabulary: Vocabulary, number: int) -> Ticked:
    """Write the ticked values into the first of such columns in `grid.cells`.

    `number` is the sheet's in the register. Several values where only one can be are told as such.
    """
    found, heading = Ticked(), segment.heading
    rows = np.array(segment.rows[Kind.DATA], np.int64)
    for meaning, values, is_named in _lists(heading, vocabulary) if len(rows) else ():
        columns = sorted(values)
        cells = [[_is_ticked(cell) for cell in grid.cells.column(c, rows)] for c in columns]
        if any(None in own for own in cells) or not any(map(any, cells)):
            continue
        ticks = np.array(cells, bool)
        count = ticks.sum(axis=0)
        if not is_named and (count > 0).sum() < _MOST * len(rows):
            continue
        first, codes = columns[0], {"": 0}
        for place, row in enumerate(rows.tolist()):
            chosen = [values[c] for c, tick in zip(columns, ticks[:, place], strict=True) if tick]
            if (text := "、".join(chosen)) not in codes:
                codes[text] = len(grid.cells.values)
                grid.cells.values.append(text)
            grid.cells.codes[row, first] = codes[text]
        found.cells |= {(place, first) for place in np.flatnonzero(count < 2).tolist()}
        heading.columns[meaning] = first
        for column in columns:
            heading.unknown.pop(column, None)
            heading.repeated.pop(column, None)
        place = int(np.argmax(count > 0))
        value = values[columns[int(np.argmax(ticks[:, place]))]]
        shown = "、".join(heading.texts[c] for c in columns)
        seen = {"value": "打勾", "nearest": "", "known": f"{value}（打勾的是“{shown}”各列）"}
        ref = reference(number, int(rows[place]) + 1)
        found.observations.append(
            Observation(
                Notice.LENIENT, ref, meaning.table, meaning.column, first, "打勾", value, seen
            )
        )
    return found


def _lists(
    heading: Heading, vocabulary: Vocabulary
) -> Iterator[tuple[Meaning, dict[int, str], bool]]:
    """Columns that the table lacks, the value that each column of the sheet is of it, and whether
    a text over them names it."""
    tables = [heading.table, *(t for t in EMBEDDABLE if t != heading.table)]
    known = {(meaning.table, meaning.column) for meaning in heading.columns}
    free = sorted({*heading.unknown, *heading.repeated})
    named = {c: vocabulary.meaning(_over(heading, c), tables) for c in free}
    taken: set[int] = set()
    for table in tables if heading.table in ("member", *EMBEDDABLE) else ():
        for name, column in COLUMNS[table].items():
            value_of = None if (table, name) in known else _reader(column)
            under = [c for c, m in named.items() if m and (m.table, m.column) == (table, name)]
            # Of 是 and 否 alone nobody knows what is asked.
            if value_of is None or not (under or isinstance(column.cell, Code)):
                continue
            own = {c: value_of(heading_key(heading.texts[c])) for c in free}
            places = under or [c for c in free if named[c] is None and c not in taken]
            values = {c: value for c in places if (value := own[c])}
            is_whole = len(values) == len(under) if under else not values or _adjoin([*values])
            if len(values) > 1 and len(values) == len({*values.values()}) and is_whole:
                taken.update(values)
                yield Meaning(table, name), values, bool(under)


def _reader(column: Column) -> Callable[[str], str | None] | None:
    """What a heading says as a value of the column; None where it has no values to tick."""
    if isinstance(column.cell, Code):
        return column.cell.code_list.find_spoken

    def answer(text: str) -> str | None:
        try:
            value = column.cell.read(text).value
        except CellError:
            return None
        return None if value is None else as_word(value)

    return answer if column.cell.native is bool else None


def _over(heading: Heading, column: int) -> str:
    stack = heading.stacks.get(column, [])
    return heading_key(stack[-2]) if len(stack) > 1 else ""


def _adjoin(columns: Sequence[int]) -> bool:
    return max(columns) - min(columns) == len(columns) - 1


def _is_ticked(cell: Raw) -> bool | None:
    """Whether a cell is ticked; None where it holds anything else."""
    text = solid(as_text(cell)) if not isinstance(cell, bool) else "是" if cell else "否"
    if text in _UNTICKED or says_nothing(text):
        return False
    return True if text in _TICKED else None
