"""Which columns the sheets of a template have, and how their headings are written."""

from jiandang.register.table import Column, Table
from jiandang.register.tables import COLUMNS

REQUIRED = "*"
# What the columns of other forms say in another way: the provincial form of income (S-P), the
# place in one cell, both surveyors in one cell.
_OF_OTHER_FORMS = {"place", "surveyors"}
_PROVINCIAL = "S-P）"


def columns_for(table: str, row: Table | None = None) -> list[Column]:
    """The columns of a table's sheet, in the order of the model.

    Of other forms' columns those are among them in which the row has something.
    """
    return [
        c
        for c in COLUMNS[table].values()
        if not _is_of_other_form(table, c)
        or (row is not None and (getattr(row, c.id) is not None or c.id in row.faults))
    ]


def _is_of_other_form(table: str, column: Column) -> bool:
    left_out = set() if table == "allocation" else _OF_OTHER_FORMS
    return column.id in left_out or column.description.endswith(_PROVINCIAL)


def heading_of(column: Column) -> str:
    """The heading with the unit, if it has none, and a mark where it must be filled in."""
    unit = f"({column.unit})" if column.unit else ""
    text = column.heading.removesuffix(unit) + unit
    return f"{REQUIRED}{text}" if column.required else text
