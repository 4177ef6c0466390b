"""One call that writes a report in any format."""

import hashlib
import os
from inspect import signature
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from jiandang.errors import CannotWrite, InvalidArgument, JiandangError, UnknownFormat
from jiandang.paths import names_folder, path_of
from jiandang.report.files import FileResult, ListResult
from jiandang.report.model import Report
from jiandang.reporters import FORMATS, Format
from jiandang.reporters.placing import make_folders, replacing, touched, why_not_written

_BOOKS = {".xlsx", ".xlsm"}
# What no folder ends in.
_FILES = (
    _BOOKS
    | {".xls", ".csv"}
    | {Path(str(f.file_name)).suffix for f in FORMATS.values() if f.is_text}
)


def write(report: Report, format: str, path: str | os.PathLike[str], **options: Any) -> list[Path]:
    """Write a report; gives the files written.

    `format` is one of `jiandang check --format`. A folder is there, or ends in `/`; it is made if
    need be. A text format (html, json …) is written under its own name into the folder `path`, or
    to the file `path`, which gets the ending of the format if it has none (`结果`: `结果.json`).
    list and xlsx write several files into the folder `path`, xlsx and movement also the one file
    `path`, if it ends in .xlsx. `options` are those of the format: `by="village"` of list,
    `password` of xlsx, `max_per_rule` of console.
    Raises UnknownFormat, InvalidArgument, or CannotWrite (an OSError) where a file cannot be
    written.
    """
    try:
        return _checked(report, format, path, options)
    except JiandangError:
        raise
    except OSError as error:
        named = error.filename or os.fspath(path)
        raise CannotWrite(why_not_written(error, named)) from error


def _checked(
    report: Report, format: str, path: str | os.PathLike[str], options: dict[str, Any]
) -> list[Path]:
    """Write what can be written; raises as `write`, and OSError."""
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
    into_folder = names_folder(path)
    if chosen.is_text:
        target = target / str(chosen.file_name) if into_folder else chosen.file_of(target)
    places = [target]
    if format == "list":
        from jiandang.reporters.listing import places_of_list

        places += places_of_list(target, [Path(file.path) for file in report.files])
    if taken := next((place for place in places if _is_of_report(place, report)), None):
        raise InvalidArgument(f"“{taken}”是这次检查读的文件，不能写在它上面，请换一个文件名")
    from jiandang.run.own_outputs import NOT_OURS, is_somebodys

    if chosen.is_text and is_somebodys(target):  # the other formats keep what was there
        raise InvalidArgument(f"“{target}”{NOT_OURS}")
    one_file = target.suffix.lower() in _FILES or target.is_file()
    if not chosen.is_text and not into_folder and one_file:
        makes_one = "target" in known and (format != "xlsx" or len(report.files) == 1)
        if not makes_one or target.suffix.lower() not in _BOOKS:
            what = "文件夹或 .xlsx 文件" if makes_one else "文件夹"
            raise InvalidArgument(f"{format} 格式请给{what}，不是“{target}”")
        options, target = {**options, "target": target}, target.parent
    return _written(report, chosen, target, options)


def _written(report: Report, chosen: Format, target: Path, options: dict[str, Any]) -> list[Path]:
    if not chosen.is_text:
        files: list[Path] = chosen.writer(report, target, **options)
        return files
    make_folders(target.parent)
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
