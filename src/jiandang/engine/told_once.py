"""One cause, one finding: what is wrong with nearly every row of a village, or of two exchanged."""

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.words import fields_of
from jiandang.register.notice import FAULTS, Notice
from jiandang.register.register import row_of, sheet_number
from jiandang.register.tables import COLUMNS, EMBEDDABLE

if TYPE_CHECKING:
    from jiandang.engine.run import Hits

# A column of the rows: what is said of others, for which this one stands; empty for a single cell.
TOGETHER = ".together"
# Columns of the rows of what was noticed: its number, and the row of whoever it is about.
NUMBER, WHO = ".number", ".who"
# Columns of what was found in lists.
_OF_LISTS = {"list", "list_name"}
# So many rows of a village at least, and this share of them: each of them is no fault of its own.
_LEAST_ROWS, _SHARE = 20, 0.9
# What so many of these have in common is what they are told for; others are told by themselves.
_COMMON, _FEW_UNLIKE = 0.95, 3
# Of so many rows of a village two may have been exchanged.
_FEW = 10
# Amounts are written with two digits behind the point.
_CENT = 0.01
# What was rounded when it was put into another unit is off by so much.
_ROUNDED = 0.02
_TEN_THOUSAND = 4
_POWER = ".power"


def told_once(hits: "Hits", frames: Frames) -> "Hits":
    """The same with one row for each cause.

    What a list of another department says is asked of each person.
    """
    if hits.clause is None:
        return _of_villages(_with_villages(_of_homes(hits, frames), frames), frames)
    if hits.rule.per not in ("row", "household") or hits.rule.across:
        return hits
    if not _OF_LISTS.isdisjoint(hits.rows.columns):
        return hits
    return _of_villages(_of_exchanged(hits), frames)


def _of_exchanged(hits: "Hits") -> "Hits":
    """Of two rows that have what is expected of each other only the first.

    They are of one household, or stand below each other; else it is by chance.
    """
    rows, at = hits.rows, hits.at
    if rows.height < 2 or not {at, "expected", "household_id"} <= set(rows.columns):
        return hits
    value, expected = pl.col(at), pl.col("expected")
    if rows[at].dtype.is_numeric() and rows["expected"].dtype.is_numeric():
        fits = ((value - expected.shift()).abs() <= _CENT) & (
            (expected - value.shift()).abs() <= _CENT
        )
    elif rows["expected"].dtype == pl.String:
        value = value.cast(pl.String)
        fits = (value == expected.shift()) & (expected == value.shift())
    else:
        return hits
    home = pl.col("household_id")
    # Where many rows are wrong, they are so for another cause.
    few = pl.len().over("village_key") <= _FEW if "village_key" in rows.columns else pl.lit(True)
    beside = (home == home.shift()) | (pl.col("ref") == pl.col("ref").shift() + 1)
    name = pl.coalesce(pl.col("^(name|head_name)$"), pl.lit("另一户"))
    rows = rows.sort("ref").with_columns(second=(fits & beside & few).fill_null(False))
    if not rows["second"].any():
        return hits
    # Of three in a row the third is told by itself.
    rows = rows.with_columns(
        second=pl.col("second") & ~pl.col("second").shift(fill_value=False)
    ).with_columns(
        pl.when(pl.col("second").shift(-1, fill_value=False))
        .then(pl.format("；“{}”的正好相反，像是两格填反了，换过来都相符", name.shift(-1)))
        .otherwise(pl.lit(""))
        .alias(TOGETHER)
    )
    return replace(hits, rows=rows.filter(~pl.col("second")).drop("second"))


def _of_homes(hits: "Hits", frames: Frames) -> "Hits":
    """What stands alike in all rows of a household's members, which is the household's, once."""
    if hits.table == "member" or hits.rule.notice not in FAULTS or hits.rows.height < 2:
        return hits
    values = pl.Series("value", [hits.seen[number].value for number in hits.rows[NUMBER]])
    is_of_member = pl.col("ref").is_in(frames["member"]["ref"].implode())
    home = pl.when(is_of_member, pl.col(WHO).is_not_null()).then("household_id")
    alike = pl.struct(home, sheet_number(), "value")
    rows = hits.rows.with_columns(values).with_columns(
        is_first=home.is_null() | alike.is_first_distinct(), others=pl.len().over(alike) - 1
    )
    told = rows.filter("is_first", home.is_not_null() & (pl.col("others") > 0))
    kept = hits.rows.filter(rows["is_first"])
    return replace(hits, rows=kept, of_home=dict(told.select("ref", "others").iter_rows()))


def _with_villages(hits: "Hits", frames: Frames) -> "Hits":
    """The same with the village of each row, and what stands in the cell, where that is a fault.

    What is noticed of other kinds is told of a column as one by reading itself.
    """
    is_of_cell = hits.rule.notice in FAULTS or hits.rule.notice is Notice.SWAPPED
    if not is_of_cell or not hits.seen or hits.rows.height < _LEAST_ROWS:
        return hits
    villages = frames[hits.table].select("ref", "village_key").unique("ref")
    values = pl.Series("value", [hits.seen[number].value for number in hits.rows[NUMBER]])
    rows = hits.rows.with_columns(values).join(
        villages, on="ref", how="left", maintain_order="left"
    )
    # What is said of a column is nobody's.
    village = pl.when(pl.col(WHO).is_not_null()).then("village_key")
    return replace(hits, rows=rows.with_columns(village_key=village))


def _of_villages(hits: "Hits", frames: Frames) -> "Hits":
    """Of each village of which nearly all rows are broken only the first of those alike."""
    if hits.rows.height < _LEAST_ROWS or "village_key" not in hits.rows.columns:
        return hits
    key = pl.col("village_key")
    broken = hits.rows.drop_nulls("village_key").group_by("village_key")
    counts = broken.len().filter(pl.col("len") >= _LEAST_ROWS)
    if counts.is_empty():
        return hits
    asked = frames[hits.table].filter(key.is_in(counts["village_key"].implode()))
    if hits.clause is None:
        # An empty cell cannot be wrong.
        is_faulty = pl.col("bad").str.contains(f"|{hits.at}|", literal=True)
        asked = asked.filter(pl.col(hits.at).is_not_null() | is_faulty)
    of = pl.len()
    if hits.table in EMBEDDABLE or hits.rule.per == "household":
        # A row that is there twice is one household's all the same.
        home = pl.col("household_id")
        of = home.drop_nulls().n_unique() + home.null_count()
    totals = asked.group_by("village_key").agg(of.alias("total"))
    wide = counts.join(totals, on="village_key").filter(pl.col("len") >= _SHARE * pl.col("total"))
    if wide.is_empty():
        return hits
    is_wide = key.is_in(wide["village_key"].implode()).fill_null(False)
    rows = hits.rows.filter(is_wide).with_columns(_power(hits).alias(_POWER))
    alike = _alike(rows, hits)
    told, others = [hits.rows.filter(~is_wide), rows.join(alike, on="ref", how="anti")], {}
    for village in alike.partition_by("village_key"):
        first = village.filter(pl.col("ref") == pl.col("ref").min())
        others[first["ref"][0]] = village.height - 1
        beside = asked.filter(key == first["village_key"][0]).join(village, on="ref", how="anti")
        told.append(first.with_columns(_also_said(first, beside, hits)))
    kept = pl.concat([each.drop(_POWER, strict=False) for each in told], how="diagonal_relaxed")
    return replace(hits, rows=kept.sort("ref"), of_village=others)


def _power(hits: "Hits") -> pl.Expr:
    """By which power of ten an amount is off, of that alone; else null."""
    rows, at = hits.rows, hits.at
    if not {at, "expected"} <= set(rows.columns):
        return pl.lit(None, pl.Int64)
    if not (rows[at].dtype.is_numeric() and rows["expected"].dtype.is_numeric()):
        return pl.lit(None, pl.Int64)
    value, expected = pl.col(at), pl.col("expected")
    power = (expected / value).log(10).round()
    right = expected / pl.lit(10.0).pow(power)
    is_near = (value - right).abs() <= pl.max_horizontal(_CENT, _ROUNDED * right.abs())
    return pl.when((value > 0) & (expected > 0) & is_near & (power != 0)).then(
        power.cast(pl.Int64, strict=False)
    )


def _alike(rows: pl.DataFrame, hits: "Hits") -> pl.DataFrame:
    """The rows without those unlike in what nearly all others of the village have in common.

    What has no value that is common, as names and amounts have none, tells nobody apart.
    """
    shown = [name for _, name, spec in fields_of(hits.rule.message) if name and spec != "place"]
    names = {*shown, hits.at, _POWER}.intersection(rows.columns)
    together = pl.len().over("village_key")
    is_odd = pl.lit(False)
    for name in names:
        if rows[name].dtype.is_nested():
            continue
        as_many = pl.len().over("village_key", name)
        unlike = together - as_many.max().over("village_key")
        is_odd |= (as_many < as_many.max().over("village_key")) & (
            unlike <= pl.max_horizontal(_FEW_UNLIKE, (1 - _COMMON) * together)
        )
    alike = rows.filter(~is_odd)
    return alike.filter(pl.len().over("village_key") >= _LEAST_ROWS)


def _also_said(first: pl.DataFrame, beside: pl.DataFrame, hits: "Hits") -> pl.Expr:
    """By what all of a village are off, and which few of its rows are not among them."""
    said = first[TOGETHER][0] if TOGETHER in first.columns else ""
    if (power := first[_POWER][0]) is not None:
        money = COLUMNS[hits.table][hits.at].cell.name == "金额（元）"
        unit = "像是按万元填的" if power == _TEN_THOUSAND and money else "像是小数点或单位错了"
        said += f"；都只有应填的 1/{10**power}" if power > 0 else f"；都是应填的 {10**-power} 倍"
        said += f"，{unit}"
    refs = beside["ref"].unique().sort().to_list()
    if 0 < len(refs) <= _FEW_UNLIKE and hits.table != "member":
        said += f"；本村只有第 {'、'.join(str(row_of(ref)) for ref in refs)} 行不是这样"
    return pl.lit(said).alias(TOGETHER)
