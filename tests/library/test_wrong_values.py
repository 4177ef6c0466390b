"""What is given to the models and is wrong is said in Chinese, and is never half used."""

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import jiandang
from jiandang import GateResult, GateStatus, Household, PartialDate, Policy, Report, Severity

REGISTER = jiandang.load(Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx")
REPORT = jiandang.check(REGISTER, as_of="2016-03-29")
POLICY = jiandang.load_policy("xuzhou-2016")
HOUSEHOLD = next(REGISTER.households())
PUBLISHED = REPORT.model_dump(mode="json")
ENGLISH = re.compile(r"\b(input|should|field|required|valid|permitted|value error)\b", re.I)


def changed(*path: str | int, value: Any) -> dict[str, Any]:
    report = copy.deepcopy(PUBLISHED)
    place: Any = report
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return report


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ({}, "缺少 as_of"),
        ([], "现在是 一个列表，应为一组名称和值"),
        (None, "现在是 None，应为一组名称和值"),
        (changed("as_of", value="2016"), "as_of 现在是 “2016”，应为日期，如 2016-03-29"),
        (changed("备注", value=1), "没有名为“备注”的一项"),
        (changed("tool", "name", value="x"), "tool.name 现在是 “x”，应为 'jiandang'"),
        (changed("findings", value=3), "findings 现在是 3，应为列表"),
        (changed("findings", 0, value={"rule": "LR001"}), "缺少 findings.0.gate"),
        (changed("findings", 0, "note", value=1), "没有名为“findings.0.note”的一项"),
        (changed("findings", 0, "severity", value="bad"), "findings.0.severity 现在是 “bad”，应为"),
        (changed("findings", 0, "row", value=1.5), "findings.0.row 现在是 1.5，应为整数"),
        (changed("findings", 0, "row", value=-1), "findings.0.row 现在是 -1，应不小于 0"),
        (changed("findings", 0, "fingerprint", value="x"), r"写法应合 ^[0-9a-f]{16}$"),
        (changed("findings", 0, "advice", value=None), "findings.0.advice 现在是 None，应为文字"),
        (changed("summary", "files", value="x"), "summary.files 现在是 “x”，应为整数"),
        (changed("gates", 0, "counts", value=3), "gates.0.counts 现在是 3，应为一组名称和值"),
    ],
)
def test_a_report_that_is_none(report: object, said: str) -> None:
    for of_text in (False, True):
        with pytest.raises(ValidationError) as refused:
            if of_text:
                Report.model_validate_json(json.dumps(report))
            else:
                Report.model_validate(report)
        assert said in str(refused.value)
        messages = [problem["msg"] for problem in refused.value.errors()]
        assert not any(ENGLISH.search(message) for message in messages)
        assert "input_value" not in str(refused.value)


@pytest.mark.parametrize("model", [Report, GateResult, Policy, Household])
@pytest.mark.parametrize("text", ["{", "", b"\xff"])
def test_what_is_no_json(model: type[Report], text: str | bytes) -> None:
    with pytest.raises(ValidationError, match=r"不是完整的 JSON，第 1 行第 [01] 个字符处读不下去"):
        model.model_validate_json(text)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: POLICY.model_copy(update={"income_line": "drei"}), "应为数字，不加引号"),
        (
            lambda: POLICY.model_copy(update={"deadlines": None}),
            "deadlines（时间节点） 现在是 None",
        ),
        (lambda: POLICY.model_copy(update={"incom_line": 1}), "是不是 income_line"),
        (lambda: POLICY.model_copy(update={"start": "2016-02-30"}), "日历上没有这一天"),
        (lambda: HOUSEHOLD.model_copy(update={"size": "三个半"}), "填的是“三个半”，应为整数（人）"),
        (lambda: HOUSEHOLD.model_copy(update={"婚姻": "已婚"}), "农户表没有“婚姻”这一列"),
        (lambda: REPORT.model_copy(update={"as_of": "x"}), "as_of 现在是 “x”，应为日期"),
        (lambda: REPORT.model_copy(update={"note": 1}), "没有名为“note”的一项"),
    ],
)
def test_a_copy_with_a_wrong_value(make: Callable[[], object], said: str) -> None:
    """Pydantic's own model_copy takes it, and a check by such a policy lost findings."""
    with pytest.raises(ValidationError) as refused:
        make()
    assert said in str(refused.value)


def test_a_copy_with_other_values() -> None:
    assert POLICY.model_copy(update={"start": "2016-02-03"}).start == date(2016, 2, 3)
    assert POLICY.model_copy(update={"income_line": POLICY.income_line}) == POLICY
    few = REPORT.model_copy(update={"findings": REPORT.findings[:3]})
    assert few.findings == REPORT.findings[:3] and few != REPORT
    for deep in (False, True):
        assert REPORT.model_copy(deep=deep) == REPORT
        assert HOUSEHOLD.model_copy(deep=deep) == HOUSEHOLD
    other = HOUSEHOLD.model_copy(update={"家庭人口": "9人"})
    assert (other.size, other.head_name) == (9, HOUSEHOLD.head_name)
    assert (other.members, other.source) == (HOUSEHOLD.members, HOUSEHOLD.source)
    assert HOUSEHOLD.size != 9


def test_a_faulty_cell_that_was_given_a_value_is_faulty_no_more() -> None:
    faulty = next(each for each in REGISTER.households() if "cause" in each.faults)
    assert "cause" not in faulty.model_copy(update={"主要致贫原因": "缺资金"}).faults
    assert "cause" in faulty.model_copy(update={"size": 3}).faults


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: PartialDate(2016, 13), "日历上没有 2016-13"),
        (lambda: PartialDate(2016, 0), "日历上没有 2016-00"),
        (lambda: PartialDate(2016, None, 3), "有日没有月"),
        (lambda: PartialDate("2016"), "年、月、日应是整数，现在有 '2016'"),  # type: ignore[arg-type]
        (lambda: PartialDate(True), "年、月、日应是整数"),
        (lambda: PartialDate.fromisoformat("2016-3"), "“2016-3”不是日期或年月"),
        (lambda: PartialDate.fromisoformat(None), "“None”不是日期或年月"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_date(make: Callable[[], object], said: str) -> None:
    with pytest.raises(jiandang.InvalidDate, match=said):
        make()


def test_words_of_a_report_by_their_chinese_names() -> None:
    assert Severity("错误") is Severity.ERROR and GateStatus("未检查") is GateStatus.NOT_CHECKED
    with pytest.raises(ValueError, match="没有“x”这种程度，可选：error（错误）"):
        Severity("x")
    with pytest.raises(ValueError, match="没有“x”这种结论，可选：passed（通过）"):
        GateStatus("x")
    with pytest.raises(ValueError, match="没有“x”这种情况，可选：missing_column、"):
        jiandang.Notice("x")
