"""Comments on cells: their texts (comments.xml) and their boxes (a VML drawing).

Both parts may hold the user's own comments already; ours are added to them.
"""

import re
from collections.abc import Mapping, Sequence

from jiandang.formats.outline import (
    Edit,
    Element,
    PeculiarXml,
    append_inside,
    apply,
    outline,
    prefix_of,
    qualify,
)
from jiandang.formats.xlsx.styles import NAMESPACE
from jiandang.formats.xlsx.text import Position, address, escape, position

AUTHOR = "jiandang 检查"
_FONT = '<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
_NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{NAMESPACE}"><authors></authors><commentList></commentList></comments>'
).encode()


def add_comments(
    existing: bytes | None, notes: Mapping[Position, str]
) -> tuple[bytes, list[Position]]:
    """comments.xml with the notes, and the cells that need a new box.

    A note on a cell that has a comment is written below it. The cell of a threaded comment
    (Excel 365) keeps it as it is: Excel would not show the note, the list of findings has it.
    """
    xml = existing or _NO_COMMENTS
    root = outline(xml)
    prefix = prefix_of(xml, root)
    authors, comments = root.find("authors"), root.find("commentList")
    if authors is None or comments is None:
        raise PeculiarXml("原有批注的格式无法识别")
    names = [xml[e.content : e.close] for e in authors.children]
    own = qualify(f"<author>{AUTHOR}</author>".encode(), prefix)
    edits: list[Edit] = [append_inside(xml, authors, own)]
    known = {position(e.attributes["ref"]): e for e in comments.children}
    new: list[bytes] = []
    boxes: list[Position] = []
    for cell, text in notes.items():
        comment = known.get(cell)
        if comment is None:
            ref = address(*cell)
            body = f"<text>{_run(text)}</text>"
            comment_xml = f'<comment ref="{ref}" authorId="{len(names)}">{body}</comment>'
            new.append(qualify(comment_xml.encode(), prefix))
            boxes.append(cell)
        elif not names[int(comment.attributes["authorId"])].startswith(b"tc="):
            edits += _append_note(xml, comment, qualify(_run("\n" + text).encode(), prefix), prefix)
    edits.append(append_inside(xml, comments, b"".join(new)))
    return apply(xml, edits), boxes


def _run(text: str) -> str:
    return f'<r>{_FONT}<t xml:space="preserve">{escape(text)}</t></r>'


def _append_note(xml: bytes, comment: Element, run: bytes, prefix: bytes) -> list[Edit]:
    text = comment.find("text")
    if text is None:
        raise PeculiarXml("原有批注的格式无法识别")
    edits = []
    plain = text.find("t")
    if plain is not None:  # plain text and runs do not go together
        edits.append((plain.start, plain.start, qualify(b"<r>", prefix)))
        edits.append((plain.end, plain.end, qualify(b"</r>", prefix)))
    return [*edits, append_inside(xml, text, run)]


_DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">\
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>{shapes}</xml>"""
_SHAPE_TYPE = """<v:shapetype id="{type}" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_SHAPE = """<v:shape id="_x0000_s{id}" type="#{type}" style="position:absolute;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" \
obscured="t"/><v:path o:connecttype="none"/><v:textbox><div style="text-align:left"></div>\
</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}\
</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
</x:ClientData></v:shape>"""
# Excel numbers shapes in blocks of 1,024; a drawing owns the blocks that its idmap names.
BLOCK = 1024
_IDMAP = re.compile(rb"""<o:idmap\s[^>]*?data\s*=\s*["']([0-9, ]*)["']""")
_LINE = 17  # characters in a line of a box
_SHAPE_TYPE_ID = "_x0000_t202jd"


def used_blocks(drawing: bytes) -> int:
    """The highest block of shape numbers in a VML drawing."""
    numbers = [int(n) for m in _IDMAP.findall(drawing) for n in re.findall(rb"[0-9]+", m)]
    return max(numbers, default=0)


def blocks_for(boxes: int) -> int:
    """How many blocks so many new shapes take."""
    return -(-boxes // (BLOCK - 1))


def add_boxes(
    existing: bytes | None,
    boxes: Sequence[Position],
    notes: Mapping[Position, str],
    first_block: int,
) -> bytes:
    """The VML drawing with a hidden box for each cell, numbered from `first_block` on."""
    shapes = _SHAPE_TYPE.format(type=_SHAPE_TYPE_ID) + "".join(
        _SHAPE.format(
            id=first_block * BLOCK + 1 + number + number // (BLOCK - 1),
            type=_SHAPE_TYPE_ID,
            anchor=_anchor(cell, notes[cell]),
            row=cell[0] - 1,
            column=cell[1] - 1,
        )
        for number, cell in enumerate(boxes)
    )
    blocks = ",".join(str(first_block + n) for n in range(blocks_for(len(boxes))))
    if existing is None:
        return _DRAWING.format(blocks=blocks, shapes=shapes).encode()
    # Drawings of others are often no well-formed XML, so they are not parsed.
    end = existing.rfind(b"</xml>")
    if end < 0:
        raise PeculiarXml("原有批注的图形无法识别")
    idmap = _IDMAP.search(existing)
    if any(b"xmlns:%c=" % prefix not in existing for prefix in b"vox"):
        names = _DRAWING[len("<xml ") : _DRAWING.index(">")]
        shapes = re.sub(r"<v:shape(type)? ", rf"<v:shape\1 {names} ", shapes)
    drawing = existing[:end] + shapes.encode() + existing[end:]
    if idmap is None:
        return drawing
    return drawing[: idmap.end(1)] + f",{blocks}".encode() + drawing[idmap.end(1) :]


def _anchor(cell: Position, text: str) -> str:
    """Where the box stands: right of the cell, as high as the text needs."""
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    row, column = cell
    top = max(row - 2, 0)
    return f"{column}, 15, {top}, 10, {column + 3}, 20, {top + min(lines, 25) + 1}, 4"
