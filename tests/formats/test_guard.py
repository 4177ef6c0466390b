"""What the guard finds in OOXML sheets, and what it keeps from calamine."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jiandang.formats import container
from jiandang.formats.container import Container
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.matrix import CellMatrix
from jiandang.formats.opening import open_workbook
from jiandang.formats.xlsx import reading as xlsx
from jiandang.formats.xlsx.canonical import canonical
from jiandang.formats.xlsx.reading import NOT_COMPUTED, read_xlsx
from jiandang.formats.xlsx.reading_cells import SheetCells, cells_of
from jiandang.formats.xlsx.sheet_xml import SheetXml
from jiandang.register.address import column_letters, column_number
from jiandang.register.cells import ErrorValue, Raw

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(sheet: str | bytes, **replaced: bytes) -> dict[str, bytes]:
    """The parts of a workbook with this sheet."""
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].title = "成员"
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0]["A2"].number_format = "yyyy-mm-dd"  # style 1 is that of a date
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if isinstance(sheet, str):
        sheet = sheet.encode()
    return parts | {"xl/worksheets/sheet1.xml": sheet, **replaced}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def write(path: Path, sheet: str | bytes) -> Path:
    path.write_bytes(zipped(workbook(sheet)))
    return path


def read(path: Path, rows: str, before: str = "", after: str = "") -> Grid:
    sheet = f"<worksheet {NS}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    (grid,) = open_workbook(write(path / "a.xlsx", sheet)).grids
    return grid


def row(number: int, *cells: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def cell(address: str, value: object = 1) -> str:
    return f'<c r="{address}"><v>{value}</v></c>'


@given(st.integers(1, 16_384))
def test_column_letters(number: int) -> None:
    assert column_number(column_letters(number)) == number


def test_errors_are_put_into_their_cells(tmp_path: Path) -> None:
    rows = row(1, cell("A1"), '<c r="B1" s="1" t="e"><v>#N/A</v></c>') + row(
        3, '<c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', cell("B3", 2)
    )
    grid = read(tmp_path, rows)
    assert grid.rows == [[1.0, "#N/A"], ["", ""], ["#DIV/0!", 2.0]]
    assert isinstance(grid.rows[0][1], ErrorValue)
    assert isinstance(grid.rows[2][0], ErrorValue)


def test_errors_that_calamine_does_not_know(tmp_path: Path) -> None:
    grid = read(tmp_path, row(1, cell("A1"), '<c r="B1" t="e"><f>X()</f><v>#SPILL!</v></c>'))
    assert grid.rows == [[1.0, "#SPILL!"]]


def test_formulas_without_a_value(tmp_path: Path) -> None:
    without = (
        '<c r="A1"><f>1+1</f></c>',
        '<c r="B1"><f>1+1</f><v></v></c>',
        '<c r="C1" s="1"><f t="shared" si="0"/><v/></c>',
        '<c r="D1"><f t="shared" si="0"/></c>',
        '<c r="E1"><f>1+1</f><v /></c>',
    )
    with_value = (
        '<c r="F1"><f>1+1</f><v>2</v></c>',
        '<c r="G1" t="str"><f>""</f><v></v></c>',
        '<c r="H1"><f t="shared" si="0"/><v>3</v></c>',
    )
    grid = read(tmp_path, row(1, *without, *with_value))
    assert grid.rows == [[NOT_COMPUTED] * 5 + [2.0, "", 3.0]]
    assert all(isinstance(value, ErrorValue) for value in grid.rows[0][:5])
    # Beyond what calamine reads of the sheet, rows and columns are added.
    grid = read(tmp_path, row(1, cell("A1")) + row(3, '<c r="C3"><f>1+1</f></c>'))
    assert grid.rows == [[1.0, "", ""], ["", "", ""], ["", "", NOT_COMPUTED]]


def test_openpyxl_writes_formulas_without_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["人均纯收入", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    (grid,) = open_workbook(tmp_path / "a.xlsx").grids
    assert grid.rows == [["人均纯收入", NOT_COMPUTED]]


def test_hidden_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number in range(300):
        sheet.write_row(number, 0, [number] * 5)
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.set_row(299, None, None, {"hidden": True})
    sheet.set_column(2, 3, None, None, {"hidden": True})
    book.close()
    (grid,) = open_workbook(path).grids
    assert grid.hidden_rows == {7, 299}
    assert grid.hidden_columns == {2, 3}


def test_other_notations(tmp_path: Path) -> None:
    """Cells and rows without addresses, single quotes, other orders, prefixes, comments."""
    assert read(
        tmp_path,
        "<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row>"
        "<row hidden='1'><c/><c><v>2</v></c></row>"
        "<row r='5'><c><v>3</v></c><c r='E5'><v>4</v></c><c><f>A1</f></c></row>",
    ) == Grid(
        "成员",
        [
            [1.0, "#N/A", "", "", "", ""],
            ["", 2.0, "", "", "", ""],
            [""] * 6,
            [""] * 6,
            [3.0, "", "", "", 4.0, NOT_COMPUTED],
        ],
        hidden_rows=frozenset({1}),
    )
    assert read(tmp_path, "<row r='2'><c s='0' r='B2' t='e'><v>#REF!</v></c></row>").rows == [
        ["", ""],
        ["", "#REF!"],
    ]
    prefixed = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/'
        'spreadsheetml/2006/main"><x:cols><x:col min="1" max="2" hidden="1"/></x:cols><x:sheetData>'
        '<x:row r="2" hidden="true"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c>'
        '<x:c r="C2"><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    )
    (grid,) = open_workbook(write(tmp_path / "a.xlsx", prefixed)).grids
    assert grid.rows == [["", "", ""], ["", "#N/A", NOT_COMPUTED]]
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({1}), frozenset({0, 1}))
    lower = "<!-- <row r='9'><c r='XFD9'><v>1</v></c></row> --><row><c r = 'b1'><v>7</v></c></row>"
    assert read(tmp_path, lower).rows == [["", 7.0]]


def test_what_is_not_sure_is_read_anew(tmp_path: Path) -> None:
    """Numbers that were found before the array operations gave up are not counted twice."""
    rows = row(1, cell("A1", 5), '<c r="B1" t="n"/> ', cell("C1", 6), '<c r="D1" t="n"/>x')
    assert read(tmp_path, rows + row(2, cell("A2", 7))).rows == [[5.0, "", 6.0], [7.0, "", ""]]


def test_stray_cell_is_cut_off_and_named(tmp_path: Path) -> None:
    table = "".join(row(n, cell(f"A{n}"), cell(f"B{n}", n)) for n in range(1, 41))
    stray = row(1_048_576, cell("XFD1048576"))
    sheet = f"<worksheet {NS}><sheetData>{table}{stray}</sheetData></worksheet>"
    book = open_workbook(write(tmp_path / "a.xlsx", sheet))
    (grid,) = book.grids
    assert grid.rows == [[1.0, float(n)] for n in range(1, 41)]
    assert book.remarks == ["工作表“成员”：远离表格的 XFD1048576 有内容，没有检查；如无用请删去。"]


def test_stray_cells_in_a_row_out_of_order_and_without_address(tmp_path: Path) -> None:
    def remark(rows: str) -> str:
        sheet = f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"
        book = open_workbook(write(tmp_path / "a.xlsx", sheet))
        (grid,) = book.grids
        assert len(grid.rows) * len(grid.rows[0]) < 100_000
        return book.remarks[0]

    table = "".join(row(n, cell(f"A{n}"), cell(f"B{n}", n)) for n in range(1, 2001))
    far = row(1_000_000, cell("C1000000"))
    # In front of its row's cells; in a row of another number; in front of the other rows.
    assert "XFD2002" in remark(table + row(2002, cell("XFD2002"), cell("A2002")))
    assert "ZZ1048576" in remark(table + row(2002, cell("A2002"), cell("ZZ1048576")))
    assert "XFD1000000" in remark(far.replace("C1", "XFD1") + table)
    # Errors and shared formulas stay in place while strays are cut off.
    late = row(2001, '<c r="A2001" t="e"><v>#N/A</v></c>', cell("XFD2001"))
    assert "XFD2001" in remark(table + late)


def test_too_wide_sheets_are_refused(tmp_path: Path) -> None:
    every = "".join(row(n * 500, cell(f"A{n * 500}"), cell(f"XFD{n * 500}")) for n in range(1, 300))
    with pytest.raises(Unreadable, match="XFD149500") as caught:
        read(tmp_path, every)
    assert caught.value.code == "too_large"
    # Strays can be cut off in any notation.
    strange = "<row><c><v>1</v></c></row><row><c r='XFD1048576'><v>1</v></c></row>"
    assert read(tmp_path, strange).rows == [[1.0]]


@pytest.mark.parametrize(
    "rows",
    [
        row(1, cell("AAAAAA1")),
        row(1, cell("ZZZ1")),
        row(1, cell("A99999999999")),
        row(1, cell("A9999999")),
        row(1, cell("A0")),
        row(1, cell("1A")),
        "<row r='5000000000'><c><v>1</v></c></row>",
        "<row r='0'><c><v>1</v></c></row>",
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>0</c></row>',
        '<row r="1"><c r="A1" t="unknown"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>' + "<row><c><v>1</v>" * 100_000,
        '<row r="1"><c r="A1"><v>1</v></c></row>' + "<row><c " * 100_000,
        '<row r="1"><c r="A1"><v>1</v></c></row>' + "<!-- " * 200_000,
        '<row r="1"><c r="A1"><v>1</v></c></row>' + "<![CDATA[ " * 200_000,
    ],
)
def test_impossible_cells_are_damage(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Unreadable, match="工作表“成员”") as caught:
        read(tmp_path, rows)
    assert caught.value.code == "damaged"


def test_parts_that_are_looked_at_apart_are_the_same_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Shared strings, plain and styled, and other values; row 2 has the number of a style."""
    row = (
        '<row r="{0}"><c r="A{0}" t="s"><v>{0}</v></c><c r="B{0}" s="2" t="s"><v>1</v></c>'
        '<c r="C{0}"><v>{0}</v></c><c r="D{0}" t="s"><v>-1</v></c></row>'
    )
    pieces = [row.format(number).encode() for number in range(1, 6)]
    places = [(r, c) for r in range(5) for c in range(4)]

    def read() -> dict[tuple[int, int], int | str]:
        found = cells_of(iter(pieces))
        held = found.held[found.codes].tolist()
        told = [number if number >= 0 else found.contents[~number] for number in held]
        return dict(
            zip(zip(found.rows.tolist(), found.columns.tolist(), strict=True), told, strict=True)
        )

    whole = read()
    assert sorted(whole) == places
    assert [whole[1, column] for column in range(4)] == [2, 1, "><v>2</v>", ' t="s"><v>-1</v>']
    monkeypatch.setattr("jiandang.formats.xlsx.reading_cells._PARTS_AT_ONCE", 3)
    assert read() == whole


def test_formats_far_away_are_harmless(tmp_path: Path) -> None:
    rows = row(1, cell("A1"), '<c r="XFD1" s="0"/>', '<c r="C1"></c>') + row(
        1_048_576, '<c r="XFD1048576" s="0"/>'
    )
    assert read(tmp_path, rows).rows == [[1.0]]


def test_a_million_blank_rows_are_left_out(tmp_path: Path) -> None:
    blank = "".join(
        f'<row r="{n}" spans="1:3" s="1" customFormat="1" ht="20" customHeight="1"/>'
        for n in range(3, 1_048_577)
    )
    grid = read(tmp_path, row(1, cell("A1")) + row(2, cell("B2")) + blank)
    assert grid.rows == [[1.0, ""], ["", 1.0]]


def test_all_columns(tmp_path: Path) -> None:
    cells = [cell(f"{column_letters(n)}1", n) for n in range(1, 16_385)]
    grid = read(tmp_path, row(1, *cells) + row(2, cell("XFD2", 5)))
    assert grid.rows[0] == list(map(float, range(1, 16_385)))
    assert grid.rows[1][-1] == 5.0


def test_bounds_hold_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts do not depend on where the chunks are cut."""
    monkeypatch.setattr(container, "_CHUNK", 100)
    monkeypatch.setattr(container, "_STEP", 70)
    monkeypatch.setattr(xlsx, "MAX_CELLS", 5000)
    rows = "".join(
        row(n, cell(f"A{n}"), f'<c r="C{n}" t="e"><v>#N/A</v></c>', f'<c r="D{n}"><f>A1</f></c>')
        for n in range(1, 120)
    )
    stray = row(120, '<c r="A120" hidden="0"><v>1</v></c>', cell("ZZ120"))
    hidden = row(121, cell("A121"), hidden="1")
    grid = read(
        tmp_path, rows + stray + hidden, before='<cols><col min="3" max="3" hidden="1"/></cols>'
    )
    assert grid.rows[:119] == [[1.0, "", "#N/A", NOT_COMPUTED]] * 119
    assert len(grid.rows) == 121
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({120}), frozenset({2}))


# What a cell may hold: its attributes behind the address, and what is inside.
CONTENTS = st.sampled_from(
    [
        *(
            f' s="{style}"><v>{value}</v>'
            for style in (0, 1)
            for value in (0, 7, 42_430, 10**9 - 1)
        ),
        *(f"><v>{value}</v>" for value in ("7.50", "0.05", ".5", "5.", "-3", "1E-5", "1234567890")),
        *(f"><v>{value}</v>" for value in ("320322198001011234", "42430.25", "000", "1.2.3")),
        *(f' t="s"><v>{number}</v>' for number in (0, 1, 2)),
        ' s="1" t="s"><v>1</v>',
        ' t="s" s="1"><v>1</v>',
        ' t="b"><v>1</v>',
        ' t="e"><v>#N/A</v>',
        ' t="str"><f>A1</f><v>甲 &amp; 乙</v>',
        ' t="inlineStr"><is><t>甲&gt;乙</t></is>',
        ' t="inlineStr"><is><r><rPr><charset val="1"/></rPr><t>丙</t></r></is>',
        *(f' t="n"><v>{value}</v>' for value in (7, "12345.67", "1234567.8", 99_999_999)),
        ' s="1" t="n"><v>42430</v>',
        ' s="0"><v>12345.67</v>',
        *(f' s="{style}"><v>7</v>' for style in (65_489, 9_999_999, 4_294_967_295)),
        "><f>SUM(A1:B1)</f><v>12</v>",
        '><f t="shared" si="0"/><v>12.5</v>',
        ' s="1"><f>A1</f><v>42430</v>',
        "><f>A1</f>",
        "><v></v>",
        "><v/>",
        ">",
        *("/", " /", ' s="1"/', ' s="1" /', ' t="n"/', ' s="1" t="n" /'),
    ]
)
ROWS = st.dictionaries(
    st.integers(1, 300),
    st.lists(st.tuples(st.integers(1, 800), CONTENTS), max_size=8, unique_by=lambda c: c[0]),
    min_size=1,
    max_size=40,
)


STRINGS = st.lists(
    st.sampled_from(
        [
            "<t>甲</t>",
            "<t/>",
            "<t> 乙 </t>",
            '<t xml:space="preserve"> 乙 </t>',
            "<t>甲 &amp; 乙&#10;&lt;</t>",
            "<t>_x000D_</t>",
            "<r><t>甲</t></r><r><t>乙</t></r>",
            "<t>东京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh>",
        ]
    ),
    min_size=3,
    max_size=3,
)


def parts_with(
    rows: dict[int, list[tuple[int, str]]], order: list[int], strings: list[str]
) -> dict[str, bytes]:
    def one(row: int, column: int, content: str) -> str:
        end = f"{content}>\n" if content.endswith("/") else f"{content}</c>"
        return f'<c r="{column_letters(column)}{row}"{end}'

    xml = "".join(row(n, *(one(n, column, content) for column, content in rows[n])) for n in order)
    table = "".join(f"<si>{text}</si>" for text in strings)
    return workbook(
        f"<worksheet {NS}><sheetData>{xml}</sheetData></worksheet>",
        **{"xl/sharedStrings.xml": f"<sst {NS}>{table}</sst>".encode()},
    )


@settings(max_examples=40)  # each with dozens of cells
@given(ROWS, STRINGS, st.randoms())
def test_cells_are_read_as_calamine_reads_them(
    rows: dict[int, list[tuple[int, str]]], strings: list[str], random: Random
) -> None:
    """Fast or slow, in any order of the rows: the values are those of the whole sheet's reading."""
    order = list(rows)
    random.shuffle(order)
    data = zipped(parts_with(rows, order, strings))
    (fast,) = read_xlsx(Container(data), [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "cells_of", cells_of_canonical)
        (slow,) = read_xlsx(Container(data), [])
    assert fast == slow
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    values = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    whole = CellMatrix.of([[raw(value) for value in row] for row in values])
    marked = CellMatrix.of([["" if type(c) is ErrorValue else c for c in r] for r in fast.rows])
    # repr tells 1.0 from True.
    assert repr(trimmed(marked)) == repr(trimmed(whole))


def raw(value: Raw | timedelta) -> Raw:
    assert not isinstance(value, timedelta)  # no style of these workbooks is one of durations
    return value


def cells_of_canonical(pieces: Iterator[bytes]) -> SheetCells:
    """The cells of a sheet, whose rows are put into the canonical notation first."""
    sheet = b"<worksheet><sheetData>%s</sheetData></worksheet>" % b"".join(pieces)
    return cells_of(SheetXml(canonical([sheet])).rows())


def trimmed(cells: CellMatrix) -> list[list[Raw]]:
    """The rows without blank ones at the end, and without blank cells at theirs."""
    rows = [list(row) for row in cells]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def blanks(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + packer.flush()


def with_bomb(name: str, packed: bytes, size: int, times: int = 1, checksum: int = 0) -> bytes:
    """A workbook whose part `name` is the packed bytes, `times` in the directory."""
    target = io.BytesIO()
    parts = workbook(f"<worksheet {NS}/>")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in [part for part in parts if part != name] + [name]:
            archive.writestr(part, b"" if part == name else parts[part])
        entry = archive.infolist()[-1]
        count = len(archive.infolist()) - 1
    raw = target.getvalue()
    sizes = struct.pack("<II", len(packed), size)
    local = bytearray(raw[entry.header_offset :][: 30 + len(name)])
    local[8:10], local[18:26] = b"\x08\0", sizes
    first = raw.index(b"PK\x01\x02")
    last, end = raw.rindex(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    central = bytearray(raw[last:end])
    central[10:12], central[16:28] = b"\x08\0", struct.pack("<I", checksum) + sizes
    directory = raw[first:last] + central * times
    body = raw[: entry.header_offset] + local + packed
    numbers = (count + times, count + times, len(directory), len(body))
    return body + directory + b"PK\x05\x06\0\0\0\0" + struct.pack("<HHIIH", *numbers, 0)


def test_texts_in_several_formats_are_read_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*strings: str) -> None:
        data = zipped(parts_with({1: [(1, ' t="s"><v>0</v>')]}, [1], [*strings]))
        list(read_xlsx(Container(data), []))

    monkeypatch.setattr(xlsx, "_MOST_ASKED", 2)
    read("<r><t>王</t></r>", "<t>李</t><!--<si>-->")
    with pytest.raises(Unreadable, match="文件里设了格式的文字超过 2 条"):
        read("<r><t>王</t></r>", "<t>李</t>", "<t>赵</t>")


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(("size", "times"), [(4000 << 20, 1), (4000 << 20, 3), (1000, 1)])
def test_zip_bombs_are_refused(tmp_path: Path, name: str, size: int, times: int) -> None:
    """4 MB that unpack to 4 GB, to 12 GB by overlapping parts, or to more than they say."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_bomb(name, blanks(4000), size, times))
    assert path.stat().st_size < 10 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable, match="炸弹") as caught:
        list(open_workbook(path).grids)
    assert caught.value.code == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10


def test_bytes_behind_the_end_of_a_part_are_left(tmp_path: Path) -> None:
    """zlib would hand them back for ever, once it has handed anything back."""
    cells = f"<sheetData>{row(1, cell('A1'))}</sheetData></worksheet>".encode()
    sheet = f"<worksheet {NS}>".encode().ljust(container._CHUNK) + cells
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(sheet) + packer.flush() + b"rest" * 100
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        with_bomb("xl/worksheets/sheet1.xml", packed, len(sheet), checksum=zlib.crc32(sheet))
    )
    (grid,) = open_workbook(path).grids
    assert grid.rows == [[1.0]]


def test_many_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(container.MAX_ENTRIES + 1):
            archive.writestr(str(number), b"")
    with pytest.raises(Unreadable, match="部件过多"):
        open_workbook(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    parts = workbook(f"<worksheet {NS}/>")
    declaration = b'<!DOCTYPE a [<!ENTITY b "ha">]>'
    parts[part] = declaration + parts[part].removeprefix(b'<?xml version="1.0"?>')
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(Unreadable, match="DTD"):
        list(open_workbook(tmp_path / "a.xlsx").grids)


@pytest.mark.parametrize(
    "before", [b"", b"\xef\xbb\xbf", b'<?xml version="1.0"?>\n', b"<!-- <a> -->\n<?b <c> ?>"]
)
def test_a_declaration_of_entities_stands_before_the_first_element(before: bytes) -> None:
    with pytest.raises(Unreadable, match="DTD"):
        container.refuse_entities(before + b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>')
    container.refuse_entities(before + b"<a><![CDATA[<!DOCTYPE a>]]></a>")
    container.refuse_entities(before + b"<!-- <!DOCTYPE a> --><a/>")
