"""DC027-DC031, DC047, DC048, DC050-DC052: house, land, water and road."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# Bounds of the provincial system of 2014 (the first three) and of a county's checks of 2015-2017.
_HOUSE, _HOUSE_PER_HEAD = (10, 300), 100
_ARABLE, _ARABLE_PER_HEAD = 30, 8
_OTHER_LAND = 50
_ROAD_KM = 2
# From so many on it is metres that stand there.
_METRES = 10


@rule(
    "DC027",
    "住房面积异常",
    Severity.WARNING,
    "household",
    at="house_area",
    message="住房面积 {house_area} ㎡，{why}",
    basis="S-P 登记系统的范围",
    needs="house_area",
)
def unlikely_house(policy: Policy) -> Violation:
    """住房面积小于10㎡或大于300㎡，或两人以上的户人均超过100㎡。没有住房填0的不查。

    改法：核对住房面积，只算自己居住的房屋；确实这样的，请说明。
    错例：住房面积：3
    对例：住房面积：96
    理由：住房确实这样。
    """
    low, high = _HOUSE
    outside = ~c.house_area.is_between(low, high) & (c.house_area != 0)
    # One person left in the old family house is nothing unusual.
    wide = (c.house_area > _HOUSE_PER_HEAD * c("size")) & (c("size") > 1)
    return Violation(
        outside | wide.fill_null(False),
        why=pl.when(outside)
        .then(pl.lit(f"不在 {low}-{high} ㎡之间"))
        .otherwise(pl.format("家庭人口 {} 人，人均超过 {} ㎡", c("size"), _HOUSE_PER_HEAD)),
    )


@rule(
    "DC028",
    "危房与等级不符",
    Severity.ERROR,
    "household",
    at="danger_grade",
    message="是否危房填“{dangerous}”，危房等级却是“{danger_grade}”",
    basis="S-N 登记表",
)
def danger_and_grade_disagree(policy: Policy) -> Violation:
    """是危房却没有填等级，或不是危房却填了C级、D级。

    改法：按住建部门的鉴定改正是否危房或危房等级。
    错例：是否危房 否，危房等级 C级
    对例：是否危房 是，危房等级 C级
    """
    ungraded = c.dangerous & (blank("danger_grade") | (c.danger_grade == "无").fill_null(False))
    # A and B are grades of safe houses.
    return Violation(ungraded | (~c.dangerous & c.danger_grade.is_in(["C级", "D级"])))


@rule(
    "DC029",
    "耕地面积异常",
    Severity.WARNING,
    "household",
    at="arable",
    message="耕地面积 {arable} 亩，{why}",
    basis="S-P 登记系统的范围",
    needs="arable",
)
def unlikely_arable_land(policy: Policy) -> Violation:
    """耕地面积超过30亩，或人均超过8亩。

    改法：核对耕地面积，单位是亩，不是分或平方米；包种别人的地，请说明。
    错例：耕地面积：45
    对例：耕地面积：4.5
    理由：包种别人的地。
    """
    large = c.arable > _ARABLE
    wide = (c.arable > _ARABLE_PER_HEAD * c("size")) & (c("size") > 0)
    return Violation(
        large | wide.fill_null(False),
        why=pl.when(large)
        .then(pl.lit(f"超过 {_ARABLE} 亩"))
        .otherwise(pl.format("家庭人口 {} 人，人均超过 {} 亩", c("size"), _ARABLE_PER_HEAD)),
    )


@rule(
    "DC030",
    "灌溉或流转面积大于耕地",
    Severity.ERROR,
    "household",
    at="irrigated",
    message="{what} {part} 亩，大于耕地面积 {arable} 亩",
    basis="S-P",
)
def more_than_the_arable_land(policy: Policy) -> Iterator[Violation]:
    """有效灌溉面积或流转面积大于耕地面积。

    改法：核对两个面积；流转面积只填流转出去的，不填包种别人的。
    错例：耕地面积 4.5，有效灌溉面积 6
    对例：耕地面积 4.5，有效灌溉面积 3.6
    """
    for part in ("irrigated", "transferred"):
        yield Violation(
            c(part) > c.arable + 1e-6,
            at=part,
            what=_heading(part),
            part=c(part),
        )


@rule(
    "DC031",
    "饮水情况矛盾",
    Severity.WARNING,
    "household",
    at="water_safe",
    message="饮水是否困难填“是”，饮水是否安全也填“是”",
    basis="S-N 登记表",
)
def water_both_short_and_safe(policy: Policy) -> Violation:
    """饮水困难，又饮水安全。已脱贫的户由 DC048 报。

    改法：核对饮水情况，改正其中一项；只是季节性缺水的，请说明。
    错例：饮水是否困难 是，饮水是否安全 是
    对例：饮水是否困难 是，饮水是否安全 否
    理由：季节性缺水。
    """
    return Violation(c.water_short & c.water_safe)


@rule(
    "DC047",
    "已脱贫但仍住危房",
    Severity.ERROR,
    "household",
    at="dangerous",
    message="脱贫属性是“已脱贫”，是否危房却填“是”",
    basis="两不愁三保障的脱贫标准（住房安全）；全国四套核查口径",
)
def out_of_poverty_in_a_dangerous_house(policy: Policy) -> Violation:
    """脱贫属性为已脱贫，是否危房为是。

    改法：危房已改造的，改正是否危房和危房等级；没有改造的，不能算脱贫；是不住的旧房的，请说明。
    错例：脱贫属性 已脱贫，是否危房 是
    对例：脱贫属性 已脱贫，是否危房 否
    """
    return Violation((c.status == "已脱贫") & c.dangerous)


@rule(
    "DC048",
    "已脱贫但饮水困难或不安全",
    Severity.ERROR,
    "household",
    at="water_safe|water_short",
    message="脱贫属性是“已脱贫”，却填饮水困难“{water_short}”、饮水安全“{water_safe}”",
    basis="两不愁三保障的脱贫标准（饮水安全）；全国四套核查口径",
    needs="status water_short|water_safe",
)
def out_of_poverty_without_water(policy: Policy) -> Violation:
    """脱贫属性为已脱贫，饮水困难，或者饮水不安全。

    改法：饮水已解决的，改正饮水的两项；没有解决的，不能算脱贫。
    错例：脱贫属性 已脱贫，饮水是否安全 否
    对例：脱贫属性 已脱贫，饮水是否困难 否，饮水是否安全 是
    """
    without = c.water_short.fill_null(False) | ~c.water_safe.fill_null(True)
    return Violation((c.status == "已脱贫") & without)


@rule(
    "DC050",
    "距村主干路过远",
    Severity.WARNING,
    "household",
    at="road_distance",
    message="与村主干路距离 {road_distance} 公里，超过 {most} 公里{hint:s}",
    basis="四套核查口径",
)
def too_far_from_the_road(policy: Policy) -> Iterator[Violation]:
    """与村主干路的距离超过2公里；徐州的村庄少有这样远的。超过10公里的多半是把米填在了公里栏；
    不到的可能属实，只是提示。

    改法：核对单位，按公里填写；确实这样远的，请说明。
    错例：与村主干路距离(公里)：300
    对例：与村主干路距离(公里)：0.3
    理由：确实这样远。
    """
    in_metres = c.road_distance >= _METRES
    far = (c.road_distance > _ROAD_KM) & ~in_metres
    yield Violation(in_metres, most=_ROAD_KM, hint="，单位可能写成了米")
    yield Violation(far, severity=Severity.INFO, most=_ROAD_KM, hint="，请核对单位")


@rule(
    "DC051",
    "林地草地水面异常",
    Severity.WARNING,
    "household",
    at="forest",
    message="{what} {mu} 亩，{than} {limit} 亩",
    basis="三套核查口径",
)
def unlikely_other_land(policy: Policy) -> Iterator[Violation]:
    """林地、林果、牧草地或水面面积超过50亩；或退耕还林面积大于林地与牧草地之和。

    改法：核对面积，单位是亩；承包的鱼塘、果园确实这样大的，请说明。
    错例：水面面积：120
    对例：水面面积：1.2
    理由：承包的鱼塘、承包的果园。
    """
    for land in ("forest", "fruit", "pasture", "water_area"):
        yield Violation(
            c(land) > _OTHER_LAND,
            at=land,
            what=_heading(land),
            mu=c(land),
            than="超过",
            limit=_OTHER_LAND,
        )
    planted = c.forest + c.pasture
    yield Violation(
        c.returned > planted + 1e-6,
        at="returned",
        what=_heading("returned"),
        mu=c.returned,
        than="大于林地与牧草地之和",
        limit=planted,
    )


@rule(
    "DC052",
    "非危房等级",
    Severity.ERROR,
    "household",
    at="danger_grade",
    message="是否危房填“是”，危房等级却是不算危房的“{danger_grade}”",
    basis="《农村危险房屋鉴定技术导则》：C级、D级为危房",
)
def grade_of_a_safe_house(policy: Policy) -> Violation:
    """是危房，危房等级却填A级或B级；只有C级和D级是危房。

    改法：按住建部门的鉴定改正是否危房或危房等级。
    错例：是否危房 是，危房等级 B级
    对例：是否危房 是，危房等级 D级
    """
    return Violation(c.dangerous & c.danger_grade.is_in(["A级", "B级"]))


def _heading(name: str) -> str:
    return COLUMNS["household"][name].heading.removesuffix("(亩)")
