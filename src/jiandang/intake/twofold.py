"""Columns whose heading may mean two things in a list of persons: their cells say which."""

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.vocabulary import Meaning
from jiandang.register.cells import Raw
from jiandang.register.tables import COLUMNS

# 劳动力: how many of the household can work, or whether the person can.
_TWOFOLD = {Meaning("household", "labour_count"): Meaning("member", "labour")}


def tell_by_cells(grid: Grid, segment: Segment) -> None:
    """Give such a column of `segment` the meaning that more of its cells fit."""
    columns = segment.heading.columns
    rows = np.array(segment.rows[Kind.DATA], np.int64)
    for own, other in _TWOFOLD.items() if segment.heading.table == "member" else ():
        if own in columns and other not in columns:
            cells, _ = grid.cells.column(columns[own], rows).distinct()
            if _fitting(other, cells) > _fitting(own, cells):
                columns[other] = columns.pop(own)


def _fitting(meaning: Meaning, cells: list[Raw]) -> int:
    """How many of the distinct cells are values of the column."""
    return sum(map(COLUMNS[meaning.table][meaning.column].cell.holds, cells))
