"""Columns of a village that moved up or down, or were exchanged: undone, what rules find is gone.

One such slip breaks a dozen rules in every row. Where what a village is told of rests on one
column many times over, its rows are checked again with the column put back, and the slip is told
in place of all that it has caused. Villages that are told of little cost nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Unchecked
from jiandang.engine.rule import Rule
from jiandang.engine.run import Hits, Outcome, run_rules
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, Register, sheet_of
from jiandang.register.tables import COLUMNS, EMBEDDABLE, PLACE_COLUMNS
from jiandang.report.model import Severity

# So many findings of one rule in a village, within so many rows: single faults lie far apart.
_LEAST, _WITHIN = 6, 20
_YES_OR_NO, _LONG = 2, 15
# What may be left of them when the column is put back.
_LEFT = 0.2
# Half of what is found, or more, rests on the column that is out of place.
_HALF, _MOST_COLUMNS, _MOST_RULES = 0.45, 8, 6
# How far a column may have gone: rows put in one after the other.
_FARTHER = (2, -2, 3, -3)
# Columns were exchanged only where so many rows, and nearly all of the village, contradict
# themselves: more irrigated than arable land in ten rows of forty is ten mistakes.
_ENOUGH, _NEARLY_ALL = 10, 0.9
# A register in which all is wrong is not tried for ever.
_MOST_TRIALS, _MOST_FAILURES = 60, 3
# Blocks of one sheet that have so few rows between them are one.
_CLOSE = 10

_TABLES = ("member", *EMBEDDABLE)
_OF_PLACES = {*PLACE_COLUMNS} - {"household_id"}


@dataclass(frozen=True)
class Slip:
    """A column that went so many rows down (a minus: up), or was exchanged with another."""

    table: str
    column: str
    step: int = 0
    other: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other) if self.other else (self.column,)

    def undone(self, frame: pl.DataFrame, rows: range) -> pl.DataFrame:
        """The table with the slip undone in these rows, by their places in it."""
        if self.other:
            right = {self.column: pl.col(self.other), self.other: pl.col(self.column)}
        else:
            right = {self.column: pl.col(self.column).shift(-self.step)}
        is_in = pl.int_range(pl.len()).is_between(rows.start, rows.stop - 1)
        return frame.with_columns(
            pl.when(is_in).then(cell).otherwise(pl.col(name)).alias(name)
            for name, cell in right.items()
        )


@dataclass
class _Block:
    """The rows of a slip, by their references, and how much it explains, how grave at the worst.

    It may have been another column instead, which would explain as much.
    """

    slip: Slip
    refs: list[int]
    findings: int
    severity: Severity
    instead: str = ""


@dataclass
class _Suspect:
    """What a village is told of most: by which rules, and how much rests on each column."""

    village: str
    told_by: list[Rule] = field(default_factory=list)
    findings: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    pointed_at: set[Cell] = field(default_factory=set)

    @property
    def most(self) -> int:
        return max(self.findings.values(), default=0)

    def columns(self) -> list[Cell]:
        """Those on which most rests, the ones at which findings point first."""
        least = max(_LEAST, self.most * _HALF)
        found = [cell for cell, number in self.findings.items() if number >= least]
        found.sort(key=lambda cell: (-self.findings[cell], cell))
        return sorted(found[:_MOST_COLUMNS], key=lambda cell: cell not in self.pointed_at)


def undone(frames: Frames, outcome: Outcome, rules: Sequence[Rule]) -> Register | None:
    """The register in which the cells of such columns count as faulty, with a notice of each.

    None where there is no such column.
    """
    suspects = _suspects(outcome, frames.register)
    trials = _Trials(frames, rules)
    blocks: list[_Block] = []
    for suspect in suspects:
        known = dict.fromkeys(block.slip for block in blocks)
        if block := trials.best(suspect, [*known]):
            blocks.append(block)
    return _marked(frames.register, _together(blocks)) if blocks else None


def _is_told(hits: Hits) -> bool:
    return hits.clause is not None and hits.severity is not Severity.INFO


def _suspects(outcome: Outcome, register: Register) -> list[_Suspect]:
    """The villages that are told of much that rests on one column, the worst first."""
    told = [hits for hits in outcome.hits if _is_told(hits) and hits.table in _TABLES]
    rows = [
        hits.rows.select("village_key", "ref", number=pl.lit(number))
        for number, hits in enumerate(told)
        if "village_key" in hits.rows.columns
    ]
    if sum(map(len, rows)) < _LEAST:
        return []
    found = pl.concat(rows).drop_nulls().sort("number", "ref")
    span = pl.col("ref") - pl.col("ref").shift(_LEAST - 1)
    counts = found.group_by("village_key", "number").agg(
        pl.len(), is_dense=(span < _WITHIN).any().fill_null(False)
    )
    given = {cell for sheet in register.sheets for cell in sheet.columns}
    often = counts.filter(pl.col("is_dense").any().over("village_key"))
    often = often.drop("is_dense")
    often = often.sort("village_key", -pl.col("len").cast(pl.Int64), "number")
    suspects: dict[str, _Suspect] = {}
    for village, number, count in often.iter_rows():
        suspect = suspects.setdefault(village, _Suspect(village))
        if len(suspect.told_by) == _MOST_RULES:
            continue
        hits = told[number]
        suspect.told_by.append(hits.rule)
        reads = {(table, name) for table, name, _ in hits.reads}
        if any(name == "household_id" for _, name in reads):
            reads.add((hits.table, "household_id"))  # the other side of what is joined by it
        for cell in reads & given:
            if cell[0] in _TABLES and cell[1] not in _OF_PLACES:
                suspect.findings[cell] += count
        suspect.pointed_at.update((hits.table, name) for name in hits.at.split("|"))
    worst = [suspect for suspect in suspects.values() if suspect.most >= _LEAST]
    return sorted(worst, key=lambda suspect: -suspect.most)


class _Trials:
    """Villages checked as they would be with a slip undone."""

    def __init__(self, frames: Frames, rules: Sequence[Rule]) -> None:
        self._frames, self._rules = frames, rules
        self._left = _MOST_TRIALS
        self._failures = 0

    def best(self, suspect: _Suspect, known: Sequence[Slip]) -> _Block | None:
        """The slip without which hardly anything is left of what the village is told of.

        Those that are `known` of other villages come first.
        """
        if self._failures == _MOST_FAILURES:
            return None
        columns = suspect.columns()
        part, rules = self._part(suspect.village), set(suspect.told_by)
        told = self._found(part, rules)
        for slips in (known, *_likely(part, columns, suspect.pointed_at)):
            found = [self._tried(part, slip, rules, told) for slip in slips]
            blocks = [block for block in found if block is not None]
            blocks.sort(key=lambda block: -block.findings)
            holding = (block for block in blocks if self._holds(part, block, rules))
            if best := next(holding, None):
                equal = next(holding, best)
                is_moved = not (best.slip.other or equal.slip.other)
                if is_moved and equal.findings == best.findings and equal is not best:
                    best.instead = equal.slip.column
                return best
        self._failures += 1
        return None

    def _part(self, village: str) -> Register:
        """The rows of a village, and nothing that is said of villages."""
        tables = {
            name: frame.filter(pl.col("village_key") == village).sort("ref")
            if name in _TABLES
            else frame.clear()
            for name, frame in self._frames.register.tables.items()
        }
        return replace(self._frames.register, tables=tables, observations=[])

    def _found(self, part: Register, rules: Collection[Rule]) -> list[Hits]:
        frames = Frames(part, self._frames.plan, self._frames.today)
        return [hits for hits in run_rules(frames, [*rules], {}).hits if _is_told(hits)]

    def _tried(
        self, part: Register, slip: Slip, rules: Collection[Rule], told: Sequence[Hits]
    ) -> _Block | None:
        """The rows of the slip, if hardly anything is told of them when it is undone."""
        rows = _rows_told_of(part.tables[slip.table], told)
        if slip.other and not _are_nearly_all(part.tables[slip.table], slip, told):
            return None
        if not rows or self._left == 0:
            return None
        self._left -= 1
        left = _number(self._found(_put_back(part, slip, rows), rules))
        frame = part.tables[slip.table][rows.start : rows.stop]
        # A column of 是 and 否 is right a row further on by chance, here and there.
        least = _LEAST if frame[slip.column].n_unique() > _YES_OR_NO else _LONG
        if _number(told) - left < least or left > _LEFT * _number(told):
            return None
        refs = frame["ref"].to_list()
        worst = max(hits.severity for hits in told)
        return _Block(slip, refs, _number(told) - left, worst)

    def _holds(self, part: Register, block: _Block, told_by: Collection[Rule]) -> bool:
        """Whether undoing the slip breaks no other rule instead."""
        cells = {(block.slip.table, name) for name in block.slip.columns}
        rules = [rule for rule in self._rules if rule in told_by or self._reads(rule, cells)]
        refs = part.tables[block.slip.table]["ref"]
        first, last = (int(refs.index_of(ref) or 0) for ref in (block.refs[0], block.refs[-1]))
        right = _put_back(part, block.slip, range(first, last + 1))
        gone = _number(self._found(part, rules)) - _number(self._found(right, rules))
        is_better = gone >= (1 - _LEFT) * block.findings
        block.findings = max(gone, block.findings)
        return is_better

    def _reads(self, rule: Rule, cells: Collection[Cell]) -> bool:
        clauses = self._frames.plan[rule]
        if rule.check is None or isinstance(clauses, Unchecked):
            return False
        return any((table, name) in cells for c in clauses for table, name, _ in c.reads)


def _likely(
    part: Register, columns: Sequence[Cell], pointed_at: Collection[Cell]
) -> Iterator[list[Slip]]:
    """The slips that these columns may be out of place by, the likely ones first."""
    near = [Slip(*cell, step) for cell in columns for step in (1, -1)]
    exchanged = [
        Slip(table, name, other=other)
        for (table, name), (other_table, other) in combinations(columns, 2)
        if table == other_table
        and part.tables[table].schema[name] == part.tables[table].schema[other]
    ]
    yield near + exchanged
    own = [cell for cell in columns if cell in pointed_at]
    yield [Slip(*cell, step) for cell in own for step in _FARTHER]


def _are_nearly_all(frame: pl.DataFrame, slip: Slip, told: Sequence[Hits]) -> bool:
    """Whether nearly all rows of the village in which two columns differ are told of."""
    differ = frame.filter(pl.col(slip.column) != pl.col(slip.other))
    number = differ.filter(_is_told_of(told)).height
    return number >= _ENOUGH and number >= _NEARLY_ALL * differ.height


def _is_told_of(told: Sequence[Hits]) -> pl.Expr:
    """Whether a row, or its household, is told of."""
    refs = {ref for hits in told for ref in hits.rows["ref"]}
    homes = {
        number
        for hits in told
        if "household_id" in hits.rows.columns
        for number in hits.rows["household_id"].drop_nulls()
    }
    found = pl.col("ref").is_in(list(refs)) | pl.col("household_id").is_in(list(homes))
    return found.fill_null(False)


def _number(told: Sequence[Hits]) -> int:
    return sum(hits.rows.height for hits in told)


def _rows_told_of(frame: pl.DataFrame, told: Sequence[Hits]) -> range:
    """From the first row that is told of to the last; none where they are on several sheets."""
    places = frame.select(_is_told_of(told).arg_true()).to_series()
    if places.is_empty():
        return range(0)
    rows = frame[int(places[0]) : int(places[-1]) + 1]
    is_one_sheet = sheet_of(rows["ref"][0]) == sheet_of(rows["ref"][-1])
    # What stands in the members' sheet once a household has no rows of its own to move in.
    is_own = "own" not in rows.columns or bool(rows["own"].all())
    return range(int(places[0]), int(places[-1]) + 1) if is_one_sheet and is_own else range(0)


def _put_back(part: Register, slip: Slip, rows: range) -> Register:
    right = slip.undone(part.tables[slip.table], rows)
    return replace(part, tables={**part.tables, slip.table: right})


def _together(blocks: Sequence[_Block]) -> list[_Block]:
    """One block for villages that stand one below the other and have slipped alike."""
    found: list[_Block] = []
    for block in sorted(blocks, key=lambda block: (str(block.slip), block.refs[0])):
        last = found[-1] if found else None
        if (
            last is not None
            and last.slip == block.slip
            and sheet_of(last.refs[0]) == sheet_of(block.refs[0])
            and block.refs[0] - last.refs[-1] <= _CLOSE
        ):
            last.refs += block.refs
            last.findings += block.findings
            last.severity = max(last.severity, block.severity)
        else:
            found.append(block)
    return found


def _marked(register: Register, blocks: Sequence[_Block]) -> Register:
    """The register with the blocks' cells marked as faulty, and told of."""
    tables = dict(register.tables)
    for block in blocks:
        names = "|".join(["", *block.slip.columns, ""])
        bad = pl.concat_str(pl.col("bad").str.strip_chars_end("|").fill_null(""), pl.lit(names))
        is_in = pl.col("ref").is_in(block.refs)
        frame = tables[block.slip.table]
        tables[block.slip.table] = frame.with_columns(pl.when(is_in).then(bad).otherwise("bad"))
    notices = [_notice(block) for block in blocks]
    return replace(register, tables=tables, observations=[*register.observations, *notices])


def _notice(block: _Block) -> Observation:
    slip = block.slip
    what = "和".join(f"“{COLUMNS[slip.table][name].heading}”" for name in slip.columns)
    if slip.other:
        how, undo = "像是填反了", "换回来"
    else:
        far = f" {abs(slip.step)} 行" if abs(slip.step) > 1 else "一行"
        side = "上面" if slip.step > 0 else "下面"
        instead = COLUMNS[slip.table].get(block.instead)
        how, undo = f"都是{side}{far}的，像是粘贴时错了行，或者多了、少了一格", "移回去"
        if instead:
            how += f"（也可能是“{instead.heading}”往另一边错了行）"
    seen = {
        "last": block.refs[-1],
        "count": len(block.refs),
        "what": what,
        "how": how,
        "undo": undo,
        "findings": block.findings,
        "severity": block.severity,
    }
    return Observation(Notice.OUT_OF_PLACE, block.refs[0], slip.table, slip.column, seen=seen)
