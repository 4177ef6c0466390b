"""SB007, SB008, SB010, SB011, SB013, SB014: the public notices, held and long enough."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import blank
from jiandang.engine.rule import Violation, rule
from jiandang.gates.identification.steps import HEADINGS
from jiandang.gates.timing import is_missing
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col


def _notice_missing(code: str, title: str, notice: str, *, right: str, basis: str) -> None:
    start, end = f"{notice}_start", f"{notice}_end"

    def check(policy: Policy) -> Iterator[Violation]:
        no_start, no_end = is_missing(start, policy), is_missing(end, policy)
        lacking = (
            pl.when(blank(start) & blank(end))
            .then(pl.lit(f"“{HEADINGS[start]}”和“{HEADINGS[end]}”"))
            .when(blank(start))
            .then(pl.lit(f"“{HEADINGS[start]}”"))
            .otherwise(pl.lit(f"“{HEADINGS[end]}”"))
        )
        rests_on = f"household_id {start} {end}"
        is_end_alone = no_end & ~blank(start)
        yield Violation((no_start | no_end) & ~is_end_alone, rests_on=rests_on, lacking=lacking)
        yield Violation(is_end_alone, at=end, rests_on=rests_on, lacking=lacking)

    check.__doc__ = f"""公示的开始或结束日期是空的，后面的步骤却填了；
    或者期限已过、同村多数户都填了。两个都空只报一次。

    改法：按公示照片或记录补填起止日期；没有公示的，要补办公示。
    错例：{HEADINGS[start]}：（空）
    对例：{right}
    """
    message = "没有填{lacking}，看不出是否公示过、公示了几天"
    rule(
        code,
        title,
        Severity.ERROR,
        "procedure",
        at=start,
        message=message,
        basis=basis,
        needs=f"{start} {end}",
    )(check)


def _notice_too_short(code: str, title: str, notice: str, *, basis: str) -> None:
    start, end = f"{notice}_start", f"{notice}_end"

    def check(policy: Policy) -> Iterator[Violation]:
        # The days by which the end is later; the first day may count as one more.
        apart = (c(end) - c(start)).dt.total_days()
        days = apart + policy.notice_counts_first_day
        values: dict[str, Any] = {
            "start": c(start),
            "end": c(end),
            "days": days,
            "notice_days": policy.notice_days,
        }
        # An end before the start is SB015.
        yield Violation(apart.is_between(0, policy.notice_days - 2), **values)
        if not policy.notice_counts_first_day:
            # Long enough if both ends count, as most offices count them.
            yield Violation(apart == policy.notice_days - 1, severity=Severity.INFO, **values)

    check.__doc__ = f"""从“{HEADINGS[start]}”到“{HEADINGS[end]}”，首尾两天都算，少于政策规定的天数。
    政策 notice_counts_first_day = false 时第一天不算，只差这一天的只提示。

    改法：核对公示的起止日期；公示天数确实不够的，要补足公示。
    错例：2016-3-8 至 2016-3-13，6 天
    对例：2016-3-8 至 2016-3-14，7 天
    """
    level = title.removesuffix("天数不足")
    message = f"{level}从 {{start}} 到 {{end}} 只有 {{days}} 天，应不少于 {{notice_days}} 天"
    rule(code, title, Severity.ERROR, "procedure", at=end, message=message, basis=basis)(check)


_WEEK = "各级公示7天的做法；S-J 每一步间隔一周"
for _codes, _level, _notice, _right, _basis in (
    (("SB007", "SB008"), "村级", "village_notice", "2016-3-7 至 2016-3-14", "S-N S-J 行政村公示"),
    (("SB010", "SB011"), "乡镇", "town_notice", "2016-3-14 至 2016-3-21", "S-J 镇街盖章公示"),
    (("SB013", "SB014"), "县级", "county_notice", "2016-3-21 至 2016-3-28", "S-N S-J 县区盖章公示"),
):
    _suffix = "(公告)" if _level == "县级" else ""
    _notice_missing(_codes[0], f"没有{_level}公示{_suffix}", _notice, right=_right, basis=_basis)
    _notice_too_short(_codes[1], f"{_level}公示天数不足", _notice, basis=_WEEK)
