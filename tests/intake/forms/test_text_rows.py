"""A label with its text under the members' grid is no person, and ends the grid."""

import pytest
from form_reading import form

from jiandang.register.cells import Raw

HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭人口", 2.0],
    ["主要致贫原因", "因病", "", "人均纯收入（元）", 2900.0, "", "耕地面积", 3.0],
    ["农户属性", "低保户", "", "开户银行", "农行", "", "林地面积", 3.0],
]
GRIDS: list[list[list[Raw]]] = [
    [
        ["姓名", "性别", "与户主关系", "身份证号", "文化程度"],
        ["赵大", "男", "户主", "320324196203191150", "初中"],
        ["钱二", "女", "配偶", "320324196409251243", "小学"],
    ],
    [
        ["序号", "姓名", "性别", "年龄", "与户主关系"],
        [1.0, "赵大", "男", 54.0, "户主"],
        [2.0, "钱二", "女", 52.0, "配偶"],
    ],
]
LABELS = (
    "申请理由 "
    "申请事由 致贫原因说明 申请人承诺 主要困难 收入来源 帮扶需求 脱贫意愿 发展愿望 自我陈述 "
    "备注 产业 困难类型 贫困状况描述 帮扶人寄语 户情简介 入户核查结论 其他需要说明的问题 "
    "家庭主要收入来源"
)
TEXTS = ["因长期患病无法劳动，家中无其他收入。", "因病", "种植小麦2亩，外出务工", "无"]


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("label", LABELS.split())
def test_a_label_with_its_text_is_no_person(label: str, grid: list[list[Raw]]) -> None:
    for text in TEXTS:
        register = form(*HEAD, *grid, [label, text], ["住房面积", 80.0, "", "联系电话", "0516-1"])
        assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
        assert register.tables["household"]["house_area"].to_list() == [80]
        (remark,) = register.files[0].remarks
        assert label in remark


@pytest.mark.parametrize(
    "row",
    [
        ["孙晓梅", "女", "女儿"],
        ["孙晓梅", "女孩", "女儿"],
        ["欧阳小明", "男孩子", "孙"],
        ["买买提·艾力", "？"],
        ["孙晓梅", "不详"],
        ["王李小明", "男", ""],
        ["孙晓梅", ""],
    ],
)
def test_a_name_with_something_odd_beside_it_is_a_person(row: list[Raw]) -> None:
    register = form(*HEAD, *GRIDS[0], [*row], ["周小军", "男", "儿子"])
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二", row[0], "周小军"]


ABOVE: dict[str, list[list[Raw]]] = {
    "nothing": [],
    "members": GRIDS[0],
    "helpers": [
        ["帮扶责任人", "单位", "职务", "联系电话", "帮扶起始时间"],
        ["李一", "教育局", "科长", "13852030117", "2015.03"],
    ],
    "years": [
        ["收入情况", "", "2014年", "2015年", "2016年"],
        ["工资性收入", "元", 100.0, 200.0, ""],
    ],
    "signatures": [["户主签字", "赵大", "", "调查人", "王五"]],
}


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize(
    "last",
    [
        ["养殖品种", "山羊"],
        ["养殖品种：山羊"],
        ["养殖品种", "山羊", "", "养殖数量", 5.0],
        ["养殖品种", 2.0],
        ["网络", 1.0],
        ["驻村工作队", "李队长"],
    ],
)
def test_the_label_of_the_last_row_is_named(last: list[Raw], above: str) -> None:
    register = form(*HEAD, *ABOVE[above], [*last])
    assert register.tables["member"].height == (2 if above == "members" else 0)
    (remark,) = register.files[0].remarks
    assert any(str(cell).partition("：")[0] in remark for cell in last)


def test_a_second_helper_is_named() -> None:
    """A household has one in the register."""
    register = form(*HEAD, *ABOVE["helpers"], ["李二、王小三", "镇政府", "", "", ""])
    assert register.tables["household"]["helper"].to_list() == ["李一"]
    assert register.files[0].remarks == [
        "表单“贫困户登记表”里没有认出、未作检查的项目：第7行的“帮扶责任人”"
    ]


@pytest.mark.parametrize("label", ["申请理由", "村民小组意见", "发展愿望"])
@pytest.mark.parametrize(
    "text",
    [
        "想种大棚五亩，发展养殖业，希望政府给予资金支持和技术培训",
        "本人残疾，家中缺少劳动力，生活困难，申请纳入建档立卡",
    ],
)
def test_the_label_of_a_long_text_is_named_and_not_the_text(label: str, text: str) -> None:
    register = form(*HEAD, *GRIDS[0], [label, text])
    (remark,) = register.files[0].remarks
    assert remark.endswith(f"项目：{label}")
