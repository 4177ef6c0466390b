"""What an allocation table fills in, and what cannot be numbered."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from jiandang import load_policy
from jiandang.cli.app import app
from jiandang.templates.making import NotMade, make_register

POLICY = load_policy("xuzhou-2016")
SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.mark.parametrize(
    ("villages", "said"),
    [
        ([["320324105201", "王庄村", 2], ["320324105201", "李庄村", 3]], "村码重复：320324105201"),
        ([["320324105201", "王庄村", -3]], "王庄村 的计划户数“-3”"),
        ([["320324105201", "王庄村", 3.5]], "王庄村 的计划户数“3.5”"),
        ([["320324105201", "王庄村", 1000]], "超过三位户号"),
        ([["320324105", "官山镇", 5]], "没有带12位村码"),
        ([["320324105201", "王庄村", 2], ["3203241", "李庄村", 3, "村"]], "李庄村 的区划代码“3"),
        ([["320324105201", "王庄村", 2], ["3.2E+11", "李庄村", 3, "村"]], "李庄村 的区划代码“3"),
        ([["320324105201", "王庄村", 2], [None, "李庄村", 3, "村"]], "李庄村 的区划代码“”"),
    ],
)
def test_places_that_cannot_be_numbered_are_refused(
    villages: list[list[Any]], said: str, tmp_path: Path
) -> None:
    with pytest.raises(NotMade, match=said):
        make_register(tmp_path / "空.xlsx", POLICY, 20, places_of(villages, tmp_path))
    assert not (tmp_path / "空.xlsx").exists()


def test_a_village_without_a_quota_is_filled_in_without_households(tmp_path: Path) -> None:
    places = places_of([["320324105201", "王庄村", None], ["320324105202", "李庄村", 1]], tmp_path)
    assert make_register(tmp_path / "空.xlsx", POLICY, 20, places).villages == ["王庄村"]
    book = load_workbook(tmp_path / "空.xlsx")
    assert [row[5] for row in book["农户"].iter_rows(min_row=2, values_only=True)] == [
        "320324105202001"
    ]
    assert book["村情"].max_row == 3


@pytest.mark.parametrize("heading", ["村码", "村代码", "村编码", "行政村代码"])
def test_the_codes_of_villages_are_called_as_in_other_tables(heading: str, tmp_path: Path) -> None:
    table: list[list[Any]] = [
        ["行政村", heading, "指标(户)", "指标(人)"],
        ["王庄村", "320324105201", 2, 5],
    ]
    make_register(tmp_path / "空.xlsx", POLICY, 20, places_of(table, tmp_path, headings=()))
    numbers = [row[5].value for row in load_workbook(tmp_path / "空.xlsx")["农户"].iter_rows(2)]
    assert numbers == ["320324105201001", "320324105201002"]


def test_a_village_without_a_quota_is_told_of(tmp_path: Path) -> None:
    quota: list[list[Any]] = [["320324105201", "王庄村", None], ["320324105202", "李庄村", 0]]
    quota += [["320324105000", "官山镇", None], ["320324105203", "张庄村", 1]]
    arguments = ["template", str(tmp_path / "空.xlsx"), "--places"]
    result = CliRunner().invoke(app, [*arguments, str(places_of(quota, tmp_path))])
    said = "".join(result.output.split())
    assert "王庄村没有填计划户数，没有预填户编号" in said and "李庄村" not in said
    assert "官山镇" not in said


HEADINGS = ("区划代码", "名称", "计划户数", "级别")


def places_of(
    villages: list[list[Any]], folder: Path, headings: tuple[str, ...] = HEADINGS
) -> Path:
    book = Workbook()
    (sheet,) = book.worksheets
    for row in [list(headings), *villages] if headings else villages:
        sheet.append(row)
    book.save(folder / "任务分解.xlsx")
    return folder / "任务分解.xlsx"


def test_more_households_than_rows_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "空.xlsx"
    arguments = ["template", str(target), "--places", str(SAMPLES / "官山镇_合格.xlsx"),
                 "--rows", "20"]  # fmt: skip
    assert CliRunner().invoke(app, arguments, standalone_mode=False).return_value == 2
    assert not target.exists()
