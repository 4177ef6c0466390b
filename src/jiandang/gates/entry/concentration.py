"""LR015: one rule fires in most rows of a village, which is rarely the fault of each row."""

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.rule import Rule, observed
from jiandang.engine.run import OF_VILLAGE, Outcome
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference, sheet_of
from jiandang.report.model import Severity

_SHARE = 0.4
_LEAST_ROWS = 50


def concentrations(frames: Frames, outcome: Outcome) -> Iterator[Observation]:
    """An observation for each rule, column and village in which the rule fires everywhere."""
    for (rule, table, column), refs in _rows_by_rule(outcome, frames).items():
        if len(refs) <= _SHARE * _LEAST_ROWS:
            continue
        # Not every table has a county.
        places = {*OF_VILLAGE, "village"} & {*frames[table].columns}
        villages = (
            frames[table]
            .select("ref", *sorted(places), broken=pl.col("ref").is_in(list(refs)))
            .drop_nulls("village_key")
            .group_by("village_key", maintain_order=True)
            .agg(
                pl.col(sorted(places - {"village_key"})).drop_nulls().first(),
                pl.col("ref").filter("broken").first(),
                total=pl.len(),
                count=pl.col("broken").sum(),
            )
            .filter((pl.col("total") >= _LEAST_ROWS) & (pl.col("count") > _SHARE * pl.col("total")))
        )
        for found in villages.iter_rows(named=True):
            yield _observation(rule, table, column, found, frames)


def _rows_by_rule(outcome: Outcome, frames: Frames) -> dict[tuple[Rule, str, str], set[int]]:
    """The rows in which a rule about single rows fires, by rule, table and column.

    What was noticed counts among the rows of the sheet, whatever table the column is of.
    """
    rows: dict[tuple[Rule, str, str], set[int]] = defaultdict(set)
    sheets = frames.register.sheets
    for hits in outcome.hits:
        rule = hits.rule
        if rule.per == "row" and hits.severity is not Severity.INFO and hits.at:
            refs = hits.rows["ref"].to_list()
            if rule.check is not None:
                rows[rule, hits.table, hits.at].update(refs)
            else:
                for ref in refs:
                    rows[rule, sheets[sheet_of(ref)].table, hits.at].add(ref)
    return rows


def _observation(
    rule: Rule, table: str, column: str, found: dict[str, object], frames: Frames
) -> Observation:
    number = sheet_of(int(str(found["ref"])))
    sheet = frames.register.sheets[number]
    known = {name for _, name in sheet.columns}
    at = next((name for name in column.split("|") if name in known), column)
    seen = {
        **{name: found.get(name) for name in OF_VILLAGE},
        "village": found.get("village") or found["village_key"],
        "total": found["total"],
        "count": found["count"],
        "rule": rule.code,
        "title": rule.title,
    }
    ref = reference(number, sheet.heading_row)
    return Observation(Notice.CONCENTRATED, ref, table, at, seen=seen)


observed(
    "LR015",
    Notice.CONCENTRATED,
    "同一问题过于集中",
    Severity.INFO,
    message="{village}的 {total} 行中有 {count} 行都有同一个问题：{rule} {title}；"
    "可能是整列填错、列名认错，或用了另一套代码",
    basis="本工具的判断",
    look=concentrations,
    after_all=True,
    doc="""一个村（50行以上）超过四成的行有同一个问题，多半是一个原因造成的。

    改法：先看列名、代码表和填表口径有没有弄错，成批改正后再检查。
    错例：全村“文化程度”都填了另一套代码
    对例：只有个别行有问题
    """,
)
