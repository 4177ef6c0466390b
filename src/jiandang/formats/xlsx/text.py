"""Text as it stands in the XML of a workbook."""

from jiandang.patterns import regex
from jiandang.register.address import column_letters, column_number
from jiandang.register.cells import MAX_TEXT

# What XML 1.0 cannot hold; Excel writes such a character as _x0001_, and so a text that looks
# like that needs its own underscore escaped.
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = regex('[&<>"\r]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": ""}


def escape(text: str) -> str:
    """`text` for a cell or an attribute; too long a text is cut as Excel would refuse it."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda match: _ENTITIES[match[0]], text)
    return text


def address(row: int, column: int) -> str:
    """A1 for row 1, column 1."""
    return f"{column_letters(column)}{row}"


def display_width(text: str) -> int:
    """The width of a text in half-width characters: 汉字 take two."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def line_count(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    if "\n" in text:
        return sum(line_count(line, width) for line in text.split("\n"))
    return max(1, -(-display_width(text) // int(width)))


# (row, column), both from 1.
Position = tuple[int, int]
_A1 = regex(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def position(cell: str) -> Position:
    """Row and column (from 1) of an A1 address. Raises ValueError for anything else."""
    match = _A1.fullmatch(cell)
    if match is None:
        raise ValueError(f"{cell!r} is no A1 address")
    return int(match[2]), column_number(match[1])


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands in a reference: `'成员'`."""
    return "'" + name.replace("'", "''") + "'"
