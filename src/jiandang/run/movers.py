"""The households of those who have moved between the parts of a run, from all of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from jiandang.formats.matrix import distinct_sorted
from jiandang.intake.parsed_table import ParsedTable
from jiandang.matching.keys import Hashes, Known, hash_of, is_among, old_keys
from jiandang.movement.elsewhere import Elsewhere
from jiandang.register.register import FileRead, Role
from jiandang.run.checking import Settings
from jiandang.run.comparing import with_keys
from jiandang.run.load import register_from
from jiandang.run.parts import READ, TABLES, Files, pack, unpack
from jiandang.run.processes import Executor
from jiandang.run.worker import Given

c = pl.col

# The tables of `Elsewhere`, in few bytes.
PackedElsewhere = tuple[dict[str, bytes], dict[str, bytes]]
_TABLES = ("member", "household")
# A shorter number of a household is also that of another village's.
_WHOLE_NUMBER = "^[0-9]{12,}$"
_NO_NUMBERS: Hashes = np.empty(0, np.uint64)


def numbers_that_moved(files: Files, parts: Sequence[Sequence[int]]) -> Hashes:
    """The hashed numbers that one part has at the earlier date alone, another at the later alone.

    Who is in two parts at one date has not moved.
    """

    def of_part(part: Sequence[int], role: Role) -> Hashes:
        own = (files[number][1].numbers for number in part if files[number][0].role == role)
        each = [numbers for numbers in own if numbers is not None]
        return distinct_sorted(np.concatenate([_NO_NUMBERS, *each]))

    left, came = [_NO_NUMBERS], [_NO_NUMBERS]
    for part in parts:
        before, now = of_part(part, "before"), of_part(part, "now")
        left.append(np.setdiff1d(before, now, assume_unique=True))
        came.append(np.setdiff1d(now, before, assume_unique=True))
    return np.intersect1d(np.concatenate(left), np.concatenate(came))


def households_of(
    numbers: Hashes, parts: list[Given[Any]], settings: Settings, workers: Executor
) -> PackedElsewhere | None:
    """The households, as both dates have them, with somebody who moved; None if nobody did."""
    if not len(numbers):
        return None
    taken = [file for part in workers.map(partial(_take, numbers), parts, _nobody) for file in part]

    def of_date(role: Role) -> dict[str, bytes]:
        register = register_from(pair for pair in taken if pair[0].role == role)
        tables = with_keys(register, settings.policy, settings.as_of).tables
        return {name: pack(tables[name]) for name in _TABLES}

    return of_date("before"), of_date("now")


def unpacked(packed: PackedElsewhere | None) -> Elsewhere | None:
    """What `households_of` has packed."""
    if packed is None:
        return None
    sides = ({name: unpack(rows) for name, rows in side.items()} for side in packed)
    return Elsewhere(*sides)


def _take(numbers: Hashes, given: Given[Any]) -> list[tuple[FileRead, list[ParsedTable]]]:
    read = [
        (kept[READ], [t.unpacked() for t in kept[TABLES] if t.table.sheet.table in _TABLES])
        for kept in given.data
        if kept[READ].role != "changes"
    ]
    found = [homes for _, tables in read for table in tables for homes in _homes(table, numbers)]
    homes = pl.concat([pl.Series(dtype=pl.String), *found]).unique().implode()
    return [(file, [_of_homes(table, homes) for table in tables]) for file, tables in read]


def _homes(table: ParsedTable, numbers: Hashes) -> Iterator[pl.Series]:
    """The numbers of the households in a table that have one of these members."""
    home, number = "member.household_id", "member.id_number"
    if {home, number} <= {*table.frame.columns}:
        rows = table.frame.select(home=home, number=old_keys(table.frame[number]))
        is_one = is_among(hash_of(c.number), Known(numbers)) & c.home.str.contains(_WHOLE_NUMBER)
        yield rows.filter(is_one)["home"]


def _of_homes(table: ParsedTable, homes: pl.Series) -> ParsedTable:
    name = f"{table.sheet.table}.household_id"
    known = c(name).is_in(homes) if name in table.frame.columns else pl.lit(False)
    return replace(table, frame=table.frame.filter(known), observations=[])


def _nobody(part: Given[Any]) -> list[tuple[FileRead, list[ParsedTable]]]:
    return []
