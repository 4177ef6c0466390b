"""One JSON object a line: the run record first, then each finding."""

import json
from itertools import chain
from typing import TextIO

from jiandang.report.model import Report
from jiandang.reporters.record import finding_record, run_record


def write_ndjson(report: Report, stream: TextIO) -> None:
    """Write the report so that a program can read it line by line; `type` tells the lines apart."""
    run = {"type": "run", **run_record(report)}
    findings = ({"type": "finding", **finding_record(f)} for f in report.findings)
    for line in chain([run], findings):  # each is made when its turn comes
        # Readers that split at U+2028 as well must not cut a line in two.
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        stream.write(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n")
