"""DC022-DC026: what the main cause of poverty says is there to be seen."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.provincial import softer
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# Half of all households have more than the median: only much more contradicts the cause.
_MUCH = 1.5
# A median of fewer households says little of the village.
_VILLAGE = 10


@rule(
    "DC022",
    "因病致贫但无病人",
    Severity.SUSPECT,
    "household",
    at="cause",
    message="主要致贫原因是“{cause}”，成员中没有长期慢性病或患有大病的；"
    "请核实病人是不是年内去世或已治愈，可与医保部门的名单核对",
    basis="S-N 登记表指标说明；三套核查口径",
    needs="cause member.health",
)
def illness_without_the_ill(policy: Policy) -> Iterator[Violation]:
    """主要致贫原因是因病，没有一名成员的健康状况是长期慢性病、患有大病或体弱多病。

    有成员的健康状况空着的不查。户主像是丧偶的，多半是病人年内去世，只是提示；省表的身体状况只能填一项，
    家里有残疾人的，残疾人可能也有病，也只是提示。

    改法：改正致贫原因或成员的健康状况；病人已去世或已治愈的，请说明。
    错例：因病，全家健康状况都是健康
    对例：因病，户主患有大病
    理由：病人当年去世、已康复。
    """
    # Where somebody of the family is missing, it is likely that who the cause was of has died.
    hidden = c.members_on_provincial_form & c.has_disabled
    yield from softer(
        (c.cause == "因病") & ~c.has_sick & ~c.lacks_members, c.seems_widowed | hidden
    )


@rule(
    "DC023",
    "因残致贫但无残疾人",
    Severity.SUSPECT,
    "household",
    at="cause",
    message="主要致贫原因是“{cause}”，成员中没有残疾人；"
    "请核实残疾成员是不是年内去世，可与残联的持证名单核对",
    basis="S-N 登记表指标说明；三套核查口径",
    needs="cause member.health|member.disability_card",
)
def disability_without_the_disabled(policy: Policy) -> Iterator[Violation]:
    """主要致贫原因是因残，没有一名成员的健康状况是残疾，也没有成员有残疾证号。

    有成员的健康状况空着的不查。户主像是丧偶的，多半是残疾成员年内去世，只是提示。

    改法：改正致贫原因，或补填残疾成员的健康状况和残疾证号；残疾成员已去世的，请说明。
    错例：因残，全家健康状况都是健康
    对例：因残，妻子残疾，有残疾证号
    理由：残疾人当年去世、残疾证正在办理。
    """
    yield from softer((c.cause == "因残") & ~c.has_disabled & ~c.lacks_members, c.seems_widowed)


@rule(
    "DC024",
    "因学致贫但无在校生",
    Severity.WARNING,
    "household",
    at="cause",
    message="主要致贫原因是“{cause}”，成员中却没有在校生",
    basis="S-N 登记表指标说明；两套核查口径",
)
def schooling_without_students(policy: Policy) -> Violation:
    """主要致贫原因是因学，没有一名成员是在校生。有成员的在校生状况空着的不查。

    改法：改正致贫原因，或补填学生的在校生状况；去年毕业的，请说明。
    错例：因学，全家都是非在校生
    对例：因学，女儿普通高中二年级
    理由：去年毕业。
    """
    return Violation((c.cause == "因学") & ~c.has_student & ~c.lacks_members)


@derived("household", of="member", needs="member.labour")
def able_labourers(policy: Policy) -> pl.Expr:
    """劳动力 who are not past the age of labour: those are doubted by LR307."""
    past = (c.years > policy.labour_max_age).fill_null(False)
    return (c.is_labourer & ~past).sum()


@rule(
    "DC025",
    "缺劳力但劳动力充足",
    Severity.WARNING,
    "household",
    at="cause",
    message="主要致贫原因是“{cause}”，{members} 名成员中却有 {able_labourers} 名劳动力",
    basis="公开的审计案例；两套核查口径",
    needs="cause member.labour",
)
def enough_labour(policy: Policy) -> Iterator[Violation]:
    """主要致贫原因是缺劳力，普通劳动力和技能劳动力却超过成员的一半。超过劳动年龄的不算，五保户不查。
    省表的劳动力状况没有弱劳动力一项，只提示。

    改法：改正致贫原因或成员的劳动能力；劳动力要照看卧床病人的，请说明。
    错例：缺劳力，4 名成员中 3 名是普通劳动力
    对例：缺劳力，4 名成员中 1 名是普通劳动力
    理由：照看卧床病人。
    """
    enough = (c.cause == "缺劳力") & (c.able_labourers * 2 > c.members)
    # That a 五保 household has any is told by LR313.
    enough &= ~c.is_wubao_type.fill_null(False)
    yield from softer(enough & ~c.lacks_members, c.members_on_provincial_form)


@rule(
    "DC026",
    "缺土地但人均耕地不少",
    Severity.WARNING,
    "household",
    at="cause",
    message="主要致贫原因是“{cause}”，人均耕地却有 {arable_per_head} 亩，"
    "本村的中位数是 {village_arable} 亩",
    basis="公开的审计案例",
)
def enough_land(policy: Policy) -> Violation:
    """主要致贫原因是缺土地，人均耕地却多于本村登记户中位数的一倍半。登记不足10户的村不查。

    改法：改正致贫原因或耕地面积；土地不能耕种的，请说明。
    错例：缺土地，人均耕地 2.1 亩，本村中位数 1.2 亩
    对例：缺土地，人均耕地 0.3 亩
    理由：土地不能耕种。
    """
    more = c.arable_per_head > _MUCH * c.village_arable
    return Violation((c.cause == "缺土地") & more & (c.village_lands >= _VILLAGE))
