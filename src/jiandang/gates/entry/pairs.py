"""The pairs of columns that clerks exchange: how it is seen in a row, and that it fits undone."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.entry.disordered import has_other_name
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL, PHONE
from jiandang.gates.survey.shared import differs
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# Of so many days one alone is none of several, nor of so many people.
_MANY = 5
# A notice, or the way from the visit to the entry, in days: longer ones are another slip.
_LONGEST = 60
# No house, and more land than a family has.
_NO_HOUSE, _NO_LAND = 12, 12
# What is paid is at most so many times the least.
_PENSION = 1.2
# So many names of a column are of several people.
_SEVERAL = 3


@dataclass(frozen=True)
class Pair:
    """Two columns, and what is so of a row where they are exchanged: wrong now, right undone.

    Of the `telling` rows others are unlike; by default those where both cells differ. What
    is `alone` is so sure that it is said of a single row. `also` are further columns that have
    been exchanged with these two; then both groups have `titles`.
    """

    table: str
    one: str
    other: str
    exchanged: pl.Expr
    why: str
    telling: pl.Expr | None = None
    severity: Severity = Severity.ERROR
    alone: pl.Expr | bool = False
    also: str = ""
    titles: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        return f"{self.one}_{self.other}"

    @property
    def words(self) -> tuple[str, str]:
        own = COLUMNS[self.table]
        return self.titles or (own[self.one].heading, own[self.other].heading)


def _same(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return ~differs(one, other)


def _days(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    return (later - earlier).dt.total_days()


def _income() -> Iterator[Pair]:
    by_parts = "与转移性收入的各项合计相符"
    for part in ("wage", "business_income", "property_income"):
        fits = differs(c.transfer, c.transfer_listed) & _same(c(part), c.transfer_listed)
        exchanged = c.transfer_is_listed & fits & (c(part) != c.transfer)
        yield Pair("household", part, "transfer", exchanged, by_parts, alone=True)
    by_sum = "与家庭纯收入相符"
    for part in ("wage", "business_income", "transfer"):
        undone = c.net_of_parts - 2 * c(part) + 2 * c.cost
        fits = differs(c.net_income, c.net_of_parts) & _same(c.net_income, undone)
        yield Pair("household", part, "cost", fits, by_sum, alone=part != "transfer")
    for total, parts in (("net_income", c.net_of_parts), ("total", c.total_of_parts)):
        is_average = (c(total) * c("size") - c.per_capita).abs() <= c("size")
        fits = differs(c(total), parts) & _same(c.per_capita, parts) & is_average
        why = "与各项收入和家庭人口相符"
        yield Pair("household", total, "per_capita", fits, why, alone=True)
    # Costs of a business without income, and wages where nobody works for pay.
    no_workers, no_business = c.workers == 0, c.business_income == 0
    earned = (c.wage > 0) & no_workers & no_business & c.cost.is_between(1, c.wage)
    worked = (c.wage == 0) & (c.workers > 0) & (c.business_income > 0)
    yield Pair(
        "household",
        "wage",
        "business_income",
        earned | worked,
        "与务工的成员和生产经营性支出相符",
        telling=(c.wage > 0) != (c.business_income > 0),
        severity=Severity.WARNING,
        alone=earned,
    )


def _benefits() -> Iterator[Pair]:
    drawn, none = c.dibao_money > 0, c.dibao_money == 0
    of_pensioner = drawn & (c.pension == 0) & ~c.all_under_60 & ~c.is_dibao_type
    of_dibao = none & (c.pension > 0) & c.all_under_60 & c.is_dibao_type
    yield Pair(
        "household",
        "dibao_money",
        "pension",
        of_pensioner.fill_null(False) | of_dibao,
        "与农户属性和成员的年龄相符",
        # Who draws both, or draws 低保 at 60, fits either way.
        telling=(drawn != (c.pension > 0)) & (c.is_dibao_type != ~c.all_under_60),
        severity=Severity.WARNING,
        alone=of_pensioner
        & c.dibao_money.is_between(c.least_pension, _PENSION * c.least_pension)
        & (c.dibao_members.fill_null(0) == 0),
    )
    of_wubao = drawn & (c.wubao_money == 0) & c.is_wubao_type
    of_dibao = none & (c.wubao_money > 0) & c.is_dibao_type
    yield Pair(
        "household",
        "dibao_money",
        "wubao_money",
        of_wubao | of_dibao,
        "与农户属性相符",
        severity=Severity.WARNING,
    )
    yield Pair(
        "household",
        "wubao_money",
        "pension",
        c.is_wubao_type
        & c.wubao_money.is_between(c.least_pension, _PENSION * c.least_pension)
        & (c.pension > 2 * c.wubao_money),
        "与农户属性和养老金标准相符",
        telling=c.is_wubao_type & (c.wubao_money != c.pension),
        severity=Severity.WARNING,
        alone=True,
    )
    yield Pair(
        "household",
        "wubao_money",
        "ecology",
        c.is_wubao_type & (c.wubao_money == 0) & (c.ecology > 0),
        "与农户属性相符",
        telling=c.is_wubao_type & (c.wubao_money != c.ecology),
        severity=Severity.WARNING,
    )


def _households() -> Iterator[Pair]:
    labourers = c("size").is_between(c.labourers, c.labourers + c.half_labourers)
    yield Pair(
        "household",
        "size",
        "labour_count",
        (c("size") != c.members) & (c.labour_count == c.members) & labourers,
        "与成员表相符",
        alone=True,
    )
    yield Pair(
        "household",
        "head_name",
        "helper",
        has_other_name(c.head_name, c.head_member_name) & (c.helper == c.head_member_name),
        "与成员表的户主相符",
        alone=True,
    )
    yield Pair(
        "household",
        "arable",
        "house_area",
        (c.house_area < _NO_HOUSE) & (c.arable > _NO_LAND),
        "才像是耕地和住房",
        severity=Severity.WARNING,
        alone=True,
    )
    yield Pair(
        "household",
        "arable",
        "irrigated",
        (c.irrigated > c.arable) & (c.transferred.fill_null(0) <= c.irrigated),
        "有效灌溉面积才不大于耕地面积",
    )
    graded, safe = c.danger_grade.is_not_null(), c.water_safe
    yield Pair(
        "household",
        "dangerous",
        "water_short",
        ~c.dangerous & graded & c.water_short & safe,
        "与危房等级和饮水是否安全相符",
        telling=graded & safe & (c.dangerous != c.water_short),
        alone=True,
    )


def _contacts() -> Iterator[Pair]:
    is_bank = c.account.str.contains("[\u4e00-\u9fff]")
    is_account = c.bank.str.contains("^[0-9]{12,30}$")
    why = "才是银行和账号"
    yield Pair("household", "bank", "account", is_bank & is_account, why, alone=True)
    of_account = c.account.str.contains(PHONE) & c.phone.str.contains("^[0-9]{15,30}$")
    why = "才是电话和账号"
    yield Pair("household", "phone", "account", of_account, why, alone=True)
    # A helper has one phone in all his households, and each of these has its own.
    is_helpers = (c.phone == c.family_phone_beside) & (c.helper_phone != c.helper_phone_beside)
    yield Pair(
        "household",
        "phone",
        "helper_phone",
        is_helpers,
        "同一名帮扶责任人在各户的电话就相同",
        telling=(c.helpers_first != c.helpers_last) & (c.phone != c.helper_phone),
        severity=Severity.WARNING,
    )


def _notices() -> Iterator[Pair]:
    """Both days of one level's notice in place of another's."""
    own_steps = {"village": ("appraised", "村公示"), "town": ("town_reviewed", "乡镇公示")}
    next_steps = {"town": ("town_reviewed", "乡镇公示"), "county": ("county_approved", "县级公示")}
    for (level, (before, title)), (other, (between, others)) in zip(
        own_steps.items(), next_steps.items(), strict=True
    ):
        start, end, others_start, others_end = (
            c(f"{of}_notice_{part}") for of in (level, other) for part in ("start", "end")
        )
        runs = (start <= end) & (others_start <= others_end)
        undone = (others_end <= c(between)) & (c(between) <= start)
        undone &= (c(before) <= others_start).fill_null(True)
        yield Pair(
            "procedure",
            f"{level}_notice_start",
            f"{other}_notice_start",
            (start > others_start) & runs & undone,
            "各步的先后就相符",
            alone=True,
            also=f"{level}_notice_end {other}_notice_end",
            titles=(title, others),
        )


def _steps() -> Iterator[Pair]:
    for level in ("village", "town", "county"):
        start, end = f"{level}_notice_start", f"{level}_notice_end"
        fits = _days(c(start), c(end)).is_between(1, _LONGEST)
        yield Pair("procedure", start, end, fits, "先开始、后结束")
    votes = c.votes_for + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    undone = c.delegates_present + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    yield Pair(
        "procedure",
        "delegates",
        "delegates_present",
        (c.delegates_present > c.delegates) & (votes == c.delegates),
        "与各种票数相符",
        alone=True,
    )
    # All of them were registered, which nobody is against whom most have voted.
    against = (c.votes_against > c.votes_for) & (c.county_approved.is_not_null())
    yield Pair(
        "procedure",
        "votes_for",
        "votes_against",
        against & (votes == c.delegates_present) & (2 * c.votes_against > c.delegates_present),
        "这些户才评得上",
    )
    yield Pair(
        "procedure",
        "delegates_present",
        "votes_for",
        (votes != c.delegates_present) & (undone == c.votes_for),
        "与各种票数相符",
    )
    # Households apply day by day, and are judged together: many days of one, few of the other.
    are_many = (c.days_appraised >= 2 * _MANY) & (c.days_appraised >= 3 * c.days_applied)
    yield Pair(
        "procedure",
        "applied",
        "appraised",
        _days(c.applied, c.appraised).is_between(1, _LONGEST) & are_many,
        "各户先后申请、一起评议",
        severity=Severity.WARNING,
    )
    yield Pair(
        "survey",
        "surveyed",
        "entered",
        _days(c.surveyed, c.entered).is_between(1, _LONGEST),
        "先调查、后录入",
    )


def _visitors() -> Iterator[Pair]:
    # Several pairs go to the households of a village, and one person reviews what they bring.
    are_many = (c.second_surveyors >= _SEVERAL) & (c.village_reviewers >= _SEVERAL)
    exchanged = (c.first_surveyors == 1) & are_many & (c.surveyor_1 != c.reviewer)
    why = "几组人调查、一人审核"
    yield Pair("survey", "surveyor_1", "reviewer", exchanged, why, severity=Severity.SUSPECT)
    yield Pair(
        "survey",
        "entry_clerk",
        "reviewer",
        (c.entry_clerk == c.usual_reviewer)
        & (c.reviewer == c.usual_clerk)
        & (c.usual_clerk != c.usual_reviewer),
        "与本村别的户相同",
        severity=Severity.SUSPECT,
        alone=True,
    )
    yield Pair(
        "survey",
        "surveyor_1",
        "entry_clerk",
        (c.surveyor_1 == c.usual_clerk)
        & (c.entry_clerk != c.usual_clerk)
        & (c.entry_clerk != c.surveyor_2).fill_null(True),
        "与本村别的户相同",
        severity=Severity.SUSPECT,
        alone=True,
    )


def _members() -> Iterator[Pair]:
    yield Pair(
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


@derived("household", needs="pension pensioners")
def least_pension(policy: Policy) -> pl.Expr:
    """What the pensioners of the household get at least; null where there are none."""
    return pl.when(c.pensioners > 0).then(policy.base_pension * c.pensioners)


derived("household", over="helper_of_unit", needs="helper_phone").columns(
    helpers_first=c.ref.first(),
    helpers_last=c.ref.last(),
    **{
        f"{name}_{place}": at(name)
        for name in ("phone", "helper_phone")
        for place, at in (("first", pl.first), ("last", pl.last))
    },
)

# The phones of another household of the same helper.
derived("household", needs="helper_phone").columns(
    **{
        f"{whose}_phone_beside": pl.when(c.ref == c.helpers_first)
        .then(f"{name}_last")
        .otherwise(f"{name}_first")
        for whose, name in (("family", "phone"), ("helper", "helper_phone"))
    }
)


@derived("survey", over="village_key", needs="entry_clerk")
def usual_clerk(policy: Policy) -> pl.Expr:
    """The one who enters nearly all of the village."""
    usual = c.entry_clerk.drop_nulls().mode().min()
    enough = c.entry_clerk.count() >= ENOUGH_HOUSEHOLDS
    return pl.when(enough & ((c.entry_clerk == usual).mean() >= NEARLY_ALL)).then(usual)


derived("procedure", over="village_key", needs="").columns(
    days_applied=c.applied.n_unique(), days_appraised=c.appraised.n_unique()
)

PAIRS = (
    *_income(),
    *_benefits(),
    *_households(),
    *_contacts(),
    *_notices(),
    *_steps(),
    *_visitors(),
    *_members(),
)
