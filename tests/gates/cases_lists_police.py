"""BD141 to BD145: people against the lists of 公安."""

from typing import Any

from list_rows import STRANGER, all_but, may_be_listed, of_wang, put
from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity


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
