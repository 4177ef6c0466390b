"""The published schemas are contracts: what jiandang makes keeps them, what is wrong does not."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic_core import to_jsonable_python

import jiandang
from jiandang.policy import builtin_policies
from jiandang.report.schemas import schema_texts

SCHEMAS = {name: json.loads(text) for name, text in schema_texts().items()}
SAMPLE = Path(__file__).parents[1] / "sample_data" / "官山镇_合格.xlsx"
REGISTER = jiandang.load(SAMPLE)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name], format_checker=Draft202012Validator.FORMAT_CHECKER)


def register() -> dict[str, Any]:
    return {
        "household": to_jsonable_python(list(REGISTER.households())),
        "member": to_jsonable_python(list(REGISTER.members())),
        "allocation": to_jsonable_python(list(REGISTER.allocations())),
        "procedure": to_jsonable_python(list(REGISTER.procedures())),
        "survey": to_jsonable_python(list(REGISTER.surveys())),
        "village": to_jsonable_python(list(REGISTER.villages())),
    }


def policy() -> dict[str, Any]:
    import tomllib

    (path,) = builtin_policies().values()
    loaded: dict[str, Any] = to_jsonable_python(tomllib.loads(path.read_text(encoding="utf-8")))
    loaded["goals"] = {**loaded.get("goals", {}), "exits": {"2016": 100}}
    return loaded


def report() -> dict[str, Any]:
    faulty = jiandang.load(SAMPLE.with_name("官山镇_有误.xlsx"))
    made = jiandang.check(faulty, as_of="2016-03-29", context=True)
    return made.model_dump(mode="json")


MADE = {"register": register(), "policy": policy(), "report": report()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:jiandang:schema:{name}"


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_made_keeps_it(name: str) -> None:
    assert [error.message for error in validator(name).iter_errors(MADE[name])] == []


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("register", ("member", 0, "sex"), "不详"),
        ("register", ("member", 0, "id_number"), "32032419671205497"),
        ("register", ("member", 0, "work_months"), 13),
        ("register", ("member", 0, "health"), ["好"]),
        ("register", ("member", 0, "备注"), "x"),
        ("register", ("household", 0, "size"), -1),
        ("register", ("household", 0, "identified"), "2016-13"),
        ("register", ("household", 0, "phone"), "1391234"),
        ("register", ("survey", 0, "surveyed"), "2016-02-30"),
        ("register", ("survey", 0, "surveyed"), "三月初"),
        ("register", ("人口",), []),
        ("policy", ("income_line",), "6000"),
        ("policy", ("start",), "2016-02-30"),
        ("policy", ("quorum",), "三分之二"),
        ("policy", ("incomeline",), 1),
        ("policy", ("county_codes", "丰县"), "320321"),
        ("policy", ("goals",), {"exits": {"去年": 100}}),
        ("policy", ("goals",), {"exits": {"2016": -1}}),
        ("report", ("as_of",), "3月29日"),
        ("report", ("findings", 0, "severity"), "fatal"),
        ("report", ("findings", 0, "row"), -1),
        ("report", ("findings", 0, "note"), "x"),
        ("report", ("findings", 0, "fingerprint"), "x"),
        ("report", ("summary", "households"), -1),
        ("report", ("files", 0, "sha256"), "x"),
    ],
)
def test_what_is_wrong_does_not(name: str, path: tuple[str | int, ...], value: object) -> None:
    bad: Any = copy.deepcopy(MADE[name])
    place = bad
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    assert list(validator(name).iter_errors(bad))
