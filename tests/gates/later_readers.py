"""The expressions of the rules, and which later rules an entry of the silences can silence."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from jiandang.engine.derived import Cell
from jiandang.engine.plan import Clause, Plan, Unchecked
from jiandang.engine.rule import Rule
from jiandang.engine.silence import AT, GROUP, HOUSEHOLD, Silences, cells_marked, in_order
from jiandang.gates.catalogue import all_rules
from jiandang.report.gates import GATES


def clauses_of(plan: Plan) -> Iterator[Clause]:
    """The expressions of the rules of the five gates that can run under the plan.

    Those of the groups need more than a register.
    """
    for rule in all_rules():
        prepared = plan[rule] if rule.gate in GATES else []
        yield from [] if isinstance(prepared, Unchecked) else prepared


def later_readers(silences: Silences, plan: Plan) -> dict[tuple[str, str], list[str]]:
    """For each rule and column of the table: the later rules that the entry can silence."""
    readers: dict[tuple[str, str], list[str]] = {}
    clauses = {
        code: list(own) for code, own in groupby(clauses_of(plan), key=lambda c: c.rule.code)
    }
    rules = in_order(all_rules(), silences)
    reads = {rule.code: _reads(rule, clauses.get(rule.code, ())) for rule in rules}
    for number, rule in enumerate(rules):
        names = silences.get(rule.code, ())
        later = rules[number + 1 :]
        for name in names:
            if name == GROUP:
                readers[rule.code, name] = [each.code for each in later if each.gate == rule.gate]
                continue
            whole = "household_id" in names
            cells = {
                cell
                for clause in clauses.get(rule.code, ())
                for cell in cells_marked(clause.table, clause.at if name == AT else name, whole)
            }
            readers[rule.code, name] = [each.code for each in later if cells & reads[each.code]]
    return readers


def _reads(rule: Rule, clauses: Iterable[Clause]) -> set[Cell]:
    reads = [*rule.cells_read, *(read for clause in clauses for read in clause.reads)]
    cells = {(table, name) for table, name, _ in reads}
    if rule.per == "household" or any(scope == "household" for *_, scope in reads):
        cells.add(("household", HOUSEHOLD))
    return cells
