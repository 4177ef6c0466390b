"""The extent, errors and hidden parts of .xls, .xlsb and .ods."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlwt

from generators.xlsb import package, record, text
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.register.cells import ErrorValue


def only_grid(path: Path) -> Grid:
    (grid,) = open_workbook(path).grids
    return grid


def xls(path: Path, *cells: tuple[int, int, object]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("成员")
    for row, column, value in cells:
        if isinstance(value, int):
            sheet.row(row).set_cell_error(column, value)
        else:
            sheet.write(row, column, value)
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    book.save(str(path))
    return path


def test_xls_errors_and_hidden_parts(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", (0, 0, "x"), (0, 1, 0x2A), (2, 3, 0x17), (3, 0, 5.5))
    grid = only_grid(path)
    assert grid.rows == [
        ["x", "#N/A", "", ""],
        ["", "", "", ""],
        ["", "", "", "#REF!"],
        [5.5, "", "", ""],
    ]
    assert isinstance(grid.rows[2][3], ErrorValue)
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({1}), frozenset({2}))


def test_xls_stray_cell_is_cut_off(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", (0, 0, "x"), (1, 1, "y"), (65_535, 255, "远"))
    book = open_workbook(path)
    (grid,) = book.grids
    assert grid.rows == [["x", ""], ["", "y"]]
    assert "IV65536" in book.remarks[0]


def test_xls_with_an_impossible_column(tmp_path: Path) -> None:
    """calamine would allocate 137 GB and abort."""
    path = xls(tmp_path / "a.xls", (0, 0, "x"), (65_535, 255, 5.5))
    number = struct.pack("<HHHH", 0x27E, 10, 65_535, 255)  # an RK record
    assert path.read_bytes().count(number) == 1
    impossible = struct.pack("<HHHH", 0x27E, 10, 65_535, 65_000)
    path.write_bytes(path.read_bytes().replace(number, impossible))
    book = open_workbook(path)
    (grid,) = book.grids
    assert grid.rows == [["x"]]
    assert "CRDA65536" in book.remarks[0]


def xlsb(path: Path, cells: dict[int, dict[int, object]], hidden: int = -1) -> Path:
    sheet = record(129) + record(148, bytes(16)) + record(145)
    for row, values in cells.items():
        flags = 0x10 if row == hidden else 0
        sheet += record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))
        for column, value in values.items():
            head = struct.pack("<II", column, 0)
            if value is None:
                sheet += record(1, head)
            elif value == "#N/A":
                sheet += record(3, head + b"\x2a")
            elif isinstance(value, float):
                sheet += record(5, head + struct.pack("<d", value))
            else:
                sheet += record(6, head + text(str(value)))
    sheet += record(146) + record(177) + record(176, struct.pack("<IIII", 0, 2, 0, 1)) + record(178)
    path.write_bytes(package("成员", sheet + record(130)))
    return path


def test_xlsb(tmp_path: Path) -> None:
    cells: dict[int, dict[int, object]] = {
        0: {0: "姓名", 1: 5.5, 2: "#N/A"},
        3: {1: "x" * 80, 900: None},
    }
    grid = only_grid(xlsb(tmp_path / "a.xlsb", cells, hidden=3))
    assert grid.name == "成员"
    assert grid.rows == [["姓名", 5.5, "#N/A"], [""] * 3, [""] * 3, ["", "x" * 80, ""]]
    assert isinstance(grid.rows[0][2], ErrorValue)
    assert grid.hidden_rows == {3}
    assert grid.merged == [(0, 0, 2, 1)]
    book = open_workbook(xlsb(tmp_path / "a.xls", {0: {0: "x"}}))
    assert "扩展名是 .xls" in book.remarks[0]


def test_xlsb_stray_cells(tmp_path: Path) -> None:
    book = open_workbook(xlsb(tmp_path / "a.xlsb", {0: {0: "x"}, 900: {16_000: "y"}}))
    (grid,) = book.grids
    assert grid.rows == [["x"]]
    assert "901" in book.remarks[0]
    for row, column in ((1_048_575, 16_383), (5, 4_000_000_000), (4_000_000_000, 5)):
        with pytest.raises(Unreadable) as caught:
            only_grid(xlsb(tmp_path / "a.xlsb", {0: {0: "x"}, row: {column: "y"}}))
        assert caught.value.code == "too_large"


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(path: Path, table: str, declaration: str = "", manifest: str = "") -> Path:
    content = (
        f'<?xml version="1.0"?>{declaration}<office:document-content {NAMES} xmlns:calcext="urn:'
        'org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="成员">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'
            f'"><manifest:file-entry manifest:full-path="content.xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
        archive.writestr("content.xml", content)
    return path


def ods_cell(value: str, more: str = "") -> str:
    cell = f'table:table-cell office:value-type="string" {more}'
    return f"<{cell}><text:p>{value}</text:p></table:table-cell>"


BLANK = '<table:table-cell table:number-columns-repeated="16380"/>'


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_ods(tmp_path: Path) -> None:
    error = 'table:formula="of:=NA()" calcext:value-type="error"'
    spanned = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    table = (
        columns
        + ods_row(ods_cell("甲", spanned), "<table:covered-table-cell/>", ods_cell("乙"), BLANK)
        + ods_row(
            '<table:covered-table-cell table:number-columns-repeated="2"/>', ods_cell("#N/A", error)
        )
        + ods_row(BLANK, more='table:number-rows-repeated="3"')
        + ods_row(ods_cell("丙"), more='table:visibility="filter"')
        + ods_row(BLANK, more='table:number-rows-repeated="1048570"')
    )
    grid = only_grid(ods(tmp_path / "a.ods", table))
    assert grid.rows[:2] == [["甲", "", "乙"], ["", "", "#N/A"]]
    assert isinstance(grid.rows[1][2], ErrorValue)
    assert grid.rows[5] == ["丙", "", ""]
    assert len(grid.rows) == 6
    assert grid.merged == [(0, 0, 1, 1)]
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({5}), frozenset({2}))


def test_ods_that_would_exhaust_the_memory(tmp_path: Path) -> None:
    repeated = 'table:number-columns-repeated="16384"'
    table = ods_row(ods_cell("x", repeated), more='table:number-rows-repeated="1048576"')
    with pytest.raises(Unreadable) as caught:
        only_grid(ods(tmp_path / "a.ods", table))
    assert caught.value.code == "too_large"
    far = (
        ods_row(ods_cell("x"))
        + ods_row(more='table:number-rows-repeated="900000"')
        + ods_row(BLANK, ods_cell("y"))
    )
    book = open_workbook(ods(tmp_path / "a.ods", far))
    (grid,) = book.grids
    assert grid.rows == [["x"]] and "XFA900002" in book.remarks[0]


@pytest.mark.parametrize(
    "before",
    [
        ods_row(more='table:number-rows-repeated="1000000"') * 200,
        ods_row(more='table:number-rows-repeated="1048576"') * 3000,
    ],
)
def test_an_ods_with_more_rows_than_any_program_has(tmp_path: Path, before: str) -> None:
    """A few kilobytes: to count the cells of 200 million rows took 1.6 GB."""
    with pytest.raises(Unreadable) as caught:
        only_grid(ods(tmp_path / "a.ods", before + ods_row(ods_cell("x"))))
    assert caught.value.code == "too_large"
    wide = ods_row(ods_cell("", 'table:number-columns-repeated="1048576"') * 3000, ods_cell("x"))
    with pytest.raises(Unreadable) as caught:
        only_grid(ods(tmp_path / "b.ods", wide))
    assert caught.value.code == "too_large"


def test_ods_with_entities_or_a_password(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="DTD"):
        only_grid(ods(tmp_path / "a.ods", "", '<!DOCTYPE a [<!ENTITY b "c">]>'))
    with pytest.raises(Unreadable) as caught:
        only_grid(ods(tmp_path / "a.ods", "", manifest="<manifest:encryption-data/>"))
    assert caught.value.code == "password"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<a><b>")
    (tmp_path / "b.ods").write_bytes(target.getvalue())
    with pytest.raises(Unreadable) as caught:
        only_grid(tmp_path / "b.ods")
    assert caught.value.code == "damaged"


def with_wrong_checksum(path: Path, part: str) -> Path:
    """The file whose directory says another checksum of a part, as if a bit of it had flipped."""
    with zipfile.ZipFile(path) as archive:
        checksum = archive.getinfo(part).CRC
    old, new = checksum.to_bytes(4, "little"), (checksum ^ 16).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


@pytest.mark.parametrize(
    "part", ["xl/_rels/workbook.bin.rels", "xl/workbook.bin", "xl/worksheets/sheet1.bin"]
)
def test_a_flipped_bit_in_an_xlsb_is_damage(tmp_path: Path, part: str) -> None:
    path = xlsb(tmp_path / "a.xlsb", {0: {0: "x"}})
    with pytest.raises(Unreadable, match="校验码") as caught:
        only_grid(with_wrong_checksum(path, part))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("part", ["styles.bin", "sharedStrings.bin"])
def test_a_flipped_bit_in_what_only_calamine_reads_is_damage(tmp_path: Path, part: str) -> None:
    path = xlsb(tmp_path / "a.xlsb", {0: {0: "x"}})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    link = b'<Relationship Id="r9" Type="%s%s" Target="%s"/></Relationships>'
    link %= (office, part.removesuffix(".bin").encode(), part.encode())
    relations = "xl/_rels/workbook.bin.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", link)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(f"xl/{part}", b"anything")
    with pytest.raises(Unreadable, match="校验码"):
        only_grid(with_wrong_checksum(path, f"xl/{part}"))


@pytest.mark.parametrize("part", ["content.xml", "META-INF/manifest.xml"])
def test_a_flipped_bit_in_an_ods_is_damage(tmp_path: Path, part: str) -> None:
    path = ods(tmp_path / "a.ods", "<table:table-row/>")
    with pytest.raises(Unreadable, match="校验码") as caught:
        only_grid(with_wrong_checksum(path, part))
    assert caught.value.code == "damaged"
