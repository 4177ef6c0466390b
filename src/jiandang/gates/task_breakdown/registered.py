"""The quota against the register, and what the villages are: RW002-RW005, RW008, RW011-013, 016."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.timing import STILL_OPEN
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_ENOUGH_HOUSEHOLDS = 20
_ENOUGH_VILLAGES = 10
_FIRST_REGISTERED = 2014  # 建档立卡 began with 国开办发〔2014〕24号


@rule(
    "RW002",
    "任务表中的村没有登记户",
    Severity.ERROR,
    "allocation",
    at="code",
    message="{place}计划 {planned_persons} 人，一户也没有登记{hint}",
    basis="S-P 村级任务与登记表核对",
    needs="household.household_id planned_persons",
)
def village_without_households(policy: Policy) -> Iterator[Violation]:
    """任务分解表中有计划人数的村，登记表里有它的户。登记表只有一个乡镇的，不查别的乡镇。
    评议截止以前，多数户还没有评议的是提示。

    改法：补报漏报的村；村码或村名写错的，改成与登记表一致。
    错例：陈桥村计划 56 人，登记表中没有陈桥村的户
    对例：陈桥村计划 56 人，登记 23 户 55 人
    """
    towns = c.town_code.filter(c.registered_households.is_not_null()).n_unique()
    in_scope = c.town_registered | (towns > 1)
    missing = c.is_village & (c.planned_persons > 0) & c.registered_households.is_null()
    missing &= in_scope & ~c.is_misplaced.fill_null(False)
    yield Violation(missing & ~c.is_open, hint="")
    yield Violation(missing & c.is_open, severity=Severity.INFO, hint=STILL_OPEN)


@rule(
    "RW003",
    "登记的村不在任务表中",
    Severity.ERROR,
    "household",
    at="village",
    message="登记了“{village}”{count} 户，任务分解表中没有这个村{hint}",
    basis="S-P 村级任务与登记表核对",
    per="village",
    needs="village_code|village|household_id allocation.planned_persons",
)
def village_not_allocated(policy: Policy) -> Violation:
    """登记户所在的村（按村码，没有村码的按村名）在任务分解表中。一个村只报一次。
    村码与任务表的一个村只差一位的，指出是哪个村码。任务表是别的乡镇的（没有这个乡镇，登记的村一个也没有），不查。

    改法：村名、村码写错的改正；任务表漏列的，请上级补列。
    错例：登记了孟集村一户，任务分解表中没有孟集村
    对例：登记户的村都在任务分解表中
    """
    hint = pl.format("；村码 {} 与 {} 只差一位", c.village_code12, c.meant_village)
    return Violation(
        c.is_unallocated,
        asked=c.is_unallocated.fill_null(False),
        covered=~c.is_of_another_town,
        hint=hint.fill_null(""),
    )


def _off_target(
    code: str, what: str, words: str, unit: str, columns: tuple[str, str], wrong: str, right: str
) -> None:
    """RW004 and RW005: what is registered differs too much from what was planned."""
    planned, registered = columns

    def check(policy: Policy) -> Iterator[Violation]:
        difference = (c(registered).cast(pl.Int64) - c(planned)).abs()
        both = c(f"{what}_exchanged") & c(f"first_{what}_exchanged").is_not_null()
        is_told = both & (c.ref != c(f"first_{what}_exchanged"))
        if what == "homes":
            is_told |= both & c.persons_exchanged & c.first_persons_exchanged.is_not_null()
        other = pl.lit("；另一个村的正好相反，像是两个村的任务数互换了")
        told = c(f"{what}_off") & ~is_told.fill_null(False)
        is_unfinished = c.is_open & (c(registered) < c(planned)) & ~both.fill_null(False)
        values: dict[str, Any] = {
            "planned": c(planned),
            "registered": c(registered),
            "difference": difference,
            "tolerance": f"{policy.quota_tolerance:.0%}",
        }
        hint = pl.when(both).then(other).otherwise(pl.lit(""))
        yield Violation(told & ~is_unfinished, hint=hint, **values)
        yield Violation(told & is_unfinished, severity=Severity.INFO, hint=STILL_OPEN, **values)

    check.__doc__ = f"""村的登记{words}与计划{words}相差的比例，不超过政策规定的容差。
    一户也没有登记的村只报 RW002；两个村的任务数互换了的，报一次。
    评议截止以前，多数户还没有评议的村登记得少的是提示。

    改法：核对登记表有没有漏报、多报；任务数有调整的，改任务表并附调整依据。
    错例：{wrong}
    对例：{right}
    理由：任务数已调整。
    """
    rule(
        code,
        f"登记{words}与任务数相差过大",
        Severity.WARNING,
        "allocation",
        at=planned,
        message=f"{{place}}计划 {{planned}} {unit}，登记 {{registered}} {unit}，"
        f"相差 {{difference}} {unit}，超过计划的 {{tolerance}}{{hint}}",
        basis="S-X 全市计划69万人，登记682202人",
        needs=f"{planned} {registered}",
    )(check)


_off_target(
    "RW004", "persons", "人数", "人", ("planned_persons", "registered_persons"),
    "计划 89 人，登记 72 人", "计划 74 人，登记 72 人",
)  # fmt: skip
_off_target(
    "RW005", "homes", "户数", "户", ("planned_households", "registered_households"),
    "计划 30 户，登记 24 户", "计划 25 户，登记 24 户",
)  # fmt: skip


@rule(
    "RW008",
    "同名异码或同码异名",
    Severity.WARNING,
    "household",
    at="village",
    message="“{village}”的村码是 {village_code12}，而{why}",
    basis="S-P 区划代码清理",
    per="village",
    needs="village village_code|household_id",
)
def name_and_code_disagree(policy: Policy) -> Iterator[Violation]:
    """一个村码只有一个村名，一个乡镇里的一个村名只有一个村码。以任务分解表为准，没有的以多数户为准；
    “王庄”“王庄村”“王庄村委会”算同名。一个村只报一次。
    任务分解表的村码与这个村所有的户都不同的，错的是任务表，报在那里；两个村互换了的，报一次。

    改法：按统计用区划代码核对，改正写错的村名或村码。
    错例：任务表中 320324105201 是王庄村，登记表写成柳湾村
    对例：两张表中 320324105201 都是王庄村
    """
    code = pl.coalesce(c.allocated_code, c.usual_code)
    odd_quota = c.is_name_of_quota_odd.fill_null(False)
    yield Violation(c.has_other_name & ~odd_quota, why=pl.format("这个村码是“{}”的", c.told_name))
    told = c.is_told_of_quota.fill_null(False)
    yield Violation(
        (c.village_code12 != code) & ~c.has_other_name & ~told,
        why=pl.format("同一乡镇的这个村名是 {} 的", code),
        expected=code,
    )
    yield Violation(
        c.has_odd_code & ~c.is_told_at_the_other,
        table="allocation",
        at="code",
        expected=c.code_of_name,
        why=pl.format("登记的 {} 户这个村名都是 {} 的", c.homes_of_name, c.code_of_name),
    )


@rule(
    "RW011",
    "户均人口异常",
    Severity.WARNING,
    "household",
    at="village",
    message="{village}登记 {homes} 户 {persons} 人，户均 {mean} 人，一般在 {low} 到 {high} 人之间",
    basis="S-X 全市最终登记户均2.60人",
    per="village",
    needs="household_id size|member.name",
)
def odd_household_size(policy: Policy) -> Violation:
    """登记20户以上的村，户均人口在政策规定的范围内。

    改法：核对有没有一人拆成一户，或几户并成一户；家庭人口有没有填错。
    错例：28户 31人，户均 1.11 人
    对例：28户 72人，户均 2.57 人
    """
    limits = policy.persons_per_household
    mean = c.village_persons / c.village_homes
    return Violation(
        (c.village_homes >= _ENOUGH_HOUSEHOLDS) & ~mean.is_between(limits.low, limits.high),
        homes=c.village_homes,
        persons=c.village_persons,
        mean=mean,
        low=limits.low,
        high=limits.high,
    )


@rule(
    "RW012",
    "登记数超过全村户数、人口",
    Severity.ERROR,
    "village",
    at="rural_population",
    message="{why}",
    basis="算术：登记的户、人是全村的一部分",
)
def more_than_the_village(policy: Policy) -> Iterator[Violation]:
    """一个村登记的人数不超过它的农村人口，登记的户数不超过农村户数。

    改法：核对村情表的农村人口（户数与人口可能填反），再查登记表有没有别村的户。
    错例：农村人口 60，登记 72 人
    对例：农村人口 3246，登记 72 人
    """
    persons = c.registered_persons > c.rural_population
    yield Violation(
        persons,
        why=pl.format(
            "{}登记 {} 人，超过农村人口 {} 人",
            c.village,
            c.registered_persons,
            c.rural_population,
        ),
    )
    yield Violation(
        (c.registered_households > c.rural_households) & ~persons.fill_null(False),
        at="rural_households",
        why=pl.format(
            "{}登记 {} 户，超过农村户数 {} 户",
            c.village,
            c.registered_households,
            c.rural_households,
        ),
    )


@rule(
    "RW013",
    "登记数与任务数完全相等",
    Severity.INFO,
    "allocation",
    at="planned_persons",
    message="{count} 个村的登记人数都与计划人数完全相等，请看是否按指标凑数",
    basis="审计实践：按指标凑数",
    per="table",
    at_heading=True,
)
def exactly_on_target(policy: Policy) -> Violation:
    """10个以上的村，登记人数个个等于计划人数，像是按指标凑数。

    改法：这是提示。请抽查几个村的评议记录，看是先有名单还是先有指标。
    错例：12个村，登记人数都等于计划人数
    对例：有的村多几人，有的村少几人
    """
    equal = c.is_village & (c.registered_persons == c.planned_persons)
    known = c.is_village & c.registered_persons.is_not_null() & c.planned_persons.is_not_null()
    return Violation(equal & (equal.sum() == known.sum()) & (known.sum() >= _ENOUGH_VILLAGES))


@rule(
    "RW016",
    "经济薄弱村集体收入未填或超标",
    Severity.WARNING,
    "village",
    at="collective_income",
    message="{village}是经济薄弱村，村集体经营性收入{why}",
    basis="S-X 徐州日报2016年2月2日：经济薄弱村集体收入达到18万元",
)
def weak_village_income(policy: Policy) -> Iterator[Violation]:
    """经济薄弱村填有村集体经营性收入（万元），并且低于政策规定的标准。评议截止以前，多数户还没有评议的村没有填的是提示。

    改法：补填收入，注意单位是万元；收入已经达标的，核对是否仍应列为经济薄弱村。
    错例：经济薄弱村，村集体经营性收入 23.6 万元
    对例：经济薄弱村，村集体经营性收入 6.8 万元
    """
    empty = c.weak_village & blank("collective_income")
    yield Violation(empty & ~c.is_open, why="没有填")
    yield Violation(empty & c.is_open, severity=Severity.INFO, why="没有填" + STILL_OPEN)
    yield Violation(
        c.weak_village & (c.collective_income >= policy.village_income),
        why=pl.format(
            "是 {} 万元，已达到 {} 万元的标准", c.collective_income, pl.lit(policy.village_income)
        ),
    )


derived("allocation", needs="officer code|place").columns(
    officer_of_village=pl.concat_str(c.village_key, c.officer, separator="/")
)

# The first member of a registered household of the village who bears the officer's name.
derived(
    "allocation", of="member", on=("officer_of_village", "name_in_village"), needs="member.name"
).columns(officer_as_member=c.ref.first())


@rule(
    "RW017",
    "责任人与登记户成员同名",
    Severity.INFO,
    "allocation",
    at="officer",
    message="{place}的责任人“{officer}”与{other:place}同名，请看是不是同一个人",
    basis="村干部及亲属登记的要备案；同名的人不少",
    needs="officer code|place member.name",
)
def officer_bears_a_registered_name(policy: Policy) -> Violation:
    """任务分解表里村的责任人，与本村一名登记户成员的姓名相同。

    改法：这是提示。是同一个人的，核实那一户是否符合条件、是否备案；同名的不用改。
    错例：王庄村责任人 蒋秀莲，王庄村登记户成员也有蒋秀莲
    对例：王庄村登记户成员没有叫蒋秀莲的
    """
    return Violation(c.is_village & c.officer_as_member.is_not_null(), other=c.officer_as_member)


@rule(
    "RW018",
    "达标年度不在计划以内",
    Severity.WARNING,
    "village",
    at="goal_year",
    message="{village}的达标年度是 {goal_year} 年，{how}",
    basis="S-X 徐州日报2016年2月2日：2019年全部脱贫",
)
def village_too_late(policy: Policy) -> Iterator[Violation]:
    """经济薄弱村计划达标的年度不晚于政策规定的目标年度，也不早于建档立卡的开始（那是填错了年份）。

    改法：核对达标年度；按计划要在目标年度以前达标。
    错例：目标年度 2019，达标年度 2021
    对例：目标年度 2019，达标年度 2018
    """
    goal, first = policy.goal_year, _FIRST_REGISTERED
    yield Violation(c.goal_year > goal, how=f"晚于目标年度 {goal} 年")
    yield Violation(c.goal_year < first, how=f"早于建档立卡开始的 {first} 年")
