"""The report as JSON (schemas/report.schema.json)."""

from typing import TextIO

from jiandang.report import Report


def write_json(report: Report, stream: TextIO) -> None:
    """Write the whole report; Chinese stays readable."""
    stream.write(report.model_dump_json(indent=2))
    stream.write("\n")
