"""A register of which nearly all is wrong: the most frequent findings are told in few."""

from dataclasses import replace

import polars as pl

from jiandang.engine.run import Hits
from jiandang.register.register import sheet_number

# So many findings of a part of the run are told one by one. Nobody reads more, and a file of a few
# megabytes in which all is wrong has a million, which take minutes and gigabytes.
TOLD_ONE_BY_ONE = 50_000


def leave_out_most_frequent(hits: list[Hits]) -> None:
    """Of the most frequent only the first of each sheet is told, as long as there are too many."""
    number = sum(each.rows.height for each in hits)
    for at in sorted(range(len(hits)), key=lambda at: -hits[at].rows.height):
        if number <= TOLD_ONE_BY_ONE:
            return
        rows = hits[at].rows.with_columns(sheet_number().alias(".sheet"))
        each_of = pl.lit(1) + pl.col("ref").replace_strict(
            dict(hits[at].of_village), default=0, return_dtype=pl.Int64
        )
        others = rows.group_by(".sheet").agg(
            pl.col("ref").first(), each_of.slice(1).sum().alias("len")
        )
        first = rows.unique(".sheet", keep="first", maintain_order=True).drop(".sheet")
        hits[at] = replace(
            hits[at], rows=first, left_out=dict(others.select("ref", "len").iter_rows())
        )
        number -= rows.height - first.height
