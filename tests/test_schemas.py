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
POLICY = jiandang.load_policy("xuzhou-2016")


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
        ("policy", ("quorum",), 1.5),
        ("policy", ("quorum",), "2/0"),
        ("policy", ("types_exempt_from_line",), ["低保护"]),
        ("policy", ("dynamic", "removals"), ["清腿"]),
        ("register", ("member", 0, "birth_date"), "2016-02-30"),
        ("register", ("member", 0, "birth_date"), "2015-02-29"),
        ("register", ("household", 0, "household_id"), "三"),
        ("report", ("as_of",), "3月29日"),
        ("report", ("as_of",), "2016-02-30"),
        ("report", ("findings", 0, "rule"), "XX001"),
        ("report", ("findings", 0, "gate"), "XX"),
        ("report", ("findings", 0, "cell"), "第3行"),
        ("report", ("gates", 0, "code"), "XX"),
        ("report", ("gates", 0, "rules_run"), ["SB1"]),
        ("report", ("files", 0, "tables", 0, "table"), "表"),
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


@pytest.mark.parametrize("quorum", [0.5, 1, "1", "0.667", "2/3", "20/30"])
def test_shares_are_of_the_schema_as_of_the_loader(quorum: str | float) -> None:
    bad = {**MADE["policy"], "quorum": quorum}
    assert [error.message for error in validator("policy").iter_errors(bad)] == []
    assert jiandang.Policy.model_validate({**bad, "name": "x"}).quorum > 0


@pytest.mark.parametrize("day", ["2016", "2016-02", "2016-02-29", "2000-02-29", "1949-10-31"])
def test_days_of_the_calendar(day: str) -> None:
    row = {"member": [{**MADE["register"]["member"][0], "birth_date": day}]}
    assert [error.message for error in validator("register").iter_errors(row)] == []


def test_households_without_numbers_keep_the_schema(tmp_path: Path) -> None:
    rows = "行政村,户主姓名,姓名,与户主关系,性别,证件号码,家庭人口\n"
    rows += "王庄村,张山,张山,户主,男,,2\n王庄村,张山,王芳,配偶,女,,2\n"
    for heading, number in (("户号", "1"), ("备注", "")):
        path = tmp_path / "无号.csv"
        lines = rows.replace("\n", f",{number}\n").replace(f"人口,{number}", f"人口,{heading}", 1)
        path.write_text(lines, encoding="utf-8")
        read = jiandang.load(path)
        members = list(read.members())
        assert [member.name for member in members] == ["张山", "王芳"]
        made = {"member": to_jsonable_python(members)}
        assert [error.message for error in validator("register").iter_errors(made)] == []
        for member in members:
            assert jiandang.Member.model_validate(member.model_dump()).name == member.name


def test_a_report_that_was_json_is_the_same() -> None:
    faulty = jiandang.load(SAMPLE.with_name("官山镇_有误.xlsx"))
    for evidence in (False, True):
        report = jiandang.check(faulty, as_of="2016-03-29", context=True, evidence=evidence)
        text = report.model_dump_json()
        again = jiandang.Report.model_validate_json(text)
        assert again == report and again.model_dump_json() == text
    assert jiandang.check(faulty, as_of="2016-03-30") != again


def test_what_is_made_cannot_be_changed() -> None:
    report = jiandang.check(REGISTER, as_of="2016-03-29")
    for made, name in ((report, "policy"), (next(REGISTER.members()), "name"), (POLICY, "name")):
        with pytest.raises(jiandang.InvalidArgument, match=f"做出来以后不能改（{name}）"):
            setattr(made, name, "x")
