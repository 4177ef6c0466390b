"""Which rules can tell what a case has changed in the clean town.

All others find there what they find in the clean town, nothing; not to run them halves the time
that the cases take. test_every_rule.py compares a sample of the cases with all rules run.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from town import Town

from generators.layout import TABLES
from jiandang.engine.derived import DERIVED, Cell
from jiandang.engine.plan import plan_for
from jiandang.gates.catalogue import all_rules
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, TITLES
from jiandang.report.gates import GATES

_ALL: tuple[str, ...] = ()
_TABLES = {title: table for table, title in TITLES.items()}
# By these rows belong together.
_KEYS = {*PLACE_COLUMNS, "code"}
_NUMBERS = {("member", "id_number"), ("household", "head_id")}
# These say how sheets are read.
_OF_READING = {"headings", "start", "income_year"}


def rules_about(town: Town) -> tuple[str, ...]:
    """The rules, and groups, that read what has changed or tell of reading; none: run all."""
    changed = _changed(town)
    if changed is None:
        return _ALL
    groups = [*(["BD"] if town.lists else []), *(["DT"] if town.earlier else [])]
    return (*(code for code, read in _read().items() if read is None or read & changed), *groups)


def _changed(town: Town) -> set[Cell] | None:
    """The columns whose cells are not those of the clean town; None where rows are not either.

    A parameter of the policy counts as a column of a table `policy`.
    """
    clean, changed = Town(), {("policy", name) for name in town.policy}
    if town.merged or town.hidden_rows or not _OF_READING.isdisjoint(town.policy):
        return None
    if town.as_of != clean.as_of:
        changed |= {(table, "today") for table in COLUMNS}
    rows = {sheet: len(before) for sheet, before in clean.sheets.items()}
    if {sheet: len(now) for sheet, now in town.sheets.items()} != rows:
        return None
    for sheet in TABLES:
        before, now = clean.sheets[sheet], town.sheets[sheet]
        headings = {*clean.headings[sheet]} ^ {*town.headings[sheet]}
        pairs = [pair for pair in zip(now, before, strict=True) if pair[0] != pair[1]]
        for row, other in pairs:
            headings |= {key for key in row.keys() | other.keys() if row.get(key) != other.get(key)}
        names = {column.heading: name for name, column in COLUMNS[_TABLES[sheet]].items()}
        if not headings <= names.keys() or not _KEYS.isdisjoint(names[each] for each in headings):
            return None
        changed |= {(_TABLES[sheet], names[each]) for each in headings}
    if changed & _NUMBERS:
        changed.add(("household", "head_is_listed"))
    return changed


@cache
def _read() -> dict[str, frozenset[Cell] | None]:
    """All columns behind each rule's expressions; None for a rule about reading.

    The rules of the groups are left out: they see more than the register.
    """
    town = Town()
    policy = town.effective_policy()
    noting = _Noting.model_construct(**dict(policy))
    columns = plan_for(policy, town.register(policy)).resolution
    of_columns = {cell: noting.asked_by(derived.define) for cell, derived in DERIVED.items()}
    read: dict[str, frozenset[Cell] | None] = {}
    for rule in all_rules():
        if rule.gate not in GATES:
            continue
        read[rule.code] = None
        if rule.check:
            cells = [
                (violation.table or rule.table, root)
                for violation in rule.violations(policy)
                for root in violation.where.meta.root_names()
            ]
            behind = columns.behind(cells)
            asked = [of_columns[cell] for cell in behind if cell in of_columns]
            read[rule.code] = behind.union(noting.asked_by(rule.violations), *asked)
    return read


class _Noting(Policy):
    """A policy that tells which of its parameters are asked for."""

    def __getattribute__(self, name: str) -> Any:
        if name in Policy.model_fields:
            _asked.add(("policy", name))
        return super().__getattribute__(name)

    def asked_by(self, function: Callable[[Policy], object]) -> frozenset[Cell]:
        _asked.clear()
        function(self)
        return frozenset(_asked)


_asked: set[Cell] = set()
