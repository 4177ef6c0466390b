"""Lists of who came, voted, was visited or got something: no tables of the register."""

from typing import Any

import openpyxl
import pytest

import jiandang
from jiandang.policy import load_policy

POLICY = load_policy("xuzhou-2016")
REGISTER: list[list[Any]] = [
    ["户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因", "人均纯收入(元)"],
    ["320324105201001", "张三", 3, "低保户", "因病", 2900],
]
VOTERS: list[list[Any]] = [
    ["序号", "姓名", "性别", "同意", "不同意", "签名"],
    [1, "张三", "男", "√", "", "张三"],
    [2, "王秀", "女", "", "√", "王秀"],
]
EVENTS: dict[str, list[list[Any]]] = {
    "签到表": [
        ["时间", "2016年3月5日", "地点", "村部"],
        ["应到", 60, "实到", 50],
        ["序号", "姓名", "电话", "签名"],
        [1, "张三", "13852012345", "张三"],
    ],
    "Sheet2": [
        ["王庄村民主评议会议签到册"],
        ["应到", "60人", "实到", "50人"],
        ["序号", "姓名", "联系电话", "签字"],
        [1, "张三", "13852012345", ""],
    ],
    "评议": VOTERS,
    "表决票": [["行政村", "姓名", "同意", "反对", "弃权"], ["王庄村", "张三", "√", "", ""]],
    "参会人员名单": [
        ["序号", "姓名", "性别", "身份证号", "联系电话", "签名"],
        [1, "张三", "男", "320324196001010018", "13852012345", ""],
    ],
    "走访记录": [
        ["行政村", "户主姓名", "家庭人口", "走访时间", "走访人", "户主签字"],
        ["王庄村", "张三", 3, "2016-3-1", "李强", "张三"],
    ],
    "发放": [
        ["王庄村2015年慰问金领取签字表"],
        ["序号", "姓名", "身份证号", "开户银行", "银行账号", "金额", "签字"],
        [1, "张三", "320324196001010018", "农商行", "6228480000000000", 500, "张三"],
    ],
}


def load(path: Any, *sheets: tuple[str, list[list[Any]]]) -> jiandang.Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path / "表.xlsx")
    return jiandang.load(path / "表.xlsx", POLICY)


@pytest.mark.parametrize("name", EVENTS)
def test_beside_a_register_they_are_told_and_not_read(tmp_path: Any, name: str) -> None:
    rows = EVENTS[name]
    register = load(tmp_path, ("农户", REGISTER), (name, rows))
    assert {sheet.sheet for sheet in register.sheets} == {"农户"}
    (file,) = register.files
    assert file.unrecognised_sheets == (name,)
    (remark,) = (remark for remark in file.remarks if f"“{name}”" in remark)
    assert "没有检查" in remark


@pytest.mark.parametrize("name", EVENTS)
def test_alone_they_are_no_register(tmp_path: Any, name: str) -> None:
    register = load(tmp_path, (name, EVENTS[name]))
    assert register.sheets == []
    assert register.files[0].error


@pytest.mark.parametrize("name", ["签到表", "参会人员名单", "走访记录"])
def test_what_they_are_is_said(tmp_path: Any, name: str) -> None:
    error = load(tmp_path, (name, EVENTS[name])).files[0].error
    assert error is not None
    assert error.startswith(
        f"工作表“{name}”是会议签到、表决、走访、慰问，或体检、报名的人的名单，不是登记表"
    )


MEMBERS: list[list[Any]] = [
    ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
    ["320324105201001", "张三", "男", "320324196001010018", "户主"],
]
BESIDE_MEMBERS: dict[str, list[list[Any]]] = {
    "慰问金发放表": [
        ["序号", "组别", "姓名", "性别", "身份证号码", "与户主关系", "金额（元）", "领款人签字"],
        [1, "一组", "李外", "男", "320324196101010015", "户主", 300, "李外"],
    ],
    "体检登记表": [
        ["序号", "村组", "姓名", "性别", "年龄", "身份证号", "健康状况", "体检日期", "医生"],
        [1, "一组", "李外", "男", 60, "320324196101010015", "良好", "2016.3.1", "李医生"],
    ],
    "培训报名表": [
        ["序号", "姓名", "性别", "年龄", "文化程度", "身份证号", "联系电话", "务工状况"],
        [1, "李外", "男", 40, "初中", "320324196101010015", "13812345671", "在家"],
    ],
}


@pytest.mark.parametrize("name", BESIDE_MEMBERS)
def test_what_has_much_of_a_member_is_one_beside_members_of_numbered_households(
    tmp_path: Any, name: str
) -> None:
    register = load(tmp_path, ("成员", MEMBERS), (name, BESIDE_MEMBERS[name]))
    assert register.tables["member"]["name"].to_list() == ["张三"]
    assert register.files[0].unrecognised_sheets == (name,)


def test_votes_in_numbers_and_a_register_called_so_are_read(tmp_path: Any) -> None:
    steps: list[list[Any]] = [
        ["行政村", "评议日期", "应到人数", "实到人数", "同意", "反对", "弃权", "签名"],
        ["王庄村", "2016-3-5", 60, 50, 48, 2, 0, "√"],
    ]
    register = load(tmp_path, ("评议表决情况", steps), ("走访登记表", REGISTER))
    assert [sheet.table for sheet in register.sheets] == ["procedure", "household"]
    assert register.tables["procedure"]["votes_for"].to_list() == [48]
