"""Steps that are late, not done by their deadline, or nearly due (逾期、到期、临近到期)."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from jiandang.engine.rule import Violation, rule
from jiandang.gates.deadlines.dates import UNIT, days_between, heading
from jiandang.gates.timing import deadline_of, is_late
from jiandang.policy import Policy
from jiandang.policy.model import Deadlines
from jiandang.report.model import Severity

c = pl.col

# The steps that have a deadline, by table.
_DUE = {
    "applied": "procedure", "appraised": "procedure", "village_notice_end": "procedure",
    "town_notice_end": "procedure", "county_notice_end": "procedure",
    "surveyed": "survey", "entered": "survey",
}  # fmt: skip

# The step after: where that was done before, and in time, the two dates contradict each other
# (SB015, LR403).
_FOLLOWED = {"applied": "appraised", "appraised": "village_notice_start", "surveyed": "entered"}
_IN_TIME = "后一步的日期比它早、又在期限以内的，是两个日期矛盾，由“程序倒置”或“录入早于调查”报。"


def _due(policy: Policy) -> Iterator[tuple[str, str, date]]:
    """Step, table and deadline, where the policy sets one."""
    for step, table in _DUE.items():
        deadline = policy.deadlines.of(step)
        if deadline is not None:
            yield step, table, deadline


def _late(code: str, step: str, what: str) -> None:
    name = heading(step)

    def check(policy: Policy) -> Iterator[Violation]:
        deadline = policy.deadlines.of(step)
        if deadline is not None:
            days = days_between(c(step), pl.lit(deadline))
            late = days > 0
            if after := _FOLLOWED.get(step):
                limit = deadline_of(after, policy) or deadline
                is_belied = (c(after) < c(step)) & (c(after) <= limit)
                late &= ~is_belied.fill_null(False)
            yield Violation(late, date=c(step), deadline=deadline, days=days, rests_on=step)

    check.__doc__ = f"""“{name}”不晚于政策规定的“{Deadlines.title(step)}”日期。
    {_IN_TIME if step in _FOLLOWED else ""}

    改法：核对日期；确实逾期的，写明原因，报县（市、区）同意。
    错例：期限 2016-3-7，{name} 2016-3-9
    对例：期限 2016-3-7，{name} 2016-3-7
    """
    rule(
        code,
        f"{what}逾期",
        Severity.ERROR,
        _DUE[step],
        at=step,
        message=f"{name}是 {{date}}，比期限 {{deadline}} 晚了 {{days}} 天",
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


def _not_done(step: str, when: pl.Expr, table: str, deadline: date, days: pl.Expr) -> Violation:
    return Violation(
        is_late(step) & when,
        at=step,
        table=table,
        step=heading(step),
        deadline=deadline,
        days=days,
        unit=UNIT,
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
    """政策规定的期限已过，村里多数户的这一步还是空的。一个村的一步只报一次，指在列名上。
    只有个别户空着，或者后面的步骤已经填了的，由程序和调查的规则逐户报。

    改法：已经做了的补填日期；没有做的尽快完成，并说明逾期原因。
    错例：检查日期 2016-3-29，县级公示期限 2016-3-28，县级公示结束：（空）
    对例：检查日期 2016-3-29，县级公示结束：2016-3-28
    """
    for step, table, deadline in _due(policy):
        days = days_between(c.today, pl.lit(deadline))
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
    """离政策规定的期限只有几天（含当天），村里多数户的这一步还是空的。一个村的一步只报一次，指在列名上。

    改法：在期限以前完成；已经做了的补填日期。
    错例：检查日期 2016-3-26，县级公示期限 2016-3-28，县级公示结束：（空）
    对例：检查日期 2016-3-26，县级公示结束：2016-3-28
    """
    for step, table, deadline in _due(policy):
        days = days_between(pl.lit(deadline), c.today)
        yield _not_done(step, days.is_between(0, policy.warn_days), table, deadline, days)
