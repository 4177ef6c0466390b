"""The columns that rules see: the register's, and derived ones that are computed when needed.

A derived column is defined once, as an expression over its table's columns (`@derived`), over
the rows of the same household or village (`over=`), or over another table's rows of the same
household or village (`of=`). `name.blank` is true where a cell of a column that the sheet has is
empty, as against faulty or not asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from jiandang.policy import Policy
from jiandang.register.register import ROW_BITS, Register
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, TITLES

Definition = Callable[[Policy], pl.Expr]
Scope = Literal["row", "household"]
Cell = tuple[str, str]

BLANK = ".blank"
# Columns that every table has: from assembly, and the check date.
_BOOKKEEPING = {
    "ref": (), "ref2": (), "bad": (), "own": (), "today": (),
    "village_code12": ("village_code|household_id|code",),
    "village_key": ("village_code|household_id|village|code|place",),
}  # fmt: skip


@dataclass(frozen=True)
class Derived:
    """The definition of a derived column of a table."""

    table: str
    define: Definition
    of: str | None
    over: str | None
    on: tuple[str, str] | None
    needs: tuple[str, ...] | None


DERIVED: dict[Cell, Derived] = {}


def derived(
    *tables: str,
    of: str | None = None,
    over: str | None = None,
    on: tuple[str, str] | None = None,
    needs: str | None = None,
) -> Callable[[Definition], Definition]:
    """Define a column, named like the function, of each of the tables.

    `over` names the column whose equal values make a group; with `of` the expression aggregates
    the other table's rows of the same household (or village, for places), or those whose second
    column of `on` equals the row's first. `needs` as in `Rule`.
    """

    def decorate(define: Definition) -> Definition:
        for table in tables:
            DERIVED[table, define.__name__] = Derived(
                table, define, of, over, on, None if needs is None else tuple(needs.split())
            )
        return define

    return decorate


def blank(name: str) -> pl.Expr:
    """True where the sheet has the column and the cell is empty, not merely unreadable."""
    return pl.col(name + BLANK)


class Frames:
    """The tables of a register under a policy, growing by derived columns as rules ask for them."""

    def __init__(self, register: Register, policy: Policy, today: date) -> None:
        self.register = register
        self.policy = policy
        self._frames = {
            name: frame.with_columns(pl.lit(today).alias("today"))
            for name, frame in register.tables.items()
        }

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self._frames[table]

    # -- what a column needs ---------------------------------------------------------------

    def missing(self, table: str, names: list[str]) -> list[str]:
        """What the files lack for these columns: texts like `证件号码（成员）` for the report."""
        lacking: dict[str, None] = {}
        for name in names:
            options = [self._missing_for(table, option) for option in name.split("|")]
            if all(options):
                lacking[" 或 ".join(dict.fromkeys("、".join(opt) for opt in options))] = None
        return list(lacking)

    def _missing_for(self, table: str, name: str) -> list[str]:
        name = name.removesuffix(BLANK)
        if name in _BOOKKEEPING:
            there = self.register.has_sheets if name == "own" else self.register.has_table
            if not there(table):
                return [f"{TITLES[table]}表"]
            return self.missing(table, [*_BOOKKEEPING[name]])
        if "." in name:
            table, name = name.split(".")
        owner = self._owner(table, name)
        if (definition := DERIVED.get((owner, name))) is not None:
            source = definition.of or owner
            if not self.register.has_table(source):
                return [f"{TITLES[source]}表"]
            needs = definition.needs
            return self.missing(source, [*needs] if needs is not None else self._roots(definition))
        if not self.register.has_table(owner):
            return [f"{TITLES[owner]}表"]
        column = COLUMNS[owner].get(name)
        if column is None:
            return []  # a place column that the allocation table spells otherwise (place, code)
        return [] if self._has(owner, name) else [f"{column.heading}（{TITLES[owner]}）"]

    def _has(self, table: str, name: str) -> bool:
        """Whether a sheet has the column, or a place that rows embedded in it take from it."""
        return self.register.has_column(table, name) or (
            name in PLACE_COLUMNS
            and any(table in s.embedded and s.has(s.table, name) for s in self.register.sheets)
        )

    def reads(self, table: str, names: list[str]) -> set[tuple[str, str, Scope]]:
        """The register's cells behind these columns: of the same row, or of the household."""
        found: set[tuple[str, str, Scope]] = set()
        for name in names:
            name = name.removesuffix(BLANK)
            if name in _BOOKKEEPING:
                sources = {s for option in _BOOKKEEPING[name] for s in option.split("|")}
                found |= {(table, s, "row") for s in sources & COLUMNS[table].keys()}
                continue
            owner = self._owner(table, name)
            definition = DERIVED.get((owner, name))
            if definition is None:
                found.add((owner, name, "row" if owner == table else "household"))
                continue
            inner = self.reads(definition.of or owner, self._roots(definition))
            near = owner == table and definition.of is None and definition.over != "household_id"
            found |= {(t, c, scope if near else "household") for t, c, scope in inner}
        return found

    def _owner(self, table: str, name: str) -> str:
        """The table that has the column: rows of persons and steps also see their household's."""
        known = name in COLUMNS[table] or (table, name) in DERIVED or name in _BOOKKEEPING
        if not known and (name in COLUMNS["household"] or ("household", name) in DERIVED):
            return "household"
        return table

    def _roots(self, definition: Derived) -> list[str]:
        return definition.define(self.policy).meta.root_names()

    # -- making columns --------------------------------------------------------------------

    def ensure(self, table: str, names: list[str]) -> None:
        """Add the derived columns among `names` to the table's frame."""
        for name in names:
            if name not in self._frames[table].columns:
                self._frames[table] = self._with_column(table, name)

    def _with_column(self, table: str, name: str) -> pl.DataFrame:
        frame = self._frames[table]
        if name.endswith(BLANK):
            return frame.with_columns(self._blank(table, name.removesuffix(BLANK)).alias(name))
        owner = self._owner(table, name)
        if owner != table:
            self.ensure(owner, [name])
            source = self._frames[owner].select("household_id", name)
            return _join(frame, source.drop_nulls("household_id"), "household_id")
        definition = DERIVED.get((table, name))
        if definition is None:
            raise KeyError(f"no column {name} in table {table}")
        expression = definition.define(self.policy)
        if definition.of is None:
            self.ensure(table, expression.meta.root_names())
            if definition.over is not None:
                self.ensure(table, [definition.over])
                expression = expression.over(definition.over)
            return self._frames[table].with_columns(expression.alias(name))
        self.ensure(definition.of, expression.meta.root_names())
        if definition.on is not None:
            return self._with_looked_up(table, name, definition.of, definition.on, expression)
        source = self._frames[definition.of]
        if "household_id" in frame.columns and definition.of not in ("allocation", "village"):
            known = source.filter(pl.col("household_id").is_not_null())
            grouped = known.group_by("household_id").agg(expression.alias(name))
            return _join(frame, grouped, "household_id")
        return _join_village(frame, source, expression.alias(name))

    def _with_looked_up(
        self, table: str, name: str, source: str, on: tuple[str, str], expression: pl.Expr
    ) -> pl.DataFrame:
        own, other = on
        self.ensure(table, [own])
        self.ensure(source, [other])
        known = self._frames[source].filter(pl.col(other).is_not_null())
        grouped = known.group_by(other).agg(expression.alias(name)).rename({other: own})
        return _join(self._frames[table], grouped, own)

    def _blank(self, table: str, name: str) -> pl.Expr:
        column = pl.col(name)
        owner = self._owner(table, name)
        sheets = [i for i, s in enumerate(self.register.sheets) if s.has(owner, name)]
        asked = pl.any_horizontal(
            (pl.col(ref) // 2**ROW_BITS).is_in(sheets).fill_null(False) for ref in ("ref", "ref2")
        )
        faulty = pl.col("bad").str.contains(f"|{name}|", literal=True).fill_null(False)
        empty = column.is_null()
        if COLUMNS[owner][name].cell.dtype == pl.String:
            empty = empty | (column == "")
        return empty & asked & ~faulty


def _join(frame: pl.DataFrame, right: pl.DataFrame, key: str) -> pl.DataFrame:
    right = right.unique(key, keep="first", maintain_order=True)
    return frame.join(right, on=key, how="left", maintain_order="left")


# 王庄, 王庄村 and 王庄村委会 are one village.
_VILLAGE_SUFFIX = "^(.+?)(?:村民委员会|村委会|村)$"


def plain_village(name: pl.Expr) -> pl.Expr:
    """A village's name without what may be left away."""
    return name.str.replace(_VILLAGE_SUFFIX, "$1")


def _join_village(frame: pl.DataFrame, source: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """Aggregate `source` by village and join.

    Where both sides have codes, villages are matched by code, else by their name in the town
    (a code may be wrong); where one side has none, by name.
    """
    name = value.meta.output_name()
    plain = plain_village(pl.col("village"))
    keys = {
        "by_code": pl.col("village_code12"),
        "by_town": pl.concat_str(pl.col("village_code12").str.slice(0, 9), plain),
        "by_name": plain,
    }
    joined = frame
    for way, key in keys.items():
        found = source.group_by(key.alias("key")).agg(value.alias(way)).drop_nulls("key")
        joined = _join(joined.with_columns(key.alias("key")), found, "key").drop("key")
    codes = pl.col("village_code12").is_not_null() if source["village_code12"].count() else False
    chosen = pl.when(codes).then(pl.coalesce("by_code", "by_town")).otherwise("by_name")
    return joined.with_columns(chosen.alias(name)).drop(*keys)
