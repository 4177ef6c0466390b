"""What rows of lists say of themselves beside their state: in other columns, notes and remarks."""

from typing import Any

from cases_lists_means import DAY
from cases_lists_school import out_of_school
from cases_lists_welfare import heads
from list_rows import WANG, of_wang, put
from town import Cell, Row, Town, breaks, spares

# -- 低保 ----------------------------------------------------------------------------------------


def listed_head(town: Town, **row: Any) -> Cell:
    """A household that is not registered with 低保, and has a row in the list of it."""
    person = heads(town, "一般贫困户")[0]
    put(town, f"低保{DAY}", person, 低保证号="1", **row)
    return town.cell(person, "享受低保")


def remarked(town: Town, remark: str, *, behind: str = "证件号码") -> Cell:
    person = heads(town, "一般贫困户")[0]
    row = {"姓名": person["姓名"], "身份证号码": person["证件号码"], "低保证号": "1"}
    row["身份证号码" if behind == "证件号码" else "姓名"] += remark
    town.listed(f"低保{DAY}", **row)
    return town.cell(person, "享受低保")


@breaks("BD102")
def low_income_in_force(town: Town) -> Cell:
    return listed_head(town, 是否在保="是", 备注="2016年未停保", 停保原因="无")


@breaks("BD102")
def another_of_the_household_died(town: Town) -> Cell:
    return listed_head(town, 备注="其妻已死亡")


@breaks("BD102")
def one_of_the_household_died(town: Town) -> Cell:
    return listed_head(town, 备注="死亡1人")


@breaks("BD102")
def low_income_was_stopped_and_goes_on(town: Town) -> Cell:
    return listed_head(town, 备注="停保后又纳入")


@spares("BD102")
def low_income_no_more_in_force(town: Town) -> None:
    listed_head(town, 是否在保="否")


@spares("BD102")
def a_note_says_that_low_income_was_stopped(town: Town) -> None:
    listed_head(town, 备注="2015年已停保")


@spares("BD102")
def a_reason_says_that_low_income_was_stopped(town: Town) -> None:
    listed_head(town, 停保原因="收入超标")


@spares("BD102")
def a_remark_behind_the_number_says_it(town: Town) -> None:
    remarked(town, "(已停保)")


@spares("BD102")
def a_remark_behind_the_name_says_it(town: Town) -> None:
    remarked(town, "（停保）", behind="姓名")


@breaks("BD102")
def a_remark_says_something_else(town: Town) -> Cell:
    return remarked(town, "(本人)")


@breaks("BD101")
def a_remark_says_that_a_registered_one_was_stopped(town: Town) -> Cell:
    person = heads(town, "低保贫困户")[0]
    number = f"{person['证件号码']} 注销"
    put(town, f"低保{DAY}", person, 身份证号码=number, 低保证号="1")
    return town.cell(person, "享受低保")


@spares("BD104")
def who_was_stopped_need_not_be_registered(town: Town) -> None:
    about = {"姓名": "某人", "身份证号码": "320324195001010011", "低保证号": "1", "村名": "王庄"}
    town.listed(f"低保{DAY}", **about, 状态="停保")


# -- 残疾, 户籍, 迁出, 死亡 ------------------------------------------------------------------------


@spares("BD122")
def card_is_held_no_more(town: Town) -> None:
    person = town.row("成员", 健康状况="健康")
    put(town, f"残疾{DAY}", person, 残疾类别="肢体", 残疾等级="三级", 是否持证="否")


@breaks("BD121")
def card_was_cancelled_for_a_reason(town: Town) -> Cell:
    person = town.row("成员", 健康状况="残疾")
    put(town, f"残疾{DAY}", person, 残疾类别="肢体", 残疾等级="三级", 注销原因="自愿")
    return town.cell(person, "健康状况")


@breaks("BD142")
def hukou_is_marked_as_cancelled(town: Town) -> Cell:
    person = of_wang(town)[0]
    put(town, f"户籍{DAY}", person, 户口性质="农业", 户口注销标志="是")
    return town.cell(person, "姓名")


@spares("BD142")
def hukou_is_marked_as_not_cancelled(town: Town) -> None:
    put(town, f"户籍{DAY}", of_wang(town)[0], 户口性质="农业", 户口注销标志="否")


@breaks("BD141")
def hukou_was_cancelled_for_a_death(town: Town) -> Cell:
    person = of_wang(town)[0]
    put(town, f"迁出{DAY}", person, 迁出日期="2013-05-06", 注销类别="死亡")
    return town.cell(person, "姓名")


@breaks("BD142")
def who_joined_the_army_is_not_dead(town: Town) -> Cell:
    person = of_wang(town)[0]
    put(town, f"迁出{DAY}", person, 注销日期="2013-05-06", 注销类别="参军入伍", 迁往地="")
    return town.cell(person, "姓名")


@spares("BD141")
def who_was_taken_for_dead_by_mistake(town: Town) -> None:
    put(town, f"死亡{DAY}", of_wang(town)[0], 死亡日期="2013-05-06", 备注="误注销，已恢复")


# -- 财政供养 ------------------------------------------------------------------------------------


def paid(town: Town, **row: Any) -> Row:
    person = town.row("成员", 财政供养="否")
    return put(town, f"工资{DAY}", person, 单位="官山中学", 应发工资=4200, 实发工资=4000, **row)


def paid_cell(town: Town, **row: Any) -> Cell:
    paid(town, **row)
    return town.cell(town.row("成员", 财政供养="否"), "财政供养")


@breaks("BD151")
def staff_of_a_public_institution(town: Town) -> Cell:
    """公益一类 is a sort of institution, whose staff are hired and hold posts."""
    return paid_cell(town, 人员类别="在编", 用工形式="聘用", 经费性质="公益一类")


@breaks("BD151")
def staff_of_an_office_for_village_accounts(town: Town) -> Cell:
    return paid_cell(town, 人员类别="事业编制", 岗位类型="管理岗")


@spares("BD151")
def job_for_the_public_good(town: Town) -> None:
    paid(town, 人员类别="公益性岗位")


@spares("BD151")
def job_for_the_public_good_by_its_place(town: Town) -> None:
    paid(town, 人员性质="其他", 岗位类型="公益岗")


@spares("BD151")
def hired_for_the_time_being(town: Town) -> None:
    paid(town, 用工性质="临时工")


@spares("BD151")
def allowance_of_a_village(town: Town) -> None:
    paid(town, 人员类型="村级补贴人员")


@spares("BD151")
def a_note_says_what_job_it_is(town: Town) -> None:
    paid(town, 备注="公益性岗位补贴")


@spares("BD151")
def who_had_left_the_post(town: Town) -> None:
    person = town.row("成员", 财政供养="否")
    put(town, f"编制{DAY}", person, 单位名称="官山中学", 在编类型="事业", 离职时间="2015-01")
    other = town.rows("成员", 财政供养="否")[1]
    put(town, f"编制{DAY}", other, 单位名称="官山中学", 在编类型="事业", 是否在编="否")


# -- pensions and insurance ----------------------------------------------------------------------


def pensioner(town: Town) -> Row:
    home = town.row("农户", **{"养老保险金(元)": lambda value: value})
    return town.members(home)[0]


@breaks("BD191")
def pension_of_a_kind_of_pensioners(town: Town) -> Cell:
    person = pensioner(town)
    put(town, f"养老{DAY}", person, 月养老金=4000, 待遇类型="企业退休", 发放状态="正常")
    return town.cell(person, "姓名")


@breaks("BD191")
def pension_of_a_retired_person(town: Town) -> Cell:
    person = pensioner(town)
    put(town, f"养老{DAY}", person, 月养老金=4000, 离退休类别="离退休", 发放状态="正常")
    return town.cell(person, "姓名")


@breaks("BD191")
def pension_by_the_name_of_the_list(town: Town) -> Cell:
    person = pensioner(town)
    put(town, f"企业职工养老金发放{DAY}", person, 月养老金=4000, 发放状态="正常")
    return town.cell(person, "姓名")


@spares("BD191")
def money_for_those_left_behind(town: Town) -> None:
    put(town, f"企业职工养老金发放{DAY}", pensioner(town), 月养老金=4000, 待遇类型="遗属补助")


@spares("BD192")
def money_for_those_left_behind_is_no_pension(town: Town) -> None:
    put(town, f"养老{DAY}", pensioner(town), 月养老金=4000, 待遇类型="遗属补助")


@spares("BD191")
def pension_that_was_stopped(town: Town) -> None:
    put(town, f"养老{DAY}", pensioner(town), 月养老金=4000, 待遇类型="企业退休", 停发原因="死亡")


@breaks("BD201")
def insurance_has_ended(town: Town) -> Cell:
    town.covers = (WANG,)
    people = of_wang(town, 医疗保险="是")
    for person in people[:-1]:
        put(town, f"医保{DAY}", person, 参保类别="城乡居民", 参保年度=2016, 参保状态="正常参保")
    put(town, f"医保{DAY}", people[-1], 参保类别="城乡居民", 参保年度=2016, 参保状态="终止参保")
    return town.cell(people[-1], "医疗保险")


@breaks("BD201")
def insured_twice_by_the_names_of_the_lists(town: Town) -> Cell:
    person = town.row("成员", 医疗保险="是")
    put(town, f"城镇职工医保{DAY}", person, 参保年度=2016)
    put(town, f"新农合参保{DAY}", person, 参保年度=2016)
    return town.cell(person, "医疗保险")


@spares("BD201")
def insured_in_another_way_the_year_before(town: Town) -> None:
    person = town.row("成员", 医疗保险="是")
    put(town, f"城镇职工医保{DAY}", person, 参保年度=2015)
    put(town, f"新农合参保{DAY}", person, 参保年度=2016)


@spares("BD201")
def insured_in_another_way_until_then(town: Town) -> None:
    person = town.row("成员", 医疗保险="是")
    put(town, f"医保{DAY}", person, 参保类别="职工", 参保年度=2015, 停保时间="2015-06")
    put(town, f"医保{DAY}", person, 参保类别="城乡居民", 参保年度=2015)


# -- what people have, and who holds an office ---------------------------------------------------


@spares("BD161")
def a_note_says_that_the_car_was_sold(town: Town) -> None:
    car = {"号牌号码": "苏C12345", "车辆类型": "小型轿车", "使用性质": "非营运"}
    one, two = town.rows("成员", 机动车="否")[:2]
    put(town, f"车辆{DAY}", one, **car, 备注="已过户")
    put(town, f"车辆{DAY}", two, **car, 注销日期="2015-03-01")


@breaks("BD161")
def car_that_was_given_up_afterwards(town: Town) -> Cell:
    person = town.row("成员", 机动车="否")
    put(town, f"车辆{DAY}", person, CLLX="K33", HPZL="02", SYXZ="M", ZT="GQ", ZXRQ="2016-05-01")
    return town.cell(person, "机动车")


@breaks("BD161")
def electric_car(town: Town) -> Cell:
    person = town.row("成员", 机动车="否")
    put(town, f"车辆{DAY}", person, 号牌号码="苏CD12345", 车辆类型="纯电动轿车", 使用性质="非营运")
    return town.cell(person, "机动车")


@spares("BD161")
def electric_bicycle(town: Town) -> None:
    put(
        town, f"车辆{DAY}", town.row("成员"), 号牌号码="1", 车辆类型="电动自行车", 使用性质="非营运"
    )


@spares("BD181")
def firm_with_a_day_of_its_end(town: Town) -> None:
    person = town.row("成员", 工商登记="否")
    put(town, f"工商{DAY}", person, 企业名称="某商店", 成立日期="2010-01-01", 注销日期="2015-01-01")


@spares("BD171")
def flat_that_is_theirs_no_more(town: Town) -> None:
    person = town.row("成员", 商品房="否")
    flat = {"坐落": "睢宁县城", "规划用途": "住宅", "登记时间": "2012-01-01"}
    put(town, f"不动产{DAY}", person, **flat, 是否现势="否")


@spares("BD155")
def who_had_left_the_office(town: Town) -> None:
    one, two = of_wang(town)[:2]
    put(town, f"村干部{DAY}", one, 村="王庄村", 职务="村主任", 离任时间="2014-12")
    put(town, f"村干部{DAY}", two, 村="王庄村", 职务="村主任", 是否在职="否")


@breaks("BD134", beside="LR304")
def child_that_left_school_by_the_list(town: Town) -> Cell:
    child = out_of_school(town)
    put(town, "学籍20160220", child, 学籍状态="辍学")
    return town.cell(child, "在校生状况")
