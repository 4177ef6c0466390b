"""Which rules can tell what a case has changed in the clean town.

All others find there what they find in the clean town, nothing; not to run them halves the time
that the cases take. test_every_rule.py compares a sample of the cases with all rules run.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from known import ROWS
from town import AS_OF, Town, clean_frames

from jiandang.engine.derived import DERIVED, Cell
from jiandang.gates.catalogue import all_rules
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.gates import GATES


def rules_about(town: Town, changed: set[Cell]) -> tuple[str, ...]:
    """The rules, and groups, that read what has changed or tell of reading."""
    # A parameter of the policy counts as a column of a table `policy`.
    changed = changed | {("policy", name) for name in town.policy}
    if town.as_of != AS_OF:
        changed |= {(table, "today") for table in COLUMNS}
    groups = [*(["BD"] if town.lists else []), *(["DT"] if town.earlier else [])]
    return (*(code for code, read in _read().items() if read is None or read & changed), *groups)


@cache
def _read() -> dict[str, frozenset[Cell] | None]:
    """All columns behind each rule's expressions; None for a rule about reading.

    The rules of the groups are left out: they see more than the register.
    """
    policy = Town().effective_policy()
    noting = _Noting.model_construct(**dict(policy))
    columns = clean_frames().plan.resolution
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
            # Their number says something too, of whatever columns.
            tables = {rule.table, *(columns[cell].source for cell in behind)}
            rows = {(table, ROWS) for table in tables.union(table for table, _ in behind) if table}
            read[rule.code] = behind.union(noting.asked_by(rule.violations), rows, *asked)
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
