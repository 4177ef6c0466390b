"""Tables as text: .csv, and the tab-separated text that web systems save as .xls.

The encoding is decided by hand: the libraries take short GBK texts for Big5 or worse, and GBK is
what mainland offices write. All cells stay texts.
"""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from jiandang.intake.grid import Grid, Unreadable
from jiandang.intake.xlsx_guard import MAX_CELLS, RESAVE, too_large
from jiandang.register.cells import Raw

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",\t;"
# Control characters, which no text has.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What programs write to keep Excel from taking digits for a number: ="00123".
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')


def decode(data: bytes, remarks: list[str]) -> str | None:
    """The text of the bytes in the encoding they are in; None if they are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _as_text(data[len(bom) :], encoding, remarks)
    sample = data[:65_536]
    if zeros := sample.count(0):
        # UTF-16 without a mark: the zeros are the high bytes of the digits and commas.
        odd = sample[1::2].count(0)
        if max(odd, zeros - odd) < 0.9 * zeros:
            return None
        return _as_text(data, "utf-16-le" if odd > zeros - odd else "utf-16-be", remarks)
    # gb18030 holds all of GBK and the rare characters of names; gbk lacks some of them.
    return _as_text(data, "utf-8", remarks) or _as_text(data, "gb18030", remarks)


def _as_text(data: bytes, encoding: str, remarks: list[str]) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    if decoder.getstate()[0]:
        # Cut in the middle of a character: the file is, too.
        text += "\ufffd"
        remarks.append("文件末尾不完整（最后一个字只有一半），可能没有拷贝完，请核对最后一行。")
    return None if _BINARY.search(text, 0, 100_000) else text


def delimiter_of(text: str) -> str | None:
    """The delimiter that cuts the first rows into equal numbers of cells; None if none does."""
    if found := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return found[1]
    best, delimiter = 0, None
    for candidate in _DELIMITERS:
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=candidate)
        try:
            widths = Counter(len(row) - 1 for row in islice(rows, 50))
        except csv.Error:
            widths = Counter(line.count(candidate) for line in text[:100_000].splitlines()[:50])
        score = max((count * width for width, count in widths.items()), default=0)
        if score > best:
            best, delimiter = score, candidate
    return delimiter


def is_table(text: str) -> bool:
    """Whether at least two lines of the text are cut by a delimiter."""
    delimiter = delimiter_of(text)
    lines = text[:100_000].splitlines()
    return delimiter is not None and sum(delimiter in line for line in lines) >= 2


def read_delimited(text: str, name: str, remarks: list[str]) -> Grid:
    """The one table of a text."""
    delimiter = delimiter_of(text) or ","
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    rows = _rows(text, delimiter, remarks)
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise too_large(f"表格达 {len(rows)} 行 × {width} 列")
    for row in rows:
        row.extend([""] * (width - len(row)))
    if '="' in text:
        for row in rows:
            row[:] = [
                _QUOTED_FORMULA.sub(r"\1", cell) if cell[:2] == '="' else cell for cell in row
            ]
    cells: list[list[Raw]] = rows  # type: ignore[assignment]  # a list of texts is one of cells
    return Grid(name, cells, untyped=True)


def _rows(text: str, delimiter: str, remarks: list[str]) -> list[list[str]]:
    """All rows. A quotation mark that is never closed would swallow the rest of the file."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        pass
    try:
        if text.count('"') % 2 == 0:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        remarks.append("英文引号不成对，已当作普通文字读取，请核对带引号的单元格。")
        lines = io.StringIO(text, newline="")
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise Unreadable("damaged", f"文本表格的内容有误，分不出单元格。{RESAVE}。") from error
