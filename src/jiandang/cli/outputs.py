"""Where reports go: the screen, one file, or a folder with one file a format."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jiandang.reporters import FORMATS, Format

if TYPE_CHECKING:
    from jiandang.report.model import Report


def choose_formats(names: Sequence[str], output: Path | None) -> list[Format]:
    """The formats of these names. Raises BadParameter where they cannot be written as asked."""
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise typer.BadParameter(
            f"没有“{unknown[0]}”这种格式，可选：{'、'.join(FORMATS)}", param_hint="--format"
        )
    chosen = [FORMATS[name] for name in dict.fromkeys(names)]
    if output is None and sum(format_.is_text for format_ in chosen) > 1:
        raise typer.BadParameter(
            "几种格式一起输出时，请用 --output 指定文件夹", param_hint="--format"
        )
    if output is not None and output.is_file() and not _is_one_file(chosen, output):
        raise typer.BadParameter(f"“{output}”是文件，这里要文件夹", param_hint="--output")
    return chosen


def write_reports(
    report: "Report",
    formats: Sequence[Format],
    output: Path | None,
    options: dict[str, dict[str, Any]],
) -> bool:
    """Write the report in each format; `options` are those that a format's writer takes.

    What is said of written files goes to standard error, so that standard output stays one
    report. Gives False where a file could not be written; the others are.
    """
    from jiandang.formats.grid import Unreadable

    complete = True
    for format_ in formats:
        try:
            for path in _write(report, format_, formats, output, options.get(format_.name, {})):
                print(f"已写出 {path}", file=sys.stderr)
        except BrokenPipeError:
            raise
        except (OSError, ValueError, Unreadable) as error:
            print(f"{format_.name} 没有写出：{_reason(error)}", file=sys.stderr)
            complete = False
    return complete


def _write(
    report: "Report",
    format_: Format,
    formats: Sequence[Format],
    output: Path | None,
    options: dict[str, Any],
) -> list[Path]:
    """Write one format; gives the files written, none where it goes to the screen."""
    if not format_.is_text:
        files: list[Path] = format_.writer(report, output, **options)
        return files
    if output is None:
        if format_.name != "console" and hasattr(sys.stdout, "reconfigure"):
            # Programs read this: UTF-8 on every system, whatever the console's code page is.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        format_.writer(report, sys.stdout, **options)
        return []
    target = output if _is_one_file(formats, output) else output / str(format_.file_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        format_.writer(report, stream, **options)
    return [target]


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"“{error.filename}”写不进去，可能正在 Excel 或 WPS 里打开，请关闭后再试"
    if isinstance(error, OSError):
        return f"“{error.filename}”写不进去：{error.strerror}"
    return str(error)


def _is_one_file(formats: Sequence[Format], output: Path) -> bool:
    """Whether `output` names a file: for a single text format, unless it is a folder."""
    return len(formats) == 1 and formats[0].is_text and not output.is_dir()
