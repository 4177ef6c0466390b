"""Grids on a form: what heads those of members and helpers, what a row of one is, its cells."""

import re
from collections.abc import Sequence
from itertools import pairwise

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.choices import choose, ticked_by_hand
from jiandang.intake.forms.grid_columns import Column
from jiandang.intake.forms.items import heads_items
from jiandang.intake.forms.page import (
    Page,
    Person,
    heads_more,
    may_name_somebody,
)
from jiandang.intake.forms.sheet import Cell, is_number, is_numbered, is_section, is_tight
from jiandang.intake.forms.vocabulary import ITEM_HEADS, FormVocabulary, Label
from jiandang.intake.forms.years import years_of
from jiandang.intake.row_texts import PERSONS_NAME, PERSONS_NUMBER
from jiandang.patterns import regex
from jiandang.register.cells import DEFAULT_CONTEXT, CellError, CellType, Context, Raw
from jiandang.register.code_cells import Code, split_values
from jiandang.register.tables import COLUMNS
from jiandang.register.text import says_nothing, solid

_MEMBER = COLUMNS["member"].keys()
# Headings of the numbers that rows have in their grid.
NUMBERING = {"序号", "编号", "号", "户内编号", "户内序号", "成员序号"}
# Columns whose digits forms may give a cell each, and the parts of a 户码, which are short.
_DIGITS = {"id_number", "head_id", "disability_card", "account", "phone"}
_PARTS_OF_CODE = {"county_code", "town_code", "village_code", "household_id", "town", "village"}
_DIGIT = regex(r"^[0-9]$")
_WIDE_BLANKS = regex(r"[ \u3000]{2,}")
# 配偶姓名, 身份证号: somebody is asked for beside it.
_ASKS_WHO = regex("(?:姓名|身份证号码?|身份号码|证件号码?)$")
# Columns of which few texts are a value.
_TELLING = {"sex", "id_number", "relation", "education", "student", "health", "labour", "work"}


def cell_value(cells: Sequence[Cell], column: str) -> Raw:
    """The value in the cells of a column: one, or a digit a cell, or a surveyor a cell."""
    texts = [c.solid for c in cells]
    is_apart = column in _DIGITS and len(cells) > 5 and all(len(text) == 1 for text in texts)
    is_part = column in _PARTS_OF_CODE and len(cells) > 1 and all(_DIGIT.match(t) for t in texts)
    if column == "surveyors" and len(texts) > 1 and all(map(PERSONS_NAME.fullmatch, texts)):
        return "、".join(texts)
    return "".join(texts) if is_apart or is_part else cells[0].raw if cells else ""


_WRITTEN = regex("[、，,;；/]")


def chosen(raw: Raw, table: str, column: str) -> Raw:
    """The option that a cell of choices gives; any other cell as it is."""
    cell = COLUMNS[table][column].cell
    if not isinstance(raw, str) or not (isinstance(cell, Code) or cell.native is bool):
        return raw
    if table == "household" and isinstance(cell, Code) and _is_untouched(raw, cell):
        return ""
    text = choose(raw)
    if text == raw and isinstance(cell, Code):
        text = ticked_by_hand(raw, cell.code_list.find) or raw
    return _without_detail(text, cell) if text != raw else text


def _is_untouched(raw: str, cell: Code) -> bool:
    """Whether a cell is the printed list alone: all its options, or some in print's wide blanks."""
    options, values = [solid(part) for part in split_values(raw)], list(cell.code_list.values)
    if len(options) < 2 or options != [value for value in values if value in options]:
        return False
    if _WRITTEN.search(raw):
        return False  # whoever answers parts what he writes: 因病、因残
    is_whole = len(options) > 2 and len(options) >= len(values) - 1
    return is_whole or (len(_WIDE_BLANKS.split(raw.strip())) == len(options))


def is_readable(raw: Raw, label: Label) -> bool:
    """Whether a cell can be a value of a label's column."""
    cell = COLUMNS[label.table][label.column].cell
    return _reads(chosen(raw, *label.field), cell, Context(options=label.options))


def answer_above(heads: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Whether cells can be the values of the labels right above them, which stand side by side.

    Few of many are filled; a text at the left may as well head what comes below.
    """
    if any(head.label is None for head in heads) or not is_tight(heads):
        return False
    for value in values:
        own = next((h for h in heads if h.column == value.column and h.right >= value.right), None)
        if own is None or own.label is None or own.label.column not in COLUMNS[own.label.table]:
            return False
        if not is_readable(value.raw, own.label):
            return False
        if own is heads[0] and is_readable("文", own.label):
            return False
    return True


def _without_detail(text: str, cell: CellType) -> str:
    """其他 of 其他(缺水源): what is written into an option's brackets is no part of it."""
    short = re.sub(r"\([^)]*\)$", "", text)
    return short if short and not _reads(text, cell) and _reads(short, cell) else text


def _reads(raw: Raw, cell: CellType, context: Context = DEFAULT_CONTEXT) -> bool:
    try:
        cell.read(raw, context)
    except CellError:
        return False
    return True


# -- members and helpers -----------------------------------------------------------------------


def is_helper_grid(cells: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """A row of headings 姓名 … 单位, 职务: these persons are no members."""
    others = [c for c in cells if c.label is None or c.label.column not in ("name", "helper")]
    strange = [
        c
        for c in others
        if c.label is None
        and vocabulary.helpers(c.text) is None
        and not vocabulary.is_helper_sign(c.text)
    ]
    is_heading = len(others) < len(cells) >= 3 and 4 * len(strange) <= len(cells)
    return is_heading and any(vocabulary.is_helper_sign(c.text) for c in others)


def is_member_grid(cells: Sequence[Cell], page: Page, vocabulary: FormVocabulary) -> bool:
    """A row of headings of members: 姓名 and what tells them from any list of names."""
    labels = [c.label for c in cells if c.label is not None]
    columns = {label.column for label in labels if label.table == "member"}
    is_mixed = any(label.table != "member" for label in labels)
    if len(columns) < (4 if is_mixed else 2) or (is_mixed and "name" not in columns):
        return False
    if is_helper_grid(cells, vocabulary) or _is_row_of_pairs(cells):
        return False
    if len(columns) >= 3 and "name" in columns and columns & {"relation", "id_number", "education"}:
        return True
    if len(columns) >= 3 and "name" in columns and not is_mixed and _is_of_the_home(page):
        return True
    numbered = any(c.solid in NUMBERING for c in cells)
    return bool(page.people) and ("name" in columns or numbered) and len(columns) >= 2


# Whoever else of a form's persons stands in a grid: helpers, who supports, who left.
_OTHERS = regex(
    "帮扶|结对|包[村户]|调查|评议|代表|干部|赡养|[抚扶]养|监护|亲[属戚]|邻|联系人|证明人|死亡|迁出|减少|注销"
)


def _is_of_the_home(page: Page) -> bool:
    """Whether persons of whom neither number nor relation is asked are the household's, as T001's.

    The page names whose it is, and nothing above the grid speaks of others.
    """
    return bool(page.text("head_name")) and not any(map(_OTHERS.search, page.above))


def _is_row_of_pairs(cells: Sequence[Cell]) -> bool:
    """Whether a value stands behind each label of a row: 姓名 | 张三 | 性别 | 男."""
    behind = [
        (own.label, other) for own, other in pairwise(cells) if own.label and not other.labels
    ]
    labels = sum(bool(cell.labels) for cell in cells)
    return (
        len(behind) > 1
        and len(behind) >= labels - 1
        and all(
            label.table == "member" and is_readable(other.raw, label) for label, other in behind
        )
    )


def is_named(cell: Cell) -> bool:
    """Whether a heading that no column has says what is asked for, and is no number."""
    return cell.solid not in NUMBERING and not cell.solid.isdecimal()


def ends(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    page: Page,
    vocabulary: FormVocabulary,
    above: Sequence[Person] = (),
) -> bool:
    """Whether a row is behind the members: a pair, a section line, a note, another grid.

    `above` are the persons whose rows come before it.
    """
    if not cells:
        return False
    labels = [c for c in cells if c.labels]
    if labels and (cells[0].labels or 2 * len(labels) >= len(cells)):
        return True
    if any(label.rest is not None for cell in cells for label in cell.labels):
        return True
    if is_member_grid(cells, page, vocabulary) or is_helper_grid(cells, vocabulary):
        return True
    if years_of(cells) or heads_items(cells) or any(_is_no_entry(cell, columns) for cell in cells):
        return True
    if _answers_nothing(cells, columns) or cells[0].solid in ITEM_HEADS:
        return True
    if any(_ASKS_WHO.search(cell.solid) for cell in cells):
        return True
    if _is_label_and_value(cells, columns, above):
        return True
    if cells[0].column < columns[0].cell.column or any(len(c.text) > 40 for c in cells):
        return True  # the label of the next section at the left, or a text
    if is_numbered(cells[0].text) or (len(cells) == 1 and is_section(cells[0].text)):
        return True
    if len(cells) > 1:
        # 户主签字：张三 | 调查人：…, but not 张三（户主）
        return vocabulary.is_label_like(without_brackets(cells[0].solid))
    (cell,) = cells
    own = next((c for c in columns if cell.column in c.span), None)
    if own is None or cell.solid.isdecimal():
        return not cell.solid.isdecimal()
    if cell.right >= own.span.stop:
        return True
    if own.name == "name":
        return not may_name_somebody(cell.text)
    return own.name not in _MEMBER or own.label is None or not is_readable(cell.raw, own.label)


def _is_no_entry(cell: Cell, columns: Sequence[Column]) -> bool:
    """Whether a cell cannot be a number in the grid, or a name, in whose column it stands."""
    own = next((c for c in columns if cell.column in c.span), None)
    if own is None or own.cell.solid not in NUMBERING:
        return own is not None and own.name == "name" and heads_more(cell.text)
    return re.search(r"[0-9]", cell.text) is None and len(cell.text) > 1


def _answers_nothing(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether most cells say nothing that their columns ask for: 耕地 | 水田 | 2 | 旱地 | 1.5.

    A row with a person's number is a person's, whatever is wrong with it.
    """
    if any(PERSONS_NUMBER.search(cell.solid) for cell in cells):
        return False
    answers = [
        is_readable(cell.raw, column.label)
        for cell in cells
        for column in columns
        if cell.column in column.span and column.label is not None and column.name in _TELLING
    ]
    return len(answers) > 2 and 2 * sum(answers) < len(answers)


def _is_label_and_value(
    cells: Sequence[Cell], columns: Sequence[Column], above: Sequence[Person]
) -> bool:
    """Whether a label stands in a name's place, beside nothing that is asked: 申请理由 | 因病.

    Columns of texts take whatever stands there, and tell nothing; nor does a number that may be a
    code, beside what is too long for a name, or where the persons above have words.
    """
    own = [
        (cell, column)
        for cell in cells
        for column in columns
        if cell.column in column.span and column.label is not None and column.name in _MEMBER
    ]
    names = [cell for cell, column in own if column.name == "name"]
    if not names or any(PERSONS_NUMBER.search(cell.solid) for cell in cells):
        return False
    asked = [
        (cell, column.name, column.label)
        for cell, column in own
        if column.label is not None and not is_readable("文", column.label)
    ]
    if not may_name_somebody(names[0].text):
        return bool(asked) and not any(
            is_readable(cell.raw, label) and not (says_nothing(cell.solid) or is_number(cell.solid))
            for cell, _, label in asked
        )
    words = {name for person in above for name, value in person.items() if _is_word(value.text)}
    return bool(asked) and all(is_number(cell.solid) and name in words for cell, name, _ in asked)


def _is_word(text: str) -> bool:
    return bool(text) and not is_number(text)
