"""Members written downwards: a label a row, and a person a column or a block of rows.

姓名 | 张三 | 李四 over 性别 | 男 | 女, or the labels once more for each person below the last one.
"""

from collections.abc import Iterator, Sequence

from jiandang.intake.forms.grids import cell_value, chosen, is_member_grid
from jiandang.intake.forms.page import Asked, Page, Person, Value, join_people
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.forms.vocabulary import FormVocabulary, Label
from jiandang.register.text import solid

# The cell of a label, the label, and the cells behind it up to the next one.
_Line = list[tuple[Cell, Label, list[Cell]]]
_MEMBERS = "成员"
_SIGNS = ("name", "id_number", "relation")
_LEAST_LINES = 3


def read_downwards(area: Area, row: int, page: Page, section: str) -> int | None:
    """Read the members whose labels begin in a row; gives the row where they end.

    None where there is one person at most, who is the head, unless the section is of the members.
    """
    lines, end = _lines(area, row, page)
    of_name = [values for line in lines for _, label, values in line if label.column == "name"]
    if not of_name:
        return None
    if all(len(line) == 1 for line in lines) and len(of_name[0]) > 1:
        people = _in_columns(lines, of_name[0])
    else:
        people = list(_in_blocks(lines))
    people = [p for p in people if any(n in p and not p[n].is_empty for n in _SIGNS)]
    is_one = len(people) == 1 and _MEMBERS in section and len(lines) >= _LEAST_LINES
    if len(people) < 2 and not is_one:
        return None
    asked: dict[str, Asked] = {}
    for label in (label for line in lines for _, label, _ in line):
        values = [person[label.column] for person in people if label.column in person]
        asked.setdefault(label.column, page.asked_by(label, label.field, values))
    join_people(page.people, page.columns, asked, people, again=True)
    page.rows_of_people.update(value.row for p in people for value in p.values())
    page.rows_of_labels.update(range(row, end))
    return end


def _lines(area: Area, row: int, page: Page) -> tuple[list[_Line], int]:
    """The rows that ask for nothing but what members have, and the row behind them."""
    lines: list[_Line] = []
    end = row
    for number in range(row, area.bottom + 1):
        cells = area.row(number)
        if not cells or _is_between(area, number):
            continue
        line = _line(cells, area)
        if line is None or is_member_grid(cells, page, area.sheet.vocabulary):
            break
        lines.append(line)
        end = number + 1
    return lines, end


def _is_between(area: Area, row: int) -> bool:
    """Whether a row is a line above a person: 家庭成员二."""
    cells = area.row(row)
    if len(cells) != 1 or cells[0].labels or not solid(cells[0].text).startswith("家庭成员"):
        return False
    return row < area.bottom and _line(area.row(row + 1), area) is not None


def _line(cells: Sequence[Cell], area: Area) -> _Line | None:
    """The labels of a row with their values; None if a label is of no person, or there is none."""
    words: FormVocabulary = area.sheet.vocabulary
    line: _Line = []
    for place, cell in enumerate(cells):
        label = cell.label
        if label is not None and label.table == "member":
            line.append((cell, label, []))
        elif cell.labels or words.is_label_like(cell.raw):
            return None
        elif line:
            line[-1][2].append(cell)
        elif place or cell.column != area.left:
            return None
    return line or None


def _value(at: Cell, label: Label, cells: Sequence[Cell]) -> Value:
    """The value in the cells behind a label, which is at `at`, or the empty cell there."""
    raw = chosen(cell_value(cells, label.column), *label.field)
    return Value(raw, at.row, cells[0].column if cells else at.right + 1)


def _in_columns(lines: Sequence[_Line], names: Sequence[Cell]) -> list[Person]:
    """A person in each column that has a name."""
    stops = [cell.column for cell in names[1:]] + [max(c.right for c in names) + 1]
    people: list[Person] = [{} for _ in names]
    for ((at, label, values),) in lines:
        for person, name, stop in zip(people, names, stops, strict=True):
            own = [c for c in values if name.column <= c.column < stop]
            value = _value(at, label, own)
            place = value if own else Value(value.raw, at.row, name.column)
            person.setdefault(label.column, place)
    return people


def _in_blocks(lines: Sequence[_Line]) -> Iterator[Person]:
    """A person begins where a label comes again."""
    person: Person = {}
    for at, label, values in (each for line in lines for each in line):
        if label.column in person:
            yield person
            person = {}
        person[label.column] = _value(at, label, values)
    yield person
