"""Of a finding in another date's file, or in 增减表: with which file of now that was compared."""

from collections import Counter
from functools import cached_property

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.register.place_names import Whereabouts
from jiandang.register.register import Register, sheet_number


class CheckedFiles:
    """The files that are checked, by the places that they are about."""

    def __init__(self, register: Register, frames: Frames) -> None:
        self._files, self._sheets, self._frames = register.files, register.sheets, frames

    def of(self, file: int, village_key: str | None, where: Whereabouts) -> str:
        """The path of the file that has most of the village's rows, else of the town's.

        Empty for a file that is checked itself.
        """
        if self._files[file].role == "now":
            return ""
        names = (village_key, where.village, where.town)
        known = (self._by_place.get(name) for name in names if name)
        checked = (number for number, read in enumerate(self._files) if read.role == "now")
        number = next((n for n in known if n is not None), next(checked, None))
        return "" if number is None else str(self._files[number].path)

    @cached_property
    def _by_place(self) -> dict[str, int]:
        """Village by its key or name, or town → the number of its file."""
        rows = pl.concat(
            self._frames[table].select("village_key", "village", "town", pl.col("ref"))
            for table in ("household", "member")
        ).with_columns(sheet=sheet_number())
        counts: Counter[tuple[str, int]] = Counter()
        for name in ("town", "village", "village_key"):
            for place, sheet, number in rows.group_by(name, "sheet").len().iter_rows():
                file = self._sheets[sheet].file
                if place and self._files[file].role == "now":
                    counts[place, file] += number
        # The last of a place counts: the file with most rows, of several with as many the first.
        return dict(sorted(counts, key=lambda key: (counts[key], -key[1])))
