"""What of a folder is read, and what is passed over."""

from pathlib import Path

import pytest

from jiandang.policy import load_policy
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
from jiandang.run.checking import check
from jiandang.run.files import find_files
from jiandang.run.load import load

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
