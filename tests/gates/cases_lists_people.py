"""BD001 to BD004, BD131 to BD145: the lists themselves, and those of 教育 and 公安."""

from typing import Any

from town import Cell, Row, Town, breaks, spares

from generators.people import with_check
from jiandang.report.model import Severity

WANG = "320324105201"
# Of nobody in the town.
STRANGER = {"姓名": "某人", "身份证号码": "320324195001010011"}


def put(town: Town, kind: str, person: Row, **row: Any) -> Row:
    """A row of the list about a member, with name and number."""
    about = {"姓名": person["姓名"], "身份证号码": person["证件号码"]}
    return town.listed(kind, **{**about, **row})


def all_but(town: Town, kind: str, people: list[Row], **row: Any) -> Row:
    """List them all but the last, whom it gives; the list says that it covers 王庄村."""
    town.covers = (WANG,)
    for person in people[:-1]:
        put(town, kind, person, **row)
    return people[-1]


def of_wang(town: Town, **where: Any) -> list[Row]:
    return town.rows("成员", 行政村="王庄村", **where)


def slipped(number: str) -> str:
    """The number with one digit of its day of birth changed."""
    return number[:13] + str((int(number[13]) + 1) % 10) + number[14:]


def another(number: str) -> str:
    """A right number of the same birthday, of somebody else or with several digits mistaken."""
    return with_check(f"{number[:14]}{(int(number[14:17]) + 111) % 1000:03}")


def may_be_listed(town: Town, kind: str, people: list[Row], **row: Any) -> None:
    """List them all, the last so that it cannot be told whether that is meant."""
    person = all_but(town, kind, people, **row)
    town.listed(kind, 姓名=person["姓名"], 身份证号码="", **row)


# -- the lists themselves ------------------------------------------------------------------------


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


# -- 公安 ----------------------------------------------------------------------------------------


@breaks("BD141", severity=Severity.ERROR)
def died_before(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡日期="2015-06-01", 死亡注销类别="正常死亡")
    return town.cell(person, "姓名")


@breaks("BD141", severity=Severity.ERROR)
def died_under_another_name(town: Town) -> Cell:
    """Whose former name the register has is the same for certain, in a list of any kind."""
    person = town.row("成员", 与户主关系="配偶")
    former = {"姓名": "新名字", "曾用名": person["姓名"]}
    put(town, "死亡20160220", person, **former, 死亡日期="2015-06-01")
    return town.cell(person, "姓名")


@breaks("BD141")
def only_the_day_of_cancelling_is_known(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡注销日期="2015-06-01", 死亡注销类别="正常死亡")
    return town.cell(person, "姓名")


@breaks("BD141")
def cancelled_afterwards_says_nothing_of_the_day_of_death(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡注销日期="2016-02-01", 死亡注销类别="正常死亡")
    return town.cell(person, "姓名")


@breaks("BD141")
def died_between_the_reference_date_and_the_identification(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡日期="2016-01-15", 死亡注销类别="正常死亡")
    return town.cell(person, "姓名")


@breaks("BD141")
def died_under_a_name_that_is_not_all_shown(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 姓名=person["姓名"][0] + "某", 死亡日期="2015-06-01")
    return town.cell(person, "姓名")


@breaks("BD141", severity=Severity.ERROR)
def died_by_the_day_in_the_hukou(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "户籍20160220", person, 户口性质="农业", 户号="1", 死亡日期="2015-06-01")
    return town.cell(person, "姓名")


@breaks("BD001")
def states_that_nobody_knows(town: Town) -> Cell:
    put(town, "户籍20160220", town.row("成员"), 户口性质="农业", 人员状态="失踪")
    return "名单", ""


@breaks("BD141")
def died_by_the_number_alone(town: Town) -> Cell:
    """A list without the name of whom it is about: nobody says that it is of somebody else."""
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 姓名=None, 死亡日期="2015-06-01", 死亡注销类别="病故")
    return town.cell(person, "姓名")


@breaks("BD141", beside="BD002")
def somebody_of_another_name_died(town: Town) -> Cell:
    """By the number alone nobody is told for certain to have died."""
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 姓名="另一人", 死亡日期="2015-06-01", 死亡注销类别="病故")
    return town.cell(person, "姓名")


def in_hukou(town: Town, person: Row, state: str, **row: Any) -> None:
    """A row of a list of the hukou that says what became of somebody."""
    put(town, "户籍20160220", person, 户口性质="农业", 人员状态=state, **row)


@breaks("BD141")
def dead_by_the_state_of_the_hukou(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    in_hukou(town, person, "死亡", 注销日期="2015-06-01")
    return town.cell(person, "姓名")


@breaks("BD141")
def dead_by_another_word(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    in_hukou(town, person, "已故")
    return town.cell(person, "姓名")


@breaks("BD142")
def moved_by_another_word(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    in_hukou(town, person, "迁往市外")
    return town.cell(person, "姓名")


@breaks("BD141")
def cancelled_in_the_hukou_for_death(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    in_hukou(town, person, "死亡注销")
    return town.cell(person, "姓名")


@spares("BD141")
def not_dead_in_the_hukou(town: Town) -> None:
    for state in ("正常", "未死亡", "待注销"):
        in_hukou(town, town.row("成员", 与户主关系="配偶"), state)


@breaks("BD142")
def cancelled_in_the_hukou(town: Town) -> Cell:
    """It may be for anything."""
    person = town.row("成员", 与户主关系="配偶")
    in_hukou(town, person, "注销")
    return town.cell(person, "姓名")


@spares("BD141")
def cancelled_by_moving_in_a_list_of_the_dead(town: Town) -> None:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡注销日期="2015-06-01", 死亡注销类别="迁往市外")


@breaks("BD141")
def died_where_they_had_moved(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160220", person, 死亡注销日期="2015-06-01", 死亡注销类别="迁出后死亡")
    return town.cell(person, "姓名")


@breaks("BD141", severity=Severity.INFO)
def died_after_the_identification(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "死亡20160328", person, 死亡日期="2016-03-27", 死亡注销类别="正常死亡")
    return town.cell(person, "姓名")


@breaks("BD141")
def cremated(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    about = {"姓名": person["姓名"], "性别": person["性别"], "年龄": person["年龄"]}
    town.listed("火化20160220", **about, 住址="睢宁县官山镇王庄村一组", 火化日期="2015-06-01")
    return town.cell(person, "姓名")


def cremated_in_2011(town: Town, older: int) -> Row:
    person = town.row("成员", 与户主关系="配偶", 行政村="王庄村")
    age = person["年龄"] - 5 + older  # by a year at most more than on that day
    town.listed(
        "火化20160220", 姓名=person["姓名"], 性别=person["性别"], 年龄=age,
        住址="睢宁县官山镇王庄村", 火化日期="2011-02",
    )  # fmt: skip
    return person


@breaks("BD141")
def cremated_years_ago_at_the_age_of_then(town: Town) -> Cell:
    return town.cell(cremated_in_2011(town, 0), "姓名")


@spares("BD141")
def cremated_years_ago_at_the_age_of_now(town: Town) -> None:
    cremated_in_2011(town, 5)


@spares("BD141")
def namesake_of_another_village_was_cremated(town: Town) -> None:
    person = town.row("成员", 与户主关系="配偶")
    about = {"姓名": person["姓名"], "性别": person["性别"], "年龄": person["年龄"]}
    town.listed("火化20160220", **about, 住址="睢宁县古邳镇下邳村", 火化日期="2015-06-01")


@spares("BD141")
def namesake_of_a_village_called_nearly_so_was_cremated(town: Town) -> None:
    person = of_wang(town, 与户主关系="配偶")[0]
    about = {"姓名": person["姓名"], "性别": person["性别"], "年龄": person["年龄"]}
    town.listed("火化20160220", **about, 住址="睢宁县古邳镇小王庄村", 火化日期="2015-06-01")


@breaks("BD142")
def moved_away(town: Town) -> Cell:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "迁出20160220", person, 迁出日期="2015-03-01", 迁出类别="婚嫁", 迁往="安徽省灵璧县")
    return town.cell(person, "姓名")


@spares("BD142")
def moved_away_afterwards(town: Town) -> None:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "迁出20160220", person, 迁出日期="2016-02-01", 迁出类别="婚嫁", 迁往="安徽省灵璧县")


@breaks("BD142")
def left_by_the_date_in_the_hukou(town: Town) -> Cell:
    """A list of the hukou that says when somebody left, and nothing of the state."""
    person = town.row("成员", 与户主关系="配偶")
    put(town, "户籍20160220", person, 户口性质="农业", 迁出日期="2015-03-01", 迁往地="南京市")
    return town.cell(person, "姓名")


@spares("BD142")
def stayed_in_the_hukou(town: Town) -> None:
    person = town.row("成员", 与户主关系="配偶")
    put(town, "户籍20160220", person, 户口性质="农业", 迁出日期=None, 迁往地=None)
    put(town, "户籍20160221", person, 户口性质="农业", 迁出日期="2016-02-01", 迁往地="南京市")


@breaks("BD143")
def not_in_the_hukou(town: Town) -> Cell:
    person = all_but(town, "户籍20160220", of_wang(town), 户口性质="农业")
    return town.cell(person, "姓名")


@spares("BD143")
def listed_in_the_hukou_without_a_number(town: Town) -> None:
    may_be_listed(town, "户籍20160220", of_wang(town), 户口性质="农业")


@spares("BD143")
def half_of_the_village_is_too_few(town: Town) -> None:
    for person in of_wang(town)[:30]:
        put(town, "户籍20160220", person, 户口性质="农业")


@breaks("BD144")
def hukou_has_others(town: Town) -> Cell:
    head, spouse = members_of_two(town)
    for person in (head, spouse, {"姓名": "某人", "证件号码": STRANGER["身份证号码"]}):
        put(town, "户籍20160220", person, 户口性质="农业", 户号="100200300")
    return town.cell(head, "姓名")


@breaks("BD144")
def other_of_the_hukou_is_not_dead(town: Town) -> Cell:
    head, spouse = members_of_two(town)
    for person in (head, spouse):
        put(town, "户籍20160220", person, 户口性质="农业", 户号="100200300", 户口状态="正常")
    town.listed("户籍20160220", **STRANGER, 户口性质="农业", 户号="100200300", 户口状态="未死亡")
    return town.cell(head, "姓名")


@spares("BD144")
def one_of_a_hukou_in_two_lists(town: Town) -> None:
    head, _ = members_of_two(town)
    for day in ("20160120", "20160220"):
        put(town, f"户籍{day}", head, 户口性质="农业", 户号="100200300")
        town.listed(f"户籍{day}", **STRANGER, 户口性质="农业", 户号="100200300")


@spares("BD144")
def others_of_the_hukou_are_dead_or_gone(town: Town) -> None:
    for person in members_of_two(town):
        put(town, "户籍20160220", person, 户口性质="农业", 户号="100200300", 户口状态="未注销")
    for state in ("死亡注销", "迁出", "注销"):
        town.listed("户籍20160220", **STRANGER, 户口性质="农业", 户号="100200300", 户口状态=state)


@spares("BD144")
def hukou_has_no_others(town: Town) -> None:
    for person in members_of_two(town):
        put(town, "户籍20160220", person, 户口性质="农业", 户号="100200300")


def members_of_two(town: Town) -> list[Row]:
    spouse = town.row("成员", 与户主关系="配偶")
    return town.members(spouse)[:2]


@breaks("BD145")
def police_have_another_sex(town: Town) -> Cell:
    person = town.row("成员")
    other = "男" if person["性别"] == "女" else "女"
    put(town, "户籍20160220", person, 户口性质="农业", 性别=other)
    return town.cell(person, "性别")


@spares("BD145")
def police_have_the_month_alone(town: Town) -> None:
    person = town.row("成员")
    month = person["出生日期"].strftime("%Y-%m")
    put(town, "户籍20160220", person, 户口性质="农业", 性别=person["性别"], 出生日期=month)


# -- 教育 ----------------------------------------------------------------------------------------


def pupils(town: Town) -> list[Row]:
    return of_wang(town, 在校生状况=lambda value: value in ("小学", "七年级", "九年级"))


def at_school(town: Town, person: Row, **row: Any) -> Row:
    grades = {"小学": "三年级", "七年级": "初一", "八年级": "初中二年级", "九年级": "九年级"}
    about = {"学校": "官山中心小学", "年级": grades.get(person["在校生状况"], "三年级")}
    return put(town, "学籍20160220", person, **{**about, "学籍状态": "在读", **row})


@breaks("BD131")
def pupil_without_record(town: Town) -> Cell:
    town.covers = (WANG,)
    for person in pupils(town)[:-1]:
        at_school(town, person)
    return town.cell(pupils(town)[-1], "在校生状况")


@spares("BD131")
def pupil_with_two_candidates(town: Town) -> None:
    town.covers = (WANG,)
    for person in pupils(town)[:-1]:
        at_school(town, person)
    last = pupils(town)[-1]
    number = last["证件号码"]
    for at in (14, 15):
        digit = str((int(number[at]) + 1) % 10)
        at_school(town, last, 身份证号码=number[:at] + digit + number[at + 1 :])


@spares("BD131")
def pupils_with_records(town: Town) -> None:
    town.covers = (WANG,)
    for person in pupils(town):
        at_school(town, person)


@breaks("BD132")
def pupil_by_the_record_alone(town: Town) -> Cell:
    person = of_wang(town, 在校生状况="非在校生")[0]
    at_school(town, person)
    return town.cell(person, "在校生状况")


@spares("BD132")
def record_says_left(town: Town) -> None:
    at_school(town, of_wang(town, 在校生状况="非在校生")[0], 学籍状态="已毕业")


@breaks("BD133")
def two_years_apart(town: Town) -> Cell:
    person = of_wang(town, 在校生状况="九年级")[0]
    at_school(town, person, 年级="初一")
    return town.cell(person, "在校生状况")


@spares("BD133")
def one_year_apart(town: Town) -> None:
    at_school(town, of_wang(town, 在校生状况="九年级")[0], 年级="八年级")


def out_of_school(town: Town) -> Row:
    """A child that no longer is at school, in a list of those who are that covers the village."""
    town.covers = (WANG,)
    child = of_wang(town, 在校生状况="小学")[0]
    child["在校生状况"] = "非在校生"
    for person in pupils(town):
        at_school(town, person)
    return child


@breaks("BD134", beside="LR304")
def child_at_no_school(town: Town) -> Cell:
    return town.cell(out_of_school(town), "在校生状况")


@spares("BD134")
def grown_up_at_no_school(town: Town) -> None:
    town.covers = (WANG,)
    for person in pupils(town):
        at_school(town, person)
