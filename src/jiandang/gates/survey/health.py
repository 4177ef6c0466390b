"""DC032-DC034, DC066: health, disability card and working ability agree."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.provincial import softer
from jiandang.gates.shared import WORKING_AGE
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_FEW = 0.1  # DC033: of those who are disabled


@rule(
    "DC032",
    "健康与残疾证矛盾",
    Severity.ERROR,
    "member",
    at="health",
    message="健康状况是“{health}”，却有残疾证号 {disability_card}",
    basis="S-P",
)
def healthy_with_a_card(policy: Policy) -> Violation:
    """健康状况填健康，却有残疾证号。

    改法：健康状况改为残疾（可与长期慢性病等并填）；残疾证号填错人的，改正残疾证号。
    错例：健康状况 健康，残疾证号 32032419700101001X42
    对例：健康状况 残疾，残疾证号 32032419700101001X42
    """
    return Violation((c.health == "健康") & (c.disability_card != ""))


@rule(
    "DC066",
    "健康状况自相矛盾",
    Severity.WARNING,
    "member",
    at="health",
    message="健康状况“{health}”里，健康与其他各项不能同时选",
    basis="S-N 登记表的健康状况：健康，或者病、残可以多选",
)
def healthy_and_not(policy: Policy) -> Violation:
    """一格里既有健康，又有长期慢性病、患有大病或残疾。

    改法：有病有残的，删去“健康”；都没有的，只留“健康”。
    错例：健康状况 健康、残疾
    对例：健康状况 长期慢性病、残疾
    """
    return Violation(c.health.str.contains("^健康、[^健]"))


derived("member", needs="health disability_card").columns(
    # Whose card is wanted, and the row that has it instead of its owner's (LR114).
    card_wanted=pl.when(c.is_disabled & blank("disability_card")).then(c.identity)
)

derived(
    "member", of="member", on=("card_wanted", "owner_of_card"), needs="disability_card"
).columns(card_stands_at=c.ref.first())


derived("member", needs="health disability_card").columns(
    is_grown_disabled=c.is_disabled & c.years.is_between(*WORKING_AGE)
)

derived("member", over="today", needs="health disability_card").columns(
    # Of those of working age who are said to be disabled, how many there are, and without a card.
    grown_disabled=c.is_grown_disabled.sum(),
    cards_lacking=(c.is_grown_disabled & blank("disability_card")).sum(),
)


@rule(
    "DC033",
    "残疾没有残疾证号",
    Severity.SUSPECT,
    "member",
    at="disability_card",
    message="健康状况是“{health}”{beside}，没有填残疾证号；请核实有没有办证，可与残联的持证名单核对",
    basis="三套核查口径；没有办证、正在评定的残疾人不少",
    needs="health disability_card",
)
def disabled_without_a_card(policy: Policy) -> Iterator[Violation]:
    """健康状况有残疾，残疾证号是空的，证件号码也不是20位或22位的残疾人证号。
    没有评残的很多，只是提示；16至59岁的（弱劳动力的除外），登记的残疾人九成以上都有证号，才是疑点。
    证号填在别人那一行的，只报那一行（残疾证号与证件号码不符）。

    改法：有证的补填残疾证号；没有办证、正在评定或证件过期的，请说明。
    错例：40岁，健康状况 残疾，残疾证号：（空）
    对例：健康状况 残疾，残疾证号 32032419700101001X42
    理由：残疾证正在办理、未评残。
    """
    disabled = c.health.str.contains("残疾", literal=True)
    without = disabled & blank("disability_card") & c.card.is_null() & c.card_stands_at.is_null()
    # Many have none, the lightly disabled who work too: it is odd where nearly all others have one.
    of_age = c.years.is_between(*WORKING_AGE)
    others_have = c.cards_lacking <= pl.max_horizontal(1, c.grown_disabled * _FEW)
    odd = others_have & (c.labour != "弱劳动力或半劳动力").fill_null(True)
    usual = ~(of_age & odd.fill_null(False))
    beside = pl.format("、劳动能力是“{}”", c.labour)
    yield Violation(without & usual, severity=Severity.INFO, beside="")
    yield Violation(without & ~usual.fill_null(False), beside=beside.fill_null(""))


@rule(
    "DC034",
    "重病或重残却是普通劳动力",
    Severity.WARNING,
    "member",
    at="labour",
    message="{why}，劳动能力却是“{labour}”",
    basis="S-P；两套核查口径",
    needs="labour health|disability_card",
)
def gravely_ill_labourer(policy: Policy) -> Iterator[Violation]:
    """健康状况有患有大病，或残疾等级是一级、二级，劳动能力却是普通劳动力或技能劳动力。
    听力、言语残疾的不算：他们多半能劳动。盲人有技能的（如盲人按摩）只提示。省表的劳动力状况没有弱劳动力一项，
    也只提示。

    改法：核对健康状况、残疾证号和劳动能力；病已治愈或能做轻便活的，请说明。
    错例：患有大病，普通劳动力
    对例：患有大病，丧失劳动力
    理由：已康复、仍能劳动。
    """
    gravely_ill = c.health.str.contains("患有大病", literal=True).fill_null(False)
    hears_or_speaks_badly = c.card_category.is_in(["2", "3"])
    heavily_disabled = (c.card_grade.is_in(["1", "2"]) & ~hears_or_speaks_badly).fill_null(False)
    is_skilled_blind = ~gravely_ill & (c.card_category == "1") & (c.labour == "技能劳动力")
    why = pl.when(gravely_ill).then(pl.lit("患有大病"))
    yield from softer(
        (gravely_ill | heavily_disabled) & c.is_labourer,
        c.on_provincial_form | is_skilled_blind,
        why=why.otherwise(pl.format("残疾等级是{}级", c.card_grade)),
    )
