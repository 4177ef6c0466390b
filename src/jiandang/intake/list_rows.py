"""The rows of a list: who each is about, how many can be compared, and those that may be needed."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from jiandang.formats.grid import Grid
from jiandang.headings.units import unit_scale
from jiandang.intake.columns import TypedColumn, parse_column
from jiandang.intake.heading_rows import Heading
from jiandang.intake.list_owners import each_owner, ends_of, with_numbers_in, with_owners
from jiandang.intake.list_spans import with_spans
from jiandang.intake.list_states import state_columns, state_said
from jiandang.intake.list_whose import NOBODY, OtherPeople, Who
from jiandang.intake.masked import MASKED_NUMBER
from jiandang.matching.keys import (
    KeysOfParts,
    hash_of,
    is_masked,
    name_key,
    shows_enough,
    village_of,
)
from jiandang.patterns import regex
from jiandang.register.cells import Context
from jiandang.register.lists.kinds import LIST_COLUMNS, LISTS
from jiandang.register.lists.read import INCOMPLETE, ListRead
from jiandang.register.lists.states import NEVER, OVER, is_over
from jiandang.register.notice import Notice
from jiandang.register.place import plain_village
from jiandang.register.resident_id_columns import (
    birth_date_expr,
    has_right_check_expr,
)

c = pl.col
_DIGIT = regex("[0-9０-９]")
_UNREAD = (Notice.WRONG_TYPE, Notice.FORMULA_ERROR)
# Beginnings of numbers of people who were born on a day that every year has.
_SURE_DAY = "^[0-9]{6}[12][0-9]{3}(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])"
# Sex stands in for a number, with the birth date or the age.
_STAND_IN = ("birth_date", "sex", "age")
# What is compared, besides the number.
COMPARED = ("name", "id_number")


class RowsReader:
    """Reads the rows of one list."""

    def __init__(
        self,
        grid: Grid,
        heading: Heading,
        others: OtherPeople,
        found: ListRead,
        data: list[int],
        title: str,
    ) -> None:
        self._grid, self._heading, self._others, self._found = grid, heading, others, found
        # By what the list is called, where its rows do not say it.
        self._spoken = (title, found.path.stem, found.sheet)
        self._data = np.array(data, np.int64)
        # Whether each row tells somebody by more than the name.
        self._is_told = np.ones(len(self._data), bool)
        self._numbers_in = LISTS[found.table].numbers_in

    def read(self, keys: KeysOfParts) -> None:
        """Fill in the list: its counts, and the rows that may be of somebody with the keys."""
        found, data = self._found, self._data
        columns = dict(self._columns((*COMPARED, *self._numbers_in), data))
        numbers, names = (
            columns[n].values if n in columns else pl.Series(n, [None] * len(data), pl.String)
            for n in ("id_number", "name")
        )
        names, numbers = self._with_others(names, numbers)
        written = numbers
        for name in columns.keys() & {*self._numbers_in}:
            numbers = with_numbers_in(numbers, columns[name].values)
            written = written.zip_with(written.is_not_null(), columns[name].values)
        faults = {
            position: fault.notice
            for name in columns.keys() - {"name"}
            for position, fault in columns[name].faults.items()
            if numbers[position] is None
        }
        found.damaged = sum(notice is Notice.LOST_DIGITS for notice in faults.values())
        own = pl.DataFrame({"row": data, "name": names, "id_number": numbers})
        people = each_owner(pl.concat([own, *self._joint()]).sort("row", maintain_order=True))
        people = people.with_columns(name_key(c.name).alias("name_key"), *ends_of(people))
        self._count(people)
        self._count_told(people)
        self._count_left(written, faults)
        among = self._with_village(people.with_columns(**keys.known()))
        named = among.filter(c.by_name).select(hash_of(c.name_key).unique().sort())
        found.names = named.to_series().to_numpy()
        found.found = int(among["by_number"].sum())
        among = self._with_homes(among, keys)
        may_be = keys.may_have() | is_masked() if found.masked else keys.may_have()
        among = among.with_columns(may_be=may_be)
        kept = among.filter("may_be").with_columns(
            taken=pl.when(keys.is_somebody()).then(2).when(c.by_number).then(1).otherwise(0)
        )
        if "village" in found.columns:
            found.strangers = self._strangers(among.filter(~c.may_be))
        if "home" in found.columns:
            kept = _with_kin(kept, people, self._homes())
        kept = with_owners(kept.with_columns(parts=keys.parts_with(kept)))
        no_longer_needed = ("by_name", "by_number", "lives_in", "of_household", "may_be")
        found.frame = self._whole(kept.drop(no_longer_needed))
        if "state" in found.columns:
            said = found.frame.filter(c.taken > 0)["state"]
            found.states.update(said.drop_nulls().to_list())

    def _with_homes(self, among: pl.DataFrame, keys: KeysOfParts) -> pl.DataFrame:
        """In which part the household of a row is, or in several, as `of_household`."""
        if self._found.table == "cadre_list":  # whose family, or hukou, may be that of anybody
            return among.with_columns(of_household=pl.lit(keys.several, pl.Int32))
        account = dict(self._columns(("account",), self._data)).get("account")
        if account is None:
            return among.with_columns(of_household=pl.lit(None, pl.Int32))
        own = pl.DataFrame({"row": self._data, "account": account.values})
        own = own.select("row", of_household=keys.part_of_account())
        return among.join(own, on="row", how="left", maintain_order="left")

    def _who(self, who: Who) -> tuple[pl.Series, pl.Series]:
        """Names and numbers of others than those whom the rows are about."""
        columns = LIST_COLUMNS[self._found.table]
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(self._data))
        name, number = (
            nothing
            if place is None
            else parse_column(
                columns[what], self._grid.cells.column(place, self._data), Context()
            ).values
            for what, place in zip(COMPARED, who, strict=True)
        )
        return name, number

    def _with_others(self, names: pl.Series, numbers: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Names and numbers, where nobody is named those of the head; of one number all names."""
        if self._others.head != NOBODY:
            name, number = self._who(self._others.head)
            is_head = names.is_null()
            numbers = number.zip_with(is_head & numbers.is_null(), numbers)
            names = name.zip_with(is_head, names)
        if self._others.alike:
            each = [names, *(self._who(Who(place, None))[0] for place in self._others.alike)]
            together = pl.DataFrame([s.alias(str(n)) for n, s in enumerate(each)])
            joined = together.select(pl.concat_str(pl.all(), separator="、", ignore_nulls=True))
            names = joined.to_series().replace("", None)
        return names, numbers

    def _joint(self) -> Iterator[pl.DataFrame]:
        """Who owns with those whom the rows are about, as far as a number tells them."""
        for who in self._others.joint:
            name, number = self._who(who)
            each = pl.DataFrame({"row": self._data, "name": name, "id_number": number})
            yield each.drop_nulls("id_number")

    def _with_village(self, among: pl.DataFrame) -> pl.DataFrame:
        """In which village those live whose name somebody has, but not their number."""
        rows = among.filter(c.by_name & ~c.by_number)["row"].unique(maintain_order=True)
        cells = dict(self._columns(("village", "address"), rows.to_numpy()))
        if not cells:
            return among.with_columns(lives_in=pl.lit(None, pl.String))
        told = [village_of(c(name)) for name in cells]
        told += [c.village] if "village" in cells else []
        said = pl.DataFrame([rows, *(cell.values for cell in cells.values())])
        lives_in = said.select("row", lives_in=pl.coalesce(told))
        return among.join(lives_in, on="row", how="left", maintain_order="left")

    def _strangers(self, others: pl.DataFrame) -> dict[str, int]:
        """How many are of each village who can be nobody in the run."""
        rows = others["row"].to_numpy()
        villages = dict(self._columns(("village",), rows))["village"].values
        theirs = pl.DataFrame([villages, self._states(rows)])
        here = theirs.filter(~is_over(c.state, OVER.get(self._found.table, NEVER)))
        counted = here.select(plain_village(c.village)).to_series().value_counts()
        return dict(counted.drop_nulls().rows())

    def _states(self, rows: np.ndarray) -> pl.Series:
        """What all columns together say of the state of these rows."""
        said = state_columns(self._found.table)
        columns = {name: each.values for name, each in self._columns(said, rows)}
        return state_said(self._found.table, columns, len(rows))

    def _homes(self) -> pl.DataFrame:
        """Each row's hukou, as a number (0 for none), and how many people it has now."""
        # Equal cells are one home; what its number is need not be known.
        place = next(c for m, c in self._heading.columns.items() if m.column == "home")
        homes = self._grid.cells.codes[self._data, place]
        gone = self._states(self._data).to_frame().select(is_over(c.state, OVER["hukou_list"]))
        here = 1 - gone.to_series().to_numpy().astype(np.int64)
        sizes = np.bincount(homes, here).astype(np.int64)
        return pl.DataFrame({"row": self._data, "home_code": homes, "home_size": sizes[homes]})

    def _count(self, people: pl.DataFrame) -> None:
        """How many numbers can be used, and how many cannot be right."""
        found = self._found
        judged = people.select(
            usable=c.number.is_not_null().sum(),
            masked=c.begins.is_not_null().sum(),
            given=(c.id_number.is_not_null() & c.begins.is_null()).sum(),
        )
        found.usable, found.masked, given = judged.row(0)
        checked = people.select("number").filter(has_right_check_expr(c.number))
        # The calendar is asked for the few days of which a look at the digits does not tell.
        unlike = checked.filter(~c.number.str.contains(_SURE_DAY))
        born = unlike.select(birth_date_expr(c.number).is_not_null().sum()).item()
        found.invalid = given - (checked.height - unlike.height + born)

    def _count_told(self, people: pl.DataFrame) -> None:
        """How many rows tell people by the number, or by what stands in for it."""
        if self._found.table == "cadre_list":  # by name and village
            return
        by_number = c.number.is_not_null() | shows_enough().fill_null(False)
        is_told = np.zeros(len(self._grid.cells), bool)
        is_told[people.filter(by_number)["row"].to_numpy()] = True
        self._is_told = is_told[self._data]
        others = self._data[~self._is_told]
        cells = {n: t.values for n, t in self._columns((*_STAND_IN, "account"), others)}
        told = pl.repeat(False, len(others), eager=True)
        for together in (_STAND_IN[:2], _STAND_IN[1:], ("account",)):
            if cells.keys() >= {*together}:
                filled = pl.DataFrame([cells[name] for name in together])
                told |= filled.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        self._is_told[~self._is_told] = told.to_numpy()

    def _count_left(self, written: pl.Series, faults: Mapping[int, Notice | None]) -> None:
        """How many rows tell nobody by more than the name, by what is wrong with their number."""
        found = self._found
        found.told = int(self._is_told.sum())
        for position in np.flatnonzero(~self._is_told).tolist():
            found.left[_why_left(written[position], faults.get(position))] += 1
        if found.rows.rejected:
            found.left["读不出的行"] = found.rows.rejected

    def _whole(self, kept: pl.DataFrame) -> pl.DataFrame:
        """The rows with their other columns, and those of the model that the sheet lacks."""
        found, rows = self._found, kept["row"].to_numpy()
        columns = with_spans({name: each.values for name, each in self._columns(None, rows)})
        found.columns |= frozenset(columns)
        others = {name: own for name, own in columns.items() if name not in COMPARED}
        table = LIST_COLUMNS[found.table]
        if "state" in table:
            others["state"] = state_said(found.table, columns, len(rows))
        lacking = [
            pl.lit(self._by_title(name), column.cell.dtype).alias(name)
            for name, column in table.items()
            if name not in others and name not in COMPARED
        ]
        return kept.with_columns(*others.values(), *lacking)

    def _by_title(self, column: str) -> str | int | None:
        """What the list is called by, of a column that it lacks: 职工 of 城镇职工医保参保人员."""
        found = self._found
        if column == "year" and found.day:
            return int(found.day[:4])
        sorts = LISTS[found.table].title_says.get(column, ())
        told = [list(filter(None, (re.search(s, text) for text in self._spoken))) for s in sorts]
        named = [matches[0][0] for matches in told if matches]
        if len(named) != 1:
            return None
        found.columns |= {column}
        return named[0]

    def _columns(
        self, names: Sequence[str] | None, rows: np.ndarray
    ) -> Iterator[tuple[str, TypedColumn]]:
        heading = self._heading
        for meaning, position in heading.columns.items():
            if names is not None and meaning.column not in names:
                continue
            column = LIST_COLUMNS[meaning.table][meaning.column]
            scale = unit_scale(heading.stacks[position], column.cell) or 1
            cells = self._grid.cells.column(position, rows)
            yield meaning.column, parse_column(column, cells, Context(scale=scale))


def _with_kin(kept: pl.DataFrame, people: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Rows with their `home_size`, and as `kin` the hashed numbers of who is of one surname there.

    `homes` are those of all rows.
    """
    surname = c.name_key.str.head(1).alias("surname")
    kept = kept.join(homes, on="row", how="left", maintain_order="left").with_columns(surname)
    theirs = c.home_code.is_in(kept["home_code"].unique().implode()) & (c.home_code > 0)
    own = people.join(homes.filter(theirs), on="row")
    kin = own.group_by("home_code", surname).agg(kin=hash_of(c.number).drop_nulls())
    kept = kept.join(kin, on=["home_code", "surname"], how="left", maintain_order="left")
    return kept.drop("home_code", "surname")


def _why_left(number: str | None, notice: Notice | None) -> str:
    """Why a row is not compared, by its number and by what is wrong with the cell."""
    if notice is Notice.LOST_DIGITS:
        return "号码末位已经丢失"
    if number and MASKED_NUMBER.fullmatch(number):
        return "号码隐去太多"
    is_there = bool(number and _DIGIT.search(number))
    return INCOMPLETE if is_there or notice in _UNREAD else "没有号码"
