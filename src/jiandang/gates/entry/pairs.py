"""The pairs of columns that clerks exchange: how it is seen in a row, and that it fits undone.

These are of households and members; those of steps and visits are in `pairs_of_steps.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.entry.disordered import has_other_name
from jiandang.gates.survey.shared import TRANSFER_PARTS, differs
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# No house, and more land than a family has.
_NO_HOUSE, _NO_LAND = 12, 12
# What is paid is at most so many times the least.
_PENSION = 1.2
# Of wages and rents: what is more than so many times the other, and at least so much in a year.
_RENT, _WAGE = 3, 2000
# So many different amounts of a column are none of a form's example.
_AMOUNTS = 5
_IS_MORE_THAN_RENT = (c.property_income > _RENT * c.wage) & (c.property_income >= _WAGE)
_PARTS_OF_TRANSFER = " ".join(TRANSFER_PARTS)


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


def _is_pension(amount: pl.Expr) -> pl.Expr:
    return amount.is_between(c.least_pension, _PENSION * c.least_pension)


def _income() -> Iterator[Pair]:
    by_parts = "与转移性收入的各项合计相符"
    # Two that are 0 fit by chance: the parts may have slipped, and the transfer be right.
    for part in ("wage", "business_income", "property_income"):
        fits = differs(c.transfer, c.transfer_listed) & _same(c(part), c.transfer_listed)
        exchanged = c.transfer_is_listed & fits & (c(part) != c.transfer) & (c.transfer_listed > 0)
        telling = (c(part) != c.transfer) & (c.transfer_listed > 0)
        if part == "wage":
            exchanged &= ((c.workers > 0) | (c.transfer == 0)).fill_null(True)
        yield Pair("household", part, "transfer", exchanged, by_parts, telling=telling, alone=True)
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
    # Rent is little, and wages come where somebody works; of one amount alone, as in an example
    # that was copied, neither can be said.
    works, rent = c.workers > 0, c.property_income
    # Of two incomes that were exchanged the sum is as it was.
    is_sum_right = _same(c.net_income, c.net_of_parts)
    is_odd = _IS_MORE_THAN_RENT & works | (c.wage > 0) & (rent == 0) & ~works
    yield Pair(
        "household",
        "wage",
        "property_income",
        is_sum_right & is_odd & (c.wages_as_rents >= _AMOUNTS),
        "与务工的成员相符",
        telling=c.wage != rent,
        severity=Severity.WARNING,
    )
    # What was sown and fed is paid by the harvest.
    is_loss = c.business_income < c.cost
    yield Pair(
        "household",
        "business_income",
        "property_income",
        is_sum_right & is_loss & (rent >= c.cost) & (c.rents_in_village >= _AMOUNTS),
        "与生产经营性支出相符",
        telling=(c.cost > 0) & (is_loss != (rent < c.cost)),
        severity=Severity.WARNING,
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
        alone=of_pensioner & _is_pension(c.dibao_money) & (c.dibao_members.fill_null(0) == 0),
    )
    of_wubao = drawn & (c.wubao_money == 0) & c.is_wubao_type
    of_dibao = none & (c.wubao_money > 0) & c.is_dibao_type
    yield Pair(
        "household",
        "dibao_money",
        "wubao_money",
        of_wubao | of_dibao,
        "与农户属性相符",
        # Who is to have 五保金 and has neither says that the parts have slipped.
        telling=(c.dibao_money != c.wubao_money) | c.is_wubao_type,
        severity=Severity.WARNING,
    )
    yield Pair(
        "household",
        "wubao_money",
        "pension",
        c.is_wubao_type & _is_pension(c.wubao_money) & (c.pension > 2 * c.wubao_money),
        "与农户属性和养老金标准相符",
        telling=c.is_wubao_type & (c.wubao_money != c.pension),
        severity=Severity.WARNING,
        alone=True,
    )
    # Every pensioner's amount stands beside its column, on either side.
    for beside in ("ecology", "wubao_money"):
        yield Pair(
            "household",
            "pension",
            beside,
            ~c.is_wubao_type & (c.pension < c.least_pension) & _is_pension(c(beside)),
            "与养老金标准相符；转移性收入的各项也可能都错了一列",
            telling=~c.is_wubao_type & c.least_pension.is_not_null() & (c.pension != c(beside)),
            severity=Severity.WARNING,
            also=_PARTS_OF_TRANSFER,
        )
    yield Pair(
        "household",
        "wubao_money",
        "ecology",
        # What is as little as a pension is one: then the whole list of parts has slipped.
        c.is_wubao_type
        & (c.wubao_money == 0)
        & (c.ecology > _PENSION * c.least_pension.fill_null(0)),
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
    # What is not above the irrigated may be exchanged with that.
    is_let = c.transferred > c.irrigated.fill_null(0)
    yield Pair(
        "household",
        "arable",
        "forest",
        is_let & (c.transferred > c.arable) & (c.transferred <= c.forest),
        "流转面积才不大于耕地面积",
        telling=is_let & (c.arable != c.forest),
        severity=Severity.WARNING,
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
    is_card = c.id_number.str.len_chars().is_in([20, 22])
    is_card &= c.id_number.str.slice(0, 18) == c.disability_card
    yield Pair("member", "id_number", "disability_card", is_card, "位数才对", alone=True)
    # Nearly all are insured, and few draw 低保.
    yield Pair(
        "member",
        "medical_insurance",
        "dibao",
        c.dibao & ~c.medical_insurance,
        "才像是参加医疗保险和享受低保的人",
        # Whoever is insured and draws it fits either way.
        telling=~(c.dibao & c.medical_insurance),
        severity=Severity.WARNING,
    )
    cannot_serve = ~c.years.is_between(17, 50) | (c.sex == "女")
    yield Pair(
        "member",
        "dibao",
        "soldier",
        cannot_serve & c.soldier & ~c.dibao,
        "老人、妇女、儿童就不是现役军人",
        telling=cannot_serve & (c.dibao != c.soldier),
        severity=Severity.WARNING,
    )


derived("household", over="village_key", needs="").columns(
    # How many amounts there are of rents that would be wages.
    wages_as_rents=c.property_income.filter(_IS_MORE_THAN_RENT).n_unique(),
    # How many amounts there are of rents that would have paid what was sown, where harvests do not.
    rents_in_village=c.property_income.filter(
        (c.business_income < c.cost) & (c.property_income >= c.cost)
    ).n_unique(),
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


PAIRS_OF_HOMES = (
    *_income(),
    *_benefits(),
    *_households(),
    *_contacts(),
    *_members(),
)
