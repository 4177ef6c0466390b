"""Each format arrives with its cells as they are, and each broken file with its reason."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

from jiandang.formats.grid import RESAVE, Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.formats.spreadsheet import written_out
from jiandang.register.cells import Raw
from jiandang.run.files import find_files

HEADING: list[Raw] = ["姓名", "证件号码", "年龄"]
PERSON: list[Raw] = ["张三", "32032219500101001X", 66]
REAL = Path("/work/shared/real")


def grids(path: Path, password: str | None = None) -> list[Grid]:
    return list(open_workbook(path, password).grids)


def code_of(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        grids(path)
    message = caught.value.message
    assert message.endswith("。")
    assert not any(word in message for word in ("Error", "error", "panic", "None"))
    return caught.value.code


def write_xlsx(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("成员")
    sheet.write_row(0, 0, HEADING)
    sheet.write_row(1, 0, PERSON)
    book.close()


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("成员")
    for row, cells in enumerate((HEADING, PERSON)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.save(str(path))


def write_ods(path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="成员")
    for cells in (HEADING, PERSON):
        row = TableRow()
        for cell in cells:
            kind = "string" if isinstance(cell, str) else "float"
            value = {} if isinstance(cell, str) else {"value": cell}
            element = TableCell(valuetype=kind, **value)
            element.addElement(P(text=str(cell)))
            row.addElement(element)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


@pytest.mark.parametrize(
    ("write", "names", "wrong"),
    [
        (write_xlsx, ["a.xlsx", "a.XLSM", "a.et"], ["a.xls", "a.csv", "a"]),
        (write_xls, ["a.xls", "a.et"], ["a.xlsx"]),
        (write_ods, ["a.ods"], ["a.xlsx", "a.xls"]),
    ],
)
def test_content_decides_and_a_wrong_extension_is_mentioned(
    tmp_path: Path, write: Callable[[Path], None], names: list[str], wrong: list[str]
) -> None:
    write(tmp_path / "written")
    for name in names + wrong:
        path = tmp_path / "含 空格的文件夹" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((tmp_path / "written").read_bytes())
        book = open_workbook(path)
        (grid,) = book.grids
        assert (grid.name, grid.rows) == ("成员", [HEADING, ["张三", "32032219500101001X", 66]])
        assert book.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert bool(book.remarks) == (name in wrong)
        if name in wrong and path.suffix:
            assert f"扩展名是 {path.suffix}" in book.remarks[0]


@pytest.mark.parametrize("date_1904", [False, True])
def test_xlsx_cells_keep_their_kind(tmp_path: Path, date_1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    sheet = book.add_worksheet()
    day, clock, span = (
        book.add_format({"num_format": f}) for f in ("yyyy年m月d日", "hh:mm", "[h]:mm")
    )
    sheet.write_datetime(0, 0, datetime(2016, 3, 5), day)
    sheet.write_datetime(0, 1, datetime(2016, 3, 5, 12, 30), day)
    sheet.write_number(0, 2, 0.5, clock)
    sheet.write_number(0, 3, 1.5, span)
    sheet.write_boolean(0, 4, True)
    sheet.write_number(0, 5, 320322195001010011)
    sheet.write_string(0, 6, "00123")
    sheet.write_rich_string(0, 7, "张", book.add_format({"bold": True}), "三", "丰")
    sheet.write_string(0, 8, "一\r二\n三")
    sheet.write_string(0, 9, "𬱟䶮 ")
    sheet.write_formula(0, 10, "=1+1", None, 2)
    book.close()
    (grid,) = grids(path)
    assert grid.rows == [
        [
            date(2016, 3, 5),
            datetime(2016, 3, 5, 12, 30),
            time(12),
            "36:00:00",
            True,
            320322195001010011.0,
            "00123",
            "张三丰",
            "一\r二\n三",
            "𬱟䶮 ",
            2.0,
        ]
    ]
    assert type(grid.rows[0][4]) is bool


@pytest.mark.parametrize("date_1904", [False, True])
def test_days_are_those_of_calamine(tmp_path: Path, date_1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    sheet = book.add_worksheet()
    last = [2957002, 2957003, 2957004, 2958465, 2958466]
    for row, day in enumerate([0, 1, 59, 60, 61, 62, 42430, 42430.5, 42431, *last, 9999999]):
        for column, shown in enumerate(["yyyy-mm-dd", "yyyy/m/d h:mm", "h:mm", "[h]:mm", "0.00"]):
            sheet.write_number(row, column, day, book.add_format({"num_format": shown}))
    book.close()
    (grid,) = grids(path)
    expected = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    expected = [[*map(written_out, row)] for row in expected]
    assert grid.rows == expected
    assert [[*map(type, row)] for row in grid.rows] == [[*map(type, row)] for row in expected]


def test_the_only_shared_string_is_in_two_fonts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, "张", book.add_format({"bold": True}), "三")
    book.close()
    (grid,) = grids(path)
    assert [*grid.rows] == [["张三"]]


def test_rows_and_columns_are_counted_from_a1(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["C4"] = "x"
    book.save(path)
    (grid,) = grids(path)
    assert grid.rows == [["", "", ""]] * 3 + [["", "", "x"]]


def test_sheets_hidden_merged_and_charts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    first, hidden, very = (book.add_worksheet(name) for name in ("一", "二 & <三>", "三"))
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=四!$A$1:$A$2"})
    book.add_chartsheet("图").set_chart(chart)
    last = book.add_worksheet("四")
    first.merge_range(1, 0, 3, 1, "合并")
    first.activate()
    hidden.hide()
    very.very_hidden()
    last.write(0, 0, "末")
    book.close()
    found = grids(path)
    assert [(g.name, g.hidden) for g in found] == [
        ("一", False),
        ("二 & <三>", True),
        ("三", True),
        ("四", False),
    ]
    assert found[0].merged == [(1, 0, 3, 1)]
    assert found[0].rows[1] == ["合并"]
    assert found[1].rows == []
    assert found[3].rows == [["末"]]


def test_xls_merged_ranges_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("a")
    sheet.write_merge(0, 1, 0, 2, "合并")
    sheet.write(2, 0, datetime(2016, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 1, True)
    book.save(str(path))
    (grid,) = grids(path)
    assert grid.merged == [(0, 0, 1, 2)]
    assert grid.rows[2][1] is True
    # xlwt writes the serial of 1900 whatever the system is: four years and a day later.
    assert grid.rows[2][0] in (date(2016, 3, 5), date(2020, 3, 6))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real forms are not part of the repository")
def test_real_forms_open() -> None:
    for path in sorted(REAL.glob("*.xls")):
        book = open_workbook(path)
        assert any(any(row) for grid in book.grids for row in grid.rows), path
        assert book.remarks == []


def zipped(parts: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("a.xlsx", b"", "empty_file", "空"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "empty_file", "空"),
        ("~$a.xlsx", b"x", "is_open_in_excel", "临时文件"),
        ("a.xlsx", "扶贫工作总结".encode(), "not_a_workbook", "纯文本"),
        ("a.xlsx", b"%PDF-1.7 ...", "not_a_workbook", "PDF"),
        ("a.xlsx", b"Rar!\x1a\x07", "not_a_workbook", "RAR"),
        ("a.xls", b"\x89PNG\r\n\x1a\n\0\0", "not_a_workbook", "图片"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "not_a_workbook", "MHT"),
        ("a.xlsx", bytes(range(256)) * 9, "not_a_workbook", "二进制"),
        ("a.xlsx", zipped({"word/document.xml": ""}), "not_a_workbook", "Word"),
        ("a.xlsx", zipped({"表.xlsx": ""}), "not_a_workbook", "压缩包"),
        ("a.xlsx", zipped({"[Content_Types].xml": ""}), "damaged", "缺少"),
        ("a.xls", OLE + "WordDocument".encode("utf-16-le"), "not_a_workbook", "Word"),
        ("a.xls", OLE + bytes(2000), "damaged", "损坏"),
        ("a.xls", OLE, "damaged", "损坏"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "truncated", "不完整"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "not_a_workbook", "XML"),
        ("a.xls", b"<html><body>no</body></html>", "not_a_workbook", "没有表格"),
        ("a.xls", b"<html><frameset><frame></frameset></html>", "not_a_workbook", ".files"),
    ],
)
def test_unreadable_files_have_their_reason(
    tmp_path: Path, name: str, content: bytes, code: str, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert code_of(tmp_path / name) == code
    with pytest.raises(Unreadable, match=says):
        grids(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"%PDF-1.7 ...", "向填表的人要原来的电子表格"),
        (b"\xff\xd8\xff\xe0", "向填表的人要原来的电子表格"),
        (zipped({"word/document.xml": ""}), "把表格复制到 Excel 或 WPS"),
        (OLE + "WordDocument".encode("utf-16-le"), "把表格复制到 Excel 或 WPS"),
        (zipped({"表.xlsx": ""}), "请先解压"),
        (b"7z\xbc\xaf", "请先解压"),
    ],
)
def test_what_no_spreadsheet_program_opens_has_its_own_remedy(
    tmp_path: Path, content: bytes, remedy: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Unreadable, match=remedy) as refused:
        grids(tmp_path / "a.xlsx")
    assert RESAVE not in refused.value.message


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert code_of(tmp_path / "没有.xlsx") == "not_found"
    assert code_of(tmp_path) == "no_permission"
    assert code_of(tmp_path / "a\0b.xlsx") == "not_found"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    write_xlsx(tmp_path / "a.xlsx")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert code_of(tmp_path / "a.xlsx") == "no_permission"


def test_every_truncation_is_noticed(tmp_path: Path) -> None:
    for write, name in ((write_xlsx, "a.xlsx"), (write_xls, "a.xls"), (write_ods, "a.ods")):
        path = tmp_path / name
        write(path)
        whole = path.read_bytes()
        for length in (600, len(whole) // 2, len(whole) - 30):
            path.write_bytes(whole[:length])
            if name == "a.xls" and length == len(whole) - 30:
                continue  # only the padding of the last sector is gone
            assert code_of(path) in ("truncated", "damaged"), (name, length)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1"),
        ("xl/worksheets/sheet1.xml", b"<worksheet xmlns='x'>"),
        ("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16")),
        ("xl/worksheets/sheet1.xml", None),
        ("xl/workbook.xml", b"<workbook"),
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/sharedStrings.xml", b"<sst><si><t>"),
        ("xl/sharedStrings.xml", b"<sst/>"),
    ],
)
def test_broken_and_missing_parts(tmp_path: Path, part: str, content: bytes | None) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path)
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    del parts[part]
    if content is not None:
        parts[part] = content
    path.write_bytes(zipped(parts))
    assert code_of(path) == "damaged"


def test_an_unreadable_sheet_is_named_and_does_not_end_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in ("一", "二"):
        book.add_worksheet(name).write(0, 0, name)
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row>"
    path.write_bytes(zipped(parts))
    found = open_workbook(path).grids
    with pytest.raises(Unreadable, match="工作表“一”：文件已损坏"):
        next(found)
    assert next(found).rows == [["二"]]


def test_old_excel_formats_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(struct.pack("<HHHHH", 0x0409, 6, 0, 0x10, 0) + bytes(20))
    with pytest.raises(Unreadable, match=r"Excel 4\.0"):
        open_workbook(path)


def test_interrupts_are_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    write_xlsx(tmp_path / "a.xlsx")
    monkeypatch.setattr("jiandang.formats.xlsx.reading.cells_of", interrupt)
    with pytest.raises(KeyboardInterrupt):
        grids(tmp_path / "a.xlsx")


def test_find_files(tmp_path: Path) -> None:
    registers = ["乙/b.xlsx", "甲/a.XLS", "甲/c.csv", "甲/深/d.et"]
    registers += [f"甲/e{suffix}" for suffix in (".ett", ".htm", ".html", ".tsv", ".txt")]
    registers += [f"甲/e{suffix}" for suffix in (".xlsm", ".xlt", ".xltm", ".xltx", ".xml")]
    others = {
        ".藏": "隐藏的文件夹",
        "甲/.e.xlsx": "隐藏的文件",
        "甲/f.bak": "备份或临时文件",
        "甲/f.pdf": "扩展名“.pdf”不是表格",
        "甲/f.zip": "压缩包，请先解压",
        "甲/~$a.xls": "Excel、WPS 打开文件时留下的临时文件",
        "甲/README": "没有扩展名",
    }
    for name in (*registers, *others, ".藏/f.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name != ".藏":
            path.write_bytes(b"")
    found = find_files([tmp_path])
    assert {p.relative_to(tmp_path) for p in found.files} == {Path(name) for name in registers}
    passed = {p.relative_to(tmp_path): reason for p, reason in found.passed_over}
    assert passed == {Path(name): reason for name, reason in others.items()}
    named = [tmp_path / "没有.xlsx", tmp_path / "甲" / "f.pdf", tmp_path / "甲/~$a.xls"]
    again = tmp_path / "乙" / ".." / "甲" / "f.pdf"
    found = find_files([*named, again, tmp_path / "乙", tmp_path / "乙" / "b.xlsx"])
    assert found.files == [*named, tmp_path / "乙" / "b.xlsx"]
