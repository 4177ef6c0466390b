"""A sheet of persons or households without any heading is told to be unread; notes are not."""

from typing import Any

import pytest
from two_villages import Row, tables

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")


def error_of(name: str, rows: list[Row]) -> str | None:
    """What is said of a file with a sheet of such rows beside the households."""
    file = register_of([Grid("农户", tables()[1]), Grid(name, rows)], POLICY).files[0]
    assert name in file.unrecognised_sheets
    return file.error


def test_persons_without_a_heading() -> None:
    people, own = tables()
    error = error_of("成员", people[1:])
    assert error is not None and error.startswith("工作表“成员”像是逐人或逐户的登记")
    assert "D列像“性别”、E列像“证件号码”、F列像“与户主关系”" in error
    titled: list[Row] = [["官山镇王庄村成员", "", "", "", ""]]
    error = error_of("Sheet2", titled + [[float(i), *row[2:]] for i, row in enumerate(people[1:])])
    assert error is not None and "B列像“姓名”、C列像“性别”" in error
    assert error.endswith("其中 13 行没有检查")
    file = register_of([Grid("成员", people), Grid("农户", own[1:])], POLICY).files[0]
    assert file.error is not None and "F列像“农户属性”" in file.error


@pytest.mark.parametrize(
    "rows",
    [
        [["大米", "元/斤", 2.5, "2016-03-01"], ["面粉", "元/斤", 2.1, "2016-03-01"]],
        [["张建国", "男", "村支书", "13852030111"], ["李红", "女", "会计", "13852030112"]],
        [["张建国", "男", "320324196101170332", "村支书"], ["李红", "女", "", "村主任"]],
        [["1.本表一式两份", "一户一份"], ["2.证件号码以户口簿为准，例如 320324196101170332", "男"]],
    ],
)
def test_others_and_notes(rows: list[list[Any]]) -> None:
    assert error_of("Sheet3", rows) is None


def test_one_person_without_a_heading() -> None:
    number = "320324105201001"
    row: Row = ["", "王庄村", number, "张三", "男", "320324196101170332", "户主", "汉族", "健康"]
    error = error_of("续", [row])
    assert error is not None and "其中 1 行没有检查" in error
    assert "D列像“姓名”" in error
    # The lone line of somebody who is told by nothing else, of an official, of words.
    assert error_of("续", [["", "", "张三", "男", "320324196101170332", "", "汉族"]]) is None
    assert error_of("续", [["张建国", "男", "320324196101170332", "汉族", "村支书"]]) is None
    assert error_of("续", [["男", "户主", "汉族", "健康", "小学"]]) is None
