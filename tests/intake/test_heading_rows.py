"""Headings of four rows are read; where there are more, and no row is read, that is no pass."""

from pathlib import Path

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import load, register_of

POLICY = load_policy("xuzhou-2016")
OWN = ["户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
SOURCES = ["工资性收入", "低保金", "五保金", "养老保险金"]
ROWS = [
    [f"32032410520100{n}", "张三", "2", "一般贫困户", "缺技术", f"{n}000", f"{n}00", "0", "0"]
    for n in range(1, 5)
]


def register_below(path: Path, groups: int, rows: list[list[str]]) -> Register:
    """A heading with so many rows of groups between its first and its last."""
    between = [[""] * 5 + [f"第{n}类收入", "其中", f"第{n}项"] for n in range(groups)]
    lines = [[*OWN, "家庭收入"], *between, [*[""] * 5, *SOURCES], *rows]
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return load([path], POLICY)


@pytest.mark.parametrize("groups", [0, 1, 2])
def test_a_heading_of_up_to_four_rows(tmp_path: Path, groups: int) -> None:
    register = register_below(tmp_path / "收入.csv", groups, ROWS)
    assert register.files[0].error_code is None
    assert register.tables["household"]["pension"].to_list() == [0] * 4


@pytest.mark.parametrize("groups", [4, 6])
def test_a_table_of_which_no_row_is_read(tmp_path: Path, groups: int) -> None:
    [file] = register_below(tmp_path / "收入.csv", groups, ROWS).files
    assert file.error_code == "rows_unread"
    assert file.error is not None and "一行也没有读出来" in file.error


def test_rows_about_nobody(tmp_path: Path) -> None:
    rows = [["", "", *row[2:]] for row in ROWS]
    [file] = register_below(tmp_path / "收入.csv", 0, rows).files
    assert file.error_code == "rows_unread"


def test_an_empty_form_is_no_file_that_is_not_read(tmp_path: Path) -> None:
    rows = [["填表人：", "", "审核人：", "", "2016年3月"]]
    [file] = register_below(tmp_path / "收入.csv", 1, rows).files
    assert file.error_code is None


def test_known_headings_are_read_among_any_number_of_others() -> None:
    """Those that nobody knows are named one by one as far as anybody reads, then counted."""
    own: list[Raw] = ["户编号", "姓名", "证件号码", "性别", "与户主关系", "民族"]
    person: list[Raw] = ["320324105201001", "张三", "320324196203191150", "男", "户主", "汉族"]
    more = 1500
    rows: list[list[Raw]] = [[*own, *(f"自定{i}" for i in range(more))], [*person, *["x"] * more]]
    register = register_of([Grid("成员", rows)], POLICY)
    assert register.tables["member"]["name"].to_list() == ["张三"]
    told = [seen for seen in register.observations if seen.notice is Notice.UNKNOWN_COLUMN]
    assert len(told) == 201 and "一共 1300 列没有认出" in str(told[-1].seen["why"])


@pytest.mark.parametrize(
    ("first", "second"),
    [("主要", "其他"), ("主要", "次要"), ("主因", "次因"), ("主", "次"), ("主要原因", "其他原因")],
)
def test_causes_in_two_columns_under_one_heading(first: str, second: str) -> None:
    above: list[Raw] = [*OWN, "", "人均纯收入(元)", "致贫年度"]
    below: list[Raw] = ["", "", "", "", first, second, "", ""]
    home: list[Raw] = [*ROWS[0][:4], "因病", "因残", 2000, 2014]
    above[4] = "致贫原因"
    register = register_of([Grid("农户", [above, below, home])], POLICY)
    (row,) = register.tables["household"].iter_rows(named=True)
    assert (row["cause"], row["other_causes"]) == ("因病", "因残")
