"""Tables of web pages, which web systems and old programs save as .xls.

The page is cut into tags and texts in one pass, since Python's own parser takes the square of the
length of some pages. The end tags of rows and cells may be missing, as HTML allows. That of a table
may not, and a page that ends without it has been cut off, unless </body> or </html> ends the page.
"""

import re
from collections.abc import Iterator
from html import unescape

from jiandang.formats.canvas import Canvas
from jiandang.formats.grid import MAX_COLUMNS, MAX_ROWS, RESAVE, Budget, Grid, Unreadable, too_large
from jiandang.patterns import regex

_NUMBER = regex(r"\s*([0-9]{1,7})")
_HIDDEN = regex(r"display\s*:\s*none", re.IGNORECASE)
# Where a tag or a comment begins; any other `<` is one.
_OPENED = regex(r"<(?=/?[a-zA-Z]|[!?])")
_NAME = regex(r"[a-zA-Z][^\s/>]{0,99}")
# A tag without attributes, as most are.
_PLAIN = regex("<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})>")
# What ends a tag, or begins a value in quotes, in which there may be any character.
_IN_TAG = regex(r"""=\s*(["'])|>""")
_ATTRIBUTE = regex(r"""([^\s"'<>/=]{1,99})(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
# The elements whose attributes and ends matter; of all others nothing is looked at.
_LOOKED_AT = {
    "html", "body", "table", "tr", "td", "th", "br", "p", "div", "li", "script", "style", "title",
}  # fmt: skip
_RAW = {name: regex(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
# Longer tags have no tables in them but pictures and the like.
_MOST_ATTRIBUTES = 20_000

# Pages are laid out by tables too, which hold no text and are no sheets.
_MOST_TABLES = 20_000

Attributes = dict[str, str]


def read_html(text: str, name: str, budget: Budget) -> list[Grid]:
    """The tables of a page that hold any text, in their order; raises `Unreadable`."""
    page = _Page(budget)
    for kind, what, attributes in _tokens(text):
        if kind == "text":
            page.text(what)
        elif kind == "start":
            page.start(what, attributes)
        elif kind == "end":
            page.end(what)
        else:
            page.is_within_tag = True
    page.close()
    if page.is_cut_off:
        raise Unreadable(
            "damaged",
            "网页表格没有写完（到文件末尾还没有 </table>），后面的行可能缺失。"
            f"请重新导出或重新拷贝；核对过行数、没有缺的，{RESAVE.removeprefix('请')}。",
        )
    tables = [table for table in page.tables if table.canvas.cells]
    if not tables:
        frames = "数据在同名的 .files 文件夹中。" if "<frame" in text.lower() else ""
        raise Unreadable("not_a_workbook", f"网页里没有表格。{frames}{RESAVE}。")
    names = [name] if len(tables) == 1 else [f"表{n}" for n in range(1, len(tables) + 1)]
    grids = []
    for table, title in zip(tables, names, strict=True):
        grid = table.canvas.grid(title)
        grid.hidden_rows = frozenset(table.hidden_rows)
        grids.append(grid)
    return grids


def _tokens(text: str) -> Iterator[tuple[str, str, Attributes]]:
    """What the page consists of, from front to back: kind, text or name of the tag, attributes.

    The kind is "text", "start", "end", or "cut" where the page ends within a tag or a comment.
    """
    at, end = 0, len(text)
    while at < end:
        found = _OPENED.search(text, at)
        opened = found.start() if found else end
        if opened > at:
            yield "text", _unescaped(text[at:opened]), {}
        if found is None:
            return
        at = opened
        if text[at + 1 : at + 2] in ("!", "?"):
            mark, start = ("-->", at + 4) if text.startswith("<!--", at) else (">", at)
            behind = text.find(mark, start)
            if behind < 0:
                yield "cut", "", {}
                return
            at = behind + len(mark)
            continue
        if plain := _PLAIN.match(text, at):
            closes, tag, close = plain[1] == "/", plain[2].lower(), plain.end() - 1
            inside = ""
        else:
            closes = text.startswith("/", at + 1)
            name = _NAME.match(text, at + 1 + closes)
            assert name is not None
            tag, close = name[0].lower(), _end_of_tag(text, name.end())
            if close < 0:
                yield "cut", "", {}
                return
            inside = text[name.end() : min(close, name.end() + _MOST_ATTRIBUTES)]
        if tag in _LOOKED_AT:
            yield ("end", tag, {}) if closes else ("start", tag, _attributes(inside))
        at = close + 1
        if tag in _RAW and not closes:
            closing = _RAW[tag].search(text, at)
            at = closing.start() if closing else end


def _end_of_tag(text: str, at: int) -> int:
    """Where the `>` of a tag stands, outside of quotes; -1 if the text is cut off before."""
    if text.startswith(">", at):
        return at
    while found := _IN_TAG.search(text, at):
        if found[1] is None:
            return found.start()
        at = text.find(found[1], found.end()) + 1
        if at == 0:
            break
    return -1


def _attributes(inside: str) -> Attributes:
    if not inside or inside.isspace():
        return {}
    return {
        found[1].lower(): _unescaped((found[2] or "").strip("\"'"))
        for found in _ATTRIBUTE.finditer(inside)
    }


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text else text


class _Table:
    """A table while it is read. Tables within cells are tables of their own."""

    def __init__(self, budget: Budget) -> None:
        self.canvas = Canvas(budget)
        self.hidden_rows: set[int] = set()
        self.row = -1
        self.column = 0
        self.span: tuple[int, int] | None = None
        self.texts: list[str] = []

    def begin_row(self, hidden: bool) -> None:
        self.end_cell()
        self.row += 1
        self.column = 0
        if hidden:
            self.hidden_rows.add(self.row)

    def begin_cell(self, down: int, across: int) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        self.span = down, across
        self.texts = []

    def end_cell(self) -> None:
        if self.span is None:
            return
        down, across = self.span
        text = ""
        if self.texts:
            lines = [" ".join(line.split()) for line in "".join(self.texts).split("\n")]
            text = lines[0] if len(lines) == 1 else "\n".join(filter(None, lines))
        column = self.canvas.free(self.row, self.column)
        self.canvas.put(self.row, column, text, down, across)
        self.column = column + across
        self.span = None


class _Page:
    """Collects the tables."""

    def __init__(self, budget: Budget) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = ""
        self._budget = budget
        self._is_ended = False
        self.is_within_tag = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in ("script", "style", "title"):
            self._unseen = tag
        elif tag == "table":
            self._is_ended = False
            if len(self.tables) >= _MOST_TABLES:
                raise too_large(f"网页里的表超过 {_MOST_TABLES} 张")
            self._open.append(_Table(self._budget))
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            self._is_ended = False
            hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
            self._open[-1].begin_row(hidden)
        elif self._open and tag in ("td", "th"):
            down = across = 1
            if attributes:
                down = _span(attributes.get("rowspan"), MAX_ROWS)
                across = _span(attributes.get("colspan"), MAX_COLUMNS)
            self._open[-1].begin_cell(down, across)
        elif self._open and tag in ("br", "p", "div", "li"):
            self._open[-1].texts.append("\n")

    def end(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        self._is_ended |= tag in ("body", "html")
        if self._open and tag in ("td", "th", "tr", "table"):
            self._open[-1].end_cell()
            if tag == "table":
                self._open.pop()

    def text(self, text: str) -> None:
        if self._open and self._open[-1].span and not self._unseen:
            # Line breaks of the source are blanks; those of the text are tags.
            self._open[-1].texts.append(text.replace("\n", " "))

    def close(self) -> None:
        for table in self._open:
            table.end_cell()

    @property
    def is_cut_off(self) -> bool:
        """Whether the text ends within a table, a tag or a comment, and not behind the page."""
        return not self._is_ended and (self.is_within_tag or bool(self._open))


def _span(value: str | None, most: int) -> int:
    if value is None:
        return 1
    found = _NUMBER.match(value)
    return min(max(int(found[1]), 1), most) if found else 1
