"""SB024, SB025, SB034: families that may have been split to qualify: children, couples apart."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.person_names import COMPOUND_SURNAMES
from jiandang.report.model import Severity

c = pl.col

_ELDERLY = 60
_GENERATION = (18, 45)

# -- children and parents --------------------------------------------------------------------


@derived("household")
def surname(policy: Policy) -> pl.Expr:
    return c.head.str.extract(f"^((?:{COMPOUND_SURNAMES})|.)")


@derived("household")
def phone_kin(policy: Policy) -> pl.Expr:
    """The same for households of one village whose heads share surname and phone, else null.

    Nor is it the phone of many (LR117).
    """
    few = c.households_with_phone <= policy.households_per_phone
    return if_shared(
        pl.when(few).then(pl.concat_str("village_key", "surname", "phone", separator="/"))
    )


derived("household").columns(
    # The same by the account.
    account_kin=if_shared(pl.concat_str("village_key", "surname", "account", separator="/")),
    head_and_number=pl.format("{}（{}）", c.head.fill_null("户主"), c.household_id),
)


@derived("household", over="phone_kin")
def first_by_phone(policy: Policy) -> pl.Expr:
    """By its number: whatever the order of the rows, the other one is told of."""
    return _first_by_number()


def _first_by_number() -> pl.Expr:
    return c.head_and_number.sort_by("household_id", "ref").drop_nulls().first()


derived("household", of="member", needs="member.id_number|member.birth_date|member.age").columns(
    head_age=c.years.filter(c.is_head).first()
)


@derived("household", of="member", needs="member.id_number|member.birth_date|member.age")
def youngest(policy: Policy) -> pl.Expr:
    """The age of the youngest member; null where a member's is not known."""
    return pl.when(c.years.is_not_null().all()).then(c.years.min())


derived("household", over="phone_kin").columns(youngest_kin_head=c.head_age.min())


@derived("household", over="phone_kin")
def name_of_youngest_kin_head(policy: Policy) -> pl.Expr:
    youngest = c.head_age == c.youngest_kin_head
    return c.head_and_number.filter(youngest).sort_by(c.household_id.filter(youngest)).first()


@derived("household", needs="phone member.relation")
def is_apart_from_children(policy: Policy) -> pl.Expr:
    """SB025: all are old, and a child's generation of the same surname answers the same phone."""
    gap = c.head_age - c.youngest_kin_head
    return c.phone_kin.is_not_null() & (c.youngest >= _ELDERLY) & gap.is_between(*_GENERATION)


derived("household", over="phone_kin").columns(kin_live_apart=c.is_apart_from_children.any())


@rule(
    "SB024",
    "疑似拆户",
    Severity.SUSPECT,
    "household",
    at="household_id",
    message="户主{head}与同村的{other:home}同姓，联系电话相同；请对照公安部门的户籍核实是否一户拆成两户",
    basis="审计实践：分户拆户",
    needs="household_id phone head_name|member.name",
)
def split_household(policy: Policy) -> Violation:
    """同村两户的户主同姓，联系电话相同，可能是一户拆成两户。多户共用的电话（超过政策的户数）不算。
    银行账号也相同的，由“多户使用同一银行账号”报。

    改法：对照户口本核实；确是一户的并为一户，不是的更正电话。
    错例：同村张建国、张建军两户，联系电话都是 13812345678
    对例：同村同姓两户，电话不同
    理由：子女成家已分户、户口簿早已分开。
    """
    own = c.head_and_number
    by_phone = (
        c.phone_kin.is_not_null()
        & (c.first_by_phone != own)
        & ~c.kin_live_apart.fill_null(False)  # SB025 says it already
    ).fill_null(False)
    is_told = c.account_kin.is_not_null()  # LR119
    return Violation(by_phone & ~is_told, other=c.first_by_phone, rests_on="household_id phone")


@rule(
    "SB025",
    "疑似老人单独立户",
    Severity.SUSPECT,
    "household",
    at="household_id",
    message="全户都满60岁（户主{head}，{head_age}岁），与同村的{other:home}同姓并共用电话，"
    "年龄相差 {gap} 岁；请对照公安部门的户籍核实是否与子女分户",
    basis="审计实践：老人单独立户，子女另过",
)
def old_people_apart(policy: Policy) -> Violation:
    """全户成员都满60岁，同村另一户的户主与其同姓、共用联系电话，并且年轻18到45岁，可能是父母与子女分户。

    改法：对照户口本核实；与子女共同生活的并入子女户，确实单过的写明子女的赡养情况。
    错例：张大爷夫妇（75岁）一户，同村张建国（48岁）一户，电话相同
    对例：张大爷夫妇一户，电话与别户不同
    理由：子女不在本地、户口簿早已分开。
    """
    return Violation(
        c.is_apart_from_children,
        other=c.name_of_youngest_kin_head,
        gap=c.head_age - c.youngest_kin_head,
    )


# -- couples in two households ---------------------------------------------------------------

_COUPLE_YEARS, _COUPLE_AGE = 10, 22


derived("household", of="member").columns(spouses=(c.relation == "配偶").sum())

derived("household", of="member", needs="member.id_number|member.sex").columns(
    sex_of_head=c.known_sex.filter(c.is_head).first()
)


@derived("household")
def phone_pair(policy: Policy) -> pl.Expr:
    """Village, group and phone of households that share them."""
    return if_shared(pl.concat_str("village_key", c.group.fill_null(""), "phone", separator="/"))


derived("household", over="phone_pair", needs="household_id").columns(
    pair_homes=c.household_id.n_unique()
)


@derived("household", over="phone_pair", needs="phone member.relation")
def is_couple_apart(policy: Policy) -> pl.Expr:
    """Whether the pair are a man and a woman of one generation and two surnames, both single."""
    single = (c.spouses == 0).all() & (c.sex_of_head.n_unique() == 2)
    of_age = (c.head_age.max() - c.head_age.min() <= _COUPLE_YEARS) & (
        c.head_age.min() >= _COUPLE_AGE
    )
    return single & of_age & (c.surname.n_unique() == 2)


derived("household", over="phone_pair").columns(
    youngest_of_pair=c.head_age.min(),
    first_of_pair=_first_by_number(),
)


@rule(
    "SB034",
    "疑似夫妻分成两户",
    Severity.SUSPECT,
    "household",
    at="household_id",
    message="户主{head}与同组的{first_of_pair:home}一男一女、年龄相近、都没有配偶，又共用电话；"
    "请对照民政部门的婚姻登记核实是不是夫妻",
    basis="审计实践：分户拆户",
    needs="household_id phone member.relation member.id_number|member.sex"
    " member.id_number|member.birth_date|member.age",
)
def couple_in_two_households(policy: Policy) -> Iterator[Violation]:
    """同村同组只有两户共用一个电话，两名户主一男一女、不同姓、相差不到10岁，都没有登记配偶。
    同姓两户共用电话的由“疑似拆户”检查。两人都满60岁的只是提示：老人常留邻居的电话。

    改法：是夫妻的并为一户；是邻居、亲戚共用电话的，请说明。
    错例：同组张建国（50岁）、李秀英（48岁）各一户，都没有配偶，联系电话相同
    对例：同组张建国夫妇一户、李秀英一户，联系电话相同
    理由：户口未迁、已分居或离婚。
    """
    pair = c.is_couple_apart & (c.pair_homes == 2) & c.phone_pair.is_not_null()
    apart = pair & (c.first_of_pair != c.head_and_number)
    elderly = c.youngest_of_pair >= _ELDERLY
    yield Violation(apart & ~elderly)
    yield Violation(apart & elderly, severity=Severity.INFO)
