"""The register of two dates: what the rules of 动态管理 are run over, like any other register.

Its tables of members, households and visits have the rows of the later register, with what the
earlier one says of the same in columns that begin with `before_`. Before them stand the rows that
only the earlier register has: there all is empty but who it is and where, and those columns. Such
rows have those too who are in another part of the run now; `is_in` says ELSEWHERE of them. Its
sheets are those of both, so that a finding may point into either.
"""

from dataclasses import replace

import polars as pl

from jiandang.movement.elsewhere import ELSEWHERE
from jiandang.movement.people import People
from jiandang.register.register import ROW_BITS, Register, Role, SheetTable, moved_apart
from jiandang.register.tables import BEFORE, CHANGES, own_columns

c = pl.col

# Of a row that only the earlier register has: who it is and where, under the usual names.
_WHO = (
    "county", "town", "village", "group", "village_code", "household_id", "village_code12",
    "name", "head_name", "others", "apart",
)  # fmt: skip
_OF_PERSON = (
    "came_by", "left_by", "declared", "written", "home_is_new", "home_is_gone", "stays_home",
    "became", "before_poor", "removed_who", "is_double",
)  # fmt: skip
# Derived columns that the people were matched by.
_MADE = {"member": ("identity", "born"), "household": (), "survey": ()}
_OF_HOUSEHOLD = (
    "came_by", "left_by", "says_back", "split_from", "merged_into", "takes_number",
    "number_was_of", "is_whole", "says_split", "says_merged", "removed_who",
    "lacks_number",
)  # fmt: skip


def together(
    before: Register,
    now: Register,
    changes: Register | None,
    people: People,
    declared: pl.DataFrame,
    *,
    has_list: bool,
) -> Register:
    """The register of both; `declared` is 增减表 with whom its rows are about.

    `has_list` is whether there is a list for another part of the run.
    """
    files, sheets = [*now.files], [*now.sheets]
    others: list[tuple[Role, Register | None, str]] = [
        ("before", before, BEFORE), ("changes", changes, ""),
    ]  # fmt: skip
    for role, other, mark in others:
        if other is not None:
            sheets += [_moved_sheet(sheet, len(files), mark) for sheet in other.sheets]
            files += [replace(file, role=role) for file in other.files]
    behind_now, behind_both = len(now.sheets), len(now.sheets) + len(before.sheets)
    where = {"was_in": "before_village", "is_in": "village"}
    now_home = c.household_id.alias("now_home")
    persons = people.persons.select(
        "before_ref", "ref", "before_id", now_home, *_OF_PERSON, **where
    )
    households = people.households.select(
        "before_id", "household_id", *_OF_HOUSEHOLD, **where, before_household_id="before_id"
    )
    of_both = households.drop_nulls("household_id").filter(c.is_in != ELSEWHERE)
    tables = {
        **now.tables,
        "member": _dated("member", before, now, persons, "ref", behind_now),
        "household": _dated("household", before, now, households, "household_id", behind_now),
        "survey": _dated("survey", before, now, of_both, "household_id", behind_now),
        CHANGES: _moved(declared, behind_both),
    }
    # A list that could not be read has not said that nobody left.
    was_read = changes is not None and any(file.error is None for file in changes.files)
    was_read |= has_list
    has_changes = pl.lit(was_read).alias("has_changes")
    tables = {name: frame.with_columns(has_changes) for name, frame in tables.items()}
    return Register(files, sheets, tables, [])


def _moved_sheet(sheet: SheetTable, files: int, mark: str) -> SheetTable:
    columns = {(table, mark + name): at for (table, name), at in sheet.columns.items()}
    return replace(sheet, file=sheet.file + files, columns=columns)


def _moved(frame: pl.DataFrame, sheets: int) -> pl.DataFrame:
    """A frame whose rows refer to sheets that stand behind so many others."""
    shift = sheets << ROW_BITS
    return frame.with_columns(
        c.ref + shift,
        c.others.list.eval(pl.element() + shift),
        moved_apart(lambda ref: ref + shift),
    )


def _dated(
    table: str, before: Register, now: Register, pairs: pl.DataFrame, key: str, sheets: int
) -> pl.DataFrame:
    """A table of both dates; `pairs` have the `key` of the same row in either, and more of it."""
    old = before.tables[table].drop_nulls(key).unique(key, keep="first", maintain_order=True)
    old = old.with_columns(c(key).alias(BEFORE + key))
    said = [c(name).alias(BEFORE + name) for name in (*own_columns(table), *_MADE[table])]
    pairs = pairs.join(
        old.select(BEFORE + key, *said), on=BEFORE + key, how="left", maintain_order="left"
    )
    kept = now.tables[table].join(pairs.drop_nulls(key), on=key, how="left", maintain_order="left")
    who = _moved(old, sheets).select(
        BEFORE + key, "ref", *(name for name in _WHO if name in old.columns)
    )
    is_gone = c(key).is_null() | (c.is_in == ELSEWHERE)
    own = pairs.filter(is_gone & (c.was_in != ELSEWHERE)).drop(key)
    gone = own.join(who, on=BEFORE + key, maintain_order="left")
    gone = gone.with_columns(village_key="was_in")
    if "became" in gone.columns:  # whom somebody has left is known by its number of now
        gone = gone.with_columns(pl.coalesce("became", "household_id").alias("household_id"))
    return pl.concat([gone, kept], how="diagonal")
