"""Choices of an option a cell, the tick in the row below: a form, and no transposed register."""

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw

CHOICES: dict[str, list[Raw]] = {
    "识别标准": ["国家标准", "省定标准", "市定标准"],
    "农户属性": ["一般贫困户", "低保户", "五保户", "低保贫困户"],
    "主要致贫原因": ["因病", "因残", "因学", "因灾", "缺土地"],
    "入户路类型": ["泥土路", "砂石路", "水泥路", "沥青路"],
    "主要燃料类型": ["柴草", "干畜粪", "煤炭", "清洁能源", "其他"],
}
HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号：320324105201003"],
    ["户主姓名", "周怀永", "联系电话", "13852012345", "家庭人口", 1.0],
]
GRID: list[list[Raw]] = [
    ["姓名", "性别", "证件号码", "与户主关系", "民族"],
    ["周怀永", "男", "320324196203191150", "户主", "汉族"],
]
FOOT: list[list[Raw]] = [["人均纯收入(元)", 2900.0, "住房面积(㎡)", 80.0]]


def choices(count: int, ticked: int, *, below: bool = True) -> list[list[Raw]]:
    """The options of so many labels, the second ticked of so many of them."""
    rows: list[list[Raw]] = []
    for place, (label, options) in enumerate([*CHOICES.items()][:count]):
        if below:
            rows.append([label, *options])
            rows.append(["", "", "√"] if place < ticked else [""])
        else:
            boxes = ("☑" if i == 1 and place < ticked else "□" for i in range(len(options)))
            rows.append(
                [label, *(f"{box}{option}" for box, option in zip(boxes, options, strict=True))]
            )
    return rows


@pytest.mark.parametrize("grid", [[], GRID])
@pytest.mark.parametrize("below", [True, False])
@pytest.mark.parametrize(("count", "ticked"), [(3, 3), (4, 4), (5, 5), (5, 3)])
def test_they_are_the_households(
    count: int, ticked: int, grid: list[list[Raw]], *, below: bool
) -> None:
    register = form(*HEAD, *choices(count, ticked, below=below), *FOOT, *grid, ["户主签字："])
    assert [value for value, _ in says(register, "household", "household_id", "head_name")] == [
        "320324105201003",
        "周怀永",
    ]
    names = ("standard", "household_type", "cause", "road_type", "fuel")
    own = [value for value, _ in says(register, "household", *names[:count])]
    expected = ["省定标准", "低保户", "因残", "砂石路", "干畜粪"]
    assert own == [value if i < ticked else None for i, value in enumerate(expected[:count])]
    assert register.tables["household"]["per_capita"].to_list() == [2900]
    assert register.tables["member"].height == bool(grid)
    assert register.files[0].error is None


def test_households_a_column_each_stay_a_transposed_register() -> None:
    register = form(
        ["户编号", "320324105201003", "320324105201004", "320324105201005"],
        ["户主姓名", "周怀永", "赵大", "王五"],
        ["家庭人口", 1.0, 2.0, 3.0],
        ["识别标准", "国家标准", "省定标准", "市定标准"],
        ["农户属性", "一般贫困户", "低保户", "五保户"],
        ["主要致贫原因", "因病", "因残", "因学"],
        ["人均纯收入(元)", 2900.0, 2800.0, 2700.0],
    )
    assert register.tables["household"].is_empty()
    assert "横竖颠倒了" in "".join(register.files[0].remarks)
