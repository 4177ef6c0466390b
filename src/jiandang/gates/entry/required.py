"""LR001, LR004 and LR014: columns and cells that have to be filled and are not."""

from collections.abc import Iterator, Mapping

import polars as pl

from jiandang.engine.derived import BLANK, blank
from jiandang.engine.frames import Frames
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, SheetTable, reference
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, MODELS, PLACE_COLUMNS
from jiandang.report.model import Severity

# The parts of the income that are asked for side by side: a 0 has to be written as well.
_INCOME_PARTS = (
    ("wage", "business_income", "property_income", "transfer"),
    ("dibao_money", "wubao_money", "pension", "ecology", "family_planning", "other_transfer"),
    ("planting", "breeding", "labour_income", "benefits", "subsidies", "other_income"),
)

# A member's sheet that carries one of these carries the household table.
_HOUSEHOLD_SIGNS = ("size", "household_type", "cause", "per_capita")


def with_missing(frames: Frames) -> list[Observation]:
    """What was observed, with LR001 (缺少必需的列) and LR004 (必填项为空).

    An unknown heading that may be the missing column is told with this, not once more by itself.
    """
    unknown = {
        seen.seen["nearest"]: seen
        for seen in reversed(frames.register.observations)
        if seen.notice is Notice.UNKNOWN_COLUMN
    }
    missing = _missing_columns_and_cells(frames, unknown)
    headings = {seen.seen.get("instead") for seen in missing}
    told = [unknown[heading] for heading in headings if heading in unknown]
    return [seen for seen in frames.register.observations if seen not in told] + missing


def _missing_columns_and_cells(
    frames: Frames, unknown: Mapping[str, Observation]
) -> list[Observation]:
    found: list[Observation] = []
    required = [(t, name) for t in MODELS for name, c in COLUMNS[t].items() if c.required]
    places = [(t, "village") for t in MODELS if "village" in COLUMNS[t]]
    frames.ensure_all((table, name + BLANK) for table, name in (*required, *places))
    for table in MODELS:
        hosts = [(i, s) for i, s in enumerate(frames.register.sheets) if _holds(s, table)]
        if not hosts:
            continue
        number, first = hosts[0]
        own = any(sheet.table == table for _, sheet in hosts)
        for name, column in COLUMNS[table].items():
            if not column.required or not (own or name not in (*PLACE_COLUMNS, "head_name")):
                continue
            if frames.register.has_column(table, name):
                found.extend(_empty_cells(frames, table, name))
            elif name != "household_id" or not _may_be_by_village(table):
                found.append(_missing(column, table, number, first, unknown))
        found.extend(_villages_without_name(frames, table))
    return found


def _missing(
    column: Column,
    table: str,
    number: int,
    sheet: SheetTable,
    unknown: Mapping[str, Observation],
) -> Observation:
    """A column that no sheet has: at the heading that may be it, else at the sheet's first."""
    seen = {"column": column.heading, "hint": ""}
    ref, position = reference(number, sheet.heading_row), min(sheet.columns.values())
    if (near := unknown.get(column.heading)) is not None and near.sheet_column is not None:
        ref, position = near.ref, near.sheet_column
        seen |= {"instead": column.heading, "hint": f"；“{near.value}”没有认出，是不是这一列"}
    return Observation(Notice.MISSING_COLUMN, ref, table, None, position, "", "", seen)


def _holds(sheet: SheetTable, table: str) -> bool:
    if sheet.table == table:
        return True
    signs = _HOUSEHOLD_SIGNS if table == "household" else ()
    return table in sheet.embedded and any(sheet.has(table, name) for name in signs)


def _may_be_by_village(table: str) -> bool:
    """Steps may be recorded once for a whole village."""
    return table in ("procedure", "survey")


def _empty_cells(frames: Frames, table: str, name: str) -> Iterator[Observation]:
    frame = frames[table]
    empty = frame[name + BLANK]
    if name == "household_id" and _may_be_by_village(table):
        empty = empty & frame["village_key"].is_null()
    for ref in frame["ref"].filter(empty).to_list():
        yield Observation(
            Notice.EMPTY, ref, table, name, None, "", "", {"column": COLUMNS[table][name].heading}
        )


def _villages_without_name(frames: Frames, table: str) -> Iterator[Observation]:
    """Neither 行政村 nor 村码, nor a household number that begins with the village's code."""
    if "village" not in COLUMNS[table] or not frames.register.has_column(table, "village"):
        return
    frame = frames[table]
    nowhere = frame["village" + BLANK] & frame["village_key"].is_null()
    for ref in frame["ref"].filter(nowhere).to_list():
        yield Observation(
            Notice.EMPTY, ref, table, "village", None, "", "", {"column": "行政村（或村码）"}
        )


@rule(
    "LR014",
    "收入分项为空",
    Severity.WARNING,
    "household",
    at="wage",
    message="“{part}”没有填，同一户的其他收入分项填了；没有这项收入的填0",
    basis="县级核查工具的检查项；空着和填0是两种回答",
    needs="|".join(name for parts in _INCOME_PARTS for name in parts),
)
def empty_income_part(policy: Policy) -> Iterator[Violation]:
    """收入的一个分项空着，同一组的其他分项填了。整组都空的不算。

    改法：没有这项收入的填0；有的补填。
    错例：工资性收入 5000，财产性收入（空）
    对例：工资性收入 5000，财产性收入 0
    """
    for parts in _INCOME_PARTS:
        some_filled = pl.any_horizontal(pl.col(name).is_not_null() for name in parts)
        for name in parts:
            heading = COLUMNS["household"][name].heading
            yield Violation(blank(name) & some_filled, at=name, part=heading)
