"""What a clerk sees, kept as golden texts: 80 and 140 columns, clean, faulty and messy.

JIANDANG_UPDATE_GOLDEN=1 writes the golden files anew; read their diff before committing it.
"""

import io
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from jiandang import check, load, load_policy
from jiandang.report.model import Report
from jiandang.reporters.console import print_report, write_console

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"


@cache
def report_of(sample: str, *, context: bool = False) -> Report:
    register = load([ROOT / "sample_data" / f"官山镇_{sample}.xlsx"])
    policy = load_policy("xuzhou-2016")
    return check(register, policy, as_of=date(2016, 3, 29), context=context)


def printed(report: Report, width: int) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, emoji=False, markup=False)
    print_report(report, console, max_per_rule=3)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("sample", ["合格", "有误", "凌乱"])
def test_golden(sample: str, width: int) -> None:
    text = printed(report_of(sample), width)
    path = GOLDEN / f"{sample}_{width}.txt"
    if os.environ.get("JIANDANG_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = printed(report_of("凌乱"), width).splitlines()
    assert max(map(cell_len, lines)) <= width


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
