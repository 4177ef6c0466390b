"""The six tables of a register, by name, and the list that may go with two of them."""

from collections.abc import Set

from jiandang.register.change import Change
from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.process import Procedure, Survey
from jiandang.register.table import Column, Table, columns_of
from jiandang.register.village import Allocation, Village

MODELS: dict[str, type[Table]] = {
    model.table_name: model for model in (Member, Household, Allocation, Procedure, Survey, Village)
}
# 增减表 is read by itself, beside two registers; none of their sheets is taken for one.
CHANGES = Change.table_name
_ALL: dict[str, type[Table]] = {**MODELS, CHANGES: Change}
COLUMNS: dict[str, dict[str, Column]] = {name: columns_of(model) for name, model in _ALL.items()}
TITLES: dict[str, str] = {name: model.title for name, model in _ALL.items()}

# Begins the name of a column with what the earlier of two registers says.
BEFORE = "before_"

# The columns of a place and its household, which any row about a household may carry.
PLACE_COLUMNS = ("county", "town", "village", "group", "village_code", "place", "household_id")
# Whom to reach, and where money goes: a list of nothing else describes no household.
CONTACT = {"phone", "bank", "account", "helper", "helper_unit", "helper_phone", "helper_post"}
# Tables whose columns may stand in another table's sheet, one value a household.
EMBEDDABLE = ("household", "procedure", "survey")
# What was done for a household, a row each, or one for the whole village.
STEP_TABLES = EMBEDDABLE[1:]


def required_columns(table: str) -> frozenset[str]:
    """The columns that every sheet of this table has to have."""
    return frozenset(name for name, column in COLUMNS[table].items() if column.required)


def own_columns(table: str) -> list[str]:
    """The columns that only this table has."""
    return [name for name in COLUMNS[table] if name not in PLACE_COLUMNS]


def only_completes(columns: Set[str]) -> bool:
    """Whether a table of these columns says by heads' names whom to reach, and nothing else.

    Such a list of helpers, phones or accounts completes what others say of the households.
    """
    described = columns - {*PLACE_COLUMNS, "head_name"}
    return "head_name" in columns and "household_id" not in columns and described <= CONTACT
