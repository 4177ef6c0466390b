"""What a finding rests on (依据码): a hash of the unmasked values of all cells its rule has read.

Equal codes say that nothing has changed since somebody answered. A code is made from few private
digits that could be guessed, so it goes only into files that hold the register anyway.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import repeat
from typing import Any, NamedTuple

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.identity import digest
from jiandang.engine.plan import Clause
from jiandang.engine.resolution import Resolution
from jiandang.engine.rule import Read
from jiandang.engine.run import CONTENT, Hits
from jiandang.engine.told_once import TOGETHER
from jiandang.engine.words import fields_of
from jiandang.patterns import regex
from jiandang.policy import Policy
from jiandang.register.lists.kinds import LIST_COLUMNS, LISTS
from jiandang.register.place import own_number
from jiandang.register.register import MATCHES
from jiandang.register.tables import COLUMNS

PERIOD_DIGITS = 4
# These are about the order of rows and the day of the check, not about what stands in the cells.
_PASSING = {"ref", "others", "apart", "today", "cells"}
# What stands in the first row of a group: which that is only the order of rows says.
_FIRST = "first_"
# Of many cells that were noticed as one: what stands in the first of them.
_OF_THE_FIRST = {CONTENT, "expected", "value", "known"}
_ADDRESSES = regex("（[^（）]*）")
_ROW_NUMBERS = regex("第[0-9、至]+行")
# What tells of whom a list's row is.
_OF_WHOM = ("name", "number", "match_grade")
# What else is known of a list's row beside its cells. In which file and row it stands does not
# count: next month's list says the same.
_BESIDE_CELLS = {"how", "home_size", "is_slip", *_OF_WHOM}
# Between cells, and between the rows of a household or a group.
_CELL, _ROW = "\x1f", "\x1e"


class _Basis(NamedTuple):
    """What the code of a clause's findings is made from.

    `own` are columns of the row, `homes` by table those of all rows of the household, `said` what
    the message shows, where a finding is for a village or another group.
    """

    own: tuple[str, ...]
    homes: Mapping[str, tuple[str, ...]]
    said: tuple[str, ...]


def period_code(policy: Policy) -> str:
    """The year and the day that a register is about: answers do not outlive them."""
    return digest(str(policy.income_year), str(policy.reference_date))[:PERIOD_DIGITS]


class Evidence:
    """Makes the codes of one register's findings."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._period = period_code(frames.plan.policy)

    def texts(self, hits: Hits, clause: Clause, refs: Collection[int]) -> dict[int, str]:
        """What stands in the cells that the clause has read of the rows with these references."""
        basis = _basis(clause, self._frames.plan.resolution)
        said = dict(zip(hits.rows["ref"], _said(hits, basis.said), strict=True))
        frame = self._frames[hits.table].filter(pl.col("ref").is_in(refs))
        own = dict(zip(frame["ref"], _texts(frame, basis.own), strict=True))
        homes: dict[int, list[str]] = {ref: [] for ref in own}
        if basis.homes:
            by_home = [self._of_homes(t, n, frame) for t, n in basis.homes.items()]
            for ref, home in zip(frame["ref"], frame["household_id"], strict=True):
                homes[ref] = [texts.get(home, "") for texts in by_home]
        return {ref: _ROW.join((own[ref], said.get(ref, ""), *homes[ref])) for ref in own}

    def code(self, texts: Iterable[str]) -> str:
        """The code of a finding that rests on these rows, in whatever order."""
        return self._period + digest(*sorted(texts))

    def _of_homes(
        self, table: str, names: tuple[str, ...], rows: pl.DataFrame
    ) -> dict[str | None, str]:
        frame = self._frames[table]
        frame = frame.filter(
            pl.col("household_id").is_in(rows["household_id"].drop_nulls().implode())
        )
        texts = frame.select("household_id", _texts(frame, names).alias("text"))
        grouped = texts.group_by("household_id").agg(pl.col("text").sort().str.join(_ROW))
        return dict(grouped.iter_rows())


def _basis(clause: Clause, resolution: Resolution) -> _Basis:
    rule, table = clause.rule, clause.table
    roots = clause.where.meta.root_names()
    cells: set[tuple[str, str, str]] = set()
    if rule.per in ("row", "household"):
        reads = _with_lists(clause, resolution)
        cells |= {(t, n, rule.per if rule.per == "household" else s) for t, n, s in reads}
    for owner, name in resolution.behind([(table, root) for root in roots]):
        if resolution[owner, name].is_of_group and _lasts((owner, name), resolution):
            cells.add((owner, name, "row" if owner == table else "household"))
    numbered = {owner for owner, name in resolution.inventory.given if name == "household_id"}
    homes: dict[str, list[str]] = {}
    for owner, name, scope in sorted(cells):
        if scope == "household" and {owner, table} <= numbered:
            homes.setdefault(owner, []).append(name)
    own = sorted(name for owner, name, scope in cells if (owner, scope) == (table, "row"))
    if rule.per == "table":
        own = []  # whichever row comes first: what there is to know of all is in the message
    said = [] if rule.per in ("row", "household") else _lasting_words(clause, resolution)
    return _Basis(tuple(own), {t: tuple(names) for t, names in homes.items()}, tuple(said))


def _with_lists(clause: Clause, resolution: Resolution) -> frozenset[Read]:
    """The cells that the clause has read; of a list also those of which its message tells."""
    shown = [root for value in clause.values for root in value.meta.root_names()]
    told = resolution.reads(clause.table, shown)
    lists = {table for table, _, _ in told | clause.reads} & {*LISTS, MATCHES}
    if not lists:
        return clause.reads
    of_whom: set[Read] = {(table, name, "household") for table in lists for name in _OF_WHOM}
    return frozenset(
        (table, name, scope)
        for table, name, scope in clause.reads | told | of_whom
        if name in COLUMNS.get(table, ())
        or (table in lists and (name in LIST_COLUMNS.get(table, ()) or name in _BESIDE_CELLS))
    )


def _lasting_words(clause: Clause, resolution: Resolution) -> Iterable[str]:
    """The names in a message whose values do not change with the day or the order of rows."""
    values = {value.meta.output_name(): value.meta.root_names() for value in clause.values}
    for name in dict.fromkeys(_named(clause.rule.message)):
        roots = values.get(name, [] if name == "count" else [name])
        if all(_lasts((clause.table, root), resolution) for root in roots):
            yield name


def _lasts(cell: Cell, resolution: Resolution) -> bool:
    """Whether a value is neither about the order of rows nor about the day of the check.

    A row that was chosen by the order may stand behind it, as a number of rows is the same
    whichever is first; but what rests on the day changes with it however far behind.
    """
    roots = _roots(cell, resolution)
    is_chosen = cell[1].startswith(_FIRST) and resolution[cell].is_of_group
    return not (is_chosen or {root for _, root in roots} & _PASSING or _of_today(cell, resolution))


def _of_today(cell: Cell, resolution: Resolution) -> bool:
    return cell[1] == "today" or any(
        _of_today(root, resolution) for root in _roots(cell, resolution)
    )


def _roots(cell: Cell, resolution: Resolution) -> list[Cell]:
    """What a derived value is made from; the key of a group is no part of what it comes to."""
    resolved = resolution[cell]
    if resolved.expression is None:
        return []
    names = resolved.expression.meta.root_names()
    return [(resolved.source or cell[0], name) for name in names if name != resolved.over]


def noticed_texts(hits: Hits) -> list[str]:
    """What was noticed of each row: what stands in its cell, and what is said of it.

    In which rows it stands does not count, and of many cells only how many there are.
    """
    named = [name for name in _named(hits.rule.message) if name not in _PASSING]
    names = tuple(dict.fromkeys((CONTENT, "expected", *named)))
    lasting = tuple(name for name in names if name not in _OF_THE_FIRST)
    texts = zip(
        _said(hits, names),
        _said(hits, lasting),
        hits.rows[TOGETHER] if TOGETHER in hits.rows.columns else repeat(""),
        strict=False,
    )
    return [
        _ROW_NUMBERS.sub("", f"{of_many}{_ADDRESSES.sub('', together)}" if together else own)
        for own, of_many, together in texts
    ]


def _named(message: str) -> list[str]:
    """The values that a message shows, but for other rows."""
    return [name for _, name, spec in fields_of(message) if name and spec != "place"]


def _said(hits: Hits, names: tuple[str, ...]) -> list[str]:
    def text(row: dict[str, Any]) -> str:
        return _CELL.join("" if row.get(name) is None else str(row[name]) for name in names)

    return [text(row) for row in hits.rows.iter_rows(named=True)]


def _texts(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    """The values of the columns as one text a row."""

    def text(name: str) -> pl.Expr:
        column = pl.col(name)
        if isinstance(frame.schema[name], pl.List):
            column = column.cast(pl.List(pl.String)).list.join(_CELL)
        if name == "household_id":  # whichever villages are checked together
            column = own_number(column)
        return column.cast(pl.String).fill_null("")

    if not names:
        return pl.repeat("", frame.height, eager=True)
    return frame.select(pl.concat_str([text(name) for name in names], separator=_CELL)).to_series()
