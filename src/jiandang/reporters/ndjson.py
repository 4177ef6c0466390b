"""One JSON object a line: the run record first, then each finding."""

import json
from collections.abc import Mapping
from typing import Any, TextIO

from jiandang.report.model import Report
from jiandang.reporters.record import file_record, finding_record, run_record

_FILES = '"files":['


def write_ndjson(report: Report, stream: TextIO) -> None:
    """Write the report so that a program can read it line by line; `type` tells the lines apart."""
    # Each file and finding is made when its turn comes: a nation has too many for one text.
    without_files = run_record(report.model_copy(update={"files": []}))
    before, files, after = _text({"type": "run", **without_files}).partition(_FILES)
    stream.write(before + files)
    for number, file in enumerate(report.files):
        stream.write("," * bool(number) + _text(file_record(file)))
    stream.write(after + "\n")
    for finding in report.findings:
        stream.write(_text({"type": "finding", **finding_record(finding)}) + "\n")


def _text(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # Readers that split at U+2028 as well must not cut a line in two.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
