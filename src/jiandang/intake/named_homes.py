"""Rows of steps that name the head: what they say, and whose they are where the number is lacking.

A row of 识别程序 or 入户调查 without 户编号 is of the household whose head it names, where this
alone in the village (or, of rows that name no village, in the register) has no row of its own.
"""

from collections.abc import Mapping

import polars as pl

from jiandang.register.person_names import plain_name_expr
from jiandang.register.tables import STEP_TABLES

_NUMBER = "household_id"
c = pl.col


def numbered_by_head(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables, with the numbers of the households in the rows of steps that name only heads."""
    found = dict(tables)
    for table in STEP_TABLES:
        rows = tables[table]
        is_open = c.household_id.is_null() & c.own_head_name.is_not_null() & ~_is_faulty()
        if rows.select(is_open.any()).item():
            found[table] = _numbered(rows.with_columns(is_open=is_open), _homes(tables, rows))
    return found


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
