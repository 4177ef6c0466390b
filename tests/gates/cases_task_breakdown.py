"""RW 任务分解关."""

from copy import deepcopy
from typing import Any

from town import Cell, Row, Town, breaks, spares

from generators.township import TOWN_CODE, build_register, quota_row
from jiandang.policy.model import Range

QUOTA, HOUSEHOLDS, PERSONS = "任务分解", "计划户数", "计划人数"


def village(town: Town, name: str = "王庄村") -> Row:
    return town.row(QUOTA, 名称=name)


def plan_more(town: Town, row: Row, homes: int = 0, persons: int = 0) -> None:
    """Raises a village's quota, and its town's and county's with it."""
    for planned in (row, *town.rows(QUOTA, 级别=lambda level: level in ("县", "乡"))):
        planned[HOUSEHOLDS] += homes
        planned[PERSONS] += persons


def add_village(town: Town, code: str, name: str, homes: int, persons: int) -> Row:
    row = quota_row(code, name, "村", 0, 0, "周建国")
    town.sheets[QUOTA].append(row)
    plan_more(town, row, homes, persons)
    return row


def add_town(town: Town, code: str, name: str, homes: int, persons: int) -> Row:
    """A town without villages, with the county's quota raised by its own."""
    row = quota_row(code, name, "乡", homes, persons, "周建国")
    town.sheets[QUOTA].append(row)
    county = town.row(QUOTA, 级别="县")
    county[HOUSEHOLDS] += homes
    county[PERSONS] += persons
    return row


def add_total(town: Town, sheet: str, **cells: Any) -> Row:
    town.sheets[sheet].append(cells)
    return cells


def renumber(town: Town, home: Row, code: str, name: str, number: int) -> None:
    """Moves a household to another village, in every sheet."""
    old, new = home["户编号"], f"{code}{number:03d}"
    for rows in town.sheets.values():
        for row in rows:
            if row.get("户编号") == old:
                row |= {"户编号": new}
                row |= {"村码": code} if "村码" in row else {}
                row |= {"行政村": name} if "行政村" in row else {}
                row |= {"人编号": new + row["人编号"][-2:]} if "人编号" in row else {}


def twelve_villages(town: Town) -> None:
    """The same households in twelve villages, each with just the quota that it has registered."""
    names = [f"{stem}庄村" for stem in "甲乙丙丁戊己庚辛壬癸子丑"]
    codes = [f"{TOWN_CODE}{number}" for number in range(301, 301 + len(names))]
    homes = town.rows("农户")
    for i, home in enumerate(homes):
        number = i % len(names)
        renumber(town, home, codes[number], names[number], i // len(names) + 1)
    county, above, *_ = town.rows(QUOTA)
    rows: list[Row] = []
    for code, name in zip(codes, names, strict=True):
        own = [home for home in homes if home["村码"] == code]
        persons = sum(home["家庭人口"] for home in own)
        rows.append(quota_row(code, name, "村", len(own), persons, "周建国"))
    for row in (county, above):
        row |= {HOUSEHOLDS: len(homes), PERSONS: sum(r[PERSONS] for r in rows)}
    town.sheets[QUOTA] = [county, above, *rows]
    facts = town.row("村情")
    town.sheets["村情"] = [
        {
            **facts,
            "村码": row["区划代码"],
            "行政村": row["名称"],
            "农村户数": 300,
            "农村人口": 900 + 61 * i,
        }
        for i, row in enumerate(rows)
    ]


# -- RW001 -----------------------------------------------------------------------------------


@breaks("RW001")
def county_is_not_its_towns(town: Town) -> Cell:
    county = town.row(QUOTA, 级别="县")
    county[HOUSEHOLDS] += 3
    return town.cell(county, HOUSEHOLDS)


@breaks("RW001")
def county_is_not_its_villages(town: Town) -> Cell:
    town.sheets[QUOTA].remove(town.row(QUOTA, 级别="乡"))
    county = town.row(QUOTA, 级别="县")
    county[PERSONS] -= 1
    return town.cell(county, PERSONS)


@breaks("RW001")
def village_of_a_nought_too_many(town: Town) -> Cell:
    row = village(town, "柳湾村")
    row[PERSONS] *= 10
    return town.cell(row, PERSONS)


@breaks("RW001")
def village_in_tens_of_households(town: Town) -> Cell:
    row = village(town, "柳湾村")
    plan_more(town, row, homes=30 - row[HOUSEHOLDS])
    town.policy["quota_tolerance"] = 0.5
    row[HOUSEHOLDS] = 3
    return town.cell(row, HOUSEHOLDS)


@breaks("RW001")
def village_off_its_target_by_what_the_sum_is_off(town: Town) -> Cell:
    """RW005 would tell of the same cell."""
    row = village(town, "柳湾村")
    row[HOUSEHOLDS] += 10
    (found,) = town.findings(select=["RW001"])
    assert found.expected == str(row[HOUSEHOLDS] - 10)
    return town.cell(row, HOUSEHOLDS)


@breaks("RW001", beside="RW005")
def village_off_its_target_by_more_than_the_sum_is_off(town: Town) -> Cell:
    row = village(town, "柳湾村")
    row[HOUSEHOLDS] += 10
    above = town.row(QUOTA, 级别="乡")
    above[HOUSEHOLDS] += 5
    town.row(QUOTA, 级别="县")[HOUSEHOLDS] += 5
    return town.cell(above, HOUSEHOLDS)


@breaks("RW001")
def town_of_a_nought_too_many(town: Town) -> Cell:
    row = town.row(QUOTA, 级别="乡")
    row[PERSONS] *= 10
    return town.cell(row, PERSONS)


@spares("RW001")
def town_without_villages(town: Town) -> None:
    add_town(town, "320324106", "高集镇", 200, 500)


@spares("RW001")
def villages_without_codes(town: Town) -> None:
    village(town, "柳湾村")["区划代码"] = village(town, "陈桥村")["区划代码"] = None


# -- RW002, RW003 ----------------------------------------------------------------------------


@breaks("RW002")
def nobody_registered(town: Town) -> Cell:
    return town.cell(add_village(town, "320324105206", "孙庄村", 5, 12), "区划代码")


@spares("RW002")
def nobody_planned(town: Town) -> None:
    add_village(town, "320324105206", "孙庄村", 0, 0)


@spares("RW002")
def village_of_another_town(town: Town) -> None:
    row = add_village(town, "320324106201", "高集村", 0, 0)
    row |= {HOUSEHOLDS: 200, PERSONS: 500}
    add_town(town, "320324106", "高集镇", 200, 500)


@breaks("RW003")
def unplanned_village(town: Town) -> Cell:
    home = build_register().unplanned
    record = deepcopy(home.record)
    town.sheets["农户"].append(record)
    town.sheets["成员"] += deepcopy(home.members)
    town.sheets["识别程序"].append(deepcopy(home.procedure))
    town.sheets["入户调查"].append(deepcopy(home.survey))
    return town.cell(record, "行政村")


@breaks("RW003")
def village_with_two_digits_swapped(town: Town) -> Cell:
    home = town.rows("农户", 行政村="王庄村")[-1]
    renumber(town, home, "320324150201", "王庄村", 28)
    town.policy["quota_tolerance"] = 0.5
    found = [f.message for f in town.findings(select=["RW003"])]
    assert [m for m in found if "320324105201 只差一位" in m] == found
    return town.cell(home, "行政村")


@spares("RW003")
def quota_of_towns_only(town: Town) -> None:
    town.sheets[QUOTA] = town.rows(QUOTA, 级别=lambda level: level != "村")


@spares("RW003")
def quota_by_name(town: Town) -> None:
    town.headings[QUOTA].remove("区划代码")
    village(town)["名称"] = "王庄村委会"


# -- RW004, RW005 ----------------------------------------------------------------------------


@breaks("RW004")
def too_many_persons_planned(town: Town) -> Cell:
    plan_more(town, village(town), persons=15)
    return town.cell(village(town), PERSONS)


@spares("RW004")
def persons_within_tolerance(town: Town) -> None:
    plan_more(town, village(town), persons=1)  # 72 of 75: 4 %


@breaks("RW005")
def too_many_households_planned(town: Town) -> Cell:
    plan_more(town, village(town, "柳湾村"), homes=7)
    return town.cell(village(town, "柳湾村"), HOUSEHOLDS)


@spares("RW005")
def households_within_tolerance(town: Town) -> None:
    plan_more(town, village(town, "柳湾村"), homes=2)  # 24 of 25: 4 %


# -- RW006, RW007, RW008 ---------------------------------------------------------------------


@breaks("RW006")
def code_lacks_digits(town: Town) -> Cell:
    village(town)["区划代码"] = "3203241052"
    return town.cell(village(town), "区划代码")


@breaks("RW006")
def code_of_another_town(town: Town) -> Cell:
    village(town)["区划代码"] = "320342105201"
    return town.cell(village(town), "区划代码")


@breaks("RW006")
def code_with_a_slip_in_the_town(town: Town) -> Cell:
    row = village(town)
    row["区划代码"] = "320324195201"
    found = [f.expected for f in town.findings(select=["RW006"])]
    assert found == ["320324105201"]
    return town.cell(row, "区划代码")


@spares("RW006")
def codes_filled_with_zeros(town: Town) -> None:
    for row in town.rows(QUOTA):
        row["区划代码"] = row["区划代码"].ljust(12, "0")


@breaks("RW007")
def village_twice(town: Town) -> Cell:
    copy = dict(village(town, "陈桥村"))
    town.sheets[QUOTA].append(copy)
    return town.cell(copy, "区划代码")


@spares("RW007")
def no_codes(town: Town) -> None:
    for row in town.rows(QUOTA):
        row["区划代码"] = None


@breaks("RW008")
def name_of_another_code(town: Town) -> Cell:
    home = town.rows("农户", 行政村="王庄村")[3]
    for row in (home, *town.members(home), town.row("识别程序", 户编号=home["户编号"])):
        row["行政村"] = "柳湾村"
    return town.cell(home, "行政村")


@breaks("RW008")
def code_of_no_village(town: Town) -> Cell:
    home = town.rows("农户", 行政村="柳湾村")[-1]
    renumber(town, home, "320324105207", "柳湾村", 24)
    return town.cell(home, "行政村")


@breaks("RW008")
def village_with_a_slip_in_the_quota(town: Town) -> Cell:
    row = village(town)
    row["区划代码"] = "320324105291"
    return town.cell(row, "区划代码")


@spares("RW008")
def short_and_long_names(town: Town) -> None:
    home = town.row("农户", 行政村="王庄村")
    for row in (home, *town.members(home)):
        row["行政村"] = "王庄"
    village(town)["名称"] = "王庄村民委员会"


# -- RW009, RW010 ----------------------------------------------------------------------------


@breaks("RW009")
def households_and_persons_swapped(town: Town) -> Cell:
    row = village(town)
    row[HOUSEHOLDS], row[PERSONS] = row[PERSONS], row[HOUSEHOLDS]
    return town.cell(row, PERSONS)


@breaks("RW009")
def persons_in_hundreds(town: Town) -> Cell:
    add_town(town, "320324106", "高集镇", 120, 300)
    add_town(town, "320324107", "魏集镇", 150, 400)
    return town.cell(add_town(town, "320324108", "岚山镇", 3, 4), PERSONS)


@spares("RW009")
def everyone_alone(town: Town) -> None:
    add_town(town, "320324106", "高集镇", 5, 5)


@breaks("RW010")
def no_officer(town: Town) -> Cell:
    village(town)["责任人"] = None
    return town.cell(village(town), "责任人")


@spares("RW010")
def no_column_of_officers(town: Town) -> None:
    town.headings[QUOTA].remove("责任人")


@spares("RW010")
def no_officer_of_the_county(town: Town) -> None:
    town.row(QUOTA, 级别="县")["责任人"] = None


# -- RW011-RW014 -----------------------------------------------------------------------------


@breaks("RW011")
def small_households(town: Town) -> Cell:
    town.policy["persons_per_household"] = Range(low=2.45, high=4.5)
    return town.cell(town.row("农户", 行政村="陈桥村"), "行政村")  # 55 / 23 = 2.39


@spares("RW011")
def few_small_households(town: Town) -> None:
    town.policy["persons_per_household"] = Range(low=4, high=4.5)
    twelve_villages(town)


@breaks("RW012")
def more_than_live_there(town: Town) -> Cell:
    row = town.row("村情", 行政村="陈桥村")
    row["农村人口"] = 54
    return town.cell(row, "农村人口")


@spares("RW012")
def all_who_live_there(town: Town) -> None:
    town.row("村情", 行政村="陈桥村").update({"农村户数": 24, "农村人口": 55})


@breaks("RW013")
def all_just_on_target(town: Town) -> Cell:
    twelve_villages(town)
    return town.heading_cell(QUOTA, PERSONS)


@spares("RW013")
def all_but_one_on_target(town: Town) -> None:
    twelve_villages(town)
    row = max(town.rows(QUOTA, 级别="村"), key=lambda row: int(row[PERSONS]))
    town.policy["quota_tolerance"] = 0.1
    plan_more(town, row, persons=1)


@breaks("RW014")
def same_share(town: Town) -> Cell:
    twelve_villages(town)
    for row, facts in zip(town.rows(QUOTA, 级别="村"), town.rows("村情"), strict=True):
        facts["农村户数"], facts["农村人口"] = 8 * row[PERSONS], 25 * row[PERSONS]
    town.row("村情")["农村人口"] += 300
    return town.heading_cell(QUOTA, PERSONS)


@spares("RW014")
def shares_that_differ(town: Town) -> None:
    twelve_villages(town)


# -- RW015, RW016 ----------------------------------------------------------------------------


@breaks("RW015")
def wrong_total_of_the_quota(town: Town) -> Cell:
    return town.cell(add_total(town, QUOTA, 名称="合计", 计划户数=76, 计划人数=198), PERSONS)


@breaks("RW015")
def wrong_total_of_the_households(town: Town) -> Cell:
    return town.cell(add_total(town, "农户", 户主姓名="合计", 家庭人口=188), "家庭人口")


@spares("RW015")
def right_totals(town: Town) -> None:
    add_total(town, QUOTA, 名称="合计", 计划户数=76, 计划人数=188)
    add_total(town, "农户", 户主姓名="全镇合计", 家庭人口=300)
    add_total(town, "成员", 姓名="合计", 年龄="187人")


@breaks("RW016")
def weak_village_without_income(town: Town) -> Cell:
    row = town.row("村情", 是否经济薄弱村="是")
    row["村集体经营性收入(万元)"] = None
    return town.cell(row, "村集体经营性收入(万元)")


@breaks("RW016")
def weak_village_with_income(town: Town) -> Cell:
    row = town.row("村情", 是否经济薄弱村="是")
    row["村集体经营性收入(万元)"] = 18.0
    return town.cell(row, "村集体经营性收入(万元)")


@spares("RW016")
def strong_village_without_income(town: Town) -> None:
    town.row("村情", 是否经济薄弱村="是")["村集体经营性收入(万元)"] = 17.9
    town.row("村情", 是否经济薄弱村="否")["村集体经营性收入(万元)"] = None
