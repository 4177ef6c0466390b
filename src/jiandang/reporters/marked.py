"""The clerk's marked-up copy: the own workbook with fills, comments, and two sheets in front."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from jiandang.formats.container import Container
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.formats.outline import PeculiarXml
from jiandang.formats.xlsx.patching import PatchedPackage
from jiandang.report.files import FileResult
from jiandang.report.model import Report
from jiandang.reporters.marking import RESULT, mark
from jiandang.reporters.placing import (
    NotWritten,
    Say,
    SomeNotWritten,
    drafted,
    make_folders,
    replacing,
    same_file,
    short_name,
    why_not_written,
)
from jiandang.reporters.rebuilt import write_rebuilt

_REBUILT = "原表不是 .xlsx，这里是内容相同的新表：格式、公式和图片没有带过来，原表没有动过。"
_PECULIAR = "原表无法直接标记（{reason}），这里是内容相同的新表：格式、公式和图片没有带过来。"
_MACROS = b"macroEnabled.main"


def write_marked_copies(
    report: Report,
    folder: Path | None = None,
    *,
    password: str | None = None,
    answers: Mapping[Path, str] | None = None,
    sources: Sequence[Path] | None = None,
    target: Path | None = None,
    say: Say | None = None,
) -> list[Path]:
    """Mark every file of the report that was read, in `folder` or beside each file.

    `sources` are the files as they are found on the disk, in the report's order, where the report
    does not show their names as they are; `answers` are the passwords of single ones; `target` is
    the copy where there is but one file. Earlier copies are kept under other names; `say` is told
    of them. Raises SomeNotWritten if of some file no copy could be written; the others are.
    """
    if folder is not None:
        make_folders(folder)
    written: list[Path] = []
    problems: list[str] = []
    places = sources or [Path(file.path) for file in report.files]
    for file, source in zip(report.files, places, strict=True):
        if file.error is not None:
            continue
        try:
            own = target or _free(marked_path(source, folder), written)
            _write(report, file, source, own, (answers or {}).get(source, password), say)
            written.append(own)
        except (NotWritten, OSError, ValueError, Unreadable) as error:
            problems.append(f"{file.path} 的批注副本：{why_not_written(error)}")
    if problems:
        raise SomeNotWritten(written, problems)
    return written


def marked_path(source: Path, folder: Path | None = None) -> Path:
    """`官山镇.检查结果.xlsx`; a workbook with macros keeps the extension that Excel wants."""
    ending = f".{RESULT}{'.xlsm' if _has_macros(source) else '.xlsx'}"
    return (folder or source.parent) / short_name(source.stem, ending)


def possible_paths(source: Path, folder: Path | None = None) -> list[Path]:
    """What `marked_path` may give, without a look into the file."""
    endings = (f".{RESULT}.xlsx", f".{RESULT}.xlsm")
    return [(folder or source.parent) / short_name(source.stem, ending) for ending in endings]


def _write(
    report: Report,
    file: FileResult,
    source: Path,
    target: Path,
    password: str | None,
    say: Say | None,
) -> None:
    """Write the marked copy of one file of the report. The source is only read.

    What is no .xlsx (or encrypted, for which `password` is needed) is written anew with the same
    content. Raises ValueError if the target is the source, and NotWritten if the source is no
    longer what was checked.
    """
    if same_file(source, target):
        raise ValueError(f"{target.name} 就是原表，不能覆盖")
    data = _checked_bytes(file, source)
    with replacing(target, keep=True, say=say) as draft:
        if not data.startswith(b"PK"):
            _mark_rebuilt(report, file, data, source, draft, password, _REBUILT)
            return
        try:
            _mark_own(report, file, data, target, draft)
        except (NotWritten, OSError):
            raise
        except Exception as error:  # whatever peculiar packages bring about
            is_said = isinstance(error, PeculiarXml | Unreadable)
            remark = _PECULIAR.format(reason=error if is_said else "内部结构特殊")
            _mark_rebuilt(report, file, data, source, draft, password, remark)


def _checked_bytes(file: FileResult, source: Path) -> bytes:
    """The bytes of the file, which must be those that were checked."""
    try:
        data = read_bytes(source)
    except Unreadable as error:
        raise NotWritten(f"原表读不出来，没有标记：{error.message}") from error
    if file.sha256 is not None and hashlib.sha256(data).hexdigest() != file.sha256:
        raise NotWritten("原表在检查之后有改动，没有标记，请重新检查")
    return data


def _mark_own(report: Report, file: FileResult, data: bytes, target: Path, draft: Path) -> None:
    package = PatchedPackage(data)
    if _MACROS in package.read("[Content_Types].xml") and target.suffix.lower() != ".xlsm":
        raise NotWritten(f"工作簿带有宏，{target.name} 的扩展名要写成 .xlsm")
    dropped = package.drop_signatures_and_revisions()
    remark = f"原表的{'和'.join(dropped)}没有带到这份副本。" if dropped else ""
    mark(package, report, file, renamed={}, remark=remark)
    package.save(draft)


def _mark_rebuilt(
    report: Report,
    file: FileResult,
    data: bytes,
    source: Path,
    draft: Path,
    password: str | None,
    remark: str,
) -> None:
    with drafted(draft.parent) as anew:
        renamed = write_rebuilt(data, source, anew, password)
        package = PatchedPackage(anew.read_bytes())
        mark(package, report, file, renamed=renamed, remark=remark)
        package.save(draft)


def _has_macros(source: Path) -> bool:
    try:
        return _MACROS in Container(read_bytes(source)).read("[Content_Types].xml")
    except Unreadable:  # no .xlsx, or one that cannot be read: both are seen to later
        return False


def _free(path: Path, taken: Sequence[Path]) -> Path:
    """Files of one name from several folders must not overwrite each other's copies."""
    free, number = path, 2
    stem = path.name.removesuffix(path.suffix).removesuffix(f".{RESULT}")
    known = {str(other).lower() for other in taken}  # Windows does not tell a from A
    while str(free).lower() in known:
        free = path.with_name(short_name(stem, f"-{number}.{RESULT}{path.suffix}"))
        number += 1
    return free
