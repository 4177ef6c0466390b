"""LR1 证件号码: the number itself and what it says of its owner."""

from collections.abc import Callable
from datetime import date

from family_changes import family
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from generators.people import with_check
from jiandang.report.model import Severity


def spouses(town: Town) -> list[Row]:
    """Wives with nothing but an identity card."""
    return town.rows("成员", 与户主关系="配偶", 性别="女", 残疾证号=None)


def spouse(town: Town) -> Row:
    return spouses(town)[0]


def card_holder(town: Town) -> Row:
    return town.row("成员", 残疾证号=lambda card: card is not None)


def write_digits(row: Row, start: int, digits: str) -> None:
    """Other digits in the number from a place on, with the check character that follows."""
    number = row["证件号码"]
    first_17 = (number[:start] + digits + number[start + len(digits) :])[:17]
    row["证件号码"] = with_check(first_17)


def write_number(row: Row, number: str) -> None:
    """The first 17 digits of another number, with the birth date and age they say."""
    row["证件号码"] = with_check(number)
    be_born(row, date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}"))


# -- LR101 ------------------------------------------------------------------------------------


@breaks("LR101")
def one_digit_short(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = row["证件号码"][:-1]
    return town.cell(row, "证件号码")


@breaks("LR101")
def letter_in_the_middle(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = row["证件号码"][:9] + "O" + row["证件号码"][10:]
    return town.cell(row, "证件号码")


@spares("LR101")
def disability_card_as_identity(town: Town) -> None:
    row = card_holder(town)
    row["证件号码"], row["残疾证号"], row["证件类型"] = row["残疾证号"], None, "残疾人证"
    if row["与户主关系"] == "户主":
        town.household(row)["户主证件号码"] = row["证件号码"]


@spares("LR101")
def lower_case_x(town: Town) -> None:
    row = town.row("成员", 证件号码=lambda number: number.endswith("X"))
    row["证件号码"] = row["证件号码"].lower()


# -- LR102 ------------------------------------------------------------------------------------


@breaks("LR102")
def number_typed_as_number(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = float(row["证件号码"][:15] + "000")
    return town.cell(row, "证件号码")


@breaks("LR102")
def number_in_scientific_notation(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = f"{float(row['证件号码'][:15] + '000'):.5E}"
    return town.cell(row, "证件号码")


@spares("LR102")
def household_typed_as_number(town: Town) -> None:
    """Fifteen digits are within what Excel keeps."""
    for row in town.rows("成员"):
        row["户编号"] = float(row["户编号"])


# -- LR103, LR104 -----------------------------------------------------------------------------


@breaks("LR103")
def other_last_digit(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = row["证件号码"][:17] + ("5" if row["证件号码"][17] != "5" else "6")
    return town.cell(row, "证件号码")


@breaks("LR103")
def two_digits_of_the_region_swapped(town: Town) -> Cell:
    row = spouse(town)
    number = row["证件号码"]
    assert number[4] != number[5]
    row["证件号码"] = number[:4] + number[5] + number[4] + number[6:]
    return town.cell(row, "证件号码")


@spares("LR103")
def check_character_follows(town: Town) -> None:
    write_digits(spouse(town), 14, "462")


@breaks("LR104")
def thirtieth_of_february(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 10, "0230")
    return town.cell(row, "证件号码")


@breaks("LR104")
def born_after_the_check(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 6, "20190301")
    return town.cell(row, "证件号码")


@breaks("LR104")
def born_in_another_century(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 6, "18990301")
    return town.cell(row, "证件号码")


@spares("LR104")
def leap_day(town: Town) -> None:
    row = next(row for row in spouses(town) if row["出生日期"].year % 4 == 0)
    be_born(row, date(row["出生日期"].year, 2, 29))


# -- LR105, LR106, LR107 ----------------------------------------------------------------------


@breaks("LR105")
def region_that_never_was(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 0, "320399")
    return town.cell(row, "证件号码")


@spares("LR105")
def region_of_earlier_days(town: Town) -> None:
    write_digits(spouse(town), 0, "320323")  # 铜山县, a district since 2010


@breaks("LR106")
def sex_turned_round(town: Town) -> Cell:
    row = spouse(town)
    row["性别"] = "男"
    return town.cell(row, "性别")


@spares("LR106")
def sex_by_number(town: Town) -> None:
    spouse(town)["性别"] = "2"


@breaks("LR107")
def birthday_a_day_off(town: Town) -> Cell:
    row = spouse(town)
    day = row["出生日期"]
    row["出生日期"] = day.replace(day=day.day % 28 + 1)
    return town.cell(row, "出生日期")


@breaks("LR107")
def birth_month_off(town: Town) -> Cell:
    row = spouse(town)
    row["出生日期"] = f"{row['出生日期'].year}-{row['出生日期'].month % 12 + 1:02d}"
    return town.cell(row, "出生日期")


@breaks("LR107")
def two_years_older(town: Town) -> Cell:
    row = spouse(town)
    row["年龄"] += 2
    return town.cell(row, "年龄")


@breaks("LR107")
def birth_year_two_years_off(town: Town) -> Cell:
    row = spouse(town)
    row["年龄"] = row["出生日期"].year - 2
    return town.cell(row, "年龄")


@spares("LR107")
def age_by_the_old_count(town: Town) -> None:
    for row in town.rows("成员"):
        row["年龄"] += 1


@spares("LR107")
def birth_year_in_place_of_age(town: Town) -> None:
    for row in town.rows("成员"):
        row["年龄"] = row["出生日期"].year


@spares("LR107")
def birth_month_only(town: Town) -> None:
    for row in town.rows("成员"):
        row["出生日期"] = f"{row['出生日期']:%Y.%m}"


# -- LR111, LR112 -----------------------------------------------------------------------------


@breaks("LR111")
def number_of_before_1999(town: Town) -> Cell:
    row = spouse(town)
    row["证件号码"] = row["证件号码"][:6] + row["证件号码"][8:17]
    return town.cell(row, "证件号码")


@spares("LR111")
def card_of_twenty_characters(town: Town) -> None:
    disability_card_as_identity(town)


@breaks("LR112")
def a_hundred_and_eleven(town: Town) -> Cell:
    row = town.row("农户", 农户属性="五保户")
    person = town.members(row)[0]
    be_born(person, date(1904, 12, 31))
    row["户主证件号码"] = person["证件号码"]
    return town.cell(person, "证件号码")


@spares("LR112")
def a_hundred_and_ten(town: Town) -> None:
    row = town.row("农户", 农户属性="五保户")
    person = town.members(row)[0]
    be_born(person, date(1905, 1, 1))
    row["户主证件号码"] = person["证件号码"]


# -- LR113, LR114 -----------------------------------------------------------------------------


@breaks("LR113")
def category_nine(town: Town) -> Cell:
    row = card_holder(town)
    row["残疾证号"] = row["残疾证号"][:18] + "9" + row["残疾证号"][19]
    return town.cell(row, "残疾证号")


@breaks("LR113")
def grade_five_in_the_identity_column(town: Town) -> Cell:
    disability_card_as_identity(town)
    row = town.row("成员", 证件类型="残疾人证")
    row["证件号码"] = row["证件号码"][:19] + "5"
    if row["与户主关系"] == "户主":
        town.household(row)["户主证件号码"] = row["证件号码"]
    return town.cell(row, "证件号码")


@breaks("LR113")
def nineteen_characters(town: Town) -> Cell:
    row = card_holder(town)
    row["残疾证号"] = row["残疾证号"][:-1]
    return town.cell(row, "残疾证号")


@spares("LR113")
def card_issued_again(town: Town) -> None:
    card_holder(town)["残疾证号"] += "B1"


@spares("LR113")
def no_card_in_words(town: Town) -> None:
    spouse(town)["残疾证号"] = "无"


@breaks("LR114")
def card_of_another(town: Town) -> Cell:
    row = card_holder(town)
    row["残疾证号"] = spouse(town)["证件号码"] + row["残疾证号"][18:]
    return town.cell(row, "残疾证号")


@spares("LR114")
def card_with_a_lower_case_x(town: Town) -> None:
    for row in town.rows("成员", 残疾证号=lambda card: card is not None):
        row["残疾证号"] = row["残疾证号"].lower()


# -- LR123, LR124, LR125, LR127 ---------------------------------------------------------------


@breaks("LR123")
def only_one_from_elsewhere(town: Town) -> Cell:
    for row in town.rows("成员"):
        if not row["证件号码"].startswith("320324"):
            move_home(town, row)
    row = spouse(town)
    write_digits(row, 0, "341322")
    return town.cell(row, "证件号码")


@spares("LR123")
def all_from_here(town: Town) -> None:
    for row in town.rows("成员"):
        if not row["证件号码"].startswith("320324"):
            move_home(town, row)


def move_home(town: Town, row: Row) -> None:
    write_digits(row, 0, "320324")
    if row["残疾证号"]:
        row["残疾证号"] = row["证件号码"] + row["残疾证号"][18:]
    if row["与户主关系"] == "户主":
        town.household(row)["户主证件号码"] = row["证件号码"]


@breaks("LR124")
def serial_of_zeros(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 14, "000")
    return town.cell(row, "证件号码")


@breaks("LR124")
def region_of_ones(town: Town) -> Cell:
    row = spouse(town)
    write_digits(row, 0, "111111")
    return town.cell(row, "证件号码")


@spares("LR124")
def four_nines(town: Town) -> None:
    row = town.row("成员", 性别="男", 与户主关系="之子")
    write_digits(row, 14, "999")
    assert "99999" not in row["证件号码"]


def neighbours(town: Town) -> list[Row]:
    """Three rows of the sheet, one below the other: the heads of households of one person."""
    singles = [town.members(home)[0] for home in town.rows("农户", 家庭人口=1)]
    rows = town.sheets["成员"]
    kept = [row for row in rows if not any(row is single for single in singles[:3])]
    town.sheets["成员"] = [*singles[:3], *kept]
    return singles[:3]


@breaks("LR125")
def filled_down(town: Town) -> Cell:
    rows = neighbours(town)
    number = rows[0]["证件号码"][:17]
    for step, row in enumerate(rows):
        row["证件号码"] = f"{number}{step}"
        town.household(row)["户主证件号码"] = row["证件号码"]
    return town.cell(rows[0], "证件号码")


@spares("LR125")
def two_in_a_row(town: Town) -> None:
    twins = [row for row in town.rows("成员", 与户主关系="之子") if len(town.members(row)) == 4]
    by_birth = {row["出生日期"]: row for row in twins}
    younger = next(row for row in twins if by_birth[row["出生日期"]] is not row)
    elder = by_birth[younger["出生日期"]]
    write_digits(elder, 14, "461")
    write_digits(younger, 14, "463")


@breaks("LR127")
def card_that_is_none(town: Town) -> Cell:
    row = spouse(town)
    row["证件类型"] = "残疾人证"
    return town.cell(row, "证件类型")


@spares("LR127")
def type_left_empty(town: Town) -> None:
    for row in town.rows("成员"):
        row["证件类型"] = None


# -- 户主证件号码 -----------------------------------------------------------------------------


def write_heads_number(town: Town, change: Callable[[str], str]) -> Cell:
    """Another number for a head, in the household's row alone."""
    row = town.row("农户")
    row["户主证件号码"] = change(row["户主证件号码"])
    return town.cell(row, "户主证件号码")


@breaks("LR101")
def heads_number_too_short(town: Town) -> Cell:
    return write_heads_number(town, lambda number: number[:17])


@breaks("LR101")
def name_in_place_of_the_heads_number(town: Town) -> Cell:
    return write_heads_number(town, lambda number: "王大")


@breaks("LR103")
def heads_number_with_a_wrong_check(town: Town) -> Cell:
    return write_heads_number(town, lambda number: number[:17] + "0X"[number[17] == "0"])


@breaks("LR104")
def head_born_on_no_day(town: Town) -> Cell:
    return write_heads_number(town, lambda n: with_check(n[:10] + "0231" + n[14:17]))


@breaks("LR105", beside="LR207")
def heads_number_of_nowhere(town: Town) -> Cell:
    return write_heads_number(town, lambda number: with_check("320399" + number[6:17]))


@breaks("LR102")
def heads_number_stored_as_a_number(town: Town) -> Cell:
    row = town.row("农户")
    row["户主证件号码"] = float(row["户主证件号码"][:17] + "0")
    return town.cell(row, "户主证件号码")


@breaks("LR103")
def one_wrong_number_of_head_and_member(town: Town) -> Cell:
    """It is told once, where the member stands."""
    head = town.row("成员", 与户主关系="户主", 残疾证号=None)
    head["证件号码"] = head["证件号码"][:17] + "0X"[head["证件号码"][17] == "0"]
    town.household(head)["户主证件号码"] = head["证件号码"]
    return town.cell(head, "证件号码")


@spares("LR103")
def household_without_the_heads_number(town: Town) -> None:
    town.row("农户")["户主证件号码"] = None


def newborn(town: Town, id_type: str | None) -> Row:
    """A grandchild of one year without a number."""
    child = town.row("成员", 与户主关系="之孙子", 在校生状况="学前教育")
    be_born(child, date(2014, 10, 3))
    child["在校生状况"] = "非在校生"
    child["证件类型"], child["证件号码"] = id_type, None
    return child


@breaks("LR131", severity=Severity.INFO)
def newborn_with_a_birth_certificate(town: Town) -> Cell:
    return town.cell(newborn(town, "出生证"), "证件号码")


@breaks("LR131", severity=Severity.INFO)
def newborn_without_any_papers_told(town: Town) -> Cell:
    return town.cell(newborn(town, None), "证件号码")


@breaks("LR131")
def old_mother_without_any_papers(town: Town) -> Cell:
    mother = town.row("成员", 与户主关系="之母")
    mother["证件类型"], mother["证件号码"] = "无证件", None
    return town.cell(mother, "证件号码")


@breaks("LR131", severity=Severity.INFO)
def wife_from_abroad_without_a_number(town: Town) -> Cell:
    wife = spouse(town)
    wife["证件类型"], wife["证件号码"] = "外国护照", None
    return town.cell(wife, "证件号码")


@breaks("LR131", severity=Severity.INFO, beside="LR318")
def conscript_whose_number_is_cancelled(town: Town) -> Cell:
    son = family(town, "户主", "配偶", "之子")[2]
    son |= {"现役军人": "是", "证件类型": "士兵证", "证件号码": None}
    return town.cell(son, "证件号码")


@breaks("LR127", severity=Severity.WARNING)
def passport_with_a_resident_number(town: Town) -> Cell:
    wife = spouse(town)
    wife["证件类型"] = "护照"
    return town.cell(wife, "证件类型")


@spares("LR127")
def permit_with_a_number_of_hong_kong(town: Town) -> None:
    wife = spouse(town)
    wife["证件类型"] = "港澳台通行证"
    write_digits(wife, 0, "810000")


@spares("LR127")
def number_from_the_household_book(town: Town) -> None:
    spouse(town)["证件类型"] = "户口簿"


@spares("LR115")
def name_as_in_the_passport(town: Town) -> None:
    wife = spouse(town)
    wife |= {"姓名": "NGUYEN THI HOA", "证件类型": "护照", "证件号码": "B1234567"}


@breaks("LR004")
def grown_woman_without_a_number(town: Town) -> Cell:
    wife = spouse(town)
    wife["证件号码"] = None
    return town.cell(wife, "证件号码")


@spares("LR131")
def wife_from_abroad(town: Town) -> None:
    wife = spouse(town)
    wife["证件类型"], wife["证件号码"] = "护照", "C1234567"


@spares("LR101")
def child_with_the_number_of_a_birth_certificate(town: Town) -> None:
    newborn(town, "出生医学证明")["证件号码"] = "O320123456"


# -- LR133 ------------------------------------------------------------------------------------


@breaks("LR133")
def numbers_exchanged(town: Town) -> Cell:
    husband, wife, *_ = family(town, "户主", "配偶", "之子")
    wife["证件号码"], husband["证件号码"] = husband["证件号码"], wife["证件号码"]
    return town.cell(husband, "证件号码")


@breaks("LR133")
def dates_of_man_and_wife_exchanged(town: Town) -> Cell:
    """Both numbers are of the person's own sex."""
    husband, wife, *_ = family(town, "户主", "配偶", "之子")
    wife["出生日期"], husband["出生日期"] = husband["出生日期"], wife["出生日期"]
    return town.cell(husband, "出生日期")


@breaks("LR133")
def numbers_a_row_too_low(town: Town) -> Cell:
    rows = next(own for home in town.rows("农户") if len(own := town.members(home)) > 3)
    numbers = [row["证件号码"] for row in rows]
    for row, number in zip(rows, [numbers[-1], *numbers[:-1]], strict=True):
        row["证件号码"] = number
    return town.cell(rows[0], "证件号码")


@breaks("LR133")
def numbers_of_two_families_exchanged(town: Town) -> Cell:
    homes = [own for home in town.rows("农户") if len(own := town.members(home)) > 2][:2]
    for one, other in zip(*homes, strict=False):
        one["证件号码"], other["证件号码"] = other["证件号码"], one["证件号码"]
    return town.cell(homes[0][0], "证件号码")


@spares("LR133")
def birthday_of_another(town: Town) -> None:
    husband, wife, *_ = family(town, "户主", "配偶", "之子")
    be_born(wife, husband["出生日期"])
