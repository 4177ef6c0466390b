"""Households of a register without 户编号: told by the head's name and the village.

What stands for it says both, （无户编号）张三（官山镇王庄村）, and tables are joined by it as
by any other. It is of the only household of that head in the village, or of two in the group,
which it then says too: else nobody can tell which members are whose, which is said. Where members'
sheets do not name the heads either, each 户主 begins a household if there are as many members
below as the households' rows say.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from jiandang.intake.home_places import places_of
from jiandang.intake.named_rows import told_at_heads, unsure_members
from jiandang.register.person_names import plain_name_expr
from jiandang.register.place import UNNUMBERED
from jiandang.register.register import Observation, SheetTable, sheet_number

c = pl.col
_KEY = ["label", "head"]
_HEADS = {"household": "head_name", "member": "own_head_name"}
# Of so many households the number of members has to be the one that is said of them.
_MOST = 0.9


class StandIns(NamedTuple):
    """The numbers of the rows of households and of members, and what is to be said of them."""

    numbers: Mapping[str, pl.Series]
    seen: Sequence[Observation] = ()


def stand_ins(tables: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]) -> StandIns:
    """What stands for the numbers of households where no sheet has 户编号; nothing elsewhere."""
    of_homes = [n for n, s in enumerate(sheets) if s.table in _HEADS and not s.is_form]
    if any(sheets[n].has(sheets[n].table, "household_id") for n in of_homes):
        return StandIns({})
    open_ = [n for n in of_homes if not sheets[n].only_completes]
    # A public list may name a household at each level.
    listing = [n for n in open_ if sheets[n].has("household", "list_level")]
    is_open = sheet_number().is_in(open_) & c.household_id.is_null()
    if not any(tables[table].select(is_open.any()).item() for table in _HEADS):
        return StandIns({})
    places = places_of(tables, sheets)
    known = (
        _known(table, tables[table].with_columns(is_open=is_open), places[table])
        for table in _HEADS
    )
    rows = pl.concat(known).with_columns(is_once=~c.sheet.is_in(listing))
    rows = _in_groups(_told_by_order(_in_villages_of_files(_with_heads(rows))))
    asked = rows.filter("is_open").drop_nulls("head")
    numbers = _numbers(asked, rows.filter(c.number.is_not_null(), "is_head"))
    told = asked.drop("number").join(numbers, on=_KEY, nulls_equal=True, maintain_order="left")
    found = {
        table: tables[table]
        .select("ref", "household_id")
        .join(told.select("ref", "number"), on="ref", how="left", maintain_order="left")
        .select(household_id=pl.coalesce("household_id", "number"))
        .to_series()
        for table in _HEADS
    }
    return StandIns(found, [*_said(told.filter(table="member"), sheets)])


def _known(table: str, rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Of each row what it says of whose household it is; `own` is a member's own name."""
    is_member = table == "member"
    own = rows.select(
        "ref",
        "is_open",
        table=pl.lit(table),
        sheet=sheet_number(),
        number="household_id",
        is_head=(c.relation == "户主").fill_null(False) if is_member else pl.lit(True),
        written=_HEADS[table],
        own=c.name if is_member else pl.lit(None, pl.String),
        size=pl.lit(None, pl.Int64) if is_member else c.size.cast(pl.Int64),
    )
    # 官山 and 官山镇 are one town.
    label = c.label.str.replace_all("镇|乡|街道", "")
    return own.hstack(places.select("file", "group", label, place="label"))


def _with_heads(rows: pl.DataFrame) -> pl.DataFrame:
    """With the plain name of each row's head; on sheets that name none, of the 户主 above it.

    `order` counts the households there.
    """
    is_silent = c.is_open & c.written.is_null().all().over("sheet")
    starts = c.is_head & (c.table == "member")
    above = pl.when(starts).then("own").forward_fill().over("sheet")
    return rows.with_columns(
        written=pl.when(is_silent).then(above).otherwise("written"),
        order=pl.when(is_silent).then(starts.cum_sum().over("sheet")),
    ).with_columns(head=plain_name_expr(c.written))


def _in_villages_of_files(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that name no village are of the only one in which their file has that head."""
    named = rows.drop_nulls(_KEY).select("file", "head", village="label").unique()
    sole = named.filter(pl.struct("file", "head").is_unique())
    joined = rows.join(sole, on=["file", "head"], how="left", maintain_order="left")
    return joined.with_columns(label=pl.coalesce("label", "village")).drop("village")


def _told_by_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the heads of sheets that name none, unless the sizes of their households agree."""
    sizes = rows.filter(table="household").drop_nulls(["head", "size"])
    sizes = sizes.unique([*_KEY, "size"]).unique(_KEY, keep="none")
    homes = rows.drop_nulls("order").group_by("sheet", "order", *_KEY).agg(persons=pl.len())
    homes = homes.join(sizes.select(*_KEY, "size"), on=_KEY, how="left", nulls_equal=True)
    agree = (c.persons == c.size).fill_null(False).mean()
    sheets = homes.group_by("sheet").agg(agree.alias("share")).filter(c.share >= _MOST)["sheet"]
    is_told = c.order.is_null() | c.sheet.is_in(sheets.implode())
    return rows.with_columns(pl.when(is_told).then("head").alias("head"))


def _in_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """With the group as part of the place, where a village has several households of one head.

    Each of their rows says it.
    """
    heads = c.sheet.filter("is_open", "is_head", "is_once")
    is_told = heads.is_duplicated().any().over(_KEY) & c.group.is_not_null().all().over(_KEY)
    group = pl.when(c.group.str.contains("^[0-9]+$")).then(c.group + "组").otherwise("group")
    is_told &= c.head.is_not_null() & c.label.is_not_null()
    return rows.with_columns(
        pl.when(is_told).then(pl.col(name) + group).otherwise(name).alias(name)
        for name in ("label", "place")
    )


def _numbers(asked: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Of each village and head what stands for the number, and whether there `are_two` of them."""
    # The same sheet names each once; other sheets may name him again.
    heads = c.sheet.filter("is_head", "is_once")
    each = asked.group_by(_KEY, maintain_order=True).agg(
        are_two=heads.is_duplicated().any(),
        name=c.written.first(),
        place=c.place.drop_nulls().first(),
    )
    # Of a row that names no village the head may be any village's; and he may have a number.
    is_anywhere = c.label.is_null().any().over("head") & (pl.len().over("head") > 1)
    taken = numbered["head"].unique().implode()
    is_unsure = c.are_two | is_anywhere
    place = pl.format("（{}）", "place").fill_null("")
    number = pl.when(~is_unsure & ~c.head.is_in(taken)).then(
        pl.format(UNNUMBERED + "{}{}", "name", place)
    )
    return each.select(*_KEY, number=number, is_unsure=is_unsure)


def _said(members: pl.DataFrame, sheets: Sequence[SheetTable]) -> Iterator[Observation]:
    rows = members.with_columns(household_id="number", own_head_name="written")
    yield from told_at_heads("member", rows, sheets)
    unsure = members.filter("is_unsure").unique(_KEY, keep="first", maintain_order=True)
    yield from unsure_members(unsure.select("ref", "written"))
