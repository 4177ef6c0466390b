"""Heads of households who stand in columns of their own (户主姓名) beside the members' columns.

Where most households of a sheet have their head there alone, he is read as a member, as if the
sheet's row were two: his, with all that is said of the household, and that of the other member.

Where a household has a row of its own above its members, in their columns, nobody is read of it.
"""

import polars as pl

from jiandang.register.register import sheet_number
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS

HEAD = pl.lit("户主", COLUMNS["member"]["relation"].cell.dtype)
# What a household's row says of its head, and which column of a member that is.
OF_HEAD = {"head_name": "name", "head_id": "id_number"}
_HOME, _HEAD_NAME, _NAME = "member.household_id", "household.head_name", "member.name"
_NO_ROWS = pl.Series("ref", dtype=pl.Int64)


def unlisted_heads(members: pl.DataFrame) -> pl.Series:
    """References of the rows that name a head who is none of the members, by the sheet's habit."""
    names = set(members.columns)
    if not {_HOME, _HEAD_NAME, _NAME} <= names:
        return _NO_ROWS
    c, relation = pl.col, "member.relation"
    is_head = (c(relation) == "户主").fill_null(False) if relation in names else pl.lit(False)
    begins = c(_HOME) != c(_HOME).shift()
    if members.select(2 * is_head.sum() >= begins.sum() + 1).item():
        return _NO_ROWS  # said at once of nearly all sheets
    same = [
        c(f"member.{own}") == c(f"household.{his}").drop_nulls().first().over(_HOME)
        for his, own in OF_HEAD.items()
        if {f"member.{own}", f"household.{his}"} <= names
    ]
    homes = (
        members.drop_nulls(_HOME)
        .with_columns(is_listed=pl.any_horizontal(is_head, *same).fill_null(False))
        .group_by(_HOME, maintain_order=True)
        .agg(c("is_listed").any(), c("ref").filter(c(_HEAD_NAME).is_not_null()).first())
    )
    alone = homes.filter(~c("is_listed"))["ref"].drop_nulls()
    return alone if 2 * len(alone) > homes.height else _NO_ROWS


def nobody_else(members: pl.DataFrame, heads: pl.Series) -> pl.Series:
    """Those of the rows of `heads` that name no member."""
    who = [f"member.{name}" for name in ("relation", *OF_HEAD.values())]
    empty = pl.all_horizontal(pl.col(n).is_null() for n in who if n in members.columns)
    is_faulty = pl.col("bad").str.contains(r"\|member\.(?:name|id_number|relation)\|")
    found = members.filter(
        empty & ~is_faulty.fill_null(False) & pl.col("ref").is_in(heads.implode())
    )
    return found["ref"]


def lines_of_homes(members: pl.DataFrame) -> pl.Series:
    """References of the rows that say something of a household and nothing of a person.

    Most households of a sheet have such a line right above their members; where few have, it is
    somebody whose row has not been filled in. The head's name in it is that of the next row.
    """
    names = set(members.columns)
    key = next((name for name in (_HOME, _HEAD_NAME) if name in names), None)
    own = [n for n in names if n.startswith("member.") and n[7:] not in PLACE_COLUMNS]
    others = [name for name in own if name != _NAME]
    if key is None or _NAME not in names or not all(members[n].null_count() for n in others):
        return _NO_ROWS  # said at once of nearly all sheets
    c, sheet = pl.col, sheet_number()
    said = [c(n).is_not_null() for n in names if n.startswith("household.")]
    faulty = [c("bad").str.contains(f"|{name}|", literal=True).fill_null(False) for name in own]
    is_open = pl.all_horizontal(pl.lit(value=True), *(c(n).is_null() for n in others))
    is_nobody = is_open & ~pl.any_horizontal(faulty)
    is_same_home = ((c(key) == c(key).shift(-1)) & (sheet == sheet.shift(-1))).fill_null(False)
    is_name = c(_NAME).is_null() | (is_same_home & (c(_NAME) == c(_NAME).shift(-1)))
    is_line = is_nobody & is_name.fill_null(False) & pl.any_horizontal(said or [pl.lit(False)])
    rows = members.select("ref", key, is_line=is_line, is_same_home=is_same_home)
    if not rows["is_line"].any():
        return _NO_ROWS
    is_above = c.is_line & c.is_same_home & ~c.is_line.shift(-1)
    is_habit = 2 * is_above.sum().over(sheet) > c(key).n_unique().over(sheet)
    return rows.filter("is_line", is_habit)["ref"]
