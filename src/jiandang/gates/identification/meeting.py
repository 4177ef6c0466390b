"""Application and appraisal: signature, votes, cadres' kin.

SB002, SB004-SB006, SB023, SB032, SB035, SB036.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.correspondence import is_stranger, signer
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL
from jiandang.gates.timing import deadline_of, is_over, is_skipped
from jiandang.policy import Policy
from jiandang.register.code_cells import UNSIGNED
from jiandang.report.model import Severity

c = pl.col

_ORGANIC_LAW = "村民委员会组织法第二十六条"
_MEETING = 3  # households of one meeting that show how many were there
# SB006: kin of the applicant leave the room for the vote, and some ballot is spoilt. More leave
# it where the applicant is said to be kin of cadres.
_RECUSED, _KIN_RECUSED = 2, 5
_WHO_STAYED_AWAY = "；请按会议记录核实是否有代表回避、有废票"


@rule(
    "SB002",
    "申请书未签字",
    Severity.WARNING,
    "procedure",
    at="application_signed",
    message="{applied} 的申请，申请人签字{signed}",
    basis="档案检查实践：申请书要有本人签字",
)
def application_not_signed(policy: Policy) -> Violation:
    """填了申请日期的，申请人签字不是空的，也不是“否”。

    改法：请申请人补签字或按手印，填“是”。
    错例：申请日期：2016-3-1，申请人签字：否
    对例：申请日期：2016-3-1，申请人签字：是
    """
    empty = blank("application_signed")
    return Violation(
        c.applied.is_not_null() & (empty | (c.application_signed == UNSIGNED)),
        signed=pl.when(empty).then(pl.lit("是空的")).otherwise(pl.lit("填的是“否”")),
    )


# The village and the day of the appraisal.
derived("procedure").columns(
    meeting=pl.concat_str(c.village_key, c.appraised.cast(pl.String), separator=" ")
)

derived("procedure", over="meeting", needs="delegates appraised").columns(
    # How many delegates most rows of the meeting name; the greater of two that are as common.
    usual_delegates=c.delegates.drop_nulls().mode().max()
)

derived("procedure", over="meeting", needs="delegates_present appraised").columns(
    usual_present=c.delegates_present.drop_nulls().mode().max(),
    # How many rows have an attendance at all, and the commonest one.
    rows_with_present=c.delegates_present.count(),
    rows_with_usual=c.delegates_present.drop_nulls()
    .value_counts(sort=True)
    .struct.field("count")
    .first(),
)

derived("procedure", needs="votes_for").columns(
    votes_cast=c.votes_for + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
)


@derived("procedure", needs="votes_for delegates_present delegates")
def is_attendance_wrong(policy: Policy) -> pl.Expr:
    """Whether 实到代表 is the one cell that does not fit the votes and those who were due.

    Most others of the meeting have a number that fits; or the votes are of as many as are due.
    """
    of, share = policy.quorum.denominator, policy.quorum.numerator
    most = (c.rows_with_present >= _MEETING) & (2 * c.rows_with_usual > c.rows_with_present)
    short = c.usual_present - c.votes_cast
    by_others = most & (c.usual_present != c.delegates_present) & (short >= 0)
    by_others &= (short <= _RECUSED) & (c.usual_present <= c.delegates)
    impossible = (c.delegates_present > c.delegates) | (
        (c.votes_cast > c.delegates_present) & (c.delegates_present * of < c.delegates * share)
    )
    due = (c.votes_cast <= c.delegates) & (c.votes_cast * of >= c.delegates * share)
    return by_others.fill_null(False) | (impossible & due & c.votes_complete).fill_null(False)


@rule(
    "SB004",
    "到会代表不足",
    Severity.ERROR,
    "procedure",
    at="delegates_present",
    message="应到代表 {delegates} 人，实到 {delegates_present} 人，不足 {quorum}（{least} 人）",
    basis=_ORGANIC_LAW,
)
def too_few_delegates(policy: Policy) -> Iterator[Violation]:
    """实到代表达到应到代表的法定比例（三分之二）。应到代表与同一次评议的多数户不同、按多数户的就够的，报在应到代表。

    改法：按评议会签到表核对人数；确实不足的，评议无效，要重新召开。
    错例：应到 45 人，实到 28 人
    对例：应到 45 人，实到 30 人
    """
    of, share = policy.quorum.denominator, policy.quorum.numerator
    is_odd = (c.delegates_present * of >= c.usual_delegates * share).fill_null(False)
    for cell, which in (("delegates_present", ~is_odd), ("delegates", is_odd)):
        yield Violation(
            (c.delegates_present * of < c.delegates * share) & which,
            at=cell,
            rests_on="delegates_present delegates",
            quorum=str(policy.quorum),
            least=(c.delegates * share + of - 1) // of,
        )


@derived("procedure")
def votes_missing(policy: Policy) -> pl.Expr:
    """By how many the votes are fewer than those present; null where these are too many."""
    possible = ~(c.delegates_present > c.delegates).fill_null(False)
    return pl.when(possible).then(c.delegates_present - c.votes_cast)


derived("procedure").columns(
    votes_complete=c.votes_against.is_not_null() & c.abstentions.is_not_null()
)


@derived("procedure", needs="votes_for delegates_present")
def lacks_majority(policy: Policy) -> pl.Expr:
    """Whether it is none even if all votes that are missing had been for."""
    of, share = policy.majority.denominator, policy.majority.numerator
    missing = pl.when(c.votes_complete & (c.votes_missing > 0)).then(c.votes_missing)
    enough = (c.votes_for + missing.fill_null(0)) * of > c.delegates_present * share
    return ((c.delegates_present > 0) & ~enough).fill_null(False)


@rule(
    "SB005",
    "同意票未过半",
    Severity.ERROR,
    "procedure",
    at="votes_for",
    message="同意 {votes_for} 票，没有超过实到代表 {delegates_present} 人的 {majority}",
    basis=_ORGANIC_LAW,
)
def no_majority(policy: Policy) -> Violation:
    """同意票超过实到代表的法定比例（半数）。三种票合起来比实到代表少的，缺的票都算同意也不过半的才报。

    改法：按评议会记录核对票数；确实没有过半的，评议没有通过，不能登记。
    错例：实到 40 人，同意 20 票
    对例：实到 40 人，同意 21 票
    """
    return Violation(c.lacks_majority, majority=str(policy.majority))


@derived("procedure", needs="votes_missing votes_complete")
def votes_unexplained(policy: Policy) -> pl.Expr:
    """By how many the votes are fewer than those present, if more than kin who stay away.

    Null where those that are missing could not have made a majority.
    """
    kin_stay_away = c.cadre_relative.fill_null(False) & (c.votes_missing <= _KIN_RECUSED)
    is_open = c.votes_complete & ~kin_stay_away & ~(c.lacks_majority & (c.votes_missing > 0))
    return pl.when(is_open).then(c.votes_missing)


derived("procedure").columns(is_short_of_votes=c.votes_unexplained.is_between(1, _RECUSED))

derived("procedure", over="village_key").columns(
    homes_short_of_votes=c.is_short_of_votes.sum(),
    first_short_of_votes=c.ref.filter(c.is_short_of_votes).min(),
)


@rule(
    "SB006",
    "票数不符",
    Severity.ERROR,
    "procedure",
    at="votes_for",
    message="{why}",
    basis="算术：票数之和就是实到代表，实到不多于应到",
)
def votes_do_not_add_up(policy: Policy) -> Iterator[Violation]:
    """同意、反对、弃权三种票之和不多于实到代表；实到代表不多于应到代表。
    三种票都填了、合起来却比实到代表少的，是疑点：可能有代表回避，没有投票，或者有废票。
    实到、应到代表与同一次评议的多数户不同，按多数户的就相符的，报在那一格。
    只少一两票的，一个村报一次，户数一并写明；填明是村干部亲属的户有人回避，少五票以内的不报。

    改法：按评议会记录核对票数和到会人数；有代表回避的，请说明。
    错例：实到 40 人，同意 38、反对 1、弃权 2
    对例：实到 40 人，同意 37、反对 1、弃权 2
    """
    # Of a cell that most others of the meeting have otherwise it is told there.
    too_many = c.delegates_present > c.delegates
    of_others = (c.delegates_present <= c.usual_delegates).fill_null(False)
    is_due_wrong = ~c.is_attendance_wrong & (of_others | (c.votes_cast == c.delegates_present))
    why = pl.format("实到代表 {} 人，比应到代表 {} 人还多", c.delegates_present, c.delegates)
    is_due_wrong = is_due_wrong.fill_null(False)
    yield Violation(too_many & is_due_wrong, at="delegates", why=why)
    yield Violation(too_many & ~is_due_wrong, at="delegates_present", why=why)
    counted = pl.format(
        "同意 {}、反对 {}、弃权 {} 共 {} 票，实到代表 {} 人",
        c.votes_for,
        c.votes_against.fill_null(0),
        c.abstentions.fill_null(0),
        c.votes_cast,
        c.delegates_present,
    )
    stayed_away = pl.concat_str(counted, pl.lit(_WHO_STAYED_AWAY))
    attendance = pl.concat_str(counted, pl.lit("；像是实到代表写错了"))
    wrong = c.is_attendance_wrong
    yield Violation((c.votes_missing < 0) & ~wrong, why=counted)
    yield Violation((c.votes_missing < 0) & wrong, at="delegates_present", why=attendance)
    for cell, which, words in (
        ("votes_for", ~wrong, stayed_away),
        ("delegates_present", wrong, attendance),
    ):
        yield Violation(
            (c.votes_unexplained > _RECUSED) & which,
            at=cell,
            severity=Severity.SUSPECT,
            is_fault=False,
            why=words,
        )
    others = pl.format("，本村少一两票的共 {} 户", c.homes_short_of_votes)
    yield Violation(
        c.is_short_of_votes & (c.ref == c.first_short_of_votes),
        severity=Severity.SUSPECT,
        is_fault=False,
        why=pl.concat_str(
            counted,
            pl.when(c.homes_short_of_votes > 1).then(others).otherwise(pl.lit("")),
            pl.lit(_WHO_STAYED_AWAY),
        ),
    )


@rule(
    "SB023",
    "村干部亲属未备案",
    Severity.WARNING,
    "procedure",
    at="cadre_relative_filed",
    message="是村干部亲属，备案情况{filed}",
    basis="审计实践：村干部亲属纳入的要备案",
    needs="cadre_relative cadre_relative_filed",
)
def cadre_relative_not_filed(policy: Policy) -> Violation:
    """村干部亲属一栏填“是”的，备案情况不是空的，也不是“否”。
    备案在乡镇审核时办：还没有审核、审核的期限也没有过的，不查。

    改法：到乡镇备案以后填“是”；不是村干部亲属的改为“否”。
    错例：村干部亲属：是，备案情况：（空）
    对例：村干部亲属：是，备案情况：是
    """
    empty = blank("cadre_relative_filed")
    reviewed = c.town_reviewed.is_not_null() | is_skipped("town_reviewed")
    due = reviewed | is_over(deadline_of("town_reviewed", policy))
    return Violation(
        c.cadre_relative & due & (empty | (c.cadre_relative_filed == UNSIGNED)),
        filed=pl.when(empty).then(pl.lit("是空的")).otherwise(pl.lit("填的是“否”")),
    )


@rule(
    "SB032",
    "申请人签字的不是本户的人",
    Severity.SUSPECT,
    "procedure",
    at="application_signed",
    message="申请人签字是“{application_signed}”，本户没有叫这个名字的人；请核实是谁签的",
    basis="档案检查实践：申请书要有本人签字",
    needs="application_signed member.name",
)
def signed_by_a_stranger(policy: Policy) -> Violation:
    """申请人签字填的是姓名，而这个姓名既不是户主的，也不是本户成员的。

    改法：填错户的改正；由亲属、邻居代写代签的，请注明并请本人按手印。
    错例：户主张三，全家没有李四，申请人签字：李四
    对例：申请人签字：张三（或本户成员的姓名、手印）
    理由：亲属代签、邻居代签。
    """
    name = signer(c.application_signed)
    return Violation(name.is_not_null() & is_stranger(name))


@rule(
    "SB036",
    "同一次评议的应到代表不同",
    Severity.SUSPECT,
    "procedure",
    at="delegates",
    message="{appraised} 的评议，应到代表填了 {delegates} 人，同村同一天多数户填的是 "
    "{expected} 人（与多数户不同的共 {count} 户）；请按村民代表名册核实",
    basis=_ORGANIC_LAW,
    per="meeting",
    needs="delegates appraised village_code|household_id|village",
)
def delegates_differ(policy: Policy) -> Violation:
    """同村同一天的评议，应到代表应当是同一个数。与多数户不同的，一次评议报一次。

    改法：按村民代表名册改正；当天分两次开会、代表不同的，请说明。
    错例：同一天评议的 28 户，27 户应到 45 人，一户应到 54 人
    对例：28 户都是应到 45 人
    理由：分两次开会。
    """
    return Violation(
        c.meeting.is_not_null() & (c.delegates != c.usual_delegates), expected=c.usual_delegates
    )


@derived("procedure")
def votes(policy: Policy) -> pl.Expr:
    """Those present and in favour; nothing where it is not all of them."""
    return pl.when(c.votes_for == c.delegates_present).then(c.votes_for)


derived("procedure", over="village_key").columns(
    rows_of_village=c.votes_for.count(),
    # The rows with the commonest unanimous vote of the village.
    unanimous_rows=c.votes.drop_nulls().value_counts(sort=True).struct.field("count").first(),
)


@rule(
    "SB035",
    "全村都是同一个全票",
    Severity.INFO,
    "procedure",
    at="votes_for",
    message="全村 {rows_of_village} 户中有 {unanimous_rows} 户都是实到几人、同意几票的同一个数，"
    "请看是不是逐户表决",
    basis="本工具的判断",
    per="village",
)
def all_unanimous(policy: Policy) -> Violation:
    """一个村10户以上，九成的户实到代表和同意票都是同一个数，没有一张反对、弃权票。

    改法：这是提示。请抽看评议会记录和票决结果；整个名单一次表决的不用改。
    错例：28户都是实到 40 人，同意 40 票
    对例：各户的同意票有多有少
    """
    enough = c.rows_of_village >= ENOUGH_HOUSEHOLDS
    many = c.unanimous_rows >= NEARLY_ALL * c.rows_of_village
    return Violation(c.village_key.is_not_null() & c.votes.is_not_null() & enough & many)
