"""差异清单: order, columns, one file a village, texts that Excel must not take for formulas."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.formats.xlsx.writing_book import write_book
from jiandang.reporters import listing
from jiandang.reporters.front import clerk_list
from jiandang.reporters.listing import (
    in_order,
    safe_file_name,
    write_csv,
    write_listing,
    write_xlsx,
)
from jiandang.reporters.rows import AUDIT_COLUMNS, COMPARED_COLUMNS

Make = Callable[..., Any]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_opens_right_in_excel(report: Make, varied: Make, tmp_path: Path) -> None:
    path, *_ = write_listing(report(varied(9)), tmp_path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 10
    assert tuple(_read(path)[0]) == AUDIT_COLUMNS


def test_sorted_by_village_and_household(varied: Make, finding: Make) -> None:
    places = [(f.village, f.household) for f in in_order(varied(60))]
    with_village = [place for place in places if place[0]]
    assert with_village == sorted(with_village)
    assert [v for v, _ in places[len(with_village) :]] == [None] * 20
    same = [finding("H9", rule="SB001"), finding("H2", rule="LR101")]
    assert [*in_order(same)] == same


def test_a_village_named_alone_belongs_to_the_only_town_that_has_it(finding: Make) -> None:
    alone = finding(county=None, town=None)
    assert [f.town for f in in_order([finding(), alone])] == ["官山镇", "官山镇"]
    elsewhere = finding(town="高集镇")
    assert [f.town for f in in_order([finding(), elsewhere, alone])] == ["官山镇", "高集镇", None]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_csv_texts_do_not_become_formulas(finding: Make, tmp_path: Path, start: str) -> None:
    found = finding(person=f"{start}cmd|' /C calc'!A0", message=f"{start}1+1")
    write_csv([found], tmp_path / "l.csv")
    (row,) = _read(tmp_path / "l.csv")
    assert row["姓名"] == f"'{found.person}" and row["问题"] == f"'{found.message}"


def test_csv_keeps_long_numbers(finding: Make, tmp_path: Path) -> None:
    write_csv([finding()], tmp_path / "l.csv")
    assert _read(tmp_path / "l.csv")[0]["户编号"] == "320324105201001\t"


def test_xlsx_texts_stay_texts(report: Make, finding: Make, tmp_path: Path) -> None:
    found = finding(person="=1+1", message="_x0041_\x01<b>", village="@村")
    _, path, _ = write_listing(report([found]), tmp_path)
    sheet = openpyxl.load_workbook(path)["差异清单"]
    cells = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["姓名"].value == "=1+1" and cells["姓名"].data_type == "s"
    assert cells["姓名"].number_format == "@"
    assert cells["村"].value == "@村"
    assert cells["户编号"].value == "320324105201001"
    assert cells["问题"].value == "_x005F_x0041__x0001_<b>"  # as Excel writes it


def test_xlsx_has_filter_panes_choices_and_record(
    report: Make, varied: Make, tmp_path: Path
) -> None:
    _, path, _ = write_listing(report(varied(9)), tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["差异清单", "检查记录"]
    sheet = book["差异清单"]
    assert sheet.auto_filter.ref == "A1:Y10" and sheet.freeze_panes == "B2"
    choice, kept = sheet.data_validations.dataValidation
    assert choice.formula1 == '"已改正,登记无误,拟剔除,待核实"' and str(choice.sqref) == "O2:O10"
    assert kept.type == "custom" and str(kept.sqref) == "Y1:Y10"
    texts = [str(cell.value) for row in book["检查记录"] for cell in row]
    assert "xuzhou-2016" in texts and "jiandang 1.2.3" in texts


def test_one_file_a_village(report: Make, varied: Make, tmp_path: Path) -> None:
    findings = varied(30)
    paths = write_listing(report(findings), tmp_path, by="village")
    assert sorted(path.name for path in paths) == [
        "差异清单.检查记录.txt",
        "差异清单_官山镇.csv",
        "差异清单_官山镇.xlsx",
        "差异清单_官山镇_柳湾村.csv",
        "差异清单_官山镇_柳湾村.xlsx",
        "差异清单_官山镇_王庄村.csv",
        "差异清单_官山镇_王庄村.xlsx",
    ]
    assert sum(len(_read(path)) for path in paths if path.suffix == ".csv") == 30


def test_one_file_a_county(report: Make, finding: Make, tmp_path: Path) -> None:
    places = [("睢宁县", "官山镇"), ("铜山区", "房村镇"), ("睢宁县", None), (None, None)]
    found = [finding(county=county, town=town, village=None) for county, town in places]
    paths = write_listing(report(found), tmp_path, by="county")
    counts = {path.stem: len(_read(path)) for path in paths if path.suffix == ".csv"}
    assert counts == {"差异清单_睢宁县": 2, "差异清单_铜山区": 1, "差异清单_未注明县": 1}


def test_what_a_sheet_has_no_room_for_stands_on_the_next(
    report: Make, varied: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_MOST_ON_SHEET", 12)
    write_listing(report(varied(30)), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "差异清单.xlsx")
    *lists, record = book.worksheets
    assert [each.title for each in lists] == ["差异清单", "差异清单2", "差异清单3"]
    assert record.title == "检查记录"
    numbers = [[row[0] for row in each.iter_rows(min_row=2, values_only=True)] for each in lists]
    assert numbers == [[*range(1, 13)], [*range(13, 25)], [*range(25, 31)]]
    assert lists[2].row_dimensions[2].height


def test_what_names_no_village_is_under_its_town_or_county(
    report: Make, finding: Make, tmp_path: Path
) -> None:
    places = (("睢宁县", None), ("睢宁县", "官山镇"), (None, None))
    found = [finding(county=county, town=town, village=None) for county, town in places]
    paths = write_listing(report(found), tmp_path, by="village")
    names = {path.stem for path in paths if path.suffix == ".csv"}
    assert names == {"差异清单_睢宁县", "差异清单_官山镇", "差异清单_未注明村"}


def test_villages_of_like_names_stay_apart(report: Make, finding: Make, tmp_path: Path) -> None:
    found = [finding(village=v) for v in ("../a", "..\\a", "A:", "a?", "王" * 200)]
    paths = write_listing(report(found), tmp_path, by="village")
    assert len({str(path).lower() for path in paths}) == 11
    assert all(path.parent == tmp_path / "差异清单" and path.exists() for path in paths)


def test_safe_file_names() -> None:
    assert safe_file_name('a<>:"/\\|?*\x00b. ') == "a__________b"


def test_a_report_without_findings(report: Make, tmp_path: Path) -> None:
    table, book, record = write_listing(report(), tmp_path / "新建")
    assert _read(table) == [] and openpyxl.load_workbook(book)["差异清单"].max_row == 1
    assert record.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("lists", [False, True])
def test_the_list_is_read_on_paper(
    report: Make, finding: Make, tmp_path: Path, lists: bool
) -> None:
    columns = COMPARED_COLUMNS if lists else AUDIT_COLUMNS
    write_xlsx(report([finding()]), [finding()], tmp_path / "l.xlsx", columns)
    _is_read_on_paper(openpyxl.load_workbook(tmp_path / "l.xlsx")["差异清单"])


def test_the_clerks_list_is_read_on_paper(finding: Make, tmp_path: Path) -> None:
    styles = Styles(BLANK_STYLES)
    write_book(tmp_path / "l.xlsx", [clerk_list("问题清单", [finding()], {}, styles)], styles)
    _is_read_on_paper(openpyxl.load_workbook(tmp_path / "l.xlsx")["问题清单"])


def _is_read_on_paper(sheet: Any) -> None:
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    fit = sheet.sheet_properties.pageSetUpPr
    assert fit is not None and fit.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    # A4 across takes 125 characters of the letters of a register at their full size.
    headings, *rows = sheet[sheet.print_area.split("!")[-1].replace("$", "")]
    assert headings[0].column == 1 and len(rows) + 1 == sheet.max_row
    printed = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in headings}
    assert 125 / sum(printed.values()) > 0.85
    assert {"严重程度", "村", "户编号", "单元格", "问题", "建议", "核实结果"} <= printed.keys()


def test_the_page_about_reports_names_the_columns_in_their_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    about = page[page.index("## list") : page.index("## 与上一次")]
    first = next(line for line in about.splitlines() if line.startswith("| 序号"))
    rest = next(line for line in about.splitlines() if line.startswith("后面依次是"))
    named = [*first.strip("| …").split(" | ")]
    named += re.split(
        "[、，]|再是", rest.removeprefix("后面依次是").replace("待填的", "").strip("。")
    )
    assert tuple(filter(None, named)) == AUDIT_COLUMNS
