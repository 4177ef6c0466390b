"""Texts → typed columns: each distinct cell of a column is parsed once, by its Pydantic type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl
from pydantic import ValidationError

from jiandang.register.cells import Context, ErrorValue, Raw, as_text
from jiandang.register.table import Column
from jiandang.register.text import plain


class Fault(NamedTuple):
    """Why a cell was not read as it stands: a rule's code and what the finding will say."""

    rule: str
    raw: Raw
    expected: str = ""
    nearest: str = ""
    known: str = ""


@dataclass
class TypedColumn:
    """A parsed column: values (null where empty or faulty), faults and remarks by position."""

    values: pl.Series
    faults: dict[int, Fault] = field(default_factory=dict)
    remarks: dict[int, Fault] = field(default_factory=dict)


def parse_column(column: Column, cells: Sequence[Raw], context: Context) -> TypedColumn:
    """Parse the cells of one column of one sheet."""
    kinds = set(map(type, cells))
    cell = column.cell
    if kinds == {cell.native} and cell.native not in (str, bool) and context.scale == 1:
        return TypedColumn(pl.Series(column.id, cells, dtype=cell.dtype))
    if kinds == {str}:
        return _parse_texts(column, cells, context)
    if bool in kinds:
        # True == 1 in a dict, so booleans are told apart before the distinct cells are taken.
        cells = [("是" if cell else "否") if isinstance(cell, bool) else cell for cell in cells]
    distinct = dict.fromkeys(cells)
    if context.scale == 1 and cell.native is not str:
        distinct = {raw: None for raw in distinct if type(raw) is not cell.native}
    parsed = _Parsed(column, context, distinct)
    get = parsed.values.get
    values = pl.Series(column.id, [get(raw, raw) for raw in cells], dtype=cell.dtype)
    return parsed.column(values, cells)


def _parse_texts(column: Column, cells: Sequence[Raw], context: Context) -> TypedColumn:
    """A column of texts only: those that match the type's `clean` are their own values."""
    texts = pl.Series(column.id, cells, dtype=pl.String)
    distinct = texts.unique(maintain_order=True)
    if column.cell.clean is not None:
        distinct = distinct.filter(~distinct.str.contains(f"^(?:{column.cell.clean})$"))
    parsed = _Parsed(column, context, distinct)
    old = pl.Series(list(parsed.values), dtype=pl.String)
    new = pl.Series(list(parsed.values.values()), dtype=column.cell.dtype)
    if column.cell.dtype == pl.String:
        values = texts.replace(old, new)
    else:
        values = texts.replace_strict(old, new, return_dtype=column.cell.dtype)
    return parsed.column(values, cells)


class _Parsed:
    """The distinct cells of a column, each parsed once: values, faults and remarks by cell."""

    def __init__(self, column: Column, context: Context, distinct: Iterable[Raw]) -> None:
        self.values: dict[Raw, Any] = {"": None}
        self._faults: dict[Raw, Fault] = {}
        self._remarks: dict[Raw, Fault] = {}
        for raw in distinct:
            self._parse(column, raw, context)

    def _parse(self, column: Column, raw: Raw, context: Context) -> None:
        self.values[raw] = None
        if isinstance(raw, ErrorValue):
            self._faults[raw] = Fault("LR009", raw, column.cell.expected)
        elif isinstance(raw, str) and not plain(raw):
            pass  # only blanks: an empty cell
        else:
            try:
                self.values[raw] = column.adapter.validate_python(raw, context=context)
            except ValidationError as error:
                self._faults[raw] = _fault(raw, error)
            else:
                remark = _remark(column, raw, self.values[raw])
                if remark is not None:
                    self._remarks[raw] = remark

    def column(self, values: pl.Series, cells: Sequence[Raw]) -> TypedColumn:
        """The column of these values, with its faults and remarks by position."""
        return TypedColumn(values, _places(cells, self._faults), _places(cells, self._remarks))


def _fault(raw: Raw, error: ValidationError) -> Fault:
    detail = error.errors(include_url=False)[0]
    known = detail.get("ctx", {})
    return Fault(
        known.get("rule", "LR005"),
        raw,
        known.get("expected", detail["msg"]),
        known.get("nearest", ""),
        known.get("known", ""),
    )


def _places(cells: Sequence[Raw], faults: dict[Raw, Fault]) -> dict[int, Fault]:
    if not faults:
        return {}
    return {i: faults[cell] for i, cell in enumerate(cells) if cell in faults}


def _remark(column: Column, raw: Raw, value: Raw | None) -> Fault | None:
    """LR010 or LR011: read without loss, but not typed as it should be."""
    if not isinstance(raw, str) or value is None:
        return None
    shown = ("是" if value else "否") if isinstance(value, bool) else as_text(value)
    if column.cell.is_irregular(raw):
        return Fault("LR010", raw, expected=shown, known=shown)
    if column.cell.dtype in (pl.Float64, pl.Int64):
        return Fault("LR011", raw, expected=shown, known="数字")
    if column.cell.dtype == pl.Date:
        return Fault("LR011", raw, expected=shown, known="日期")
    return None
