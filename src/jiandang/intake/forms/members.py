"""Reads a grid of members: a row a person, or several, or a person a band."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiandang.intake.above import DITTO
from jiandang.intake.forms.entries import entries, is_somebody, ticked
from jiandang.intake.forms.grid_columns import Column, bands_of, columns_of, headings_of, within
from jiandang.intake.forms.grids import NUMBERING, cell_value, chosen, ends, is_named
from jiandang.intake.forms.page import (
    NUMBER,
    Asked,
    Page,
    Person,
    Value,
    are_others,
    goes_on,
    is_nobody,
    is_struck_out,
)
from jiandang.intake.forms.same_persons import join_people
from jiandang.intake.forms.sheet import Area, Cell, without_number
from jiandang.intake.guide_rows import is_column_numbers, is_explanation, is_guide, is_sample
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

_MEMBER = COLUMNS["member"].keys()
_ROW_NUMBER = regex(r"[0-9]+\+*|\++")
_PLACE_OF_WORK = regex("地[点区址]|去向")
_CARD_LENGTHS = (20, 22)
_OF_ONE = ("name", "id_number", "disability_card", NUMBER)


def read_members(area: Area, row: int, page: Page, *, of_members: bool = False) -> int:
    """Read the grid headed by a row; gives the row where it ends.

    `of_members` says that nobody stands in it who is not in the grid before.
    """
    vocabulary = area.sheet.vocabulary
    columns, start = columns_of(area, row)
    columns = _without_places(columns, page)
    bands = bands_of(columns)
    again = bool(page.grids) and headings_of(columns) not in page.grids
    page.unknown += _unknown(columns, page)
    page.grids.add(headings_of(columns))
    page.titles.update(page.above[:2])
    page.rows_of_labels.update(range(row, start))
    page.heads.update((column.cell.row, column.cell.column) for column in columns)
    if not page.people:
        page.is_of_others |= are_others([*page.above, *(column.cell.text for column in columns)])
    found: list[list[Person]] = [[] for _ in bands]
    numbers = [""] * len(bands)
    names = [column.span for column in columns if column.name == "name"]
    end = start
    for end in range(start, area.bottom + 2):
        whole = within(area.row(end), columns)
        raws = [cell.raw for cell in whole]
        if is_sample(raws) or (not any(found) and _is_of_heading(raws)):
            page.rows_of_labels.add(end)
            continue
        if _is_struck_out(whole):
            continue
        if len(whole) == 1 and goes_on(whole[0].text):
            if _is_headed_again(area, end, columns, page):
                break
            page.rows_of_labels.add(end)
            continue
        cells = ticked(whole, [(column.span, column.options) for column in columns])
        several = entries(cells, names, vocabulary)
        first = (several or [cells])[0]
        above = [person for people in found for person in people]
        if end > area.bottom or ends(first, columns, page, vocabulary, above):
            break
        if several is None:
            page.lost.append(end)
        for entry in several or ():
            for place, (band, people) in enumerate(zip(bands, found, strict=True)):
                numbers[place] = _number(entry, band, numbers[place])
                if "name" in (c.name for c in band):
                    page.numbers.add(numbers[place])
                if person := _person(entry, whole, band, end, numbers[place]):
                    people.append(_with_above(person, people[-1] if people else {}))
    for row_behind in range(end, area.bottom + 1):
        behind = area.row(row_behind)
        if any(cell.labels for cell in behind):
            break
        if is_somebody(within(behind, columns), names, may_be_first=not any(found)):
            page.lost.append(row_behind)
    for band, people in zip(bands, found, strict=True):
        own = {
            c.name: page.asked_by(
                c.label, ("member", c.name), [p[c.name] for p in people if c.name in p]
            )
            for c in band
            if c.name in _MEMBER
        }
        if any(c.name == "id_number" and _names_cards(c) for c in band):
            own.setdefault("disability_card", Asked())
        joined = join_people(
            page.people, page.columns, own, people, again=again, of_members=of_members
        )
        page.again += joined.again
        page.strangers += [person["name"] for person in joined.strangers]
        page.nobodys += _nobodys(people, page)
        page.rows_of_people.update(value.row for p in people for value in p.values())
    return end


def _is_of_heading(filled: Sequence[Raw]) -> bool:
    """Whether a row above the first person belongs to the heading.

    It is a sample (例 | 张三), explains (（与身份证一致） | （18位）), or numbers the columns.
    """
    return is_guide(filled) or is_explanation(filled) or is_column_numbers(filled)


def _is_struck_out(cells: Sequence[Cell]) -> bool:
    """Whether a row that may be numbered says nothing but that nobody stands in it: 4 | / | /."""
    said = cells[1:] if cells and cells[0].solid.isdecimal() else cells
    return bool(said) and all(is_struck_out(cell.solid) for cell in said)


def _without_places(columns: Sequence[Column], page: Page) -> list[Column]:
    """The columns, of which 务工地点 is none of ours beside 务工状况, there or in a grid before."""
    works = [c for c in columns if c.name == "work" and not _PLACE_OF_WORK.search(c.cell.solid)]
    if not works and "work" not in page.columns:
        return list(columns)
    return [
        c._replace(name="", label=None) if c.name == "work" and c not in works else c
        for c in columns
    ]


def _unknown(columns: Sequence[Column], page: Page) -> list[str]:
    """The headings that no column has; those of a further grid with its title."""
    found = [
        column.cell.text
        for column in columns
        if column.label is None and is_named(column.cell) and column.cell.column
    ]
    titles = [text for text in page.above[:2] if text and text not in page.titles]
    if not found or not page.grids or not titles:
        return found
    return [f"{without_number(titles[-1])}({'、'.join(found)})"]


def _is_headed_again(area: Area, row: int, columns: Sequence[Column], page: Page) -> bool:
    """Whether what follows a row (续表) is no person's, but a heading or another part."""
    behind = (cells for n in range(row + 1, area.bottom + 1) if (cells := area.row(n)))
    rows = (cells for cells in behind if len(cells) > 1 or not goes_on(cells[0].text))
    following = within(next(rows, ()), columns)
    return ends(following, columns, page, area.sheet.vocabulary)


def _names_cards(column: Column) -> bool:
    """Whether the column of numbers is for disability cards too."""
    return "残疾" in column.cell.text


def _nobodys(people: Sequence[Person], page: Page) -> Iterator[str]:
    """What a grid without names says in rows whose number no row with a name has."""
    for person in people:
        number = person[NUMBER].text if NUMBER in person and "name" not in person else ""
        if page.people and _ROW_NUMBER.fullmatch(number) and number not in page.numbers:
            yield from (name for name, value in person.items() if name and not value.is_empty)


def _with_above(person: Person, above: Person) -> Person:
    """The values of a person, those that are 同上 by the person above; a name never is."""
    return {
        name: replace(above[name], row=value.row, column=value.column, part=True, ditto=True)
        if value.raw in DITTO and name in above and name not in _OF_ONE
        else value
        for name, value in person.items()
    }


def _number(cells: Sequence[Cell], band: Sequence[Column], before: str) -> str:
    """A row's number in a numbered grid; one without, as rows put in have none, by that before."""
    numbering = [column for column in band if column.cell.solid in NUMBERING]
    own = [c.text for column in numbering for c in cells if c.column in column.span]
    return own[0] if own else f"{before}+" if numbering else ""


def _person(
    cells: Sequence[Cell], whole: Sequence[Cell], band: Sequence[Column], row: int, number: str
) -> Person:
    """The values of a person, or nothing where the row has none; `whole` are the sheet's cells."""
    person: Person = {}
    for column in band:
        own = [c for c in cells if c.column in column.span]
        if column.name not in _MEMBER:
            continue
        raw = chosen(cell_value(own, column.name), "member", column.name)
        at = own[0].column if own else column.cell.column
        person[column.name] = Value(raw, row, at, part=bool(own) and own[0] not in whole)
        if column.name == "id_number" and _names_cards(column):
            card = raw if len(solid(as_text(raw))) in _CARD_LENGTHS else ""
            person["disability_card"] = Value(card, row, at)
    if is_nobody(person, number):
        return {}
    if number:
        person[NUMBER] = Value(number, row, band[0].cell.column)
    return person
