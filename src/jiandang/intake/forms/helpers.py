"""The grid of helpers on a form, and what is said of the helper elsewhere."""

from collections.abc import Sequence

from jiandang.intake.forms.grid_columns import columns_of, within
from jiandang.intake.forms.grids import cell_value, ends, is_named
from jiandang.intake.forms.page import Page, Value, heads_more, may_name_somebody
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.forms.vocabulary import HELPER_COLUMNS, OF_MEMBERS
from jiandang.patterns import regex

SEVERAL = regex(r"[、,，;；/\s]+")


def row_below(cell: Cell, area: Area) -> Sequence[Cell]:
    """The row that a text alone in its row may head: a helper's grid may begin further down."""
    below = area.row(cell.row + 1)
    if below or cell.label is None or cell.label.column != "helper":
        return below
    rows = map(area.row, range(cell.row + 1, area.bottom + 1))
    return next((cells for cells in rows if cells), below)


def read_helpers(area: Area, row: int, page: Page) -> int:
    """Read the helpers' grid headed by a row; gives the row where it ends.

    A new row is begun when the helper changes: the last one holds, if the rows are dated. The day
    on which help began may stand behind the phone, in its cell or in the next.
    """
    vocabulary = area.sheet.vocabulary
    columns, start = columns_of(area, row)
    page.rows_of_labels.update(range(row, start))
    page.heads.update((column.cell.row, column.cell.column) for column in columns)
    are_others = not any(column.name in OF_MEMBERS for column in columns)
    named = []
    for column in columns:
        name = vocabulary.helpers(column.cell.text)
        if name is None and column.label is not None and column.label.column in HELPER_COLUMNS:
            name = column.label.field
        if name is not None:
            named.append((name, column))
        elif column.label is None and is_named(column.cell):
            page.unknown.append(column.cell.text)
    rows: list[dict[str, Value]] = []
    end = start
    for end in range(start, area.bottom + 2):
        cells = within(area.row(end), columns)
        if end > area.bottom or ends(cells, columns, page, vocabulary):
            break
        page.cells_of_others.update((c.row, c.column) for c in cells if are_others)
        found: dict[str, Value] = {}
        for (_, own_name), column in named:
            own = [c for c in cells if c.column in column.span]
            at = own[0].column if own else column.cell.column
            value = Value(cell_value(own, own_name), end, at)
            found |= _phone_and_start(value) if own_name == "helper_phone" else {own_name: value}
            if len(own) > 1 and _START.fullmatch(own[1].solid):
                found["helper_since"] = Value(own[1].raw, end, own[1].column)
        if rows and _heads_more(found):
            break
        if any(not value.is_empty for value in found.values()):
            rows.append(found)
    dated = [r for r in rows if "helper_since" in r and not r["helper_since"].is_empty]
    taken = rows[-1] if len(dated) == len(rows) and rows else rows[0] if rows else {}
    others = [row for row in rows if row is not taken and len(dated) < len(rows)]
    page.unknown += [
        f"第{value.row + 1}行的“帮扶责任人”"
        for value in (row["helper"] for row in others if "helper" in row)
        if not value.is_empty
    ]
    empty = {own_name: Value("", start, column.cell.column) for (_, own_name), column in named}
    for own_name, value in {**empty, **taken}.items():
        page.put(("household", own_name), value)
    return end


_START = regex(r"20[0-9]{2}[年./-][0-9]{1,2}(?:[月./-](?:[0-9]{1,2}日?)?)?")
_PHONE_AND_START = regex(
    r"^(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})[\s,;、(]+(20[0-9]{2}[^)]*?)(?:起|开始|至今)*\)?$"
)


def _phone_and_start(value: Value) -> dict[str, Value]:
    both = _PHONE_AND_START.match(value.text)
    if both is None:
        return {"helper_phone": value}
    phone, since = (Value(text, value.row, value.column, part=True) for text in both.groups())
    return {"helper_phone": phone, "helper_since": since}


def put_helper(page: Page, name: tuple[str, str], value: Value) -> None:
    """Keep what is said of the helper; the day on which help began may stand behind the phone."""
    parts = _phone_and_start(value) if name[1] == "helper_phone" else {name[1]: value}
    for column, part in parts.items():
        page.put(("household", column), part)


def _heads_more(row: dict[str, Value]) -> bool:
    """Whether a row below a helper's is none of another one: 养殖品种 | 山羊."""
    name = row.get("helper")
    if name is None or name.is_empty:
        return False
    if any(isinstance(row[own].raw, float) for own in ("helper_unit", "helper_post") if own in row):
        return True
    return heads_more(name.text) or not all(map(may_name_somebody, SEVERAL.split(name.text)))
