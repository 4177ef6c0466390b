"""Rows of steps against the register: SB031, SB032, DC055, DC056, LR121, LR130."""

from copy import deepcopy
from datetime import timedelta

from cases_entry_duplicates import renumber_household
from family_changes import family
from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity

STEPS, VISITS = "识别程序", "入户调查"
NOBODY = "320324105201877"


def one_more(town: Town, sheet: str, number: str = NOBODY) -> Row:
    """A row of steps, all of them taken, of a household that nobody registered."""
    row = {**deepcopy(town.row(sheet)), "户编号": number}
    town.sheets[sheet].append(row)
    return row


def mistype(town: Town, sheet: str) -> Row:
    """Another digit in the number of the first household, on one sheet only."""
    row = town.row(sheet, 户编号="320324105201001")
    row["户编号"] = "320324105201081"
    return row


@breaks("SB031")
def steps_of_nobody(town: Town) -> Cell:
    return town.cell(one_more(town, STEPS), "户编号")


@breaks("SB031")
def steps_under_a_number_with_a_slip(town: Town) -> Cell:
    return town.cell(mistype(town, STEPS), "户编号")


@breaks("SB031")
def steps_under_a_number_with_a_slip_in_the_village(town: Town) -> Cell:
    row = town.row(STEPS)
    row["户编号"] = "320324150201001"
    return town.cell(row, "户编号")


def misread(town: Town, sheet: str) -> Row:
    """Another household's number in all but its village, on one sheet only."""
    row = town.row(sheet, 户编号="320324105201001")
    row["户编号"] = NOBODY
    return row


@breaks("SB031")
def steps_under_another_number(town: Town) -> Cell:
    return town.cell(misread(town, STEPS), "户编号")


@breaks("LR121", severity=Severity.WARNING)
def steps_under_the_number_of_the_next(town: Town) -> Cell:
    row, other = town.rows(STEPS)[:2]
    row["户编号"], row["申请日期"] = other["户编号"], other["申请日期"] - timedelta(days=1)
    return town.cell(other, "户编号")


@spares("SB031")
def applied_and_not_taken(town: Town) -> None:
    """It was appraised and refused: nothing came after."""
    row = one_more(town, STEPS)
    headings = town.headings[STEPS]
    for heading in headings[headings.index("乡镇审核日期") : headings.index("村干部亲属")]:
        row[heading] = None


@spares("SB031")
def steps_of_a_village_registered_elsewhere(town: Town) -> None:
    one_more(town, STEPS, "320324105209001")["行政村"] = "孙庄村"


@breaks("DC055")
def visit_of_nobody(town: Town) -> Cell:
    return town.cell(one_more(town, VISITS), "户编号")


@breaks("DC055", severity=Severity.WARNING)
def visit_under_another_number(town: Town) -> Cell:
    return town.cell(misread(town, VISITS), "户编号")


@breaks("DC055", severity=Severity.WARNING)
def visit_under_a_number_with_a_slip(town: Town) -> Cell:
    return town.cell(mistype(town, VISITS), "户编号")


@breaks("DC055", severity=Severity.WARNING)
def visit_under_a_number_with_two_digits_swapped(town: Town) -> Cell:
    row = town.row(VISITS, 户编号="320324105201012")
    row["户编号"] = "320324105201102"
    return town.cell(row, "户编号")


@spares("DC055")
def visited_and_not_entered(town: Town) -> None:
    row = one_more(town, VISITS)
    row["录入日期"] = row["录入人"] = row["校对人"] = None


@spares("DC055")
def visit_of_a_household_in_table_1_only(town: Town) -> None:
    del town.sheets["农户"]


@breaks("SB032")
def applied_for_by_a_stranger(town: Town) -> Cell:
    row = town.row(STEPS)
    row["申请人签字"] = "欧阳建国"
    return town.cell(row, "申请人签字")


@spares("SB032")
def applied_for_by_members_and_marks(town: Town) -> None:
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    town.row(STEPS, 户编号=mother["户编号"])["申请人签字"] = mother["姓名"]
    marks = ("手印", "已签", "本人签名", "按手印", "户主代", "有", "已按指印", "盖章")
    for row, mark in zip(town.rows(STEPS), marks, strict=False):
        row["申请人签字"] = mark


@breaks("DC056")
def signed_by_a_stranger(town: Town) -> Cell:
    row = town.row(VISITS)
    row["户主签字"] = "李建国"
    return town.cell(row, "户主签字")


@breaks("DC056")
def signed_by_the_head_of_the_next_household(town: Town) -> Cell:
    row, other = town.rows(VISITS)[:2]
    row["户主签字"] = town.household(other)["户主姓名"]
    return town.cell(row, "户主签字")


@spares("DC056")
def signed_by_the_son(town: Town) -> None:
    son = family(town, "户主", "配偶", "之子")[2]
    town.row(VISITS, 户编号=son["户编号"])["户主签字"] = son["姓名"]
    for row, mark in zip(town.rows(VISITS)[:4], ("手印", "是", "已签", "√"), strict=True):
        row["户主签字"] = mark


@spares("DC056")
def signatures_without_a_table_of_members(town: Town) -> None:
    del town.sheets["成员"]
    town.row(VISITS)["户主签字"] = "李建国"


@breaks("LR130")
def number_of_the_next_household(town: Town) -> Cell:
    member = family(town, "户主", "配偶", "之子")[2]
    other = town.rows("农户")[-1]
    member["人编号"] = f"{other['户编号']}09"
    return town.cell(member, "人编号")


@breaks("LR130")
def number_with_a_slip(town: Town) -> Cell:
    member = family(town, "户主", "配偶", "之子")[2]
    member["人编号"] = member["人编号"][:11] + "9" + member["人编号"][12:]
    return town.cell(member, "人编号")


@spares("LR130")
def numbers_of_another_kind(town: Town) -> None:
    for number, member in enumerate(town.rows("成员"), 1):
        member["人编号"] = f"P{number:06d}"


@breaks("LR136")
def number_a_digit_short(town: Town) -> Cell:
    member = family(town, "户主", "配偶", "之子")[2]
    member["人编号"] = member["人编号"][:-1]
    return town.cell(member, "人编号")


@spares("LR136")
def numbers_of_three_digits(town: Town) -> None:
    for member in town.rows("成员"):
        member["人编号"] = f"{member['户编号']}0{member['人编号'][-2:]}"


@spares("LR130")
def household_with_a_longer_number(town: Town) -> None:
    home = town.row("农户")
    renumber_household(town, home, home["户编号"] + "0")
