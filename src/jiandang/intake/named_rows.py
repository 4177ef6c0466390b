"""Rows of sheets without 户编号: of the household whose head and village they name.

The form may stand on one sheet and the income on another, which has no numbers. A row there is of
the only household of that head in the village, where no other row of its sheets may be of it. On
a sheet most of whose heads are known, rows that may be of several are said and not read; those of
heads whom nobody knows stay, and are told to lack the rest (LR220). A sheet that says but what
another one says too (a public list) is only compared with it (LR213). Of a list of helpers, phones
or accounts no row stays that is of no household which is known: it makes none by itself.

Members whose sheet has their heads' names are told by these in the same way, however many of them
are of one household.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import polars as pl

from jiandang.intake.named_homes import told_by_head
from jiandang.intake.repeated_sheets import PLAIN_VILLAGE, TELLING, SheetKind, with_plain_village
from jiandang.register.notice import Notice
from jiandang.register.person_names import plain_name_expr
from jiandang.register.place import group_name, town_name
from jiandang.register.register import Observation, SheetTable, sheet_number, sheet_of
from jiandang.register.tables import PLACE_COLUMNS

c = pl.col
# The head's plain name, of whom the sheets of one kind have but one in the village; the group.
SOLE_HEAD, PLAIN_GROUP = "sole_head", "plain_group"
_PLAIN_TOWN = "plain_town"
_NAME = "plain_head"
# Of so many of a sheet's rows the heads have to be known.
_MOST = 0.5
# What two rows of one head may not say differently, beside the name.
_SAYING = (_PLAIN_TOWN, PLAIN_VILLAGE, PLAIN_GROUP, "head_id")
_UNSURE = "户编号（这张表没有这一列；按户主姓名“{}”认不准是哪一户"
_WHY = f"{_UNSURE}，这一行没有读入）"
_STRANGE = "户编号（这张表没有这一列；按户主姓名在登记表里找不到“{}”等{}户，这{}行没有读入）"


class Named(NamedTuple):
    """The households' rows, without those of nobody knows which, and what is to be said of both."""

    rows: pl.DataFrame
    seen: list[Observation]


def names_alone(kind: SheetKind) -> bool:
    """Whether households stand there by their heads alone, with what else is said of them.

    A public list, or one of those who applied, is no such sheet. Forms are told by their pages.
    """
    return (
        not kind.is_form
        and not kind.columns.isdisjoint(("head_name", "head_id"))
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
    heads = _heads(members)
    rows, homes = _with_homes(frame, heads, sheets)
    rows = _named_by_numbers(rows, homes).with_row_index("row")
    done = {kind for kind in kinds.values() if "household_id" in kind.columns}
    lost, seen = list[pl.DataFrame](), list[Observation]()
    for kind in open_:
        if homes.is_empty() or not done <= fits[kind]:
            continue
        of_kind = sheet_number().is_in([n for n in kinds if kinds[n] == kind])
        own = rows.filter(of_kind & c.household_id.is_null())
        possible = _possible(own, homes)
        pairs = possible.filter(c.row.is_unique() & c.household_id.is_unique())
        if 2 * possible["row"].n_unique() < own.height:
            continue
        told = own.drop("household_id").join(pairs, on="row", maintain_order="left")
        registered = rows["household_id"].drop_nulls().implode()
        is_again = pairs["household_id"].is_in(registered).all()
        if not (is_again and any(_adding(kind) <= other.columns for other in done)):
            by = "户主姓名" if "head_name" in kind.columns else "户主证件号码对到的户主"
            named = told.with_columns(own_head_name=pl.coalesce("head_name", _NAME))
            seen += told_at_heads("household", named, sheets, by)
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


def _named_by_numbers(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """With the names of heads of whom the rows say but the number."""
    known = homes.drop_nulls("head_id").unique("head_id", keep="none")
    numbers = known.select("head_id", named=_NAME)
    named = rows.join(numbers, on="head_id", how="left", maintain_order="left")
    return named.with_columns(pl.coalesce(_NAME, "named").alias(_NAME)).drop("named")


def without_strangers(households: pl.DataFrame, sheets: Sequence[SheetTable]) -> Named:
    """The households without the rows of lists that only complete them, and could not.

    What is noticed are these rows, once a sheet.
    """
    numbers = [number for number, sheet in enumerate(sheets) if sheet.only_completes]
    is_strange = sheet_number().is_in(numbers) & c.household_id.is_null() & c.others.is_null()
    if not numbers or (rows := households.filter(is_strange)).is_empty():
        return Named(households, [])
    seen = list[Observation]()
    for _, own in rows.group_by(sheet_number(), maintain_order=True):
        names = own["head_name"].drop_nulls()
        what = _STRANGE.format(next(iter(names), ""), names.n_unique(), own.height)
        about = {"column": what, "rejected": True}
        seen.append(Observation(Notice.EMPTY, own["ref"][0], "household", "head_name", seen=about))
    return Named(households.filter(~is_strange), seen)


def numbered_members(
    members: pl.DataFrame, households: pl.DataFrame, sheets: Sequence[SheetTable]
) -> Named:
    """The members of sheets without 户编号 with the number of the household whose head they name.

    Those of a head of whom there may be several stay without, and are said.
    """
    open_ = [
        number
        for number, sheet in enumerate(sheets)
        if sheet.table == "member"
        and not sheet.is_form
        and sheet.has("household", "head_name")
        and not sheet.has("member", "household_id")
    ]
    of_open = sheet_number().is_in(open_)
    is_asked = of_open & c.household_id.is_null() & c.own_head_name.is_not_null()
    if not open_ or not members.select(is_asked.any()).item():
        return Named(members, [])
    rows = members.with_row_index("row")
    heads = _heads(members.filter(~of_open))
    known = pl.concat([households, heads], how="diagonal")
    nobody = pl.lit(None, pl.String).alias("head_id")
    asked = rows.filter(is_asked).with_columns(nobody, head_name="own_head_name")
    asked, homes = _with_homes(asked, known, sheets)
    possible = _possible(asked, homes)
    pairs = possible.filter(c.row.is_unique())
    # Of a sheet that is mostly of others' households, one of the same name is a chance.
    told = asked.drop("household_id").join(pairs, on="row", how="left", maintain_order="left")
    shares = told.group_by(sheet_number().alias("sheet")).agg(c.household_id.is_not_null().mean())
    own = sheet_number().is_in(shares.filter(c.household_id >= _MOST)["sheet"].implode())
    told = told.filter(own)
    unsure = told.filter(c.household_id.is_null()).join(possible, on="row", how="semi")
    seen = told_at_heads("member", told, sheets)
    # The whole of a household names its head in each row: once a head.
    unsure = unsure.unique(_NAME, keep="first", maintain_order=True)
    seen += unsure_members(unsure.select("ref", "own_head_name"))
    numbers = rows.select("row", "household_id").join(
        told.select("row", "household_id"), on="row", how="left", suffix="!", maintain_order="left"
    )
    number = numbers.select(pl.coalesce("household_id", "household_id!")).to_series()
    return Named(members.with_columns(number.alias("household_id")), seen)


def with_sole_heads(rows: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With what tells households that have no number, by their `kind` of sheet.

    Where nobody names the village it is that of the file.
    """
    files = {number: f"#{sheet.file}" for number, sheet in enumerate(sheets)}
    file = sheet_number().replace_strict(files, return_dtype=pl.String)
    named = _with_names(rows, sheets).with_columns(pl.coalesce(PLAIN_VILLAGE, file))
    is_open, own = c.household_id.is_null(), ("kind", PLAIN_VILLAGE, _NAME)
    # Villages of one name are told apart by the town.
    is_sole, in_town = (pl.struct(*own, *more).is_unique() for more in ((), (_PLAIN_TOWN,)))
    sole = pl.when(is_open & is_sole).then(_NAME)
    return named.with_columns(
        sole.when(is_open & in_town).then(pl.concat_str(_NAME, _PLAIN_TOWN)).alias(SOLE_HEAD)
    )


def _with_names(frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """With the head's plain name, and town, village and group in one spelling."""
    groups, towns = (frame[name].unique().drop_nulls().to_list() for name in ("group", "town"))
    return with_plain_village(frame, sheets).with_columns(
        plain_name_expr(c.head_name).alias(_NAME),
        c.group.replace({name: group_name(name) for name in groups}).alias(PLAIN_GROUP),
        c.town.replace({name: town_name(name) for name in towns}).alias(_PLAIN_TOWN),
    )


def _heads(members: pl.DataFrame) -> pl.DataFrame:
    """The members who head their households, as rows of these."""
    heads = members.filter((c.relation == "户主").fill_null(False))
    return heads.with_columns(head_name="name", head_id="id_number")


def _with_homes(
    rows: pl.DataFrame, known: pl.DataFrame, sheets: Sequence[SheetTable]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with names and villages, and the households of which they or `known` tell.

    Where nobody says the village of a row it is the only one of its file, if that names one.
    """
    files = {number: sheet.file for number, sheet in enumerate(sheets)}
    file = sheet_number().replace_strict(files, return_dtype=pl.Int64).alias("in_file")
    own, others = (_with_names(each, sheets).with_columns(file) for each in (rows, known))
    every = pl.concat([own, others], how="diagonal")
    villages = every.drop_nulls(PLAIN_VILLAGE).unique(["in_file", PLAIN_VILLAGE])
    sole = villages.filter(c.in_file.is_unique()).select("in_file", sole=PLAIN_VILLAGE)
    own, every = (
        each.join(sole, on="in_file", how="left", maintain_order="left")
        .with_columns(pl.coalesce(PLAIN_VILLAGE, "sole").alias(PLAIN_VILLAGE))
        .drop("in_file", "sole")
        for each in (own, every)
    )
    return own, _homes(every)


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


def told_at_heads(
    table: str, rows: pl.DataFrame, sheets: Sequence[SheetTable], by: str = "户主姓名"
) -> list[Observation]:
    """What is said of rows told by their heads, at the heads: the number is another sheet's."""
    seen = []
    for each in told_by_head(table, rows, by):
        columns = map(sheets[sheet_of(each.ref)].column, ("head_name", "name", "head_id"))
        column = next((column for column in columns if column is not None), None)
        seen.append(each._replace(column=None, sheet_column=column, in_row=each.ref))
    return seen


def unsure_members(rows: pl.DataFrame) -> Iterator[Observation]:
    """Of members of whose head there may be several, each head once: reference and head's name."""
    for ref, name in rows.iter_rows():
        about = {"column": f"{_UNSURE.format(name)}）"}
        yield Observation(Notice.EMPTY, ref, "member", "name", seen=about)


def _unread(rows: pl.DataFrame) -> Iterator[Observation]:
    for ref, name in rows.select("ref", "head_name").iter_rows():
        seen = {"column": _WHY.format(name or ""), "rejected": True}
        yield Observation(Notice.EMPTY, ref, "household", "head_name", seen=seen)
