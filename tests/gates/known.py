"""Columns of the clean town that a case has not touched, which need not be made once more.

To make the columns that rules see takes most of the time of a case. test_every_rule.py compares a
sample of the cases with all columns made.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Plan
from jiandang.engine.resolution import Resolved
from jiandang.register.register import Register

# What no expression names: what is faulty is not blank, and by what rows are of one village.
_UNNAMED = ("bad", "village_code12", "village")


class KnownFrames(Frames):
    """Frames that take from those of the clean town what is made alike and of the same cells."""

    def __init__(self, register: Register, plan: Plan, today: date, clean: Frames) -> None:
        super().__init__(register, plan, today)
        self._clean = clean
        self._made_alike: dict[Cell, bool] = {}

    def ensure(self, cells: Iterable[Cell]) -> None:
        wanted = set(cells) - self._made
        if wanted and self._alike:
            same = {c for c in self.plan.resolution.behind(wanted) - self._made if self._is_same(c)}
            self._clean.ensure(same)
            for table in self._alike:
                known = [self._clean[t][name] for t, name in sorted(same) if t == table]
                self._frames[table] = self._frames[table].hstack(known)
            self._made |= same
        super().ensure(wanted)

    @cached_property
    def _alike(self) -> set[str]:
        """The tables that have as many rows, which are of the same villages."""
        tables = {t for t, f in self._frames.items() if f.height == self._clean_height(t)}
        return {table for table in tables if not self._differs.intersection(_unnamed(table))}

    @cached_property
    def _differs(self) -> set[Cell]:
        """The cells of the register that are not those of the clean town."""
        known = self._clean.register.tables
        equal = {t for t, f in self.register.tables.items() if t in known and f.equals(known[t])}
        return {
            (table, name)
            for table, name in self.plan.resolution.inventory.given
            if not (table in equal and name != "today") and not self._is_equal(table, name)
        }

    def _is_equal(self, table: str, name: str) -> bool:
        if (table, name) not in self._clean.plan.resolution.inventory.given:
            return False
        own, clean = self[table][name], self._clean[table][name]
        return own.dtype == clean.dtype and own.equals(clean, null_equal=True)

    def _clean_height(self, table: str) -> int:
        known = self._clean.register.tables.get(table)
        return -1 if known is None else known.height

    def _is_same(self, cell: Cell) -> bool:
        cells = (cell, *self.plan.resolution[cell].after)
        return (
            self._differs.isdisjoint(cells)
            and self._alike.issuperset(table for table, _ in cells)
            and all(map(self._is_made_alike, cells))
        )

    def _is_made_alike(self, cell: Cell) -> bool:
        """Whether the clean town's column is made in the same way, from whatever cells."""
        if cell not in self._made_alike:
            own, clean = self.plan.resolution[cell], self._clean.plan.resolution[cell]
            self._made_alike[cell] = own is clean or _are_alike(own, clean)
        return self._made_alike[cell]


def _unnamed(table: str) -> list[Cell]:
    return [(table, name) for name in _UNNAMED]


def _are_alike(one: Resolved, other: Resolved) -> bool:
    if one.expression is None or other.expression is None:
        return one.expression is other.expression
    joined = (one.source, one.on, one.over) == (other.source, other.on, other.over)
    return joined and one.expression.meta.eq(other.expression)
