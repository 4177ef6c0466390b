"""What must be known of an .ods before calamine sees it: how far its tables reach.

A cell may stand for a million, so a small file can have any extent. The errors, the merged ranges
and the hidden rows and columns are found on the way.
"""

from collections.abc import Iterator

from jiandang.formats.container import Container, refuse_entities
from jiandang.formats.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Budget,
    Grid,
    SheetFacts,
    Spans,
    Unreadable,
    damaged,
    too_large,
)
from jiandang.formats.spreadsheet import CalamineSheets, refuse_too_wide, translated
from jiandang.register.cells import ErrorValue

# A tag with all its attributes, of which none is the text of a cell: bytes.
_LONGEST_TAG = 4 << 20
_LONGEST_ERROR = 32_000
# Rows alike are those of a form that nobody has filled in; so many are nobody's.
_MOST_ROWS_ALIKE = 100_000


def ods_facts(chunks: Iterator[bytes]) -> list[SheetFacts]:
    """The facts of the tables of an .ods, merged ranges included, in their order."""
    from xml.parsers.expat import ParserCreate

    tables = _Tables()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = tables.start
    parser.EndElementHandler = tables.end
    parser.CharacterDataHandler = tables.text
    parser.StartDoctypeDeclHandler = lambda *_: refuse_entities(b"<!DOCTYPE")
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
            raise damaged("内容有误：一个标记过长")
    parser.Parse(b"", True)
    return tables.measured()


class _Tables:
    """Follows rows and cells of content.xml, both of which may stand for several."""

    def __init__(self) -> None:
        self.facts: list[SheetFacts] = []
        self._budget = Budget()
        self._hidden: list[tuple[Spans, Spans]] = []
        self._row = self._column = self._definition = 0
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        hidden = attributes.get("table:visibility", "visible") != "visible"
        if name == "table:table":
            self._budget.sheet()
            self.facts.append(SheetFacts())
            self._hidden.append((Spans(), Spans()))
            self._row = self._column = self._definition = 0
        elif name == "table:table-column":
            end = self._definition + _repeated(attributes, "columns")
            if hidden:
                self._hidden[-1][1].add(self._definition, end - 1)
            self._definition = end
        elif name == "table:table-row":
            self._rows, self._column = _repeated(attributes, "rows"), 0
            if hidden:
                self._hidden[-1][0].add(self._row, self._row + self._rows - 1)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._text = attributes, ""

    def text(self, text: str) -> None:
        # Whether there is a text, and whether it is an error: its beginning tells.
        if self._cell is not None and len(self._text) < _LONGEST_ERROR:
            self._text += text

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            repeated = _repeated(self._cell, "columns")
            if self._text or "office:value-type" in self._cell:
                self._add(self.facts[-1], self._cell, repeated)
            self._column += repeated
            self._cell = None

    def measured(self) -> list[SheetFacts]:
        """The facts of all tables, when the last of them is known."""
        for facts, (rows, columns) in zip(self.facts, self._hidden, strict=True):
            facts.measure()
            facts.hidden_rows = set(rows.below(facts.rows))
            facts.hidden_columns = set(columns.below(facts.columns))
        return self.facts

    def _add(self, facts: SheetFacts, cell: dict[str, str], repeated: int) -> None:
        row, column = self._row, self._column
        if self._rows > _MOST_ROWS_ALIKE:
            raise too_large(f"从第 {row + 1} 行起有 {self._rows} 行的内容相同")
        # Only the first and the last place of a repeated cell: the bounds need no more.
        for c in {column, column + repeated - 1}:
            facts.in_column[c] += self._rows
        for r in {row, row + self._rows - 1}:
            facts.in_row[r] += repeated
        is_error = cell.get("calcext:value-type") == "error" or (
            "table:formula" in cell and self._text.startswith(("#", "Err:"))
        )
        if is_error and repeated == self._rows == 1:
            facts.marks[row, column] = ErrorValue(self._text)
        down = min(int(cell.get("table:number-rows-spanned", "1")), MAX_ROWS)
        across = min(int(cell.get("table:number-columns-spanned", "1")), MAX_COLUMNS)
        if down > 1 or across > 1:
            facts.merged.append((row, column, row + down - 1, column + across - 1))


def _repeated(attributes: dict[str, str], what: str) -> int:
    number = int(attributes.get(f"table:number-{what}-repeated", "1"))
    if not 1 <= number <= MAX_ROWS:
        raise damaged("重复次数有误")
    return number


def read_ods(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The tables of an .ods."""
    if "META-INF/manifest.xml" in container:
        manifest = container.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Unreadable("password", f"文件设有打开密码，.ods 的密码无法解开。{RESAVE}。")
    with translated():
        facts = ods_facts(container.chunks("content.xml"))
    refuse_too_wide(facts)
    return CalamineSheets(container.data, lambda index, _: facts[index], remarks)
