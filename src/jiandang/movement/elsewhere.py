"""Whose number another part of the run has at the other date: who has moved there, or from there.

A part of a run has the registers of its towns alone. To it are added the households, as other
parts have them, of those who moved; so people are matched as in one register over all files.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

c = pl.col

Tables = Mapping[str, pl.DataFrame]
# Rising numbers of the members, hashed.
Hashes = NDArray[np.uint64]

# The village of all that is in another part.
ELSEWHERE = "（别处）"
_TABLES = ("member", "household")


class Elsewhere(NamedTuple):
    """Members, with `identity` and `born`, and households of all parts, by date."""

    before: Tables
    now: Tables


def who_moved(parts: Iterable[tuple[Hashes, Hashes]]) -> Hashes:
    """The numbers that one part has at the earlier date alone, and another at the later alone.

    Each part has those of both dates. Who is in two parts at one date has not moved.
    """
    left, came = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)]
    for before, now in parts:
        left.append(np.setdiff1d(before, now, assume_unique=True))
        came.append(np.setdiff1d(now, before, assume_unique=True))
    return np.intersect1d(np.concatenate(left), np.concatenate(came))


def with_elsewhere(
    before: Tables, now: Tables, elsewhere: Elsewhere
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The tables of a part at both dates, and behind their rows those of who moved."""
    own = pl.concat([tables["member"]["identity"] for tables in (before, now)]).drop_nulls()
    known = [tables["member"].filter(c.identity.is_in(own.implode())) for tables in elsewhere]
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
