"""LR113, LR114 残疾证号: the person's identity number, category 1-7, grade 1-4."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# Cards that were issued again have two more characters, often B1.
_CARD = "^[0-9]{17}[0-9X][1-7][1-4](?:[0-9A-Z]{2})?$"


@rule(
    "LR113",
    "残疾证号格式错误",
    Severity.ERROR,
    "member",
    at="disability_card",
    message="残疾证号 {card:id} {problem}",
    basis="S-P 证件校验；残疾人证编码规则",
)
def malformed_card(policy: Policy) -> Iterator[Violation]:
    """残疾证号不是20位（补发的22位），第19位残疾类别不是1至7，或第20位残疾等级不是1至4。

    改法：对照残疾人证核对；证号前18位是身份证号码。
    错例：32032419800101001593（类别9）
    对例：32032419800101001543（肢体三级）
    """
    yield Violation(
        ~c.disability_card.str.contains(_CARD),
        card=c.disability_card,
        problem=_problem(c.disability_card),
    )
    is_card = c.id_number.str.len_chars().is_in([20, 22])
    yield Violation(
        is_card & ~c.id_number.str.contains(_CARD),
        at="id_number",
        card=c.id_number,
        problem=_problem(c.id_number),
    )


def _problem(card: pl.Expr) -> pl.Expr:
    length, category, grade = card.str.len_chars(), card.str.slice(18, 1), card.str.slice(19, 1)
    return (
        pl.when(~length.is_in([20, 22]))
        .then(pl.concat_str(pl.lit("是 "), length, pl.lit(" 位，应为20位（补发的22位）")))
        .when(~category.str.contains("^[1-7]$"))
        .then(pl.concat_str(pl.lit("第19位残疾类别是 "), category, pl.lit("，应为1至7")))
        .when(~grade.str.contains("^[1-4]$"))
        .then(pl.concat_str(pl.lit("第20位残疾等级是 "), grade, pl.lit("，应为1至4")))
        .otherwise(pl.lit("含有不应有的字符"))
    )


@rule(
    "LR114",
    "残疾证号与证件号码不符",
    Severity.ERROR,
    "member",
    at="disability_card",
    message="残疾证号 {disability_card} 的前18位与证件号码 {id_number} 不是同一个号码",
    basis="残疾人证编码规则",
)
def card_of_another(policy: Policy) -> Violation:
    """残疾证号的前18位应当就是本人的身份证号码。

    改法：对照两证核对；可能填了家里另一个人的残疾证号，或号码抄错。
    错例：证件号码 320324198001010015，残疾证号 32032419820202002443
    对例：证件号码 320324198001010015，残疾证号 32032419800101001543
    """
    return Violation(c.disability_card.str.slice(0, 18) != c.identity)
