"""DT006-DT011, DT021: households that were identified, left poverty, fell back or were removed."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.dynamic.columns import KEPT
from jiandang.gates.misplaced import amount
from jiandang.movement.declared import ENDED, MOVED_OUT, NEW
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# A household that was left out before is identified now.
_IDENTIFIED = (NEW, "补录")

# Whether the last step of its identification is filled in.
derived("household", of="procedure").columns(notice_is_over=c.county_notice_end.is_not_null().any())

# Whether the village hands in its households' steps at all.
derived("household", over="village_key", needs="household_id").columns(
    tells_steps=c.notice_is_over.is_not_null().any()
)


@rule(
    "DT006",
    "新识别的户不合条件",
    Severity.SUSPECT,
    "household",
    at="identified|household_id",
    message="本户是新识别的，{why}",
    basis="识别程序：农户申请、民主评议、三级公示；人均纯收入低于标准",
    per="household",
    needs="household_id",
)
def newly_identified(policy: Policy) -> Iterator[Violation]:
    """上次没有、本次新识别的户，识别程序走完（填有县级公示结束日期），人均纯收入低于收入标准。

    改法：补全识别程序的各步日期；人均纯收入不低于标准的，核实是不是应当识别。
    错例：新识别的户，人均纯收入 7200 元
    对例：新识别的户，人均纯收入 4300 元，县级公示 2016-11-28 结束
    """
    new = c.came_by.is_in(_IDENTIFIED)
    exempt = c.household_type.cast(pl.String).is_in(policy.types_exempt_from_line)
    yield Violation(
        new & (c.per_capita >= policy.income_line) & ~exempt.fill_null(False),
        at="per_capita",
        why=pl.format("人均纯收入 {} 元，不低于标准", amount(c.per_capita)),
    )
    open_ = c.tells_steps & ~c.notice_is_over.fill_null(False)
    yield Violation(new & open_, why=pl.lit("识别程序没有走完"))


@rule(
    "DT007",
    "新登记的户已脱贫",
    Severity.ERROR,
    "household",
    at="status",
    message="上次没有这一户，本次一登记就是“已脱贫”",
    basis="先识别、后脱贫",
    per="household",
)
def new_and_out(policy: Policy) -> Violation:
    """上次没有的户，本次的脱贫属性不是已脱贫。

    改法：新识别的户先登记为未脱贫；上次漏报的，补报上次的登记，或写明情况。
    错例：本次新登记的户，脱贫属性“已脱贫”
    对例：本次新登记的户，脱贫属性“未脱贫”
    """
    return Violation(c.came_by.is_in(_IDENTIFIED) & (c.status == "已脱贫"))


@rule(
    "DT008",
    "当年识别当年脱贫",
    Severity.SUSPECT,
    "household",
    at="exited|status",
    message="识别时间 {identified}，脱贫时间 {exited}，同一年里识别又脱贫",
    basis="各地动态管理：错退",
    per="household",
)
def out_in_the_same_year(policy: Policy) -> Violation:
    """上次未脱贫、本次已脱贫的户，脱贫时间不在识别的同一年。

    改法：核实收入是不是稳定；识别不准的按清退办，脱贫过早的改回未脱贫。
    错例：识别时间 2016-03，脱贫时间 2016-12
    对例：识别时间 2016-03，脱贫时间 2017-12
    """
    years = [c(name).str.slice(0, 4) for name in ("identified", "exited")]
    out = (c.before_status != "已脱贫") & (c.status == "已脱贫")
    return Violation(KEPT & out & (years[0] == years[1]))


@rule(
    "DT009",
    "返贫没有原因",
    Severity.SUSPECT,
    "household",
    at="cause|status",
    message="上次已脱贫，本次返贫，没有写主要致贫原因",
    basis="动态管理：返贫要写明原因",
    per="household",
    needs="status before_status cause",
)
def fell_back_without_cause(policy: Policy) -> Violation:
    """上次已脱贫、本次返贫的户，填有主要致贫原因，或在增减表里写了返贫的原因。

    改法：补填返贫的原因：因病、因灾等。
    错例：上次已脱贫，本次返贫，主要致贫原因空着
    对例：上次已脱贫，本次返贫，主要致贫原因“因病”
    """
    back = (c.before_status == "已脱贫") & (c.status == "返贫")
    return Violation(KEPT & back & c.cause.is_null() & ~c.says_back)


@rule(
    "DT010",
    "脱贫属性倒退",
    Severity.ERROR,
    "household",
    at="status",
    message="脱贫属性上次是“{before_status}”，本次是“未脱贫”，{why}",
    basis="返贫的再次脱贫记已脱贫，已脱贫的再次贫困记返贫",
    per="household",
)
def back_to_the_beginning(policy: Policy) -> Iterator[Violation]:
    """上次返贫的户，本次是返贫或已脱贫，不再是未脱贫；上次已脱贫的户，又贫困的记返贫（改回未脱贫的是疑点）。

    改法：仍然贫困的填“返贫”；上次误登为脱贫的，写明更正的依据。
    错例：上次“返贫”，本次“未脱贫”
    对例：上次“返贫”，本次“返贫”
    """
    now_poor = KEPT & (c.status == "未脱贫")
    yield Violation(now_poor & (c.before_status == "返贫"), why=pl.lit("返贫的户不会变回未脱贫"))
    yield Violation(
        now_poor & (c.before_status == "已脱贫"),
        severity=Severity.SUSPECT,
        why=pl.lit("又贫困的应记返贫，上次登记错的请写明"),
    )


@rule(
    "DT011",
    "已脱贫的户不见了",
    Severity.WARNING,
    "household",
    at="status|before_status",
    message="上次已脱贫的户，本次整户没有；脱贫的户要标注，不删除",
    basis="脱贫不脱政策，脱贫户仍在册",
    per="household",
)
def out_and_gone(policy: Policy) -> Violation:
    """上次已脱贫的户，本次还在登记表里，脱贫属性是已脱贫或返贫。并进别户的不算，由 DT014 核对。

    改法：把这一户补回来，脱贫属性填“已脱贫”；死亡、迁走的，在增减表里写明。
    错例：上次脱贫属性“已脱贫”，本次没有这一户
    对例：上次脱贫属性“已脱贫”，本次还是“已脱贫”
    """
    ended = c.left_by.is_in([ENDED, MOVED_OUT, "整户迁出"])
    gone = c.is_in.is_null() & c.merged_into.is_null() & ~c.lacks_number
    return Violation(gone & ~ended & (c.before_status == "已脱贫"))


@rule(
    "DT021",
    "清退的户又登记",
    Severity.SUSPECT,
    "household",
    at="household_id",
    message="增减表写{who}清退，本次登记里还有本户",
    basis="某县核查：清退以后又识别",
    per="household",
    needs="household_id",
)
def removed_and_back(policy: Policy) -> Violation:
    """增减表写了清退的户（写户主的算一户），不在本次登记里。户里只清退一名成员的不算。

    改法：核实是没有删去，还是清退以后又识别的；又识别的，附上重新识别的程序材料；只清退户主一人的，写明。
    错例：增减表写王强一户清退，本次登记里有王强一户
    对例：增减表写王强一户清退，本次登记里没有这一户
    理由：重新识别。
    """
    return Violation(c.is_in.is_not_null() & c.removed_who.is_not_null(), who=c.removed_who)
