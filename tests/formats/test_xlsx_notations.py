"""Sheets as different programs write them, read as calamine and openpyxl read them."""

import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jiandang.formats.container import Container
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.formats.spreadsheet import translated
from jiandang.formats.xlsx.reading import NOT_COMPUTED, XlsxSheets, read_xlsx
from jiandang.formats.xlsx.workbook import read_workbook_part
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue, Raw

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)),
    st.dates(date(1950, 1, 1), date(2050, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2050, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.sampled_from(
        ["张三", "320322198001011234", " 两边 ", "两\n行", "<&>\"'", "_x0041_", '他说"5"']
    ),
    st.text("甲乙丙12 \"'&<>/=", max_size=6),
)
TABLES = st.lists(st.lists(VALUES, max_size=7), min_size=1, max_size=25)


def calamine(data: bytes) -> list[list[Raw]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return trimmed(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def trimmed(rows: Any) -> list[list[Raw]]:
    """The rows without blank ones at the end, and without blank cells at theirs."""
    kept = [list(row) for row in rows]
    for row in kept:
        while row and row[-1] in ("", None):
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


def own(data: bytes) -> list[list[Raw]]:
    (grid,) = read_xlsx(Container(data), [])
    return trimmed(grid.rows)


def by_openpyxl(table: list[list[Any]], write_only: bool) -> bytes:
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("成员", 0)
    for row in table:
        sheet.append([clean(value) for value in row])
    for other in book.worksheets[1:]:
        book.remove(other)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_xlsxwriter(table: list[list[Any]], in_memory: bool) -> bytes:
    target = io.BytesIO()
    options = {"constant_memory": not in_memory, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd", **options})
    bold = book.add_format({"border": 1})
    sheet = book.add_worksheet("成员")
    for r, row in enumerate(table):
        for c, value in enumerate(row):
            if value is None:
                sheet.write_blank(r, c, None, bold)
            else:
                sheet.write(r, c, clean(value))
    book.close()
    return target.getvalue()


def clean(value: Any) -> Any:
    """Texts that openpyxl would take for formulas are no matter here."""
    return f"甲{value}" if isinstance(value, str) and value.startswith("=") else value


WRITERS = st.sampled_from([(w, f) for w in (by_openpyxl, by_xlsxwriter) for f in (False, True)])


@given(TABLES, WRITERS)
def test_what_libraries_write_is_read_as_calamine_reads_it(
    table: list[list[Any]], writer: tuple[Callable[..., bytes], bool]
) -> None:
    data = writer[0](table, writer[1])
    # repr tells 1.0 from True.
    assert repr(own(data)) == repr(calamine(data))


# -- sheets by hand ---------------------------------------------------------------------------

CELLS = [
    ('t="s"', "<v>0</v>", "张三"),
    ('t="s" s="1"', "<v>1</v>", " 乙 "),
    ("", "<v>12.5</v>", 12.5),
    ('s="1"', "<v>42370</v>", date(2016, 1, 1)),
    ('t="b"', "<v>1</v>", True),
    ('t="str"', '<f>"甲"&amp;A1</f><v>公式 &amp; "5"</v>', '公式 & "5"'),
    ('t="inlineStr"', '<is><t xml:space="preserve"> 内联 </t></is>', " 内联 "),
    ('t="e"', "<v>#N/A</v>", ErrorValue("#N/A")),
    ("", "<f>1+1</f>", NOT_COMPUTED),
    ('s="1"', "", ""),
]
ODDITIES = [
    "quotes", "blanks", "prefix", "cell prefix", "comment", "instruction", "cdata", "order",
    "no addresses", "attributes", "tag ends", "lines",
]  # fmt: skip
SHEETS = st.dictionaries(
    st.integers(1, 60),
    st.dictionaries(st.integers(0, 40), st.sampled_from(CELLS), max_size=6),
    min_size=1,
    max_size=12,
)


def sheet_xml(rows: dict[int, dict[int, tuple[str, str, Raw]]], odd: set[str]) -> str:
    """The rows in a notation with these oddities."""
    xml = "".join(row_xml(number, rows[number], odd) for number in sorted(rows))
    after = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'
    if "blanks" in odd:
        after = '<mergeCells ><mergeCell  ref = "B2:C3" /></mergeCells >'
    if "cdata" in odd:
        xml = xml.replace("<v>12.5</v>", "<v><![CDATA[12.5]]></v>")
    xml = f'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>{xml}</sheetData>{after}'
    if "quotes" in odd:
        xml = xml.replace('"甲"', "&quot;甲&quot;").replace('amp; "5"', "amp; &quot;5&quot;")
        xml = xml.replace('"', "'")
    name = f'worksheet xmlns="{MAIN}"'
    if "prefix" in odd:
        names = "row|c|v|f|is|t|cols|col|sheetData|mergeCells|mergeCell"
        for tag in names.split("|"):
            for end in (" ", ">", "/>"):
                xml = xml.replace(f"<{tag}{end}", f"<x:{tag}{end}")
            xml = xml.replace(f"</{tag}>", f"</x:{tag}>").replace(f"</{tag} >", f"</x:{tag} >")
        return f'<x:worksheet xmlns:x="{MAIN}">{xml}</x:worksheet>'
    if "cell prefix" in odd:
        name += f' xmlns:x="{MAIN}"'
        for start in ("<c ", "<c>", "<c/>", "</c>", "</c >"):
            xml = xml.replace(start, start.replace("c", "x:c"))
    return f"<{name}>{xml}</worksheet>"


def row_xml(number: int, cells: dict[int, tuple[str, str, Raw]], odd: set[str]) -> str:
    between = "\n  " if "lines" in odd else ""
    if "comment" in odd:
        between += '<!-- <c r="Z9"><v>9</v></c> -->'
    if "instruction" in odd:
        between += '<?foo <c r="Z9"><v>9</v></c>?>'
    xml = []
    columns = range(max(cells, default=-1) + 1) if "no addresses" in odd else sorted(cells)
    for column in columns:
        attributes, inner, _ = cells.get(column, ("", "", ""))
        address = f'r="{cell_address(number - 1, column)}"'
        parts = [part for part in (address, attributes) if part]
        if "no addresses" in odd:
            parts.remove(address)
        if "order" in odd:
            parts.reverse()
        if "attributes" in odd:
            parts.append('ph="0" foo="1"')
        tag = " ".join(["c", *parts]) + (" " if "tag ends" in odd else "")
        xml.append(f"<{tag}>{inner}</c>" if inner else f"<{tag}/>")
    end = " " if "tag ends" in odd else ""
    return f'{between}<row r="{number}"{end}>{between}{between.join(xml)}{between}</row{end}>'


def packed(sheet: str, **replaced: str | bytes) -> bytes:
    """A workbook of this one sheet."""
    strings = '<si><t>张三</t></si><si><t xml:space="preserve"> 乙 </t></si>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": links(("w", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="成员" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            ("s", "worksheet", "worksheets/sheet1.xml"),
            ("t", "sharedStrings", "/xl/sharedStrings.xml"),
            ("f", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
        **replaced,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def links(*targets: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def meant(rows: dict[int, dict[int, tuple[str, str, Raw]]]) -> list[list[Raw]]:
    table: list[list[Raw]] = [[""] * 41 for _ in range(60)]
    for number, cells in rows.items():
        for column, (_, _, value) in cells.items():
            table[number - 1][column] = value
    return trimmed(table)


@given(SHEETS, st.sets(st.sampled_from(ODDITIES), max_size=4))
def test_any_notation_is_read_as_it_is_meant(
    rows: dict[int, dict[int, tuple[str, str, Raw]]], odd: set[str]
) -> None:
    (grid,) = read_xlsx(Container(packed(sheet_xml(rows, odd))), [])
    assert repr(trimmed(grid.rows)) == repr(meant(rows))
    assert grid.merged == [(1, 1, 2, 2)]
    assert grid.hidden_columns == {1, 2}


def grid_of(data: bytes) -> Grid:
    (grid,) = read_xlsx(Container(data), [])
    return grid


def one_row(*cells: str) -> str:
    rows = f'<row r="1">{"".join(cells)}</row>'
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


@pytest.mark.parametrize(
    "strings",
    [
        "<si><t>甲</t></si><si/><si><t>乙</t></si>",
        "<si><t>甲</t></si><si /><si><t>乙</t></si>",
        "<si><t>甲</t></si><si></si><si><t>乙</t></si>",
        "<si ><t >甲</t ></si ><si/><si><t>乙</t></si>",
        "<si><t>甲</t></si><!-- <si><t>丙</t></si> --><si/><si><t>乙</t></si>",
        "<si><r><t>甲</t></r></si><si><t/></si><si><t><![CDATA[乙]]></t></si>",
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_shared_strings_in_any_notation(strings: str, prefix: str) -> None:
    xmlns = "xmlns:x" if prefix else "xmlns"
    strings = f'<sst {xmlns}="{MAIN}">{strings}</sst>'
    if prefix:
        for tag in ("sst", "si", "t", "r"):
            strings = strings.replace(f"</{tag}", f"</x:{tag}")
            for end in " >/":
                strings = strings.replace(f"<{tag}{end}", f"<x:{tag}{end}")
    cells = (f'<c r="{"ABC"[n]}1" t="s"><v>{n}</v></c>' for n in range(3))
    data = packed(one_row(*cells), **{"xl/sharedStrings.xml": strings})
    assert grid_of(data).rows == [["甲", "", "乙"]]


def test_parts_lie_in_other_folders_under_other_names() -> None:
    sheet = one_row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" s="1"><v>42370</v></c>')
    usual = packed(sheet)
    moved = {
        "xl/workbook.xml": "book/main.xml",
        "xl/worksheets/sheet1.xml": "data/第一.xml",
        "xl/sharedStrings.xml": "book/texts.xml",
        "xl/styles.xml": "looks.xml",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if not name.endswith(".rels"):
                new.writestr(moved.get(name, name), old.read(name))
        new.writestr("_rels/.rels", links(("w", "officeDocument", "/book/main.xml")))
        relations = links(
            ("s", "worksheet", "../data/第一.xml"),
            ("t", "sharedStrings", "texts.xml"),
            ("f", "styles", "/looks.xml"),
        )
        new.writestr("book/_rels/main.xml.rels", relations)
    assert grid_of(target.getvalue()).rows == grid_of(usual).rows == [["张三", date(2016, 1, 1)]]


def test_opened_by_content_wherever_the_workbook_lies(tmp_path: Path) -> None:
    parts = packed(one_row('<c r="A1"><v>1</v></c>'))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parts)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"xl/workbook.xml", b"xl/book.xml")
            new.writestr(name.replace("workbook.xml", "book.xml"), content)
    (tmp_path / "a.xlsx").write_bytes(target.getvalue())
    (grid,) = open_workbook(tmp_path / "a.xlsx").grids
    assert grid.rows == [[1.0]]


@pytest.mark.parametrize("styles", [range(2, 25), range(100, 130)])
def test_rows_whose_number_is_that_of_a_style(styles: range) -> None:
    """A row is parted at its number, so `s="17"` in row 17 must not part it."""
    rows = "".join(
        f'<row r="{n}" s="{n}" hidden="{n % 2}">'
        + "".join(f'<c r="{c}{n}" s="{n}"><v>{n}</v></c><c r="{c}A{n}" s="{n}"/>' for c in "ABC")
        + f'<c r="DA{n}" t="str" s="{n}"><v>"{n}" A{n}"</v></c></row>'
        for n in styles
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    grid = grid_of(packed(sheet))
    for n in styles:
        assert grid.rows[n - 1][:3] == [float(n)] * 3
        assert grid.rows[n - 1][104] == f'"{n}" A{n}"'
    assert grid.hidden_rows == {n - 1 for n in styles if n % 2}


def test_what_a_false_part_of_a_row_would_hold_is_not_asked() -> None:
    inner = '<is><r><rPr><charset val="1"></charset></rPr><t>丙</t></r></is>'
    assert grid_of(packed(one_row(f'<c r="A1" t="inlineStr">{inner}</c>'))).rows == [["丙"]]


# Each is refused, or each of its cells is right: no cell gets the value of its neighbour.
BROKEN = [
    '<c r="A1"$s="5"><v>1</v></c>',
    '<c r="A1" s="5><v>1</v></c>',
    '<c r="A1"><v>1</v></c><c r="B1"><v>2</v>',
    '<c r="A1"><v>1</w></c>',
    '<c r="A1"><v>1</c>',
    '<c r="A1"><v>1</v></c></c>',
    '<c r="A1"><c r="Z9"><v>1</v></c></c>',
    '<c r="A1" r="B2"><v>1</v></c>',
    '<c r="A1"><v>1</v><v>2</v></c>',
    '<c r="A1" t="inlineStr"><is><t>1</t></is></c><d/>',
    '<c r="A1"><v>&foo;</v></c>',
    '<c r="A1"><v a="<">1</v></c>',
    '<c r="A1" s="1"/ ><c r="B1"><v>1</v></c>',
]


@pytest.mark.parametrize("broken", BROKEN)
def test_no_cell_gets_the_value_of_another(broken: str) -> None:
    others = [f'<c r="{cell_address(0, n)}"><v>{n}</v></c>' for n in range(5, 12)]
    data = packed(one_row(broken, *others))
    try:
        row = grid_of(data).rows[0]
    except Unreadable as error:
        assert error.code == "damaged"
    else:
        assert row[5:] == [float(n) for n in range(5, 12)]
        assert row[0] in (1.0, 2.0, "1")


@pytest.mark.parametrize("moved", ["><v>1</v></c><c>", "/><c>", "><v>1</v></c></row><row><c>"])
def test_answers_that_have_moved_are_not_believed(moved: str) -> None:
    """Were a part of what calamine is asked to hold two cells, all others would move."""
    meanings = XlsxSheets(
        container := Container(packed(one_row('<c r="A1"><v>1</v></c>'))),
        read_workbook_part(container),
        [],
    )._meanings
    assert meanings._ask(["><v>1</v>", "><v>2</v>"]) == [1.0, 2.0]
    with pytest.raises(Unreadable), translated():
        meanings._ask([moved, "><v>2</v>", "><v>3</v>"])


# -- damage -----------------------------------------------------------------------------------


def flipped(data: bytes, part: str, bit: int) -> bytes:
    """The file with one bit of a part, stored as it is, turned over."""
    content = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
        assert entry.compress_type == zipfile.ZIP_STORED
        name = len(part.encode())
        extra = int.from_bytes(data[entry.header_offset + 28 : entry.header_offset + 30], "little")
        at = entry.header_offset + 30 + name + extra
        content[at + bit // 8 % entry.file_size] ^= 1 << bit % 8
    return bytes(content)


def stored(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return target.getvalue()


PARTS = [
    "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
    "xl/styles.xml", "xl/worksheets/sheet1.xml",
]  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(PARTS), st.integers(0, 10_000))
def test_a_flipped_bit_is_damage(part: str, bit: int) -> None:
    data = stored(packed(one_row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1"><v>15</v></c>')))
    assert grid_of(data).rows == [["张三", 15.0]]
    with pytest.raises(Unreadable) as caught:
        grid_of(flipped(data, part, bit))
    assert caught.value.code == "damaged"


def test_a_flipped_bit_in_a_digit_is_damage_packed_or_not() -> None:
    data = packed(one_row('<c r="A1"><v>12345</v></c>'))
    sheet = one_row('<c r="A1"><v>12344</v></c>').encode()
    checksum = zlib.crc32(one_row('<c r="A1"><v>12345</v></c>').encode()).to_bytes(4, "little")
    assert data.count(checksum) == 2
    other = packed(sheet.decode())
    with pytest.raises(Unreadable, match="校验码"):
        grid_of(other.replace(zlib.crc32(sheet).to_bytes(4, "little"), checksum))


def test_parts_that_are_not_needed_are_not_looked_at() -> None:
    data = stored(packed(one_row('<c r="A1"><v>1</v></c>'), **{"xl/theme.xml": "<theme/>"}))
    assert grid_of(flipped(data, "xl/theme.xml", 9)).rows == [[1.0]]


@settings(max_examples=60)
@given(st.integers(1, 400), st.sampled_from(["", "<!-- -->"]))
def test_a_cut_off_sheet_is_not_taken_for_a_short_one(cut: int, oddity: str) -> None:
    cells = (f'<c r="{c}1" t="inlineStr"><is><t>{c}</t></is></c>' for c in "ABCDEFGH")
    sheet = one_row(oddity, *cells)
    with pytest.raises(Unreadable) as caught:
        grid_of(packed(sheet[: -min(cut, len(sheet) - 1)]))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("count", [16_384, 16_385])
def test_cells_without_addresses_as_many_as_there_are_columns(count: int) -> None:
    data = packed(one_row(*["<c t='inlineStr'><is><t>姓名&amp;</t></is></c>"] * count))
    if count > 16_384:
        with pytest.raises(Unreadable, match="一行的单元格比列还多"):
            grid_of(data)
        return
    assert set(grid_of(data).rows[0]) == {"姓名&"}
    assert len(grid_of(data).rows[0]) == count
