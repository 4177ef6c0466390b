"""Headings with marks that only count as such where all of a row are known without them."""

import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = ["户编号", "行政村", "姓名", "性别", "证件号码", "与户主关系", "健康状况"]
PERSONS: list[list[Raw]] = [
    ["320324105201001", "王庄村", "赵大", "男", with_check("32032419620319115"), "户主", "健康"],
    ["320324105201001", "王庄村", "钱二", "女", with_check("32032419640925124"), "配偶", "健康"],
]
MARKS = """
{}√ √{} √{}√ √1.{} 1√{} ☑{} {}✔ {}(√) {}1 {}1. {}1) {}-1 {}_1 {}^1 {}[1] {}(1) {}注1 {}注① {}注
{}¹ {}① {}㊀ {}A {}Ⅳ {}A01 a.{} A、{} ★{} {}※ 1.{} A1{} (1){} {}(必填) {}(单选)
"""
OWN = ["household_id", "village", "name", "sex", "id_number", "relation", "health"]


def register(*rows: list[Raw]) -> Register:
    return register_of([Grid("成员", [*rows])], POLICY)


def is_read(own: Register) -> bool:
    read = own.tables["member"].select(OWN).rows()
    return read == [tuple(row) for row in PERSONS]


@pytest.mark.parametrize(
    "mark",
    MARKS.split(),
)
def test_a_mark_that_every_heading_has_is_none_of_its_name(mark: str) -> None:
    assert is_read(register([*(mark.format(text) for text in HEADINGS)], *PERSONS))


@pytest.mark.parametrize("mark", ["{}{n}", "{}注{n}", "{n}√{}", "{} {n}", "{}({n})", "{}[{n}]"])
def test_marks_may_count_the_columns(mark: str) -> None:
    headings: list[Raw] = [mark.format(text, n=n) for n, text in enumerate(HEADINGS, 1)]
    own = register(headings, PERSONS[0], headings, PERSONS[1])
    assert is_read(own)
    assert Notice.UNKNOWN_COLUMN not in {each.notice for each in own.observations}


@pytest.mark.parametrize(
    "marked",
    [
        {"户编号": "户编号√", "姓名": "姓名√", "证件号码": "证件号码√"},
        {"证件号码": "证件号码1", "与户主关系": "与户主关系2"},
        {"户编号": "户编号1", "姓名": "姓名1", "健康状况": "健康状况2"},
    ],
)
def test_some_headings_have_a_mark_and_the_others_are_known(marked: dict[str, str]) -> None:
    assert is_read(register([*(marked.get(str(text), text) for text in HEADINGS)], *PERSONS))


@pytest.mark.parametrize("mark", ["{}1", "{}({n})", "{}{n}", "{}√（必填）"])
def test_a_mark_behind_a_number_that_tells_two_columns_apart(mark: str) -> None:
    names = ["户编号", "调查日期", "调查人1", "调查人2", "户主签字"]
    headings: list[Raw] = [mark.format(text, n=n) for n, text in enumerate(names, 1)]
    own = register(headings, ["320324105201001", "2016-02-25", "李四", "王五", "赵大"])
    assert own.tables["survey"].select("surveyor_1", "surveyor_2").rows() == [("李四", "王五")]


def test_a_unit_behind_a_heading_is_no_mark() -> None:
    headings: list[Raw] = ["户编号1", "户主姓名2", "家庭人口3", "距村主干路距离m"]
    own = register(headings, ["320324105201001", "赵大", 2, 500])
    assert own.tables["household"]["road_distance"].to_list() in ([], [None])


def test_answers_that_are_ticked_are_no_heading() -> None:
    row: list[Raw] = ["危房户√", "饮水困难√", "通生活用电√", "卫生厕所√", "劳动力√"]
    own = register(HEADINGS, *PERSONS, [""], row)
    assert is_read(own)
    assert own.tables["household"]["dangerous"].to_list() in ([], [None])


def test_the_number_of_a_member_is_no_mark() -> None:
    """Two persons side by side are two, and one beside the head's name is not the head."""
    numbers = [row[4] for row in PERSONS]
    headings: list[Raw] = ["户编号", "户主姓名", "姓名1", "身份证号1", "姓名2", "身份证号2"]
    own = register(headings, ["320324105201001", "赵大", "赵大", numbers[0], "钱二", numbers[1]])
    assert own.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    headings = ["户编号", "行政村", "户主姓名", "家庭人口", "姓名1", "身份证号1"]
    own = register(headings, ["320324105201001", "王庄村", "赵大", 2, "钱二", numbers[1]])
    assert own.tables["household"]["head_name"].to_list() == ["赵大"]
    assert "姓名1" in {each.seen.get("heading") for each in own.observations}
