"""Rows of steps that name the head: what they say, and whose they are where the number is lacking.

A row of 识别程序 or 入户调查 without 户编号 is of the household whose head it names, where this
alone in the village (or, of rows that name no village, in the register) has no row of its own.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from jiandang.register.notice import Notice
from jiandang.register.person_names import plain_name_expr
from jiandang.register.place import SAYS_WHOLE_VILLAGE, WHOLE_VILLAGE
from jiandang.register.register import Observation, row_of, sheet_number
from jiandang.register.tables import STEP_TABLES

_NUMBER = "household_id"
_CODE_OF_VILLAGE = 12
c = pl.col


def numbered_by_head(
    tables: Mapping[str, pl.DataFrame],
) -> tuple[dict[str, pl.DataFrame], list[Observation]]:
    """The tables, with the numbers of the households in the rows of steps that name only heads.

    What is noticed are the rows, once a sheet.
    """
    found, seen = dict(tables), list[Observation]()
    for table in STEP_TABLES:
        rows = tables[table]
        is_whole = _is_of_village().fill_null(False) & ~_is_faulty()
        is_open = c.household_id.is_null() & c.own_head_name.is_not_null() & ~_is_faulty()
        some_whole, some_open = rows.select(is_whole.any(), open=is_open.any()).row(0)
        if some_whole:
            numbers = pl.when(~is_whole).then(_NUMBER).alias(_NUMBER)
            heads = pl.when(is_whole).then(pl.lit(WHOLE_VILLAGE)).otherwise("own_head_name")
            rows = found[table] = rows.with_columns(numbers, heads.alias("own_head_name"))
        if some_whole or some_open:
            found[table] = _numbered(rows.with_columns(is_open=is_open), _homes(tables, rows))
            seen += told_by_head(table, found[table].filter(rows.select(is_open).to_series()))
    return found, seen


def told_by_head(table: str, rows: pl.DataFrame, by: str = "户主姓名") -> Iterator[Observation]:
    """The first row of each sheet that has got its number by its head, and how many there are.

    `by` is what the sheet says of the head.
    """
    rows = rows.drop_nulls(_NUMBER)
    for _, own in rows.group_by(sheet_number(), maintain_order=True):
        refs, seen = own["ref"], {"name": own.item(0, "own_head_name"), "by": by}
        if len(refs) > 1:
            cells = f"第{row_of(refs[0])}至{row_of(refs[-1])}行之间"
            seen |= {"count": len(refs), "cells": cells}
        yield Observation(Notice.NUMBERED_BY_HEAD, refs[0], table, _NUMBER, seen=seen)


def _is_of_village() -> pl.Expr:
    """Whether the number says that the row is of a whole village, by words or by its code."""
    length, code = c.household_id.str.len_chars(), c.household_id.str.head(_CODE_OF_VILLAGE)
    of_homes = code.filter(length > _CODE_OF_VILLAGE).unique().implode()
    is_code = (length == _CODE_OF_VILLAGE) & code.is_in(of_homes)
    return c.household_id.str.contains(SAYS_WHOLE_VILLAGE) | is_code


def _is_faulty() -> pl.Expr:
    return c.bad.str.contains(f"|{_NUMBER}|", literal=True).fill_null(False)


def _homes(tables: Mapping[str, pl.DataFrame], rows: pl.DataFrame) -> pl.DataFrame:
    """Village, plain head's name and number of the households that have no row."""
    heads = tables["member"].filter((c.relation == "户主").fill_null(False))
    names = [
        tables["household"].select("village_key", "village", _NUMBER, name="head_name"),
        heads.select("village_key", "village", _NUMBER, "name"),
    ]
    every = pl.concat(names).with_columns(name=plain_name_expr(c.name))
    every = every.drop_nulls([_NUMBER, "name"]).unique(_NUMBER, keep="first", maintain_order=True)
    return every.join(rows, on=_NUMBER, how="anti", maintain_order="left")


def _numbered(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_row_index("row").with_columns(name=plain_name_expr(c.own_head_name))
    asked = rows.filter("is_open").select("row", "village_key", "name")
    placed = asked.drop_nulls("village_key").join(homes, on=["village_key", "name"])
    lost = asked.filter(c.village_key.is_null()).join(homes, on="name", suffix="!")
    lost = lost.with_columns(village_key="village_key!")
    pairs = pl.concat(
        each.select("row", "village_key", "village", _NUMBER) for each in (placed, lost)
    )
    pairs = pairs.filter(c.row.is_unique() & c.household_id.is_unique())
    joined = rows.join(pairs, on="row", how="left", suffix="!", maintain_order="left")
    own = (_NUMBER, "village_key", "village")
    filled = [pl.coalesce(name, f"{name}!").alias(name) for name in own]
    return joined.with_columns(filled).select(rows.columns).drop("row", "is_open", "name")
