"""LR3 劳动与务工: the ability to work fits age and health, and work fits the ability."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.provincial import softer
from jiandang.gates.shared import NOT_AWAY, UNABLE, WORKING_AGE, years_between
from jiandang.gates.timing import last_deadline
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_OLD, _VERY_OLD = 60, 80
# So many years beyond the age that the policy names, many still farm.
_STILL_FARMING = 5


@derived("member", needs="id_number|birth_date|age")
def years_when_registered(policy: Policy) -> pl.Expr:
    """The age on the last day of the registration: some come of age after the reference date."""
    last = max(policy.reference_date, last_deadline(policy) or policy.reference_date)
    return pl.coalesce(years_between(c.born, last), c.written_age)


@rule(
    "LR306",
    "未满16岁为劳动力",
    Severity.WARNING,
    "member",
    at="labour",
    message="劳动能力是“{labour}”，年龄只有 {years} 周岁",
    basis="本工具的判断；两个公开核查系统都查",
)
def labourer_below_working_age(policy: Policy) -> Violation:
    """到登记结束时还未满16岁的成员填了普通劳动力或技能劳动力。

    改法：改填无劳动力，并改正劳动力人数；年龄有疑问的核对证件号码。
    错例：13岁，普通劳动力
    对例：16岁，普通劳动力
    理由：收入年度内满16岁。
    """
    return Violation(c.is_labourer & (c.years_when_registered < WORKING_AGE[0]))


@rule(
    "LR307",
    "高龄普通劳动力",
    Severity.SUSPECT,
    "member",
    at="labour",
    message="“{name}”{years} 周岁，劳动能力是“{labour}”；请入户核实劳动能力，"
    "必要时与人社部门养老待遇名单核对",
    basis="县级核查工具的口径；各地系统有59、60、65岁之分",
    needs="labour id_number|birth_date|age",
)
def labourer_of_high_age(policy: Policy) -> Iterator[Violation]:
    """超过政策规定年龄（65岁）的成员填了普通劳动力或技能劳动力，请核实。
    超过不到5岁的，农村里还种着地的很多，只是提示；省表的劳动力状况没有弱劳动力一项，也只是提示。

    改法：已不劳动的改填无劳动力，并改正劳动力人数；确能劳动的，保留并说明。
    错例：72岁，普通劳动力
    对例：65岁，普通劳动力
    理由：身体健康仍在劳动。
    """
    years_over = c.years - policy.labour_max_age
    still_farming = years_over < _STILL_FARMING
    yield from softer(c.is_labourer & (years_over > 0), still_farming | c.on_provincial_form)


@rule(
    "LR308",
    "青壮年无劳动力",
    Severity.SUSPECT,
    "member",
    at="labour",
    message="“{name}”{years} 周岁，{health}，{student}，劳动能力是“{labour}”；"
    "请核实原因，必要时与残联、卫生部门名单核对",
    basis="三个公开核查系统都查",
    needs="labour health student id_number|birth_date|age",
)
def able_adult_without_labour(policy: Policy) -> Violation:
    """16至59岁、健康、不在校的成员填了无劳动力，请核实。现役军人不在家劳动，不查；
    登记期间满60岁的不查。

    改法：能劳动的改填普通劳动力；有病残的，改正健康状况；其他情形保留并说明。
    错例：35岁，健康，非在校生，无劳动力
    对例：35岁，残疾，无劳动力
    理由：服刑、失联、宗教教职人员、正在治疗。
    """
    of_age = c.years.is_between(*WORKING_AGE) & (c.years_when_registered < _OLD)
    able = of_age & (c.health == "健康") & ~c.in_school
    return Violation(able & (c.labour == "无劳动力") & ~c.soldier.fill_null(False))


@rule(
    "LR310",
    "无劳动力却务工",
    Severity.WARNING,
    "member",
    at="work|work_months",
    message="劳动能力是“{labour}”，务工状况却是“{work}”、务工时间 {work_months} 个月",
    basis="S-P；四个公开核查系统都查",
    needs="labour work|work_months",
)
def works_without_labour(policy: Policy) -> Iterator[Violation]:
    """丧失劳动力或无劳动力的成员填了务工的地方或务工时间。
    60岁以上的无劳动力（做保洁、看门）和在校的学生（假期工、毕业实习）不查；80岁以上在县外的是疑点。

    改法：没有务工的，清空务工状况和务工时间；确在务工的，改正劳动能力。
    错例：丧失劳动力，务工状况 省外务工
    对例：丧失劳动力，务工状况空
    """
    old = (c.labour == "无劳动力") & (c.years >= _OLD)
    excused = old.fill_null(False) | c.in_school.fill_null(False)
    yield Violation(c.labour.is_in(UNABLE) & c.works & ~excused)
    far = c.work.is_in(["县外省内务工", "省外务工"])
    yield Violation(old & (c.years >= _VERY_OLD) & far, severity=Severity.SUSPECT)


@rule(
    "LR311",
    "务工时间超出范围",
    Severity.ERROR,
    "member",
    at="work_months",
    message="一年的务工时间填了 {work_months} 个月",
    basis="S-N 登记表指标说明：务工时间按月计",
)
def months_beyond_a_year(policy: Policy) -> Violation:
    """务工时间不在0至12个月之间。

    改法：按一年里实际务工的月数填，把天数折成月数。
    错例：务工时间 90（天）
    对例：务工时间 3
    """
    return Violation(~c.work_months.is_between(0, 12))


@rule(
    "LR312",
    "务工时间与务工状况不符",
    Severity.WARNING,
    "member",
    at="work_months",
    message="务工状况是“{work}”，务工时间却是“{work_months}”",
    basis="S-N 登记表；三个公开核查系统都查",
)
def months_without_place(policy: Policy) -> Violation:
    """填了务工时间而务工状况空着，或者填了务工的地方而务工时间是0或空着。

    改法：按入户调查补填另一项；没有务工的，两项都清空。
    错例：务工状况 省外务工，务工时间 0
    对例：务工状况 省外务工，务工时间 8
    """
    nowhere = blank("work") | (c.work == "未务工").fill_null(False)
    no_place = (c.work_months > 0) & nowhere
    somewhere = ~c.work.is_in([*NOT_AWAY, "其他"])
    no_months = somewhere & ((c.work_months == 0).fill_null(False) | blank("work_months"))
    return Violation(no_place.fill_null(False) | no_months)


@rule(
    "LR313",
    "五保户有普通劳动力",
    Severity.WARNING,
    "member",
    at="labour",
    message="农户属性是“{household_type}”，成员“{name}”{years} 周岁，劳动能力却是“{labour}”",
    basis="农村五保供养工作条例：无劳动能力；三个公开核查系统都查",
    per="household",
)
def labourer_in_wubao_household(policy: Policy) -> Violation:
    """五保户、特困供养户里有18至59岁的普通劳动力或技能劳动力。

    改法：按民政部门的五保（特困）名单核对农户属性；属性无误的，核实成员的劳动能力。
    错例：五保户，成员45岁，普通劳动力
    对例：五保户，成员45岁，丧失劳动力
    """
    return Violation(c.is_wubao_type & c.is_labourer & c.years.is_between(18, 59))


@rule(
    "LR314",
    "健康却丧失劳动力",
    Severity.ERROR,
    "member",
    at="labour",
    message="健康状况是“{health}”，劳动能力却是“{labour}”",
    basis="三个公开核查系统都查",
    needs="health labour",
)
def healthy_and_disabled_for_work(policy: Policy) -> Iterator[Violation]:
    """健康的成员填了丧失劳动力。年老、年幼、在校的应填无劳动力，所以16至59岁以外的只是警告。

    改法：有病残的改正健康状况；没有病残的，改填无劳动力或普通劳动力。
    错例：健康，丧失劳动力
    对例：健康，80岁，无劳动力
    """
    both = (c.health == "健康") & (c.labour == "丧失劳动力")
    of_working_age = c.years.is_between(*WORKING_AGE) & (c.years_when_registered < _OLD)
    of_working_age = of_working_age.fill_null(True)
    yield Violation(both & of_working_age)
    yield Violation(both & ~of_working_age, severity=Severity.WARNING)
