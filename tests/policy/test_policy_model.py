"""The Policy model: exact shares, types that are not guessed, order of the deadlines, SJ018."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jiandang.errors import InvalidArgument
from jiandang.policy import Policy, Range, load_policy, policy_json_schema
from jiandang.policy.model import Deadlines

XUZHOU = load_policy("xuzhou-2016")
VALUES = XUZHOU.model_dump()


def policy(**changes: Any) -> Policy:
    return Policy.model_validate(VALUES | changes)


def test_builtin_has_the_published_values() -> None:
    assert XUZHOU.income_line == 6000
    assert XUZHOU.reference_date == date(2015, 12, 31)
    assert XUZHOU.deadlines.village_notice_end == date(2016, 3, 14)
    assert XUZHOU.quorum == Fraction(2, 3)
    assert XUZHOU.majority == Fraction(1, 2)
    assert XUZHOU.persons_per_household == Range(low=1.3, high=4.5)
    assert XUZHOU.dibao_line is None
    assert XUZHOU.county_codes["320322"] == "沛县"
    assert len(XUZHOU.holidays) == 29 and date(2016, 2, 8) in XUZHOU.holidays


def test_builtin_names_a_source_for_every_value() -> None:
    texts = {"name", "title", "extends", "check", "sources", "remarks"}
    unset = {"dibao_line", "headings"}
    assert XUZHOU.sources.keys() == Policy.model_fields.keys() - texts - unset


def test_builtin_says_whose_deadlines_they_are() -> None:
    assert len(XUZHOU.notes) == 1
    assert "溧水区" in XUZHOU.notes[0] and "替换" in XUZHOU.notes[0]


def test_every_parameter_has_a_chinese_title_and_description() -> None:
    for model in (Policy, Deadlines, Range):
        for name, field in model.model_fields.items():
            assert field.title and field.description, name
            assert any("一" <= letter <= "鿿" for letter in field.title), name


def test_whole_numbers_print_without_a_fraction() -> None:
    assert f"{XUZHOU.income_line}元" == "6000元"
    assert f"{XUZHOU.planting_per_mu.high}" == "5000"
    assert f"{policy(income_line=6000.5).income_line}" == "6000.5"


def test_a_policy_cannot_be_changed() -> None:
    with pytest.raises(InvalidArgument):
        XUZHOU.notice_days = 5


def test_a_policy_survives_json() -> None:
    assert Policy.model_validate_json(XUZHOU.model_dump_json()) == XUZHOU


@given(st.integers(0, 3000))
def test_two_thirds_is_exact(delegates: int) -> None:
    enough = -(-2 * delegates // 3)
    assert enough >= XUZHOU.quorum * delegates
    assert not enough - 1 >= XUZHOU.quorum * delegates


@pytest.mark.parametrize(
    ("written", "share"),
    [("2/3", Fraction(2, 3)), ("0.6", Fraction(3, 5)), (0.5, Fraction(1, 2)), (1, Fraction(1))],
)
def test_share(written: object, share: Fraction) -> None:
    assert policy(quorum=written).quorum == share


@pytest.mark.parametrize(
    "written", ["2/0", "三分之二", "-1/2", "2/3/4", "", "３/４", True, "3/2", 0]
)
def test_not_a_share(written: object) -> None:
    with pytest.raises(ValidationError):
        policy(quorum=written)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("income_line", "6000"),
        ("income_line", True),
        ("income_line", 0),
        ("income_line", float("nan")),
        ("notice_days", 7.5),
        ("notice_days", 0),
        ("quota_tolerance", 5),
        ("start", 20160202),
        ("start", "2016-02-30"),
        ("start", "2016年2月2日"),
        ("persons_per_household", {"low": 5, "high": 1}),
        ("persons_per_household", {"low": 5}),
        ("county_codes", {"3203": "徐州市"}),
        ("county_codes", {"３２０３２２": "沛县"}),
        ("income_floor", 30_000),
        ("types_exempt_from_line", "低保户"),
        ("sources", {"income": "徐州日报"}),
        ("incomeline", 6000),
    ],
)
def test_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        policy(**{name: value})


def test_deadlines_in_order() -> None:
    def deadlines(**days: str) -> Deadlines:
        return Deadlines.model_validate(days)

    assert deadlines().applied is None
    assert deadlines(applied="2016-03-04", appraised="2016-03-04").appraised is not None
    # The survey is no part of the procedure: it may be due before the applications.
    assert deadlines(applied="2016-03-04", surveyed="2016-03-01").surveyed is not None
    with pytest.raises(ValidationError, match="早于前一步 appraised"):
        deadlines(appraised="2016-03-07", village_notice_end="2016-03-06")
    with pytest.raises(ValidationError, match="早于前一步 applied"):  # the steps between unset
        deadlines(applied="2016-03-04", county_notice_end="2016-03-03")
    with pytest.raises(ValidationError, match="早于前一步 surveyed"):
        deadlines(surveyed="2016-03-04", entered="2016-03-03")


def test_no_deadline_before_the_start() -> None:
    with pytest.raises(ValidationError, match="早于 start"):
        policy(deadlines={"surveyed": "2016-02-01"})


def test_timetable_gaps() -> None:
    def gaps(**days: str) -> list[tuple[str, str, int]]:
        return policy(deadlines=days).timetable_gaps()

    assert XUZHOU.timetable_gaps() == []
    assert gaps() == []
    assert gaps(appraised="2016-03-07", village_notice_end="2016-03-13") == [
        ("appraised", "village_notice_end", 6)
    ]
    assert gaps(appraised="2016-03-07", village_notice_end="2016-03-14") == []
    # The applications precede the appraisal, where no notice is due.
    assert gaps(applied="2016-03-04", appraised="2016-03-04") == []
    assert gaps(
        village_notice_end="2016-03-14",
        town_notice_end="2016-03-14",
        county_notice_end="2016-03-16",
    ) == [
        ("village_notice_end", "town_notice_end", 0),
        ("town_notice_end", "county_notice_end", 2),
    ]
    assert [gap[2] for gap in policy(notice_days=8).timetable_gaps()] == [7, 7, 7]


def test_json_schema_takes_a_whole_policy_or_an_extension() -> None:
    schema = policy_json_schema()
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(json.loads(XUZHOU.model_dump_json()))
    validator.validate({"extends": "xuzhou-2016", "notice_days": 5})
    assert not validator.is_valid({"notice_days": 5})
    assert not validator.is_valid({"extends": "xuzhou-2016", "notice_days": 0})
    assert not validator.is_valid({"extends": "xuzhou-2016", "notice_day": 5})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: policy(income_line="6000"), "income_line（收入标准(元/人·年)） 现在是 “6000”"),
        (lambda: policy(incomeline=1), "没有名为“incomeline”的参数，是不是 income_line"),
        (lambda: policy(start="2016-02-30"), "日历上没有这一天"),
        (lambda: policy(planting_per_mu={"low": 2, "high": 1}), "下限 2 大于上限 1"),
        (lambda: policy(income_floor=50_000), "应小于 income_ceiling"),
        (lambda: Policy(**{**VALUES, "quorum": "三分之二"}), "应为分数"),
        (lambda: Policy.model_validate({}), "缺少 name（政策代号），请补上"),
        (lambda: Policy.model_validate(None), "现在是 None，应为一组"),
        (lambda: Range(low=3, high=1), "下限 3 大于上限 1"),
        (lambda: Deadlines.model_validate({"applied": "三月"}), "现在是 “三月”，应为日期"),
    ],
)  # fmt: skip
def test_a_policy_made_by_hand_is_refused_in_chinese(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make()
    text = str(refused.value)
    assert said in text
    assert not any(word in text for word in ("Input", "should", "required", "Value error"))
