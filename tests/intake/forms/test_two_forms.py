"""One household on two forms, that of the register and of the visit; and one form twice."""

from pathlib import Path

import pytest
from form_files import write_file
from form_reading import POLICY, place, read

import jiandang
from jiandang import Report, check
from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw

CODE, HEAD, WIFE = "320324105201001", "320324196203013370", "320324196409073467"
Rows = list[list[Raw]]


def registered(head: str = "刘大柱", cause: str = "因病", bank: str = "江苏银行") -> Rows:
    return [
        ["贫困户登记表"],
        ["户编号", CODE, "户主姓名", head],
        ["联系电话", "13852030117", "开户银行", bank],
        ["主要致贫原因", cause, "识别标准", "省定标准"],
        ["姓名", "与户主关系", "性别", "身份证号", "文化程度", "民族"],
        [head, "户主", "男", HEAD, "小学", "汉族"],
        ["陈秀兰", "配偶", "女", WIFE, "初中", "汉族"],
    ]


def visited(head: str = "刘大柱", cause: str = "因病") -> Rows:
    return [
        ["贫困户入户调查表"],
        ["户编号", CODE, "户主姓名", head],
        ["联系电话", "13852030117", "家庭人口", 2.0],
        ["主要致贫原因", cause, "是否危房", "否"],
        ["姓名", "与户主关系", "性别", "身份证号", "文化程度", "健康状况"],
        [head, "户主", "男", HEAD, "小学", "健康"],
        ["陈秀兰", "配偶", "女", WIFE, "初中", "健康"],
        ["耕地面积（亩）", 3.5, "人均纯收入（元）", 2500.0],
    ]


def grid(name: str, rows: Rows) -> Grid:
    return Grid(name, [[*row, *[""] * (6 - len(row))] for row in rows])


def found(*pages: Rows) -> list[tuple[str, str, str | None]]:
    """The rules that are broken, with the sheet and the cell."""
    register = read(*(grid(f"表{n}", page) for n, page in enumerate(pages, start=1)))
    report: Report = check(register, POLICY, select=["LR108", "LR121", "LR213"])
    return [(f.rule, f.sheet or "", f.cell) for f in report.findings]


def test_two_forms_are_of_one_household_and_its_members() -> None:
    register = read(grid("登记", registered()), grid("调查", visited()))
    (household,) = register.tables["household"].iter_rows(named=True)
    assert place(register, household, "bank") == "登记!D3"
    assert place(register, household, "per_capita") == "调查!D8"
    members = register.tables["member"]
    assert members.select("name", "nation", "health").rows() == [
        ("刘大柱", "汉族", "健康"),
        ("陈秀兰", "汉族", "健康"),
    ]
    assert found(registered(), visited()) == []


def test_what_the_forms_say_differently_is_told() -> None:
    assert found(registered(), visited(cause="缺技术")) == [("LR213", "表2", "B4")]


def test_one_form_twice_is_a_double() -> None:
    again = registered(bank="农商银行")
    assert [rule for rule, _, _ in found(registered(), again)] == ["LR121"]


def test_one_form_with_a_line_more_is_a_double() -> None:
    more: Rows = [*registered(), ["耕地面积（亩）", 3.5]]
    assert [rule for rule, _, _ in found(registered(), more)] == ["LR121"]


@pytest.mark.parametrize(("second", "codes"), [(visited(), []), (registered(), ["LR121"])])
def test_in_two_files_they_are_no_versions(tmp_path: Path, second: Rows, codes: list[str]) -> None:
    for name, rows in (("登记", registered()), ("调查", second)):
        write_file(grid("Sheet1", rows), tmp_path / f"{name}.xlsx")
    register = jiandang.load([*sorted(tmp_path.iterdir())])
    report = check(register, POLICY, select=["LR108", "LR121", "LR213"])
    assert [f.rule for f in report.findings] == codes
