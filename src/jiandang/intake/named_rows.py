"""Rows of households' sheets without 户编号: of the household whose head and village they name.

The form may stand on one sheet and the income on another, which has no numbers. A row there is of
the only household of that head in the village, where no other row of its sheets may be of it. On
a sheet most of whose rows are told so, rows that may be of several are said and not read; those of
heads whom nobody knows stay, and are told to lack the rest (LR220). A sheet that says but what
another one says too (a public list) is only compared with it (LR213).
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import polars as pl

from jiandang.intake.named_homes import told_by_head
from jiandang.intake.repeated_sheets import PLAIN_VILLAGE, TELLING, SheetKind, with_plain_village
from jiandang.register.notice import Notice
from jiandang.register.person_names import plain_name_expr
from jiandang.register.place import group_name
from jiandang.register.register import Observation, SheetTable, sheet_number, sheet_of
from jiandang.register.tables import PLACE_COLUMNS

c = pl.col
# The head's plain name, of whom the sheets of one kind have but one in the village; the group.
SOLE_HEAD, PLAIN_GROUP = "sole_head", "plain_group"
_NAME = "plain_head"
# What two rows of one head may not say differently, beside the name.
_SAYING = (PLAIN_VILLAGE, PLAIN_GROUP, "head_id")
_WHY = "户编号（这张表没有这一列；按户主姓名“{}”认不准是哪一户，这一行没有读入）"


class Named(NamedTuple):
    """The households' rows, without those of nobody knows which, and what is to be said of both."""

    rows: pl.DataFrame
    seen: list[Observation]


def names_alone(kind: SheetKind) -> bool:
    """Whether households stand there by the names of their heads, with what else is said of them.

    A public list, or one of those who applied, is no such sheet. Forms are told by their pages.
    """
    return (
        not kind.is_form
        and "head_name" in kind.columns
        and kind.columns.isdisjoint(("household_id", "list_level"))
        and bool(_adding(kind))
    )


def _adding(kind: SheetKind) -> Set[str]:
    """What a sheet says of households beside whose it is."""
    return kind.columns - {*PLACE_COLUMNS, *TELLING["household"]}


def numbered_by_names(
    frame: pl.DataFrame,
    sheets: Sequence[SheetTable],
    kinds: Mapping[int, SheetKind],
    fits: Mapping[SheetKind, set[SheetKind]],
    members: pl.DataFrame,
) -> Named:
    """The households' rows with numbers that others have, or the heads among the members.

    `kinds` are of the sheets by their numbers; each is filled only from those that it `fits`.
    """
    open_ = [kind for kind in dict.fromkeys(kinds.values()) if names_alone(kind)]
    if not open_:
        return Named(frame, [])
    rows = _with_names(frame, sheets).with_row_index("row")
    heads = members.filter((c.relation == "户主").fill_null(False))
    heads = heads.with_columns(head_name="name", head_id="id_number")
    homes = _homes(pl.concat([rows, _with_names(heads, sheets)], how="diagonal"))
    done = {kind for kind in kinds.values() if "household_id" in kind.columns}
    lost, seen = list[pl.DataFrame](), list[Observation]()
    for kind in open_:
        if homes.is_empty() or not done <= fits[kind]:
            continue
        own = rows.filter(sheet_number().is_in([n for n in kinds if kinds[n] == kind]))
        possible = _possible(own, homes)
        pairs = possible.filter(c.row.is_unique() & c.household_id.is_unique())
        if 2 * pairs.height < own.height:
            continue
        told = own.drop("household_id").join(pairs, on="row", maintain_order="left")
        registered = rows["household_id"].drop_nulls().implode()
        is_again = pairs["household_id"].is_in(registered).all()
        if not (is_again and any(_adding(kind) <= other.columns for other in done)):
            for each in told_by_head("household", told.with_columns(own_head_name="head_name")):
                # Where the number stands, it is the other sheet's.
                column = sheets[sheet_of(each.ref)].column("head_name")
                seen.append(each._replace(column=None, sheet_column=column, in_row=each.ref))
            lost.append(possible.join(pairs, on="row", how="anti").select("row"))
        done.add(kind)
        numbers = own.select("row").join(pairs, on="row", how="left")
        rows = rows.join(numbers, on="row", how="left", suffix="!", maintain_order="left")
        number = pl.coalesce("household_id", "household_id!").alias("household_id")
        rows = rows.with_columns(number).drop("household_id!")
    if lost:
        unread = rows.join(pl.concat(lost), on="row", how="semi", maintain_order="left")
        seen += _unread(unread)
        rows = rows.join(unread, on="row", how="anti", maintain_order="left")
    return Named(rows.select(frame.columns), seen)


def with_sole_heads(rows: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With what tells households that have no number, by their `kind` of sheet.

    Where nobody names the village it is that of the file.
    """
    files = {number: f"#{sheet.file}" for number, sheet in enumerate(sheets)}
    file = sheet_number().replace_strict(files, return_dtype=pl.String)
    named = _with_names(rows, sheets).with_columns(pl.coalesce(PLAIN_VILLAGE, file))
    is_sole = c.household_id.is_null() & pl.struct("kind", PLAIN_VILLAGE, _NAME).is_unique()
    return named.with_columns(pl.when(is_sole).then(_NAME).alias(SOLE_HEAD))


def _with_names(frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With the head's plain name, and village and group in one spelling."""
    groups = frame["group"].unique().drop_nulls().to_list()
    return with_plain_village(frame, sheets).with_columns(
        plain_name_expr(c.head_name).alias(_NAME),
        c.group.replace({name: group_name(name) for name in groups}).alias(PLAIN_GROUP),
    )


def _homes(rows: pl.DataFrame) -> pl.DataFrame:
    """Number and head's name of each household, and what is said of it anywhere."""
    said = rows.group_by("household_id", maintain_order=True).agg(
        c(*_SAYING).drop_nulls().first(), c(_NAME).drop_nulls().unique()
    )
    return said.explode(_NAME).drop_nulls(["household_id", _NAME])


def _possible(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """`row` and `household_id` of whom each row may be; where numbers agree, of nobody else."""
    pairs = rows.select("row", _NAME, *_SAYING).join(homes, on=_NAME, suffix="!")
    same = pl.all_horizontal((c(n) == c(f"{n}!")).fill_null(True) for n in _SAYING)
    pairs = pairs.filter(same)
    surest = (c.head_id == c("head_id!")).fill_null(False)
    pairs = pairs.filter(surest | ~surest.any().over("row"))
    pairs = pairs.filter(surest | ~surest.any().over("household_id"))
    return pairs.select("row", "household_id").unique(maintain_order=True)


def _unread(rows: pl.DataFrame) -> Iterator[Observation]:
    for ref, name in rows.select("ref", "head_name").iter_rows():
        seen = {"column": _WHY.format(name or ""), "rejected": True}
        yield Observation(Notice.EMPTY, ref, "household", "head_name", seen=seen)
