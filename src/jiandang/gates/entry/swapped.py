"""LR137: two columns that a village has exchanged, where nearly all its rows fit once undone."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.entry.disordered import has_other_name
from jiandang.gates.survey.shared import differs
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# So many rows of a village must fit once undone, and all but one, or one of ten.
_LEAST, _UNLIKE = 5, 0.1
# A notice, or the way from the visit to the entry, in days: longer ones are another slip.
_LONGEST = 60
# No house, and more land than a family has.
_NO_HOUSE, _NO_LAND = 12, 12
# So many names of a column are of several people.
_SEVERAL = 3


@dataclass(frozen=True)
class _Pair:
    """Two columns, and what is so of a row where they are exchanged: wrong now, right undone.

    Of the `telling` rows others are unlike; by default those where both cells differ.
    """

    table: str
    one: str
    other: str
    exchanged: pl.Expr
    why: str
    telling: pl.Expr | None = None
    severity: Severity = Severity.ERROR

    @property
    def name(self) -> str:
        return f"{self.one}_{self.other}"


def _same(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return ~differs(one, other)


def _days(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    return (later - earlier).dt.total_days()


def _income() -> Iterator[_Pair]:
    by_parts = "与转移性收入的各项合计相符"
    for part in ("wage", "business_income", "property_income"):
        fits = differs(c.transfer, c.transfer_listed) & _same(c(part), c.transfer_listed)
        yield _Pair("household", part, "transfer", c.transfer_is_listed & fits, by_parts)
    by_sum = "与家庭纯收入相符"
    for part in ("wage", "business_income", "transfer"):
        undone = c.net_of_parts - 2 * c(part) + 2 * c.cost
        fits = differs(c.net_income, c.net_of_parts) & _same(c.net_income, undone)
        yield _Pair("household", part, "cost", fits, by_sum)
    for total, parts in (("net_income", c.net_of_parts), ("total", c.total_of_parts)):
        is_average = (c(total) * c("size") - c.per_capita).abs() <= c("size")
        fits = differs(c(total), parts) & _same(c.per_capita, parts) & is_average
        yield _Pair("household", total, "per_capita", fits, "与各项收入和家庭人口相符")


def _benefits() -> Iterator[_Pair]:
    drawn, none = c.dibao_money > 0, c.dibao_money == 0
    of_pensioner = drawn & (c.pension == 0) & ~c.all_under_60 & ~c.is_dibao_type
    of_dibao = none & (c.pension > 0) & c.all_under_60 & c.is_dibao_type
    yield _Pair(
        "household",
        "dibao_money",
        "pension",
        of_pensioner.fill_null(False) | of_dibao,
        "与农户属性和成员的年龄相符",
        # Who draws both, or draws 低保 at 60, fits either way.
        telling=(drawn != (c.pension > 0)) & (c.is_dibao_type != ~c.all_under_60),
        severity=Severity.WARNING,
    )
    of_wubao = drawn & (c.wubao_money == 0) & c.is_wubao_type
    of_dibao = none & (c.wubao_money > 0) & c.is_dibao_type
    yield _Pair(
        "household",
        "dibao_money",
        "wubao_money",
        of_wubao | of_dibao,
        "与农户属性相符",
        severity=Severity.WARNING,
    )


def _households() -> Iterator[_Pair]:
    labourers = c("size").is_between(c.labourers, c.labourers + c.half_labourers)
    yield _Pair(
        "household",
        "size",
        "labour_count",
        (c("size") != c.members) & (c.labour_count == c.members) & labourers,
        "与成员表相符",
    )
    yield _Pair(
        "household",
        "head_name",
        "helper",
        has_other_name(c.head_name, c.head_member_name) & (c.helper == c.head_member_name),
        "与成员表的户主相符",
    )
    yield _Pair(
        "household",
        "arable",
        "house_area",
        (c.house_area < _NO_HOUSE) & (c.arable > _NO_LAND),
        "才像是耕地和住房",
        severity=Severity.WARNING,
    )


def _steps() -> Iterator[_Pair]:
    for level in ("village", "town", "county"):
        start, end = f"{level}_notice_start", f"{level}_notice_end"
        fits = _days(c(start), c(end)).is_between(1, _LONGEST)
        yield _Pair("procedure", start, end, fits, "先开始、后结束")
    votes = c.votes_for + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    undone = c.delegates_present + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    yield _Pair(
        "procedure",
        "delegates",
        "delegates_present",
        (c.delegates_present > c.delegates) & (votes == c.delegates),
        "与各种票数相符",
    )
    yield _Pair(
        "procedure",
        "delegates_present",
        "votes_for",
        (votes != c.delegates_present) & (undone == c.votes_for),
        "与各种票数相符",
    )
    # Households apply day by day, and are judged together: many days of one, few of the other.
    are_many = (c.days_appraised >= 2 * _LEAST) & (c.days_appraised >= 3 * c.days_applied)
    yield _Pair(
        "procedure",
        "applied",
        "appraised",
        _days(c.applied, c.appraised).is_between(1, _LONGEST) & are_many,
        "各户先后申请、一起评议",
        severity=Severity.WARNING,
    )
    yield _Pair(
        "survey",
        "surveyed",
        "entered",
        _days(c.surveyed, c.entered).is_between(1, _LONGEST),
        "先调查、后录入",
    )


def _visitors() -> Iterator[_Pair]:
    # Several pairs go to the households of a village, and one person reviews what they bring.
    are_many = (c.second_surveyors >= _SEVERAL) & (c.village_reviewers >= _SEVERAL)
    exchanged = (c.first_surveyors == 1) & are_many & (c.surveyor_1 != c.reviewer)
    why = "几组人调查、一人审核"
    yield _Pair("survey", "surveyor_1", "reviewer", exchanged, why, severity=Severity.SUSPECT)


def _members() -> Iterator[_Pair]:
    yield _Pair(
        "member",
        "medical_insurance",
        "pension_insurance",
        c.pension_insurance & ~c.medical_insurance & (c.years < 16),
        "未成年人才没有养老保险",
        telling=c.years < 16,
        severity=Severity.WARNING,
    )


derived("survey", over="village_key", needs="").columns(
    first_surveyors=c.surveyor_1.n_unique(),
    second_surveyors=c.surveyor_2.n_unique(),
    village_reviewers=c.reviewer.n_unique(),
)

derived("procedure", over="village_key", needs="").columns(
    days_applied=c.applied.n_unique(), days_appraised=c.appraised.n_unique()
)

_PAIRS = (*_income(), *_benefits(), *_households(), *_steps(), *_visitors(), *_members())

for _pair in _PAIRS:
    _telling = c(_pair.one) != c(_pair.other) if _pair.telling is None else _pair.telling
    derived(_pair.table, needs="").columns(
        **{
            f"fits_undone_{_pair.name}": _pair.exchanged.fill_null(False),
            f"is_telling_{_pair.name}": _telling.fill_null(False),
        }
    )
    derived(_pair.table, over="village_key", needs="").columns(
        **{
            f"fitting_{_pair.name}": c(f"fits_undone_{_pair.name}").sum(),
            f"telling_{_pair.name}": c(f"is_telling_{_pair.name}").sum(),
        }
    )


@rule(
    "LR137",
    "两列填反",
    Severity.ERROR,
    "household",
    at="size",
    message="本村有 {count} {unit}的“{one}”和“{other}”像是填反了，两列换过来，{why}",
    basis="逻辑：换过来以后，这些行各自相符",
    per="village",
    needs="|".join(f"{pair.table}.{pair.one}" for pair in _PAIRS),
)
def columns_exchanged(policy: Policy) -> Iterator[Violation]:
    """一个村里，两列的内容几乎每一行都填反了：照原样自相矛盾，换过来就相符（5行以上，不相符的只有一行或者不到十分之一）。
    查家庭人口和劳动力人数，户主姓名和帮扶责任人，收入、支出的各项，纯收入和人均，低保金和五保金、养老保险金，
    耕地和住房面积；各级公示的开始和结束，应到、实到代表和同意票，申请和评议日期，调查和录入日期、
    调查人1和审核人（疑点）；成员的医疗保险和养老保险。一个村报一次，由这两列看出的问题不再逐行报。

    改法：对照原始表，把这个村的两列换过来，再检查一遍；确实是这样的，逐户核对。
    错例：全村的家庭人口都是劳动力人数，劳动力人数都是家庭人口
    对例：个别户的家庭人口与成员数不符
    """
    for pair in _PAIRS:
        fitting, telling = c(f"fitting_{pair.name}"), c(f"telling_{pair.name}")
        are_all = (fitting >= _LEAST) & (
            telling - fitting <= pl.max_horizontal(1, _UNLIKE * telling)
        )
        yield Violation(
            c(f"fits_undone_{pair.name}") & are_all & c.village_key.is_not_null(),
            table=pair.table,
            at=pair.one,
            also=pair.other,
            severity=pair.severity,
            rests_on=f"{pair.one} {pair.other}",
            unit="人" if pair.table == "member" else "户",
            one=COLUMNS[pair.table][pair.one].heading,
            other=COLUMNS[pair.table][pair.other].heading,
            why=pair.why,
        )
