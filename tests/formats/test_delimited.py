"""Text tables: every encoding and delimiter that offices write."""

import csv
import io
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandang import load
from jiandang.formats.delimited import read_delimited
from jiandang.formats.encodings import decode
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.register.cells import MAX_TEXT, Raw

ROWS: list[list[Raw]] = [
    ["姓名", "证件号码", "备注"],
    ["张三丰", "320322195001010011", "一，二; 三"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


def text_of(
    rows: Sequence[Sequence[Raw]], delimiter: str, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL
) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, quoting=quoting).writerows(rows)
    return target.getvalue()


def read(path: Path, content: bytes, name: str = "成员.csv") -> tuple[Grid, list[str]]:
    (path / name).write_bytes(content)
    book = open_workbook(path / name)
    (grid,) = book.grids
    return grid, book.remarks


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    for rows in (ROWS, ROWS[:1] + ROWS[1:] * 3000):
        assert read(tmp_path, text_of(rows, delimiter).encode(encoding)) == (
            Grid("成员", rows, untyped=True),
            [],
        )


def test_rare_characters_and_short_gbk() -> None:
    for text in ("张三,李四\n", "䶮,㐀\n", "name,address\nli,徐州\n", "a,b\n1,2\n", "𬱟,1\n"):
        assert decode(text.encode("gb18030"), []) == text
        assert decode(text.encode("utf-8"), []) == text
    assert decode(bytes(range(256)), []) is None
    assert decode(b"\xff\xff\xff", []) is None


def test_a_few_damaged_bytes_are_mentioned(tmp_path: Path) -> None:
    text = "姓名,村\n" + "张三,龙固\n" * 200
    for encoding in ("utf-8", "gbk"):
        content = bytearray(text.encode(encoding))
        content[50] = 0xFF
        grid, remarks = read(tmp_path, bytes(content))
        assert len(grid.rows) == 201
        assert "编码有误" in remarks[0]
    grid, remarks = read(tmp_path, text.replace("三", "\0", 1).encode("gbk"))
    assert (grid.rows[1], remarks) == (["张\0", "龙固"], [])


def test_wrong_extensions_are_mentioned(tmp_path: Path) -> None:
    grid, remarks = read(tmp_path, text_of(ROWS, "\t").encode("gbk"), "a.xls")
    assert grid.rows == ROWS
    assert remarks == ["文件扩展名是 .xls，内容其实是文本表格（.csv），已按内容读取。"]
    assert read(tmp_path, text_of(ROWS, ",").encode(), "a.TXT")[1] == []


def test_title_above_the_table_and_rows_of_other_lengths(tmp_path: Path) -> None:
    text = "贫困户登记表\n填报单位：梁寨镇; 2016\n" + text_of(ROWS * 5, ",") + "合计\n\n"
    grid, _ = read(tmp_path, text.encode())
    assert grid.rows[0] == ["贫困户登记表", "", ""]
    assert grid.rows[2] == ROWS[0]
    assert grid.rows[-2:] == [["合计", "", ""], ["", "", ""]]
    assert {len(row) for row in grid.rows} == {3}


def test_one_column_and_one_row(tmp_path: Path) -> None:
    assert read(tmp_path, "姓名\n张三\n".encode())[0].rows == [["姓名"], ["张三"]]
    assert read(tmp_path, "姓名\t性别".encode("gbk"))[0].rows == [["姓名", "性别"]]


def test_quotes(tmp_path: Path) -> None:
    rows: list[list[Raw]] = [["姓名", "备注"], ["张三", '一\n二,"三"'], ["李四", ""]]
    for ending in ("\r\n", "\n", "\r"):
        text = text_of(rows, ",", csv.QUOTE_ALL).replace("\r\n", ending)
        assert read(tmp_path, text.encode()) == (Grid("成员", rows, untyped=True), [])
    # A quotation mark that is not closed does not swallow the rows that follow.
    grid, remarks = read(tmp_path, '姓名,备注\n"张三,x\n李四,y\n'.encode())
    assert grid.rows == [["姓名", "备注"], ['"张三', "x"], ["李四", "y"]]
    assert "引号" in remarks[0]
    grid, _ = read(tmp_path, ('姓名,备注\n"张三,x\n' + "李四,y\n" * 30_000).encode())
    assert len(grid.rows) == 30_002
    grid, _ = read(tmp_path, ("姓名,备注\n张三," + "丰" * 200_000).encode())
    assert grid.cells == [["姓名", "备注"], ["张三", "丰" * MAX_TEXT]]


def test_digits_kept_from_excel(tmp_path: Path) -> None:
    text = 'sep=;\r\n姓名;证件号码\r\n张三;="0012"\r\n李四;"=""0013"""\r\n'
    grid, _ = read(tmp_path, text.encode("gbk"))
    assert grid.rows == [["姓名", "证件号码"], ["张三", "0012"], ["李四", "0013"]]


def test_cut_file_is_read_and_mentioned(tmp_path: Path) -> None:
    grid, remarks = read(tmp_path, "姓名,村\n张三,龙固\n李四,梁寨".encode()[:-1])
    assert grid.rows[-1] == ["李四", "梁\ufffd"]
    assert "不完整" in remarks[0]
    assert grid.is_cut_off


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("李四,梁", True),
        ("李四", True),
        ("李四\n", False),
        ("李四,,", False),
        ("", False),
    ],
)
def test_a_last_row_cut_off_is_mentioned(tmp_path: Path, end: str, said: bool) -> None:
    grid, remarks = read(tmp_path, f"姓名,村,组\n张三,龙固,1\n王五,龙固,2\n{end}".encode())
    assert grid.rows[2] == ["王五", "龙固", "2"]
    assert [("没有拷贝完" in remark, "最后一行" in remark) for remark in remarks] == [(1, 1)] * said
    assert grid.is_cut_off == said


@pytest.mark.parametrize(
    ("end", "cell"), [('"李四","梁', "梁"), ('"李四","', ""), ('李四,"梁,""寨', '梁,"寨')]
)
def test_a_cell_in_quotation_marks_is_cut_off(tmp_path: Path, end: str, cell: str) -> None:
    grid, remarks = read(tmp_path, f'"姓名","村"\r\n"张三","龙固"\r\n{end}'.encode("gbk"))
    assert grid.rows == [["姓名", "村"], ["张三", "龙固"], ["李四", cell]]
    assert grid.is_cut_off
    assert "没有写完" in remarks[0]


@pytest.mark.parametrize(
    "end", ['"李四","梁"', '"李四","梁"""', '李四,5"', '李四,"梁"寨"', '李四,"梁\n']
)
def test_other_quotation_marks_are_no_sign_of_a_cut(tmp_path: Path, end: str) -> None:
    grid, _ = read(tmp_path, f'"姓名","村"\n"张三","龙固"\n{end}'.encode())
    assert not grid.is_cut_off


def test_rows_of_any_length_are_no_sign_of_a_cut(tmp_path: Path) -> None:
    assert read(tmp_path, "名册\n姓名,村\n张三,龙固\n合计1人".encode())[1] == []


def test_too_wide_a_table(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, b"a," * 20_000 + b"\n" + b"a\n" * 1000)
    assert caught.value.code == "too_large"


CELLS = st.text(
    st.characters(
        categories=["L", "N", "P", "Zs"],
        codec="gb18030",
        exclude_characters="\x1c\x1d\x1e\x1f\ufeff",
    )
    | st.sampled_from(',;\t"\n\r' + string.digits),
    max_size=12,
).filter(lambda cell: not cell.startswith('="'))


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8),
    st.sampled_from(",\t;|"),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_any_table_survives(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    """With a heading, so that the delimiter can be told, and every cell quoted."""
    table = [["户编号", "姓名", "证件号码"]] * 9 + rows
    remarks: list[str] = []
    text = decode(text_of(table, delimiter, csv.QUOTE_ALL).encode(encoding), remarks)
    assert text is not None
    if encoding == "gb18030" and text != text_of(table, delimiter, csv.QUOTE_ALL):
        return  # GB18030 bytes that happen to be UTF-8
    assert read_delimited(text, "a", remarks).rows == table
    assert remarks == []


@given(
    lines=st.lists(st.text("甲乙A0 ,\t;=\0\x0b\u2028'", max_size=8), max_size=12),
    ends=st.lists(st.sampled_from(["\n", "\r\n", "\r", ""]), min_size=12, max_size=12),
    delimiter=st.sampled_from(",\t;"),
)
def test_a_text_without_quotation_marks_is_cut_as_the_csv_module_does(
    lines: list[str], ends: list[str], delimiter: str
) -> None:
    text = "".join(line + end for line, end in zip(lines, ends, strict=False))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width = max(map(len, rows), default=0)
    grid = read_delimited(f"sep={delimiter}\n{text}", "表", [])
    assert [*map(list, grid.rows)] == [[*row, *[""] * (width - len(row))] for row in rows]


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "甲", "甲\r\n\r\n乙,丙"])
def test_short_texts_without_quotation_marks(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    width = max(map(len, rows), default=0)
    expected = [[*row, *[""] * (width - len(row))] for row in rows]
    assert [*map(list, read_delimited(text, "表", []).rows)] == expected


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    remarks: list[str] = []
    text = decode(data, remarks)
    if text is not None:
        assert isinstance(read_delimited(text, "a", remarks), Grid)


PEOPLE = "户编号,姓名\n" + "".join(f"3203241010{n:05},张三{n}\n" for n in range(60))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("tail", ["gbk", "utf-8", "surrogates", "zeros"])
def test_a_damaged_tail_of_utf_16_is_told_at_its_row(encoding: str, tail: str) -> None:
    """Cut off within row 42: what follows would be one cell of strange characters."""
    head = "".join(PEOPLE.splitlines(keepends=True)[:41])
    whole = (head + "3203241010").encode(encoding)
    rest = {"zeros": bytes(800), "surrogates": bytes([0xD8, 0xD8]) * 400}
    data = whole + (rest[tail] if tail in rest else PEOPLE[-500:].encode(tail))
    with pytest.raises(Unreadable, match=r"从第 4[12] 行起") as caught:
        decode(data, [])
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_whole_utf_16_is_no_damage(encoding: str) -> None:
    for text in (PEOPLE, PEOPLE + "合计,汉族\n说明,无", PEOPLE.rstrip("\n")):
        assert decode(text.encode(encoding), []) == text


def test_cells_can_be_carried_down_as_those_of_a_workbook() -> None:
    grid = read_delimited("户编号,姓名\n1,张三\n,李四\n", "表", [])
    grid.cells.fill_down(1, 2, 0)
    assert [row[0] for row in grid.cells] == ["户编号", "1", "1"]


def test_a_text_with_numbers_in_the_heads_rows_alone_is_read(tmp_path: Path) -> None:
    path = tmp_path / "成员.csv"
    rows = ["户编号,姓名,与户主关系,证件号码", "320324105201001,张三,户主,", ",李四,配偶,"]
    rows += ["320324105201002,王五,户主,", "同上,赵六,之子,"]
    path.write_text("\n".join(rows), encoding="gb18030")
    (read,) = load([path]).files
    assert read.error is None
    members = load([path]).tables["member"]
    assert members["household_id"].to_list() == ["320324105201001"] * 2 + ["320324105201002"] * 2
