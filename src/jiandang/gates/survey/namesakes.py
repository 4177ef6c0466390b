"""DC057, DC060: names of officials that registered people bear, or that are in two places."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import is_chosen
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_OFFICIALS = {"surveyor_1": "调查人", "surveyor_2": "调查人", "reviewer": "审核人"}


def _registered(table: str, column: str) -> None:
    """Two columns: the name with its village, and the first member of the village who has it."""

    def key(policy: Policy) -> pl.Expr:
        return pl.concat_str(c.village_key, c(column), separator="/")

    def namesake(policy: Policy) -> pl.Expr:
        return c.ref.first()

    key.__name__, namesake.__name__ = f"{column}_of_village", f"{column}_as_member"
    derived(table, needs=f"{column} village_code|household_id|village")(key)
    derived(table, of="member", on=(key.__name__, "name_in_village"), needs="member.name")(namesake)


for _column in _OFFICIALS:
    _registered("survey", _column)
_registered("household", "helper")


@rule(
    "DC057",
    "调查、审核、帮扶的人与登记户成员同名",
    Severity.INFO,
    "survey",
    at="surveyor_1",
    message="{what}“{who}”与{other:place}同村同名，请看是不是同一个人",
    basis="调查、帮扶人员回避的做法；同名的人不少",
    needs="member.name surveyor_1|surveyor_2|reviewer|household.helper",
)
def official_bears_a_registered_name(policy: Policy) -> Iterator[Violation]:
    """调查人、审核人、帮扶责任人的姓名，与本村一名登记户成员的姓名相同。一个村的一个姓名报一次。
    与本户成员同名的调查人由“调查人是本户成员”检查。

    改法：这是提示。是同一个人的，改由与登记户无关的人担任，或核实那一户；同名的不用改。
    错例：本村审核人 李强，本村登记户成员也有李强
    对例：本村登记户成员没有叫李强的
    """
    for column, what in _OFFICIALS.items():
        yield _bears(column, what, "survey")
    yield _bears("helper", "帮扶责任人", "household")


def _bears(column: str, what: str, table: str) -> Violation:
    key, member = c(f"{column}_of_village"), c(f"{column}_as_member")
    own = c(column).is_in(c.member_names).fill_null(False)
    return Violation(
        is_chosen(pl.when(member.is_not_null()).then(key)) & ~own,
        table=table,
        at=column,
        what=what,
        who=c(column),
        other=member,
    )


@derived("survey", needs="surveyed surveyor_1|surveyor_2|surveyors village_code|household_id")
def was_elsewhere(policy: Policy) -> pl.Expr:
    """Who of those that went there was in another village of the town on that day too.

    Of the first such day, and of the villages and households by their numbers, so that the order
    of the rows does not choose where it is told.
    """
    visit = pl.struct(
        "ref", "surveyed", "home_town", "village_key", "all_surveyors",
        home=c.household_id.fill_null(""),
    )  # fmt: skip
    return visit.map_batches(_elsewhere, return_dtype=pl.String)


def _elsewhere(visits: pl.Series) -> pl.Series:
    rows = visits.struct.unnest()
    one = rows.drop_nulls().filter(c.all_surveyors != "")
    one = one.sort("surveyed", "village_key", "home", "ref")
    one = one.with_columns(who=c.all_surveyors.str.split("、")).explode("who")
    day = ["who", "surveyed", "home_town"]
    places = one.unique([*day, "village_key"], keep="first", maintain_order=True)
    again = places.filter(c.ref != c.ref.first().over(day))
    again = again.unique(["who", "home_town"], keep="first", maintain_order=True)
    found = again.unique("ref", keep="first", maintain_order=True).select("ref", "who")
    return rows.join(found, on="ref", how="left", maintain_order="left")["who"]


@rule(
    "DC060",
    "一人同一天在几个村调查",
    Severity.INFO,
    "survey",
    at="surveyor_1|surveyors",
    message="{was_elsewhere} 在 {surveyed} 这天还调查了另一个村的户，请核对调查日期和调查人",
    basis="本工具的判断",
)
def in_two_villages_on_one_day(policy: Policy) -> Violation:
    """一名调查人同一天在同一乡镇的几个村调查。一名调查人报一次，在第一次到另一个村的那一户。

    改法：这是提示。填错的改正；两村相邻、确实都去了的，同名的，不用改。
    错例：张三 3月5日在王庄村、柳湾村调查
    对例：张三 3月5日在王庄村、3月6日在柳湾村调查
    """
    return Violation(c.was_elsewhere.is_not_null())
