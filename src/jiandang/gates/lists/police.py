"""Who lives and where, against the lists of 公安 and 民政: BD141 to BD145."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    advice,
    called,
    hit,
    hits,
    miss,
    misses,
    not_after,
    text_or,
    until,
    words,
)
from jiandang.gates.shared import is_earlier
from jiandang.policy import Policy
from jiandang.register.lists.states import DEAD, LEFT_HUKOU, is_over
from jiandang.report.model import Severity

c = pl.col

_DEATH_LISTS = ("death_list", "cremation_list", "moved_list")


# -- death -------------------------------------------------------------------------------------


# The day of death; where the list has but the day of the cancelling, that.
derived("death_list", "hukou_list", "moved_list", needs="").columns(dead_on=c.died)
derived("cremation_list", needs="").columns(dead_on=pl.coalesce(c.passed, c.died))
derived("death_list", needs="").columns(died_on=pl.coalesce(c.died, c.cancelled))
derived("hukou_list", needs="").columns(died_on=pl.coalesce(c.died, c.left))
derived("moved_list", needs="").columns(died_on=pl.coalesce(c.died, c.cancelled, c.moved))
derived("cremation_list", needs="").columns(died_on=c.dead_on)

# Why a hukou is cancelled of somebody who lives.
_ALIVE = "迁|参军|入伍|兵役|出国|出境|定居|重复|重户|双重|恢复"
_OF_LIVING = c.kind.str.contains(_ALIVE) & ~c.kind.str.contains("亡")
_IS_MISTAKE = c.note.str.contains("恢复|误|健在")

# Whether the list says of what it has of somebody that they died.
derived("death_list", needs="").columns(
    tells_death=~_OF_LIVING.fill_null(False) & ~_IS_MISTAKE.fill_null(False)
)

derived("cremation_list", needs="")(called("tells_death", lambda _: pl.lit(True)))

# A list of the hukou says who has died by the state, or by the day of it.
_IS_DEAD = is_over(c.state, DEAD) | c.died.is_not_null()
derived("hukou_list", needs="state|cancelled|dead|died").columns(tells_death=_IS_DEAD)

# And one of those whose hukou was cancelled, by why it was.
_HAS_DIED = is_over(c.why, DEAD) | is_over(c.kind, DEAD) | c.died.is_not_null()
derived("moved_list", needs="").columns(tells_death=_HAS_DIED)


def _counted(policy: Policy) -> pl.Expr:
    """Whether the death was before the reference date; where its day is open, it may have been.

    Who was cancelled afterwards may have died long before.
    """
    return not_after(c.dead_on, until(policy.reference_date)).fill_null(True)


def _died_before() -> pl.Expr:
    """Whether the death was before the household was identified, as far as the days go."""
    return is_earlier(c.died_on, c.owner_identified_by).fill_null(False)


@derived(*_DEATH_LISTS, "hukou_list", needs="tells_death")
def is_surely_dead(policy: Policy) -> pl.Expr:
    """Number and name are equal, and the list has the day of death."""
    return c.tells_death & (c.match_grade == "A") & c.dead_on.is_not_null() & _counted(policy)


@derived(*_DEATH_LISTS, "hukou_list", needs="tells_death")
def may_be_dead(policy: Policy) -> pl.Expr:
    """Some doubt is left of the person, or of the day.

    Who died after the reference date was not there any more when the household was identified.
    """
    is_counted = _counted(policy)
    is_sure = (c.match_grade == "A") & c.dead_on.is_not_null() & is_counted
    return ~is_sure & c.tells_death & (is_counted | _died_before())


@derived(*_DEATH_LISTS, "hukou_list", needs="tells_death")
def died_later(policy: Policy) -> pl.Expr:
    return c.tells_death & ~_counted(policy) & ~_died_before()


def _death(policy: Policy) -> pl.Expr:
    by_then = not_after(c.died_on, until(policy.reference_date)).fill_null(False)
    side = (
        pl.when(_died_before()).then(pl.format("{}，识别前已死亡", c.owner_identified_words))
        .when(c.died_later).then(pl.lit("基准日以后死亡，下一次减少"))
        .when(c.died_on.is_null()).then(pl.lit("死亡日期未注明"))
        .when(~by_then).then(pl.lit("基准日以后注销"))
        .otherwise(pl.format("{}，未作自然减少", c.owner_identified_words))
    )  # fmt: skip
    day = pl.coalesce(
        pl.format("{} 死亡", c.dead_on), pl.format("{} 注销，死亡日期未注明", c.died_on)
    )
    return pl.concat_str(day, side, separator="，", ignore_nulls=True)


def _relation(_: Policy) -> pl.Expr:
    return pl.format("为{}", text_or(c.relation, "成员"))


_SEVERITIES = {
    "is_surely_dead": Severity.ERROR,
    "may_be_dead": Severity.SUSPECT,
    "died_later": Severity.INFO,
}
for _table in _DEATH_LISTS:
    for _of in _SEVERITIES:
        hits(_table, _of, registered=_relation, listed=_death, day=c.died_on)
for _of in _SEVERITIES:
    hits(
        "hukou_list", _of,
        registered=_relation,
        listed=lambda policy: words(pl.lit("户籍"), c.state, _death(policy)),
        day=c.died_on,
    )  # fmt: skip


@rule(
    "BD141",
    "名单登记已死亡",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("公安登记错人；姓名不同的，先核对号码；只有注销日期的，问清死亡日期"),
    basis="湖北等地以公安死亡人口、殡仪馆火化名单比对登记表",
)
def dead_by_list(policy: Policy) -> Iterator[Violation]:
    """成员在死亡、火化名单里，或者户籍名单写明已死亡。同号同名、基准日以前死亡的为错误；
    可能是同一人的，同号异名的，只有注销日期的，名单没写姓名的，基准日以后、识别以前死亡的，为疑点；识别以后死亡的
    为提示。写明死亡在识别之前还是之后。

    改法：核实后按自然减少处理；公安登记错了的，请派出所更正。
    错例：公安死亡名单：同号同名，2015-06-01 死亡
    对例：公安死亡名单里只有同名不同号的人
    """
    for table in (*_DEATH_LISTS, "hukou_list"):
        for of, severity in _SEVERITIES.items():
            yield hit(table, of, severity=severity)


# -- where they are registered -----------------------------------------------------------------


derived("moved_list", needs="").columns(gone_on=pl.coalesce(c.moved, c.cancelled))


@derived("moved_list", needs="")
def has_moved(policy: Policy) -> pl.Expr:
    """Whether it was by the reference date; where nothing says when, it may have been."""
    return ~c.tells_death & not_after(c.gone_on, until(policy.reference_date)).fill_null(True)


@derived("hukou_list", needs="state|cancelled|dead|left")
def is_cancelled(policy: Policy) -> pl.Expr:
    """Whether the registration ended by the reference date, by another way than death.

    Where nothing is said of the state a date of leaving says it.
    """
    gone = is_over(c.state, LEFT_HUKOU) & ~_IS_DEAD
    gone = pl.when(c.state.is_null()).then(c.left.is_not_null() & ~_IS_DEAD).otherwise(gone)
    when = not_after(c.left, until(policy.reference_date)).fill_null(True)
    return gone.fill_null(False) & when


hits(
    "moved_list", "has_moved",
    registered=_relation,
    listed=lambda _: words(
        pl.coalesce(
            pl.format("{} 迁出", c.moved), pl.format("{} 注销", c.cancelled), pl.lit("日期未注明")
        ),
        c.kind,
        c.why,
        c.goes_to,
    ),
    day=c.gone_on,
)  # fmt: skip
hits(
    "hukou_list", "is_cancelled",
    registered=_relation,
    listed=lambda _: words(pl.lit("户籍"), c.state, c.left),
)  # fmt: skip


@rule(
    "BD142",
    "户籍已迁出、注销",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("参军注销户口；婚嫁迁出；户口迁出仍在本村共同生活"),
    basis="以公安迁出、注销名单比对登记表",
)
def moved_away(policy: Policy) -> Iterator[Violation]:
    """基准日以前户籍已经迁出或注销（死亡的由“名单登记已死亡”报告）。

    改法：核实是否仍在本村共同生活；不在的按自然减少处理。
    错例：公安迁出名单：2015-03-01 迁出
    对例：公安迁出名单：2016-02-01 迁出（基准日以后）
    """
    yield hit("moved_list", "has_moved")
    yield hit("hukou_list", "is_cancelled")


misses(
    "hukou_list", "hukou_lacks",
    registered=_relation,
    asked=lambda _: c.name.is_not_null(),
    found=lambda _: c.in_hukou_list,
    needs="name",
)  # fmt: skip


@rule(
    "BD143",
    "户籍不在本村",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("婚嫁迁入户口未迁；整户识别以共同生活为准"),
    basis="整户识别；以公安户籍名单比对登记表",
)
def not_in_hukou_list(policy: Policy) -> Violation:
    """公安的户籍名单里没有这个成员。名单覆盖本村才查。一户只报一次。

    改法：核实是否共同生活；不共同生活的不登记在本户。
    错例：本村户籍名单里没有赵英
    对例：赵英在本村户籍名单里
    """
    return miss("hukou_list", "hukou_lacks")


@derived("hukou_list")
def has_strangers(policy: Policy) -> pl.Expr:
    """Whether two of the household are in one hukou that has others as well."""
    own = c.person.n_unique().over("household_id", "list", "home")
    return (c.home.is_not_null() & (own > 1) & (c.home_size > own)).fill_null(False)


hits(
    "hukou_list", "has_strangers",
    registered=_relation,
    listed=lambda _: pl.format("同一户口共 {} 人", c.home_size),
)  # fmt: skip


@rule(
    "BD144",
    "同一户口的人未登记",
    Severity.INFO,
    "member",
    at="name|id_number",
    per="household",
    message=TOLD + advice("已外迁；另立一户"),
    basis="整户识别；以公安户籍名单比对登记表",
)
def others_of_hukou(policy: Policy) -> Violation:
    """两名以上成员在同一户口里，这个户口还有没登记的人。只报人数，不列姓名。

    改法：核实是否漏登共同生活的人。
    错例：户口本上 4 人，登记 2 人
    对例：户口本上 2 人，登记 2 人
    """
    return hit("hukou_list", "has_strangers")


derived("hukou_list", of="member", on=("person", "ref"), needs="").columns(
    owner_sex=c.sex.first().cast(pl.String),
    owner_birth=c.birth_date.first(),
)


@derived("hukou_list", needs="sex|birth_date")
def is_told_otherwise(policy: Policy) -> pl.Expr:
    """Whether sex or birth date are others than those that the register has."""
    sex = c.sex.cast(pl.String) != c.owner_sex
    birth = is_earlier(c.birth_date, c.owner_birth) | is_earlier(c.owner_birth, c.birth_date)
    return (c.match_grade == "A") & (sex.fill_null(False) | birth.fill_null(False))


hits(
    "hukou_list", "is_told_otherwise",
    registered=lambda _: pl.format("{} {}", text_or(c.sex), text_or(c.birth_date)),
    listed=lambda _: words(c.sex, c.birth_date),
)  # fmt: skip


@rule(
    "BD145",
    "性别、出生日期与公安不同",
    Severity.SUSPECT,
    "member",
    at="sex|birth_date|id_number|name",
    per="household",
    message=TOLD + advice("公安在名单以后更正过"),
    basis="以公安户籍名单比对登记表",
)
def police_differ(policy: Policy) -> Violation:
    """同号同名，性别或出生日期与公安户籍名单不同。

    改法：按现在的户口簿、身份证改正。
    错例：登记 男；公安 女
    对例：登记 1970年3月；公安 1970-03-05
    """
    return hit("hukou_list", "is_told_otherwise")
