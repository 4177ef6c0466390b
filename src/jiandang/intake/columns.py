"""Cells → typed columns: each distinct cell of a column is parsed once, by its Pydantic type."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from pydantic import ValidationError

from jiandang.formats.matrix import CellColumn, Numbers
from jiandang.register.cells import Context, ErrorValue, Raw, as_text
from jiandang.register.notice import Notice
from jiandang.register.table import Column
from jiandang.register.text import plain


class Fault(NamedTuple):
    """Why a cell was not read as it stands, and what a finding will say."""

    notice: Notice
    raw: Raw
    expected: str = ""
    nearest: str = ""
    known: str = ""


@dataclass
class TypedColumn:
    """A parsed column: values (null where empty or faulty), faults and remarks by position.

    `odd` are the positions of values that are readable, but not as such values are.
    """

    values: pl.Series
    faults: dict[int, Fault] = field(default_factory=dict)
    remarks: dict[int, Fault] = field(default_factory=dict)
    odd: set[int] = field(default_factory=set)


def parse_column(column: Column, cells: CellColumn, context: Context) -> TypedColumn:
    """Parse the cells of one column of one sheet."""
    distinct, places = cells.distinct()
    parsed = _Parsed(column, context)
    known = parsed.parse(distinct)
    return TypedColumn(
        known.gather(pl.Series(places, dtype=pl.UInt32)),
        _by_position(parsed.faults, places),
        _by_position(parsed.remarks, places),
        set(_by_position(dict.fromkeys(parsed.odd), places)),
    )


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

    def parse(self, distinct: Sequence[Raw]) -> pl.Series:
        """The value of each cell."""
        cell, name = self._column.cell, self._column.id
        if cell.clean is not None:
            texts = [raw if type(raw) is str else "" for raw in distinct]
            values = pl.Series(name, texts, dtype=cell.dtype)
            unread = values.str.contains(f"^(?:{cell.clean})$").not_().arg_true()
            return values.scatter(unread, [self._value(i, distinct[i]) for i in unread])
        read: list[Any] = list(distinct)
        if cell.iso:
            read = [raw.isoformat() if type(raw) is date else raw for raw in distinct]
        for i in self._unread(distinct):
            read[i] = self._value(i, distinct[i])
        return pl.Series(name, read, dtype=cell.dtype)

    def parse_one(self, place: int, raw: Raw) -> Any:
        """The value of one cell, None where it cannot be read."""
        clean = self._column.cell.clean
        if clean is not None and type(raw) is str and re.fullmatch(clean, raw):
            return raw
        return self._value(place, raw)

    def _unread(self, distinct: Sequence[Raw]) -> Iterable[int]:
        """The cells that are not their own values already."""
        own = date if self._column.cell.iso else self._column.cell.native
        if own in (str, bool) or self._context.scale != 1:
            return range(len(distinct))
        return [i for i, raw in enumerate(distinct) if type(raw) is not own]

    def _value(self, place: int, raw: Raw) -> Any:
        if isinstance(raw, ErrorValue):
            self.faults[place] = Fault(Notice.FORMULA_ERROR, raw, self._column.cell.expected)
            return None
        if isinstance(raw, str) and not plain(raw):
            return None  # only blanks: an empty cell
        if isinstance(raw, bool):
            raw = "是" if raw else "否"
        try:
            value = self._column.adapter.validate_python(raw, context=self._context)
        except ValidationError as error:
            self.faults[place] = _fault(raw, error)
            return None
        if (remark := _remark(self._column, raw, value)) is not None:
            self.remarks[place] = remark
        clean = self._column.cell.clean
        if clean is not None and value is not None and not re.fullmatch(clean, value):
            self.odd.append(place)
        return value


def _by_position(found: dict[int, Any], places: Numbers) -> dict[int, Any]:
    """What is said of distinct cells, by the rows in which they stand."""
    if not found:
        return {}
    rows = np.flatnonzero(np.isin(places, list(found)))
    return {row: found[int(places[row])] for row in rows.tolist()}


def _fault(raw: Raw, error: ValidationError) -> Fault:
    detail = error.errors(include_url=False)[0]
    known = detail.get("ctx", {})
    return Fault(
        known.get("notice", Notice.WRONG_TYPE),
        raw,
        known.get("expected", detail["msg"]),
        known.get("nearest", ""),
        known.get("known", ""),
    )


def _remark(column: Column, raw: Raw, value: Raw | None) -> Fault | None:
    """Read without loss, but not typed as it should be."""
    if not isinstance(raw, str) or value is None:
        return None
    shown = ("是" if value else "否") if isinstance(value, bool) else as_text(value)
    if column.cell.is_irregular(raw):
        return Fault(Notice.IRREGULAR_TEXT, raw, expected=shown, known=shown)
    if column.cell.dtype in (pl.Float64, pl.Int64):
        return Fault(Notice.STORED_AS_TEXT, raw, expected=shown, known="数字")
    if column.cell.dtype == pl.Date:
        return Fault(Notice.STORED_AS_TEXT, raw, expected=shown, known="日期")
    return None
