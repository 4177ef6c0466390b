"""The lists themselves, and whom they have under another name or number: BD001 to BD004, BD104."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, observed, rule
from jiandang.gates.lists.shared import advice, called
from jiandang.policy import Policy
from jiandang.register.lists.read import INCOMPLETE, ListRead
from jiandang.register.lists.states import unknown_states
from jiandang.register.notice import Notice
from jiandang.register.place import plain_village
from jiandang.register.register import MATCHES, NO_ROW, Observation
from jiandang.report.model import Severity

if TYPE_CHECKING:
    from jiandang.engine.frames import Frames
    from jiandang.engine.run import Outcome

c = pl.col

_MOST_INVALID = 0.2
_MOST_STATES = 3
_AS_TEXT = "请要文本格式的名单"
_HEADS_LISTED = ("low_income_list", "destitute_list")
# Of which it has to be known how long was paid in.
_WAGED = ("social_insurance_list", "provident_fund_list")


# -- the lists ---------------------------------------------------------------------------------


def _of_list(notice: Notice, each: ListRead, **seen: str) -> Observation:
    """What is noticed of a list: it stands in no sheet of the register."""
    return Observation(notice, NO_ROW, seen={"list": each.name, **seen})


def _unusable(frames: "Frames", outcome: "Outcome") -> Iterator[Observation]:
    for each in frames.register.lists:
        for what in _faults(each):
            yield _of_list(Notice.LIST_UNUSABLE, each, what=what)


def _faults(each: ListRead) -> Iterator[str]:
    if not each.rows.checked and not each.rows.rejected:
        yield "只有表头，没有一行数据，没有比对"
    elif not each.has_names:
        yield f"没有姓名、证件号码，没有比对。请向{each.department}要带号码的名单"
    elif not each.rows.checked:
        yield f"{each.rows.rejected} 行数据都没有读出姓名、证件号码，没有比对"
    elif not each.has_key:
        yield f"没有证件号码，只能数同名，不作疑点。请向{each.department}要带号码的名单"
    elif not each.told and each.damaged < each.rows.checked:
        yield f"没有一个号码能用，没有比对。请向{each.department}要带完整号码的名单"
    if each.damaged:
        beside = each.left[INCOMPLETE]
        more = f"；另有 {beside} 行{INCOMPLETE}，也没有比对" if beside and each.told else ""
        yield f"{each.damaged} 行号码损坏（存成了数字，末位已经丢失），没有比对{more}。{_AS_TEXT}"
    if each.invalid > _MOST_INVALID * max(each.rows.checked, 1):
        yield f"{each.invalid} 行号码不对（位数、日期或校验码），超过两成"
    if unknown := unknown_states(each.table, each.states):
        said = "、".join(f"“{state}”" for state in [*unknown][:_MOST_STATES])
        more = "等" if len(unknown) > _MOST_STATES else ""
        yield f"{sum(unknown.values())} 行的状态{said}{more}没有读懂，按在册比对"
    if each.table in _WAGED and each.is_usable and not each.columns & {"months", "begun"}:
        yield "没有缴费月数，也没有起止时间，没有拿来比对登记的收入"
    if each.is_foreign:
        yield f"{each.rows.checked} 行，与登记表没有一个相同的人，可能是别的县的名单"


observed(
    "BD001",
    Notice.LIST_UNUSABLE,
    "名单有缺陷",
    Severity.WARNING,
    message="名单“{list}”{what}",
    basis="本工具的判断",
    doc="""名单没有数据，没有证件号码可对，号码存成了数字，两成以上不对，状态没有读懂，社保、公积金没有缴费月数和起止时间，或者与登记表没有一个相同的人。

    改法：向出名单的部门要带完整号码、文本格式的本县名单。
    错例：编制名单只有姓名和单位
    对例：名单有姓名、身份证号码
    """,
    look=_unusable,
)


def _old(frames: "Frames", outcome: "Outcome") -> Iterator[Observation]:
    policy = frames.plan.policy
    for each in frames.register.lists:
        days = each.days_from(policy.reference_date)
        if days is None:
            yield _of_list(Notice.LIST_OLD, each, what="没有写数据日期")
        elif days > policy.list_age_days:
            what = f"数据日期 {each.day}，与基准日 {policy.reference_date} 相差 {days} 天"
            yield _of_list(Notice.LIST_OLD, each, what=what)


observed(
    "BD004",
    Notice.LIST_OLD,
    "名单日期过旧或不明",
    Severity.INFO,
    message="名单“{list}”{what}",
    basis="本工具的判断：名单有效天数见政策",
    doc="""名单没有写数据日期，或者与基准日相差超过政策规定的天数。

    改法：向出名单的部门问清日期，写进 名单.toml；过旧的要新的。
    错例：名单标题里没有日期
    对例：标题写“截至2016年2月20日”
    """,
    look=_old,
)


# -- whom they have under another name or number -----------------------------------------------


def _for_member(name: str, rows: pl.Expr, told: pl.Expr) -> None:
    """Of the rows in which a column is true: whether any is the member's, and the household's."""
    derived("member", of=MATCHES, on=("ref", "person"))(called(name, lambda _: rows.any()))
    said = told.filter(rows).unique(maintain_order=True)
    derived("household", of=MATCHES)(called(f"{name}_told", lambda _: said))
    derived("household", of=MATCHES)(called(f"{name}_list", lambda _: c.list.filter(rows).first()))


_for_member(
    "has_other_name",
    c.has_other_name,
    pl.format("登记姓名“{}”；{}名单：{}", c.person_name, c.said, c.how),
)


@rule(
    "BD002",
    "同号异名",
    Severity.SUSPECT,
    "member",
    at="name|id_number",
    per="household",
    message="{told}" + advice("曾用名；生僻字；登记表或名单的号码录错"),
    basis="审计比对中的“证同名不同”",
)
def other_name(policy: Policy) -> Violation:
    """名单里有同一个证件号码，姓名却不同。

    改法：按身份证核对姓名和号码；名单错的，请出名单的部门更正。
    错例：登记 张山 320324…0012；名单 李四 320324…0012
    对例：登记 张 山 320324…0012；名单 张山 320324…0012
    """
    return Violation(c.has_other_name, told=c.has_other_name_told, list_name=c.has_other_name_list)


_for_member(
    "has_slip", c.is_slip, pl.format("{}的号码校验码不对；{}名单：{}", c.person_name, c.said, c.how)
)


@rule(
    "BD003",
    "疑似号码录错",
    Severity.INFO,
    "member",
    at="id_number|name",
    per="household",
    message="{told}" + advice("名单里是另一个同名的人"),
    basis="公民身份号码校验码（GB 11643）",
)
def number_slipped(policy: Policy) -> Violation:
    """登记的号码校验码不对；名单里同名的人号码只差一位或两位对调，校验码是对的。

    改法：按身份证核对号码。
    错例：登记 …5081，名单 …5091（校验码对）
    对例：登记的号码校验码也对
    """
    return Violation(c.has_slip, told=c.has_slip_told, list_name=c.has_slip_list)


# -- who is listed, and not registered ---------------------------------------------------------


def _not_registered(frames: "Frames", outcome: "Outcome") -> Iterator[Observation]:
    homes = frames["household"].drop_nulls("village")
    first = homes.with_columns(plain=plain_village(c.village)).unique("plain", maintain_order=True)
    for each in frames.register.lists:
        if each.table not in _HEADS_LISTED or not each.is_usable:
            continue
        for ref, village, plain in first.select("ref", "village", "plain").iter_rows():
            if count := each.strangers.get(plain):
                seen = {"village": village, "count": count, "list": each.said}
                yield Observation(Notice.NOT_REGISTERED, ref, "household", "village", seen=seen)


observed(
    "BD104",
    Notice.NOT_REGISTERED,
    "民政名单有，全户未登记",
    Severity.INFO,
    message="名单{list}里{village}有 {count} 人不在登记表里（只报人数）",
    basis="低保、特困对象按名单纳入",
    doc="""民政的低保、特困名单里，本村有人不在登记表里。只按村报人数，不列姓名。

    改法：核实是否已外迁、是否城镇低保；应纳入的补登。
    错例：低保名单里王庄村有 3 人没有登记
    对例：低保名单里王庄村的人都已登记
    理由：已迁出、城镇低保。
    """,
    look=_not_registered,
    needs="household.village low_income_list.village|destitute_list.village",
)
