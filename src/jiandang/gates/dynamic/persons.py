"""DT001-DT005: who came and who left, and the reasons that are given for it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import first_by
from jiandang.movement.declared import NEW, OF_HOUSEHOLDS, OTHER, REMOVED, SPLIT, UNSTATED
from jiandang.policy import Policy
from jiandang.register.tables import CHANGES
from jiandang.report.model import Severity

c = pl.col

_HOUSEHOLD_REASONS = (*OF_HOUSEHOLDS, NEW, SPLIT, "并户", "脱贫", "返贫")


def reference_before(policy: Policy) -> date:
    """The earlier register's reference date."""
    return policy.dynamic.reference_date or policy.reference_date


def _a_year_before(policy: Policy) -> date:
    """A year before the earlier reference date: what is told late is none the less true."""
    before = reference_before(policy)
    return date(before.year - 1, before.month, min(before.day, 28))


def _by_list(where: pl.Expr, **values: Any) -> Iterator[Violation]:
    """An error where 增减表 was handed in, which would have said it; else a warning."""
    yield Violation(where & c.has_changes, severity=Severity.ERROR, **values)
    yield Violation(where & ~c.has_changes, severity=Severity.WARNING, **values)


def _why(reason: pl.Expr) -> pl.Expr:
    unstated = pl.lit("没有写原因")
    written = pl.when(reason == OTHER).then("written")  # in words that nobody knows
    return (
        pl.when(reason == UNSTATED)
        .then(unstated)
        .otherwise(pl.format("原因写的是“{}”，不在允许的原因里", pl.coalesce(written, reason)))
    )


def _unexplained(reason: pl.Expr, allowed: Collection[str]) -> pl.Expr:
    return (~reason.is_in([*allowed])).fill_null(False)


derived(CHANGES, over="declared_at").columns(
    declared_persons=c.people.sum(),
    found_persons=c.found.sum(),
    declared_households=c.home.n_unique(),
    found_households=c.home.filter(c.is_found).n_unique(),
    rows_not_found=(c.is_compared & ~c.is_found).sum(),
    first_declared=c.ref.filter(c.is_compared).first(),
    first_not_found=c.ref.filter(c.is_compared & ~c.is_found).first(),
)


@rule(
    "DT001",
    "增减表与两次登记不平",
    Severity.ERROR,
    CHANGES,
    at="reason|left_reason|direction|name",
    message="{place}“{why}”增减表写了 {declared}，两次登记里{found}",
    basis="审计实践：增减变动表与两次数据逐项核对",
    needs="name|id_number|household_id|head_name member.name|member.id_number "
    "member.before_name|member.before_id_number",
)
def list_against_registers(policy: Policy) -> Iterator[Violation]:
    """增减表里一个村一种原因的人数、户数，等于两次登记相比较得到的数。增减表里的人要真的进了、出了、
    脱贫了；整户的原因（新识别、清退、整户迁出等）只写户主的，按户数核对；只写户编号的是全户的人。没有写原因的
    行也要对得上。只交了一次的村、没有交的乡镇不核对。

    改法：按两次登记的进出名单逐人核对增减表；多写的删去，写错人、写错户编号的改正。
    错例：增减表写王庄村死亡 3 人，两次登记里对上 2 人
    对例：增减表写王庄村死亡 2 人，这 2 人上次有、本次没有
    """
    at = c.ref == c.first_not_found
    of_homes = c.reason.is_in(_HOUSEHOLD_REASONS).fill_null(False)
    is_short = c.declared_households != c.found_households
    place, why = pl.coalesce(c.place_now, pl.lit("")), c.reason.fill_null("没有写原因")
    yield Violation(
        at & ~of_homes & (c.declared_persons != c.found_persons),
        place=place,
        why=why,
        declared=pl.format("{} 人", c.declared_persons),
        found=pl.format("对上 {} 人；对不上的第一行是本行", c.found_persons),
    )
    homes = pl.format("{} 户", c.declared_households)
    found = pl.format("对上 {} 户；对不上的第一行是本行", c.found_households)
    of_rows = pl.format("都有，有 {} 行的人对不上；第一行是本行", c.rows_not_found)
    found = pl.when(is_short).then(found).otherwise(of_rows)
    yield Violation(at & of_homes, place=place, why=why, declared=homes, found=found)
    more = (c.ref == c.first_declared) & (c.in_registers > c.declared_households)
    found = pl.format("有 {} 户", c.in_registers)
    yield Violation(more & ~is_short, place=place, why=why, declared=homes, found=found)


@rule(
    "DT027",
    "变动日期不在两次登记之间",
    Severity.SUSPECT,
    CHANGES,
    at="day",
    message="{who}的变动日期是 {day}，{why}",
    basis="增减表写的是两次登记之间的变动",
    needs="day",
)
def outside_both_dates(policy: Policy) -> Iterator[Violation]:
    """增减表里的变动日期不晚于检查的那天（晚了是错误），不早于上次基准日前一年。出生的按 DT004
    核对，补录的不限；没有写年份的（11月5日）不核对。读不出的日期也在这里报。

    改法：日期写错的改正；上次登记以前的变动，核实上次登记为什么还有（没有）这个人。
    错例：2016年3月检查，变动日期 2019-05
    对例：2016年3月检查，上次基准日 2015-12-31，变动日期 2016-02-10
    """
    who = pl.coalesce("name", "head_name", pl.lit("本行"))
    today = c.today.dt.to_string("%Y-%m-%d").str.slice(0, c.day.str.len_chars())
    late = pl.format("晚于检查的日期 {}", c.today)
    yield Violation(c.day > today, severity=Severity.ERROR, who=who, day=c.day, why=late)
    first = _a_year_before(policy)
    limit = pl.lit(first.isoformat()).str.slice(0, c.day.str.len_chars())
    early = (c.day < limit) & ~c.reason.is_in(["出生", "补录"]).fill_null(False)
    yield Violation(early, who=who, day=c.day, why=pl.lit(f"早于上次基准日前一年（{first}）"))
    unread = c.unread_day.is_not_null()
    yield Violation(unread, who=who, day=c.unread_day, why=pl.lit("读不出是哪一天"))


@derived("member", over="household_id", needs="")
def first_unexplained(policy: Policy) -> pl.Expr:
    """The head of a household that is gone whose leaving nobody explains, or whoever is left."""
    unexplained = _unexplained(c.left_by, [*policy.dynamic.decreases, *policy.dynamic.removals])
    gone = unexplained & c.home_is_gone & c.before_poor
    return first_by(gone, c.before_relation.ne_missing("户主"), c.before_name)


@rule(
    "DT002",
    "减少没有原因",
    Severity.ERROR,
    "member",
    at="name|before_name",
    message="{who}，{why}",
    basis="动态管理：减少的人要有原因，整户退出要有程序",
    needs="name|id_number before_name|before_id_number",
)
def left_without_reason(policy: Policy) -> Iterator[Violation]:
    """上次登记的人，本次没有的，增减表里写明原因：死亡、婚出、迁出、判刑收监、参军、失联；整户没有的，写明
    清退、自然销户或整户迁出，一户报一次；上次已脱贫的户整户没有，只报 DT011。
    上次重复登记的人，删去重复的不用写。
    没有给出增减表（--changes）时是警告。

    改法：在增减表里补写这个人的原因和日期；漏录的，补录到本次登记表。
    错例：上次登记的王强，本次没有，增减表里没有他
    对例：上次登记的王强，本次没有，增减表写 2016-05-02 死亡
    """
    gone = c.is_in.is_null() & ~c.is_double
    allowed = [*policy.dynamic.decreases, *policy.dynamic.removals]
    yield from _by_list(
        gone & ~c.home_is_gone & _unexplained(c.left_by, allowed),
        who=pl.format("{}上次登记在这一户，本次没有", c.before_name.fill_null("有一人")),
        why=_why(c.left_by),
    )
    yield from _by_list(
        gone & (c.ref == c.first_unexplained),
        who=pl.format("{}一户上次登记，本次整户没有", c.before_name.fill_null("")),
        why=_why(c.left_by),
    )


@derived("member", over="household_id", needs="")
def first_unlisted(policy: Policy) -> pl.Expr:
    """The head of a new household of which 增减表 says nothing."""
    is_new = c.home_is_new & (c.came_by == NEW)
    return pl.when(c.declared.is_null().all()).then(
        first_by(is_new, c.relation.ne_missing("户主"), c.name)
    )


@rule(
    "DT003",
    "增加没有原因",
    Severity.ERROR,
    "member",
    at="name",
    message="{who}本次新登记，{why}",
    basis="动态管理：增加的人要有原因",
    needs="name|id_number before_name|before_id_number",
)
def came_without_reason(policy: Policy) -> Iterator[Violation]:
    """上次已经登记的户里，本次新增的人在增减表里写明原因：出生、婚入、迁入、收养、刑满释放、退役、补录。
    整户新登记的，增减表里写了别的新识别户的，也要写在里面，写户主就行；增减表只写自然增减的，不问新户。
    没有给出增减表时是警告。

    改法：在增减表里补写这个人的原因和日期；不是本户的人，从本次登记表删去。
    错例：上次 3 人的户，本次多了王小宝，增减表里没有他
    对例：上次 3 人的户，本次多了王小宝，增减表写 2016-05-02 出生
    """
    came = c.before_ref.is_null() & ~c.home_is_new
    allowed = [*policy.dynamic.increases, NEW, SPLIT]
    yield from _by_list(came & _unexplained(c.came_by, allowed), who=c.name, why=_why(c.came_by))
    # A list of births, deaths and the like does not say who was identified.
    lists_homes = (c.home_is_new & c.declared.is_not_null()).any()
    yield Violation(
        c.has_changes & lists_homes & (c.ref == c.first_unlisted),
        who=pl.format("{}一户", c.name.fill_null("")),
        why=pl.lit("增减表里没有写这一户"),
    )


@rule(
    "DT004",
    "出生与年龄不符",
    Severity.SUSPECT,
    "member",
    at="id_number|birth_date",
    message="{name}增加的原因是出生，出生日期却是 {born}，在上次基准日一年以前",
    basis="某县核查：新增人口的原因与年龄",
    needs="id_number|birth_date",
)
def born_long_ago(policy: Policy) -> Violation:
    """增加的原因是出生的人，出生在上次登记的基准日前一年以后。户口报得晚的不算错。

    改法：核对出生日期；出生已久、上次漏登的，原因改为补录；报户口晚的，附出生证明。
    错例：上次基准日 2015-12-31，原因“出生”，2009年5月出生
    对例：上次基准日 2015-12-31，原因“出生”，2016年5月出生
    理由：报户口晚。
    """
    is_birth = c.before_ref.is_null() & (c.declared == "出生")
    return Violation(is_birth & (c.born < _a_year_before(policy)), born=c.born)


@rule(
    "DT005",
    "原因与去向矛盾",
    Severity.SUSPECT,
    "member",
    at="name",
    message="增减表写{name}“{declared}”，本次登记里还有{him}{doing}",
    basis="审计实践：死亡、迁出人员仍在册",
    needs="name|id_number",
)
def still_here(policy: Policy) -> Iterator[Violation]:
    """增减表写了死亡的人，不再在本次登记的任何一户里；写了婚出、迁出、整户迁出、清退的，不再在原来的户里。

    改法：核实这个人的去向。确实死亡、迁走的，从本次登记表删去；还在的，改增减表。
    错例：增减表写王强死亡，本次登记里王强在家务农
    对例：增减表写王强死亡，本次登记里没有王强
    """
    here = c.before_ref.is_not_null() & c.is_in.is_not_null()
    yield Violation(
        here & (c.declared == "死亡"),
        him=pl.lit("这个人"),
        doing=pl.when(c.works.fill_null(False))
        .then(pl.lit("，而且在务工"))
        .when(c.in_school.fill_null(False))
        .then(pl.lit("，而且在上学"))
        .when((c.benefit > 0).fill_null(False))
        .then(pl.lit("，而且领着补助"))
        .otherwise(pl.lit("")),
    )
    moved = c.declared.is_in(["婚出", "迁出", "整户迁出"])
    still = c.stays_home & (c.is_in == c.was_in)
    # Of a household that is called removed DT021 tells.
    removed = (c.declared == REMOVED) & c.removed_who.is_null()
    yield Violation(here & still & (moved | removed), him=pl.lit("这个人"), doing=pl.lit(""))
