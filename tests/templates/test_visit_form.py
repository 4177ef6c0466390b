"""The visit form: from households to the form and back, every value at its cell."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filling import NAMES, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from office import needs_office, pages_of_pdf
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from jiandang import check, load, load_policy
from jiandang.cli.app import app
from jiandang.intake.forms.vocabulary import TO_VERIFY
from jiandang.register.register import Register
from jiandang.register.table import Table
from jiandang.register.tables import PLACE_COLUMNS, TITLES
from jiandang.repairs.fixing import plan_fix
from jiandang.templates.columns import columns_for
from jiandang.templates.making import make_forms
from jiandang.templates.visit_form import doubts_by_household, write_visit_forms

POLICY = load_policy("xuzhou-2016")
CODE = "320324105201001"
PLACE = {"county": "睢宁县", "town": "官山镇", "village": "王庄村", "village_code": CODE[:12]}


@st.composite
def households(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """One household with its members and the visit to it."""
    names = draw(st.lists(NAMES, min_size=1, max_size=10))
    relations = ["户主", *["之子"] * (len(names) - 1)]
    return {
        "household": [draw(rows("household", household_id=CODE, **PLACE, head_name=names[0]))],
        "member": [
            draw(rows("member", household_id=CODE, name=name, relation=relation))
            for name, relation in zip(names, relations, strict=True)
        ],
        "survey": [draw(rows("survey", household_id=CODE, surveyor_1="李明"))],
    }


def register_of(tables: dict[str, list[dict[str, Any]]], path: Path) -> Register:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, own in tables.items():
        sheet = book.create_sheet(TITLES[table])
        columns = columns_for(table)
        sheet.append([c.heading for c in columns])
        for row in own:
            sheet.append([row.get(c.id) for c in columns])
    book.save(path)
    return load(path, POLICY)


def said(row: Table | None) -> dict[str, Any]:
    assert row is not None
    return {n: v for n, v in row.model_dump().items() if n not in PLACE_COLUMNS}


def form_of(register: Register, path: Path) -> Register:
    write_visit_forms(path, list(register.households()), {})
    return load(path, POLICY)


@settings(max_examples=15)
@given(households())
def test_from_households_to_the_form_and_back(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, list[dict[str, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("form")
    register = register_of(tables, folder / "表.xlsx")
    form = form_of(register, folder / "入户表.xlsx")
    (file,) = form.files
    assert (file.error, file.remarks, file.unrecognised_sheets) == (None, [], ())
    (old,), (new,) = register.households(), form.households()
    assert old.model_dump() == new.model_dump()
    assert said(old.survey) == said(new.survey)
    assert [said(m) for m in old.members] == [said(m) for m in new.members]


@pytest.mark.parametrize("amount", [2000, 2014, 2015, 2099])
def test_amounts_that_could_be_years_come_back(tmp_path: Path, amount: int) -> None:
    money = [c.id for c in columns_for("household") if c.unit in ("元", "亩", "㎡", "公里")]
    row = {"household_id": CODE, **PLACE, "head_name": "王伟", "size": 1}
    tables: dict[str, list[dict[str, Any]]] = {
        "household": [{**row, **dict.fromkeys(money, amount)}],
        "member": [{"household_id": CODE, "name": "王伟", "relation": "户主"}],
    }
    register = register_of(tables, tmp_path / "表.xlsx")
    (old,), (new,) = register.households(), form_of(register, tmp_path / "入户表.xlsx").households()
    assert old.model_dump() == new.model_dump()


@pytest.fixture(scope="module")
def sample_form(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Register]:
    """The form of the sample's households, and what is read of it."""
    path = tmp_path_factory.mktemp("sample") / "入户表.xlsx"
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_合格.xlsx"
    return path, form_of(load(sample, POLICY), path)


def cells_of(path: Path) -> dict[str, list[list[Any]]]:
    """The values by sheet; openpyxl takes half a minute for as many pages."""
    book = CalamineWorkbook.from_path(path)
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def test_every_value_is_at_its_cell(sample_form: tuple[Path, Register]) -> None:
    path, form = sample_form
    book = cells_of(path)
    seen = 0
    for row in [*form.households(), *form.members(), *form.surveys()]:
        source = row.source
        assert source is not None
        for name, value in said(row).items():
            place = source.cells.get(name)
            if value is None or place is None:
                continue
            line, column = coordinate_to_tuple(place.address)
            assert book[place.sheet][line - 1][column - 1] != "", (name, place)
            seen += 1
    assert seen > 75 * 40


def test_the_sample_comes_back_without_a_finding(sample_form: tuple[Path, Register]) -> None:
    report = check(sample_form[1], POLICY, as_of="2016-03-29")
    # That a person is registered elsewhere shows only where the numbers of a village are together.
    assert {f.rule for f in report.findings} <= {"LR123"}


def test_there_is_nothing_to_mend_in_it(sample_form: tuple[Path, Register]) -> None:
    """Numbers and whole dates are none stored as texts."""
    plan = plan_fix(sample_form[0], POLICY).plan
    assert (plan.changes, dict(plan.left)) == ([], {})


def test_what_other_forms_have_is_on_the_page_too(tmp_path: Path) -> None:
    """Both surveyors in one cell, the six parts of the provincial form's income."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("农户")
    sheet.append(["村码", "户编号", "户主姓名", "家庭人口", "种植业收入", "养殖业收入"])
    sheet.append([CODE[:12], CODE, "张三", 1, 1200, 300])
    sheet = book.create_sheet("入户调查")
    sheet.append(["户编号", "调查日期", "调查人"])
    sheet.append([CODE, date(2016, 3, 5), "李明、王芳"])
    book.save(tmp_path / "表.xlsx")
    form = form_of(load(tmp_path / "表.xlsx", POLICY), tmp_path / "入户表.xlsx")
    (household,) = form.households()
    assert household.survey is not None
    assert (household.survey.surveyor_1, household.survey.surveyor_2) == ("李明", "王芳")
    assert (household.planting, household.breeding) == (1200, 300)
    # Where nothing stands in them they take no room.
    (page,) = load_workbook(tmp_path / "入户表.xlsx").worksheets
    labels = {cell.value for row in page.iter_rows() for cell in row}
    assert {"调查人", "种植业(元)", "养殖业(元)"} <= labels
    assert not {"务工(元)", "地址"} & labels


def test_open_doubts_stand_on_the_page_and_are_not_read(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx"
    register = load(sample, POLICY)
    doubts = doubts_by_household(check(register, POLICY, as_of="2016-03-29").findings)
    path = tmp_path / "入户表.xlsx"
    write_visit_forms(path, list(register.households()), doubts)
    texts = [str(cell) for rows in cells_of(path).values() for row in rows for cell in row]
    assert texts.count(TO_VERIFY) == len(list(register.households()))
    first = next(iter(doubts.values()))[0]
    assert first in texts
    form = load(path, POLICY)
    for old, new in zip(register.households(), form.households(), strict=True):
        for name, value in said(old).items():
            # What was filled in is as it was, and what was empty is so still.
            assert name in old.faults or said(new)[name] == value, (old.household_id, name)
    # Messages speak of 应到代表 55 人 and of dates: they are no values of 识别程序.
    assert list(form.procedures()) == []


def test_an_empty_form_is_no_household(tmp_path: Path) -> None:
    path = tmp_path / "入户表.xlsx"
    write_visit_forms(path, [None], {})
    (file,) = load(path, POLICY).files
    assert file.error_code == "empty_forms"


def test_what_a_clerk_types_into_the_empty_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "入户表.xlsx"
    write_visit_forms(path, [None], {})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(c.value): c for row in sheet.iter_rows() for c in row if c.value is not None}
    typed: dict[str, Any] = {"户主姓名": "王伟", "户编号": CODE, "家庭人口": 1, "是否危房": "否"}
    for label, value in typed.items():
        at = places[label]
        sheet.cell(at.row, at.column + 3, value)
    number = places["姓名"]
    sheet.cell(number.row + 1, number.column, "王伟")
    sheet.cell(number.row + 1, places["与户主关系"].column, "户主")
    book.save(path)
    (home,) = load(path, POLICY).households()
    assert (home.head_name, home.household_id, home.size, home.dangerous) == (
        "王伟",
        CODE,
        1,
        False,
    )
    assert [m.name for m in home.members] == ["王伟"]


def test_a_file_a_village_and_nothing_overwritten(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_合格.xlsx"
    arguments = ["template", "入户表", "--from", str(sample), "--by", "village",
                 "--output", str(tmp_path)]  # fmt: skip
    assert CliRunner().invoke(app, arguments, standalone_mode=False).return_value == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"官山镇_合格.入户表.{v}.xlsx" for v in ("柳湾村", "王庄村", "陈桥村")]
    before = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    assert CliRunner().invoke(app, arguments, standalone_mode=False).return_value == 2
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == before


@needs_office
def test_each_household_is_a_page_of_a_pdf(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx"
    register = load(sample, POLICY)
    own = list(register.households())[:3]
    write_visit_forms(tmp_path / "入户表.xlsx", own, {})
    assert pages_of_pdf(tmp_path / "入户表.xlsx") == len(own)


def test_a_page_prints_the_words_of_the_register(tmp_path: Path) -> None:
    """What a cell says besides its value is what is to be verified; read back it is the same."""
    tables = {
        "农户": [["户编号", "户主姓名", "主要致贫原因", "其他致贫原因"],
                 ["320324105201001", "张三", "因病（尿毒症）", "残"]],
        "成员": [["户编号", "姓名", "与户主关系", "文化程度", "健康状况"],
                 ["320324105201001", "张三", "户主", "初二", "2"]],
    }  # fmt: skip
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows_of in tables.items():
        sheet = made.create_sheet(title)
        for row in rows_of:
            sheet.append(row)
    source = tmp_path / "表.xlsx"
    made.save(source)
    (form,) = make_forms(POLICY, source, None, by_village=False)
    (page,) = load_workbook(form).worksheets
    printed = {cell.value for row in page.iter_rows() for cell in row}
    assert {"因病（尿毒症）", "因残", "初二", "长期慢性病"} <= printed
    before, after = load(source, POLICY), load(form, POLICY)
    for one, other in zip(before.households(), after.households(), strict=True):
        assert (one.cause, one.other_causes) == (other.cause, other.other_causes)
        assert [m.education for m in one.members] == [m.education for m in other.members]


def test_what_says_more_behind_a_colon_is_printed_and_no_label(tmp_path: Path) -> None:
    """Read, as 因病（尿毒症：透析）, or not read, as 初中：二年级; nobody is lost of the page."""
    book = Workbook()
    book.remove(book.worksheets[0])
    homes, members = book.create_sheet("农户"), book.create_sheet("成员")
    homes.append(["户编号", "户主姓名", "主要致贫原因"])
    homes.append([CODE, "张三", "因病（尿毒症：透析）"])
    members.append(["户编号", "姓名", "与户主关系", "文化程度", "健康状况"])
    members.append([CODE, "张三", "户主", "初中：二年级", "患有大病:尿毒症"])
    book.save(tmp_path / "表.xlsx")
    (form,) = make_forms(POLICY, tmp_path / "表.xlsx", None, by_village=False)
    (page,) = load_workbook(form).worksheets
    printed = {cell.value for row in page.iter_rows() for cell in row}
    assert {"因病（尿毒症，透析）", "初中（二年级）", "患有大病（尿毒症）"} <= printed
    (home,) = load(form, POLICY).households()
    assert (home.cause, [m.name for m in home.members]) == ("因病", ["张三"])


def test_rows_grow_with_their_texts(tmp_path: Path) -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        "household": [{"household_id": CODE, **PLACE, "head_name": "王伟", "size": 1}],
        "member": [{"household_id": CODE, "name": "王伟", "relation": "户主",
                    "health": "长期慢性病、患有大病、残疾"}],
    }  # fmt: skip
    form_of(register_of(tables, tmp_path / "表.xlsx"), tmp_path / "入户表.xlsx")
    (page,) = load_workbook(tmp_path / "入户表.xlsx").worksheets
    (row,) = {
        number
        for number, cells in enumerate(page.iter_rows(values_only=True), 1)
        if any("患有大病" in str(cell) for cell in cells)
    }
    assert (page.row_dimensions[row].height or 0) > (page.row_dimensions[row + 1].height or 0)


def test_a_formula_that_was_not_reckoned_is_left_blank_and_told(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("农户")
    sheet.append(["村码", "户编号", "户主姓名", "家庭人口", "人均纯收入(元)"])
    sheet.append([CODE[:12], CODE, "张三", 1, "=3500/1"])
    book.save(tmp_path / "表.xlsx")
    (form,) = make_forms(POLICY, tmp_path / "表.xlsx", None, by_village=False)
    (page,) = load_workbook(form).worksheets
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert "公式未计算" not in texts
    (at,) = [c for row in page.iter_rows() for c in row if c.value == "人均纯收入(元)"]
    assert page.cell(at.row, at.column + 3).value is None
    told = texts[texts.index(TO_VERIFY) :]
    assert any("“人均纯收入(元)”" in text and "公式" in text for text in told)
    (household,) = load(form, POLICY).households()
    assert household.per_capita is None and not household.faults
