"""LR3 文化与就学: what a person learnt and attends fits the age at which one does.

Ages are those of 31 August before the reference date, when the school year begins.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.provincial import softer
from jiandang.gates.shared import (
    ENOUGH_CELLS,
    FREE_SCHOOL,
    IN_SCHOOL_UNIVERSITY,
    are_few,
    school_day,
)
from jiandang.gates.timing import deadline_of, is_over
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_PRESCHOOL = "学龄前儿童"
# Youngest and oldest of a stage, with room for those who started late or repeated a year.
_STAGES = {
    ("学前教育",): (2, 8),
    ("小学",): (5, 14),
    ("七年级",): (10, 18),
    ("八年级",): (11, 18),
    ("九年级",): (12, 18),
    ("普通高中一年级", "普通高中二年级", "中职一年级", "中职二年级"): (14, 22),
    ("普通高中三年级", "中职三年级"): (15, 22),
    ("高职高专", "大学本科"): (16, 30),
}  # fmt: skip
_YOUNGEST_PUPIL = 3
_YOUNGEST_WITH = {("初中",): 11, ("高中", "中专"): 14, ("大专及以上",): 17}
_FINISHED_JUNIOR_SCHOOL = ("初中", "高中", "中专", "大专及以上")


@rule(
    "LR301",
    "学龄前儿童与年龄不符",
    Severity.WARNING,
    "member",
    at="education",
    message="文化程度是“{education}”，到 {day} 满 {school_years} 周岁，{right}",
    basis="S-P 文化程度代码表",
)
def preschool_child_of_another_age(policy: Policy) -> Violation:
    """文化程度是学龄前儿童而已满7岁，或者未满6岁而是别的文化程度。提前上小学的不算，空着不算。

    改法：满7岁的按在读或读过的学校填；未满6岁的填学龄前儿童。
    错例：9岁，文化程度 学龄前儿童
    对例：5岁，文化程度 学龄前儿童
    理由：八月三十一日以后出生、推迟入学、残疾儿童在园。
    """
    too_old = (c.education == _PRESCHOOL) & (c.school_years >= 7)
    too_young = (c.education != _PRESCHOOL) & (c.school_years < 6)
    starts_early = (c.education == "小学") & (c.school_years == 5)
    return Violation(
        too_old | (too_young & ~starts_early),
        day=school_day(policy),
        right=pl.when(too_old)
        .then(pl.lit("应按在读或读过的学校填"))
        .otherwise(pl.lit("未满6周岁的应填学龄前儿童")),
    )


@rule(
    "LR302",
    "在校生年龄异常",
    Severity.WARNING,
    "member",
    at="student",
    message="在校生状况是“{student}”，到 {day} 满 {school_years} 周岁，"
    "一般为 {youngest} 至 {oldest} 周岁",
    basis="S-P 省级登记系统：在校生不超过24岁",
)
def student_of_unusual_age(policy: Policy) -> Violation:
    """在校生未满3岁（学前教育未满2岁），或者超过政策规定的年龄（高职高专、大学本科以上另有规定）。

    改法：核对证件号码和学籍；已毕业的填非在校生；退役后复学、晚入学的，请说明。
    错例：32岁，在校生状况 普通高中三年级
    对例：22岁，在校生状况 大学本科
    理由：职业院校学生、成人教育学生、休学后复学、推迟入学。
    """
    oldest = (
        pl.when(c.student.is_in([*IN_SCHOOL_UNIVERSITY, "高职高专"]))
        .then(policy.student_max_age_university)
        .otherwise(policy.student_max_age)
    )
    youngest = pl.when(c.student == "学前教育").then(2).otherwise(_YOUNGEST_PUPIL)
    usual = c.school_years.is_between(youngest, oldest)
    return Violation(c.in_school & ~usual, day=school_day(policy), youngest=youngest, oldest=oldest)


@rule(
    "LR303",
    "在校阶段与年龄不符",
    Severity.WARNING,
    "member",
    at="student",
    message="在校生状况是“{student}”，到 {day} 满 {school_years} 周岁，"
    "一般为 {youngest} 至 {oldest} 周岁",
    basis="S-P 省级登记系统按年龄推定学段；前后放宽",
    needs="student id_number|birth_date|age",
)
def stage_of_another_age(policy: Policy) -> Iterator[Violation]:
    """学段与年龄不合：学前教育2至8岁，小学5至14岁，七年级10至18岁，八、九年级各晚一岁，高中、中职14至22岁（三年级15岁起），
    高职、本科16至30岁。

    只写“在校生”的不知学段，不查。残疾儿童入学晚、送教上门的多，只提示。

    改法：核对学籍和证件号码，改正年级。
    错例：9岁，在校生状况 九年级
    对例：14岁，在校生状况 九年级
    理由：休学、留级、八月三十一日以后出生、送教上门。
    """
    is_disabled = c.health.str.contains("残疾", literal=True) | ~blank("disability_card")
    for stage, (youngest, oldest) in _STAGES.items():
        yield from softer(
            c.student.is_in(stage) & ~c.school_years.is_between(youngest, oldest),
            is_disabled,
            day=school_day(policy),
            youngest=youngest,
            oldest=oldest,
        )


_OF_SCHOOL_AGE = c.school_years.is_between(7, 15)

for _whose, _of in (("village", "village_key"), ("all", "today")):
    derived("member", over=_of, needs="student id_number|birth_date|age").columns(
        **{
            f"{_whose}_children": _OF_SCHOOL_AGE.sum(),
            f"{_whose}_children_unsaid": (blank("student") & _OF_SCHOOL_AGE).sum(),
        }
    )


@rule(
    "LR304",
    "义务教育阶段疑似失学",
    Severity.SUSPECT,
    "member",
    at="student",
    message="到 {day} 满 {school_years} 周岁，{said}；请按教育部门学籍核实是否在校",
    basis="义务教育法；审计以户籍、学籍、登记表三方比对",
    needs="student id_number|birth_date|age",
)
def child_not_in_school(policy: Policy) -> Iterator[Violation]:
    """7至15岁的孩子填了非在校生，或者本村（不到10人的看各村）这样的孩子几乎都填了，
    这一个没有填。患有大病、残疾的不算，到基准日满15岁、已初中毕业的不算
    （九月到十二月出生的，到基准日已满16岁，也不算）。

    改法：按学籍核实；在校的改填年级，确实失学的报教育部门劝返，送教上门、休学的说明情况。
    错例：10岁，健康，非在校生
    对例：10岁，小学
    理由：休学、送教上门、重度残疾、在外地就读。
    """
    ill = c.health.str.contains("患有大病").fill_null(False) | c.is_disabled
    of_age_to_finish = pl.max_horizontal("school_years", "years") >= 15
    finished = of_age_to_finish & c.education.is_in(_FINISHED_JUNIOR_SCHOOL)
    of_age = _OF_SCHOOL_AGE & ~finished.fill_null(False)
    said = pl.format("在校生状况是“{}”", c.student)
    yield Violation(of_age & ~c.in_school & ~ill, day=school_day(policy), said=said)
    by_village = are_few(c.village_children, c.village_children_unsaid)
    by_all = are_few(c.all_children, c.all_children_unsaid)
    # So few children of a village say nothing of what it fills: all villages are asked.
    is_small = c.village_children < ENOUGH_CELLS
    forgotten = blank("student") & (by_village | (is_small & by_all))
    due = is_over(deadline_of("surveyed", policy))
    yield Violation(
        of_age & forgotten & ~ill & due, day=school_day(policy), said="在校生状况没有填"
    )


@rule(
    "LR305",
    "文化程度与年龄不符",
    Severity.WARNING,
    "member",
    at="education",
    message="文化程度是“{education}”，{why}",
    basis="S-P 文化程度代码表",
)
def education_beyond_the_age(policy: Policy) -> Iterator[Violation]:
    """初中未满11岁，高中、中专未满14岁，大专及以上未满17岁。未满6岁的由“学龄前儿童与年龄不符”报告。
    在读初中以上的，也不会是文盲或半文盲（残疾学生不查）。

    改法：核对证件号码，按读过的最高学校改正文化程度。
    错例：9岁，文化程度 初中
    对例：13岁，文化程度 初中
    """
    for education, youngest in _YOUNGEST_WITH.items():
        too_young = c.education.is_in(education) & (c.years < youngest)
        why = pl.format("年龄只有 {} 周岁", c.years)
        yield Violation(too_young & (c.school_years >= 6), why=why)
    beyond_primary = c.in_school & ~c.student.is_in(["学前教育", "小学", "在校生"])
    yield Violation(
        (c.education == "文盲或半文盲") & beyond_primary & ~c.is_disabled,
        why=pl.format("在校生状况却是“{}”", c.student),
    )


@rule(
    "LR309",
    "在校生务工",
    Severity.WARNING,
    "member",
    at="work|work_months",
    message="在校生状况是“{student}”，务工状况却是“{work}”、务工时间 {work_months} 个月",
    basis="S-P 在校生不填务工",
    needs="student work|work_months",
)
def pupil_who_works(policy: Policy) -> Violation:
    """高中以下的在校生填了务工的地方或务工时间。只写“在校生”的不知学段，不查。

    改法：确在校的，清空务工状况和务工时间；已离校的，改正在校生状况。
    错例：八年级，务工状况 县外省内务工
    对例：八年级，务工状况空
    理由：寒暑假务工、毕业当年务工。
    """
    return Violation(c.student.is_in(FREE_SCHOOL) & c.works)
