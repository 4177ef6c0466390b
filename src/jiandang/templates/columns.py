"""Which columns the sheets of a template have, and how their headings are written."""

from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS

REQUIRED = "*"
# What the columns of other forms say in another way: the provincial form of income (S-P), the
# place in one cell, both surveyors in one cell.
_OF_OTHER_FORMS = {"place", "surveyors"}
_PROVINCIAL = "S-P）"


def columns_for(table: str) -> list[Column]:
    """The columns of a table's sheet, in the order of the model."""
    own = COLUMNS[table].values()
    left_out = set() if table == "allocation" else _OF_OTHER_FORMS
    return [c for c in own if c.id not in left_out and not c.description.endswith(_PROVINCIAL)]


def heading_of(column: Column) -> str:
    """The heading with the unit, if it has none, and a mark where it must be filled in."""
    unit = f"({column.unit})" if column.unit else ""
    text = column.heading.removesuffix(unit) + unit
    return f"{REQUIRED}{text}" if column.required else text
