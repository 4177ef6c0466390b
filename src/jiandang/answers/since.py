"""Report and an earlier one → Report: which findings are new, known, or gone."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jiandang.errors import JiandangError
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.report.answered import Gone, Since
from jiandang.report.model import Report

_NO_VILLAGE = "未注明村"
_EXPECTED = "应是上次用 --format json 写出的 检查结果.json"


class NotAReport(JiandangError, ValueError):
    """A file that was given as an earlier report is none."""


class EarlierReport:
    """What is kept of an earlier report: its day, and the village and rule of each number."""

    def __init__(self, path: Path) -> None:
        """Raises NotAReport."""
        try:
            report: Any = json.loads(read_bytes(path))
            self.as_of = date.fromisoformat(report["as_of"])
            self.findings: dict[str, tuple[str, str]] = {
                str(each["fingerprint"]): (str(each["village"] or _NO_VILLAGE), str(each["rule"]))
                for each in report["findings"]
            }
        except Unreadable as error:
            raise NotAReport(f"“{path}”读不出来，{_EXPECTED}：{error.message}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotAReport(f"“{path}”不是检查报告，{_EXPECTED}") from None


def since(report: Report, earlier: EarlierReport) -> Report:
    """The report with each finding marked as new or known, and with what is gone."""
    findings = [replace(f, is_new=f.fingerprint not in earlier.findings) for f in report.findings]
    here = {finding.fingerprint for finding in findings}
    gone = Counter(place for number, place in earlier.findings.items() if number not in here)
    new = sum(bool(finding.is_new) for finding in findings)
    compared = Since(
        as_of=earlier.as_of,
        new=new,
        known=len(findings) - new,
        gone=[
            Gone(village=village, rule=rule, count=count)
            for (village, rule), count in sorted(gone.items())
        ],
    )
    return report.model_copy(update={"findings": findings, "since": compared})
