"""`jiandang template` on the command line: what it takes, what it refuses, and what it says."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from jiandang.cli import main
from jiandang.intake.forms.vocabulary import TO_VERIFY

SAMPLES = Path(__file__).parents[2] / "sample_data"
ANSWER = {
    "核实结果": "登记无误", "核实理由": "其他", "核实说明": "上门看过", "核实人": "李明",
    "核实日期": "2016-03-28",
}  # fmt: skip
TODAY = ["--as-of", "2016-03-29"]


def jiandang(*arguments: object) -> int:
    with pytest.raises(SystemExit) as exit_:
        main([*map(str, arguments)])
    return int(str(exit_.value.code or 0))


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """A folder with a register, the marked copy in which its doubts are answered, and these."""
    folder = tmp_path_factory.mktemp("answered") / "上报材料"
    folder.mkdir()
    register, marked = folder / "官山镇.xlsx", folder.parent / "标记.xlsx"
    register.write_bytes((SAMPLES / "官山镇_有误.xlsx").read_bytes())
    jiandang("check", register, *TODAY, "--format", "xlsx", "--output", marked, "-q")
    book = load_workbook(marked)
    sheet = book["问题清单"]
    place = {str(cell.value): number for number, cell in enumerate(sheet[1])}
    messages = []
    for row in sheet.iter_rows(2):
        if row[place["严重程度"]].value == "疑点":
            messages.append(str(row[place["问题"]].value).replace("：", "，"))
            for heading, value in ANSWER.items():
                row[place[heading]].value = value
    book.save(marked)
    return folder, marked, messages


def doubts_on(folder: Path) -> list[str]:
    found = []
    for path in folder.glob("*入户表*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            start = next(n for n, row in enumerate(rows) if row[0] == TO_VERIFY)
            found += [str(row[1]) for row in rows[start + 1 :] if row[1]]
    return found


def test_what_is_answered_is_no_open_doubt(
    answered: tuple[Path, Path, list[str]], tmp_path: Path
) -> None:
    folder, marked, messages = answered
    form = ["template", "入户表", "--from", folder / "官山镇.xlsx", *TODAY, "--output"]
    assert jiandang(*form, tmp_path / "1") == 0
    assert jiandang(*form, tmp_path / "2", "--answers", marked) == 0
    open_, left = doubts_on(tmp_path / "1"), doubts_on(tmp_path / "2")
    assert len(messages) > 3
    for message in messages:
        assert any(text.endswith(message) for text in open_), message
        assert not any(text.endswith(message) for text in left), message
    assert len(open_) == len(left) + len(messages)


def test_a_folder_and_the_settings_beside_it(
    answered: tuple[Path, Path, list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its answers count; what it says of the report of a check does not."""
    folder, marked, messages = answered
    (folder / "回收.xlsx").write_bytes(marked.read_bytes())
    settings = folder / "jiandang.toml"
    settings.write_text(
        'as-of = 2016-03-29\nanswers = ["回收.xlsx"]\nformats = ["json"]\n', encoding="utf-8"
    )
    out = tmp_path / "结果"
    form = ["template", "入户表", "--from", folder, "--by", "village", "--output", out]
    assert jiandang(*form) == 0
    assert "只在检查时用的：formats" in capsys.readouterr().err
    assert sorted(path.name for path in out.iterdir())[0].startswith("上报材料.入户表.")
    texts = doubts_on(out)
    assert texts and not any(text.endswith(m) for text in texts for m in messages)
    settings.unlink()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["表.csv"], "应是 .xlsx"),
        (["表.xlsx", "--places", "没有.xlsx"], "没有这个文件"),
        (["表.xlsx", "--places", "."], "是文件夹"),
        (["入户表", "--places", str(SAMPLES / "官山镇_合格.xlsx")], "不能一起用"),
        (["入户表", "--from", "没有"], "没有文件或文件夹"),
        (["入户表", "--from", "."], "没有找到登记表"),
        (["表.xlsx", "--rows", "0"], "--rows"),
        (["表.xlsx", "--by", "village"], "只用于“入户表”"),
        (["表.xlsx", "--by", "all"], "只用于“入户表”"),
        (["表.xlsx", "--output", "结果"], "写在文件名里"),
        (["表.xlsx", "--answers", "答复.csv"], "只用于“入户表”"),
        (["表.xlsx", "--as-of", "2016-03-29"], "只用于“入户表”"),
        (["表.xlsx", "--isolated"], "只用于“入户表”"),
        (["表.xlsx", "--map", "户数=计划户数"], "--places"),
        (["入户表", "--rows", "10"], "只用于空白表"),
        (["入户表", "--by", "village"], "--from"),
        (["入户表", "--answers", "答复.csv"], "--from"),
        (["入户表", "--select", "LR"], "--from"),
        (["入户表", "--from", str(SAMPLES / "官山镇_合格.xlsx"), "--by", "department"], "--by"),
        (["入户表", "--from", str(SAMPLES / "官山镇_合格.xlsx"), "--by", "county"], "--by"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jiandang("template", *arguments) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


VILLAGES: list[list[Any]] = [["王庄村", "320324105201", 2, 5], ["李庄村", "320324105202", 1, 3]]


@pytest.mark.parametrize(
    "headings",
    [
        ["行政村名称", "行政村编码", "建档立卡户数", "建档立卡人口"],
        ["村", "村代码", "户数", "人数"],
        ["村名", "村码", "贫困户数", "贫困人口"],
    ],
)
def test_what_is_given_as_allocation_table_needs_no_title(
    headings: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does the empty template have a finding where nobody is responsible for a village."""
    places = saved([headings, *VILLAGES], tmp_path / "村.xlsx")
    target = tmp_path / "空.xlsx"
    assert jiandang("template", target, "--places", places) == 0
    numbers = [row[5].value for row in load_workbook(target)["农户"].iter_rows(2)]
    assert numbers == ["320324105201001", "320324105201002", "320324105202001"]
    assert "RW010" not in capsys.readouterr().out
    # It has its places, and is as empty as one without.
    assert jiandang("check", target, *TODAY, "--format", "json") == 2
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    assert "空白表，还没有填写" in report["files"][0]["error"]["message"]


def test_other_headings_can_be_mapped_as_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: list[list[Any]] = [["村", "村代码", "今年要登多少", "多少人"], *VILLAGES]
    places = saved(table, tmp_path / "村.xlsx")
    target = tmp_path / "空.xlsx"
    making = ["template", target, "--places", places]
    jiandang(*making)
    assert "--map" in "".join(capsys.readouterr())
    target.unlink(missing_ok=True)
    maps = ["--map", "今年要登多少=计划户数", "--map", "多少人=计划人数"]
    assert jiandang(*making, *maps) == 0
    assert load_workbook(target)["农户"].max_row == 4


def test_what_is_wrong_with_the_allocation_table_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: list[list[Any]] = [["区划代码", "名称", "计划户数", "计划人数", "责任人"],
             ["320324105201", "王庄村", 2, 5, "张明"],
             ["320324105202", "李庄村", 1, 3, None]]  # fmt: skip
    places = saved(table, tmp_path / "村.xlsx")
    assert jiandang("template", tmp_path / "空.xlsx", "--places", places) == 0
    said = "".join(capsys.readouterr().out.split())
    assert "还有1处要改正或补填：RW010李庄村没有填责任人" in said


def saved(rows: list[list[Any]], path: Path) -> Path:
    book = Workbook()
    (sheet,) = book.worksheets
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
