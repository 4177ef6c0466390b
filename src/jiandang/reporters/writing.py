"""One call that writes a report in any format."""

import os
from pathlib import Path
from typing import Any

from jiandang.errors import UnknownFormat
from jiandang.report.model import Report
from jiandang.reporters import FORMATS
from jiandang.reporters.placing import replacing


def write(report: Report, format: str, path: str | os.PathLike[str], **options: Any) -> list[Path]:
    """Write a report; gives the files written.

    `format` is one of `jiandang check --format`. A text format (html, json …) is written to the
    file `path`, or under its own name into the folder `path`; list and xlsx write several files
    into a folder. `options` are those of the format: `by="village"` of list, `password` of xlsx,
    `max_per_rule` of console. Raises UnknownFormat, or OSError where a file cannot be written.
    """
    if format not in FORMATS:
        raise UnknownFormat(f"没有“{format}”这种格式，可选：{'、'.join(FORMATS)}")
    chosen, target = FORMATS[format], Path(path)
    if not chosen.is_text:
        files: list[Path] = chosen.writer(report, target, **options)
        return files
    if target.is_dir():
        target = target / str(chosen.file_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        chosen.writer(report, stream, **options)
    return [target]
