"""The quota by itself: RW001, RW006, RW007, RW009, RW010, RW014 and RW015."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank
from jiandang.engine.rule import Violation, observed, rule
from jiandang.policy import Policy
from jiandang.register.notice import Notice
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# RW009: a village with fewer persons than this among others with more than that.
_FEW, _MANY = 10, 100
# RW014: this share of at least so many villages.
_MOST, _ENOUGH_VILLAGES = 0.8, 10


@rule(
    "RW001",
    "下级任务数之和不等于上级",
    Severity.ERROR,
    "allocation",
    at="planned_persons",
    message="{place}的{column}是 {planned}，{why}",
    basis="S-N 规模逐级分解，总数控制",
)
def children_do_not_add_up(policy: Policy) -> Iterator[Violation]:
    """县的计划户数、计划人数等于各乡镇之和，乡镇的等于各村之和。按区划代码的前6位、9位找下级；表里没有下级的不比。
    只有一个下级乘以或除以10（100、10000）就相符的，或者登记数与任务数相差过大、改后就都相符的，指出是这个下级。

    改法：核对上级和每一个下级的任务数，改正写错的一个。
    错例：官山镇计划 188 人，三个村分别是 74、58、50 人
    对例：官山镇计划 188 人，三个村分别是 74、58、56 人
    """
    for column, what, children, mended in (
        ("planned_households", "homes", c.children_households, c.mended_households),
        ("planned_persons", "persons", c.children_persons, c.mended_persons),
    ):
        planned, right = c(column), c(f"right_{what}")
        heading = COLUMNS["allocation"][column].heading
        is_slip = right.is_not_null() & (c(f"slips_{what}") == 1)
        yield Violation(
            is_slip,
            at=column,
            column=heading,
            planned=planned,
            expected=right,
            why=pl.format(
                "改成 {} 后各下级之和正好等于{}的 {}", right, c.name_above, c(f"{what}_above")
            ),
        )
        # What one child explains, and what a place's own slip does, is told there.
        told = (c(f"{what}_slipped") == 1).fill_null(False) | is_slip.fill_null(False)
        # So is what a place below has wrong: its own places add up to what is lacking.
        below = c(f"{what}_gaps_below")
        told |= ((below != 0) & (planned == children - below)).fill_null(False)
        # A row with a wrong code (RW006) or none may be the child that is lacking.
        strays = c(column).filter(c.is_misplaced.fill_null(True)).sum()
        yield Violation(
            (planned != children) & (planned != mended) & (planned != children + strays) & ~told,
            at=column,
            column=heading,
            planned=planned,
            expected=children,
            why=pl.format("下级之和是 {}，相差 {}", children, (planned - children).abs()),
        )


@rule(
    "RW006",
    "区划代码格式错误",
    Severity.ERROR,
    "allocation",
    at="code",
    message="“{place}”的区划代码 {code} {why}{hint}",
    basis="S-P 区划代码：县6位、乡9位、村12位",
)
def misplaced_code(policy: Policy) -> Violation:
    """区划代码是6位（县）、9位（乡）或12位（村）数字；表里有上一级时，前几位是其中一个上级的代码。

    改法：按统计用区划代码改正；上级漏列的补上。
    错例：官山镇 320324105，王庄村 320342105201
    对例：官山镇 320324105，王庄村 320324105201
    """
    above = pl.format("的前几位是 {}，表中没有这个上级", c.parent_code)
    return Violation(
        c.is_misplaced,
        why=pl.when(c.parent_code.is_null())
        .then(pl.lit("不是6位、9位或12位数字"))
        .otherwise(above),
        expected=c.meant_code,
        hint=pl.format("；改成 {} 只差一位", c.meant_code).fill_null(""),
    )


@rule(
    "RW007",
    "区划代码重复",
    Severity.ERROR,
    "allocation",
    at="code",
    message="区划代码 {code} 第 {code_number} 次出现，前面已用于“{first_place}”，本行是“{place}”",
    basis="逻辑：一个区划代码只是一个地方的；S-P 区划代码",
)
def repeated_code(policy: Policy) -> Violation:
    """任务分解表中，一个区划代码只能有一行。

    改法：同一个地方列了两次的，删去一行；两个地方用了一个代码的，改正其中一个。
    错例：两行都是 320324105203
    对例：每行的区划代码都不同
    """
    return Violation(c.code.is_not_null() & (c.code_number > 1))


@rule(
    "RW009",
    "任务数单位疑误",
    Severity.ERROR,
    "allocation",
    at="planned_persons",
    message="{place}的计划人数是 {planned_persons}，{why}",
    basis="算术：一户至少一人",
    needs="planned_persons",
)
def wrong_unit(policy: Policy) -> Iterator[Violation]:
    """计划户数不多于计划人数；同级的各地都在一百人以上时，计划人数不会只有几人。

    改法：核对户数和人数是否填反，人数是否以“百人”“千人”为单位。
    错例：计划户数 12，计划人数 5
    对例：计划户数 5，计划人数 12
    """
    swapped = c.planned_households > c.planned_persons
    yield Violation(
        swapped, why=pl.format("少于计划户数 {}，户数和人数可能填反", c.planned_households)
    )
    yield Violation(
        (c.planned_persons < _FEW) & (c.siblings_median > _MANY) & ~swapped.fill_null(False),
        why=pl.format(
            "而同级各地的中位数是 {}，单位可能写错", c.siblings_median.round().cast(pl.Int64)
        ),
    )


@rule(
    "RW010",
    "未落实责任人",
    Severity.WARNING,
    "allocation",
    at="officer",
    message="{place}没有填责任人",
    basis="S-X 任务分解到村，责任落实到人",
)
def no_officer(policy: Policy) -> Violation:
    """任务分解到的每个村都有责任人。表里没有“责任人”这一列的不查。

    改法：补填责任人的姓名。
    错例：王庄村，责任人：（空）
    对例：王庄村，责任人：蒋秀莲
    """
    return Violation(blank("officer") & c.is_village)


@rule(
    "RW014",
    "各村任务比例相同",
    Severity.INFO,
    "allocation",
    at="planned_persons",
    message="{count} 个村的计划人数都是农村人口的 {quota_share}%，"
    "有数可算的共 {villages} 个村，请看是否平均分摊",
    basis="审计实践：平均分摊指标",
    per="table",
    at_heading=True,
)
def same_share_everywhere(policy: Policy) -> Violation:
    """八成以上的村（至少10个），计划人数占农村人口的比例完全相同（到0.1个百分点），像是平均分摊。

    改法：这是提示。指标应按贫困状况分解，不按人口平均分摊；确有根据的不用改。
    错例：12个村的计划人数都是农村人口的 8.5%
    对例：各村在 3.1% 到 12.4% 之间
    """
    villages = c.villages_with_share
    same = c.villages_of_share > _MOST * villages
    return Violation(
        c.quota_share.is_not_null() & same & (villages >= _ENOUGH_VILLAGES), villages=villages
    )


observed(
    "RW015",
    Notice.WRONG_TOTAL,
    "汇总数与明细不一致",
    Severity.ERROR,
    message="{label}行的“{column}”是 {value}，按明细重新计算是 {expected}",
    basis="审计实践：汇总数与明细核对",
    needs="allocation.planned_persons|allocation.planned_households|household.size",
    doc="""“合计”“小计”行的户数、人数等于明细行之和。小计算上一个汇总行以下的明细，合计、总计算全部明细；
    上下级同列的表按一级计算，合并单元格只算一次。看不出汇总什么的不比。

    改法：先查明细行有没有遗漏或重复，再改正汇总数；最好用公式计算。
    错例：三个村 74、58、56 人，合计 198 人
    对例：三个村 74、58、56 人，合计 188 人
    """,
)
