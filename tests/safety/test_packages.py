"""Workbooks that are signed, shared or damaged in their lists are read and copied with marks."""

import io
import zipfile
from datetime import date
from pathlib import Path
from struct import pack, unpack_from

import pytest
import xlwt

import jiandang
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.formats.xlsx.writing_book import free_sheet_name
from jiandang.reporters.marked import write_marked_copies

from .register import HEAD, ROWS, write_all

NEW_TABLE = "内容相同的新表"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(folder: Path) -> Path:
    """The small register as .xlsx."""
    return write_all(folder)[0]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_inner(xml: bytes, inner: str) -> bytes:
    """The element with one more at its end."""
    at = xml.rindex(b"</")
    return xml[:at] + inner.encode() + xml[at:]


def marked(source: Path) -> tuple[Path, str]:
    """The marked copy, and what its first sheet says."""
    policy = jiandang.load_policy("xuzhou-2016")
    report = jiandang.check(jiandang.load([source]), policy, as_of=date(2016, 3, 29))
    assert report.files[0].error is None
    target = source.with_name("copy.xlsx")
    write_marked_copies(report, target=target)
    first = next(open_workbook(target).grids)
    assert first.name == "检查结果"
    return target, "".join(str(cell) for row in first.rows for cell in row)


def sheets_of(path: Path) -> list[str]:
    return [grid.name for grid in open_workbook(path).grids]


# What it is called, the part with the link to it, the link's type, and its parts.
UNFIT = {
    "数字签名": (
        "_rels/.rels",
        f"{PACKAGE}/digital-signature/origin",
        ["_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"],
    ),
    "共享工作簿的修订记录": (
        "xl/_rels/workbook.xml.rels",
        f"{OFFICE}/revisionHeaders",
        ["xl/revisions/revisionHeaders.xml", "xl/revisions/userNames.xml"],
    ),
}


@pytest.mark.parametrize("what", UNFIT)
def test_copies_are_neither_signed_nor_shared(tmp_path: Path, what: str) -> None:
    source = workbook(tmp_path)
    links, kind, own = UNFIT[what]
    parts = parts_of(source)
    link = f'<Relationship Id="rIdX" Type="{kind}" Target="/{own[0]}"/>'
    parts[links] = with_inner(parts[links], link)
    declared = "".join(f'<Override PartName="/{n}" ContentType="application/x"/>' for n in own)
    parts["[Content_Types].xml"] = with_inner(parts["[Content_Types].xml"], declared)
    zipped(source, parts | dict.fromkeys(own, b"<x/>"))
    copy, said = marked(source)
    after = parts_of(copy)
    assert f"原表的{what}没有带到这份副本" in said and NEW_TABLE not in said
    assert not set(own) & set(after)
    assert kind.encode() not in after[links]
    assert all(name.encode() not in after["[Content_Types].xml"] for name in own)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('activeTab="0"', 'activeTab="-5"'),
        ('activeTab="0"', 'activeTab="99999999999999999999"'),
        ('activeTab="0"', 'activeTab="二"'),
        ('sheetId="1"', 'sheetId="x"'),
        ('sheetId="1"', ""),
    ],
)
def test_what_a_damaged_list_of_sheets_says_stops_nothing(
    tmp_path: Path, old: str, new: str
) -> None:
    source = workbook(tmp_path)
    parts = parts_of(source)
    xml = parts["xl/workbook.xml"].decode()
    assert old in xml
    zipped(source, parts | {"xl/workbook.xml": xml.replace(old, new).encode()})
    copy, said = marked(source)
    assert NEW_TABLE not in said
    assert sheets_of(copy) == ["检查结果", "问题清单", "Sheet"]


@pytest.mark.parametrize("name", ["长" * 31, "𠮷" * 15 + "a", "a" * 31])
def test_names_of_31_characters_stay_as_they_are(tmp_path: Path, name: str) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for r, row in enumerate([HEAD, *ROWS]):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    source = tmp_path / "a.xls"
    book.save(str(source))
    copy, said = marked(source)
    assert NEW_TABLE in said
    assert sheets_of(copy)[2:] == [name]


def test_names_are_cut_where_excel_would_not_take_them() -> None:
    assert free_sheet_name("长" * 31, ["长" * 31]) == "长" * 27 + " (2)"
    # Excel counts UTF-16 units, and half a character is none.
    assert free_sheet_name("𠮷" * 16, []) == "𠮷" * 15
    assert free_sheet_name("A", ["a", "A (2)"]) == "A (3)"


def as_zip64(data: bytes, size: int | None = None) -> bytes:
    """The same zip with the end that zip64 has; `size` of the directory is said, if not the own."""
    end = data.rindex(b"PK\x05\x06")
    count, own, offset = unpack_from("<HII", data, end + 10)
    record = pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size or own, offset
    )
    locator = pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    last = pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:end] + record + locator + last


def test_a_right_zip64_end_is_no_bomb(tmp_path: Path) -> None:
    source = workbook(tmp_path)
    data = source.read_bytes()
    source.write_bytes(as_zip64(data))
    assert NEW_TABLE not in marked(source)[1]
    source.write_bytes(as_zip64(data, 1 << 40))
    with pytest.raises(Unreadable) as caught:
        open_workbook(source)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "local", [b"XL/worksheets/sheet1.xml", b"xl\\worksheets\\sheet1.xml", b"x" * 24]
)
def test_a_local_name_that_differs(tmp_path: Path, local: bytes) -> None:
    source = workbook(tmp_path)
    source.write_bytes(source.read_bytes().replace(b"xl/worksheets/sheet1.xml", local, 1))
    assert NEW_TABLE not in marked(source)[1]


def test_the_same_list_is_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the time at which it is written."""
    marked(workbook(tmp_path))
    for info in zipfile.ZipFile(io.BytesIO((tmp_path / "copy.xlsx").read_bytes())).infolist():
        if "jiandang" in info.filename:
            assert info.date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("before", [b"<sheetData", b"</worksheet>"])
def test_elements_within_each_other_are_bounded(tmp_path: Path, before: bytes) -> None:
    """The parser keeps all that are open: nine million, 31 KB of a package, took 2.5 GB."""
    source = workbook(tmp_path)
    parts = parts_of(source)
    (name,) = (name for name in parts if name.endswith("sheet1.xml"))
    parts[name] = parts[name].replace(before, b"<x>" * 2000 + before, 1)
    with pytest.raises(Unreadable, match="标记套得过深"):
        [*open_workbook(zipped(tmp_path / "层.xlsx", parts), None, None).grids]
    parts[name] = parts[name].replace(b"<x>" * 2000, b"<x>" * 20 + b"</x>" * 20)
    assert [*open_workbook(zipped(tmp_path / "层.xlsx", parts), None, None).grids]
