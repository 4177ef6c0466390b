"""What a clerk sees. The golden texts are compared by test_published.py."""

import io

import pytest
from rebuild import WIDTHS, printed, report_of
from rich.cells import cell_len

from jiandang.reporters.console import write_console


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


def test_context_shows_who_is_who() -> None:
    stream = io.StringIO()
    write_console(report_of("有误", context=True), stream)
    assert "全户：户主 " in stream.getvalue()
