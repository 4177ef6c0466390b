"""LR1 重复: one person, household or account that is listed twice.

The first place is taken as right: findings are at the later rows and name the other place.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.person_names import plain_name_expr
from jiandang.register.place import own_number
from jiandang.register.tables import STEP_TABLES
from jiandang.report.model import Severity

c = pl.col

# A name borne by more people of one village is no name (未知, 张三 all the way down).
_MOST_NAMESAKES = 50


derived("member").columns(
    person_in_household=pl.concat_str(c.identity, c.household_id, separator="/")
)

# The first row of the person within the household.
derived("member", over="person_in_household").columns(first_in_household=c.ref.first())


# Whether all rows with the number within the household bear one name.
derived("member", over="person_in_household").columns(
    is_copied=c.name.is_not_null().all() & (c.name.n_unique() == 1)
)


@derived("member", needs="id_number")
def is_belied(policy: Policy) -> pl.Expr:
    """Whether the row itself says another sex or day of birth than the number: it may be of
    somebody else."""
    other_sex = c.sex.cast(pl.String) != c.id_sex
    other_day = ~c.id_birth.dt.to_string("%Y-%m-%d").str.starts_with(c.birth_date)
    return other_sex.fill_null(False) | other_day.fill_null(False)


derived("member", over="identity").columns(
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
    again = c.person_in_household.is_not_null() & (c.ref != c.first_in_household)
    same = "，姓名也相同；是同一个人的，请删去一行"
    # A row that is copied is one too many, whatever is wrong with its number.
    yield Violation(
        again & c.is_copied,
        is_surplus=True,
        rests_on="household_id name",
        other=c.first_in_household,
        hint=same,
    )
    yield Violation(again & ~c.is_copied, other=c.first_in_household, hint="")


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
    again = c.person_in_household.is_not_null() & (c.ref == c.first_in_household)
    again &= c.ref != c.first_anywhere
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


# A household's number as it is counted: 9 comes before 10.
_NUMBER = (c.household_id.str.len_chars(), c.household_id)

# The account where the household has a number, so that two households can be told apart.
derived("household", needs="account").columns(
    account_at=pl.when(c.household_id.is_not_null()).then(c.account)
)

derived("household", over="account_at").columns(
    # By the households' numbers: whatever the order of the rows, the other one is told of.
    first_with_account=c.ref.sort_by(*_NUMBER, "ref", nulls_last=True).first(),
    # The number of the first household with the account.
    household_with_account=c.household_id.sort_by(*_NUMBER, nulls_last=True).first(),
    # Whether the account is that of two old people, who may be paid through one guardian.
    of_two_wubao_homes=c.is_wubao_type.all(ignore_nulls=False) & (c.household_id.n_unique() == 2),
)


@rule(
    "LR119",
    "多户使用同一银行账号",
    Severity.WARNING,
    "household",
    at="account",
    message="银行账号 {account} 已登记在另一户：{other:place}",
    basis="补贴审计",
    needs="account household_id",
    across="account_at",
)
def shared_account(policy: Policy) -> Iterator[Violation]:
    """两户填了同一个银行账号，补贴会发到一户。报在后一户。
    只有两户、都是五保户（特困供养户）的，多半由一名监护人代领，只是提示。

    改法：按各户的存折或卡改正；由同一名监护人、亲属代领的，请说明并留委托手续。
    错例：两兄弟两户填同一张卡
    对例：每户是自己的账号
    理由：监护人代领、亲属代领。
    """
    shared = c.account_at.is_not_null() & (c.household_id != c.household_with_account)
    guardian = c.of_two_wubao_homes.fill_null(False)
    yield Violation(shared & ~guardian, other=c.first_with_account)
    yield Violation(shared & guardian, severity=Severity.INFO, other=c.first_with_account)


@derived("household", needs="household_id")
def listing(policy: Policy) -> pl.Expr:
    """The household in one list (初选 … 县级) and one year, where it should stand once."""
    level = c.list_level.cast(pl.String).fill_null("")
    year = c.income_year.cast(pl.String).fill_null("")
    return pl.concat_str(c.household_id, level, year, separator="/")


derived("household").columns(is_repeated_listing=c.listing.is_duplicated())


@derived("household", needs="")
def number_misfits(policy: Policy) -> pl.Expr:
    """How much says that the number is not that of its row: the more, the higher.

    Its members have another head, it is of another village, it stands out of turn.
    """
    # Where the members have come under the number too, both heads are there.
    other_head = (c.heads == 1) & (
        plain_name_expr(c.head_name) != plain_name_expr(c.head_member_name)
    )
    other_village = ~c.household_id.str.starts_with(c.village_code)
    before, after = (c.household_id.shift(by).over("sheet_number") for by in (1, -1))
    out_of_turn = (before > c.household_id) | (after < c.household_id)
    signs = (4, other_head), (2, other_village), (1, out_of_turn)
    return pl.sum_horizontal(weight * sign.fill_null(False) for weight, sign in signs)


# The row that has the number by right, and who heads it.
derived("household", over="listing", needs="").columns(
    first_listing=c.ref.sort_by("number_misfits", "ref").first(),
    first_listed_head=c.head_name.sort_by("number_misfits", "ref").first(),
)


# Whether the number is another household's.
derived("household", needs="").columns(
    has_anothers_number=(
        c.household_id.is_not_null()
        & (c.ref != c.first_listing)
        & (c.head_name != c.first_listed_head)
    ).fill_null(False)
)

derived("member", of="household", needs="household_id").columns(
    is_listed_twice=c.is_repeated_listing.any()
)


# Whether a head's own row names him as the household's head.
derived("member", needs="").columns(
    is_own_head=(c.is_head & (c.own_head_name == c.name)).fill_null(False)
)


_OF_OWN_HEAD = c.ref == c.own_heads_row

# What the row of the household's head says, with which those of other heads are compared.
derived("member", over="household_id", needs="").columns(
    own_heads_sheet=c.sheet_number.filter(_OF_OWN_HEAD).first(),
    own_heads_person_id=c.person_id.filter(_OF_OWN_HEAD).first(),
    own_heads_village=c.village_key.filter(_OF_OWN_HEAD).first(),
    names_own_head=c.is_own_head.filter(_OF_OWN_HEAD).first(),
    spouses=(c.relation == "配偶").sum(),
)

derived("member", of="household", needs="").columns(
    is_household_of_all=(c("size") == c.members).any(),
    is_household_of_fewer=(c("size") < c.members).any(),
)


@derived("member", needs="")
def is_another_head(policy: Policy) -> pl.Expr:
    """Whether the row is of another household's head, beside the one who has the number.

    So say another sheet, village or number of the household in the person's; the head's name in
    the rows themselves; members beyond 家庭人口, or two spouses. In what order the rows stand says
    nothing: whoever sorts them by name makes no household.
    """
    other_home = (c.other_home != c.household_id) & ~c.has_another_home.fill_null(False)
    said = (
        (c.is_own_head & c.names_own_head & (c.name != c.own_heads_name))
        | (c.sheet_number != c.own_heads_sheet)
        | (c.village_key != c.own_heads_village)
        | (c.person_id == c.own_heads_person_id)
        | other_home
    )
    counted = c.is_household_of_fewer | ((c.spouses > 1) & ~c.is_household_of_all.fill_null(False))
    # Of one who stands in two households there is one person too many (LR109).
    counted &= c.identity.is_null() | (c.homes_of_person == 1)
    another = said.fill_null(False) | counted.fill_null(False)
    return c.is_head & (c.ref != c.own_heads_row) & another


@rule(
    "LR121",
    "户编号重复",
    Severity.ERROR,
    "household",
    at="household_id",
    message="户编号 {household_id} 已用于另一处：{other:place}{hint:s}",
    basis="S-P 户码校验",
)
def household_twice(policy: Policy) -> Iterator[Violation]:
    """同一个户编号在农户表的同一份名单里出现两次，或在成员表里是两户的户主。
    农户表报在不像本户的一处：成员的户主是另一人，或者不是本村的编号，或者次序不对；看不出的报在后一处。
    成员表里两名户主在两张表、两个村的，各自那一行的“户主姓名”写的都是自己的，人编号是两户的，
    或者有两名配偶、成员比家庭人口多的，算两户；不看各行的先后（其余的见 LR202）。
    识别程序表、入户调查表里同一户有两行、日期或票数等写得不一样的，是警告；一模一样的两行不报。

    改法：两户用了同一个编号的，给其中一户改正编号；重复登记的删去一处。
    错例：第5行和第80行都是 320324105201003，户主不是同一个人
    对例：一户的成员只有一名户主
    """
    known = c.household_id.is_not_null()
    lost = pl.when(c.is_unplaced).then(c.lost_number)
    yield Violation(
        known & (c.ref != c.first_listing),
        rests_on="household_id",
        other=c.first_listing,
        expected=lost,
        hint=pl.format("；成员表里 {} 这一户不在农户表里，请看是不是这一户", lost).fill_null(""),
    )
    yield Violation(
        known & c.is_another_head & ~c.is_listed_twice.fill_null(False),
        table="member",
        other=c.own_heads_row,
        expected=None,
        hint="",
    )
    for table in STEP_TABLES:
        yield Violation(
            c.contradicted.is_not_null(),
            table=table,
            severity=Severity.WARNING,
            is_fault=False,
            rests_on="household_id",
            other=c.contradicted,
            expected=c.meant_household,
            hint=pl.coalesce(
                pl.format("；多半是 {} 的，那一户在本表里没有行", c.meant_household),
                pl.format("；两行的{}不一样，请核对以哪一行为准", c.contradicted_in),
            ),
        )


# Whether the number begins with that of another household.
derived("member", needs="person_id").columns(
    is_number_of_others=~c.person_id.str.starts_with(own_number(c.household_id)).fill_null(True)
)

# The first row with the number, those of the household that it names before the others.
derived("member", over="person_id").columns(
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
    again = c.person_id.is_not_null() & (c.ref != c.first_with_person_id)
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
)


@rule(
    "LR126",
    "同名同出生日期",
    Severity.SUSPECT,
    "member",
    at="id_number",
    message="与 {other:place} 同村、同名、同一天出生，证件号码 {id_number} 却不同，"
    "请核实是不是同一个人，以公安户籍信息为准",
    basis="审计查重",
)
def same_name_and_birth(policy: Policy) -> Violation:
    """同一村里姓名和出生日期都相同、证件号码不同的两行，可能是同一个人有两个号码。报在后一行。

    改法：核对两人的身份证；是同一个人的，删去一行。
    错例：两行张伟都是1980-01-01出生，号码不同
    对例：同名的两个人，出生日期不同
    理由：同名的两个人。
    """
    return Violation(
        c.namesake.is_not_null()
        & (c.ref != c.first_namesake)
        & (c.identity != c.first_namesakes_identity)
        & c.near_number.is_null(),
        other=c.first_namesake,
    )
