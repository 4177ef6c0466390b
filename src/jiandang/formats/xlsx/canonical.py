"""An .xlsx sheet in any notation, put into the one that Excel and its kin write.

Other quotes, blanks, prefixes, comments, CDATA, processing instructions, attributes in another
order or beyond those that matter, rows and cells without addresses: all of this is well-formed,
seldom, and not worth a second reader.
"""

from collections.abc import Iterable, Iterator
from html import escape

from jiandang.formats.elements import parser_of
from jiandang.formats.grid import MAX_COLUMNS, damaged
from jiandang.formats.xlsx.text import address
from jiandang.patterns import regex
from jiandang.register.address import column_number

_ADDRESS = regex(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW_NUMBER = regex(r"[1-9][0-9]{0,6}")


def canonical(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sheet in the notation that `reading_cells` reads. Raises ExpatError for broken XML."""
    writer = _Writer()
    parser = parser_of(writer.start, writer.end)
    parser.CharacterDataHandler = writer.text
    for chunk in chunks:
        parser.Parse(chunk, False)
        yield writer.drain()
    parser.Parse(b"", True)
    yield writer.drain()


class _Writer:
    """Writes elements as they come; knows the row and the column where it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._row = self._column = 0
        self._inside_cell = 0  # how deep

    def drain(self) -> bytes:
        """What has been written since the last call."""
        written = "".join(self._pieces).encode("utf-8", "surrogatepass")
        self._pieces.clear()
        return written

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if self._inside_cell:
            self._inside_cell += 1
        elif name == "row":
            self._start_row(attributes)
            return
        elif name == "c":
            attributes = self._start_cell(attributes)
            self._inside_cell = 1
        kept = [f' {key}="{_escaped(value)}"' for key, value in attributes.items()]
        self._pieces.append(f"<{name}{''.join(kept)}>" if kept else f"<{name}>")

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self._row + 1))
        if not _ROW_NUMBER.fullmatch(number):
            raise damaged("有单元格的地址无法识别")
        self._row, self._column = int(number), 0
        hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
        self._pieces.append(f'<row r="{number}"{hidden}>')

    def _start_cell(self, attributes: dict[str, str]) -> dict[str, str]:
        if (place := attributes.get("r")) is None:
            row, self._column = max(self._row, 1), self._column + 1
            if self._column > MAX_COLUMNS:
                raise damaged("一行的单元格比列还多")
        else:
            found = _ADDRESS.fullmatch(place)
            if not found:
                raise damaged("有单元格的地址无法识别")
            row, self._column = int(found[2]), column_number(found[1].upper())
        if row != self._row:  # the address of the cell counts, not the number of its row
            self._pieces.append(f'</row><row r="{row}">')
            self._row = row
        kept = {key: attributes[key] for key in ("s", "t") if key in attributes}
        return {"r": address(row, self._column)} | kept

    def end(self, name: str) -> None:
        self._pieces.append(f"</{name.rpartition(':')[2]}>")
        self._inside_cell -= self._inside_cell > 0

    def text(self, text: str) -> None:
        if self._inside_cell:
            self._pieces.append(_escaped(text))


def _escaped(text: str) -> str:
    if text.isalnum():  # most are
        return text
    return escape(text).replace("\r", "&#13;")
