"""The marked copy: what is marked, and that all else stays as it was."""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment

from jiandang.formats.xlsx.patching_comments import AUTHOR
from jiandang.report.model import SEVERITY_NAMES, Report, Severity
from jiandang.reporters import marking
from jiandang.reporters.marked import marked_path, write_marked_copies
from jiandang.reporters.placing import SomeNotWritten

from .packages import check_package, raw_members

Make = Callable[..., Any]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _png(path: Path) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    image = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + image + chunk(b"IEND", b""))
    return path


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A workbook with all that a clerk's workbook may hold."""
    path = tmp_path / "官山镇.xlsx"
    picture = str(_png(tmp_path / "p.png"))
    book = xlsxwriter.Workbook(str(path))
    money = book.add_format(
        {"num_format": "#,##0.00", "border": 1, "bold": True, "bg_color": "red"}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd", "italic": True})
    members, other, chart_of = (book.add_worksheet(name) for name in ("成员", "附表's", "图"))
    for row in range(1, 20):
        members.write(row, 1, row * 100.5, money)
        members.write(row, 2, 42000 + row, day)
        members.write_formula(row, 3, f"=B{row + 1}*2", None, row * 201)
        members.write(row, 4, f"张{row}")
    members.merge_range("F3:F6", "合并")
    members.set_column("J:K", 20, day)
    members.set_row(30, 20, money)
    members.data_validation("E2:E20", {"validate": "list", "source": ["甲", "乙"]})
    members.conditional_format("B2:B20", {"type": "data_bar"})
    members.insert_image("H2", picture)
    members.insert_textbox("H8", "文本框")
    members.add_sparkline("G2", {"range": "成员!B2:D2"})
    members.set_header("&C&G", {"image_center": picture})
    members.print_area("A1:G20")
    members.autofilter("A1:E20")
    members.freeze_panes(1, 0)
    members.write_comment("E4", "原有批注", {"author": "李四"})
    other.write("A1", "另一张")
    other.write_comment("A1", "别动")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=成员!$B$2:$B$9"})
    chart_of.insert_chart("A1", chart)
    chart_of.repeat_rows(0)
    book.define_name("附表's!本地名", "='附表''s'!$A$1")
    book.close()
    return path


@pytest.fixture
def mark(report: Make, tmp_path: Path) -> Callable[..., Path]:
    def mark(findings: list[Any], source: Path) -> Path:
        target = tmp_path / "out.xlsx"
        own = [replace(f, file=str(source)) for f in findings]
        before = source.read_bytes()
        write_marked_copies(report(own, [str(source)]), target=target)
        assert source.read_bytes() == before
        check_package(target)
        return target

    return mark


def test_all_that_is_not_marked_is_byte_identical(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    before, after = raw_members(rich), raw_members(mark([finding("E9")], rich))
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_the_marked_sheet_keeps_all_but_the_cells_format(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    target = mark([finding("B9"), finding("E9")], rich)
    with zipfile.ZipFile(rich) as one, zipfile.ZipFile(target) as two:
        old, new = (z.read("xl/worksheets/sheet1.xml") for z in (one, two))
    cell = re.compile(rb'(<c r="(?:B9|E9)"[^>]*?) s="\d+"')
    assert cell.sub(rb"\1", new) == cell.sub(rb"\1", old).replace(b' tabSelected="1"', b"")


def test_a_marked_cell_keeps_number_format_font_and_border(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    sheet = openpyxl.load_workbook(mark([finding("B9"), finding("C9")], rich))["成员"]
    original = openpyxl.load_workbook(rich)["成员"]
    for place in ("B9", "C9"):
        cell, old = sheet[place], original[place]
        assert cell.fill.bgColor.rgb == "FFFFC7CE"
        assert cell.value == old.value
        for part in ("number_format", "font", "border", "alignment"):
            assert repr(getattr(cell, part)) == repr(getattr(old, part))
    assert sheet["B10"].fill.fgColor.rgb == original["B10"].fill.fgColor.rgb == "FFFF0000"


def test_in_black_and_white_the_pattern_tells_the_severities_apart(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    cells = dict(zip(Severity, ("B9", "C9", "D9", "E9"), strict=True))
    book = openpyxl.load_workbook(
        mark([finding(cell, severity=severity) for severity, cell in cells.items()], rich)
    )
    patterns = {s: book["成员"][cell].fill.patternType for s, cell in cells.items()}
    assert len(set(patterns.values())) == len(Severity)
    legend = {
        row[0].value: row[0].fill.patternType
        for row in book["检查结果"].iter_rows()
        if row[0].value in SEVERITY_NAMES.values()
    }
    assert legend == {SEVERITY_NAMES[s]: pattern for s, pattern in patterns.items()}


def test_the_worst_severity_fills_and_all_findings_are_said(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    found = [
        finding("E9", severity=Severity.INFO, message="第一句"),
        finding("E9", severity=Severity.WARNING, message="第二句<&>"),
    ]
    cell = openpyxl.load_workbook(mark(found, rich))["成员"]["E9"]
    assert cell.fill.bgColor.rgb == "FFFFDFA6"
    assert cell.comment.author == AUTHOR
    assert cell.comment.text == (
        "【提示】LR103 证件号码校验码错误\n第一句\n怎么办：按身份证重新录入18位号码。\n\n"
        "【警告】LR103 证件号码校验码错误\n第二句<&>\n怎么办：按身份证重新录入18位号码。"
    )


def test_comments_that_exist_stay_and_are_added_to(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    book = openpyxl.load_workbook(mark([finding("E4"), finding("E5")], rich))
    text = book["成员"]["E4"].comment.text
    assert (
        text.startswith("原有批注\n【错误】LR103") and book["成员"]["E4"].comment.author == "李四"
    )
    assert book["成员"]["E5"].comment.text.startswith("【错误】")
    assert book["附表's"]["A1"].comment.text == "别动"


def test_cells_and_rows_that_do_not_exist_are_made(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    places = ("A1", "A9", "J9", "Z9", "J25", "B31", "C40", "AA41")
    sheet = openpyxl.load_workbook(mark([finding(p) for p in places], rich))["成员"]
    for place in places:
        assert sheet[place].fill.bgColor.rgb == "FFFFC7CE" and sheet[place].comment
    assert sheet["J9"].number_format == "yyyy-mm-dd"  # of its column
    assert sheet["B31"].number_format == "#,##0.00"  # of its row
    assert sheet["E9"].value == "张8"


def test_a_cell_hidden_by_a_merge_is_marked_where_it_shows(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    sheet = openpyxl.load_workbook(mark([finding("F5")], rich))["成员"]
    assert sheet["F3"].fill.bgColor.rgb == "FFFFC7CE"
    assert "（F5）" in sheet["F3"].comment.text


def test_names_print_areas_and_filters_stay_with_their_sheets(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    book = openpyxl.load_workbook(mark([finding("E9")], rich))
    assert book.sheetnames == ["检查结果", "问题清单", "成员", "附表's", "图"]
    assert book.active is book["检查结果"]
    assert book["成员"].print_area == "'成员'!$A$1:$G$20"
    assert book["成员"].auto_filter.ref == "A1:E20"
    assert book["图"].print_title_rows == "$1:$1"
    assert list(book["附表's"].defined_names) == ["本地名"]
    assert book["问题清单"].print_title_rows == "$1:$1"


def test_titles_in_the_properties(rich: Path, mark: Callable[..., Path], finding: Make) -> None:
    with zipfile.ZipFile(mark([finding("E9")], rich)) as archive:
        text = archive.read("docProps/app.xml").decode()
    root = ElementTree.fromstring(text)
    (titles,) = [e for e in root.iter() if e.tag.endswith("TitlesOfParts")]
    names = [name.text for name in titles[0]]
    assert names[:3] == ["检查结果", "问题清单", "成员"]
    assert int(titles[0].attrib["size"]) == len(names)


def test_an_unmarked_sheet_keeps_its_selection(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    """Its part must stay as it is, so the workbook opens where it did."""
    target = mark([finding("A1", sheet="附表's")], rich)
    book = openpyxl.load_workbook(target)
    assert book.active is book["成员"]
    assert (
        raw_members(target)["xl/worksheets/sheet1.xml"]
        == (raw_members(rich)["xl/worksheets/sheet1.xml"])
    )


def test_the_list_links_filters_and_asks(
    rich: Path, mark: Callable[..., Path], finding: Make
) -> None:
    found = [
        finding("A1", sheet="附表's", person="=cmd()"),
        finding("A1", sheet="没有这张"),
        finding("E9"),
    ]
    sheet = openpyxl.load_workbook(mark(found, rich))["问题清单"]
    headings = [cell.value for cell in sheet[1]]
    assert "".join(map(str, headings)) == (
        "序号关口规则严重程度表单元格列村户编号户主姓名问题建议"
        "核实结果核实理由核实说明核实人核实日期核实状态新旧问题号依据码"
    )
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [1, 2, 3]
    assert sheet["F2"].hyperlink.location == "'附表''s'!A1"
    assert sheet["F3"].hyperlink is None
    assert sheet["K2"].value == "=cmd()" and sheet["K2"].data_type == "s"
    assert sheet.auto_filter.ref == "A1:V4" and sheet.freeze_panes == "B2"
    choice, kept = sheet.data_validations.dataValidation
    assert choice.formula1 == '"已改正,登记无误,拟剔除,待核实"' and str(choice.sqref) == "N2:N4"
    assert kept.type == "custom" and str(kept.sqref) == "U1:V4"


def test_the_first_sheet_says_how_it_stands(
    rich: Path, mark: Callable[..., Path], varied: Make
) -> None:
    sheet = openpyxl.load_workbook(mark(varied(8), rich))["检查结果"]
    text = "\n".join(str(c.value) for row in sheet for c in row if c.value is not None)
    digest = hashlib.sha256(rich.read_bytes()).hexdigest()
    for part in ("任务分解关", "未通过", "共 8 处问题", "jiandang 1.2.3", digest, "核实结果"):
        assert part in text


def test_too_many_findings_are_cut_and_counted(
    rich: Path, mark: Callable[..., Path], varied: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MAX_FINDINGS", 10)
    book = openpyxl.load_workbook(mark(varied(16), rich))
    rows = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 10
    assert [row[3] for row in rows].count("错误") == 4  # all of the worst
    text = "\n".join(str(row[0].value) for row in book["检查结果"])
    assert "只列最严重的 10 处，还有 6 处没有列出" in text


def test_the_original_is_never_written_over(rich: Path, report: Make, tmp_path: Path) -> None:
    made = report([], [str(rich)])
    for target in (rich, tmp_path / "x" / ".." / rich.name):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(SomeNotWritten, match="不能覆盖"):
            write_marked_copies(made, target=target)


def test_nothing_is_left_behind_when_it_fails(rich: Path, report: Make, tmp_path: Path) -> None:
    target = tmp_path / "sub"
    target.mkdir()
    (target / "out.xlsx").mkdir()  # cannot be replaced
    with pytest.raises(SomeNotWritten):
        write_marked_copies(report([], [str(rich)]), target=target / "out.xlsx")
    assert [path.name for path in target.iterdir()] == ["out.xlsx"]


def test_sheets_of_the_same_names_are_no_obstacle(
    rich: Path, mark: Callable[..., Path], finding: Make, tmp_path: Path
) -> None:
    first = mark([finding("E9")], rich).rename(tmp_path / "first.xlsx")
    names = openpyxl.load_workbook(mark([finding("E9")], first)).sheetnames
    assert names[:4] == ["检查结果 (2)", "问题清单 (2)", "检查结果", "问题清单"]


def test_files_of_openpyxl(mark: Callable[..., Path], finding: Make, tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "成员"
    book.worksheets[0]["B2"] = "值"
    book.worksheets[0]["B3"].comment = Comment("旧", "我")
    book.save(path)
    sheet = openpyxl.load_workbook(mark([finding("B2"), finding("B3")], path))["成员"]
    assert sheet["B2"].comment.text.startswith("【错误】")
    assert sheet["B3"].comment.text.startswith("旧\n【错误】")


def _rewritten(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def test_prefixed_xml(mark: Callable[..., Path], finding: Make, rich: Path, tmp_path: Path) -> None:
    """The OpenXML SDK writes `<x:c …>`."""

    def prefixed(name: str, xml: bytes) -> bytes:
        if not re.fullmatch(r"xl/(workbook|styles|comments1|worksheets/sheet\d)\.xml", name):
            return xml
        xml = re.sub(rb"<(/?)(?=[a-zA-Z]\w*[\s/>])", rb"<\1x:", xml)
        return xml.replace(b'xmlns="', b'xmlns:x="', 1)

    path = _rewritten(rich, tmp_path / "prefixed.xlsx", prefixed)
    sheet = openpyxl.load_workbook(mark([finding("E9"), finding("E4"), finding("Z50")], path))
    assert sheet["成员"]["E9"].fill.bgColor.rgb == "FFFFC7CE"
    assert sheet["成员"]["Z50"].comment.text.startswith("【错误】")


def test_rows_and_cells_without_addresses(
    mark: Callable[..., Path], finding: Make, rich: Path, tmp_path: Path
) -> None:
    def bare(name: str, xml: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return xml
        rows = b'<row><c t="n"><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>'
        return re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>%s</sheetData>" % rows, xml)

    path = _rewritten(rich, tmp_path / "bare.xlsx", bare)
    places = ("B1", "C1", "A2", "A3", "A4")
    target = mark([finding(p, sheet="附表's") for p in places], path)
    with zipfile.ZipFile(target) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml")
    assert len(re.findall(rb'<c [^>]*s="\d+"', xml)) == 5
    assert re.search(rb'<row><c t="n"><v>1</v></c><c s="\d+"><v>2</v></c><c r="C1"', xml)


def test_an_empty_sheet(
    mark: Callable[..., Path], finding: Make, rich: Path, tmp_path: Path
) -> None:
    def empty(name: str, xml: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return xml
        return re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml)

    path = _rewritten(rich, tmp_path / "empty.xlsx", empty)
    book = openpyxl.load_workbook(mark([finding("B3", sheet="附表's")], path))
    assert book["附表's"]["B3"].fill.bgColor.rgb == "FFFFC7CE"


def test_threaded_comments_stay(
    mark: Callable[..., Path], finding: Make, rich: Path, tmp_path: Path
) -> None:
    def threaded(name: str, xml: bytes) -> bytes:
        return xml.replace("李四".encode(), b"tc={GUID}") if name == "xl/comments1.xml" else xml

    path = _rewritten(rich, tmp_path / "threaded.xlsx", threaded)
    cell = openpyxl.load_workbook(mark([finding("E4")], path))["成员"]["E4"]
    assert cell.comment.text == "原有批注" and cell.fill.bgColor.rgb == "FFFFC7CE"


def test_more_comments_than_a_block_of_shapes(
    mark: Callable[..., Path], finding: Make, rich: Path
) -> None:
    sheet = openpyxl.load_workbook(mark([finding(f"E{n}") for n in range(2, 1302)], rich))["成员"]
    assert sum(1 for row in sheet["E2:E1301"] if row[0].comment) == 1300


def test_csv_becomes_a_workbook_of_the_same_content(
    report: Make, finding: Make, tmp_path: Path
) -> None:
    path = tmp_path / "官山镇.csv"
    path.write_text("姓名,证件号码,说明\n张三,320324195001010011,=1+1\n", "utf-8")
    found = finding("B2", file=str(path), sheet="Sheet1")
    from jiandang.formats.opening import open_workbook

    found = replace(found, sheet=next(iter(open_workbook(path).grids)).name)
    (target,) = write_marked_copies(report([found], [str(path)]), tmp_path / "neu")
    check_package(target)
    assert target.name == "官山镇.检查结果.xlsx"
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[2]
    assert [[c.value for c in row] for row in sheet] == [
        ["姓名", "证件号码", "说明"],
        ["张三", "320324195001010011", "=1+1"],
    ]
    assert sheet["C2"].data_type == "s"
    assert sheet["B2"].fill.bgColor.rgb == "FFFFC7CE" and sheet["B2"].number_format == "@"
    assert "原表不是 .xlsx" in str(book["检查结果"]["A3"].value)


def test_xls_becomes_a_workbook_of_the_same_content(
    report: Make, finding: Make, tmp_path: Path
) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("成员")
    sheet.write_merge(0, 0, 0, 1, "标题")
    sheet.write(1, 0, 12.5)
    sheet.write(1, 1, "张三")
    path = tmp_path / "旧.xls"
    book.save(str(path))
    (target,) = write_marked_copies(report([finding("B2", file=str(path))], [str(path)]))
    check_package(target)
    copy = openpyxl.load_workbook(target)["成员"]
    assert [copy["A1"].value, copy["A2"].value, copy["B2"].value] == ["标题", 12.5, "张三"]
    assert [str(r) for r in copy.merged_cells.ranges] == ["A1:B1"]
    assert copy["B2"].comment.text.startswith("【错误】")


def test_a_macro_workbook_keeps_its_extension(rich: Path, tmp_path: Path) -> None:
    def macros(name: str, xml: bytes) -> bytes:
        return xml.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"ms-excel.sheet.macroEnabled.main",
        )

    path = _rewritten(rich, tmp_path / "宏.xlsm", macros)
    assert marked_path(path).name == "宏.检查结果.xlsm"
    assert marked_path(rich, Path("x")) == Path("x/官山镇.检查结果.xlsx")


def test_the_sample(sample_report: Report, sample_path: Path, tmp_path: Path) -> None:
    (target,) = write_marked_copies(sample_report, tmp_path)
    check_package(target)
    book = openpyxl.load_workbook(target)
    for finding in sample_report.findings:
        assert book[finding.sheet][finding.cell].comment.text.find(finding.message) >= 0
    original = openpyxl.load_workbook(sample_path)
    for sheet in original:
        assert [[c.value for c in row] for row in sheet] == [
            [c.value for c in row] for row in book[sheet.title]
        ]
