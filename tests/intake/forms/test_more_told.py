"""Votes with their day, members in the cells of their labels, forms copied without a code."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jiandang
from jiandang.policy import load_policy
from jiandang.register.notice import Notice
from jiandang.register.resident_id import check_character

POLICY = load_policy("xuzhou-2016")
CODE = "320324105201001"
Row = list[Any]


def number(i: int) -> str:
    digits = f"32032419500101{i:03}"
    return digits + check_character(digits)


HEAD: list[Row] = [
    ["贫困户登记表"],
    ["户编号", CODE],
    ["户主姓名", "张三", "联系电话", "13852012345"],
    ["家庭人口", 2, "人均纯收入(元)", 2000],
    ["农户属性", "一般贫困户", "主要致贫原因", "因病"],
]
MEMBERS: list[Row] = [
    ["家庭成员"],
    ["序号", "姓名", "性别", "身份证号", "与户主关系", "民族", "文化程度"],
    [1, "张三", "男", number(3), "户主", "汉族", "小学"],
    [2, "李秀", "女", number(14), "配偶", "汉族", "小学"],
]


def load(path: Path, *sheets: list[Row]) -> jiandang.Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{place}")
        for row in rows:
            sheet.append(row)
    book.save(path / "表.xlsx")
    return jiandang.load(path / "表.xlsx", POLICY)


@pytest.mark.parametrize(
    "rows",
    [
        [["民主评议", "经2016年3月5日村民代表会议评议，应到30人实到28人，同意27人，反对1人。"]],
        [["2016年3月5日，王庄村召开村民代表大会，应到30人，实到28人，同意27票，反对1票。"]],
        [["评议意见", "2016年3月5日召开会议，应到会30人，实到会28人，27人同意，1人反对。"]],
        [
            [
                "民主评议",
                "2016年2月1日申请，2016年3月5日经村民代表评议，应到30人，实到28人，同意27人，反对1人",
            ]
        ],
    ],
)
def test_votes_in_a_sentence_have_their_day(tmp_path: Path, rows: list[Row]) -> None:
    steps = load(tmp_path, [*HEAD, *MEMBERS, *rows]).tables["procedure"]
    assert str(steps["appraised"][0]) == "2016-03-05"
    votes = ("delegates", "delegates_present", "votes_for", "votes_against")
    assert [steps[name][0] for name in votes] == [30, 28, 27, 1]


def test_members_in_the_cells_of_their_labels(tmp_path: Path) -> None:
    people = [
        ["家庭成员"],
        ["姓名：张三", "性别：男", f"身份证号：{number(3)}", "与户主关系：户主"],
        ["姓名：李秀", "性别：女", f"身份证号：{number(14)}", "与户主关系：配偶", "特长：养猪"],
    ]
    register = load(tmp_path, [*HEAD, *people])
    members = register.tables["member"]
    assert members["name"].to_list() == ["张三", "李秀"]
    assert members["id_number"].to_list() == [number(3), number(14)]
    assert members["relation"].to_list() == ["户主", "配偶"]
    (remark,) = register.files[0].remarks
    assert "特长" in remark


def test_another_name_that_is_no_members_is_named(tmp_path: Path) -> None:
    more = [["姓名：李秀", "性别：女", "联系电话：13800001111"]]
    register = load(tmp_path, [*HEAD, *MEMBERS, *more])
    assert register.tables["household"]["head_name"].to_list() == ["张三"]
    assert any("第10行的“姓名”" in remark for remark in register.files[0].remarks)


@pytest.mark.parametrize("size", [2, 3])
def test_a_form_copied_without_its_code_is_no_second_household(tmp_path: Path, size: int) -> None:
    copy = [HEAD[0], *HEAD[2:3], ["家庭人口", size, "人均纯收入(元)", 2000], *HEAD[4:], *MEMBERS]
    register = load(tmp_path, [*HEAD, *MEMBERS], copy)
    assert set(register.tables["household"]["household_id"]) == {CODE}
    assert set(register.tables["member"]["household_id"]) == {CODE}
    told = {seen.notice for seen in register.observations}
    assert (Notice.COPIES_DIFFER in told) == (size == 3)


def test_a_sentence_about_the_household_in_the_last_row_is_named(tmp_path: Path) -> None:
    text = "该户因病致贫，儿子在外打工每月往家寄钱约一千元左右，家庭生活困难"
    (remark,) = load(tmp_path, [*HEAD, *MEMBERS, [], [text]]).files[0].remarks
    assert "该户因病致贫" in remark


@pytest.mark.parametrize(
    "text",
    [
        "注：1.本表一式三份，由村填写，家庭人口指在册户籍人口，2016年起使用",
        "本人承诺以上家庭收入情况属实，如有虚假愿承担一切责任，全家共同签字",
    ],
)
def test_print_on_a_form_is_not_named(tmp_path: Path, text: str) -> None:
    assert not load(tmp_path, [*HEAD, *MEMBERS, [], [text]]).files[0].remarks


@pytest.mark.parametrize(
    "cells",
    [
        ["住房", "结构", "砖混", "面积(㎡)", 90],
        ["住房情况", "面积", 90, "间数", 3],
        ["住房", "面积（平方米）", 90, "3间", "砖混"],
    ],
)
def test_the_area_among_what_is_said_of_a_house(tmp_path: Path, cells: Row) -> None:
    homes = load(tmp_path, [*HEAD, cells, *MEMBERS]).tables["household"]
    assert homes["house_area"].to_list() == [90]


def test_a_page_of_another_kind_below_the_members_is_none_of_them(tmp_path: Path) -> None:
    other: list[Row] = [[], ["官山镇王庄村", "会议签到表"], ["序号", "姓名", "签字"]]
    other.append([1, "赵六", "赵六"])
    second: list[Row] = [
        ["贫困户登记表"],
        ["户编号", "320324105201002"],
        ["户主姓名", "李四"],
        *HEAD[3:],
    ]
    register = load(tmp_path, [*HEAD, *MEMBERS, *other, [], *second])
    assert register.tables["member"]["name"].to_list() == ["张三", "李秀"]
    assert register.tables["household"]["head_name"].to_list() == ["张三", "李四"]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["村委会意见", "同意纳入。（盖章）2016年3月10日"],
            ["乡镇政府意见", "同意。2016年3月20日"],
        ],
        [["帮扶措施", "①发展养殖②小额贷款③技能培训"]],
        [["小额贷款"], ["贷款银行", "贷款金额", "贷款时间"], ["农商行", 30000, "2016-3-1"]],
        [["家庭成员变动情况"], ["姓名", "变动原因", "变动时间"], ["张小", "死亡", "2015-3-1"]],
        [["走访记录"], ["走访时间", "走访人", "走访内容"], ["2016-3-1", "王强", "了解情况"]],
    ],
)
def test_what_stands_right_below_the_members_is_nobody(tmp_path: Path, rows: list[Row]) -> None:
    people = [row[1:] for row in MEMBERS[1:]]  # names stand in the first column
    register = load(tmp_path, [*HEAD, *people, *rows])
    assert register.tables["member"]["name"].to_list() == ["张三", "李秀"]
    assert register.tables["household"]["head_name"].to_list() == ["张三"]
