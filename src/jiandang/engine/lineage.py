"""What each column rests on, down to the register's cells, and what of that the files lack.

All of it follows from the policy and from which columns the sheets have, not from the rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

from jiandang.engine.derived import BLANK, DERIVED, Cell, Derived
from jiandang.policy import Policy
from jiandang.register.register import Register
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, TITLES

Scope = Literal["row", "household"]

# Columns from assembly, that every table or households have, and the check date → what they are
# made from.
BOOKKEEPING = {
    "ref": (), "ref2": (), "bad": (), "own": (), "today": (), "head_is_listed": (),
    "village_code12": ("village_code|household_id|code",),
    "village_key": ("village_code|household_id|village|code|place",),
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Which tables and columns the sheets of a register have: (table, embedded, columns) each.

    `frames` are the names of the columns that the register's frames have, by table.
    """

    sheets: tuple[tuple[str, tuple[str, ...], frozenset[Cell]], ...]
    frames: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, register: Register) -> "Layout":
        return cls(
            tuple(sheet.layout for sheet in register.sheets),
            tuple((name, tuple(frame.columns)) for name, frame in register.tables.items()),
        )

    @cached_property
    def own_tables(self) -> set[str]:
        """The tables that have a sheet of their own."""
        return {table for table, _, _ in self.sheets}

    @cached_property
    def tables(self) -> set[str]:
        """The tables that any sheet holds, by itself or embedded in another."""
        return self.own_tables | {name for _, embedded, _ in self.sheets for name in embedded}

    @cached_property
    def cells(self) -> set[Cell]:
        """The columns that any sheet has for a table, places that others take from it included."""
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


class Lineage:
    """The columns of a layout under a policy; every answer is kept."""

    def __init__(self, policy: Policy, layout: Layout) -> None:
        self.policy = policy
        self.layout = layout
        self._expressions: dict[Derived, pl.Expr] = {}
        self._roots: dict[Derived, list[str]] = {}
        self._missing: dict[Cell, list[str]] = {}
        self._reads: dict[Cell, frozenset[tuple[str, str, Scope]]] = {}

    def expression(self, definition: Derived) -> pl.Expr:
        if definition not in self._expressions:
            self._expressions[definition] = definition.define(self.policy)
        return self._expressions[definition]

    def roots(self, definition: Derived) -> list[str]:
        """The columns that a definition names."""
        if definition not in self._roots:
            self._roots[definition] = self.expression(definition).meta.root_names()
        return self._roots[definition]

    def owner(self, table: str, name: str) -> str:
        """The table that has the column: rows of persons and steps also see their household's."""
        known = name in COLUMNS[table] or (table, name) in DERIVED or name in BOOKKEEPING
        if not known and (name in COLUMNS["household"] or ("household", name) in DERIVED):
            return "household"
        return table

    def missing(self, table: str, names: Iterable[str]) -> list[str]:
        """What the files lack for these columns: texts like `证件号码（成员）` for the report."""
        lacking: dict[str, None] = {}
        for name in names:
            options = [self._missing_for(table, option) for option in name.split("|")]
            if all(options):
                lacking[" 或 ".join(dict.fromkeys("、".join(opt) for opt in options))] = None
        return list(lacking)

    def _missing_for(self, table: str, name: str) -> list[str]:
        if (table, name) not in self._missing:
            self._missing[table, name] = self._find_missing(table, name.removesuffix(BLANK))
        return self._missing[table, name]

    def _find_missing(self, table: str, name: str) -> list[str]:
        if name in BOOKKEEPING:
            there = self.layout.own_tables if name == "own" else self.layout.tables
            if table not in there:
                return [f"{TITLES[table]}表"]
            return self.missing(table, BOOKKEEPING[name])
        if "." in name:
            table, name = name.split(".")
        owner = self.owner(table, name)
        if (definition := DERIVED.get((owner, name))) is not None:
            source = definition.of or owner
            if source not in self.layout.tables:
                return [f"{TITLES[source]}表"]
            needs = definition.needs
            return self.missing(source, needs if needs is not None else self.roots(definition))
        if owner not in self.layout.tables:
            return [f"{TITLES[owner]}表"]
        column = COLUMNS[owner].get(name)
        if column is None:
            return []  # a place column that the allocation table spells otherwise (place, code)
        if (owner, name) in self.layout.cells:
            return []
        return [f"{column.heading}（{TITLES[owner]}）"]

    def reads(self, table: str, names: Sequence[str]) -> frozenset[tuple[str, str, Scope]]:
        """The register's cells behind these columns: of the same row, or of the household."""
        return frozenset().union(*(self._reads_of(table, n.removesuffix(BLANK)) for n in names))

    def _reads_of(self, table: str, name: str) -> frozenset[tuple[str, str, Scope]]:
        if (table, name) not in self._reads:
            self._reads[table, name] = self._find_reads(table, name)
        return self._reads[table, name]

    def _find_reads(self, table: str, name: str) -> frozenset[tuple[str, str, Scope]]:
        if name in BOOKKEEPING:
            sources = {s for option in BOOKKEEPING[name] for s in option.split("|")}
            return frozenset((table, s, "row") for s in sources & COLUMNS[table].keys())
        owner = self.owner(table, name)
        definition = DERIVED.get((owner, name))
        if definition is None:
            return frozenset({(owner, name, "row" if owner == table else "household")})
        inner = self.reads(definition.of or owner, self.roots(definition))
        near = owner == table and definition.of is None and definition.over != "household_id"
        return frozenset((t, c, scope if near else "household") for t, c, scope in inner)
