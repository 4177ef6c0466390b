"""LR1 重复: one person who is listed twice.

The first place is taken as right: findings are at the later rows and name the other place.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.place import own_number
from jiandang.report.model import Severity

c = pl.col

# A name borne by more people of one village is no name (未知, 张三 all the way down).
_MOST_NAMESAKES = 50


derived("member").columns(
    person_in_household=pl.concat_str(c.identity, c.household_id, separator="/")
)

# Those of two rows or more; nearly all others have but one.
derived("member").columns(
    shared_in_household=if_shared(c.person_in_household), shared_identity=if_shared(c.identity)
)

derived("member", over="shared_in_household").columns(
    # The first row of the person within the household.
    first_in_household=c.ref.first(),
    # Whether all rows with the number within the household bear one name.
    is_copied=c.name.is_not_null().all() & (c.name.n_unique() == 1),
)

# Whether the row is a further one of the person within the household.
derived("member").columns(
    is_again=c.shared_in_household.is_not_null() & (c.ref != c.first_in_household)
)


@derived("member", needs="id_number")
def is_belied(policy: Policy) -> pl.Expr:
    """Whether the row itself says another sex or day of birth than the number: it may be of
    somebody else."""
    other_sex = c.sex.cast(pl.String) != c.id_sex
    return other_sex.fill_null(False) | c.is_born_otherwise.fill_null(False)


derived("member", over="shared_identity").columns(
    # The first row of the person in all files, those that the number fits before the others.
    first_anywhere=c.ref.sort_by("is_belied", "ref").first(),
    # Whether all rows with the number bear one name: the person is in one household too many.
    is_one_person=c.name.is_not_null().all() & (c.name.n_unique() == 1),
    homes_of_person=c.household_id.n_unique(),
)


@rule(
    "LR108",
    "同一户内证件号码重复",
    Severity.ERROR,
    "member",
    at="id_number",
    message="证件号码 {id_number} 在本户已有一行：{other:place}{hint}",
    basis="居民身份证法第三条：公民身份号码每人唯一；审计查重",
    needs="id_number household_id",
)
def twice_in_household(policy: Policy) -> Iterator[Violation]:
    """同一户里两名成员的证件号码（残疾证号取前18位，15位的升位后比）相同。

    改法：同一个人重复登记的删去一行；两个人的，按身份证改正号码。
    错例：双胞胎填了同一个号码
    对例：每人是自己的号码
    """
    same = "，姓名也相同；是同一个人的，请删去一行"
    # A row that is copied is one too many, whatever is wrong with its number.
    yield Violation(
        c.is_again & c.is_copied,
        is_surplus=True,
        rests_on="household_id name",
        other=c.first_in_household,
        hint=same,
    )
    yield Violation(c.is_again & ~c.is_copied, other=c.first_in_household, hint="")


@rule(
    "LR109",
    "一人登记在多户",
    Severity.ERROR,
    "member",
    at="id_number",
    message="证件号码 {id_number} 已登记在另一户：{other:place}",
    basis="居民身份证法第三条：公民身份号码每人唯一；审计查重",
    across="identity",
)
def in_two_households(policy: Policy) -> Iterator[Violation]:
    """同一个证件号码出现在两户，包括一次检查的不同文件之间。报在后一处；有一处的性别、出生日期
    与号码不符的，多半是那里填错了号码，报在那里。

    改法：核实这个人属于哪一户，从另一户减去；不是同一个人的，按身份证改正号码。
    错例：出嫁的女儿在娘家和婆家各登记一次
    对例：只登记在现在的户里
    """
    again = c.person_in_household.is_not_null() & ~c.is_again
    again &= c.shared_identity.is_not_null() & (c.ref != c.first_anywhere)
    yield Violation(again & c.is_one_person, is_surplus=True, other=c.first_anywhere)
    yield Violation(again & ~c.is_one_person, other=c.first_anywhere)


@derived("member")
def near_number(policy: Policy) -> pl.Expr:
    """The first row of the village with the same name and nearly the same number."""
    person = pl.struct("ref", "village_key", "name", "identity")
    return person.map_batches(_near_numbers, return_dtype=pl.Int64)


def _near_numbers(people: pl.Series) -> pl.Series:
    rows = people.struct.unnest()
    block = ["village_key", "name"]
    namesakes = rows.drop_nulls().filter(pl.len().over(block).is_between(2, _MOST_NAMESAKES))
    # A slip leaves either the beginning or the end of the number as it was.
    parts = namesakes.with_columns(
        beginning=c.identity.str.slice(0, 10), end=c.identity.str.slice(11)
    )
    pairs = pl.concat(
        parts.join(parts, on=[*block, part], suffix="_other")
        .filter(c.identity != c.identity_other)
        .select("ref", "identity", "ref_other", "identity_other")
        for part in ("beginning", "end")
    )
    # They are few: an expression for 18 characters costs more than to look at each pair.
    slips = map(_is_a_slip, pairs["identity"], pairs["identity_other"])
    near = pairs.filter(pl.Series(slips, dtype=pl.Boolean))
    first = near.group_by("ref").agg(c.ref_other.min())
    return rows.join(first, on="ref", how="left", maintain_order="left")["ref_other"]


def _is_a_slip(one: str, two: str) -> bool:
    """Whether numbers differ in one character, or in two neighbours that changed places."""
    if len(one) != len(two):
        return False
    match [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]:
        case [_]:
            return True
        case [i, j]:
            return j == i + 1 and one[i] == two[j] and one[j] == two[i]
    return False


@rule(
    "LR110",
    "证件号码仅差一位",
    Severity.SUSPECT,
    "member",
    at="id_number",
    message="同村同名，证件号码 {id_number} 与 {other:place} 的只差一位，"
    "请核实是不是同一个人，以公安户籍信息为准",
    basis="审计查重",
)
def nearly_the_same_number(policy: Policy) -> Violation:
    """同一村里姓名相同的两行，证件号码只差一位或相邻两位颠倒，可能是同一个人登记了两次。
    两个号码中有一个的校验码不对（LR103），本条报在校验码正确的那一行。

    改法：核对两人的身份证；是同一个人的，删去一行。
    错例：两行张伟，号码只有第10位不同
    对例：同村同名的两个人，号码完全不同
    理由：双胞胎、同名的两个人。
    """
    return Violation(c.near_number.is_not_null(), other=c.near_number)


# Whether the number begins with that of another household.
derived("member", needs="person_id").columns(
    is_number_of_others=~c.person_id.str.starts_with(own_number(c.household_id)).fill_null(True)
)

derived("member").columns(shared_person_id=if_shared(c.person_id))

# The first row with the number, those of the household that it names before the others.
derived("member", over="shared_person_id").columns(
    first_with_person_id=c.ref.sort_by("is_number_of_others", "ref").first()
)


# The number, name and household, where two rows have the same: one copied as it is.
derived("member", needs="person_id").columns(
    numbered_person=if_shared(pl.concat_str(c.person_id, c.name, c.household_id, separator="/"))
)


derived("member", over="numbered_person", needs="person_id").columns(first_of_person=c.ref.first())


@rule(
    "LR122",
    "人编号重复",
    Severity.ERROR,
    "member",
    at="person_id",
    message="人编号 {person_id} {used}：{other:place}",
    basis="S-N 登记表的人编号",
    needs="person_id",
    across="person_id",
)
def repeated_person_id(policy: Policy) -> Iterator[Violation]:
    """两名成员的人编号相同。报在后一人；有一人的编号不以本户的户编号开头的，报在那一人。

    改法：按户编号加2位顺序号重新编号；重复登记的删去一行。
    错例：户主和配偶都是 …00301
    对例：户主 …00301，配偶 …00302
    """
    again = c.shared_person_id.is_not_null() & (c.ref != c.first_with_person_id)
    copied = c.numbered_person.is_not_null() & (c.ref != c.first_of_person)
    row = "在本户已用于同名的一行（请删去一行）"
    yield Violation(again & copied, is_surplus=True, other=c.first_with_person_id, used=row)
    yield Violation(again & ~copied, other=c.first_with_person_id, used="已用于另一人")


@derived("member", needs="village|village_code name id_number|birth_date")
def namesake(policy: Policy) -> pl.Expr:
    """The village, the name and the day of birth, where two have the same: perhaps one person."""
    day = c.born.cast(pl.Int32)  # written in a third of the time of a date
    return if_shared(pl.concat_str(c.village_key, c.name, day, separator="/"))


derived("member", over="namesake").columns(
    first_namesake=c.ref.first(),
    first_namesakes_identity=c.identity.first(),
    first_namesakes_home=c.household_id.first(),
)


@rule(
    "LR126",
    "同名同出生日期",
    Severity.SUSPECT,
    "member",
    at="id_number",
    message="与 {other:place} 同村、同名、同一天出生，{number}，"
    "请核实是不是同一个人，以公安户籍信息为准",
    basis="审计查重",
)
def same_name_and_birth(policy: Policy) -> Iterator[Violation]:
    """同一村里姓名和出生日期都相同、证件号码不同的两行，可能是同一个人有两个号码；
    或者同一户里这样的两行都没有证件号码。报在后一行。

    改法：核对两人的身份证；是同一个人的，删去一行。
    错例：两行张伟都是1980-01-01出生，号码不同
    对例：同名的两个人，出生日期不同
    理由：同名的两个人。
    """
    again = c.namesake.is_not_null() & (c.ref != c.first_namesake)
    yield Violation(
        again & (c.identity != c.first_namesakes_identity) & c.near_number.is_null(),
        other=c.first_namesake,
        number=pl.format("证件号码 {} 却不同", c.id_number),
    )
    # Of two rows with one 人编号 LR122 tells.
    numberless = c.identity.is_null() & c.first_namesakes_identity.is_null()
    at_home = c.household_id == c.first_namesakes_home
    yield Violation(
        again & numberless & at_home & c.numbered_person.is_null(),
        at="name",
        rests_on="name",
        other=c.first_namesake,
        number="都没有证件号码",
    )
