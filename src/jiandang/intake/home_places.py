"""Of which town, village and group each row is, as far as the files say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from jiandang.register.place import group_name
from jiandang.register.register import SheetTable, sheet_number
from jiandang.register.village_names import whole_village

c = pl.col


class _Place(NamedTuple):
    """What a row says of where it is, as a whole row of `_said`."""

    file: int
    table: str
    town: str | None
    name: str | None
    code: str | None


def places_of(
    tables: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> dict[str, pl.DataFrame]:
    """For each row of a table `file`, `page`, `town`, `group`, and `label`: 官山镇王庄村.

    A page is a table of a sheet.
    """
    said = {
        name: _said(name, frame, sheets)
        for name, frame in tables.items()
        if "village_code" in frame.columns
    }
    distinct = pl.concat(frame.select(_Place._fields) for frame in said.values())
    distinct = distinct.unique(maintain_order=True)
    labels = distinct.with_columns(_Villages(distinct.iter_rows()).labels())
    return {
        name: frame.rename({"town": "said"})
        .join(
            labels.rename({"town": "said", "whole_town": "town"}),
            on=["file", "table", "said", "name", "code"],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .select("file", "page", "town", "label", "group")
        for name, frame in said.items()
    }


def _said(table: str, frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """What each row says of its village (`town`, `name`, `code`), else what its sheet says.

    What is written in a village's first row alone holds for those below it.
    """
    numbers = range(len(sheets))
    # Members who stand beside each other in a row are of one page.
    pages: dict[tuple[int, str, int], int] = {}
    page_of = [pages.setdefault((s.file, s.sheet, s.heading_row), n) for n, s in enumerate(sheets)]

    def of_sheet(values: Iterable[object], dtype: type[pl.DataType]) -> pl.Expr:
        known = dict(zip(numbers, values, strict=True))
        found: pl.Expr = sheet_number().replace_strict(known, return_dtype=dtype)
        return found

    groups = [] if "group" not in frame.columns else frame["group"].unique().drop_nulls().to_list()
    said = frame.select(
        "town",
        name="village",
        code=pl.when(c.village_code.str.contains("^[0-9]{12}$")).then("village_code"),
        group=c.group.replace({name: group_name(name) for name in groups}),
        file=of_sheet((sheet.file for sheet in sheets), pl.Int64),
        page=of_sheet(page_of, pl.Int64),
        of_sheet=of_sheet((sheet.village for sheet in sheets), pl.String),
        table=pl.lit(table),
    )
    begins = c.name.is_not_null() | c.code.is_not_null()
    begins |= c.page != c.page.shift(1, fill_value=-1)
    first = pl.when(begins).then(pl.int_range(pl.len())).forward_fill()
    return said.with_columns(
        c.town.gather(first),
        pl.coalesce(c.name.gather(first), "of_sheet").alias("name"),
        c.code.gather(first),
    )


class _Villages:
    """The villages of a register by what its rows say of them."""

    def __init__(self, said: Iterable[tuple[object, ...]]) -> None:
        places = [_Place(*row) for row in said]  # type: ignore[arg-type]
        self._towns_by_code = {
            place.code[:9]: place.town for place in reversed(places) if place.code and place.town
        }
        self._names_by_code = {
            place.code: place.name for place in reversed(places) if place.code and place.name
        }
        self._places = [self._named(place) for place in places]
        self._by_file: defaultdict[tuple[int, str | None], set[str]] = defaultdict(set)
        self._tables: defaultdict[tuple[str | None, int], set[str]] = defaultdict(set)
        self._files: defaultdict[str | None, set[int]] = defaultdict(set)
        self._codes: defaultdict[str | None, set[str]] = defaultdict(set)
        for file, table, town, name, code in self._places:
            self._tables[name, file].add(table)
            self._files[name].add(file)
            if code:
                self._codes[name].add(code[:9])
            if town:
                self._by_file[file, name].add(town)
                self._by_file[file, None].add(town)

    def labels(self) -> list[pl.Series]:
        """Of each place the town, and what its households are told by."""
        towns = [self._town(place) for place in self._places]
        labels = [
            None if place.name is None else f"{town}{place.name}"
            for town, place in zip(towns, self._places, strict=True)
        ]
        return [
            pl.Series("whole_town", towns, dtype=pl.String),
            pl.Series("label", labels, dtype=pl.String),
        ]

    def _named(self, place: _Place) -> _Place:
        name = place.name or self._names_by_code.get(place.code or "")
        town = place.town or self._towns_by_code.get((place.code or "")[:9])
        return place._replace(
            town=town, name=whole_village(name, town or "") if name else place.code
        )

    def _town(self, place: _Place) -> str:
        """The town, by its code where no name is known and villages of one name are of several.

        What the place's own file says comes first. Of another file's town is a village that this
        one has no such tables of itself: its members may stand here, its households there.
        """
        if place.town:
            return place.town
        file, name = place.file, place.name
        for known in (self._by_file[file, name], self._by_file[file, None]):
            if len(known) == 1:
                return next(iter(known))
            if known:
                return ""
        own = self._tables[name, file]
        others = [f for f in self._files[name] if self._tables[name, f].isdisjoint(own)]
        towns = set().union(*(self._by_file[other, name] for other in others))
        if len(towns) == 1:
            return str(towns.pop())
        return (place.code or "")[:9] if len(self._codes[name]) > 1 else ""
