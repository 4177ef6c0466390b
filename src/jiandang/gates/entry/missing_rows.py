"""Who lacks on a sheet by which the others are complete (LR220); sheets twice (LR221)."""

from collections.abc import Iterator, Set

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.rule import observed
from jiandang.engine.run import Outcome
from jiandang.gates.entry.asked import left_out, sheets_without, unasked
from jiandang.register.notice import Notice
from jiandang.register.register import (
    Observation,
    in_sheets,
    sheet_number,
)
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

# The tables of which every row has to be complete, and the cell that stands for the row.
_WHOLE = {"household": ("household_id", "户"), "member": ("name", "人")}


def missing_rows(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The households and persons that lack in the sheets by which the others are complete."""
    forms = [number for number, sheet in enumerate(frames.register.sheets) if sheet.is_form]
    told: set[int] = set()
    for table, (at, who) in _WHOLE.items():
        if (rows := unasked(frames, table)) is None:
            continue
        lacking, kinds = sheets_without(frames, table, rows), _kinds_of_forms(frames, table)
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
        number: sheet.columns_of(table)
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
