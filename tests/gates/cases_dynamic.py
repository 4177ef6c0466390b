"""另查 动态管理, DT001-DT022, DT024-DT026: the sample town against the same town before.

The earlier register is no one's gate: most cases change it, and leave the later one as it is.
"""

from datetime import date

from town import Cell, Row, Town, breaks, spares

from generators.people import with_check
from generators.township import build_register
from jiandang.report.model import Severity

E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_NUMBER = with_check("32032419840716217")


def member(town: Town, **where: object) -> Row:
    """A child of a household of several."""
    return town.row("成员", 与户主关系="之子", **where)


def pair(town: Town, row: Row) -> Row:
    """The row of the same person in the town of before."""
    assert town.earlier is not None
    return town.earlier.row("成员", 人编号=row["人编号"])


def home_before(town: Town, row: Row) -> Row:
    assert town.earlier is not None
    return town.earlier.row("农户", 户编号=row["户编号"])


def somebody(town: Town, household: Row, **cells: object) -> Row:
    """Another member of a household, at the end of its members."""
    rows = town.sheets["成员"]
    own = town.members(household)
    row = {**own[-1], "人编号": f"{household['户编号']}99", "姓名": "王来福", **cells}
    row = {
        **row,
        "证件号码": "320324198705060432",
        "残疾证号": None,
        "与户主关系": "之兄弟姐妹",
        **cells,
    }
    rows.insert(rows.index(own[-1]) + 1, row)
    return row


def has_left(town: Town) -> Row:
    """Somebody who is in the town of before alone."""
    before = town.before()
    return somebody(before, before.row("农户"))


def has_come(town: Town) -> Row:
    """A child who is not in the town of before."""
    town.before()
    child = member(town)
    assert town.earlier is not None
    town.earlier.sheets["成员"].remove(pair(town, child))
    return child


def whole_home(town: Town, *, number: str = "099") -> tuple[Row, list[Row]]:
    """A household that is in the town of before alone: a copy of the unplanned one."""
    before = town.before()
    home = build_register().unplanned
    place = {"行政村": "王庄村", "村码": "320324105201", "户编号": f"320324105201{number}"}
    record = {**home.record, **place}
    rows = [
        {**row, **place, "人编号": f"{place['户编号']}{i:02}"} for i, row in enumerate(home.members)
    ]
    before.sheets["农户"].append(record)
    before.sheets["成员"] += rows
    return record, rows


# -- DT001-DT005 -----------------------------------------------------------------------------


@breaks("DT001")
def a_death_of_nobody(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "死亡")
    other = {**row, "姓名": "王无名", "证件号码": "320324197001010417"}
    return town.cell(town.change(other, "减少", "死亡"), "原因")


@breaks("DT001")
def one_death_twice(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "死亡")
    return town.cell(town.change(row, "减少", "死亡"), "原因")


@spares("DT001")
def each_death_is_found(town: Town) -> None:
    town.change(has_left(town), "减少", "病故")


@spares("DT001")
def a_whole_household_by_its_head(town: Town) -> None:
    _, rows = whole_home(town)
    town.change(rows[0], "减少", "清退")


@breaks("DT002", severity=W)
def somebody_is_gone(town: Town) -> Cell:
    row = has_left(town)
    assert town.earlier is not None
    return town.earlier.cell(row, "姓名")


@breaks("DT002", severity=E)
def somebody_is_gone_in_spite_of_a_list(town: Town) -> Cell:
    row = has_left(town)
    assert town.earlier is not None
    child = member(town, 行政村="柳湾村")
    town.earlier.sheets["成员"].remove(pair(town, child))
    town.change(child, "增加", "出生")
    child_born_late(town, child)
    return town.earlier.cell(row, "姓名")


def child_born_late(town: Town, child: Row) -> None:
    """The reference date of before is so early that the child is born behind it."""
    day = date(child["出生日期"].year, 1, 1)
    policy = town.effective_policy()
    town.policy["dynamic"] = policy.dynamic.model_copy(update={"reference_date": day})


@breaks("DT002", severity=W)
def a_household_is_gone(town: Town) -> Cell:
    _, rows = whole_home(town)
    assert town.earlier is not None
    return town.earlier.cell(rows[0], "姓名")


@breaks("DT002", severity=E)
def gone_for_another_reason(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "其他")
    assert town.earlier is not None
    return town.earlier.cell(row, "姓名")


@spares("DT002")
def gone_with_a_reason(town: Town) -> None:
    town.change(has_left(town), "减少", "婚出")


@spares("DT002")
def a_village_that_was_not_handed_in(town: Town) -> None:
    record, rows = whole_home(town)
    for row in (record, *rows):
        row["行政村"], row["村码"] = "孟集村", "320324105204"
        row["户编号"] = "320324105204001"


@breaks("DT003", severity=W)
def somebody_new(town: Town) -> Cell:
    return town.cell(has_come(town), "姓名")


@spares("DT003")
def somebody_new_for_a_reason(town: Town) -> None:
    child = has_come(town)
    town.change(child, "增加", "补录")


@spares("DT003")
def a_village_that_was_not_there(town: Town) -> None:
    before = town.before()
    for sheet in ("成员", "农户"):
        before.sheets[sheet] = before.rows(sheet, 行政村=lambda name: name != "陈桥村")


@breaks("DT004")
def born_at_the_age_of_ten(town: Town) -> Cell:
    child = has_come(town)
    town.change(child, "增加", "出生")
    return town.cell(child, "证件号码")


@spares("DT004")
def born_since(town: Town) -> None:
    child = has_come(town)
    town.change(child, "增加", "出生")
    child_born_late(town, child)


@breaks("DT005", beside="DT001")
def dead_and_there(town: Town) -> Cell:
    town.before()
    child = member(town)
    town.change(child, "减少", "死亡")
    return town.cell(child, "姓名")


@breaks("DT005", beside="DT001")
def moved_and_there(town: Town) -> Cell:
    town.before()
    child = member(town)
    town.change(child, "减少", "婚出")
    return town.cell(child, "姓名")


@spares("DT005")
def moved_to_another_household(town: Town) -> None:
    child = has_come(town)
    before = town.earlier
    assert before is not None
    # She was in another household of another village before.
    other = before.row("农户", 行政村="陈桥村")
    somebody(
        before, other, 姓名=child["姓名"], 证件号码=child["证件号码"], 出生日期=child["出生日期"]
    )
    town.change(child, "减少", "迁出")


# -- DT006-DT011, DT021 ----------------------------------------------------------------------


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


def settled_at(record: Row, per_capita: int) -> None:
    """So much for each in the household, by its property."""
    size = record["家庭人口"]
    more = per_capita * size - record["家庭纯收入(元)"]
    record["财产性收入(元)"] += more
    record["家庭纯收入(元)"] += more
    record["人均纯收入(元)"] = per_capita


@spares("DT006")
def new_and_complete(town: Town) -> None:
    is_new(town)


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


# -- DT012-DT016 -----------------------------------------------------------------------------


@breaks("DT012", beside="DT002")
def number_of_another(town: Town) -> Cell:
    number = town.rows("农户")[4]["户编号"]
    record, rows = whole_home(town, number=number[-3:])
    before = town.earlier
    assert before is not None
    for sheet in ("农户", "成员"):
        own = [r for r in before.rows(sheet, 户编号=number) if r is not record and r not in rows]
        for row in own:
            before.sheets[sheet].remove(row)
    return town.cell(town.row("农户", 户编号=number), "户编号")


@spares("DT012")
def number_of_the_same(town: Town) -> None:
    town.before()


@breaks("DT013", beside="LR106")
def another_sex(town: Town) -> Cell:
    town.before()
    (row,) = town.members(town.row("农户", 家庭人口=1))
    row["性别"] = "男" if row["性别"] == "女" else "女"
    return town.cell(row, "性别")


@breaks("DT013")
def another_nation(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["民族"] = "回族" if row["民族"] != "回族" else "汉族"
    return town.cell(row, "民族")


@breaks("DT013", severity=Severity.SUSPECT)
def another_number(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["证件号码"] = _NUMBER
    return town.cell(row, "证件号码")


@breaks("DT013", severity=Severity.SUSPECT)
def another_name(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["姓名"] = "王改名"
    return town.cell(row, "姓名")


@breaks("DT013", severity=INFO)
def a_number_that_holds_now(town: Town) -> Cell:
    town.before()
    row = member(town)
    number = row["证件号码"]
    pair(town, row)["证件号码"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    return town.cell(row, "证件号码")


@breaks("DT013", severity=INFO)
def a_number_of_fifteen(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 出生日期=lambda day: day.year < 2000)
    number = row["证件号码"]
    pair(town, row)["证件号码"] = number[:6] + number[8:17]
    return town.cell(row, "证件号码")


@breaks("DT013", severity=INFO)
def a_birth_date_as_in_the_number(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["出生日期"] = date(1990, 1, 1)
    return town.cell(row, "出生日期")


@spares("DT013")
def a_name_with_a_blank(town: Town) -> None:
    town.before()
    row = member(town)
    pair(town, row)["与户主关系"] = "之女"


@breaks("DT014")
def split_in_two(town: Town) -> Cell:
    town.before()
    home, other = town.rows("农户", 行政村="王庄村")[:2]
    before = town.earlier
    assert before is not None
    for sheet in ("农户", "入户调查", "识别程序"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != other["户编号"])
    for row in before.members(other):
        row["户编号"] = home["户编号"]
        row["人编号"] = None
    return town.cell(other, "户编号")


@spares("DT014")
def split_for_a_reason(town: Town) -> None:
    split_in_two(town)
    home = town.rows("农户", 行政村="王庄村")[1]
    town.change(town.members(home)[0], "增加", "分家")


@breaks("DT014")
def merged_into_one(town: Town) -> Cell:
    record, rows = whole_home(town)
    before = town.earlier
    assert before is not None
    home = town.row("农户", 行政村="王庄村", 家庭人口=lambda size: size > 3)
    for row in before.members(home)[-2:]:
        row["户编号"], row["人编号"] = record["户编号"], None
    for row in rows:
        before.sheets["成员"].remove(row)
    return before.cell(record, "户编号")


@breaks("DT015")
def another_head(town: Town) -> Cell:
    town.before()
    head, wife = couple(town)
    pair(town, head)["与户主关系"], pair(town, wife)["与户主关系"] = "配偶", "户主"
    record = town.household(head)
    home_before(town, record)["户主姓名"] = wife["姓名"]
    return town.cell(record, "户主姓名")


def couple(town: Town) -> tuple[Row, Row]:
    wife = town.row("成员", 与户主关系="配偶")
    return town.members(wife)[0], wife


@breaks("DT015", beside="LR201")
def no_head_any_more(town: Town) -> Cell:
    town.before()
    record = town.row("农户", 家庭人口=1)
    (row,) = town.members(record)
    pair(town, row)["与户主关系"] = "其他"
    before = town.earlier
    assert before is not None
    dead = somebody(before, home_before(town, record), 与户主关系="户主")
    town.change(dead, "减少", "死亡")
    row["与户主关系"] = "其他"
    return town.cell(record, "户主姓名")


@spares("DT015")
def the_wife_after_the_head(town: Town) -> None:
    town.before()
    head, _ = couple(town)
    pair(town, head)["与户主关系"] = "配偶"
    before = town.earlier
    assert before is not None
    dead = somebody(before, home_before(town, town.household(head)), 与户主关系="户主")
    town.change(dead, "减少", "死亡")


@breaks("DT016")
def less_schooling(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 文化程度="小学")
    pair(town, row)["文化程度"] = "初中"
    return town.cell(row, "文化程度")


@breaks("DT016")
def a_lower_form(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 在校生状况="七年级")
    pair(town, row)["在校生状况"] = "八年级"
    return town.cell(row, "在校生状况")


@breaks("DT016")
def a_form_skipped(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 在校生状况="九年级")
    pair(town, row)["在校生状况"] = "七年级"
    return town.cell(row, "在校生状况")


@breaks("DT016")
def healthy_again(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 健康状况="健康")
    pair(town, row)["健康状况"] = "残疾"
    return town.cell(row, "健康状况")


@breaks("DT016")
def able_again(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 劳动能力="普通劳动力")
    pair(town, row)["劳动能力"] = "丧失劳动力"
    return town.cell(row, "劳动能力")


@spares("DT016")
def the_next_form(town: Town) -> None:
    town.before()
    row = town.row("成员", 在校生状况="八年级")
    pair(town, row)["在校生状况"] = "七年级"
    other = town.row("成员", 健康状况="健康")
    pair(town, other)["健康状况"] = "长期慢性病"


# -- DT017-DT020, DT022, DT024-DT026 ---------------------------------------------------------


@breaks("DT017")
def income_three_times(town: Town) -> Cell:
    town.before()
    record = town.row("农户")
    home_before(town, record)["人均纯收入(元)"] = record["人均纯收入(元)"] / 3.2
    return town.cell(record, "人均纯收入(元)")


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


@breaks("DT020")
def a_village_as_before(town: Town) -> Cell:
    before = town.before()
    for village in ("柳湾村", "陈桥村"):
        before.row("农户", 行政村=village)["耕地面积(亩)"] += 1
    return town.cell(town.row("农户", 行政村="王庄村"), "户编号")


@spares("DT020")
def one_figure_in_each_village(town: Town) -> None:
    before = town.before()
    for village in ("王庄村", "柳湾村", "陈桥村"):
        before.row("农户", 行政村=village)["耕地面积(亩)"] += 1


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


@spares("DT026")
def the_number_of_one_household(town: Town) -> None:
    before = town.before()
    record = before.row("农户")
    number = f"{record['户编号'][:12]}090"
    for row in before.members(record):
        row["户编号"] = number
    record["户编号"] = number
