"""What is the same for every register of one layout under one policy, worked out once.

Of the hundreds of expressions none depends on the rows: a worker that checks the hundred files
of a city, which come from one template, makes them for the first file only.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.lineage import Layout, Lineage, Scope
from jiandang.engine.rule import Rule, Violation
from jiandang.engine.steps import Step, plan_steps
from jiandang.engine.words import fields_of
from jiandang.policy import Policy
from jiandang.register.register import Register
from jiandang.register.tables import COLUMNS

# Where a row stands and who it is about, as far as its table says.
_ADDRESS = (
    "ref", "ref2", "household_id", "county", "town", "village", "village_key", "name",
    "head_name", "relation",
)  # fmt: skip

# What one finding is for → the column whose equal values make one.
_GROUPS = {"household": "household_id", "village": "village_key"}


@dataclass(frozen=True, eq=False)
class Clause:
    """One expression of a rule, and what has to be known to run it.

    `where` is true in the rows that break the rule, `values` are what the message shows besides
    the row's columns. `given` are the columns of the frame that the broken rows are taken with,
    `kept` those that a finding needs of them, `made` the derived ones of all these. `reads` are
    the register's cells that `where` rests on.
    """

    rule: Rule
    table: str
    at: str
    where: pl.Expr
    values: list[pl.Expr]
    given: list[str]
    kept: list[str]
    made: frozenset[Cell]
    reads: frozenset[tuple[str, str, Scope]]

    @property
    def of_household(self) -> bool:
        """Whether rows without a household number must be passed over: they belong to none."""
        if self.rule.per == "household":
            return True
        return any(scope == "household" for _, _, scope in self.reads)


@dataclass(frozen=True)
class Prepared:
    """The expressions of a rule that can run, and in Chinese what the others lack."""

    clauses: list[Clause]
    lacking: list[str]


class Plan:
    """How the rules run over registers of one layout under a policy, as far as it was asked."""

    def __init__(self, policy: Policy, layout: Layout) -> None:
        self.policy = policy
        self.lineage = Lineage(policy, layout)
        self._prepared: dict[Rule, Prepared] = {}
        self._steps: dict[tuple[Set[Cell], Set[Cell]], list[Step]] = {}

    def prepared(self, rule: Rule) -> Prepared:
        """The expressions of a rule. Whatever the rule itself raises comes through."""
        if rule not in self._prepared:
            self._prepared[rule] = self._prepare(rule)
        return self._prepared[rule]

    def steps(self, wanted: frozenset[Cell], made: frozenset[Cell]) -> list[Step]:
        """The steps that add the wanted columns to frames that have those of `made`."""
        if (wanted, made) not in self._steps:
            self._steps[wanted, made] = plan_steps(self.lineage, wanted, made)
        return self._steps[wanted, made]

    def _prepare(self, rule: Rule) -> Prepared:
        # A rule with several expressions (one a step, one a column) runs those that it can.
        lacking: dict[str, None] = {}
        clauses: list[Clause] = []
        for violation in rule.violations(self.policy):
            roots = violation.where.meta.root_names()
            needs = roots if rule.needs is None else rule.needs
            missing = self.lineage.missing(violation.table or rule.table, needs)
            if missing:
                lacking.update(dict.fromkeys(missing))
            else:
                clauses.append(self._clause(rule, violation, roots))
        return Prepared(clauses, list(lacking))

    def _clause(self, rule: Rule, violation: Violation, roots: list[str]) -> Clause:
        table, at = violation.table or rule.table, violation.at or rule.at
        values = {name: _expression(value) for name, value in violation.values.items()}
        shown = [root for value in values.values() for root in value.meta.root_names()]
        address = [n for n in _ADDRESS if (table, n) in self.lineage.layout.given]
        cells = [name for name in at.split("|") if name in COLUMNS[table]]
        cells += [*placeholders(rule.message), *group_of(rule)]
        own = [name for name in (*address, *cells) if name not in values]
        given = list(dict.fromkeys([*own, *shown]))
        return Clause(
            rule,
            table,
            at,
            violation.where.fill_null(False),
            [value.alias(name) for name, value in values.items()],
            given,
            list(dict.fromkeys([*address, *cells, *values])),
            frozenset((table, n) for n in (*roots, *given)) - self.lineage.layout.given,
            self.lineage.reads(table, roots),
        )


def placeholders(message: str) -> list[str]:
    """The names in a message's braces that are columns or values; `count` is the engine's."""
    names = (name for _, name, _ in fields_of(message) if name and name != "count")
    return list(dict.fromkeys(names))


def group_of(rule: Rule) -> list[str]:
    """The column whose equal values make one finding, but for rows and tables."""
    return [] if rule.per in ("row", "table") else [_GROUPS.get(rule.per, rule.per)]


def _expression(value: Any) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(value)


# A run has one policy, and few layouts: one for all files, or one for each file of a batch.
_MOST_PLANS = 4
_plans: list[Plan] = []


def plan_for(policy: Policy, register: Register) -> Plan:
    """The plan for the register: one that was made before, where policy and layout are equal."""
    layout = Layout.of(register)
    for plan in _plans:
        if plan.policy == policy and plan.lineage.layout == layout:
            return plan
    _plans.append(Plan(policy, layout))
    del _plans[:-_MOST_PLANS]
    return _plans[-1]
