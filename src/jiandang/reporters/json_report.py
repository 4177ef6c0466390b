"""The report as JSON (schemas/report.schema.json)."""

from typing import TextIO

from pydantic import TypeAdapter

from jiandang.report.model import Finding, Report

_NO_FINDINGS = '"findings": []'
_FINDINGS = TypeAdapter(list[Finding])
_AT_A_TIME = 1000


def write_json(report: Report, stream: TextIO) -> None:
    """Write the whole report; Chinese stays readable."""
    # Some at a time: all of a city's in one text would be the largest thing in memory.
    others = report.model_copy(update={"findings": []}).model_dump_json(indent=2)
    before, after = others.split(_NO_FINDINGS)
    if report.findings:
        stream.write(before + _NO_FINDINGS[:-1])
        for start in range(0, len(report.findings), _AT_A_TIME):
            some = report.findings[start : start + _AT_A_TIME]
            text = _FINDINGS.dump_json(some, indent=2).decode()
            lines = text.removeprefix("[").removesuffix("\n]").replace("\n", "\n  ")
            stream.write(("," if start else "") + lines)
        stream.write("\n  ]" + after + "\n")
    else:
        stream.write(others + "\n")
