"""Texts → typed columns: each distinct cell of a column is parsed once, by its Pydantic type."""

import re
from collections.abc import Callable, Sequence
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
    if bool in (kinds := set(map(type, cells))):
        # True == 1 in a dict, so booleans are told apart before the distinct cells are taken.
        cells = [("是" if cell else "否") if isinstance(cell, bool) else cell for cell in cells]
    clean = re.compile(column.cell.clean).fullmatch if column.cell.clean else None
    native = column.cell.native
    as_is = context.scale == 1
    parsed: dict[Raw, Any] = {"": None}
    faults: dict[Raw, Fault] = {}
    remarks: dict[Raw, Fault] = {}
    for raw in dict.fromkeys(cells):
        if raw == "" or (type(raw) is native and as_is and _needs_no_parsing(raw, clean)):
            continue
        parsed[raw] = None
        if isinstance(raw, ErrorValue):
            faults[raw] = Fault("LR009", raw, column.cell.expected)
        elif isinstance(raw, str) and not plain(raw):
            continue  # only blanks: an empty cell
        else:
            try:
                parsed[raw] = column.adapter.validate_python(raw, context=context)
            except ValidationError as error:
                faults[raw] = _fault(raw, error)
            else:
                remark = _remark(column, raw, parsed[raw])
                if remark is not None:
                    remarks[raw] = remark
    if parsed.keys() == {""} and kinds <= {native, str} and column.cell.dtype == pl.String:
        values = pl.Series(column.id, [cell or None for cell in cells], dtype=pl.String)
    else:
        get = parsed.get
        values = pl.Series(column.id, [get(cell, cell) for cell in cells], dtype=column.cell.dtype)
    return TypedColumn(values, _places(cells, faults), _places(cells, remarks))


def _needs_no_parsing(raw: Raw, clean: Callable[[str], Any] | None) -> bool:
    """Whether a cell of the column's own type is its value as it stands."""
    return not isinstance(raw, str) or (clean is not None and clean(raw) is not None)


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
