"""Sheets that repeat what others of the register say: lists of some people, and copies."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

import polars as pl

from jiandang.register.notice import Notice
from jiandang.register.place import plain_village
from jiandang.register.register import Observation, SheetTable, reference, sheet_number
from jiandang.register.tables import PLACE_COLUMNS, required_columns

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
_IN_LISTS = {
    "member": (("id_number",), ("household_id", "name"), (PLAIN_VILLAGE, "name")),
    "household": (("household_id", "head_name"), ("household_id", "head_id")),
}
# So many rows, and so many of them in the other sheet, are no chance.
_LEAST_ROWS = 5
_LEAST_SHARE = 0.9
_SHOWN = 3
# A list has at most so many of the columns that the register has of its households.
_FEW = 0.75


Named = tuple[str, str]  # a table and its column
# So many things are asked by a form, and not by another that is none of the same.
_OWN_OF_A_FORM = 2


class SheetKind(NamedTuple):
    """Sheets of the same columns (of one table), whether they are form pages; which copy it is.

    Pages of several forms have several numbers of a `form`, as `forms_of` tells them.
    """

    columns: frozenset[str]
    is_form: bool
    copy: int = 0  # each is a kind of its own, for all of them may have the same households
    form: int = 0


Kinds = Mapping[int, SheetKind]  # by the number of the sheet
# By the number of a sheet, those it repeats, and how many of its rows.
Copies: TypeAlias = dict[int, tuple[list[int], int]]


def forms_of(sheets: Sequence[SheetTable]) -> dict[tuple[int, str], int]:
    """The form that each sheet of form pages is filled in on, by its file and name, as a number."""
    columns: dict[tuple[int, str], set[Named]] = {}
    for sheet in sheets:
        if sheet.is_form:
            columns.setdefault((sheet.file, sheet.sheet), set()).update(sheet.columns)
    known: list[set[Named]] = []
    found = {}
    for place, own in columns.items():
        alike = (n for n, others in enumerate(known) if not are_other_forms(own, others))
        number = next(alike, len(known))
        if number == len(known):
            known.append(own)
        found[place] = number
    return found


def are_other_forms(one: Set[Named], other: Set[Named]) -> bool:
    """Whether pages are of two forms: either asks several things that the other does not.

    One form is not always filled in to the same end, nor its last lines printed.
    """
    one, other = ({n for n in own if n[1] not in PLACE_COLUMNS} for own in (one, other))
    return min(len(one - other), len(other - one)) >= _OWN_OF_A_FORM


def copies_in(
    table: str, frame: pl.DataFrame, sheets: Sequence[SheetTable], kinds: Kinds
) -> Copies:
    """The sheets of a workbook that repeat others (another one, those of the villages)."""
    groups: dict[tuple[int, SheetKind], list[int]] = {}
    for number, kind in kinds.items():
        if table in _SAME and not kind.is_form and not sheets[number].beside:
            groups.setdefault((sheets[number].file, kind), []).append(number)
    found: Copies = {}
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
        many = dict(own.group_by("sheet").len().iter_rows())
        # The first of two that are the same is no copy.
        for number in sorted(many, reverse=True):
            least = max(_LEAST_ROWS, _LEAST_SHARE * counts[number])
            if many[number] < least:
                continue
            elsewhere = [n for n in many if sheets[n].sheet != sheets[number].sheet]
            others = own.filter(c.sheet.is_in(elsewhere) & ~c.sheet.is_in([*found]))
            mine = own.filter(c.sheet == number)
            count = mine.join(others, on=key, how="semi", nulls_equal=True).height
            if count >= least:
                theirs = others.join(mine, on=key, how="semi", nulls_equal=True)
                found[number] = (_needed(theirs, key), count)
    return dict(sorted(found.items()))


def _needed(rows: pl.DataFrame, key: Sequence[str]) -> list[int]:
    """The sheets of these rows, without those of which the ones before have every row."""
    first = rows.sort("sheet").unique(key, keep="first", maintain_order=True)
    return first["sheet"].unique().sort().to_list()


def tell_copies(table: str, sheets: Sequence[SheetTable], copies: Copies) -> Iterator[Observation]:
    """Once for each sheet, with its name and that of the sheets it repeats."""
    for number, (others, count) in copies.items():
        names = [f"“{sheets[other].sheet}”" for other in others]
        shown = "".join(names[:_SHOWN])
        seen = {
            "copy": f"工作表“{sheets[number].sheet}”",
            "other": shown if len(names) <= _SHOWN else f"{shown}等{len(names)}张工作表",
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
    """The kinds of sheets that have less than another one says, and mostly of the same ones.

    Such a list (students, disabled, a public list) is for something else than to register them.
    """
    distinct = {*kinds.values()}
    if table not in _IN_LISTS or len(distinct) == 1:
        return set()
    poor = {kind for kind in distinct if any(_is_poor(table, kind, other) for other in distinct)}
    if not poor:
        return set()
    frame = with_plain_village(frame, sheets).with_columns(sheet=sheet_number())
    of_register = [number for number, kind in kinds.items() if kind not in poor]
    register = frame.filter(c.sheet.is_in(of_register))
    return {
        kind
        for kind in poor
        if _are_in(table, frame, [n for n in kinds if kinds[n] == kind], register)
    }


def with_plain_village(frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With the village that the row names, or the name or title of its sheet."""
    told = {number: sheet.village_of_rows for number, sheet in enumerate(sheets)}
    of_sheet = sheet_number().replace_strict(told, return_dtype=pl.String)
    return frame.with_columns(plain_village(pl.coalesce("village", of_sheet)).alias(PLAIN_VILLAGE))


def _is_poor(table: str, kind: SheetKind, other: SheetKind) -> bool:
    """Whether it lacks required columns of the other and has no others, or has few columns.

    Sheets of households have the columns of their villages: those of a list are few.
    """
    if kind.is_form or other.is_form or kind.columns == other.columns:
        return False
    if table == "household":
        return len(kind.columns) <= _FEW * len(other.columns)
    required = required_columns("member")
    own, theirs = (required & each.columns for each in (kind, other))
    return has_less(own, len(kind.columns), theirs, len(other.columns))


def has_less(own: Set[str], columns: int, theirs: Set[str], their_columns: int) -> bool:
    """Whether a sheet with these required columns, and so many in all, has less than others."""
    return own < theirs or (own == theirs and 2 * columns <= their_columns)


def _are_in(
    table: str, frame: pl.DataFrame, numbers: Collection[int], register: pl.DataFrame
) -> bool:
    """Whether most rows of these sheets are of people or households in the register."""
    rows = frame.filter(c.sheet.is_in(numbers))
    return any(
        2 * rows.drop_nulls(key).join(register, on=[*key], how="semi").height > rows.height
        for key in _IN_LISTS[table]
    )
