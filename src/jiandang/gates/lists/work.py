"""Pay, pensions and insurance by the lists: BD151, BD191, BD192, BD201."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    acquired,
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
    text_or,
    until,
    words,
    yes_or_no,
)
from jiandang.policy import Policy
from jiandang.register.lists.states import (
    LEFT_POST,
    NOT_INSURED,
    WHO_IS_EMPLOYED,
    WHO_IS_RESIDENT,
    is_over,
)
from jiandang.report.model import Severity

c = pl.col

# Who is paid out of the budget, and is no 财政供养人员; 在编 is one, whatever else is said.
_NOT_ON_PAYROLL = (
    "公益性?岗|公岗|^公益性?$|临时|临聘|编外|非编|非在编|不在编|无编|派遣"
    "|村干部|村组干部|村居干部|村[(（]居[)）]干部|村级(?:干部|补贴|报酬|岗)|村补|遗属"
)
_HIRED = "聘用"
_ON_PAYROLL = "^在编|[政业]编|编内|在编在岗"
# What offices of social insurance pay besides pensions.
_OTHER_MONEY = "遗属|抚恤|丧葬|工伤|失业|生育|高龄|护理"
_LEAST_MONTHS = 6
_WAGED = ("social_insurance_list", "provident_fund_list")


# -- who is paid by the state ------------------------------------------------------------------


def _any_says(words: str, *said: pl.Expr) -> pl.Expr:
    return pl.any_horizontal(each.str.contains(words).fill_null(False) for each in said)


def _is_paid(*others: pl.Expr) -> pl.Expr:
    """Whether nothing in a row says that it is a job for the time being, or a village's money."""
    said = (c.sort, c.kind, c.position, c.unit, c.state, c.note, *others)
    is_other = _any_says(_NOT_ON_PAYROLL, *said)
    is_hired = _any_says(_HIRED, c.sort, c.kind, c.position, *others)
    return ~is_other & ~(is_hired & ~_any_says(_ON_PAYROLL, *said))


@derived("post_list", "payroll_list", needs="")
def has_left(policy: Policy) -> pl.Expr:
    """Whether it says that somebody had left by the reference date."""
    left = not_after(c.left, until(policy.reference_date)).fill_null(False)
    return left | is_over(c.state, LEFT_POST)


derived("post_list", needs="").columns(holds_post=_is_paid(c.standing) & ~c.has_left)
derived("payroll_list", needs="").columns(is_on_payroll=_is_paid() & ~c.has_left)


def _payroll(_: Policy) -> pl.Expr:
    return quoted("财政供养", yes_or_no(c.public_payroll))


hits(
    "post_list", "holds_post",
    registered=_payroll,
    listed=lambda _: words(
        c.unit, c.standing, c.sort, c.kind, c.position, c.state, acquired(c.joined, "进入本单位")
    ),
    day=c.joined,
)  # fmt: skip
hits(
    "payroll_list", "is_on_payroll",
    registered=_payroll,
    listed=lambda _: words(
        c.unit, c.sort, c.kind, c.position, c.state,
        pl.format("应发 {} 元", plain_number(c.pay)), acquired(c.joined, "参加工作或起发"),
    ),
    day=c.joined,
    money=c.pay,
)  # fmt: skip


@rule(
    "BD151",
    "财政供养",
    Severity.SUSPECT,
    "member",
    at="public_payroll|name|id_number",
    per="household",
    message=TOLD + advice("公益性岗位；临时工；村里发的补贴"),
    basis="各地识别中“八类人员”的排查",
)
def paid_by_state(policy: Policy) -> Iterator[Violation]:
    """成员在编制或财政工资名单里。写明进入单位在识别前还是识别后：识别后的按正常退出办理。

    改法：向编办、财政核实；公益性岗位、临时工不算，写明情况。
    错例：工资名单：官山中学，应发 4200 元
    对例：工资名单：官山镇政府，公益性岗位（名单写明公益性岗位、临时、编外、村级补贴的不报）
    """
    yield hit("post_list", "holds_post")
    yield hit("payroll_list", "is_on_payroll")


# -- pensions, insurance and funds of employees ------------------------------------------------


def _says(words: str) -> pl.Expr:
    return _any_says(words, c.kind, c.standing)


def _in_use(state: pl.Expr) -> pl.Expr:
    return ~is_over(state, NOT_INSURED)


derived("pension_list", of="member", on=("person", "ref")).columns(
    owner_transfer=c.transfer.first()
)

derived(*_WAGED, of="member", on=("person", "ref")).columns(owner_wages=c.wages.first())


@derived("pension_list", needs="monthly|yearly")
def pension_of_year(policy: Policy) -> pl.Expr:
    return paid_in_year(policy, c.begun)


derived("pension_list", "social_insurance_list", needs="").columns(
    # What its columns say of whom it is; where they contradict each other nothing is known.
    of_employees=_says(WHO_IS_EMPLOYED) & ~_says(WHO_IS_RESIDENT),
    of_residents=_says(WHO_IS_RESIDENT) & ~_says(WHO_IS_EMPLOYED),
)
derived("provident_fund_list", needs="").columns(of_residents=pl.lit(False))


@derived("pension_list", needs="kind|standing monthly|yearly owner_transfer")
def is_employees_pension(policy: Policy) -> pl.Expr:
    """Whether it is an employee's, and the household's transfers are less than it."""
    own = c.of_employees & ~_says(_OTHER_MONEY)
    return own & _in_use(c.state) & (c.owner_transfer < c.pension_of_year)


@derived(*_WAGED, needs="months|begun")
def paid_months(policy: Policy) -> pl.Expr:
    """For how many months of the income year was paid in, by the first and last where not said."""
    first, last = (
        12 * day.str.slice(0, 4).cast(pl.Int64, strict=False)
        + day.str.slice(5, 2).cast(pl.Int64, strict=False).fill_null(month)
        - 12 * policy.income_year
        for day, month in ((c.begun, 1), (c.ended, 12))
    )
    months = last.fill_null(12).clip(0, 12) - first.clip(1, 13) + 1
    return pl.coalesce(c.months, months.clip(0))


@derived(*_WAGED, needs="months|begun base owner_wages")
def is_employed(policy: Policy) -> pl.Expr:
    """Whether half a year or more was paid in, and the household's wages are less than the base."""
    paid = c.paid_months * c.base
    is_own = (c.paid_months >= _LEAST_MONTHS) & ~c.of_residents
    return is_own & _in_use(c.state) & (c.owner_wages < paid)


def _insured(_: Policy) -> pl.Expr:
    return words(
        c.unit,
        pl.format("收入年度缴 {} 个月", c.paid_months),
        pl.format("每月基数 {} 元", plain_number(c.base)),
    )


def _wages(_: Policy) -> pl.Expr:
    return pl.format("工资性收入 {} 元", text_or(plain_number(c.wages)))


hits(
    "pension_list", "is_employees_pension",
    registered=lambda _: pl.format("转移性收入 {} 元", text_or(plain_number(c.transfer))),
    listed=lambda _: words(
        c.unit, c.kind, c.standing, pl.format("全年 {} 元", plain_number(c.pension_of_year))
    ),
    money=c.pension_of_year,
)  # fmt: skip
for _table in _WAGED:
    hits(_table, "is_employed", registered=_wages, listed=_insured, money=c.paid_months * c.base)


@rule(
    "BD191",
    "职工养老金、在职社保、公积金",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("被征地农民养老金；遗属补助；挂靠缴费"),
    basis="以人社、公积金名单比对登记的收入",
)
def insured_as_employee(policy: Policy) -> Iterator[Violation]:
    """成员领职工养老金，或收入年度缴社保、公积金满六个月，登记的相应收入却低于名单上的数。

    改法：核实收入；漏记的补记工资性或转移性收入。
    错例：社保 12 个月，基数 3000 元；工资性收入 8000 元
    对例：社保 12 个月，基数 3000 元；工资性收入 40000 元
    """
    yield hit("pension_list", "is_employees_pension")
    for table in _WAGED:
        yield hit(table, "is_employed")


# What was paid to a resident in the year; of one that was stopped it is not known.
derived("pension_list", needs="").columns(
    is_residents=~c.of_employees & ~_says(_OTHER_MONEY),
)
derived("pension_list", needs="monthly|yearly").columns(
    residents_pension=pl.when(_in_use(c.state)).then(c.pension_of_year)
)


by_person("pension_list", "pension_paid", c.residents_pension, c.is_residents)


@rule(
    "BD192",
    "养老保险金与发放不符",
    Severity.SUSPECT,
    "household",
    at="pension",
    message="登记养老保险金 {pension} 元；{said}名单：全年发放 {paid} 元（{how}）"
    + advice("年中到龄、死亡；补发、高龄补贴"),
    basis="本工具的判断：两处金额相差超过100元和一成",
)
def pension_differs(policy: Policy) -> Violation:
    """登记的养老保险金与名单上全年发放的居民养老金相差超过100元，也超过一成。名单上没写金额的

    不比；有的成员没写的，只在其余的已经多于登记时报。一人有几行的只算一行。

    改法：按社保卡流水核实，改正养老保险金。
    错例：养老保险金 0；名单每月 105 元
    对例：养老保险金 1260；名单每月 105 元
    """
    return paid_otherwise("pension", "pension_paid", c.pension_paid > 0)


# -- medical insurance -------------------------------------------------------------------------


def _medical(_: Policy) -> pl.Expr:
    return quoted("医疗保险", yes_or_no(c.medical_insurance))


@derived("medical_insurance_list", needs="")
def is_in_force(policy: Policy) -> pl.Expr:
    """Whether nothing says that it had ended by the reference date."""
    ended = not_after(c.ended, until(policy.reference_date)).fill_null(False)
    return _in_use(c.state) & ~ended


derived("member", of="medical_insurance_list", on=("ref", "person")).columns(
    is_insured=c.is_in_force.any()
)


misses(
    "medical_insurance_list", "medical_lacks",
    registered=_medical,
    asked=lambda _: c.medical_insurance,
    found=lambda _: c.is_insured,
    needs="medical_insurance",
)  # fmt: skip


@derived("medical_insurance_list", needs="kind")
def is_insured_twice(policy: Policy) -> pl.Expr:
    """Whether one person is insured in two ways in one year; of lists that say none, in one."""
    year = pl.coalesce(c.year.cast(pl.String), c.list)
    way = pl.when(c.is_in_force).then(c.kind)
    ways = way.drop_nulls().n_unique().over("person", year)
    return (way.is_not_null() & (ways > 1)).fill_null(False)


hits(
    "medical_insurance_list", "is_insured_twice",
    registered=_medical,
    listed=lambda _: words(c.year, c.kind, c.unit),
)  # fmt: skip


@rule(
    "BD201",
    "登记参保而名单没有，或两处参保",
    Severity.SUSPECT,
    "member",
    at="medical_insurance|name|id_number",
    per="household",
    message=TOLD + advice("在工作地参保；现役军人"),
    basis="以医保参保名单比对登记表",
)
def medical_insurance_differs(policy: Policy) -> Iterator[Violation]:
    """登记参加医疗保险，参保名单里没有（名单覆盖本村才查）；或者名单里同一年有两种参保。

    改法：向医保部门核实；没有参保的改为“否”并补办。
    错例：医疗保险 是；本村参保名单里没有
    对例：医疗保险 是；名单里有
    """
    yield miss("medical_insurance_list", "medical_lacks")
    yield hit("medical_insurance_list", "is_insured_twice")
