"""What of a folder is read, and what is passed over."""

import os
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from form_files import write_file

from jiandang.cli import main
from jiandang.formats.grid import Grid
from jiandang.paths import names_apart
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.report.model import Report
from jiandang.reporters.console import write_console
from jiandang.reporters.github import write_github
from jiandang.reporters.html import write_html
from jiandang.reporters.json_report import write_json
from jiandang.reporters.junit import write_junit
from jiandang.reporters.listing import write_listing
from jiandang.reporters.markdown import write_markdown
from jiandang.reporters.marked import write_marked_copies
from jiandang.reporters.ndjson import write_ndjson
from jiandang.reporters.sarif import write_sarif
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings, check
from jiandang.run.files import find_files
from jiandang.run.load import Reading, load
from jiandang.run.processes import Workers, workers_for

POLICY = load_policy("xuzhou-2016")
REGISTER = "户编号,姓名,性别,证件号码,与户主关系\n320324105201001,张三,女,32032419800101001X,户主\n"
TEXTS = {
    "a.txt": write_console, "b.html": write_html, "c.md": write_markdown, "d.json": write_json,
    "e.xml": write_junit, "f.txt": write_github, "g.ndjson": write_ndjson, "h.sarif": write_sarif,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "成员.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def report_of(folder: Path) -> Report:
    return check(load([folder], POLICY), POLICY)


def test_own_outputs_are_told_by_their_content(folder: Path) -> None:
    report = report_of(folder)
    for name, write in TEXTS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            write(report, stream)
    written = [*write_listing(report, folder), *write_marked_copies(report, folder)]
    for number, path in enumerate(written):  # under whatever name
        path.rename(folder / f"{number}{path.suffix}")
    found = find_files([folder])
    assert [path.name for path in found.files] == ["成员.csv"]
    assert len(found.passed_over) == len(TEXTS) + len(written)
    assert {passed.reason for passed in found.passed_over} == {"本工具的检查结果"}
    # One that is named is read all the same.
    assert find_files([folder / "a.txt"]).files == [folder / "a.txt"]


def test_a_marked_copy_that_is_named_is_checked_without_its_own_sheets(folder: Path) -> None:
    original = report_of(folder)
    assert original.findings
    (copy,) = write_marked_copies(original, folder)
    report = check(load([copy], POLICY), POLICY)
    (file,) = report.files
    assert file.error is None and [table.table for table in file.tables] == ["member"]
    assert any("带标记的副本" in remark and "--answers" in remark for remark in file.remarks)
    assert [f.rule for f in report.findings] == [f.rule for f in original.findings]


def test_a_list_that_is_named_says_what_it_is(folder: Path) -> None:
    for path in write_listing(report_of(folder), folder):
        if path.suffix == ".xlsx":
            (file,) = check(load([path], POLICY), POLICY).files
            assert file.error and file.error.code == "own_output"


def test_a_folder_of_nothing_but_results_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_marked_copies(report_of(folder), folder)
    (folder / "成员.csv").unlink()
    with pytest.raises(SystemExit) as ended:
        main(["check", str(folder)])
    assert ended.value.code == 2
    assert "只有1个本工具的检查结果" in capsys.readouterr().err.replace("\n", "")


def test_texts_without_a_table_are_passed_over_in_a_folder(folder: Path) -> None:
    for name in ("说明.txt", "网页.html", "数据.xml"):
        (folder / name).write_text("<p>请于三月底前上报。</p>", encoding="utf-8")
    (folder / "成员.txt").write_text(REGISTER.replace("张三", "李四"), encoding="utf-8")
    report = report_of(folder)
    assert report.is_complete
    assert sorted(Path(file.path).name for file in report.files) == ["成员.csv", "成员.txt"]
    assert {passed.reason for passed in report.passed_over} == {"里面没有登记表"}
    assert len(report.passed_over) == 3
    named = check(load([folder / "说明.txt"], POLICY), POLICY)
    assert not named.is_complete


def test_the_same_contents_are_checked_once(folder: Path) -> None:
    copy = folder / "副本13912345678.csv"
    copy.write_bytes((folder / "成员.csv").read_bytes())
    other = folder / "后来.csv"
    other.write_text(REGISTER.replace("张三", "李四"), encoding="utf-8")
    report = report_of(folder)
    assert [Path(file.path).name for file in report.files] == ["副本139****5678.csv", "后来.csv"]
    assert [(Path(p.path).name, p.reason) for p in report.passed_over] == [
        ("成员.csv", "和“副本139****5678.csv”的内容完全相同，只查一份")
    ]
    # What is named is checked.
    named = check(load([copy, folder / "成员.csv"], POLICY), POLICY)
    assert len(named.files) == 2 and not named.passed_over


def test_what_cannot_be_read_is_named_however_often_it_is_there(folder: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        (folder / name).write_bytes(b"PK\3\4")
    assert [file.error is not None for file in report_of(folder).files] == [True, True, False]


def test_what_is_passed_over_is_shown(folder: Path) -> None:
    for name in ("照片.jpg", "备份.bak", ".隐藏.xlsx", "~$成员.xlsx"):
        (folder / name).write_bytes(b"x")
    report = report_of(folder)
    for name, write in TEXTS.items():
        if name in ("a.txt", "b.html", "c.md"):
            path = folder.parent / name
            with path.open("w", encoding="utf-8", newline="") as stream:
                write(report, stream)
            text = path.read_text(encoding="utf-8").replace("\n", "")
            assert "略过 4 个文件或文件夹" in text
            assert "照片.jpg" in text


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")


@POSIX
def test_links_that_lead_out_of_the_folder_are_passed_over(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "b.csv"
    secret.write_text(REGISTER, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    own = inside / "own.csv"
    own.write_text(REGISTER, encoding="utf-8")
    (inside / "a.csv").symlink_to("/etc/passwd")
    (inside / "c.csv").symlink_to("../outside/b.csv")
    (inside / "d").symlink_to(outside, target_is_directory=True)
    (inside / "e.csv").symlink_to("own.csv")  # one that stays is the same file
    (inside / "f").symlink_to(inside, target_is_directory=True)
    (inside / "gone.csv").symlink_to("/nowhere/x.csv")
    found = find_files([inside])
    assert [path.resolve() for path in found.files] == [own.resolve()]
    assert {passed.path.name for passed in found.passed_over} == {"a.csv", "c.csv", "d", "gone.csv"}
    assert {passed.reason for passed in found.passed_over} == {"链接，指向要检查的文件夹之外"}
    # What is named is read, wherever it leads; so is what another folder holds.
    assert find_files([inside / "c.csv"]).files == [inside / "c.csv"]
    both = find_files([inside, outside])
    assert secret in both.files
    assert {passed.path.name for passed in both.passed_over} == {"a.csv", "d", "gone.csv"}
    # The folder itself may be a link.
    alias = tmp_path / "alias"
    alias.symlink_to(inside, target_is_directory=True)
    assert len(find_files([alias]).files) == 1


@POSIX
def test_nobody_waits_for_a_pipe_in_a_folder(folder: Path) -> None:
    os.mkfifo(folder / "a.csv")
    found = find_files([folder])
    assert [path.name for path in found.files] == ["成员.csv"]
    assert [passed.reason for passed in found.passed_over] == [
        "不是普通文件（是设备、管道或套接字）"
    ]


@pytest.mark.parametrize("name", ["", "柳湾村"])
def test_a_folder_that_cannot_be_opened_is_reported(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / name
    closed.mkdir(exist_ok=True)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    report = report_of(folder)
    assert not report.is_complete
    (failed,) = (file for file in report.files if file.error)
    assert failed.path == str(closed)
    assert failed.error is not None and failed.error.code == "no_permission"
    assert "文件夹打不开" in failed.error.message
    assert len(report.files) == (2 if name else 1)


def test_a_text_that_is_no_register_leaves_the_copies_of_the_others(folder: Path) -> None:
    """What turns out to be no register is in no report: the copies are of the other files."""
    from jiandang.cli.check import check as command

    (folder / "a.txt").write_text("请于三月底前上报。", encoding="utf-8")
    out = folder / "out"
    assert command([folder], formats=["xlsx"], output=str(out)) in (0, 1)
    assert [path.name for path in out.iterdir()] == ["成员.检查结果.xlsx"]


def test_a_mapped_heading_is_met_by_the_file_that_has_it_whatever_was_read_before(
    tmp_path: Path,
) -> None:
    """All in one process, where what was read of labels is kept."""

    def unmet(path: Path) -> list[str]:
        reading = Reading(POLICY, {"家里几口": "家庭人口"})
        with workers_for([], 1) as workers:
            assert all(file.error is None for file, _ in reading.read([path], workers))
        return reading.unmet

    page: list[list[Raw]] = [
        ["贫困户登记表", "", "", ""],
        ["户编号", "320324105201001", "户主姓名", "张三丰"],
        ["家里几口", 3.0, "主要致贫原因", "因病"],
        ["户主签字", "张三丰", "调查日期", "2016年3月5日"],
    ]
    form = write_file(Grid("S", page), tmp_path / "表单.xlsx")
    named: list[Raw] = ["家庭人口", *page[2][1:]]
    other = write_file(Grid("S", [*page[:2], named, *page[3:]]), tmp_path / "别的.xlsx")
    table = tmp_path / "农户.csv"
    table.write_text("户编号,户主姓名,家里几口\n320324105201001,张三,3\n", encoding="utf-8")
    assert [unmet(path) for path in (form, other, form)] == [[], ["家里几口"], []]
    assert [unmet(path) for path in (table, other, table)] == [[], ["家里几口"], []]


def test_files_of_one_name_are_told_apart_in_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for town, code in (("甲镇", "320324105201"), ("乙镇", "320324106201")):
        (tmp_path / town).mkdir()
        rows = REGISTER.replace("320324105201", code) + REGISTER.split("\n")[1]
        (tmp_path / town / "登记表.csv").write_text(rows, encoding="utf-8")
        (tmp_path / town / "说明.docx").write_bytes(b"")
    names = ["甲镇/登记表.csv", "乙镇/登记表.csv"]
    report = check(load([tmp_path], POLICY), POLICY, select="LR")
    for format_ in ("console", "html", "markdown"):
        with pytest.raises(SystemExit):
            main(["check", str(tmp_path), "--as-of", "2016-03-29", "--format", format_])
        shown = capsys.readouterr().out
        assert all(name in shown for name in names), format_
        assert all(f"{town}/说明.docx" in shown for town in ("甲镇", "乙镇")), format_
    csv_, _, record = write_listing(report, tmp_path / "清单")
    for path in (csv_, record):
        text = path.read_text(encoding="utf-8-sig")
        assert all(name in text for name in names)
    titles = [
        openpyxl.load_workbook(path).worksheets[0]["A1"].value
        for path in write_marked_copies(report, tmp_path / "标记")
    ]
    assert sorted(titles) == sorted(f"{name} 检查结果" for name in names)


def test_a_message_names_another_file_as_its_findings_do(tmp_path: Path) -> None:
    for town, code in (("甲镇", "320324105201002"), ("乙镇", "320324105201001")):
        (tmp_path / town).mkdir()
        rows = REGISTER.replace("320324105201001", code)
        (tmp_path / town / "登记表.csv").write_text(rows, encoding="utf-8")
    settings = Settings.of(POLICY, select="LR109")
    for report in (
        check(load([tmp_path], POLICY), POLICY, select="LR109"),
        check_files(find_files([tmp_path]), settings, Reading(POLICY), Workers(1)),
    ):
        (finding,) = report.findings
        names = {"甲镇/登记表.csv", "乙镇/登记表.csv"}
        (other,) = names - {finding.file_name}
        assert f"“{other}”的" in finding.message


def test_a_file_of_the_same_content_is_named_with_its_folder(tmp_path: Path) -> None:
    for town in ("甲镇", "乙镇"):
        (tmp_path / town).mkdir()
        (tmp_path / town / "登记表.csv").write_text(REGISTER, encoding="utf-8")
    (passed,) = load([tmp_path], POLICY).passed_over
    assert "“乙镇/登记表.csv”" in passed.reason


def test_names_have_as_many_folders_as_tell_them_apart() -> None:
    paths = ["a/甲/x", "b/甲/x", "c/乙/x", "x", "d/y"]
    assert names_apart(paths) == {
        "a/甲/x": "a/甲/x",
        "b/甲/x": "b/甲/x",
        "c/乙/x": "乙/x",
        "x": "x",
        "d/y": "y",
    }


def test_a_folder_that_can_be_listed_but_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files cannot be read, each of them; the others are."""
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "b.csv").write_text("x", encoding="utf-8")
    real = os.lstat, os.stat

    def refuse(number: int) -> Any:
        def look(path: Any, *args: Any, **options: Any) -> os.stat_result:
            if not isinstance(path, int) and Path(os.fsdecode(path)).parent.name == "shut":
                raise PermissionError(13, "Permission denied", path)
            return real[number](path, *args, **options)

        return look

    monkeypatch.setattr(os, "lstat", refuse(0))
    monkeypatch.setattr(os, "stat", refuse(1))
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.csv", "b.csv"]
