"""A register whose frames somebody has changed: with all columns again, and what they lack said.

Rules and objects rest on frames as `load` makes them. Rows may be taken out of them at will; a
column or a table that was taken out is as one that no sheet has.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from jiandang.errors import InvalidArgument
from jiandang.register.register import APART, OTHERS, ROW_BITS, Register, SheetTable
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, TITLES

_BOOKKEEPING: dict[str, Any] = {
    "ref": pl.Int64, "others": OTHERS, "apart": APART, "bad": pl.String,
    "village_code12": pl.String, "village_key": pl.String, "own": pl.Boolean,
}  # fmt: skip
_OF_TABLE: dict[str, dict[str, type[pl.DataType]]] = {
    "household": {"head_is_listed": pl.Boolean},
    "member": {"own_phone": pl.String, "own_head_name": pl.String},
    "procedure": {"own_head_name": pl.String},
    "survey": {"own_head_name": pl.String},
    "allocation": {"village": pl.String},
}
_PLACES = ("county", "town", "village")
_REMEDY = "请从 jiandang.load 读出来的表去掉行或列；自己做的数据先写成 .xlsx 或 .csv 再读"


def schema_of(table: str) -> pl.Schema:
    """The columns of a table's frame and their types, with those from assembly."""
    own = {name: column.cell.dtype for name, column in COLUMNS[table].items()}
    return pl.Schema({**own, **_BOOKKEEPING, **_OF_TABLE.get(table, {})})


def whole(register: Register) -> Register:
    """The register itself if its frames are as `load` makes them, else one that is like it.

    Raises InvalidArgument, in Chinese, for frames of which nothing can be made.
    """
    if not isinstance(register.tables, dict):
        kind = type(register.tables).__name__
        raise InvalidArgument(f"登记表的 tables 应是表名到 DataFrame 的对照，现在是 {kind}")
    schemas = {table: schema_of(table) for table in COLUMNS}
    frames, gone = {}, set()
    for table, schema in schemas.items():
        frame = register.tables.get(table, pl.DataFrame(schema=schema))
        if not isinstance(frame, pl.DataFrame):
            raise InvalidArgument(
                f"{TITLES[table]}表（{table}）应是 Polars 的 DataFrame，"
                f"现在是 {type(frame).__name__}。{_REMEDY}"
            )
        there = frame.columns if table in register.tables else []
        gone |= {(table, name) for name in schema if name not in there}
        frames[table] = frame
        floats = [frame[name] for name, dtype in frame.schema.items() if dtype.is_float()]
        finite = all(column.is_finite().all() for column in floats)
        if dict(frame.schema) != dict(schema) or not finite:  # in whatever order
            frames[table] = _typed(table, frame, schema)
        _require_rows_of_sheets(table, frames[table], len(register.sheets))
    others = register.tables.keys() - frames.keys()
    if not gone and not others and all(frames[t] is register.tables[t] for t in frames):
        return register
    sheets = [_without(sheet, gone) for sheet in register.sheets]
    return replace(register, tables=frames, sheets=sheets)


def _typed(table: str, frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    kept = [c for c in (*_BOOKKEEPING, *_OF_TABLE.get(table, {})) if c not in frame.columns]
    if kept and not frame.is_empty():
        raise InvalidArgument(
            f"{TITLES[table]}表（{table}）缺少读表时加上的列 {'、'.join(kept)}，"
            f"不知道各行在哪个文件。{_REMEDY}"
        )
    return pl.DataFrame(
        [
            _cast(table, frame[name], dtype)
            if name in frame.columns
            else pl.Series(name, [None] * frame.height, dtype)
            for name, dtype in schema.items()
        ]
    )


def _cast(table: str, column: pl.Series, dtype: pl.DataType) -> pl.Series:
    """The column in its type, if it says the same in it."""
    given = column.dtype
    if given == pl.Null:
        return column.cast(dtype)
    if given.is_float():
        column = column.fill_nan(None)  # the empty cells of pandas
    # 1.0 is no text of a number, and True is not 1.
    unlike = given != dtype and (
        pl.Boolean in (given, dtype) or (given.is_float() and dtype == pl.String)
    )
    try:
        cast = column.cast(dtype)
        same = not unlike and cast.cast(given).equals(column)
        same = same and not (given.is_float() and column.is_infinite().any())
    except pl.exceptions.PolarsError:
        same = False
    if not same:
        own = COLUMNS[table].get(column.name)
        called = f"“{own.heading}”（{column.name}）" if own else column.name
        raise InvalidArgument(
            f"{TITLES[table]}表的列{called}应是 {_shown(dtype)} 类型的数据，"
            f"现在的（{_shown(given)}）不能照原样换成。{_REMEDY}"
        )
    return cast


def _shown(dtype: pl.DataType) -> str:
    return "Enum（代码表）" if isinstance(dtype, pl.Enum) else str(dtype)


def _require_rows_of_sheets(table: str, frame: pl.DataFrame, sheets: int) -> None:
    refs = frame["ref"]
    if refs.is_empty():
        return
    numbers = refs // 2**ROW_BITS
    if refs.null_count() or numbers.min() < 0 or numbers.max() >= sheets:
        raise InvalidArgument(
            f"{TITLES[table]}表（{table}）的 ref 列指到没有读过的工作表。{_REMEDY}"
        )


def _without(sheet: SheetTable, gone: set[tuple[str, str]]) -> SheetTable:
    """A sheet that is said to lack the columns that are gone."""
    lost = {cell for table in (sheet.table, *sheet.embedded) for cell in _lost(sheet, table, gone)}
    columns = {cell: place for cell, place in sheet.columns.items() if cell not in lost}
    village = None if (sheet.table, "village") in lost else sheet.village
    return replace(sheet, columns=columns, village=village)


def _lost(sheet: SheetTable, table: str, gone: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name in [n for t, n in gone if t == table]:
        yield table, name
        if name in PLACE_COLUMNS:  # rows of an embedded table have the places of their host's
            yield sheet.table, name
        if name in _PLACES:
            yield from ((table, "place"), (sheet.table, "place"))
