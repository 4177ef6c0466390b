"""SB001, SB003, SB009, SB012, SB015-SB017, SB028, SB031: the steps, in order; the three lists.

The meeting's own rules are in meeting.py, those of the public notices in notices.py.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.correspondence import left_out, unregistered
from jiandang.gates.shared import are_few
from jiandang.gates.timing import STEPS, deadline_of, is_missing, is_over
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.register.text import simplified_expr
from jiandang.report.model import Severity

c = pl.col

HEADINGS = {step: COLUMNS["procedure"][step].heading for step in STEPS}
# The next level's review and the notice that has to be over by then (SB017).
_REVIEWS = {"town_reviewed": "village_notice_end", "county_approved": "town_notice_end"}
# What stands under 异议情况 where there was none.
_NO_OBJECTION = (
    "^(?:[在经]?公示(?:[一二三四五六七八九十0-9]+[天日])?(?:期间|期内|期满|期|内|后)?[，,]?)?"
    "(?:(?:全体|广大)?(?:群众|村民|大家))?(?:对此)?(?:均|都)?"
    "(?:无|没有|没|未|否|不存在|[0/×—－-]+)"
    "(?:任何|一?人|个人|单位|群众|村民|收到|接到|接|发现|提出|反映|反馈|有|过|表示|对此)*"
    "(?:异议|争议|不同意见|意见|情况|反映|反馈|举报|投诉|问题)*[。.]?$"
)
_LISTS = ("初选", "乡镇", "县级")


# -- 没有…: a step that was not taken --------------------------------------------------------


# How many rows of its own the household has in 识别程序; null for none.
derived("household", of="procedure").columns(procedures=c.household_id.count())

# Whether the table has a row for each household of the village, and not one for them all.
derived("household", over="village_key").columns(
    village_lists_procedures=c.procedures.is_not_null().any()
)

derived("household").columns(without_procedure=pl.when(c.procedures.is_null()).then(c.today))

derived("household", of="procedure", on=("household_id", "meant_household"), needs="").columns(
    mistyped_procedures=c.household_id.len()
)


# Whether the household went so far that it must be registered.
derived("procedure").columns(
    must_be_registered=pl.any_horizontal(c(step).is_not_null() for step in STEPS[4:])
)


@rule(
    "SB031",
    "识别程序里的户没有登记",
    Severity.WARNING,
    "procedure",
    at="household_id",
    message="户编号 {household_id} {how:s}{why:s}",
    basis="审计实践：名册与登记表按户编号对应",
    needs="household_id household.household_id",
)
def procedure_of_nobody(policy: Policy) -> Iterator[Violation]:
    """识别程序里走到乡镇审核的户，农户表、成员表里都没有它的户编号。
    只申请、评议过的（可能没有评上）不查；登记表里完全没有这个村的不查。
    与一户没有识别程序的只差一位的，或者本村没有识别程序的只有一户的，直接指出是哪一户。

    改法：户编号写错的改正；漏登的补登；没有评上的，后面的日期不要填。
    错例：识别程序有 320324105201099，登记表到 …029 为止
    对例：识别程序的每个户编号在登记表里都有一户
    """
    return unregistered("乡镇审核")


@rule(
    "SB001",
    "没有农户申请",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{lacking}，看不出农户是否申请过",
    basis="S-N 国开办发〔2014〕24号；S-J 农户申请",
    needs="applied",
)
def no_application(policy: Policy) -> Iterator[Violation]:
    """“申请日期”是空的，后面的步骤却填了，或者期限已过、同村多数户都填了；
    或者期限已过，同村别的户在识别程序表里都有一行，唯独没有这一户。
    按民政部门名单直接纳入的低保户、五保户（政策 types_exempt_from_line）不查；
    本村这样的户有10户以上、几乎都填了，这一户没有的，是疑点。

    改法：补填农户书面申请的日期；没有申请的，要先由农户申请。
    错例：申请日期：（空）
    对例：申请日期：2016-3-1
    """
    missing = is_missing("applied", policy)
    yield from _of_applicants("applied", missing, lacking="没有填“申请日期”")
    due, exempt = is_over(deadline_of("applied", policy)), c.is_taken_over
    lists = c.procedures, c.mistyped_procedures, c.village_lists_procedures
    yield left_out("procedure", *lists, due & ~exempt)
    forgotten = are_few(c.homes_taken_over, c.taken_over_without)
    yield left_out("procedure", *lists, due & exempt & forgotten, Severity.SUSPECT)


@derived("household", "procedure", needs="")
def is_taken_over(policy: Policy) -> pl.Expr:
    """Whether the household comes from the civil-affairs lists, without an application."""
    return c.household_type.is_in(policy.types_exempt_from_line).fill_null(False)


# Of such households of the village how many there are, and how many lack what the others have.
derived("household", over="village_key", needs="").columns(
    homes_taken_over=c.is_taken_over.sum(),
    taken_over_without=(c.is_taken_over & c.procedures.is_null()).sum(),
)

derived("procedure", over="village_key", needs="").columns(
    steps_taken_over=c.is_taken_over.sum(),
    **{
        f"taken_over_not_{step}": (c.is_taken_over & c(step).is_null()).sum()
        for step in ("applied", "appraised")
    },
)


def _of_applicants(step: str, missing: pl.Expr, **values: Any) -> Iterator[Violation]:
    """What is missing of households that had to apply, and of whole villages in one row."""
    # Of a village's row it is said whatever is not known of a household.
    yield Violation(missing & c.household_id.is_null(), rests_on=step, **values)
    of_home = missing & c.household_id.is_not_null()
    yield Violation(of_home & ~c.is_taken_over, **values)
    forgotten = are_few(c.steps_taken_over, c(f"taken_over_not_{step}"))
    yield Violation(
        of_home & c.is_taken_over & forgotten, severity=Severity.SUSPECT, is_fault=False, **values
    )


def _step_missing(
    code: str,
    title: str,
    step: str,
    *,
    what: str,
    advice: str,
    basis: str,
    right: str,
    taken_over: str = "",
) -> None:
    heading = HEADINGS[step]

    def check(policy: Policy) -> Iterator[Violation]:
        missing = is_missing(step, policy)
        if taken_over:
            yield from _of_applicants(step, missing)
        else:
            yield Violation(missing, rests_on=f"household_id {step}")

    check.__doc__ = f"""“{heading}”是空的，后面的步骤却填了，或者期限已过、同村多数户都填了。
    {taken_over}

    改法：{advice}
    错例：{heading}：（空）
    对例：{heading}：{right}
    """
    message = f"没有填“{heading}”，看不出{what}"
    declare = rule(
        code,
        title,
        Severity.ERROR,
        "procedure",
        at=step,
        message=message,
        basis=basis,
        needs=step,
    )
    declare(check)


_step_missing(
    "SB003", "没有民主评议", "appraised",
    what="是否经过民主评议", right="2016-3-5",
    taken_over="按民政部门名单直接纳入的低保户、五保户（政策 types_exempt_from_line）不查；"
    "本村这样的户几乎都填了、这一户没有的，是疑点。",
    advice="按评议会记录补填日期；没有评议的，要开村民代表会议评议。",
    basis="S-N 国开办发〔2014〕24号；S-J 村级评议",
)  # fmt: skip
_step_missing(
    "SB009", "没有乡镇审核", "town_reviewed",
    what="乡镇是否审核过", right="2016-3-14",
    advice="按乡镇审核记录补填日期；没有审核的，报乡镇审核。",
    basis="S-N 国开办发〔2014〕24号",
)  # fmt: skip
_step_missing(
    "SB012", "没有县级审批", "county_approved",
    what="县级是否审批过", right="2016-3-21",
    advice="按县级批复补填日期；没有审批的，报县级审批。",
    basis="S-N 国开办发〔2014〕24号",
)  # fmt: skip


# -- the order of the steps ------------------------------------------------------------------


@rule(
    "SB015",
    "程序倒置",
    Severity.ERROR,
    "procedure",
    at="applied",
    message="{later}（{later_date}）早于{earlier}（{earlier_date}）",
    basis="S-N 国开办发〔2014〕24号的步骤次序",
    needs="|".join(STEPS[:-1]) + " " + "|".join(STEPS[1:]),
)
def steps_out_of_order(policy: Policy) -> Iterator[Violation]:
    """每一步不早于前一步（前一步没有填的，与再前一步比）。公示只有一天的是公示
    天数不足，公示期间就审核的是 SB017。

    改法：核对两个日期；次序确实颠倒的，后一步要重做。
    错例：申请日期 2016-3-6，评议日期 2016-3-5
    对例：申请日期 2016-3-1，评议日期 2016-3-5
    """
    for number, later in enumerate(STEPS):
        before = [step for step in STEPS[:number] if step != _REVIEWS.get(later)]
        for i, earlier in enumerate(before):
            between = [c(step).is_null() for step in before[i + 1 :]]
            yield Violation(
                pl.all_horizontal(c(later) < c(earlier), *between),
                at=later,
                later=HEADINGS[later],
                earlier=HEADINGS[earlier],
                later_date=c(later),
                earlier_date=c(earlier),
            )


@rule(
    "SB017",
    "公示期满前已审核",
    Severity.WARNING,
    "procedure",
    at="town_reviewed",
    message="{review}（{review_date}）在{notice}（{notice_date}）之前，公示还没有期满",
    basis="公示无异议后再报上一级审核的做法",
)
def reviewed_during_notice(policy: Policy) -> Iterator[Violation]:
    """上一级的审核在公示期满以后。审核早于公示开始的是 SB015。

    改法：核对两个日期；确实在公示期内审核的，说明公示期满后有没有异议。
    错例：村公示 2016-3-7 至 2016-3-14，乡镇审核日期 2016-3-11
    对例：村公示 2016-3-7 至 2016-3-14，乡镇审核日期 2016-3-14
    理由：公示期满后没有异议。
    """
    for review, end in _REVIEWS.items():
        start = end.replace("_end", "_start")
        yield Violation(
            (c(review) < c(end)) & (c(review) >= c(start)),
            at=review,
            review=HEADINGS[review],
            notice=HEADINGS[end],
            review_date=c(review),
            notice_date=c(end),
        )


@rule(
    "SB016",
    "有异议未处理",
    Severity.ERROR,
    "procedure",
    at="objection_result",
    message="异议情况填的是“{objection}”，没有填异议处理结果",
    basis="S-N 国开办发〔2014〕24号：经公示无异议",
)
def objection_not_answered(policy: Policy) -> Violation:
    """公示中有异议的，填有处理结果。异议情况空着或填“无”的不查。

    改法：复核以后补填处理结果；其实没有异议的，异议情况填“无”。
    错例：异议情况：邻户反映其子在外务工；异议处理结果：（空）
    对例：异议情况：邻户反映其子在外务工；异议处理结果：经复核，收入属实
    """
    objected = ~simplified_expr(c.objection).str.replace_all(r"\\s", "").str.contains(_NO_OBJECTION)
    return Violation(~blank("objection") & objected & blank("objection_result"))


# The levels of the lists that have the household.
derived("household", over="household_id").columns(
    lists=c.list_level.cast(pl.String).drop_nulls().unique().str.join("、")
)


@rule(
    "SB028",
    "户主在三级名单中缺失",
    Severity.ERROR,
    "household",
    at="household_id",
    message="户主{head}在{later}名单里，却不在{earlier}名单里",
    basis="S-N S-J 初选、乡镇、县级三级名单",
    needs="list_level household_id",
    optional=True,
)
def skipped_a_list(policy: Policy) -> Iterator[Violation]:
    """工作簿里有初选、乡镇、县级名单（农户表加“名单级别”列）时，后一级名单的户都在前一级名单里。

    改法：核对这一户从哪一级加进来的；没有经过前一级评议、审核的，不能直接列入。
    错例：县级名单有某户，乡镇名单没有
    对例：县级名单的户，乡镇名单都有
    """
    levels = c.list_level.cast(pl.String)
    for number, later in enumerate(_LISTS):
        for i, earlier in enumerate(_LISTS[:number]):
            # The list before is the nearest that the workbook has.
            between = [(levels == level).any() for level in _LISTS[i + 1 : number]]
            nearest = (levels == earlier).any() & ~pl.any_horizontal(pl.lit(False), *between)
            yield Violation(
                (levels == later) & nearest & ~c.lists.str.contains(earlier),
                later=later,
                earlier=earlier,
            )
