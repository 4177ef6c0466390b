"""Columns of the clean town that a case has not touched, which need not be made once more.

To make the columns that rules see takes most of the time of a case. test_every_rule.py compares a
sample of the cases with all columns made.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Plan
from jiandang.register.register import Register

# What no expression names: what is faulty is not blank, and by what rows are of one village.
_UNNAMED = ("bad", "village_code12", "village")


class KnownFrames(Frames):
    """Frames that take what rests on no changed cell from the frames of the clean town."""

    def __init__(self, register: Register, plan: Plan, today: date, clean: Frames) -> None:
        super().__init__(register, plan, today)
        self._clean = clean
        self._changed = self._changed_cells() if self._is_alike() else None

    def ensure(self, cells: Iterable[Cell]) -> None:
        wanted = set(cells) - self._made
        if wanted and self._changed is not None:
            behind = self.plan.resolution.behind(wanted) - self._made
            same = {cell for cell in behind if self._changed.isdisjoint(self._rests_on(*cell))}
            self._clean.ensure(same)
            for table, frame in self._frames.items():
                if names := [name for other, name in sorted(same) if other == table]:
                    self._frames[table] = frame.hstack(self._clean[table].select(names))
            self._made |= same
        super().ensure(wanted)

    def _is_alike(self) -> bool:
        own, clean = self.plan, self._clean.plan
        return (
            own.policy == clean.policy
            and own.resolution.inventory == clean.resolution.inventory
            and all(frame.height == self._clean[t].height for t, frame in self._frames.items())
        )

    def _changed_cells(self) -> set[Cell]:
        given = self.plan.resolution.inventory.given
        return {(t, n) for t, n in given if not _is_equal(self[t][n], self._clean[t][n])}

    def _rests_on(self, table: str, name: str) -> set[Cell]:
        cells = {(table, name), *self.plan.resolution[table, name].after}
        return cells | {(table, name) for table, _ in cells for name in _UNNAMED}


def _is_equal(one: pl.Series, other: pl.Series) -> bool:
    return one.dtype == other.dtype and one.equals(other, null_equal=True)
