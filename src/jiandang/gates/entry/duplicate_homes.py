"""LR1 重复: one household, or its account, that is listed twice.

The first place is taken as right: findings are at the later rows and name the other place.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.register import row_number
from jiandang.register.tables import STEP_TABLES
from jiandang.report.model import Severity

c = pl.col

# Who is older, or younger, often has the money taken by a guardian.
_ELDERLY, _GROWN = 60, 18
# More households than this with one account are told of as one.
_MANY = 5

# A household's number as it is counted: 9 comes before 10.
_NUMBER = (c.household_id.str.len_chars(), c.household_id)

# The account where the household has a number, so that two households can be told apart.
derived("household", needs="account").columns(
    account_at=pl.when(c.household_id.is_not_null()).then(c.account)
)

derived("household", needs="account").columns(shared_account=if_shared(c.account_at))

derived("household", over="shared_account", needs="account").columns(
    # By the households' numbers: whatever the order of the rows, the other one is told of.
    first_with_account=c.ref.sort_by(*_NUMBER, "ref", nulls_last=True).first(),
    # The number of the first household with the account.
    household_with_account=c.household_id.sort_by(*_NUMBER, nulls_last=True).first(),
    # Whether it is that of two households alone, of whom one may be paid through the other.
    is_of_two_homes=c.household_id.n_unique() == 2,
    homes_with_account=c.household_id.n_unique(),
    # Both are 五保 or old, or there is an orphan: others take the money for them.
    is_of_wards=c.is_wubao_type.all(ignore_nulls=False)
    | (c.head_age >= _ELDERLY).all(ignore_nulls=False)
    | (c.head_age < _GROWN).any(),
    is_of_elder=(c.head_age >= _ELDERLY).any(),
    is_of_one_surname=c.surname.n_unique() == 1,
)

# The row of the second household with the account, by number as well.
derived("household", over="shared_account", needs="account").columns(
    second_with_account=c.ref.sort_by(*_NUMBER, "ref", nulls_last=True)
    .filter(c.household_id.sort_by(*_NUMBER, "ref", nulls_last=True) != c.household_with_account)
    .first()
)


@rule(
    "LR119",
    "多户使用同一银行账号",
    Severity.WARNING,
    "household",
    at="account",
    message="银行账号 {account} 已登记在另一户：{other:place}{hint}",
    basis="补贴审计",
    needs="account household_id",
    across="account_at",
)
def shared_account(policy: Policy) -> Iterator[Violation]:
    """两户填了同一个银行账号，补贴会发到一户。报在后一户；五户以上的合成一条，报在第二户。
    只有两户、都是五保户（特困供养户），户主都满60岁，或者有一户的户主未成年的，
    多半由一名监护人、老伴代领，只是提示；有一名户主满60岁的是疑点。

    改法：按各户的存折或卡改正；由同一名监护人、亲属代领的，请说明并留委托手续。
    错例：两兄弟两户填同一张卡
    对例：每户是自己的账号
    理由：监护人代领、亲属代领。
    """
    shared = c.shared_account.is_not_null() & (c.household_id != c.household_with_account)
    guardian = (c.is_of_two_homes & c.is_of_wards).fill_null(False)
    relative = (c.is_of_two_homes & c.is_of_elder).fill_null(False) & ~guardian
    one_surname = pl.lit("；户主同姓，请一并核实是不是一户拆成两户")
    hint = pl.when(c.is_of_one_surname).then(one_surname).otherwise(pl.lit(""))
    are_many = c.homes_with_account > _MANY
    shared &= ~are_many | (c.ref == c.second_with_account)
    all_of_them = pl.format("；填这个账号的一共有 {} 户，像是一格填到底的", c.homes_with_account)
    hint = pl.when(are_many).then(all_of_them).otherwise(hint)
    for severity, which in (
        (Severity.WARNING, ~guardian & ~relative),
        (Severity.SUSPECT, relative),
        (Severity.INFO, guardian),
    ):
        yield Violation(
            shared & which,
            severity=severity,
            # A head of whom the age is not known hides no shared account.
            rests_on="account household_id household_type",
            other=c.first_with_account,
            hint=hint,
        )


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
    other_head = (c.heads == 1) & (c.plain_head_name != c.plain_head_member_name)
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

# Members beside each other, right of what is said of their household, are a table each; those of
# one row are of one household.
_STANDS_BESIDE = pl.all_horizontal(
    c.row_in_table_2 != c.own_heads_row,
    row_number() == row_number(c.row_in_table_2),
    row_number() == row_number(c.own_heads_row),
).fill_null(False)

derived("member", of="household", needs="").columns(
    row_in_table_2=c.ref.first(),
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
        | ((c.sheet_number != c.own_heads_sheet) & ~_STANDS_BESIDE)
        | (c.village_key != c.own_heads_village)
        | (c.person_id == c.own_heads_person_id)
        | other_home
    )
    counted = c.is_household_of_fewer | ((c.spouses > 1) & ~c.is_household_of_all.fill_null(False))
    # Of one who stands in two households there is one person too many (LR109).
    counted &= c.shared_identity.is_null() | (c.homes_of_person == 1)
    # The head's own row once more is one row too many (LR108).
    counted &= ~(c.is_again & c.is_copied).fill_null(False)
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
    识别程序表、入户调查表里同一户有两行的，是警告；一模一样的两行在两张工作表里的不报。

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
                pl.when(c.contradicted_in == "").then(pl.lit("；两行一模一样，请删去一行")),
                pl.format("；两行的{}不一样，请核对以哪一行为准", c.contradicted_in),
            ),
        )
