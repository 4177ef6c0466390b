"""DC014, DC015, DC020, DC021, DC043, DC069: who works has wages, who has land has a harvest."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.survey.shared import none_or_zero
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# What a day labourer earns in a month: less is earned without one whole month of work.
_MORE_THAN_ODD_JOBS = 2000


@rule(
    "DC014",
    "有人务工但没有工资性收入",
    Severity.WARNING,
    "household",
    at="wage|labour_income",
    message="成员中有 {workers} 人务工，工资性（务工）收入却是 {wages}",
    basis="S-P；三套核查口径",
    needs="wage|labour_income member.work|member.work_months",
)
def work_without_wages(policy: Policy) -> Violation:
    """有成员务工（填了在家务农以外的务工状况，或务工时间大于0），工资性收入是0或空。

    只填“其他”、没有务工时间的不算务工；收入一项也没有填的，由“必填项为空”报。

    改法：补填务工收入；没有务工的，改正务工状况和务工时间；刚外出还没有收入的，请说明。
    错例：儿子省外务工 6 个月，工资性收入 0
    对例：儿子省外务工 6 个月，工资性收入 9000
    理由：刚外出还没有收入。
    """
    none = none_or_zero("wage").fill_null(False) | none_or_zero("labour_income").fill_null(False)
    none = none & ~c.has_no_income_yet
    return Violation((c.workers > 0) & none & (c.wages.fill_null(0) == 0))


@rule(
    "DC015",
    "有工资性收入但无人务工",
    Severity.WARNING,
    "household",
    at="wage|labour_income",
    message="工资性（务工）收入 {wages} 元，成员中却没有人务工",
    basis="S-P；两套核查口径",
)
def wages_without_work(policy: Policy) -> Violation:
    """工资性收入在2000元以上，没有一个成员填了在家务农以外的务工状况或务工时间。
    不到2000元的多是打零工，不足一个月，不查。

    改法：补填务工成员的务工状况和务工时间；不是工资的，改填到别的收入项；村里打零工的，请说明。
    错例：工资性收入 6000，全家务工状况都空着
    对例：工资性收入 6000，户主乡(镇)内务工 4 个月
    理由：务工的人已迁出、当年去世。
    """
    return Violation(
        (c.wages >= _MORE_THAN_ODD_JOBS) & (c.possible_workers == 0) & ~c.lacks_members
    )


# Who can work and is not away to do so.
derived("household", of="member", needs="").columns(
    labourers_here=(c.is_labourer & ~c.works.fill_null(False)).sum()
)


@rule(
    "DC020",
    "有耕地但没有生产经营收入",
    Severity.SUSPECT,
    "household",
    at="business_income|planting",
    message="耕地 {arable} 亩、流转 {transferred} 亩，{what}是 0；"
    "请核实土地由谁耕种，可与农业部门的补贴名单核对",
    basis="S-P",
    needs="arable transferred business_income|planting",
)
def land_without_harvest(policy: Policy) -> Iterator[Violation]:
    """耕地面积大于流转面积，家里有劳动力，生产经营性收入（六分式为种植业和养殖业）却填0。
    没有劳动力的户，土地多由亲属代种，不查；劳动力都在外务工的，只是提示。

    改法：漏填的补填种植、养殖的收入；给亲属白种的、撂荒、受灾的，请说明；已经流转的，改正流转面积。
    错例：耕地 4.5 亩，流转 0 亩，生产经营性收入 0
    对例：耕地 4.5 亩，流转 4.5 亩，生产经营性收入 0
    理由：给亲属白种、撂荒、受灾。
    """
    # Of whom the village's members are listed and the household's are not, nothing is known.
    unlisted = pl.when(c.village_has_members).then(0).otherwise(1)
    farms = (c.arable - c.transferred > 0) & (c.labourers.fill_null(unlisted) > 0)
    all_away = (c.labourers_here == 0).fill_null(False)
    for at, none, what in (
        ("business_income", c.business_income == 0, "生产经营性收入"),
        ("planting", (c.planting == 0) & (c.breeding == 0), "种植业和养殖业收入"),
    ):
        yield Violation(farms & none & ~all_away, at=at, what=what)
        yield Violation(farms & none & all_away, severity=Severity.INFO, at=at, what=what)


@rule(
    "DC021",
    "亩均种植收入异常",
    Severity.WARNING,
    "household",
    at="planting",
    message="种植业收入 {planting} 元，自种 {farmed} 亩，合每亩 {yield_per_mu} 元，"
    "一般在 {low}-{high} 元之间",
    basis="S-P 2014年省级核查下限；上限为本工具的判断",
    needs="planting arable",
    optional=True,
)
def unlikely_harvest(policy: Policy) -> Violation:
    """种植业收入除以自种的耕地（耕地面积减流转面积），不在政策给的每亩收入范围内。

    改法：核对种植业收入和耕地面积；包种别人的地、种大棚或受灾的，请说明。
    错例：耕地 3 亩，种植业收入 240
    对例：耕地 3 亩，种植业收入 2400
    理由：包种别人的地、种大棚、受灾。
    """
    farmed = c.arable - c.transferred.fill_null(0)
    per_mu = c.planting / pl.when(farmed > 0).then(farmed)
    low, high = policy.planting_per_mu.low, policy.planting_per_mu.high
    # A harvest of 0 is DC020's, one below 100 元 a question of the unit (DC013).
    return Violation(
        (c.planting >= 100) & ~per_mu.is_between(low, high),
        farmed=farmed,
        yield_per_mu=per_mu,
        low=low,
        high=high,
    )


@rule(
    "DC043",
    "有生产经营收入但没有支出",
    Severity.WARNING,
    "household",
    at="cost",
    message="生产经营性收入 {business_income} 元，生产经营性支出却是 {cost}",
    basis="三套核查口径",
    optional=True,
)
def harvest_without_costs(policy: Policy) -> Iterator[Violation]:
    """生产经营性收入大于0，生产经营性支出是0或空。种子、化肥、饲料都要花钱，漏了支出，纯收入就偏高。
    收入不到2000元的，多是几只鸡、一点菜地、拾荒，只是提示。

    改法：补填生产经营性支出，并改纯收入和人均；确实没有支出的（如采集、出租），请说明。
    错例：生产经营性收入 5200，生产经营性支出 0
    对例：生产经营性收入 5200，生产经营性支出 1800
    理由：采集、出租。
    """
    free, little = none_or_zero("cost"), c.business_income < _MORE_THAN_ODD_JOBS
    yield Violation((c.business_income > 0) & free & ~little)
    yield Violation((c.business_income > 0) & free & little, severity=Severity.INFO)


# Beyond these a loss is more than a bad year.
_TWICE, _GREAT_LOSS = 2, 1000


@rule(
    "DC069",
    "生产经营支出远大于收入",
    Severity.SUSPECT,
    "household",
    at="cost",
    message="生产经营性支出 {cost} 元，是生产经营性收入 {business_income} 元的两倍以上；"
    "请核实支出和收入有没有填错，确实亏损的请说明",
    basis="本工具的判断",
    optional=True,
)
def great_loss(policy: Policy) -> Violation:
    """生产经营性支出超过生产经营性收入的两倍，亏损1000元以上。主要致贫原因是因灾的不查。

    改法：核对支出和收入有没有多写少写；确实亏损的，请说明。
    错例：生产经营性收入 1200，生产经营性支出 5400
    对例：生产经营性收入 1200，生产经营性支出 1500
    理由：亏损属实、当年投入次年才有收入。
    """
    is_great = (c.cost > _TWICE * c.business_income) & (c.cost - c.business_income >= _GREAT_LOSS)
    return Violation(
        is_great & (c.cause != "因灾").fill_null(True), rests_on="cost business_income"
    )
