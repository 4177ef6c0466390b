"""The label 帮扶责任人 merged down beside the helper's grid, which has a heading of its own."""

import pytest
from form_paper import Paper
from form_reading import read, says

from jiandang.register.cells import Raw

FORM: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201001", "户主姓名", "赵建国"],
    ["家庭人口", 3.0, "联系电话", "13852131000"],
    ["农户属性", "一般贫困户", "耕地面积（亩）", 2.5],
]
HEADS = ["姓名", "性别", "单位名称", "联系电话"]
HELPER = ["高山远", "男", "县水务局", "13905222000"]


def _paper(label: str, heads: list[str], person: list[str], height: int) -> Paper:
    paper = Paper("S")
    for row, cells in enumerate(FORM):
        for column, raw in enumerate(cells):
            paper.write(row, column, raw)
    paper.write(4, 0, label, height=height)
    for column, (head, raw) in enumerate(zip(heads, person, strict=True), 1):
        paper.write(4, column, head)
        paper.write(5, column, raw)
    paper.write(4 + max(height, 2), 0, "户主签字")
    paper.write(4 + max(height, 2), 1, "赵建国")
    return paper


@pytest.mark.parametrize("label", ["帮扶责任人", "帮\n扶\n责\n任\n人", "帮扶情况"])
@pytest.mark.parametrize("height", [1, 2, 3])
def test_the_helper_is_read(label: str, height: int) -> None:
    register = read(_paper(label, HEADS, HELPER, height).grid())
    assert says(register, "household", "helper", "helper_unit", "helper_phone") == [
        ("高山远", "B6"),
        ("县水务局", "D6"),
        ("13905222000", "E6"),
    ]
    assert register.tables["member"].is_empty()


def test_a_grid_of_members_is_none_of_helpers() -> None:
    heads = ["姓名", "性别", "与户主关系", "文化程度"]
    person = ["赵建国", "男", "户主", "小学"]
    register = read(_paper("家庭成员", heads, person, 2).grid())
    assert says(register, "household", "helper") == [(None, "nowhere")]
    assert register.tables["member"]["name"].to_list() == ["赵建国"]
