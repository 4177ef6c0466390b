"""DC001-DC006, DC042, DC059, DC070: two people went there, one signed, one checked the form."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.correspondence import is_stranger, left_out, signer, unregistered
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL
from jiandang.gates.timing import deadline_of, is_missing, is_over, is_skipped
from jiandang.policy import Policy
from jiandang.register.code_cells import UNSIGNED
from jiandang.report.model import Severity

c = pl.col


@rule(
    "DC001",
    "没有入户调查日期",
    Severity.ERROR,
    "survey",
    at="surveyed",
    message="{lacking}",
    basis="S-X 逐户入户调查",
)
def no_survey_date(policy: Policy) -> Iterator[Violation]:
    """调查日期是空的，却已经录入，或者期限已过、同村多数户都填了；
    或者期限已过，同村别的户在入户调查表里都有一行，唯独没有这一户。

    调查一栏全空的户只报这一条，调查人、签字、审核人不再重复报。

    改法：补填入户调查的日期；没有去过的，先入户调查。
    错例：调查日期：（空）
    对例：调查日期：2016-3-5
    """
    yield Violation(is_missing("surveyed", policy), lacking="没有填入户调查日期")
    due = is_over(deadline_of("surveyed", policy))
    yield left_out("survey", c.visits_listed, c.mistyped_visits, c.village_lists_visits, due)


@rule(
    "DC002",
    "调查人少于两人",
    Severity.ERROR,
    "survey",
    at="surveyor_2|surveyors|surveyor_1",
    message="调查人只有 {named} 人，应不少于 {needed} 人",
    basis="入户调查不少于两人的做法",
    needs="surveyor_2|surveyors",
)
def too_few_surveyors(policy: Policy) -> Iterator[Violation]:
    """填写的调查人少于政策规定的人数。两人可以分填两列，也可以写在“调查人”一列里用顿号隔开。

    改法：补填其余的调查人；确实只去了一人的，要重新入户。
    错例：调查人1：张三，调查人2：（空）
    对例：调查人1：张三，调查人2：李四
    """
    named = c.surveyor_names.list.len()
    # With both columns filled a form has no room for a third name.
    room = blank("surveyor_1") | blank("surveyor_2")
    room = room | blank("surveyors") | c.surveyors.is_not_null()
    are_few = (named < policy.surveyors) & room & ~c.no_visit
    is_first_empty = blank("surveyor_1") & c.surveyor_2.is_not_null()
    yield Violation(are_few & ~is_first_empty, named=named, needed=policy.surveyors)
    yield Violation(are_few & is_first_empty, at="surveyor_1", named=named, needed=policy.surveyors)


@rule(
    "DC003",
    "两名调查人是同一人",
    Severity.ERROR,
    "survey",
    at="surveyor_2|surveyors",
    message="两名调查人填的是同一个人：{names}",
    basis="逻辑：一个人不能算两名调查人；入户调查不少于两人的做法",
    needs="surveyor_2|surveyors",
)
def same_surveyor_twice(policy: Policy) -> Violation:
    """同一户的两名调查人是同一个姓名。

    改法：改填另一名调查人；两人确实同名的，请在姓名后注明。
    错例：调查人1：张三，调查人2：张三
    对例：调查人1：张三，调查人2：李四
    """
    names = c.surveyor_names.list
    return Violation(names.n_unique() < names.len(), names=names.join("、"))


@rule(
    "DC004",
    "户主未签字",
    Severity.ERROR,
    "survey",
    at="head_signed",
    message="户主签字：{head_signed}；调查表应由户主签字或按手印",
    basis="S-P 登记表 T001",
)
def head_has_not_signed(policy: Policy) -> Violation:
    """户主签字是空的，或填的是否、未签。录入期限以前、还没有录入（录入日期空着）的，空着的不算。

    改法：请户主在调查表上签字或按手印后再填“是”。
    错例：户主签字：否
    对例：户主签字：是（或手印、户主的姓名）
    """
    is_empty = blank("head_signed") & ~c.awaits_entry
    return Violation((is_empty | (c.head_signed == UNSIGNED).fill_null(False)) & ~c.no_visit)


@rule(
    "DC005",
    "没有审核人",
    Severity.WARNING,
    "survey",
    at="reviewer",
    message="没有填审核人",
    basis="调查表由审核人复核的做法",
    needs="reviewer",
)
def no_reviewer(policy: Policy) -> Violation:
    """已经录入的，或者录入的截止日已过的，审核人是空的。

    改法：补填审核调查表的人；没有审核的，先审核。
    错例：审核人：（空）
    对例：审核人：王五
    """
    due = is_skipped("surveyed") | is_over(deadline_of("entered", policy))
    return Violation(blank("reviewer") & ~c.no_visit & due)


@rule(
    "DC006",
    "一天调查户数过多",
    Severity.WARNING,
    "survey",
    at="surveyed",
    message="{team}在 {surveyed} 一天调查了 {visits} 户，超过 {most} 户",
    basis="本工具的判断",
    per="visit_team",
)
def too_many_visits_a_day(policy: Policy) -> Violation:
    """同一组调查人同一天在一个乡镇调查的户数超过政策规定的户数。每组每天只在第一户报一次。

    改法：核对各户的调查日期和调查人；确实没有逐户上门的，要重新入户。
    错例：张三、李四 3月5日调查 40 户
    对例：张三、李四 3月5日调查 12 户
    """
    return Violation(
        (c.team_visits > policy.surveys_per_day) & c.visit_team.is_not_null(),
        visits=c.team_visits,
        most=policy.surveys_per_day,
    )


@rule(
    "DC042",
    "调查人是本户成员或帮扶人独自调查",
    Severity.SUSPECT,
    "survey",
    at="surveyor_1",
    message="调查人“{who}”{why}；请与调查人员名册核对",
    basis="调查人回避的做法；同名的人不少",
)
def surveyor_is_concerned(policy: Policy) -> Iterator[Violation]:
    """调查人的姓名与本户成员相同；或者政策只要求一名调查人时，调查人就是本户的帮扶责任人。

    改法：是同一个人的，改由与本户无关的人调查；只是同名的，请说明。
    错例：调查人1：张三，本户成员也有张三
    对例：调查人1：李四，本户没有叫李四的成员
    理由：只是同名。
    """
    family = "与本户成员同名"
    for column in ("surveyor_1", "surveyor_2"):
        yield Violation(c(column).is_in(c.member_names), at=column, who=c(column), why=family)
    own = c.surveyor_names.list.set_intersection(c.member_names).list.first()
    yield Violation(c.surveyors.is_not_null() & own.is_not_null(), at="surveyors", who=own,
                    why=family)  # fmt: skip
    # A helper who went with nobody else breaks DC002 wherever two are asked for.
    alone = c.surveyor_names.list.len() == 1
    yield Violation(
        alone & (policy.surveyors == 1) & (c.surveyor_names.list.first() == c.helper),
        at="surveyor_1|surveyors",
        who=c.helper,
        why="就是本户的帮扶责任人，没有其他人一起去",
    )


# Whether the visit was entered, and so the household must be registered.
derived("survey").columns(must_be_registered=c.entered.is_not_null() | c.entry_clerk.is_not_null())


@rule(
    "DC055",
    "调查表里的户没有登记",
    Severity.SUSPECT,
    "survey",
    at="household_id",
    message="户编号 {household_id} {how:s}{why:s}；请核实是户编号写错、漏登，还是没有评上",
    basis="审计实践：名册与登记表按户编号对应",
    needs="household_id household.household_id",
)
def visit_of_nobody(policy: Policy) -> Iterator[Violation]:
    """入户调查表里已经录入（填了录入日期或录入人）的户，农户表、成员表里都没有它的户编号。
    调查了而没有录入的（没有评上）不查；登记表里完全没有这个村的不查。
    与一户没有调查记录的只差一位的，或者本村没有调查记录的只有一户的，直接指出是哪一户，是警告。

    改法：户编号写错的改正；漏登的补登；没有评上的，请说明。
    错例：入户调查有 320324105201099，登记表到 …029 为止
    对例：入户调查的每个户编号在登记表里都有一户
    理由：没有评上。
    """
    return unregistered("录入")


@rule(
    "DC056",
    "户主签字的不是本户的人",
    Severity.SUSPECT,
    "survey",
    at="head_signed",
    message="户主签字是“{head_signed}”，本户没有叫这个名字的人；请核实是谁签的",
    basis="S-P 登记表 T001：户主签字",
    needs="head_signed member.name",
)
def signed_by_a_stranger(policy: Policy) -> Violation:
    """户主签字填的是姓名，而这个姓名既不是户主的，也不是本户成员的。

    改法：填错户的改正；由亲属、邻居代签的，请注明并留委托手续。
    错例：户主张三，全家没有李四，户主签字：李四
    对例：户主签字：张三（或本户成员的姓名、手印）
    理由：亲属代签、邻居代签。
    """
    name = signer(c.head_signed)
    return Violation(name.is_not_null() & is_stranger(name))


@rule(
    "DC059",
    "审核人就是调查人",
    Severity.WARNING,
    "survey",
    at="reviewer",
    message="本村有 {count} 户的审核人就是调查人：{reviewers}",
    basis="调查表由他人复核的做法",
    per="village",
)
def reviewed_by_the_surveyor(policy: Policy) -> Violation:
    """同一户的审核人与调查人是同一个姓名。一个村报一次。

    改法：由没有参加调查的人审核；只是同名的，请说明。
    错例：调查人 张三、李四，审核人 张三
    对例：调查人 张三、李四，审核人 王五
    理由：只是同名。
    """
    return Violation(
        c.surveyor_names.list.contains(c.reviewer),
        reviewers=c.reviewer.unique().sort().str.join("、").over("village_key"),
    )


# The one who reviews nearly all visits of the village; null where there are several, or few visits.
@derived("survey", over="village_key")
def usual_reviewer(policy: Policy) -> pl.Expr:
    usual = c.reviewer.drop_nulls().mode().min()
    enough = c.reviewer.count() >= ENOUGH_HOUSEHOLDS
    return pl.when(enough & ((c.reviewer == usual).mean() >= NEARLY_ALL)).then(usual)


@rule(
    "DC070",
    "调查人与审核人像是填反",
    Severity.SUSPECT,
    "survey",
    at="reviewer",
    message="审核人是“{reviewer}”，调查人里却有本村别的户的审核人“{usual_reviewer}”；"
    "请核实是不是填反了",
    basis="同村各户由一人审核；本工具的判断",
    needs="reviewer surveyor_1|surveyor_2|surveyors",
)
def reviewer_among_the_surveyors(policy: Policy) -> Violation:
    """同村九成以上的户（10户以上）都由一人审核，这一户的审核人是别人，那一人却在调查人里。

    改法：填反的换过来；那一人确实去了这一户、由别人审核的，请说明。
    错例：各户的审核人都是王五，这一户的调查人是王五，审核人是张三
    对例：各户的审核人都是王五，这一户也是
    理由：那一人去了这一户，由别人审核。
    """
    surveyed = c.surveyor_names.list.contains(c.usual_reviewer)
    return Violation(surveyed & (c.reviewer != c.usual_reviewer))
