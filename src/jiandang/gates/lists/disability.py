"""残疾 against the list of 残联: BD121 to BD123."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    advice,
    hit,
    hits,
    miss,
    misses,
    not_after,
    quoted,
    until,
    words,
)
from jiandang.gates.shared import is_earlier
from jiandang.policy import Policy
from jiandang.register.lists.states import CARD_GONE, is_over
from jiandang.report.model import Severity

c = pl.col

_CARD_KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_CARD_GRADES = ("一", "二", "三", "四")


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
