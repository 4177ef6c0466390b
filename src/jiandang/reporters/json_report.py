"""The report as JSON (schemas/report.schema.json)."""

from typing import TextIO

from pydantic_core import to_json

from jiandang.report import Report

_NO_FINDINGS = '"findings": []'


def write_json(report: Report, stream: TextIO) -> None:
    """Write the whole report; Chinese stays readable."""
    # Finding by finding: all of a city's in one text would be the largest thing in memory.
    others = report.model_copy(update={"findings": []}).model_dump_json(indent=2)
    before, after = others.split(_NO_FINDINGS)
    if report.findings:
        stream.write(before + _NO_FINDINGS[:-1])
        for number, finding in enumerate(report.findings):
            text = to_json(finding, indent=2).decode()
            stream.write(("," if number else "") + "\n    " + text.replace("\n", "\n    "))
        stream.write("\n  ]" + after + "\n")
    else:
        stream.write(others + "\n")
