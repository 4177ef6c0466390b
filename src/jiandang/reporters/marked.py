"""The clerk's marked-up copy: the own workbook with fills, comments, and two sheets in front."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from jiandang.formats.grid import Unreadable
from jiandang.formats.outline import PeculiarXml
from jiandang.formats.xlsx.patching import PatchedPackage
from jiandang.report.model import FileResult, Report
from jiandang.reporters.marking import RESULT, mark
from jiandang.reporters.rebuilt import write_rebuilt

_REBUILT = "原表不是 .xlsx，这里是内容相同的新表：格式、公式和图片没有带过来，原表没有动过。"
_PECULIAR = "原表无法直接标记（{reason}），这里是内容相同的新表：格式、公式和图片没有带过来。"


def write_marked_copies(
    report: Report, folder: Path | None = None, *, password: str | None = None
) -> list[Path]:
    """Mark every file of the report that was read, in `folder` or beside each file."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for file in report.files:
        if file.error is None:
            source = Path(file.path)
            target = _free(marked_path(source, folder), written)
            write_marked(report, source, target, password=password)
            written.append(target)
    return written


def marked_path(source: Path, folder: Path | None = None) -> Path:
    """`官山镇.检查结果.xlsx`; a workbook with macros keeps the extension that Excel wants."""
    suffix = ".xlsx"
    try:
        if b"macroEnabled.main" in PatchedPackage(source.read_bytes()).read("[Content_Types].xml"):
            suffix = ".xlsm"
    except Unreadable:
        pass  # no .xlsx, so it will be written anew as one
    return (folder or source.parent) / f"{source.stem}.{RESULT}{suffix}"


def write_marked(
    report: Report, source: Path, target: Path, *, password: str | None = None
) -> None:
    """Write the marked copy of one file of the report. The source is only read.

    What is no .xlsx (or encrypted, for which `password` is needed) is written anew with the same
    content. Raises ValueError if the target is the source, or the source is not in the report.
    """
    file = _file_of(report, source)
    if _same(source, target):
        raise ValueError(f"{target.name} 就是原表，不能覆盖")
    with _replacing(target) as draft:
        try:
            data = source.read_bytes()
            if not data.startswith(b"PK"):
                _mark_rebuilt(report, file, source, draft, password, _REBUILT)
                return
            _mark_own(report, file, data, draft)
        except (PeculiarXml, Unreadable) as error:
            reason = _PECULIAR.format(reason=error)
            _mark_rebuilt(report, file, source, draft, password, reason)


def _mark_own(report: Report, file: FileResult, data: bytes, draft: Path) -> None:
    findings = [finding for finding in report.findings if finding.file == file.path]
    package = PatchedPackage(data)
    mark(package, report, file, findings, renamed={})
    package.save(draft)


def _mark_rebuilt(
    report: Report,
    file: FileResult,
    source: Path,
    draft: Path,
    password: str | None,
    remark: str,
) -> None:
    findings = [finding for finding in report.findings if finding.file == file.path]
    anew = draft.with_suffix(".new.tmp")
    try:
        renamed = write_rebuilt(source, anew, password)
        package = PatchedPackage(anew.read_bytes())
        mark(package, report, file, findings, renamed=renamed, remark=remark)
        package.save(draft)
    finally:
        anew.unlink(missing_ok=True)


def _free(path: Path, taken: Sequence[Path]) -> Path:
    """Files of one name from several folders must not overwrite each other's copies."""
    free, number = path, 2
    while free in taken:
        free, number = path.with_stem(f"{path.stem}-{number}"), number + 1
    return free


def _file_of(report: Report, source: Path) -> FileResult:
    for file in report.files:
        if Path(file.path) == source or _same(Path(file.path), source):
            return file
    raise ValueError(f"报告里没有文件 {source}")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when all went well."""
    # Not by tempfile: its files can be read by their owner only.
    draft = target.with_name(f".jiandang-{uuid4().hex}.tmp")
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
