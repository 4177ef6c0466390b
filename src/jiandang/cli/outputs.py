"""Where reports go: the screen, one file, or a folder with one file a format."""

import sys
from pathlib import Path

import typer

from jiandang.report import Report
from jiandang.reporters import FORMATS


def write_reports(
    report: Report,
    formats: list[str],
    output: Path | None,
    *,
    max_per_rule: int,
    quiet: bool,
    color: bool | None,
) -> None:
    """Write the report in each of the formats. Raises BadParameter where that cannot be."""
    from jiandang.reporters.console import write_console
    from jiandang.reporters.json_report import write_json

    for name in formats:
        if name == "json":
            write_json(report, sys.stdout)
        else:
            write_console(report, sys.stdout, max_per_rule=max_per_rule, quiet=quiet, color=color)
