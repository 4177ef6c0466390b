"""Nothing behind intake knows of forms: models, marked copy, lists, two dates, fix, templates."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from form_files import write_file
from form_kinds import Family, Writer, families, national
from form_paper import Household, Paper
from form_reading import POLICY
from typer.testing import CliRunner

from jiandang import check, load, write
from jiandang.cli.app import app
from jiandang.formats.grid import Grid
from jiandang.templates.visit_form import write_visit_forms

DAY = "2016-03-29"


def page(family: Family, name: str = "登记表") -> tuple[Grid, Household]:
    writer = Writer(Paper(name), Household())
    national(writer, family)
    return writer.paper.grid(), writer.household


def written(folder: Path, number: int = 2) -> list[Path]:
    """A file a household."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_file(page(family)[0], folder / f"{family.head.name}.xlsx")
        for family in families(number)
    ]


def spoilt(path: Path, old: Any, new: Any) -> str:
    """Write something else into the cell of a file; gives its address."""
    book = openpyxl.load_workbook(path)
    (cell,) = (c for row in book.worksheets[0].iter_rows() for c in row if c.value == old)
    cell.value = new
    book.save(path)
    return str(cell.coordinate)


def table(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_the_objects_of_a_form_have_their_cells(tmp_path: Path) -> None:
    (path, *_) = written(tmp_path, 1)
    _, truth = page(families(1)[0])
    (household,) = load(path).households()
    assert [m.name for m in household.members] == ["田广成", "吴成芹"]
    assert household.survey is not None and str(household.survey.surveyed) == "2016-03-18"
    assert household.source is not None
    for (name, column), (_, at) in truth.values.items():
        if name == "household":
            place = household.source.cells[column]
            assert f"{place.sheet}!{place.address}" == at


def test_the_marked_copy_is_marked_at_the_cells_of_the_form(tmp_path: Path) -> None:
    (path, *_) = written(tmp_path / "in", 1)
    at = spoilt(path, "13852012345", "1385201234")
    report = check(load(path, POLICY), POLICY, as_of=DAY, select="LR116")
    assert [f.cell for f in report.findings] == [at]
    copies = write(report, "xlsx", tmp_path / "out")
    (copy,) = (c for c in copies if path.stem in c.name and "问题清单" not in c.name)
    cell = openpyxl.load_workbook(copy)["登记表"][at]
    assert cell.comment is not None and "11位" in cell.comment.text
    assert cell.value == "1385201234"


def test_fix_mends_the_cell_of_a_form_and_no_other(tmp_path: Path) -> None:
    (path, *_) = written(tmp_path, 1)
    at = spoilt(path, "13852012345", "１３８５２０１２３４５ ")
    before = {c.coordinate: c.value for r in openpyxl.load_workbook(path)["登记表"] for c in r}
    result = CliRunner().invoke(app, ["fix", str(path), "--write"])
    assert result.exit_code in (0, None), result.output
    mended = openpyxl.load_workbook(path.with_suffix(".已修整.xlsx"))["登记表"]
    after = {c.coordinate: c.value for r in mended for c in r}
    assert {c for c in before if before[c] != after[c]} == {at}
    assert after[at] == "13852012345"


def test_lists_of_departments_find_who_stands_on_a_form(tmp_path: Path) -> None:
    (path, *_) = written(tmp_path / "in", 1)
    person = families(1)[0].people[1]
    owners = table(
        tmp_path / "车辆.xlsx",
        ["姓名", "身份证号", "号牌号码", "车辆类型", "初次登记日期", "机动车状态"],
        [person.name, person.id_number, "苏C12345", "小型轿车", "2014-05-06", "正常"],
    )
    report = check(load(path, POLICY), POLICY, as_of=DAY, lists=owners)
    found = {f.cell for f in report.findings if f.rule.startswith("BD") and f.cell}
    _, truth = page(families(1)[0])
    own = {at.split("!")[1] for _, at in truth.people[1].values()}
    assert found and found <= own


def test_two_dates_are_compared_though_one_is_of_forms(tmp_path: Path) -> None:
    before = load(written(tmp_path / "before", 1), POLICY)
    after_paths = written(tmp_path / "after", 1)
    at = spoilt(after_paths[0], "吴成芹", "吴成琴")
    report = check(load(after_paths, POLICY), POLICY, as_of=DAY, before=before)
    assert report.movement is not None
    assert any(f.cell == at for f in report.findings if f.rule.startswith("DT"))


def test_a_visit_form_is_written_from_forms(tmp_path: Path) -> None:
    first = load(written(tmp_path), POLICY)
    write_visit_forms(tmp_path / "入户表.xlsx", list(first.households()), {})
    again = load(tmp_path / "入户表.xlsx", POLICY)
    assert [h.model_dump() for h in again.households()] == [
        h.model_dump() for h in first.households()
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_of_a_file_a_household_is_one_register(tmp_path: Path, jobs: int) -> None:
    """As many files as households: the same as all of them on one sheet."""
    written(tmp_path / "folder", 12)
    paper, row = Paper(), 0
    for family in families(12):
        writer = Writer(paper, Household(), row)
        national(writer, family)
        row = writer.row
    sheet = write_file(paper.grid(), tmp_path / "一张.xlsx")
    apart, whole = load(tmp_path / "folder", POLICY, jobs=jobs), load(sheet, POLICY)
    assert len(apart.files) == 12
    for table_of in ("households", "members"):
        own, others = (
            sorted(
                (row.model_dump() for row in getattr(r, table_of)()),
                key=lambda r: r["household_id"],
            )
            for r in (apart, whole)
        )
        assert own == others
    rules = [
        sorted(f.rule for f in check(register, POLICY, as_of=DAY).findings)
        for register in (apart, whole)
    ]
    assert rules[0] == rules[1]


def test_pages_and_households_of_forms_are_told(tmp_path: Path) -> None:
    """A clerk has counted forms, not the rows of their boxes."""
    first = load(written(tmp_path), POLICY)
    write_visit_forms(tmp_path / "入户表.xlsx", list(first.households()), {})
    report = check(load(tmp_path / "入户表.xlsx", POLICY), POLICY, as_of=DAY)
    told = [each for each in report.files[0].tables if each.form_pages]
    assert sum(each.form_households for each in told) == report.summary.households == 2
    pages = sum(each.form_pages for each in told)
    assert {each.begins for each in told} == {"表单 1 页、1 户"} and pages == 2
    result = CliRunner().invoke(app, ["check", str(tmp_path / "入户表.xlsx")])
    assert "表单 1 页、1 户" in result.stdout and "行（含表单2页）、2户" in result.stdout
