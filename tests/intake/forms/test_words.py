"""Words that mean something only in their place: in a heading of members, beside other labels."""

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw

IDS = ["320324196203190617", "320324196409250726"]
PEOPLE: list[list[Raw]] = [
    ["劳长安", "男", IDS[0], "户主", "长期慢性病", "弱劳动力或半劳动力"],
    ["逄秀云", "女", IDS[1], "配偶", "健康", "普通劳动力"],
]


def _form(
    heading: list[Raw], who: str = "申请人", name: str = "劳长安"
) -> tuple[list[Raw], list[Raw], list[Raw], list[Raw], list[Raw], list[Raw]]:
    return (
        ["贫困农户信息采集表"],
        ["档案编号", "320324105201304", who, name, "住址", "睢宁县官山镇栗园村一组"],
        ["手机号码", "13951234567", "家庭成员数", "2", "年人均收入", "3300元"],
        ["贫困类型", "低保贫困户", "致贫主因", "因病", "承包地面积", "4.2亩"],
        ["家庭主要成员"],
        heading,
    )


@pytest.mark.parametrize("name", ["成员姓名", "家庭成员", "姓名"])
@pytest.mark.parametrize("sex", ["男/女", "男女", "性别"])
@pytest.mark.parametrize("relation", ["与申请人关系", "与户主称谓"])
@pytest.mark.parametrize("labour", ["劳力情况", "劳动力"])
def test_headings_of_members(name: str, sex: str, relation: str, labour: str) -> None:
    heading: list[Raw] = [name, sex, "公民身份证号", relation, "身体状况", labour]
    register = form(*_form(heading), *PEOPLE)
    assert says(register, "member", "name", "sex", "id_number", "relation", "labour") == [
        ("劳长安", "A7"), ("男", "B7"), (IDS[0], "C7"), ("户主", "D7"),
        ("弱劳动力或半劳动力", "F7"),
    ]  # fmt: skip
    assert says(register, "household", "head_name", "size") == [("劳长安", "D2"), (2, "D3")]
    assert register.files[0].remarks == []
    assert register.files[0].error is None


def test_an_applicant_who_is_not_the_head_is_told() -> None:
    heading: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"]
    register = form(*_form(heading, name="逄秀云"), *PEOPLE)
    assert says(register, "household", "head_name") == [("劳长安", "A7")]
    assert register.files[0].remarks == [
        "表单“贫困农户信息采集表”里没有认出、未作检查的项目：申请人"
    ]


def test_who_signs_at_the_foot_is_no_head() -> None:
    heading: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"]
    rows = _form(heading, who="户主姓名")
    register = form(*rows, *PEOPLE, ["申请人：逄秀云", "", "", "2016年3月2日"])
    assert says(register, "household", "head_name") == [("劳长安", "D2")]
    assert register.tables["household"].height == 1


@pytest.mark.parametrize("gap", [" ", "  ", "\u3000"])
@pytest.mark.parametrize(("said", "size"), [("3", 3), ("3人", 3), ("", None)])
def test_a_number_behind_a_colon_is_no_item_number(gap: str, said: str, size: int | None) -> None:
    heading: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"]
    rows = [list(row) for row in _form(heading, who="户主姓名")]
    rows[2] = [gap.join([f"家庭人口：{said}", "耕地面积：4.2", "住房面积：86", "人均纯收入：2500"])]
    register = form(*rows, *PEOPLE)
    columns = ("size", "arable", "house_area", "per_capita")
    values = [value for value, _ in says(register, "household", *columns)]
    assert values == [size, 4.2, 86, 2500]


def test_item_numbers_stand_before_labels() -> None:
    heading: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"]
    rows = [list(row) for row in _form(heading, who="户主姓名")]
    rows[2] = ["1 家庭人口：  2 住房面积：86  3 人均纯收入：2500"]
    register = form(*rows, *PEOPLE)
    values = [value for value, _ in says(register, "household", "size", "house_area")]
    assert values == [None, 86]


@pytest.mark.parametrize(
    ("behind", "code"),
    [
        (["所在村组", "睢宁县官山镇栗园村一组"], "无户编号"),
        (["睢宁县官山镇栗园村一组"], "无户编号"),
        (["320324105201304", "睢宁县官山镇栗园村一组"], "320324105201304"),
        (["BF-304", "睢宁县官山镇栗园村一组"], "BF-304"),
    ],
)
def test_a_text_without_digits_is_no_code(behind: list[Raw], code: str) -> None:
    heading: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"]
    rows = [list(row) for row in _form(heading, who="户主姓名")]
    rows[1:2] = [["户编号", *behind], ["户主姓名", "劳长安", "联系电话", "13951234567"]]
    household = form(*rows, *PEOPLE).tables["household"].row(0, named=True)
    assert code in household["household_id"]
    assert household["village"] == "栗园村"
