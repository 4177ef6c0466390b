"""Opening a file, whatever it is: the content decides, not the extension."""

import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from jiandang.errors import why_too_long
from jiandang.formats.container import Container
from jiandang.formats.grid import RESAVE, Budget, Budgeted, Grid, Unreadable, Workbook, too_large
from jiandang.formats.ods import read_ods
from jiandang.formats.relations import main_part
from jiandang.formats.spreadsheet import translated
from jiandang.formats.xls import read_xls
from jiandang.formats.xlsb import read_xlsb
from jiandang.formats.xlsx.reading import read_xlsx
from jiandang.patterns import regex

AskPassword = Callable[[Path], str | None]

_MAX_BYTES = 1 << 30
_MAX_TEXT = 256 << 20
_START = 4096  # bytes, by which other files are told
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# The extensions under which each kind of content is expected.
EXTENSIONS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"},
    "xlsb": {".xlsb"},
    "xls": {".xls", ".xlt", ".et", ".ett"},
    "ods": {".ods", ".ots", ".fods"},
    "csv": {".csv", ".txt", ".tsv"},
    "html": {".html", ".htm"},
    "xml": {".xml"},
}
_NAMES = {
    "xlsx": "新版 Excel 工作簿（.xlsx）",
    "xlsb": "Excel 二进制工作簿（.xlsb）",
    "xls": "旧版 Excel 工作簿（.xls）",
    "ods": "OpenDocument 表格（.ods）",
    "csv": "文本表格（.csv）",
    "html": "网页表格（HTML）",
    "xml": "XML 表格（Excel 2003）",
}
# What is to be done with files that no spreadsheet program makes a register of.
_UNPACK = "请先解压，再检查里面的表格文件"
_COPY = "请打开文档，把表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 再检查"
_ASK = "请向填表的人要原来的电子表格；只有它的，要照着录入成 .xlsx 再检查"
_WRONG = "请核对是不是选错了文件；是登记表的，请重新导出或重新拷贝"
# What other files begin with, or the parts or streams that they hold: kind and remedy.
_OTHER_STARTS = {
    b"%PDF": ("PDF 文档", _ASK),
    b"Rar!": ("RAR 压缩包", _UNPACK),
    b"7z\xbc\xaf": ("7z 压缩包", _UNPACK),
    b"\x1f\x8b": ("gzip 压缩文件", _UNPACK),
    b"\x89PNG": ("图片", _ASK),
    b"\xff\xd8\xff": ("图片", _ASK),
    b"GIF8": ("图片", _ASK),
    b"BM": ("图片", _ASK),
    b"MZ": ("程序", _WRONG),
    b"{\\rtf": ("RTF 文档", _COPY),
    b"MIME-Version:": ("网页存档（MHT）", RESAVE),
    b"\x09\x00\x04\x00": ("Excel 2.0 工作表", RESAVE),
    b"\x09\x02\x06\x00": ("Excel 3.0 工作表", RESAVE),
    b"\x09\x04\x06\x00": ("Excel 4.0 工作表", RESAVE),
}
_WORD, _SLIDES = ("Word 文档", _COPY), ("PPT 演示文稿", _COPY)
_OTHER_PARTS = {"word/": _WORD, "ppt/": _SLIDES, "ofd.xml": ("OFD 文档", _ASK)}
_OTHER_STREAMS = {"WordDocument": _WORD, "PowerPoint Document": _SLIDES}


def open_workbook(
    path: Path, password: str | None = None, ask_password: AskPassword | None = None
) -> Workbook:
    """Open `path`; raises `Unreadable` with a clear Chinese reason, as reading its grids does.

    The file is read once. `remarks` may grow while the grids are read: cells far from the table
    are left out, and this is noticed sheet by sheet.
    """
    return open_bytes(read_bytes(path), path, password, ask_password)


def open_bytes(
    data: bytes,
    path: Path,
    password: str | None = None,
    ask_password: AskPassword | None = None,
) -> Workbook:
    """As `open_workbook`, of the bytes that have been read from `path`."""
    remarks: list[str] = []
    budget = Budget()
    kind, grids = _open(data, path, password, ask_password, remarks, budget)
    extension = path.suffix.lower()
    if extension not in EXTENSIONS[kind]:
        named = f"扩展名是 {extension}" if extension else "没有扩展名"
        remarks.insert(0, f"文件{named}，内容其实是{_NAMES[kind]}，已按内容读取。")
    if kind not in ("html", "xml"):  # which have been taken off while they were read
        grids = Budgeted(grids, budget)
    return Workbook(grids, hashlib.sha256(data).hexdigest(), remarks)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file, of at most 1 GB; raises `Unreadable`."""
    if path.name.startswith("~$"):
        raise Unreadable(
            "is_open_in_excel", "这是 Excel 打开文件时留下的临时文件，不是登记表。请检查原文件。"
        )
    try:
        status = path.stat()
        # Opening a pipe would wait for its other end, and a device has no end.
        if not stat.S_ISREG(status.st_mode):
            raise _not_regular(status.st_mode)
        if status.st_size > _MAX_BYTES:
            raise too_large("文件超过 1 GB")
        if status.st_size > _MAX_TEXT:
            with path.open("rb") as stream:
                _refuse_long_text(stream.read(_START))
        data = path.read_bytes()
    except FileNotFoundError as error:
        reason = why_too_long(path) or "找不到文件。请核对路径和文件名。"
        raise Unreadable("not_found", reason) from error
    except PermissionError as error:
        raise Unreadable(
            "no_permission",
            "没有读取权限，或文件正在被占用。请关闭 Excel、WPS 后再试，或拷贝一份。",
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable("not_found", "文件读不出来。请核对路径，或拷贝到本机再检查。") from error
    if len(data) > _MAX_BYTES:
        raise too_large("文件超过 1 GB")
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise Unreadable("empty_file", "文件是空的，没有内容。请重新导出或重新拷贝。")
    return data


def _refuse_long_text(start: bytes) -> None:
    """Refuse a file larger than any text by its beginning, before the rest takes memory."""
    if not start.startswith((b"PK", _OLE)):
        _refuse_others(start)
        raise too_large("文本文件超过 256 MB")


def _refuse_others(start: bytes) -> None:
    for beginning, other in _OTHER_STARTS.items():
        if start.startswith(beginning) and (len(beginning) > 2 or b"\0" in start):
            raise _not_a_workbook(*other)


def _not_regular(mode: int) -> Unreadable:
    if stat.S_ISDIR(mode):  # the files of one that can be opened are read in its place
        return Unreadable(
            "no_permission",
            "文件夹打不开，里面的文件都没有检查。请取得读取权限后再试，或拷贝到本机。",
        )
    return Unreadable(
        "not_regular", "这不是普通文件（是设备、管道或套接字），没有读取。请给出登记表文件。"
    )


def _open(
    data: bytes,
    path: Path,
    password: str | None,
    ask_password: AskPassword | None,
    remarks: list[str],
    budget: Budget,
) -> tuple[str, Iterator[Grid]]:
    if data.startswith(b"PK"):
        return _open_zip(Container(data), remarks)
    if not data.startswith(_OLE):
        return _open_text(data, path, remarks, budget)
    from jiandang.formats.encrypted import decrypt, is_encrypted_ooxml

    if is_encrypted_ooxml(data):
        return _open_zip(Container(decrypt(data, path, password, ask_password)), remarks)
    for stream, other in _OTHER_STREAMS.items():
        if stream.encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
            raise _not_a_workbook(*other)
    try:
        return "xls", read_xls(data, remarks)
    except Unreadable as error:
        if error.code != "password":
            raise
    return "xls", read_xls(decrypt(data, path, password, ask_password), remarks)


def _open_zip(container: Container, remarks: list[str]) -> tuple[str, Iterator[Grid]]:
    for start, other in _OTHER_PARTS.items():
        if any(part.startswith(start) for part in container.parts):
            raise _not_a_workbook(*other)
    with translated():
        main = main_part(container)
    if main.endswith(".xml"):
        return "xlsx", read_xlsx(container, remarks)
    if main.endswith(".bin"):
        return "xlsb", read_xlsb(container, remarks)
    if "content.xml" in container:
        return "ods", read_ods(container, remarks)
    if "[content_types].xml" in container:
        raise Unreadable("damaged", f"文件已损坏（缺少工作簿部分）。{RESAVE}。")
    raise _not_a_workbook("压缩包", _UNPACK)


_DECLARATION = regex(r"\ufeff?\s*<\?xml\s[^>]{0,200}\?>")


def _open_text(
    data: bytes, path: Path, remarks: list[str], budget: Budget
) -> tuple[str, Iterator[Grid]]:
    from jiandang.formats.delimited import is_table, read_delimited, refuse_many_rows
    from jiandang.formats.encodings import decode, decode_declared

    _refuse_others(data[:_START])
    text = None
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        text = decode_declared(data)
    else:
        refuse_many_rows(data)
    text = text or decode(data, remarks)
    if text is None:
        raise _not_a_workbook("无法识别的二进制文件", _WRONG)
    start = text[:4096].lstrip("\ufeff \t\r\n").lower()
    if "<office:document" in start:
        from jiandang.formats.ods import read_fods

        # expat knows no GBK.
        declared = _DECLARATION.match(text)
        if declared is not None and "gb" in declared[0].lower():
            data = text[declared.end() :].encode()
        return "ods", read_fods(data, remarks)
    if start.startswith("<"):
        return _open_markup(text, start, path.stem, budget)
    if path.suffix.lower() not in EXTENSIONS["csv"] and not is_table(text):
        raise _not_a_workbook("纯文本", _WRONG)
    return "csv", iter([read_delimited(text, path.stem, remarks)])


def _open_markup(text: str, start: str, name: str, budget: Budget) -> tuple[str, Iterator[Grid]]:
    from jiandang.formats.html import read_html
    from jiandang.formats.spreadsheetml import read_spreadsheetml

    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<html" not in start:
        return "xml", iter(read_spreadsheetml(text, budget))
    if re.search(r"<(html|head|meta|body|table|style|div|tr)\b", start):
        return "html", iter(read_html(text, name, budget))
    raise _not_a_workbook("XML 或标记文本", RESAVE)


def _not_a_workbook(what: str, remedy: str) -> Unreadable:
    return Unreadable("not_a_workbook", f"不是表格文件，看起来是{what}。{remedy}。")
