"""LR2 农户与成员、与户主关系."""

from datetime import date

from cases_entry_identity import write_digits
from family_changes import add_member, be_able, families, family, years_later
from survey_edits import earn
from town import Cell, Row, Town, breaks, spares

from generators.members import LABOURERS, be_born
from jiandang.report.model import Severity


@breaks("LR201")
def nobody_is_the_head(town: Town) -> Cell:
    head, spouse, _ = family(town, "户主", "配偶", "之子")
    head["与户主关系"] = "其他"
    assert spouse["与户主关系"] == "配偶"
    return town.cell(head, "与户主关系")


@breaks("LR201")
def row_of_the_head_left_out(town: Town) -> Cell:
    """That one member lacks as well is not told again (LR203)."""
    head, spouse, _ = family(town, "户主", "配偶", "之子")
    town.household(head)["劳动力人数"] -= head["劳动能力"] in LABOURERS
    town.policy["quota_tolerance"] = 0.5
    town.sheets["成员"].remove(head)
    return town.cell(spouse, "与户主关系")


@spares("LR201")
def head_called_himself(town: Town) -> None:
    family(town, "户主", "配偶")[0]["与户主关系"] = "本人"


@breaks("LR004")
def head_without_relation(town: Town) -> Cell:
    head = family(town, "户主", "配偶", "之子")[0]
    head["与户主关系"] = None
    return town.cell(head, "与户主关系")


# What lacks a number is told at its cell, not as a household with too few people or no head.


@breaks("LR004")
def member_without_number(town: Town) -> Cell:
    row = family(town, "户主", "配偶", "之子")[1]
    row["户编号"] = None
    return town.cell(row, "户编号")


@breaks("LR004")
def head_without_number(town: Town) -> Cell:
    row = family(town, "户主", "配偶", "之子")[0]
    row["户编号"] = row["人编号"] = None
    return town.cell(row, "户编号")


@breaks("LR004")
def only_member_without_number(town: Town) -> Cell:
    row = family(town, "户主")[0]
    row["户编号"] = row["人编号"] = None
    return town.cell(row, "户编号")


@breaks("LR006")
def head_with_unreadable_relation(town: Town) -> Cell:
    head = family(town, "户主", "配偶", "之子")[0]
    head["与户主关系"] = "当家的"
    return town.cell(head, "与户主关系")


@breaks("LR202")
def brother_is_a_head_too(town: Town) -> Cell:
    brother = family(town, "户主", "之兄弟姐妹")[1]
    brother["与户主关系"] = "户主"
    return town.cell(brother, "与户主关系")


@breaks("LR202")
def brother_is_a_head_at_the_end_of_the_sheet(town: Town) -> Cell:
    """Whoever sorts the sheet by name has made no second household."""
    brother = family(town, "户主", "之兄弟姐妹")[1]
    brother["与户主关系"] = "户主"
    rows = town.sheets["成员"]
    rows.append(rows.pop(next(i for i, row in enumerate(rows) if row is brother)))
    return town.cell(brother, "与户主关系")


@breaks("LR202")
def everybody_is_a_head(town: Town) -> Cell:
    rows = family(town, "户主", "配偶", "之女", "之子")
    for row in rows:
        row["与户主关系"] = "户主"
    return town.cell(rows[1], "与户主关系")


@spares("LR202")
def head_after_his_wife(town: Town) -> None:
    head, spouse = family(town, "户主", "配偶")
    rows = town.sheets["成员"]
    place = next(i for i, row in enumerate(rows) if row is head)
    rows[place : place + 2] = [spouse, head]


@breaks("LR203")
def one_more_in_size(town: Town) -> Cell:
    home = town.household(family(town, "户主", "配偶")[0])
    home["家庭人口"] += 1
    earn(home)
    return town.cell(home, "家庭人口")


@spares("LR203")
def one_more_in_both(town: Town) -> None:
    head = family(town, "户主", "配偶")[0]
    add_member(town, head, date(1975, 2, 3), 与户主关系="之兄弟姐妹", 劳动能力="丧失劳动力",
               健康状况="患有大病")  # fmt: skip


@breaks("LR204")
def one_labourer_too_many(town: Town) -> Cell:
    home = town.household(family(town, "户主", "配偶", "之女", "之子")[0])
    home["劳动力人数"] += 1
    return town.cell(home, "劳动力人数")


@breaks("LR204")
def more_labourers_than_people(town: Town) -> Cell:
    head = family(town, "户主", "配偶")[0]
    head["劳动能力"] = None
    home = town.household(head)
    home["劳动力人数"] = 3
    return town.cell(home, "劳动力人数")


@spares("LR204")
def half_a_labourer_counted(town: Town) -> None:
    family(town, "户主", "配偶", "之子")[1]["劳动能力"] = "弱劳动力或半劳动力"


@spares("LR204")
def half_a_labourer_not_counted(town: Town) -> None:
    be_able(town, family(town, "户主", "配偶", "之子")[1], "弱劳动力或半劳动力")


@spares("LR204")
def labour_of_a_child_not_asked(town: Town) -> None:
    family(town, "户主", "配偶", "之女", "之子")[3]["劳动能力"] = None


@breaks("LR205")
def household_not_in_table_2(town: Town) -> Cell:
    head = family(town, "户主", "配偶")[0]
    town.sheets["农户"].remove(town.household(head))
    return town.cell(head, "户编号")


@breaks("LR205")
def family_under_another_number(town: Town) -> Cell:
    rows = family(town, "户主", "配偶")
    for row in rows:
        row["户编号"] = row["户编号"][:12] + "901"
        row["人编号"] = row["户编号"] + row["人编号"][-2:]
    return town.cell(rows[0], "户编号")


@breaks("LR205")
def son_under_a_number_with_a_slip(town: Town) -> Cell:
    son = family(town, "户主", "配偶", "之女", "之子", 行政村="王庄村")[3]
    right = son["户编号"]
    son["户编号"] = right[:-2] + "9" + right[-1]
    found = town.findings(select=["LR203", "LR205", "LR206"])
    assert [(f.rule, f.expected) for f in found] == [("LR205", right)]
    return town.cell(son, "户编号")


@breaks("LR205")
def family_under_a_number_with_a_slip(town: Town) -> Cell:
    members = family(town, "户主", "配偶", "之子", 行政村="王庄村")
    right = members[0]["户编号"]
    for row in members:
        row["户编号"] = right[:-2] + "8" + right[-1]
    (found,) = town.findings(select=["LR205"])
    assert found.expected == right
    return town.cell(members[0], "户编号")


@spares("LR205")
def village_not_in_table_2(town: Town) -> None:
    homes = town.sheets["农户"]
    homes[:] = [home for home in homes if home["行政村"] != "柳湾村"]


@breaks("LR206")
def household_without_members(town: Town) -> Cell:
    rows = family(town, "户主", "配偶")
    home = town.household(rows[0])
    members = town.sheets["成员"]
    members[:] = [row for row in members if row not in rows]
    return town.cell(home, "户编号")


@spares("LR206")
def village_not_in_table_1(town: Town) -> None:
    members = town.sheets["成员"]
    members[:] = [row for row in members if row["行政村"] != "柳湾村"]


@breaks("LR207")
def head_by_another_name(town: Town) -> Cell:
    home = town.household(family(town, "户主", "配偶")[0])
    home["户主姓名"] = home["户主姓名"][0] + "改名"
    return town.cell(home, "户主姓名")


@breaks("LR207")
def head_by_another_name_without_a_number(town: Town) -> Cell:
    home = town.household(family(town, "户主", "配偶")[0])
    home["户主姓名"], home["户主证件号码"] = home["户主姓名"][0] + "改名", None
    (found,) = town.findings(select=["LR207"])
    assert f"户主是“{home['户主姓名']}”，" in found.message
    assert "****" in found.message
    return town.cell(home, "户主姓名")


@breaks("LR207")
def head_by_another_number(town: Town) -> Cell:
    head, spouse = family(town, "户主", "配偶")
    home = town.household(head)
    home["户主证件号码"] = spouse["证件号码"]
    return town.cell(home, "户主证件号码")


@breaks("LR207")
def wife_in_the_heads_place(town: Town) -> Cell:
    head, spouse = family(town, "户主", "配偶")
    home = town.household(head)
    home["户主姓名"], home["户主证件号码"] = spouse["姓名"], spouse["证件号码"]
    return town.cell(home, "户主姓名")


@breaks("LR103")
def heads_number_damaged(town: Town) -> Cell:
    head = family(town, "户主", "配偶")[0]
    number = head["证件号码"]
    head["证件号码"] = number[:17] + ("1" if number[17] != "1" else "2")
    return town.cell(head, "证件号码")


@spares("LR207")
def head_in_traditional_characters(town: Town) -> None:
    one, other = (town.household(row) for row in town.rows("成员", 与户主关系="配偶")[:2])
    for home, name, same in ((one, "张刚建", "張剛建"), (other, "胡华升", "胡华昇")):
        town.members(home)[0]["姓名"], home["户主姓名"] = name, same


@spares("LR207")
def heads_number_not_given(town: Town) -> None:
    town.household(family(town, "户主", "配偶")[0])["户主证件号码"] = None


@breaks("LR208")
def daughter_in_law_as_spouse(town: Town) -> Cell:
    row = family(town, "户主", "配偶", "之子", "之儿媳", "之孙子")[3]
    row["与户主关系"] = "配偶"
    return town.cell(row, "与户主关系")


@spares("LR208")
def wife_and_daughter_in_law(town: Town) -> None:
    rows = family(town, "户主", "配偶", "之子", "之儿媳", "之孙子")
    rows[1]["与户主关系"], rows[3]["与户主关系"] = "妻", "儿媳"


@breaks("LR209")
def brother_as_spouse(town: Town) -> Cell:
    brother = family(town, "户主", "之兄弟姐妹")[1]
    brother["与户主关系"] = "配偶"
    return town.cell(brother, "与户主关系")


@spares("LR209")
def wife_as_head(town: Town) -> None:
    head, spouse = family(town, "户主", "配偶")
    _swap_heads(town, head, spouse, "配偶")


def _swap_heads(town: Town, head: Row, other: Row, relation: str) -> None:
    home = town.household(head)
    home["户主姓名"], home["户主证件号码"] = other["姓名"], other["证件号码"]
    head["与户主关系"], other["与户主关系"] = relation, "户主"


@breaks("LR210")
def grandson_as_head(town: Town) -> Cell:
    grandmother, grandson = family(town, "户主", "之孙子")
    _swap_heads(town, grandmother, grandson, "之祖母")
    return town.cell(grandson, "与户主关系")


@breaks("LR210")
def little_son_as_head(town: Town) -> Cell:
    """The other ages do not fit the boy either; it is one cause."""
    head, _, _, son = family(town, "户主", "配偶", "之女", "之子")
    _swap_heads(town, head, son, "之子")
    return town.cell(son, "与户主关系")


@spares("LR210")
def grandson_of_16_as_head(town: Town) -> None:
    grandmother, grandson = family(town, "户主", "之孙子")
    be_born(grandson, date(1999, 12, 31))
    grandson["文化程度"], grandson["在校生状况"] = "高中", "普通高中一年级"
    _swap_heads(town, grandmother, grandson, "之祖母")


@breaks("LR211", severity=Severity.SUSPECT)
def brother_as_son(town: Town) -> Cell:
    brother = family(town, "户主", "之兄弟姐妹")[1]
    brother["与户主关系"] = "之子"
    return town.cell(brother, "与户主关系")


@spares("LR210")
def orphan_as_head(town: Town) -> None:
    """The parents have died, and so has the grandmother."""
    grandmother, child = family(town, "户主", "之孙子")
    town.policy["quota_tolerance"] = 0.5
    home = town.household(child)
    town.sheets["成员"].remove(grandmother)
    be_able(town, grandmother, "无劳动力")
    home["家庭人口"], home["主要致贫原因"] = 1, "缺劳力"
    home["户主姓名"], home["户主证件号码"] = child["姓名"], child["证件号码"]
    child["与户主关系"] = "户主"
    home["流转面积(亩)"] = home["耕地面积(亩)"]
    earn(home, 工资性收入=0, 生产经营性收入=0, 生产经营性支出=0)
    earn(home, 养老保险金=0, 财产性收入=600, 其他转移性收入=3000)


@breaks("LR211")
def son_as_father(town: Town) -> Cell:
    son = family(town, "户主", "配偶", "之子")[2]
    son["与户主关系"] = "之父"
    return town.cell(son, "与户主关系")


@breaks("LR211", severity=Severity.SUSPECT)
def grandmother_too_young(town: Town) -> Cell:
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    mother["与户主关系"] = "之祖母"
    return town.cell(mother, "与户主关系")


@breaks("LR211", severity=Severity.SUSPECT)
def father_of_13(town: Town) -> Cell:
    son = _born_after_the_head(town, 14, days=-1)
    return town.cell(son, "与户主关系")


@breaks("LR211", severity=Severity.SUSPECT)
def grandson_as_son_of_a_woman(town: Town) -> Cell:
    head, grandson = family(town, "户主", "之孙子")
    _be_of_sex(town, head, "女")
    grandson["与户主关系"] = "之子"
    return town.cell(grandson, "与户主关系")


@breaks("LR211", severity=Severity.SUSPECT)
def grandson_as_son_of_a_man(town: Town) -> Cell:
    return town.cell(_late_son(town), "与户主关系")


@breaks("LR211", severity=Severity.SUSPECT)
def grandson_as_son_of_an_old_couple(town: Town) -> Cell:
    son = _late_son(town)
    _add_wife(town, son, years=46)
    return town.cell(son, "与户主关系")


@spares("LR211")
def late_son_of_a_young_wife(town: Town) -> None:
    _add_wife(town, _late_son(town), years=45)


def _late_son(town: Town) -> Row:
    """His father is 57 years older."""
    head, son = family(town, "户主", "之孙子")
    _be_of_sex(town, head, "男")
    son["与户主关系"] = "之子"
    return son


def _add_wife(town: Town, son: Row, years: int) -> None:
    head = town.members(son)[0]
    born = years_later(son["出生日期"], -years)
    ill = {"劳动能力": "丧失劳动力", "健康状况": "长期慢性病"}
    _be_of_sex(town, add_member(town, head, born, 与户主关系="配偶", **ill), "女")


def _be_of_sex(town: Town, member: Row, sex: str) -> None:
    if member["性别"] != sex:
        member["性别"] = sex
        write_digits(member, 14, f"{(int(member['证件号码'][14:17]) + 1) % 1000:03}")
        if member["与户主关系"] == "户主":
            town.household(member)["户主证件号码"] = member["证件号码"]


@spares("LR211")
def father_of_14(town: Town) -> None:
    _born_after_the_head(town, 14)


@spares("LR211")
def young_mother_in_law(town: Town) -> None:
    """The parents of a spouse, and a child's spouse, are not compared with the head."""
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    mother["与户主关系"] = "之岳母"
    head = town.members(mother)[0]
    be_born(mother, years_later(head["出生日期"], -10))
    be_able(town, mother, "普通劳动力")
    earn(town.household(mother), 养老保险金=0)


def _born_after_the_head(town: Town, years: int, days: int = 0) -> Row:
    for head, _, son in families(town, "户主", "配偶", "之子"):
        if 1 < head["出生日期"].day < 28 and head["年龄"] < 60:
            be_born(son, years_later(head["出生日期"], years, days))
            return son
    raise LookupError


@breaks("LR212")
def boy_as_daughter(town: Town) -> Cell:
    son = family(town, "户主", "配偶", "之女", "之子")[3]
    son["与户主关系"] = "之女"
    return town.cell(son, "与户主关系")


@breaks("LR106")
def sex_mistyped(town: Town) -> Cell:
    """The number says that the relation is right."""
    son = family(town, "户主", "配偶", "之女", "之子")[3]
    son["性别"] = "女"
    return town.cell(son, "性别")


@spares("LR212")
def granddaughter_or_grandson(town: Town) -> None:
    family(town, "户主", "之女", "之女婿", "之外孙女")[3]["与户主关系"] = "孙子或孙女"


@breaks("LR213")
def son_in_another_group(town: Town) -> Cell:
    son = family(town, "户主", "配偶", "之子")[2]
    son["村民小组"] = "九组"
    return town.cell(son, "村民小组")


@breaks("LR213")
def son_with_another_income(town: Town) -> Cell:
    _in_members(town, "人均纯收入(元)")
    son = family(town, "户主", "配偶", "之子")[2]
    son["人均纯收入(元)"] += 100
    return town.cell(son, "人均纯收入(元)")


@breaks("LR213")
def son_in_a_house_in_danger_alone(town: Town) -> Cell:
    _in_members(town, "是否危房")
    son = family(town, "户主", "配偶", "之子")[2]
    son["是否危房"] = "是" if son["是否危房"] == "否" else "否"
    (found,) = town.findings(select=["LR213"])
    assert f"这里是“{son['是否危房']}”" in found.message
    return town.cell(son, "是否危房")


@breaks("LR213")
def head_in_another_village(town: Town) -> Cell:
    """The others, with whom table 2 agrees, are not told of besides."""
    head = family(town, "户主", "配偶", "之子")[0]
    head["行政村"] = "柳湾村" if head["行政村"] != "柳湾村" else "王庄村"
    return town.cell(head, "行政村")


@breaks("LR213")
def head_with_another_answer_than_all_others(town: Town) -> Cell:
    """Of the rows of one sheet the one that differs from all others is the odd one."""
    _in_members(town, "是否通广播电视")
    town.headings["农户"].remove("是否通广播电视")
    head = family(town, "户主", "配偶", "之子")[0]
    head["是否通广播电视"] = "是" if head["是否通广播电视"] == "否" else "否"
    return town.cell(head, "是否通广播电视")


def _call(town: Town, homes: int, name: str) -> Cell:
    """The members of so many households of a village under another name of it."""
    first, *others = town.rows("农户", 行政村="王庄村")[:homes]
    for home in (first, *others):
        for row in town.members(home):
            row["行政村"] = name
    return town.cell(town.members(first)[0], "行政村")


@breaks("LR226")
def members_of_a_village_with_a_new_name(town: Town) -> Cell:
    return _call(town, 99, "王庄居委会")


@breaks("LR226")
def members_of_three_households_in_another_village(town: Town) -> Cell:
    return _call(town, 3, "柳湾村")


@breaks("LR226")
def members_under_another_villages_code(town: Town) -> Cell:
    first, *_ = homes = town.rows("农户", 行政村="王庄村")
    for row in (row for home in homes for row in town.members(home)):
        row["村码"] = f"{row['村码'][:-1]}9"
    return town.cell(town.members(first)[0], "村码")


@breaks("LR213")
def one_household_under_another_villages_code(town: Town) -> Cell:
    members = town.members(town.rows("农户", 行政村="王庄村")[2])
    for row in members:
        row["村码"] = f"{row['村码'][:-1]}9"
    return town.cell(members[0], "村码")


@spares("LR226")
def members_under_other_writings_of_the_village(town: Town) -> None:
    for homes, name in ((9, "王莊村"), (6, "王庄（村）"), (3, "官山镇王庄村")):
        _call(town, homes, name)


@spares("LR213")
def income_in_the_heads_row_only(town: Town) -> None:
    _in_members(town, "人均纯收入(元)")
    for row in town.rows("成员", 与户主关系=lambda relation: relation != "户主"):
        row["人均纯收入(元)"] = None


@spares("LR213")
def son_with_a_phone_of_his_own(town: Town) -> None:
    _in_members(town, "联系电话")
    family(town, "户主", "配偶", "之子")[2]["联系电话"] = "13912345678"


def _in_members(town: Town, heading: str) -> None:
    town.headings["成员"].append(heading)
    for home in town.rows("农户"):
        for row in town.members(home):
            row[heading] = home[heading]


@breaks("LR214", severity=Severity.INFO)
def wife_21_years_younger(town: Town) -> Cell:
    return town.cell(_younger_wife(town, 21), "与户主关系")


@breaks("LR214")
def wife_31_years_younger(town: Town) -> Cell:
    return town.cell(_younger_wife(town, 31), "与户主关系")


@breaks("LR214")
def wife_21_years_younger_who_may_be_a_daughter(town: Town) -> Cell:
    wife = _younger_wife(town, 21)
    wife["姓名"] = f"{town.household(wife)['户主姓名'][0]}小妹"
    return town.cell(wife, "与户主关系")


@spares("LR214")
def wife_20_years_younger(town: Town) -> None:
    _younger_wife(town, 20, days=1)


def _younger_wife(town: Town, years: int, days: int = 0) -> Row:
    head, spouse = family(town, "户主", "配偶", 主要致贫原因="因病", 劳动力人数=0)
    be_born(spouse, years_later(head["出生日期"], years, days))
    be_able(town, spouse, "普通劳动力")
    return spouse


@breaks("LR215")
def husbands_mother_of_a_man(town: Town) -> Cell:
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    mother["与户主关系"] = "之婆婆"
    return town.cell(mother, "与户主关系")


@breaks("LR215")
def wifes_father_of_a_woman(town: Town) -> Cell:
    father = family(town, "户主", "之公公", "之婆婆", "之子")[1]
    father["与户主关系"] = "岳父"
    return town.cell(father, "与户主关系")


@spares("LR215")
def wifes_mother_of_a_man(town: Town) -> None:
    family(town, "户主", "配偶", "之女", "之母")[3]["与户主关系"] = "岳母"


@breaks("LR216", severity=Severity.INFO)
def six_of_three_generations(town: Town) -> Cell:
    return town.cell(_grandchild_more(town, 6), "家庭人口")


@breaks("LR216")
def six_with_a_nephew(town: Town) -> Cell:
    home = _grandchild_more(town, 6)
    town.members(home)[-1]["与户主关系"] = "之侄儿"
    return town.cell(home, "家庭人口")


@breaks("LR216", severity=Severity.INFO)
def six_with_a_single_brother(town: Town) -> Cell:
    home = _grandchild_more(town, 6)
    town.members(home)[2]["与户主关系"] = "之兄弟姐妹"
    return town.cell(home, "家庭人口")


@spares("LR216")
def six_where_seven_are_many(town: Town) -> None:
    _grandchild_more(town, 7)


def _grandchild_more(town: Town, large: int) -> Row:
    town.policy["large_household"] = large
    rows = family(town, "户主", "配偶", "之子", "之儿媳", "之孙子")
    add_member(town, rows[-1], years_later(rows[-1]["出生日期"], 1))
    return town.household(rows[0])
