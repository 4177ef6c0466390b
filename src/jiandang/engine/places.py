"""The county, town and village of a finding: as its row says, else from codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from jiandang.engine.frames import Frames
from jiandang.register.place_names import PlaceNames, Whereabouts


class Places:
    """Where the rows of a register lie."""

    def __init__(self, frames: Frames) -> None:
        allocation, household = frames["allocation"], frames["household"]
        quota = allocation.select("ref", "code", "level", "place", "town")
        self._quotas = {row["ref"]: row for row in quota.iter_rows(named=True)}
        self._names = PlaceNames(
            {"allocation": allocation, "household": household}, frames.plan.policy.county_codes
        )

    def of(self, table: str, row: Mapping[str, Any], known: Sequence[str | None]) -> Whereabouts:
        """Where a row lies; `known` are county, town and village of its household."""
        if table == "allocation" and (quota := self._quotas.get(row["ref"])) is not None:
            return self._names.of_quota(
                quota["code"], quota["level"], quota["place"], quota["town"]
            )
        said = [row.get(part) or of for part, of in zip(Whereabouts._fields, known, strict=True)]
        if not all(said):
            named = self._names.of_household(row.get("village_key"), row.get("household_id"))
            said = [a or b for a, b in zip(said, named, strict=True)]
        return Whereabouts(*said)
