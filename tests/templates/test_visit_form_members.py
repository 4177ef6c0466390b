"""The visit form of households with more members than it has rows, and with many doubts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filling import GIVEN
from office import needs_office, pages_of_pdf
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet
from test_visit_form import CODE, PLACE, form_of, register_of, said

from jiandang import check, load, load_policy
from jiandang.intake.forms.vocabulary import TO_VERIFY
from jiandang.register.register import Register
from jiandang.templates.visit_form import write_visit_forms

POLICY = load_policy("xuzhou-2016")
HOME = {"县(市、区)": "睢宁县", "乡(镇)": "官山镇", "行政村": "王庄村", "村码": CODE[:12],
        "户编号": CODE, "户主姓名": "王伟"}  # fmt: skip
ROWS = 8  # for members


def person(number: int) -> dict[str, Any]:
    """What is said of a member, in all three grids."""
    return {
        "姓名": f"王{GIVEN[number % 12]}{'' if number < 12 else GIVEN[number - 12]}",
        "性别": "男",
        "与户主关系": "之子" if number else "户主",
        "民族": "汉族",
        "年龄": 60 - number,
        "出生日期": date(1956 + number, 1, 1),
        "政治面貌": "中共党员" if number == 8 else "群众",
    }


def empty_form(path: Path) -> Workbook:
    write_visit_forms(path, [None], {})
    return load_workbook(path)


def type_home(sheet: Worksheet, **values: Any) -> None:
    places = {str(c.value): c for row in sheet.iter_rows() for c in row if c.value is not None}
    for label, value in values.items():
        sheet.cell(places[label].row, places[label].column + 3, value)


def grids(sheet: Worksheet) -> list[int]:
    """The rows of the members' headings."""
    return [row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "序号"]


def type_members(sheet: Worksheet, numbers: range, *, numbered: bool = True) -> None:
    for head in grids(sheet):
        columns = {str(c.value): c.column for c in sheet[head] if c.value is not None}
        for row, number in enumerate(numbers, head + 1):
            if numbered:
                sheet.cell(row, 1, number + 1)
            for label, value in person(number).items():
                if label in columns:
                    sheet.cell(row, columns[label], value)


def put_in_row(sheet: Worksheet, row: int) -> None:
    """Insert a row as Excel does: what is merged moves down, and in the new row nothing is."""
    merged = [CellRange(own.coord) for own in sheet.merged_cells.ranges]
    sheet.insert_rows(row)
    for own in merged:
        if own.min_row >= row:
            own.shift(row_shift=1)
    sheet.merged_cells = MultiCellRange(merged)


def are_read(register: Register, count: int) -> None:
    (file,) = register.files
    assert (file.error, file.remarks, file.unrecognised_sheets) == (None, [], ())
    (home,) = register.households()
    assert (home.household_id, home.head_name) == (CODE, "王伟")
    read = [(m.name, m.relation, m.age, str(m.birth_date), m.party) for m in home.members]
    assert sorted(read, key=lambda own: own[3]) == [
        (p["姓名"], p["与户主关系"], p["年龄"], str(p["出生日期"]), p["政治面貌"])
        for p in map(person, range(count))
    ]
    rules = {f.rule for f in check(register, POLICY, as_of="2016-03-29").findings}
    assert not rules & {"LR121", "LR130", "LR201", "LR202", "LR203"}


@pytest.mark.parametrize(
    ("count", "behind", "numbered"), [(9, 1, True), (10, 0, False), (12, 1, False)]
)
def test_rows_put_in_for_more_members_are_read(
    tmp_path: Path, count: int, behind: int, numbered: bool
) -> None:
    """Behind the last or above it; with a number or, as a new row is, without."""
    book = empty_form(tmp_path / "入户表.xlsx")
    sheet = book.worksheets[0]
    type_home(sheet, **HOME, 家庭人口=count)
    for place in range(3):
        for _ in range(count - ROWS):
            put_in_row(sheet, grids(sheet)[place] + ROWS + behind)
    type_members(sheet, range(count), numbered=numbered)
    book.save(tmp_path / "填好.xlsx")
    are_read(load(tmp_path / "填好.xlsx", POLICY), count)


@pytest.mark.parametrize("how", ["all", "code and head", "code", "below", "before"])
def test_a_copied_page_with_the_rest_of_the_members_is_the_same_household(
    tmp_path: Path, how: str
) -> None:
    book = empty_form(tmp_path / "入户表.xlsx")
    book.copy_worksheet(book.worksheets[0])
    sheet, more = book.worksheets[:: -1 if how == "before" else 1]
    home = {**HOME, "家庭人口": 10}
    said_again = {"code and head": ["户编号", "户主姓名"], "code": ["户编号"]}.get(how, [*home])
    type_home(sheet, **home)
    type_members(sheet, range(ROWS))
    type_home(more, **{label: home[label] for label in said_again})
    type_members(more, range(ROWS, 10), numbered=how != "code")
    if how == "below":
        below = sheet.max_row + 2
        for row in more.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.cell(cell.row + below, cell.column, cell.value)
        for own in [CellRange(own.coord) for own in more.merged_cells.ranges]:
            own.shift(row_shift=below)
            sheet.merge_cells(own.coord)
        book.remove(more)
    book.save(tmp_path / "填好.xlsx")
    are_read(load(tmp_path / "填好.xlsx", POLICY), 10)


def two_pages(path: Path, first: range, second: range, **otherwise: Any) -> set[str]:
    """The rules that find something in two pages of one code."""
    book = empty_form(path)
    sheet = book.worksheets[0]
    more = book.copy_worksheet(sheet)
    type_home(sheet, **HOME)
    type_home(more, **{**HOME, **otherwise})
    type_members(sheet, first)
    type_members(more, second)
    book.save(path)
    return {f.rule for f in check(load(path, POLICY), POLICY, as_of="2016-03-29").findings}


def test_what_two_pages_say_differently_is_compared(tmp_path: Path) -> None:
    rules = two_pages(tmp_path / "表.xlsx", range(8), range(8, 9), 家庭人口=3, 行政村="李庄村")
    assert "LR213" in rules
    assert "LR121" not in rules


def test_the_head_may_stand_on_the_second_page_again(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    book = empty_form(path)
    sheet = book.worksheets[0]
    more = book.copy_worksheet(sheet)
    for page in (sheet, more):
        type_home(page, **HOME)
    type_members(sheet, range(8))
    type_members(more, range(1))
    for head in grids(more):
        columns = {str(c.value): c.column for c in more[head] if c.value is not None}
        for label, value in person(8).items():
            if label in columns:
                more.cell(head + 2, columns[label], value)
    book.save(path)
    are_read(load(path, POLICY), 9)


def test_two_households_of_one_code_are_two_still(tmp_path: Path) -> None:
    # Another head; the same members again, of whom something else is said.
    assert "LR121" in two_pages(tmp_path / "1.xlsx", range(3), range(4, 6), 户主姓名="王芳")
    assert "LR121" in two_pages(tmp_path / "2.xlsx", range(3), range(3), 家庭人口=3, 联系电话="1")


def test_what_is_said_of_a_number_without_a_name_is_told(tmp_path: Path) -> None:
    """Rows put in for a member in the second grid alone."""
    book = empty_form(tmp_path / "入户表.xlsx")
    sheet = book.worksheets[0]
    type_home(sheet, **HOME)
    type_members(sheet, range(2))
    put_in_row(sheet, grids(sheet)[1] + ROWS + 1)
    row = grids(sheet)[1] + ROWS + 1
    head = [cell.value for cell in sheet[grids(sheet)[1]]]
    sheet.cell(row, head.index("年龄") + 1, 30)
    book.save(tmp_path / "填好.xlsx")
    (file,) = load(tmp_path / "填好.xlsx", POLICY).files
    assert file.error is not None
    assert "“年龄”没有读：看不出是哪个成员的" in file.error


def register_with(path: Path, count: int) -> Register:
    tables: dict[str, list[dict[str, Any]]] = {
        "household": [{"household_id": CODE, **PLACE, "head_name": "王伟", "size": count}],
        "member": [
            {"household_id": CODE, "name": person(n)["姓名"], "relation": "之子" if n else "户主"}
            for n in range(count)
        ],
    }
    return register_of(tables, path)


@pytest.mark.parametrize("count", range(1, 18, 4))
def test_more_than_eight_go_on_on_a_further_page(tmp_path: Path, count: int) -> None:
    register = register_with(tmp_path / "表.xlsx", count)
    path = tmp_path / "入户表.xlsx"
    form = form_of(register, path)
    assert [m.name for m in form.members()] == [m.name for m in register.members()]
    (sheet,) = load_workbook(path).worksheets
    setup = sheet.page_setup
    pages = -(-count // ROWS)
    assert (setup.paperSize, setup.orientation) == (9, "portrait")
    assert setup.fitToHeight == (1 if pages == 1 else 0)  # 0: as many as it takes
    breaks = [own.id for own in sheet.row_breaks.brk]
    assert [sheet.cell(row + 1, 1).value for row in breaks] == ["二、家庭成员（续）"] * (pages - 1)


def test_whose_form_it_is_stands_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "入户表.xlsx"
    form_of(register_with(tmp_path / "表.xlsx", 9), path)
    (sheet,) = load_workbook(path).worksheets
    assert sheet.print_title_rows is not None
    last = int(sheet.print_title_rows.rpartition("$")[2])
    above = {cell for row in sheet.iter_rows(max_row=last, values_only=True) for cell in row}
    assert {"王伟", CODE, "王庄村"} <= above


def test_all_open_doubts_are_on_the_form(tmp_path: Path) -> None:
    """Their colons are no labels, nor what they say a value; the page grows."""
    register = register_with(tmp_path / "表.xlsx", 3)
    doubts = [f"DC{n:03} 王伟，人均纯收入：{n}元，户编号：{n}，户主姓名：张三" for n in range(60)]
    path = tmp_path / "入户表.xlsx"
    write_visit_forms(path, list(register.households()), {CODE: doubts})
    (sheet,) = load_workbook(path).worksheets
    assert sheet.page_setup.fitToHeight == 0
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert texts[texts.index(TO_VERIFY) :].count("王伟") == 0
    assert [text for text in texts if str(text).startswith("DC")] == doubts
    (old,), (new,) = register.households(), load(path, POLICY).households()
    assert old.model_dump() == new.model_dump()
    assert [said(m) for m in old.members] == [said(m) for m in new.members]


@needs_office
@pytest.mark.parametrize("count", [3, 12])
def test_each_page_of_paper_with_doubts_says_what_they_are(tmp_path: Path, count: int) -> None:
    register = register_with(tmp_path / "表.xlsx", count)
    doubts = [f"DC{n:03} 王伟，{'请核对这一户的收入' * (n % 9 + 1)}" for n in range(90)]
    path = tmp_path / "入户表.xlsx"
    write_visit_forms(path, list(register.households()), {CODE: doubts})
    (sheet,) = load_workbook(path).worksheets
    begins = [sheet.cell(own.id + 1, 1).value for own in sheet.row_breaks.brk]
    of_members = ["二、家庭成员（续）"] * (count > ROWS)
    assert begins == [*of_members, TO_VERIFY, *[f"{TO_VERIFY}（续）"] * 2]
    # No further page begins by itself.
    assert pages_of_pdf(path) == len(begins) + 1
    (form,) = load(path, POLICY).households()
    assert len(form.members) == count


@needs_office
@pytest.mark.parametrize(("count", "pages"), [(8, 1), (9, 2), (17, 3)])
def test_the_further_pages_of_a_pdf(tmp_path: Path, count: int, pages: int) -> None:
    form_of(register_with(tmp_path / "表.xlsx", count), tmp_path / "入户表.xlsx")
    assert pages_of_pdf(tmp_path / "入户表.xlsx") == pages
