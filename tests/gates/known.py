"""What a case has not touched of the clean town: columns, which need not be made once more, and
expressions of rules, which are true in no row there.

To make the columns that rules see takes most of the time of a case, and then to evaluate the
expressions. test_every_rule.py compares a sample of the cases with all columns made, and all
expressions evaluated.
"""

from collections.abc import Callable, Iterable, Set
from datetime import date
from functools import cache, cached_property

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Clause, Plan, Unchecked
from jiandang.engine.resolution import Inventory, Resolved, Step
from jiandang.engine.rule import Rule
from jiandang.register.register import Register

# What no expression names: of which sheet rows are, what is faulty and so not blank, and by what
# they are of one village.
_OF_VILLAGE = ("village_code12", "village")
_UNNAMED = ("ref", "bad", *_OF_VILLAGE)
# Stands for the rows of a table, as if it were a column.
ROWS = "rows"


def changed_cells(register: Register, clean: Register) -> set[Cell]:
    """The columns of the register that are not the clean one's, or that only one has room for.

    With `ROWS` of the tables whose rows are others, or of other villages.
    """
    changed = set(Inventory.of(register).cells ^ Inventory.of(clean).cells)
    for table in register.tables.keys() | clean.tables.keys():
        own, known = register.tables.get(table), clean.tables.get(table)
        if own is None or known is None or own.height != known.height:
            names = {n for frame in (own, known) if frame is not None for n in frame.columns}
            changed |= {(table, name) for name in (*names, ROWS)}
        elif not own.equals(known):
            changed |= {
                (table, name)
                for name in {*own.columns, *known.columns}
                if not (name in own.columns and name in known.columns)
                or not _are_equal(own[name], known[name])
            }
            if not changed.isdisjoint((table, name) for name in _UNNAMED):
                changed.add((table, ROWS))
    return changed


def _are_equal(one: pl.Series, other: pl.Series) -> bool:
    return one.dtype == other.dtype and one.equals(other, null_equal=True)


class KnownFrames(Frames):
    """Frames that take from those of the clean town what is made alike and of the same cells.

    A column that is made anew and comes out as in the clean town counts as the same. Of `rules`,
    expressions over nothing but such columns are left out, as if they had no such.
    """

    def __init__(
        self,
        register: Register,
        plan: Plan,
        today: date,
        clean: Frames,
        differs: Set[Cell],
        rules: Iterable[Rule],
    ) -> None:
        """`differs` are the cells of the register that are not those of the clean town."""
        super().__init__(register, plan, today)
        self._clean = clean
        if today != clean._today:
            differs = differs | {(table, "today") for table in self._frames}
        self._differs = differs
        self._rules = {*rules}
        self._same: dict[Cell, bool] = {}
        self._made_alike: dict[Cell, bool] = {}
        if prepared := [plan[rule] for rule in self._rules]:
            clauses = [c for each in prepared if not isinstance(each, Unchecked) for c in each]
            asked = [clause for clause in clauses if not self._is_known(clause)]
            self.ensure(cell for clause in asked for cell in clause.made)
            self.plan = _PlanWithout(plan, self._is_known)

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

    def _with_columns(self, step: Step) -> pl.DataFrame:
        table, expressions = step.table, step.expressions
        if table not in self._alike:
            return super()._with_columns(step)
        known = {name for name in expressions if self._comes_out_alike((table, name))}
        made = {name: each for name, each in expressions.items() if name not in known}
        frame = self._frames[table]
        if made:
            frame = super()._with_columns(step._replace(expressions=made))
        self._same.update(((table, name), True) for name in known)
        self._same.update(((table, name), self._is_clean(table, frame[name])) for name in made)
        self._clean.ensure((table, name) for name in known)
        return frame.hstack([self._clean[table][name] for name in known])

    def _is_clean(self, table: str, column: pl.Series) -> bool:
        """Whether a column has come out as the clean town's of that name."""
        cell = table, column.name
        if _resolved(cell, self._clean) is None:
            return False
        self._clean.ensure([cell])
        return _are_equal(column, self._clean[table][column.name])

    def _comes_out_alike(self, cell: Cell) -> bool:
        """Whether a column is made as the clean town's, of columns that are the same."""
        return self._is_made_alike(cell) and all(map(self._is_same, _inputs(cell, self._clean)))

    def _is_known(self, clause: Clause) -> bool:
        """Whether the expression is one of the clean town's, over columns that are the same."""
        known = self._clean.plan[clause.rule] if clause.rule in self._rules else ()
        return (
            not isinstance(known, Unchecked)
            and any(clause.where is each.where for each in known)
            and all(self._is_same((clause.table, name)) for name in _roots(clause))
        )

    @cached_property
    def _alike(self) -> set[str]:
        """The tables that have as many rows, which are of the same villages."""
        return {table for table in self._frames if (table, ROWS) not in self._differs}

    def _is_same(self, cell: Cell) -> bool:
        """Whether a column is the clean town's: it has come out so, or has to."""
        if cell not in self._same:
            after = self.plan.resolution[cell].after
            self._same[cell] = (
                cell not in self._differs
                and self._differs.isdisjoint(after)
                and cell[0] in self._alike
                and (len(self._alike) == len(self._frames) or self._are_of_alike(after))
                and (
                    self.plan.resolution is self._clean.plan.resolution
                    or all(map(self._is_made_alike, (cell, *after)))
                )
            )
        return self._same[cell]

    def _are_of_alike(self, cells: Iterable[Cell]) -> bool:
        return self._alike.issuperset(table for table, _ in cells)

    def _is_made_alike(self, cell: Cell) -> bool:
        """Whether the clean town's column is made in the same way, from whatever cells."""
        if cell not in self._made_alike:
            own, clean = self.plan.resolution[cell], _resolved(cell, self._clean)
            self._made_alike[cell] = clean is not None and (own is clean or _are_alike(own, clean))
        return self._made_alike[cell]


def _resolved(cell: Cell, frames: Frames) -> Resolved | None:
    """How the column is made, if it can be made."""
    try:
        return frames.plan.resolution[cell]
    except KeyError:
        return None


# Of what the columns of the clean town are made.
_inputs_of: dict[Cell, list[Cell]] = {}


def _inputs(cell: Cell, clean: Frames) -> list[Cell]:
    """The columns that a column of the clean town is made of, with those that say of which rows."""
    if cell not in _inputs_of:
        made, (table, _) = clean.plan.resolution[cell], cell
        assert made.expression is not None
        inputs = {(made.source or table, name) for name in made.expression.meta.root_names()}
        if made.source is not None:
            pairs = [made.on] if made.on is not None else [(name, name) for name in _OF_VILLAGE]
            inputs |= {each for a, b in pairs for each in ((table, a), (made.source, b))}
        _inputs_of[cell] = sorted(inputs)
    return _inputs_of[cell]


class _PlanWithout(Plan):
    """A plan without the expressions of which something holds."""

    def __init__(self, plan: Plan, holds: Callable[[Clause], bool]) -> None:
        super().__init__(plan.definitions, plan.resolution.inventory)
        self.resolution = plan.resolution
        self._whole = plan
        self._holds = holds

    def _prepare(self, rule: Rule) -> list[Clause] | Unchecked:
        whole = self._whole[rule]
        return whole if isinstance(whole, Unchecked) else [c for c in whole if not self._holds(c)]

    def of(self, inventory: Inventory) -> Plan:
        return self._whole.of(inventory)


@cache
def _roots(clause: Clause) -> list[str]:
    return clause.where.meta.root_names()


def _are_alike(one: Resolved, other: Resolved) -> bool:
    if one.expression is None or other.expression is None:
        return one.expression is other.expression
    joined = (one.source, one.on, one.over) == (other.source, other.on, other.over)
    return joined and one.expression.meta.eq(other.expression)
