"""One cause, one finding: what is wrong with nearly every row of a village, or of two exchanged."""

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from jiandang.engine.frames import Frames

if TYPE_CHECKING:
    from jiandang.engine.run import Hits

# A column of the rows: what is said of others, for which this one stands; empty for a single cell.
TOGETHER = ".together"
# Columns of what was found in lists.
_OF_LISTS = {"list", "list_name"}
# So many rows of a village at least, and this share of them: each of them is no fault of its own.
_LEAST_ROWS, _SHARE = 20, 0.9
# Of so many rows of a village two may have been exchanged.
_FEW = 10
# Amounts are written with two digits behind the point.
_CENT = 0.01


def told_once(hits: "Hits", frames: Frames) -> "Hits":
    """The same with one row for each cause.

    What was noticed is told of a column as one by reading itself. What a list of another
    department says is asked of each person.
    """
    if hits.clause is None or hits.rule.per not in ("row", "household") or hits.rule.across:
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


def _of_villages(hits: "Hits", frames: Frames) -> "Hits":
    """Of each village of which nearly all rows are broken only the first."""
    if hits.rows.height < _LEAST_ROWS or "village_key" not in hits.rows.columns:
        return hits
    key = pl.col("village_key")
    broken = hits.rows.drop_nulls("village_key").group_by("village_key")
    counts = broken.agg(pl.col("ref").min(), pl.len()).filter(pl.col("len") >= _LEAST_ROWS)
    if counts.is_empty():
        return hits
    asked = frames[hits.table].filter(key.is_in(counts["village_key"].implode()))
    of = pl.col("household_id").n_unique() if hits.rule.per == "household" else pl.len()
    totals = asked.group_by("village_key").agg(of.alias("total"))
    wide = counts.join(totals, on="village_key").filter(pl.col("len") >= _SHARE * pl.col("total"))
    if wide.is_empty():
        return hits
    is_wide = key.is_in(wide["village_key"].implode()).fill_null(False)
    kept = ~is_wide | pl.col("ref").is_in(wide["ref"].implode())
    others = dict(wide.select("ref", pl.col("len") - 1).iter_rows())
    return replace(hits, rows=hits.rows.filter(kept), of_village=others)
