"""DC 入户调查关: the visit and the helpers."""

from datetime import date

from survey_edits import workers_family
from town import Cell, Row, Town, breaks, spares

from jiandang.policy import load_policy
from jiandang.report.model import Severity

VISIT = ("调查日期", "调查人1", "调查人2", "户主签字", "审核人")
HELPER = ("帮扶责任人", "帮扶单位", "帮扶人职务", "帮扶人电话", "帮扶开始时间")


def without_a_deadline(town: Town) -> None:
    """Lets the survey be open, so that an empty date is not overdue as well (SJ008)."""
    deadlines = load_policy("xuzhou-2016").deadlines
    town.policy["deadlines"] = deadlines.model_copy(update={"surveyed": None})


def one_column_of_surveyors(town: Town) -> list[Row]:
    """调查人 with two names in place of 调查人1 and 调查人2."""
    at = town.headings["入户调查"].index("调查人1")
    town.headings["入户调查"][at : at + 2] = ["调查人"]
    rows = town.rows("入户调查")
    for row in rows:
        row["调查人"] = f"{row['调查人1']}、{row['调查人2']}"
    return rows


@breaks("DC001")
def no_survey_date(town: Town) -> Cell:
    without_a_deadline(town)
    row = town.row("入户调查")
    row["调查日期"] = None
    return town.cell(row, "调查日期")


@breaks("DC001")
def nothing_of_the_visit(town: Town) -> Cell:
    without_a_deadline(town)
    row = town.row("入户调查")
    row.update(dict.fromkeys(VISIT))
    return town.cell(row, "调查日期")


@breaks("DC001")
def left_out_of_the_survey_table(town: Town) -> Cell:
    return town.leave_out("入户调查")


@spares("DC001")
def survey_table_of_other_villages(town: Town) -> None:
    town.leave_out_village("入户调查")


@spares("DC001")
def survey_without_dates(town: Town) -> None:
    town.headings["入户调查"].remove("调查日期")


@breaks("DC002")
def one_surveyor(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人2"] = None
    return town.cell(row, "调查人2")


@breaks("DC002")
def the_first_surveyor_is_empty(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人1"] = None
    return town.cell(row, "调查人1")


@breaks("DC002")
def one_name_in_one_column(town: Town) -> Cell:
    row = one_column_of_surveyors(town)[0]
    row["调查人"] = "李和平"
    return town.cell(row, "调查人")


@spares("DC002")
def two_names_in_one_column(town: Town) -> None:
    rows = one_column_of_surveyors(town)
    written = ("李和平、张 三", "李和平，张三", "李和平 张三", "张三和李四", "张三/李四；王五")
    for row, names in zip(rows, written, strict=False):
        row["调查人"] = names


@spares("DC002")
def two_names_in_the_first_of_two_columns(town: Town) -> None:
    row = town.row("入户调查")
    row["调查人1"], row["调查人2"] = "李和平、张三", None


@spares("DC002")
def one_surveyor_is_enough(town: Town) -> None:
    town.policy["surveyors"] = 1
    town.row("入户调查")["调查人2"] = None


@breaks("DC003")
def same_surveyor_twice(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人2"] = row["调查人1"]
    return town.cell(row, "调查人2")


@breaks("DC003")
def same_surveyor_twice_in_one_column(town: Town) -> Cell:
    row = one_column_of_surveyors(town)[0]
    row["调查人"] = "张三、张 三"
    return town.cell(row, "调查人")


@spares("DC003")
def surveyors_of_one_surname(town: Town) -> None:
    row = town.row("入户调查")
    row["调查人1"], row["调查人2"] = "张三", "张三丰"


@breaks("DC004")
def head_has_not_signed(town: Town) -> Cell:
    row = town.row("入户调查")
    row["户主签字"] = "未签"
    return town.cell(row, "户主签字")


@breaks("DC004")
def signature_missing(town: Town) -> Cell:
    row = town.row("入户调查")
    row["户主签字"] = None
    return town.cell(row, "户主签字")


@breaks("DC004")
def signature_missing_on_a_form_without_reviewers(town: Town) -> Cell:
    town.headings["入户调查"].remove("审核人")
    return signature_missing(town)


@spares("DC004")
def head_signed_by_name(town: Town) -> None:
    row = town.row("入户调查")
    row["户主签字"] = town.household(row)["户主姓名"]


@breaks("DC005")
def no_reviewer(town: Town) -> Cell:
    row = town.row("入户调查")
    row["审核人"] = None
    return town.cell(row, "审核人")


@spares("DC005")
def survey_without_reviewers(town: Town) -> None:
    town.headings["入户调查"].remove("审核人")


def one_days_visits(town: Town, households: int) -> list[Row]:
    """A team of its own visits so many households in a day, with a limit of 11."""
    town.policy["surveys_per_day"] = 11
    rows = town.rows("入户调查")[:households]
    for number, row in enumerate(rows):
        row["调查日期"] = date(2016, 2, 22)
        pair = ("张三丰", "李四光")
        row["调查人1"], row["调查人2"] = pair if number % 2 else reversed(pair)
    return rows


@breaks("DC006")
def twelve_visits_a_day(town: Town) -> Cell:
    return town.cell(one_days_visits(town, 12)[0], "调查日期")


@spares("DC006")
def eleven_visits_a_day(town: Town) -> None:
    one_days_visits(town, 11)


@breaks("DC042")
def surveyor_of_the_family(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人2"] = town.members(row)[-1]["姓名"]
    return town.cell(row, "调查人2")


@breaks("DC042")
def surveyor_of_the_family_in_one_column(town: Town) -> Cell:
    row = one_column_of_surveyors(town)[0]
    row["调查人"] = f"张三丰、{town.members(row)[0]['姓名']}"
    return town.cell(row, "调查人")


@breaks("DC042")
def helper_alone(town: Town) -> Cell:
    town.policy["surveyors"] = 1
    row = town.row("入户调查")
    row["调查人1"], row["调查人2"] = town.household(row)["帮扶责任人"], None
    return town.cell(row, "调查人1")


@spares("DC042")
def helper_with_a_colleague(town: Town) -> None:
    row = town.row("入户调查")
    row["调查人1"] = town.household(row)["帮扶责任人"]


@spares("DC042")
def surveyor_of_another_family(town: Town) -> None:
    row, other = town.rows("入户调查")[:2]
    row["调查人1"] = town.members(other)[0]["姓名"]


@breaks("DC035")
def no_helper(town: Town) -> Cell:
    record = town.row("农户")
    record.update(dict.fromkeys(HELPER))
    return town.cell(record, "帮扶责任人")


@spares("DC035")
def register_without_helpers(town: Town) -> None:
    for heading in HELPER:
        town.headings["农户"].remove(heading)


@breaks("DC036")
def nine_households_and_four_allowed(town: Town) -> Cell:
    town.policy["households_per_helper"] = 4
    first, *others = town.rows("农户")[:9]
    for other in others:
        other.update({heading: first[heading] for heading in HELPER})
    return town.cell(first, "帮扶责任人")


@breaks("DC036", severity=Severity.INFO)
def five_households_and_four_allowed(town: Town, allowed: int = 4) -> Cell:
    town.policy["households_per_helper"] = allowed
    first, *_, fifth = town.rows("农户")[:5]
    fifth.update({heading: first[heading] for heading in HELPER})
    return town.cell(first, "帮扶责任人")


@spares("DC036")
def five_households_of_two_namesakes(town: Town) -> None:
    town.policy["households_per_helper"] = 4
    first, *_, fifth = town.rows("农户")[:5]
    fifth["帮扶责任人"], fifth["帮扶人电话"] = first["帮扶责任人"], "13900000009"


@breaks("DC037")
def helper_of_the_family(town: Town) -> Cell:
    record = workers_family(town)
    record["帮扶责任人"] = town.members(record)[-1]["姓名"]
    record["帮扶人电话"] = record["联系电话"]
    return town.cell(record, "帮扶责任人")


@breaks("DC037", severity=Severity.SUSPECT)
def helper_of_the_same_name(town: Town) -> Cell:
    record = workers_family(town)
    record["帮扶责任人"] = town.members(record)[-1]["姓名"]
    return town.cell(record, "帮扶责任人")


@spares("DC037")
def helper_of_a_neighbours_name(town: Town) -> None:
    record, neighbour = workers_family(town), town.rows("农户")[-1]
    record |= {"帮扶责任人": neighbour["户主姓名"], "帮扶人电话": "13900000021"}


@breaks("DC038")
def helper_phone_one_digit_short(town: Town) -> Cell:
    record = town.row("农户")
    record["帮扶人电话"] = record["帮扶人电话"][:-1]
    return town.cell(record, "帮扶人电话")


@spares("DC038")
def helper_phones_of_an_office(town: Town) -> None:
    first, second, third = town.rows("农户")[:3]
    first["帮扶人电话"] = "0516-83881234、13812345678"
    second["帮扶人电话"] = "051683881234"
    third["帮扶人电话"] = None


@breaks("DC053")
def phone_of_the_helper(town: Town) -> Cell:
    record = town.row("农户")
    record["联系电话"] = record["帮扶人电话"]
    return town.cell(record, "联系电话")


@spares("DC053")
def neither_has_a_phone(town: Town) -> None:
    record = town.row("农户")
    record["联系电话"] = record["帮扶人电话"] = None


@breaks("DC070")
def surveyor_and_reviewer_exchanged(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人1"], row["审核人"] = row["审核人"], row["调查人1"]
    return town.cell(row, "审核人")


@spares("DC070")
def another_reviewer(town: Town) -> None:
    town.row("入户调查")["审核人"] = "钱国安"
