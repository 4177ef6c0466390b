"""LR3 现役军人、政治面貌、养老保险: what a person is or pays fits age and health."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# 士官 serve until 55 at the latest, women until 50.
_SOLDIERS, _OLDEST_WOMAN = (17, 55), 50
_PARTY = ("中共党员", "中共预备党员")
_YOUNGEST_PARTY_MEMBER = 18
# 团章: from 14; who turns 28 leaves, unless in office, and lists are slow to follow.
_LEAGUE = (14, 35)
_PENSION_AGE = 16


@rule(
    "LR318",
    "现役军人与本人情况不符",
    Severity.SUSPECT,
    "member",
    at="soldier",
    message="“{name}”填的是现役军人，{why}；请核实，可与人武部门的名单核对",
    basis="兵役法：服役的年龄和体格条件",
    needs="soldier",
)
def unlikely_soldier(policy: Policy) -> Iterator[Violation]:
    """现役军人未满17岁或超过55岁（女50岁），或者填了残疾、丧失劳动力、高中以下在校、务工时间。

    改法：已经退役的改填否；填错行的改正；确在服役的，改正另一项。
    错例：71岁，现役军人 是
    对例：20岁，现役军人 是
    理由：义务兵，户口已注销、士官。
    """
    old_woman = ((c.known_sex == "女") & (c.years > _OLDEST_WOMAN)).fill_null(False)
    of_age = c.years.is_between(*_SOLDIERS) & ~old_woman
    yield Violation(c.soldier & ~of_age, why=pl.format("年龄是 {} 周岁", c.years))
    fit = c.soldier & of_age.fill_null(True)
    yield Violation(fit & c.is_disabled, why="又是残疾人")
    fit &= ~c.is_disabled.fill_null(False)
    yield Violation(fit & (c.labour == "丧失劳动力"), why="劳动能力却是丧失劳动力")
    at_school = c.student.is_in(["学前教育", "小学", "七年级", "八年级", "九年级"])
    yield Violation(fit & at_school, why=pl.format("在校生状况却是“{}”", c.student.cast(pl.String)))
    yield Violation(fit & (c.work_months > 0), why=pl.format("又务工 {} 个月", c.work_months))


@rule(
    "LR319",
    "党员、团员的年龄不符",
    Severity.WARNING,
    "member",
    at="party",
    message="政治面貌是“{party}”，年龄是 {years} 周岁",
    basis="党章：年满十八岁；团章：十四周岁以上，二十八周岁以下",
    needs="party id_number|birth_date|age",
)
def party_member_of_another_age(policy: Policy) -> Violation:
    """中共党员、预备党员未满18岁；共青团员未满14岁，或者超过35岁（28岁退团，留有余地）。

    改法：核对政治面貌和证件号码；超过年龄已经退团的，改填群众。
    错例：9岁，共青团员
    对例：16岁，共青团员
    """
    party = c.party.is_in(_PARTY) & (c.years < _YOUNGEST_PARTY_MEMBER)
    league = (c.party == "共青团员") & ~c.years.is_between(*_LEAGUE)
    return Violation(party | league)


@rule(
    "LR320",
    "未满16岁参加养老保险",
    Severity.WARNING,
    "member",
    at="pension_insurance",
    message="养老保险是“是”，年龄只有 {years} 周岁",
    basis="国发〔2014〕8号：年满16周岁（不含在校学生）可以参加城乡居民基本养老保险",
    needs="pension_insurance id_number|birth_date|age",
)
def pension_insurance_of_a_child(policy: Policy) -> Violation:
    """到检查日期还未满16岁的成员，养老保险填了“是”。

    改法：改填否；常见的是把医疗保险的答案抄了过来，请一并核对。
    错例：9岁，养老保险 是
    对例：17岁，养老保险 是
    理由：按规定提前参保。
    """
    # Who was 15 at the reference date may have joined since.
    return Violation(c.pension_insurance & (c.years < _PENSION_AGE - 1))
