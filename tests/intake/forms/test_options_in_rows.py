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


CAUSES: list[Raw] = ["因病", "因残", "因学", "因灾", "缺土地", "缺水"]
MORE: list[Raw] = ["缺技术", "缺劳力", "缺资金", "交通条件落后", "自身发展动力不足", "其他"]
IN_ROWS: dict[str, tuple[list[list[Raw]], object]] = {
    "boxes": (
        [["主要致贫原因", *(f"□{x}" for x in CAUSES)], ["", "□缺技术", "☑缺劳力", "□其他"]],
        "缺劳力",
    ),
    "first row": (
        [["主要致贫原因", "□因病", "☑因残"], ["", *(f"□{x}" for x in MORE)]],
        "因残",
    ),
    "one tick": ([["主要致贫原因", *CAUSES], ["", "缺技术", "√缺劳力", *MORE[2:]]], "缺劳力"),
    "ticks behind": ([["主要致贫原因", *CAUSES], ["", "缺技术", "", "缺劳力", "√"]], "缺劳力"),
    "ticks below": (
        [["主要致贫原因", *CAUSES], ["", *MORE], ["", "", "√"]],
        "缺劳力",
    ),
    "three rows": ([["主要致贫原因", *CAUSES[:3]], ["", *CAUSES[3:]], ["", "√缺技术"]], "缺技术"),
    "none": ([["主要致贫原因", *(f"□{x}" for x in CAUSES)], ["", "□缺技术", "□其他"]], None),
}


@pytest.mark.parametrize(("rows", "cause"), IN_ROWS.values(), ids=IN_ROWS)
def test_options_of_a_cell_each_go_on_in_the_next_row(rows: list[list[Raw]], cause: object) -> None:
    register = form(*HEAD, *rows, ["", ""], *FOOT, *GRID)
    assert register.tables["household"]["cause"].to_list() == [cause]
    assert register.tables["household"]["house_area"].to_list() == [80]
    assert register.files[0].remarks == []


def test_the_options_of_another_label_are_its_own() -> None:
    """Though they are of the same list, and one comes again."""
    rows: list[list[Raw]] = [["主要致贫原因", "☑因病", "□因残"], ["其他致贫原因", "□因病", "☑因残"]]
    register = form(*HEAD, *rows, *FOOT, *GRID)
    assert register.tables["household"]["cause"].to_list() == ["因病"]
    assert register.tables["household"]["other_causes"].to_list() == ["因残"]


def column(*options: str, place: int = 1) -> list[list[Raw]]:
    """A label with its options below each other; √ in cells of their own stand apart by |."""
    rows: list[list[Raw]] = [["", *[""] * (place - 1), *text.split("|")] for text in options]
    rows[0][0] = "主要致贫原因"
    return rows


BELOW_EACH_OTHER: dict[str, tuple[list[list[Raw]], object, str]] = {
    "ticks behind": (column("因病", "因残√", "因学"), "因残", "B5"),
    "ticks before": (column("因病", "因残", "√因学"), "因学", "B6"),
    "boxes": (column("□因病", "☑因残", "□因学"), "因残", "B5"),
    "boxes behind": (column("因病□", "因残□", "因学☑"), "因学", "B6"),
    "ticks in cells behind": (column("因病", "因残|√", "因学"), "因残", "B5"),
    "ticks in cells before": (column("|因病", "√|因残", "|因学"), "因残", "C5"),
    "boxes in cells": (column("因病|□", "因残|☑", "因学|□"), "因残", "B5"),
    "two of two": (column("因病", "因残√"), "因残", "B5"),
    "by hand": (column("因病", "V因残", "因学"), "因残", "B5"),
    "brackets": (column("(  )因病", "(√)因残", "(  )因学"), "因残", "B5"),
    "brackets behind": (column("因病(  )", "因残(√)", "因学(  )"), "因残", "B5"),
    "brackets in cells beside": (
        [["主要致贫原因", "因病(  )", "因残(√)", "因学(  )"]],
        "因残",
        "B4",
    ),
    "number in the label": (
        [["主要致贫原因(2)", "1.因病"], ["", "2.因残"], ["", "3.因学"]],
        "因残",
        "A4",
    ),
    "number beside": (
        [["主要致贫原因", "1.因病", "", 2.0], ["", "2.因残"], ["", "3.因学"]],
        "因残",
        "D4",
    ),
    "other": (column("□因病", "□因残", "☑其他(请注明)____"), "其他", "B6"),
    "none": (column("□因病", "□因残", "□因学"), None, "B4"),
    "none, no boxes": (column("因病", "因残", "因学"), None, "B4"),
    "below the label": (
        [["主要致贫原因"], ["□因病"], ["☑因残"], ["□因学"]],
        "因残",
        "A6",
    ),
}


@pytest.mark.parametrize(("rows", "cause", "at"), BELOW_EACH_OTHER.values(), ids=BELOW_EACH_OTHER)
def test_options_stand_below_each_other(rows: list[list[Raw]], cause: object, at: str) -> None:
    register = form(*HEAD, *rows, *FOOT, *GRID)
    assert says(register, "household", "cause") == [(cause, at)]
    assert register.tables["household"]["per_capita"].to_list() == [2900]
    assert register.tables["household"]["bad"].to_list() == [None]
    assert register.files[0].remarks == []


def test_a_ticked_word_that_is_on_no_list_is_told() -> None:
    register = form(*HEAD, *column("□因病", "☑缺少山林", "□因学"), *FOOT, *GRID)
    assert register.tables["household"]["bad"].to_list() == ["|cause|"]


def test_two_lists_stand_side_by_side() -> None:
    rows: list[list[Raw]] = [
        ["主要致贫原因", "因病", "识别标准", "国家标准√"],
        ["", "因残√", "", "省定标准"],
        ["联系人", "张三", "", "市定标准"],
    ]
    register = form(*HEAD, *rows, *FOOT, *GRID)
    own = says(register, "household", "cause", "standard")
    assert [value for value, _ in own] == ["因残", "国家标准"]


@pytest.mark.parametrize("sign", ["★", "Y"])
def test_what_is_ticked_with_nobody_knows_what_is_not_read(sign: str) -> None:
    rows = column("因病", f"{sign}因残", "因学")
    register = form(*HEAD, *rows, *FOOT, *GRID)
    assert register.tables["household"]["bad"].to_list() == ["|cause|"]
    beside = form(*HEAD, ["主要致贫原因", "因病", f"{sign}因残", "因学"], *FOOT, *GRID)
    assert beside.tables["household"]["bad"].to_list() == ["|cause|"]


@pytest.mark.parametrize(
    ("rows", "dangerous"),
    [
        ([["是否危房", "否"], ["", "有"]], False),
        ([["", "是否危房", "否"], ["通电话吗", "", "是"]], False),
        ([["是否危房", "否"], ["", "详见附件"]], False),
        ([["是否危房", "", "☑否"], ["有无电视", "", "☑有"]], False),
    ],
)
def test_an_answer_over_another_ones_is_its_own(rows: list[list[Raw]], *, dangerous: bool) -> None:
    register = form(*HEAD, *rows, *FOOT, *GRID)
    assert register.tables["household"]["dangerous"].to_list() == [dangerous]


def test_a_tick_by_hand_is_one_in_cells_side_by_side() -> None:
    register = form(*HEAD, ["主要致贫原因", "因病", "V因残", "因学"], *FOOT, *GRID)
    assert register.tables["household"]["cause"].to_list() == ["因残"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("V因病  因残  因学", "因病"),
        ("因病 v因残 因学", "因残"),
        ("因病、因残、对因学", "因学"),
    ],
)
def test_a_tick_by_hand_in_a_printed_list(text: str, cause: str) -> None:
    register = form(*HEAD, ["主要致贫原因", text], *FOOT, *GRID)
    assert register.tables["household"]["cause"].to_list() == [cause]


@pytest.mark.parametrize(
    "text", ["V因病", "V因病 V因残", "V病重 因残", "因病 V 因残", "Y因病 因残", "1.因病 V2.因残"]
)
def test_a_letter_alone_is_no_tick(text: str) -> None:
    register = form(*HEAD, ["主要致贫原因", text], *FOOT, *GRID)
    assert register.tables["household"]["bad"].to_list() == ["|cause|"]


def test_ticks_before_their_options_are_no_list_of_households() -> None:
    register = form(
        ["贫困户登记表"],
        [
            "户编号",
            "320324105201003",
            "",
            "",
            "户主姓名",
            "周怀永",
            "家庭人口",
            1.0,
            "联系电话",
            "0",
        ],
        ["农户属性", "□", "一般贫困户", "☑", "低保户", "□", "五保户", "□", "低保贫困户"],
        ["主要致贫原因", "□", "因病", "☑", "因残", "□", "因学", "□", "因灾"],
        *FOOT,
        *GRID,
    )
    assert register.files[0].error is None
    own = says(register, "household", "household_type", "cause")
    assert [value for value, _ in own] == ["低保户", "因残"]
