"""How each column of a register is made and what it rests on, down to the register's cells.

All of it follows from the policy and from which columns the sheets have, not from the rows.
To make one column costs Polars about as much as to make twenty at once, so columns wait until
all of their kind that can be made at the same time are known: `Resolution.steps`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import polars as pl

from jiandang.engine.definitions import Definitions
from jiandang.engine.derived import BLANK, DERIVED, Cell
from jiandang.engine.rule import Read
from jiandang.register.lists.kinds import FOUND, LIST_COLUMNS, LISTS
from jiandang.register.register import MATCHES, Register, in_sheets
from jiandang.register.table import Column
from jiandang.register.tables import BEFORE, COLUMNS, PLACE_COLUMNS, TITLES

# The two columns by which rows of tables belong together; None stands for the village.
On = tuple[str, str] | None

# Columns from assembly, that every table, households or members have, and the check date → what
# they are made from.
BOOKKEEPING = {
    "ref": (), "others": (), "apart": (), "bad": (), "own": (), "today": (),
    "head_is_listed": (), "own_phone": ("phone",), "own_head_name": ("head_name",),
    "village_code12": ("village_code|household_id|code",),
    "village_key": ("village_code|household_id|village|code|place",),
}  # fmt: skip

# Begins the names of columns that tell which rows stand in sheets of these numbers.
_IN_SHEETS = ".in_sheets."
_BY_HOUSEHOLD = ("household_id", "household_id")
_OF_PLACES = ("allocation", "village")
_DEAREST = 2  # see `Resolved.cost`


@dataclass(frozen=True)
class Inventory:
    """The tables and columns of a register's sheets: (table, embedded, columns) each.

    `frames` are the names of the columns that the register's frames have, by table; `useless` the
    tables of lists of which none can be used.
    """

    sheets: tuple[tuple[str, tuple[str, ...], frozenset[Cell]], ...]
    frames: tuple[tuple[str, tuple[str, ...]], ...]
    useless: frozenset[str] = frozenset()

    @classmethod
    def of(cls, register: Register) -> "Inventory":
        usable = [each for each in register.lists if each.is_usable]
        given = {each.table for each in register.lists}
        return cls(
            (*(s.layout for s in register.sheets), *(each.layout for each in usable)),
            tuple((name, tuple(frame.columns)) for name, frame in register.tables.items()),
            frozenset(given - {each.table for each in usable}),
        )

    @cached_property
    def own_tables(self) -> set[str]:
        """The tables that have a sheet of their own."""
        return {table for table, _, _ in self.sheets}

    @cached_property
    def tables(self) -> set[str]:
        """The tables that any sheet holds, by itself or embedded in another; and those made."""
        embedded = {name for _, others, _ in self.sheets for name in others}
        return self.own_tables | embedded | ({MATCHES} & {name for name, _ in self.frames})

    @cached_property
    def cells(self) -> set[Cell]:
        """The columns that any sheet has for a table, with the places that others take from it."""
        cells = {cell for _, _, columns in self.sheets for cell in columns}
        parts = {(t, part) for t, n in cells if n == "place" for part in PLACE_COLUMNS[:3]}
        taken = {
            (other, name)
            for table, embedded, columns in self.sheets
            for other in embedded
            for name in PLACE_COLUMNS
            if (table, name) in columns
        }
        return cells | parts | taken

    @cached_property
    def given(self) -> set[Cell]:
        """The columns of the register's frames, and the check date."""
        return {(table, n) for table, names in self.frames for n in (*names, "today")}


# Cells of which one at least has to be asked for, of each set.
Needs = frozenset[frozenset[Read]]


class Resolved(NamedTuple):
    """A column of a table.

    A column that the register does not have is made by `expression`: over the table's own rows,
    in groups of those that are equal in `over`; or, with a `source`, over that table's rows of
    the same village, or over those whose `on[1]` equals the row's `on[0]`; it comes `after` all the
    columns that it rests on. `lacking` says in Chinese what the files lack for it, `reads` are
    the register's cells that it rests on, and `needs` those of them without which it says nothing.
    """

    lacking: tuple[str, ...]
    reads: frozenset[Read]
    needs: Needs
    expression: pl.Expr | None = None
    after: frozenset[Cell] = frozenset()
    source: str | None = None
    on: On = None
    over: str | None = None

    @property
    def cost(self) -> int:
        """0 for an expression over single rows, 1 over groups of rows, 2 over another table's."""
        return _DEAREST if self.source else 1 if self.over else 0

    @property
    def is_of_group(self) -> bool:
        """Whether rows of other households have a part in it."""
        if self.source is not None:
            return self.on != _BY_HOUSEHOLD
        return self.over not in (None, "household_id")


class Step(NamedTuple):
    """Columns of one table that are made at once, by name; `source` and `on` as in `Resolved`."""

    table: str
    source: str | None
    on: On
    expressions: dict[str, pl.Expr]


class Resolution(dict[Cell, Resolved]):
    """The columns of registers of one inventory under a policy, each resolved once.

    Raises KeyError for a column that no table has, and whatever a definition raises.
    """

    def __init__(self, definitions: Definitions, inventory: Inventory) -> None:
        super().__init__()
        self.inventory = inventory
        self._definitions = definitions

    def __missing__(self, cell: Cell) -> Resolved:
        self[cell] = resolved = self._resolve(*cell)
        return resolved

    def behind(self, cells: Collection[Cell]) -> frozenset[Cell]:
        """These columns, and all that they rest on."""
        return frozenset(cells).union(*(self[cell].after for cell in cells))

    def lacking(self, table: str, names: Iterable[str]) -> list[str]:
        """What the files lack for these columns: texts like `证件号码（成员）` for the report.

        `a|b` lacks nothing where either is there, or where the table has no such column at all;
        `other.a` is a column of another table.
        """
        lacking: dict[str, None] = {}
        for name in names:
            cells = [_cell(table, option) for option in name.split("|")]
            options = [
                (self[cell] if self._has(*cell) else self._own(*cell)).lacking for cell in cells
            ]
            if not all(options):
                continue
            if len(options) == 1:
                lacking.update(dict.fromkeys(options[0]))
            else:
                lacking[" 或 ".join(dict.fromkeys("、".join(opt) for opt in options))] = None
        return list(lacking)

    def reads(self, table: str, names: Iterable[str]) -> frozenset[Read]:
        """The register's cells behind these columns of a table."""
        return frozenset().union(*(self[table, name].reads for name in names))

    def needs(self, table: str, names: Iterable[str]) -> Needs:
        """The register's cells that these columns, written as for `lacking`, do not do without."""
        needs: set[frozenset[Read]] = set()
        for name in names:
            cells = [_cell(table, option) for option in name.split("|")]
            options = [self[cell].needs for cell in cells if self._has(*cell)]
            if len(options) == 1:
                needs |= options[0]
            elif options and all(options):
                needs.add(frozenset().union(*(read for option in options for read in option)))
        return frozenset(needs)

    def steps(self, wanted: Collection[Cell], made: Set[Cell]) -> list[Step]:
        """The steps that add the wanted columns to frames that have those of `made`."""
        pending = {cell: self[cell] for cell in sorted(self.behind(wanted) - made)}
        done, steps = set(made), []
        while pending:
            kinds: dict[tuple[str, str | None, On], dict[str, pl.Expr]] = defaultdict(dict)
            costs, waiting = defaultdict[object, int](lambda: _DEAREST), set()
            for (table, name), each in pending.items():
                kind = (table, each.source, each.on)
                if not each.after <= done:
                    waiting.add(kind)
                elif each.expression is not None:
                    kinds[kind][name] = each.expression
                    costs[kind] = min(costs[kind], each.cost)
            # First those of which no column waits; else the dearest kind comes last, when most of
            # its columns have what they wait for.
            least = min(costs.values(), default=_DEAREST)
            whole = [kind for kind in kinds if kind not in waiting]
            for kind in whole or [kind for kind in kinds if costs[kind] == least]:
                steps.append(Step(*kind, kinds[kind]))
                done.update((kind[0], name) for name in kinds[kind])
            left = {cell: each for cell, each in pending.items() if cell not in done}
            if len(left) == len(pending):  # a frame lacks what none can make: `register.whole`
                raise KeyError(f"columns that nothing makes: {sorted(pending)}")
            pending = left
        return steps

    def _has(self, table: str, name: str) -> bool:
        own = name in _columns(table) or (table, name) in DERIVED or name in BOOKKEEPING
        return own or name in COLUMNS["household"] or ("household", name) in DERIVED

    def _resolve(self, table: str, name: str) -> Resolved:
        if name.endswith(BLANK):
            return self._blank(table, name.removesuffix(BLANK))
        if name.startswith(_IN_SHEETS):
            numbers = [int(number) for number in name.removeprefix(_IN_SHEETS).split(",")]
            return Resolved((), frozenset(), frozenset(), in_sheets(numbers))
        if name in BOOKKEEPING:
            return self._bookkeeping(table, name)
        if (table, name) in DERIVED:
            return self._derived(table, name)
        if name in _columns(table):
            return self._own(table, name)
        if table not in COLUMNS and name in FOUND:
            return self._own(table, name)
        if name in COLUMNS["household"] or ("household", name) in DERIVED:
            # Rows of persons and steps also see what their household's row says.
            of = self["household", name]
            after = self.behind([("household", name)])
            first = pl.col(name).first()
            needs = frozenset(map(_widely, of.needs))
            reads = _widely(of.reads)
            return Resolved(of.lacking, reads, needs, first, after, "household", _BY_HOUSEHOLD)
        if (table, name) in self.inventory.given:
            return self._own(table, name)  # the allocation table spells places otherwise
        raise KeyError(f"no column {name} in table {table}")

    def _bookkeeping(self, table: str, name: str) -> Resolved:
        inventory, sources = self.inventory, BOOKKEEPING[name]
        names = {option for source in sources for option in source.split("|")}
        names = names & _columns(table).keys() | ({name} if name.startswith("own_") else set())
        reads: frozenset[Read] = frozenset((table, n, "row") for n in names)
        there = inventory.own_tables if name == "own" else inventory.tables
        lacking = self.lacking(table, sources) if table in there else [self._title(table)]
        if not lacking and name.startswith("own_") and table != "member":
            # Rows of steps say of a household only what their own sheets have room for.
            asked = ("household", name.removeprefix("own_"))
            if not any(own == table and asked in cells for own, _, cells in inventory.sheets):
                heading = COLUMNS["household"][asked[1]].heading
                lacking = [f"{heading}（{self._title(table).removesuffix('表')}）"]
        return Resolved(tuple(lacking), reads, frozenset())

    def _derived(self, table: str, name: str) -> Resolved:
        definition = DERIVED[table, name]
        expression, roots = self._definitions.column((table, name))
        source, over, on = definition.of, definition.over, definition.on
        near = source is None and over != "household_id"
        inner = self.reads(source or table, roots)
        reads = inner if near else _widely(inner)
        after = {(source or table, root) for root in roots}
        if over is not None:
            expression = expression.over(over)
            after.add((table, over))
        if source is not None and on is None:
            of_household = (table, "household_id") in self.inventory.given
            on = _BY_HOUSEHOLD if of_household and source not in _OF_PLACES else None
        if source is not None and on is not None:
            after |= {(table, on[0]), (source, on[1])}
        names = roots if definition.needs is None else definition.needs.split()
        if (source or table) not in self.inventory.tables:
            lacking = [self._title(source or table)]
        else:
            lacking = self.lacking(source or table, names)
        needs = self.needs(source or table, names)
        needs = needs if near else frozenset(map(_widely, needs))
        behind = self.behind(after)
        return Resolved(tuple(lacking), reads, needs, expression, behind, source, on, over)

    def _own(self, table: str, name: str) -> Resolved:
        """A column of the register's own."""
        lacking: tuple[str, ...] = ()
        column = _columns(table).get(name.removeprefix(BEFORE))
        if table not in self.inventory.tables:
            lacking = (self._title(table),)
        elif column is not None and (table, name) not in self.inventory.cells:
            of = "上次的" if name.startswith(BEFORE) else ""
            lacking = (f"{column.heading}（{of}{self._title(table).removesuffix('表')}）",)
        reads: frozenset[Read] = frozenset({(table, name, "row")})
        return Resolved(lacking, reads, frozenset({reads}))

    def _title(self, table: str) -> str:
        """`成员表`, `低保名单`, or `能用的低保名单` where there are but others."""
        if table in TITLES:
            return f"{TITLES[table]}表"
        of = (
            "能用的" if self.inventory.useless & {table, *([] if table in LISTS else LISTS)} else ""
        )
        return f"{of}{LISTS[table].title if table in LISTS else ''}名单"

    def _blank(self, table: str, name: str) -> Resolved:
        of, rests_on = self[table, name], [(table, name)]
        owner = table if name in _columns(table) else "household"
        sheets = list(enumerate(self.inventory.sheets))
        asking = [number for number, (*_, cells) in sheets if (owner, name) in cells]
        faulty = pl.col("bad").str.contains(f"|{name}|", literal=True).fill_null(False)
        empty = pl.col(name).is_null()
        if _columns(owner)[name].cell.dtype == pl.String:
            empty = empty | (pl.col(name) == "")
        is_blank: pl.Expr = empty & ~faulty if asking else pl.lit(False)
        # Mostly every sheet of the table asks for the column: then no row need be looked at.
        all_ask = all(n in asking for n, (own, others, _) in sheets if table in (own, *others))
        if asking and not all_ask:
            # As a column, since many others of the table are asked for by the same sheets.
            among = _IN_SHEETS + ",".join(map(str, asking))
            rests_on.append((table, among))
            is_blank &= pl.col(among)
        return Resolved(of.lacking, of.reads, of.needs, is_blank, self.behind(rests_on))


def _columns(table: str) -> Mapping[str, Column]:
    """The columns that the sheets of a table, or of a list, may have."""
    return COLUMNS.get(table) or LIST_COLUMNS.get(table, {})


def _widely(reads: frozenset[Read]) -> frozenset[Read]:
    return frozenset((table, name, "household") for table, name, _ in reads)


def _cell(table: str, name: str) -> Cell:
    """The table and the column of `a`, `a.blank` or `other.a`."""
    *other, column = name.removesuffix(BLANK).split(".")
    return (other[0] if other else table), column
