"""What all sheets of a workbook share is read once, however many they are: never sheets times it.

Each of these files has less than a megabyte; they took minutes.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hostile_files import SHEET, xlsx, zipped

import jiandang.formats.xlsx.reading as reading
import jiandang.formats.xlsx.strings as plain_strings
from jiandang.formats.cost import looks_dear
from jiandang.formats.grid import MAX_SHEETS, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.formats.xlsx.cell_formats import CellFormats
from jiandang.formats.xlsx.strings import PlainStrings
from jiandang.register.cells import Raw

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(*cells: str) -> bytes:
    row = "".join(f"<c{cell}</c>" for cell in cells)
    return f"<worksheet xmlns='{MAIN}'><sheetData><row>{row}</row></sheetData></worksheet>".encode()


def book(path: Path, sheets: list[bytes], styles: str = "", strings: str = "") -> Path:
    parts = {f"xl/worksheets/s{n}.xml": content for n, content in enumerate(sheets)}
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode()
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    xlsx(path, [(f"s{n}", f"worksheets/s{n}.xml") for n in range(len(sheets))], parts)
    return path


def rows(path: Path) -> list[list[Raw]]:
    return [grid.rows[0] for grid in open_workbook(path).grids]


CELLS = [
    ' s="9000"><v>42370</v>',
    ' s="9001"><v>42370</v>',
    ' r="C1" s="9002"><v>42370</v>',
    ' s="0"><v>42370</v>',
    ' s="99999"><v>42370</v>',
    "><v>42370</v>",
]


@pytest.mark.parametrize("between", [10, 9000])
def test_numbers_are_what_their_formats_say(tmp_path: Path, between: int) -> None:
    """Styles that are parted, since they are large, say the same as small ones."""
    formats = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
        '<numFmt numFmtId="165" formatCode="0.00&quot;d&quot;"/></numFmts><cellStyleXfs>'
        '<xf numFmtId="14"/></cellStyleXfs><cellXfs>'
        + '<xf numFmtId="0"><alignment/></xf>' * between
        + '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    )
    cells = [cell.replace("900", str(between // 10)) for cell in CELLS]
    assert (len(formats) > 64 << 10) == (between == 9000)
    day = date(2016, 1, 1)
    [row] = rows(book(tmp_path / "a.xlsx", [sheet(*cells)], formats))
    assert [getattr(cell, "date", lambda c=cell: c)() for cell in row] == [day, day] + [42370.0] * 4


def test_a_sheet_gets_the_formats_that_it_uses() -> None:
    styles = "<styleSheet><cellXfs>" + '<xf numFmtId="14"/>' * 50_000 + "</cellXfs></styleSheet>"
    part, cells = CellFormats(styles.encode()).of([' s="49999"><v>1</v>', "><v>1</v>"])
    assert len(part) < 500
    assert cells == [' s="1"><v>1</v>', "><v>1</v>"]


def test_more_formats_than_any_workbook_has() -> None:
    styles = "<styleSheet><cellXfs>" + "<xf/>" * 500_001 + "</cellXfs></styleSheet>"
    with pytest.raises(Unreadable, match="格式超过 50 万种"):
        CellFormats(styles.encode())


def test_a_sheet_gets_the_texts_that_it_uses(tmp_path: Path) -> None:
    strings = "".join(f"<si><t>{n}x</t></si>" for n in range(1000))
    path = book(tmp_path / "a.xlsx", [sheet(' t="s"><v>998</v>', ' t="s"><v>5</v>')], "", strings)
    [grid] = open_workbook(path).grids
    assert grid.rows[0] == ["998x", "5x"]
    assert len(grid.cells.values) == 3  # and the empty one


def test_texts_are_cut_up_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_strings, "_PIECE", 40)
    texts = [f"{n}&amp;张三" for n in range(100)] + ["", "", "x"]
    kept = '<si><t xml:space="preserve"> a </t></si>'
    xml = "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + kept + "</sst>"
    strings = PlainStrings.of(xml.encode())
    assert strings is not None and len(strings) == 104
    wanted = np.array([0, 1, 7, 99, 100, 102, 103])
    assert strings.take(wanted).to_list() == [
        "0&张三",
        "1&张三",
        "7&张三",
        "99&张三",
        "",
        "x",
        " a ",
    ]
    assert strings.take(np.arange(104)).to_list()[:99] == [f"{n}&张三" for n in range(99)]
    monkeypatch.setattr(PlainStrings, "_cut", None)
    assert strings.take(np.array([], np.int64)).is_empty()


@pytest.mark.parametrize(
    "odd",
    ["<si><t> a</t></si>", "<si><t>a\u3000</t></si>", "<si/>", "<si><t>a</t><rPh/></si>", "x"],
)
def test_texts_that_are_not_plain_are_left_to_calamine(
    monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setattr(plain_strings, "_PIECE", 40)
    many = "<si><t>a</t></si>" * 30
    assert PlainStrings.of(f"<sst>{many}{many}</sst>".encode()) is not None
    assert PlainStrings.of(f"<sst>{many}{odd}{many}</sst>".encode()) is None
    assert PlainStrings.of(many.encode() + b"<si><t>\xff</t></si>" + many.encode()) is None


def test_what_is_handed_on_for_all_sheets_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell of which only calamine knows what it means costs all shared strings once more."""
    monkeypatch.setattr(reading, "_MOST_HANDED", 100_000)
    strings = "".join(f"<si><t>{n}x</t></si>" for n in range(1000))
    odd = sheet(' t="s"><f>A1</f><v>7</v>')
    assert rows(book(tmp_path / "a.xlsx", [odd] * 2, "", strings)) == [["7x"]] * 2
    with pytest.raises(Unreadable, match="每张工作表都要用"):
        rows(book(tmp_path / "b.xlsx", [odd] * 30, "", strings))


def test_too_many_sheets_are_refused_before_the_first_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "a.xlsx", [sheet("><v>1</v>")] * (MAX_SHEETS + 1))
    monkeypatch.setattr(reading, "_read_sheet", None)
    with pytest.raises(Unreadable, match="超过 2000 张"):
        open_workbook(path)


def test_files_of_many_sheets_are_read_where_they_can_be_stopped(tmp_path: Path) -> None:
    few = tmp_path / "a.xlsx"
    zipped(few, {f"xl/s{n}.xml": SHEET[:100] for n in range(700)})
    many = tmp_path / "b.xlsx"
    zipped(many, {f"xl/s{n}.xml": SHEET[:100] for n in range(900)})
    page = tmp_path / "c.html"
    page.write_text("<TABLE><tr><td>x</TABLE>" * 600, encoding="utf-8")
    assert [*map(looks_dear, (few, many, page))] == [False, True, True]
