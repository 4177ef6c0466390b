"""LR1 重复: persons, accounts and households listed twice."""

from collections.abc import Callable
from datetime import date

from cases_entry_identity import spouses, write_digits
from family_changes import add_member, family
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.report.model import Severity

TABLES_OF_HOUSEHOLDS = ("成员", "农户", "识别程序", "入户调查")


def of_one_age(town: Town, village: str | None = None) -> tuple[Row, Row]:
    """Two wives of one age in two households: the earlier and the later."""
    rows = [row for row in spouses(town) if village in (None, row["行政村"])]
    return next(
        (one, two)
        for number, one in enumerate(rows)
        for two in rows[number + 1 :]
        if one["年龄"] == two["年龄"]
    )


def twins(town: Town) -> tuple[Row, Row]:
    rows = town.rows("成员", 与户主关系="之子")
    return next(
        (one, two)
        for number, one in enumerate(rows)
        for two in rows[number + 1 :]
        if (one["户编号"], one["出生日期"]) == (two["户编号"], two["出生日期"])
    )


def renumber_household(town: Town, home: Row, number: str) -> None:
    """Another 户编号 in all tables; the numbers of the persons begin with it."""
    old = home["户编号"]
    for sheet in TABLES_OF_HOUSEHOLDS:
        for row in town.rows(sheet, 户编号=old):
            row["户编号"] = number
            if sheet == "成员":
                row["人编号"] = number + row["人编号"][-2:]


@breaks("LR108")
def twins_with_one_number(town: Town) -> Cell:
    elder, younger = twins(town)
    younger["证件号码"] = elder["证件号码"]
    return town.cell(younger, "证件号码")


@spares("LR108")
def twins_with_neighbouring_numbers(town: Town) -> None:
    elder, younger = twins(town)
    write_digits(elder, 14, "461")
    write_digits(younger, 14, "463")


@breaks("LR109")
def in_two_households(town: Town) -> Cell:
    one, two = of_one_age(town)
    two["证件号码"], two["出生日期"] = one["证件号码"], one["出生日期"]
    return town.cell(two, "证件号码")


@breaks("LR109")
def once_by_the_number_of_the_card(town: Town) -> Cell:
    one, two = of_one_age(town)
    two["证件号码"], two["出生日期"] = one["证件号码"], one["出生日期"]
    one["证件号码"] += "44"
    one["证件类型"] = "残疾人证"
    one["健康状况"] = "残疾"
    return town.cell(two, "证件号码")


@spares("LR109")
def same_day_of_birth(town: Town) -> None:
    one, two = of_one_age(town)
    be_born(two, one["出生日期"])


@breaks("LR110", beside="LR103")
def a_slip_in_a_second_registration(town: Town) -> Cell:
    one, two = of_one_age(town, "王庄村")
    two["姓名"], two["出生日期"] = one["姓名"], one["出生日期"]
    number = one["证件号码"]
    two["证件号码"] = number[:15] + str((int(number[15]) + 1) % 10) + number[16:]
    return town.cell(one, "证件号码")


@breaks("LR110", beside="LR103")
def two_digits_swapped_in_a_second_registration(town: Town) -> Cell:
    one, two = of_one_age(town, "王庄村")
    two["姓名"], two["出生日期"] = one["姓名"], one["出生日期"]
    write_digits(one, 14, "462")
    number = one["证件号码"]
    two["证件号码"] = number[:14] + "642" + number[17:]
    return town.cell(one, "证件号码")


@spares("LR110")
def namesakes_of_one_village(town: Town) -> None:
    one, two = of_one_age(town, "王庄村")
    two["姓名"] = one["姓名"]
    assert one["出生日期"] != two["出生日期"]


@breaks("LR119")
def account_of_the_neighbour(town: Town) -> Cell:
    return _one_account(town, lambda age: 30 < age < 60, lambda age: 30 < age < 60)


@breaks("LR119", beside="LR120")
def account_of_the_ninth_household(town: Town) -> Cell:
    """By their count: as texts, 10 is before 9."""
    homes = town.rows("农户", 行政村="王庄村")
    numbers = {home["户编号"]: str(count) for count, home in enumerate(homes, 1)}
    for rows in town.sheets.values():
        for row in rows:
            row["户编号"] = numbers.get(row.get("户编号", ""), row.get("户编号"))
    one, two = homes[8:10]
    two["银行账号"] = one["银行账号"]
    return town.cell(two, "银行账号")


@breaks("LR119")
def account_filled_down_a_village(town: Town) -> Cell:
    """One finding, at the second of them."""
    first, *others = town.rows("农户", 行政村="王庄村")
    for home in others:
        home["银行账号"], home["开户银行"] = first["银行账号"], first["开户银行"]
    return town.cell(others[0], "银行账号")


@breaks("LR119", severity=Severity.INFO)
def account_of_one_guardian(town: Town) -> Cell:
    one, two = town.rows("农户", 农户属性="五保户")
    two["银行账号"] = one["银行账号"]
    return town.cell(two, "银行账号")


@breaks("LR119")
def brothers_with_one_account_and_phone(town: Town) -> Cell:
    """One cause: SB024 does not tell of the phone as well."""
    homes = [home for home in town.rows("农户", 行政村="王庄村") if 30 < _age(town, home) < 60]
    first, second = homes[:2]
    second["银行账号"], second["联系电话"] = first["银行账号"], first["联系电话"]
    return town.cell(second, "银行账号")


@breaks("LR119", severity=Severity.SUSPECT)
def account_of_an_old_neighbour(town: Town) -> Cell:
    return _one_account(town, lambda age: age >= 60, lambda age: 30 < age < 60)


@breaks("LR119", severity=Severity.INFO)
def account_of_two_old_people(town: Town) -> Cell:
    return _one_account(town, lambda age: age >= 60, lambda age: age >= 60)


def _one_account(town: Town, one: Callable[[int], bool], two: Callable[[int], bool]) -> Cell:
    homes = [home for home in town.rows("农户") if home["农户属性"] != "五保户"]
    first = next(home for home in homes if one(_age(town, home)))
    later = homes[homes.index(first) + 1 :]
    second = next(
        home
        for home in later
        if two(_age(town, home)) and home["户主姓名"][0] != first["户主姓名"][0]
    )
    second["银行账号"] = first["银行账号"]
    return town.cell(second, "银行账号")


def _age(town: Town, home: Row) -> int:
    return int(town.members(home)[0]["年龄"])


@spares("LR119")
def no_account_at_all(town: Town) -> None:
    for row in households_of_different_surnames(town, 2):
        row["银行账号"] = None


def households_of_different_surnames(town: Town, count: int) -> list[Row]:
    """So that nothing looks like one family under two numbers (SB024)."""
    by_surname = {row["户主姓名"][0]: row for row in reversed(town.rows("农户"))}
    kept = list(by_surname.values())
    return [row for row in town.rows("农户") if any(row is other for other in kept)][:count]


@breaks("LR121")
def two_households_with_one_number(town: Town) -> Cell:
    one, two = households_of_different_surnames(town, 2)
    town.policy["quota_tolerance"] = 0.5
    old = two["户编号"]
    for sheet in ("识别程序", "入户调查"):
        town.sheets[sheet] = town.rows(sheet, 户编号=lambda number: number != old)
    for sheet in ("成员", "农户"):
        for row in town.rows(sheet, 户编号=old):
            row["户编号"] = one["户编号"]
    return town.cell(two, "户编号")


@breaks("LR121")
def two_households_of_members_with_one_number(town: Town) -> Cell:
    del town.sheets["农户"]
    first, _, second = town.rows("成员", 与户主关系="户主", 行政村="王庄村")[:3]
    town.policy["quota_tolerance"] = 0.5
    old = second["户编号"]
    for sheet in ("识别程序", "入户调查"):
        town.sheets[sheet] = town.rows(sheet, 户编号=lambda number: number != old)
    for row in town.members(second):
        row["户编号"] = first["户编号"]
    return town.cell(second, "户编号")


@breaks("LR121")
def two_couples_with_one_number(town: Town) -> Cell:
    """Neither numbers nor table 2 tell them apart, but in one household is one couple."""
    del town.sheets["农户"]
    town.policy["quota_tolerance"] = 0.5
    first, second = [
        row
        for row in town.rows("成员", 与户主关系="户主", 行政村="王庄村")
        if "配偶" in {other["与户主关系"] for other in town.members(row)}
    ][:2]
    old = second["户编号"]
    for sheet in ("识别程序", "入户调查"):
        town.sheets[sheet] = town.rows(sheet, 户编号=lambda number: number != old)
    for row in town.members(second):
        row["户编号"] = first["户编号"]
    for row in town.sheets["成员"]:
        row["人编号"] = None
    return town.cell(second, "户编号")


@breaks("LR121")
def household_copied_to_another_sheet(town: Town) -> Cell:
    last = town.sheets["成员"][-1]
    town.sheets["成员副本"] = [dict(row) for row in town.members(last)]
    town.headings["成员副本"] = town.headings["成员"]
    return town.cell(town.sheets["成员副本"][0], "户编号")


@breaks("LR121", severity=Severity.WARNING)
def visit_copied(town: Town) -> Cell:
    visits = town.sheets["入户调查"]
    visits.insert(4, dict(visits[3]))
    return town.cell(visits[4], "户编号")


@spares("LR121")
def steps_on_two_sheets(town: Town) -> None:
    town.sheets["识别副本"] = [dict(town.sheets["识别程序"][3])]
    town.headings["识别副本"] = town.headings["识别程序"]


@spares("LR121")
def lists_of_two_levels(town: Town) -> None:
    town.headings["农户"].append("名单级别")
    for row in town.rows("农户"):
        row["名单级别"] = "县级"


@breaks("LR122")
def number_of_the_head(town: Town) -> Cell:
    home = town.row("农户", 家庭人口=2)
    head, other = town.members(home)
    other["人编号"] = head["人编号"]
    return town.cell(other, "人编号")


@spares("LR122")
def no_number_at_all(town: Town) -> None:
    for row in town.rows("成员"):
        row["人编号"] = None


@breaks("LR126")
def two_numbers_for_one_day_of_birth(town: Town) -> Cell:
    one, two = of_one_age(town, "王庄村")
    two["姓名"] = one["姓名"]
    be_born(two, one["出生日期"])
    return town.cell(two, "证件号码")


@breaks("LR126", beside="LR131")
def newborn_listed_twice(town: Town) -> Cell:
    """Neither row has an identity number, so that nothing else tells that they are one."""
    *_, brother = family(town, "户主", "配偶", "之女", "之子")
    for _ in range(2):
        child = add_member(town, brother, date(2015, 11, 3), 文化程度="学龄前儿童")
        child |= {"证件号码": None, "证件类型": "无证件", "在校生状况": "非在校生"}
    again = town.rows("成员", 姓名=child["姓名"], 户编号=child["户编号"])[1]
    return town.cell(again, "姓名")


@spares("LR126")
def namesakes_of_two_villages(town: Town) -> None:
    one, two = next(
        (one, two)
        for one in spouses(town)
        for two in spouses(town)
        if one["年龄"] == two["年龄"] and one["行政村"] != two["行政村"]
    )
    two["姓名"] = one["姓名"]
    be_born(two, one["出生日期"])
