"""Running the rules: expressions over frames → violations by row, minus what is silenced."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.lineage import BOOKKEEPING
from jiandang.engine.plan import Clause, group_of
from jiandang.engine.rule import Rule
from jiandang.gates.silences import AT, HOUSEHOLD, SILENCES
from jiandang.register.notice import Notice
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
    """What running the rules came to. Reasons are in Chinese, by rule code.

    `handed_on` are, for each rule that looks across towns, the rows that others may have to be
    compared with: equal ones have the same `key`.
    """

    hits: list[Hits] = field(default_factory=list)
    observations: list[tuple[Rule, Observation]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    not_checked: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    silenced: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    handed_on: dict[str, pl.DataFrame] = field(default_factory=dict)


@dataclass
class _Faulty:
    """The rows, and the households, in which a column's cells have been found faulty.

    `whole` are households that have them in every row, since their number itself is faulty.
    """

    refs: set[int] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def run_rules(
    rules: Iterable[Rule],
    frames: Frames,
    observations: Sequence[Observation],
    *,
    hand_on: bool = False,
) -> Outcome:
    """Run the rules in the order of silence.py, then by code.

    With `hand_on` also find the rows that rules across towns have to see together with others'.
    """
    order = {code: number for number, code in enumerate(SILENCES)}
    by_order = sorted(rules, key=lambda rule: (order.get(rule.code, len(order)), rule.code))
    seen: dict[Notice, list[Observation]] = defaultdict(list)
    for observation in observations:
        seen[observation.notice].append(observation)
    outcome = Outcome()
    faulty = _unreadable(frames)
    broken = _broken_rows(by_order, frames)
    for rule in by_order:
        try:
            if rule.notice is not None:
                _run_observed(rule, seen[rule.notice], frames, faulty, outcome)
            else:
                _run_check(rule, frames, broken, faulty, outcome, hand_on)
        except Exception as error:  # A rule's own fault must not hide what the others find.
            outcome.failed[rule.code] = f"{type(error).__name__}: {error}"
    return outcome


def _broken_rows(rules: Iterable[Rule], frames: Frames) -> dict[Clause, pl.Series]:
    """For each expression of the rules, true in the rows in which it is; all in one go.

    Empty where one of them fails: then each rule has to run by itself, to find out which.
    """
    try:
        prepared = [frames.plan.prepared(rule) for rule in rules if rule.check is not None]
        clauses = [clause for each in prepared for clause in each.clauses]
        frames.ensure_all(cell for clause in clauses for cell in clause.made)
        broken: dict[Clause, pl.Series] = {}
        for table in COLUMNS:
            own = [clause for clause in clauses if clause.table == table]
            broken.update(zip(own, _evaluate(own, frames[table]), strict=True))
    except Exception:
        return {}
    return broken


def _evaluate(clauses: Sequence[Clause], frame: pl.DataFrame) -> list[pl.Series]:
    # With a column beside it an expression that is one constant is repeated for every row.
    columns = (clause.where.alias(str(number)) for number, clause in enumerate(clauses))
    return frame.select("ref", *columns).get_columns()[1:]


def _unreadable(frames: Frames) -> dict[Cell, _Faulty]:
    """The cells that hold something which could not be read: all that rests on them is open."""
    faulty: dict[Cell, _Faulty] = defaultdict(_Faulty)
    for table in COLUMNS:
        if frames[table]["bad"].null_count() == frames[table].height:
            continue
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
    missing = frames.plan.lineage.missing(rule.table, rule.needs) if rule.needs is not None else []
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


def _run_check(
    rule: Rule,
    frames: Frames,
    broken: dict[Clause, pl.Series],
    faulty: dict[Cell, _Faulty],
    outcome: Outcome,
    hand_on: bool,
) -> None:
    prepared = frames.plan.prepared(rule)
    if not prepared.clauses:
        lacking = "、".join(prepared.lacking)
        reason = "缺少" + lacking if lacking else "政策没有给出这条规则的参数"
        outcome.not_checked[rule.code] = reason
        return
    hits: list[Hits] = []
    for clause in prepared.clauses:
        if (where := broken.get(clause)) is None:
            frames.ensure_all(clause.made)
            (where,) = _evaluate([clause], frames[clause.table])
        if where.any():
            rows = _rows(clause, frames[clause.table], where, faulty, outcome)
            if not rows.is_empty():
                hits.append(Hits(rule, clause.table, clause.at, rows))
        if hand_on and rule.across is not None:
            outcome.handed_on[rule.code] = _handed_on(clause, rule.across, frames, faulty)
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
            marks.refs.update(rows[ref].drop_nulls().to_list())
        if "household_id" in rows.columns:
            households = rows["household_id"].drop_nulls().to_list()
            marks.households.update(households)
            if whole:
                marks.whole.update(households)


def _rows(
    clause: Clause,
    frame: pl.DataFrame,
    where: pl.Series,
    faulty: dict[Cell, _Faulty],
    outcome: Outcome,
) -> pl.DataFrame:
    """The rows in which a rule is broken and not silent, with the message's values."""
    rows = frame[where.arg_true(), clause.given]
    loud = _loud(clause, rows, faulty)
    if silenced := rows.height - len(loud):
        outcome.silenced[clause.rule.code] += silenced
        rows = rows[loud]
    # Values are about single rows, so that they need not be known for any others.
    return (rows.with_columns(clause.values) if clause.values else rows).select(clause.kept)


def _handed_on(
    clause: Clause, across: str, frames: Frames, faulty: dict[Cell, _Faulty]
) -> pl.DataFrame:
    """The rows with a key, with what a rule across towns and its findings need.

    All that the rule rests on counts as `bad` in the rows in which it is silent.
    """
    table = clause.table
    frames.ensure(table, [across, "head"])
    key, given = pl.col(across), frames.plan.lineage.layout.given
    own = {name for owner, name, _ in clause.reads if owner == table}
    kept = sorted(n for n in own | {*clause.given} | BOOKKEEPING.keys() if (table, n) in given)
    # Two keys of one hash are but two rows more for the rule to look at.
    hashed = (key.hash() & 0xFFFFFFFF).cast(pl.UInt32).alias("key")
    rows = frames[table].filter(key.is_not_null()).select(*kept, pl.col("head"), hashed)
    silent = pl.col("ref").is_in(_silent_rows(clause, rows, faulty))
    bad = pl.when(silent).then(pl.lit("|".join(["", *sorted(own), ""]))).otherwise("bad")
    return rows.with_columns(bad.alias("bad"))


def _silent_rows(clause: Clause, rows: pl.DataFrame, faulty: dict[Cell, _Faulty]) -> list[int]:
    """The references of the rows in which the rule is silent."""
    marks = [faulty[owner, name] for owner, name, _ in clause.reads if (owner, name) in faulty]
    marks.append(faulty["household", HOUSEHOLD])
    refs = list({ref for mark in marks for ref in mark.refs})
    homes = list({home for mark in marks for home in mark.households | mark.whole})
    of_marked = pl.col("ref").is_in(refs) | pl.col("ref2").is_in(refs)
    if "household_id" in rows.columns:
        home = pl.col("household_id")
        of_marked |= home.is_null() | home.is_in(homes)
    # Few rows have anything faulty about them; only these are looked at one by one.
    marked = rows.filter(of_marked)
    loud = set(_loud(clause, marked, faulty))
    return [ref for number, ref in enumerate(marked["ref"]) if number not in loud]


def _loud(clause: Clause, rows: pl.DataFrame, faulty: dict[Cell, _Faulty]) -> list[int]:
    """The rows in which the rule rests on no cell that is already known to be faulty."""
    refs, others = rows["ref"].to_list(), rows["ref2"].to_list()
    homes = [None] * rows.height
    if numbered := "household_id" in rows.columns:
        homes = rows["household_id"].to_list()
    all_refs, all_homes = {*refs, *others}, set(homes)
    silent_refs: set[int | None] = set()
    silent_homes: set[str | None] = set()
    for owner, name, scope in clause.reads:
        if (marks := faulty.get((owner, name))) is None:
            continue
        silent_homes |= all_homes & marks.whole
        if scope == "row":
            silent_refs |= all_refs & marks.refs
        if scope == "household" or clause.rule.per == "household" or clause.table in EMBEDDABLE:
            silent_homes |= all_homes & marks.households
    if numbered and clause.of_household:
        silent_homes |= all_homes & {None, *faulty["household", HOUSEHOLD].whole}
    return [
        number
        for number, (ref, other, home) in enumerate(zip(refs, others, homes, strict=True))
        if not (ref in silent_refs or other in silent_refs or home in silent_homes)
    ]


def _one_per(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each household, village …, the head's before others; `count` says how many."""
    if rule.per == "row":
        return rows
    if rule.per == "table":
        return rows.with_columns(pl.len().alias("count")).head(1)
    (key,) = group_of(rule)
    if "relation" in rows.columns and rule.per in ("household", "village"):
        rows = rows.sort(
            (pl.col("relation") == "户主").fill_null(False), descending=True, maintain_order=True
        )
    counted = rows.with_columns(pl.len().over(key).alias("count"))
    return counted.unique(key, keep="first", maintain_order=True).sort("ref")
