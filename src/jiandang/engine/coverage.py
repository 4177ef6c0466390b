"""Which villages rules have not looked at, though they ran: what lacks in a village's sheets.

A rule has run where any sheet has what it needs. Whether that holds for each village is asked in
the same way, of those sheets alone in which its rows stand: where they lack a table or a column
that the rule needs, it has said nothing of the village, and its gate is not passed there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Unchecked
from jiandang.engine.resolution import Inventory
from jiandang.engine.rule import Rule
from jiandang.register.register import OF_HOUSEHOLDS, Register, sheet_number
from jiandang.register.tables import TITLES
from jiandang.register.village_names import whole_village

c = pl.col

# As which households of forms are named that say neither village nor number.
_NOWHERE = "没有写明行政村和户编号的表单"

# What a village's sheets have: for each table whether one of them is its own, and the columns.
_Holding = tuple[tuple[str, bool, frozenset[Cell]], ...]


class Unseen(NamedTuple):
    """Villages that lack the same, and why rules have said nothing of them, by code.

    `sheets` were not recognised, and may be of these villages.
    """

    villages: tuple[str, ...]
    rules: Mapping[str, Unchecked]
    sheets: tuple[str, ...] = ()


def villages_unseen(
    frames: Frames, rules: Sequence[Rule], not_checked: Mapping[str, Unchecked]
) -> list[Unseen]:
    """Of which villages rules, some of which were not checked at all, have said nothing."""
    rows = _rows(frames)
    if rows["key"].null_count() == rows.height:
        return []
    everywhere = {code: why for code, why in not_checked.items() if _is_asked(why)}
    own = [rule for rule in rules if rule.code not in not_checked]
    holdings = _Holdings(frames, rows)
    villages = _villages(frames, rows)
    if holdings.has_forms_of_nowhere:
        villages[None] = ("", _NOWHERE)
    unread = _Unread(frames.register, [name for _, name in villages.values()])
    villages |= {name: ("", name) for name in unread.strangers}
    alike: defaultdict[tuple[_Holding, tuple[str, ...]], list[str]] = defaultdict(list)
    for key, (town, name) in villages.items():
        alike[holdings.of(key), unread.of(name)].append(f"{town}{name}")
    found = []
    for (holding, sheets), names in alike.items():
        lacking = everywhere | _lacking(frames, own, holding)
        if lacking:
            found.append(Unseen(tuple(names), lacking, sheets))
    return found


def _is_asked(why: Unchecked) -> bool:
    """Whether a gate is not whole without the rule."""
    return not (why.of_policy or why.optional)


def _rows(frames: Frames) -> pl.DataFrame:
    """How many rows of each table a village, by its `key`, has in which sheets.

    A household is of one village, however others spell it.
    """
    names = ("ref", "others", "household_id", "village_key", "town", "village")
    rows = pl.concat(frames[table].select(*names, table=pl.lit(table)) for table in OF_HOUSEHOLDS)
    others = c.others.list.eval(sheet_number(pl.element())).list.unique().list.sort()
    rows = rows.select(pl.exclude("ref", "others"), others.alias("others"), sheet=sheet_number())
    homes = rows.select("household_id", key="village_key").drop_nulls()
    homes = homes.unique("household_id", keep="first", maintain_order=True)
    placed = rows.join(homes, on="household_id", how="left", maintain_order="left")
    return (
        placed.with_columns(pl.coalesce("key", "village_key").alias("key"))
        .group_by("table", "key", "sheet", "others", "town", "village", maintain_order=True)
        .agg(rows=pl.len())
        .with_columns(sheets=pl.concat_list("sheet", c.others.fill_null([])))
    )


def _villages(frames: Frames, rows: pl.DataFrame) -> dict[str | None, tuple[str, str]]:
    """The town and the name of each village that has rows, by its key.

    A code in rows of steps or visits alone, which nothing gives a name, is a slip and no village.
    """
    told = [
        frames[table].select("town", "village", key="village_key")
        for table in ("allocation", "village")
    ]
    said = pl.concat([rows.select("town", "village", "key"), *told]).drop_nulls("key")
    names = said.group_by("key", maintain_order=True).agg(
        c.town.drop_nulls().first(), c.village.drop_nulls().first()
    )
    homes = set(rows.filter(c.table.is_in(["household", "member"]))["key"])
    found: dict[str | None, tuple[str, str]] = {}
    for key, town, name in names.filter(c.key.is_in(rows["key"].implode())).iter_rows():
        if name:
            found[key] = (town or "", whole_village(name, town or ""))
        elif key in homes:
            found[key] = ("", key)
    return found


class _Holdings:
    """What the sheets of each village have."""

    def __init__(self, frames: Frames, rows: pl.DataFrame) -> None:
        sheets = frames.register.sheets
        cells = [Inventory((sheet.layout,), ()).cells for sheet in sheets]
        self._total: Counter[tuple[str | None, str]] = Counter()
        self._having: defaultdict[tuple[str | None, str], Counter[Cell]] = defaultdict(Counter)
        self._own: set[tuple[str | None, str]] = set()
        self._has_forms = False  # whose household is of no village
        for table, key, numbers, count in rows.select("table", "key", "sheets", "rows").iter_rows():
            self._total[key, table] += count
            for cell in frozenset().union(*(cells[number] for number in numbers)):
                self._having[key, table][cell] += count
            if any(sheets[number].table == table for number in numbers):
                self._own.add((key, table))
            is_placed = key is not None or table != "household"
            self._has_forms |= not is_placed and any(sheets[n].is_form for n in numbers)
        usual = {
            cell
            for (key, table), having in self._having.items()
            for cell, count in having.items()
            if cell[0] == table and key is not None and 2 * count > self._total[key, table]
        }
        # The columns of lists of some households, and whether most rows name no village, by table.
        self._of_lists: defaultdict[str, set[Cell]] = defaultdict(set)
        for cell in frames.plan.resolution.inventory.cells - usual:
            self._of_lists[cell[0]].add(cell)
        named: Counter[str] = Counter()
        for (key, table), count in self._total.items():
            named[table] += count if key is not None else 0
        self._is_anybodys = {t: named[t] <= self._total[None, t] for t in OF_HOUSEHOLDS}

    @property
    def has_forms_of_nowhere(self) -> bool:
        """Whether a form's household is of no village, where those of others are."""
        return self._has_forms and not self._is_anybodys["household"]

    def of(self, key: str | None) -> _Holding:
        """What the village has. Rows that name no village, where they are most, are anybody's.

        A column that no village has for most of its rows is of lists of some households: what
        such a list has, a village may lack.
        """
        found = []
        for table in OF_HOUSEHOLDS:
            keys = [key, None] if self._is_anybodys[table] else [key]
            if any(self._total[k, table] for k in keys):
                own = {cell for k in keys for cell in self._having[k, table] if cell[0] == table}
                is_own = any((k, table) in self._own for k in keys)
                found.append((table, is_own, frozenset(own | self._of_lists[table])))
        return tuple(found)


def _lacking(frames: Frames, rules: Iterable[Rule], holding: _Holding) -> dict[str, Unchecked]:
    """Why rules would not run over a register that has but this, by code."""
    whole = frames.plan.resolution.inventory
    others = [layout for layout in whole.sheets if layout[0] not in OF_HOUSEHOLDS]
    own = [
        (table if is_own else "", () if is_own else (table,), cells)
        for table, is_own, cells in holding
    ]
    part = replace(whole, sheets=tuple(dict.fromkeys([*others, *own])))
    if (part.own_tables - {""}, part.cells) == (whole.own_tables, whole.cells):
        return {}
    plan = frames.plan.of(part)
    # Of a table whose own rows lack altogether, what other sheets have of it is not asked for.
    none = [TITLES[table] for table in OF_HOUSEHOLDS if table in whole.own_tables - part.own_tables]
    found = {}
    for rule in rules:
        why = plan.unchecked(rule)
        if why is None or not _is_asked(why):
            continue
        tables = tuple(f"{title}表" for title in none if f"（{title}）" in why.reason)
        found[rule.code] = (
            why._replace(reason="缺少" + "、".join(tables), lacking=tables) if tables else why
        )
    return found


class _Unread:
    """The sheets that were not recognised, and which villages they may be of.

    Those that list people who are in no register are of none.
    """

    def __init__(self, register: Register, known: Iterable[str]) -> None:
        self._known = [*known]
        self._sheets: list[tuple[str, str, str | None]] = [
            (f"{file.name} 的“{sheet}”", sheet, dict(file.unread_villages).get(sheet))
            for file in register.files
            for sheet in file.unrecognised_sheets
            if sheet not in file.unregistered_sheets
        ]

    @property
    def strangers(self) -> list[str]:
        """The villages that only such sheets are of."""
        told = [whole_village(village) for *_, village in self._sheets if village]
        return [name for name in dict.fromkeys(told) if name not in self._known]

    def of(self, name: str) -> tuple[str, ...]:
        """The sheets that may be of this village: those that name it, else those that name none."""
        named = [shown for shown, sheet, told in self._sheets if self._is_of(name, sheet, told)]
        free = [
            shown
            for shown, sheet, told in self._sheets
            if not told and not any(self._is_of(other, sheet, told) for other in self._known)
        ]
        return tuple(named or free)

    def _is_of(self, name: str, sheet: str, told: str | None) -> bool:
        short = name.removesuffix("村")
        return whole_village(told) == name if told else len(short) > 1 and short in sheet
