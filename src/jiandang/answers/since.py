"""Report and an earlier one → Report: which findings are new, known, or gone."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from jiandang.answers.matching import said_of
from jiandang.engine.words import public
from jiandang.errors import JiandangError
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.report.answered import AnswerState, Gone, Since
from jiandang.report.model import Finding, Report

_NO_VILLAGE = "未注明村"
_EXPECTED = "应是上次用 --format json 写出的 检查结果.json"
Place = tuple[str, str]


class NotAReport(JiandangError, ValueError):
    """A file that was given as an earlier report is none."""


class EarlierReport:
    """What is kept of an earlier report: its day and files, and of each number the village and
    rule, the file, and a hash of what was said."""

    def __init__(self, path: Path) -> None:
        """Raises NotAReport."""
        try:
            report: Any = json.loads(read_bytes(path))
            self.as_of = date.fromisoformat(report["as_of"])
            self.files = [str(each["path"]) for each in report["files"]]
            self.findings: dict[str, tuple[Place, str, int]] = {
                str(each["fingerprint"]): (
                    (_village(each["village"]), str(each["rule"])),
                    str(each["file"]),
                    hash(said_of(str(each["message"]), each.get("person"), each.get("village"))),
                )
                for each in report["findings"]
            }
        except Unreadable as error:
            raise NotAReport(f"“{path}”读不出来，{_EXPECTED}：{error.message}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotAReport(f"“{path}”不是检查报告，{_EXPECTED}") from None


def _village(text: object) -> str:
    """As it can be shown: the earlier report may have been made with --show-ids, or by hand."""
    return public(str(text or _NO_VILLAGE), show_ids=False)


def since(report: Report, earlier: EarlierReport) -> Report:
    """The report with each finding marked as new or known, and with what is gone.

    Only what has been looked for again can be gone: by its rule, and in its file.
    """
    findings = [replace(f, is_new=f.fingerprint not in earlier.findings) for f in report.findings]
    here = {finding.fingerprint for finding in findings}
    missing = [found[:2] for number, found in earlier.findings.items() if number not in here]
    rules, unread = report.rules_checked, _not_read_again(report, earlier, here)
    gone = Counter(place for place, file in missing if place[1] in rules and file not in unread)
    new = sum(bool(finding.is_new) for finding in findings)
    compared = Since(
        as_of=earlier.as_of,
        new=new,
        known=len(findings) - new,
        unchanged=sum(_is_as_before(finding, earlier) for finding in findings),
        gone=[
            Gone(village=village, rule=rule, count=count)
            for (village, rule), count in sorted(gone.items())
        ],
        not_checked=len(missing) - gone.total(),
    )
    return report.model_copy(update={"findings": findings, "since": compared})


def _is_as_before(finding: Finding, earlier: EarlierReport) -> bool:
    """Whether the earlier report said the same, and nobody has answered yet.

    A report does not have what a finding rests on; what it says has to do.
    """
    found, answer = earlier.findings.get(finding.fingerprint), finding.answer
    is_open = answer is None or answer.state is AnswerState.PENDING
    said = said_of(finding.message, finding.person, finding.village)
    return is_open and found is not None and found[2] == hash(said)


def _not_read_again(report: Report, earlier: EarlierReport, here: Collection[str]) -> set[str]:
    """The files of the earlier report that are not among those read now.

    One that was moved is known by its name, where that is its own; one that was renamed by any
    of its findings that is still there.
    """
    paths = {file.path for _, file in report.files_by_kind if file.error is None}
    names = {_name(path) for path in paths}
    times = Counter(map(_name, earlier.files))
    renamed = {file for number, (_, file, _) in earlier.findings.items() if number in here}
    return {
        file
        for file in earlier.files
        if file not in paths | renamed and not (_name(file) in names and times[_name(file)] == 1)
    }


def _name(path: str) -> str:
    return PureWindowsPath(path).name  # it knows both slashes
