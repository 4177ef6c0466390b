"""What rules and derived columns are under a policy, whatever columns a register has."""

from functools import cached_property
from typing import NamedTuple

import polars as pl

from jiandang.engine.derived import DERIVED, Cell
from jiandang.engine.rule import Rule, Violation
from jiandang.policy import Policy


class Defined(NamedTuple):
    """An expression, and the names of the columns that it is made of."""

    expression: pl.Expr
    roots: list[str]


class Stated:
    """One expression of a rule: `where` it is broken, and the `values` that its message shows.

    `shown` are the columns that the values are made of.
    """

    def __init__(self, violation: Violation) -> None:
        self.violation = violation
        self.roots = violation.where.meta.root_names()

    @cached_property
    def where(self) -> pl.Expr:
        return self.violation.where.fill_null(False)

    @cached_property
    def values(self) -> dict[str, pl.Expr]:
        values = self.violation.values.items()
        return {n: v if isinstance(v, pl.Expr) else pl.lit(v) for n, v in values}

    @cached_property
    def shown(self) -> list[str]:
        return [root for value in self.values.values() for root in value.meta.root_names()]


class Definitions:
    """What is defined under a policy, once for the registers of all inventories.

    Raises whatever a definition raises.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._rules: dict[Rule, list[Stated]] = {}
        self._columns: dict[Cell, Defined] = {}

    def rule(self, rule: Rule) -> list[Stated]:
        if rule not in self._rules:
            self._rules[rule] = [Stated(each) for each in rule.violations(self.policy)]
        return self._rules[rule]

    def column(self, cell: Cell) -> Defined:
        if cell not in self._columns:
            expression = DERIVED[cell].define(self.policy)
            self._columns[cell] = Defined(expression, expression.meta.root_names())
        return self._columns[cell]
