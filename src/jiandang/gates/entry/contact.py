"""LR1 姓名、电话、账号、户编号: names and numbers by which a household is reached and known."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import PHONE
from jiandang.policy import Policy
from jiandang.register.bank_card import luhn_ok_expr
from jiandang.register.codes import code_lists
from jiandang.register.place import UNNUMBERED, own_number
from jiandang.register.resident_id_columns import is_identity_number_expr
from jiandang.report.model import Severity

c = pl.col


@rule(
    "LR115",
    "姓名不规范",
    Severity.WARNING,
    "member",
    at="name",
    message="姓名“{who}”{problem}",
    basis="S-P 姓名校验",
    needs="name|head_name",
)
def malformed_name(policy: Policy) -> Iterator[Violation]:
    """姓名应为2至20个汉字，中间可以有一个间隔号“·”；不能有数字、字母和其他符号。
    没有成员表时检查户主姓名。持护照的外国人可以用护照上的拼写。

    改法：按身份证填写；说明（如“已故”）不要写在姓名里。
    错例：张三1；李四（长子）
    对例：张三；买买提·艾力
    """
    as_in_passport = (c.id_type == "护照") & c.name.str.contains(r"^[A-Za-z][A-Za-z .'-]+$")
    yield Violation(
        _is_no_name(c.name) & ~as_in_passport.fill_null(False),
        who=c.name,
        problem=_name_problem(c.name),
    )
    yield Violation(
        _is_no_name(c.head_name) & c.members.is_null(),
        at="head_name",
        table="household",
        who=c.head_name,
        problem=_name_problem(c.head_name),
    )


def _is_no_name(name: pl.Expr) -> pl.Expr:
    well_formed = name.str.contains(r"^\p{Han}+(?:·\p{Han}+)?$")
    return ~(well_formed & name.str.len_chars().is_between(2, 20))


def _name_problem(name: pl.Expr) -> pl.Expr:
    return (
        pl.when(name.str.contains("[0-9]"))
        .then(pl.lit("里有数字"))
        .when(name.str.contains("[A-Za-z]"))
        .then(pl.lit("里有字母"))
        .when(name.str.contains(r"[^\p{Han}·]"))
        .then(pl.lit("里有汉字以外的符号"))
        .when(name.str.len_chars() < 2)
        .then(pl.lit("只有一个字"))
        .when(name.str.len_chars() > 20)
        .then(pl.lit("超过20个字"))
        .otherwise(pl.lit("的间隔号位置不对或不止一个"))
    )


_ONE_PHONE = PHONE.removeprefix("^").removesuffix("$")
# Several numbers in one cell; blanks between them are gone.
_PHONES = f"^{_ONE_PHONE}(?:[/、,;]?{_ONE_PHONE})*$"


@rule(
    "LR116",
    "联系电话格式错误",
    Severity.WARNING,
    "household",
    at="phone",
    message="联系电话 {phone} 既不是11位手机号码，也不是带区号的座机",
    basis="S-P 电话校验",
    needs="phone",
)
def malformed_phone(policy: Policy) -> Iterator[Violation]:
    """联系电话应为11位手机号码（1开头，第二位3至9），或区号加7至8位座机；几个号码用顿号隔开。
    成员表里各人有各人的电话的，逐个检查。

    改法：核对后改正；没有电话的留空。
    错例：1385201234（10位）
    对例：13852012345；0516-83801234
    """
    yield Violation(~c.phone.str.contains(_PHONES))
    is_other = c.own_phone.ne_missing(c.phone)
    yield Violation(
        is_other & ~c.own_phone.str.contains(_PHONES), table="member", phone=c.own_phone
    )


derived("household", over="phone").columns(households_with_phone=c.household_id.n_unique())


@rule(
    "LR117",
    "同一电话用于多户",
    Severity.WARNING,
    "household",
    at="phone",
    message="从本户起有 {households} 户填的都是电话 {phone}，超过 {limit} 户",
    basis="本工具的判断",
    per="phone",
    across="phone",
)
def phone_of_many(policy: Policy) -> Violation:
    """同一个电话登记的户数超过政策规定（households_per_phone）。一个电话报一次，在第一户。

    改法：改填各户自己的电话；确实没有的留空，不要填村干部的。
    错例：全组20户都填会计的电话
    对例：每户自己的电话；父子两户同一个电话
    理由：亲属共用、村干部代接。
    """
    limit = policy.households_per_phone
    return Violation(
        c.phone.is_not_null() & (c.households_with_phone > limit),
        households=c.households_with_phone,
        limit=limit,
    )


@rule(
    "LR118",
    "银行账号格式错误",
    Severity.WARNING,
    "household",
    at="account",
    message="银行账号 {account} {problem}",
    basis="ISO/IEC 7812；存折账号没有校验位",
)
def malformed_account(policy: Policy) -> Iterator[Violation]:
    """银行账号应为12至30位数字；62开头的16至19位银行卡号还要符合校验位（Luhn）。

    改法：对照存折或卡逐位核对。
    错例：6217001234567890123（末位校验不对）
    对例：3203241051234567890（存折）
    """
    digits = "^[0-9]{12,30}$"
    yield Violation(~c.account.str.contains(digits), problem="应为12至30位数字")
    is_card = c.account.str.contains("^62[0-9]{14,17}$")
    yield Violation(is_card & ~luhn_ok_expr(c.account), problem="的校验位不对，可能有一位录错")


# The code of a village with which the household's number begins.
derived("household").columns(id_village=c.household_id.str.extract("^([0-9]{12})[0-9]+$"))

derived("household", over="id_village").columns(homes_of_prefix=c.household_id.n_unique())

derived("household", over="village_code", needs="village_code household_id").columns(
    homes_of_code=c.household_id.n_unique()
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
    is_short = own_number(c.household_id).str.len_chars() < _WHOLE_NUMBER
    other = pl.when(c.is_identity_number).then(pl.lit("是身份证号"))
    return other.when(~c.is_whole_number & is_short).then(pl.lit("太短"))


derived("household").columns(
    village_other_number=pl.when(c.other_number.is_not_null()).then(
        pl.concat_str(c.village_key, c.other_number, separator="/", ignore_nulls=True)
    )
)

derived("household", over="village_key", needs="household_id").columns(
    numbers_of_village=c.household_id.drop_nulls().n_unique()
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
    first_alike_number=c.ref.first()
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
    一个村的户编号多半是 1、2、3 这样的序号或者身份证号的，一个村报一次，各户照样往下查。
    村码只有这一户填、户编号却与别的户同村的，错的是村码，报在村码。

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
    contradicts = c.is_whole_number & ~c.household_id.str.starts_with(c.village_code)
    contradicts &= ~c.household_id.str.starts_with(UNNUMBERED)
    code_is_odd = ((c.homes_of_code == 1) & (c.homes_of_prefix > 1)).fill_null(False)
    yield Violation(
        contradicts & ~code_is_odd,
        what=whole,
        problem=pl.format("应以村码 {} 开头", c.village_code),
        expected=pl.concat_str(c.village_code, c.household_id.str.slice(12)),
    )
    yield Violation(
        contradicts & code_is_odd,
        at="village_code",
        what=whole,
        problem=pl.format("与别的 {} 户同村，村码却填成 {}", c.homes_of_prefix - 1, c.village_code),
        expected=c.id_village,
    )


# -- names that are none, accounts and numbers that fit no other -----------------------------

_RELATION_WORDS = [word for word in code_lists()["relation"].words if len(word) > 1]
# 张德明之妻 says whose wife she is.
_OF_SOMEBODY = (
    "^.{2,4}[之的](?:妻子?|丈?夫|爱人|配偶|[长次三]?[子女]|儿子|女儿|父亲?|母亲?|儿?媳妇?|女婿|外?孙[子女]?"
    "|[兄弟姐妹]|祖[父母])$"
)
_NO_NAMES = [
    *_RELATION_WORDS,
    *(
        "测试",
        "无名",
        "无名氏",
        "未知",
        "待定",
        "待补",
        "不详",
        "暂无",
        "小孩",
        "孩子",
        "婴儿",
        "新生儿",
    ),
    *("宝宝", "老大", "老二", "老三", "样例", "示例", "姓名", "户主", "某人"),
]


@rule(
    "LR128",
    "姓名是占位的",
    Severity.WARNING,
    "member",
    at="name",
    message="姓名填的是“{who}”，不是一个人的姓名",
    basis="S-P 姓名校验：填身份证上的姓名",
    needs="name|head_name|helper|survey.reviewer",
)
def placeholder_name(policy: Policy) -> Iterator[Violation]:
    """姓名填的是称谓（儿子、母亲、张德明之妻），是“测试”“无名”“未知”，或者带“某”字。
    成员、户主、帮扶责任人、调查人、审核人、录入人的姓名都查。

    改法：按身份证填写；新生儿还没有起名的，报了户口再填。
    错例：姓名：儿子；张某某
    对例：姓名：张子豪
    """
    for table, columns in (
        ("member", ("name",)),
        ("household", ("head_name", "helper")),
        ("survey", ("surveyor_1", "surveyor_2", "reviewer", "entry_clerk")),
    ):
        for name in columns:
            wrong = c(name).is_in(_NO_NAMES) | c(name).str.contains(f"某|测试|{_OF_SOMEBODY}")
            if name == "head_name":
                wrong &= c.members.is_null()
            yield Violation(wrong, table=table, at=name, who=c(name))


_ENOUGH_ACCOUNTS, _USUAL = 10, 0.8


@derived("household", needs="account")
def account_series(policy: Policy) -> pl.Expr:
    """The bank and the first four digits, after which its accounts are of one length."""
    digits = c.account.str.extract("^([0-9]{4})[0-9]+$")
    return pl.concat_str(c.bank.fill_null(""), digits, separator=" ")


@derived("household", over="account_series")
def series_length(policy: Policy) -> pl.Expr:
    """How many digits nearly all accounts of the series have; null where there are few."""
    lengths = c.account.str.len_chars()
    usual = lengths.mode().min()
    enough = (lengths.count() >= _ENOUGH_ACCOUNTS) & ((lengths == usual).mean() >= _USUAL)
    return pl.when(enough).then(usual)


@rule(
    "LR129",
    "银行账号多一位或少一位",
    Severity.SUSPECT,
    "household",
    at="account",
    message="银行账号 {account} 有 {length} 位，同一银行同样开头的账号都是 {series_length} 位；"
    "请对照存折或卡核实",
    basis="同一银行的一种账号位数相同",
)
def account_of_another_length(policy: Policy) -> Violation:
    """同一开户银行、前四位相同的账号（10个以上）八成以上是同一个位数，这个账号多一位或少一位。

    改法：对照存折或卡逐位核对；确是这样的，请说明。
    错例：同一银行 622848 开头的账号都是19位，这一个18位
    对例：同一银行的存折12位、卡19位
    理由：存折上确是这样。
    """
    length = c.account.str.len_chars()
    difference = length.cast(pl.Int32) - c.series_length.cast(pl.Int32)
    return Violation(c.account_series.is_not_null() & (difference.abs() == 1), length=length)


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
    another = ~c.person_id.str.starts_with(own_number(c.household_id))
    is_misplaced = (c.has_a_guest_too_many & c.is_missed_at_home).fill_null(False)
    yield Violation(
        c.village_numbers_by_household & another & is_misplaced,
        at="household_id",
        severity=Severity.ERROR,
        is_surplus=True,
        hint=pl.format("；放在 {} 户，两户的家庭人口就都相符", c.home_of_person_id),
        expected=c.home_of_person_id,
    )
    yield Violation(
        c.village_numbers_by_household & another & ~is_misplaced, hint="", expected=None
    )
