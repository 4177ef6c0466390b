"""Cells with values of a code list (代码表), 是 or 否 among them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import polars as pl

from jiandang.patterns import regex
from jiandang.register.cells import (
    NOTHING,
    CellError,
    CellType,
    Context,
    Raw,
    Reading,
    as_text,
    wrong_type,
)
from jiandang.register.codes import CodeList, code_lists
from jiandang.register.marked_answers import EMPTY_BOXES, TICKS, marked_answer
from jiandang.register.notice import Notice
from jiandang.register.person_names import without_padding
from jiandang.register.text import (
    Unpad,
    any_blanks,
    no_blanks,
    plain,
    says_nothing,
    solid,
    without_circles,
)


@dataclass(frozen=True)
class Code(CellType):
    """A cell with a value of a code list (代码表)."""

    codes: str = ""

    @property
    def code_list(self) -> CodeList:
        return code_lists()[self.codes]

    def words(self, raw: str) -> list[str]:
        """What stands in a cell, without its blanks."""
        return [solid(raw)]

    def says_more(self, raw: str) -> bool:
        """Whether a cell's words say more than the values of the list do."""
        return any(map(self.code_list.says_more, {_word(raw), *self.words(raw)}))


@dataclass(frozen=True)
class ManyCodes(Code):
    """A cell with several values of a code list, stored in the list's order joined by 、."""

    def words(self, raw: str) -> list[str]:
        return split_values(raw)

    def as_cell(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def as_field(self, value: Any) -> Any:
        return tuple(value.split("、"))


# 2, 02, (2), ②, B, 1-低保.
_CODE = regex(r"\(?([0-9]{1,2}|[A-L])\)?[.、:,=-]?(.*)")
_SPLIT = regex(r"[、,，;；/+和及]|\s+")
_END_SIGNS = "。;、,"
_MOST_SHOWN = 12  # values of a list that a message names
_TICKS = f"{TICKS}{EMPTY_BOXES}"
_EMPTY = regex(rf"[{EMPTY_BOXES}_]+|\(\)|\[\]|【】")
_CHOICE = regex(f"([{_TICKS}])([^{_TICKS}]+)")
_CHOICE_BEFORE = regex(f"([^{_TICKS}]+)([{_TICKS}])")


def _word(raw: Raw) -> str:
    """What a cell says, without a sign that was left over behind it."""
    text = solid(as_text(raw))
    return text.rstrip(_END_SIGNS) or text


def _said(raw: Raw, context: Context) -> str:
    """What a cell says: of a code whose heading prints a list, the word that is printed for it."""
    text = _word(raw)
    match = None if context.options is None else _CODE.fullmatch(without_circles(text).upper())
    if context.options is None or match is None:
        return text
    code, own = match.groups()
    code = code.lstrip("0") or "0"
    word = context.options.get(code)
    if word is not None and own in word:
        return solid(word)
    if own or code.isalpha():  # C may be a word
        return text
    options = [f"{number}{word}" for number, word in context.options.items()]
    listed = "、".join(options[:_MOST_SHOWN]) + ("…" if len(options) > _MOST_SHOWN else "")
    expected = f"“{listed}”之一" if listed else "文字（表头印的代码表有认不出的）"
    raise CellError(Notice.UNKNOWN_CODE, expected)


def split_values(text: str) -> list[str]:
    """The parts of a cell that holds several values joined by 、 or the like."""
    return [part for part in _SPLIT.split(plain(text)) if part]


def ticked(text: str) -> str | None:
    """The option that is ticked in `☑是 □否` or `是√ 否□`; None where it is not just one."""
    if text[:1] in _TICKS:
        options = [(tick, word) for tick, word in _CHOICE.findall(text)]
    else:
        options = [(tick, word) for word, tick in _CHOICE_BEFORE.findall(text)]
    chosen = [word.strip("、,;/ ") for tick, word in options if tick not in EMPTY_BOXES]
    # A tick alone after or before all options belongs to one that cannot be told.
    whole = len("".join(map("".join, options))) == len(text)
    return chosen[0] if len(chosen) == 1 and whole else None


def _is_unmarked(text: str, codes: CodeList) -> bool:
    """Whether a text is several values of the list, none of which is marked: 是□否□, 有( )无( )."""
    words = [*filter(None, _EMPTY.split(text))]
    is_ticked = any(tick in text for tick in TICKS)
    return (
        not is_ticked
        and len(words) > 1
        and len(_EMPTY.findall(text)) > 1
        and all(map(codes.find, words))
    )


def _find(text: str, codes: CodeList, context: Context) -> Reading | None:
    """What a word of the list says, spoken words and ticked options among them."""
    if (value := codes.find(text, provincial=context.provincial)) is not None:
        return Reading(value)
    if says_nothing(text) or _is_unmarked(text, codes):
        return NOTHING
    option = ticked(text) if any(tick in text for tick in _TICKS) else None
    value = codes.find_spoken(option or text, provincial=context.provincial)
    return None if value is None else Reading(value, Notice.LENIENT)


def _read_code(text: str, codes: CodeList, context: Context) -> Reading:
    if (found := _find(text, codes, context)) is not None:
        return found
    if values := codes.unclear.get(text):
        either = "”或“".join(values)
        raise CellError(Notice.UNKNOWN_CODE, f"“{either}”，这里分不清是哪一个")
    # 贫困户 and 脱贫户 are near in letters only, so long lists show what the values are.
    shown = "、".join(codes.values[:_MOST_SHOWN])
    shown += "…" if len(codes.values) > _MOST_SHOWN else ""
    raise CellError(Notice.UNKNOWN_CODE, f"“{shown}”之一", nearest=codes.nearest(text))


def _several(raw: Raw, codes: CodeList, context: Context) -> list[str]:
    """The different values that the parts of a cell say; none where a part is no value."""
    found = [_find(_said(part, context), codes, context) for part in split_values(as_text(raw))]
    values = [each.value for each in found if each is not None and each.value is not None]
    is_several = len(values) == len(found) > 1
    return [*dict.fromkeys(values)] if is_several else []


def _has_whole_lines(raw: Raw, codes: CodeList) -> bool:
    """Whether the lines of a cell are words of the list each, and no word broken in two.

    户主 above 配偶 are two persons', and not 户主配偶.
    """
    if not isinstance(raw, str) or "\n" not in raw:
        return False
    lines = [solid(line) for line in raw.splitlines() if solid(line)]
    return len(lines) > 1 and all(len(line) > 1 and codes.find(line) for line in lines)


def _unpad(codes: CodeList) -> Unpad:
    """Blanks are padding within a word of the list; elsewhere they part what is said besides."""
    return lambda text: text if codes.find(solid(text)) is None else no_blanks(text)


def _of_list(codes: CodeList, what: str, parse: Callable[[Raw, Context], Reading]) -> Code:
    expected, dtype = f"{codes.title}代码表中的{what}", pl.Enum(list(codes.values))
    return Code(codes.title, expected, parse, dtype, codes=codes.name, unpad=_unpad(codes))


def code(name: str) -> Code:
    """The cell type of a code list: exactly one value."""
    codes = code_lists()[name]

    def parse(raw: Raw, context: Context) -> Reading:
        text = _said(raw, context)
        found = None if _has_whole_lines(raw, codes) else _find(text, codes, context)
        if found is None and (several := _several(raw, codes, context)):
            if len(several) == 1:  # 弱、半劳力: two words for it
                return Reading(several[0], Notice.LENIENT)
            options = "、".join(several)
            raise CellError(Notice.UNKNOWN_CODE, f"“{options}”中的一个，这一列只能填一个值")
        return found or _read_code(text, codes, context)

    return _of_list(codes, "值", parse)


def one_code(name: str) -> Code:
    """As `code`, but several values of the list in one cell are a fault of their own."""
    codes = code_lists()[name]

    def parse(raw: Raw, context: Context) -> Reading:
        text = _said(raw, context)
        if (found := _find(text, codes, context)) is not None:
            return found
        if _several(raw, codes, context):
            first = split_values(as_text(raw))[0]
            raise CellError(Notice.SEVERAL_CODES, f"{codes.title}代码表中的一个值", nearest=first)
        return _read_code(text, codes, context)

    return _of_list(codes, "一个值", parse)


def many_codes(name: str, none_words: str = "") -> ManyCodes:
    """The cell type of several values of one code list; `none_words` stand for no value at all."""
    codes = code_lists()[name]
    empty = frozenset(none_words.split())

    def parse(raw: Raw, context: Context) -> Reading:
        text = _said(raw, context)
        if text in empty:
            return Reading(None)
        if (one := _find(text, codes, context)) is not None:
            return one
        parts = split_values(as_text(raw))
        found: dict[str, Reading] = {}
        for part in parts:
            try:
                found[part] = _read_code(_said(part, context), codes, context)
            except CellError as error:
                if len(parts) == 1:
                    raise
                # The others may be right: it is said of which this is.
                why = f"{error.expected.removesuffix('之一')}中的值，其中“{part}”没有认出"
                raise CellError(error.notice, why, nearest=error.nearest) from error
        return _joined(found, parts, codes)

    title = codes.title
    expected = f"{title}代码表中的值，几个用顿号隔开"
    return ManyCodes(title, expected, parse, codes=name, unpad=any_blanks)


def _joined(found: Mapping[str, Reading], parts: Sequence[str], codes: CodeList) -> Reading:
    """What the parts say together. Values given twice stay, for a rule to find, but not those of
    narrower and spoken words: 高血压 and 糖尿病 are 长期慢性病 once."""
    given: list[str] = []
    for part in parts:
        value = found[part].value
        if value is not None and not (value in given and codes.find(part) is None):
            given.append(value)
    values = sorted(given, key=codes.values.index)
    notices = [r.notice for r in found.values() if r.value is not None and r.notice is not None]
    return Reading("、".join(values) or None, notices[0] if notices else None)


_NOT = ("不", "不是", "非", "未", "无", "没有", "未参加", "没参加", "没有参加", "不参加")


def yes_no(yes: str = "", no: str = "") -> CellType:
    """The cell type of 是 or 否; `yes` and `no` are words of the column's name that say the same.

    安全 and 不安全 answer whether water is safe: what `yes` says is 否 behind a 不.
    """
    unsaid = [prefix + word for word in yes.split() for prefix in _NOT]
    said = dict.fromkeys(yes.split(), True) | dict.fromkeys([*no.split(), *unsaid], False)

    def parse(raw: Raw, context: Context) -> Reading:
        text = _said(raw, context)
        found = _find(text, code_lists()["yes_no"], context)
        if found is None and text in said:
            return Reading(said[text], Notice.LENIENT)
        if found is None and (marked := marked_answer(plain(as_text(raw)))) is not None:
            found = _find(marked, code_lists()["yes_no"], context)
            found = found and found._replace(notice=Notice.LENIENT)
        if found is None:
            raise wrong_type("是或否")
        return found if found.value is None else found._replace(value=found.value == "是")

    return CellType(
        "是/否", "是或否", parse, pl.Boolean, bool, unpad=_unpad(code_lists()["yes_no"])
    )


# What a cell of a signature holds that is not signed.
UNSIGNED = "否"


def _signed(raw: Raw, context: Context) -> str:
    """A signature cell: 否 for 否, 无, 未签 …, else what says that it is signed: a name, 手印 …"""
    text = without_padding(plain(as_text(raw)))
    text = text.rstrip(_END_SIGNS) or text
    unsigned = text.startswith(("未", "没", "不")) or code_lists()["yes_no"].find(text) == "否"
    return UNSIGNED if unsigned else text


YesNo = Annotated[bool, yes_no()]
Signature = Annotated[str, CellType("签字", "签字、是或否", _signed, unpad=without_padding)]
