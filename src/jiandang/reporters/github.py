"""Workflow annotations for GitHub Actions (and Gitea, which reads the same commands)."""

from pathlib import PurePath
from typing import TextIO

from jiandang.report.model import SEVERITY_NAMES, Finding, Report, Severity
from jiandang.reporters.record import counts_text, record_lines
from jiandang.reporters.rows import news_of, rule_of, who_of

# 疑点 are to be verified, not errors: no more than a notice.
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.SUSPECT: "notice",
    Severity.INFO: "notice",
}


def write_github(report: Report, stream: TextIO) -> None:
    """Write an annotation for each finding, then one with the counts and the run record."""
    for finding in report.findings:
        stream.write(_annotation(finding))
    for file in report.files:
        if file.error is not None:
            path = _property(_path(file.path))
            stream.write(f"::error file={path},title=没有读出::{_data(file.error.message)}\n")
    lines = [counts_text(report.summary)]
    lines += [f"{label}：{text}" for label, text in record_lines(report)]
    record = _data("\n".join(lines))
    stream.write(f"::notice title=检查记录::{record}\n")


def _annotation(finding: Finding) -> str:
    title = f"{rule_of(finding)}（{finding.address}）"
    text = "　".join([*who_of(finding), f"{finding.message}。怎么办：{finding.advice}"])
    text += f"　{news_of(finding)}" if finding.is_new is not None else ""
    text += f"　{finding.answer.text}" if finding.answer else ""
    # What is verified fails nothing, but stays in sight.
    command = "notice" if finding.is_verified else _COMMANDS[finding.severity]
    return (
        f"::{command} file={_property(_path(finding.file))},"
        f"line={max(1, finding.row)},"
        f"title={_property(f'【{SEVERITY_NAMES[finding.severity]}】{title}')}::{_data(text)}\n"
    )


def _path(path: str) -> str:
    """With slashes: on Windows as well, GitHub matches files of the repository by them."""
    return PurePath(path).as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
