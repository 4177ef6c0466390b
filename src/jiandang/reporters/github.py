"""Workflow annotations for GitHub Actions (and Gitea, which reads the same commands)."""

from pathlib import PurePath
from typing import TextIO

from jiandang.report.model import SEVERITY_NAMES, Report, Severity
from jiandang.reporters.entries import Entry, worst_first
from jiandang.reporters.record import counts_text, record_lines
from jiandang.reporters.rows import news_of, rule_of

# 疑点 are to be verified, not errors: no more than a notice.
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.SUSPECT: "notice",
    Severity.INFO: "notice",
}


# GitHub shows the first ten annotations of each command that a step prints.
_SHOWN = 10


def write_github(report: Report, stream: TextIO) -> None:
    """Write an annotation for each of the worst entries, then one with the counts and the record.

    Of each command as many as the platform shows; how many findings that leaves out is said.
    """
    room = dict.fromkeys(_COMMANDS.values(), _SHOWN)
    room["notice"] -= 1  # for the record
    unread = [(file.path, file.error) for file in report.files if file.error is not None][:_SHOWN]
    room["error"] -= len(unread)
    left_out = 0
    for entry in worst_first(report.findings):
        command = "notice" if entry.first.is_verified else _COMMANDS[entry.first.severity]
        if room[command]:
            room[command] -= 1
            stream.write(_annotation(command, entry))
        else:
            left_out += entry.count
    for path, error in unread:
        place = _property(_path(path))
        stream.write(f"::error file={place},title=没有读出::{_data(error.message)}\n")
    lines = [counts_text(report.summary)]
    lines += [f"另有 {left_out} 处没有列出，见摘要和其他报告"] if left_out else []
    lines += [f"{label}：{text}" for label, text in record_lines(report)]
    record = _data("\n".join(lines))
    stream.write(f"::notice title=检查记录::{record}\n")


def _annotation(command: str, entry: Entry) -> str:
    """One command. What is verified is a notice: it fails nothing, but stays in sight."""
    finding = entry.first
    title = f"【{SEVERITY_NAMES[finding.severity]}】{rule_of(finding)}（{entry.place}）"
    text = "　".join(filter(None, (entry.who, f"{entry.message}。怎么办：{finding.advice}")))
    text += f"　共{entry.count}处" if entry.count > 1 else ""
    text += f"　{news_of(finding)}" if finding.is_new is not None else ""
    text += f"　{finding.answer.text}" if finding.answer else ""
    return (
        f"::{command} file={_property(_path(finding.file))},line={max(1, finding.row)},"
        f"title={_property(title)}::{_data(text)}\n"
    )


def _path(path: str) -> str:
    """With slashes: on Windows as well, GitHub matches files of the repository by them."""
    return PurePath(path).as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
