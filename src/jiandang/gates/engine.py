"""Running the rules: expressions over frames → violations by row, minus what is silenced."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Any

import polars as pl

from jiandang.gates.frames import Cell, Frames
from jiandang.gates.rule import Rule, Violation
from jiandang.gates.silence import AT, HOUSEHOLD, SILENCES
from jiandang.register.register import Observation
from jiandang.register.tables import COLUMNS, EMBEDDABLE


@dataclass
class Hits:
    """The rows in which one expression of a rule is true, with the values its message shows."""

    rule: Rule
    table: str
    at: str
    rows: pl.DataFrame


@dataclass
class Outcome:
    """What running the rules came to. Reasons are in Chinese, by rule code."""

    hits: list[Hits] = field(default_factory=list)
    observations: list[tuple[Rule, Observation]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    not_checked: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    silenced: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class _Faulty:
    """The rows, and the households, in which a column's cells have been found faulty.

    `whole` are households that have them in every row, since their number itself is faulty.
    """

    refs: set[int] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def run_rules(
    rules: Iterable[Rule], frames: Frames, observations: Sequence[Observation]
) -> Outcome:
    """Run the rules in the order of silence.py, then by code."""
    order = {code: number for number, code in enumerate(SILENCES)}
    by_order = sorted(rules, key=lambda rule: (order.get(rule.code, len(order)), rule.code))
    seen: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        seen[observation.rule].append(observation)
    outcome = Outcome()
    faulty = _unreadable(frames)
    for rule in by_order:
        try:
            if rule.check is None:
                _run_observed(rule, seen.get(rule.code, ()), frames, faulty, outcome)
            else:
                _run_check(rule, frames, faulty, outcome)
        except Exception as error:  # A rule's own fault must not hide what the others find.
            outcome.failed[rule.code] = f"{type(error).__name__}: {error}"
    return outcome


def _unreadable(frames: Frames) -> dict[Cell, _Faulty]:
    """The cells that hold something which could not be read: all that rests on them is open."""
    faulty: dict[Cell, _Faulty] = defaultdict(_Faulty)
    for table in COLUMNS:
        rows = frames[table].filter(pl.col("bad").is_not_null())
        by_name = rows.with_columns(pl.col("bad").str.strip_chars("|").str.split("|"))
        for (name,), group in by_name.explode("bad").group_by("bad"):
            if name in COLUMNS[table]:
                _mark_faulty(faulty, table, str(name), group)
    return faulty


def _run_observed(
    rule: Rule,
    observations: Sequence[Observation],
    frames: Frames,
    faulty: dict[Cell, _Faulty],
    outcome: Outcome,
) -> None:
    missing = frames.missing(rule.table, [*rule.needs]) if rule.needs is not None else []
    if missing or not frames.register.sheets:
        reason = "缺少" + "、".join(missing) if missing else "没有读到任何登记表"
        outcome.not_checked[rule.code] = reason
        return
    outcome.run.append(rule.code)
    silent = _silent_refs(rule, frames, faulty) if observations else set()
    for seen in observations:
        if seen.ref in silent:
            outcome.silenced[rule.code] += 1
            continue
        outcome.observations.append((rule, seen))
        if rule.code in SILENCES and seen.column is not None:
            faulty[seen.table, seen.column].refs.add(seen.ref)


def _silent_refs(rule: Rule, frames: Frames, faulty: dict[Cell, _Faulty]) -> set[int]:
    """The rows of all tables in which a column that the observation rests on is faulty."""
    marks = [faulty[table, name] for table in COLUMNS for name in rule.reads]
    refs = {ref for mark in marks for ref in mark.refs}
    whole = {household for mark in marks for household in mark.whole}
    if whole:
        for table in ("member", *EMBEDDABLE):
            rows = frames[table].filter(pl.col("household_id").is_in(list(whole)))
            refs.update(rows["ref"])
    return refs


def _run_check(rule: Rule, frames: Frames, faulty: dict[Cell, _Faulty], outcome: Outcome) -> None:
    violations = rule.violations(frames.policy)
    # A rule with several expressions (one a step, one a column) runs those that it can.
    lacking: dict[str, None] = {}
    runnable: list[Violation] = []
    for violation in violations:
        needs = [*rule.needs] if rule.needs is not None else violation.where.meta.root_names()
        missing = frames.missing(violation.table or rule.table, needs)
        if missing:
            lacking.update(dict.fromkeys(missing))
        else:
            runnable.append(violation)
    if not runnable:
        reason = "缺少" + "、".join(lacking) if lacking else "政策没有给出这条规则的参数"
        outcome.not_checked[rule.code] = reason
        return
    hits: list[Hits] = []
    for violation in runnable:
        rows = _rows(rule, violation, frames, faulty, outcome)
        if rows is not None and not rows.is_empty():
            table, at = violation.table or rule.table, violation.at or rule.at
            hits.append(Hits(rule, table, at, rows))
    outcome.run.append(rule.code)
    names = SILENCES.get(rule.code, ())
    for hit in hits:
        for name in names:
            column = hit.at if name == AT else name
            _mark_faulty(faulty, hit.table, column, hit.rows, whole="household_id" in names)
        outcome.hits.append(replace(hit, rows=_one_per(rule, hit.rows)))


def _mark_faulty(
    faulty: dict[Cell, _Faulty], table: str, name: str, rows: pl.DataFrame, whole: bool = False
) -> None:
    # A rule about members may void what their household says, and the reverse.
    tables = dict.fromkeys((table, "member", *EMBEDDABLE))
    owners = [t for t in tables if name in COLUMNS[t]] or ["household"]
    for owner in owners if whole else owners[:1]:
        marks = faulty[owner, name]
        for ref in ("ref", "ref2"):
            marks.refs.update(rows[ref].drop_nulls())
        if "household_id" in rows.columns:
            households = rows["household_id"].drop_nulls()
            marks.households.update(households)
            if whole:
                marks.whole.update(households)


def _rows(
    rule: Rule,
    violation: Violation,
    frames: Frames,
    faulty: dict[Cell, _Faulty],
    outcome: Outcome,
) -> pl.DataFrame | None:
    """The rows in which the rule is broken and not silent, with the message's values."""
    table = violation.table or rule.table
    roots = violation.where.meta.root_names()
    values = {name: _expression(value) for name, value in violation.values.items()}
    shown = [root for value in values.values() for root in value.meta.root_names()]
    names = [n for n in placeholders(rule.message) if n not in values]
    cells = [*names, *at_columns(rule, violation), *_group(rule)]
    wanted = list(dict.fromkeys([*roots, *shown, *cells]))
    frames.ensure(table, [n for n in wanted if n not in values])
    frame = frames[table]
    broken = frame.select(violation.where.fill_null(False).alias("broken")).to_series()
    if not broken.any():
        return None
    where = broken & ~_silent(rule, table, roots, frames, faulty)
    silenced = int(broken.sum()) - int(where.sum())
    if silenced:
        outcome.silenced[rule.code] += silenced
    kept = [c for c in _ADDRESS if c in frame.columns]
    rows = frame.with_columns(v.alias(n) for n, v in values.items()).filter(where)
    return rows.select(*dict.fromkeys([*kept, *cells, *values]))


_ADDRESS = (
    "ref", "ref2", "household_id", "county", "town", "village", "village_key", "name",
    "head_name", "relation",
)  # fmt: skip


def at_columns(rule: Rule, violation: Violation) -> list[str]:
    """The columns of the cell a finding points at that the violation's own table has."""
    names = (violation.at or rule.at).split("|")
    return [name for name in names if name in COLUMNS[violation.table or rule.table]]


def placeholders(message: str) -> list[str]:
    """The names in a message's braces that are columns or values; `count` is `_one_per`'s."""
    names = (name for _, name, _, _ in Formatter().parse(message) if name and name != "count")
    return list(dict.fromkeys(names))


def _expression(value: Any) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(value)


def _silent(
    rule: Rule,
    table: str,
    roots: Sequence[str],
    frames: Frames,
    faulty: dict[Cell, _Faulty],
) -> pl.Series:
    """The rows in which the rule rests on a cell that is already known to be faulty."""
    refs: set[int] = set()
    households: set[str] = set()
    frame = frames[table]
    for owner, name, scope in frames.reads(table, list(roots)):
        marks = faulty.get((owner, name))
        if marks is None:
            continue
        households |= marks.whole
        if scope == "row":
            refs |= marks.refs
        if scope == "household" or rule.per == "household" or table in EMBEDDABLE:
            households |= marks.households
    silent = pl.Series([False]).new_from_index(0, frame.height)
    if refs:
        silent = silent | frame["ref"].is_in(list(refs))
        silent = silent | frame["ref2"].is_in(list(refs)).fill_null(False)
    if "household_id" in frame.columns:
        if _needs_household(rule, table, roots, frames):
            households |= faulty["household", HOUSEHOLD].whole
            silent = silent | frame["household_id"].is_null()
        if households:
            silent = silent | frame["household_id"].is_in(list(households)).fill_null(False)
    return silent


def _needs_household(rule: Rule, table: str, roots: Sequence[str], frames: Frames) -> bool:
    """Whether rows without a household number must be passed over: they belong to no household."""
    if rule.per == "household":
        return True
    return any(scope == "household" for _, _, scope in frames.reads(table, list(roots)))


# What one finding is for → the column whose equal values make one.
_GROUPS = {"household": "household_id", "village": "village_key"}


def _group(rule: Rule) -> list[str]:
    """The column whose equal values make one finding, but for rows and tables."""
    return [] if rule.per in ("row", "table") else [_GROUPS.get(rule.per, rule.per)]


def _one_per(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each household, village …, the head's before others; `count` says how many."""
    if rule.per == "row":
        return rows
    if rule.per == "table":
        return rows.with_columns(pl.len().alias("count")).head(1)
    (key,) = _group(rule)
    if "relation" in rows.columns and rule.per in _GROUPS:
        rows = rows.sort(
            (pl.col("relation") == "户主").fill_null(False), descending=True, maintain_order=True
        )
    counted = rows.with_columns(pl.len().over(key).alias("count"))
    return counted.unique(key, keep="first", maintain_order=True).sort("ref")
