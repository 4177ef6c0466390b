"""LR0 表格结构: sheets, columns and single cells."""

from town import Cell, Row, Town, breaks, spares

from jiandang.register.cells import ErrorValue


def below(town: Town, sheet: str, place: int, row: Row) -> None:
    """One more row at a place among the rows of a sheet."""
    town.sheets[sheet].insert(place, row)


@breaks("LR023")
def incomes_of_the_year_before(town: Town) -> Cell:
    for heading in ("工资性收入(元)", "人均纯收入(元)"):
        rename(town, "农户", heading, f"2014年{heading}")
    return town.heading_cell("农户", "2014年工资性收入(元)")


@spares("LR023")
def incomes_of_two_years(town: Town) -> None:
    """That of the policy's year is read, wherever it stands, and 上年度 is no other."""
    rename(town, "农户", "工资性收入(元)", "15年工资性收入(元)")
    rename(town, "农户", "转移性收入(元)", "上年度转移性收入(元)")
    rename(town, "农户", "人均纯收入(元)", "人均纯收入(2015年)")
    for heading in ("2014年人均纯收入", "人均纯收入（2016年）"):
        town.headings["农户"].insert(3, heading)
        for row in town.rows("农户"):
            row[heading] = 9999


# -- LR001 to LR006 ---------------------------------------------------------------------------


@breaks("LR001")
def no_column_of_sexes(town: Town) -> Cell:
    town.headings["成员"].remove("性别")
    return "成员", "A1"


@spares("LR001")
def column_by_another_name(town: Town) -> None:
    rename(town, "成员", "证件号码", "身份证号")


def rename(town: Town, sheet: str, heading: str, other: str) -> None:
    place = town.headings[sheet].index(heading)
    town.headings[sheet][place] = other
    for row in town.rows(sheet):
        row[other] = row[heading]


@breaks("LR002")
def column_twice(town: Town) -> Cell:
    town.headings["成员"].append("身份证号")
    return town.heading_cell("成员", "身份证号")


@spares("LR002")
def helpers_phone_beside_the_phone(town: Town) -> None:
    assert {"联系电话", "帮扶人电话"} <= set(town.headings["农户"])


@breaks("LR003")
def column_of_the_county(town: Town) -> Cell:
    town.headings["成员"].append("包户代表")
    return town.heading_cell("成员", "包户代表")


@breaks("LR003")
def rooms_in_place_of_square_metres(town: Town) -> Cell:
    """Three rooms are no area of 3 ㎡, of which DC027 would speak."""
    rename(town, "农户", "住房面积(㎡)", "住房面积(间)")
    return town.heading_cell("农户", "住房面积(间)")


@spares("LR003")
def square_metres_by_another_name(town: Town) -> None:
    rename(town, "农户", "住房面积(㎡)", "住房面积(平方米)")


@spares("LR003")
def heading_with_a_star_and_a_number(town: Town) -> None:
    rename(town, "成员", "姓名", "3. 姓 名*")


@breaks("LR004")
def nothing_under_sex(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    row["性别"] = None
    return town.cell(row, "性别")


@breaks("LR004")
def nothing_that_names_the_village(town: Town) -> Cell:
    """A table without any required column has to say of which village its rows are as well."""
    row = town.row("村情")
    row["行政村"], row["村码"] = "", "999"
    return town.cell(row, "行政村")


@spares("LR004")
def nothing_under_an_optional_heading(town: Town) -> None:
    town.row("成员")["民族"] = None


@breaks("LR005")
def day_in_words(town: Town) -> Cell:
    row = town.row("识别程序")
    row["村公示开始"] = "三月初"
    return town.cell(row, "村公示开始")


@spares("LR005")
def house_of_no_size(town: Town) -> None:
    town.row("农户")["住房面积(㎡)"] = 0


@breaks("LR006")
def health_in_own_words(town: Town) -> Cell:
    row = town.row("成员", 健康状况="健康", 与户主关系="配偶")
    row["健康状况"] = "还行"
    return town.cell(row, "健康状况")


@spares("LR006")
def nation_without_its_suffix(town: Town) -> None:
    for row in town.rows("成员"):
        row["民族"] = row["民族"].removesuffix("族")


# -- LR007, LR008 -----------------------------------------------------------------------------


@breaks("LR007")
def two_blank_rows(town: Town) -> Cell:
    below(town, "识别程序", 5, {})
    below(town, "识别程序", 5, {})
    return "识别程序", "A7"


@breaks("LR007")
def subtotal_between_the_rows(town: Town) -> Cell:
    below(town, "村情", 1, {"村码": "小计"})
    return "村情", "A3"


@spares("LR007")
def blank_row_and_remark_at_the_end(town: Town) -> None:
    town.sheets["农户"] += [{}, {"县(市、区)": "填表人：李山"}]


@breaks("LR008")
def rows_filtered_away(town: Town) -> Cell:
    town.hidden_rows["成员"] = frozenset({4, 5, 6})
    return "成员", "A5"


@spares("LR008")
def hidden_row_without_data(town: Town) -> None:
    town.hidden_rows["成员"] = frozenset({len(town.sheets["成员"]) + 3})


# -- LR009, LR010, LR011 ----------------------------------------------------------------------


@breaks("LR009")
def division_by_zero(town: Town) -> Cell:
    row = town.row("农户")
    row["人均纯收入(元)"] = ErrorValue("#DIV/0!")
    return town.cell(row, "人均纯收入(元)")


@spares("LR009")
def hash_sign_in_a_remark(town: Town) -> None:
    town.row("农户")["帮扶单位"] = "#1 中学"


@breaks("LR010")
def blank_inside_a_name(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    row["姓名"] = f"{row['姓名'][0]}　{row['姓名'][1:]}"
    return town.cell(row, "姓名")


@breaks("LR010")
def full_width_phone(town: Town) -> Cell:
    row = town.row("农户")
    row["联系电话"] = row["联系电话"].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return town.cell(row, "联系电话")


@breaks("LR010")
def apostrophe_before_a_number(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    row["证件号码"] = "'" + row["证件号码"]
    return town.cell(row, "证件号码")


@spares("LR010")
def blank_inside_the_name_of_an_office(town: Town) -> None:
    town.row("农户")["帮扶单位"] = "睢宁县 教育局"


@spares("LR010")
def two_illnesses_with_a_blank_between(town: Town) -> None:
    row = town.row("成员", 残疾证号=lambda card: card is not None)
    row["健康状况"] = "长期慢性病 残疾"


@breaks("LR011")
def money_as_text(town: Town) -> Cell:
    row = town.row("农户")
    row["人均纯收入(元)"] = str(row["人均纯收入(元)"])
    return town.cell(row, "人均纯收入(元)")


@breaks("LR011")
def date_as_text(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查日期"] = f"{row['调查日期']:%Y.%m.%d}"
    return town.cell(row, "调查日期")


@breaks("LR011")
def birth_date_as_text(town: Town) -> Cell:
    row = town.row("成员")
    row["出生日期"] = f"{row['出生日期']:%Y.%m.%d}"
    return town.cell(row, "出生日期")


@spares("LR011")
def month_of_birth(town: Town) -> None:
    row = town.row("成员")
    row["出生日期"] = f"{row['出生日期']:%Y-%m}"


@spares("LR011")
def code_as_text(town: Town) -> None:
    town.row("成员", 性别="男")["性别"] = "1"


# -- LR012, LR013 -----------------------------------------------------------------------------


@breaks("LR012")
def names_of_two_members_in_one_cell(town: Town) -> Cell:
    home = town.row("农户", 家庭人口=2)
    one, two = town.members(home)
    row = town.sheets["成员"].index(one) + 1
    column = town.headings["成员"].index("性别")
    two["性别"] = None
    town.merged["成员"] = [(row, column, row + 1, column)]
    return town.cell(one, "性别")


@breaks("LR012")
def money_of_two_households_in_one_cell(town: Town) -> Cell:
    column = town.headings["农户"].index("住房面积(㎡)")
    one, two = town.rows("农户")[:2]
    two["住房面积(㎡)"] = None
    town.merged["农户"] = [(1, column, 2, column)]
    return town.cell(one, "住房面积(㎡)")


@spares("LR012")
def village_in_one_cell(town: Town) -> None:
    column = town.headings["成员"].index("行政村")
    rows = town.rows("成员", 行政村="王庄村")
    for row in rows[1:]:
        row["行政村"] = None
    town.merged["成员"] = [(1, column, len(rows), column)]


@spares("LR012")
def one_helper_for_neighbours(town: Town) -> None:
    column = town.headings["农户"].index("帮扶单位")
    one, two = town.rows("农户")[:2]
    two["帮扶单位"] = None
    town.merged["农户"] = [(1, column, 2, column)]
    assert one["帮扶单位"]


def move_cells(town: Town, rows: list[Row], start: str, end: str, by: int) -> None:
    """Move the cells from one heading to another to the right (or left), as a clerk's slip does."""
    headings = town.headings["成员"]
    moved = headings[headings.index(start) : headings.index(end) + 1]
    for row in rows:
        values = [row[heading] for heading in moved]
        values = [None, *values[:-1]] if by > 0 else [*values[1:], None]
        row.update(zip(moved, values, strict=True))


@breaks("LR013")
def three_rows_a_column_too_far_right(town: Town) -> Cell:
    rows = town.rows("成员")[4:7]
    move_cells(town, rows, "姓名", "工商登记", 1)
    return town.cell(rows[0], "性别")


@breaks("LR013")
def four_rows_a_column_too_far_left(town: Town) -> Cell:
    rows = town.rows("成员")[4:8]
    move_cells(town, rows, "姓名", "出生日期", -1)
    return town.cell(rows[0], "姓名")


@spares("LR013")
def one_number_under_two_headings(town: Town) -> None:
    """Card and identity in one another's column fit both: nothing can be said."""
    row = town.row("成员", 残疾证号=lambda card: card is not None)
    assert row["残疾证号"].startswith(row["证件号码"])


# -- LR014, LR015 -----------------------------------------------------------------------------


@breaks("LR014")
def no_word_of_property(town: Town) -> Cell:
    row = town.row("农户", **{"财产性收入(元)": 0})
    row["财产性收入(元)"] = None
    return town.cell(row, "财产性收入(元)")


@breaks("LR014")
def no_word_of_one_allowance(town: Town) -> Cell:
    row = town.row("农户", **{"生态补偿金(元)": 0})
    row["生态补偿金(元)"] = None
    return town.cell(row, "生态补偿金(元)")


@spares("LR014")
def no_word_of_the_income_at_all(town: Town) -> None:
    parts = ("低保金", "五保金", "养老保险金", "生态补偿金", "计划生育金", "其他转移性收入")
    for row in town.rows("农户", 农户属性="一般贫困户"):
        row.update({f"{part}(元)": None for part in parts})


@breaks("LR015", beside="LR106")
def most_sexes_of_a_village_turned_round(town: Town) -> Cell:
    rows = town.rows("成员", 行政村="王庄村")
    for row in rows[: len(rows) // 2]:
        row["性别"] = "女" if row["性别"] == "男" else "男"
    return town.heading_cell("成员", "性别")


@spares("LR015")
def the_same_in_every_third_row(town: Town) -> None:
    for row in town.rows("成员", 行政村="王庄村")[::3]:
        row["民族"] = None


# -- LR016 to LR019 ---------------------------------------------------------------------------


@breaks("LR016")
def a_stroke_for_no_months(town: Town) -> Cell:
    rows = [row for row in town.rows("成员") if row["务工时间(月)"] is None]
    for row, word in zip(rows, ("/", "——", "暂无"), strict=False):
        row["务工时间(月)"] = word
    return town.cell(rows[0], "务工时间(月)")


@breaks("LR016")
def no_day_of_leaving_poverty(town: Town) -> Cell:
    row = town.row("农户", 脱贫时间=None)
    row["脱贫时间"] = "不详"
    return town.cell(row, "脱贫时间")


@breaks("LR016")
def a_dash_for_no_grade(town: Town) -> Cell:
    row = town.row("农户", 是否危房="否", 危房等级=None)
    row["危房等级"] = "—"
    return town.cell(row, "危房等级")


@spares("LR016")
def values_for_nothing(town: Town) -> None:
    """What the list has a value for, and what a form asks to be written."""
    town.row("农户", 是否危房="否", 危房等级=None)["危房等级"] = "无"
    town.row("成员", **{"务工状况": None, "务工时间(月)": None})["务工状况"] = "未务工"
    town.row("农户", 其他致贫原因=None)["其他致贫原因"] = "无"
    town.row("成员", 残疾证号=None)["残疾证号"] = "无"


@breaks("LR017")
def metres_under_kilometres(town: Town) -> Cell:
    rows = town.rows("农户")[:2]
    for row in rows:
        row["与村主干路距离(公里)"] = f"{row['与村主干路距离(公里)'] * 1000:.0f}米"
    return town.cell(rows[0], "与村主干路距离(公里)")


@breaks("LR017")
def days_in_other_notations(town: Town) -> Cell:
    one, two = town.rows("入户调查")[:2]
    one["调查日期"] = f"{one['调查日期']:%Y。%m。%d}"
    two["调查日期"] = f"{two['调查日期']:%Y年%m月%d号}"
    return town.cell(one, "调查日期")


@breaks("LR017")
def daughter_in_common_words(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="之女")
    row["与户主关系"] = "闺女"
    return town.cell(row, "与户主关系")


@breaks("LR017")
def phone_in_groups(town: Town) -> Cell:
    row = town.row("农户")
    phone = row["联系电话"]
    row["联系电话"] = f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return town.cell(row, "联系电话")


@spares("LR017")
def words_of_other_forms(town: Town) -> None:
    town.row("成员", 与户主关系="之子")["与户主关系"] = "儿子"
    town.row("成员", 性别="女")["性别"] = "2:女"


@breaks("LR018")
def name_and_number_swapped(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    row["姓名"], row["证件号码"] = row["证件号码"], row["姓名"]
    return town.cell(row, "证件号码")


@breaks("LR018")
def heads_name_and_number_swapped(town: Town) -> Cell:
    row = town.row("农户")
    row["户主姓名"], row["户主证件号码"] = row["户主证件号码"], row["户主姓名"]
    return town.cell(row, "户主证件号码")


def _exchange(rows: list[Row], one: str, other: str) -> None:
    for row in rows:
        row[one], row[other] = row[other], row[one]


@breaks("LR018")
def names_and_sexes_swapped(town: Town) -> Cell:
    rows = town.rows("成员")[4:7]
    _exchange(rows, "姓名", "性别")
    return town.cell(rows[0], "性别")


@breaks("LR018")
def health_and_labour_of_one_swapped(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    _exchange([row], "健康状况", "劳动能力")
    return town.cell(row, "劳动能力")


@breaks("LR018")
def phone_and_account_swapped(town: Town) -> Cell:
    row = town.row("农户")
    _exchange([row], "联系电话", "银行账号")
    return town.cell(row, "银行账号")


@breaks("LR018")
def schooling_and_health_of_a_village_swapped(town: Town) -> Cell:
    """One finding, for an empty cell among them too."""
    rows = town.rows("成员", 行政村="王庄村")
    rows[3]["健康状况"] = None
    _exchange(rows, "文化程度", "健康状况")
    return town.cell(rows[0], "健康状况")


@breaks("LR018")
def name_and_household_number_of_one_swapped(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="配偶")
    _exchange([row], "户编号", "姓名")
    return town.cell(row, "姓名")


@breaks("LR018")
def household_numbers_and_persons_swapped(town: Town) -> Cell:
    """By its form a number of a household may be one of before 1999."""
    rows = town.rows("成员")[4:9]
    _exchange(rows, "户编号", "证件号码")
    return town.cell(rows[0], "证件号码")


@breaks("LR018")
def household_number_and_head_of_a_village_swapped(town: Town) -> Cell:
    rows = town.rows("农户", 行政村="王庄村")
    _exchange(rows, "户编号", "户主姓名")
    return town.cell(rows[0], "户主姓名")


@spares("LR018")
def card_under_its_owners_number(town: Town) -> None:
    row = town.row("成员", 残疾证号=lambda card: card is not None)
    assert row["残疾证号"].startswith(row["证件号码"])


@breaks("LR019")
def a_column_exported_as_texts(town: Town) -> Cell:
    for row in town.rows("农户"):
        row["收入年度"] = str(row["收入年度"])
    return town.cell(town.row("农户"), "收入年度")


@spares("LR019")
def a_column_of_numbers(town: Town) -> None:
    assert {type(row["收入年度"]) for row in town.rows("农户")} == {int}


# -- headings that may be a missing column; findings about a whole column -----------------------


@breaks("LR001")
def column_whose_name_is_misspelt(town: Town) -> Cell:
    """One finding: the heading that is not known is not told once more as LR003."""
    rename(town, "成员", "性别", "性别情况")
    return town.heading_cell("成员", "性别情况")


# -- LR020, LR021, LR022 ----------------------------------------------------------------------

PLACES = ("县(市、区)", "乡(镇)", "行政村", "村民小组", "村码")


def only_in_the_heads_row(town: Town) -> list[Row]:
    """The rows of the other members, from which the number and the place have been taken."""
    rows = [row for row in town.rows("成员") if row["与户主关系"] != "户主"]
    for row in rows:
        row |= dict.fromkeys(("户编号", *PLACES))
    return rows


@breaks("LR020")
def number_in_the_heads_row_alone(town: Town) -> Cell:
    return town.cell(only_in_the_heads_row(town)[0], "户编号")


@spares("LR020")
def group_that_somebody_forgot(town: Town) -> None:
    town.row("成员", 与户主关系="配偶")["村民小组"] = None


@breaks("LR021")
def nation_as_above(town: Town) -> Cell:
    rows = town.rows("成员")
    for row in rows[1:]:
        row["民族"] = "同上" if row["民族"] == "汉族" else row["民族"]
    return town.cell(rows[1], "民族")


@spares("LR021")
def helper_called_as_above(town: Town) -> None:
    town.row("农户")["帮扶单位"] = "同上村小学"


@breaks("LR022")
def rows_with_places_alone(town: Town) -> Cell:
    last = len(town.sheets["成员"])
    place = {"县(市、区)": "睢宁县", "乡(镇)": "官山镇", "年龄": ErrorValue("#VALUE!")}
    town.sheets["成员"] += [dict(place) for _ in range(3)]
    return "成员", f"A{last + 2}"


@spares("LR022")
def remark_below_the_last_row(town: Town) -> None:
    town.sheets["成员"] += [{}, {"县(市、区)": "睢宁县扶贫办（盖章）", "行政村": "2016年3月11日"}]
