"""Two rows of steps or of visits of one household, alike or not: what LR121 shares."""

from functools import partial

import polars as pl

from jiandang.engine.derived import derived
from jiandang.register.register import sheet_number
from jiandang.register.tables import COLUMNS, STEP_TABLES, own_columns

c = pl.col

_MOST_NAMED = 3
# The other row, and in what columns they differ; in none where they are copies on one sheet.
_CONTRADICTION = pl.Struct({"first": pl.Int64, "columns": pl.String})


def _contradiction(table: str) -> pl.Expr:
    """The household's own row of steps, where this one says another thing, and of what.

    Or nothing else than that one, and stands on the same sheet.

    That is the first of those that name its head and its village.
    """
    misfits = c.names_other_head.fill_null(False) | c.is_elsewhere
    rows = pl.struct("ref", "own", "household_id", *own_columns(table), misfits=misfits)
    return rows.map_batches(partial(_contradictions, table), return_dtype=_CONTRADICTION)


def _contradictions(table: str, steps: pl.Series) -> pl.Series:
    rows = steps.struct.unnest()
    again = rows.filter(c.own & c.household_id.is_duplicated()).drop_nulls("household_id")
    first = again.sort("misfits", maintain_order=True).unique(
        "household_id", keep="first", maintain_order=True
    )
    both = again.join(first, on="household_id", suffix="!", maintain_order="left")
    differ = [
        pl.when(pl.col(name) != pl.col(f"{name}!")).then(pl.lit(COLUMNS[table][name].heading))
        for name in own_columns(table)
    ]
    names = pl.concat_list(differ).list.drop_nulls()
    more = pl.when(names.list.len() > _MOST_NAMED).then(pl.lit("等")).otherwise(pl.lit(""))
    shown = names.list.head(_MOST_NAMED).list.join("、") + more
    is_copy = pl.all_horizontal(
        c.ref > c("ref!"),
        sheet_number(c.ref) == sheet_number(c("ref!")),
        *(c(name).eq_missing(c(f"{name}!")) for name in own_columns(table)),
    )
    said = (
        both.select("ref", first="ref!", columns=shown, is_copy=is_copy)
        .filter((c.columns != "") | c.is_copy)
        .drop("is_copy")
    )
    told = rows.select("ref").join(said, on="ref", how="left", maintain_order="left")
    return told.select(pl.struct("first", "columns")).to_series()


for _table in STEP_TABLES:
    derived(_table, needs="household_id").columns(contradiction=_contradiction(_table))

derived(*STEP_TABLES, needs="household_id").columns(
    contradicted=c.contradiction.struct.field("first"),
    contradicted_in=c.contradiction.struct.field("columns"),
)
