"""A zipped workbook: reading parts, and writing a copy in which only some parts differ."""

import copy
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from jiandang.formats.xlsx.outline import MarkingError, append_inside, apply, outline
from jiandang.formats.xlsx.text import escape

CHUNK = 1 << 20
# Level 6 takes three times as long as level 3 for files that are a tenth smaller.
LEVEL = 3
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
).encode()


@dataclass(frozen=True)
class Relationship:
    """A part's link to another; `kind` is the last word of its type, `target` a part's name."""

    id: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2]


class Package:
    """The parts of a workbook; `write` collects new ones, `save` writes the copy."""

    def __init__(self, source: Path | BinaryIO) -> None:
        self._stream = source.open("rb") if isinstance(source, Path) else source
        try:
            self._zip = zipfile.ZipFile(self._stream)
        except zipfile.BadZipFile:
            self._stream.close()
            raise
        # Part names are compared without case; some writers use backslashes.
        self._infos = {_key(info.filename): info for info in self._zip.infolist()}
        self._new: dict[str, tuple[str, bytes | Iterable[bytes]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._stream.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos or _key(name) in self._new

    def names(self) -> list[str]:
        """All part names, old and new."""
        return [*(i.filename for i in self._infos.values()), *(n for n, _ in self._new.values())]

    def read(self, name: str) -> bytes:
        """A part as it will be written. Raises MarkingError if it is not there."""
        new = self._new.get(_key(name))
        if new is not None:
            assert isinstance(new[1], bytes)
            return new[1]
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of an original part, piece by piece."""
        info = self._infos.get(_key(name))
        if info is None:
            raise MarkingError(f"文件缺少部件 {name}")
        # Not by zipfile, which refuses a part whose name is another in its own header.
        yield from _unpacked(_packed(self._stream, info), info)

    def write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Replace or add a part; a stream is only drawn when the package is saved."""
        info = self._infos.get(_key(name))
        self._new[_key(name)] = (info.filename if info else name, content)

    def relationships(self, part: str) -> list[Relationship]:
        """A part's links to other parts of the package ("" for the package's own)."""
        name = _rels_name(part)
        if name not in self:
            return []
        folder = posixpath.dirname(part)
        return [
            Relationship(
                a["Id"],
                a["Type"],
                posixpath.normpath(posixpath.join("/", folder, a["Target"])).lstrip("/"),
            )
            for a in (child.attributes for child in outline(self.read(name)).children)
            if a.get("TargetMode") != "External"
        ]

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a link from `part` to `target` and return its new id."""
        name = _rels_name(part)
        xml = self.read(name) if name in self else _NO_RELATIONSHIPS
        root = outline(xml)
        taken = {child.attributes["Id"].lower() for child in root.children}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        link = f'<Relationship Id="rId{number}" Type="{type_}" Target="/{escape(target)}"/>'
        self.write(name, apply(xml, [append_inside(xml, root, link.encode())]))
        return f"rId{number}"

    def declare(self, part: str | None, extension: str, type_: str) -> None:
        """State the content type of a part; without a part, of an extension."""
        xml = self.read("[Content_Types].xml")
        root = outline(xml)
        known = {child.attributes.get("Extension", "").lower() for child in root.children}
        if part is not None:
            entry = f'<Override PartName="/{escape(part)}" ContentType="{type_}"/>'
        elif extension not in known:
            entry = f'<Default Extension="{extension}" ContentType="{type_}"/>'
        else:
            return
        self.write("[Content_Types].xml", apply(xml, [append_inside(xml, root, entry.encode())]))

    def drop_signatures_and_revisions(self) -> list[str]:
        """Leave out what a changed copy makes wrong; gives the Chinese names of what it was.

        A digital signature no longer fits the copy, and the change log of a shared workbook
        (共享工作簿) names sheets and cells that have moved.
        """
        dropped = []
        for name, folder, kinds in _UNFIT:
            keys = [key for key in self._infos if key.startswith(folder)]
            if not keys:
                continue
            dropped.append(name)
            for key in keys:
                del self._infos[key]
            for part in [key for key in self._infos if key.endswith(".rels")]:
                self._take_out(part, "Type", tuple(f"/{kind}" for kind in kinds), at_end=True)
            self._take_out("[content_types].xml", "PartName", (f"/{folder}",), at_end=False)
        return dropped

    def _take_out(self, part: str, name: str, words: tuple[str, ...], *, at_end: bool) -> None:
        """Take the elements out of a part whose attribute begins, or ends, with such a word."""
        xml = self.read(part)
        gone = []
        for child in outline(xml).children:
            text = child.attributes.get(name, "")
            if text.endswith(words) if at_end else text.lower().startswith(words):
                gone.append((child.start, child.end, b""))
        if gone:
            self.write(part, apply(xml, gone))

    def free_name(self, pattern: str) -> str:
        """The first name like `xl/comments{}.xml` that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def save(self, target: Path) -> None:
        """Write the copy: unchanged parts byte for byte as they lie in the original zip.

        Streamed parts come first, since drawing them may still add to the others.
        """
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for key in [k for k, (_, content) in self._new.items() if not _is_bytes(content)]:
                self._put(archive, key)
            for key, info in self._infos.items():
                if key not in self._new:
                    self._copy(archive, info)
            for key in [k for k, (_, content) in self._new.items() if _is_bytes(content)]:
                self._put(archive, key)

    def _put(self, archive: zipfile.ZipFile, key: str) -> None:
        name, content = self._new[key]
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info._compresslevel = LEVEL  # type: ignore[attr-defined]  # no public name before 3.13
        with archive.open(info, "w", force_zip64=False) as stream:
            for piece in [content] if isinstance(content, bytes) else content:
                stream.write(piece)

    def _copy(self, archive: zipfile.ZipFile, original: zipfile.ZipInfo) -> None:
        """Copy a member as it is: zipfile itself can only unpack it and pack it again."""
        info = copy.copy(original)
        # Sizes and checksum go into the local header; stale size fields of others' writers go.
        info.flag_bits &= ~0x08
        info.extra = b""
        stream = archive.fp
        assert stream is not None
        stream.seek(archive.start_dir)
        info.header_offset = stream.tell()
        stream.write(info.FileHeader(zip64=False))
        for piece in _packed(self._stream, original):
            stream.write(piece)
        archive.start_dir = stream.tell()
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info


# What it is called, the folder of its parts, and the kinds of links that lead there.
_UNFIT = (
    ("数字签名", "_xmlsignatures/", {"origin", "signature"}),
    ("共享工作簿的修订记录", "xl/revisions/", {"revisionHeaders", "usernames"}),
)


def _unpacked(packed: Iterable[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, of which no more come than its directory says."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise MarkingError("文件的压缩方式不常见")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    left = info.file_size
    try:
        for piece in packed:
            rest = piece
            while rest:
                if info.compress_type == zipfile.ZIP_STORED:
                    chunk, rest = rest, b""
                else:
                    chunk, rest = unpacker.decompress(rest, CHUNK), unpacker.unconsumed_tail
                left -= len(chunk)
                yield chunk
    except zlib.error as error:
        raise MarkingError("压缩内容有误") from error
    if left:
        raise MarkingError("压缩内容不完整")


def _packed(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The compressed bytes of a member."""
    stream.seek(info.header_offset)
    header = stream.read(30)
    name_size, extra_size = struct.unpack("<HH", header[26:30])
    stream.seek(name_size + extra_size, 1)
    left = info.compress_size
    while left and (piece := stream.read(min(left, CHUNK))):
        left -= len(piece)
        yield piece


def _is_bytes(content: bytes | Iterable[bytes]) -> bool:
    return isinstance(content, bytes)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationship_base(type_: str) -> str:
    """`http://…/relationships` of a link's type: strict workbooks use another than usual ones."""
    return re.sub(r"/[^/]*$", "", type_)
