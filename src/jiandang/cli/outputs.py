"""Where reports go: the screen, one file, or a folder with one file a format."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jiandang.paths import names_folder
from jiandang.reporters import FORMATS, Format

if TYPE_CHECKING:
    from jiandang.report.model import Report

_WORKBOOKS = {".xlsx", ".xlsm"}
_STANDARD_OUTPUT = "-"


@dataclass(frozen=True)
class Outputs:
    """The formats to write, and where to. `inputs` are the files of the run, as on the disk.

    `into_folder` says that the target is a folder, even if it is not there yet.
    """

    formats: list[Format]
    target: Path | None
    inputs: Sequence[Path] = field(default=())
    into_folder: bool = False

    @property
    def is_one_file(self) -> bool:
        """Whether `target` names a file: for a single format that is one, unless a folder."""
        if self.target is None or len(self.formats) != 1 or self.into_folder:
            return False
        return self.formats[0].is_text or self.is_one_book

    @property
    def is_one_book(self) -> bool:
        """Whether `target` names the workbook: the marked copy, or the movement table."""
        return (
            self.target is not None
            and self.formats[0].name in ("xlsx", "movement")
            and self.target.suffix.lower() in _WORKBOOKS
            and not self.into_folder
        )

    def is_shown(self, format_: Format) -> bool:
        """Whether a format goes to standard output; nobody can read a page in a terminal."""
        if self.target is not None or not format_.is_text:
            return False
        return format_.name != "html" or not sys.stdout.isatty()

    @property
    def is_standard_output(self) -> bool:
        """Whether the target is standard output by another name: /dev/stdout."""
        try:
            return self.target is not None and os.path.samestat(
                self.target.stat(), os.fstat(sys.stdout.fileno())
            )
        except (OSError, ValueError):  # no such file yet, or a stream without a number
            return False

    def place_of(self, format_: Format) -> Path:
        """The file of a text format that is not shown."""
        if self.target is None or not self.is_one_file:
            return (self.target or Path()) / str(format_.file_name)
        return format_.file_of(self.target)


def choose_formats(names: Sequence[str]) -> list[Format]:
    """The formats of these names. Raises BadParameter."""
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise typer.BadParameter(
            f"没有“{unknown[0]}”这种格式，可选：{'、'.join(FORMATS)}", param_hint="--format"
        )
    return [FORMATS[name] for name in dict.fromkeys(names)]


def choose_outputs(
    formats: list[Format],
    output: str | None,
    inputs: Sequence[Path],
    others: Sequence[Path] = (),
    answers: Sequence[Path] = (),
) -> Outputs:
    """Where everything will be written. Raises BadParameter where that cannot be, or must not.

    Nothing has been read yet: no output may be an input, whatever it is called, nor one of the
    `others` that are read too (a policy, a password). Of `answers` a list or a copy may take the
    place, since these keep what was there under another name.
    """
    if output == _STANDARD_OUTPUT:
        if not all(format_.is_text for format_ in formats):
            raise typer.BadParameter(
                "工作簿不能写到标准输出，请写文件或文件夹", param_hint="--output"
            )
        output = None
    target = Path(output) if output is not None else None
    into_folder = output is not None and names_folder(output)
    outputs = Outputs(formats, target, inputs, into_folder)
    if sum(map(outputs.is_shown, formats)) > 1:
        raise typer.BadParameter(
            "几种格式一起输出时，请用 --output 指定文件夹", param_hint="--format"
        )
    if target is not None and target.exists() and not target.is_dir() and not outputs.is_one_file:
        raise typer.BadParameter(f"“{target}”是文件，这里要文件夹", param_hint="--output")
    is_new_folder = not (outputs.is_one_file or into_folder)
    if target is not None and is_new_folder and target.suffix.lower() in _endings():
        raise typer.BadParameter(
            f"要写的不止一个文件，“{target}”像是文件名：--output 请写文件夹", param_hint="--output"
        )
    if outputs.is_one_file and formats[0].name == "xlsx" and len(inputs) > 1:
        raise typer.BadParameter(
            f"有 {len(inputs)} 个文件要标记，--output 请写文件夹", param_hint="--output"
        )
    from jiandang.reporters.placing import touched

    for read, what in (
        (inputs, "要检查的登记表"),
        (others, "本次要读的文件（政策、名单、上次的登记表等）"),
    ):
        if taken := touched(_places(outputs), read):
            raise typer.BadParameter(
                f"“{taken}”是{what}，不能写在它上面，请换一个文件名或文件夹", param_hint="--output"
            )
    texts = replace(outputs, formats=[format_ for format_ in formats if format_.is_text])
    if taken := touched(_places(texts), answers):
        raise typer.BadParameter(
            f"“{taken}”是要读回的核实结果，不能写在它上面，请换一个文件名", param_hint="--output"
        )
    from jiandang.run.own_outputs import NOT_OURS, is_somebodys

    if taken := next(filter(is_somebodys, _places(texts)), None):
        raise typer.BadParameter(f"“{taken}”{NOT_OURS}", param_hint="--output")
    return outputs


def _places(outputs: Outputs) -> Iterator[Path]:
    """All files that may be written."""
    for format_ in outputs.formats:
        if format_.is_text:
            if not outputs.is_shown(format_):
                yield outputs.place_of(format_)
        elif format_.name == "list":
            from jiandang.reporters.listing import places_of_list

            yield from places_of_list(outputs.target, outputs.inputs)
        elif outputs.is_one_file and outputs.target is not None:
            yield outputs.target
        elif format_.name == "movement":
            from jiandang.reporters.movement_book import NAME

            yield (outputs.target or Path()) / NAME
        else:
            from jiandang.reporters.marked import possible_paths

            for source in outputs.inputs:
                yield from possible_paths(source, outputs.target)


def _endings() -> set[str]:
    """The endings of tables and of reports, which no folder has by intention."""
    of_reports = {Path(str(each.file_name)).suffix for each in FORMATS.values() if each.is_text}
    from jiandang.run.own_outputs import of_tables

    return of_tables() | of_reports


def write_reports(report: "Report", outputs: Outputs, options: dict[str, dict[str, Any]]) -> bool:
    """Write the report in each format; `options` are those that a format's writer takes.

    What is said of written files goes to standard error, so that standard output stays one
    report. Gives False where a file could not be written; the others are.
    """
    from jiandang.reporters.placing import SomeNotWritten, why_not_written

    complete = True
    for format_ in outputs.formats:
        written: list[Path] = []
        problems: list[str] = []
        try:
            written = _write(report, format_, outputs, options.get(format_.name, {}))
        except SomeNotWritten as error:
            written, problems = error.written, error.problems
        except (OSError, ValueError) as error:
            problems = [why_not_written(error)]
        for path in written:
            say(f"已写出 {path}")
        for problem in problems:
            say(f"{format_.name} 没有写出：{problem}")
            complete = False
    return complete


def _write(
    report: "Report", format_: Format, outputs: Outputs, options: dict[str, Any]
) -> list[Path]:
    """Write one format; gives the files written, none where it goes to the screen."""
    if not format_.is_text:
        if format_.name == "xlsx":
            options = {**options, "sources": outputs.inputs}
        folder = outputs.target
        if outputs.is_one_file:
            options, folder = {**options, "target": outputs.target}, None
        files: list[Path] = format_.writer(report, folder, say=say, **options)
        return files
    is_shown = outputs.is_shown(format_)
    if not (is_shown and sys.stdout.isatty()):
        # A file, or another program, has room for what a screen has not.
        options = {name: value for name, value in options.items() if name != "most_kinds"}
    if is_shown:
        _show(report, format_, options)
        return []
    from jiandang.reporters.writing import write

    return write(report, format_.name, outputs.place_of(format_), **options)


def _show(report: "Report", format_: Format, options: dict[str, Any]) -> None:
    """Write a format to standard output."""
    if format_.name != "console" and hasattr(sys.stdout, "reconfigure"):
        # Programs read this: UTF-8 on every system, whatever the console's code page is.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        format_.writer(report, sys.stdout, **options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; what was found does not depend on it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(line: str) -> None:
    """A line to standard error, fit to be shown."""
    print(fit(line), file=sys.stderr)


def fit(line: str) -> str:
    """The line as one, in which no name tells a private number, or a terminal anything."""
    return fit_lines(line).replace("\n", " ")


def fit_lines(text: str) -> str:
    """As `fit`, of several lines."""
    from jiandang.register.masking import mask_private
    from jiandang.register.text import shown

    return mask_private(shown(text))
