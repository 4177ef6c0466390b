"""The four workbooks of the specification: every value at its cell, the planted faults alone.

They are not part of the project, so they are tried where present.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiandang import Severity, check, load
from jiandang.register.table import Table
from jiandang.register.tables import COLUMNS

_HERE = Path(__file__).resolve()
_FOLDERS = [parent / "shared" / "forms" for parent in _HERE.parents]
BOOKS = sorted(path for folder in _FOLDERS for path in folder.glob("*.xlsx"))
TABLES = ("household", "survey", "procedure")
# The JSON has the words of the form; these are what the code lists call them.
_CALLED = {
    ("household_type", "扶贫户"): "一般贫困户",
    ("student", "否"): "非在校生", ("student", "是"): "在校生",
    ("labour", "劳动力"): "普通劳动力", ("labour", "非劳动力"): "无劳动力",
    ("education", "文盲半文盲"): "文盲或半文盲",
}  # fmt: skip
_YES = {"是": True, "有": True, "否": False, "无": False}


def told(value: object) -> object:
    """A value that was read as JSON would have it."""
    if isinstance(value, tuple):
        return sorted(map(told, value), key=str) or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def true(name: str, value: Any, read: object) -> object:
    """A value of the JSON as the register has it."""
    if isinstance(value, list):
        return sorted(value) or None
    if name == "application_signed":
        return read if read and value == "是" else value  # who signed: more than that somebody did
    if isinstance(read, list):
        return sorted(str(value).split("、"))
    if isinstance(read, bool):
        return _YES.get(value, value)
    return _CALLED.get((name, value), told(value))


def differences(row: Table | None, names: dict[str, str], own: dict[str, Any]) -> Iterable[str]:
    for key, name in names.items():
        value, at = own[key], own["at"].get(key)
        read = told(getattr(row, name, None))
        place = row.source.cells.get(name) if row is not None and row.source else None
        where = f"{place.sheet}!{place.address}" if place else None
        if read != true(name, value, read) or (read is not None and where != at):
            yield f"{key} {value!r} at {at}: read {read!r} at {where}"


def _names(table: str) -> dict[str, str]:
    """What the JSON may call the columns of a table: their names, or their headings."""
    columns = COLUMNS[table].values()
    return {c.heading.split("(")[0]: c.id for c in columns} | {c.id: c.id for c in columns}


@pytest.mark.skipif(not BOOKS, reason="the workbooks of the specification are not here")
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem[:2])
def test_every_value_at_its_cell(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    register = load(path)
    assert [file.error for file in register.files] == [None]
    rows = {
        ("household", h.household_id): h for h in register.households()
    } | {("survey", s.household_id): s for s in register.surveys()} | {
        ("procedure", p.household_id): p for p in register.procedures()
    }  # fmt: skip
    members: dict[str | None, list[Table]] = {}
    for member in register.members():
        members.setdefault(member.household_id, []).append(member)
    assert len({code for _, code in rows}) == len(truth["households"])
    wrong: list[str] = []
    seen = 0
    for own in truth["households"]:
        left = {*own} - {"at", "household_id"}
        for table in TABLES:
            names = {key: name for key, name in _names(table).items() if key in left}
            left -= {*names}
            seen += len(names)
            wrong += differences(rows.get((table, own["household_id"])), names, own)
        assert left == set()
    for own in truth["members"]:
        names = {key: key for key in own if key not in ("at", "household_id")}
        seen += len(names)
        wrong += differences(members[own["household_id"]].pop(0), names, own)
    assert wrong == []
    assert not any(members.values())
    assert seen > 200


@pytest.mark.skipif(not BOOKS, reason="the workbooks of the specification are not here")
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem[:2])
def test_the_planted_faults_and_nothing_else(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    report = check(load(path), as_of=date(2016, 3, 29))
    found = {
        (f.rule, f"{f.sheet}!{f.cell}") for f in report.findings if f.severity is not Severity.INFO
    }
    assert found == {(fault["rule"], fault["cell"]) for fault in truth["faults"]}
