"""What is said of sheets and forms that were not read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from jiandang.formats.grid import Grid, Unreadable
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import LEAST_KNOWN, Vocabulary
from jiandang.intake.heading_rows import MOST_HEADING_ROWS, is_heading_like
from jiandang.intake.option_words import lists_with
from jiandang.intake.other_lists import ListBeside
from jiandang.intake.parsed_table import ParsedTable
from jiandang.patterns import regex
from jiandang.register.address import column_letters
from jiandang.register.cells import Raw
from jiandang.register.register import SheetTable, row_of
from jiandang.register.tables import CHANGES

_OF_REGISTER = (
    "户编号、姓名、性别、证件号码、与户主关系（成员表），"
    "户主姓名、家庭人口、农户属性、人均纯收入（农户表）"
)
_OF_CHANGES = "户编号、姓名、证件号码、变动、原因、日期，一人一行（整户的可以只写户主）"
NO_CHANGES = (
    f"没有认出增减表。应有的列名如：{_OF_CHANGES}。"
    "请核对列名，或用 --map '文件里的列名=原因' 指定。"
)
# What a table of villages has, whose rows are sums and no people.
_SUMS = regex("户数|人数|期初|期末|合计|小计|[(（][户人][)）]$")
_LONGEST_SHOWN = 60  # characters of a text that could have been a heading
_NUMBER = regex(r"[0-9０-９]{6}")
_MOST_PAGES = 10
_MOST_TITLES = 10
_WIDEST = 2000  # cells; the longest row of a register has some hundred, a household's with all told
_FIRST_COLUMNS = 3
_MOST_SHOWN = 4
_MOST_KNOWN = 40
_LEAST_HEADINGS = 2
_OF_ROWS = {"household_id", "head_name", "head_id", "name", "id_number", "person_id", "village"}


def first_texts(grid: Grid) -> list[str]:
    """The texts of the first row that could have been a heading.

    Numbers are left out: without a heading the first row may be somebody's.
    """
    for row in grid.rows[:60]:
        begun = [cell[:_LONGEST_SHOWN] for cell in row if isinstance(cell, str)]
        texts = [key for cell in begun if not _NUMBER.search(cell) and (key := heading_key(cell))]
        if len(texts) >= 2:
            return texts
    return []


def far_too_wide(grid: Grid) -> str | None:
    """What is said where more cells stand in a row than in one of a register or a form.

    Each of them would be looked at as a heading, which takes milliseconds.
    """
    codes = grid.cells.codes
    if codes.shape[1] <= _WIDEST or (most := int((codes != 0).sum(axis=1).max())) <= _WIDEST:
        return None
    return (
        f"工作表“{grid.name}”有一行填了 {most} 格，一行超过 {_WIDEST} 格的不读；"
        "请删去登记表以外的列，或者另存一张只有登记表的"
    )


def titles_of(grid: Grid) -> list[str]:
    """The texts that stand alone in their rows, above the first row of several."""
    filled = ([cell for cell in row if cell != ""] for row in grid.rows[:_MOST_TITLES])
    alone = takewhile(lambda cells: len(cells) < 2, filled)
    return [cell for cells in alone for cell in cells if isinstance(cell, str)]


def on_its_side(grid: Grid, vocabulary: Vocabulary) -> str | None:
    """What is said of a table whose headings stand below each other, in one of its first columns.

    None for any other. Most texts of the column are headings, with values beside them, and one of
    them says who or which household it is. Beside the labels of a blank form are others.
    """

    def is_value(cell: Raw) -> bool:
        return cell != "" and not (isinstance(cell, str) and vocabulary.knows(heading_key(cell)))

    for column in range(_FIRST_COLUMNS):
        rows = [row for row in grid.rows if column < len(row) and row[column] != ""]
        keys = [heading_key(cell) for row in rows if isinstance(cell := row[column], str)]
        known = [key for key in keys if vocabulary.knows(key)]
        beside = [row for row in rows if any(cell != "" for cell in row[column + 1 :])]
        valued = [row for row in beside if any(map(is_value, row[column + 1 :]))]
        is_heading = len({*known}) == len(known) >= LEAST_KNOWN and 2 * len(known) >= len(rows)
        is_filled = len(beside) >= len(known) and 2 * len(valued) > len(beside)
        if is_heading and is_filled and names_anybody(known, vocabulary):
            return (
                f"工作表“{grid.name}”横竖颠倒了：列名“{'、'.join(known[:_MOST_SHOWN])}”等竖着写在"
                f"{column_letters(column + 1)}列，一户（人）一列。请转置成一户（人）一行再检查："
                "选中整张表，复制 → 选择性粘贴 → 转置"
            )
    return None


def rows_below(grid: Grid, tables: Sequence[SheetTable], vocabulary: Vocabulary) -> int:
    """How many rows below the tables of a sheet look like data.

    Notes fill fewer cells; on a page of a form labels stand beside what is filled in.
    """
    below = {table.heading_row: table.rows for table in tables}
    end = sum(rows.in_all for rows in below.values())
    filled = ([str(cell) for cell in row if cell != ""] for row in grid.rows[end:])
    full = (texts for texts in filled if len(texts) >= LEAST_KNOWN)
    return sum(not any(vocabulary.knows(heading_key(text)) for text in texts) for texts in full)


class LeftOver(NamedTuple):
    """Rows of a sheet that are below a heading of no table that was recognised.

    `first` is the heading's row, counted from 1, `texts` what stands in it, `titles` above it.
    """

    first: int
    rows: int
    texts: list[str]
    titles: list[str]


def left_over(
    grid: Grid, tables: Sequence[ParsedTable], vocabulary: Vocabulary
) -> Iterator[LeftOver]:
    """What stands above, between and below the tables of a sheet and is of none of them."""
    start, foot = 0, 0
    known: set[str] = set()
    # Tables beside each other may end in different rows.
    own = {t.sheet.heading_row: t.sheet.rows for t in sorted(tables, key=_height)}
    for heading, rows in sorted(own.items()):
        refs = (t.frame["ref"].max() for t in tables if t.sheet.heading_row == heading)
        last = max((row_of(ref) for ref in refs if isinstance(ref, int)), default=0)
        if heading <= start:  # below one beside which another goes on
            foot = max(foot, last)
            continue
        yield from _lists_in(grid, range(foot, start + rows.title), known, vocabulary)
        first = max(start + rows.title, heading - MOST_HEADING_ROWS)
        start += rows.in_all
        known |= {heading_key(t) for n in range(first, heading) for t in _texts(grid.rows[n])}
        foot = last or start
    yield from _lists_in(grid, range(foot, len(grid.rows)), known, vocabulary)


def rows_of_none(grid: Grid, tables: Sequence[ParsedTable]) -> tuple[int, int] | None:
    """The first row (from 1) behind all tables of a sheet, and how many rows there are filled.

    They begin as another list does, and are none.
    """
    height = {table.sheet.heading_row: _height(table) for table in tables}
    if len(height) < len(tables):  # of those beside each other another may go on
        return None
    end = sum(height.values())
    filled = int((grid.cells.codes[end:] != 0).any(axis=1).sum())
    return (end + 1, filled) if filled else None


def _height(table: ParsedTable) -> int:
    return table.sheet.rows.in_all


def rows_under(grid: Grid, own: ListBeside, heading: int) -> int:
    """How many rows below the row `heading` (counted from 1) fill columns of a list beside."""
    columns = slice(own.column, own.column + len(own.texts))
    rows = (row[columns] for row in grid.rows[heading:])
    return sum(any(cell != "" for cell in row) for row in rows)


def beside_headings(grid: Grid, tables: Sequence[ParsedTable]) -> tuple[int, int] | None:
    """Where a list stands at the right of all headings, under none of them: column (0-based), rows.

    A lone cell in a row is a remark.
    """
    rows = {table.sheet.heading_row for table in tables}
    heads = {n for row in rows for n in range(max(0, row - MOST_HEADING_ROWS), row)}
    first = 1 + max(c for n in heads for c, cell in enumerate(grid.rows[n]) if cell != "")
    refs = (table.frame["ref"].max() for table in tables)
    last = max((row_of(ref) for ref in refs if isinstance(ref, int)), default=0)
    filled = grid.cells.codes[min(rows) : last, first:] != 0
    several = filled.sum(axis=1) > 1
    if not several.any():
        return None
    return first + int(filled[several].any(axis=0).argmax()), int(several.sum())


def _lists_in(
    grid: Grid, within: range, known: set[str], vocabulary: Vocabulary
) -> Iterator[LeftOver]:
    """The lists in some rows: a heading, and below it rows that fill columns of it, several.

    Pages of a table that nobody has filled in are headed as it is, with `known` headings.
    """
    heads = [n for n in within if _is_head(grid.rows[n], vocabulary)]
    for first, end in pairwise([*heads, within.stop]):
        texts = [heading_key(cell) for cell in _texts(grid.rows[first])]
        own = {column for column, cell in enumerate(grid.rows[first]) if cell != ""}
        filled = (
            {column for column, cell in enumerate(grid.rows[n]) if cell != ""}
            for n in range(first + 1, end)
        )
        count = sum(len(columns) > 1 and columns <= own for columns in filled)
        if count and not known.issuperset(texts):
            above = (grid.rows[n] for n in range(max(within.start, first - 2), first))
            titles = [text for row in above for text in _texts(row)]
            yield LeftOver(first + 1, count, texts, titles)


def _texts(row: Sequence[Raw]) -> list[str]:
    return [cell for cell in row if isinstance(cell, str) and cell]


def _is_head(row: Sequence[Raw], vocabulary: Vocabulary) -> bool:
    """Whether a row is of texts alone, of which several, or one that says who, are headings."""
    filled = [cell for cell in row if cell != ""]
    keys = [heading_key(text) for text in _texts(row)]
    # 男 户主 汉族 are words that columns hold, and 户主 heads none here.
    if len(keys) < len(filled) or len(keys) < _LEAST_HEADINGS or all(map(lists_with, keys)):
        return False
    # Of sums and code lists (农户属性, 户数; 性别, 代码) less is known.
    return names_anybody(keys, vocabulary) or (
        is_heading_like(row, vocabulary) and sum(map(vocabulary.knows, keys)) >= LEAST_KNOWN - 1
    )


def names_anybody(texts: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading is of a column that says of whom, or of which village, a row is."""
    means = (vocabulary.meaning(text, ["member", "household"]) for text in texts)
    return any(meaning is not None and meaning.column in _OF_ROWS for meaning in means)


def none_read(sheet: str, rows: int) -> str:
    return (
        f"工作表“{sheet}”认出了表头，但下面的 {rows} 行一行也没有读出来：多半是表头的层数太多，"
        "或者缺姓名、户编号等认得出是谁的列。请把表头改成一行，写明户编号、姓名、证件号码，再检查"
    )


def persons_in_cells(tables: Sequence[ParsedTable]) -> Iterator[str]:
    """The columns of households' rows that name persons with their numbers, and are not read."""
    for table in tables:
        for seen in table.observations:
            if seen.seen.get("persons"):
                yield f"工作表“{table.sheet.sheet}”的“{seen.value}”列{seen.seen['why']}"


def unread_forms(
    pages: Sequence[str], lost: Sequence[str], strange: Sequence[str], mixed: Sequence[str]
) -> str:
    """What of forms is not read, and what is to be done.

    That is whole pages, rows of members, and what completes members by names that none has,
    and whole sheets on which forms and a list of households stand.
    """
    ways = (
        (pages, "。请在每一页写上户编号，或户主姓名和户编号的末几位，再检查。"),
        (lost, "：请每人写一行，各项写在自己的列名下，再检查。"),
        (mixed, "，整张没有读：请把表单和一行一户或一人的表分放在两张工作表上，再检查。"),
        (strange, "：请核对姓名，改成一致，再检查。"),
    )
    return "".join(
        "；".join(found[:_MOST_PAGES]) + ("；…" if len(found) > _MOST_PAGES else "") + way
        for found, way in ways
        if found
    )


def only_empty_forms(remarks: Sequence[str]) -> Unreadable:
    return Unreadable(
        "empty_forms", f"文件里只有没有填写的空白表单：{remarks[0]}。请填写后再检查。"
    )


def known_of(texts: Sequence[str], vocabulary: Vocabulary) -> str:
    known = [text for text in dict.fromkeys(texts) if vocabulary.knows(text)]
    shown = "、".join(known[:_MOST_KNOWN]) + ("…" if len(known) > _MOST_KNOWN else "")
    return f"认出的列名只有：{shown}" if known else "列名一个也没有认出"


def nothing_recognised(seen: Sequence[list[str]], vocabulary: Vocabulary) -> Unreadable:
    found = next((texts for texts in seen if texts), [])
    shown = "、".join(found[:12]) + ("…" if len(found) > 12 else "")
    was = "没有一行有两格以上的文字（文本文件的各列要用逗号、制表符、分号或竖线隔开）。"
    if found:
        was = f"第一行文字是：{shown}。{known_of(found, vocabulary)}。"
    of_changes = vocabulary.names == (CHANGES,)
    if of_changes and sum(bool(_SUMS.search(text)) for text in found) >= 2:
        # Its sums are what the two registers give anyway; only people can be compared with them.
        return Unreadable(
            "nothing_recognised",
            f"这像是各村增减的合计，不是逐人的增减表，没有用来核对。第一行文字是：{shown}。"
            f"核对增减要逐人的表，应有的列名如：{_OF_CHANGES}；各村的合计由两次登记算出，"
            "见增减变动表，请自己对照。",
        )
    kind, wanted = ("增减表", _OF_CHANGES) if of_changes else ("任何登记表", _OF_REGISTER)
    return Unreadable(
        "nothing_recognised",
        f"没有认出{kind}。{was}应有的列名如：{wanted}。请核对列名，"
        "或用 --map '文件里的列名=标准列名' 指定"
        + ("。" if of_changes else "；是部门名单的，检查时用 --with 种类=文件 比对。"),
    )
