"""Whose a row is and where: what many rules say of one household is looked up once."""

from collections.abc import Collection, Mapping
from sys import intern
from typing import Any, NamedTuple

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.identity import home_of
from jiandang.engine.places import Places
from jiandang.engine.words import Words
from jiandang.register.place_names import Whereabouts
from jiandang.register.register import Register, sheet_of

_NOWHERE = (None, None, None, None)
# So many are remembered: a bad file must not take the memory of all of its own.
_MOST_HOMES = 1 << 16


class Home(NamedTuple):
    """What rows of one household have in common, and how it is shown.

    `who` is what its findings are told by (see `home_of`).
    """

    who: str
    where: Whereabouts
    shown: Whereabouts
    number: str | None
    head: str | None


class Homes:
    """The homes of a register's rows."""

    def __init__(self, register: Register, frames: Frames, words: Words) -> None:
        self._register, self._frames, self._words = register, frames, words
        self._places = Places(frames)
        self._known: dict[str, tuple[str | None, str | None, str | None, str | None]] = {}
        self._homes: dict[tuple[str | int | None, ...], Home] = {}

    def look_up(self, households: Collection[str]) -> None:
        """Learn where households are and who heads them, for rows that do not say so themselves."""
        self._frames.ensure([("household", "head")])
        frame = self._frames["household"].filter(pl.col("household_id").is_in(list(households)))
        rows = frame.select("household_id", "county", "town", "village", "head").iter_rows()
        self._known = {
            number: (one(county), one(town), one(village), one(head))
            for number, county, town, village, head in rows
        }

    def of(self, table: str, row: Mapping[str, Any]) -> Home:
        """The home of a row of a table."""
        get, ref = row.get, row["ref"]
        household, key = get("household_id"), get("village_key")
        # Where a quota lies is told by its own row.
        about = -ref if table == "allocation" else sheet_of(ref)
        asked = about, household, key, get("county"), get("town"), get("village")
        if (home := self._homes.get(asked)) is not None:
            return home
        if len(self._homes) == _MOST_HOMES:
            self._homes.clear()
        known = self._known.get(household or "", _NOWHERE)
        where = self._places.of(table, row, known[:3])
        place = key or where.village or where.town or where.county
        home = self._homes[asked] = Home(
            home_of(household or "", self.village_of(row) if household else place),
            where,
            Whereabouts(*map(self._words.public, where)),
            one(self._words.code(household)),
            known[3],
        )
        return home

    def village_of(self, row: Mapping[str, Any]) -> str | None:
        """The village of a household's row, as the row or else its sheet says."""
        if not row.get("household_id"):
            return None
        said = row.get("village") or row.get("village_key")
        return said or self._register.sheets[sheet_of(row["ref"])].village


def one(text: str | None) -> str | None:
    """The same text, once in memory for all findings that have it."""
    return text and intern(text)
