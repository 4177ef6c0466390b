"""Work is bounded by the bytes of a file: spans as runs, cells and sheets counted while read."""

from pathlib import Path

import pytest
from hostile_files import ods, spreadsheetml
from hypothesis import given
from hypothesis import strategies as st

import jiandang
import jiandang.formats.outline as parts
from jiandang.formats import encodings, opening
from jiandang.formats.cost import looks_dear
from jiandang.formats.grid import (
    MAX_CELLS_OF_FILE,
    MAX_ROWS,
    MAX_SHEETS,
    Budget,
    Grid,
    Spans,
    Unreadable,
)
from jiandang.formats.opening import open_workbook
from jiandang.formats.outline import PeculiarXml, outline


def code_of(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        list(open_workbook(path).grids)
    return caught.value.code


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))), st.integers(0, 50))
def test_spans_are_the_numbers_in_them(runs: list[tuple[int, int]], end: int) -> None:
    spans = Spans()
    for first, last in runs:
        spans.add(first, last)
    expected = {n for first, last in runs for n in range(first, last + 1) if n < end}
    assert spans.below(end) == expected


def test_the_budget_of_a_file() -> None:
    budget = Budget()
    for _ in range(MAX_SHEETS):
        budget.sheet()
    with pytest.raises(Unreadable, match="超过 2000 张"):
        budget.sheet()
    budget.cells(MAX_CELLS_OF_FILE)
    with pytest.raises(Unreadable):
        budget.cells(1)


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td rowspan=800 colspan=16000>x</table>",
        "<table><tr><td>x</table>" * (MAX_SHEETS + 1),
        "<table>" + "<tr><td colspan=16000>x<td>y</tr>" * 1500 + "</table>",
    ],
)
def test_pages_that_are_too_large(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(text, encoding="utf-8")
    assert code_of(path) == "too_large"
    assert looks_dear(path)


@pytest.mark.parametrize("piece", ["<a ", "<!--", '<td class="', "<", "</", "&#", "<td a=b ", "<?"])
def test_pages_of_which_no_tag_ends(tmp_path: Path, piece: str) -> None:
    """Each would take minutes if its length counted squared."""
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>姓名<td>性别<tr><td>x" + piece * 200_000, encoding="utf-8")
    assert code_of(path) == "damaged"


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "rot13", "base64", "x"])
def test_encodings_that_are_none_of_texts(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<meta charset={charset}><table><tr><td>姓名</table>", encoding="utf-8")
    (grid,) = open_workbook(path).grids
    assert grid.rows == [["姓名"]]


@pytest.mark.parametrize(
    "table",
    [
        '<Row ss:Index="-5"/>',
        '<Column ss:Span="-1"/>',
        '<Row><Cell ss:Index="2"/><Cell ss:Index="1"/></Row>',
        f'<Row ss:Span="{10**20}"/>',
    ],
)
def test_places_that_cannot_be(tmp_path: Path, table: str) -> None:
    assert code_of(spreadsheetml(tmp_path / "a.xml", table)) == "damaged"


def test_spans_of_thousands_of_millions(tmp_path: Path) -> None:
    cell = '<Cell><Data ss:Type="String">x</Data></Cell>'
    table = '<Column ss:Span="2000000000" ss:Hidden="1"/>' * 100 + f"<Row>{cell}</Row>"
    table += '<Row ss:Span="2000000000" ss:Hidden="1"/>'
    (grid,) = open_workbook(spreadsheetml(tmp_path / "a.xml", table)).grids
    assert grid.rows == [["x"]] and grid.hidden_columns == {0}


def test_one_bad_cell_loses_itself(tmp_path: Path) -> None:
    cells = "".join(
        f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>'
        for kind, text in (
            ("DateTime", "2016-13-45T00:00:00"), ("Number", "x"), ("String", "a&#1;b"),
            ("Number", "1e999"), ("String", "张三"),
        )
    )  # fmt: skip
    path = spreadsheetml(tmp_path / "a.xml", f"<Row>{cells}</Row>")
    (grid,) = open_workbook(path).grids
    assert grid.rows == [["2016-13-45T00:00:00", "x", "a\ufffdb", "1e999", "张三"]]


@pytest.mark.parametrize("text", ["a\n" * 1_100_000, "户编号,姓名\n" + "\n" * 1_100_000])
def test_rows_are_counted_before_they_are_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert code_of(path) == "too_large"


def test_merged_cells_that_overlap_a_thousand_times() -> None:
    """200,000 of them took gigabytes: each of the rows below them was kept."""
    with pytest.raises(Unreadable, match="合并单元格互相重叠"):
        Grid("a", [["x", ""], ["", ""]], [(0, 0, 1, 1)] * 2)
    far = [(0, 0, 99, 0), (0, 1, 1, 99), (5, 0, 9, 9), (0, 9, 9, 9)]
    assert Grid("a", [["x", ""], ["", ""]], far).merged == far


def test_elements_within_each_other(tmp_path: Path) -> None:
    """The parser keeps all that are open: three million took half a gigabyte."""
    cell = b'<table:table-cell office:value-type="string">' + b"<text:p>" * 2000
    ods(tmp_path / "a.ods", b'<table:table table:name="a"><table:table-row>' + cell)
    assert code_of(tmp_path / "a.ods") == "damaged"


def test_parts_of_a_workbook_that_are_too_deep_or_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each element is kept; a list of sheets of some kilobytes would take gigabytes."""
    assert [*outline(b"<a>" * 99 + b"</a>" * 99).walk()]
    with pytest.raises(PeculiarXml, match="过多"):
        outline(b"<a>" * 101)
    monkeypatch.setattr(parts, "_MOST_ELEMENTS", 10)
    with pytest.raises(PeculiarXml, match="过多"):
        outline(b"<a>" + b"<b/>" * 10 + b"</a>")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_are_counted_before_their_text_takes_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    def decode(*_: object) -> None:
        raise AssertionError

    path = tmp_path / "a.csv"
    path.write_text(end.join(["户编号,姓名"] * (MAX_ROWS + 2)), encoding="utf-8", newline="")
    with monkeypatch.context() as patch:
        patch.setattr(encodings, "decode", decode)
        assert code_of(path) == "too_large"
    # 上 and 上 again are bytes of line ends in UTF-16, and no lines.
    text = "户编号,姓名\n" + f"1,{'上' * 600}\n" * 2000
    path.write_text(text, encoding="utf-16")
    (grid,) = open_workbook(path).grids
    assert len(grid.rows) == 2001


@pytest.mark.parametrize(
    ("start", "said"), [(b"x", "256 MB"), (b"%PDF-1.7", "PDF"), (b"PK\3\4", "")]
)
def test_a_text_too_long_is_refused_by_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes, said: str
) -> None:
    monkeypatch.setattr(opening, "_MAX_TEXT", 100)
    path = tmp_path / "a.csv"
    path.write_bytes(start + bytes(200))
    if not said:
        assert len(opening.read_bytes(path)) == 204
        return
    with pytest.raises(Unreadable, match=said):
        opening.read_bytes(path)


def test_a_row_of_thousands_of_names_is_no_heading(tmp_path: Path) -> None:
    """Each would be looked at as a column, and be named in what is said of the file."""
    names = "户编号,姓名,性别,证件号码,与户主关系,民族"
    path = tmp_path / "成员.csv"
    path.write_text(f"{','.join([names] * 500)}\n" * 3, encoding="utf-8")
    (file,) = jiandang.load(path).files
    assert file.error_code == "nothing_recognised"
    assert "有一行填了 3000 格，一行超过 2000 格的不读" in (file.error or "")
    # As wide, but hardly anything is there: what was left over beyond a table loses it not.
    path.write_text(f"{names}{',' * 2500}x\n1,张三,男,,户主,汉族\n", encoding="utf-8")
    (file,) = jiandang.load(path).files
    assert file.error is None
