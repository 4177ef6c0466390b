"""Whose number another part of the run has at the other date: who has moved there, or from there.

A part of a run has the registers of its towns alone. To it are added the households, as other
parts have them, of those who moved; so people are matched as in one register over all files.
"""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from jiandang.register.resident_id_columns import old_digits_expr

c = pl.col

Tables = Mapping[str, pl.DataFrame]

# The village of all that is in another part.
ELSEWHERE = "（别处）"
_TABLES = ("member", "household")


class Elsewhere(NamedTuple):
    """Members, with `identity` and `born`, and households of all parts, by date."""

    before: Tables
    now: Tables


def with_elsewhere(
    before: Tables, now: Tables, elsewhere: Elsewhere
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The tables of a part at both dates, and behind their rows those of who moved."""
    digits = old_digits_expr(c.identity)
    own = pl.concat([tables["member"].select(digits) for tables in (before, now)]).to_series()
    among = digits.is_in(own.drop_nulls().implode())
    known = [tables["member"].filter(among) for tables in elsewhere]
    homes = pl.concat([frame["household_id"] for frame in known])
    return _together(before, elsewhere.before, homes), _together(now, elsewhere.now, homes)


def _together(own: Tables, other: Tables, homes: pl.Series) -> dict[str, pl.DataFrame]:
    tables = {**own}
    for name in _TABLES:
        theirs = c.household_id.is_in(own[name]["household_id"].implode())
        rows = other[name].filter(c.household_id.is_in(homes.implode()) & ~theirs)
        # Nobody looks for these rows; only each must have a reference of its own.
        added = rows.with_columns(ref=-1 - c.ref, village_key=pl.lit(ELSEWHERE))
        tables[name] = pl.concat([own[name], added], how="diagonal")
    return tables
