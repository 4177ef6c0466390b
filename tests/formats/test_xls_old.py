"""Old .xls: BIFF5 of a double-byte code page, code pages stated wrongly, formats said anew."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from struct import pack, unpack_from

import pytest
import xlwt
from olefile import OleFileIO  # type: ignore[import-untyped]

from jiandang.formats.opening import open_workbook
from jiandang.formats.xls import ole_file
from jiandang.register.cells import Raw

CODEPAGE, FORMAT, XF, SST = 0x42, 0x41E, 0xE0, 0xFC


def record(kind: int, content: bytes = b"") -> bytes:
    return pack("<HH", kind, len(content)) + content


def biff5(path: Path, page: int | None, encoding: str, texts: list[str], sheet: str) -> Path:
    """A workbook as Excel 5 and 95 wrote it: texts are bytes in the code page of the system."""
    stated = record(CODEPAGE, pack("<H", page)) if page else b""
    name = sheet.encode(encoding)
    start = record(0x809, pack("<HHHH", 0x500, 5, 0, 0)) + stated
    listed = len(start) + 4 + 7 + len(name)
    listed += len(record(0x0A))
    start += record(0x85, pack("<IHB", listed, 0, len(name)) + name) + record(0x0A)
    cells = b"".join(
        record(0x204, pack("<HHHH", n, 0, 0, len(text.encode(encoding))) + text.encode(encoding))
        for n, text in enumerate(texts)
    )
    content = record(0x809, pack("<HHHH", 0x500, 0x10, 0, 0)) + cells + record(0x0A)
    path.write_bytes(ole_file(bytearray(start + content)))
    return path


def first_column(path: Path) -> tuple[str, list[Raw]]:
    (grid,) = open_workbook(path).grids
    return grid.name, [row[0] for row in grid.rows]


@pytest.mark.parametrize(
    ("page", "encoding", "texts"),
    [
        (936, "gbk", ["姓名", "张三", "李€四", "A1", "㎡·々", "亅亐亗"]),
        (None, "gbk", ["姓名", "张三"]),  # old programs state none
        (950, "big5", ["姓名", "張三", "許功蓋"]),
    ],
)
def test_biff5_of_double_byte_code_pages(
    tmp_path: Path, page: int | None, encoding: str, texts: list[str]
) -> None:
    texts = [text for text in texts if text.encode(encoding, "ignore").decode(encoding) == text]
    path = biff5(tmp_path / "a.xls", page, encoding, texts, "成員")
    assert first_column(path) == ("成員", texts)


def test_biff5_of_a_single_byte_code_page(tmp_path: Path) -> None:
    path = biff5(tmp_path / "a.xls", 1252, "cp1252", ["Müller", "A1"], "Café")
    assert first_column(path) == ("Café", ["Müller", "A1"])


def stream_of(book: xlwt.Workbook, path: Path) -> bytearray:
    book.save(str(path))
    with OleFileIO(str(path)) as ole:
        return bytearray(ole.openstream("Workbook").read())


def records(stream: bytearray) -> Iterator[tuple[int, int]]:
    """The kinds of the records and where their contents begin."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield kind, at + 4
        at += 4 + size


@pytest.mark.parametrize("page", [1252, 936, 0])
def test_texts_of_biff8_are_utf_16_whatever_is_stated(tmp_path: Path, page: int) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("成员")
    texts = ["姓名", "张三", "Müller", "𠮷"]
    for n, text in enumerate(texts):
        sheet.write(n, 0, text)
    path = tmp_path / "a.xls"
    stream = stream_of(book, path)
    (at,) = (at for kind, at in records(stream) if kind == CODEPAGE)
    stream[at : at + 2] = pack("<H", page)
    path.write_bytes(ole_file(stream))
    assert first_column(path) == ("成员", texts)


@pytest.mark.parametrize("number", range(50, 59))
@pytest.mark.parametrize(
    ("said", "is_date"),
    [("0.000", False), ('0"年"', False), ("#,##0;[Red]-#,##0", False), ('yyyy"年"m"月"', True)],
)
def test_formats_50_to_58_are_what_the_file_says(
    tmp_path: Path, number: int, said: str, is_date: bool
) -> None:
    """In Chinese Excel they are dates, unless the file gives them another meaning."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, 30000, xlwt.easyxf(num_format_str=said))
    path = tmp_path / "a.xls"
    stream = stream_of(book, path)
    for kind, at in [*records(stream)]:
        place = at if kind == FORMAT else at + 2
        if kind in (FORMAT, XF) and unpack_from("<H", stream, place)[0] >= 164:
            stream[place : place + 2] = pack("<H", number)
    path.write_bytes(ole_file(stream))
    _, (value,) = first_column(path)
    assert value == (date(1982, 2, 18) if is_date else 30000)
