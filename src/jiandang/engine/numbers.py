"""Which rules have found nothing since households cannot be told by their numbers."""

from collections.abc import Sequence

from jiandang.engine.frames import Frames
from jiandang.engine.plan import Clause, Unchecked
from jiandang.engine.rule import Rule
from jiandang.register.register import OF_HOUSEHOLDS
from jiandang.register.tables import COLUMNS, TITLES


def unnumbered(rule: Rule, clauses: Sequence[Clause], frames: Frames) -> Unchecked | None:
    """Why a rule about households has found nothing: rows have no household's number.

    In rows without one it is silent, and what other tables say of the household is not known. A
    rule across towns may yet find the rows of others.
    """
    lacking: dict[str, None] = {}
    if not frames.unnumbered or rule.check is None or rule.across is not None:
        return None
    for clause in clauses:
        tables = set()
        if rule.per == "household" or any(scope == "household" for *_, scope in clause.reads):
            tables.add(clause.table)
        roots = [(clause.table, name) for name in clause.where.meta.root_names()]
        behind = frames.plan.resolution.behind(roots)
        by_number = {table for table, name in behind if name == "household_id"} - {clause.table}
        for alternatives in clause.needs:
            others = {table for table, *_ in alternatives}
            tables |= others if others <= by_number & frames.unnumbered else set()
        if not (tables := tables & frames.unnumbered):
            return None
        lacking.update((f"户编号（{TITLES[t]}）", None) for t in OF_HOUSEHOLDS if t in tables)
    return Unchecked("缺少" + "、".join(lacking), tuple(lacking), optional=rule.optional)


def tables_apart(rule: Rule, clauses: Sequence[Clause], frames: Frames) -> Unchecked | None:
    """Why a rule over several tables has found nothing: these have no household in common."""
    names = None
    for clause in clauses if rule.check is not None and frames.some_are_apart else ():
        others = {table for table, _, scope in clause.reads if scope == "household"}
        others &= COLUMNS.keys() - {clause.table}
        apart = [other for other in sorted(others) if frames.are_apart(clause.table, other)]
        if not apart:
            return None
        names = names or f"{TITLES[clause.table]}表和{TITLES[apart[0]]}表"
    return Unchecked(f"{names}的户编号没有一户对得上") if names else None
