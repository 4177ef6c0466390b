"""Rows under a heading that are about nobody: explanations, field codes, column numbers."""

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from jiandang.intake.row_texts import PERSONS_NUMBER, row_text
from jiandang.patterns import regex
from jiandang.register.cells import CellType, Raw

# How to fill in the table, and samples of it, under its heading.
_SAMPLE = regex(r"示例|样例|范例|填写说明|填表说明|必填|选填|^\(?例(?:$|[:)如])|^\(?如:")
_EXAMPLE = regex(r"\(?(?:示例|样例|范例|例)(?:$|[:)如])")
_GUIDE = regex("[0-9]+位|字段|文本|数字|数值|整数|小数|日期|格式|代码|下拉|选择|填写|编码|号码")
_IN_BRACKETS = regex(r"[(\[【〔][^()\[\]【】〔〕]+[)\]】〕]")
_COLUMN_NUMBER = regex(r"\(?(?:第)?([0-9]{1,3})[列栏]?\)?")
# Columns of numbers, which are texts: without a digit they are not filled in.
_NUMBERS = ("编码", "公民身份号码", "残疾证号", "银行账号", "电话")
_OF_SOMEBODY = regex(r"^[0-9.,-]+$|[0-9]{6}")
_ANY_TEXT = "文"
_LEAST_ASKED = 4
_MOST_BY_CHANCE = 8  # one cell in so many: 劳力 is a word for 普通劳动力
_FIELD = regex("^[A-Za-z][A-Za-z0-9_.]*$")


def is_column_numbers(filled: Sequence[Raw]) -> bool:
    """The line of column numbers 1 2 3 … (栏次) that official forms have under the heading.

    They may be written as (1), ① or 第1列.
    """
    found = [
        _COLUMN_NUMBER.fullmatch(normalize("NFKC", row_text(c))) if isinstance(c, str) else None
        for c in filled
    ]
    numbers = [
        int(match[1]) if match else cell
        for cell, match in zip(filled, found, strict=True)
        if match or isinstance(cell, (int, float))
    ]
    return len(numbers) > 3 and numbers == list(range(1, len(numbers) + 1))


def answers_no_column(row: Sequence[Raw], types: Mapping[int, CellType]) -> bool:
    """Whether a row says in words what belongs into its columns, and in hardly one is a value.

    `types` are those of the columns of a table. A row with a number is somebody's, whatever else
    is wrong with it.
    """
    texts = {c: row_text(cell) for c, cell in enumerate(row) if isinstance(cell, str) and cell}
    numbers = (not isinstance(cell, str) for cell in row)
    if any(numbers) or any(_OF_SOMEBODY.search(text) for text in texts.values()):
        return False
    asked = {
        c: of
        for c, of in types.items()
        if c in texts and (of.name in _NUMBERS or not of.holds(_ANY_TEXT))
    }
    answers = [c for c, of in asked.items() if of.name not in _NUMBERS and of.holds(texts[c])]
    return len(asked) >= _LEAST_ASKED and _MOST_BY_CHANCE * len(answers) <= len(asked)


def is_explanation(filled: Sequence[Raw]) -> bool:
    """Whether each cell says how to fill in its column: in brackets, some by words of a guide."""
    texts = [row_text(cell) if isinstance(cell, str) else "" for cell in filled]
    bracketed = [_IN_BRACKETS.fullmatch(text) is not None for text in texts]
    return any(bracketed) and all(
        PERSONS_NUMBER.search(text) is None and (own or _GUIDE.search(text) is not None)
        for text, own in zip(texts, bracketed, strict=True)
    )


def is_sample(filled: Sequence[Raw]) -> bool:
    """Whether a row shows how one is filled in: 例：张三 | 男."""
    texts = (row_text(cell) for cell in filled if isinstance(cell, str))
    return len(filled) > 1 and any(map(_EXAMPLE.match, texts))


def is_guide(filled: Sequence[Raw]) -> bool:
    """Whether cells are explanations, or the names of fields in a data base."""
    texts = [row_text(cell) for cell in filled if isinstance(cell, str)]
    if any(map(_SAMPLE.search, texts)):
        return True
    if any(map(PERSONS_NUMBER.search, texts)):
        return False
    if texts and len(texts) == len(filled) and all(map(_IN_BRACKETS.fullmatch, texts)):
        return True
    if len(texts) < 3:
        return False
    if len(texts) == len(filled) and all(map(_FIELD.match, texts)):
        return True
    return sum(map(bool, map(_GUIDE.search, texts))) >= 0.5 * len(filled)
