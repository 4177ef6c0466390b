"""LR4 录入: when and by whom the survey was entered."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank
from jiandang.engine.rule import Violation, rule
from jiandang.gates.timing import deadline_of, is_over, most_have
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
    forgotten = is_over(deadline_of("entered", policy)) & most_have("entered")
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
