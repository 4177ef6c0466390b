"""Paths → the files to read, and what was passed over in folders and why."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jiandang.formats.opening import EXTENSIONS
from jiandang.paths import names_apart
from jiandang.register.register import FileRead, PassedOver
from jiandang.run.own_outputs import is_own_output

# Beside the data: what `jiandang check` takes where its command line says nothing.
SETTINGS = "jiandang.toml"
_READ = frozenset().union(*EXTENSIONS.values())
# These hold a table, or anything else: in a folder, one without a table is no register.
DOUBTFUL = {".txt", ".tsv", ".html", ".htm", ".xml"}
_NO_TABLE = {"nothing_recognised", "not_a_workbook", "empty_file"}
_BACKUPS = {".bak", ".tmp", ".old", ".asv", ".xlk", ".wbk"}
MENDED = ".已修整"  # what `jiandang fix --write` puts behind the name
OWN_OUTPUT = "本工具的检查结果"
_OUTSIDE = "链接，指向要检查的文件夹之外"
_ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar"}


@dataclass
class FilesFound:
    """The files of a run, those that were found `in_folders`, and what was passed over.

    `contents` are the files that have been read, by their SHA-256; `names` tell the files of the
    run apart, by their paths. A nation has so many files that what is kept of each counts: its
    path is in memory once, as a text that all of these share.
    """

    files: list[Path] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    in_folders: set[str] = field(default_factory=set)
    contents: dict[str, Path] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def is_in_folder(self, file: Path) -> bool:
        """Whether it was not named itself."""
        return str(file) in self.in_folders

    def passes_over(self, read: FileRead) -> bool:
        """Whether a file that was read turns out to be none to be read; then it is moved there."""
        if reason := self._reason_for(read):
            self.pass_over(read.path, reason)
        return bool(reason)

    def pass_over(self, file: Path, reason: str) -> None:
        """Move a file to those that are passed over."""
        self.files.remove(file)
        self.passed_over.append(PassedOver(file, reason))

    def leave_out(self, files: Iterable[Path], reason: str) -> None:
        """Pass over those of the folders' files that are given to the run as something else."""
        others = {os.path.realpath(file) for file in files}
        for file in [*filter(self.is_in_folder, self.files)]:
            if os.path.realpath(file) in others:
                self.pass_over(file, reason)

    def _reason_for(self, read: FileRead) -> str:
        in_folder = self.is_in_folder(read.path)
        if in_folder and read.error_code in _NO_TABLE and read.path.suffix.lower() in DOUBTFUL:
            return "里面没有登记表"
        if read.sha256 is None or read.error_code is not None:
            return ""
        first = self.contents.setdefault(read.sha256, read.path)
        if first == read.path or not in_folder:
            return ""
        # Each of its households would be told to stand there twice.
        return f"和“{self.names[str(first)]}”的内容完全相同，只查一份"


def find_files(paths: Iterable[Path]) -> FilesFound:
    """The files as given, and the registers in the folders, sorted, each once.

    A file that is named is kept even if it cannot be read: that must be reported.
    """
    found, known = FilesFound(), set()
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112 (never raises)
        for file, reason in _in_folder(path) if is_folder else [(path, "")]:
            if reason:
                found.passed_over.append(PassedOver(file, reason))
                continue
            name, real = str(file), os.path.realpath(file)
            if real in known:
                continue
            known.add(name if name == real else real)  # of these two the one that is kept anyway
            found.files.append(file)
            if is_folder:
                found.in_folders.add(str(file))
    # What is named is not passed over, in whatever folder it lies.
    found.passed_over = [p for p in found.passed_over if os.path.realpath(p.path) not in known]
    tell_apart([found])
    _pass_over_mended(found)
    return found


def tell_apart(run: Iterable[FilesFound]) -> None:
    """Give all files of a run, which may be of several registers, names that are not the same."""
    run = list(run)
    passed_over = [passed.path for found in run for passed in found.passed_over]
    names = names_apart([*(file for found in run for file in found.files), *passed_over])
    for found in run:
        found.names = names


def _pass_over_mended(found: FilesFound) -> None:
    """Of a register and its mended copy beside it, in a folder, only the register is checked."""
    for file in [*filter(found.is_in_folder, found.files)]:
        original = file.with_name(file.stem.removesuffix(MENDED) + file.suffix)
        if original != file and original in found.files:
            found.pass_over(
                file,
                f"“{found.names[str(original)]}”修整后的一份，只查原件；"
                "要查修整后的，请直接写它的文件名，或把原件移走",
            )


def _in_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder, each with the reason why it is passed over or an empty text."""
    root = os.path.realpath(folder)
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        here = Path(place)
        inner = []
        for name in sorted(folders):
            if name.startswith("."):
                yield here / name, "隐藏的文件夹"
            elif leads_out(here / name, root):
                yield here / name, _OUTSIDE
            else:
                inner.append(name)
        folders[:] = inner
        for name in sorted(names):
            file = here / name
            yield file, _reason(file, root)
    # A folder that cannot be opened is reported as a file that cannot be read.
    yield from ((Path(error.filename), "") for error in failed)


def leads_out(path: Path, root: str) -> bool:
    """Whether a link leads out of the folder: whoever fills it must not choose what is shown."""
    return not Path(os.path.realpath(path)).is_relative_to(root)


def _reason(file: Path, root: str) -> str:
    """Why a file in a folder is passed over, if it is."""
    suffix = file.suffix.lower()
    if file.name.startswith("~$"):
        return "Excel、WPS 打开文件时留下的临时文件"
    if file.name.startswith("."):
        return "隐藏的文件"
    # Not Path.is_symlink: it raises where the folder may be listed but not entered.
    if os.path.islink(file) and leads_out(file, root):  # noqa: PTH114
        return _OUTSIDE
    if not _is_regular(file):
        return "不是普通文件（是设备、管道或套接字）"
    if file.name == SETTINGS:
        return "检查的设置，不是登记表"
    if is_own_output(file):
        return OWN_OUTPUT
    if suffix in _READ:
        return ""
    if suffix in _BACKUPS or file.name.endswith("~"):
        return "备份或临时文件"
    if suffix in _ARCHIVES:
        return "压缩包，请先解压"
    return f"扩展名“{suffix}”不是表格" if suffix else "没有扩展名"


def _is_regular(file: Path) -> bool:
    """Whether it can be opened without waiting for anybody. What cannot be read is told later."""
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return True
