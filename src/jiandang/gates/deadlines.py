"""SJ 时间节点关: every step by its date, every date within the round."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.frames import Frames
from jiandang.engine.rule import Violation, observed, rule
from jiandang.engine.run import Outcome
from jiandang.gates.columns import is_earlier
from jiandang.gates.identification.steps import STEPS
from jiandang.policy import Policy
from jiandang.policy.model import Deadlines
from jiandang.register.notice import Notice
from jiandang.register.register import NO_ROW, Observation
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# The steps that have a deadline, and all dates of the process, by table.
_DUE = {
    "applied": "procedure", "appraised": "procedure", "village_notice_end": "procedure",
    "town_notice_end": "procedure", "county_notice_end": "procedure",
    "surveyed": "survey", "entered": "survey",
}  # fmt: skip
_DATED = dict.fromkeys(STEPS, "procedure") | {"surveyed": "survey", "entered": "survey"}
_NOTICE_ENDS = {step: step.replace("_end", "_start") for step in STEPS if step.endswith("_end")}
# What a row is about: a household, or a whole village.
_UNIT = pl.when(c.household_id.is_null()).then(pl.lit("行")).otherwise(pl.lit("户"))
# Steps at which people meet or an office decides (SJ014).
_WORKING_DAYS = ("appraised", "town_reviewed", "county_approved")


def _heading(step: str) -> str:
    return COLUMNS[_DATED[step]][step].heading


def _due(policy: Policy) -> Iterator[tuple[str, str, date]]:
    """Step, table and deadline, where the policy sets one."""
    for step, table in _DUE.items():
        deadline = policy.deadlines.of(step)
        if deadline is not None:
            yield step, table, deadline


def _days(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    return (later - earlier).dt.total_days()


# -- 逾期: done, but late --------------------------------------------------------------------


def _late(code: str, step: str, what: str) -> None:
    heading = _heading(step)

    def check(policy: Policy) -> Iterator[Violation]:
        deadline = policy.deadlines.of(step)
        if deadline is not None:
            days = _days(c(step), pl.lit(deadline))
            yield Violation(days > 0, date=c(step), deadline=deadline, days=days)

    check.__doc__ = f"""“{heading}”不晚于政策规定的“{Deadlines.title(step)}”日期。

    改法：核对日期；确实逾期的，写明原因，报县（市、区）同意。
    错例：期限 2016-3-7，{heading} 2016-3-9
    对例：期限 2016-3-7，{heading} 2016-3-7
    """
    rule(
        code,
        f"{what}逾期",
        Severity.ERROR,
        _DUE[step],
        at=step,
        message=f"{heading}是 {{date}}，比期限 {{deadline}} 晚了 {{days}} 天",
        basis="S-J 时间表；S-X 每一步按时完成",
    )(check)


for _code, _step, _what in (
    ("SJ001", "applied", "申请"),
    ("SJ002", "appraised", "评议"),
    ("SJ003", "village_notice_end", "村公示"),
    ("SJ004", "town_notice_end", "乡镇公示"),
    ("SJ005", "county_notice_end", "县公示"),
    ("SJ006", "surveyed", "入户调查"),
    ("SJ007", "entered", "录入"),
):
    _late(_code, _step, _what)


# -- not done yet ----------------------------------------------------------------------------


@derived("household", needs="village")
def home_village(policy: Policy) -> pl.Expr:
    return c.village


@derived("procedure", "survey", needs="village|household_id|village_code")
def which_village(policy: Policy) -> pl.Expr:
    """The village's name: by the row, else by the household's row; else its code."""
    return pl.coalesce(c.village, c.home_village, c.village_key, pl.lit("未填村名的"))


def _not_done(step: str, when: pl.Expr, table: str, deadline: date, days: pl.Expr) -> Violation:
    return Violation(
        blank(step) & when,
        at=step,
        table=table,
        step=_heading(step),
        deadline=deadline,
        days=days,
        unit=_UNIT,
    )


@rule(
    "SJ008",
    "到期未完成",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{which_village}有 {count} {unit}没有填“{step}”，期限 {deadline} 已过 {days} 天",
    basis="S-X 每一步按时完成",
    per="village",
    at_heading=True,
)
def overdue(policy: Policy) -> Iterator[Violation]:
    """政策规定的期限已过，这一步的日期还是空的。一个村的一步只报一次，指在列名上。

    改法：已经做了的补填日期；没有做的尽快完成，并说明逾期原因。
    错例：检查日期 2016-3-29，县级公示期限 2016-3-28，县级公示结束：（空）
    对例：检查日期 2016-3-29，县级公示结束：2016-3-28
    """
    for step, table, deadline in _due(policy):
        days = _days(c.today, pl.lit(deadline))
        yield _not_done(step, days > 0, table, deadline, days)


@rule(
    "SJ009",
    "临近到期",
    Severity.WARNING,
    "procedure",
    at="applied",
    message="{which_village}有 {count} {unit}没有填“{step}”，期限是 {deadline}，还有 {days} 天",
    basis="本工具的判断",
    per="village",
    at_heading=True,
)
def due_soon(policy: Policy) -> Iterator[Violation]:
    """离政策规定的期限只有几天（含当天），这一步的日期还是空的。一个村的一步只报一次，指在列名上。

    改法：在期限以前完成；已经做了的补填日期。
    错例：检查日期 2016-3-26，县级公示期限 2016-3-28，县级公示结束：（空）
    对例：检查日期 2016-3-26，县级公示结束：2016-3-28
    """
    for step, table, deadline in _due(policy):
        days = _days(pl.lit(deadline), c.today)
        yield _not_done(step, days.is_between(0, policy.warn_days), table, deadline, days)


# -- dates that cannot be --------------------------------------------------------------------


@rule(
    "SJ010",
    "日期在将来",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{step}是 {date}，晚于检查日期 {today}",
    basis="本工具的判断",
)
def in_the_future(policy: Policy) -> Iterator[Violation]:
    """程序和调查的各个日期不晚于检查日期。公示正在进行的，结束日期可以在将来。

    改法：核对年、月、日；还没有做的，先不要填日期。
    错例：检查日期 2016-3-29，评议日期 2061-3-5
    对例：检查日期 2016-3-29，评议日期 2016-3-5
    """
    for step, table in _DATED.items():
        future = c(step) > c.today
        if start := _NOTICE_ENDS.get(step):
            soon = _days(c(step), c.today) <= policy.notice_days
            future = future & ~((c(start) <= c.today) & soon).fill_null(False)
        yield Violation(future, at=step, table=table, step=_heading(step), date=c(step))


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
    for step, table in _DATED.items():
        yield Violation(
            c(step) < policy.start,
            at=step,
            table=table,
            step=_heading(step),
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
                step=_heading(step),
                date=c(step),
                unit=_UNIT,
            )


# -- the year, the day of reference, the way out ---------------------------------------------


@rule(
    "SJ012",
    "收入年度不符",
    Severity.ERROR,
    "household",
    at="income_year",
    message="收入年度填的是 {income_year}，应为 {expected}",
    basis="S-N 登记表指标说明：上一年度收入",
)
def wrong_income_year(policy: Policy) -> Violation:
    """收入年度等于政策规定的年度。

    改法：年度填错的改正；收入确实是别的年度的，要重新调查。
    错例：收入年度 2014
    对例：收入年度 2015
    """
    return Violation(c.income_year != policy.income_year, expected=policy.income_year)


@rule(
    "SJ013",
    "基准日之后出生",
    Severity.WARNING,
    "member",
    at="id_number|birth_date",
    message="{name}是 {born} 出生的，在基准日 {reference} 以后",
    basis="S-N 登记表指标说明：家庭人口以基准日为准",
)
def born_after_reference(policy: Policy) -> Violation:
    """家庭成员在基准日以前出生；基准日以后出生的，下一年动态调整时再登记。

    改法：核对出生日期；确是基准日以后出生的，从本次登记中去掉，家庭人口随改。
    错例：基准日 2015-12-31，2016-2-14 出生
    对例：基准日 2015-12-31，2015-11-20 出生
    """
    # A birth after the check date is LR104.
    return Violation(
        (c.born > policy.reference_date) & (c.born <= c.today), reference=policy.reference_date
    )


@rule(
    "SJ015",
    "帮扶开始早于识别",
    Severity.WARNING,
    "household",
    at="helper_since",
    message="帮扶开始时间 {helper_since} 早于识别时间 {identified}",
    basis="本工具的判断",
)
def helped_before_identified(policy: Policy) -> Violation:
    """帮扶开始时间不早于识别时间。只填到年、月的，比到年、月。

    改法：核对两个时间；上一轮就结对的，写明情况。
    错例：识别时间 2016-3-21，帮扶开始时间 2015-6
    对例：识别时间 2016-3-21，帮扶开始时间 2016-3-25
    """
    return Violation(is_earlier(c.helper_since, c.identified))


@rule(
    "SJ016",
    "脱贫时间早于识别时间",
    Severity.ERROR,
    "household",
    at="exited",
    message="{why}",
    basis="S-N 登记表指标说明：脱贫属性、脱贫时间",
)
def exit_contradicts(policy: Policy) -> Iterator[Violation]:
    """脱贫时间不早于识别时间；已脱贫的填有脱贫时间，未脱贫的没有。返贫户可以填上次脱贫的时间。

    改法：核对脱贫属性和两个时间，改正不对的一个。
    错例：识别时间 2016-3-21，脱贫时间 2015-12
    对例：识别时间 2014-6，脱贫时间 2015-12，脱贫属性 已脱贫
    """
    too_soon = is_earlier(c.exited, c.identified)
    yield Violation(
        too_soon,
        why=pl.format("脱贫时间 {} 早于识别时间 {}", c.exited, c.identified),
    )
    yield Violation(
        (c.status == "已脱贫") & blank("exited"), why="脱贫属性是“已脱贫”，没有填脱贫时间"
    )
    yield Violation(
        (c.status == "未脱贫") & c.exited.is_not_null() & ~too_soon.fill_null(False),
        why=pl.format("脱贫属性是“未脱贫”，却填了脱贫时间 {}", c.exited),
    )


@rule(
    "SJ017",
    "脱贫年度超出计划",
    Severity.WARNING,
    "household",
    at="exited",
    message="脱贫时间 {exited} 在目标年度 {goal_year} 年以后",
    basis="S-X 徐州日报2016年2月2日：2019年全部脱贫",
)
def exits_too_late(policy: Policy) -> Violation:
    """脱贫时间（或计划脱贫年度）不晚于政策规定的目标年度。

    改法：核对脱贫年度；按计划要在目标年度以前脱贫。
    错例：目标年度 2019，脱贫年度 2020
    对例：目标年度 2019，脱贫年度 2018
    """
    year = c.exited.str.slice(0, 4).cast(pl.Int32)
    return Violation(year > policy.goal_year, goal_year=policy.goal_year)


# -- the timetable itself --------------------------------------------------------------------


def timetable_faults(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The notices of the policy that begin too late; they stand in no row."""
    policy = frames.plan.policy
    for before, after, days in policy.timetable_gaps():
        seen = {
            "before": Deadlines.title(before), "first": policy.deadlines.of(before),
            "after": Deadlines.title(after), "last": policy.deadlines.of(after),
            "days": days, "notice_days": policy.notice_days,
        }  # fmt: skip
        yield Observation(Notice.TIMETABLE, NO_ROW, column=f"deadlines.{after}", seen=seen)


observed(
    "SJ018",
    Notice.TIMETABLE,
    "时间表本身不可行",
    Severity.ERROR,
    message="“{before}”（{first}）到“{after}”（{last}）只有 {days} 天，不够公示 {notice_days} 天",
    basis="S-J 每一步间隔一周",
    look=timetable_faults,
    doc="""政策文件的时间节点，给每一级公示留够天数。这是政策文件的问题，不是登记表的问题。

    改法：修改政策文件的 [deadlines]，或按当地规定改 notice_days。
    错例：乡镇公示截止 2016-3-21，县级公示截止 2016-3-25，公示 7 天
    对例：乡镇公示截止 2016-3-21，县级公示截止 2016-3-28，公示 7 天
    """,
)
