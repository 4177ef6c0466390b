"""SB 识别程序关: every step was taken, in order, by enough people; the household qualifies."""

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from jiandang.gates import derived  # noqa: F401  (defines the columns used below)
from jiandang.gates.frames import blank
from jiandang.gates.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report import Severity

c = pl.col

STEPS = (
    "applied", "appraised", "village_notice_start", "village_notice_end", "town_reviewed",
    "town_notice_start", "town_notice_end", "county_approved", "county_notice_start",
    "county_notice_end",
)  # fmt: skip
# 公示不少于 N 天: a start and its end lie strictly apart, other steps may share a day.
_NOTICES = {"village_notice_end", "town_notice_end", "county_notice_end"}


@rule(
    "SB001",
    "没有农户申请",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="没有填申请日期",
    basis="S-N 国开办发〔2014〕24号；S-J 农户申请",
)
def no_application(policy: Policy) -> Violation:
    """申请日期是空的。

    改法：补填农户书面申请的日期；没有申请的，要先由农户申请。
    错例：申请日期：（空）
    对例：申请日期：2016-3-1
    """
    return Violation(blank("applied"))


@rule(
    "SB008",
    "村级公示天数不足",
    Severity.ERROR,
    "procedure",
    at="village_notice_end",
    message="村级公示从 {village_notice_start} 到 {village_notice_end} 只有 {days} 天，"
    "应不少于 {notice_days} 天",
    basis="各级公示7天的做法；S-J 每一步间隔一周",
)
def village_notice_too_short(policy: Policy) -> Violation:
    """村级公示的结束日期减开始日期，少于政策规定的天数。

    改法：核对公示的起止日期；公示天数确实不够的，要补足公示。
    错例：2016-3-7 至 2016-3-12
    对例：2016-3-7 至 2016-3-14
    """
    days = (c.village_notice_end - c.village_notice_start).dt.total_days()
    return Violation(days.is_between(1, policy.notice_days - 1), days=days,
                     notice_days=policy.notice_days)  # fmt: skip


@rule(
    "SB015",
    "程序倒置",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{later}（{later_date}）早于{earlier}（{earlier_date}）",
    basis="S-N 国开办发〔2014〕24号的步骤次序",
)
def steps_out_of_order(policy: Policy) -> Iterator[Violation]:
    """每一步不早于前一步；公示的结束晚于开始。

    改法：核对两个日期；次序确实颠倒的，后一步要重做。
    错例：申请日期 2016-3-6，评议日期 2016-3-5
    对例：申请日期 2016-3-1，评议日期 2016-3-5
    """
    for earlier, later in pairwise(STEPS):
        is_notice = later in _NOTICES
        yield Violation(
            c(later) <= c(earlier) if is_notice else c(later) < c(earlier),
            at=later,
            later=COLUMNS["procedure"][later].heading,
            earlier=COLUMNS["procedure"][earlier].heading,
            later_date=c(later),
            earlier_date=c(earlier),
        )


@rule(
    "SB018",
    "人均收入不低于标准",
    Severity.ERROR,
    "household",
    at="per_capita",
    message="人均纯收入 {per_capita} 元，不低于标准 {income_line} 元，主要致贫原因是“{cause}”",
    basis="S-X 人均年收入 6000 元；县级核查工具只对因病、因残、因学放宽",
    needs="per_capita",
)
def income_not_below_line(policy: Policy) -> Violation:
    """人均纯收入不低于标准，未脱贫，不是低保、五保户，也不是因病、因残、因学。

    改法：核实收入；确实不低于标准的，不应登记。
    错例：人均纯收入 6500，主要致贫原因 缺技术
    对例：人均纯收入 5800
    """
    exempt = c.household_type.is_in(policy.types_exempt_from_line).fill_null(False)
    by_expense = c.cause.is_in(["因病", "因残", "因学"]).fill_null(False)
    out = (c.status == "已脱贫").fill_null(False)
    return Violation(
        (c.per_capita >= policy.income_line) & ~out & ~exempt & ~by_expense,
        income_line=policy.income_line,
    )
