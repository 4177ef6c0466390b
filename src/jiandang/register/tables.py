"""The six tables of a register, by name."""

from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.process import Procedure, Survey
from jiandang.register.table import Column, Table, columns_of
from jiandang.register.village import Allocation, Village

MODELS: dict[str, type[Table]] = {
    model.table_name: model for model in (Member, Household, Allocation, Procedure, Survey, Village)
}
COLUMNS: dict[str, dict[str, Column]] = {name: columns_of(model) for name, model in MODELS.items()}
TITLES: dict[str, str] = {name: model.title for name, model in MODELS.items()}

# The columns of a place and its household, which any row about a household may carry.
PLACE_COLUMNS = ("county", "town", "village", "group", "village_code", "place", "household_id")
# Tables whose columns may stand in another table's sheet, one value a household.
EMBEDDABLE = ("household", "procedure", "survey")


def own_columns(table: str) -> list[str]:
    """The columns that only this table has."""
    return [name for name in COLUMNS[table] if name not in PLACE_COLUMNS]
