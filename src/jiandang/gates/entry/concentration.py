"""LR015: one rule fires in most rows of a village, which is rarely the fault of each row."""

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.rule import Rule
from jiandang.engine.run import Outcome
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference, sheet_of
from jiandang.report.model import Severity

_SHARE = 0.4
_LEAST_ROWS = 50


def concentrations(outcome: Outcome, frames: Frames) -> Iterator[Observation]:
    """An observation for each rule, column and village in which the rule fires everywhere."""
    for (rule, table, column), refs in _rows_by_rule(outcome, frames).items():
        if len(refs) <= _SHARE * _LEAST_ROWS:
            continue
        villages = (
            frames[table]
            .select("ref", "village", "village_key", broken=pl.col("ref").is_in(list(refs)))
            .drop_nulls("village_key")
            .group_by("village_key", maintain_order=True)
            .agg(
                pl.col("village").drop_nulls().first(),
                pl.col("ref").filter("broken").first(),
                total=pl.len(),
                count=pl.col("broken").sum(),
            )
            .filter((pl.col("total") >= _LEAST_ROWS) & (pl.col("count") > _SHARE * pl.col("total")))
        )
        for found in villages.iter_rows(named=True):
            yield _observation(rule, table, column, found, frames)


def _rows_by_rule(outcome: Outcome, frames: Frames) -> dict[tuple[Rule, str, str], set[int]]:
    """The rows in which a rule about single rows fires, by rule, table and column."""
    rows: dict[tuple[Rule, str, str], set[int]] = defaultdict(set)
    for hits in outcome.hits:
        if hits.rule.per == "row" and hits.rule.severity is not Severity.INFO:
            rows[hits.rule, hits.table, hits.at].update(hits.rows["ref"])
    sheets = frames.register.sheets
    for rule, seen in outcome.observations:
        if seen.column is not None and rule.severity is not Severity.INFO:
            rows[rule, sheets[sheet_of(seen.ref)].table, seen.column].add(seen.ref)
    return rows


def _observation(
    rule: Rule, table: str, column: str, found: dict[str, object], frames: Frames
) -> Observation:
    number = sheet_of(int(str(found["ref"])))
    sheet = frames.register.sheets[number]
    known = {name for _, name in sheet.columns}
    at = next((name for name in column.split("|") if name in known), column)
    seen = {
        "village": found["village"] or found["village_key"],
        "total": found["total"],
        "count": found["count"],
        "rule": rule.code,
        "title": rule.title,
    }
    ref = reference(number, sheet.heading_row)
    return Observation(Notice.CONCENTRATED, ref, table, at, None, "", "", seen)
