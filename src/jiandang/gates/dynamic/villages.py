"""DT017-DT020, DT022, DT024-DT026: figures over two dates, by household and by village."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.dynamic.columns import KEPT
from jiandang.gates.shared import first_by
from jiandang.movement.declared import REMOVED
from jiandang.movement.matching import differs, is_cut, is_renewed
from jiandang.movement.progress import is_reached
from jiandang.policy import Policy
from jiandang.register.number_cells import NumberCell
from jiandang.register.place import is_serial, own_number
from jiandang.register.tables import BEFORE, COLUMNS, own_columns
from jiandang.register.village import EIGHT
from jiandang.report.model import Severity

c = pl.col

# What the income is made of, in the forms with four parts and with six.
_PARTS = (
    "wage", "business_income", "property_income", "transfer", "cost",
    "planting", "breeding", "labour_income", "benefits", "subsidies", "other_income",
)  # fmt: skip
_FIGURES = tuple(
    name
    for name in own_columns("household")
    if isinstance(COLUMNS["household"][name].cell, NumberCell) and name != "income_year"
)
# No figure, but what a register of another day would have changed too.
_STATUS = ("status", "exited")
_LEAST_REMOVED = 2


@rule(
    "DT017",
    "人均收入突变",
    Severity.SUSPECT,
    "household",
    at="per_capita",
    message="人均纯收入上次 {before_per_capita} 元，本次 {per_capita} 元，变化 {change:+.0%}",
    basis="某县核查：两次收入的变化幅度",
    per="household",
)
def income_jumps(policy: Policy) -> Violation:
    """同一户的人均纯收入，比上次增加不超过政策规定的倍数，减少不超过政策规定的比例。

    改法：核对两次收入的各项和人口；确有大额变化的（务工、重病、一次性补偿），写明原因。
    错例：上次 1800 元，本次 6200 元
    对例：上次 3800 元，本次 6200 元
    理由：务工收入变化、重病、一次性补偿。
    """
    limits = policy.dynamic
    base = pl.when(c.before_per_capita > 0).then("before_per_capita")
    change = (c.per_capita - base) / base
    odd = (change > limits.income_rise) | (change < -limits.income_fall)
    return Violation(KEPT & odd, change=change)


def _same(names: tuple[str, ...]) -> pl.Expr:
    return pl.all_horizontal(c(name).eq_missing(c(BEFORE + name)) for name in names)


@derived("household", needs="income_year before_income_year wage|labour_income")
def is_copied(policy: Policy) -> pl.Expr:
    """Whether all parts of the income are those of another year."""
    known = pl.any_horizontal((c(name) > 0).fill_null(False) for name in _PARTS)
    return KEPT & (c.income_year != c.before_income_year) & known & _same(_PARTS)


# The households of the village that are in both registers.
derived("household", over="village_key", needs="household_id").columns(kept_homes=KEPT.sum())

derived(
    "household", over="village_key", needs="income_year before_income_year wage|labour_income"
).columns(
    copied_homes=c.is_copied.fill_null(False).sum(),
    first_copied=first_by(c.is_copied.fill_null(False), c.household_id),
)


@rule(
    "DT018",
    "整户收入照抄",
    Severity.INFO,
    "household",
    at="wage|labour_income|per_capita",
    message="{what}各项收入与上次（{before_income_year} 年）一元不差",
    basis="某县核查：照抄上年收入",
    needs="income_year before_income_year wage|labour_income",
)
def income_copied(policy: Policy) -> Iterator[Violation]:
    """收入年度不同的两次登记，一户的各项收入没有一元不差。一个村的户数够多、照抄的户达到政策规定的比例时，
    全村报一条。

    改法：这是提示。抽几户核对收入是不是逐户重新调查的。
    错例：2015 年和 2016 年的工资性、经营性、转移性收入都一元不差
    对例：2016 年的各项收入重新调查过
    """
    limits = policy.dynamic
    enough = c.kept_homes >= limits.least_households
    many = enough & (c.copied_homes >= limits.copied_incomes * c.kept_homes)
    yield Violation(c.is_copied & ~many, what=pl.lit("本户"))
    yield Violation(
        many & (c.ref == c.first_copied),
        what=pl.format("全村 {} 户里有 {} 户，", c.kept_homes, c.copied_homes),
    )


def _is_exit() -> pl.Expr:
    return KEPT & (c.status == "已脱贫").fill_null(False)


@rule(
    "DT019",
    "刚好达到标准的脱贫户集中",
    Severity.INFO,
    "household",
    at="per_capita",
    message="{village}脱贫 {exits} 户，其中 {near} 户的人均纯收入刚刚高出标准不到 {margin:g} 元",
    basis="审计实践：按标准倒推收入",
    per="village",
    needs="per_capita status",
)
def exits_at_the_line(policy: Policy) -> Violation:
    """一个村的脱贫户里，人均纯收入刚好达到标准的不超过政策规定的比例。一个村报一次。

    改法：这是提示。抽查这几户的收入是不是从标准倒推出来的。
    错例：脱贫 6 户，5 户的人均纯收入在 6000 到 6100 元之间
    对例：脱贫 6 户，1 户的人均纯收入是 6050 元
    """
    line, limits = policy.income_line, policy.dynamic
    near = _is_exit() & c.per_capita.is_between(line, line + limits.at_the_line)
    count, exits = near.sum().over("village_key"), _is_exit().sum().over("village_key")
    many = count > limits.exits_at_the_line * exits
    return Violation(near & many, exits=c.exits_here, near=c.exits_near, margin=limits.at_the_line)


derived("household", over="village_key", needs="status").columns(exits_here=_is_exit().sum())


@derived("household", over="village_key", needs="status per_capita")
def exits_near(policy: Policy) -> pl.Expr:
    line = policy.income_line
    return (_is_exit() & c.per_capita.is_between(line, line + policy.dynamic.at_the_line)).sum()


# The households of the village in either register.
derived("household", over="village_key", needs="household_id").columns(homes_of_both=c.ref.len())

# Whether something is said of a member's identity that was not said before (DT013).
derived("household", of="member", needs="").columns(
    other_identities=pl.any_horizontal(
        *(differs(name).fill_null(False) for name in ("name", "id_number", "sex", "birth_date")),
        is_renewed(),
        is_cut(),
    ).any()
)

# Whether no household of the village has another member, number or figure than before, nor has
# come from elsewhere.
derived("household", over="village_key", needs="household_id member.name").columns(
    all_unchanged=(
        KEPT
        & c.is_whole.fill_null(False)
        & c.is_in.eq_missing(c.was_in)
        & c.household_id.eq_missing(c.before_id)
        & ~c.other_identities.fill_null(False)
        & _same((*_FIGURES, *_STATUS))
    ).all()
)


@rule(
    "DT020",
    "整村没有变化",
    Severity.INFO,
    "household",
    at="household_id",
    message="{village} {homes} 户，与上次相比没有一人进出，没有一个数字改变",
    basis="本工具的判断",
    per="village",
    needs="household_id member.name",
)
def nothing_changed(policy: Policy) -> Violation:
    """户数够多的村，两次登记之间总有人进出，或者有数字改变。一个村报一次。

    改法：这是提示。看交来的是不是上次的表；确实没有变化的不用改。
    错例：28户的村，两次登记一模一样
    对例：28户的村，有两户的成员变了
    """
    enough = c.homes_of_both >= policy.dynamic.least_households
    return Violation(enough & c.all_unchanged, homes=c.homes_of_both)


derived("household", over="was_in", needs="household_id").columns(
    removed_here=(c.left_by == REMOVED).fill_null(False).sum(),
    homes_before=c.before_id.is_not_null().sum(),
)

derived("household", over="before_helper", needs="before_helper").columns(
    removed_of_helper=(c.left_by == REMOVED).fill_null(False).sum(),
    homes_of_helper=c.before_id.is_not_null().sum(),
)


@rule(
    "DT022",
    "清退集中",
    Severity.INFO,
    "household",
    at="household_id|before_household_id",
    message="{whose}上次登记 {homes} 户，清退 {removed} 户",
    basis="审计实践：识别不准集中在少数村、少数人",
    needs="household_id",
)
def removals_together(policy: Policy) -> Iterator[Violation]:
    """一个村，或者一名帮扶人挂钩的户里，清退的不超过政策规定的比例。各报一次，清退两户以上才报。

    改法：这是提示。看这个村、这名帮扶人的户当初是怎样评议、调查的。
    错例：上次登记 24 户，清退 8 户
    对例：上次登记 24 户，清退 1 户
    """
    share = policy.dynamic.removed_share
    for key, whose, removed, homes in (
        ("was_in", pl.coalesce("village", pl.lit("本村")), c.removed_here, c.homes_before),
        (
            "before_helper",
            pl.format("帮扶人{}挂钩的户，", c.before_helper),
            c.removed_of_helper,
            c.homes_of_helper,
        ),
    ):
        many = (removed >= _LEAST_REMOVED) & (removed > share * homes)
        first = (c.left_by == REMOVED).fill_null(False) & c(key).is_not_null()
        at = first & (c.ref == first_by(first, c.before_household_id).over(key))
        yield Violation(at & many, whose=whose, removed=removed, homes=homes)


@rule(
    "DT024",
    "两次登记的先后可能颠倒",
    Severity.WARNING,
    "household",
    at="income_year|entered",
    message="{what}：本次 {now}，上次 {before}；--before 后面应是较早的一次",
    basis="两次登记按时间先后比较",
    per="table",
    needs="household_id",
)
def dates_exchanged(policy: Policy) -> Iterator[Violation]:
    """本次登记的收入年度、录入日期不早于上次的。

    改法：把较早的一次写在 --before 后面；日期填错的改正。
    错例：本次的收入年度 2015，上次的 2016
    对例：本次的收入年度 2016，上次的 2015
    """
    year, earlier = c.income_year.median(), c.before_income_year.median()
    yield Violation(
        KEPT & (year < earlier),
        at="income_year",
        what="收入年度",
        now=c.income_year,
        before=c.before_income_year,
    )
    yield Violation(
        c.usual_entry < c.usual_entry_before,
        table="survey",
        at="entered",
        what="录入日期（半数在这天以前）",
        now=c.usual_entry,
        before=c.usual_entry_before,
    )


# Of households with a visit at either date alone nothing can be told of the order of the dates.
_ENTERED_TWICE = c.entered.is_not_null() & c.before_entered.is_not_null()

derived("survey").columns(
    # The day by which half of the visits had been entered.
    usual_entry=c.entered.filter(_ENTERED_TWICE).median().dt.date(),
    usual_entry_before=c.before_entered.filter(_ENTERED_TWICE).median().dt.date(),
)


@rule(
    "DT025",
    "达标的村“八有”不全",
    Severity.SUSPECT,
    "village",
    at="reached|goal_year",
    message="{village}已经达标，新“八有”里没有：{lacking}",
    basis="徐州日报2016年2月2日：经济薄弱村新“八有”",
    needs="reached|goal_year cadres|plan|farm_works|main_industry|steady_income|network|customs"
    "|surroundings",
)
def reached_without_all_eight(policy: Policy) -> Violation:
    """写了已达标（或达标年度已经过去）的村，新“八有”——班子、规划、农业设施、主导产业、集体收入、信息网络、文明村风、
    居住环境——没有一项填“否”。

    改法：逐项核实；没有的一项办成以前，不算达标。
    错例：是否达标“是”，信息网络“否”
    对例：是否达标“是”，八项都是“是”
    """
    lacking = [pl.when(~c(name)).then(pl.lit(COLUMNS["village"][name].heading)) for name in EIGHT]
    any_lacking = pl.any_horizontal((~c(name)).fill_null(False) for name in EIGHT)
    reached = is_reached(c.today.dt.year())
    names = pl.concat_list(lacking).list.drop_nulls().list.join("、")
    return Violation(reached & any_lacking, lacking=names)


@rule(
    "DT026",
    "户编号的位数变了",
    Severity.INFO,
    "household",
    at="household_id",
    message="{homes} 户的户编号上次是{old}，本次是{new}；这些户是按成员对上的",
    basis="户编号换了编法",
    per="table",
    at_heading=True,
    needs="household_id member.name",
)
def numbers_of_other_length(policy: Policy) -> Violation:
    """同一户的户编号，两次登记的位数相同。换了编法的（也有把村里的序号换成整编号的），按成员对上各户，
    这里报一次。

    改法：这是提示。请抽几户看对得对不对；两次用同一种编法，对得更准。
    错例：上次的户编号 15 位，本次 20 位
    对例：两次的户编号都是 15 位
    """
    old, new = _length(c.before_id), _length(c.household_id)
    other = KEPT & (old != new)
    return Violation(other, homes=c.homes_of_other_length, old=old, new=new)


@derived("household", needs="household_id")
def homes_of_other_length(policy: Policy) -> pl.Expr:
    other = _length(c.before_id) != _length(c.household_id)
    return (KEPT & other.fill_null(False)).sum()


def _length(household: pl.Expr) -> pl.Expr:
    """How many digits a number has, in words; those of serial numbers of a village (1, 2, …) are
    not counted."""
    digits = pl.format(" {} 位", own_number(household).str.len_chars())
    return pl.when(is_serial(household)).then(pl.lit("村内的短号")).otherwise(digits)
