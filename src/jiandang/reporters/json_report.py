"""The report as JSON (schemas/report.schema.json)."""

from typing import Any, TextIO

from pydantic import TypeAdapter

from jiandang.report.files import FileResult
from jiandang.report.model import Finding, Report

# What there are many of, in the order of the model. They are put into text some at a time: all of
# a city's findings in one would be the largest thing in memory.
_MANY: dict[str, TypeAdapter[Any]] = {
    "files": TypeAdapter(list[FileResult]),
    "findings": TypeAdapter(list[Finding]),
}
_AT_A_TIME = 100


def write_json(report: Report, stream: TextIO) -> None:
    """Write the whole report; Chinese stays readable."""
    without = report.model_copy(update={name: [] for name in _MANY})
    rest = without.model_dump_json(indent=2)
    for name, adapter in _MANY.items():
        before, rest = rest.split(f'\n  "{name}": []', 1)
        stream.write(f'{before}\n  "{name}": [')
        items = getattr(report, name)
        for start in range(0, len(items), _AT_A_TIME):
            text = adapter.dump_json(items[start : start + _AT_A_TIME], indent=2).decode()
            lines = text.removeprefix("[").removesuffix("\n]").replace("\n", "\n  ")
            stream.write(("," if start else "") + lines)
        stream.write("\n  ]" if items else "]")
    stream.write(rest + "\n")
