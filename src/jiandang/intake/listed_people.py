"""Of whom tables of a file are: whether others have their people, or heads' names alone tell."""

from collections.abc import Iterable, Sequence

from jiandang.intake.named_rows import names_alone
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.repeated_sheets import SheetKind
from jiandang.register.tables import MODELS

# By what rows of whatever tables are of one household, or one person.
_WHO = (
    [f"{table}.household_id" for table in MODELS],
    ("member.id_number", "household.head_id"),
    ("member.name", "household.head_name"),
)


def is_by_names_alone(table: ParsedTable) -> bool:
    """Whether it says something of households that stand there by their heads' names alone."""
    sheet = table.sheet
    kind = SheetKind(sheet.columns_of("household"), sheet.is_form)
    return sheet.table == "household" and names_alone(kind)


def is_told_by_heads(table: ParsedTable, registers: Sequence[ParsedTable]) -> bool:
    """Whether households stand there by their heads' names, each once, as others have them."""
    if not is_by_names_alone(table):
        return False
    heads = table.frame["household.head_name"].drop_nulls()
    others = [each for each in registers if each is not table]
    return heads.is_unique().all() and are_in(table, others)


def are_in(table: ParsedTable, registers: Sequence[ParsedTable]) -> bool:
    """Whether most of the rows are of households or persons of whom the others tell."""
    for names in _WHO:
        own = values_of(table, names)
        known = set[object]().union(*(values_of(other, names) for other in registers))
        if own and 2 * len(own & known) > len(own):
            return True
    return False


def values_of(table: ParsedTable, names: Iterable[str]) -> set[object]:
    """What stands in the first of these columns that the table has."""
    frame = table.frame
    name = next((name for name in names if name in frame.columns), None)
    return set() if name is None else set(frame[name].drop_nulls())
