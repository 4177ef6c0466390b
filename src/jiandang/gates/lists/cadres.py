"""村干部 and their families: BD155 and BD156."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    advice,
    hit,
    hits,
    not_after,
    text_or,
    until,
    words,
)
from jiandang.policy import Policy
from jiandang.register.lists.kinds import IN_HUKOU
from jiandang.register.lists.states import LEFT_OFFICE, is_over
from jiandang.report.model import Severity

c = pl.col


@derived("cadre_list", needs="")
def is_in_office(policy: Policy) -> pl.Expr:
    """Whether the list says of nobody that he had left the office by the reference date."""
    left = not_after(c.until, until(policy.reference_date)).fill_null(False)
    return ~left & ~is_over(c.state, LEFT_OFFICE)


derived("cadre_list").columns(
    # Whether the member is the cadre, by the number or nearly by it.
    is_cadre=c.is_in_office & c.match_grade.is_in(["A", "B", "C"]),
    # Whether name and village are the same, and there is no number to compare.
    is_named_as_cadre=c.is_in_office & (c.match_grade == "-"),
)

# Whether the list names the member as of a cadre's family: who is kin, nothing else says.
derived("cadre_list", needs="family").columns(
    is_of_family=c.is_in_office & (c.match_grade == "亲属")
)

derived("cadre_list", of="hukou_list", on=("person", "person"), needs="home").columns(
    hukou=c.home.first()
)
# Whether a list of hukou has the member in one with a cadre of the same surname.
derived("cadre_list", needs="hukou").columns(
    is_in_hukou=c.is_in_office & (c.match_grade == IN_HUKOU) & c.hukou.is_not_null()
)


def _member(_: Policy) -> pl.Expr:
    return pl.format("为{}", text_or(c.relation, "成员"))


def _cadre(_: Policy) -> pl.Expr:
    return words(pl.coalesce(c.post, pl.lit("村干部")), pl.format("{} 起", c.since))


hits("cadre_list", "is_cadre", registered=_member, listed=_cadre)
hits("cadre_list", "is_named_as_cadre", registered=_member, listed=_cadre)
hits(
    "cadre_list", "is_of_family",
    registered=lambda _: pl.format("村干部亲属“{}”", text_or(c.cadre_relative_said)),
    listed=_cadre,
)  # fmt: skip

hits("cadre_list", "is_in_hukou", registered=_member, listed=_cadre)


@derived("member", of="procedure", on=("household_id", "household_id"), needs="")
def cadre_relative_said(policy: Policy) -> pl.Expr:
    """What the steps of the household say of 村干部亲属."""
    said = c.cadre_relative.first()
    return pl.when(said).then(pl.lit("是")).when(~said).then(pl.lit("否"))


@rule(
    "BD155",
    "村干部",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("真困难、已备案的；同村同名的另一人"),
    basis="各地识别中“八类人员”的排查",
)
def is_village_cadre(policy: Policy) -> Iterator[Violation]:
    """成员在村干部名单里。名单没有号码、只有同村同名的，为提示。

    改法：核实是否本人；真困难的按村干部亲属备案程序写明情况。
    错例：村干部名单：王庄村 村主任，同号同名
    对例：村干部名单：陈桥村一人与王庄村的成员同名，没有号码
    """
    yield hit("cadre_list", "is_cadre")
    yield hit("cadre_list", "is_named_as_cadre", severity=Severity.INFO)


@rule(
    "BD156",
    "村干部的家庭成员",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("真困难、已备案的；同村同名的另一人"),
    basis="各地识别中村干部亲属备案",
)
def is_cadres_family(policy: Policy) -> Iterator[Violation]:
    """成员的姓名写在本村干部的家庭成员里；或者户籍名单里和同姓的干部同一户口。不列出干部的姓名。

    改法：核实亲属关系；确是亲属的，在识别程序里填“是”并备案。
    错例：王庄村村主任的家庭成员里有本户的赵英
    对例：陈桥村村主任的家庭成员里有人与王庄村的成员同名
    """
    yield hit("cadre_list", "is_of_family")
    yield hit("cadre_list", "is_in_hukou")
