"""Lists of words that columns may hold, typed beside a table or below it: 户主 配偶 之子, 是 否.

A drop-down takes its words from them. Each word stands once, and all are of one list of codes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from jiandang.formats.matrix import CellMatrix
from jiandang.headings.numbered import number_of
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary, meaning_of
from jiandang.intake.row_texts import row_text
from jiandang.register.cells import Raw
from jiandang.register.code_cells import Code
from jiandang.register.codes import code_lists
from jiandang.register.tables import COLUMNS

# Before so many columns there is no table beside which they stand.
_LEAST_BEFORE = 3
_LEAST_WORDS = 2
# A list of all nations has 56 words.
_MOST_ROWS = 80
_TABLES = ("member", "household")


class Words(NamedTuple):
    """The words in a column of the sheet (0-based), and whether their heading is one of them."""

    column: int
    words: list[str]
    headed: bool


@lru_cache(8192)
def lists_with(text: str) -> frozenset[str]:
    """The names of the lists of codes of which a text is a word; a number is of none."""
    word = row_text(text)
    if not word or (word[0].isascii() and len(word) < _LEAST_WORDS):
        return frozenset()
    lists = code_lists().values()
    return frozenset(each.name for each in lists if each.find_spoken(word) and not word.isdigit())


def are_words(cells: Sequence[Raw]) -> bool:
    """Whether cells are several words, each once, of one list of codes."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not len({*texts}) == len(texts) == len(cells) >= _LEAST_WORDS:
        return False
    shared = frozenset[str].intersection(*map(lists_with, texts))
    found = ([code_lists()[name].find_spoken(row_text(t)) for t in texts] for name in shared)
    return any(len({*values}) == len(values) for values in found)


def are_lists(rows: Sequence[Mapping[int, Raw]], coded: Mapping[int, Code]) -> bool:
    """Whether rows below a table are lists of the words that its columns may hold, each in its own.

    Every cell is such a word, every word stands once in its column, and each list begins in the
    first row. Two rows that are filled alike could be two persons without names.
    """
    columns = {column for row in rows for column in row}
    lists = [[row[column] for row in rows if column in row] for column in columns]
    if len(rows) < _LEAST_WORDS or not columns <= coded.keys() or columns != {*rows[0]}:
        return False
    if len(rows) == _LEAST_WORDS and len({*map(len, lists)}) == 1:
        return False
    return (
        sum(len(words) > 1 for words in lists) > 1
        and all(
            coded[column].holds(row[column]) and (number == 0 or column in rows[number - 1])
            for number, row in enumerate(rows)
            for column in row
        )
        and all(are_words(words) for words in lists if len(words) > 1)
    )


def words_beside(
    plain: Mapping[int, list[str]], cells: CellMatrix, last: int, vocabulary: Vocabulary
) -> list[Words]:
    """The columns of a table that hold such lists, behind the first ones; mostly none.

    `plain` are the texts over each column, the lowest of them in row `last`. Either the heading is
    a word itself, which it can be of no table. Or the words below it end before the rows of the
    table, or go on below them, and the table has such a column already, or the heading says that
    they are to be chosen from; or other such columns beside it end elsewhere.
    """
    columns = sorted(plain)
    behind = columns[_LEAST_BEFORE:]
    # Nearly all tables have none: what their cells are is not asked.
    codes = cells.codes[last + 1 : last + 1 + _MOST_ROWS]
    may_be = [
        c
        for c in behind
        if _each_once(codes[:, c].tolist())
        and (lists_with(plain[c][-1]) or _is_coded(plain[c], vocabulary))
    ]
    found = [
        words for c in may_be if (words := _words(c, plain, cells, last, vocabulary)) is not None
    ]
    headed = {each.column: each for each in found if each.headed}
    sure = [each for each in found if not each.headed]
    rest = [c for c in columns if c not in {each.column for each in found}]
    own = cells.codes[last + 1 : last + 1 + _MOST_ROWS, rest]
    rows = int((own != 0).any(axis=1).sum())
    known = {heading_key(plain[c][-1]) for c in rest}
    ends = dict(zip(rest, (own != 0).sum(axis=0).tolist(), strict=True))
    for run in _runs(headed):
        lists = [headed[c] for c in run]
        if ends.get(run[0] - 1) == len(lists[0].words) < rows:
            continue  # 代码|民族: a list of two columns
        lengths = {len(each.words) for each in lists}
        differ = len(lengths) > 1 and max(lengths) > _LEAST_WORDS
        sure += [
            each
            for each in lists
            if len(each.words) != rows and (differ or _says_again(plain[each.column][-1], known))
        ]
    return sorted(sure)


def _each_once(codes: Sequence[int]) -> bool:
    """Whether cells, by their codes, are different ones down to the first empty one."""
    filled = [*takewhile(bool, codes)]
    return 0 < len(filled) == len({*filled})


def _is_coded(stack: list[str], vocabulary: Vocabulary) -> bool:
    meaning = meaning_of(stack, _TABLES, vocabulary)
    is_known = meaning is not None and meaning.table in COLUMNS
    if meaning is None or not is_known:
        return _is_choice(stack[-1])
    return isinstance(COLUMNS[meaning.table][meaning.column].cell, Code)


def _is_choice(text: str) -> bool:
    return any(word in text for word in ("选项", "可选", "下拉", "备选"))


def _says_again(text: str, known: Iterable[str]) -> bool:
    return _is_choice(text) or heading_key(text) in known


def _words(
    column: int,
    plain: Mapping[int, list[str]],
    cells: CellMatrix,
    last: int,
    vocabulary: Vocabulary,
) -> Words | None:
    if any(number_of(heading_key(text)) is not None for text in plain[column]):
        return None  # 家庭成员3, 性别: what the members of some households are
    below = [*cells.column(column, slice(last + 1, last + 1 + _MOST_ROWS))]
    words = [*takewhile(lambda cell: cell != "", below)]
    if _go_on(words, below[len(words) :]):
        return None
    heading = plain[column][-1]
    known = [vocabulary.knows(heading_key(text)) for text in plain[column]]
    # 党员 over 否 is a column: of what may head one two words more are asked for. So is 其他 below
    # 致贫原因, which is one.
    is_list = len(words) >= _LEAST_WORDS or not known[-1]
    if is_list and not any(known[:-1]) and are_words([heading, *words]):
        return Words(column, [heading, *map(str, words)], headed=False)
    return Words(column, [*map(str, words)], headed=True) if are_words(words) else None


def _go_on(words: Sequence[Raw], below: Sequence[Raw]) -> bool:
    """Whether words of the same list stand below the first empty cell: some have none in theirs."""
    shared = frozenset[str].intersection(*(lists_with(str(word)) for word in words))
    return any(shared & lists_with(cell) for cell in below if isinstance(cell, str) and cell)


def _runs(columns: Iterable[int]) -> Iterator[list[int]]:
    """The columns that follow on each other."""
    numbered = groupby(enumerate(sorted(columns)), lambda each: each[1] - each[0])
    return ([column for _, column in run] for _, run in numbered)
