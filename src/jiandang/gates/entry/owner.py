"""LR106, LR107, LR112, LR123, LR127, LR131, LR133: what 证件号码 says of its owner.

And who has none.
"""

from collections.abc import Iterator
from itertools import chain

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.joined import joined
from jiandang.gates.relations import SONS_AND_DAUGHTERS_IN_LAW
from jiandang.gates.shared import NEWBORN, OLDEST_AGE, years_between
from jiandang.policy import Policy
from jiandang.register.region_codes import county_codes, of_same_county
from jiandang.register.resident_id_columns import has_right_check_expr
from jiandang.report.model import Severity

c = pl.col

_OLDEST = 110
# Papers of people who have no number of a resident.
_WITHOUT_RESIDENT_NUMBER = ("护照", "港澳台通行证")

derived("member", needs="id_number").columns(
    # The day of birth in the number, as text.
    birth_by_id=c.id_birth.dt.to_string("%Y-%m-%d")
)

# What is written may be a year or a month alone.
derived("member").columns(is_born_otherwise=~c.birth_by_id.str.starts_with(c.birth_date))


def _in_village(day: pl.Expr) -> pl.Expr:
    """The village and a day of birth, of those whose number says another than the row."""
    known = pl.when(c.is_born_otherwise).then(day)
    return pl.concat_str(c.village_key, known, separator="/")


@rule(
    "LR106",
    "性别与证件号码不符",
    Severity.ERROR,
    "member",
    at="sex",
    message="性别填“{sex}”，证件号码 {id_number} 第17位表示“{expected}”",
    basis="GB 11643：第17位奇数为男，偶数为女；S-P 证件校验",
)
def sex_contradicts_number(policy: Policy) -> Violation:
    """证件号码第17位是奇数的为男，偶数的为女，与“性别”不一致。

    改法：先核对号码是不是本人的（常见的是整行填串），再改性别或号码。
    错例：性别 女，320324198001010015
    对例：性别 男，320324198001010015
    凭证：公安机关证明号码和性别都属实的户籍证明。
    """
    return Violation(c.sex.cast(pl.String) != c.id_sex, expected=c.id_sex)


@rule(
    "LR107",
    "年龄或出生日期与证件号码不符",
    Severity.ERROR,
    "member",
    at="birth_date",
    message="{written}，按证件号码应为 {expected}",
    basis="GB 11643：第7至14位是出生日期；S-P 证件校验；年龄按基准日计算",
)
def birth_contradicts_number(policy: Policy) -> Iterator[Violation]:
    """出生日期与证件号码第7至14位不一致；年龄（基准日的周岁）相差超过1岁，虚岁一岁可以；
    “年龄”填四位数的当作出生年份，相差超过1年。

    改法：以身份证为准改正；身份证与实际不一致的，以身份证为准。
    错例：出生日期 1981-01-01，320324198001010015
    对例：出生日期 1980-01-01，320324198001010015
    凭证：公安机关证明号码和出生日期都属实的户籍证明。
    """
    yield Violation(
        c.is_born_otherwise,
        written=pl.concat_str(pl.lit("出生日期填 "), c.birth_date),
        expected=c.birth_by_id,
    )
    is_year = c.age > OLDEST_AGE
    # An age that agrees with the wrong day of birth is told with it.
    written_day = c.birth_date.str.to_date("%Y-%m-%d", strict=False)
    then = (years_between(written_day, policy.reference_date) - c.written_age).abs() <= 1
    told = c.is_born_otherwise & then
    by_number = (
        pl.when(is_year)
        .then(c.id_birth.dt.year())
        .otherwise(years_between(c.id_birth, policy.reference_date))
    )
    what = pl.when(is_year).then(pl.lit("出生年份填 ")).otherwise(pl.lit("年龄填 "))
    yield Violation(
        ((c.age - by_number).abs() > 1) & ~told.fill_null(False),
        at="age",
        written=pl.concat_str(what, c.age),
        expected=by_number,
    )


# Numbers that stand in each other's rows: their days of birth are those of these people.

derived("member", needs="id_number birth_date").columns(
    birth_by_number=_in_village(c.birth_by_id),
    birth_by_row=_in_village(c.birth_date),
)

derived("member", of="member", on=("birth_by_number", "birth_by_row")).columns(
    owner=c.ref.first(), owner_sex=c.written_sex.first()
)

# Of man and wife the number is of one sex: where it is the person's own, the dates are exchanged.
derived("member").columns(
    is_date_of_owner=((c.id_sex == c.written_sex) & (c.owner_sex != c.written_sex)).fill_null(False)
)


@derived("member")
def owner_block(policy: Policy) -> pl.Expr:
    """The first row of those whose numbers stand in each other's, with their households."""
    own = pl.when(c.slip_block.is_null()).then(c.owner)  # LR135
    rows = pl.struct("ref", "household_id", owner=own)
    return rows.map_batches(_blocks, return_dtype=pl.Int64)


def _blocks(members: pl.Series) -> pl.Series:
    rows = members.struct.unnest()
    wrong = rows.drop_nulls("owner")
    home = pl.when(c.household_id.is_not_null()).then(c.ref.min().over("household_id"))
    of_homes = wrong.select("ref", home=pl.coalesce(home, "ref")).iter_rows()
    roots: dict[int, int] = joined(chain(wrong.select("ref", "owner").iter_rows(), of_homes))
    first: dict[int, int] = {}
    for ref in sorted(wrong["ref"]):
        first.setdefault(roots[ref], ref)
    blocks = {ref: first[roots[ref]] for ref in wrong["ref"]}
    return rows["ref"].replace_strict(blocks, default=None, return_dtype=pl.Int64)


@rule(
    "LR133",
    "证件号码填串",
    Severity.ERROR,
    "member",
    at="id_number",
    message="{written}不是本人的，是{owner:place}的；像是填串了行（共 {count} 人）",
    basis="GB 11643：第7至14位是出生日期",
    per="owner_block",
)
def number_of_another_row(policy: Policy) -> Iterator[Violation]:
    """证件号码里的出生日期与本人的不同，却与同村另一人的相同，而那个人的号码也不是他自己的：
    两行或两户互换了，或者几行一起错了位。一起填串的报一次，性别、出生日期不再另报。
    一男一女，号码的性别都是本人的，是出生日期填串了，报在出生日期。

    改法：按身份证逐人核对这几行的号码，换回来。
    错例：丈夫的证件号码填在妻子那一行，妻子的填在丈夫那一行
    对例：每一行的证件号码与本人的出生日期相符
    凭证：公安机关证明号码和出生日期都属实的户籍证明。
    """
    is_of_another = c.owner_block.is_not_null()
    number = pl.format("证件号码 {} 里的出生日期", c.id_number)
    yield Violation(is_of_another & ~c.is_date_of_owner, written=number)
    date = pl.format("证件号码是本人的，出生日期 {} ", c.birth_date)
    yield Violation(is_of_another & c.is_date_of_owner, at="birth_date", written=date)


@rule(
    "LR112",
    "年龄超过110岁",
    Severity.WARNING,
    "member",
    at="id_number",
    message="按证件号码 {id_number} 计算，到基准日已 {full_years} 岁，请核对号码和本人是否健在",
    basis="S-P 年龄校验",
)
def too_old(policy: Policy) -> Violation:
    """按证件号码计算，到基准日超过110周岁。

    改法：核对号码；已去世的从名册中减去。
    错例：1903年出生
    对例：1930年出生
    理由：百岁老人，有户籍证明。
    """
    age = years_between(c.id_birth, policy.reference_date)
    return Violation(age > _OLDEST, full_years=age)


@rule(
    "LR123",
    "户口所在地在县外",
    Severity.INFO,
    "member",
    at="id_number",
    message="本村有 {count} 人的证件号码前六位不是本县的代码（婚入、迁入的属正常）",
    basis="本工具的判断",
    per="village",
)
def from_elsewhere(policy: Policy) -> Violation:
    """证件号码前六位不是本县的代码，每村只报人数。前六位是首次办证时的户籍地，县名改过的算本县。

    改法：婚入、迁入的不用管；人数明显过多时，核对是不是本县户籍。
    错例：某村 200 人中 150 人的号码不是本县开头
    对例：某村有几名婚入的成员
    """
    same_county = of_same_county(policy.county_codes)
    region = c.id_region.replace(same_county)
    own = c.village_code12.str.slice(0, 6).replace(same_county)
    in_any = region.is_in(list(policy.county_codes))
    return Violation(pl.when(own.is_null()).then(~in_any).otherwise(region != own))


@rule(
    "LR127",
    "证件类型与号码不符",
    Severity.ERROR,
    "member",
    at="id_type",
    message="证件类型是“{id_type}”，证件号码 {id_number} 却是{what}",
    basis="GB 11643：公民身份号码18位；残疾人证编码规则",
)
def type_contradicts_number(policy: Policy) -> Iterator[Violation]:
    """证件类型是居民身份证的号码应为18位，是残疾人证的应为20或22位。
    是护照、港澳台通行证，号码却是校验码、地区、出生日期都对的18位身份证号码的，是警告。

    改法：核对填的是哪一种证件，改正证件类型或号码。
    错例：残疾人证，320324198001010015
    对例：居民身份证，320324198001010015
    凭证：公安机关的证明或护照等证件的复印件（如外籍配偶）。
    """
    length = c.id_number.str.len_chars()
    no_card = (c.id_type == "残疾人证") & ~length.is_in([20, 22])
    no_id = (c.id_type == "居民身份证") & ~length.is_in([15, 18])
    yield Violation(no_card | no_id, what=pl.format(" {} 位", length))
    # What residents of 香港, 澳门 and 台湾 have looks like an identity number as well (81, 82, 83).
    is_resident = has_right_check_expr(c.well_formed) & c.id_birth.is_not_null()
    is_resident &= c.id_region.str.contains("^[1-6]") & c.id_region.is_in([*county_codes()])
    yield Violation(
        c.id_type.is_in(_WITHOUT_RESIDENT_NUMBER) & is_resident,
        severity=Severity.WARNING,
        is_fault=False,
        what="居民身份证号码",
    )


@rule(
    "LR131",
    "没有公民身份号码",
    Severity.SUSPECT,
    "member",
    at="id_number",
    message="“{name}”没有证件号码（{who}）；请与派出所核实，有号码的补填，没有的请注明原因",
    basis="居民身份证法；户口登记条例：出生一个月内申报",
    needs="id_number id_type|birth_date|age",
)
def without_a_number(policy: Policy) -> Iterator[Violation]:
    """证件号码是空的，而证件类型是护照、户口簿、出生证、军人证件、港澳台通行证、无证件，
    或者是未满2岁的孩子。其他人的空号码是“必填项为空”。
    未满2岁的，填明护照的配偶、儿媳、女婿，填明军人证件的现役军人，
    原因已经清楚，只是提示。

    改法：已经落户的，按户口簿补填号码；外籍配偶填护照号码；还没有落户的，先办户口并注明。
    错例：证件类型 出生证，证件号码（空）
    对例：证件类型 护照，证件号码 C1234567
    理由：新生儿未上户、外籍配偶、公安证明无户口。
    """
    papers = c.id_type.cast(pl.String).fill_null("没有填证件类型")
    age = pl.format("，{} 周岁", c.years).fill_null("")
    newborn = c.years < NEWBORN
    foreign = (c.id_type == "护照") & c.relation.is_in(["配偶", *SONS_AND_DAUGHTERS_IN_LAW])
    # On joining the army the 户口 and its number are cancelled.
    conscript = (c.id_type == "军人证件") & c.soldier
    explained = newborn.fill_null(False) | foreign.fill_null(False) | conscript.fill_null(False)
    without, who = blank("id_number") & c.may_lack_number, pl.concat_str(papers, age)
    yield Violation(without & ~explained, who=who)
    yield Violation(without & explained, severity=Severity.INFO, who=who)
