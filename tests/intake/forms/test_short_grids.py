"""Members of whom neither number nor relation is asked, and several names in a cell of a grid."""

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw

HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭人口", 2.0],
    ["主要致贫原因", "因病", "", "人均纯收入（元）", 2900.0, "", "耕地面积", 3.0],
    ["联系电话", "13852012345", "", "住房面积", 80.0, "", "农户属性", "低保户"],
]
GRID: list[list[Raw]] = [
    ["姓名", "性别", "年龄", "健康状况"],
    ["赵大", "男", 54.0, "健康"],
    ["钱二", "女", 52.0, "残疾"],
]


@pytest.mark.parametrize("above", [[], [["家庭成员情况"]], [["二、家庭成员"]]])
@pytest.mark.parametrize("numbered", [False, True])
def test_they_are_members(above: list[list[Raw]], numbered: bool) -> None:
    grid = [
        ["序号" if i == 0 else float(i), *row] if numbered else row for i, row in enumerate(GRID)
    ]
    register = form(*HEAD, *above, *grid, ["户主签字", "赵大"])
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    row, shift = 6 + len(above), int(numbered)
    assert says(register, "member", "name", "sex", "age", "health") == [
        ("赵大", f"{'AB'[shift]}{row}"),
        ("男", f"{'BC'[shift]}{row}"),
        (54, f"{'CD'[shift]}{row}"),
        ("健康", f"{'DE'[shift]}{row}"),
    ]
    assert register.files[0].remarks == []


@pytest.mark.parametrize(
    "above", ["帮扶责任人情况", "赡养人情况", "监护人", "死亡人员", "邻居意见"]
)
def test_other_persons_are_none(above: str) -> None:
    register = form(*HEAD, [above], *GRID)
    assert register.tables["member"].is_empty()


def test_words_parted_by_blanks_are_a_persons_each() -> None:
    register = form(
        *HEAD,
        ["姓名", "性别", "与户主关系", "身份证号"],
        ["赵大 钱二", "男 女", "户主 配偶", "320324196203191150 320324196409251243"],
        ["孙小 已故", "女", "女儿", ""],
    )
    members = register.tables["member"]
    assert members["name"].to_list() == ["赵大", "钱二", "孙小 已故"]
    assert members["relation"].to_list() == ["户主", "配偶", "之女"]


@pytest.mark.parametrize("cell", ["李四 王五", "李四（妻） 王五（子）", "李四、王五"])
def test_names_beside_a_label_are_told_to_be_unread(cell: str) -> None:
    register = form(*HEAD, ["家庭成员", cell])
    assert register.tables["member"].is_empty()
    (remark,) = register.files[0].remarks
    assert remark.endswith("项目：家庭成员")
