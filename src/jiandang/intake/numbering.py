"""Households that each village numbers from 1: their numbers told apart by the village.

A whole number (户编号) begins with the village's code. A short one is a household's in its village
alone, so that 1 of 王庄村 and 1 of 柳湾村 are two households. In all tables it becomes
官山镇王庄村第1号, by which they are joined, whatever is checked along; 001, 1号 and 第1户 are the
same number. Where each group of a village begins anew, the group stands in it too. Where a sheet
has but the end (户码) of the whole numbers of others, and the same heads, it is those.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from jiandang.intake.home_places import places_of
from jiandang.intake.restarts import begin_anew, by_group, by_order, by_runs, without_untold
from jiandang.patterns import regex
from jiandang.register.place import SHORT_NUMBER, number_in_village
from jiandang.register.register import Observation, SheetTable, sheet_number

c = pl.col

_WHOLE = "^[0-9]{15,20}$"
_OF_VILLAGE = 12  # digits of its code
_LONGEST = 14  # bytes of a short number: 第1234户
# What people write around it: 第1户, 1号, №1, 1.0.
_AROUND = r"^(?:第|No\.?)?([0-9]{1,11})(?:户|号|\.0+)?$"
# 贫困村, 农村 and 村民 are no village's name.
_VILLAGE = regex(
    "[\u4e00-\u9fff]{1,20}?(?:(?<![政然困贫弱点农乡全各本驻整分行])村(?:(?=民委员会)|(?![民组情干级]))|社区|居委会)"
)
_BEFORE_VILLAGE = regex("^.*(?:[镇乡县市年月份的]|(?<!社)区|街道|办事处)(?=.{2})")

# Of each row of a table, in its order: what stands in the cell (`raw`), the short `number` in it,
# and whose it is: `file`, `page`, `label` (town and village), `town`, `group`, `who`, `is_head`.
Known = dict[str, pl.DataFrame]


def village_in(text: str) -> str | None:
    """The one village that a title, or the name of a sheet or file, names."""
    found = {_BEFORE_VILLAGE.sub("", name) for name in _VILLAGE.findall(text)}
    return found.pop() if len(found) == 1 else None


def told_apart(
    tables: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> tuple[dict[str, pl.Series], list[Observation]]:
    """`household_id` of the tables that have short numbers, and what is to be said of these."""
    # Nearly all registers have no short ones, which lengths say at once.
    homes = [
        name
        for name, frame in tables.items()
        if "household_id" in frame.columns
        and (frame["household_id"].str.len_bytes() <= _LONGEST).any()
    ]
    if not homes:
        return {}, []
    places = places_of(tables, sheets)
    known = {name: _known(tables[name], places[name]) for name in homes}
    known = by_group(known)
    known = _of_one_numbering(known)
    known = _of_no_village(by_runs(known))
    known, seen = by_order(known, sheets)
    known, wanted = without_untold(known, sheets)
    exact = _in_two_spellings(known)
    whole = _whole_numbers(tables, places)
    numbers = {name: _ids(_with_whole(frame, whole), exact) for name, frame in known.items()}
    return numbers, [*seen, *wanted]


def _known(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    is_head = pl.lit(True)
    if "relation" in frame.columns and frame["relation"].null_count() < frame.height:
        is_head = (c.relation == "户主").fill_null(False)
        # A list of some, of pupils, has no heads.
        is_head |= ~is_head.any().over(sheet_number())
    name = next((name for name in ("name", "head_name") if name in frame.columns), None)
    number = pl.coalesce(
        c.raw.str.extract(_AROUND).str.replace("^0+([0-9])", "$1"),
        pl.when(c.raw.str.contains(SHORT_NUMBER)).then("raw"),
    )
    own = frame.select(
        c.household_id.alias("raw"),
        is_head=is_head,
        who=pl.lit(None, pl.String) if name is None else name,
    )
    known = places.hstack(own).with_columns(number=number)
    # A household's group may stand in its first row alone.
    is_next = c.number.ne_missing(c.number.shift()) | c.page.ne_missing(c.page.shift())
    return known.with_columns(group=c.group.forward_fill().over(is_next.cum_sum()))


def _of_one_numbering(known: Known) -> Known:
    """A number that two villages have is a slip where the town numbers all its households.

    There it stands for one household, of the village that has it first.
    """
    heads = (
        pl.concat(
            frame.filter("is_head").select("town", "label", "number", table=pl.lit(name))
            for name, frame in known.items()
        )
        .drop_nulls(["label", "number"])
        .unique(maintain_order=True)
    )
    anew = begin_anew(heads, ["town", "table"], "label")["town"].unique().implode()
    rows = pl.concat(
        frame.select("town", "label", "number", table=pl.lit(name)) for name, frame in known.items()
    )
    first = (
        pl.concat([heads, rows.drop_nulls(["label", "number"])])
        .filter(~c.town.is_in(anew))
        .unique(maintain_order=True)
        .filter(pl.struct("table", "town", "number").is_duplicated())
        .unique(["town", "number"], keep="first", maintain_order=True)
        .rename({"label": "first"})
    )
    if first.is_empty():
        return known
    return {name: _relabelled(frame, first, ["town", "number"]) for name, frame in known.items()}


def _of_no_village(known: Known) -> Known:
    """A row that names no village is of the only one that has its number.

    Another file may say which that is, where it has other tables of the households.
    """
    every = (
        pl.concat(
            frame.select("file", "label", "number", table=pl.lit(name))
            for name, frame in known.items()
        )
        .drop_nulls("number")
        .unique(maintain_order=True)
    )
    bare = every.filter(c.label.is_null())
    named = every.filter(c.label.is_not_null())
    if bare.is_empty() or named.is_empty():
        return known
    tables = {file: {*rows["table"]} for (file,), rows in named.group_by("file")}
    found = []
    for (file,), own in bare.group_by("file", maintain_order=True):
        apart = [other for other, its in tables.items() if its.isdisjoint(own["table"])]
        for files in ([file], apart):
            one = (
                named.filter(c.file.is_in(files))
                .select("label", "number")
                .unique(maintain_order=True)
                .filter(~c.number.is_duplicated())
            )
            found.append(one.with_columns(file=pl.lit(file, pl.Int64)))
    first = pl.concat(found).unique(["file", "number"], keep="first").rename({"label": "first"})
    return {
        name: _relabelled(frame, first, ["file", "number"], only=c.label.is_null())
        for name, frame in known.items()
    }


def _relabelled(
    frame: pl.DataFrame, first: pl.DataFrame, on: Sequence[str], only: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows with the label that `first` has for them; `only` says which rows may get one."""
    asked = c.label.is_not_null() if only is None else only
    joined = frame.join(
        first.select(*on, "first"), on=[*on], how="left", nulls_equal=True, maintain_order="left"
    )
    label = pl.when(asked).then(pl.coalesce("first", "label")).otherwise("label")
    return joined.with_columns(label=label).drop("first")


def _in_two_spellings(known: Known) -> pl.Series:
    """The villages in which 1 and 001 are two households of one sheet."""
    found = [
        frame.filter("is_head")
        .drop_nulls(["label", "number"])
        .group_by("page", "label", "number")
        .agg(spellings=c.raw.n_unique())
        .filter(c.spellings > 1)["label"]
        for frame in known.values()
    ]
    return pl.concat(found).unique()


def _whole_numbers(
    tables: Mapping[str, pl.DataFrame], places: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """The whole numbers of each village by what they end with, and whose households they are."""
    parts = [
        _known(tables[name], frame)
        .filter("is_head", c.raw.str.contains(_WHOLE))
        .select(
            "label",
            "who",
            number=c.raw.str.slice(_OF_VILLAGE).str.strip_chars_start("0"),
            whole="raw",
        )
        for name, frame in places.items()
        if "household_id" in tables[name].columns
    ]
    found = pl.concat(parts).drop_nulls().unique()
    return found.filter(pl.struct("label", "number", "who").is_unique())


def _with_whole(frame: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """The rows with the whole number where theirs is its end, and the head is the same."""
    heads = frame.filter("is_head").select("label", "number", "who").drop_nulls().unique()
    told = heads.join(whole, on=["label", "number", "who"]).select("label", "number", "whole")
    told = told.filter(pl.struct("label", "number").is_unique(), c.whole.is_unique())
    return frame.join(told, on=["label", "number"], how="left", maintain_order="left")


def _ids(frame: pl.DataFrame, exact: pl.Series) -> pl.Series:
    number = pl.when(c.label.is_in(exact.implode())).then("raw").otherwise("number")
    whole = pl.when(c.number.is_not_null()).then(number_in_village(c.label, number))
    return frame.select(household_id=pl.coalesce("whole", whole, "number", "raw"))["household_id"]
