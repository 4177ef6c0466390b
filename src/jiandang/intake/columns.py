"""Cells → typed columns: each distinct cell of a column is parsed once, by its cell type."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from jiandang.formats.grid import Unreadable
from jiandang.formats.matrix import CellColumn, DistinctCells, Numbers
from jiandang.register.cells import CellError, CellType, Context, Raw, as_text, as_word, spoken
from jiandang.register.date_cells import may_be_two_days, orders_of
from jiandang.register.notice import Notice
from jiandang.register.number_cells import MOST, MOST_WHOLE, NumberCell
from jiandang.register.table import Column


class Fault(NamedTuple):
    """Why a cell was not read as it stands, and what a finding will say."""

    notice: Notice
    raw: Raw
    expected: str = ""
    nearest: str = ""
    known: str = ""

    @property
    def seen(self) -> dict[str, str]:
        """What its message shows."""
        return {"value": as_text(self.raw), "nearest": self.nearest, "known": self.known}


class Remark(NamedTuple):
    """What is said once of several cells of a column: of the first, and where all of them are."""

    fault: Fault
    positions: list[int]


class CellRead(NamedTuple):
    """A cell with a text and what was read of it; row and column are 0-based."""

    sheet: str
    row: int
    column: int
    of: Column
    context: Context
    raw: str
    value: Any


# What is said once a column, however few cells it is; the rest where they are more than a few.
_SOFT = {Notice.NO_VALUE, Notice.LENIENT}
_A_FEW = 3
# What the values are that a sheet does not hold as texts.
_NO_TEXTS = {pl.Float64: "数字", pl.Int64: "数字", pl.Date: "日期"}
_WHOLE_DAY = len("2016-03-05")
# So many cells show how the dates of a column are written.
_MOST_NEIGHBOURS = 2000
# Of so many kinds of contents of a column hardly any can be read: then it is another's.
MOST_KINDS = 20_000
# To look at so many cells one by one costs no more than to have Polars look at all at once.
_FEW = 300


@dataclass
class TypedColumn:
    """A parsed column: values (null where empty or faulty), faults and remarks by position.

    `odd` are the positions of values that are readable, but not as such values are.
    """

    values: pl.Series
    faults: dict[int, Fault] = field(default_factory=dict)
    remarks: dict[int, Fault] = field(default_factory=dict)
    odd: set[int] = field(default_factory=set)

    @property
    def doubtful(self) -> set[int]:
        """The positions of cells that could not be read, and of odd values."""
        return self.faults.keys() | self.odd

    def remarks_together(self, but: Collection[int] = ()) -> Iterator[Remark]:
        """The remarks but for those at some positions, many of a kind as one."""
        for notice, positions in by_notice(self.remarks, but).items():
            if notice in _SOFT or len(positions) > _A_FEW:
                yield Remark(self._told(notice, positions), positions)
            else:
                yield from (Remark(self.remarks[at], [at]) for at in positions)

    def _told(self, notice: Notice, positions: Sequence[int]) -> Fault:
        """The first remark; of a column without a single number a softer one."""
        first = self.remarks[positions[0]]
        values = self.values.drop_nulls()
        if notice is Notice.STORED_AS_TEXT and values.dtype == pl.String:
            # Years and months among the dates have to be texts.
            values = values.filter(values.str.len_chars() == _WHOLE_DAY)
        filled = len(values) + len(self.faults)
        if notice is Notice.STORED_AS_TEXT and len(positions) == filled:
            return first._replace(notice=Notice.TEXT_COLUMN)
        return first


def by_notice(said: Mapping[int, Fault], but: Collection[int] = ()) -> dict[Notice, list[int]]:
    """The positions of what is said of cells, in order, but for some; by the kind of notice."""
    alike: dict[Notice, list[int]] = {}
    for position in sorted(said.keys() - set(but)):
        alike.setdefault(said[position].notice, []).append(position)
    return alike


def kind_of(cell: CellType, value: Any) -> str:
    """What a value is that should not be stored as a text; empty where it may be one.

    Of a date that may be partial, a year or a month is one.
    """
    if cell.iso:
        return "日期" if len(value) == _WHOLE_DAY else ""
    return _NO_TEXTS.get(cell.dtype, "")


def parse_column(column: Column, cells: CellColumn, context: Context) -> TypedColumn:
    """Parse the cells of one column of one sheet."""
    distinct, places = cells.distinct()
    parsed = _Parsed(column, context)
    known = parsed.parse(distinct)
    return TypedColumn(
        known[places],  # by an expression it would take four times as long
        _by_position(parsed.faults, places),
        _by_position(parsed.remarks, places),
        set(_by_position(dict.fromkeys(parsed.odd), places)),
    )


def parse_beside(
    column: Column, cells: CellColumn, context: Context
) -> tuple[TypedColumn, Context]:
    """As `parse_column`; dates that may be two days, 3/5/2016, are written as those beside them.

    The context says then how that is.
    """
    parsed = parse_column(column, cells, context)
    is_of_dates = column.cell.iso or column.cell.dtype == pl.Date
    if not is_of_dates or not any(may_be_two_days(f.raw) for f in parsed.faults.values()):
        return parsed, context
    orders = orders_of(islice(cells.distinct()[0], _MOST_NEIGHBOURS), context)
    context = replace(context, orders=orders)
    return parse_column(column, cells, context), context


def parse_few(column: Column, cells: Sequence[Raw], context: Context) -> TypedColumn:
    """As `parse_column`, for so few cells that each may be parsed: those of single forms."""
    parsed = _Parsed(column, context)
    values = [None if raw == "" else parsed.parse_one(i, raw) for i, raw in enumerate(cells)]
    typed = pl.Series(column.id, values, dtype=column.cell.dtype)
    return TypedColumn(typed, parsed.faults, parsed.remarks, set(parsed.odd))


class _Parsed:
    """The distinct cells of a column, each parsed once: faults and remarks by cell."""

    def __init__(self, column: Column, context: Context) -> None:
        self._column, self._context = column, context
        self.faults: dict[int, Fault] = {}
        self.remarks: dict[int, Fault] = {}
        self.odd: list[int] = []

    def parse(self, distinct: DistinctCells) -> pl.Series:
        """The value of each cell."""
        cell, name = self._column.cell, self._column.id
        if cell.clean is not None and len(distinct) <= _FEW:
            few = [self.parse_one(i, raw) for i, raw in enumerate(distinct)]
            return pl.Series(name, few, dtype=cell.dtype)
        if cell.clean is not None:
            values = distinct.texts().cast(cell.dtype).alias(name)
            is_clean = values.str.contains(f"^(?:{cell.clean})$")
            if cell.unless:
                is_clean &= ~values.is_in(list(cell.unless))
            unread = (~is_clean).arg_true()
            return values.scatter(unread, self._values(distinct, unread))
        read: list[Any] = list(distinct)
        if cell.iso:
            read = [raw.isoformat() if type(raw) is date else raw for raw in distinct]
        others = self._unread(distinct)
        for i, value in zip(others, self._values(distinct, others), strict=True):
            read[i] = value
        return pl.Series(name, read, dtype=cell.dtype)

    def _values(self, distinct: DistinctCells, places: Sequence[int] | pl.Series) -> list[Any]:
        """The values of the cells at these places.

        Raises Unreadable where there are ever so many, hardly any of which can be read: to look at
        each of a hundred thousand takes a minute.
        """
        values = []
        are_most = 2 * len(places) > len(distinct)
        for i, raw in zip(places, distinct.at(places), strict=True):
            values.append(self._value(i, raw))
            faults = len(self.faults)
            if faults > MOST_KINDS and are_most and 10 * faults > 9 * len(values):
                raise Unreadable(
                    "mostly_faults",
                    f"“{self._column.heading}”一列有 {MOST_KINDS} 种以上的内容，"
                    "几乎没有一种是这一列要的：多半不是登记表，或者内容和表头错开了。"
                    "请对照表头看各列的次序，改好后再检查。",
                )
        return values

    def parse_one(self, place: int, raw: Raw) -> Any:
        """The value of one cell, None where it cannot be read."""
        if type(raw) is str and self._column.cell.is_clean(raw):
            return raw
        return self._value(place, raw)

    def _unread(self, distinct: Sequence[Raw]) -> Sequence[int]:
        """The cells that are not their own values already."""
        own = date if self._column.cell.iso else self._column.cell.native
        if own in (str, bool) or self._context.scale != 1:
            return range(len(distinct))
        if own in (int, float):
            # What is no number is not less than one.
            most = MOST_WHOLE if own is int else MOST
            cell = self._column.cell
            least = 0 if isinstance(cell, NumberCell) and cell.is_quantity else 1 - most
            is_own = (type(raw) is own and least <= raw < most for raw in distinct)
            return [i for i, known in enumerate(is_own) if not known]
        return [i for i, raw in enumerate(distinct) if type(raw) is not own]

    def _value(self, place: int, raw: Raw) -> Any:
        raw = spoken(raw)
        try:
            value, notice = self._column.cell.read(raw, self._context)
        except CellError as error:
            self.faults[place] = Fault(
                error.notice, raw, error.expected, error.nearest, error.known
            )
            return None
        if (remark := self._remark(raw, value, notice)) is not None:
            self.remarks[place] = remark
        clean = self._column.cell.clean
        if clean is not None and value is not None and not re.fullmatch(clean, value):
            self.odd.append(place)
        return value

    def _remark(self, raw: Raw, value: Raw | None, notice: Notice | None) -> Fault | None:
        """Read without loss, but not typed as it should be."""
        cell, kind = self._column.cell, ""
        if notice is None:
            if not isinstance(raw, str) or value is None:
                return None
            if cell.is_irregular(raw):
                notice = Notice.IRREGULAR_TEXT
            elif (kind := kind_of(cell, value)) and not self._context.untyped:
                notice = Notice.STORED_AS_TEXT
            else:
                return None
        shown = "" if value is None else as_word(value)
        return Fault(notice, raw, expected=shown, known=kind or shown)


def _by_position(found: dict[int, Any], places: Numbers) -> dict[int, Any]:
    """What is said of distinct cells, by the rows in which they stand."""
    if not found:
        return {}
    rows = np.flatnonzero(np.isin(places, list(found)))
    return {row: found[int(places[row])] for row in rows.tolist()}
