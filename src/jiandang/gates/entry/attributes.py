"""LR3 农户属性与致贫原因: one main cause, at most two others, and a type that 低保 bears out."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, observed, rule
from jiandang.policy import Policy
from jiandang.register.notice import FAULTS, Notice
from jiandang.report.model import Severity

c = pl.col

_ORDINARY_TYPES = ("一般贫困户", "一般农户")
_MOST_OTHER_CAUSES = 2

observed(
    "LR315",
    Notice.SEVERAL_CODES,
    "主要致贫原因不唯一",
    Severity.ERROR,
    message=FAULTS[Notice.SEVERAL_CODES],
    basis="S-N 登记表指标说明 A3a",
    needs="household.cause",
    doc="""主要致贫原因一格里有两个以上的原因。

    改法：主要致贫原因留一个，其余写到“其他致贫原因”（最多两个）。
    错例：因病、缺资金
    对例：因病
    """,
)


@rule(
    "LR316",
    "其他致贫原因超过两项或与主因重复",
    Severity.ERROR,
    "household",
    at="other_causes",
    message="其他致贫原因“{other_causes}”{fault}",
    basis="S-N 登记表指标说明 A3b：最多选两项",
    needs="other_causes",
)
def too_many_or_repeated_causes(policy: Policy) -> Violation:
    """其他致贫原因多于两项，其中一项与主要致贫原因相同，或者一项写了两次。

    改法：删去重复的和次要的，最多留两项。
    错例：主要致贫原因 因病，其他致贫原因 因病、缺资金
    对例：主要致贫原因 因病，其他致贫原因 缺资金
    """
    causes = c.other_causes.str.split("、")
    cause = c.cause.cast(pl.String)
    is_main = causes.list.contains(cause).fill_null(False)
    is_double = causes.list.n_unique() < causes.list.len()
    too_many = causes.list.len() > _MOST_OTHER_CAUSES
    return Violation(
        is_main | is_double | too_many,
        fault=pl.when(is_main)
        .then(pl.format("与主要致贫原因“{}”重复", cause))
        .when(is_double)
        .then(pl.lit("有一项写了两次"))
        .otherwise(pl.format("有 {} 项，最多填两项", causes.list.len())),
    )


@derived("household", of="member", needs="member.dibao")
def able_dibao_members(policy: Policy) -> pl.Expr:
    """Members on 低保 who are neither disabled nor gravely ill: 单人低保 is for these alone."""
    ill = c.health.str.contains("患有大病").fill_null(False) | c.is_disabled
    return (c.dibao & ~ill).sum()


@rule(
    "LR317",
    "享受低保与农户属性不符",
    Severity.WARNING,
    "household",
    at="household_type",
    message="农户属性是“{household_type}”，{known}",
    basis="S-N 登记表；两个公开核查系统都查",
)
def type_against_dibao(policy: Policy) -> Iterator[Violation]:
    """低保户、低保贫困户没有成员享受低保，或者一般贫困户、一般农户有成员享受低保；
    只有残疾或重病的成员享受的（单人低保）不算；其他人单独享受的是疑点。

    有成员的“享受低保”没填的，不说没有。

    改法：按民政部门的低保名单改正农户属性或成员的“享受低保”；单人低保（只保重残、重病的一人）的，请说明。
    错例：低保贫困户，全家“享受低保”都是 否
    对例：低保贫困户，户主“享受低保”是 是
    理由：单人低保。
    """
    nobody = (c.dibao_members == 0) & (c.unknown_dibao == 0) & ~c.lacks_members
    yield Violation(c.is_dibao_type & nobody, known="成员却没有一人享受低保")
    draws = c.household_type.is_in(_ORDINARY_TYPES) & (c.able_dibao_members > 0)
    single = (c.dibao_members == 1) & (c.members > 1)
    how_many = pl.format("却有 {} 名成员享受低保", c.dibao_members)
    yield Violation(draws & ~single, known=how_many)
    verify = pl.lit("；请按民政部门的低保名单核实是不是单人低保")
    yield Violation(
        draws & single, severity=Severity.SUSPECT, known=pl.concat_str(how_many, verify)
    )
