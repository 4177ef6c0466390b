"""Sheets that repeat what others of the register say: lists of some people, and copies."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import polars as pl

from jiandang.register.notice import Notice
from jiandang.register.place import plain_village
from jiandang.register.register import Observation, SheetTable, reference, sheet_number
from jiandang.register.tables import required_columns

c = pl.col
# The village of a person in whatever spelling, by which a list that has no numbers is compared.
PLAIN_VILLAGE = "plain_village"
# By what rows of a copy are those of another sheet; a household may stand in several lists.
_SAME = {
    "member": ("household_id", "id_number", "name"),
    "household": ("household_id", "head_name", "list_level", "income_year"),
}
# What the rows are told apart by, so that every sheet about them has it again.
TELLING = {
    "household": {"head_name", "head_id", "size", "list_level", "income_year"},
    "member": {
        "name", "id_number", "id_type", "person_id", "relation", "sex", "birth_date", "age",
    },
    "procedure": set(),
    "survey": set(),
}  # fmt: skip
_UNIT = {"member": "人", "household": "户"}
_IN_LISTS = (("id_number",), ("household_id", "name"), (PLAIN_VILLAGE, "name"))
# So many rows, and so many of them in the other sheet, are no chance.
_LEAST_ROWS = 5
_LEAST_SHARE = 0.9


class SheetKind(NamedTuple):
    """Sheets of the same columns (of one table), whether they are form pages, or copies."""

    columns: frozenset[str]
    is_form: bool
    is_copy: bool = False


Kinds = Mapping[int, SheetKind]  # by the number of the sheet


def copies_in(
    table: str, frame: pl.DataFrame, sheets: Sequence[SheetTable], kinds: Kinds
) -> dict[int, tuple[int, int]]:
    """The sheets of a workbook that repeat another one before them; which, and how many rows."""
    groups: dict[tuple[int, SheetKind], list[int]] = {}
    for number, kind in kinds.items():
        if table in _SAME and not kind.is_form and not sheets[number].beside:
            groups.setdefault((sheets[number].file, kind), []).append(number)
    found: dict[int, tuple[int, int]] = {}
    for (_, kind), numbers in groups.items():
        key = [name for name in _SAME[table] if name in kind.columns]
        if len(numbers) == 1 or "household_id" not in key:
            continue
        sheet = sheet_number().alias("sheet")
        rows = frame.select(sheet, *key).filter(
            c.sheet.is_in(numbers) & c.household_id.is_not_null()
        )
        doubles = rows.filter(pl.struct(key).is_duplicated())
        if doubles.is_empty():
            continue
        counts = dict(rows.group_by("sheet").len().iter_rows())
        own = doubles.unique(["sheet", *key])
        pairs = own.join(own, on=key, suffix="!", nulls_equal=True).filter(c.sheet > c("sheet!"))
        shared = pairs.group_by("sheet", "sheet!").len().sort("sheet", "sheet!")
        for number, first, count in shared.iter_rows():
            is_copy = count >= max(_LEAST_ROWS, _LEAST_SHARE * counts[number])
            if is_copy and first not in found and sheets[number].sheet != sheets[first].sheet:
                found.setdefault(number, (first, count))
    return found


def tell_copies(
    table: str, sheets: Sequence[SheetTable], copies: Mapping[int, tuple[int, int]]
) -> Iterator[Observation]:
    """Once for each sheet, with its name and that of the sheet it repeats."""
    for number, (first, count) in copies.items():
        seen = {
            "copy": f"工作表“{sheets[number].sheet}”",
            "other": f"“{sheets[first].sheet}”",
            "same": f"列名相同，{count}{_UNIT[table]}也",
        }
        ref, column = (
            reference(number, sheets[number].heading_row),
            min(sheets[number].columns.values()),
        )
        yield Observation(Notice.COPIED_SHEET, ref, table, sheet_column=column, seen=seen)


def lists_of_some(
    table: str, frame: pl.DataFrame, kinds: Kinds, sheets: Sequence[SheetTable]
) -> Set[SheetKind]:
    """The kinds of sheets that have less than another says of members, and mostly the same ones.

    Such a list (students, disabled) is for something else than to register people.
    """
    distinct = {*kinds.values()}
    if table != "member" or len(distinct) == 1:
        return set()
    poor = {kind for kind in distinct if any(_is_poor(kind, other) for other in distinct)}
    if not poor:
        return set()
    frame = with_plain_village(frame, sheets).with_columns(sheet=sheet_number())
    of_register = [number for number, kind in kinds.items() if kind not in poor]
    register = frame.filter(c.sheet.is_in(of_register))
    return {
        kind for kind in poor if _are_in(frame, [n for n in kinds if kinds[n] == kind], register)
    }


def with_plain_village(frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With the village that the row names, or the name or title of its sheet."""
    told = {number: sheet.village_of_rows for number, sheet in enumerate(sheets)}
    of_sheet = sheet_number().replace_strict(told, return_dtype=pl.String)
    return frame.with_columns(plain_village(pl.coalesce("village", of_sheet)).alias(PLAIN_VILLAGE))


def _is_poor(kind: SheetKind, other: SheetKind) -> bool:
    """Whether it lacks required columns of the other and has no others, or has few columns."""
    if kind.is_form or other.is_form or kind.columns == other.columns:
        return False
    required = required_columns("member")
    own, theirs = (required & each.columns for each in (kind, other))
    return has_less(own, len(kind.columns), theirs, len(other.columns))


def has_less(own: Set[str], columns: int, theirs: Set[str], their_columns: int) -> bool:
    """Whether a sheet with these required columns, and so many in all, has less than others."""
    return own < theirs or (own == theirs and 2 * columns <= their_columns)


def _are_in(frame: pl.DataFrame, numbers: Collection[int], register: pl.DataFrame) -> bool:
    """Whether most rows of these sheets are of people in the register."""
    rows = frame.filter(c.sheet.is_in(numbers))
    return any(
        2 * rows.drop_nulls(key).join(register, on=[*key], how="semi").height > rows.height
        for key in _IN_LISTS
    )
