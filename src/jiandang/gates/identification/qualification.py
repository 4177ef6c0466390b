"""SB018-SB022, SB029, SB030, SB033: whether the household qualifies."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import FREE_SCHOOL, is_earlier
from jiandang.policy import Policy
from jiandang.register.region_codes import of_same_county
from jiandang.report.model import Severity

c = pl.col

# Causes whose costs may make a household poor whose income is not.
_COSTLY = ("因病", "因残", "因学")
_LITTLE_ABOVE = 1.25


# -- income ----------------------------------------------------------------------------------


def _not_below_line(policy: Policy) -> pl.Expr:
    """Still registered, and not by the civil-affairs lists, with an income not below the line."""
    out = (c.status == "已脱贫").fill_null(False)
    exempt = c.household_type.is_in(policy.types_exempt_from_line)
    return (c.per_capita >= policy.income_line) & ~out & ~exempt


@rule(
    "SB018",
    "人均收入不低于标准",
    Severity.ERROR,
    "household",
    at="per_capita",
    message="人均纯收入 {per_capita} 元，不低于标准 {income_line} 元，主要致贫原因是“{cause}”",
    basis="S-X 人均年收入6000元；县级核查工具只对因病、因残、因学放宽",
    needs="per_capita household_type cause",
)
def income_not_below_line(policy: Policy) -> Violation:
    """人均纯收入不低于标准，未脱贫，不是低保、五保户，也不是因病、因残、因学。

    改法：核实收入；确实不低于标准的，不应登记。
    错例：人均纯收入 6500，主要致贫原因 缺技术
    对例：人均纯收入 5800
    """
    costly = c.cause.is_in(_COSTLY)
    return Violation(_not_below_line(policy) & ~costly, income_line=policy.income_line)


@derived("household", of="member", needs="member.health|member.disability_card|member.student")
def has_costly_member(policy: Policy) -> pl.Expr:
    """Whether somebody is gravely ill, heavily disabled, or at a school that takes fees."""
    ill = c.health.str.contains("患有大病", literal=True)
    signs = (ill, c.card_grade.is_in(["1", "2"]), c.in_school & ~c.student.is_in(FREE_SCHOOL))
    return pl.any_horizontal(sign.fill_null(False) for sign in signs).any()


@rule(
    "SB030",
    "疑似支出型贫困",
    Severity.SUSPECT,
    "household",
    at="per_capita",
    message="人均纯收入 {per_capita} 元，不低于标准 {income_line} 元，主要致贫原因是“{cause}”；"
    "请核实医疗、康复或就学的支出（医保、残联、学籍部门的票据和名单）",
    basis="县级核查工具对因病、因残、因学放宽",
    needs="per_capita household_type cause",
)
def poor_by_expenses(policy: Policy) -> Iterator[Violation]:
    """人均纯收入不低于标准，但主要致贫原因是因病、因残或因学，可能是支出太大。
    超过标准不到四分之一，家里有大病病人、一二级残疾人或者高中以上学生的，支出看得出来，只是提示。

    改法：附上医疗、康复或就学支出的票据；支出不大的，核实是否应登记。
    错例：人均纯收入 6500，主要致贫原因 因病
    对例：人均纯收入 5800，主要致贫原因 因病
    理由：有医疗支出票据、有就学支出票据。
    """
    above = _not_below_line(policy) & c.cause.is_in(_COSTLY)
    little = c.per_capita < policy.income_line * _LITTLE_ABOVE
    explained = little & c.has_costly_member.fill_null(False)
    yield Violation(above & ~explained, income_line=policy.income_line)
    yield Violation(above & explained, severity=Severity.INFO, income_line=policy.income_line)


# -- what a member has -----------------------------------------------------------------------


def _declared(
    code: str, title: str, column: str, *, what: str, list_of: str, spare: str, known: str
) -> None:
    """SB019-SB022: a member is said to have what the poor mostly do not have."""

    def check(policy: Policy) -> Violation:
        return Violation(c(column))

    check.__doc__ = f"""家庭成员有“{what}”的，要对照{list_of}。一户只报一次。

    改法：对照名单核实；{spare}。
    错例：{what}：是
    对例：{what}：否
    理由：{known}。
    """
    rule(
        code,
        title,
        Severity.SUSPECT,
        "member",
        at=column,
        message=f"{{name}}的“{what}”填的是“是”（本户共 {{count}} 人），请对照{list_of}核实",
        basis="各地识别中“八类人员”的排查",
        per="household",
    )(check)


_declared(
    "SB019", "家庭成员财政供养", "public_payroll", what="财政供养",
    list_of="财政部门的财政供养人员名单",
    spare="临时工、公益性岗位不算财政供养，改为“否”",
    known="公益岗位、临时聘用、村级补贴、识别后录用",
)  # fmt: skip
_declared(
    "SB020", "家庭有机动车", "vehicle", what="机动车",
    list_of="公安车管部门的车辆登记",
    spare="农用三轮车、已卖未过户的，写明情况",
    known="已报废未注销、已转让未过户、挂名、识别后购买用于生产、摩托车或三轮车",
)  # fmt: skip
_declared(
    "SB021", "家庭有商品房", "flat", what="商品房",
    list_of="住房和不动产登记部门的名单",
    spare="拆迁安置、易地搬迁的住房不算商品房，改为“否”",
    known="拆迁安置、易地搬迁、继承份额、预售已退房",
)  # fmt: skip
_declared(
    "SB022", "家庭有工商登记", "business", what="工商登记",
    list_of="市场监管部门的登记名单",
    spare="合作社社员、已停业或被冒名登记的，写明情况",
    known="合作社成员名单、挂名、歇业未注销、帮扶入股",
)  # fmt: skip


# -- from elsewhere --------------------------------------------------------------------------


@rule(
    "SB029",
    "户籍地在县外的户主",
    Severity.INFO,
    "household",
    at="head_id",
    message="本村有 {count} 户最近识别，户主证件号码的前六位不是本县的，"
    "如{head}（{region}，识别时间 {identified}），请看是不是新近迁入",
    basis="审计实践：为纳入而迁入户口",
    per="village",
    needs="head_id|member.id_number identified village_code|household_id",
)
def head_from_elsewhere(policy: Policy) -> Violation:
    """户主证件号码的前六位不是本县的区划代码，并且是最近识别的（政策规定的月数内）。县名改过的，旧代码算本县。一个村报一次。

    改法：这是提示。请看户口迁入的时间和原因；婚嫁、购房迁入的不用改。
    错例：睢宁县的户，户主证件号码以 341222 开头
    对例：睢宁县的户，户主证件号码以 320324 开头
    """
    region = pl.coalesce(c.head_id, c.head_member_id).str.extract("^([0-9]{6})[0-9]{11}")
    county = c.village_code12.str.slice(0, 6)
    is_own = region.replace(of_same_county(policy.county_codes)) == county
    since = c.today.dt.offset_by(f"-{policy.recent_move_months}mo").cast(pl.String)
    return Violation(~is_own & ~is_earlier(c.identified, since), region=region)


@rule(
    "SB033",
    "登记了一般农户",
    Severity.WARNING,
    "household",
    at="household_type",
    message="农户属性是“{household_type}”，不是低收入户的类型",
    basis="S-N 登记表：登记的是贫困户、低保户、五保户",
)
def ordinary_household(policy: Policy) -> Violation:
    """登记在册、没有脱贫的户，农户属性却是一般农户。

    改法：是低收入户的改填一般贫困户等类型；评议中没有通过的，从登记表删去。
    错例：农户属性 一般农户，脱贫属性 未脱贫
    对例：农户属性 一般贫困户
    """
    out = (c.status == "已脱贫").fill_null(False)
    return Violation((c.household_type == "一般农户") & ~out)
