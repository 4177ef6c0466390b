"""A copy of an .xlsx in which only some parts differ: all others are copied as they lie there."""

import copy
import zipfile
from collections.abc import Iterable
from pathlib import Path

from jiandang.formats.container import Container, part_key
from jiandang.formats.outline import append_inside, apply, outline
from jiandang.formats.relations import relations_part
from jiandang.formats.xlsx.text import escape

# Level 6 takes three times as long as level 3 for files that are a tenth smaller.
LEVEL = 3
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
).encode()


def entry_of(name: str) -> zipfile.ZipInfo:
    """A part's entry without the time: the same content gives the same bytes."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = LEVEL  # type: ignore[attr-defined]  # no public name before 3.13
    return info


class PatchedPackage(Container):
    """The parts of a workbook; `write` collects new ones, `save` writes the copy."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._new: dict[str, tuple[str, bytes | Iterable[bytes]]] = {}

    def __contains__(self, name: str) -> bool:
        return super().__contains__(name) or part_key(name) in self._new

    def names(self) -> list[str]:
        """All part names, old and new."""
        old = (entry.filename for entry in self.parts.values())
        return [*old, *(name for name, _ in self._new.values())]

    def read(self, name: str, limit: int = 64 << 20) -> bytes:
        """A part as it will be written."""
        new = self._new.get(part_key(name))
        if new is None:
            return super().read(name, limit)
        assert isinstance(new[1], bytes)
        return new[1]

    def write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Replace or add a part; a stream is only drawn when the package is saved."""
        info = self.parts.get(part_key(name))
        self._new[part_key(name)] = (info.filename if info else name, content)

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a link from `part` to `target` and return its new id."""
        name = relations_part(part)
        xml = self.read(name) if name in self else _NO_RELATIONS
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
            keys = [key for key in self.parts if key.startswith(folder)]
            if not keys:
                continue
            dropped.append(name)
            for key in keys:
                del self.parts[key]
            for part in [key for key in self.parts if key.endswith(".rels")]:
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
            streamed = [
                k for k, (_, content) in self._new.items() if not isinstance(content, bytes)
            ]
            for key in streamed:
                self._put(archive, key)
            for key, info in self.parts.items():
                if key not in self._new:
                    self._copy(archive, info)
            for key in [key for key in self._new if key not in streamed]:
                self._put(archive, key)

    def _put(self, archive: zipfile.ZipFile, key: str) -> None:
        name, content = self._new[key]
        with archive.open(entry_of(name), "w", force_zip64=False) as stream:
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
        stream.write(self.packed(original))
        archive.start_dir = stream.tell()
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info


# What it is called, the folder of its parts, and the kinds of links that lead there.
_UNFIT = (
    ("数字签名", "_xmlsignatures/", {"origin", "signature"}),
    ("共享工作簿的修订记录", "xl/revisions/", {"revisionHeaders", "usernames"}),
)
