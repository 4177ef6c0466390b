"""LR1 户编号、人编号: numbers of households or persons that fit no village or household."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import NEARLY_ALL, first_by
from jiandang.policy import Policy
from jiandang.register.place import UNNUMBERED, own_number
from jiandang.register.resident_id_columns import is_identity_number_expr
from jiandang.report.model import Severity

c = pl.col


# The code of a village with which the household's number begins.
derived("household").columns(id_village=c.household_id.str.extract("^([0-9]{12})[0-9]+$"))

derived("household", over="id_village").columns(homes_of_prefix=c.household_id.n_unique())

derived("household", over="village_code", needs="village_code household_id").columns(
    homes_of_code=c.household_id.n_unique()
)

# The household's number, where it disagrees with 村码.
derived("household", needs="").columns(
    contradicted_number=pl.when(c.id_village != c.village_code).then(c.household_id)
)

# The code of the village that stands in its members' rows.
derived("household", of="member", on=("contradicted_number", "household_id"), needs="").columns(
    members_code=c.village_code.mode().min()
)


@derived("household", needs="")
def has_odd_village_code(policy: Policy) -> pl.Expr:
    """Whether it is 村码 that is wrong, not the number with which it disagrees.

    The members' rows have the number's village, or, where they name none, the rows beside in
    table 2; or nobody else has the code.
    """
    contradicts = c.id_village != c.village_code
    beside = (
        (
            c.household_id.shift(by).str.starts_with(c.id_village)
            & (c.village_code.shift(by) == c.id_village)
        )
        for by in (1, -1)
    )
    alone = (c.homes_of_code == 1) & (c.homes_of_prefix > 1)
    by_members = c.members_code == c.id_village
    by_rows = c.members_code.is_null() & pl.all_horizontal(beside)
    odd = contradicts & (alone | by_members | by_rows) & ~c.has_anothers_number
    return odd.fill_null(False)


derived("household", over="id_village", needs="").columns(
    odd_codes_of_prefix=c.household_id.filter(c.has_odd_village_code).n_unique()
)

# The village whose household it is all the same.
derived("household", needs="").columns(
    village_by_number=pl.when(c.has_odd_village_code).then(c.id_village)
)


# The least digits of a whole number of a household.
_WHOLE_NUMBER = 12


@derived("household", needs="household_id")
def is_identity_number(policy: Policy) -> pl.Expr:
    """Whether somebody's identity number stands as the household's."""
    is_of_village = c.household_id.str.starts_with(c.village_code)
    return is_identity_number_expr(c.household_id) & ~is_of_village.fill_null(False)


@derived("household", needs="household_id")
def is_whole_number(policy: Policy) -> pl.Expr:
    """Whether the household's number has the form of one, or stands for one that is lacking."""
    has_form = c.household_id.str.contains(f"^[0-9]{{{_WHOLE_NUMBER},20}}$")
    return (has_form & ~c.is_identity_number) | c.household_id.str.starts_with(UNNUMBERED)


@derived("household", needs="household_id")
def other_number(policy: Policy) -> pl.Expr:
    """What the number is in place of a whole one: one as 1, 2, 3, or an identity number."""
    own = own_number(c.household_id)
    is_short = own.str.len_chars() < _WHOLE_NUMBER
    is_word = ~c.is_whole_number & ~own.str.contains(r"[0-9]")
    return (
        pl.when(c.is_identity_number)
        .then(pl.lit("是身份证号"))
        .when(is_word)
        .then(pl.format("填的是“{}”", own))
        .when(~c.is_whole_number & is_short)
        .then(pl.lit("太短"))
    )


derived("household").columns(
    village_other_number=pl.when(c.other_number.is_not_null()).then(
        pl.concat_str(c.village_key, c.other_number, separator="/", ignore_nulls=True)
    )
)

derived("household", over="village_key", needs="household_id").columns(
    numbers_of_village=c.household_id.drop_nulls().n_unique()
)

_CONTRADICTS = (
    c.is_whole_number
    & ~c.household_id.str.starts_with(c.village_code)
    & ~c.household_id.str.starts_with(UNNUMBERED)
)
# So many of a village whose numbers begin with the code of one and the same other village.
_TOGETHER = 10
# Fewer persons of a village have no usual form of their numbers.
_ENOUGH_PERSONS = 20

derived("household", needs="household_id village_code").columns(
    other_village_here=if_shared(
        pl.when(_CONTRADICTS & ~c.has_odd_village_code).then(
            pl.concat_str("village_code", "id_village", separator="/")
        )
    )
)
derived("household", over="other_village_here", needs="household_id village_code").columns(
    homes_of_other_village=c.household_id.n_unique(),
    first_of_other_village=first_by(c.ref.is_not_null(), c.household_id),
)


@derived("household", over="village_other_number", needs="household_id")
def alike_numbers(policy: Policy) -> pl.Expr:
    """How many households of the village have such another number, where that is most of them.

    Numbers that everybody has to himself say nothing of who belongs together.
    """
    alike = c.household_id.filter(c.other_number.is_not_null()).n_unique()
    is_usual = (alike > 0) & (2 * alike >= c.numbers_of_village.first())
    tells_homes = ~c.is_identity_number.first() | (c.members.max() != 1).fill_null(True)
    return pl.when(is_usual & tells_homes).then(alike)


derived("household", over="village_other_number", needs="household_id").columns(
    first_alike_number=first_by(c.ref.is_not_null(), c.household_id.str.len_chars(), c.household_id)
)


@rule(
    "LR120",
    "户编号与村码不符",
    Severity.ERROR,
    "household",
    at="household_id",
    message="{what:s}{problem}",
    basis="S-P 户码：村码12位加户号3位",
)
def household_of_no_village(policy: Policy) -> Iterator[Violation]:
    """户编号应为12至20位数字，并以本村的村码开头。
    一个村的户编号多半是 1、2、3 这样的序号或者身份证号的，一个村报一次，各户照样往下查；
    一个村有十户以上、户编号都以同一个别的村码开头的（村合并以后户编号没有改，或者村码整列填错），也是这样。
    村码只有这一户填、户编号却与别的户同村的，或者成员表里（没有村码的，上下两户）是户编号那个村的，
    错的是村码，报在村码。

    改法：核对户编号和村码，改正错的一个；各张表里的户编号要一起改。
    错例：村码 320324105201，户编号 320324150201003
    对例：村码 320324105201，户编号 320324105201003
    """
    whole = pl.format("户编号 {} ", own_number(c.household_id))
    # 001 and 1号 are read as 1, so that what stands in the cell is not quoted.
    other = pl.format("户编号{}，", c.other_number)
    yield Violation(
        ~c.is_whole_number & c.alike_numbers.is_null(),
        what=pl.coalesce(other, whole),
        problem="应为12至20位数字（村码加户号）",
        expected=None,
    )
    yield Violation(
        c.alike_numbers.is_not_null() & (c.ref == c.first_alike_number),
        is_fault=False,
        what=pl.when(c.alike_numbers > 1)
        .then(pl.format("本村 {} 户的{}", c.alike_numbers, other))
        .otherwise(other),
        problem="应为12至20位数字（村码加户号）",
        expected=None,
    )
    together = c.other_village_here.is_not_null() & (c.homes_of_other_village >= _TOGETHER)
    yield Violation(
        together & (c.ref == c.first_of_other_village),
        is_fault=False,
        what=pl.format("本村 {} 户的户编号", c.homes_of_other_village),
        problem=pl.format(
            "都以 {} 开头，村码却是 {}；是不是村合并过，或者村码填错了",
            c.id_village,
            c.village_code,
        ),
        expected=None,
    )
    yield Violation(
        _CONTRADICTS & ~c.has_odd_village_code & ~together,
        what=whole,
        problem=pl.format("应以村码 {} 开头", c.village_code),
        expected=pl.concat_str(c.village_code, c.household_id.str.slice(12)),
    )
    yield Violation(
        _CONTRADICTS & c.has_odd_village_code,
        at="village_code",
        what=whole,
        problem=pl.when(c.odd_codes_of_prefix < c.homes_of_prefix)
        .then(
            pl.format(
                "与别的 {} 户同村，村码却填成 {}",
                c.homes_of_prefix - c.odd_codes_of_prefix,
                c.village_code,
            )
        )
        .otherwise(pl.format("以 {} 开头，村码却填成 {}", c.id_village, c.village_code)),
        expected=c.id_village,
    )


# Whether most numbers of persons in the village begin with that of the household.
derived("member", over="village_key", needs="person_id household_id").columns(
    village_numbers_by_household=c.person_id.str.starts_with(own_number(c.household_id)).mean()
    > 0.5
)


@rule(
    "LR130",
    "人编号不是本户的",
    Severity.WARNING,
    "member",
    at="person_id",
    message="人编号 {person_id} 不以本户的户编号 {household_id} 开头{hint:s}",
    basis="S-N 登记表的人编号：户编号加2位",
    needs="person_id household_id",
)
def person_of_another_household(policy: Policy) -> Iterator[Violation]:
    """本村的人编号都以户编号开头，这一行的人编号却不以本户的户编号开头，多半是编号抄错或人放错了户。
    按人编号放回去，两户的家庭人口就都相符的，是户编号填错了，报在户编号，是错误。

    改法：放错户的改正户编号；编号抄错的，按户编号加2位改正。
    错例：户编号 320324105201003，人编号 32032410520100401
    对例：户编号 320324105201003，人编号 32032410520100301
    """
    another = c.is_number_of_others
    is_misplaced = (c.has_a_guest_too_many & c.is_missed_at_home).fill_null(False)
    yield Violation(
        c.village_numbers_by_household & another & is_misplaced,
        at="household_id",
        severity=Severity.ERROR,
        is_surplus=True,
        hint=pl.format("；放在 {} 户，两户的家庭人口就都相符", c.other_home),
        expected=c.other_home,
    )
    yield Violation(
        c.village_numbers_by_household & another & ~is_misplaced, hint="", expected=None
    )


derived("member", needs="person_id household_id").columns(
    number_tail=pl.when(~c.is_number_of_others).then(
        c.person_id.str.len_bytes() - own_number(c.household_id).str.len_bytes()
    )
)


@derived("member", over="village_key", needs="person_id household_id")
def usual_tail(policy: Policy) -> pl.Expr:
    """How many digits nearly all persons' numbers have behind the household's."""
    usual = c.number_tail.mode().min()
    enough = c.number_tail.count() >= _ENOUGH_PERSONS
    return pl.when(enough & ((c.number_tail == usual).mean() >= NEARLY_ALL)).then(usual)


@rule(
    "LR136",
    "人编号多一位或少一位",
    Severity.WARNING,
    "member",
    at="person_id",
    message="人编号 {person_id} 在户编号后面有 {number_tail} 位，本村别人的都是 {usual_tail} 位",
    basis="S-N 登记表的人编号：户编号加2位",
)
def person_number_of_another_length(policy: Policy) -> Violation:
    """人编号以户编号开头，后面的位数与本村九成以上的人（20人以上）不同。

    改法：按户编号加2位顺序号改正。
    错例：户编号 320324105201003，人编号 3203241052010031
    对例：户编号 320324105201003，人编号 32032410520100301
    """
    return Violation(c.number_tail != c.usual_tail)
