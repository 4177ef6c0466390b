"""Persons who stand on a page of a form and of whom nothing was read: they are always told.

Whatever the cause is (grids that touch each other, a heading that nobody knows), a person's number
that is no value of the page, does not stand behind the label of something else, and is in no grid
of others, is of somebody who was not read. So is a name below a heading of names that heads none
of the grids that were read.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, groupby

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.other_grids import speaks_of_others
from jiandang.intake.forms.page import Page, Value, heads_more
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.forms.vocabulary import OF_MEMBERS
from jiandang.intake.guide_rows import is_sample
from jiandang.intake.row_texts import PERSONS_NAME, is_no_name
from jiandang.patterns import regex
from jiandang.register.codes import code_lists
from jiandang.register.resident_id import is_valid

_NUMBERS = {"id_number", "head_id"}
_ASKED_OF_MEMBERS = {"id_number", *OF_MEMBERS}
# Labels that no column has, of what somebody of the household is asked: 配偶身份证号.
_OF_HOME = regex("配偶|妻|丈夫|[子女父母孙媳婿兄弟姐妹]|成员|家[人属]|患者|病人|学生|残疾人|劳动力")
_LONG_NUMBER = regex("[0-9]{14,}[Xx]?")
_ALONE = regex(r"[^0-9㐀-鿿]*[0-9]{14,}[Xx]?[^0-9㐀-鿿]*")
_SHORTEST = 15  # digits
_LEAST_CELLS = 3
_LEAST_LABELS = 3  # side by side head a grid of members
_NEAR = 8  # cells of a heading are looked at


def left_out(area: Area, page: Page) -> Iterator[int]:
    """The rows that have a person, or a person's number, of whom nothing was read."""
    values = [*_values(page)]
    below_heading = {*_below_own_heading(area, page)}
    read = {(value.row, value.column) for value in values} | page.cells_of_others - below_heading
    known = {number for value in values for number in _LONG_NUMBER.findall(value.text)}
    told = {*page.lost, *(value.row for value in page.strangers)}
    title = ""
    for row in area.rows:
        cells = area.row(row)
        if len(cells) == 1 and isinstance(cells[0].raw, str):
            title = cells[0].solid
        if any((row, cell.column) in below_heading for cell in cells):
            title = ""
        if row not in told and any(
            (row, cells[place].column) not in read
            and not known.issuperset(_LONG_NUMBER.findall(text))
            and _is_somebodys(place, text, cells, area, title, read)
            and not is_sample([cell.raw for cell in cells])
            for place, text in _numbers(cells)
        ):
            told.add(row)
            yield row
        for below in _names_below(cells, area, page):
            if below.row not in told and (below.row, below.column) not in read:
                told.add(below.row)
                yield below.row


def _below_own_heading(area: Area, page: Page) -> Iterator[tuple[int, int]]:
    """The cells of others' grids that stand below a heading of members, which no grid has.

    Whoever follows such a heading is none of those above it.
    """
    is_below = False
    for row in area.rows:
        cells = area.row(row)
        if any((row, cell.column) in page.heads for cell in cells):
            is_below = False
        of_others = (cell for cell in cells if (row, cell.column) in page.cells_of_others)
        asked = {cell.label.column for cell in of_others if cell.label is not None}
        is_below = is_below or not _ASKED_OF_MEMBERS.isdisjoint(asked)
        if is_below:
            yield from ((row, cell.column) for cell in cells)


def _values(page: Page) -> Iterator[Value]:
    """All values that were read of a page."""
    yield from page.values.values()
    yield from page.of_head.values()
    yield from page.strangers
    for values in chain((person.values() for person in page.people), page.rest.values()):
        yield from values
    for again in page.again:
        yield from (again.first, again.value)


def _numbers(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """The numbers of persons in a row, each with the place of its cell; its digits may be apart."""
    for alone, run in groupby(range(len(cells)), lambda place: len(cells[place].solid) == 1):
        places = [*run]
        if alone and len(places) >= _SHORTEST:
            yield places[0], "".join(cells[place].solid for place in places)
        elif not alone:
            for place in places:
                text = next((own.rest or "" for own in cells[place].labels), cells[place].solid)
                if _ALONE.fullmatch(text):
                    yield place, text


def _is_somebodys(
    place: int,
    text: str,
    cells: Sequence[Cell],
    area: Area,
    title: str,
    read: Collection[tuple[int, int]],
) -> bool:
    """Whether a number that was not read is a person's of the household."""
    cell, near = cells[place], cells[max(place - 2, 0) : place]
    before = near[-1] if near else cell
    asked = [*cell.labels, *before.labels]
    is_right = any(map(is_valid, _LONG_NUMBER.findall(text)))
    if asked:
        # Behind the label of what was read already, or of somebody else.
        is_number = any(label.column in _NUMBERS for label in asked)
        return is_right and is_number and not speaks_of_others([title, *(c.solid for c in cells)])
    if before is not cell and area.sheet.vocabulary.is_label_like(before.raw):
        is_of_home = _OF_HOME.search(before.solid) is not None
        return is_right and is_of_home and not speaks_of_others([title, before.solid])
    above = [own for own in area.row(cell.row - 1) if own.column == cell.column]
    if speaks_of_others(own.solid for own in (*above, *near)):
        return False
    if speaks_of_others([title]) and not any(map(_is_relation, cells)):
        return False
    is_named = any(_may_be_name(own) and (own.row, own.column) not in read for own in cells)
    return is_right or (is_named and len(cells) >= _LEAST_CELLS)


def _is_relation(cell: Cell) -> bool:
    text = cell.solid
    return not text.isdecimal() and code_lists()["relation"].find(text) is not None


def _names_below(cells: Sequence[Cell], area: Area, page: Page) -> Iterator[Cell]:
    """The names below a heading of names that heads no grid which was read, nor has a value."""
    for place, cell in enumerate(cells):
        if cell.label is None or cell.label.field != ("member", "name"):
            continue
        heading = [own.label.column for own in cells[place : place + _NEAR] if own.label]
        following = cells[place + 1 : place + 2]
        has_value = any(own.label is None and own.column == cell.right + 1 for own in following)
        if (
            (cell.row, cell.column) in page.heads
            or has_value
            or len(heading) < _LEAST_LABELS
            or not OF_MEMBERS & {*heading}
        ):
            continue
        for row in range(cell.bottom + 1, area.bottom + 1):
            own = next((c for c in area.row(row) if c.column == cell.column), None)
            if own is None or not _may_be_name(own):
                break
            yield own


def _may_be_name(cell: Cell) -> bool:
    name = without_brackets(cell.solid)
    is_name = PERSONS_NAME.fullmatch(name) is not None and not cell.labels
    return is_name and not heads_more(cell.text) and not is_no_name(name)
