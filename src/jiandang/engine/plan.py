"""What is the same for every register of one inventory under one policy, worked out once.

Of the hundreds of expressions none depends on the rows: a worker that checks the hundred files
of a city, which come from one template, makes them for the first file only. Where each file has
other columns, what the expressions are is still defined once (`Definitions`).
"""

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from jiandang.engine.definitions import Definitions, Stated
from jiandang.engine.derived import Cell
from jiandang.engine.resolution import Inventory, Needs, Resolution
from jiandang.engine.rule import Read, Rule
from jiandang.engine.words import fields_of
from jiandang.policy import Policy
from jiandang.register.register import Register
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

# Where a row stands and who it is about, as far as its table says.
_ADDRESS = (
    "ref", "others", "apart", "household_id", "county", "town", "village", "village_key", "name",
    "head_name", "relation", "person_id", "id_number",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Clause:
    """One expression of a rule, and what has to be known to run it.

    `where` is true in the rows that break the rule, `values` are what the message shows besides
    the row's columns. `given` are the columns of the frame that the broken rows are taken with,
    `kept` those that a finding needs of them. `made` are the derived columns behind `where`,
    `shown` those behind `given`, which are made only where there are broken rows. `reads` are
    the register's cells that `where` rests on, `needs` those that it does not do without;
    `asked`, `covered`, `is_fault`, `is_surplus` and `also` as in `Violation`.
    """

    rule: Rule
    severity: Severity
    table: str
    at: str
    where: pl.Expr
    values: list[pl.Expr]
    given: list[str]
    kept: list[str]
    made: frozenset[Cell]
    shown: frozenset[Cell]
    reads: frozenset[Read]
    needs: Needs
    asked: pl.Expr | None = None
    covered: pl.Expr | None = None
    is_fault: bool = True
    is_surplus: bool = False
    also: str = ""


class Unchecked(NamedTuple):
    """Why a rule did not run.

    `lacking` are the columns and tables that would let it; `of_policy` that the policy gives no
    parameter for it, so that nothing in the register could; `optional` as in `Rule`.
    """

    reason: str
    lacking: tuple[str, ...] = ()
    of_policy: bool = False
    optional: bool = False


class Plan(dict[Rule, "list[Clause] | Unchecked"]):
    """How rules run over registers of one inventory under a policy, each worked out once.

    A rule's expressions that can run, or why none can. Raises whatever its definition raises.
    """

    def __init__(self, definitions: Definitions, inventory: Inventory) -> None:
        super().__init__()
        self.definitions = definitions
        self.policy = definitions.policy
        self.resolution = Resolution(definitions, inventory)
        self._parts: dict[Inventory, Plan] = {}
        self._unchecked: dict[Rule, Unchecked | None] = {}

    def __missing__(self, rule: Rule) -> "list[Clause] | Unchecked":
        self[rule] = prepared = self._prepare(rule)
        return prepared

    def of(self, inventory: Inventory) -> "Plan":
        """The plan for a part of the register, as a village's sheets."""
        if inventory not in self._parts:
            self._parts[inventory] = Plan(self.definitions, inventory)
        return self._parts[inventory]

    def unchecked(self, rule: Rule) -> Unchecked | None:
        """Why a rule cannot run, if it cannot."""
        if rule not in self._unchecked:
            able = self._able(rule)
            self._unchecked[rule] = able if isinstance(able, Unchecked) else None
        return self._unchecked[rule]

    def _prepare(self, rule: Rule) -> "list[Clause] | Unchecked":
        able = self._able(rule)
        return able if isinstance(able, Unchecked) else [self._clause(rule, *each) for each in able]

    def _able(self, rule: Rule) -> list[tuple[Stated, list[str]]] | Unchecked:
        """Those of the rule's expressions that can run, each with its needs."""
        # A rule with several expressions (one a step, one a column) runs those that it can.
        lacking: dict[str, None] = {}
        able: list[tuple[Stated, list[str]]] = []
        for stated in self.definitions.rule(rule):
            needs = stated.roots if rule.needs is None else rule.needs.split()
            missing = self.resolution.lacking(stated.violation.table or rule.table, needs)
            lacking.update(dict.fromkeys(missing))
            if not missing:
                able.append((stated, needs))
        if rule.check is None:
            lacking.update(dict.fromkeys(self.resolution.lacking("", (rule.needs or "").split())))
            runs = not lacking and bool(self.resolution.inventory.sheets)
            nothing = Unchecked("没有读到任何登记表")
        else:
            runs = bool(able)
            nothing = Unchecked("政策没有给出这条规则的参数", of_policy=True)
        if runs:
            return able
        if lacking:
            reason = "缺少" + "、".join(lacking)
            return Unchecked(reason, tuple(lacking), optional=rule.optional)
        return nothing

    def _clause(self, rule: Rule, stated: Stated, needs: list[str]) -> Clause:
        violation, values = stated.violation, stated.values
        table, at = violation.table or rule.table, violation.at or rule.at
        given_cells = self.resolution.inventory.given
        address = [n for n in _ADDRESS if (table, n) in given_cells]
        cells = [name for name in at.split("|") if name in COLUMNS[table]]
        cells += [name for _, name, _ in fields_of(rule.message) if name and name != "count"]
        cells += [rule.key] if rule.key else []
        own = [name for name in (*address, *cells) if name not in values]
        given = list(dict.fromkeys([*own, *stated.shown]))
        made, behind = (
            self.resolution.behind([(table, name) for name in names]) - given_cells
            for names in (stated.roots, given)
        )
        return Clause(
            rule,
            violation.severity or rule.severity,
            table,
            at,
            stated.where,
            [value.alias(name) for name, value in values.items()],
            given,
            list(dict.fromkeys([*address, *cells, *values])),
            made,
            behind,
            self.resolution.reads(table, violation.rests_on.split() or stated.roots),
            self.resolution.needs(table, needs),
            violation.asked,
            violation.covered,
            violation.is_fault,
            violation.is_surplus,
            violation.also,
        )


# A run has one policy, and few inventories: one for all files, or one for each file of a batch.
_MOST_PLANS = 4
_plans: list[Plan] = []


def plan_for(policy: Policy, register: Register) -> Plan:
    """The plan for the register, which may have been made for an equal one before."""
    inventory = Inventory.of(register)
    alike = [plan for plan in _plans if plan.policy == policy]
    plan = next((each for each in alike if each.resolution.inventory == inventory), None)
    if plan is None:
        definitions = alike[-1].definitions if alike else Definitions(policy)
        plan = Plan(definitions, inventory)
    _plans[:] = [*(each for each in _plans if each is not plan), plan][-_MOST_PLANS:]
    return plan
