"""Places by their codes: what rows that tell only a number say of county, town and village."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from jiandang.register.place import FILLED_CODE

_COUNTY, _TOWN, _VILLAGE = 6, 9, 12  # digits of their codes
_DIGITS = (_COUNTY, _TOWN, _VILLAGE)
_LEVELS = dict(zip(_DIGITS, "县乡村", strict=True))


class Whereabouts(NamedTuple):
    """Where a row lies; None where nothing says it."""

    county: str | None
    town: str | None
    village: str | None


def level_of(code: str | None, level: str | None) -> str | None:
    """Whether a quota is of a county, a town or a village: by its code, else as it says."""
    return _LEVELS.get(len(_plain(code)), level)


def _plain(code: str | None) -> str:
    """A place's code without the zeros that fill it up."""
    return re.sub(FILLED_CODE, r"\1", code or "")


class PlaceNames:
    """The names of places by code, as `counties`, the quota and the households give them."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], counties: Mapping[str, str]) -> None:
        self._names = dict(counties)
        for code, name in tables["allocation"].select("code", "place").drop_nulls().iter_rows():
            self._names.setdefault(_plain(code), name)
        homes = tables["household"].drop_nulls("village_code12")
        for part, digits in (("town", _TOWN), ("village", _VILLAGE)):
            of_part = pl.col("village_code12").str.slice(0, digits).alias("code")
            named = homes.select(of_part, part).drop_nulls().unique("code", keep="first")
            for code, name in named.iter_rows():
                self._names.setdefault(code, name)

    def of_code(self, code: str) -> Whereabouts:
        """The places that the digits of a code name."""
        parts = (code[:digits] if len(code) >= digits else "" for digits in _DIGITS)
        return Whereabouts(*map(self._names.get, parts))

    def of_household(self, village_key: str | None, household: str | None) -> Whereabouts:
        """The places that a row's village and its household's number name."""
        key, home = village_key or "", household or ""
        return self.of_code(key if key.isdecimal() else home if len(home) > _VILLAGE else "")

    def of_quota(
        self, code: str | None, level: str | None, place: str | None, town: str | None
    ) -> Whereabouts:
        """Where a quota lies, of which these are the columns."""
        county, of_code, _ = self.of_code(_plain(code))
        level = level_of(code, level)
        if level == "县":
            return Whereabouts(place, None, None)
        if level == "乡":
            return Whereabouts(county, place, None)
        return Whereabouts(county, of_code or (town if town != place else None), place)
