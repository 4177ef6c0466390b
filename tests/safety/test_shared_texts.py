"""A few bytes that stand for gigabytes, or for hours: texts that many cells share, far places."""

import struct
from itertools import chain
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hostile_files import (
    ods,
    ods_cell,
    ods_row,
    xls,
    xls_record,
    xls_stream,
    xls_strings,
    xlsb,
    xlsb_record,
    xlsb_text,
)

from jiandang.formats.grid import MAX_COLUMNS, Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.policy import load_policy
from jiandang.run.load import Reading
from jiandang.run.processes import Workers

from .register import HEAD, ROWS

BLANK = b"<table:table-cell/>"


def grids_of(path: Path) -> list[Grid]:
    return list(open_workbook(path).grids)


def table(rows: bytes) -> bytes:
    return b'<table:table table:name="a">' + rows + b"</table:table>"


def test_an_ods_is_no_larger_than_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    row = ods_row(ods_cell(b"x", 11))
    ods(path, table(row + ods_row(BLANK, 1_048_574) + row))
    (grid,) = grids_of(path)
    assert grid.cells.codes.shape == (1_048_576, 11) and grid.rows[-1] == ["x"] * 11
    ods(path, table(ods_row(ods_cell(b"x" * 30_000, 16_000), 700)))
    (grid,) = grids_of(path)
    assert len(grid.cells.values) == 2 and grid.rows[699][15_999] == "x" * 30_000


def test_blanks_that_an_ods_counts_are_cut_where_no_cell_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    ods(path, table(ods_row(ods_cell(b'a<text:s text:c="2000000000"/>b'))))
    (grid,) = grids_of(path)
    assert grid.rows == [["a" + " " * 32_766]]


def test_what_an_ods_cell_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    note = b"<office:annotation><text:p>note</text:p></office:annotation>"
    cells = (
        b'<table:table-cell office:value-type="%s" office:%s="%s"><text:p>shown</text:p>'
        b"</table:table-cell>"
    )
    values = [
        cells % each
        for each in (
            (b"float", b"value", b"5"), (b"percentage", b"value", b"0.5"),
            (b"float", b"value", b"x"), (b"float", b"value", b"1e999"),
            (b"date", b"date-value", b"2016-03-04"), (b"date", b"date-value", b"2016-13-45"),
            (b"time", b"time-value", b"PT10H20M30S"), (b"time", b"time-value", b"PT100H20M30S"),
            (b"boolean", b"boolean-value", b"true"), (b"string", b"string-value", b"given"),
        )
    ]  # fmt: skip
    text = b"a<text:s text:c='2'/><text:span>b</text:span></text:p><text:p>c<text:line-break/>d"
    own = [b"<table:table-cell>" + note + b"<text:p>" + text + b"</text:p></table:table-cell>"]
    ods(path, table(ods_row(b"".join([*values, *own]))))
    (grid,) = grids_of(path)
    shown = [str(cell) for cell in grid.rows[0]]
    assert shown == [
        "5.0", "0.5", "shown", "shown", "2016-03-04", "shown", "10:20:30", "shown", "True",
        "given", "a  b\nc\nd",
    ]  # fmt: skip


def too_large(path: Path, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        grids_of(path)
    assert caught.value.code == "too_large"


def shared_xls(path: Path, cells: int) -> None:
    places = (struct.pack("<HHHI", row, 0, 0, 0) for row in range(cells))
    inside = b"".join(xls_record(0xFD, place) for place in places)
    xls(path, xls_stream(1, before=xls_strings(b"x" * 30_000), inside=inside))


def shared_xlsb(path: Path, cells: int) -> None:
    rows = (
        xlsb_record(0, struct.pack("<I12x", row)) + xlsb_record(7, struct.pack("<III", 0, 0, 0))
        for row in range(cells)
    )
    sheet = xlsb_record(148, bytes(16)) + xlsb_record(145) + b"".join(rows) + xlsb_record(146)
    xlsb(path, sheet, xlsb_record(19, b"\0" + xlsb_text("x" * 30_000)))


@pytest.mark.parametrize("make", [shared_xls, shared_xlsb])
def test_a_long_text_that_many_cells_share(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = tmp_path / f"a.{getattr(make, '__name__', '').removeprefix('shared_')}"
    make(path, 100)
    (grid,) = grids_of(path)
    assert grid.rows == [["x" * 30_000]] * 100
    make(path, 3000)
    too_large(path, "文字合计超过")


def test_the_lengths_of_texts_that_records_divide(tmp_path: Path) -> None:
    """Wide and narrow, with formats of their own, over the ends of records: none is misread."""
    from jiandang.formats.xls import _lengths_of_texts, _records
    from jiandang.formats.xls import xls_stream as guarded

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    texts = [("长é"[n % 2] if n % 3 else "a") * (1 + n * 37 % 700) for n in range(300)]
    bold = xlwt.easyfont("bold on")
    for n, text in enumerate(texts):
        sheet.write(n, 0, text)
        sheet.write_rich_text(n, 1, ((f"粗{n}", bold), "y" * (n % 90)))
    path = tmp_path / "a.xls"
    book.save(str(path))
    stream = guarded(path.read_bytes())[0]
    ((at, size),) = [(at, size) for at, kind, size in _records(stream, 0) if kind == 0xFC]
    rich = [f"粗{n}" + "y" * (n % 90) for n in range(300)]
    expected = [*map(len, dict.fromkeys(chain(*zip(texts, rich, strict=True))))]
    assert sorted(_lengths_of_texts(stream, at, size)) == sorted(expected)


def test_all_sheets_of_an_xls_together(tmp_path: Path) -> None:
    cells = (struct.pack("<HHHd", row, 250, 0, 1.5) for row in range(0, 45_000, 200))
    inside = b"".join(xls_record(0x203, cell) for cell in cells)
    xls(tmp_path / "a.xls", xls_stream(2, inside=inside))
    too_large(tmp_path / "a.xls", "合计过大")


def test_a_text_with_more_columns_than_excel_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("户编号,姓名\n1,甲\n" + "," * MAX_COLUMNS + "\n", encoding="utf-8")
    too_large(path, f"{MAX_COLUMNS + 1} 列")
    path.write_text('户编号,姓名\n1,"甲"\n' + "," * MAX_COLUMNS + "\n", encoding="utf-8")
    too_large(path, f"{MAX_COLUMNS + 1} 列")


def test_quotes_that_join_thousands_of_rows_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("户编号,姓名,备注\n" + 'a"b",c,"d\n' * 20_000, encoding="utf-8")
    book = open_workbook(path)
    (grid,) = book.grids
    assert len(grid.rows) == 20_001 and grid.rows[1] == ['a"b"', "c", '"d']
    assert any("引号" in remark for remark in book.remarks)


def test_a_row_of_thousands_of_headings_is_none(tmp_path: Path) -> None:
    """Else each would be compared with all others. The sheet is said to be unread."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    wide = book.create_sheet("宽")
    wide.append(HEAD * 400)
    path = tmp_path / "a.xlsx"
    book.save(path)
    with Workers(1) as workers:
        ((file, tables),) = Reading(load_policy("xuzhou-2016")).read([path], workers)
    assert tables.rows == len(ROWS) and file.unrecognised_sheets == ("宽",)
