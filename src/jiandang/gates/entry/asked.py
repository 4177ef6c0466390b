"""What has to be filled, which sheets ask for it, and which rows none of these sheets has."""

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.register.register import ROW_BITS, Register, SheetTable
from jiandang.register.tables import COLUMNS, MODELS, PLACE_COLUMNS

# Who need not have a required cell: LR131 asks for the numbers; the visit finds out the others.
MAY_LACK = {
    ("member", "id_number"): "may_lack_number",
    ("household", "cause"): "awaits_visit",
    ("household", "per_capita"): "awaits_visit",
}

# A member's sheet that carries one of these carries the household table. Lists of members alone
# often repeat the head's name, the number of persons or the phone in each row.
_HOUSEHOLD_SIGNS = ("household_type", "cause", "per_capita")


def hosts(register: Register) -> dict[str, list[int]]:
    """The numbers of the sheets that hold a table, by table."""
    sheets = list(enumerate(register.sheets))
    found = {table: [i for i, sheet in sheets if _holds(sheet, table)] for table in MODELS}
    return {table: numbers for table, numbers in found.items() if numbers}


def required(register: Register, table: str) -> list[str]:
    """The required columns of a table; one that others carry takes its places from them."""
    own = any(sheet.table == table for sheet in register.sheets)
    taken = () if own else (*PLACE_COLUMNS, "head_name")
    return [n for n, column in COLUMNS[table].items() if column.required and n not in taken]


def unasked(frames: Frames, table: str) -> pl.DataFrame:
    """The rows of a table with, by required column, whether no sheet that they are from has it.

    Beside these `ref`, `village_key` and `sheets`, the numbers of those sheets. There are only the
    columns that a sheet of the table lacks and another one has.
    """
    register = frames.register
    its = set(hosts(register).get(table, ()))
    asking = {
        name: [n for n, sheet in enumerate(register.sheets) if sheet.has(table, name)]
        for name in required(register, table)
    }
    partly = {name: numbers for name, numbers in asking.items() if numbers and its - set(numbers)}
    frames.ensure((table, MAY_LACK[table, n]) for n in partly if (table, n) in MAY_LACK)
    is_own = "own" if any(sheet.table == table for sheet in register.sheets) else pl.lit(True)
    sheets = pl.concat_list("ref", pl.col("others").fill_null([]))
    sheets = sheets.list.eval(pl.element() // 2**ROW_BITS)
    rows = frames[table].filter(is_own) if partly else frames[table].clear()
    rows = rows.with_columns(sheets=sheets)
    empty = {n: pl.col(n).is_null() & ~in_any("sheets", numbers) for n, numbers in partly.items()}
    for name in partly:
        if may_lack := MAY_LACK.get((table, name)):
            empty[name] &= ~pl.col(may_lack)
    return rows.select("ref", "village_key", "sheets", **empty)


def in_any(sheets: str, numbers: list[int]) -> pl.Expr:
    """Whether any of the sheets that are listed in a column is of these numbers."""
    return pl.col(sheets).list.eval(pl.element().is_in(numbers)).list.any()


def _holds(sheet: SheetTable, table: str) -> bool:
    if sheet.table == table:
        return True
    signs = _HOUSEHOLD_SIGNS if table == "household" else ()
    return table in sheet.embedded and any(sheet.has(table, name) for name in signs)
