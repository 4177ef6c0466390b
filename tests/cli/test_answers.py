"""The clerk's loop from end to end: marked copy, answers, record, second check."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from entry_point import jiandang_here as jiandang

SAMPLES = Path(__file__).parents[2] / "sample_data"
FAULTY = SAMPLES / "官山镇_有误.xlsx"
AS_OF = ("--as-of", "2016-03-29")


def _fill_in(copy: Path, word: str, target: Path) -> Path:
    book = openpyxl.load_workbook(copy)
    head, *rows = book["问题清单"].iter_rows()
    for row in rows:
        cells = dict(zip([cell.value for cell in head], row, strict=True))
        cells["核实结果"].value = word
        cells["核实说明"].value = "已核对户口簿，有派出所的证明"
        cells["核实人"].value = "李四"
        cells["核实日期"].value = "2016.3.20"
    book.save(target)
    return target


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checked register, its marked copy, and what came back of it, filled in."""
    place = tmp_path_factory.mktemp("returned")
    shutil.copy(FAULTY, place / "官山镇.xlsx")
    run = jiandang("check", "官山镇.xlsx", *AS_OF, "--format", "xlsx", "--format", "json",
                   "--output", ".", cwd=place)  # fmt: skip
    assert run.returncode == 1, run.stderr
    back = place / "回收"
    back.mkdir()
    _fill_in(place / "官山镇.检查结果.xlsx", "登记无误", back / "官山镇.检查结果.xlsx")
    return place


@pytest.fixture(name="place")
def place_fixture(returned: Path, tmp_path: Path) -> Path:
    """The same for a test that writes beside it."""
    return shutil.copytree(returned, tmp_path, dirs_exist_ok=True)


def _json(place: Path, *options: object) -> dict[str, Any]:
    run = jiandang("check", "官山镇.xlsx", *AS_OF, "--format", "json", *options, cwd=place)
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _verified(report: dict[str, Any]) -> int:
    return sum(report["summary"]["verified"].values())


def test_copies_folders_and_the_record_say_the_same(place: Path) -> None:
    by_copy = _json(place, "--answers", "回收/官山镇.检查结果.xlsx")
    by_folder = _json(place, "--answers", "回收")
    run = jiandang("answers", "回收", "--into", "核实记录.csv", cwd=place)
    assert run.returncode == 0 and "核实结果 78 条：新记入 78 条，已有 0 条" in run.stdout
    assert (
        "新记入 0 条，已有 78 条"
        in jiandang("answers", "回收", "--into", "核实记录.csv", cwd=place).stdout
    )
    by_record = _json(place, "--answers", "核实记录.csv")
    assert by_copy == by_folder == by_record
    by_both = _json(place, "--answers", "核实记录.csv", "--answers", "回收")
    assert by_both["findings"] == by_copy["findings"]
    assert by_both["answers"]["states"]["repeated"] == 78
    assert _verified(by_copy) > 20
    assert {f["fingerprint"] for f in by_copy["findings"]} == {
        f["fingerprint"] for f in _json(place, "--show-ids")["findings"]
    }


def test_a_second_marked_copy_keeps_answers_and_the_first(place: Path) -> None:
    run = jiandang("check", "官山镇.xlsx", *AS_OF, "--answers", "官山镇.检查结果.xlsx",
                   "--format", "xlsx", cwd=place)  # fmt: skip
    assert "已写出" in run.stderr
    shutil.copy(place / "回收" / "官山镇.检查结果.xlsx", place / "官山镇.检查结果.xlsx")
    run = jiandang("check", "官山镇.xlsx", *AS_OF, "--answers", "官山镇.检查结果.xlsx",
                   "--format", "xlsx", cwd=place)  # fmt: skip
    assert "已改名为" in run.stderr
    first = _json(place, "--answers", "回收")
    second = _json(place, "--answers", "官山镇.检查结果.xlsx")
    assert _verified(second) == _verified(first)


def test_an_empty_copy_beside_a_filled_one_is_told(place: Path) -> None:
    empty = place / "官山镇.检查结果.xlsx"
    _fill_in(empty, "登记无误", empty)
    jiandang("check", "官山镇.xlsx", *AS_OF, "--format", "xlsx", cwd=place)
    arguments = ("check", "官山镇.xlsx", *AS_OF, "-q", "--answers")
    run = jiandang(*arguments, empty.name, cwd=place)
    assert "一条核实结果也没有填；填好的可能在旁边的 官山镇.旧1.检查结果.xlsx" in run.stderr
    run = jiandang(*arguments, "官山镇.旧1.检查结果.xlsx", cwd=place)
    assert "没有填" not in run.stderr and "已核实" in run.stdout


def test_a_folder_in_which_nobody_has_filled_in_anything(place: Path) -> None:
    """The reports beside the lists are named, and nothing is said to be written that is not."""
    run = jiandang("answers", ".", "--into", "新/核实记录.csv", cwd=place / "回收")
    assert run.returncode == 2 and "没有写出" in run.stderr
    empty = place / "空"
    empty.mkdir()
    shutil.copy(place / "官山镇.检查结果.xlsx", empty)
    shutil.copy(place / "检查结果.json", empty)
    run = jiandang("answers", "空", "--into", "核实记录.csv", cwd=place)
    assert run.returncode == 2 and not (place / "核实记录.csv").exists()
    assert "一条核实结果也没有填" in run.stderr
    assert "检查结果.json”：本工具的检查结果" in run.stderr
    assert "没有一条填好的核实结果，没有写 核实记录.csv" in run.stderr
    run = jiandang("check", "官山镇.xlsx", *AS_OF, "-q", "--answers", "空", cwd=place)
    assert "检查结果.json”：本工具的检查结果" in run.stderr


def test_the_bare_state_and_what_is_new(place: Path) -> None:
    known = ("--answers", "回收", "--fail-on", "suspect", "--since", "检查结果.json")
    assert jiandang("check", "官山镇.xlsx", *AS_OF, *known, cwd=place).returncode == 1
    run = jiandang("check", "官山镇.xlsx", *AS_OF, *known, "--fail-on-new", cwd=place)
    assert run.returncode == 0 and "新增 0 处，原有 78 处，消失 0 处" in run.stdout
    assert _verified(_json(place, "--answers", "回收", "--ignore-answers")) == 0
    (sample,) = (SAMPLES / "官山镇_合格.xlsx",)
    shutil.copy(sample, place / "官山镇.xlsx")
    run = jiandang("check", "官山镇.xlsx", *AS_OF, *known, "--format", "markdown", cwd=place)
    assert "消失 78 处" in run.stdout or "消失：" in run.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--answers", "官山镇.xlsx"), "里面没有“问题清单”"),
        (("--answers", "没有.xlsx"), "找不到文件"),
        (("--since", "官山镇.xlsx"), "不是检查报告"),
        (("--since", "没有.json"), "读不出来"),
        (("--fail-on-new",), "--since"),
        (("--answers", "回收/官山镇.检查结果.xlsx", "--format", "json", "--output",
          "回收/官山镇.检查结果.xlsx"), "不能写在它上面"),
    ],
)  # fmt: skip
def test_bad_input(place: Path, options: tuple[str, ...], message: str) -> None:
    run = jiandang("check", "官山镇.xlsx", *AS_OF, *options, cwd=place)
    assert run.returncode == 2
    assert message in "".join(run.stderr.split()), run.stderr
    assert "Traceback" not in run.stderr


def test_a_record_is_not_written_over_a_register(place: Path) -> None:
    (place / "表.csv").write_text("户编号,姓名\n1,张三\n", encoding="utf-8")
    for name, message in (("官山镇.xlsx", "应写成.csv"), ("表.csv", "不是核实记录")):
        before = (place / name).read_bytes()
        run = jiandang("answers", "回收", "--into", name, cwd=place)
        assert run.returncode == 2 and message in "".join(run.stderr.split())
        assert (place / name).read_bytes() == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_only_a_household_that_has_left_was_removed(place: Path, jobs: str) -> None:
    """Of two answers 拟剔除 whose findings are gone, one household is gone as well."""
    book = openpyxl.load_workbook(place / "官山镇.xlsx")
    leaves, stays = "320324105203009", "320324105203008"
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        if "户编号" not in heads:
            continue
        for number in range(sheet.max_row, 1, -1):
            if sheet.cell(number, heads.index("户编号") + 1).value == leaves:
                sheet.delete_rows(number)
    head, *homes = book["农户"].iter_rows()
    for home in homes:
        cells = dict(zip([cell.value for cell in head], home, strict=True))
        if cells["户编号"].value == stays:
            cells["联系电话"].value = "15012345678"
    book.save(place / "官山镇.xlsx")
    copy = place / "剔除.xlsx"
    book = openpyxl.load_workbook(place / "官山镇.检查结果.xlsx")
    head, *rows = book["问题清单"].iter_rows()
    for row in rows:
        cells = dict(zip([cell.value for cell in head], row, strict=True))
        if cells["户编号"].value in (leaves, stays):
            cells["核实结果"].value = "拟剔除"
    book.save(copy)
    answers = _json(place, "--answers", copy.name, "--jobs", jobs)["answers"]
    assert answers["states"] == {"removed": 1, "gone": 1}
    assert [each["household"] for each in answers["unmatched"]] == [stays]
