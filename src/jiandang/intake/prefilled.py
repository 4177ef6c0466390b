"""Rows that were filled in beforehand: places, formulas, zeros, the numbers of those to come."""

from collections.abc import Callable, Sequence, Set
from functools import partial

import numpy as np

from jiandang.formats.grid import runs
from jiandang.formats.matrix import CellMatrix
from jiandang.intake.row_texts import is_no_answer
from jiandang.intake.segment import Kind, Segment
from jiandang.register.cells import Raw

# Of so many rows it is no chance that all say the same.
_ALIKE = 3


class Prefilled:
    """Tells rows that have been filled in beforehand from such as are about somebody.

    In such rows places, errors of formulas, zeros and marks stand, or the same in all of a block;
    below the last row of data also the numbers of households to come. Of the table's `columns`
    the `free` ones may be filled, the `telling` ones may not.
    """

    def __init__(
        self,
        cells: CellMatrix,
        segment: Segment,
        columns: Set[int],
        free: Set[int],
        telling: Set[int],
    ) -> None:
        self._cells, self._segment = cells, segment
        self._telling = columns & telling
        self._asked = columns - free - telling
        self._known: dict[tuple[bytes, tuple[int, ...]], bool] = {}

    def take_out(self, last: int, names_somebody: Callable[[Sequence[Raw]], bool]) -> None:
        """Tell these rows from data; `last` is the last row that is sure to be of somebody."""
        rows, may_be = self._segment.rows, partial(self._may_be, names_somebody)
        last = max([last, *(r for r in rows[Kind.DATA] if not may_be(r, ()))])
        candidates = sorted([*rows[Kind.REJECTED], *(r for r in rows[Kind.DATA] if r > last)])
        prefilled = [
            number
            for run in runs(candidates)
            for alike in [self._alike(run)]
            for number in run
            if may_be(number, alike)
        ]
        self._segment.make(prefilled, Kind.PREFILLED)

    def _alike(self, run: range) -> tuple[int, ...]:
        """The columns in which all of some rows say the same."""
        if len(run) < _ALIKE:
            return ()
        codes = self._cells.codes[run.start : run.stop]
        return (*np.flatnonzero((codes == codes[0]).all(axis=0)).tolist(),)

    def _may_be(
        self, names_somebody: Callable[[Sequence[Raw]], bool], number: int, alike: tuple[int, ...]
    ) -> bool:
        same = self._cells.codes[number].tobytes(), alike
        if same not in self._known:
            row = self._cells[number]
            asked = (self._asked - {*alike}) | self._telling
            self._known[same] = not names_somebody(row) and all(
                is_no_answer(row[column]) for column in asked
            )
        return self._known[same]
