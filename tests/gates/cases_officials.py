"""Surveyors, clerks, helpers and officers: DC057-DC060, DC065, DC072, LR404, LR405, RW017."""

from datetime import date, timedelta

from family_changes import family
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.report.model import Severity

VISITS = "入户调查"


def neighbour(town: Town, row: Row) -> Row:
    """A member of another household in the village of a visit."""
    return town.members(town.rows("农户", 行政村=town.household(row)["行政村"])[5])[0]


@breaks("DC057")
def reviewer_with_a_neighbours_name(town: Town) -> Cell:
    row, later = town.rows(VISITS)[:2]
    row["审核人"] = later["审核人"] = neighbour(town, row)["姓名"]
    return town.cell(row, "审核人")


@breaks("DC057")
def surveyor_with_a_neighbours_name(town: Town) -> Cell:
    row = town.row(VISITS)
    row["调查人1"] = neighbour(town, row)["姓名"]
    return town.cell(row, "调查人1")


@breaks("DC057")
def helper_with_a_neighbours_name(town: Town) -> Cell:
    row = town.row("农户")
    row["帮扶责任人"] = neighbour(town, town.row(VISITS))["姓名"]
    return town.cell(row, "帮扶责任人")


@spares("DC057")
def reviewer_with_a_name_from_another_village(town: Town) -> None:
    far = town.members(town.row("农户", 行政村="陈桥村"))[0]
    town.row(VISITS)["审核人"] = far["姓名"]


@breaks("RW017")
def officer_with_a_registered_name(town: Town) -> Cell:
    row = town.row("任务分解", 名称="王庄村")
    row["责任人"] = town.row("成员", 行政村="王庄村")["姓名"]
    return town.cell(row, "责任人")


@spares("RW017")
def officer_with_a_name_from_another_village(town: Town) -> None:
    row = town.row("任务分解", 名称="王庄村")
    row["责任人"] = town.row("成员", 行政村="陈桥村")["姓名"]
    town.row("任务分解", 级别="乡")["责任人"] = town.row("成员")["姓名"]


@breaks("DC058")
def helper_is_a_neighbour(town: Town) -> Cell:
    record, other = town.row("农户"), town.rows("农户")[9]
    record["帮扶责任人"], record["帮扶人电话"] = other["户主姓名"], other["联系电话"]
    return town.cell(record, "帮扶责任人")


@spares("DC058")
def helper_is_called_as_a_neighbour(town: Town) -> None:
    record, other = town.row("农户"), town.rows("农户")[9]
    record |= {"帮扶责任人": other["户主姓名"], "帮扶人电话": "13900000021"}


@breaks("DC059")
def reviewed_by_the_surveyor(town: Town) -> Cell:
    first, *_, last = town.rows(VISITS)[:9]
    for row in (first, last):
        row["审核人"] = row["调查人2"]
    return town.cell(first, "审核人")


@spares("DC059")
def reviewed_by_a_surveyor_of_others(town: Town) -> None:
    row, other = town.rows(VISITS)[:2]
    row["审核人"] = other["调查人1"]


def on_one_day(town: Town, *villages: str) -> list[Row]:
    """The first visits of these villages, by a team of their own."""
    rows = []
    for number, village in enumerate(villages):
        home = town.rows("农户", 行政村=village)[3]
        row = town.row(VISITS, 户编号=home["户编号"])
        row["调查日期"] = date(2016, 2, 22)
        row["调查人1"], row["调查人2"] = "张三丰", f"李四{'甲乙丙'[number]}"
        rows.append(row)
    return rows


@breaks("DC060")
def two_villages_on_a_day(town: Town) -> Cell:
    return town.cell(on_one_day(town, "王庄村", "柳湾村", "陈桥村")[1], "调查人1")


@spares("DC060")
def two_villages_on_two_days(town: Town) -> None:
    on_one_day(town, "王庄村", "柳湾村")[1]["调查日期"] = date(2016, 2, 23)


@breaks("DC065")
def helper_of_two_phones(town: Town) -> Cell:
    helper = town.row("农户")["帮扶责任人"]
    last = town.rows("农户", 帮扶责任人=helper)[-1]
    last["帮扶人电话"] = "13900000009"
    return town.cell(last, "帮扶人电话")


def _homes_of_a_helper(town: Town, phone: str = "13900000011") -> list[Row]:
    homes = town.rows("农户")[:3]
    for home in homes:
        home |= {"帮扶责任人": "周立国", "帮扶单位": "县水利局", "帮扶人电话": phone}
    return homes


@breaks("DC065", severity=Severity.SUSPECT)
def one_digit_off_in_one_of_three(town: Town) -> Cell:
    last = _homes_of_a_helper(town)[-1]
    last["帮扶人电话"] = "13900000017"
    return town.cell(last, "帮扶人电话")


@breaks("DC072")
def name_of_the_helper_one_character_off(town: Town) -> Cell:
    last = _homes_of_a_helper(town)[-1]
    last["帮扶责任人"] = "周立囯"
    return town.cell(last, "帮扶责任人")


@breaks("DC072")
def phone_of_a_helper_filled_down(town: Town) -> Cell:
    """Once, however many helpers have it."""
    homes = town.rows("农户", 行政村="王庄村")
    for number, home in enumerate(homes):
        home |= {"帮扶责任人": f"周立{'甲乙丙丁戊己庚'[number // 4]}", "帮扶单位": "县水利局"}
        home["帮扶人电话"] = "13900000011"
    return town.cell(homes[4], "帮扶人电话")


@spares("DC072")
def one_landline_of_an_office(town: Town) -> None:
    one, two, _ = _homes_of_a_helper(town, "0516-83801234")
    one["帮扶责任人"], two["帮扶责任人"] = "周建", "吴强"


@spares("DC072")
def helper_with_his_office_behind_his_name(town: Town) -> None:
    last = _homes_of_a_helper(town)[-1]
    last["帮扶责任人"] = f"{last['帮扶责任人']}(水利局)"


@spares("DC065")
def namesakes_of_two_offices(town: Town) -> None:
    helper = town.row("农户")["帮扶责任人"]
    last = town.rows("农户", 帮扶责任人=helper)[-1]
    last["帮扶人电话"], last["帮扶单位"] = "13900000009", "县水利局"


@breaks("LR404")
def entered_by_the_reviewer(town: Town) -> Cell:
    row = town.row(VISITS)
    row["录入人"] = row["审核人"]
    return town.cell(row, "录入人")


@spares("LR404")
def entered_by_a_surveyor(town: Town) -> None:
    row = town.row(VISITS)
    row["录入人"] = row["调查人1"]


def _grow(town: Town, homes: int) -> list[Row]:
    """So many visits, each entered by one clerk on the day of the last deadline."""
    first = town.row(VISITS)
    rows = town.sheets[VISITS]
    rows += [{**first, "户编号": f"320324105209{n:03d}"} for n in range(homes - len(rows))]
    for n, row in enumerate(rows):
        row["录入日期"], row["录入人"] = date(2016, 3, 28), "韩明"
        if n >= 75:  # of a village that is registered elsewhere
            row["调查日期"] = date(2016, 2, 22) + timedelta(days=n % 10)
    return rows


@breaks("LR405")
def hundred_and_one_entries_a_day(town: Town) -> Cell:
    return town.cell(_grow(town, 101)[0], "录入日期")


@spares("LR405")
def hundred_entries_a_day(town: Town) -> None:
    _grow(town, 100)


@breaks("RW018")
def goal_beyond_the_programme(town: Town) -> Cell:
    row = town.row("村情")
    row["达标年度"] = 2020
    return town.cell(row, "达标年度")


@breaks("RW018")
def goal_of_three_digits(town: Town) -> Cell:
    row = town.row("村情")
    row["达标年度"] = 219
    return town.cell(row, "达标年度")


@spares("RW018")
def goal_in_the_last_year(town: Town) -> None:
    town.row("村情")["达标年度"] = 2019


@breaks("SB034")
def couple_in_two_households(town: Town) -> Cell:
    one, two = single_pair(town)
    two["联系电话"] = one["联系电话"]
    return town.cell(two, "户编号")


@breaks("SB034", severity=Severity.INFO)
def old_neighbours_with_one_phone(town: Town) -> Cell:
    one, two = single_pair(town)
    for record in (one, two):
        head = town.members(record)[0]
        be_born(head, date(1954 - record["家庭人口"], 5, 1))
        record["户主证件号码"], head["养老保险"] = head["证件号码"], "否"
    two["联系电话"] = one["联系电话"]
    return town.cell(two, "户编号")


def single_pair(town: Town) -> tuple[Row, Row]:
    """A widower and a single woman of two surnames and of one age, by their households' rows."""
    heads = [
        head
        for head in town.rows("成员", 与户主关系="户主", 行政村="柳湾村")
        if not any(row["与户主关系"] == "配偶" for row in town.members(head))
    ]
    one, two = next(
        (man, woman)
        for i, man in enumerate(heads)
        for woman in heads[i + 1 :]
        if man["性别"] != woman["性别"]
        and man["姓名"][0] != woman["姓名"][0]
        and abs(man["年龄"] - woman["年龄"]) <= 9
    )
    records = town.household(one), town.household(two)
    for record in records:
        for row in town.rows("成员", 户编号=record["户编号"]):
            row["村民小组"] = "一组"
        record["村民小组"] = "一组"
    return records


@spares("SB034")
def couple_and_a_single_neighbour(town: Town) -> None:
    """Neighbours share a phone: one of them lives with his wife."""
    _, single = single_pair(town)
    pair = family(town, "户主", "配偶", 行政村="柳湾村", 村民小组="一组")
    home = town.household(pair[0])
    home["联系电话"] = single["联系电话"]
    assert home["户主姓名"][0] != single["户主姓名"][0]


@spares("SB034")
def neighbours_of_two_groups(town: Town) -> None:
    one, two = single_pair(town)
    two["联系电话"] = one["联系电话"]
    two["村民小组"] = "二组"
    for row in town.members(two):
        row["村民小组"] = "二组"
