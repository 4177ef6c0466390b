"""Sheets that say what a register says, and cannot be read as they stand: the file is not whole."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jiandang
from jiandang.policy import load_policy

POLICY = load_policy("xuzhou-2016")
Row = list[Any]
VILLAGE = "320324105201"
MEMBERS: list[Row] = [
    ["户编号", "行政村", "姓名", "性别", "证件号码", "与户主关系"],
    [f"{VILLAGE}001", "王庄村", "张三", "男", "320324196001010018", "户主"],
    [f"{VILLAGE}002", "王庄村", "李四", "男", "320324196101010015", "户主"],
]
HOMES: list[Row] = [
    ["户主姓名", "家庭人口", "农户属性", "人均纯收入(元)", "工资性收入(元)"],
    ["张三", 1, "一般贫困户", 2900, 2900],
    ["李四", 1, "一般贫困户", 2900, 2900],
]


def load(path: Path, **sheets: list[Row]) -> jiandang.Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path / "表.xlsx")
    return jiandang.load(path / "表.xlsx", POLICY)


def test_a_sheet_on_its_side_is_no_whole_file(tmp_path: Path) -> None:
    aside = [list(row) for row in zip(*HOMES, strict=True)]
    (file,) = load(tmp_path, 成员=MEMBERS, 农户=aside).files
    assert file.error_code == "rows_unread" and file.unrecognised_sheets == ("农户",)
    assert file.error is not None and "“农户”横竖颠倒了" in file.error
    (file,) = load(tmp_path, 成员=MEMBERS, 农户=HOMES).files
    assert file.error_code is None


@pytest.mark.parametrize("names", [("钱七", "孙八"), ("张三", "张三")])
def test_households_of_nobody_knows_whom_are_no_whole_file(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    """They name no village, and heads who are none of the register, or the same twice."""
    rows = [HOMES[0], *([name, *row[1:]] for name, row in zip(names, HOMES[1:], strict=True))]
    members = [["户主姓名", "家庭人口", *MEMBERS[0]], *(["张三", 1, *row] for row in MEMBERS[1:])]
    (file,) = load(tmp_path, 成员=members, 收入=rows).files
    assert file.error_code == "rows_unread"
    assert file.error is not None and "工作表“收入”没有写明户编号" in file.error
