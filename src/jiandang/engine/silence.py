"""One cause, one finding: rules are silent where they rest on a cell that is already faulty.

Cells that could not be read at all are faulty from the start. What else a finding makes faulty
is told to the engine as a table: the rule's code → columns of the rows that it is found in.
What a form does not ask for silences the rules that do not do without it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from jiandang.engine.derived import DERIVED, Cell
from jiandang.engine.frames import Frames
from jiandang.engine.resolution import Needs
from jiandang.engine.rule import Read, Rule, Scope
from jiandang.register.register import NOT_ASKED
from jiandang.register.tables import COLUMNS, EMBEDDABLE
from jiandang.report.model import Severity

# In place of a column's name: the column that the finding points at.
AT = "at"
# In place of a column's name: every column, in rows that should not be there (`is_surplus`), so
# that nothing is said of the row itself, nor of what is counted over the household's rows.
ROW = "row"
# In place of a column's name: all that is said of the household as one.
HOUSEHOLD = "household"
# In place of a column's name: all that the other rules of the same gate or group say.
GROUP = "group"
# The derived column of households that says whether rows elsewhere may be of their members: until
# these are where they belong, nothing is said of a household that rests on who its members are.
_INCOMPLETE = "household", "may_lack_members"

Silences = Mapping[str, Sequence[str]]


@dataclass
class _Faulty:
    """The rows, and the households, in which a column's cells have been found faulty.

    `whole` are households that have them in every row, since their number itself is faulty.
    """

    refs: set[int] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


class Silence:
    """The cells of a register that are known to be faulty, and what must not be said of them."""

    def __init__(self, silences: Silences, frames: Frames) -> None:
        self._silences = silences
        self._faulty: dict[Cell, _Faulty] = defaultdict(_Faulty)
        self._open: dict[Cell, _Faulty] = defaultdict(_Faulty)
        # The cells that errors and warnings point at.
        self._told: dict[Cell, _Faulty] = defaultdict(_Faulty)
        self._silent_groups: set[str] = set()
        self._frames = frames
        for table in COLUMNS:
            bad = frames[table]["bad"]
            if bad.null_count() == len(bad):
                continue
            rows = frames[table].filter(pl.col("bad").is_not_null())
            names = pl.col("bad").str.strip_chars("|").str.split("|")
            for (name,), group in rows.with_columns(names).explode("bad").group_by("bad"):
                self._begin(table, str(name), group)

    @cached_property
    def _incomplete(self) -> set[str]:
        """The households of which rows elsewhere may be members; asked when something is found."""
        if _INCOMPLETE not in DERIVED:
            return set()
        self._frames.ensure([_INCOMPLETE])
        table, name = _INCOMPLETE
        return {*self._frames[table].filter(name)["household_id"].drop_nulls()}

    def _begin(self, table: str, name: str, rows: pl.DataFrame) -> None:
        """Mark a cell that could not be read, or that no form asks for and no other sheet gives."""
        column = name.removesuffix(NOT_ASKED)
        if column not in COLUMNS[table]:
            return
        if column == name:
            _mark(self._faulty[table, column], rows)
        elif column in rows.columns:
            _mark(self._open[table, column], rows.filter(pl.col(column).is_null()))

    def silent(
        self, rule: Rule, table: str, reads: Collection[Read], needs: Needs, rows: pl.DataFrame
    ) -> pl.Series:
        """For each row of a table whether the rule, which reads these cells, is silent there."""
        if rule.gate in self._silent_groups:
            return pl.repeat(True, rows.height, eager=True)
        if not reads:
            return pl.repeat(False, rows.height, eager=True)
        is_numbered = "household_id" in rows.columns
        refs: set[int] = set().union(rows["ref"], *rows["others"].drop_nulls())
        homes = set(rows["household_id"].to_list() if is_numbered else ())
        silent_refs: set[int] = set()
        silent_homes: set[str] = set()
        of_household = rule.per == "household"
        marked = [(self._faulty.get((owner, name), _NONE), scope) for owner, name, scope in reads]
        marked += map(self._without, needs) if self._open else ()
        if AT in rule.reads.split():
            marked += [
                (self._told.get((owner, name), _NONE), scope) for owner, name, scope in reads
            ]
        for marks, scope in marked:
            of_household |= scope == "household"
            silent_homes |= homes & marks.whole
            if scope == "row":
                silent_refs |= refs & marks.refs
            if scope == "household" or rule.per == "household" or table in EMBEDDABLE:
                silent_homes |= homes & marks.households
        given = pl.Series(list(silent_refs), dtype=pl.Int64).implode()
        of_others = pl.element().is_in(list(silent_refs))
        silent = pl.col("ref").is_in(given)
        silent |= pl.col("others").list.eval(of_others).list.any().fill_null(False)
        of_members = any(owner == "member" and name != "household_id" for owner, name, _ in reads)
        if of_members and table in EMBEDDABLE:
            silent_homes |= homes & self._incomplete
        if is_numbered:
            if of_household:
                silent_homes |= homes & self._faulty["household", HOUSEHOLD].whole
            given = pl.Series(list(silent_homes), dtype=pl.String).implode()
            # Nothing can be said of the household of a row without a number.
            silent |= pl.col("household_id").is_in(given).fill_null(of_household)
        return rows.select(silent.fill_null(False)).to_series()

    def mark(
        self, rule: Rule, table: str, at: str, rows: pl.DataFrame, is_surplus: bool = False
    ) -> None:
        """What a rule finds makes those columns faulty that the table of silences names."""
        names = self._silences.get(rule.code, ())
        whole = "household_id" in names
        if GROUP in names:
            self._silent_groups.add(rule.gate)
            return
        if rule.severity in (Severity.ERROR, Severity.WARNING):
            _mark(self._told[table, at], rows)
        for name in names:
            if name == ROW and not is_surplus:
                continue
            for cell in cells_marked(table, at if name == AT else name, whole):
                _mark(self._faulty[cell], rows, whole)

    def _without(self, alternatives: Collection[Read]) -> tuple[_Faulty, Scope]:
        """The rows whose forms ask for none of these cells."""
        found = [self._open.get((owner, name), _NONE) for owner, name, _ in alternatives]
        refs = set.intersection(*(marks.refs for marks in found))
        homes = set.intersection(*(marks.households for marks in found))
        is_wide = any(scope == "household" for *_, scope in alternatives)
        return _Faulty(refs, homes), "household" if is_wide else "row"


_NONE = _Faulty()


def _mark(marks: _Faulty, rows: pl.DataFrame, whole: bool = False) -> None:
    marks.refs.update(rows["ref"], *rows["others"].drop_nulls())
    if "household_id" in rows.columns:
        households = rows["household_id"].drop_nulls().to_list()
        marks.households.update(households)
        if whole:
            marks.whole.update(households)


def cells_marked(table: str, name: str, whole: bool) -> list[Cell]:
    """The columns of this name that a finding about a table's rows makes faulty."""
    if name == ROW:
        return [(table, column) for column in COLUMNS[table]]
    # A rule about members may void what their household says, and the reverse.
    tables = dict.fromkeys((table, "member", *EMBEDDABLE))
    owners = [t for t in tables if name in COLUMNS[t]] or ["household"]
    return [(owner, name) for owner in (owners if whole else owners[:1])]


def in_order(rules: Iterable[Rule], silences: Silences) -> list[Rule]:
    """Rules in the order of the table of silences, then by code; then those about the others."""
    order = {code: number for number, code in enumerate(silences)}
    return sorted(rules, key=lambda r: (r.after_all, order.get(r.code, len(order)), r.code))
