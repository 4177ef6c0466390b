"""Lists of codes that a heading or a label prints itself: 性别(0女1男), 是否危房 1.否 2.是.

What is printed counts, whatever the same numbers mean on other forms.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from jiandang.patterns import regex
from jiandang.register.cells import CellError
from jiandang.register.code_cells import Code
from jiandang.register.table import Column
from jiandang.register.text import plain, without_circles

# A word by its number, or letter.
Options = Mapping[str, str]

# What begins a word, and no unit: not 12月 or 60周岁; grades have letters of their own (A级).
_WORD = r"(?=[A-D]级|(?![年月日号岁周个人项位元亩级类期])[一-鿿])"
_CODES = "0-9A-L０-９Ａ-Ｌ①-⓿"
_TWO_CODES = regex(f"[{_CODES}][^{_CODES}]+[{_CODES}]")
_JOINT = r"[>)\]\"”]?\s*(?:[.、:=|\-–—]+|(?:为|代表|表示)(?=[一-鿿]))?\s*"
_NUMBERED = tuple(
    regex(rf"(?<![0-9A-Za-z])[<(\[\"“]?0?({code}){_JOINT}{_WORD}")
    for code in ("[0-9]{1,2}", "[A-L]")
)
_LAST_WORD = regex(r"[一-鿿A-D]+(?:\([一-鿿、]+\)[一-鿿]*)*")
_CLOSING = " 。;,)]}】〕"
_ANSWER = regex(r"[\s()\[\]_、,0-9A-L]+")
# 男1女2: the numbers behind their words, and nothing else within brackets or behind a colon.
_BEHIND = regex(r"\s*([一-鿿]+?)\s*(?:为|填|[.、:=|\-–—])?\s*([0-9]{1,2})\s*[,;、/.。]*")
_ALL_BEHIND = regex(rf"[(\[:\s]\s*((?:{_BEHIND.pattern}){{2,}})[)\]]?$")


def printed_list(text: str) -> tuple[str, Options, str]:
    """A label, the options printed behind it by their codes, and what stands behind the last.

    `性别(1男2女)` → 性别, {1: 男, 2: 女}. Without options where the text prints no list.
    """
    if not _TWO_CODES.search(text):  # nearly all
        return text, {}, ""
    text = plain(without_circles(text))
    if (behind := _ALL_BEHIND.search(text)) is not None:
        found = [(code, word) for word, code in _BEHIND.findall(behind[1])]
        label, rest = text[: behind.start()], ""
    else:
        label, found, rest = _in_front(text)
    options = {code.lstrip("0") or "0": word for code, word in found}
    is_list = len(options) == len(found) > 1 and not options.keys().isdisjoint("1A")
    label = label.rstrip(" :([{【〔")
    return (label, options, rest) if is_list and label else (text, {}, "")


def _in_front(text: str) -> tuple[str, list[tuple[str, str]], str]:
    """The same of a list whose codes stand before their words."""
    for pattern in _NUMBERED:
        starts = [match for match in pattern.finditer(text) if match.start()]
        if len(starts) < 2:
            continue
        found = [
            (match[1], text[match.end() : following.start()].rstrip(' ,;、。:/.|"“'))
            for match, following in pairwise(starts)
        ]
        last = _LAST_WORD.match(text, starts[-1].end())
        word, end = (last[0], last.end()) if last else ("", len(text))
        return text[: starts[0].start()], [*found, (starts[-1][1], word)], text[end:]
    return text, [], ""


def without_list(text: str) -> str:
    """The label alone of a text that ends with the list that it prints; any other as it is."""
    label, options, rest = printed_list(text)
    return label if options and not rest.strip(_CLOSING) else text


def is_answered(text: str) -> bool:
    """Whether an answer stands behind the list that a text prints: 户别:A.一般 B.低保(A)."""
    _, _, rest = printed_list(text)
    return _ANSWER.fullmatch(rest.lstrip(_CLOSING)) is not None


def options_of(texts: Sequence[str], column: Column) -> Options | None:
    """The words for a column's codes, where the texts of its heading, the lowest last, print them.

    None where they print no list. Without any words where one of them is no value of the column:
    then no code can be relied on.
    """
    if not (isinstance(column.cell, Code) or column.cell.native is bool):
        return None
    _, options, _ = printed_list(" ".join(texts))
    if not options:
        return None
    try:
        for word in options.values():
            column.cell.read(word)
    except CellError:
        return {}
    return options
