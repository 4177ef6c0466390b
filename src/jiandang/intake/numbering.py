"""Households that each village numbers from 1: their numbers told apart by the village.

A whole number (户编号) begins with the village's code. A short one is a household's in its village
alone, so that 1 of 王庄村 and 1 of 柳湾村 are two households. Where villages number so, a short
number becomes 王庄村第1号 in all tables, by which they are joined; elsewhere nothing changes.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from jiandang.register.place import (
    SHORT_NUMBER,
    VILLAGE_ENDINGS,
    number_in_village,
    plain_village,
)
from jiandang.register.register import ROW_BITS, SheetTable

_LONGEST = 11  # bytes of a short number
# 贫困村, 农村 and 村民 are no village's name.
_VILLAGE = re.compile(
    "[\u4e00-\u9fff]{1,20}?(?:(?<![政然困贫弱点农乡全各本驻整分行])村(?![民组情干级])|社区|居委会)"
)
_BEFORE_VILLAGE = re.compile("^.*(?:[镇乡县市年月份的]|(?<!社)区|街道|办事处)(?=.{2})")


def village_in(text: str) -> str | None:
    """The one village that a title, or the name of a sheet or file, names."""
    found = {_BEFORE_VILLAGE.sub("", name) for name in _VILLAGE.findall(text)}
    return found.pop() if len(found) == 1 else None


def told_apart(
    tables: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> dict[str, pl.Series]:
    """`household_id` of the tables in which it changes: none where no villages share numbers."""
    homes = {
        name: frame
        for name, frame in tables.items()
        if "household_id" in frame.columns and _has_short(frame["household_id"])
    }
    if not homes:
        return {}
    places = {
        name: _places(frame, sheets)
        for name, frame in tables.items()
        if "village_code" in frame.columns
    }
    labels = _labels(pl.concat(places.values()).unique(maintain_order=True))
    known = {
        name: frame.select(
            pl.when(pl.col("household_id").str.contains(SHORT_NUMBER)).then("household_id"),
            village=places[name].join(
                labels, on=labels.columns[:3], how="left", nulls_equal=True, maintain_order="left"
            )["label"],
        )
        for name, frame in homes.items()
    }
    if not any(_begin_anew(known[name], frame) for name, frame in homes.items()):
        return {}
    # A row that names no village is of the only one that has its number.
    pairs = pl.concat(known.values()).drop_nulls().unique(maintain_order=True)
    only = pairs.filter(~pl.col("household_id").is_duplicated()).rename({"village": "only"})
    return {
        name: frame["household_id"]
        .to_frame()
        .with_columns(
            known[name]
            .join(only, on="household_id", how="left", maintain_order="left")
            .select(short=number_in_village(pl.coalesce("village", "only"), pl.col("household_id")))
        )
        .select(pl.coalesce("short", "household_id").alias("household_id"))["household_id"]
        for name, frame in homes.items()
    }


def _has_short(numbers: pl.Series) -> bool:
    # Nearly all registers have none, which lengths say at once.
    return bool((numbers.str.len_bytes() <= _LONGEST).any())


def _places(frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """What each row says of its village (`town`, `name`, `code`), else what its sheet says.

    What is written in a village's first row alone holds for those below it.
    """
    of_sheets = {number: sheet.village for number, sheet in enumerate(sheets)}
    sheet = pl.col("ref") // 2**ROW_BITS
    code = pl.col("village_code")
    said = frame.select(
        "town",
        name="village",
        code=pl.when(code.str.contains("^[0-9]{12}$")).then(code),
        sheet=sheet,
        of_sheet=sheet.replace_strict(of_sheets, return_dtype=pl.String),
    )
    begins = pl.any_horizontal(pl.col("name", "code").is_not_null())
    begins |= pl.col("sheet") != pl.col("sheet").shift(1, fill_value=-1)
    first = pl.when(begins).then(pl.int_range(pl.len())).forward_fill()
    return said.select(
        pl.col("town").gather(first),
        pl.coalesce(pl.col("name").gather(first), "of_sheet").alias("name"),
        pl.col("code").gather(first),
    )


def _labels(places: pl.DataFrame) -> pl.DataFrame:
    """The places with `label`, the name by which each one's village is told from the others."""
    plain = places.with_columns(plain_village(pl.col("name"))).rows()
    town_of: dict[str, str] = {}
    name_of: dict[str, str] = {}
    for town, name, code in plain:
        if code and town:
            town_of.setdefault(code[:9], town)
        if code and name:
            name_of.setdefault(code, name)

    def whole(town: str | None, name: str | None, code: str | None) -> tuple[str, str | None]:
        """The town, by its code where its name is not known, and the village's name."""
        in_code = (code or "")[:9]
        return town or town_of.get(in_code, in_code), name or name_of.get(code or "", code)

    found = [whole(*place) for place in plain]
    towns: defaultdict[str | None, set[str]] = defaultdict(set)
    for town, name in found:
        towns[name].update({town} - {""})

    def label(town: str, name: str | None) -> str | None:
        if name is None:
            return None
        shown = name if name.endswith(VILLAGE_ENDINGS) else f"{name}村"
        return f"{town}{shown}" if len(towns[name]) > 1 else shown

    labels = [label(*each) for each in found]
    return places.with_columns(pl.Series("label", labels, dtype=pl.String))


def _begin_anew(known: pl.DataFrame, frame: pl.DataFrame) -> bool:
    """Whether another village has most of the short numbers of one: heads, where they are known.

    One number that two villages have is a slip where the town has one numbering.
    """
    if "relation" in frame.columns and frame["relation"].null_count() < frame.height:
        known = known.filter((frame["relation"] == "户主").fill_null(False))
    pairs = known.drop_nulls().unique()
    is_shared = pl.col("household_id").is_duplicated().alias("is_shared")
    shares = pairs.select("village", is_shared).group_by("village").agg(pl.col("is_shared").mean())
    return bool((shares["is_shared"] > 0.5).any())
