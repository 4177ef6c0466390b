"""The rows of a register as Pydantic objects, made when they are asked for."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from jiandang.register.address import cell_address
from jiandang.register.cells import Stored
from jiandang.register.member import Member
from jiandang.register.notice import FAULTS
from jiandang.register.place import plain_village
from jiandang.register.place_names import PlaceNames, Whereabouts, level_of
from jiandang.register.process import Procedure, Survey
from jiandang.register.register import Observation, Register, row_of, sheet_of
from jiandang.register.source import CellFault, CellPlace, Origin, Rows, Source
from jiandang.register.table import Table, columns_of
from jiandang.register.village import Village

AnyTable = TypeVar("AnyTable", bound=Table)
_BOOKKEEPING = ("ref", "others", "apart", "bad", "village_key")


class Objects:
    """Makes the objects of one register, and finds those that belong together."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_household: dict[str, dict[str, list[int]]] = {}

    def all_of(self, model: type[AnyTable]) -> Iterator[AnyTable]:
        """The rows of a table, in the order of the register."""
        yield from self._made(model, self._register.tables[model.table_name])

    def members_of(self, rows: Rows) -> tuple[Member, ...]:
        """The members with a household's number, in the order of the register."""
        return tuple(self._of_household(Member, rows))

    def survey_of(self, rows: Rows) -> Survey | None:
        return next(self._of_household(Survey, rows), None)

    def procedure_of(self, rows: Rows) -> Procedure | None:
        """The steps of a household, else those of its village."""
        own = next(self._of_household(Procedure, rows), None)
        key = self._households[rows.ref]["village_key"]
        frame = self._register.tables["procedure"]
        if own is not None or key is None:
            return own
        of_village = pl.col("household_id").is_null() & (pl.col("village_key") == key)
        return next(self._made(Procedure, frame.filter(of_village).head(1)), None)

    def village_of(self, rows: Rows) -> Village | None:
        """The village of a row of households: by its code, else by its name in the town."""
        place = self._households[rows.ref]
        villages, code = self._register.tables["village"], place["village_code12"]
        name = pl.select(plain_village(pl.lit(place["village"], pl.String))).item()
        by_name = plain_village(pl.col("village")) == name
        ways = [pl.col("village_code12") == code]
        if code is not None:
            ways.append(by_name & (pl.col("village_code12").str.slice(0, 9) == code[:9]))
        if place["town"] is not None:
            ways.append(by_name & (pl.col("town") == place["town"]))
        for way in ways:
            if found := list(self._made(Village, villages.filter(way).head(1))):
                return found[0]
        return None

    def county_of(self, rows: Rows) -> str | None:
        """The county of a quota, by its code."""
        quotas = self._register.tables["allocation"]
        row = quotas.row(by_predicate=pl.col("ref") == rows.ref, named=True)
        return self._names.of_quota(row["code"], row["level"], row["place"], row["town"]).county

    @cached_property
    def _households(self) -> Mapping[int, Mapping[str, Any]]:
        """The numbers of households, and where they live, by the references of their rows."""
        frame = self._register.tables["household"].unique("ref", keep="first")
        names = ("household_id", "town", "village", "village_code12", "village_key")
        return {row["ref"]: row for row in frame.select("ref", *names).iter_rows(named=True)}

    def source(self, table: type[Table], rows: Rows) -> Source:
        sheet = self._register.sheets[sheet_of(rows.ref)]
        places = {name: self._cell(rows, name) for name in columns_of(table)}
        return Source(
            self._register.files[sheet.file].path,
            sheet.sheet,
            row_of(rows.ref),
            {name: place for name, place in places.items() if place is not None},
        )

    def faults(self, table: type[Table], rows: Rows, bad: str | None) -> dict[str, CellFault]:
        found = {}
        for name in dict.fromkeys(filter(None, (bad or "").split("|"))):
            if name in columns_of(table):
                found[name] = self._fault(table, rows, name)
        return found

    def _fault(self, table: type[Table], rows: Rows, name: str) -> CellFault:
        refs = [ref for ref, _ in rows.places_of(name)]
        for ref in (*refs, rows.ref, *rows.others, *self._rows_beside(table, rows)):
            if (seen := self._seen.get((ref, name))) is not None:
                nearest = str(seen.seen.get("nearest") or "")
                in_row = ref if seen.in_row is None else seen.in_row
                place = self._cell(Rows(ref, apart={name: (in_row, seen.sheet_column)}), name)
                return CellFault(seen.value, seen.expected, nearest, seen.notice, place)
        expected = columns_of(table)[name].cell.expected
        return CellFault("", expected, "", None, self._cell(rows, name))

    def _rows_beside(self, table: type[Table], rows: Rows) -> list[int]:
        """The members' rows of the household: any of them may carry a column of its own."""
        frame = self._register.tables[table.table_name]
        if "household_id" not in frame.columns:
            return []
        household = frame.filter(pl.col("ref") == rows.ref)["household_id"][0]
        places = self._rows_of("member").get(household or "", [])
        return self._register.tables["member"]["ref"].gather(places).to_list()

    @cached_property
    def _seen(self) -> Mapping[tuple[int, str], Observation]:
        """The faults of single cells, by row and column."""
        observations = self._register.observations
        return {
            (seen.ref, seen.column): seen
            for seen in reversed(observations)
            if seen.notice in FAULTS and seen.column is not None
        }

    def _rows_of(self, table: str) -> dict[str, list[int]]:
        """The positions of a table's rows by household."""
        if table not in self._by_household:
            frame = self._register.tables[table].with_row_index("position")
            grouped = frame.drop_nulls("household_id").group_by("household_id").agg("position")
            self._by_household[table] = {key: sorted(rows) for key, rows in grouped.iter_rows()}
        return self._by_household[table]

    def _of_household(self, model: type[AnyTable], rows: Rows) -> Iterator[AnyTable]:
        number = self._households[rows.ref]["household_id"]
        places = self._rows_of(model.table_name).get(number or "", [])
        if places:
            yield from self._made(model, self._register.tables[model.table_name][places])

    def _made(self, model: type[AnyTable], frame: pl.DataFrame) -> Iterator[AnyTable]:
        names = list(columns_of(model))
        for row in frame.select(*names, *_BOOKKEEPING).iter_rows(named=True):
            values = {name: row[name] for name in names} | self._told_by_codes(row)
            made = model.model_validate(values, context=Stored)
            made._origin = Origin(self, model, Rows.of(row), row["bad"])
            yield made

    def _told_by_codes(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The places that a row leaves blank, as its household's row and codes tell them."""
        told = self._quota(row) if "planned_persons" in row else self._home(row)
        bad = (row["bad"] or "").split("|")
        return {
            name: value
            for name, value in told.items()
            if value is not None and name in row and row[name] is None and name not in bad
        }

    def _home(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        if all(row[part] is not None for part in Whereabouts._fields):
            return {}
        number = row.get("household_id")
        of_household = self._homes.get(number or "", Whereabouts(None, None, None))
        by_code = self._names.of_household(row["village_key"], number)
        return Whereabouts(*(a or b for a, b in zip(of_household, by_code, strict=True)))._asdict()

    def _quota(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        code, level = row["code"], row["level"]
        where = self._names.of_quota(code, level, row["place"], row["town"])
        return {"town": where.town, "level": level_of(code, level)}

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames(self._register.tables, self._register.county_codes)

    @cached_property
    def _homes(self) -> dict[str, Whereabouts]:
        """The places that the rows of households say, by number."""
        frame = self._register.tables["household"].unique("household_id", keep="first")
        rows = frame.drop_nulls("household_id").select("household_id", *Whereabouts._fields)
        return {number: Whereabouts(*places) for number, *places in rows.iter_rows()}

    def _cell(self, rows: Rows, name: str) -> CellPlace | None:
        for ref, apart in rows.places_of(name):
            sheet = self._register.sheets[sheet_of(ref)]
            column = sheet.column(name) if apart is None else apart
            if column is not None:
                path = self._register.files[sheet.file].path
                return CellPlace(path, sheet.sheet, cell_address(row_of(ref) - 1, column))
        return None
