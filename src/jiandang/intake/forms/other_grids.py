"""Grids on a form of persons who are no members of its household: relatives, those who support it.

The members of a page stand in one grid. A later one goes on with it if it has the same headings,
or adds columns about the same persons, by name; whoever stands in any other is no member, and its
cells are no labels.
"""

import re
from collections.abc import Sequence

from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.grid_columns import Column, columns_of, headings_of, within
from jiandang.intake.forms.grids import is_helper_grid, is_member_grid, is_named, read_members
from jiandang.intake.forms.helpers import read_helpers
from jiandang.intake.forms.page import Page, heads_more
from jiandang.intake.forms.sheet import Area, Cell, is_section, is_tight
from jiandang.intake.forms.vocabulary import ITEM_HEADS, FormVocabulary
from jiandang.intake.row_texts import PERSONS_NAME
from jiandang.register.text import solid

_OF_HELPERS = re.compile("帮扶|帮[包困]|包[保扶户村]|挂[钩联包]|结对|责任人|联系干部|驻村|隶属关系")
_NOT_OF_HOME = re.compile(
    "赡养|[抚扶]养[人义]|分户|分家|社会关系|亲[属戚友]|[不非]共同|死亡|迁出|注销|减少"
)
_MEMBERS = re.compile("成员")
_GOES_ON = re.compile(r"续|附[页表]")
_HEADING = re.compile(
    "(?:名称|姓名|金额|时间|日期|地[点址]|住址|单位|关系|[原事]?由|原因|情况|标准|种类|类[别型]|项目|职业|职务"
    "|电话|备注|数量|号码|程度|收入|去向|状况)$"
)
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))")
_LONGEST_HEADING = 12  # characters
_LEAST_HEADINGS = 3


def read_grid(area: Area, row: int, cells: Sequence[Cell], page: Page, section: str) -> int | None:
    """Read the grid of persons that a row heads, or name it; gives the row where it ends.

    None where the row heads none. `section` is the title above it.
    """
    words = area.sheet.vocabulary
    is_of_helpers = is_helper_grid(cells, words)
    is_of_members = not is_of_helpers and is_member_grid(cells, page, words)
    is_first = not (page.asked or page.columns)  # a page of helpers alone has no title
    if is_of_helpers and (is_first or are_helpers(cells, area, page)):
        return read_helpers(area, row, page)
    if is_of_members and are_members(area, row, page):
        return read_members(area, row, page)
    if is_of_helpers or is_of_members or is_other_grid(cells, area, page):
        return pass_over(area, row, page, section)
    return None


def are_helpers(cells: Sequence[Cell], area: Area, page: Page) -> bool:
    """Whether the persons under a row of headings are said to be helpers, there or above."""
    texts = (area.sheet.grid.name, *page.above, *(cell.text for cell in cells))
    return any(map(_OF_HELPERS.search, texts))


def are_members(area: Area, row: int, page: Page) -> bool:
    """Whether the persons in a grid that has the shape of one of members are the household's."""
    if any(_NOT_OF_HOME.search(text) and not _MEMBERS.search(text) for text in page.above):
        return False
    columns, start = columns_of(area, row)
    own = {column.name for column in columns} - {""}
    if not page.people or "name" not in own or headings_of(columns) in page.grids:
        return True
    if any(_GOES_ON.search(text) for text in page.above):
        return True
    known = {solid(person["name"].text) for person in page.people if "name" in person}
    named = {
        cell.solid: number
        for number, cells in _rows(area, start, columns)
        for cell in _names_in(cells, columns)
    }
    is_more = not own <= page.columns.keys()
    if is_more and known & named.keys() and not named.keys() <= known:
        page.lost += named.values()
    return is_more and named.keys() <= known


def is_other_grid(cells: Sequence[Cell], area: Area, page: Page) -> bool:
    """Whether a row below the members heads a grid of persons, whatever it says of them."""
    name = next((cell for cell in cells[:2] if _is_name(cell)), None)
    if name is None or not page.columns or len(cells) < _LEAST_HEADINGS or not is_tight(cells):
        return False
    if not all(map(_may_head, cells)) or are_helpers(cells, area, page):
        return False
    below = area.row(cells[0].row + 1)
    if len(below) == 1 and is_section(below[0].text):
        below = ()
    under = [cell for cell in below if cell.column == name.column]
    if any(cell.labels or not PERSONS_NAME.fullmatch(cell.solid) for cell in under):
        return False
    heads = [cell for cell in cells if _is_heading(cell, area.sheet.vocabulary)]
    aligned = {cell.column for cell in below} & {cell.column for cell in cells}
    return len(heads) == len(cells) or (bool(under) and len(aligned) >= _LEAST_HEADINGS)


def pass_over(area: Area, row: int, page: Page, section: str) -> int:
    """Name a grid that is not read; gives the row where it ends."""
    columns, start = columns_of(area, row)
    page.rows_of_labels.update(range(row, start))
    heads = [column.cell.solid for column in columns if is_named(column.cell)]
    title = "" if _MEMBERS.search(section) else _NUMBER.sub("", section)
    page.unknown.append(f"{title or '另一张人员表'}({'、'.join(heads)})")
    return max((number + 1 for number, _ in _rows(area, start, columns)), default=start)


def _rows(area: Area, start: int, columns: Sequence[Column]) -> list[tuple[int, Sequence[Cell]]]:
    """The rows under headings that are of somebody, or empty."""
    found = []
    for number in range(start, area.bottom + 1):
        cells = within(area.row(number), columns)
        if _is_behind(cells, columns):
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


def _names_in(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    spans = [column.span for column in columns if column.name == "name"]
    return [c for c in cells for s in spans if c.column in s and PERSONS_NAME.fullmatch(c.solid)]


def _is_name(cell: Cell) -> bool:
    return cell.label is not None and cell.label.field == ("member", "name")


def _may_head(cell: Cell) -> bool:
    if not isinstance(cell.raw, str) or len(cell.solid) > _LONGEST_HEADING:
        return False
    return ":" not in cell.text and not has_marks(cell.raw) and not cell.solid.isdecimal()


def _is_heading(cell: Cell, words: FormVocabulary) -> bool:
    text = re.sub(r"\([^()]*\)$", "", cell.solid)
    known = cell.label is not None or text in ITEM_HEADS or words.helpers(cell.text) is not None
    return known or _HEADING.search(text) is not None
