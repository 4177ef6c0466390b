"""Workbooks with an open password, .xlsx and .xls."""

import gc
import hashlib
import io
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from xlwt.CompoundDoc import XlsDoc

from jiandang.formats.encrypted import decrypt
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.formats.xls import xls_stream


def encrypted_xlsx(path: Path, password: str) -> Path:
    import xlsxwriter

    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet("成员").write(0, 0, "姓名")
    book.close()
    with path.open("wb") as target:
        OOXMLFile(plain).encrypt(password, target)
    return path


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted_xls(path: Path, password: str) -> Path:
    """What Excel 97-2003 writes (MS-XLS 2.2.10, RC4): only the contents of records are hidden."""
    book = xlwt.Workbook()
    book.add_sheet("成员").write(0, 0, "姓名")
    plain = book.get_biff_data()
    salt = bytes(range(16))
    digest = hashlib.md5(password.encode("utf-16-le")).digest()
    digest = hashlib.md5((digest[:5] + salt) * 16).digest()

    def key(block: int) -> bytes:
        return hashlib.md5(digest[:5] + struct.pack("<I", block)).digest()

    verifier = bytes(range(50, 66))
    hashes = rc4(key(0), verifier + hashlib.md5(verifier).digest())
    first = 4 + struct.unpack_from("<H", plain, 2)[0]
    password_record = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + hashes
    stream = bytearray(plain[:first] + password_record + plain[first:])
    # xlwt fills the last sector with zeros, which msoffcrypto reads as records of four bytes.
    rest = -len(stream) % 4
    stream += struct.pack("<HH", 0, rest) + bytes(rest)
    stream_of_keys = b"".join(
        rc4(key(block), bytes(1024)) for block in range(len(stream) // 1024 + 1)
    )
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        clear = size if kind in (0x809, 0x2F, 0xE1) else 0
        if kind == 0x85:  # the place of a sheet stays readable
            clear = 4
            (place,) = struct.unpack_from("<I", stream, at)
            struct.pack_into("<I", stream, at, place + len(password_record))
        for i in range(at + clear, at + size):
            stream[i] ^= stream_of_keys[i]
        at += size
    XlsDoc().save(str(path), bytes(stream))
    return path


Writer = Callable[[Path, str], Path]
WRITERS = pytest.mark.parametrize(
    ("write", "name"), [(encrypted_xlsx, "a.xlsx"), (encrypted_xls, "a.xls")]
)


@WRITERS
def test_password_given_asked_for_wrong_or_missing(
    tmp_path: Path, write: Writer, name: str
) -> None:
    path = write(tmp_path / name, "扶贫2016")
    asked: list[Path] = []

    def answer(text: str | None) -> Callable[[Path], str | None]:
        def ask(path: Path) -> str | None:
            asked.append(path)
            return text

        return ask

    for book in (
        open_workbook(path, "扶贫2016"),
        open_workbook(path, None, answer("扶贫2016")),
        open_workbook(path, "错", answer("扶贫2016")),
    ):
        assert [(g.name, g.rows) for g in book.grids] == [("成员", [["姓名"]])]
        assert book.remarks == []
    assert asked == [path, path]
    for password, ask, code in (
        (None, None, "password"),
        (None, answer(None), "password"),
        (None, answer(""), "password"),
        ("错", None, "wrong_password"),
        (None, answer("错"), "wrong_password"),
        ("错", answer(None), "wrong_password"),
    ):
        with pytest.raises(Unreadable) as caught:
            open_workbook(path, password, ask)
        assert caught.value.code == code
        assert "去掉密码" in caught.value.message


@WRITERS
def test_files_that_are_only_write_protected_open_unasked(
    tmp_path: Path, write: Writer, name: str
) -> None:
    path = write(tmp_path / name, "VelvetSweatshop")
    (grid,) = open_workbook(path).grids
    assert grid.rows == [["姓名"]]


def test_unknown_encryption(tmp_path: Path) -> None:
    path = encrypted_xlsx(tmp_path / "a.xlsx", "x")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"<keyData", b"<keyDatb").replace(b"<encryption", b"<encrypteon"))
    with pytest.raises(Unreadable, match="加密方式") as caught:
        open_workbook(path, "x")
    assert caught.value.code == "password"


@WRITERS
def test_the_bytes_of_a_file_are_let_go(tmp_path: Path, write: Writer, name: str) -> None:
    """Workers do without the cycle collector, and what takes such files apart refers to itself."""
    path = write(tmp_path / name, "secret")
    data = path.read_bytes()
    references = sys.getrefcount(data)
    gc.disable()
    try:
        plain = decrypt(data, path, "secret", None)
        assert sys.getrefcount(data) == references
        if name.endswith(".xls"):
            references = sys.getrefcount(plain)
            xls_stream(plain)
            assert sys.getrefcount(plain) == references
    finally:
        gc.enable()
