"""Unpacking a zip file under limits: what stands between a zip bomb and calamine.

calamine unpacks whatever the zip holds. So the directory is checked before anything is unpacked,
and each part while it is: it may lie. A part in which a bit has flipped would accuse somebody, so
the checksum of every part is compared. No unpacked part is kept.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from jiandang.formats.grid import RESAVE, Unreadable, damaged, too_large

MAX_ENTRIES = 10_000
MAX_UNPACKED = 2 << 30
# Deflate reaches 1030; a real sheet with the same few values in every row reaches 100.
MAX_RATIO, RATIO_MATTERS_FROM = 250, 64 << 20

# Smaller chunks would stay in a processor's cache, but the cells are told apart in large pieces.
_STEP, _CHUNK = 128 << 10, 1 << 20


def bomb(detail: str) -> Unreadable:
    """The error for a zip file that is made to exhaust the memory."""
    return Unreadable("too_large", f"{detail}，疑似压缩炸弹，没有打开。如确是登记表，{RESAVE}。")


class Container:
    """The parts of a zip file, unpacked under limits. Names are matched without case."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
        if end < 0:
            raise Unreadable(
                "truncated", f"文件不完整，可能没有下载完或拷贝完。请重新取得文件，或{RESAVE}。"
            )
        if _directory_size(data, end) > MAX_ENTRIES * 200:
            raise bomb("文件内的部件过多")
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except Exception as error:  # zipfile raises half a dozen kinds on broken directories
            raise damaged("压缩目录有误") from error
        if len(entries) > MAX_ENTRIES:
            raise bomb("文件内的部件过多")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise bomb("文件解压后过大")
        for entry in entries:
            if entry.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size):
                raise bomb("文件的压缩比异常")
            if entry.flag_bits & 1:
                raise Unreadable("password", f"压缩包带有密码，无法读取。{RESAVE}。")
        self.parts = {part_key(entry.filename): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self.parts

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = self.parts.get(part_key(name))
        if entry is None:
            raise damaged(f"缺少部件 {name}")
        return entry

    def read(self, name: str, limit: int = 64 << 20) -> bytes:
        """A part of at most so many bytes as a whole."""
        if self._entry(name).file_size > limit:
            raise too_large(f"部件 {name} 过大")
        content = b"".join(self.chunks(name))
        refuse_entities(content)
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part; checks what the directory says of their number.

        A directory that lies would get past the limits above: calamine does not look at it.
        """
        entry = self._entry(name)
        left, checksum = entry.file_size, 0
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("压缩目录有误")
        for chunk in _unpack(self.packed(entry), entry.compress_type == zipfile.ZIP_DEFLATED):
            left -= len(chunk)
            if left < 0:
                raise bomb("文件解压后比目录所记的大")
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if left:
            raise damaged(f"部件 {name} 不完整")
        if checksum != entry.CRC:
            raise damaged(f"部件 {name} 的校验码不符")

    def check(self, name: str) -> None:
        """Unpack a part only to see that it is whole."""
        for _ in self.chunks(name):
            pass

    def packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """The bytes of a part as they lie in the zip."""
        at = entry.header_offset
        header = self.data[at : at + 30]
        if header[:4] != b"PK\x03\x04":
            raise damaged("压缩目录有误")
        at += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return memoryview(self.data)[at : at + entry.compress_size]


def part_key(name: str) -> str:
    """A part's name as it is compared: without case; some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _directory_size(data: bytes, end: int) -> int:
    """The size of the directory, which stands in a second record where the first is filled up."""
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    locator = data[end - 20 : end]
    if size == 0xFFFFFFFF and locator.startswith(b"PK\x06\x07"):
        at = int.from_bytes(locator[8:16], "little")
        record = data[at : at + 48]
        if record.startswith(b"PK\x06\x06"):
            size = int.from_bytes(record[40:48], "little")
    return size


def _unpack(packed: memoryview, deflated: bool) -> Iterator[bytes]:
    """The unpacked bytes in chunks."""
    pieces = (packed[at : at + _STEP] for at in range(0, len(packed), _STEP))
    if not deflated:
        yield from map(bytes, pieces)
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            rest: memoryview | bytes = piece
            # zlib would hand back what stands behind the end for ever.
            while rest and not unpacker.eof:
                chunk = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                if chunk:
                    yield chunk
        yield unpacker.flush()
    except zlib.error as error:
        raise damaged("压缩内容有误") from error


# What may stand before a DTD, which stands before the first element.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)


def refuse_entities(xml: bytes) -> None:
    """Neither Excel nor WPS writes a DTD; with one, a few bytes can stand for gigabytes."""
    prolog = _PROLOG.match(xml)
    if prolog is not None and xml.startswith(b"<!DOCTYPE", prolog.end()):
        raise Unreadable("damaged", f"文件含有实体声明（DTD），为安全起见没有打开。{RESAVE}。")
