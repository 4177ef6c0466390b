"""What has to be filled and is not (LR001, LR003, LR004, LR014, LR220); sheets twice (LR221)."""

from collections.abc import Iterator, Set

import polars as pl

from jiandang.engine.derived import BLANK, blank
from jiandang.engine.frames import Frames
from jiandang.engine.rule import Violation, observed, rule
from jiandang.engine.run import Outcome
from jiandang.engine.too_many import TOLD_ONE_BY_ONE
from jiandang.gates.entry.asked import MAY_LACK, has, hosts, left_out, required, unasked
from jiandang.gates.timing import MOST_OF_VILLAGE
from jiandang.policy import Policy
from jiandang.register.address import cell_address
from jiandang.register.notice import Notice
from jiandang.register.register import (
    Observation,
    in_sheets,
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
# The tables of which every row has to be complete, and the cell that stands for the row.
_WHOLE = {"household": ("household_id", "户"), "member": ("name", "人")}

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
            if not any(has(sheet, table, name) for sheet in register.sheets):
                yield table, next((n for n, near in unknown if near == heading), number), heading
    for table in _WHOLE:
        if (rows := unasked(frames, table)) is None:
            continue
        for name, numbers in _lacking(frames, table, rows).items():
            yield from ((table, number, COLUMNS[table][name].heading) for number in numbers)


def _lacking(frames: Frames, table: str, rows: pl.DataFrame) -> dict[str, list[int]]:
    """By column of `unasked`, the sheets that lack it: they have most of a village's rows.

    None of their rows is in a sheet that has it.
    """
    sheets = frames.register.sheets
    its = [n for n in hosts(frames.register).get(table, ()) if not sheets[n].is_form]
    names = [name for name in rows.columns if name in COLUMNS[table]]
    of_village = pl.len().over("village_key")
    refs = pl.concat_list("ref", pl.col("others").fill_null([]))
    of_sheets = refs.list.eval(sheet_number(pl.element()))
    by_village = (
        rows.with_columns(of_village=of_village, sheets=of_sheets)
        .explode("sheets")
        .filter(pl.col("sheets").is_in(its))
        .group_by("sheets", "village_key")
        .agg(pl.col(names).all(), is_most=2 * pl.len() > pl.col("of_village").first())
    )
    by_sheet = by_village.group_by("sheets").agg(pl.col(names).all(), pl.col("is_most").any())
    by_sheet = by_sheet.filter("is_most").sort("sheets")
    return {name: by_sheet.filter(name)["sheets"].to_list() for name in names}


def missing_rows(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The households and persons that lack in the sheets by which the others are complete."""
    forms = [number for number, sheet in enumerate(frames.register.sheets) if sheet.is_form]
    told: set[int] = set()
    for table, (at, who) in _WHOLE.items():
        if (rows := unasked(frames, table)) is None:
            continue
        lacking, kinds = _lacking(frames, table, rows), _kinds_of_forms(frames, table)
        kind = sheet_number().replace_strict({n: i for n, (i, _) in kinds.items()}, default=-1)
        texts = (
            # Of a whole sheet without the column, LR001 tells.
            pl.when(
                pl.col(name)
                & ~in_sheets(numbers)
                & ~(
                    in_sheets([n for n, (_, asked) in kinds.items() if name not in asked])
                    & pl.col(name).all().over("village_key", kind)
                )
            ).then(pl.lit(f"“{COLUMNS[table][name].heading}”"))
            for name, numbers in lacking.items()
        )
        who_is = "head_name" if table == "household" else "name"
        known = frames[table].select("ref", number="household_id", who=who_is)
        group = ("village_key", "columns")
        rows = (
            rows.with_columns(columns=pl.concat_str(*texts, ignore_nulls=True))
            .join(known, on="ref", how="left", maintain_order="left")
            # Whichever order the rows have, a village is told of at the same household.
            .with_columns(
                place=pl.col("number").fill_null("").rank("ordinal").over(group),
                count=pl.len().over(group),
            )
            .with_columns(is_most=2 * pl.col("count") > pl.len().over("village_key"))
            .with_columns(is_all=pl.col("count") == pl.len().over("village_key"))
            .filter(pl.col("columns") != "", ~pl.col("is_most") | (pl.col("place") == 1))
            # A form asks for what it asks, if none of the village is there or pages are unread.
            .filter(~in_sheets(forms) | ~(pl.col("is_all") | frames.register.has_unread_pages))
        )
        for row in _paired(rows).iter_rows(named=True):
            told.add(row["ref"])
            whose = f"本村的{row['count']}{who}" if row["is_most"] else f"这一{who}"
            if row["twin"]:
                whose += f"；那里多出一{who}“{row['twin']}”，请看是不是同一{who}，写法不一样"
            seen = {"columns": row["columns"], "whose": whose}
            yield Observation(Notice.MISSING_ROW, row["ref"], table, at, seen=seen)
    for headings, refs in left_out(frames):
        more = f"等{len(headings)}列" if len(headings) > 1 else ""
        seen = {"columns": f"“{headings[0]}”{more}", "whose": "这一户"}
        for ref in refs:
            if ref not in told:
                told.add(ref)
                yield Observation(Notice.MISSING_ROW, ref, "household", "household_id", seen=seen)


def _kinds_of_forms(frames: Frames, table: str) -> dict[int, tuple[int, Set[str]]]:
    """By the number of each sheet of forms, which kind it is, and what such forms ask for.

    A kind is what a sheet asks for; what asks for less than another kind may be its first page.
    """
    sheets = {
        number: frozenset(name for of, name in sheet.columns if of == table)
        for number, sheet in enumerate(frames.register.sheets)
        if sheet.is_form
    }
    kinds = {columns: i for i, columns in enumerate(dict.fromkeys(sheets.values()))}
    asked = {
        own: frozenset[str]().union(*(other for other in kinds if own <= other)) for own in kinds
    }
    return {number: (kinds[columns], asked[columns]) for number, columns in sheets.items()}


def _paired(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, but one of two that alone in their village have no counterpart: it names the other.

    Such two lack different columns, for they are one that is written in two ways. Told of is the
    one without a number, which is where the slip is.
    """
    village, number = "village_key", pl.col("number")
    alone = (pl.len().over(village) == 2) & (pl.col("columns").n_unique().over(village) == 2)
    twin = pl.when(alone).then(pl.col("who").fill_null("").sort_by(-pl.col("ref")).over(village))
    numberless = number.is_null() & (number.null_count().over(village) == 1)
    last = pl.col("ref") == pl.col("ref").max().over(village)
    kept = numberless | (last & (number.null_count().over(village) != 1))
    rows = rows.sort(village, "ref").with_columns(twin=twin, kept=kept | ~alone.fill_null(False))
    return rows.filter("kept").sort("ref")


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
    入户调查还没有到期、也还没有去的户，收入一项也没有填的，致贫原因和人均纯收入不算空。

    改法：按户口本、身份证或调查表补填。
    错例：性别：（空）
    对例：性别：女
    """,
)


observed(
    "LR220",
    Notice.MISSING_ROW,
    "工作表里缺户、缺人",
    Severity.ERROR,
    message="{columns}写在别的工作表里，那里没有{whose}",
    basis="S-P 导入模板的必填项；一户的内容分写在几张表里的，每张表都要有这一户",
    look=missing_rows,
    doc="""一户（一人）的内容分写在几张工作表里，有必填项的那张表里没有这一户（这个人）。本村多半都没有的，合成一条。
    没有必填项的表（住房、收入分项），几乎每一户都有、只缺几户的，也报告；只登记一部分户的名单不算。

    改法：在那张表里补上这一户（这个人）；已经在了的，核对两张表的户编号、姓名、证件号码，改成一致。
    错例：农户表有 320324105201018，收入表没有，人均纯收入不知道
    对例：农户表的每一户在收入表里都有一行
    """,
)


observed(
    "LR221",
    Notice.COPIED_SHEET,
    "整张工作表或表单重复",
    Severity.WARNING,
    message="{copy}和{other}{same}相同，像是副本，只按{other}检查",
    basis="本工具的判断",
    doc="""一个文件里，一张工作表的列和另一张相同，九成以上的户（人）也相同。
    一户一页的表单，同一户的一页粘贴了两遍，成员完全相同、其余九成以上相同的，也是。
    重复的不逐户报，只说一次；两处填得不一样的，由 LR213 逐处列出。

    改法：是副本的删去；不是的核对户编号、姓名。
    错例：“成员备份”和“成员”的187人相同
    对例：各村一张表，没有相同的户
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
