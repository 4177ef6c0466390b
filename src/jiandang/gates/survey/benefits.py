"""DC016-DC019, DC041, DC044-DC046, DC068: who has a right to a benefit draws it, none else."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.misplaced import amount
from jiandang.gates.shared import sum_if_known
from jiandang.gates.survey.shared import none_or_zero
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# A quotient of amounts in whole 元.
_EXACT = 0.001


@rule(
    "DC016",
    "低保户没有低保金",
    Severity.SUSPECT,
    "household",
    at="dibao_money|household_type",
    message="{entitled}，低保金都是0或没有填{beside}；"
    "请核实是不是刚批准、还没有发，可与民政部门的发放名单核对",
    basis="S-P；两套核查口径",
    needs="dibao_money|member.benefit household_type|member.dibao",
)
def dibao_without_money(policy: Policy) -> Iterator[Violation]:
    """农户属性是低保户（低保贫困户），或有成员享受低保，户的低保金和成员的低保残疾金却都是0或空。
    家里有病人或残疾人的，多半是刚批准，只是提示；转移性收入比各项合计多，或者没有病人、残疾人的，是疑点。

    改法：漏填的补填低保金；已经停发的，改正农户属性和享受低保；刚批准还没有发的，请说明。
    错例：低保贫困户，低保金 0，成员的低保残疾金都是 0
    对例：低保贫困户，低保金 1920
    理由：当年底纳入，尚未发放。
    """
    entitled = c.is_dibao_type.fill_null(False) | (c.dibao_members > 0).fill_null(False)
    # Either form of the money may not be asked for; one of them has to say that there is none.
    none, none_of_members = none_or_zero("dibao_money"), c.no_benefit
    said = (none | none_of_members).fill_null(False) & ~c.has_no_income_yet
    without = entitled & none.fill_null(True) & none_of_members.fill_null(True) & said
    unnamed = c.unnamed_transfer.is_not_null()
    # The newly granted fell ill of late; who is able and well may be of another type.
    doubtful = unnamed | ~(c.has_sick | c.has_disabled).fill_null(True)
    says = pl.concat_str(
        pl.format("农户属性“{}”", c.household_type.cast(pl.String)),
        pl.format("享受低保 {} 人", c.dibao_members),
        separator="，",
        ignore_nulls=True,
    )
    yield Violation(without & doubtful, entitled=says, beside=_unnamed())
    yield Violation(without & ~doubtful, severity=Severity.INFO, entitled=says, beside="")


def _unnamed() -> pl.Expr:
    more = pl.format("，转移性收入却比各项合计多 {} 元", amount(c.unnamed_transfer))
    return more.fill_null("")


@rule(
    "DC017",
    "有低保金但无低保人口",
    Severity.WARNING,
    "household",
    at="dibao_money",
    message="低保金 {dibao_money} 元，农户属性却是“{household_type}”，也没有成员享受低保",
    basis="S-P；两套核查口径",
)
def money_without_dibao(policy: Policy) -> Violation:
    """低保金大于0，农户属性不是低保户（低保贫困户），也没有成员享受低保。

    改法：改正农户属性或成员的享受低保；不是低保金的，改填到别的收入项；年内停发的，请说明。
    错例：一般贫困户，无人享受低保，低保金 1920
    对例：低保贫困户，低保金 1920
    理由：年内停发。
    """
    nobody = (c.dibao_members == 0) & (c.unknown_dibao < c.members)
    return Violation((c.dibao_money > 0) & ~c.is_dibao_type & nobody)


@rule(
    "DC018",
    "五保户没有五保金",
    Severity.SUSPECT,
    "household",
    at="wubao_money",
    message="农户属性“{household_type}”，五保金是 {wubao_money}{beside}；"
    "请核实是不是刚批准、或由敬老院代领，可与民政部门的发放名单核对",
    basis="S-P；两套核查口径",
    needs="household_type wubao_money",
)
def wubao_without_money(policy: Policy) -> Iterator[Violation]:
    """农户属性是五保户、五保贫困户或特困供养户，五保金却是0或空。收入年度里才满60岁、刚够条件的，
    没有住房、住敬老院的，只是提示；但转移性收入比各项合计多的，仍是疑点。

    改法：漏填的补填五保金；刚批准还没有发的，集中供养、由敬老院代领的，请说明。
    错例：五保户，五保金 0
    对例：五保户，五保金 3600
    理由：刚批准还没有发、敬老院代领。
    """
    without = c.is_wubao_type & none_or_zero("wubao_money") & ~c.has_no_income_yet
    explained = c.newly_sixty.fill_null(False) | (c.house_area == 0).fill_null(False)
    doubtful = c.unnamed_transfer.is_not_null() | ~explained
    yield Violation(without & doubtful, beside=_unnamed())
    yield Violation(without & ~doubtful, severity=Severity.INFO, beside="")


@rule(
    "DC019",
    "60岁以上参保人没有养老金",
    Severity.WARNING,
    "household",
    at="pension",
    message="有 {pensioners} 名参保成员全年已满60岁，养老保险金应不少于 {least} 元，"
    "填的是 {pension} 元",
    basis="S-P 2014年省级核查",
)
def too_little_pension(policy: Policy) -> Violation:
    """养老保险金少于基础养老金乘以参保的60岁以上成员数。收入年度以前已满60岁的才算（满60岁的次月起发）。

    改法：按发放清册补填养老保险金；还没有领取的，请说明原因。
    错例：夫妻都是 68 岁并参保，养老保险金 1260（一人的）
    对例：夫妻都是 68 岁并参保，养老保险金 2520
    理由：当年满60岁尚未发放、待遇已暂停。
    """
    least = policy.base_pension * c.pensioners
    return Violation(c.pension + 1 < least, least=least)


@rule(
    "DC041",
    "疑似应保未保",
    Severity.SUSPECT,
    "member",
    at="dibao",
    message="人均纯收入 {per_capita} 元，低于低保标准 {dibao_line} 元，全家没有人享受低保，"
    "请核实并与民政部门的低保名单核对",
    basis="S-X 应保尽保",
    per="household",
)
def dibao_missed(policy: Policy) -> Iterator[Violation]:
    """人均纯收入低于政策给的低保标准，而家里没有人享受低保。五保户、特困供养户不查。

    改法：与民政部门核对；符合条件的，帮助申请低保；不够条件的，写明原因。
    错例：低保标准 4800 元，人均纯收入 3200，全家享受低保都是否
    对例：低保标准 4800 元，人均纯收入 3200，户主享受低保
    理由：正在申请、经民政部门核查不符合。
    """
    if policy.dibao_line is None:
        return
    supported = (c.is_dibao_type | c.is_wubao_type).fill_null(False)
    yield Violation(
        (c.per_capita < policy.dibao_line) & (c.dibao_members == 0) & ~c.dibao & ~supported,
        dibao_line=policy.dibao_line,
    )


@derived("household", of="member", needs="member.relation member.id_number|member.birth_date")
def elder_kin(policy: Policy) -> pl.Expr:
    """Uncles, brothers and others of 60 and more, who may draw 五保 in a home that does not."""
    kin = c.relation.is_in(["之叔伯", "之兄弟姐妹", "其他"])
    return (kin & (c.years >= 60)).sum()


@rule(
    "DC044",
    "低保金与五保金并存",
    Severity.WARNING,
    "household",
    at="wubao_money",
    message="低保金 {dibao_money} 元，五保金 {wubao_money} 元；同一人不能两样都领",
    basis="两套核查口径",
    needs="dibao_money wubao_money",
)
def both_benefits(policy: Policy) -> Iterator[Violation]:
    """低保金和五保金都大于0。家里有60岁以上的叔伯、兄弟等五保老人同住的不查。
    五保户是疑点：可能是年内由低保转来的。

    改法：按农户属性留一项；年内由低保转为五保（特困）的，低保户里有五保老人同住的，请说明。
    错例：低保金 1920，五保金 3600
    对例：低保金 0，五保金 3600
    理由：年内由低保转为五保、有五保老人同住。
    """
    both = (c.dibao_money > 0) & (c.wubao_money > 0)
    together = both & ~(c.elder_kin > 0).fill_null(False)
    converted = c.is_wubao_type.fill_null(False)
    yield Violation(together & ~converted)
    yield Violation(together & converted, severity=Severity.SUSPECT)


@rule(
    "DC045",
    "非五保户有五保金",
    Severity.SUSPECT,
    "household",
    at="wubao_money",
    message="农户属性是“{household_type}”，有五保金 {wubao_money} 元；"
    "请核实是不是同住的五保老人领的，可与民政部门的发放名单核对",
    basis="两套核查口径",
    needs="wubao_money household_type",
)
def money_without_wubao(policy: Policy) -> Iterator[Violation]:
    """五保金大于0，农户属性不是五保户、五保贫困户、特困供养户。
    家里有60岁以上的叔伯、兄弟等五保老人同住的不查。
    只有一人、没有劳动力、不领低保的，多半是农户属性填错了，报在农户属性，是警告。

    改法：改正农户属性；不是五保金的，改填到别的收入项；同住的五保老人领的，请说明。
    错例：一般贫困户，五保金 3600
    对例：五保户，五保金 3600
    理由：同住的五保老人领的。
    """
    told = (c.wubao_money > 0) & ~c.is_wubao_type & ~(c.elder_kin > 0).fill_null(False)
    alone = (c.members == 1) & (c.labourers == 0) & (c.unknown_labour == 0)
    looks_wubao = (alone & (c.dibao_money == 0)).fill_null(False)
    yield Violation(told & ~looks_wubao)
    yield Violation(
        told & looks_wubao,
        at="household_type",
        severity=Severity.WARNING,
        rests_on="household_type wubao_money",
    )


@rule(
    "DC046",
    "有养老金但无60岁以上成员",
    Severity.SUSPECT,
    "household",
    at="pension",
    message="养老保险金 {pension} 元，全家没有满60岁的成员；"
    "请核实是不是年内去世的老人领的，可与人社部门的发放名单核对",
    basis="某县对全国系统数据的核查口径（2015-2017年）",
)
def pension_before_60(policy: Policy) -> Violation:
    """养老保险金达到一人一年的基础养老金，到基准日没有一名成员满60岁。有成员年龄不明的不查；
    不到一年的，多半是年内去世的老人领的，也不查。

    改法：核对养老保险金和成员的年龄；年内去世的老人领的，职工养老金、遗属补助，请说明。
    错例：夫妻 52 岁和 50 岁，养老保险金 1260
    对例：夫妻 66 岁和 58 岁，养老保险金 1260
    理由：职工养老金，未满60岁、领取人当年去世。
    """
    return Violation((c.pension + 1 >= policy.base_pension) & c.all_under_60 & ~c.awaits_pensioner)


derived("member", of="household").columns(home_transfer=c.transfer.first())


@rule(
    "DC068",
    "一人的低保残疾金多于全家转移性收入",
    Severity.SUSPECT,
    "member",
    at="benefit",
    message="低保残疾金 {benefit} 元，全家的转移性收入却只有 {home_transfer} 元；"
    "请核实单位和年度，可与民政、残联的发放名单核对",
    basis="S-N 登记表：转移性收入包括低保金和各项补贴",
)
def benefit_above_the_transfer(policy: Policy) -> Violation:
    """一名成员的低保残疾金比全家的转移性收入还多。

    改法：核对是不是多写了一位，或者填的不是收入年度的；当年新纳入的，请说明。
    错例：低保残疾金 24000，转移性收入 4600
    对例：低保残疾金 2400，转移性收入 4600
    理由：当年新纳入，收入年度还没有发放。
    """
    return Violation(c.benefit > c.home_transfer + 1)


derived("household", of="member").columns(benefits_of_members=sum_if_known(c.benefit))


@rule(
    "DC071",
    "低保金像是多写或少写一个0",
    Severity.WARNING,
    "household",
    at="dibao_money",
    message="低保金 {dibao_money} 元，成员的低保残疾金合计 {benefits_of_members} 元，正好相差十倍",
    basis="算术；本工具的判断",
    needs="dibao_money member.benefit",
)
def dibao_ten_times_that_of_members(policy: Policy) -> Violation:
    """全家的低保金正好是各成员低保残疾金合计的十倍，或者十分之一。

    改法：按民政部门的发放名单核对，改正多写或少写了一个0的一格，收入合计随之重算。
    错例：低保金 360，成员的低保残疾金 1800 和 1800
    对例：低保金 3600，成员的低保残疾金 1800 和 1800
    """
    ratio = c.dibao_money / pl.when(c.benefits_of_members > 0).then(c.benefits_of_members)
    return Violation(((ratio - 10).abs() < _EXACT) | ((1 / ratio - 10).abs() < _EXACT))
