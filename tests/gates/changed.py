"""Which rules can tell what a case has changed in the clean town.

All others find there what they find in the clean town, nothing; not to run them halves the time
that the cases take. test_every_rule.py compares a sample of the cases with all rules run.
"""

from functools import cache

from town import Town

from generators.layout import TABLES
from jiandang.engine.derived import Cell
from jiandang.engine.plan import plan_for
from jiandang.gates.catalogue import all_rules
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, TITLES
from jiandang.report.model import GATES

_ALL: tuple[str, ...] = ()
_TABLES = {title: table for table, title in TITLES.items()}
# By these rows belong together.
_KEYS = {*PLACE_COLUMNS, "code"}
_NUMBERS = {("member", "id_number"), ("household", "head_id")}


def rules_about(town: Town) -> tuple[str, ...]:
    """The rules, and groups, that read what has changed or tell of reading; none: run all."""
    changed = _changed(town)
    if changed is None:
        return _ALL
    groups = [*(["BD"] if town.lists else []), *(["DT"] if town.earlier else [])]
    return (*(code for code, read in _read().items() if read is None or read & changed), *groups)


def _changed(town: Town) -> set[Cell] | None:
    """The columns whose cells are not those of the clean town; None where rows are not either."""
    clean, changed = Town(), set[Cell]()
    if town.policy or town.merged or town.hidden_rows:
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
    rules = [rule for rule in all_rules() if rule.gate in GATES]
    columns = plan_for(policy, town.register(policy)).resolution
    return {
        rule.code: frozenset().union(
            *(
                columns.behind([(violation.table or rule.table, root)])
                for violation in rule.violations(policy)
                for root in violation.where.meta.root_names()
            )
        )
        if rule.check
        else None
        for rule in rules
    }
