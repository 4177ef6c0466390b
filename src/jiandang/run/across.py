"""What several towns share: the rows that each part of a run hands on, and the rule over them."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl

from jiandang.engine.derived import DERIVED
from jiandang.formats.matrix import distinct_sorted
from jiandang.gates.catalogue import find_rule
from jiandang.register.register import (
    ROW_BITS,
    FileRead,
    Register,
    SheetTable,
    moved_apart,
    reference,
    row_of,
    sheet_number,
    sheet_of,
)
from jiandang.report.packed import Packed, pack_drafts
from jiandang.run.checking import Settings, check_register
from jiandang.run.load import register_from
from jiandang.run.parts import pack, unpack
from jiandang.run.worker import Given

_OF_HOUSEHOLD = ("household_id", "county", "town", "village", "head_name")
# A city's rows are compared in so many lots by their keys, each in the memory of a town.
_LOTS = 4

Lot = tuple[str, int]  # the code of a rule, and the number of the lot of its keys


class HandedOn(NamedTuple):
    """Rows to be compared with those of other parts: their keys (32 bits each), and they packed.

    `read` are the files and sheets of the part, pickled.
    """

    keys: bytes
    packed: bytes
    read: bytes


@dataclass
class Handed:
    """A lot of what parts hand on to a rule: the numbers in the run of each part's sheets."""

    code: str
    places: list[Sequence[int]]


class _Shared(NamedTuple):
    """Rows of a part whose keys others have too, packed; its sheets' numbers, and they."""

    places: Sequence[int]
    packed: bytes
    read: bytes


class Across(NamedTuple):
    """What a rule finds across towns, in place of all that it found in the rows `refs`."""

    code: str
    packed: Packed
    failed: dict[str, str]
    refs: set[int]


def in_lots(handed_on: Mapping[str, pl.DataFrame], register: Register) -> dict[Lot, HandedOn]:
    """What a part hands on to the rules, by their codes, in lots."""
    read = pickle.dumps((register.files, register.sheets))
    return {
        (code, lot): HandedOn(some["key"].to_numpy().tobytes(), pack(some.drop("key")), read)
        for code, rows in handed_on.items()
        for lot in range(_LOTS)
        if (some := rows.filter(pl.col("key") % _LOTS == lot)).height
    }


def check_across(settings: Settings, handed: Given[Handed]) -> Across:
    """What a rule finds in the rows of several parts that have keys in common."""
    rule, shared = find_rule(handed.item.code), _shared_rows(handed)
    if not shared:
        return Across(rule.code, {}, {}, set())
    numbers, files, sheets = _sheets_of(shared)
    # Here the sheets that are needed are numbered, in the order of the run.
    own = {number: i for i, number in enumerate(numbers)}
    rows = pl.concat(
        [
            unpack(part.packed).with_columns(_moved([own.get(number) for number in part.places]))
            for part in shared
        ],
        how="diagonal",
    ).sort("ref")
    # A finding names the head of its household, which rows of members do not.
    tables = _tables_of(rule.table, rows.with_columns(head_name="head"))
    run = Register(files, sheets, tables, [])
    found = check_register(run, replace(settings, codes=(rule.code,)), whole=False)
    found.drafts.move(numbers)
    refs: set[int] = set().union(rows["ref"], *rows["others"].drop_nulls())
    refs.update(rows["apart"].explode().struct.field("ref").drop_nulls())
    of_run = {reference(numbers[sheet_of(ref)], row_of(ref)) for ref in refs}
    return Across(rule.code, pack_drafts(found.drafts), found.outcome.failed, of_run)


def _sheets_of(parts: Sequence[_Shared]) -> tuple[list[int], list[FileRead], list[SheetTable]]:
    """The sheets of parts in the order of the run: their numbers in it, their files, and they."""
    files: list[FileRead] = []
    found: dict[int, SheetTable] = {}
    for part in parts:
        own, sheets = pickle.loads(part.read)
        # Behind these come those of the other date, whose rows are not handed on.
        for number, sheet in zip(part.places, sheets, strict=False):
            found[number] = replace(sheet, file=len(files) + sheet.file)
        files += own
    numbers = sorted(found)
    return numbers, files, [found[number] for number in numbers]


def _tables_of(table: str, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables of a register that has but these rows, and their households.

    With what other tables have said of the rows, which are not there to be asked.
    """
    tables = register_from([]).tables
    heads = rows.unique("household_id", keep="first", maintain_order=True)
    heads = heads.select(name for name in _OF_HOUSEHOLD if name in heads.columns)
    for name, own in {"household": heads, table: rows}.items():
        known = [
            column
            for column in own.columns
            if column in tables[name].columns or (name == table and (name, column) in DERIVED)
        ]
        tables[name] = pl.concat([tables[name], own.select(known)], how="diagonal")
    return tables


def crashed_rule(handed: Given[Handed]) -> Across:
    """What stands for it where the process that compared the rows has died."""
    code = handed.item.code
    return Across(code, {}, {code: "比较各乡镇时程序崩溃了"}, set())


def _shared_rows(handed: Given[Handed]) -> list[_Shared]:
    """Of each part that has any the rows of keys that several have."""
    parts: list[HandedOn] = handed.data
    keys = [np.frombuffer(rows.keys, np.uint32) for rows in parts]
    # By sorting: Polars would count them in a table of thirty times their size.
    each, counts = np.unique(np.concatenate([*map(distinct_sorted, keys)]), return_counts=True)
    of_several = each[counts > 1]
    found = []
    for own, rows, numbers in zip(keys, parts, handed.item.places, strict=True):
        is_shared = np.isin(own, of_several)
        if is_shared.any():
            # These few would keep the texts of all rows in memory, were they not packed.
            shared = pack(unpack(rows.packed).filter(is_shared))
            found.append(_Shared(numbers, shared, rows.read))
    return found


def _moved(places: Sequence[int | None]) -> list[pl.Expr]:
    """References to sheets by their number in the part, as those by their number in the run."""

    def moved(ref: pl.Expr) -> pl.Expr:
        sheet = sheet_number(ref).replace_strict(range(len(places)), places, return_dtype=pl.Int64)
        of_run: pl.Expr = sheet * 2**ROW_BITS + ref % 2**ROW_BITS
        return of_run

    return [
        moved(pl.col("ref")),
        pl.col("others").list.eval(moved(pl.element())),
        moved_apart(moved),
    ]
