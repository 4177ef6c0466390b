"""The county, town and village of a finding: as its row says, else from codes."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.register.place import FILLED_CODE

_COUNTY, _TOWN, _VILLAGE = 6, 9, 12  # digits of their codes


class Whereabouts(NamedTuple):
    """Where a finding lies; None where nothing says it."""

    county: str | None
    town: str | None
    village: str | None


class Places:
    """The names of places by code, as the policy, the quota and the households give them."""

    def __init__(self, frames: Frames) -> None:
        quota = frames["allocation"].select(
            "ref", "level", name="place", code=pl.col("code").str.replace(FILLED_CODE, "$1")
        )
        self._quotas = {row["ref"]: row for row in quota.iter_rows(named=True)}
        self._names: dict[str, str] = dict(frames.plan.policy.county_codes)
        for code, name in quota.select("code", "name").drop_nulls().iter_rows():
            self._names.setdefault(code, name)
        homes = frames["household"].drop_nulls("village_code12")
        for part, digits in (("town", _TOWN), ("village", _VILLAGE)):
            code = pl.col("village_code12").str.slice(0, digits).alias("code")
            named = homes.select(code, part).drop_nulls().unique("code", keep="first")
            for code12, name in named.iter_rows():
                self._names.setdefault(code12, name)

    def of(self, table: str, row: Mapping[str, Any], known: Sequence[str | None]) -> Whereabouts:
        """Where a row lies; `known` are county, town and village of its household."""
        if table == "allocation" and row["ref"] in self._quotas:
            return self._of_quota(self._quotas[row["ref"]], row)
        said = [row.get(part) or of for part, of in zip(Whereabouts._fields, known, strict=True)]
        if not all(said):
            key, home = row.get("village_key") or "", row.get("household_id") or ""
            code = key if key.isdecimal() else home if len(home) > _VILLAGE else ""
            named = (self._names.get(code[:digits]) for digits in (_COUNTY, _TOWN, _VILLAGE))
            said = [a or b for a, b in zip(said, named, strict=True)]
        return Whereabouts(*said)

    def _of_quota(self, quota: Mapping[str, Any], row: Mapping[str, Any]) -> Whereabouts:
        """A quota is of a county, a town or a village: by its code, else by its level."""
        code, name = quota["code"] or "", quota["name"]
        digits = {"县": _COUNTY, "乡": _TOWN}.get(str(quota["level"]), _VILLAGE)
        if len(code) in (_COUNTY, _TOWN, _VILLAGE):
            digits = len(code)
        county, town = (self._names.get(code[:n]) for n in (_COUNTY, _TOWN))
        if digits == _COUNTY:
            return Whereabouts(name, None, None)
        if digits == _TOWN:
            return Whereabouts(county, name, None)
        said = row.get("town")
        return Whereabouts(county, town or (said if said != name else None), name)
