"""One call that writes a report in any format."""

import hashlib
import os
from inspect import signature
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from jiandang.errors import InvalidArgument, UnknownFormat
from jiandang.paths import path_of
from jiandang.report.files import FileResult
from jiandang.report.model import ListResult, Report
from jiandang.reporters import FORMATS
from jiandang.reporters.placing import replacing, touched

_FILES = {".xlsx", ".xlsm", ".xls", ".csv"}


def write(report: Report, format: str, path: str | os.PathLike[str], **options: Any) -> list[Path]:
    """Write a report; gives the files written.

    `format` is one of `jiandang check --format`. A text format (html, json …) is written to the
    file `path`, or under its own name into the folder `path`; list and xlsx write several files
    into a folder, xlsx and movement also the one file `path`, if it ends in .xlsx. `options` are
    those of the format: `by="village"` of list, `password` of xlsx, `max_per_rule` of console.
    Raises UnknownFormat, InvalidArgument, or OSError where a file cannot be written.
    """
    if not isinstance(report, Report):
        raise InvalidArgument(
            "write 的第一个参数应是 jiandang.check 的结果（Report），"
            f"现在是 {type(report).__name__}"
        )
    if not isinstance(format, str) or format not in FORMATS:
        raise UnknownFormat(f"没有“{format}”这种格式，可选：{'、'.join(FORMATS)}")
    chosen, target = FORMATS[format], path_of(path)
    known = [*signature(chosen.writer).parameters][2:]
    if unknown := [name for name in options if name not in known]:
        raise InvalidArgument(
            f"{format} 格式没有 {'、'.join(unknown)} 这个选项"
            + (f"，可选：{'、'.join(known)}" if known else "")
        )
    if format == "movement" and report.movement is None:
        raise InvalidArgument(
            "movement 格式写的是两次登记的比较：check 时用 before 给出上一次的登记表"
        )
    hints = get_type_hints(chosen.writer)
    for name, value in options.items():
        _require_type(name, value, hints[name])
    if chosen.is_text and target.is_dir():
        target = target / str(chosen.file_name)
    if _is_of_report(target, report):
        raise InvalidArgument(f"“{target}”是这次检查读的文件，不能写在它上面，请换一个文件名")
    if not chosen.is_text:
        if target.suffix.lower() in _FILES and not target.is_dir():
            if "target" not in known or (format == "xlsx" and len(report.files) > 1):
                raise InvalidArgument(
                    f"{format} 格式要写的不止一个文件，请给文件夹，不是“{target}”"
                )
            options, target = {**options, "target": target}, target.parent
        files: list[Path] = chosen.writer(report, target, **options)
        return files
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        chosen.writer(report, stream, **options)
    return [target]


def _is_of_report(target: Path, report: Report) -> bool:
    """Whether a file is one of those that the report is of, which people have typed.

    By its content too: a report hides what a path says of somebody.
    """
    files: list[FileResult | ListResult] = [
        *(file for _, file in report.files_by_kind),
        *report.lists,
    ]
    if touched([target], [Path(file.path) for file in files]) is not None:
        return True
    if not target.is_file():
        return False
    with target.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() in {f.sha256 for f in files}


def _require_type(name: str, value: object, hint: Any) -> None:
    try:
        TypeAdapter(hint).validate_python(value, strict=True)
    except ValidationError:
        kind = getattr(hint, "__name__", str(hint)).replace("NoneType", "None")
        raise InvalidArgument(f"{name} 应是 {kind}，现在是 {type(value).__name__}") from None
