"""The encoding of a text: decided by hand, since the libraries take short GBK for Big5 or worse.

GBK is what mainland offices write.
"""

import codecs
import contextlib
import re

from jiandang.formats.grid import damaged
from jiandang.patterns import regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""<[^>]{0,2000}?(?:charset|encoding)\s{0,20}=\s{0,20}["']?\s{0,20}([\w.:-]+)""",
    re.IGNORECASE,
)
# The encodings that pages may name; Python knows others, of which some take the square of the time.
_OF_TEXTS = regex("utf-(?:8|16|32)(?:-(?:le|be|sig))?|gb|big5|cp[0-9]|iso8859|euc|ascii|mac")
# gb18030 holds all of GBK and the rare characters of names; gbk lacks some of them.
_ENCODINGS = ("utf-8", "gb18030")
_TAIL_MATTERS_FROM = 500  # bytes
# Control characters, of which texts have none, and how many may be there by accident.
_CONTROL = regex(r"[\x00-\x08\x0e-\x1f\x7f]")
_TOLERATED = 0.01


def decode_declared(data: bytes) -> str | None:
    """The text of a markup file in the encoding that it names, if it is in that."""
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    try:
        # Files that name gb2312 hold more than that.
        name = "gb18030" if name.startswith("gb") else codecs.lookup(name).name
        return data.decode(name) if _OF_TEXTS.match(name) else None
    except (LookupError, ValueError):
        return None


def decode(data: bytes, remarks: list[str]) -> str | None:
    """The text of the bytes in the encoding they are in; None if they are no text."""
    _refuse_zeros(data)
    text = _decode(data)
    if text is None:
        return None
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) > len(sample) * _TOLERATED:
        return None
    if text.endswith("\ufffd"):
        remarks.append("文件末尾的一个字不完整，文件可能没有拷贝完，请核对最后一行。")
    elif broken := text.count("\ufffd"):
        row = _row_of(text[: text.index("\ufffd")])
        remarks.append(
            f"有 {broken} 处文字的编码有误（第一处在第 {row} 行），读成了“\ufffd”，"
            "请核对这些单元格。"
        )
    return text


def _decode(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data[len(bom) :], encoding)
    text = None
    for encoding in _ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            break
    else:
        _refuse_other_encoding(data)
    sample = data[:65_536].rstrip(b"\0")
    zeros, odd = sample.count(0), sample[1::2].count(0)
    if zeros * 20 > len(sample) and max(odd, zeros - odd) > 0.9 * zeros:
        # UTF-16 without a mark: the zeros are the high bytes of the digits and commas.
        return _decode_marked(data, "utf-16-le" if odd > zeros - odd else "utf-16-be")
    if text is not None:
        return text
    # A cut end, or a few damaged bytes.
    texts = [data.decode(encoding, "replace") for encoding in _ENCODINGS]
    text = min(texts, key=lambda text: text.count("\ufffd"))
    return text if text.count("\ufffd") <= 1 + len(text) * _TOLERATED else None


def _decode_marked(data: bytes, encoding: str) -> str:
    """The text in the encoding of its mark. Raises `Unreadable` for another end, with the row."""
    text = data.decode(encoding, "replace")
    if encoding == "utf-8" or len(data) < _TAIL_MATTERS_FROM:
        return text
    if (zeros := text.find("\0" * 8)) > 0:
        raise damaged(f"从第 {_row_of(text[:zeros])} 行起是空字节，文件没有拷贝完")
    if text.count("\ufffd") > 20:
        row = _row_of(text[: text.index("\ufffd")])
        raise damaged(f"从第 {row} 行起文字的编码与前面不同")
    # Bytes of another encoding make characters as well, but never a zero, as line ends have.
    tail = data[data.rfind(b"\0") + 1 :]
    if b"\n" in tail.strip(b"\n") and re.search(rb"[,\t;|]", tail):
        rows = tail.partition(b"\n")[2]
        if _is_utf_8(rows) or _strictly(rows) is not None:
            row = _row_of(text[: text.rfind("\n") + 1])
            raise damaged(f"从第 {row} 行起文字的编码与前面不同")
    return text


def _row_of(before: str | bytes) -> int:
    """The row of what follows this text."""
    return 1 + (before.count(b"\n") if isinstance(before, bytes) else before.count("\n"))


def _refuse_zeros(data: bytes) -> None:
    """Refuse a table whose end was never written. Raises `Unreadable`, with the row."""
    zeros = data.find(bytes(16)) if len(data) >= _TAIL_MATTERS_FROM else -1
    if zeros > 0 and (text := _strictly(data[:zeros])) is not None:
        raise damaged(f"从第 {_row_of(text)} 行起是空字节，文件没有拷贝完")


def _refuse_other_encoding(data: bytes) -> None:
    """Refuse a table whose end is in another encoding. Raises `Unreadable`, with the row.

    What is no text from the beginning is not looked at.
    """
    if len(data) < _TAIL_MATTERS_FROM or bytes(16) in data:
        return
    good, encoding = 0, ""
    for each in _ENCODINGS:
        try:
            data.decode(each)
        except UnicodeDecodeError as error:
            good, encoding = max((good, encoding), (error.start, each))
    before, after = data[:good], data[good:]
    if good < len(data) // 4 or _CONTROL.search(before[:100_000].decode("latin-1")):
        return
    broken = after.decode(encoding, "replace").count("\ufffd")
    # What is UTF-8 without a fault is hardly anything else; GBK shows by what is wrong with it.
    rest = data[data.rfind(b"\n", 0, good) + 1 :]
    is_utf_8 = encoding != "utf-8" and not rest.isascii() and _is_utf_8(rest)
    if is_utf_8 or (broken > 20 and broken > 0.02 * len(after)):
        raise damaged(f"从第 {_row_of(before)} 行起文字的编码与前面不同")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes) -> str | None:
    """The text, if it is one without any doubt; its last character may be cut."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        with contextlib.suppress(UnicodeDecodeError):
            text = decoder.decode(data)
            return None if _CONTROL.search(text) else text
    return None
