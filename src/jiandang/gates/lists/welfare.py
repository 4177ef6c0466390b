"""低保 and 特困 against the lists of 民政: BD101 to BD103, BD111, BD112."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    advice,
    by_person,
    hit,
    hits,
    miss,
    misses,
    not_after,
    paid_in_year,
    paid_otherwise,
    plain_number,
    quoted,
    until,
    words,
)
from jiandang.gates.shared import DIBAO_TYPES, WUBAO_TYPES
from jiandang.policy import Policy
from jiandang.register.lists.states import STOPPED, is_not_yet, is_over
from jiandang.report.model import Severity

c = pl.col


@derived("low_income_list", "destitute_list", needs="")
def has_ended(policy: Policy) -> pl.Expr:
    """Whether it was paid no more at the reference date; where nothing says so, it was."""
    by_then = not_after(c.ended, until(policy.reference_date)).fill_null(True)
    return pl.when(c.ended.is_not_null()).then(by_then).otherwise(is_over(c.state, STOPPED))


def _household_type(_: Policy) -> pl.Expr:
    return quoted("农户属性", c.household_type)


def _stopped_words(_: Policy) -> pl.Expr:
    return words(c.state, pl.format("{} 停发", c.ended))


for _table in ("low_income_list", "destitute_list"):
    hits(_table, "has_ended", registered=_household_type, listed=_stopped_words)
    _may_pay = {f"{_table}_may_pay": c(f"{_table}_unsure").any()}
    derived("household", of=_table).columns(**{f"{_table}_pays": (~c.has_ended).any()})
    derived("household", of="member").columns(**_may_pay)


def _stopped(table: str, where: pl.Expr) -> Violation:
    """Where a list says of somebody that it pays no more, and may pay nobody of the household."""
    is_paid = c(f"{table}_pays") | c(f"{table}_may_pay")
    return hit(table, "has_ended", where & ~is_paid.fill_null(False))


# -- 低保 --------------------------------------------------------------------------------------


# Whether the household, or the member, is registered with 低保.
derived("member", needs="household_type|dibao").columns(
    is_said_dibao=c.household_type.is_in(DIBAO_TYPES).fill_null(False) | c.dibao.fill_null(False)
)


misses(
    "low_income_list", "low_income_lacks",
    registered=lambda _: quoted("农户属性", c.household_type),
    asked=lambda _: c.is_said_dibao,
    found=lambda _: c.in_low_income_list,
    needs="household_type|dibao",
    by_home=True,  # lists have the head alone
)  # fmt: skip


@rule(
    "BD101",
    "登记低保，民政名单没有",
    Severity.SUSPECT,
    "member",
    at="household_type|dibao|id_number|name",
    per="household",
    message=TOLD + advice("期间停发或新纳入；在外县、外镇享受"),
    basis="审计以民政低保名单比对登记表",
)
def not_in_low_income_list(policy: Policy) -> Iterator[Violation]:
    """登记为低保户或享受低保，民政名单里全户没有一人（名单覆盖本村才查），或者有名字的都已停发、注销。

    一户只报一次。

    改法：向民政所核实；已停发的，改正农户属性或享受低保。
    错例：农户属性 低保户；本村低保名单里没有这户
    对例：农户属性 低保户；户主在低保名单里
    """
    yield miss("low_income_list", "low_income_lacks")
    yield _stopped("low_income_list", c.is_said_dibao)


@derived("low_income_list", "destitute_list", needs="")
def is_current(policy: Policy) -> pl.Expr:
    """Whether it was paid at the reference date; where nothing says since when, it was."""
    begun = not_after(c.since, until(policy.reference_date)).fill_null(True)
    return begun & ~c.has_ended & ~is_not_yet(c.state)


def _allowance(_: Policy) -> pl.Expr:
    money = pl.coalesce(
        pl.format("每月 {} 元", plain_number(c.monthly)),
        pl.format("全年 {} 元", plain_number(c.yearly)),
        pl.lit("在册"),
    )
    return words(money, pl.format("{} 起", c.since))


hits("low_income_list", "is_current", registered=_household_type, listed=_allowance)


@rule(
    "BD102",
    "民政低保名单有，登记非低保",
    Severity.SUSPECT,
    "member",
    at="household_type|dibao|id_number|name",
    per="household",
    message=TOLD + advice("单人保；基准日以后才纳入"),
    basis="审计以民政低保名单比对登记表",
    needs="in_low_income_list household_type",
)
def in_low_income_list_alone(policy: Policy) -> Violation:
    """家里有人在民政低保名单里，登记的农户属性却不是低保、五保。基准日以后纳入的，已停保、拟保的不算。

    改法：向民政所核实；确是低保户的，改正农户属性。
    错例：农户属性 一般贫困户；户主在低保名单里
    对例：农户属性 低保贫困户；户主在低保名单里
    """
    poor = c.household_type.is_in([*DIBAO_TYPES, *WUBAO_TYPES])
    return hit("low_income_list", "is_current", ~poor & ~c.dibao.fill_null(False))


@derived("low_income_list", needs="monthly|yearly")
def allowance_of_year(policy: Policy) -> pl.Expr:
    """What was paid in the income year; not known of one in which it ended, or of when it did."""
    last = c.ended.str.slice(0, 4).cast(pl.Int64, strict=False)
    is_open = (last == policy.income_year) | (last.is_null() & c.has_ended)
    paid = pl.when(~is_open.fill_null(False)).then(paid_in_year(policy, c.since))
    return pl.when(last < policy.income_year).then(0.0).otherwise(paid)


derived("low_income_list", needs="").columns(
    is_paid_to=c.person.is_not_null() & ~is_not_yet(c.state)
)
by_person("low_income_list", "low_income_paid", c.allowance_of_year, c.is_paid_to)


@rule(
    "BD103",
    "低保金与发放不符",
    Severity.SUSPECT,
    "household",
    at="dibao_money",
    message="登记低保金 {dibao_money} 元；{said}名单：收入年度发放 {paid} 元（{how}）"
    + advice("取暖费、节日补贴；年中停发、调标"),
    basis="本工具的判断：两处金额相差超过100元和一成",
)
def dibao_money_differs(policy: Policy) -> Violation:
    """登记的低保金与名单上收入年度发放的金额相差超过100元，也超过一成。名单上没写金额、年内停发的不比；

    有的成员没写的，只在其余的已经多于登记时报。一人有几行的只算一行。

    改法：按一卡通或民政发放表核实，改正低保金。
    错例：低保金 9000；名单每月 320 元
    对例：低保金 3900；名单每月 320 元
    """
    return paid_otherwise("dibao_money", "low_income_paid", c.dibao_money > 0)


# -- 特困 --------------------------------------------------------------------------------------


misses(
    "destitute_list", "destitute_lacks",
    registered=_household_type,
    asked=lambda _: c.household_type.is_in(WUBAO_TYPES).fill_null(False),
    found=lambda _: c.in_destitute_list,
    needs="household_type",
    by_home=True,
)  # fmt: skip


@rule(
    "BD111",
    "登记特困，民政名单没有",
    Severity.SUSPECT,
    "member",
    at="household_type|id_number|name",
    per="household",
    message=TOLD + advice("期间停发或新纳入；在外县、外镇供养"),
    basis="审计以民政特困供养名单比对登记表",
)
def not_in_destitute_list(policy: Policy) -> Iterator[Violation]:
    """登记为五保、特困供养户，民政名单里全户没有一人（名单覆盖本村才查），或者有名字的都已停供、注销。

    一户只报一次。

    改法：向民政所核实；已停止供养的，改正农户属性。
    错例：农户属性 五保户；本村特困名单里没有这户
    对例：农户属性 五保户；户主在特困名单里
    """
    yield miss("destitute_list", "destitute_lacks")
    yield _stopped("destitute_list", c.household_type.is_in(WUBAO_TYPES))


hits(
    "destitute_list", "is_current",
    registered=_household_type,
    listed=lambda _: words(pl.coalesce(c.care, pl.lit("在册")), pl.format("{} 起", c.since)),
)  # fmt: skip


@rule(
    "BD112",
    "民政特困名单有，登记非特困",
    Severity.SUSPECT,
    "member",
    at="household_type|id_number|name",
    per="household",
    message=TOLD + advice("家里只有一人供养；基准日以后才纳入"),
    basis="审计以民政特困供养名单比对登记表",
    needs="in_destitute_list household_type",
)
def in_destitute_list_alone(policy: Policy) -> Violation:
    """家里有人在民政特困名单里，登记的农户属性却不是五保、特困供养。基准日以后纳入、已停供的不算。

    改法：向民政所核实；确是特困供养的，改正农户属性。
    错例：农户属性 一般贫困户；户主在特困名单里
    对例：农户属性 五保户；户主在特困名单里
    """
    return hit("destitute_list", "is_current", ~c.household_type.is_in(WUBAO_TYPES))


# -- 残疾 --------------------------------------------------------------------------------------
