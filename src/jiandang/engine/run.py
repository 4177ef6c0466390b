"""Running the rules: what each finds in the frames, minus what it has to be silent about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from traceback import format_exception
from typing import Any

import polars as pl

from jiandang.engine.coverage import Unseen
from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.numbers import tables_apart, unnumbered
from jiandang.engine.plan import Clause, Unchecked
from jiandang.engine.resolution import BOOKKEEPING, Needs
from jiandang.engine.rule import Read, Rule
from jiandang.engine.silence import AT, Silence, Silences, in_order
from jiandang.engine.told_once import NUMBER, TOGETHER, WHO, told_once
from jiandang.engine.words import fields_of, heading_of
from jiandang.register.register import APART, Observation
from jiandang.register.tables import COLUMNS, TITLES
from jiandang.report.model import Severity

# Columns of the rows of a notice: the heading of the cell and its column in the sheet, which the
# register need not know, and what stands in the cell.
HEADING, SHEET_COLUMN, IN_ROW, CONTENT = ".heading", ".sheet_column", ".in_row", ".content"
# Where it is, of what is noticed of a village.
OF_VILLAGE = ("county", "town", "village_key")


@dataclass
class Hits:
    """Rows that a rule tells of, with where they stand and the values that its message shows.

    They are broken by one expression of the rule, or were noticed in one column (`at`) of a table.
    Of what was noticed (`seen`) the rows have but their number until they are told of: the words
    of a file in which all is wrong would take more memory than the file.
    `left_out` are, by the row that is told of in their place, how many of its sheet are not told,
    `of_village` how many of its village are told as one with it, `of_home` of its household.
    """

    rule: Rule
    severity: Severity
    table: str
    at: str
    rows: pl.DataFrame
    clause: Clause | None = None
    seen: Sequence[Observation] = ()
    left_out: Mapping[int, int] = field(default_factory=dict)
    of_village: Mapping[int, int] = field(default_factory=dict)
    of_home: Mapping[int, int] = field(default_factory=dict)

    def told(self, frames: Frames) -> "Hits":
        """The same with all that its message shows, and who stands in the rows."""
        if not self.seen:
            return self
        seen = [self.seen[number] for number in self.rows[NUMBER]]
        rows = _noticed_rows(self, seen, frames)
        if self.of_village:
            rows = rows.with_columns(self.rows["village_key"], self.rows[TOGETHER])
        return replace(self, rows=rows, seen=())

    @property
    def reads(self) -> frozenset[Read]:
        """The cells that the rule has read to tell of the rows."""
        if self.clause is not None:
            return self.clause.reads
        own: frozenset[Read] = frozenset({(self.table, self.at, "row")})
        return self.rule.cells_read | (own if AT in self.rule.reads.split() else frozenset())

    @property
    def needs(self) -> Needs:
        """The cells without which the rule tells of no row."""
        return frozenset() if self.clause is None else self.clause.needs


@dataclass
class Outcome:
    """What running the rules came to. Reasons are in Chinese, by rule code.

    `handed_on` are, for each rule that looks across towns, the rows that others may have to be
    compared with: equal ones have the same `key`. `uncovered` are the villages of which a rule
    about what is not in a list cannot tell, since the list does not cover them. `unseen` are those
    of which rules that ran, here or in another part, have said nothing (`villages_unseen`).
    """

    hits: list[Hits] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    not_checked: dict[str, Unchecked] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    tracebacks: dict[str, str] = field(default_factory=dict)
    silenced: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    handed_on: dict[str, pl.DataFrame] = field(default_factory=dict)
    uncovered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unseen: list[Unseen] = field(default_factory=list)

    def add(self, part: "Outcome") -> None:
        """Take in another part of the run: a rule has run, or failed, where it did in any part."""
        self.run.extend(code for code in part.run if code not in self.run)
        self.failed.update(part.failed)
        self.tracebacks.update(part.tracebacks)
        for code, number in part.silenced.items():
            self.silenced[code] += number
        for code, villages in part.uncovered.items():
            self.uncovered[code] |= villages
        self.unseen += part.unseen
        reasons = {**part.not_checked, **self.not_checked}
        self.not_checked = {code: why for code, why in reasons.items() if code not in self.run}


def run_rules(
    frames: Frames, rules: Sequence[Rule], silences: Silences, *, hand_on: bool = False
) -> Outcome:
    """Run rules over the frames, in the order of the table of silences, then by code.

    With `hand_on` also find the rows that rules across towns have to see together with others'.
    """
    outcome = Outcome()
    silence = Silence(silences, frames)
    broken = _broken_rows(frames, rules)
    for rule in in_order(rules, silences):
        try:
            clauses = frames.plan[rule]
            if isinstance(clauses, Unchecked):
                outcome.not_checked[rule.code] = clauses
                continue
            nothing = _without_rows(rule, clauses, frames)
            if nothing and rule.check is not None:
                outcome.not_checked[rule.code] = nothing
                continue
            if not _is_covered(rule, clauses, frames, outcome):
                continue
            hits = []
            for found in _found(rule, clauses, frames, broken, outcome):
                silent = silence.silent(rule, found.table, found.reads, found.needs, found.rows)
                if number := int(silent.sum()):
                    outcome.silenced[rule.code] += number
                if number < len(silent):
                    hits.append(replace(found, rows=found.rows.filter(~silent)))
            if not hits:
                nothing = nothing or unnumbered(rule, clauses, frames)
                if nothing := nothing or tables_apart(rule, clauses, frames):
                    outcome.not_checked[rule.code] = nothing
                    outcome.silenced.pop(rule.code, None)
                    continue
            if hand_on and rule.across is not None:
                outcome.handed_on[rule.code] = _handed_on(clauses, frames, silence)
            for hit in hits:
                if hit.clause is None or hit.clause.is_fault:
                    is_surplus = hit.clause is not None and hit.clause.is_surplus
                    for at in (hit.at, *(hit.clause.also.split() if hit.clause else ())):
                        silence.mark(rule, hit.table, at, hit.rows, is_surplus)
            one_each = (replace(hit, rows=_one_per(rule, hit.rows)) for hit in hits)
            outcome.hits += [told_once(hit, frames) for hit in one_each]
            outcome.run.append(rule.code)
        except Exception as error:  # A rule's own fault must not hide what the others find.
            outcome.failed[rule.code] = f"{type(error).__name__}: {error}"
            outcome.tracebacks[rule.code] = "".join(format_exception(error))
    _leave_out_policy_alone(rules, outcome)
    return outcome


def _without_rows(rule: Rule, clauses: Sequence[Clause], frames: Frames) -> Unchecked | None:
    """Why a rule has nothing to check, though all its columns are there.

    A rule about what reading noticed needs a row in any table.
    """
    if rule.check is None:
        inventory = frames.plan.resolution.inventory
        filled = any(frames[table].height for table in COLUMNS)
        empty = set() if filled else inventory.own_tables
    elif all(each := [_empty_tables(clause, frames) for clause in clauses]):
        empty = set().union(*each)
    else:
        empty = set()
    names = "、".join(f"{TITLES[table]}表" for table in COLUMNS if table in empty)
    return Unchecked(f"{names}里没有一行数据") if empty else None


def _is_covered(rule: Rule, clauses: Sequence[Clause], frames: Frames, outcome: Outcome) -> bool:
    """Whether the rule can tell of any row; villages that no list covers are noted."""
    covered = rule.check is None or any(clause.asked is None for clause in clauses)
    for clause in clauses:
        if clause.asked is None or clause.covered is None:
            continue
        frames.ensure(clause.made)
        village = pl.coalesce(pl.col("village"), pl.lit("未注明村"))
        rows = frames[clause.table].select(
            village=village, asked=clause.asked, covered=clause.covered
        )
        asked = rows.filter("asked")
        left = asked.filter(~pl.col("covered"))
        covered |= left.height < asked.height or asked.is_empty()
        outcome.uncovered[rule.code].update(left["village"])
    return covered


def _empty_tables(clause: Clause, frames: Frames) -> set[str]:
    """The tables whose rows an expression needs, its own and the sheets it reads, without any."""
    # By the sheets: what is compared across towns is but a few rows of one table.
    filled = {sheet.table for sheet in frames.register.sheets if sheet.rows.checked}
    blank = {sheet.table for sheet in frames.register.sheets} - filled
    empty = {table for table, _, _ in clause.reads} & blank
    return empty if frames[clause.table].height else empty | {clause.table}


def _leave_out_policy_alone(rules: Sequence[Rule], outcome: Outcome) -> None:
    """A rule about the policy checks no register: alone and without a finding it has not run."""
    told = {hits.rule.code for hits in outcome.hits}
    of_register = {rule.gate for rule in rules if not rule.of_policy and rule.code in outcome.run}
    for rule in rules:
        ran_for_nothing = rule.code in outcome.run and rule.code not in told
        if rule.of_policy and ran_for_nothing and rule.gate not in of_register:
            outcome.run.remove(rule.code)
            outcome.not_checked[rule.code] = _POLICY_ALONE


_POLICY_ALONE = Unchecked("只核对政策文件，这一关没有查登记表的规则可以运行")


def _broken_rows(frames: Frames, rules: Sequence[Rule]) -> dict[Clause, pl.Series]:
    """For each row whether an expression of the rules is true in it; all evaluated in one go.

    Empty where one of them fails: then each rule has to run by itself, to find out which.
    """
    broken: dict[Clause, pl.Series] = {}
    try:
        prepared = [frames.plan[rule] for rule in rules]
        clauses = [c for each in prepared if not isinstance(each, Unchecked) for c in each]
        frames.ensure(cell for clause in clauses for cell in clause.made)
        for table in COLUMNS:
            own = [clause for clause in clauses if clause.table == table]
            broken.update(zip(own, _evaluate(own, frames[table]), strict=True))
        told = [clause for clause, where in broken.items() if where.any()]
        frames.ensure(cell for clause in told for cell in clause.shown)
    except Exception:
        return {}
    return broken


def _evaluate(clauses: Sequence[Clause], frame: pl.DataFrame) -> list[pl.Series]:
    # With a column beside it an expression that is one constant is repeated for every row.
    columns = (clause.where.alias(str(number)) for number, clause in enumerate(clauses))
    # Lazily, since then Polars works out once what several of them have in common.
    rows = frame.lazy().select("ref", *columns).collect(engine="in-memory")
    return rows.get_columns()[1:]


def _found(
    rule: Rule,
    clauses: Sequence[Clause],
    frames: Frames,
    broken: dict[Clause, pl.Series],
    outcome: Outcome,
) -> Iterator[Hits]:
    """All that a rule finds."""
    for clause in clauses:
        if _empty_tables(clause, frames):
            continue
        if (where := broken.get(clause)) is None:
            frames.ensure(clause.made)
            (where,) = _evaluate([clause], frames[clause.table])
        if where.any():
            frames.ensure(clause.shown)
            # Values are about single rows, so that they need not be known for any others.
            rows = frames[clause.table][where.arg_true(), clause.given]
            rows = rows.with_columns(clause.values).select(clause.kept)
            yield Hits(rule, clause.severity, clause.table, clause.at, rows, clause)
    if rule.check is None:
        seen = list(rule.look(frames, outcome)) if rule.look else frames.noticed(rule.notice)
        if not seen:
            return
        yield from _noticed(rule, seen, frames)


def _noticed(rule: Rule, seen: Sequence[Observation], frames: Frames) -> Iterator[Hits]:
    """What was noticed as rows, with who stands there; by table and column."""

    def place(noticed: Observation) -> Cell:
        return noticed.table, noticed.column or ""

    # A message that shows other rows, or a household that the row does not name, needs all at once.
    whole = any(
        spec == "place" or name == "household_id" for _, name, spec in fields_of(rule.message)
    )
    people = _people(rule, seen, frames).select("household_id", ref="ref")
    for (table, at), group in groupby(sorted(seen, key=place), key=place):
        own = list(group)
        rows = pl.DataFrame({"ref": [each.ref for each in own], WHO: _who(own)})
        of_table = _sheet_rows(rule, table, rows, frames).drop("apart")
        rows = rows.with_row_index(NUMBER).join(
            of_table, on="ref", how="left", maintain_order="left"
        )
        rows = rows.join(people, left_on=WHO, right_on="ref", how="left", maintain_order="left")
        hits = Hits(rule, rule.severity, table, at, rows, seen=own)
        yield hits.told(frames) if whole else hits


def _who(seen: Sequence[Observation]) -> pl.Series:
    """Whose row it is; what is said of a column or village is nobody's, though at the first."""
    return pl.Series([None if each.is_of_many else each.ref for each in seen], dtype=pl.Int64)


def _people(rule: Rule, seen: Sequence[Observation], frames: Frames) -> pl.DataFrame:
    """Who stands in the rows; a rule that looks itself may tell of rows that reading did not."""
    refs = {each.ref for each in seen}
    if rule.look is not None:
        return frames.people(refs)
    return frames.people_noticed.filter(pl.col("ref").is_in(refs))


def _sheet_rows(rule: Rule, table: str, rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """From which rows of sheets those of the table have been put together."""
    of_table = frames[table or "household"]  # what is wrong with the policy is in no table
    # What reading notices stands in the cell of the row itself, whatever its value is now.
    apart = pl.lit(None, APART) if rule.look is None else pl.col("apart")
    found = of_table.filter(pl.col("ref").is_in(rows["ref"].implode()))
    return found.select("ref", "others", apart=apart).unique("ref")


def _noticed_rows(hits: Hits, seen: Sequence[Observation], frames: Frames) -> pl.DataFrame:
    """What was noticed, with where it stands and who stands there."""
    values = pl.DataFrame(_values(hits.rule, hits.at, seen))
    of_table = _sheet_rows(hits.rule, hits.table, values, frames)
    values = values.join(of_table, on="ref", how="left", maintain_order="left")
    people = _people(hits.rule, seen, frames).rename({"ref": WHO})
    rest = people.drop(set(values.columns) - {WHO}, strict=False)
    return values.join(rest, on=WHO, how="left", maintain_order="left")


def _values(rule: Rule, at: str, seen: Sequence[Observation]) -> dict[str, Any]:
    """What the rule's message shows, and what the register does not know of the cells."""
    names = [name for _, name, _ in fields_of(rule.message) if name]
    values = {name: [each.seen.get(name) for each in seen] for name in names}
    for name in OF_VILLAGE:
        if any(name in each.seen for each in seen):
            values[name] = [each.seen.get(name) for each in seen]
    if "column" in values:
        values["column"] = [
            each.seen.get("column") or heading_of(at) or each.value for each in seen
        ]
    if any(each.together for each in seen):
        values[TOGETHER] = [each.together for each in seen]
    if "nearest" in values:
        values["nearest"] = [f"，最接近的是“{n}”" if n else "" for n in values["nearest"]]
    if not at:
        values[HEADING] = [each.value for each in seen]
    if any(each.sheet_column is not None for each in seen):
        values[SHEET_COLUMN] = [each.sheet_column for each in seen]
        values[IN_ROW] = [each.in_row for each in seen]
    values["list"] = [each.seen.get("list") for each in seen]
    values["expected"] = [each.expected or None for each in seen]
    values[CONTENT] = [each.value or None for each in seen]
    return {"ref": [each.ref for each in seen], WHO: _who(seen), **values}


def _handed_on(clauses: Sequence[Clause], frames: Frames, silence: Silence) -> pl.DataFrame:
    """The rows with a key, with what a rule across towns and its findings need.

    What other tables say of a row goes along: these tables stay where they are.

    In rows where the rule is silent, all that it rests on counts as `bad`.
    """
    clause = clauses[-1]  # they are about one thing, in several words
    table, across = clause.table, clause.rule.across or ""
    resolution = frames.plan.resolution
    made = frozenset().union(*(each.made for each in clauses))
    told = {n for t, n in made if t == table and resolution[t, n].source is not None}
    told.add("head")
    frames.ensure([(table, across), *((table, name) for name in told)])
    key, given = pl.col(across), resolution.inventory.given
    own = {name for owner, name, _ in clause.reads if owner == table}
    kept = sorted(n for n in own | {*clause.given} | BOOKKEEPING.keys() if (table, n) in given)
    # Two keys of one hash are but two rows more for the rule to look at.
    hashed = (key.hash() & 0xFFFFFFFF).cast(pl.UInt32).alias("key")
    rows = frames[table].filter(key.is_not_null()).select(*kept, *sorted(told), hashed)
    silent = silence.silent(clause.rule, table, clause.reads, clause.needs, rows)
    bad = pl.when(silent).then(pl.lit("|".join(["", *sorted(own), ""]))).otherwise("bad")
    return rows.with_columns(bad.alias("bad"))


def _one_per(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each household, village …, the head's before others; `count` says how many."""
    if rule.per == "row":
        return rows
    if rule.key is None:
        return rows.with_columns(pl.len().alias("count")).head(1)
    if "relation" in rows.columns and rule.per in ("household", "village"):
        rows = rows.sort(
            (pl.col("relation") == "户主").fill_null(False), descending=True, maintain_order=True
        )
    counted = rows.with_columns(pl.len().over(rule.key).alias("count"))
    return counted.unique(rule.key, keep="first", maintain_order=True).sort("ref")
