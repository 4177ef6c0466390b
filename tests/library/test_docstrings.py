"""Each name that is exported says what it is, and each error that a call documents is raised."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jiandang
from jiandang.register.tables import COLUMNS

SAMPLES = Path(__file__).parents[2] / "sample_data"
SAMPLE = SAMPLES / "官山镇_合格.xlsx"
REGISTER = jiandang.load(SAMPLE)
REPORT = jiandang.check(REGISTER, select="SB")
NAMES = [name for name in jiandang.__all__ if name != "__version__"]
ANY: Any = 5


# A call that raises each error that a function's docstring names.
RAISED: dict[str, dict[str, Callable[[], object]]] = {
    "check": {
        "PolicyError": lambda: jiandang.check(REGISTER, "没有"),
        "UnknownRule": lambda: jiandang.check(REGISTER, select="XX"),
        "InvalidDate": lambda: jiandang.check(REGISTER, as_of="昨天"),
        "InvalidArgument": lambda: jiandang.check(ANY),
        "ListError": lambda: jiandang.check(REGISTER, lists="怪=名单.xls"),
        "SameFile": lambda: jiandang.check(REGISTER, before=REGISTER),
    },
    "load": {
        "PolicyError": lambda: jiandang.load(SAMPLE, "没有"),
        "InvalidArgument": lambda: jiandang.load(SAMPLE, jobs=-1),
        "InvalidPath": lambda: jiandang.load(ANY),
    },
    "load_changes": {},
    "load_policy": {"PolicyError": lambda: jiandang.load_policy("没有")},
    "write": {
        "UnknownFormat": lambda: jiandang.write(REPORT, "pdf", "x"),
        "InvalidArgument": lambda: jiandang.write(REPORT, "html", "x", by="village"),
        "CannotWrite": lambda: jiandang.write(REPORT, "json", SAMPLE / "x.json"),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_each_name_says_what_it_is(name: str) -> None:
    value = getattr(jiandang, name)
    assert vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    if not inspect.isclass(value):
        return
    for member, own in vars(value).items():
        is_call = inspect.isfunction(own) or isinstance(own, (property, classmethod))
        if is_call and not member.startswith(("_", "model_")):
            assert inspect.getdoc(own), f"{name}.{member}"


def test_each_function_names_its_errors() -> None:
    assert {n for n in NAMES if inspect.isfunction(getattr(jiandang, n))} == set(RAISED)
    for name, calls in RAISED.items():
        text = " ".join((getattr(jiandang, name).__doc__ or "").split())
        named = re.search(r"Raises (.*)", text)
        errors = re.findall(r"[A-Z][a-z]+[A-Z]\w+", named[1]) if named else []
        # That a script has no guard is shown by running one, in test_calls.
        shown = set(calls) | ({"MissingMainGuard"} if name == "load" else set())
        assert set(errors) - {"OSError"} == shown, name


@pytest.mark.parametrize(("name", "error"), [(n, e) for n, calls in RAISED.items() for e in calls])
def test_each_documented_error_is_raised(name: str, error: str) -> None:
    kind = getattr(jiandang, error)
    with pytest.raises(kind) as raised:
        RAISED[name][error]()
    assert type(raised.value) is kind and isinstance(raised.value, jiandang.JiandangError)
    assert re.search("[一-鿿]", str(raised.value))


def test_each_quantity_has_its_unit() -> None:
    for table, columns in COLUMNS.items():
        for name, column in columns.items():
            if column.cell.dtype.is_float():
                assert column.unit and f"({column.unit})" in column.heading, (table, name)
