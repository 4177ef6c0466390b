"""What a clerk sees. The golden texts are compared by test_published.py."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rebuild import WIDTHS, printed, report_of
from rich.cells import cell_len

from jiandang.report.answered import Answer, AnswerState
from jiandang.report.gates import STATUS_NAMES, GateStatus
from jiandang.report.model import Counts, Report, Severity
from jiandang.reporters.console import write_console

Make = Callable[..., Any]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = printed(report_of("凌乱"), width).splitlines()
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_verdict_counts_the_rules(width: int) -> None:
    report = report_of("合格")
    text = printed(report, width).replace("\n", "")
    assert f"运行规则{report.summary.rules_run}条" in text
    assert f"{report.summary.rules_not_checked}条没有检查" in text


def test_piped_text_has_no_colours_and_no_trailing_blanks() -> None:
    stream = io.StringIO()
    write_console(report_of("有误"), stream)
    text = stream.getvalue()
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_all_findings_are_shown_unless_cut() -> None:
    stream = io.StringIO()
    report = report_of("有误")
    write_console(report, stream)
    shown = stream.getvalue().replace("\n", "").replace(" ", "")
    for finding in report.findings:
        assert finding.message.replace(" ", "") in shown


@pytest.mark.parametrize("sample", ["合格", "有误", "凌乱"])
def test_the_first_ten_lines_and_the_last_hold_the_result(sample: str) -> None:
    report = report_of(sample)
    lines = printed(report, 80).splitlines()
    conclusion = "错误改正后才能上报" if sample == "有误" else "没"
    for part in (lines[:10], lines[-12:]):
        text = "".join(part)
        assert conclusion in text.partition("结论：")[2]
        for gate in report.gates:
            row = next(line for line in part if line.startswith(gate.name))
            assert row.split()[1] == STATUS_NAMES[gate.status]


def test_the_table_of_gates_with_answers_fits_into_80_columns() -> None:
    report = report_of("有误")
    many = Counts(error=12345, warning=12345, suspect=12345, info=12345)
    changes = {"counts": many, "verified": many, "status": GateStatus.PARTIAL}
    gates = [gate.model_copy(update=changes) for gate in report.gates]
    lines = printed(report.model_copy(update={"gates": gates}), 80).splitlines()
    heading = next(number for number, line in enumerate(lines) if line.startswith("关口"))
    assert lines[heading].split()[6:] == ["已核实", "涉及户数", "已查规则", "未查规则"]
    for gate, line in zip(gates, lines[heading + 1 :], strict=False):
        assert line.split()[:3] == [gate.name, "部分检查", "12345"]


def lines_of(report: Report) -> list[str]:
    stream = io.StringIO()
    write_console(report, stream, max_per_rule=5)
    return stream.getvalue().splitlines()


def test_the_same_of_a_column_is_one_entry(finding: Make, report: Make) -> None:
    texts = [
        finding(f"D{row}", rule="LR011", message=f"“{row}”是文本", household=None, person=None)
        for row in range(2, 77)
    ]
    lines = lines_of(report(texts))
    assert [line for line in lines if "D2:D76（共75处）" in line]
    assert sum("是文本" in line for line in lines) == 1


def test_another_column_or_sheet_is_another_entry(finding: Make, report: Make) -> None:
    same = {"message": "空着", "household": None, "person": None}
    found = [finding("D2", **same), finding("D3", **same), finding("E3", column="年龄", **same)]
    text = "\n".join(lines_of(report([*found, finding("D4", sheet="农户", **same)])))
    assert "成员!D2、D3（共2处）" in text and "成员!E3 " in text and "农户!D4 " in text


def test_all_that_is_said_of_one_cell_is_said(finding: Make, report: Make) -> None:
    lacking = ["人均纯收入(元)", "农户属性", "家庭人口"]
    of_a_heading = [
        finding("A1", rule="LR001", column="", message=f"缺少必需的列“{name}”") for name in lacking
    ]
    text = "".join(line.strip() for line in lines_of(report(of_a_heading)))
    assert "例如" not in text
    assert "；".join(f"缺少必需的列“{name}”" for name in lacking) in text
    many = [
        finding("A1", rule="LR015", column="", message=f"第 {n} 村的 60 行中有 {n} 行")
        for n in range(40, 60)
    ]
    text = "".join(line.strip() for line in lines_of(report(many)))
    assert "第 49 村" in text and "第 50 村" not in text and "等20处" in text


def test_a_village_is_told_once(finding: Make, report: Make) -> None:
    copied = [
        finding(f"H{n}", rule="DC054", household=f"3203241052010{n}", person=f"户主{n}",
                message=f"收入明细与户编号 3203241052010{n - 1} 的户一分不差")
        for n in range(10, 37)
    ]  # fmt: skip
    text = "\n".join(lines_of(report(copied)))
    assert text.count("一分不差") == 1
    assert "H10:H36（共27处）  王庄村" in text and "等27户" in text


def test_half_is_promised_only_where_it_is_so(finding: Make, report: Make) -> None:
    kinds = [finding(f"H{n}", rule=f"LR1{n:02d}", message=f"问题{n}") for n in range(10, 30)]
    assert "大半" not in "\n".join(lines_of(report(kinds)))
    many = [finding(f"K{n}", rule="LR199") for n in range(2, 40)]
    assert "改好前5种，问题就少了大半" in "\n".join(lines_of(report([*kinds, *many])))


def test_the_worst_comes_first_and_no_figure(finding: Make, report: Make) -> None:
    figures = [finding(f"K{n}", rule="LR123", severity=Severity.INFO) for n in range(2, 60)]
    warnings = [finding(f"L{n}", rule="LR116", severity=Severity.WARNING) for n in range(2, 9)]
    text = "\n".join(lines_of(report([*figures, *warnings, finding(), finding("H5")])))
    first = text[text.index("先看这里") : text.index("【")]
    assert first.index("LR103") < first.index("LR116")
    assert "LR123" not in first


def test_verbose_names_each_rule_that_was_not_checked() -> None:
    stream = io.StringIO()
    write_console(report_of("合格"), stream, verbose=True)
    assert "缺少名单级别（农户）：SB028" in stream.getvalue()
    text = printed(report_of("合格"), 80)
    assert "补上这几列能多查 1 条：名单级别" in text
    assert "SB028" not in text


def test_context_shows_who_is_who() -> None:
    stream = io.StringIO()
    write_console(report_of("有误", context=True), stream)
    assert "全户：户主 " in stream.getvalue()


def test_a_heading_is_as_severe_as_all_below_it(finding: Make, report: Make) -> None:
    """Some rules are an error in one row and a figure in another."""
    dead = finding("D2", rule="LR103", severity=Severity.ERROR)
    later = finding("D3", rule="LR103", severity=Severity.INFO, message="下一次减少")
    other = finding("D4", rule="LR103", severity=Severity.ERROR)
    text = "\n".join(lines_of(report([dead, later, other])))
    assert "错误 LR103 证件号码校验码错误（2处）" in text
    assert "提示 LR103 证件号码校验码错误（1处）" in text


def test_all_answers_of_an_entry_are_told(finding: Make, report: Make) -> None:
    def answered(cell: str, note: str) -> Any:
        text = f"已核实：登记无误：{note}"
        answer = Answer(state=AnswerState.ACCEPTED, text=text, word="登记无误", note=note)
        found = finding(cell)
        return replace(found, answer=answer)

    text = "\n".join(lines_of(report([answered("D2", "户口簿"), answered("D3", "残疾证")])))
    assert "户口簿" in text and "残疾证" in text


def test_a_screenful_shows_the_worst_kinds_and_names_the_others() -> None:
    report = report_of("有误")
    short, whole = io.StringIO(), io.StringIO()
    write_console(report, short, max_per_rule=5, most_kinds=10)
    write_console(report, whole, max_per_rule=5)
    text = short.getvalue()
    assert sum("（" in line and "处）" in line for line in text.splitlines()) == 10
    assert text.count("怎么办：") == 10
    assert "加 --verbose" in text
    assert "  另有4处：SJ001 申请逾期" in text
    assert len(text.splitlines()) < len(whole.getvalue().splitlines()) / 3


def test_few_findings_are_shown_whole() -> None:
    report = report_of("有误")
    few = report.model_copy(update={"findings": report.findings[:20]})
    short, whole = io.StringIO(), io.StringIO()
    write_console(few, short, max_per_rule=5, most_kinds=10)
    write_console(few, whole, max_per_rule=5)
    assert short.getvalue() == whole.getvalue()


def test_few_kinds_are_shown_whole(finding: Make, report: Make) -> None:
    stream = io.StringIO()
    write_console(report([finding("D2"), finding("D3")]), stream, max_per_rule=5, most_kinds=1)
    assert "另有" not in stream.getvalue()
