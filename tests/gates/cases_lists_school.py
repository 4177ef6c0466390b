"""BD131 to BD134: people against the lists of 教育."""

from typing import Any

from list_rows import WANG, of_wang, put
from town import Cell, Row, Town, breaks, spares


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
