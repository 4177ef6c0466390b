"""低保, 特困 and 残疾 against the lists of 民政 and 残联: BD101 to BD103, BD111 to BD123."""

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
from jiandang.gates.shared import DIBAO_TYPES, WUBAO_TYPES, is_earlier
from jiandang.policy import Policy
from jiandang.register.lists.states import CARD_GONE, STOPPED, is_not_yet, is_over
from jiandang.report.model import Severity

c = pl.col

_CARD_KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_CARD_GRADES = ("一", "二", "三", "四")


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


@derived("disability_list", needs="")
def is_valid_card(policy: Policy) -> pl.Expr:
    """Whether the card was valid: not cancelled, and issued by the reference date."""
    gone = is_over(c.state, CARD_GONE)
    gone |= is_earlier(c.valid_until, until(policy.reference_date)).fill_null(False)
    return ~gone & not_after(c.issued, until(policy.reference_date)).fill_null(True)


derived("member", of="disability_list", on=("ref", "person")).columns(
    has_valid_card=c.is_valid_card.any()
)


def _health(_: Policy) -> pl.Expr:
    return quoted("健康状况", c.health)


misses(
    "disability_list", "card_lacks",
    registered=_health,
    asked=lambda _: c.is_disabled,
    found=lambda _: c.in_disability_list,
    needs="health|disability_card",
)  # fmt: skip


def _card(_: Policy) -> pl.Expr:
    issued = pl.format("{} 发证", c.issued)
    ends = pl.format("有效期至 {}", c.valid_until)
    is_valid = (
        pl.when(~c.is_valid_card).then(pl.lit("不是基准日有效的证"))
        .when(c.state.is_null()).then(pl.lit("证的状态未注明"))
        .otherwise(pl.lit("有效证"))
    )  # fmt: skip
    return words(c.kind, c.grade, c.state, issued, ends, is_valid)


derived("disability_list", of="member", on=("person", "ref"), needs="").columns(
    owner_lacks_card=(c.is_disabled & ~c.has_valid_card).first(),
    owner_is_healthy=((c.health == "健康") & ~c.is_disabled).first(),
)
# Of a household's cards those that the doubt is about.
derived("disability_list", needs="").columns(
    is_invalid_card=~c.is_valid_card & c.owner_lacks_card.fill_null(False),
    is_card_of_healthy=c.is_valid_card & c.owner_is_healthy.fill_null(False),
)
hits("disability_list", "is_invalid_card", registered=_health, listed=_card)


@rule(
    "BD121",
    "登记残疾，残联没有有效证",
    Severity.SUSPECT,
    "member",
    at="health|disability_card|id_number|name",
    per="household",
    message=TOLD + advice("没有评残；未成年人；正在换证"),
    basis="审计以残联持证名单比对登记表",
)
def no_valid_card(policy: Policy) -> Iterator[Violation]:
    """登记残疾或有残疾证号，残联名单里没有这人的证（名单覆盖本村才查），或者写明证已注销、过期。

    改法：向残联核实；没有评残的，补办评残或改正健康状况。
    错例：健康状况 残疾；残联名单里没有
    对例：健康状况 残疾；残联名单里有有效证
    """
    yield miss("disability_list", "card_lacks", what="的有效证")
    yield hit("disability_list", "is_invalid_card")


hits("disability_list", "is_card_of_healthy", registered=_health, listed=_card)


@rule(
    "BD122",
    "残联有有效证，登记无残疾",
    Severity.SUSPECT,
    "member",
    at="health|id_number|name",
    per="household",
    message=TOLD + advice("同号异名；证已失效未注销"),
    basis="审计以残联持证名单比对登记表",
    needs="in_disability_list health",
)
def healthy_with_card(policy: Policy) -> Violation:
    """残联名单里有基准日以前的有效证，登记的健康状况却是健康，也没有残疾证号。

    改法：核实残疾证，健康状况改为残疾，填上残疾证号。
    错例：健康状况 健康；残联有肢体三级有效证
    对例：健康状况 残疾；残联有肢体三级有效证
    """
    return hit("disability_list", "is_card_of_healthy")


@derived("member", needs="disability_card|id_number")
def card_code(policy: Policy) -> pl.Expr:
    """Kind and grade of the disability card, two digits."""
    card = pl.coalesce(c.disability_card, c.id_number)
    return card.str.extract("^[0-9]{17}[0-9X]([1-7][1-4])")


def _digit(text: pl.Expr, names: tuple[str, ...]) -> pl.Expr:
    """The number of the first of the names that the text has, or a digit in it."""
    found = [
        pl.when(text.str.contains(name)).then(pl.lit(str(n))) for n, name in enumerate(names, 1)
    ]
    return pl.coalesce(*found, text.str.extract(f"([1-{len(names)}])"))


derived("disability_list", of="member", on=("person", "ref")).columns(
    owner_card_code=c.card_code.first()
)


@derived("disability_list", needs="kind|grade")
def is_other_card(policy: Policy) -> pl.Expr:
    """Whether kind or grade is another than that of the registered card, both being known."""
    kind = _digit(c.kind, _CARD_KINDS) != c.owner_card_code.str.slice(0, 1)
    grade = _digit(c.grade, _CARD_GRADES) != c.owner_card_code.str.slice(1, 1)
    return c.is_valid_card & (kind.fill_null(False) | grade.fill_null(False))


def _card_words(_: Policy) -> pl.Expr:
    kind = c.card_code.str.slice(0, 1).replace(dict(enumerate_names(_CARD_KINDS)))
    grade = c.card_code.str.slice(1, 1).replace(dict(enumerate_names(_CARD_GRADES)))
    return pl.format("残疾证 {}{}级", kind, grade)


def enumerate_names(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(names, 1)]


hits("disability_list", "is_other_card", registered=_card_words, listed=_card)


@rule(
    "BD123",
    "残疾类别或等级不同",
    Severity.SUSPECT,
    "member",
    at="disability_card|id_number|name",
    per="household",
    message=TOLD + advice("基准日以后重新评残；换证前后的证号"),
    basis="残疾人证号第19、20位为类别、等级",
)
def card_differs(policy: Policy) -> Violation:
    """登记的残疾证号里的类别、等级与残联名单不同。有一处不知道的不查。

    改法：按现在的残疾证改正残疾证号。
    错例：残疾证号末两位 43（肢体三级）；名单 肢体 二级
    对例：残疾证号末两位 43；名单 肢体 三级
    """
    return hit("disability_list", "is_other_card")
