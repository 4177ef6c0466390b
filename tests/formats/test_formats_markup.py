"""HTML tables and SpreadsheetML, as web systems save them under the name .xls."""

from datetime import date, datetime
from pathlib import Path

import pytest

from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.register.cells import ErrorValue


def html(path: Path, body: str, head: str = "", encoding: str = "utf-8") -> list[Grid]:
    (path / "户表.xls").write_bytes(f"<html>{head}<body>{body}</body></html>".encode(encoding))
    return list(open_workbook(path / "户表.xls").grids)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", ""),
        ("utf-8-sig", "gb2312"),
        ("gb18030", "gb2312"),
        ("gb18030", ""),
        ("gb18030", "utf-8"),
        ("utf-16", ""),
        ("big5", "big5"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, charset: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' * bool(
        charset
    )
    (grid,) = html(tmp_path, "<table><tr><td>姓名</td><td>年</td></tr></table>", head, encoding)
    assert grid == Grid("户表", [["姓名", "年"]], untyped=True)


def test_spans_become_merged_ranges(tmp_path: Path) -> None:
    (grid,) = html(
        tmp_path,
        "<table><tr><th rowspan=2>户</th><th colspan='2'>收入</th></tr>"
        "<tr><td>甲</td><td>乙</td></tr>"
        "<tr><td colspan=x rowspan=0>1</td><td></td><td>3</td></tr></table>",
    )
    assert grid.rows == [["户", "收入", ""], ["", "甲", "乙"], ["1", "", "3"]]
    assert grid.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_texts(tmp_path: Path) -> None:
    (grid,) = html(
        tmp_path,
        "<style>td {color: red}</style><table><tr style='DISPLAY: none'><td>隐藏<td>x</tr>"
        "<tr><td> 一&nbsp;\n 二<br>三<p>四</p></td><td><b>&lt;五&gt;</b><script>if (a<b)</script>"
        "<!-- 注 --></td><tr><td>&nbsp;<td>00123</table>",
    )
    assert grid.rows == [["隐藏", "x"], ["一 二\n三\n四", "<五>"], ["", "00123"]]
    assert grid.hidden_rows == {0}


def test_several_tables_and_tables_within_tables(tmp_path: Path) -> None:
    grids = html(
        tmp_path,
        "<table><tr><td></td></tr></table><table><tr><td>外<table><tr><td>内</td></tr></table></td>"
        "<td>右</td></tr></table><table><tr><td>末",
    )
    assert [(g.name, g.rows) for g in grids] == [
        ("表1", [["外", "右"]]),
        ("表2", [["内"]]),
        ("表3", [["末"]]),
    ]


ROWS = "<tr><td>姓名</td><td>村</td></tr><tr><td>张三</td><td title='a>b'>龙固</td></tr>"


def opened(path: Path, page: str, encoding: str) -> list[Grid]:
    (path / "a.xls").write_bytes(page.encode(encoding))
    return list(open_workbook(path / "a.xls").grids)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "page", ["<html><body><table>{}</table></body></html>", "<table>{}</table>"]
)
def test_a_page_cut_off_within_its_table_is_damaged(
    tmp_path: Path, page: str, encoding: str
) -> None:
    page = page.format(ROWS)
    assert opened(tmp_path, page, encoding)[0].rows[1] == ["张三", "龙固"]
    first, last = page.index("<table>") + len("<table>"), page.index("</table>") + len("</table")
    for length in range(first, last + 1):
        with pytest.raises(Unreadable) as caught:
            opened(tmp_path, page[:length], encoding)
        assert caught.value.code == "damaged", page[:length]
        assert "</table>" in caught.value.message
    cut_within_a_character = page[: page.index("固")].encode(encoding) + "固".encode(encoding)[:1]
    (tmp_path / "a.xls").write_bytes(cut_within_a_character)
    with pytest.raises(Unreadable, match="没有写完"):
        list(open_workbook(tmp_path / "a.xls").grids)


@pytest.mark.parametrize(
    "end",
    [
        "<table><tr><td>下一张",
        "<table><tr><td>下一张</td></tr></body></html><table><tr><td>再一张",
        "<!-- 由系统导出",
        "<p class='页脚",
        "</body",
    ],
)
def test_a_page_cut_off_behind_a_table_is_damaged(tmp_path: Path, end: str) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, f"<html><body><table>{ROWS}</table>{end}", "utf-8")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><table>{}</table></body>",
        "<html><body><table>{}</table>",
        "<html><body><table><tbody>{}</tbody></table>\n<p>共1人",
        # Where the page is ended, it has not been cut off, whatever its tables lack.
        "<html><body><table>{}</body></html>",
        "<html><body><table><tr><td><table>{}</table></body></html>\n",
        "<html><body><table>{}</table></body></html><!-- 由系统导出",
    ],
)
def test_a_page_without_the_end_tags_that_many_exports_lack_is_whole(
    tmp_path: Path, page: str
) -> None:
    loose = ROWS.replace("</td>", "").replace("</tr>", "")
    for rows in (ROWS, loose):
        grids = opened(tmp_path, page.format(rows), "utf-8")
        assert [["姓名", "村"], ["张三", "龙固"]] in [grid.rows for grid in grids]


def test_html_remark_and_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<table><tr><td>a</td></tr></table>")
    assert open_workbook(path).remarks == [
        "文件扩展名是 .xls，内容其实是网页表格（HTML），已按内容读取。"
    ]
    path.rename(tmp_path / "a.html")
    assert open_workbook(tmp_path / "a.html").remarks == []
    with pytest.raises(Unreadable) as caught:
        html(tmp_path, "<table><tr><td rowspan=9999999 colspan=9999999>a</td></tr></table>")
    assert caught.value.code == "too_large"


def spreadsheetml(path: Path, worksheets: str, head: str = '<?xml version="1.0"?>') -> list[Grid]:
    path = path / "a.xls"
    path.write_bytes(
        (
            f'{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:x="urn:schemas-microsoft-com:office:excel" '
            f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{worksheets}</Workbook>'
        ).encode("gb18030" if "gb" in head else "utf-8")
    )
    return list(open_workbook(path).grids)


def data(kind: str, value: str) -> str:
    return f'<Data ss:Type="{kind}">{value}</Data>'


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_spreadsheetml(tmp_path: Path, encoding: str) -> None:
    first = (
        '<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>'
        f"<Row><Cell>{data('String', '姓名<B>甲</B>')}</Cell>"
        f'<Cell ss:Index="3">{data("Number", "3.5")}</Cell></Row>'
        f'<Row ss:Index="3" ss:Hidden="1"><Cell ss:MergeAcross="1" ss:MergeDown="1">'
        f"{data('DateTime', '2016-03-05T00:00:00.000')}</Cell>"
        f"<Cell>{data('Boolean', '1')}</Cell></Row>"
        f"<Row><Cell>{data('DateTime', '2016-03-05T12:30:00.000')}</Cell>"
        f"<Cell>{data('Error', '#N/A')}</Cell></Row>"
    )
    second = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    grids = spreadsheetml(
        tmp_path,
        f'<Worksheet ss:Name="一"><Table>{first}</Table></Worksheet>'
        f'<Worksheet ss:Name="二"><Table/>{second}</Worksheet>',
        f'<?xml version="1.0" encoding="{encoding}"?>',
    )
    assert grids[0].rows == [
        ["姓名甲", "", 3.5, ""],
        ["", "", "", ""],
        [date(2016, 3, 5), "", True, ""],
        ["", "", datetime(2016, 3, 5, 12, 30), "#N/A"],
    ]
    assert isinstance(grids[0].rows[3][3], ErrorValue)
    assert grids[0].merged == [(2, 0, 3, 1)]
    assert (grids[0].hidden_rows, grids[0].hidden_columns) == (frozenset({2}), frozenset({1, 2}))
    assert (grids[1].name, grids[1].hidden, grids[1].rows) == ("二", True, [])


@pytest.mark.parametrize(
    ("worksheets", "head", "code"),
    [
        ("<Worksheet>", '<?xml version="1.0"?>', "damaged"),
        ("", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', "damaged"),
        ('<Worksheet><Table><Row ss:Index="-5"/></Table></Worksheet>', "<?xml?>", "damaged"),
        ('<Worksheet><Table><Row ss:Index="x"/></Table></Worksheet>', "<?xml?>", "damaged"),
        (
            f'<Worksheet><Table><Row ss:Index="900000"><Cell ss:Index="900">{data("Number", "1")}'
            "</Cell></Row></Table></Worksheet>",
            "<?xml?>",
            "too_large",
        ),
    ],
)
def test_bad_spreadsheetml(tmp_path: Path, worksheets: str, head: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        spreadsheetml(tmp_path, worksheets, head)
    assert caught.value.code == code


FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
 <office:meta><meta:generator>LibreOffice</meta:generator></office:meta>
 <office:body><office:spreadsheet><table:table table:name="成员">
  <table:table-row>
   <table:table-cell office:value-type="string">
    <text:p>姓名</text:p>
   </table:table-cell>
   <table:table-cell office:value-type="float" office:value="3.5">
    <text:p>3.50</text:p>
   </table:table-cell>
   <table:table-cell office:value-type="string">
    <text:p>一<text:s text:c="2"/>二</text:p>
    <text:p>三</text:p>
   </table:table-cell>
  </table:table-row>
 </table:table></office:spreadsheet></office:body>
</office:document>"""


def test_an_open_document_in_a_single_file(tmp_path: Path) -> None:
    """Its elements are indented, which is no text of the cells."""
    path = tmp_path / "a.fods"
    path.write_text(FODS, "utf-8")
    book = open_workbook(path)
    assert [(grid.name, [*grid.rows]) for grid in book.grids] == [
        ("成员", [["姓名", 3.5, "一  二\n三"]])
    ]
    assert book.remarks == []


@pytest.mark.parametrize("encoding", ["gb18030", "GBK", "utf-16", "utf-8"])
def test_an_open_document_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.fods"
    own = FODS[FODS.index("<office:document") :]
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>\n{own}', encoding)
    assert [[*grid.rows] for grid in open_workbook(path).grids] == [[["姓名", 3.5, "一  二\n三"]]]


def test_an_open_document_without_tables_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.fods"
    path.write_text(FODS.replace("table:", "other:"), "utf-8")
    assert [*open_workbook(path).grids] == []
