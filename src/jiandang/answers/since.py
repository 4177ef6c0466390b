"""Report and an earlier one → Report: which findings are new, known, or gone."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from jiandang.answers.matching import said_of
from jiandang.engine.words import public
from jiandang.errors import JiandangError
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.patterns import regex
from jiandang.report.answered import AnswerState, Gone, Since
from jiandang.report.model import Finding, Report
from jiandang.run.files import MENDED

# What is said of a finding about several cells of a column, or all of a village.
_TOGETHER = regex("；(?:这一列共|本村这样的一共有) ([0-9]+) (?:格（[^（）]*）|处)")
# A column of texts alone is told of by another rule than one with some texts.
_PARTLY = {"LR019": "LR011"}
_NO_VILLAGE = "未注明村"
_EXPECTED = "应是上次用 --format json 写出的 检查结果.json"
Place = tuple[str, str]
_Column = tuple[str, str, str, str]  # file, rule, sheet, heading


class NotAReport(JiandangError, ValueError):
    """A file that was given as an earlier report is none."""


class EarlierReport:
    """What is kept of an earlier report: its day and files, and of each number the village and
    rule, the file, and a hash of what was said; and how many cells of a column were told of as
    one, by that column and the finding's number."""

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
            self.together: dict[_Column, dict[str, int]] = {}
            for each in report["findings"]:
                if (count := _told_together(str(each["message"]))) > 1:
                    rule = str(each["rule"])
                    of = (str(each["file"]), rule, str(each["sheet"]), str(each["column"]))
                    self.together.setdefault(of, {})[str(each["fingerprint"])] = count
        except Unreadable as error:
            raise NotAReport(f"“{path}”读不出来，{_EXPECTED}：{error.message}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotAReport(f"“{path}”不是检查报告，{_EXPECTED}") from None


def _told_together(message: str) -> int:
    """How many cells of a column a message is about."""
    counts = _TOGETHER.findall(message)
    return int(counts[-1]) if counts else 1


def _village(text: object) -> str:
    """As it can be shown: the earlier report may have been made with --show-ids, or by hand."""
    return public(str(text or _NO_VILLAGE), show_ids=False)


def since(report: Report, earlier: EarlierReport) -> Report:
    """The report with each finding marked as new or known, and with what is gone.

    Only what has been looked for again can be gone: by its rule, and in its file.
    """
    here = {finding.fingerprint for finding in report.findings}
    files = _files_now(report, earlier)
    known, kept = _left_of_columns(report, earlier, files)
    findings = [
        replace(f, is_new=f.fingerprint not in earlier.findings and f.fingerprint not in known)
        for f in report.findings
    ]
    there = here | kept
    missing = [found[:2] for number, found in earlier.findings.items() if number not in there]
    rules, unread = report.rules_checked, {*earlier.files} - files.keys()
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


def _left_of_columns(
    report: Report, earlier: EarlierReport, files: Mapping[str, str]
) -> tuple[set[str], set[str]]:
    """What is left of the cells of a column that the earlier report told of as one.

    When some have been put right, the others are told of one by one, or as another group. They are
    known, as far as they are not more than there were. Gives the numbers of these findings, and
    those of the earlier ones that they are left of.
    """
    counts: Counter[_Column] = Counter()
    numbers: dict[_Column, set[str]] = {}
    for (file, rule, sheet, heading), told in earlier.together.items():
        of = (files.get(file, ""), _PARTLY.get(rule, rule), sheet, heading)
        counts[of] += sum(told.values())
        numbers.setdefault(of, set()).update(told)
    known: set[str] = set()
    kept: set[str] = set()
    # What has its number from before is what has been left first.
    for finding in sorted(report.findings, key=lambda f: f.fingerprint not in earlier.findings):
        of = (finding.file, finding.rule, finding.sheet, finding.column)
        if of not in counts or (count := _told_together(finding.message)) > counts[of]:
            continue
        counts[of] -= count
        known.add(finding.fingerprint)
        kept |= numbers[of]
    return known, kept


def _files_now(report: Report, earlier: EarlierReport) -> dict[str, str]:
    """The files of the earlier report that are among those read now, and their paths now.

    One that was moved or mended is known by its name, where that is its own; one that was renamed
    by any of its findings that is still there.
    """
    paths = {file.path for _, file in report.files_by_kind if file.error is None}
    names = {_name(path): path for path in paths}
    times = Counter(map(_name, earlier.files))
    now: dict[str, str] = {}
    for finding in report.findings:
        if (found := earlier.findings.get(finding.fingerprint)) is not None:
            now.setdefault(found[1], finding.file)
    for file in earlier.files:
        if file in paths:
            now[file] = file
        elif _name(file) in names and times[_name(file)] == 1:
            now[file] = names[_name(file)]
    return now


def _name(path: str) -> str:
    """The name of a file, be it the mended one."""
    name = PureWindowsPath(path)  # it knows both slashes
    return name.stem.removesuffix(MENDED) + name.suffix
