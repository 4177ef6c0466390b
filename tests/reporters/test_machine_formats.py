"""ndjson, SARIF, JUnit, GitHub annotations, Markdown: valid, and safe with any text."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree

import jsonschema
import pytest
from junitparser import JUnitXml

from jiandang.gates.catalogue import all_rules
from jiandang.register.masking import mask_private
from jiandang.report.model import Report, Severity
from jiandang.reporters import json_report
from jiandang.reporters.console import write_console
from jiandang.reporters.github import write_github
from jiandang.reporters.junit import write_junit
from jiandang.reporters.markdown import write_markdown
from jiandang.reporters.ndjson import write_ndjson
from jiandang.reporters.sarif import sarif_log

Make = Callable[..., Any]
# As published in npm's @microsoft/sarif-multitool-linux 5.7.0 (MIT).
SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text("utf-8-sig"))


def _text(write: Callable[[Report, TextIO], None], report: Report) -> str:
    stream = io.StringIO()
    write(report, stream)
    return stream.getvalue()


def test_sarif_is_valid(report: Make, varied: Make, sample_report: Report) -> None:
    for each in (report(varied(40)), report(), sample_report):
        jsonschema.validate(sarif_log(each), SCHEMA)


def test_the_schema_rejects_what_is_wrong(report: Make, varied: Make) -> None:
    log = sarif_log(report(varied(2)))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_what_is_about_a_whole_sheet_has_no_cell(report: Make, finding: Make) -> None:
    of_list = finding(sheet="名单", village=None, household=None, person=None)
    about = report([replace(of_list, cell="", row=0)])
    log = sarif_log(about)
    jsonschema.validate(log, SCHEMA)
    (result,) = log["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "名单"
    assert f"{about.findings[0].rule} 证件号码校验码错误（名单）" in _text(write_github, about)
    assert "line=1," in _text(write_github, about)
    for write in (write_console, write_github, write_junit):
        text = _text(write, about)
        assert "名单" in text and "名单!" not in text


def test_what_is_about_no_file_has_no_place_in_sarif(report: Make, finding: Make) -> None:
    log = sarif_log(report([replace(finding(), file="", sheet="", cell="", row=0)]))
    jsonschema.validate(log, SCHEMA)
    assert log["runs"][0]["results"][0]["locations"] == []


def test_no_rule_brings_a_whole_number_into_sarif(report: Make, finding: Make) -> None:
    found = [finding(rule=rule.code) for rule in all_rules()]
    rules = json.dumps(sarif_log(report(found))["runs"][0]["tool"], ensure_ascii=False)
    assert "320324********" in rules and mask_private(rules) == rules


def test_sarif_rules_have_help(sample_report: Report) -> None:
    rules = sarif_log(sample_report)["runs"][0]["tool"]["driver"]["rules"]
    assert all("怎么办" in rule["help"]["text"] for rule in rules)
    assert [rule["id"] for rule in rules if rule["id"] == sample_report.findings[0].rule]


def test_sarif_names_files_as_uris(report: Make, finding: Make) -> None:
    log = sarif_log(report([finding(file="数据/官 山.xlsx")], ["数据/官 山.xlsx"]))
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "%E6%95%B0%E6%8D%AE/%E5%AE%98%20%E5%B1%B1.xlsx", "index": 0}
    assert sarif_log(report([], ["C:\\数据\\a.xlsx"]))["runs"][0]["artifacts"][0]["location"] == {
        "uri": "file:///C:/%E6%95%B0%E6%8D%AE/a.xlsx"
    }


def test_sarif_says_what_did_not_run(report: Make) -> None:
    (invocation,) = sarif_log(report())["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "文件已损坏"
    assert len(invocation["toolConfigurationNotifications"]) == 5


def test_ndjson_is_one_object_a_line(report: Make, varied: Make) -> None:
    lines = _text(write_ndjson, report(varied(10))).splitlines()  # splits at U+2028 as well
    assert [json.loads(line)["type"] for line in lines] == ["run"] + ["finding"] * 10


def test_many_files_and_findings_are_written_some_at_a_time(
    report: Make, varied: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_report, "_AT_A_TIME", 3)
    # A remark that looks like the end of the list does not cut it short.
    for count in (0, 3, 7):
        of_many = report(varied(count), [f"{n}.xlsx" for n in range(7)])
        of_many = of_many.model_copy(update={"remarks": ['\n  "files": [], "files":[]']})
        whole = of_many.model_dump_json(indent=2)
        assert _text(json_report.write_json, of_many) == whole + "\n"
        run, *_ = map(json.loads, _text(write_ndjson, of_many).splitlines())
        assert run["files"] == json.loads(whole)["files"]


def test_junit_has_a_suite_a_file_and_a_case_a_rule(report: Make, varied: Make) -> None:
    root = ElementTree.fromstring(_text(write_junit, report(varied(40))))
    suites = {suite.attrib["name"]: suite for suite in root}
    assert list(suites) == ["官山镇.xlsx", "坏.xlsx"]
    cases = suites["官山镇.xlsx"].findall("testcase")
    assert len(cases) == int(suites["官山镇.xlsx"].attrib["tests"])
    assert len({case.attrib["name"] for case in cases}) == len(cases)
    assert [e.attrib["message"] for e in suites["坏.xlsx"].iter("error")] == ["文件已损坏"]
    assert root.attrib["failures"] == str(len(list(root.iter("failure"))))
    assert root.attrib["skipped"] == str(len(list(root.iter("skipped")))) == "5"
    assert root.attrib["errors"] == "1"


def test_junit_fails_for_errors_and_warnings_alone(report: Make, finding: Make) -> None:
    for severity, fails in zip(Severity, (True, True, False, False), strict=True):
        text = _text(write_junit, report([finding(severity=severity)]))
        assert ("<failure" in text) is fails
        assert ("<system-out" in text) is not fails


def test_junit_survives_any_character(report: Make, finding: Make) -> None:
    found = finding(message="坏\x01字\ufffe<&]]>", file='a"<b>.xlsx')
    ElementTree.fromstring(_text(write_junit, report([found])))


def test_junit_is_read_by_others(report: Make, varied: Make, tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    path.write_text(_text(write_junit, report(varied(40))), "utf-8")
    assert JUnitXml.fromfile(str(path)).tests > 5


def test_github_escapes(report: Make, finding: Make) -> None:
    found = finding(message="50%\n::error::假的", sheet="成员,a:b", file="数据\\a,b.xlsx")
    first, *_ = _text(write_github, report([found])).splitlines()
    assert first.startswith("::error file=")
    assert "line=4,title=【错误】LR103 证件号码校验码错误（成员%2Ca%3Ab!H4）::" in first
    assert "50%25%0A::error::假的" in first


def test_github_is_one_command_a_line(report: Make, varied: Make) -> None:
    lines = _text(write_github, report(varied(40))).split("\n")
    assert all(line.startswith("::") for line in lines[:-1])
    assert lines[-1] == "" and "::error file=坏.xlsx,title=没有读出::文件已损坏" in lines
    assert len([line for line in lines if line.startswith("::error ")]) == 10


def test_github_shows_each_kind_before_more_of_one(report: Make, finding: Make) -> None:
    many = [finding(rule="LR103", cell=f"H{n}", message=chr(0x4E00 + n)) for n in range(30)]
    last = finding(rule="SJ001", severity=Severity.ERROR, cell="A9")
    warnings = [finding(severity=Severity.WARNING, cell="B1")]
    lines = _text(write_github, report([*warnings, *many, last])).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10 and any("SJ001" in line for line in errors[:2])
    assert "没有读出" in errors[-1]
    assert "另有 22 处没有列出" in lines[-1]


def test_markdown_begins_with_the_worst(report: Make, finding: Make) -> None:
    found = [finding(severity=Severity.INFO), finding(severity=Severity.WARNING, cell="B1")]
    found += [finding(cell=f"H{n}", message=chr(0x4E00 + n)) for n in range(12)]
    text = _text(write_markdown, report(found))
    worst = text.partition("## 最先看这些")[2].partition("##")[0].strip().splitlines()
    assert [line[:6] for line in worst] == ["- 【错误】"] * 10 + ["- 另外 3"]
    assert "怎么办" in worst[0] and "官山镇.xlsx 成员!H0" in worst[0]


def test_markdown_escapes(report: Make, finding: Make) -> None:
    text = _text(write_markdown, report([finding(title="a|b<script>", village="*村*\n|")]))
    assert "| LR103 | a\\|b\\<script\\> | 错误 | 1 |" in text
    assert "| \\*村\\* \\| | 1 |" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(line.endswith("|") for line in rows)


def test_markdown_counts_the_villages_it_leaves_out(report: Make, finding: Make) -> None:
    text = _text(write_markdown, report([finding(village=f"{n}村") for n in range(30)]))
    assert "| 另外 10 个村 | 10 |" in text
