"""What must be known of an .xlsx sheet before calamine sees it, found fast.

calamine allocates a block from the first to the last cell, so that one stray cell at XFD1048576
aborts the whole process. It also drops what the checks need: errors, formulas without a value,
hidden rows and columns. All of this is found here by byte searches over the unpacked chunks, at a
fraction of the price of an XML parser; `slow_scan` takes over where they cannot be sure.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from jiandang.intake.container import Container
from jiandang.intake.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetFacts, damaged
from jiandang.intake.slow_scan import (
    HIDDEN,
    NOT_COMPUTED,
    NUMBER,
    TEXT_RESULT,
    Tags,
    Unsure,
    column_of,
    count_cells,
    head_and_rows,
    hidden_columns,
    look_at_every_cell,
    mark,
    place_of,
)
from jiandang.register.address import cell_address, column_letters

_PLAIN_ADDRESS = re.compile(rb"""\sr=["']([A-Z]{1,3})([1-9][0-9]{0,6})["']""")


def scan_sheet(container: Container, part: str) -> SheetFacts:
    """The facts of an OOXML sheet; the bounds are exact if they are suspiciously wide."""
    try:
        facts = scan(container.chunks(part))
        if facts.cells > MAX_CELLS:
            count_cells(facts, container.chunks(part))
    except Unsure:
        facts = look_at_every_cell(container.chunks(part))
    if facts.rows > MAX_ROWS or facts.columns > MAX_COLUMNS:
        raise damaged(f"有单元格的地址 {facts.corner()} 超出工作表的范围")
    return facts


def scan(chunks: Iterator[bytes]) -> SheetFacts:
    """The facts by byte searches; the bounds cover every cell with a value, and may be wider."""
    head, tags, pieces = head_and_rows(chunks)
    facts = SheetFacts(hidden_columns=set(hidden_columns(head, tags)))
    for piece in pieces:
        # A search for one byte is nearly free, and most sheets have no such letter in their tags.
        if b"h" in piece and b"hidden=" in piece:
            facts.hidden_rows.update(_hidden_rows(piece, tags))
        # Where the last value stands; a piece without any is of blank rows, formats only.
        last = max(piece.rfind(tags.value), 0)
        last = max(piece.rfind(tags.inline, last), last)
        has_formula = b"f" in piece and tags.formula in piece
        if has_formula:
            last = max(piece.rfind(tags.formula, last), last)
        if last == 0:
            continue
        _widen(facts, piece, last, tags)
        if b"e" in piece and (b't="e"' in piece or b"t='e'" in piece):
            for attributes, content in tags.error.findall(piece):
                mark(facts, place_of(attributes), attributes, content, tags)
        if has_formula and any(ending in piece for ending in tags.no_value):
            for attributes in tags.uncomputed.findall(piece):
                if not TEXT_RESULT.search(attributes):
                    facts.marks[place_of(attributes)] = NOT_COMPUTED
    return facts


def _widen(facts: SheetFacts, piece: bytes, last: int, tags: Tags) -> None:
    """Stretch the bounds over the piece, whose last value stands at `last`."""
    row_tag = tags.row_tag.match(piece, max(piece.rfind(tags.row, 0, last), 0))
    number = NUMBER.search(row_tag[1]) if row_tag else None
    if number is None:
        raise Unsure
    facts.rows = max(facts.rows, int(number[1]))
    if not facts.columns:
        _look_closer(facts, piece[:20_000], tags)
    if _unusual(tags.prefix, facts.columns, len(str(facts.rows))).search(piece):
        _look_closer(facts, piece, tags)


def _look_closer(facts: SheetFacts, piece: bytes, tags: Tags) -> None:
    """Widen the bounds to every address of the piece, of blank cells as well."""
    addresses = [_PLAIN_ADDRESS.search(attributes) for attributes in tags.cell_tag.findall(piece)]
    if not all(addresses):
        raise Unsure
    rows = {address[2] for address in addresses if address}
    columns = {address[1] for address in addresses if address}
    facts.rows = max([facts.rows, *map(int, rows)])
    facts.columns = max([1, facts.columns, *(column_of(c) for c in columns)])


@lru_cache(maxsize=64)
def _unusual(prefix: bytes, columns: int, digits: int) -> re.Pattern[bytes]:
    """Finds a cell whose tag does not begin with an address up to that column and row.

    This one search sees every cell, so it is written for speed: the few bytes after `<c` decide,
    and possessive quantifiers keep it from trying twice.
    """
    last = column_letters(columns).encode()
    letters = b"[A-Z]{1,3}+"
    if len(last) == 1:
        letters = b"[A-%s]" % last
    elif len(last) == 2:
        first = last[0]
        before = b"[A-%c][A-Z]?+|" % (first - 1) if first > 65 else b""
        behind = b"|[%c-Z]" % (first + 1) if first < 90 else b""
        letters = b"%s%c[A-%c]?+%s" % (before, first, last[1], behind)
    return re.compile(rb'<%sc(?! r="(?:%s)[0-9]{1,%d}+")' % (prefix, letters, digits))


def _hidden_rows(piece: bytes, tags: Tags) -> Iterator[int]:
    for attributes in tags.row_tag.findall(piece):
        if HIDDEN.search(attributes):
            if (number := NUMBER.search(attributes)) is None:
                raise Unsure
            yield int(number[1]) - 1


def rewrite(
    container: Container, part: str, facts: SheetFacts, rows: int, columns: int
) -> tuple[bytes, list[str]]:
    """A workbook with this sheet alone, less the cells beyond `rows` and `columns` and the errors.

    Returns it with the addresses of the cells that are left out. This way calamine reads the sheet
    as it reads any other: the same types at the same speed.
    """
    dropped: list[str] = []

    def keep(cell: re.Match[bytes]) -> bytes:
        row, column = place_of(cell[1])
        if row < rows and column < columns:
            return b"" if (row, column) in facts.marks else cell[0]
        if cell[2]:
            dropped.append(cell_address(row, column))
        return b""

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, entry in container.parts.items():
            if name.startswith(("xl/", "_rels/", "[content")) and "/worksheets/" not in name:
                with archive.open(entry.filename, "w") as stream:
                    stream.writelines(container.chunks(name))
        head, tags, pieces = head_and_rows(container.chunks(part))
        outside = _unusual(tags.prefix, columns, len(str(rows)))
        with archive.open(container.parts[part.lower()].filename, "w") as stream:
            stream.write(head)
            for piece in pieces:
                numbers = map(NUMBER.search, tags.row_tag.findall(piece))
                last = max((int(number[1]) for number in numbers if number), default=0)
                if last > rows or outside.search(piece) or b't="e"' in piece:
                    piece = tags.cell.sub(keep, piece)
                stream.write(piece)
    return target.getvalue(), dropped
