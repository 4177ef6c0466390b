"""LR2 与户主关系: a relation fits the sexes and the ages of the member and of the head."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.relations import (
    CHILDREN,
    GRANDCHILDREN,
    GRANDPARENTS,
    GREAT_GRANDCHILDREN,
    HUSBANDS_PARENTS,
    MEN,
    NEPHEWS,
    PARENTS,
    SONS_AND_DAUGHTERS_IN_LAW,
    WIFES_PARENTS,
    WOMEN,
)
from jiandang.gates.shared import years_between
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# Years between parents and children, and over two generations.
_ONE_GENERATION, _TWO_GENERATIONS = 14, 30
_OLDEST_PARENT, _LATEST_BIRTH, _OLDEST_WIFE = 55, 50, 45
_COUPLE, _FAR_APART = 20, 30
# 孤儿 may be heads; a household of minors is still to be explained.
_MINOR, _ADULT = 16, 18


@rule(
    "LR208",
    "配偶不唯一",
    Severity.ERROR,
    "member",
    at="relation",
    message="“{name}”填的是配偶，本户的配偶已有“{first_spouse}”",
    basis="婚姻法第二条：一夫一妻；两个公开核查系统都查",
    per="household",
)
def second_spouse(policy: Policy) -> Violation:
    """一户有两名以上成员的“与户主关系”是配偶。

    改法：只留户主的配偶；其他成员按与户主的关系改填，如儿子的妻子填之儿媳。
    错例：户主的妻子和儿媳都填配偶
    对例：妻子填配偶，儿媳填之儿媳
    """
    # Whichever of them is told of (see LR202).
    second = (c.relation == "配偶") & (c.ref != c.first_spouses_row)
    return Violation(second, rests_on="household_id relation")


@rule(
    "LR209",
    "配偶与户主性别相同",
    Severity.ERROR,
    "member",
    at="relation",
    message="配偶“{name}”与户主“{head_member_name}”都是{known_sex}性",
    basis="婚姻法：夫妻是一男一女；五个公开核查系统都查",
    needs="relation id_number|sex",
)
def spouse_of_the_same_sex(policy: Policy) -> Violation:
    """配偶与户主的性别相同。性别以证件号码为准，没有号码的看性别一栏。

    改法：核对两人的关系、性别和证件号码，改正填错的一处。
    错例：户主 男，配偶 男
    对例：户主 男，配偶 女
    """
    return Violation((c.relation == "配偶") & (c.known_sex == c.head_sex))


# The age of the eldest member, where all are known.
derived("member", over="household_id", needs="id_number|birth_date|age").columns(
    eldest=pl.when(c.years.is_not_null().all()).then(c.years.max())
)


@rule(
    "LR210",
    "户主未满16岁",
    Severity.WARNING,
    "member",
    at="relation",
    message="户主“{name}”只有 {years} 周岁",
    basis="本工具的判断",
    needs="relation id_number|birth_date|age",
)
def head_is_a_minor(policy: Policy) -> Violation:
    """户主在基准日未满16岁，家里另有成年人。五保户（孤儿由政府供养）、全户都未成年的不查。

    改法：与祖父母等成年人同住的，由成年人做户主；孤儿、事实无人抚养儿童单独立户的，说明情况。
    错例：11岁的孙子填户主，祖母填之祖母
    对例：祖母填户主，11岁的孙子填之孙子
    理由：孤儿当户主、事实无人抚养儿童当户主。
    """
    orphans = (c.eldest < _ADULT).fill_null(False)
    return Violation(c.is_head & (c.years < _MINOR) & ~orphans & ~c.is_wubao_type.fill_null(False))


derived("member", over="household_id", needs="relation id_number|birth_date|age").columns(
    spouse_years=c.years.filter(c.relation == "配偶").first()
)


@rule(
    "LR211",
    "亲子年龄差异常",
    Severity.WARNING,
    "member",
    at="relation",
    message="{elder}比{younger}{difference}，一般应大 {least} 岁以上{verify}",
    basis="本工具的判断；公开核查系统的界限从8岁到15岁（隔代15岁到30岁）",
    per="household",
    needs="relation id_number|birth_date|age",
)
def generations_apart(policy: Policy) -> Iterator[Violation]:
    """父母比子女大不到14岁，或者祖父母比孙子女大不到30岁：比子女还小的是警告，其余是疑点，
    可能是继父母。比子女大55岁以上的也是疑点，可能是孙子女；
    户主的妻子比子女大50至55岁的，收养的不少，只是提示；妻子年轻的丈夫老来得子，不查。
    儿媳、女婿、岳父母、公婆不查。

    按出生日期算；只有年龄的放宽一岁。

    改法：核对与户主关系（弟、侄填成之子，之孙子填成之子等）和证件号码；收养、继子女说明情况。
    错例：户主1965年生，之子1970年生
    对例：户主1965年生，之子1988年生
    理由：继父母与继子女、收养。
    """
    is_younger = c.relation.is_in([*CHILDREN, *GRANDCHILDREN])
    is_older = c.relation.is_in([*PARENTS, *GRANDPARENTS])
    two = c.relation.is_in([*GRANDCHILDREN, *GRANDPARENTS])
    lead = (
        pl.when(is_younger)
        .then(_lead(c.head_born, c.born, c.head_years, c.years))
        .when(is_older)
        .then(_lead(c.born, c.head_born, c.years, c.head_years))
    )
    least = pl.when(two).then(_TWO_GENERATIONS).otherwise(_ONE_GENERATION)
    head = pl.format("户主“{}”", c.head_member_name)
    member = pl.format("{}“{}”", c.relation.cast(pl.String), c.name)
    values: dict[str, Any] = {
        "elder": pl.when(is_younger).then(head).otherwise(member),
        "younger": pl.when(is_younger).then(member).otherwise(head),
        "difference": pl.when(lead < 0)
        .then(pl.format("小 {} 岁", -lead))
        .otherwise(pl.format("大 {} 岁", lead)),
        "least": least,
    }
    verify = "；请按公安户籍核实关系（继父母、收养的请说明）"
    yield Violation(lead < 0, verify="", **values)
    yield Violation(
        lead.is_between(0, least - 1), severity=Severity.SUSPECT, verify=verify, **values
    )
    mother = pl.when(is_younger).then(c.head_sex == "女").otherwise(c.known_sex == "女")
    # A man may have children late, of a younger wife.
    father = is_younger & (c.spouse_years - c.years > _OLDEST_WIFE).fill_null(True)
    late = (~two & (mother | father) & (lead > _OLDEST_PARENT)).fill_null(False)
    most = f"、不超过 {_OLDEST_PARENT} 岁{verify}"
    yield Violation(late, severity=Severity.SUSPECT, verify=most, **values)
    wife_lead = c.spouse_years - c.years
    of_wife = is_younger & ~two & (c.head_sex == "男") & (wife_lead > _LATEST_BIRTH) & ~late
    values |= {"elder": "户主的妻子", "difference": pl.format("大 {} 岁", wife_lead)}
    verify = f"、不超过 {_LATEST_BIRTH} 岁{verify}"
    adopts = wife_lead <= _OLDEST_PARENT
    yield Violation(of_wife & ~adopts, severity=Severity.SUSPECT, verify=verify, **values)
    yield Violation(of_wife & adopts, severity=Severity.INFO, verify=verify, **values)


def _lead(elder: pl.Expr, younger: pl.Expr, elder_years: pl.Expr, years: pl.Expr) -> pl.Expr:
    """By how many completed years the elder is older.

    Of mere ages one may be 虚岁 and the other not, so that they are given a year.
    """
    return pl.coalesce(years_between(elder, younger), elder_years - years + 1)


@rule(
    "LR212",
    "关系与性别不符",
    Severity.ERROR,
    "member",
    at="relation",
    message="与户主关系是“{relation}”，“{name}”的性别是{known_sex}",
    basis="逻辑：称谓说明了性别；三个公开核查系统都查",
    needs="relation id_number|sex",
)
def relation_of_the_other_sex(policy: Policy) -> Violation:
    """关系说明是男性（之子、之孙子、之父…）而成员是女性，或者相反。性别以证件号码为准。

    改法：核对关系和性别，改正填错的一处。
    错例：与户主关系 之女，性别 男
    对例：与户主关系 之子，性别 男
    """
    not_a_man = c.relation.is_in(MEN) & (c.known_sex == "女")
    not_a_woman = c.relation.is_in(WOMEN) & (c.known_sex == "男")
    return Violation(not_a_man | not_a_woman)


@rule(
    "LR214",
    "夫妻年龄相差过大",
    Severity.SUSPECT,
    "member",
    at="relation",
    message="配偶“{name}”与户主“{head_member_name}”相差 {gap} 岁；请按结婚证和公安户籍核实关系",
    basis="公开核查系统的提示项",
    needs="relation id_number|birth_date|age",
)
def couple_far_apart(policy: Policy) -> Iterator[Violation]:
    """户主与配偶相差20岁以上。相差30岁以上的，同姓、可能是父女母子的，是疑点；其余是提示。

    改法：按结婚证、户口本核实；确为夫妻的，保留并说明。
    错例：户主1940年生，配偶1972年生
    对例：户主1940年生，配偶1952年生
    理由：再婚、年龄属实。
    """
    elder = pl.min_horizontal(c.head_born, c.born)
    younger = pl.max_horizontal(c.head_born, c.born)
    known = c.head_born.is_not_null() & c.born.is_not_null()
    by_dates = pl.when(known).then(years_between(elder, younger))
    gap = pl.coalesce(by_dates, (c.head_years - c.years).abs())
    apart = (c.relation == "配偶") & (gap > _COUPLE)
    # Of one surname and a generation apart, the spouse may be a child.
    one_surname = c.name.str.slice(0, 1) == c.head_member_name.str.slice(0, 1)
    doubtful = (gap > _FAR_APART) | one_surname.fill_null(False)
    yield Violation(apart & doubtful, gap=gap)
    yield Violation(apart & ~doubtful, severity=Severity.INFO, gap=gap)


@rule(
    "LR215",
    "称谓与户主性别矛盾",
    Severity.ERROR,
    "member",
    at="relation",
    message="“{name}”是“{relation}”，户主“{head_member_name}”的性别却是{head_sex}",
    basis="逻辑：公婆是丈夫的父母，岳父母是妻子的父母",
    needs="relation id_number|sex",
)
def parents_of_the_wrong_spouse(policy: Policy) -> Violation:
    """公公、婆婆是丈夫的父母，户主应是女性；岳父、岳母是妻子的父母，户主应是男性。

    改法：核对户主是谁，再改关系；户主自己的父母填之父、之母。
    错例：户主 男，成员填 之婆婆
    对例：户主 女，成员填 之婆婆
    """
    of_a_man = c.relation.is_in(HUSBANDS_PARENTS) & (c.head_sex == "男")
    of_a_woman = c.relation.is_in(WIFES_PARENTS) & (c.head_sex == "女")
    return Violation(of_a_man | of_a_woman)


# -- ages that a relation makes unlikely -------------------------------------------------------

# 幼叔长侄: an uncle may be some years younger than his nephew, brothers a generation apart.
_IN_LAWS, _YOUNG_UNCLE, _BROTHERS, _THREE_GENERATIONS = 8, -15, 30, 45
_MARRIAGE = {"男": 22, "女": 20}


@rule(
    "LR217",
    "称谓与年龄不合",
    Severity.SUSPECT,
    "member",
    at="relation",
    message="“{name}”是“{relation}”，比户主“{head_member_name}”{difference}；请按户口本核实关系",
    basis="公开核查系统的提示项",
    needs="relation id_number|birth_date|age",
)
def relation_of_another_generation(policy: Policy) -> Iterator[Violation]:
    """岳父母、公婆比户主大不到8岁，儿媳、女婿比户主小不到8岁；叔伯比户主小15岁以上，
    侄儿侄女比户主大15岁以上；兄弟姐妹相差30岁以上，或者未满16岁、比有配偶的户主小20岁以上；曾孙比户主小不到45岁。
    父母、子女、祖孙由“亲子年龄差异常”检查。

    改法：核对与户主关系和证件号码；确是这样的，请说明。
    错例：户主1965年生，之儿媳1966年生
    对例：户主1965年生，之儿媳1990年生
    理由：继亲、收养、年龄属实。
    """
    elder = _lead(c.born, c.head_born, c.years, c.head_years)
    younger = _lead(c.head_born, c.born, c.head_years, c.years)
    by_years = c.head_years - c.years
    difference = (
        pl.when(by_years > 0)
        .then(pl.format("小 {} 岁", by_years))
        .when(by_years < 0)
        .then(pl.format("大 {} 岁", -by_years))
        .otherwise(pl.lit("大小不到一岁"))
    )
    # A young brother of a married head, a generation apart, is rather his child.
    is_rather_a_child = (c.years < 16) & (by_years >= 20) & c.first_spouses_row.is_not_null()
    for relations, wrong in (
        ((*HUSBANDS_PARENTS, *WIFES_PARENTS), elder < _IN_LAWS),
        (SONS_AND_DAUGHTERS_IN_LAW, younger < _IN_LAWS),
        (("之叔伯",), elder < _YOUNG_UNCLE),
        (NEPHEWS, younger < _YOUNG_UNCLE),
        (("之兄弟姐妹",), (by_years.abs() > _BROTHERS) | is_rather_a_child),
        (GREAT_GRANDCHILDREN, younger < _THREE_GENERATIONS),
    ):
        yield Violation(c.relation.is_in(relations) & wrong, difference=difference)


@rule(
    "LR219",
    "未到婚龄已有配偶",
    Severity.SUSPECT,
    "member",
    at="relation",
    message="“{name}”是“{relation}”，只有 {years} 周岁；请按结婚证核实关系和年龄",
    basis="婚姻法第六条：男不得早于二十二周岁，女不得早于二十周岁",
    per="household",
    needs="relation id_number|birth_date|age id_number|sex",
)
def married_too_young(policy: Policy) -> Violation:
    """配偶、儿媳、女婿，或者有配偶的户主，没有到法定婚龄（男22岁，女20岁）。一户报一次。

    改法：核对关系和证件号码；按当地习俗办了婚事、还没有领证的，请说明。
    错例：15岁，之儿媳
    对例：20岁，之儿媳
    理由：未登记的事实婚姻、在外地登记。
    """
    heads_wed = c.is_head & c.first_spouses_row.is_not_null()
    wed = c.relation.is_in(["配偶", *SONS_AND_DAUGHTERS_IN_LAW]) | heads_wed
    youngest = c.known_sex.replace_strict(_MARRIAGE, default=None, return_dtype=pl.Int32)
    return Violation(wed & (c.years < youngest))
