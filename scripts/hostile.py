"""Hostile files: made here, checked one by one, and what came out as a table (docs/robustness.md).

    python scripts/hostile.py [NAME…]     # all, or those whose names begin so

Each is checked by a process of its own; measured are the processor time of all processes and the
memory of the largest. The files are made in a temporary folder and go with it.
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hostile_files import (
    ODS_CELL,
    SHEET,
    XML_CELL,
    ods,
    ods_cell,
    ods_row,
    spreadsheetml,
    xls,
    xls_record,
    xls_stream,
    xls_strings,
    xlsb,
    xlsb_record,
    xlsb_text,
    xlsx,
)

Maker = Callable[[Path], None]
MAKERS: dict[str, tuple[str, str, Maker]] = {}
HEAD = "户编号,姓名,性别,证件号码,与户主关系,民族\n"
PERSON = "320324101001{0:03},张三{0},男,32032419800101{0:04},户主,汉族\n"


def hostile(name: str, what: str) -> Callable[[Maker], Maker]:
    """Note a maker: `name` of the file, and `what` is the matter with it."""

    def note(make: Maker) -> Maker:
        MAKERS[make.__name__] = (name, what, make)
        return make

    return note


@hostile("列重复.ods", "隐藏列重复 1,048,576 次 × 200")
def ods_columns(path: Path) -> None:
    column = (
        b'<table:table-column table:visibility="collapse" table:number-columns-repeated="1048576"/>'
    )
    row = b"<table:table-row>" + ODS_CELL + b"</table:table-row>"
    ods(path, b'<table:table table:name="a">' + column * 200 + row + b"</table:table>")


@hostile("行重复.ods", "有内容的一行重复 1,048,575 次")
def ods_rows(path: Path) -> None:
    row = b'<table:table-row table:number-rows-repeated="1048575">' + ODS_CELL * 5
    ods(path, b'<table:table table:name="a">' + row + b"</table:table-row></table:table>")


@hostile("长属性.ods", "一个属性 60 MB")
def ods_attribute(path: Path) -> None:
    ods(path, b'<table:table table:name="' + b"a" * (60 << 20) + b'"></table:table>')


@hostile("长文字.ods", "一格文字 60 MB")
def ods_text(path: Path) -> None:
    cell = b'<table:table-cell office:value-type="string"><text:p>' + b"x" * (60 << 20)
    row = b"<table:table-row>" + cell + b"</text:p></table:table-cell></table:table-row>"
    ods(path, b'<table:table table:name="a">' + row + b"</table:table>")


@hostile("二万表.ods", "20,000 张表")
def ods_tables(path: Path) -> None:
    row = b"<table:table-row>" + ODS_CELL + b"</table:table-row>"
    ods(path, b"".join(b'<table:table table:name="%d">%s</table:table>' % (n, row)
                       for n in range(20_000)))  # fmt: skip


@hostile("空行.ods", "有内容的两行之间一百万个空行，15 列")
def ods_gap(path: Path) -> None:
    blank, row = ods_row(b"<table:table-cell/>", 1_048_574), ods_row(ods_cell(b"x", 15))
    ods(path, b'<table:table table:name="a">' + row + blank + row + b"</table:table>")


@hostile("长文重复.ods", "三万字的一格重复 16,000 列 × 700 行")
def ods_long(path: Path) -> None:
    row = ods_row(ods_cell(b"x" * 30_000, 16_000), 700)
    ods(path, b'<table:table table:name="a">' + row + b"</table:table>")


@hostile("空格.ods", "一个标记代表二十亿个空格")
def ods_blanks(path: Path) -> None:
    row = ods_row(ods_cell(b'a<text:s text:c="2000000000"/>b'))
    ods(path, b'<table:table table:name="a">' + row + b"</table:table>")


@hostile("负序号.xml", "ss:Index 为负")
def xml_negative(path: Path) -> None:
    rows = f'<Row ss:Index="-5">{XML_CELL.format("")}</Row>'
    spreadsheetml(path, f'<Column ss:Index="-2000000000" ss:Hidden="1"/>{rows}')


@hostile("跨度.xml", "ss:Span 二十亿，反复")
def xml_span(path: Path) -> None:
    column = '<Column ss:Span="2000000000" ss:Hidden="1"/>'
    spreadsheetml(
        path, column + f'<Row ss:Span="2000000000" ss:Hidden="1">{XML_CELL.format("")}</Row>' * 9
    )


@hostile("合并.xml", "MergeAcross × MergeDown")
def xml_merge(path: Path) -> None:
    cell = XML_CELL.format(' ss:MergeAcross="16000" ss:MergeDown="700"')
    spreadsheetml(path, f"<Row>{cell}</Row>" * 5000)


@hostile("合并.html", "rowspan × colspan，八张表")
def html_spans(path: Path) -> None:
    table = "<table>" + "<tr><td rowspan=700 colspan=16000>x<td>y</tr>" * 40 + "</table>"
    path.write_text(table * 8, encoding="utf-8")


@hostile("二万表.html", "20,000 张表")
def html_tables(path: Path) -> None:
    path.write_text("<table><tr><td>姓名<td>性别</table>" * 20_000, encoding="utf-8")


@hostile("未闭合.html", "10 MB 未闭合的标签")
def html_open_tags(path: Path) -> None:
    path.write_text("<table><tr><td>x" + "<a " * 3_300_000, encoding="utf-8")


@hostile("引号.html", "10 MB 未闭合的引号")
def html_open_quotes(path: Path) -> None:
    path.write_text("<table><tr><td>x" + "<td class=\"<td class='" * 480_000, encoding="utf-8")


@hostile("注释.html", "10 MB 未闭合的注释")
def html_comments(path: Path) -> None:
    path.write_text("<table><tr><td>x" + "<!--<!" * 1_700_000, encoding="utf-8")


@hostile("小于号.html", "10 MB 小于号")
def html_less(path: Path) -> None:
    path.write_text("<table><tr><td>x" + "<" * 10_000_000, encoding="utf-8")


@hostile("单元格.html", "10 MB 空单元格")
def html_cells(path: Path) -> None:
    path.write_text("<table>" + ("<tr>" + "<td>" * 100) * 24_000 + "x", encoding="utf-8")


@hostile("嵌套.html", "10 MB 嵌套的表")
def html_nested(path: Path) -> None:
    path.write_text("<table><tr><td>x" * 600_000, encoding="utf-8")


@hostile("编码.html", "charset=undefined")
def html_charset(path: Path) -> None:
    path.write_text('<meta charset="undefined"><table><tr><td>x</table>', encoding="utf-8")


@hostile("编码2.html", "charset=punycode，5 MB")
def html_punycode(path: Path) -> None:
    path.write_text('<meta charset="punycode"><table><tr><td>' + "a" * 5_000_000, encoding="utf-8")


@hostile("短行.csv", "5000 万短行")
def csv_short(path: Path) -> None:
    path.write_text(HEAD + "a\n" * 50_000_000, encoding="utf-8")


@hostile("空行.csv", "50 MB 换行")
def csv_empty(path: Path) -> None:
    path.write_text(HEAD + "\n" * 50_000_000, encoding="utf-8")


@hostile("长行.csv", "一行 300 MB")
def csv_long(path: Path) -> None:
    path.write_text(HEAD + "a" * 300_000_000, encoding="utf-8")


@hostile("长行2.csv", "一行 10 MB 逗号")
def csv_commas(path: Path) -> None:
    path.write_text(HEAD + "," * 10_000_000, encoding="utf-8")


@hostile("引号.csv", "两个零散的引号之间 45 人")
def csv_quotes(path: Path) -> None:
    lines = [PERSON.format(n) for n in range(60)]
    lines[8] = lines[8].replace("张三", '"张三').replace(",", ",", 1)
    lines[53] = lines[53].replace("53,男", '53",男')
    path.write_text(HEAD + "".join(lines), encoding="utf-8")


@hostile("零字节.csv", "末尾是空字节")
def csv_zeros(path: Path) -> None:
    lines = "".join(PERSON.format(n) for n in range(60))
    path.write_bytes((HEAD + lines).encode() + bytes(5000))


@hostile("两种编码.csv", "后一半是另一种编码")
def csv_mixed(path: Path) -> None:
    lines = [PERSON.format(n) for n in range(60)]
    path.write_bytes((HEAD + "".join(lines[:40])).encode() + "".join(lines[40:]).encode("gbk"))


@hostile("共用.xls", "200 张表在一份内容上")
def xls_shared(path: Path) -> None:
    cell = struct.pack("<HHHHHd", 0x203, 14, 1, 1, 0, 1.5)
    xls(path, xls_stream(200, inside=cell * 100_000, shared=True))


@hostile("续段.xls", "300,000 个 CONTINUE")
def xls_continue(path: Path) -> None:
    sst = struct.pack("<HHII", 0xFC, 8, 1, 1) + struct.pack("<HHB", 0x3C, 1, 0) * 300_000
    xls(path, xls_stream(1, before=sst))


@hostile("隐藏列.xls", "500,000 个隐藏列的记录")
def xls_columns(path: Path) -> None:
    xls(
        path, xls_stream(1, inside=struct.pack("<HHHHHHHH", 0x7D, 12, 0, 255, 9, 0, 1, 0) * 500_000)
    )


@hostile("长文共用.xls", "55 万格共用三万字的一条文字")
def xls_long(path: Path) -> None:
    cells = (struct.pack("<HHHI", n % 60_000, n // 60_000, 0, 0) for n in range(550_000))
    inside = b"".join(xls_record(0xFD, cell) for cell in cells)
    xls(path, xls_stream(1, before=xls_strings(b"x" * 30_000), inside=inside))


@hostile("宽表.xls", "9 张表，各 45,000 行 × 251 列，几乎都空着")
def xls_wide(path: Path) -> None:
    cells = (struct.pack("<HHHd", row, 250, 0, 1.5) for row in range(0, 45_000, 200))
    xls(path, xls_stream(9, inside=b"".join(xls_record(0x203, cell) for cell in cells)))


@hostile("隐藏列.xlsb", "200,000 个隐藏全部列的记录")
def xlsb_columns(path: Path) -> None:
    column = bytes([60, 18]) + struct.pack("<IIIIH", 0, 16_383, 9, 0, 1)
    cell = bytes([0, 16]) + bytes(16) + bytes([5, 16]) + struct.pack("<IId", 0, 0, 1.5)
    size = bytes([0x94, 1, 16]) + bytes(16)
    xlsb(path, size + column * 200_000 + bytes([0x91, 1, 0]) + cell + bytes([0x92, 1, 0]))


@hostile("长文共用.xlsb", "60 万格共用三万字的一条文字")
def xlsb_long(path: Path) -> None:
    cells = b"".join(
        xlsb_record(0, struct.pack("<I12x", row)) + xlsb_record(7, struct.pack("<III", 0, 0, 0))
        for row in range(600_000)
    )
    sheet = xlsb_record(148, bytes(16)) + xlsb_record(145) + cells + xlsb_record(146)
    xlsb(path, sheet, xlsb_record(19, b"\0" + xlsb_text("x" * 30_000)))


@hostile("空记录.xlsb", "2 亿个空记录，压缩后 1 MB")
def xlsb_records(path: Path) -> None:
    xlsb(path, bytes([60, 0]) * 100_000_000)


@hostile("共用.xlsx", "2,000 张工作表在一个部件上")
def xlsx_shared(path: Path) -> None:
    sheets = [(f"s{n}", "worksheets/sheet1.xml") for n in range(2000)]
    xlsx(path, sheets, {"xl/worksheets/sheet1.xml": SHEET})


@hostile("无用部件.xlsx", "四个没有用的 xl/*.xml，各 60 MB")
def xlsx_parts(path: Path) -> None:
    unused = {f"xl/x{n}.xml": b"<a>" + b"<b/>" * (15 << 20) + b"</a>" for n in range(4)}
    xlsx(path, [("s", "worksheets/sheet1.xml")], {"xl/worksheets/sheet1.xml": SHEET, **unused})


@hostile("文字表.xlsx", "300 万条文字，都分段设了格式，文件 10 MB")
def xlsx_strings(path: Path) -> None:
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = b"".join(b"<si><r><t>%d</t></r></si>" % number for number in range(3_000_000))
    strings = b'<sst xmlns="' + namespace + b'">' + texts + b"</sst>"
    own = {"xl/worksheets/sheet1.xml": SHEET, "xl/sharedStrings.xml": strings}
    xlsx(path, [("s", "worksheets/sheet1.xml")], own)


@hostile("隐藏列.xlsx", "200,000 个隐藏全部列的元素")
def xlsx_hidden(path: Path) -> None:
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 200_000 + b"</cols>"
    sheet = SHEET.replace(b"<sheetData>", columns + b"<sheetData>")
    xlsx(path, [("s", "worksheets/sheet1.xml")], {"xl/worksheets/sheet1.xml": sheet})


def inline(rows: list[list[str]]) -> dict[str, bytes]:
    """A sheet of texts."""
    cells = (
        "".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in row) for row in rows
    )
    sheet = "".join(f"<row>{row}</row>" for row in cells)
    start, end = SHEET.partition(b"<row>")[0], b"</sheetData></worksheet>"
    return {"xl/worksheets/sheet1.xml": start + sheet.encode() + end}


HEADINGS = HEAD.strip().split(",")


@hostile("列名.xlsx", "20 行，每行 15,000 个列名")
def xlsx_headings(path: Path) -> None:
    xlsx(path, [("s", "worksheets/sheet1.xml")], inline([HEADINGS * 2500] * 20))


@hostile("多表头.xlsx", "一张表里 30,000 次表头")
def xlsx_tables(path: Path) -> None:
    xlsx(path, [("s", "worksheets/sheet1.xml")], inline([HEADINGS, ["1"] * 6, []] * 30_000))


@hostile("数字.xlsx", "隔开的数字，每格三万字")
def xlsx_digits(path: Path) -> None:
    cells = ["1" * 30_000, "1 " * 15_000, "2-" * 15_000, "3." * 15_000, "9" * 30_000, "4," * 15_000]
    xlsx(path, [("s", "worksheets/sheet1.xml")], inline([HEADINGS, *[cells] * 40]))


def run(make: Maker, name: str, folder: Path) -> tuple[int, float, float, str]:
    """Exit code, seconds of processor time, peak MB, and what was said of the file."""
    path = folder / name
    # By another process: a new one counts the memory of its parent as its own.
    subprocess.run([sys.executable, __file__, "--make", make.__name__, path], check=True)
    command = [sys.executable, "-m", "jiandang", "check", str(path), "--as-of", "2016-03-29"]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([*command, "--format", "json"], stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        output.seek(0)
        errors.seek(0)
        report, traceback = output.read(), b"Traceback" in errors.read()
    path.unlink()
    seconds = usage.ru_utime + usage.ru_stime
    said = "TRACEBACK" if traceback else said_in(json.loads(report))
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024, said


def said_in(report: dict[str, Any]) -> str:
    """Why the file was not read, in the first sentence of it; else how much was found in it."""
    error = report["files"][0]["error"]
    if error is None:
        counts = report["summary"]["counts"]
        return "错误 {error}、警告 {warning}、疑点 {suspect}、提示 {info}".format_map(counts)
    first = error["message"].partition("。")[0]
    return f"{first[:60]}…" if len(first) > 60 else f"{first}。"


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--make"]:
        MAKERS[sys.argv[2]][2](Path(sys.argv[3]))
        return
    if sys.argv[1:2] in (["--help"], ["-h"]):
        print(__doc__)
        return
    wanted = tuple(sys.argv[1:]) or ("",)
    print("| 文件 | 内容 | 退出码 | 秒 | MB | 结果 |\n| --- | --- | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for key, (name, what, make) in MAKERS.items():
            if key.startswith(wanted):
                code, seconds, memory, said = run(make, name, Path(folder))
                print(f"| {name} | {what} | {code} | {seconds:.1f} | {memory:.0f} | {said} |",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
