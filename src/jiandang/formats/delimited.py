"""Tables as text: .csv, and the tab-separated text that web systems save as .xls.

The encoding is decided by hand: the libraries take short GBK texts for Big5 or worse, and GBK is
what mainland offices write. All cells stay texts.
"""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from itertools import islice

from jiandang.formats.grid import MAX_CELLS, RESAVE, Grid, Unreadable, too_large
from jiandang.register.cells import Raw

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",\t;"
# Control characters, of which texts have none, and how many may be there by accident.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_TOLERATED = 0.01
# What programs write to keep Excel from taking digits for a number: ="00123".
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')


def decode(data: bytes, remarks: list[str]) -> str | None:
    """The text of the bytes in the encoding they are in; None if they are no text."""
    text = _decode(data)
    if text is None:
        return None
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) > len(sample) * _TOLERATED:
        return None
    if text.endswith("\ufffd"):
        remarks.append("文件末尾的一个字不完整，文件可能没有拷贝完，请核对最后一行。")
    elif broken := text.count("\ufffd"):
        remarks.append(f"有 {broken} 处文字的编码有误，读成了“\ufffd”，请核对这些单元格。")
    return text


def _decode(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    sample = data[:65_536]
    zeros, odd = sample.count(0), sample[1::2].count(0)
    if zeros * 20 > len(sample) and max(odd, zeros - odd) > 0.9 * zeros:
        # UTF-16 without a mark: the zeros are the high bytes of the digits and commas.
        return data.decode("utf-16-le" if odd > zeros - odd else "utf-16-be", "replace")
    # gb18030 holds all of GBK and the rare characters of names; gbk lacks some of them.
    encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    # A cut end, or a few damaged bytes.
    texts = [data.decode(encoding, "replace") for encoding in encodings]
    text = min(texts, key=lambda text: text.count("\ufffd"))
    return text if text.count("\ufffd") <= 1 + len(text) * _TOLERATED else None


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
