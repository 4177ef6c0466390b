"""The clean register, typed into the empty one that `jiandang template` makes."""

from pathlib import Path

from generators.township import Register
from jiandang.policy import load_policy
from jiandang.register.tables import MODELS
from jiandang.templates.columns import columns_for
from jiandang.templates.saving import save
from jiandang.templates.workbook import empty_register

_ROWS = 300


def write_filled(path: Path, register: Register) -> None:
    """Write the workbook; columns that the register does not have stay empty."""
    sheets = register.sheets()
    filled = {
        table: [
            {column.id: row.get(column.heading) for column in columns_for(table)}
            for row in sheets[model.title]
        ]
        for table, model in MODELS.items()
    }
    save(empty_register(load_policy("xuzhou-2016"), _ROWS, filled), path)
