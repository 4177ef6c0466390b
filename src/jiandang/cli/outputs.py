"""Where reports go: the screen, one file, or a folder with one file a format."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jiandang.reporters import FORMATS, Format

if TYPE_CHECKING:
    from jiandang.report import Report


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
) -> None:
    """Write the report in each format; `options` are those that a format's writer takes.

    Paths of written files go to standard error, so that standard output stays one report.
    """
    written: list[Path] = []
    for format_ in formats:
        more = options.get(format_.name, {})
        if not format_.is_text:
            written += format_.writer(report, output, **more)
        elif output is None:
            format_.writer(report, sys.stdout, **more)
        else:
            target = output if _is_one_file(formats, output) else output / str(format_.file_name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                format_.writer(report, stream, **more)
            written.append(target)
    for path in written:
        print(f"已写出 {path}", file=sys.stderr)


def _is_one_file(formats: Sequence[Format], output: Path) -> bool:
    """Whether `output` names a file: for a single text format, unless it is a folder."""
    return len(formats) == 1 and formats[0].is_text and not output.is_dir() and bool(output.suffix)
