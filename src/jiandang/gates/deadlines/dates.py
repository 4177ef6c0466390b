"""The dates of the process: none in the future, before the start, or on a holiday."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import is_earlier
from jiandang.gates.timing import STEPS
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS, STEP_TABLES
from jiandang.report.model import Severity

c = pl.col

# All dates of the process, by table.
DATED = dict.fromkeys(STEPS, "procedure") | {"surveyed": "survey", "entered": "survey"}
_NOTICE_ENDS = {step: step.replace("_end", "_start") for step in STEPS if step.endswith("_end")}
# Steps at which people meet or an office decides (SJ014).
_WORKING_DAYS = ("appraised", "town_reviewed", "county_approved")
# What a row is about: a household, or a whole village.
UNIT = pl.when(c.household_id.is_null()).then(pl.lit("行")).otherwise(pl.lit("户"))


def heading(step: str) -> str:
    return COLUMNS[DATED[step]][step].heading


def days_between(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    return (later - earlier).dt.total_days()


derived("household", needs="village").columns(home_village=c.village)

# The village's name: by the row, else by the household's row; else its code.
derived(*STEP_TABLES, needs="village|household_id|village_code").columns(
    which_village=pl.coalesce(c.village, c.home_village, c.village_key, pl.lit("未填村名的"))
)


@rule(
    "SJ010",
    "日期在将来",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{step}是 {date}，晚于检查日期 {today}",
    basis="逻辑：检查时已经填写的事，不会发生在以后",
)
def in_the_future(policy: Policy) -> Iterator[Violation]:
    """程序和调查的各个日期、农户的识别时间不晚于检查日期；帮扶开始时间不晚于目标年度。
    公示正在进行的，结束日期可以在将来。

    改法：核对年、月、日；还没有做的，先不要填日期。
    错例：检查日期 2016-3-29，评议日期 2061-3-5
    对例：检查日期 2016-3-29，评议日期 2016-3-5
    """
    for step, table in DATED.items():
        future = c(step) > c.today
        if start := _NOTICE_ENDS.get(step):
            soon = days_between(c(step), c.today) <= policy.notice_days
            future = future & ~((c(start) <= c.today) & soon).fill_null(False)
        yield Violation(future, at=step, table=table, step=heading(step), date=c(step))
    yield Violation(
        is_earlier(c.today.dt.to_string("%Y-%m-%d"), c.identified),
        at="identified",
        table="household",
        step="识别时间",
        date=c.identified,
    )
    # Who helps may be named ahead, but not for years after the programme's end.
    yield Violation(
        is_earlier(pl.lit(f"{policy.goal_year}-12-31"), c.helper_since),
        at="helper_since",
        table="household",
        step="帮扶开始时间",
        date=c.helper_since,
    )


@rule(
    "SJ011",
    "日期早于工作开始",
    Severity.WARNING,
    "procedure",
    at="applied",
    message="{step}是 {date}，早于工作开始的 {start}",
    basis="本工具的判断",
)
def before_the_start(policy: Policy) -> Iterator[Violation]:
    """程序和调查的各个日期不早于政策规定的工作开始日期（动员会）。

    改法：核对年、月、日；用了上一轮资料的，要重新走程序。
    错例：工作开始 2016-2-2，调查日期 2015-3-5
    对例：工作开始 2016-2-2，调查日期 2016-3-5
    """
    for step, table in DATED.items():
        yield Violation(
            c(step) < policy.start,
            at=step,
            table=table,
            step=heading(step),
            date=c(step),
            start=policy.start,
        )


@rule(
    "SJ014",
    "日期在法定节假日",
    Severity.INFO,
    "procedure",
    at="appraised",
    message="{which_village}有 {count} {unit}的{step}在法定节假日，如 {date}",
    basis="本工具的判断",
    per="village",
)
def on_a_holiday(policy: Policy) -> Iterator[Violation]:
    """评议、审核、审批的日期一般不在法定节假日。一个村的一步只报一次。

    改法：这是提示。请核对日期；确实在节假日开会、审批的不用改。
    错例：评议日期 2016-2-8（正月初一）
    对例：评议日期 2016-3-5
    """
    if policy.holidays:
        for step in _WORKING_DAYS:
            yield Violation(
                c(step).is_in(sorted(policy.holidays)),
                at=step,
                step=heading(step),
                date=c(step),
                unit=UNIT,
            )
