"""LR1 姓名、电话、账号: names and numbers by which a household is reached and paid."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import PHONE, is_chosen
from jiandang.policy import Policy
from jiandang.register.bank_card import luhn_ok_expr
from jiandang.register.codes import code_lists
from jiandang.report.model import Severity

c = pl.col

# Names of others than the households' people: several in a cell, with their posts, are as good.
_OTHERS = {
    "household": ("helper",),
    "procedure": ("application_signed",),
    "survey": (
        *("surveyor_1", "surveyor_2", "surveyors", "reviewer", "entry_clerk", "proofreader"),
        "head_signed",
    ),
    "allocation": ("officer",),
}
# Digits or a date, a letter, one character, a digit behind a name.
_NEVER_A_NAME = r"^(?:[0-9][0-9./:-]*|[A-Za-z]|\p{Han}|\p{Han}{1,3}[0-9]{1,2})$"
# A clerk may be named by an account. Who has signed may have said so by 1, Y or 是.
_NO_OTHER_NAME = {
    "entry_clerk": _NEVER_A_NAME.replace("[0-9][0-9./:-]*", "[0-9]{1,5}|[0-9]+[./:-][0-9./:-]*"),
    **dict.fromkeys(("application_signed", "head_signed"), "^[0-9][0-9./:-]+$"),
}
_UNIT = (
    "(?:局|委员会|委|政府|小学|中学|学校|医院|卫生院|公司|中心|站|所|部|支部|银行|办公室|办|院)$"
)
# The family name of somebody, and what he is.
_POST = "^.{1,2}(?:主任|书记|[局镇乡科所站校县部院队组会]长|经理|干事|委员|主席|支书|老师|同志)$"


@rule(
    "LR115",
    "姓名不规范",
    Severity.WARNING,
    "member",
    at="name",
    message="姓名“{who}”{problem}",
    basis="S-P 姓名校验",
    needs="name|head_name|" + "|".join(f"{t}.{n}" for t, names in _OTHERS.items() for n in names),
)
def malformed_name(policy: Policy) -> Iterator[Violation]:
    """姓名应为2至20个汉字，中间可以有一个间隔号“·”；不能有数字、字母和其他符号。
    没有成员表时检查户主姓名。持护照的外国人可以用护照上的拼写。
    帮扶责任人、调查人、审核人、录入人、校对人、任务责任人只查明显不是姓名的：只有数字、日期、一个字母或者一个字，
    或者姓名后面带着一两位数字；录入人可以是六位以上的账号，签字只查两位以上的数字和日期。
    帮扶责任人和帮扶单位填反了的（前一格是单位，后一格是人名），也在这里报；帮扶责任人是单位或者职务的（刘主任），是疑点。

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
    for table, names in _OTHERS.items():
        for name in names:
            wrong = _NO_OTHER_NAME.get(name, _NEVER_A_NAME)
            yield Violation(
                c(name).str.contains(wrong),
                table=table,
                at=name,
                who=c(name),
                problem=_name_problem(c(name)),
            )
    is_unit = c.helper.str.contains(_UNIT) & c.helper_unit.str.contains(r"^\p{Han}{2,3}$")
    is_exchanged = is_unit & ~c.helper_unit.str.contains(_UNIT)
    yield Violation(
        is_exchanged,
        table="household",
        at="helper",
        who=c.helper,
        problem=pl.format("是单位的名称，帮扶单位填的却是“{}”，像是两格填反了", c.helper_unit),
    )
    is_office = (c.helper.str.len_chars() >= 4) & c.helper.str.contains(_UNIT)
    yield Violation(
        is_office & ~is_exchanged.fill_null(False),
        table="household",
        at="helper",
        severity=Severity.SUSPECT,
        who=c.helper,
        problem="像是单位的名称；请填帮扶责任人本人的姓名",
    )
    yield Violation(
        c.helper.str.contains(_POST),
        table="household",
        at="helper",
        severity=Severity.SUSPECT,
        who=c.helper,
        problem="像是职务；请填帮扶责任人本人的姓名",
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
        .when(name.str.contains(r"\p{Han} +\p{Han}"))
        .then(pl.lit("中间有空格，像是两个名字，或者后面带着说明；是一个人的请去掉空格或写“·”"))
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
    """银行账号应为12至30位数字；62开头的16至19位银行卡号还要符合校验位（Luhn）；
    不能是户主的身份证号码，也不能填在开户银行一格。

    改法：对照存折或卡逐位核对。
    错例：6217001234567890123（末位校验不对）
    对例：3203241051234567890（存折）
    """
    digits = "^[0-9]{12,30}$"
    of_head = (c.account == c.head_identity).fill_null(False)
    yield Violation(of_head, problem="是户主的身份证号码", rests_on="account")
    yield Violation(~c.account.str.contains(digits) & ~of_head, problem="应为12至30位数字")
    yield Violation(
        c.bank.str.contains(digits), at="bank", account=c.bank, problem="填在了开户银行这一格"
    )
    is_card = c.account.str.contains("^62[0-9]{14,17}$")
    yield Violation(is_card & ~luhn_ok_expr(c.account), problem="的校验位不对，可能有一位录错")


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
# What somebody is called at home, or was called by her husband's family: 刘氏, 老王, 二丫头.
_FAMILIAR = "^(?:.氏|老[^大二三]|[大二三四五小](?:丫头?|妮子?|毛子?|蛋子?|狗子?|丫子))$"


@rule(
    "LR128",
    "姓名是占位的",
    Severity.WARNING,
    "member",
    at="name",
    message="姓名填的是“{who}”，{what}",
    basis="S-P 姓名校验：填身份证上的姓名",
    needs="name|head_name|helper|survey.reviewer",
)
def placeholder_name(policy: Policy) -> Iterator[Violation]:
    """姓名填的是称谓（儿子、母亲、张德明之妻），是“测试”“无名”“未知”，或者带“某”字。
    成员、户主、帮扶责任人、调查人、审核人、录入人的姓名都查。
    成员和户主的姓名像小名、称呼的（刘氏、老王、二丫头）是疑点；王李氏是姓名。

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
            what = "不是一个人的姓名"
            yield Violation(wrong, table=table, at=name, who=c(name), what=what)
    ask = "像是小名或者称呼；请与户口簿核实是不是身份证上的姓名"
    familiar: dict[str, Any] = {"severity": Severity.SUSPECT, "what": ask}
    yield Violation(c.name.str.contains(_FAMILIAR), who=c.name, **familiar)
    alone = c.members.is_null() & c.head_name.str.contains(_FAMILIAR)
    yield Violation(alone, table="household", at="head_name", who=c.head_name, **familiar)


@rule(
    "LR132",
    "一格里像是两个名字",
    Severity.INFO,
    "household",
    at="helper",
    message="{what}“{who}”中间有空格，像是两个人，或者后面带着说明",
    basis="本工具的判断",
    needs="helper|survey.surveyor_1|survey.surveyor_2|survey.reviewer|survey.entry_clerk"
    "|survey.proofreader",
)
def two_names(policy: Policy) -> Iterator[Violation]:
    """帮扶责任人、调查人、审核人、录入人、校对人的格子里，两个词之间有空格，合起来不像一个人的姓名
    （王 强、欧阳 震华 是一个人）。照原样读取，jiandang fix 也不改。同样的一格只报一次。
    成员和户主的姓名由“姓名不规范”检查。

    改法：是两个人的用顿号隔开；是一个人的去掉空格，少数民族姓名用“·”；说明写到别的列。
    错例：帮扶责任人：周敬贤 李华
    对例：帮扶责任人：周敬贤、李华；帮扶责任人：王 强
    """
    for table, columns in (
        ("household", {"helper": "帮扶责任人"}),
        (
            "survey",
            {
                "surveyor_1": "调查人",
                "surveyor_2": "调查人",
                "reviewer": "审核人",
                "entry_clerk": "录入人",
                "proofreader": "校对人",
            },
        ),
    ):
        for name, what in columns.items():
            parted = pl.when(c(name).str.contains(r"\p{Han} +\p{Han}")).then(c(name))
            once = is_chosen(parted)
            yield Violation(once, table=table, at=name, what=what, who=c(name), is_fault=False)


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
