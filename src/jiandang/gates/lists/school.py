"""Pupils against the lists of 教育: BD131 to BD134."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    advice,
    hit,
    hits,
    miss,
    misses,
    quoted,
    words,
)
from jiandang.policy import Policy
from jiandang.register.lists.states import LEFT_SCHOOL, is_over
from jiandang.report.model import Severity

c = pl.col

# Who has 学籍 with the county: from 小学 to 高中, not before and not beyond.
_YEARS = {
    "七年级": 7, "八年级": 8, "九年级": 9, "普通高中一年级": 10, "普通高中二年级": 11,
    "普通高中三年级": 12, "中职一年级": 10, "中职二年级": 11, "中职三年级": 12,
}  # fmt: skip
_PUPILS = ("小学", *_YEARS)
_AT_SCHOOL = "在读|在校|正常|在籍|注册"
_SENIOR = "高中|高[一二三123]|职|中专"
_HAN_YEARS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_YEARS_APART = 1


@derived("pupil_list", needs="")
def is_at_school(policy: Policy) -> pl.Expr:
    """Whether the pupil is there, as far as the list says it."""
    left = is_over(c.state, LEFT_SCHOOL)
    return c.state.str.contains(_AT_SCHOOL).fill_null(True) & ~left


@derived("pupil_list", needs="grade")
def listed_year(policy: Policy) -> pl.Expr:
    """The year of school that 年级 says, from 1 in 小学 to 12; null where it cannot be told."""
    text = c.grade
    number = text.str.extract("([一二三四五六七八九1-9])").replace(
        {han: str(n) for han, n in _HAN_YEARS.items()}
    )
    year = number.cast(pl.Int64, strict=False)
    is_senior = text.str.contains(_SENIOR)
    is_junior = text.str.contains("初")
    return (
        pl.when(is_senior).then(year + 9)
        .when(is_junior & (year <= 3)).then(year + 6)
        .otherwise(year)
    )  # fmt: skip


@derived("member")
def registered_year(policy: Policy) -> pl.Expr:
    """The year of school that 在校生状况 says; null for 小学, which says no year."""
    return c.student.cast(pl.String).replace_strict(_YEARS, default=None, return_dtype=pl.Int64)


derived("member", of="pupil_list", on=("ref", "person")).columns(
    is_listed_pupil=c.is_at_school.any()
)

derived("pupil_list", of="member", on=("person", "ref")).columns(
    owner_student=c.student.first().cast(pl.String),
    owner_year=c.registered_year.first(),
)


def _student(_: Policy) -> pl.Expr:
    return quoted("在校生状况", c.student)


def _school(_: Policy) -> pl.Expr:
    return words(c.school, c.grade, c.state)


misses(
    "pupil_list", "pupil_lacks",
    registered=_student,
    asked=lambda _: c.student.is_in(_PUPILS).fill_null(False),
    found=lambda _: c.in_pupil_list,
    needs="student",
)  # fmt: skip


@rule(
    "BD131",
    "登记在校，学籍没有",
    Severity.SUSPECT,
    "member",
    at="student|name|id_number",
    per="household",
    message=TOLD + advice("在外省、外市就读；休学；学籍没有转入"),
    basis="审计以教育部门学籍比对登记表",
)
def pupil_not_listed(policy: Policy) -> Violation:
    """登记在小学到高中就读，学籍名单里没有。学前、大学不查；名单覆盖本村才查。一户只报一次。

    改法：向学校核实；不在校的改正在校生状况。
    错例：在校生状况 八年级；学籍名单里没有
    对例：在校生状况 大学本科；学籍名单里没有
    """
    return miss("pupil_list", "pupil_lacks")


# Whether the register says of a pupil that it is none.
derived("pupil_list", needs="").columns(
    is_said_not_to_be=c.is_at_school & (c.owner_student == "非在校生")
)


hits("pupil_list", "is_said_not_to_be", registered=_student, listed=_school)


@rule(
    "BD132",
    "学籍在读，登记非在校",
    Severity.SUSPECT,
    "member",
    at="student|name|id_number",
    per="household",
    message=TOLD + advice("已毕业、离校，学籍没有注销"),
    basis="审计以教育部门学籍比对登记表",
    needs="in_pupil_list student",
)
def listed_pupil(policy: Policy) -> Violation:
    """学籍名单里在读，登记的却是非在校生。

    改法：向学校核实；在校的改填年级。
    错例：学籍 在读 八年级；在校生状况 非在校生
    对例：学籍 已毕业；在校生状况 非在校生
    """
    return hit("pupil_list", "is_said_not_to_be")


@derived("pupil_list", needs="grade")
def is_of_other_year(policy: Policy) -> pl.Expr:
    """Whether the years differ by more than one; 小学 is any year up to 6."""
    apart = (c.listed_year - c.owner_year).abs() > _YEARS_APART
    primary = (c.owner_student == "小学") & (c.listed_year > 6 + _YEARS_APART)
    return c.is_at_school & (apart.fill_null(False) | primary.fill_null(False))


hits("pupil_list", "is_of_other_year", registered=_student, listed=_school)


@rule(
    "BD133",
    "年级相差",
    Severity.SUSPECT,
    "member",
    at="student|name|id_number",
    per="household",
    message=TOLD + advice("留级、跳级；名单是别的学年的"),
    basis="审计以教育部门学籍比对登记表",
)
def year_differs(policy: Policy) -> Violation:
    """登记的年级与学籍名单相差一级以上。

    改法：按现在的年级改正在校生状况。
    错例：在校生状况 七年级；学籍 九年级
    对例：在校生状况 七年级；学籍 八年级
    """
    return hit("pupil_list", "is_of_other_year")


@derived("member", needs="student id_number|birth_date|age")
def ought_to_be_at_school(policy: Policy) -> pl.Expr:
    """Whether a child of 7 to 15 is said not to be at school, for no reason that excuses it."""
    ill = c.health.str.contains("患有大病").fill_null(False) | c.is_disabled
    finished = ((c.school_years == 15) & c.education.is_in(["初中", "高中", "中专"])).fill_null(
        False
    )
    of_age = c.school_years.is_between(7, 15)
    return (of_age & ~c.in_school & ~ill & ~finished).fill_null(False)


misses(
    "pupil_list", "child_lacks",
    registered=_student,
    asked=lambda _: c.ought_to_be_at_school,
    found=lambda _: c.is_listed_pupil,
    needs="student id_number|birth_date|age",
)  # fmt: skip


@rule(
    "BD134",
    "义务教育阶段两处都没有",
    Severity.SUSPECT,
    "member",
    at="student|name|id_number",
    per="household",
    message=TOLD + advice("送教上门；在外地就读"),
    basis="义务教育法；审计以户籍、学籍、登记表三方比对",
)
def child_nowhere(policy: Policy) -> Violation:
    """7至15岁，登记不在校，学籍名单里也没有，或者已退学、辍学。大病、残疾的，15岁已初中毕业的不算。

    改法：报教育部门劝返；送教上门、在外地就读的写明情况。
    错例：10岁，非在校生；学籍名单里没有
    对例：10岁，非在校生；学籍名单里在读（由“学籍在读，登记非在校”报告）
    """
    return miss("pupil_list", "child_lacks", covered="pupil_lacks", what="的在读学籍")
