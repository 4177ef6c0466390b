"""DC 入户调查关: health, house, land, water and road."""

from family_changes import be_able
from survey_edits import couple, exit_poverty, farmer
from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity


@breaks("DC032")
def healthy_with_a_card(town: Town) -> Cell:
    member = town.row("成员", 残疾证号=bool, 劳动能力="普通劳动力")
    member["健康状况"] = "健康"
    return town.cell(member, "健康状况")


@breaks("DC032")
def healthy_with_a_card_and_unable_to_work(town: Town) -> Cell:
    """The health is wrong, so that it does not belie the labour as well (LR314)."""
    member = town.row("成员", 残疾证号=bool, 劳动能力="丧失劳动力")
    member["健康状况"] = "健康"
    return town.cell(member, "健康状况")


@spares("DC032")
def ill_with_a_card(town: Town) -> None:
    town.row("成员", 残疾证号=bool, 健康状况="残疾")["健康状况"] = "长期慢性病"


@breaks("DC066")
def healthy_and_disabled(town: Town) -> Cell:
    member = town.row("成员", 残疾证号=bool, 健康状况="残疾")
    member["健康状况"] = "健康、残疾"
    return town.cell(member, "健康状况")


@breaks("DC066")
def disabled_without_a_card_and_healthy(town: Town) -> Cell:
    """Which of them is so is open, so that no card is missed (DC033)."""
    member = town.row("成员", 残疾证号=bool, 健康状况="残疾")
    member |= {"健康状况": "残疾、健康", "残疾证号": None}
    return town.cell(member, "健康状况")


@spares("DC066")
def ill_and_disabled(town: Town) -> None:
    town.row("成员", 残疾证号=bool, 健康状况="残疾")["健康状况"] = "长期慢性病、残疾"


@breaks("DC033")
def disabled_without_a_card(town: Town) -> Cell:
    member = town.row("成员", 健康状况="残疾")
    member["残疾证号"] = None
    return town.cell(member, "残疾证号")


@breaks("DC033")
def nobody_certified_who_cannot_work(town: Town) -> Cell:
    member = town.row("成员", 健康状况="残疾", 劳动能力="丧失劳动力")
    member["残疾证号"] = None
    return town.cell(member, "残疾证号")


@breaks("DC033")
def disabled_and_fit_for_all_work(town: Town) -> Cell:
    """Where all the others have cards."""
    member = town.row("成员", 健康状况="残疾")
    be_able(town, member, "普通劳动力")
    member["残疾证号"] = None
    return town.cell(member, "残疾证号")


@breaks("DC033", severity=Severity.INFO)
def disabled_with_some_strength_left(town: Town) -> Cell:
    member = town.row("成员", 健康状况="残疾")
    be_able(town, member, "弱劳动力或半劳动力")
    member["残疾证号"] = None
    return town.cell(member, "残疾证号")


@breaks("DC033", severity=Severity.INFO)
def disabled_by_old_age(town: Town) -> Cell:
    member = town.row("成员", 年龄=76, 劳动能力="无劳动力")
    member["健康状况"] = "残疾"
    return town.cell(member, "残疾证号")


@breaks("DC033", severity=Severity.INFO)
def disabled_child(town: Town) -> Cell:
    child = town.row("成员", 在校生状况="小学")
    child["健康状况"] = "残疾"
    return town.cell(child, "残疾证号")


@spares("DC033")
def card_in_place_of_the_id(town: Town) -> None:
    member = town.row("成员", 健康状况="残疾", 与户主关系="配偶")
    member["证件类型"], member["证件号码"] = "残疾人证", member["残疾证号"]
    member["残疾证号"] = None


@breaks("DC034")
def gravely_ill_labourer(town: Town) -> Cell:
    member = town.row("成员", 健康状况="患有大病")
    member["劳动能力"], member["务工时间(月)"] = "普通劳动力", 0
    town.household(member)["劳动力人数"] += 1
    return town.cell(member, "劳动能力")


@breaks("DC034")
def heavily_disabled_labourer(town: Town) -> Cell:
    member = town.row("成员", 残疾证号=lambda card: card and card[-1] == "2")
    member["劳动能力"], member["务工时间(月)"] = "普通劳动力", 0
    town.household(member)["劳动力人数"] += 1
    return town.cell(member, "劳动能力")


@breaks("DC034", severity=Severity.INFO)
def skilled_blind_labourer(town: Town) -> Cell:
    member = town.row("成员", 残疾证号=lambda card: card and card[-1] == "2")
    member["残疾证号"] = f"{member['残疾证号'][:18]}12"
    member["劳动能力"], member["务工时间(月)"] = "技能劳动力", 0
    town.household(member)["劳动力人数"] += 1
    return town.cell(member, "劳动能力")


@spares("DC034")
def lightly_disabled_labourer(town: Town) -> None:
    member = town.row("成员", 残疾证号=lambda card: card and card[-1] == "4")
    assert member["劳动能力"] == "普通劳动力"
    member["残疾证号"] = member["残疾证号"][:-1] + "3"


def large_family(town: Town) -> Row:
    return town.row("农户", 家庭人口=5)


@breaks("DC027")
def house_too_small(town: Town) -> Cell:
    record = large_family(town)
    record["住房面积(㎡)"] = 9.9
    return town.cell(record, "住房面积(㎡)")


@breaks("DC027")
def house_too_large(town: Town) -> Cell:
    record = large_family(town)
    record["住房面积(㎡)"] = 301
    return town.cell(record, "住房面积(㎡)")


@breaks("DC027")
def house_too_large_for_two(town: Town) -> Cell:
    record = town.row("农户", 家庭人口=2)
    record["住房面积(㎡)"] = 201
    return town.cell(record, "住房面积(㎡)")


@spares("DC027")
def one_left_in_the_family_house(town: Town) -> None:
    farmer(town)["住房面积(㎡)"] = 160


@spares("DC027")
def no_house_and_houses_at_the_bounds(town: Town) -> None:
    first, second, third = town.rows("农户", 家庭人口=5)[:3]
    for record, area in ((farmer(town), 100), (first, 0), (second, 10), (third, 300)):
        record["住房面积(㎡)"] = area


def grade(town: Town, dangerous: str, danger_grade: str | None) -> Row:
    record = couple(town)
    record["是否危房"], record["危房等级"] = dangerous, danger_grade
    return record


@breaks("DC028")
def danger_without_a_grade(town: Town) -> Cell:
    return town.cell(grade(town, "是", None), "危房等级")


@breaks("DC028")
def grade_without_danger(town: Town) -> Cell:
    return town.cell(grade(town, "否", "D级"), "危房等级")


@spares("DC028")
def grade_of_a_safe_house(town: Town) -> None:
    grade(town, "否", "B级")


@breaks("DC052")
def danger_of_a_safe_grade(town: Town) -> Cell:
    return town.cell(grade(town, "是", "B级"), "危房等级")


@spares("DC052")
def danger_of_the_least_grade(town: Town) -> None:
    grade(town, "是", "C级")


@breaks("DC029")
def too_much_land(town: Town) -> Cell:
    record = large_family(town)
    record["耕地面积(亩)"] = 30.5
    return town.cell(record, "耕地面积(亩)")


@breaks("DC029")
def too_much_land_for_one(town: Town) -> Cell:
    record = farmer(town)
    record["耕地面积(亩)"] = 8.1
    return town.cell(record, "耕地面积(亩)")


@spares("DC029")
def land_at_the_bounds(town: Town) -> None:
    large_family(town)["耕地面积(亩)"] = 30
    farmer(town)["耕地面积(亩)"] = 8


@breaks("DC030")
def irrigated_more_than_the_land(town: Town) -> Cell:
    record = couple(town)
    record["有效灌溉面积(亩)"] = record["耕地面积(亩)"] + 0.1
    return town.cell(record, "有效灌溉面积(亩)")


@breaks("DC030")
def let_more_than_the_land(town: Town) -> Cell:
    record = couple(town)
    record["流转面积(亩)"] = record["耕地面积(亩)"] + 0.1
    return town.cell(record, "流转面积(亩)")


@spares("DC030")
def irrigated_and_let_as_a_whole(town: Town) -> None:
    record = couple(town)
    record["有效灌溉面积(亩)"] = record["流转面积(亩)"] = record["耕地面积(亩)"]


@breaks("DC031")
def water_short_and_safe(town: Town) -> Cell:
    record = couple(town)
    record["饮水是否困难"] = "是"
    return town.cell(record, "饮水是否安全")


@spares("DC031")
def water_short_and_unsafe(town: Town) -> None:
    record = couple(town)
    record["饮水是否困难"], record["饮水是否安全"] = "是", "否"


@breaks("DC047")
def out_of_poverty_in_danger(town: Town) -> Cell:
    record = grade(town, "是", "C级")
    exit_poverty(record)
    return town.cell(record, "是否危房")


@spares("DC047")
def out_of_poverty_in_a_safe_house(town: Town) -> None:
    exit_poverty(grade(town, "否", None))


@breaks("DC048")
def out_of_poverty_without_safe_water(town: Town) -> Cell:
    record = couple(town)
    exit_poverty(record)
    record["饮水是否安全"] = "否"
    return town.cell(record, "饮水是否安全")


@breaks("DC048")
def out_of_poverty_short_of_water(town: Town) -> Cell:
    record = couple(town)
    exit_poverty(record)
    record["饮水是否困难"] = "是"
    return town.cell(record, "饮水是否安全")


@spares("DC048")
def out_of_poverty_with_water(town: Town) -> None:
    record = couple(town)
    exit_poverty(record)
    record["饮水是否安全"] = None


@breaks("DC050")
def road_in_metres(town: Town) -> Cell:
    record = couple(town)
    record["与村主干路距离(公里)"] = 300
    return town.cell(record, "与村主干路距离(公里)")


@breaks("DC050", severity=Severity.INFO)
def road_that_is_long_but_no_metres(town: Town) -> Cell:
    record = couple(town)
    record["与村主干路距离(公里)"] = 2.4
    return town.cell(record, "与村主干路距离(公里)")


@spares("DC050")
def road_at_the_bound(town: Town) -> None:
    couple(town)["与村主干路距离(公里)"] = 2


@breaks("DC051")
def too_large_a_pond(town: Town) -> Cell:
    record = couple(town)
    record["水面面积(亩)"] = 50.5
    return town.cell(record, "水面面积(亩)")


@breaks("DC051")
def returned_more_than_there_is(town: Town) -> Cell:
    record = couple(town)
    record.update({"林地面积(亩)": 1, "牧草地面积(亩)": 0.5, "退耕还林面积(亩)": 1.6})
    return town.cell(record, "退耕还林面积(亩)")


@spares("DC051")
def woods_at_the_bounds(town: Town) -> None:
    record = couple(town)
    record.update({"林地面积(亩)": 50, "林果面积(亩)": 50, "退耕还林面积(亩)": 50})
