"""What is written into more cells than one: codes in parts, surveyors, lists of options, 同上."""

import pytest
from form_reading import POLICY, form, says

from jiandang import check
from jiandang.register.cells import Raw
from jiandang.register.register import Register

TOP: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201001", "户主姓名", "张三丰", "家庭人口", 2.0],
    ["联系电话", "13852012345", "耕地面积(亩)", 2.5],
]
GRID: list[Raw] = ["姓名", "与户主关系", "性别", "身份证号", "民族", "文化程度"]
HEAD: list[Raw] = ["张三丰", "户主", "男", "320324196203191150", "汉族", "小学"]
WIFE: list[Raw] = ["李四姑", "配偶", "女", "320324196409073467", "汉族", "初中"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((320324.0, 105.0, 201.0, 1.0), "320324105201001"),
        ((320324.0, 5.0, 3.0, 12.0), "320324005003012"),
        (("320324", "105", "201", "0012"), "3203241052010012"),
    ],
)
def test_the_parts_of_a_code_that_are_numbers_have_lost_their_zeros(
    parts: tuple[Raw, ...], code: str
) -> None:
    county, town, village, own = parts
    found = form(
        ["脱贫奔小康低收入农户登记表"],
        ["县码", county, "乡(镇)", town, "村码", village, "户码", own],
        ["户主姓名", "张三丰", "家庭人口", 1.0, "联系电话", "13852012345"],
        ["主要致贫原因", "因病", "耕地面积(亩)", 2.5],
    )
    assert says(found, "household", "household_id") == [(code, "H2")]


@pytest.mark.parametrize(
    ("cells", "second"),
    [
        (["张三", "李四", "调查日期", "2016年3月8日"], "李四"),
        (["张三、李四", "", "调查日期", "2016年3月8日"], "李四"),
        (["张三", "", "调查日期", "2016年3月8日"], None),
        (["张三", "2016年3月8日"], None),
    ],
)
def test_surveyors_in_a_cell_each(cells: list[Raw], second: str | None) -> None:
    found = form(*TOP, ["主要致贫原因", "因病"], ["调查人", *cells], ["户主签字：张三丰"])
    row = found.tables["survey"].row(0, named=True)
    assert (row["surveyor_1"], row["surveyor_2"]) == ("张三", second)


FIRST, SECOND = "□因病 □因残 □因学", "□缺技术 ☑缺劳力 □其他"


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["主要致贫原因", FIRST, SECOND]], "C4"),
        ([["主要致贫原因", FIRST], ["", SECOND]], "B5"),
        ([["主要致贫原因", SECOND, FIRST]], "B4"),
        ([["主要致贫原因", f"{FIRST} {SECOND}"]], "B4"),
    ],
)
def test_a_list_of_options_goes_on_in_the_next_cell(rows: list[list[Raw]], at: str) -> None:
    found = form(*TOP, *rows, ["是否危房", "□是 ☑否"])
    assert says(found, "household", "cause", "arable") == [("缺劳力", at), (2.5, "D3")]
    assert found.files[0].remarks == []


def test_a_choice_below_another_is_its_own() -> None:
    rows: list[list[Raw]] = [
        ["主要致贫原因", "☑因病 □因残"],
        ["其他致贫原因", "□因学 ☑缺技术"],
        ["是否危房", "□是 ☑否"],
    ]
    found = form(*TOP, *rows)
    assert says(found, "household", "cause", "other_causes") == [("因病", "B4"), ("缺技术", "B5")]


# -- rows of members ---------------------------------------------------------------------------


def members(found: Register, column: str) -> list[object]:
    return found.tables["member"][column].to_list()


def test_a_number_behind_the_whole_code_of_its_village_gets_its_zeros_back() -> None:
    found = form(
        ["脱贫奔小康低收入农户登记表"],
        ["村码", 320324105301.0, "户码", 1.0],
        ["户主姓名", "张三丰", "家庭人口", 1.0, "联系电话", "13852012345"],
        ["主要致贫原因", "因病", "耕地面积(亩)", 2.5],
    )
    assert says(found, "household", "household_id") == [("320324105301001", "D2")]


def test_what_is_as_above_is_read_as_above_and_told_once() -> None:
    wife: list[Raw] = [*WIFE[:4], "同上", "〃"]
    found = form(*TOP, ["主要致贫原因", "因病"], GRID, HEAD, wife)
    assert members(found, "nation") == ["汉族", "汉族"]
    assert members(found, "education") == ["小学", "小学"]
    told = [f for f in check(found, POLICY, as_of="2016-03-29").findings if f.rule == "LR021"]
    assert [f.cell for f in told] == ["E7", "F7"]


def test_a_name_or_number_is_never_that_above() -> None:
    wife: list[Raw] = ["李四姑", "配偶", "女", "同上", "同上", "初中"]
    found = form(*TOP, ["主要致贫原因", "因病"], GRID, HEAD, wife)
    assert members(found, "id_number") == [HEAD[3], "同上"]


@pytest.mark.parametrize("foot", [["合计", "2人"], ["合计", "", "", "", "", "2人"], ["小计", 2.0]])
def test_a_total_below_the_members_is_nobody(foot: list[Raw]) -> None:
    found = form(*TOP, ["主要致贫原因", "因病"], GRID, HEAD, WIFE, foot)
    assert members(found, "name") == ["张三丰", "李四姑"]


def test_a_person_with_a_number_is_one_whatever_the_name() -> None:
    foot: list[Raw] = ["合计", "之子", "男", "320324199001203575", "汉族", "初中"]
    assert len(members(form(*TOP, GRID, HEAD, WIFE, foot), "name")) == 3


@pytest.mark.parametrize(
    ("cells", "road"),
    [
        (["□", "泥土路", "□", "砂石路", "☑", "水泥路"], "水泥路"),
        (["☑", "泥土路", "□", "砂石路", "□", "水泥路"], "泥土路"),
        (["泥土路", "□", "砂石路", "☑", "水泥路", "□"], "砂石路"),
        (["□", "泥土路", "■", "砂石路", "□", "水泥路"], "砂石路"),
        (["泥土路", "（ ）", "砂石路", "（ ）", "水泥路", "（√）"], "水泥路"),
        (["（ ）", "泥土路", "（√）", "砂石路", "（ ）", "水泥路"], "砂石路"),
        (["泥土路", "", "砂石路", "√", "水泥路", ""], "砂石路"),
        (["1.泥土路", "2.砂石路", "3.水泥路", 2.0], "砂石路"),
    ],
)
def test_ticks_in_cells_of_their_own_before_or_behind(cells: list[Raw], road: str) -> None:
    found = form(*TOP, ["入户路类型", *cells], GRID, HEAD, WIFE)
    assert [str(value) for value, _ in says(found, "household", "road_type")] == [road]


@pytest.mark.parametrize(
    ("cells", "value"), [(["□", "是", "☑", "否"], "False"), (["是", "□", "否", "☑"], "False"),
                         (["☑", "是", "□", "否"], "True"), (["是", "☑", "否", "□"], "True")]
)  # fmt: skip
def test_yes_and_no_with_boxes_of_their_own(cells: list[Raw], value: str) -> None:
    found = form(*TOP, ["是否危房", *cells], GRID, HEAD, WIFE)
    assert [str(said) for said, _ in says(found, "household", "dangerous")] == [value]


def test_a_tick_between_two_options_with_room_on_either_side_is_told() -> None:
    found = form(*TOP, ["入户路类型", "", "泥土路", "√", "砂石路", "", "水泥路"], GRID, HEAD, WIFE)
    assert [value for value, _ in says(found, "household", "road_type")] == [None]
    assert "LR006" in {f.rule for f in check(found, POLICY).findings if f.column == "入户路类型"}
