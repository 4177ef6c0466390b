"""The clean sample township as plain rows that a test changes, and what is found in them.

A case is one function: it changes a fresh `Town` and returns the cell where exactly one finding
is due (`@breaks`), or changes it so that the rule just holds (`@spares`). test_every_rule.py
runs them all and fails for a rule that lacks either.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import is_
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from known import KnownFrames, changed_cells
from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from generators.layout import TABLES
from generators.township import build_register
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Plan, plan_for
from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.lists import Told, read_list
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.sheets import read_sheet
from jiandang.matching.keys import KeysOfParts
from jiandang.matching.tables import keys_of
from jiandang.policy import Policy, load_policy
from jiandang.register.register import FileRead, Register
from jiandang.report.files import TableRead
from jiandang.report.gates import GATES
from jiandang.report.model import Finding, Report, Severity
from jiandang.run import checking
from jiandang.run.checking import Settings
from jiandang.run.comparing import Earlier, compare
from jiandang.run.lists import ListFile
from jiandang.run.load import register_from

Row = dict[str, Any]
Cell = tuple[str, str]  # sheet, A1 address
AS_OF = date(2016, 3, 29)
CHANGES = ("户编号", "姓名", "证件号码", "变动", "原因", "日期")


@cache
def _clean_sheets() -> dict[str, list[Row]]:
    return build_register().sheets()


def _fresh_sheets() -> dict[str, list[Row]]:
    """The clean rows, to be changed at will. Their cells are never changed themselves."""
    return {name: [row.copy() for row in rows] for name, rows in _clean_sheets().items()}


@cache
def _clean_tables(sheet: str) -> list[ParsedTable]:
    """What is read from a sheet that nobody has changed, at its place among the others."""
    place = [*TABLES].index(sheet)
    return [table.renumbered(0, place) for table in Town().tables(sheet, _policy())]


@cache
def _clean_register() -> Register:
    tables = [table for sheet in TABLES for table in _clean_tables(sheet)]
    return register_from([(FileRead(Path("表.xlsx")), tables)])


@cache
def clean_frames() -> Frames:
    register = _clean_register()
    return Frames(register, plan_for(_policy(), register), AS_OF)


@cache
def _clean_frames_of_dates() -> Frames:
    """Those of the clean town and the same town before."""
    now = _clean_register()
    both, _ = compare(now, Earlier(now), _policy(), AS_OF, show_ids=False)
    return Frames(both, plan_for(_policy(), both), AS_OF)


@cache
def _policy() -> Policy:
    return load_policy("xuzhou-2016")


@cache
def _vocabulary(*extra: tuple[str, str], income_year: int) -> Vocabulary:
    """What headings mean is found out once."""
    return Vocabulary(dict(extra), income_year)


@dataclass
class Town:
    """Rows by sheet (成员 农户 任务分解 识别程序 入户调查 村情), each a dict by heading.

    `headings` are the columns of each sheet in order; tests may add to them or take away.
    `policy` holds overrides of policy parameters; `merged` ranges are 0-based.
    """

    sheets: dict[str, list[Row]] = field(default_factory=_fresh_sheets)
    headings: dict[str, list[str]] = field(
        default_factory=lambda: {name: [c.heading for c in cs] for name, cs in TABLES.items()}
    )
    policy: dict[str, Any] = field(default_factory=dict)
    as_of: date = AS_OF
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    hidden_rows: dict[str, frozenset[int]] = field(default_factory=dict)
    # Other departments' lists by the names of their files (their kinds, mostly).
    lists: dict[str, list[Row]] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    earlier: "Town | None" = None
    changes: list[Row] = field(default_factory=list)
    changes_headings: tuple[str, ...] = CHANGES
    _last: "tuple[_State, Register] | None" = None

    def before(self) -> "Town":
        """The town of before, the same unless it is changed, with which this one is compared."""
        self.earlier = Town()
        return self.earlier

    def change(self, row: Row, direction: str, reason: str) -> Row:
        """A line of 增减表 about the person of a row."""
        line = {"户编号": row["户编号"], "姓名": row["姓名"], "证件号码": row["证件号码"]}
        self.changes.append({**line, "变动": direction, "原因": reason})
        return self.changes[-1]

    def rows(self, sheet: str, **where: Any) -> list[Row]:
        """The rows of a sheet whose cells equal `where` (a function is asked instead)."""
        return [row for row in self.sheets[sheet] if _fits(row, where)]

    def row(self, sheet: str, **where: Any) -> Row:
        """The first such row."""
        return next(row for row in self.sheets[sheet] if _fits(row, where))

    def household(self, row: Row) -> Row:
        """The row in 农户 of the household that a row is about."""
        return self.row("农户", 户编号=row["户编号"])

    def members(self, row: Row) -> list[Row]:
        """The rows in 成员 of the household that a row is about, the head's first."""
        return self.rows("成员", 户编号=row["户编号"])

    def leave_out(self, sheet: str) -> Cell:
        """Remove the first row of a sheet; gives the number of its household in 农户."""
        row = self.row(sheet)
        self.sheets[sheet].remove(row)
        return self.cell(self.household(row), "户编号")

    def leave_out_village(self, sheet: str) -> None:
        """Remove the rows of a sheet that are about the village of its first."""
        village = self.row(sheet)["户编号"][:12]
        rest = self.rows(sheet, 户编号=lambda number: not number.startswith(village))
        self.sheets[sheet] = rest

    def cell(self, row: Row, heading: str) -> Cell:
        """The address of a row's cell, as the report names it."""
        sheets, headings = self.sheets, self.headings
        if self.changes:
            sheets, headings = (
                {**sheets, "增减表": self.changes},
                {**headings, "增减表": [*CHANGES]},
            )
        for sheet, rows in sheets.items():
            for number, other in enumerate(rows, 2):
                if other is row:
                    column = headings[sheet].index(heading) + 1
                    return sheet, f"{get_column_letter(column)}{number}"
        raise LookupError("the row is in no sheet")

    def heading_cell(self, sheet: str, heading: str) -> Cell:
        return sheet, f"{get_column_letter(self.headings[sheet].index(heading) + 1)}1"

    def register(self, policy: Policy) -> Register:
        """The register of the sheets.

        Those that no case has changed have been read already, and so have all since the last time.
        """
        of_old = {"headings", "start", "income_year"}.isdisjoint(self.policy)
        known = {name for name in self.sheets if of_old and self._is_clean(name)}
        if [*self.sheets] == [*TABLES] and known == TABLES.keys():
            return _clean_register()
        state = _State.of(self, known, policy)
        if self._last is None or not self._last[0].is_same(state):
            tables: list[ParsedTable] = []
            for name in self.sheets:
                tables += _clean_tables(name) if name in known else self.tables(name, policy)
            self._last = state, register_from([(FileRead(Path("表.xlsx")), tables)])
        return self._last[1]

    def changes_register(self) -> Register:
        """增减表 as it is read."""
        return register_from([(FileRead(Path("增减表.xlsx")), self.changes_tables())])

    def changes_tables(self) -> list[ParsedTable]:
        headings = self.changes_headings
        rows = [[row.get(name) or "" for name in headings] for row in self.changes]
        grid = Grid("增减表", [[*headings], *rows])
        return [*read_sheet(grid, Vocabulary(names=("changes",)), 0, 0, 2016)]

    def tables(self, sheet: str, policy: Policy) -> list[ParsedTable]:
        """What is read from a sheet, as if there were no other."""
        vocabulary = _vocabulary(*policy.headings.items(), income_year=policy.income_year)
        return list(read_sheet(self._grid(sheet), vocabulary, 0, 0, policy.start.year))

    def grids(self) -> list[Grid]:
        return [self._grid(name) for name in self.sheets]

    def _grid(self, sheet: str) -> Grid:
        return Grid(
            sheet,
            [[*self.headings[sheet]], *(self._cells(sheet, row) for row in self.sheets[sheet])],
            merged=self.merged.get(sheet, []),
            hidden_rows=self.hidden_rows.get(sheet, frozenset()),
        )

    def layout(self, sheet: str) -> tuple[Any, ...]:
        """Of how many rows and of which columns a sheet is, and what Excel knows of them."""
        merged, hidden = self.merged.get(sheet, []), self.hidden_rows.get(sheet)
        return len(self.sheets[sheet]), [*self.headings[sheet]], [*merged], hidden

    def _is_clean(self, sheet: str) -> bool:
        """Whether the sheet has the very cells and columns that it had at first."""
        clean, rows = _clean_sheets().get(sheet, []), self.sheets[sheet]
        return (
            len(rows) == len(clean)
            and self.headings[sheet] == [column.heading for column in TABLES[sheet]]
            and not self.merged.get(sheet)
            and not self.hidden_rows.get(sheet)
            and all(map(_has_same_cells, rows, clean))
        )

    def _cells(self, sheet: str, row: Row) -> list[Any]:
        values = map(row.get, self.headings[sheet])
        # A workbook has no None, and every number in it is a float.
        return ["" if v is None else float(v) if type(v) is int else v for v in values]

    def effective_policy(self) -> Policy:
        # Some cases need a policy that no file may have.
        return BaseModel.model_copy(_policy(), update=self.policy)

    def listed(self, kind: str, **row: Any) -> Row:
        """Put a row into the list of a kind."""
        self.lists.setdefault(kind, []).append(row)
        return row

    def read_lists(self, register: Register) -> list[ListFile]:
        """The lists, as if each were a file."""
        if not self.lists:
            return []
        keys = KeysOfParts.of([[keys_of(register.tables.values())]])
        told = Told(covers=self.covers)
        files = []
        for name, rows in self.lists.items():
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            cells: list[list[Any]] = [
                [row.get(h) if row.get(h) is not None else "" for h in headings] for row in rows
            ]
            grid = Grid("名单", [[*headings], *cells])
            path = Path(f"{name}.xlsx")
            read = read_list(grid, path, "ab" * 32, told, keys)
            files.append(ListFile(FileRead(path), [read] if read else []))
        return files

    def report(
        self,
        *,
        anew: bool = False,
        about: "Callable[[Town, set[tuple[str, str]]], Iterable[str]] | None" = None,
        **options: Any,
    ) -> Report:
        """What is found; with `anew` nothing is taken from the clean town.

        `about` chooses the rules when the town has been read; of these the expressions over what
        has not changed are left out, so that the report says of no more rules that they have run.
        """
        policy = self.effective_policy()
        register = self.register(policy)
        changed = changed_cells(register, _clean_register())
        if about is not None:
            options["select"] = about(self, changed)
        lists = self.read_lists(register)
        earlier = None
        if self.earlier is not None:
            changes = self.changes_register() if self.changes else None
            earlier = Earlier(self.earlier.register(policy), changes)
        groups = [*(["BD"] if lists else []), *(["DT"] if earlier else [])]
        settings = Settings.of(policy, as_of=self.as_of, groups=groups, **options)
        of_changed = about is not None

        def frames(of: Register, plan: Plan, today: date) -> Frames:
            if anew:
                return Frames(of, plan, today)
            is_own = of is register
            clean = clean_frames() if is_own else _clean_frames_of_dates()
            differs = changed if is_own else changed_cells(of, clean.register)
            gates = GATES if is_own else ("DT",)
            rules = [rule for rule in settings.rules if of_changed and rule.gate in gates]
            return KnownFrames(of, plan, today, clean, differs, rules)

        taken: dict[str, Any] = {"Frames": frames}
        if of_changed:  # no finding rests on which villages lack what a rule needs
            taken["villages_unseen"] = lambda *_: []
        with patch.multiple(checking, **taken):
            report = checking.report_on(register, settings, lists, earlier)
        # Whatever a case has done: on every sheet the rows by kind add up to the rows there are.
        rows = {name: len(rows) + 1 for name, rows in self.sheets.items()}
        assert rows_by_sheet(report.files[0].tables) == rows
        return report

    def findings(self, **options: Any) -> list[Finding]:
        report = self.report(**options)
        failed = [reason for gate in report.sections for reason in gate.rules_failed]
        assert not failed, failed
        return [*report.findings]


def rows_by_sheet(tables: Iterable[TableRead]) -> Counter[str]:
    """The rows of each sheet that the report accounts for, of every kind."""
    rows: Counter[str] = Counter()
    for table in tables:
        rows[table.sheet] += (
            table.title_rows
            + table.heading_rows
            + table.rows_checked
            + table.rows_rejected
            + table.total_rows
            + table.note_rows
            + table.blank_rows
        )
    return rows


class _State(NamedTuple):
    """What a town's sheets are read from, but for the rows of those that nobody has changed."""

    read_by: tuple[Any, ...]
    sheets: dict[str, tuple[Any, ...]]
    rows: list[Row]

    @classmethod
    def of(cls, town: Town, clean: Collection[str], policy: Policy) -> "_State":
        changed = [name for name in town.sheets if name not in clean]
        sheets = {name: () if name in clean else town.layout(name) for name in town.sheets}
        rows = [row.copy() for name in changed for row in town.sheets[name]]
        return cls((policy.headings, policy.start, policy.income_year, [*sheets]), sheets, rows)

    def is_same(self, other: "_State") -> bool:
        alike = self[:2] == other[:2] and len(self.rows) == len(other.rows)
        return alike and all(map(_has_same_cells, self.rows, other.rows))


def _has_same_cells(row: Row, other: Row) -> bool:
    # Not only equal ones: True is no 1 in a sheet.
    return row.keys() == other.keys() and all(map(is_, row.values(), other.values()))


def _fits(row: Row, where: dict[str, Any]) -> bool:
    return all(
        want(row.get(key)) if callable(want) else row.get(key) == want
        for key, want in where.items()
    )


Breaker = Callable[[Town], Cell]
Sparer = Callable[[Town], None]
BREAKS: list[tuple[str, Breaker]] = []
SPARES: list[tuple[str, Sparer]] = []
BESIDE: dict[Breaker, str] = {}
SEVERITIES: dict[Breaker, Severity] = {}


def breaks(
    code: str, *, beside: str = "", severity: Severity | None = None
) -> Callable[[Breaker], Breaker]:
    """The function breaks just this rule, and returns the cell to be named.

    `beside` is a rule that cannot but be broken as well, in whatever cells; `severity` that of the
    finding where it is not the rule's.
    """

    def decorate(function: Breaker) -> Breaker:
        BREAKS.append((code, function))
        BESIDE[function] = beside
        if severity is not None:
            SEVERITIES[function] = severity
        return function

    return decorate


def spares(code: str) -> Callable[[Sparer], Sparer]:
    """The function comes near to breaking the rule, but does not."""

    def decorate(function: Sparer) -> Sparer:
        SPARES.append((code, function))
        return function

    return decorate
