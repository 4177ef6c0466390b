"""What has to be filled, which sheets ask for it, and which rows none of these sheets has."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.register.register import Register, SheetTable, in_sheets, sheet_number
from jiandang.register.tables import COLUMNS, MODELS, PLACE_COLUMNS

# Who need not have a required cell: LR131 asks for the numbers; the visit finds out the others.
MAY_LACK = {
    ("member", "id_number"): "may_lack_number",
    ("household", "size"): "awaits_visit",
    ("household", "cause"): "awaits_visit",
    ("household", "per_capita"): "awaits_visit",
}

# Whom the household's row names as its head, else its members.
_HEAD = ("household", "head")
# By what a household or a person is the same in two sheets.
_WHO = {
    "household": (["household_id"], ["village", "head"]),
    "member": (["id_number"], ["household_id", "name"]),
}

# A member's sheet that carries one of these carries the household table. Lists of members alone
# often repeat the head's name, the number of persons or the phone in each row.
_HOUSEHOLD_SIGNS = ("household_type", "cause", "per_capita")


# So many may have been forgotten in a sheet; where more lack, it is a list of some.
_FEW = 0.05


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


def has(sheet: SheetTable, table: str, name: str) -> bool:
    """Whether a sheet has a column; of a table that it holds, the places and the head are its."""
    if sheet.has(table, name) or not _holds(sheet, table):
        return sheet.has(table, name)
    of_host = name in PLACE_COLUMNS and sheet.has(sheet.table, name)
    return of_host or (name == "head_name" and sheet.table == "member")


def unasked(frames: Frames, table: str) -> pl.DataFrame | None:
    """The rows of a table with, by required column, whether no sheet has it that they are in.

    Beside these `ref`, `others` and `village_key`. There are only the columns that a sheet of the
    table lacks and another one has; where there is none, nothing is given. Persons who stand in
    their households' rows are not among the rows: there is but room for what is asked.
    """
    register = frames.register
    sheets = list(enumerate(register.sheets))
    its = set(hosts(register).get(table, ()))
    asking = {
        name: [number for number, sheet in sheets if has(sheet, table, name)]
        for name in required(register, table)
    }
    partly = {name: numbers for name, numbers in asking.items() if numbers and its - set(numbers)}
    if not partly:
        return None
    frames.ensure((table, MAY_LACK[table, n]) for n in partly if (table, n) in MAY_LACK)
    if table == "household":
        frames.ensure([_HEAD])
    empty = {}
    for name, numbers in partly.items():
        there = in_sheets(numbers)
        empty[name] = pl.col(name).is_null() & ~there
        # The same household may stand in a public list besides.
        for key in _WHO[table]:
            known = pl.all_horizontal(pl.col(key).is_not_null())
            empty[name] &= ~(known & there.any().over(key))
        if table == "household":  # a list that names no village
            known = pl.col("village").is_null() & pl.col("head").is_not_null()
            empty[name] &= ~(known & there.any().over("head"))
        if may_lack := MAY_LACK.get((table, name)):
            empty[name] &= ~pl.col(may_lack)
    is_own = pl.col("own") if any(sheet.table == table for _, sheet in sheets) else pl.lit(True)
    is_beside = in_sheets([number for number, sheet in sheets if sheet.beside])
    asked = frames[table].with_columns(is_asked=is_own & ~is_beside)
    rows = asked.select("ref", "others", "village_key", "is_asked", **empty)
    return rows.filter("is_asked").drop("is_asked")


def left_out(frames: Frames) -> Iterator[tuple[list[str], list[int]]]:
    """The few households that lack in sheets of what need not be filled, and the headings of these.

    Nearly all households of the same villages are in them: a list of some has fewer. What a whole
    village lacks is its gate's affair.
    """
    register, table = frames.register, "household"
    its = {n for n, s in enumerate(register.sheets) if s.table == table and not s.is_card}
    if len(its) < 2 or any(register.sheets[n].is_form or register.sheets[n].beside for n in its):
        return
    asked = required(register, table)
    contents: dict[frozenset[int], list[str]] = {}
    for name, column in COLUMNS[table].items():
        having = frozenset(n for n in its if register.sheets[n].has(table, name))
        if having and name not in PLACE_COLUMNS and its - having:
            contents.setdefault(having, []).append(name if name in asked else column.heading)
    for numbers, headings in contents.items():
        if not set(asked).isdisjoint(headings):
            continue
        there = in_sheets(numbers)
        frames.ensure([_HEAD])
        for key in _WHO[table]:
            known = pl.all_horizontal(pl.col(key).is_not_null())
            there |= known & in_sheets(numbers).any().over(key)
        rows = frames[table].filter("own").select("ref", "village_key", there=there)
        rows = rows.filter(pl.col("there").any().over("village_key"))
        missing = rows.filter(~pl.col("there"))["ref"].to_list()
        if missing and len(missing) <= _FEW * rows.height:
            yield headings, missing


def _holds(sheet: SheetTable, table: str) -> bool:
    if sheet.table == table:
        return not sheet.only_completes
    signs = _HOUSEHOLD_SIGNS if table == "household" else ()
    return table in sheet.embedded and any(sheet.has(table, name) for name in signs)


def sheets_without(frames: Frames, table: str, rows: pl.DataFrame) -> dict[str, list[int]]:
    """By column of `unasked`, the sheets that lack it: they have most of a village's rows.

    None of their rows is in a sheet that has it.
    """
    sheets = frames.register.sheets
    its = [n for n in hosts(frames.register).get(table, ()) if not sheets[n].is_form]
    names = [name for name in rows.columns if name in COLUMNS[table]]
    of_village = pl.len().over("village_key")
    refs = pl.concat_list("ref", pl.col("others").fill_null([]))
    of_sheets = refs.list.eval(sheet_number(pl.element()))
    by_village = (
        rows.with_columns(of_village=of_village, sheets=of_sheets)
        .explode("sheets")
        .filter(pl.col("sheets").is_in(its))
        .group_by("sheets", "village_key")
        .agg(pl.col(names).all(), is_most=2 * pl.len() > pl.col("of_village").first())
    )
    by_sheet = by_village.group_by("sheets").agg(pl.col(names).all(), pl.col("is_most").any())
    by_sheet = by_sheet.filter("is_most").sort("sheets")
    return {name: by_sheet.filter(name)["sheets"].to_list() for name in names}
