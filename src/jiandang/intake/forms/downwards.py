"""Members written downwards: a label a row, and a person a column or a block of rows.

姓名 | 张三 | 李四 over 性别 | 男 | 女, or the labels once more for each person below the last one,
where the values may stand in the labels' own cells (姓名：张三 | 性别：男).
A page may begin in the midst of them: its first rows are then of persons on the page before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jiandang.intake.forms.grids import cell_value, chosen, is_member_grid
from jiandang.intake.forms.page import (
    Asked,
    Page,
    Person,
    Value,
    heads_more,
    is_nobody,
)
from jiandang.intake.forms.same_persons import join_people
from jiandang.intake.forms.sheet import Area, Cell, spans
from jiandang.intake.forms.vocabulary import OF_MEMBERS, ONCE, FormVocabulary, Label
from jiandang.intake.row_texts import PERSONS_NUMBER

# The cell of a label, the label, and the cells behind it up to the next one.
_Line = list[tuple[Cell, Label, list[Cell]]]
_MEMBERS = "成员"
_SIGNS = ("name", "id_number", "relation")
_LEAST_LABELS = 3
_LONGEST_NAME = 8  # characters of a label


def read_downwards(area: Area, row: int, page: Page, section: str) -> int | None:
    """Read the members whose labels begin in a row; gives the row where they end.

    None where there is one person at most, who is the head, unless the section is of the members
    or the page begins with them.
    """
    lines, end = _lines(area, row, page)
    in_midst = _begins_in_midst(lines, area, page)
    if in_midst and (count := _begun_before(lines)):
        for each in (each for line in lines[:count] for each in line):
            _keep_rest(page, *each)
        if count == len(lines):
            return end
        lines = lines[count:]
    of_name = [values for line in lines for _, label, values in line if label.column == "name"]
    if not of_name:
        return None
    if len(lines) == 1 and any(PERSONS_NUMBER.search(cell.solid) for cell in area.row(end)):
        return None  # 姓名 over persons, beside headings that nobody knows
    if all(len(line) == 1 for line in lines) and len(of_name[0]) > 1:
        people = _in_columns(lines, of_name[0])
    else:
        people = list(_in_blocks(lines))
    people = [p for p in people if any(n in p for n in _SIGNS) and not is_nobody(p, "")]
    if any("name" in p and heads_more(p["name"].text) for p in people):
        return None  # 姓名 | 变动原因 | 变动时间 heads a list
    is_member = _MEMBERS in section or in_midst
    is_one = len(people) == 1 and is_member and sum(map(len, lines)) >= _LEAST_LABELS
    if len(people) < 2 and not is_one:
        return None
    asked: dict[str, Asked] = {}
    for label in (label for line in lines for _, label, _ in line):
        values = [person[label.column] for person in people if label.column in person]
        asked.setdefault(label.column, page.asked_by(label, label.field, values))
    page.again += join_people(page.people, page.columns, asked, people, again=True).again
    page.rows_of_people.update(value.row for p in people for value in p.values())
    page.rows_of_labels.update(range(row, end))
    cells = (cell for number in range(row, end) for cell in area.row(number))
    page.unknown += [cell.solid.partition(":")[0] for cell in cells if _is_answered(cell)]
    return end


def _begins_in_midst(lines: Sequence[_Line], area: Area, page: Page) -> bool:
    """Whether members come first on a page that does not say whose it is."""
    asked = {label.column for line in lines for _, label, _ in line}
    if len(lines) < 2 or page.asked or page.people or not asked & OF_MEMBERS:
        return False
    labels = (label for row in area.rows for cell in area.row(row) for label in cell.labels)
    return not any(label.field in ONCE for label in labels)


def _begun_before(lines: Sequence[_Line]) -> int:
    """How many of the first lines are of persons who are named on the page before.

    0 where each person on this page begins as the first one does.
    """
    named = (i for i, line in enumerate(lines) if any(of.column == "name" for _, of, _ in line))
    first = next(named, len(lines))
    is_by_columns = (
        all(len(line) == 1 for line in lines) and max(len(v) for ((_, _, v), *_) in lines) > 1
    )
    if first == len(lines):
        return first
    if is_by_columns:
        return 0
    people = [*_in_blocks(lines)]
    return 0 if len(people) > 1 and all("name" in person for person in people) else first


def _keep_rest(page: Page, at: Cell, label: Label, cells: Sequence[Cell]) -> None:
    """Keep what a line says of persons on the page before."""
    values = [_value(at, label, [cell]) for cell in cells]
    page.rest.setdefault(label.column, []).extend(values)
    page.rest_asked[label.column] = page.asked_by(label, label.field, values)
    page.rows_of_people.update(value.row for value in values)
    page.rows_of_labels.add(at.row)


def complete(people: Sequence[Person], rest: Mapping[str, Sequence[Value]]) -> list[str]:
    """Add what a page says of the persons on the pages before; gives the columns that it cannot.

    A value is of the person in whose column it stands, or of the only one who lacks it.
    """
    by_column = {person["name"].column: person for person in people if "name" in person}
    left = []
    for column, values in rest.items():
        lacking = [person for person in people if column not in person]
        beside = [by_column.get(value.column, {column: value}) for value in values]
        own = lacking if len(lacking) == len(values) == 1 else beside
        if any(column in person for person in own):
            left.append(column)
        else:
            for person, value in zip(own, values, strict=True):
                person[column] = value
    return left


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
    if len(cells) != 1 or cells[0].labels or not cells[0].solid.startswith("家庭成员"):
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
        elif cell.labels and all(own.rest and own.table == "member" for own in cell.labels):
            line += [
                (cell, own, [replace(cell, raw=own.rest or "", labels=())]) for own in cell.labels
            ]
        elif line and _is_answered(cell):
            continue
        elif cell.labels or words.is_label_like(cell.raw):
            return None
        elif line:
            line[-1][2].append(cell)
        elif place or cell.column != area.left:
            return None
    return line or None


def _is_answered(cell: Cell) -> bool:
    """Whether it is a label that no column has, with its value: 特长：养猪."""
    name, colon, value = cell.solid.partition(":")
    return not cell.labels and colon != "" and value != "" and len(name) <= _LONGEST_NAME


def _value(at: Cell, label: Label, cells: Sequence[Cell]) -> Value:
    """The value in the cells behind a label, which is at `at`, or the empty cell there."""
    raw = chosen(cell_value(cells, label.column), *label.field)
    part = label.rest is not None
    return Value(raw, at.row, cells[0].column if cells else at.right + 1, part)


def _in_columns(lines: Sequence[_Line], names: Sequence[Cell]) -> list[Person]:
    """A person in each column that has a name."""
    columns = spans(names, max(c.right for c in names) + 1)
    people: list[Person] = [{} for _ in names]
    for ((at, label, values),) in lines:
        for person, span in zip(people, columns, strict=True):
            own = [c for c in values if c.column in span]
            value = _value(at, label, own)
            place = value if own else Value(value.raw, at.row, span.start)
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
