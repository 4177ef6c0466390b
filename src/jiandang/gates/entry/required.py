"""What has to be filled and is not: columns, cells, parts of the income; columns nobody knows."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import BLANK, blank
from jiandang.engine.frames import Frames
from jiandang.engine.rule import Violation, observed, rule
from jiandang.engine.run import Outcome
from jiandang.engine.too_many import TOLD_ONE_BY_ONE
from jiandang.gates.entry.asked import MAY_LACK, has, hosts, required, sheets_without, unasked
from jiandang.gates.timing import MOST_OF_VILLAGE
from jiandang.policy import Policy
from jiandang.register.address import cell_address
from jiandang.register.notice import Notice
from jiandang.register.place import UNNUMBERED
from jiandang.register.register import (
    Observation,
    reference,
    row_of,
    sheet_number,
    sheet_of,
)
from jiandang.register.tables import COLUMNS, STEP_TABLES
from jiandang.register.text import solid
from jiandang.report.model import Severity

# The parts of the income that are asked for side by side: a 0 has to be written as well.
_INCOME_PARTS = (
    ("wage", "business_income", "property_income", "transfer"),
    ("dibao_money", "wubao_money", "pension", "ecology", "family_planning", "other_transfer"),
    ("planting", "breeding", "labour_income", "benefits", "subsidies", "other_income"),
)

# Of so many households with a row of steps each, the village has none for all.
_LISTED = 3
# The tables of which every row has to be complete.
_WHOLE = ("household", "member")

_NUMBER = COLUMNS["member"]["household_id"].heading
# These are told only where they may be what is missing (LR001).
_NOT_ASKED_FOR = {"序号", "备注"}


def missing_columns(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The required columns that no sheet of their table has, or none that completes a sheet.

    Reading notices where the village is wanted.
    """
    register, unknown = frames.register, _unknown_headings(frames)
    yield from frames.noticed(Notice.MISSING_COLUMN)
    for table, number, heading in _missing(frames):
        sheet, hint = register.sheets[number], ""
        ref, position = reference(number, sheet.heading_row), min(sheet.columns.values(), default=0)
        if (near := unknown.get((number, heading))) and near.sheet_column is not None:
            ref, position = near.ref, near.sheet_column
            hint = f"；“{near.value}”没有认出，是不是这一列"
        elif heading == _NUMBER and (order := _order_of(frames)) is not None:
            hint = f"；“{order}”如果一户一个号，可用 --map '{order}={heading}' 指定"
        if heading == _NUMBER and table == "member" and table in frames.unnumbered:
            hint += "；也没有能认户的户主姓名，成员归不到户"
        seen = {"column": heading, "hint": hint}
        yield Observation(Notice.MISSING_COLUMN, ref, table, sheet_column=position, seen=seen)


def unknown_columns(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The unknown headings, but for those that may be a missing column, of which LR001 tells.

    What counties have in every table is not asked for: a list of such would hide the others.
    """
    unknown = _unknown_headings(frames)
    told = [unknown.get((number, heading)) for _, number, heading in _missing(frames)]
    return (
        seen
        for seen in frames.noticed(Notice.UNKNOWN_COLUMN)
        if seen not in told and solid(seen.value) not in _NOT_ASKED_FOR
    )


def _unknown_headings(frames: Frames) -> dict[tuple[int, str], Observation]:
    """The first unknown heading that is near to a known one, by the sheet and the known one."""
    unknown = reversed(frames.noticed(Notice.UNKNOWN_COLUMN))
    return {(sheet_of(seen.ref), seen.seen["nearest"]): seen for seen in unknown}


def _order_of(frames: Frames) -> str | None:
    """The heading 序号, which may count rows or households: only who wrote it knows."""
    texts = (solid(seen.value) for seen in frames.noticed(Notice.UNKNOWN_COLUMN))
    return next((text for text in texts if text == "序号"), None)


def _missing(frames: Frames) -> Iterator[tuple[str, int, str]]:
    """Table, the number of a sheet, and heading of each required column that is missing there.

    What all sheets lack is told of the one that may have it by another name, else of the first.
    """
    register, unknown = frames.register, _unknown_headings(frames)
    for table, numbers in hosts(register).items():
        # A form asks for what it asks for; only a column table can lack a column.
        number = next((n for n in numbers if not register.sheets[n].is_form), None)
        if number is None:
            continue
        for name in required(register, table):
            heading = COLUMNS[table][name].heading
            by_village = name == "household_id" and table in STEP_TABLES
            if by_village or register.has_column(table, name):
                continue
            if name == "household_id" and _are_numbered(frames[table]):
                continue  # all rows are told by their heads
            if not any(has(sheet, table, name) for sheet in register.sheets):
                yield table, next((n for n, near in unknown if near == heading), number), heading
    for table in _WHOLE:
        if (rows := unasked(frames, table)) is None:
            continue
        for name, numbers in sheets_without(frames, table, rows).items():
            yield from ((table, number, COLUMNS[table][name].heading) for number in numbers)


def _are_numbered(rows: pl.DataFrame) -> bool:
    """Whether all rows are of households that have a number somewhere."""
    numbers = rows["household_id"]
    return not (numbers.null_count() or numbers.str.starts_with(UNNUMBERED).any())


def empty_cells(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """Rows about nobody, the empty cells of required columns, and the rows of no known village."""
    yield from frames.noticed(Notice.EMPTY)
    register = frames.register
    cells = [
        (table, name)
        for table in hosts(register)
        for name in (*required(register, table), "village")
        if name in COLUMNS[table] and register.has_column(table, name)
    ]
    frames.ensure((table, name + BLANK) for table, name in cells)
    for table, name in cells:
        frame, heading = frames[table], COLUMNS[table][name].heading
        empty = frame[name + BLANK]
        if not empty.any():
            continue
        if name == "village":
            # Neither 行政村 nor 村码, nor a household number that begins with the village's code.
            heading = "行政村（或村码）"
            if table in STEP_TABLES and register.has_column(table, "household_id"):
                # A row without either lacks the number: that says the village too.
                frames.ensure([(table, "household_id" + BLANK)])
                empty = empty & ~frames[table]["household_id" + BLANK]
        if may_lack := MAY_LACK.get((table, name)):
            frames.ensure([(table, may_lack)])
            empty = empty & ~frames[table][may_lack]
        if name == "village" or (name == "household_id" and table in STEP_TABLES):
            empty = empty & (frame["village_key"].is_null() | _of_one_home(frame, name))
            if table == "procedure":
                frames.ensure([(table, "is_of_village")])
                empty = empty & (frame["village_key"].is_null() | ~frames[table]["is_of_village"])
        refs = frame["ref"].filter(empty)
        unfilled = name == "household_id" and len(refs) == frame.height > _LISTED
        if len(refs) > TOLD_ONE_BY_ONE or unfilled:
            yield from _together(refs, frames, table, name, heading)
            continue
        for ref in refs.to_list():
            yield Observation(Notice.EMPTY, ref, table, name, seen={"column": heading})


def _of_one_home(frame: pl.DataFrame, name: str) -> pl.Series:
    """Whether rows of steps are of one household, not of all of their village.

    Such a row names its head, or stands among households of the village, or among many like it.
    """
    if name != "household_id":
        return pl.repeat(False, frame.height, eager=True)
    frame = frame.with_columns(
        numbered=pl.col("household_id").count().over("village_key"),
        others=pl.col("household_id").null_count().over("village_key"),
    )
    among = (pl.col("numbered") >= _LISTED) & (pl.col("numbered") > pl.col("others"))
    among |= (pl.col("numbered") == 0) & (pl.col("others") > MOST_OF_VILLAGE)
    return frame.select(pl.col("own_head_name").is_not_null() | among).to_series()


def _together(
    refs: pl.Series, frames: Frames, table: str, name: str, heading: str
) -> Iterator[Observation]:
    """Of so many empty cells of a column: once a sheet, at the first, with their number."""
    for (number,), own in refs.to_frame("ref").group_by(sheet_number(), maintain_order=True):
        first, *_, last = own["ref"].to_list()
        column = frames.register.sheets[number].columns.get((table, name))
        rows = (row_of(ref) for ref in (first, last))
        # A sheet may lack the column that others have.
        places = (f"第{r}行" if column is None else cell_address(r - 1, column) for r in rows)
        cells = "至".join(places)
        seen = {"column": heading, "count": own.height, "cells": f"{cells}之间"}
        yield Observation(Notice.EMPTY, first, table, name, seen=seen)


observed(
    "LR001",
    Notice.MISSING_COLUMN,
    "缺少必需的列",
    Severity.ERROR,
    message="缺少必需的列“{column}”{hint}",
    basis="S-P 导入模板的必填列",
    look=missing_columns,
    doc="""已认出的登记表里，有一个必填的列在任何工作表中都没有；或者这张工作表没有，
    同样的户（人）在有这一列的工作表里也没有。没有认出的列名里有接近的，一并指出。

    改法：在表头补上这一列并填写；如果这一列用了别的名称，请改成标准列名，或用 --map 指定。
    错例：成员表没有“证件号码”这一列
    对例：成员表有“证件号码”（或“身份证号”）这一列
    """,
)
observed(
    "LR003",
    Notice.UNKNOWN_COLUMN,
    "未识别的列",
    Severity.INFO,
    message="列“{heading}”{why}，未作检查{nearest}",
    basis="本工具的判断",
    look=unknown_columns,
    doc="""列名不在标准列名和别名里（“序号”“备注”不提示），或者写着别的单位，数换算不过来（间不是面积，每月的不是全年的）。接近的列名只提示，不擅自采用。

    改法：如果它就是某个标准列，请改列名，或用 --map '列名=标准列名' 指定；否则不用管。
    错例：证件号吗
    对例：证件号码
    """,
)
observed(
    "LR004",
    Notice.EMPTY,
    "必填项为空",
    Severity.ERROR,
    message="“{column}”没有填",
    basis="S-P 导入模板的必填项",
    look=empty_cells,
    reads="at",
    doc="""必填的格子是空的。一行里姓名、户编号、证件号码全空的，整行不能检查，也在这里报告；文本表格在一行中间就断了的，同样在这里报告。
    持护照、户口簿、出生证、军人证件、港澳台通行证，无证件的，未满2岁的，没有证件号码由 LR131 提出。
    入户调查还没有到期、也还没有去的户，收入一项也没有填的，家庭人口、致贫原因和人均纯收入不算空。

    改法：按户口本、身份证或调查表补填。
    错例：性别：（空）
    对例：性别：女
    """,
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
            # Whatever is wrong with the others, they are filled.
            yield Violation(blank(name) & some_filled, at=name, part=heading, rests_on=name)
