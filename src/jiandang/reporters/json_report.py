"""The report as JSON (schemas/report.schema.json)."""

import json
from typing import TextIO

from jiandang.report import Report


def write_json(report: Report, stream: TextIO) -> None:
    """Write the whole report; Chinese stays readable."""
    json.dump(report.model_dump(mode="json"), stream, ensure_ascii=False, indent=2)
    stream.write("\n")
