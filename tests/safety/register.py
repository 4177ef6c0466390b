"""A small register in every format, for tests that damage it."""

import csv
import io
from pathlib import Path

import openpyxl
import xlwt

HEAD = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族"]
ROWS = [
    [f"320324101001{n:03}", f"张三{n}", "男", f"32032419800101{n:04}", "户主", "汉族"]
    for n in range(1, 31)
]


def csv_text(rows: list[list[str]] = ROWS) -> str:
    """The register as CSV."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([HEAD, *rows])
    return target.getvalue()


def html_text() -> str:
    """The register as a page."""
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEAD, *ROWS]
    )
    return f"<html><meta charset=utf-8><table>{cells}</table></html>"


def xml_text() -> str:
    """The register in the XML of Excel 2003."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in [HEAD, *ROWS]
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="成员"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def write_all(folder: Path) -> list[Path]:
    """The register in each format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    old = xlwt.Workbook()
    old_sheet = old.add_sheet("成员")
    for r, row in enumerate([HEAD, *ROWS]):
        sheet.append(row)
        for c, cell in enumerate(row):
            old_sheet.write(r, c, cell)
    paths = [folder / f"a.{ending}" for ending in ("xlsx", "xls", "csv", "html", "xml")]
    book.save(paths[0])
    old.save(str(paths[1]))
    for path, text in zip(paths[2:], (csv_text(), html_text(), xml_text()), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
