"""DT012-DT016: the same persons and households, of whom something is said that cannot change."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived, if_shared
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import first_by
from jiandang.movement.declared import MERGED, SPLIT
from jiandang.movement.matching import differs, is_cut, is_renewed
from jiandang.policy import Policy
from jiandang.register.place import is_serial
from jiandang.register.resident_id_columns import has_right_check_expr, well_formed_expr
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

_SCHOOLS = (
    "学前教育", "小学", "七年级", "八年级", "九年级",
    "普通高中一年级", "普通高中二年级", "普通高中三年级",
)  # fmt: skip
_VOCATIONAL = ("中职一年级", "中职二年级", "中职三年级")
# Who is in the same form in the third register of three years is not who repeats one.
_YEARS_IN_A_FORM = 2
_LEVELS = ("学龄前儿童", "文盲或半文盲", "小学", "初中", "高中", "大专及以上")


@rule(
    "DT012",
    "户编号改给另一户",
    Severity.ERROR,
    "household",
    at="household_id",
    message="户编号 {household_id} 上次是另一户（{before}）的，两户没有一个相同的人",
    basis="户编号一户一号，退出的号不再使用",
    per="household",
    needs="household_id member.name member.before_name",
)
def number_of_another(policy: Policy) -> Iterator[Violation]:
    """同一个户编号，两次登记里至少有一名成员是同一个人。
    户编号是村内短号（1、2、3）的是疑点；这样的村重新排过号的、村合并以后重新编号的不报。

    改法：户编号写错的改正；退出的户的编号不能给新识别的户用，请按村内最大号加一编新号。
    错例：户编号 320324105201007 上次是王强一户，本次是李丽一户，没有一人相同
    对例：户编号 320324105201007 两次都是王强一户
    """
    takes = c.takes_number.fill_null(False)
    before = c.number_was_of.fill_null("没有写户主")
    yield Violation(takes & ~is_serial(c.household_id), before=before)
    yield Violation(takes & is_serial(c.household_id), before=before, severity=Severity.SUSPECT)


def _holds(number: pl.Expr) -> pl.Expr:
    """Whether an identity number is one, by its form and its check character."""
    return has_right_check_expr(well_formed_expr(number)).fill_null(False)


# So many of a village whose old numbers became new ones are told of in one.
_RENEWED_TOGETHER = 10
_OLD_ID, _NEW_ID = c.before_id_number.cast(pl.String), c.id_number.cast(pl.String)

# One key for the two of whom each has the other's former number.
derived("member").columns(
    exchange=if_shared(
        pl.when(differs("id_number")).then(
            pl.concat_str(pl.min_horizontal(_OLD_ID, _NEW_ID), pl.max_horizontal(_OLD_ID, _NEW_ID))
        )
    )
)
derived("member", over="exchange", needs="id_number before_id_number").columns(
    is_exchange=(c.ref.len() == 2) & (c.before_id_number.n_unique() == 2),
    first_of_exchange=c.ref.min(),
    other_of_exchange=c.name.sort_by(c.ref).last(),
)
derived("member", over="village_key", needs="id_number before_id_number").columns(
    renewed_here=is_renewed().fill_null(False).sum(),
    first_renewed=first_by(is_renewed().fill_null(False)),
)


@rule(
    "DT013",
    "同一人的身份信息改变",
    Severity.ERROR,
    "member",
    at="id_number",
    message="{name}的{what}上次是“{old}”，本次是“{new}”{end}",
    basis="性别、出生日期、民族生来不变，号码和姓名要有依据才改",
    needs="name|id_number",
)
def identity_changed(policy: Policy) -> Iterator[Violation]:
    """同一个人的性别、出生日期、民族两次登记相同。号码、姓名改变的是疑点。
    上次的号码校验不过、本次的校验得过的，性别、出生日期改成与号码一致的，是已更正的提示。
    15位旧号换成本人的18位号码，也是已更正的提示，一村有十人以上的合成一条；18位的改回15位旧号，是疑点。
    两个人的号码对调了的，合成一条。

    改法：按户口簿核对，改回来；上次登记错的，写明更正的依据。
    错例：王丽上次登记为女，本次登记为男
    对例：王丽两次都登记为女
    """
    fixed: dict[str, Any] = {"end": pl.lit("，已更正"), "severity": Severity.INFO}
    suspect: dict[str, Any] = {"end": pl.lit("，请核实"), "severity": Severity.SUSPECT}
    other_number = differs("id_number").fill_null(False)
    other_birth, right_birth = (
        differs("birth_date").fill_null(False),
        _is_as_in_number("birth_date"),
    )
    for name in ("sex", "birth_date", "nation"):
        is_other, right = differs(name), _is_as_in_number(name)
        yield Violation(is_other & ~right, at=name, end=pl.lit(""), **_both(name))
        # With the number its birth date changes too: that is one thing, and said of the number.
        of_itself = right & ~other_number if name == "birth_date" else right
        yield Violation(is_other & of_itself, at=name, **_both(name), **fixed)
    mended = _holds(c.identity) & ~_holds(c.before_identity)
    exchanged = c.exchange.is_not_null() & c.is_exchange
    said = other_number & ~(other_birth & ~right_birth) & ~exchanged
    birth = pl.format("；出生日期上次 {}，本次 {}", c.before_birth_date, c.birth_date)
    birth = pl.when(other_birth).then(birth).otherwise(pl.lit(""))
    changed = said & ~mended | is_cut()
    for how, where in ((fixed, said & mended), (suspect, changed)):
        yield Violation(where, **_both("id_number"), **(how | {"end": birth + how["end"]}))
    several = c.renewed_here >= _RENEWED_TOGETHER
    others = pl.format("；本村这样的共 {} 人，其余的见“更正”名单", c.renewed_here)
    end = pl.when(several).then(others).otherwise(pl.lit(""))
    yield Violation(
        is_renewed() & (~several | (c.ref == c.first_renewed)),
        **_both("id_number"),
        **(fixed | {"end": birth + fixed["end"] + end}),
    )
    with_whom = pl.format("，与{}的对调了", c.other_of_exchange)
    yield Violation(
        exchanged & (c.ref == c.first_of_exchange),
        **_both("id_number"),
        **(suspect | {"end": with_whom + suspect["end"]}),
    )
    yield Violation(differs("name"), at="name", **_both("name"), **suspect)


def _both(name: str) -> dict[str, Any]:
    """What the message shows: the column and its two values."""
    old, new = c(f"before_{name}").cast(pl.String), c(name).cast(pl.String)
    return {"what": COLUMNS["member"][name].heading, "old": old, "new": new}


def _is_as_in_number(name: str) -> pl.Expr:
    """Whether a value is that of the number, which holds."""
    by_number = {"sex": c.id_sex, "birth_date": c.id_birth.dt.to_string("%Y-%m-%d")}
    if name not in by_number:
        return pl.lit(False)
    same: pl.Expr = by_number[name] == c(name).cast(pl.String)
    return (same & _holds(c.identity)).fill_null(False)


@rule(
    "DT014",
    "分户或并户",
    Severity.SUSPECT,
    "household",
    at="household_id|before_household_id",
    message="{what}户编号 {before_household_id} 的户，增减表里没有写{word}",
    basis="各地做法：故意分户、并户是清退的理由；子女分家有的省算自然变更",
    per="household",
    needs="household_id member.name member.before_name",
)
def split_or_merged(policy: Policy) -> Iterator[Violation]:
    """上次的一户本次成了两户，或者两户成了一户的，增减表里写明分户、并户的原因。

    改法：核实是不是子女成家另立户口、老人随子女生活；为了享受政策拆户、并户的，恢复原户。
    错例：上次王强一户 5 人，本次其中 2 人另成一户，增减表里没有写
    对例：上次王强一户 5 人，本次其中 2 人另成一户，增减表写“分户”
    理由：子女成家另立户口、老人随子女生活。
    """
    split = c.came_by.is_null() | (c.came_by == SPLIT)
    yield Violation(
        c.split_from.is_not_null() & split & ~c.says_split,
        what=pl.lit("本户的人是分出来的，上次在"),
        before_household_id=c.split_from,
        word=SPLIT,
    )
    yield Violation(
        c.merged_into.is_not_null() & (c.left_by == MERGED) & ~c.says_merged,
        what=pl.lit("本户上次单独登记，本次并进了"),
        before_household_id=c.merged_into,
        word=MERGED,
    )


_WAS_HEAD = (c.before_relation == "户主").fill_null(False)
_STAYS = (c.is_in.is_null() | c.stays_home).fill_null(False)


derived("household", of="member", needs="member.before_relation").columns(
    # Who headed the household before.
    old_head=c.before_name.filter(_WAS_HEAD & _STAYS).first(),
    old_head_is_gone=c.is_in.is_null().filter(_WAS_HEAD & _STAYS).first(),
)

# Whether the head of before is there, as another relation.
derived("household", of="member", needs="member.before_relation member.relation").columns(
    old_head_is_no_head=(~c.is_head).filter(_WAS_HEAD & c.stays_home.fill_null(False)).first()
)

# Members of now whose relation is not known: any of them may be the head.
derived("household", of="member").columns(
    blank_relations_now=(c.relation.is_null() & c.is_in.is_not_null()).sum()
)


@rule(
    "DT015",
    "户主变动",
    Severity.WARNING,
    "household",
    at="head_name|household_id",
    message="{what}",
    basis="某县核查：户主死亡、迁出以后的处理",
    per="household",
    needs="member.relation member.before_relation",
)
def head_changed(policy: Policy) -> Iterator[Violation]:
    """上次的户主离开以后，本次有新的户主；上次的户主还在的，户主没有换人。

    改法：在成员表里定一名新户主，改正其他人与户主关系；户主换了人的，写明原因，核对关系是否都跟着改了。
    错例：上次户主王强，本次没有他，成员里也没有户主
    对例：上次户主王强，本次没有他，户主是他的配偶
    理由：户主换了人。
    """
    kept = c.before_id.is_not_null() & c.is_in.is_not_null()
    yield Violation(
        kept & c.old_head_is_gone & (c.heads == 0) & (c.blank_relations_now == 0),
        what=pl.format("上次的户主{}本次不在了，没有新的户主", c.old_head.fill_null("")),
    )
    yield Violation(
        kept & c.old_head_is_no_head & (c.heads > 0),
        what=pl.format(
            "户主从{}换成了{}，原来的户主还在本户", c.old_head.fill_null(""), c.head.fill_null("")
        ),
    )


def _step(name: str, order: tuple[str, ...]) -> pl.Expr:
    return (
        c(name)
        .cast(pl.String)
        .replace_strict(list(order), list(range(len(order))), default=None, return_dtype=pl.Int32)
    )


@rule(
    "DT016",
    "学业、健康、劳动能力的变化反常",
    Severity.SUSPECT,
    "member",
    at="education",
    message="{name}的{what}上次是“{old}”，本次是“{new}”，{why}",
    basis="某县核查：学历倒退、跳级，残疾变健康，丧失劳动力变普通劳动力",
    needs="name|id_number",
)
def odd_changes(policy: Policy) -> Iterator[Violation]:
    """同一个人的文化程度不倒退；在校生的年级不倒退，两次之间最多升的级数不超过相隔的年数加一，相隔两年以上的不停在
    同一年级（小学、学前教育除外）；残疾的没有变成健康，丧失劳动力的没有变成普通劳动力。

    改法：核对两次登记哪一次填错了；残疾证注销、治愈、复学留级的，写明情况。
    错例：上次健康状况“残疾”，本次“健康”
    对例：上次健康状况“长期慢性病”，本次“健康”
    理由：残疾证注销、治愈、复学留级。
    """
    fields = {n: _both(n) for n in ("education", "student", "health", "labour")}
    levels = [_step(name, _LEVELS) for name in ("before_education", "education")]
    # 学龄前儿童 and 文盲 are not less than each other.
    yield Violation(
        (levels[1] < levels[0]) & (levels[0] > 1), at="education",
        why=pl.lit("学历不会倒退"), **fields["education"],
    )  # fmt: skip
    years = (
        policy.reference_date.year - (policy.dynamic.reference_date or policy.reference_date).year
    )
    for order in (_SCHOOLS, _VOCATIONAL):
        old, new = _step("before_student", order), _step("student", order)
        yield Violation(new < old, at="student", why=pl.lit("年级不会倒退"), **fields["student"])
        # 小学 is one step that takes six years.
        skipped = (old != 1) & (new - old > years + 1)
        yield Violation(skipped, at="student", why=pl.lit("跳了级"), **fields["student"])
        stays = (new == old) & (old > 1 if order is _SCHOOLS else pl.lit(True))
        if years >= _YEARS_IN_A_FORM:
            still = pl.format("过了 {} 年没有升级", pl.lit(years))
            yield Violation(stays, at="student", why=still, **fields["student"])
    was_disabled = c.before_health.str.contains("残疾")
    yield Violation(
        was_disabled & (c.health == "健康"), at="health",
        why=pl.lit("残疾一般不会消失"), **fields["health"],
    )  # fmt: skip
    lost = c.before_labour.cast(pl.String) == "丧失劳动力"
    able = c.labour.cast(pl.String).is_in(["普通劳动力", "技能劳动力"])
    yield Violation(
        lost & able, at="labour", why=pl.lit("丧失的劳动能力一般不会恢复"), **fields["labour"]
    )
