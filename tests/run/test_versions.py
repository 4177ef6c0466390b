"""Files of one run that are of the same households."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiandang.cli import main
from jiandang.policy import load_policy
from jiandang.repairs.fixing import plan_fix, target_of, write_fix
from jiandang.report.model import Report
from jiandang.run.checking import check
from jiandang.run.files import FilesFound
from jiandang.run.load import Reading, load
from jiandang.run.processes import Workers
from jiandang.templates.making import make_forms, make_register

POLICY = load_policy("xuzhou-2016")
HEADINGS = "户编号,户主姓名,姓名,性别,证件号码,与户主关系\n"
NUMBERS = "32032419800101001X", "320324198001010028", "320324198001010036", "320324198001010044"
HOUSEHOLDS = [f"32032410520100{n},张{n},张{n},女,{id_},户主\n" for n, id_ in enumerate(NUMBERS)]
ALLOCATION = "区划代码,名称,级别,计划户数,计划人数\n320324105201,王庄村,村,4,4\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "官山镇.csv"
    path.write_text(HEADINGS + "".join(HOUSEHOLDS), encoding="utf-8")
    return path


def report_of(*paths: Path) -> Report:
    return check(load(paths, POLICY), POLICY, as_of="2016-03-29")


def read(report: Report) -> list[str]:
    return [Path(file.path).name for file in report.files]


def test_visit_forms_beside_their_register_are_passed_over(register: Path) -> None:
    (forms,) = make_forms(POLICY, register, None, by_village=False)
    report = report_of(register.parent)
    assert read(report) == [register.name]
    (passed,) = report.passed_over
    assert Path(passed.path).name == forms.name
    assert "入户表" in passed.reason and "写它的文件名" in passed.reason
    # One that is named is read, and so is what has a household that the register lacks.
    assert read(report_of(forms)) == [forms.name]
    register.write_text(HEADINGS + "".join(HOUSEHOLDS[1:]), encoding="utf-8")
    assert set(read(report_of(register.parent))) == {register.name, forms.name}


def test_visit_forms_whose_register_is_elsewhere_are_read(register: Path) -> None:
    (forms,) = make_forms(POLICY, register, None, by_village=False)
    register.unlink()
    assert read(report_of(forms.parent)) == [forms.name]


def test_empty_templates_beside_a_register_are_passed_over(register: Path) -> None:
    folder = register.parent
    quota = folder / "任务分解.csv"
    quota.write_text(ALLOCATION, encoding="utf-8")
    before = report_of(folder)
    make_register(folder / "空白.xlsx", POLICY, 10, None)
    make_register(folder / "预填.xlsx", POLICY, 10, quota)
    make_forms(POLICY, None, folder, by_village=False)
    report = report_of(folder)
    assert report.findings == before.findings and report.is_complete
    assert {passed.reason for passed in report.passed_over} == {"本工具的空白表，还没有填写"}
    assert len(report.passed_over) == 3
    # What somebody has filled in is read.
    book = openpyxl.load_workbook(folder / "预填.xlsx")
    row = enumerate(book["成员"][1], 1)
    headings = {str(cell.value).lstrip("*"): number for number, cell in row}
    book["成员"].cell(2, headings["户编号"], "320324105201009")
    book["成员"].cell(2, headings["姓名"], "李四")
    book.save(folder / "预填.xlsx")
    assert "预填.xlsx" in read(report_of(folder))


def test_a_mended_copy_beside_its_original_is_passed_over(tmp_path: Path) -> None:
    source = tmp_path / "官山镇.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (HEADINGS + "".join(HOUSEHOLDS)).splitlines():
        sheet.append(line.replace("张1", " 张1 ").split(","))
    book.save(source)
    write_fix(plan_fix(source, POLICY), target_of(source), POLICY)
    report = report_of(tmp_path)
    assert read(report) == [source.name]
    assert ["只查原件" in passed.reason for passed in report.passed_over] == [True]
    assert read(report_of(target_of(source))) == [target_of(source).name]
    source.unlink()
    assert read(report_of(tmp_path)) == [target_of(source).name]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_two_versions_of_a_register_are_named_at_the_top(
    register: Path, jobs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = register.read_text(encoding="utf-8").replace("女", "男", 1)
    (register.parent / "官山镇新.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["check", str(register.parent), "--jobs", jobs, "--as-of", "2016-03-29"])
    top = capsys.readouterr().out[:400].replace("\n", "")
    assert "“官山镇.csv”和“官山镇新.csv”像是同一份登记表的两个版本" in top


def test_files_of_different_households_or_tables_are_no_versions(register: Path) -> None:
    folder = register.parent
    other = "".join(HOUSEHOLDS).replace("320324105201", "320324105202") + HOUSEHOLDS[0]
    (folder / "柳湾村.csv").write_text(HEADINGS + other, encoding="utf-8")
    lines = [f"{line.split(',')[0]},砖混,是\n" for line in HOUSEHOLDS]
    (folder / "住房.csv").write_text(
        "户编号,住房结构,是否危房\n" + "".join(lines), encoding="utf-8"
    )
    report = report_of(folder)
    assert len(report.files) == 3 and report.remarks == []


class _Asked(Workers):
    """Workers that remember how often they were asked for what is kept of a file."""

    def __init__(self) -> None:
        super().__init__(1)
        self.times = 0

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        self.times += len(wanted)
        return super().pick(wanted)


@pytest.mark.parametrize(("town", "times"), [("320324106", 0), ("320324105", 2)])
def test_only_files_of_one_town_are_compared(register: Path, town: str, times: int) -> None:
    other = register.with_name("王集镇.csv")
    text = register.read_text(encoding="utf-8")
    other.write_text(text.replace("320324105", town), encoding="utf-8")
    with _Asked() as workers:
        read = Reading(POLICY).read_found(FilesFound([register, other]), workers)
    assert workers.times == times
    # What is the same in all files of one layout is kept once.
    (one, first), (two, second) = ((tables, tables.sheets[0]) for _, tables in read)
    assert first.columns is second.columns and first.embedded is second.embedded
    assert one.coded is two.coded


def test_short_numbers_tell_no_versions(register: Path) -> None:
    text = register.read_text(encoding="utf-8").replace("32032410520100", "")
    register.write_text(text, encoding="utf-8")
    other = register.with_name("柳湾村.csv")
    other.write_text(text.replace("张", "李"), encoding="utf-8")
    assert report_of(register, other).remarks == []


def test_what_says_other_things_of_the_same_households_is_no_version(tmp_path: Path) -> None:
    """The family in one file, the income in another: both say whose it is."""
    of_whom = [f"32032410520100{n},王庄村,{n}组,张{n}" for n in range(1, 5)]
    whose = "户编号,行政村,村民小组,户主姓名"
    for name, headings, values in (
        ("人口.csv", "家庭人口,农户属性", "1,低保户"),
        ("收入.csv", "工资性收入(元),人均纯收入(元)", "2000,2000"),
    ):
        rows = "".join(f"{home},{values}\n" for home in of_whom)
        (tmp_path / name).write_text(f"{whose},{headings}\n{rows}", encoding="utf-8")
    report = report_of(tmp_path)
    assert report.remarks == []
