"""DT006-DT011, DT021: households that are new, out, back, or removed."""

from datetime import date

from town import Cell, Row, Town, breaks, spares
from two_dates import home_before, settled_at, whole_home

from jiandang.report.model import Severity


def is_new(town: Town, **where: object) -> Row:
    """A household that is not in the town of before."""
    before, record = town.before(), town.row("农户", **where)
    for sheet in ("农户", "成员", "入户调查", "识别程序"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != record["户编号"])
    return record


@breaks("DT006", beside="SB018")
def new_above_the_line(town: Town) -> Cell:
    record = is_new(town, 农户属性="一般贫困户", 主要致贫原因="缺技术")
    settled_at(record, 6300)
    return town.cell(record, "人均纯收入(元)")


@breaks("DT006")
def new_without_notice(town: Town) -> Cell:
    record = is_new(town)
    town.row("识别程序", 户编号=record["户编号"])["县级公示结束"] = None
    town.as_of = date(2016, 3, 27)
    return town.cell(record, "识别时间")


@spares("DT006")
def new_and_complete(town: Town) -> None:
    is_new(town)


@spares("DT006")
def new_where_nobody_hands_in_the_steps(town: Town) -> None:
    is_new(town)
    del town.sheets["识别程序"]


@breaks("DT007", beside="SJ016")
def new_and_out(town: Town) -> Cell:
    record = is_new(town, 是否危房="否")
    record["脱贫属性"] = "已脱贫"
    town.policy["income_line"] = 100
    town.policy["types_exempt_from_line"] = tuple({r["农户属性"] for r in town.rows("农户")})
    return town.cell(record, "脱贫属性")


@spares("DT007")
def new_and_poor(town: Town) -> None:
    is_new(town)


def out(town: Town, before: str, now: str) -> Row:
    """A household of this 脱贫属性 before and now."""
    town.before()
    record = town.row("农户", 是否危房="否")
    home_before(town, record)["脱贫属性"] = before
    record["脱贫属性"] = now
    if now == "已脱贫":
        record["脱贫时间"] = date(2017, 12, 1)
        town.policy["income_line"] = 100
        town.policy["types_exempt_from_line"] = tuple({r["农户属性"] for r in town.rows("农户")})
        town.as_of = date(2018, 1, 1)
    return record


@breaks("DT008")
def out_within_the_year(town: Town) -> Cell:
    record = out(town, "未脱贫", "已脱贫")
    record["脱贫时间"] = date(2016, 12, 1)
    town.as_of = date(2016, 12, 31)
    return town.cell(record, "脱贫时间")


@spares("DT008")
def out_in_the_next_year(town: Town) -> None:
    out(town, "未脱贫", "已脱贫")


@breaks("DT009", beside="LR004")
def fell_back_for_no_cause(town: Town) -> Cell:
    record = out(town, "已脱贫", "返贫")
    record["主要致贫原因"] = record["其他致贫原因"] = None
    return town.cell(record, "主要致贫原因")


@spares("DT009")
def fell_back_for_a_cause(town: Town) -> None:
    out(town, "已脱贫", "返贫")


@breaks("DT010")
def back_from_falling_back(town: Town) -> Cell:
    return town.cell(out(town, "返贫", "未脱贫"), "脱贫属性")


@breaks("DT010", severity=Severity.SUSPECT)
def back_from_out(town: Town) -> Cell:
    return town.cell(out(town, "已脱贫", "未脱贫"), "脱贫属性")


@spares("DT010")
def out_again(town: Town) -> None:
    out(town, "返贫", "已脱贫")


@breaks("DT011")
def out_and_deleted(town: Town) -> Cell:
    record, _ = whole_home(town)
    record["脱贫属性"] = "已脱贫"
    assert town.earlier is not None
    return town.earlier.cell(record, "脱贫属性")


@spares("DT011")
def out_and_moved_away(town: Town) -> None:
    record, rows = whole_home(town)
    record["脱贫属性"] = "已脱贫"
    town.change(rows[0], "减少", "整户迁出")


@breaks("DT021", beside="DT001")
def removed_and_there(town: Town) -> Cell:
    town.before()
    record = town.row("农户")
    town.change(town.members(record)[0], "减少", "清退")
    return town.cell(record, "户编号")


@spares("DT021")
def removed(town: Town) -> None:
    _, rows = whole_home(town)
    town.change(rows[0], "减少", "错评")
