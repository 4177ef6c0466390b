"""BD001 to BD004: the lists themselves, and the numbers in them."""

from list_rows import of_wang, put, slipped
from town import Cell, Town, breaks, spares


@breaks("BD001")
def list_without_numbers(town: Town) -> Cell:
    town.listed("编制20160220", 姓名="某某", 单位名称="官山中学", 在编类型="事业", 个人身份="干部")
    return "名单", ""


@breaks("BD001")
def list_of_damaged_numbers(town: Town) -> Cell:
    for number in ("3.20324E+17", 320324195001010011.0):
        put(town, "车辆20160220", town.row("成员"), 身份证号码=number, 车辆类型="轿车", 车牌="")
    return "名单", ""


@breaks("BD001")
def list_that_names_nobody(town: Town) -> Cell:
    town.listed("残疾20160220", 残疾类别="肢体", 残疾等级="二级", 发证日期="2015-05-06")
    return "名单", ""


@breaks("BD001")
def fund_that_says_no_time(town: Town) -> Cell:
    put(town, "公积金20160220", town.row("成员"), 缴存基数=3000, 单位="某厂", 状态="正常")
    return "名单", ""


@spares("BD001")
def fund_with_from_and_to_in_one_cell(town: Town) -> None:
    more = {"基数": 0, "单位": "某厂", "起止": "2015.1至今"}
    put(town, "公积金20160220", town.row("成员"), **more)


@spares("BD001")
def list_with_numbers(town: Town) -> None:
    put(town, "车辆20160220", town.row("成员"), 号牌号码="苏C12345", 车辆类型="普通二轮摩托车")


@breaks("BD002")
def same_number_other_name(town: Town) -> Cell:
    person = town.row("成员")
    put(town, "车辆20160220", person, 姓名="另一人", 号牌号码="苏C1", 车辆类型="普通二轮摩托车")
    return town.cell(person, "姓名")


@spares("BD002")
def blanks_and_dots_are_no_other_name(town: Town) -> None:
    person = town.row("成员")
    name = " ".join(person["姓名"])
    put(town, "车辆20160220", person, 姓名=name, 号牌号码="苏C1", 车辆类型="普通二轮摩托车")


@spares("BD002")
def no_name_is_no_other_name(town: Town) -> None:
    put(town, "车辆20160220", town.row("成员"), 姓名=None, 号牌号码="苏C1", 车辆类型="摩托车")


@spares("BD002")
def hidden_and_lost_characters_are_no_other_name(town: Town) -> None:
    for person, hidden in zip(of_wang(town)[:4], "*某□?", strict=True):
        name = person["姓名"][0] + hidden
        put(town, "车辆20160220", person, 姓名=name, 号牌号码="苏C1", 车辆类型="普通二轮摩托车")


@breaks("BD002")
def hidden_characters_of_another_name(town: Town) -> Cell:
    person = town.row("成员")
    put(town, "车辆20160220", person, 姓名="鼒*", 号牌号码="苏C1", 车辆类型="普通二轮摩托车")
    return town.cell(person, "姓名")


@spares("BD002")
def former_name_is_no_other_name(town: Town) -> None:
    person = town.row("成员")
    put(town, "户籍20160220", person, 姓名="新名字", 曾用名=person["姓名"], 户口性质="农业")
    former = {"姓名": "新名字", "曾用名": person["姓名"]}
    put(town, "车辆20160220", person, **former, 号牌号码="苏C1", 车辆类型="普通二轮摩托车")


@spares("BD002")
def owners_in_another_order_than_their_numbers(town: Town) -> None:
    head, other = town.rows("成员", 户编号=town.row("成员", 与户主关系="配偶")["户编号"])[:2]
    numbers = f"{other['证件号码']}、{head['证件号码']}"
    for names in (
        f"{head['姓名']}、{other['姓名']}",
        f"{head['姓名']}（共有人：{other['姓名']}）",
        f"{head['姓名']}等2人",
    ):
        put(town, "不动产20160220", head, 姓名=names, 身份证号码=numbers, 用途="车库")


@breaks("BD002")
def none_of_two_owners_has_the_number(town: Town) -> Cell:
    person = town.row("成员")
    put(town, "不动产20160220", person, 姓名="某人甲、某人乙", 用途="车库")
    return town.cell(person, "姓名")


@breaks("BD003", beside="LR103")
def number_slipped_in_register(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    right = person["证件号码"]
    person["证件号码"] = slipped(right)
    person["出生日期"] = person["年龄"] = None
    put(town, "车辆20160220", person, 身份证号码=right, 号牌号码="苏C1", 车辆类型="普通二轮摩托车")
    return town.cell(person, "证件号码")


@spares("BD003")
def number_slipped_in_list(town: Town) -> None:
    person = town.row("成员")
    number = slipped(person["证件号码"])
    for other in of_wang(town)[10:20]:
        put(town, "车辆20160220", other, 号牌号码="苏C1", 车辆类型="摩托车")
    put(town, "车辆20160220", person, 身份证号码=number, 号牌号码="苏C1", 车辆类型="摩托车")


@breaks("BD004")
def list_without_date(town: Town) -> Cell:
    put(town, "车辆", town.row("成员"), 号牌号码="苏C12345", 车辆类型="普通二轮摩托车")
    return "名单", ""


@breaks("BD004")
def list_of_another_year(town: Town) -> Cell:
    put(town, "车辆2014年5月6日", town.row("成员"), 号牌号码="苏C1", 车辆类型="普通二轮摩托车")
    return "名单", ""


@spares("BD004")
def list_of_this_spring(town: Town) -> None:
    put(town, "车辆2016年2月20日", town.row("成员"), 号牌号码="苏C1", 车辆类型="普通二轮摩托车")
