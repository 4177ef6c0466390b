"""Grids on a form of persons who are no members of its household: relatives, those who support it.

The members of a page stand in one grid. A later one goes on with it if it has the same headings,
or adds columns about the same persons, by name; whoever stands in any other is no member, and its
cells are no labels.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.grid_columns import Column, columns_of, headings_of, within
from jiandang.intake.forms.grids import is_helper_grid, is_member_grid, is_named
from jiandang.intake.forms.helpers import read_helpers
from jiandang.intake.forms.members import read_members
from jiandang.intake.forms.page import Page, heads_more
from jiandang.intake.forms.same_persons import signs_of
from jiandang.intake.forms.sheet import (
    Area,
    Cell,
    is_numbered,
    is_section,
    is_tight,
    without_number,
)
from jiandang.intake.forms.vocabulary import ITEM_HEADS, OF_MEMBERS, FormVocabulary
from jiandang.intake.row_texts import PERSONS_NAME
from jiandang.patterns import regex

_OF_HELPERS = regex("帮扶|帮[包困]|包[保扶户村]|挂[钩联包]|结对|责任人|联系干部|驻村|隶属关系")
_HELPER = regex("帮扶(?:责任)?人|帮扶干部|挂[钩联包]|结对|责任人|联系干部|驻村|隶属关系")
_NOT_OF_HOME = regex(
    "赡养|[抚扶]养[人义]|监护|分户|分家|社会关系|亲[属戚友]|[不非]共同|死亡|迁出|注销|减少|变动|增减|变更"
)
# Of whom a form speaks besides; above the members' grid such a title is of what comes before it.
_OTHERS = regex("邻|联系人|见?证人|证明人|代表|干部|帮扶|结对")
# Persons who were of it, though they are called members.
_NO_MORE_OF_HOME = regex(
    "(?:减少|死亡|注销|迁出|[不非]共同|分户|分家)[^,、;()]{0,6}(?:成员|人[口员])"
)
# 家庭成员（不含已分户子女）
_WITHOUT = regex("(?:[不未]含|不包括|除).*")
_MEMBERS = regex("成员")
_GOES_ON = regex(r"续|附[页表]|接上|第[二三2-9]页|\([二三2-9]\)")
# Members of whom something is said: nobody else of the household stands there.
_OF_SOME = regex(
    "务工|就业|培训|贷款|救助|政策|低保|特困|五保|残疾|[患大重慢]病|在校|学生|就读|教育|参保|保险|补[贴助]|养老|劳动力|党员|军人"
)
_WHO = {"name", "relation", "id_number"}
_HELPER_ASKED = ("household", "helper")
_HEADING = regex(
    "(?:名称|姓名|金额|时间|日期|地[点址]|住址|单位|关系|[原事]?由|原因|情况|标准|种类|类[别型]|项目|职业|职务"
    "|电话|备注|数量|号码|程度|收入|去向|状况)$"
)
_LONGEST_HEADING = 12  # characters
_LEAST_HEADINGS = 3
_ROWS_ABOVE = 4  # where the title of a grid beside another stands


def read_grid(area: Area, row: int, cells: Sequence[Cell], page: Page, section: str) -> int | None:
    """Read the grid of persons that a row heads, or name it; gives the row where it ends.

    None where the row heads none. `section` is the title above it.
    """
    words = area.sheet.vocabulary
    left, right = halves(cells)
    if is_helper_grid(left, words) and is_member_grid(right, page, words):
        stop = right[0].column
        _read_or_name(replace(area, right=stop - 1), area, row, page)
        area, cells = replace(area, left=stop, bottom=_last_row(area, row, stop)), right
    elif (beside := _helpers_beside(area, row, left, page)) is not None:
        _read_or_name(*beside, page)
        area, cells = replace(area, right=beside[0].left - 1), left
    is_of_helpers = is_helper_grid(cells, words)
    is_of_members = not is_of_helpers and is_member_grid(cells, page, words)
    is_first = not (page.asked or page.columns)  # a page of helpers alone has no title
    are_said = is_first or are_helpers(cells, area, page)
    if is_of_helpers and (are_said or may_be_helpers(area, row, page)):
        return read_helpers(area, row, page)
    if is_of_members and (who := who_stands(area, row, page)) is not Who.OTHERS:
        return read_members(area, row, page, of_members=who is Who.KNOWN)
    if is_of_helpers or is_of_members or is_other_grid(cells, area, page):
        return pass_over(area, row, page, section)
    return None


def are_titles(area: Area, cells: Sequence[Cell], page: Page) -> bool:
    """Whether the cells of a row are the titles of grids beside each other, of persons at least."""
    words = area.sheet.vocabulary
    below = area.row(cells[0].row + 1)
    starts = {cell.column for cell in below}
    if len(cells) < 2 or any(not _may_head(c) or c.column not in starts for c in cells):
        return False
    are_wide = all(b.column - a.column >= _LEAST_HEADINGS for a, b in pairwise(cells))
    grids = (is_helper_grid(h, words) or is_member_grid(h, page, words) for h in halves(below))
    return are_wide and any(grids)


def halves(cells: Sequence[Cell]) -> tuple[Sequence[Cell], Sequence[Cell]]:
    """The headings of a row up to the first empty column or second 姓名, and those behind."""
    named = [cell.label is not None and cell.label.column == "name" for cell in cells]
    stop = next(
        (
            i
            for i in range(1, len(cells))
            if cells[i - 1].right + 1 < cells[i].column or (named[i] and any(named[:i]))
        ),
        len(cells),
    )
    return cells[:stop], cells[stop:]


def _helpers_beside(
    area: Area, row: int, heading: Sequence[Cell], page: Page
) -> tuple[Area, Area, int] | None:
    """The helper's grid right of the members' that a row heads: its part of the page, from its
    title on, the whole page, and the row of its heading, which may be a lower one."""
    words = area.sheet.vocabulary
    if not is_member_grid(heading, page, words):
        return None
    start = heading[-1].right + 1
    last = _last_row(area, row, start)
    beside = replace(area, top=max(row - 1, area.top), bottom=last, left=start)
    for number in beside.rows:
        own = beside.row(number)
        if is_helper_grid(own, words):
            return replace(beside, left=own[0].column), area, number
    return None


def _last_row(area: Area, row: int, stop: int) -> int:
    """The last row of grids side by side that a row heads: below it something is asked for, or a
    section begins, left of the column `stop`."""
    for number in range(row + 1, area.bottom + 1):
        cells = area.row(number)
        if any(cell.labels for cell in cells if cell.column < stop):
            return number - 1
        if cells and cells[0].column < stop and is_numbered(cells[0].text):
            return number - 1
    return area.bottom


def _read_or_name(part: Area, whole: Area, row: int, page: Page) -> None:
    """Read the helper's grid in a part of a page beside the members', or name it."""
    above = (cell for number in range(row - _ROWS_ABOVE, row + 1) for cell in part.row(number))
    are_said = any(_OF_HELPERS.search(cell.solid) for cell in above)
    # Or no helper is named, elsewhere than where he signs.
    texts = (cell.solid for number in whole.rows for cell in whole.row(number))
    is_named = any(_HELPER.search(text) and "签" not in text for text in texts)
    is_first = not is_named and may_be_helpers(replace(part, top=row), row, page)
    if are_said or is_first:
        read_helpers(part, row, page)
    else:
        pass_over(part, row, page, "")


def are_helpers(cells: Sequence[Cell], area: Area, page: Page) -> bool:
    """Whether the persons under a row of headings are said to be helpers, there or above."""
    texts = (area.sheet.grid.name, *page.above, *(cell.text for cell in cells))
    return any(map(_OF_HELPERS.search, texts))


def may_be_helpers(area: Area, row: int, page: Page) -> bool:
    """Whether a grid with units and posts is the helper's, though nothing says so.

    It has no title of its own, the page speaks of no other helper, and none of them is a member.
    """
    above = next((own for r in range(row - 1, area.top - 1, -1) if (own := area.row(r))), ())
    is_titled = len(above) == 1 and isinstance(above[0].raw, str) and not above[0].solid.isdecimal()
    is_titled = is_titled and not any(label.rest for label in above[0].labels)  # 家庭人口：3
    others = (cell.text for r in area.rows if r != row for cell in area.row(r))
    if is_titled or not page.text("head_name") or any(map(_HELPER.search, others)):
        return False
    columns, start = columns_of(area, row)
    return not _has_known(area, start, columns, page)


class Who(Enum):
    """Who stands in a grid that has the shape of one of members."""

    MEMBERS = "members"
    KNOWN = "members who stand in the grid before"
    OTHERS = "others"


def who_stands(area: Area, row: int, page: Page) -> Who:
    """Whether the persons in a grid are the household's, and may be new ones."""
    titles = [_WITHOUT.sub("", text) for text in page.above if text != page.title]
    others = [text for text in titles if _NOT_OF_HOME.search(text)]
    if any(_NO_MORE_OF_HOME.search(text) or not _MEMBERS.search(text) for text in others):
        return Who.OTHERS
    columns, start = columns_of(area, row)
    own = {column.name for column in columns} - {""}
    if not page.people or "name" not in own:
        return Who.MEMBERS
    is_asked_alike = all(c.name in page.columns or not is_named(c.cell) for c in columns)
    if own >= _WHO and is_asked_alike and _HELPER_ASKED in page.asked:
        # The helper stands above: the title over him is none of whoever comes after, of whom
        # nothing is asked but what is asked of the members (no 联系电话, as of supporters).
        titles = [text for text in titles if not _OF_HELPERS.search(text)]
    if others or any(map(_OTHERS.search, titles)):
        return Who.OTHERS
    if any(_NOT_OF_HOME.match(column.cell.solid) for column in columns):
        return Who.OTHERS
    if headings_of(columns) in page.grids:
        return Who.MEMBERS
    is_about_some = any(map(_OF_SOME.search, titles))
    if own >= _WHO and not is_about_some:
        return Who.MEMBERS
    tells_who = own & _WHO > {"name"} or not page.columns.keys() & _WHO > {"name"}
    if any(map(_GOES_ON.search, titles)) and (tells_who or own <= page.columns.keys()):
        return Who.MEMBERS
    return Who.KNOWN if _has_known(area, start, columns, page) else Who.OTHERS


def _has_known(area: Area, start: int, columns: Sequence[Column], page: Page) -> bool:
    """Whether any of the persons under headings is known."""
    known = {signs_of(person).get("name") for person in page.people}
    spans = [column.span for column in columns if column.name == "name"]
    cells = (cell for _, row in _rows(area, start, columns, page) for cell in row)
    named = (cell.solid for cell in cells if any(cell.column in span for span in spans))
    return not known.isdisjoint(map(without_brackets, named))


def is_other_grid(cells: Sequence[Cell], area: Area, page: Page) -> bool:
    """Whether a row below the members heads a grid of persons, whatever it says of them."""
    name = next((cell for cell in cells[:2] if _is_name(cell)), None)
    if name is None or not page.columns or len(cells) < _LEAST_HEADINGS:
        return False
    if not all(map(_may_head, cells)) or are_helpers(cells, area, page):
        return False
    below = area.row(cells[0].row + 1)
    columns = {cell.column for cell in cells}
    if not is_tight(cells) and {cell.column for cell in below} != columns:
        return False
    if len(below) == 1 and is_section(below[0].text):
        below = ()
    under = [cell for cell in below if cell.column == name.column]
    if any(cell.labels or not PERSONS_NAME.fullmatch(cell.solid) for cell in under):
        return False
    heads = [cell for cell in cells if _is_heading(cell, area.sheet.vocabulary)]
    aligned = {cell.column for cell in below} & columns
    return len(heads) == len(cells) or (bool(under) and len(aligned) >= _LEAST_HEADINGS)


def pass_over(area: Area, row: int, page: Page, section: str) -> int:
    """Name a grid that is not read; gives the row where it ends."""
    columns, start = columns_of(area, row)
    page.rows_of_labels.update(range(row, start))
    page.heads.update((column.cell.row, column.cell.column) for column in columns)
    heads = [column.cell.solid for column in columns if is_named(column.cell)]
    title = "" if section in page.titles else without_number(section)
    page.unknown.append(f"{title or '另一张人员表'}({'、'.join(heads)})")
    rows = _rows(area, start, columns, page)
    if _are_others(columns, page, area.sheet.vocabulary):
        page.cells_of_others.update((c.row, c.column) for _, cells in rows for c in cells)
    return max((number + 1 for number, _ in rows), default=start)


def _are_others(columns: Sequence[Column], page: Page, words: FormVocabulary) -> bool:
    """Whether the persons of a grid are said to be others; not where members stand among them."""
    if any(words.is_helper_sign(column.cell.text) for column in columns):
        are_members = any(column.name in OF_MEMBERS for column in columns)
        return not are_members or any(map(_NOT_OF_HOME.search, page.above))
    return speaks_of_others([*page.above, *(column.cell.solid for column in columns)])


def speaks_of_others(texts: Iterable[str]) -> bool:
    """Whether what stands above or beside persons says that they are not of the household."""
    return any(_NOT_OF_HOME.search(text) or _OTHERS.search(text) for text in texts)


def _rows(
    area: Area, start: int, columns: Sequence[Column], page: Page
) -> list[tuple[int, Sequence[Cell]]]:
    """The rows under headings that are of somebody, or empty."""
    words = area.sheet.vocabulary
    found = []
    for number in range(start, area.bottom + 1):
        cells = within(area.row(number), columns)
        if _is_behind(cells, columns) or is_member_grid(area.row(number), page, words):
            break
        found.append((number, cells))
    return found


def _is_behind(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row is none of a grid: a label and its value, a section line, another grid."""
    if all(cell.solid.isdecimal() for cell in cells):
        return False
    if cells[0].labels or cells[0].column < columns[0].cell.column:
        return True
    named = [c for c in cells for own in columns if own.name == "name" and c.column in own.span]
    if any(cell.labels or heads_more(cell.text) for cell in named):
        return True
    first = next(c for c in columns if cells[0].column in c.span)
    return len(cells) == 1 and (is_section(cells[0].text) or cells[0].right >= first.span.stop)


def _is_name(cell: Cell) -> bool:
    if cell.label is not None:
        return cell.label.field == ("member", "name")
    return cell.solid.endswith("姓名")  # 赡养人姓名


def _may_head(cell: Cell) -> bool:
    if not isinstance(cell.raw, str) or len(cell.solid) > _LONGEST_HEADING:
        return False
    return ":" not in cell.text and not has_marks(cell.raw) and not cell.solid.isdecimal()


def _is_heading(cell: Cell, words: FormVocabulary) -> bool:
    text = re.sub(r"\([^()]*\)$", "", cell.solid)
    known = cell.label is not None or text in ITEM_HEADS or words.helpers(cell.text) is not None
    return known or _HEADING.search(text) is not None
