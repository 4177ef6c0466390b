"""LR2 农户与成员: the two tables speak of the same households, with the same heads and sizes."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, observed, rule
from jiandang.gates.entry.disordered import has_other_name
from jiandang.gates.relations import COLLATERALS, SONS_AND_DAUGHTERS_IN_LAW
from jiandang.gates.shared import UNABLE, WORKING_AGE
from jiandang.policy import Policy
from jiandang.register.notice import Notice
from jiandang.register.resident_id_columns import upgrade_expr
from jiandang.report.model import Severity

c = pl.col


# Whether just the head's row is missing: nobody heads the household, and it has one row too few.
derived("household", needs="size member.relation member.household_id").columns(
    lacks_heads_row=(
        (c.heads == 0) & (c.blank_relations == 0) & (c.members + 1 == c("size"))
    ).fill_null(False)
)
derived("member", of="household", needs="").columns(heads_row_is_lost=c.lacks_heads_row.any())


@rule(
    "LR201",
    "没有户主",
    Severity.ERROR,
    "member",
    at="relation",
    message="本户 {count} 名成员中没有户主{hint}",
    basis="S-N 登记表家庭成员首行为户主；五个公开核查系统都查",
    per="household",
    needs="relation household_id",
)
def no_head(policy: Policy) -> Violation:
    """一户的成员里没有一人的“与户主关系”是户主。有成员的关系没填或没读出的，不下结论。

    改法：把户主那一行的关系改成户主；户主已去世的，确定新户主并改全户的关系。
    错例：三名成员的关系是 配偶、之子、之女
    对例：三名成员的关系是 户主、配偶、之子
    """
    stray = c.is_stray.fill_null(False)  # LR205: their head is elsewhere
    away = c.head_is_away.fill_null(False)  # LR004, LR130: it is the head's row that is wrong
    hint = pl.when(c.heads_row_is_lost).then(pl.lit("，比家庭人口少一人，像是漏了户主的一行"))
    headless = (c.heads == 0) & (c.blank_relations == 0)
    return Violation(headless & ~stray & ~away, hint=hint.otherwise(pl.lit("")))


@rule(
    "LR202",
    "户主不唯一",
    Severity.ERROR,
    "member",
    at="relation",
    message="“{name}”填的是户主，本户的户主已有“{own_heads_name}”",
    basis="S-N 一户一个户主；四个公开核查系统都查",
    per="household",
)
def second_head(policy: Policy) -> Violation:
    """一户有两名以上成员的“与户主关系”是户主。

    改法：按户口本只留一名户主，其余成员改填与户主的关系；两户并在一个户编号下的，分开编号。
    错例：兄弟二人同户，都填户主
    对例：兄为户主，弟为之兄弟姐妹
    """
    # Whichever of them has the number: what is wrong with one's own number does not make one head.
    return Violation(c.is_head & (c.ref != c.own_heads_row), rests_on="household_id relation")


@rule(
    "LR203",
    "家庭人口与成员数不符",
    Severity.ERROR,
    "household",
    at="size",
    message="家庭人口填的是 {size} 人，成员表里有 {members} 人{hint:s}",
    basis="S-P 人口数与成员逐人核对",
    needs="size member.household_id",
)
def size_is_not_the_count_of_members(policy: Policy) -> Violation:
    """家庭人口与成员表里本户的行数不等。
    一个村只有一户多、一户少，而且相差的人数一样的，多半是有人放错了户，只在多的一户报一次，指出少的一户。录入的期限还没到，一个村许多户只录了户主的，不算。

    改法：按户口本核对，补录漏登的成员、删去不在本户的成员，或改正家庭人口；人均收入随之重算。
    错例：家庭人口 4，成员 3 行
    对例：家庭人口 3，成员 3 行
    """
    # Members under a number with a slip are LR205's.
    with_strays = (c.members + c.strays == c("size")).fill_null(False)
    told = with_strays | c.is_right_at_home | c.is_right_beside | c.is_of_a_pair
    told |= c.lacks_heads_row | c.awaits_more_members.fill_null(False)  # LR201
    # A wrong number of a member, by which it is told where he belongs, makes no other count.
    return Violation(
        (c("size") != c.members) & ~told,
        rests_on="size members",
        hint=pl.format(
            "；本村 {} 户正好少 {} 人，请看是不是有人放错了户", c.paired_home, c.members_too_many
        ).fill_null(""),
    )


@derived("member", needs="labour health|work|work_months|disability_card")
def labour_doubt(policy: Policy) -> pl.Expr:
    """By how much a member's ability to work is counted wrong, as far as the rest says; else 0."""
    of_age = c.years.is_between(*WORKING_AGE)
    able = (of_age & (c.health == "健康") & ~c.in_school.fill_null(False)) | (of_age & c.works)
    frail = (c.years > policy.labour_max_age) | c.card_grade.is_in(["1", "2"]).fill_null(False)
    frail |= c.health.str.contains("患有大病", literal=True).fill_null(False)
    return (
        pl.when((c.labour.is_in(UNABLE) & able).fill_null(False))
        .then(1)
        .when((c.is_labourer & frail).fill_null(False))
        .then(-1)
        .otherwise(0)
    )


derived("member", over="household_id", needs="labour").columns(
    left_out_labourers=(c.labour_doubt == 1).sum(),
    doubtful_labourers=(c.labour_doubt == -1).sum(),
)


@derived("member", needs="labour household.labour_count")
def explains_labour_count(policy: Policy) -> pl.Expr:
    """Whether 劳动力人数 would be right if this one cell were."""
    more = c.labour_count - c.labourers.cast(pl.Int64)
    alone = pl.when(c.labour_doubt == 1).then(c.left_out_labourers).otherwise(c.doubtful_labourers)
    closes = (more == c.labour_doubt) | (more - c.half_labourers == c.labour_doubt)
    return ((c.labour_doubt != 0) & closes & (alone == 1)).fill_null(False)


derived("household", of="member", needs="").columns(
    labour_count_explained=c.explains_labour_count.any()
)


@rule(
    "LR204",
    "劳动力人数与成员不符",
    Severity.ERROR,
    "household",
    at="labour_count",
    message="劳动力人数填的是 {labour_count} 人，{known}",
    basis="S-P 劳动力数与成员逐人核对",
    needs="labour_count labourers|size",
)
def labour_count_is_not_that_of_members(policy: Policy) -> Iterator[Violation]:
    """劳动力人数与成员中普通劳动力、技能劳动力的人数不等，或者多于家庭人口。

    弱劳动力或半劳动力算不算都可以。有成员的劳动能力没填的，只与家庭人口比。
    只有一名成员的劳动能力与年龄、健康或务工不合，而改了它人数就相符的，报在那一格，不另报那名成员。

    改法：核对每名成员的劳动能力，再改正劳动力人数。
    错例：劳动力人数 3，成员中普通劳动力 2 人
    对例：劳动力人数 2，成员中普通劳动力 2 人
    """
    without_half = c.labour_count != c.labourers
    with_half = c.labour_count != c.labourers + c.half_labourers
    at_home = c.labourers.cast(pl.Int64) + c.labourers_away.fill_null(0)
    at_home = c.labour_count == at_home - c.labouring_guests.fill_null(0)
    told = c.is_right_at_home & at_home.fill_null(False)
    differs = (c.unknown_labour == 0) & without_half & with_half & ~told
    # Who is lacking, or too many (LR203, LR225), may be the one who makes the difference.
    more = c.labour_count - c.labourers.cast(pl.Int64)
    by_members = (more * c.members_too_many < 0) & (more.abs() <= c.members_too_many.abs())
    differs &= ~by_members.fill_null(False)
    counted = pl.format("成员中普通、技能劳动力有 {} 人", c.labourers)
    one = c.labour_count_explained.fill_null(False)
    yield Violation(differs & ~one, known=counted)
    yield Violation(
        differs & c.explains_labour_count,
        table="member",
        at="labour",
        known=pl.format(
            "{}；“{}”{} 周岁，{}，劳动能力是“{}”，改了这一格就相符",
            counted,
            c.name,
            c.years,
            c.health.fill_null("健康状况空"),
            c.labour,
        ),
    )
    yield Violation(
        (c.labour_count > c("size")) & ~differs.fill_null(False),
        known=pl.format("家庭人口只有 {} 人", c("size")),
    )


@rule(
    "LR205",
    "成员没有对应的农户",
    Severity.ERROR,
    "member",
    at="household_id",
    message="户编号 {household_id} 的 {count} 名成员，在农户表里没有这一户{hint:s}",
    basis="S-P 户码：成员表与农户表按户编号对应；审计的通行做法",
    per="household",
)
def household_not_listed(policy: Policy) -> Iterator[Violation]:
    """成员的户编号在农户表里没有。农户表里完全没有这个村的农户时不查（可能另表上报），关口写“部分检查”。
    与一户缺成员的农户只差一位的，指出是哪一户。一个村、一张表的户一户也对不上的，一张表报一次。
    录入的期限还没到，一个村有好几户还不在农户表的，不算。

    改法：核对户编号；户编号无误的，在农户表补录这一户；已不在册的，删去成员。
    错例：成员的户编号 320324105201019，农户表到 …018 为止
    对例：成员的户编号在农户表里有一行
    """
    hint = pl.format("；与 {} 只差一位，那一户缺成员", c.meant_household).fill_null("")
    # As many households of the list lack a number of their own: they are told of there.
    is_told = (c.village_strays <= c.village_unplaced).fill_null(False)
    # Where the steps are under the members' number as well, table 2 has the slip (LR206).
    in_table_2 = c.meant_household.is_not_null() | c.listed_elsewhere.is_not_null()
    is_told |= (c.has_right_number & in_table_2) | c.awaits_list
    yield Violation(c.is_stray & ~is_told, expected=c.meant_household, hint=hint)
    yield Violation(
        c.is_unjoined & (c.household_id == c.first_unjoined),
        expected=None,
        hint=pl.format(
            "；这张表有 {} 户在农户表里都没有，请看两张表的户编号、行政村写法是否一致",
            c.unjoined_households,
        ),
    )


_ALWAYS_FILLED = ("household_type", "cause", "per_capita")


@rule(
    "LR206",
    "农户没有家庭成员",
    Severity.ERROR,
    "household",
    at="household_id",
    message="农户表里户编号 {household_id}（户主“{head_name}”），在成员表里没有成员{hint:s}",
    basis="S-P 户码：成员表与农户表按户编号对应；三个公开核查系统都查空户",
    needs="household_id member.household_id",
)
def household_without_members(policy: Policy) -> Iterator[Violation]:
    """农户表里的户编号在成员表里没有一行。成员表里完全没有这个村的成员时不查（可能另表上报），关口写“部分检查”。
    录入的期限还没到，一个村有好几户还没有录成员的，或者这一户还没有录入日期的，不算。

    成员表、识别程序或入户调查里都是另一个户编号，只差一位或者户主是同一人的，错在农户表，指出是哪一个。
    成员写在另一个户编号下、户主同名的，只报“成员没有对应的农户”，或者那里的“户编号重复”“户主不唯一”。

    改法：核对户编号；无误的，在成员表补录全家人；整户已销户的，从农户表删去。
    错例：农户表有 320324105201018，成员表没有这个户编号
    对例：农户表的每个户编号在成员表里都有户主一行
    """
    empty = c.household_id.is_not_null() & c.is_listed & c.members.is_null() & c.away.is_null()
    elsewhere = c.has_unlisted_namesake.fill_null(False) | c.strays.is_not_null()
    told = empty & c.village_has_members & ~elsewhere & ~c.is_moved & c.number_of_head.is_null()
    told &= ~c.awaits_members.fill_null(False)
    # Nothing is left of it but whose it was: one that was removed, and its row is not filled in.
    is_left = pl.all_horizontal(blank(name) for name in _ALWAYS_FILLED).fill_null(False)
    rests_on: dict[str, Any] = {"rests_on": "household_id", "hint": "", "expected": None}
    yield Violation(told & ~is_left, **rests_on)
    yield Violation(told & is_left, is_surplus=True, **rests_on)
    near = c.number_of_strays
    right = pl.coalesce(near, c.number_of_head)
    why = pl.when(near.is_null()).then(pl.lit("户主是同一人")).otherwise(pl.lit("只差一位"))
    yield Violation(
        empty & right.is_not_null(),
        rests_on="household_id",
        expected=right,
        hint=pl.format("；成员和程序、调查里是 {}，{}，是农户表写错了", right, why),
    )


@rule(
    "LR207",
    "户主信息前后不一致",
    Severity.ERROR,
    "household",
    at="head_name",
    message="农户的户主是“{head_name}”{head_number:id}，"
    "成员中的户主是“{head_member_name}”{member_number:id}{hint:s}",
    basis="逻辑：一户的户主只有一个人；S-N 登记表",
    needs="head_name|head_id member.relation",
)
def head_differs(policy: Policy) -> Iterator[Violation]:
    """农户的户主姓名、户主证件号码，与成员表里户主那一行的姓名、证件号码不同。空着不算，繁体、异体的姓名算同名。
    一张表（或一个村）里多半的户号码相同、姓名都不同的，是姓名一列单独排了序或错了位，报一次；
    成员表里子女多半不随户主姓的，报在成员表的姓名。

    改法：按户口本核对；换过户主的，两处都要改。
    错例：户主姓名 张德福，成员表里的户主是 张德富
    对例：户主姓名 张德福，成员表里的户主是 张德福
    """
    other_name = (c.heads == 1) & has_other_name(c.head_name, c.head_member_name)
    other_id = (c.heads == 1) & (_eighteen(c.head_id) != _eighteen(c.head_member_id))
    numbers: dict[str, Any] = {
        name: pl.format("（证件号码 {}）", number).fill_null("")
        for name, number in (("head_number", c.head_id), ("member_number", c.head_member_id))
    }
    alone = ~c.has_disordered_names
    yield Violation(other_name & alone, hint="", expected=c.head_member_name, **numbers)
    yield Violation(other_id & ~other_name.fill_null(False), at="head_id", hint="", **numbers)
    hint = pl.format(
        "；这样号码相同、姓名不同的有 {} 户，像是姓名一列单独排了序或错了位", c.renamed_heads
    )
    first = c.has_disordered_names & (c.ref == c.first_renamed_head)
    yield Violation(first & ~c.are_members_disordered, hint=hint, **numbers)
    yield Violation(
        c.is_first_of_disordered & c.is_head & c.are_members_disordered.fill_null(False),
        table="member",
        at="name",
        head_name=c.listed_head,
        head_member_name=c.name,
        head_number="",
        member_number="",
        hint=hint,
    )


def _eighteen(number: pl.Expr) -> pl.Expr:
    """The 18-character number, also of an old one and of a disability card."""
    return pl.coalesce(upgrade_expr(number), number.str.slice(0, 18))


observed(
    "LR213",
    Notice.COPIES_DIFFER,
    "同户信息不一致",
    Severity.ERROR,
    message="同一户的“{column}”不一致：这里是“{value}”，{where:place}是“{other}”",
    basis="逻辑：一户的一项内容只有一个值",
    reads="household_id at",
    after_all=True,
    doc="""农户的一项内容写在成员表里，同一户的几行写得不一样；或者一户（一人）写在几张互为补充的表里，
    几张表都有的一项写得不一样。空着不算。

    改法：核对后改成一致，或只在一处填写。
    错例：同一户，户主行人均纯收入 3500，儿子行 5300
    对例：同一户各行都是 3500，或只有户主行填
    """,
)
observed(
    "LR226",
    Notice.VILLAGE_RENAMED,
    "两张表里的村名、村码不同",
    Severity.WARNING,
    message="这张表的{column}是“{value}”，另一张表里同一户的是“{other}”；这样的共 {count} 户，"
    "请看是不是并村、改名，或者整列填错",
    basis="逻辑：一户只在一个村",
    reads="at",
    after_all=True,
    doc="""成员表和农户表（或几张互为补充的表）里，三户以上的行政村（村码）写成同样的两个名字（两个码），一对报一次。
    不到三户的由 LR213 逐户报。“王庄”“王庄村”“王庄（村）”“王莊村”算同名。

    改法：并村、改名的，各张表改成一致；写错村的，按户编号改正。
    错例：农户表 28 户在王庄村，成员表里这些户都写着王庄居委会
    对例：两张表里都是王庄村
    理由：并村、改名。
    """,
)


@derived("household", of="member")
def is_one_family(policy: Policy) -> pl.Expr:
    """Whether all are of the direct line, or single brothers, with one married child at most."""
    married = c.relation.is_in(SONS_AND_DAUGHTERS_IN_LAW).sum()
    of_others = [name for name in COLLATERALS if name != "之兄弟姐妹"]
    return ~c.relation.is_in(of_others).any(ignore_nulls=False) & (married <= 1)


@rule(
    "LR216",
    "家庭人口过多",
    Severity.SUSPECT,
    "household",
    at="size",
    message="本户 {persons} 人，达到 {large_household} 人；"
    "请按公安户籍核实是否有分户未分、空挂户口",
    basis="县级核查工具对全国系统数据的核查口径",
    needs="member.household_id|size",
)
def large_household(policy: Policy) -> Iterator[Violation]:
    """一户的成员达到政策规定的人数，请核实是不是一户。
    成员都是直系亲属（或没有成家的兄弟姐妹）、成家的子女只有一个的，几代同堂，只是提示。

    改法：按公安户籍和实际共同生活的人口核实；确为一户的，保留并说明。
    错例：一户 9 人，三代四对夫妻
    对例：一户 7 人
    理由：几代同住。
    """
    large = c.persons >= policy.large_household
    one_family = c.is_one_family.fill_null(False)
    values: dict[str, Any] = {"large_household": policy.large_household}
    yield Violation(large & ~one_family, **values)
    yield Violation(large & one_family, severity=Severity.INFO, **values)
