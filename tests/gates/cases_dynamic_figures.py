"""DT017-DT020, DT022, DT024-DT026: figures over two dates."""

from datetime import date

from town import Cell, Row, Town, breaks, spares
from two_dates import home_before, settled_at

from generators.township import build_register


@breaks("DT017")
def income_three_times(town: Town) -> Cell:
    town.before()
    record = town.row("农户")
    home_before(town, record)["人均纯收入(元)"] = record["人均纯收入(元)"] / 3.2
    return town.cell(record, "人均纯收入(元)")


@breaks("DT017")
def income_a_third(town: Town) -> Cell:
    town.before()
    record = town.row("农户")
    home_before(town, record)["人均纯收入(元)"] = record["人均纯收入(元)"] * 3
    return town.cell(record, "人均纯收入(元)")


@spares("DT017")
def income_less_by_half(town: Town) -> None:
    town.before()
    record = town.row("农户")
    home_before(town, record)["人均纯收入(元)"] = record["人均纯收入(元)"] * 2


@spares("DT017")
def income_twice(town: Town) -> None:
    town.before()
    record = town.row("农户")
    home_before(town, record)["人均纯收入(元)"] = record["人均纯收入(元)"] / 2.9


def of_another_year(town: Town, *, copied: int) -> None:
    """The incomes of before are of another year, and but so many of 王庄村 the same."""
    before = town.before()
    for record in before.rows("农户"):
        record["收入年度"] = 2014
        record["财产性收入(元)"] += 1
    for record in before.rows("农户", 行政村="王庄村")[:copied]:
        record["财产性收入(元)"] -= 1


@breaks("DT018")
def one_income_copied(town: Town) -> Cell:
    of_another_year(town, copied=1)
    return town.cell(town.row("农户", 行政村="王庄村"), "工资性收入(元)")


@breaks("DT018")
def incomes_of_a_village_copied(town: Town) -> Cell:
    of_another_year(town, copied=9)
    return town.cell(town.row("农户", 行政村="王庄村"), "工资性收入(元)")


@spares("DT018")
def incomes_of_one_year(town: Town) -> None:
    town.before()


def exits(town: Town, *, near: int) -> list[Row]:
    """Households of 王庄村 that are out, so many of them just above the line."""
    town.before()
    records = town.rows("农户", 行政村="王庄村", 是否危房="否")[:6]
    for i, record in enumerate(records):
        old = home_before(town, record)
        record["脱贫属性"] = old["脱贫属性"] = "已脱贫"
        record["脱贫时间"] = old["脱贫时间"] = date(2017, 12, 1)
        record["主要致贫原因"], record["其他致贫原因"] = "缺技术", None
        settled_at(record, 6050 if i < near else 7000)
        settled_at(old, 6000)
    town.as_of = date(2018, 1, 1)
    return records


@breaks("DT019")
def exits_just_above_the_line(town: Town) -> Cell:
    return town.cell(exits(town, near=3)[0], "人均纯收入(元)")


@spares("DT019")
def one_exit_just_above_the_line(town: Town) -> None:
    exits(town, near=1)


def one_figure_changed(town: Town, *villages: str) -> Town:
    """The town of before, in which another figure stands of a household in each village."""
    before = town.before()
    for village in villages:
        before.row("农户", 行政村=village)["耕地面积(亩)"] += 1
    return before


@breaks("DT020")
def a_village_as_before(town: Town) -> Cell:
    one_figure_changed(town, "柳湾村", "陈桥村")
    return town.cell(town.row("农户", 行政村="王庄村"), "户编号")


@spares("DT020")
def one_figure_in_each_village(town: Town) -> None:
    one_figure_changed(town, "王庄村", "柳湾村", "陈桥村")


@spares("DT020")
def a_household_has_moved_to_another_village(town: Town) -> None:
    before = one_figure_changed(town, "柳湾村", "陈桥村")
    home = before.row("农户", 行政村="柳湾村", 家庭人口=4)
    _stood(before, home, {"行政村": "王庄村", "村码": "320324105201", "户编号": "320324105201777"})


@spares("DT020")
def a_household_has_come_from_another_village(town: Town) -> None:
    before = one_figure_changed(town, "柳湾村", "陈桥村")
    home = before.row("农户", 行政村="王庄村", 家庭人口=4)
    there = before.row("农户", 行政村="柳湾村")
    number = f"{there['村码']}777"
    _stood(before, home, {"行政村": "柳湾村", "村码": there["村码"], "户编号": number})


@spares("DT020")
def a_household_has_another_number(town: Town) -> None:
    before = one_figure_changed(town, "柳湾村", "陈桥村")
    home = before.row("农户", 行政村="王庄村", 家庭人口=4)
    _stood(before, home, {"户编号": "320324105201777"})


def _stood(before: Town, home: Row, cells: Row) -> None:
    """A household that was elsewhere, or under another number, with all its members."""
    for row in before.members(home):
        row.update(cells)
    home.update(cells)


def removals(town: Town, number: int) -> list[Row]:
    """So many households of 王庄村 that were removed since."""
    before = town.before()
    home = build_register().unplanned
    records = []
    for i in range(number):
        place = {"行政村": "王庄村", "村码": "320324105201", "户编号": f"3203241052019{i:02}"}
        head = {**home.members[0], **place, "姓名": f"王清{'一二三四五六七八九十'[i]}"}
        head |= {"人编号": f"{place['户编号']}01", "证件号码": f"32032419700101{i:02}15"}
        records.append({**home.record, **place, "帮扶责任人": "帮扶人" if i < 2 else None})
        before.sheets["农户"].append(records[-1])
        before.sheets["成员"].append(head)
        town.change(head, "减少", "清退")
    return records


@breaks("DT022")
def removals_of_a_village(town: Town) -> Cell:
    records = removals(town, 8)
    for record in records:
        record["帮扶责任人"] = None
    assert town.earlier is not None
    return town.earlier.cell(records[0], "户编号")


@breaks("DT022")
def removals_of_a_helper(town: Town) -> Cell:
    records = removals(town, 2)
    assert town.earlier is not None
    return town.earlier.cell(records[0], "户编号")


@spares("DT022")
def one_removal(town: Town) -> None:
    removals(town, 1)


@breaks("DT024")
def incomes_of_a_later_year_before(town: Town) -> Cell:
    for record in town.before().rows("农户"):
        record["收入年度"] = 2016
    return town.cell(town.row("农户"), "收入年度")


@breaks("DT024")
def entered_later_before(town: Town) -> Cell:
    for row in town.before().rows("入户调查"):
        row["录入日期"] = date(2016, 12, 1)
    return town.cell(town.row("入户调查"), "录入日期")


@spares("DT024")
def one_household_of_a_later_year(town: Town) -> None:
    before = town.before()
    before.row("农户")["收入年度"] = 2016
    before.row("入户调查")["录入日期"] = date(2016, 12, 1)


@spares("DT024")
def visits_of_some_households_alone(town: Town) -> None:
    """Of which visits half were entered by a day depends on which households there are."""
    before = town.before()
    half = len(town.rows("入户调查")) // 2 + 1
    for side in (before, town):
        for n, row in enumerate(side.rows("入户调查")):
            row["录入日期"] = date(2016, 3, 9 if n < half else 10)
    del before.sheets["入户调查"][:5]


EIGHT = ("班子", "规划", "农业设施", "主导产业", "集体收入", "信息网络", "文明村风", "居住环境")


def eight(town: Town, reached: str) -> Row:
    """The first village, with the eight; the others say nothing of them."""
    town.before()
    town.headings["村情"] += ["是否达标", *EIGHT]
    row = town.row("村情", 行政村="陈桥村")
    row.update({"是否达标": reached, **dict.fromkeys(EIGHT, "是")})
    return row


@breaks("DT025")
def reached_without_a_network(town: Town) -> Cell:
    row = eight(town, "是")
    row["信息网络"] = "否"
    return town.cell(row, "是否达标")


@breaks("DT025")
def reached_by_its_year(town: Town) -> Cell:
    row = eight(town, "")
    row["班子"], row["达标年度"] = "否", 2015
    return town.cell(row, "是否达标")


@spares("DT025")
def reached_with_all_eight(town: Town) -> None:
    eight(town, "是")


@spares("DT025")
def not_reached_yet(town: Town) -> None:
    eight(town, "否")["信息网络"] = "否"


@breaks("DT026")
def longer_numbers(town: Town) -> Cell:
    before = town.before()
    for sheet in ("农户", "成员", "入户调查", "识别程序"):
        for row in before.rows(sheet):
            row["户编号"] = f"{row['户编号'][:12]}00000{row['户编号'][12:]}"
            if "人编号" in row:
                row["人编号"] = f"{row['户编号']}{row['人编号'][-2:]}"
    return town.heading_cell("农户", "户编号")


@breaks("DT026")
def serial_numbers_before(town: Town) -> Cell:
    _short_before(town, "{}")
    return town.heading_cell("农户", "户编号")


@breaks("DT026")
def six_digits_before(town: Town) -> Cell:
    _short_before(town, "201{:03}")
    return town.heading_cell("农户", "户编号")


def _short_before(town: Town, number: str) -> None:
    """The households were numbered in their villages alone."""
    before = town.before()
    for sheet in ("农户", "成员", "入户调查", "识别程序"):
        for row in before.rows(sheet):
            row["户编号"] = number.format(int(row["户编号"][12:]))
            if "人编号" in row:
                row["人编号"] = None


@spares("DT026")
def the_number_of_one_household(town: Town) -> None:
    before = town.before()
    record = before.row("农户")
    number = f"{record['户编号'][:12]}090"
    for row in before.members(record):
        row["户编号"] = number
    record["户编号"] = number
