"""BD151 to BD211: what people have and are paid by other departments' lists."""

from list_rows import WANG, of_wang, put
from town import Cell, Town, breaks, spares

from jiandang.report.model import Severity

DAY = "20160220"
STRANGER = "320324196001010016"  # of nobody in the town


def grown_up(town: Town) -> dict[str, object]:
    return town.row("成员", 与户主关系="配偶")


@breaks("BD151")
def on_the_payroll(town: Town) -> Cell:
    person = grown_up(town)
    put(town, f"工资{DAY}", person, 单位="官山中学", 应发=4200)
    return town.cell(person, "财政供养")


@breaks("BD151")
def holds_a_post_by_number(town: Town) -> Cell:
    person = grown_up(town)
    more = {"个人身份": "干部", "在编类型": "事业编制", "进入本单位时间": "2010-09"}
    put(town, f"编制{DAY}", person, 单位名称="官山中学", **more)
    return town.cell(person, "财政供养")


@spares("BD151")
def paid_for_public_work(town: Town) -> None:
    put(town, f"工资{DAY}", grown_up(town), 单位="官山镇公益性岗位", 应发=800)


@spares("BD151")
def has_left_the_post(town: Town) -> None:
    more = {"个人身份": "干部", "在编类型": "事业编制", "人员状态": "离职"}
    put(town, f"编制{DAY}", grown_up(town), 单位名称="官山中学", **more)


@spares("BD151")
def a_namesake_holds_a_post(town: Town) -> None:
    name = grown_up(town)["姓名"]
    number = STRANGER
    more = {"个人身份": "干部", "在编类型": "事业编制"}
    town.listed(f"编制{DAY}", 姓名=name, 身份证号码=number, 单位名称="官山中学", **more)


@breaks("BD155")
def cadre_by_number(town: Town) -> Cell:
    person = grown_up(town)
    put(town, f"村干部{DAY}", person, 村名="王庄村", 职务="村主任", 任职时间="2013-11")
    return town.cell(person, "姓名")


@breaks("BD155", severity=Severity.INFO)
def cadre_by_name_in_one_village(town: Town) -> Cell:
    person = grown_up(town)
    more = {"职务": "村主任", "家庭成员": "某甲、某乙"}
    town.listed(f"村干部{DAY}", 姓名=person["姓名"], 村名=person["行政村"], **more)
    return town.cell(person, "姓名")


@spares("BD155")
def cadre_of_another_village(town: Town) -> None:
    person = grown_up(town)
    more = {"职务": "村主任", "家庭成员": "某甲、某乙"}
    town.listed(f"村干部{DAY}", 姓名=person["姓名"], 村名="下邳村", **more)


@breaks("BD156")
def of_a_cadres_family(town: Town) -> Cell:
    person = grown_up(town)
    more = {"职务": "村主任", "家庭成员": f"某甲、{person['姓名']}"}
    number = STRANGER
    town.listed(f"村干部{DAY}", 姓名="某人", 身份证号码=number, 村名=person["行政村"], **more)
    return town.cell(person, "姓名")


def in_hukou_of_a_cadre(town: Town, name: str, home: str) -> dict[str, object]:
    """A member and a cadre, who is not registered, in a list of hukou."""
    person = grown_up(town)
    for who, number, where in (
        (person["姓名"], person["证件号码"], "9001"),
        (name, STRANGER, home),
    ):
        town.listed(f"户籍{DAY}", 公民身份号码=number, 姓名=who, 户号=where)
    town.listed(f"村干部{DAY}", 姓名=name, 身份证号码=STRANGER, 村名="下邳村", 职务="村主任")
    return person


@breaks("BD156")
def in_one_hukou_with_a_cadre(town: Town) -> Cell:
    person = in_hukou_of_a_cadre(town, f"{str(grown_up(town)['姓名'])[0]}某某", "9001")
    return town.cell(person, "姓名")


@spares("BD156")
def cadre_of_one_surname_in_another_hukou(town: Town) -> None:
    in_hukou_of_a_cadre(town, f"{str(grown_up(town)['姓名'])[0]}某某", "9002")


@spares("BD156")
def cadre_of_another_surname_in_the_hukou(town: Town) -> None:
    in_hukou_of_a_cadre(town, "欧某某", "9001")


@spares("BD156")
def of_a_cadres_family_elsewhere(town: Town) -> None:
    more = {"职务": "村主任", "家庭成员": f"某甲、{grown_up(town)['姓名']}"}
    town.listed(f"村干部{DAY}", 姓名="某人", 身份证号码=STRANGER, 村名="下邳村", **more)


def car(town: Town, **row: object) -> dict[str, object]:
    person = grown_up(town)
    about = {"号牌号码": "苏C12345", "车辆类型": "小型轿车", "初次登记日期": "2013-05-06"}
    put(town, f"车辆{DAY}", person, **{**about, "机动车状态": "正常", **row})
    return person


@breaks("BD161")
def has_a_car(town: Town) -> Cell:
    return town.cell(car(town), "机动车")


@breaks("BD161")
def car_that_is_not_cancelled(town: Town) -> Cell:
    return town.cell(car(town, 机动车状态="未注销"), "机动车")


@breaks("BD161")
def car_fit_for_scrap_is_still_owned(town: Town) -> Cell:
    return town.cell(car(town, 机动车状态="达到报废标准"), "机动车")


@breaks("BD161")
def car_without_a_test_in_codes(town: Town) -> Cell:
    return town.cell(car(town, 机动车状态="GQ"), "机动车")


@breaks("BD161")
def car_to_be_scrapped(town: Town) -> Cell:
    return town.cell(car(town, 机动车状态="待报废"), "机动车")


@breaks("BD161")
def truck_of_a_farm_on_four_wheels(town: Town) -> Cell:
    return town.cell(car(town, 车辆类型="四轮农用运输车", 号牌种类="农用运输车号牌"), "机动车")


@spares("BD161")
def truck_of_a_farm_on_three_wheels_perhaps(town: Town) -> None:
    car(town, 车辆类型="农用运输车")


@spares("BD161")
def scrapped_car(town: Town) -> None:
    car(town, 机动车状态="已报废")


@spares("BD161")
def car_fit_for_scrap_without_valid_plates(town: Town) -> None:
    car(town, 机动车状态="达到报废标准公告牌证作废")


@spares("BD161")
def car_of_another_by_now(town: Town) -> None:
    car(town, 机动车状态="转移")


@spares("BD161")
def car_cancelled_in_codes(town: Town) -> None:
    car(town, 机动车状态="GE")


@spares("BD161")
def motorcycle_in_codes(town: Town) -> None:
    car(town, 车辆类型="M21")


@spares("BD161")
def plate_of_a_trailer_in_codes(town: Town) -> None:
    car(town, 车辆类型=None, 号牌种类="15")


@breaks("BD161")
def car_in_codes(town: Town) -> Cell:
    return town.cell(car(town, 车辆类型="K33", 号牌种类="02"), "机动车")


@breaks("BD161")
def several_cars_are_one_doubt(town: Town) -> Cell:
    person = car(town)
    for number in range(4):
        put(town, f"车辆{DAY}", person, 号牌号码=f"苏C1000{number}", 车辆类型="小型轿车")
    return town.cell(person, "机动车")


@breaks("BD161")
def masked_number_of_a_car(town: Town) -> Cell:
    number = str(grown_up(town)["证件号码"])
    return town.cell(car(town, 身份证号码=f"{number[:6]}********{number[-4:]}"), "机动车")


@spares("BD161")
def motorcycle_is_no_car(town: Town) -> None:
    car(town, 车辆类型="普通二轮摩托车")


@spares("BD161")
def cancelled_car(town: Town) -> None:
    car(town, 机动车状态="注销")


@spares("BD161")
def car_cancelled_under_a_heading_of_one_word(town: Town) -> None:
    put(town, f"车辆{DAY}", grown_up(town), 号牌号码="苏C1", 车辆类型="小型轿车", 状态="注销")


@spares("BD161")
def cheap_car(town: Town) -> None:
    car(town, 购置价=12000)


@breaks("BD171")
def has_a_flat(town: Town) -> Cell:
    person = grown_up(town)
    more = {"坐落": "睢宁县城天虹大道1号", "用途": "成套住宅", "登记日": "2014-07-08"}
    put(town, f"不动产{DAY}", person, 建筑面积="96", **more)
    return town.cell(person, "商品房")


@breaks("BD171")
def one_of_two_owners_in_a_cell(town: Town) -> Cell:
    person = grown_up(town)
    both = {
        "姓名": f"某人、{person['姓名']}",
        "身份证号码": f"{STRANGER}、{person['证件号码']}",
    }
    more = {"坐落": "睢宁县城天虹大道1号", "用途": "成套住宅", "登记日": "2014-07-08"}
    put(town, f"不动产{DAY}", person, **both, **more)
    return town.cell(person, "商品房")


@spares("BD171")
def flat_was_sold(town: Town) -> None:
    more = {"坐落": "睢宁县城天虹大道1号", "用途": "成套住宅", "登记日": "2014-07-08"}
    for state in ("历史", "注销", "已转移"):
        put(town, f"不动产{DAY}", grown_up(town), 建筑面积="96", 权属状态=state, **more)


@breaks("BD171")
def flat_is_mortgaged(town: Town) -> Cell:
    more = {"坐落": "睢宁县城天虹大道1号", "用途": "成套住宅", "登记日": "2014-07-08"}
    put(town, f"不动产{DAY}", grown_up(town), 建筑面积="96", 权属状态="现势（抵押）", **more)
    return town.cell(grown_up(town), "商品房")


@breaks("BD171")
def flat_in_a_street_called_like_the_village(town: Town) -> Cell:
    person = of_wang(town, 与户主关系="配偶")[0]
    more = {"坐落": "睢宁县城小王庄路1号", "用途": "成套住宅", "登记日": "2014-07-08"}
    put(town, f"不动产{DAY}", person, 建筑面积="96", **more)
    return town.cell(person, "商品房")


@spares("BD171")
def house_in_the_village(town: Town) -> None:
    more = {"坐落": "睢宁县官山镇王庄村12号", "用途": "住宅", "登记日": "2014-07-08"}
    person = of_wang(town, 与户主关系="配偶")[0]
    put(town, f"不动产{DAY}", person, 建筑面积="96", **more)


def firm(town: Town, **row: object) -> dict[str, object]:
    person = grown_up(town)
    about = {"名称": "官山镇某商店", "登记状态": "存续", "成立日期": "2012-03-04"}
    put(town, f"工商{DAY}", person, 注册资本="3万元", **{**about, **row})
    return person


@breaks("BD181")
def runs_a_shop(town: Town) -> Cell:
    return town.cell(firm(town), "工商登记")


@breaks("BD181")
def speaks_for_a_firm_and_is_its_manager(town: Town) -> Cell:
    return town.cell(firm(town, 职务="法定代表人兼总经理"), "工商登记")


@breaks("BD181")
def role_is_not_said(town: Town) -> Cell:
    return town.cell(firm(town, 职务=""), "工商登记")


@breaks("BD181")
def shop_is_not_closed(town: Town) -> Cell:
    return town.cell(firm(town, 登记状态="未注销"), "工商登记")


@breaks("BD181")
def shop_that_is_being_closed(town: Town) -> Cell:
    return town.cell(firm(town, 登记状态="注销中"), "工商登记")


@spares("BD181")
def licence_revoked_and_not_cancelled(town: Town) -> None:
    firm(town, 登记状态="吊销，未注销")


@spares("BD181")
def shop_is_closed(town: Town) -> None:
    firm(town, 登记状态="注销")


@spares("BD181")
def member_of_a_cooperative(town: Town) -> None:
    firm(town, 职务="成员")


@spares("BD181")
def supervisor_of_a_firm(town: Town) -> None:
    firm(town, 职务="监事")


@breaks("BD191")
def insured_with_little_wages(town: Town) -> Cell:
    person = grown_up(town)
    more = {"社保编号": "1", "缴费基数": 30000, "缴费月数": 12}
    put(town, f"社保{DAY}", person, 单位="某公司", **more)
    return town.cell(person, "姓名")


@breaks("BD191")
def employees_pension(town: Town) -> Cell:
    person = grown_up(town)
    put(town, f"养老{DAY}", person, 月养老金=3000, 待遇类别="职工养老")
    return town.cell(person, "姓名")


@breaks("BD191")
def paid_in_for_an_employees_pension(town: Town) -> Cell:
    """By the first and last month: 10 of the income year."""
    person = grown_up(town)
    more = {"缴费基数": 30000, "起始年月": "201401", "截止年月": "201510"}
    put(town, f"职工养老{DAY}", person, 单位="某公司", **more)
    return town.cell(person, "姓名")


@breaks("BD191")
def insured_by_the_headings_of_the_office(town: Town) -> Cell:
    person = grown_up(town)
    more = {"缴费基数": 30000, "险种": "企业职工基本养老保险", "缴费开始": "2014-01"}
    put(town, f"社保{DAY}", person, 单位名称="某公司", **more)
    return town.cell(person, "姓名")


@breaks("BD191")
def from_and_to_in_one_cell(town: Town) -> Cell:
    person = grown_up(town)
    more = {"基数": 30000, "起止时间": "2015.1-2015.6"}
    put(town, f"公积金{DAY}", person, 单位="某公司", **more)
    return town.cell(person, "姓名")


@spares("BD191")
def five_months_in_one_cell(town: Town) -> None:
    more = {"基数": 30000, "起止时间": "2015年1-5月"}
    put(town, f"公积金{DAY}", grown_up(town), 单位="某公司", **more)


@breaks("BD191")
def paid_in_from_and_to(town: Town) -> Cell:
    person = grown_up(town)
    more = {"缴存基数": 30000, "缴存起始": "2014-01", "缴存截止": "2015-12"}
    put(town, f"公积金{DAY}", person, 单位="某公司", **more)
    return town.cell(person, "姓名")


@spares("BD191")
def insured_as_a_resident(town: Town) -> None:
    more = {"缴费基数": 30000, "险种": "城乡居民基本养老保险", "缴费开始": "2014-01"}
    put(town, f"社保{DAY}", grown_up(town), 单位名称="官山镇", **more)


@spares("BD191")
def paid_in_for_some_months_only(town: Town) -> None:
    more = {"缴费基数": 30000, "起始年月": "201508", "截止年月": "201512"}
    put(town, f"职工养老{DAY}", grown_up(town), 单位="某公司", **more)


@spares("BD191")
def sheet_without_transfers(town: Town) -> None:
    for names in town.headings.values():
        if "转移性收入(元)" in names:
            names.remove("转移性收入(元)")
    put(town, f"养老{DAY}", grown_up(town), 月养老金=3000, 待遇类别="职工养老")


@spares("BD191")
def insured_for_some_months(town: Town) -> None:
    more = {"社保编号": "1", "缴费基数": 30000, "缴费月数": 5}
    put(town, f"社保{DAY}", grown_up(town), 单位="某公司", **more)


@breaks("BD192")
def pension_paid_otherwise(town: Town) -> Cell:
    home = town.row("农户", **{"养老保险金(元)": lambda value: value})
    person = town.members(home)[0]
    put(town, f"养老{DAY}", person, 月养老金=home["养老保险金(元)"] / 12 + 50, 待遇类别="城乡居民")
    return town.cell(home, "养老保险金(元)")


@spares("BD192")
def pension_as_paid(town: Town) -> None:
    home = town.row("农户", **{"养老保险金(元)": lambda value: value})
    person = town.members(home)[0]
    put(town, f"养老{DAY}", person, 月养老金=home["养老保险金(元)"] / 12, 待遇类别="城乡居民")


@spares("BD192")
def what_pension_is_paid_is_not_said(town: Town) -> None:
    homes = town.rows("农户", **{"养老保险金(元)": lambda value: value})
    home = next(each for each in homes if len(town.members(each)) > 1)
    one, two, *_ = town.members(home)
    money = home["养老保险金(元)"] / 24
    put(town, f"养老{DAY}", one, 月养老金=money, 待遇类别="城乡居民")
    put(town, f"养老{DAY}", two, 月养老金="", 待遇类别="城乡居民")


@spares("BD192")
def pension_was_stopped(town: Town) -> None:
    home = town.row("农户", **{"养老保险金(元)": lambda value: value})
    person = town.members(home)[0]
    money = home["养老保险金(元)"] / 12 + 50
    put(town, f"养老{DAY}", person, 月养老金=money, 待遇类别="城乡居民", 状态="停发")


@breaks("BD201")
def not_insured(town: Town) -> Cell:
    town.covers = (WANG,)
    people = of_wang(town, 医疗保险="是")
    for person in people[:-1]:
        put(town, f"医保{DAY}", person, 参保类别="城乡居民", 参保年度=2016)
    return town.cell(people[-1], "医疗保险")


@breaks("BD201")
def insured_twice(town: Town) -> Cell:
    person = grown_up(town)
    for kind in ("城乡居民", "职工"):
        put(town, f"医保{DAY}", person, 参保类别=kind, 参保年度=2016)
    return town.cell(person, "医疗保险")


@spares("BD201")
def in_what_way_insured_is_not_said(town: Town) -> None:
    for kind in ("城乡居民", ""):
        put(town, f"医保{DAY}", grown_up(town), 参保类别=kind, 参保年度=2016)


@spares("BD201")
def all_are_insured(town: Town) -> None:
    town.covers = (WANG,)
    for person in of_wang(town, 医疗保险="是"):
        put(town, f"医保{DAY}", person, 参保类别="城乡居民", 参保年度=2016)


@breaks("BD211")
def account_of_somebody_else(town: Town) -> Cell:
    home = town.row("农户")
    town.listed(f"账户{DAY}", 户名="某人", 账号=home["银行账号"], 证件号码=STRANGER)
    return town.cell(home, "银行账号")


@spares("BD211")
def account_of_the_head(town: Town) -> None:
    home = town.row("农户")
    town.listed(f"账户{DAY}", 户名=home["户主姓名"], 账号=home["银行账号"], 证件号码="")


@breaks("BD211")
def account_of_a_name_within_the_heads(town: Town) -> Cell:
    home = next(each for each in town.rows("农户") if len(each["户主姓名"]) > 2)
    name = home["户主姓名"][1:]
    town.listed(f"账户{DAY}", 户名=name, 账号=home["银行账号"], 证件号码=STRANGER)
    return town.cell(home, "银行账号")
