"""LR4 录入: when and by whom the survey was entered."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.timing import deadline_of, is_not_taken, is_over, most_have
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col


@rule(
    "LR401",
    "没有录入日期或录入人",
    Severity.WARNING,
    "survey",
    at="entered",
    message="没有填{what}",
    basis="审计查阅的录入记录",
    needs="entered|entry_clerk",
)
def not_signed_by_clerk(policy: Policy) -> Iterator[Violation]:
    """入户调查的录入日期或录入人只填了一项；或者期限已过，同村多数户都填了，这一户没有。
    两项都空的报一次。

    改法：补填录入日期和录入人。
    错例：录入日期：（空）
    对例：录入日期：2016-3-20，录入人：王芳
    """
    unsigned = blank("entry_clerk")
    both = pl.when(unsigned).then(pl.lit("录入日期和录入人")).otherwise(pl.lit("录入日期"))
    forgotten = is_over(deadline_of("entered", policy)) & most_have("entered") & ~is_not_taken()
    undated = blank("entered") & (forgotten | c.entry_clerk.is_not_null())
    yield Violation(undated, what=both)
    yield Violation(unsigned & c.entered.is_not_null(), at="entry_clerk", what="录入人")


@rule(
    "LR402",
    "录入人与校对人相同",
    Severity.WARNING,
    "survey",
    at="proofreader",
    message="录入人和校对人都是“{proofreader}”",
    basis="一人录入、另一人校对的做法",
)
def own_proofreader(policy: Policy) -> Violation:
    """录入人与校对人是同一个人。

    改法：换另一人校对，再改校对人。
    错例：录入人 王芳，校对人 王芳
    对例：录入人 王芳，校对人 李强
    """
    return Violation(c.entry_clerk == c.proofreader)


@rule(
    "LR403",
    "录入早于调查",
    Severity.ERROR,
    "survey",
    at="entered",
    message="录入日期（{entered}）早于调查日期（{surveyed}）",
    basis="先入户调查、后录入",
)
def entered_before_survey(policy: Policy) -> Violation:
    """录入日期早于入户调查的日期。

    改法：核对两个日期。
    错例：调查日期 2016-3-12，录入日期 2016-3-10
    对例：调查日期 2016-3-12，录入日期 2016-3-12
    """
    return Violation(c.entered < c.surveyed)


@rule(
    "LR404",
    "录入人又是审核人",
    Severity.SUSPECT,
    "survey",
    at="entry_clerk",
    message="本村有 {count} 户的录入人又是审核人，这一户是“{entry_clerk}”；请核实是不是同一个人",
    basis="一人录入、另一人审核的做法",
    per="village",
)
def entered_by_the_reviewer(policy: Policy) -> Violation:
    """同一户的录入人与审核人是同一个姓名，等于没有人复核。一个村报一次。

    改法：由另一人审核；只是同名的，请说明。
    错例：录入人 王芳，审核人 王芳
    对例：录入人 王芳，审核人 李强
    理由：只是同名。
    """
    return Violation(c.entry_clerk == c.reviewer)


_ENTRIES_A_DAY = 100


# Who entered on which day in which town.
derived("survey").columns(
    clerk_day=pl.concat_str(c.entry_clerk, c.entered.cast(pl.String), c.home_town, separator=" ")
)

derived("survey", over="clerk_day").columns(entries_that_day=c.entered.count())


@rule(
    "LR405",
    "一人一天录入过多",
    Severity.INFO,
    "survey",
    at="entered",
    per="clerk_day",
    message="{entry_clerk} 在 {entered} 一天录入了 {entries_that_day} 户，"
    "请看录入日期是不是事后统一填的",
    basis="本工具的判断",
)
def too_many_entries_a_day(policy: Policy) -> Violation:
    """同一名录入人一天在一个乡镇录入的户数超过100户。每人每天报一次。

    改法：这是提示。请看是不是统一填了一个日期，或几个人用了一个账户。
    错例：王芳 2016-3-20 录入 260 户
    对例：王芳 2016-3-20 录入 40 户
    """
    many = c.entries_that_day > _ENTRIES_A_DAY
    return Violation(c.clerk_day.is_not_null() & many)
