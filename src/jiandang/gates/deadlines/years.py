"""The year of the income, the day of reference (基准日), the times of identification and exit."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL, is_earlier
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col


@rule(
    "SJ012",
    "收入年度不符",
    Severity.ERROR,
    "household",
    at="income_year",
    message="收入年度填的是 {income_year}，应为 {expected}",
    basis="S-N 登记表指标说明：上一年度收入",
)
def wrong_income_year(policy: Policy) -> Violation:
    """收入年度等于政策规定的年度。

    改法：年度填错的改正；收入确实是别的年度的，要重新调查。
    错例：收入年度 2014
    对例：收入年度 2015
    """
    return Violation(c.income_year != policy.income_year, expected=policy.income_year)


@rule(
    "SJ013",
    "基准日之后出生",
    Severity.WARNING,
    "member",
    at="id_number|birth_date",
    message="{name}是 {born} 出生的，在基准日 {reference} 以后",
    basis="S-N 登记表指标说明：家庭人口以基准日为准",
)
def born_after_reference(policy: Policy) -> Violation:
    """家庭成员在基准日以前出生；基准日以后出生的，下一年动态调整时再登记。

    改法：核对出生日期；确是基准日以后出生的，从本次登记中去掉，家庭人口随改。
    错例：基准日 2015-12-31，2016-2-14 出生
    对例：基准日 2015-12-31，2015-11-20 出生
    """
    # A birth after the check date is LR104.
    return Violation(
        (c.born > policy.reference_date) & (c.born <= c.today), reference=policy.reference_date
    )


@rule(
    "SJ015",
    "帮扶开始早于识别",
    Severity.INFO,
    "household",
    at="helper_since",
    message="帮扶开始时间 {helper_since} 早于识别时间 {identified}",
    basis="本工具的判断",
)
def helped_before_identified(policy: Policy) -> Violation:
    """帮扶开始时间不早于识别时间。只填到年、月的，比到年、月。

    改法：这是提示。请核对两个时间；上一轮就结对、沿用下来的不用改。
    错例：识别时间 2016-3-21，帮扶开始时间 2015-6
    对例：识别时间 2016-3-21，帮扶开始时间 2016-3-25
    """
    return Violation(is_earlier(c.helper_since, c.identified))


@rule(
    "SJ016",
    "脱贫时间早于识别时间",
    Severity.ERROR,
    "household",
    at="exited",
    message="{why}",
    basis="S-N 登记表指标说明：脱贫属性、脱贫时间",
    needs="exited identified|status",
)
def exit_contradicts(policy: Policy) -> Iterator[Violation]:
    """脱贫时间不早于识别时间；已脱贫的填有脱贫时间，未脱贫的没有。返贫户可以填上次脱贫的时间。
    没有脱贫时间、人均也低于标准的，多半是脱贫属性填错了，报在脱贫属性。

    改法：核对脱贫属性和两个时间，改正不对的一个。
    错例：识别时间 2016-3-21，脱贫时间 2015-12
    对例：识别时间 2014-6，脱贫时间 2015-12，脱贫属性 已脱贫
    """
    too_soon = is_earlier(c.exited, c.identified)
    yield Violation(
        too_soon,
        why=pl.format("脱贫时间 {} 早于识别时间 {}", c.exited, c.identified),
    )
    no_date = (c.status == "已脱贫") & blank("exited")
    is_poor = (c.per_capita < policy.income_line).fill_null(False)
    yield Violation(no_date & ~is_poor, why="脱贫属性是“已脱贫”，没有填脱贫时间")
    yield Violation(
        no_date & is_poor,
        at="status",
        why=pl.format(
            "没有填脱贫时间，人均纯收入 {} 元，也低于标准，脱贫属性却是“已脱贫”", c.per_capita
        ),
    )
    yield Violation(
        (c.status == "未脱贫") & c.exited.is_not_null() & ~too_soon.fill_null(False),
        why=pl.format("脱贫属性是“未脱贫”，却填了脱贫时间 {}", c.exited),
    )


@rule(
    "SJ017",
    "脱贫年度超出计划",
    Severity.WARNING,
    "household",
    at="exited",
    message="脱贫时间 {exited} 在目标年度 {goal_year} 年以后",
    basis="S-X 徐州日报2016年2月2日：2019年全部脱贫",
)
def exits_too_late(policy: Policy) -> Violation:
    """脱贫时间（或计划脱贫年度）不晚于政策规定的目标年度。

    改法：核对脱贫年度；按计划要在目标年度以前脱贫。
    错例：目标年度 2019，脱贫年度 2020
    对例：目标年度 2019，脱贫年度 2018
    """
    year = c.exited.str.slice(0, 4).cast(pl.Int32)
    return Violation(year > policy.goal_year, goal_year=policy.goal_year)


derived("household", of="procedure", needs="").columns(
    appraised_on=c.appraised.cast(pl.String).max(),
    town_reviewed_on=c.town_reviewed.cast(pl.String).max(),
)


@derived("household", needs="identified")
def is_of_this_round(policy: Policy) -> pl.Expr:
    """Whether it was identified since the work began; those of before keep their date."""
    return ~is_earlier(c.identified, pl.lit(policy.start.isoformat()))


# How many of the village's households were identified in this round, and how many at all.
derived("household", over="village_key", needs="identified").columns(
    identified_this_round=c.is_of_this_round.sum(), identified_homes=c.identified.count()
)


@rule(
    "SJ019",
    "识别时间早于程序",
    Severity.WARNING,
    "household",
    at="identified",
    message="识别时间 {identified} 早于{what}",
    basis="S-N 国开办发〔2014〕24号：先评议、审核，后识别",
    needs="identified procedure.appraised|procedure.town_reviewed",
)
def identified_before_the_steps(policy: Policy) -> Iterator[Violation]:
    """工作开始以后的识别时间，不早于这一户的民主评议，也不早于乡镇审核（早于审核的是疑点）。
    工作开始以前的，可能是上一轮识别的；本村别的户几乎都是这一轮的，提示。已脱贫、返贫的不查。
    只填到年、月的，比到年、月。

    改法：核对识别时间，一般填县级公告的日期；上一轮识别、沿用下来的，请说明。
    错例：评议日期 2016-3-5，识别时间 2016-2-25
    对例：评议日期 2016-3-5，识别时间 2016-3-21
    理由：上一轮识别的、按评议日期填写。
    """
    poor = (c.status == "未脱贫").fill_null(True)
    before_village = is_earlier(c.identified, c.appraised_on)
    now = poor & c.is_of_this_round
    yield Violation(now & before_village, what=pl.format("民主评议 {}", c.appraised_on))
    yield Violation(
        now & is_earlier(c.identified, c.town_reviewed_on) & ~before_village.fill_null(False),
        severity=Severity.SUSPECT,
        what=pl.format("乡镇审核 {}", c.town_reviewed_on),
    )
    alone = c.identified_this_round >= NEARLY_ALL * c.identified_homes
    enough = c.identified_homes >= ENOUGH_HOUSEHOLDS
    yield Violation(
        poor & ~c.is_of_this_round & alone & enough,
        severity=Severity.INFO,
        rests_on="identified",
        what="这一轮工作的开始，本村别的户几乎都是这一轮识别的",
    )
