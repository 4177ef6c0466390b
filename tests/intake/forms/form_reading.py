"""What a register has of forms, to be compared with what is true."""

from collections.abc import Mapping, Sequence
from typing import Any

from form_paper import Household

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.address import cell_address
from jiandang.register.cells import Raw
from jiandang.register.register import Register, row_of, sheet_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")


def read(*grids: Grid) -> Register:
    return register_of(grids, POLICY)


def form(*rows: list[Raw]) -> Register:
    width = max(map(len, rows))
    return read(Grid("S", [[*row, *[""] * (width - len(row))] for row in rows]))


def place(register: Register, row: Mapping[str, Any], name: str) -> str:
    """The sheet and cell of a row's value, as a finding about it says."""
    apart = {each["column"]: (each["ref"], each["sheet_column"]) for each in row["apart"] or ()}
    at = row["ref"]
    own = (at, register.sheets[sheet_of(at)].column(name))
    at, column = apart.get(name, own)
    if column is None:
        return "nowhere"
    return f"{register.sheets[sheet_of(at)].sheet}!{cell_address(row_of(at) - 1, column)}"


def says(register: Register, table: str, *columns: str) -> list[tuple[object, str]]:
    """The values of the first row of a table, each with its cell."""
    row = register.tables[table].row(0, named=True)
    return [(row[column], place(register, row, column).removeprefix("S!")) for column in columns]


def differences(register: Register, households: Sequence[Household]) -> list[str]:
    """Where the register is not what is true, in words."""
    wrong: list[str] = []
    rows = {
        (table, row["household_id"]): row
        for table in ("household", "procedure", "survey")
        for row in register.tables[table].iter_rows(named=True)
    }
    members = register.tables["member"].partition_by("household_id", as_dict=True)
    if register.tables["household"].height != len(households):
        wrong.append(f"{register.tables['household'].height} households, not {len(households)}")
    for household in households:
        code = household.values["household", "household_id"][0]
        for (table, column), (value, at) in household.values.items():
            row = rows.get((table, code))
            if row is None:
                wrong.append(f"{at}: no {table} {code}")
                continue
            where = place(register, row, column)
            shown = row[column].isoformat() if hasattr(row[column], "isoformat") else row[column]
            if shown != value or where != at:
                wrong.append(f"{column} {value!r} at {at}: read {shown!r} at {where}")
        own = members.get((code,))
        found = [] if own is None else list(own.iter_rows(named=True))
        if len(found) != len(household.people):
            wrong.append(f"{code}: {len(found)} persons, not {len(household.people)}")
        for person, row in zip(household.people, found, strict=False):
            for (_, column), (value, at) in person.items():
                where = place(register, row, column)
                if row[column] != value or where != at:
                    wrong.append(f"{column} {value!r} at {at}: read {row[column]!r} at {where}")
    return wrong
