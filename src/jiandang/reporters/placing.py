"""Putting a file in its place: written beside it, and put there only when it is whole."""

import contextlib
import errno
import filecmp
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path
from time import time
from uuid import uuid4

from jiandang.errors import CannotWrite, JiandangError, why_too_long

# What is told of a file that was written, one line.
Say = Callable[[str], None]
# No file system that we know of takes a longer name: bytes, or on Windows UTF-16 units.
_LONGEST_NAME = 255
# Seconds after which a draft that nobody has written to is nobody's.
_ABANDONED = 3600
_WHY = {
    errno.ENOSPC: "磁盘空间不足，请腾出空间，或换一个位置",
    errno.EDQUOT: "超过了磁盘限额，请腾出空间，或换一个位置",
    errno.EROFS: "这个位置只能读，请换一个位置",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "已有同名的文件，这里要文件夹",
    errno.EISDIR: "已有同名的文件夹",
    errno.EIO: "磁盘读写出错，请换一个位置",
    errno.EBADF: "已经关闭，请用 --output 写到文件",
    errno.EFBIG: "文件过大",
}


class NotWritten(Exception):
    """A file that was not written, and why, in Chinese."""


class SomeNotWritten(JiandangError):
    """Several files of which some were written (`written`) and some not (`problems`)."""

    def __init__(self, written: list[Path], problems: list[str]) -> None:
        super().__init__("；".join(problems))
        self.written = written
        self.problems = problems


def why_not_written(error: Exception, target: Path | str | None = None) -> str:
    """One Chinese line for what went wrong with writing."""
    if isinstance(error, CannotWrite) or not isinstance(error, OSError):
        return str(error)
    name = error.filename if target is None else target
    what = "标准输出" if name is None else f"“{name}”"
    if error.errno == errno.ENAMETOOLONG:  # met in reading as well
        return f"{what}的文件名过长，请改短"
    if isinstance(error, PermissionError):
        return f"{what}写不进去，可能没有权限，或正在 Excel 或 WPS 里打开，请关闭后再试"
    if isinstance(error, FileNotFoundError) and name and (reason := why_too_long(str(name))):
        return f"{what}写不进去：{reason}"
    return f"{what}写不进去：{_WHY.get(error.errno or 0, f'系统错误 {error.errno}')}"


def make_folders(folder: Path) -> None:
    """Make a folder and all above it; raises OSError, too of a thousand within each other."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except RecursionError:
        raise OSError(errno.ENAMETOOLONG, "too many folders", str(folder)) from None


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, whatever they are called."""
    return not _marks(one).isdisjoint(_marks(other))


def touched(targets: Iterable[Path], inputs: Iterable[Path]) -> Path | None:
    """The first of the targets that is one of the inputs."""
    places = [*targets]
    known: dict[object, int] = {}
    for number, place in enumerate(places):
        known.update((mark, number) for mark in _marks(place) - known.keys())
    met = (known[mark] for source in inputs if known for mark in _marks(source) & known.keys())
    first = min(met, default=None)
    return None if first is None else places[first]


def _marks(path: Path) -> set[object]:
    """By what a file is known: the name that its path leads to, and if it is there, its number."""
    marks: set[object] = {os.path.realpath(path)}
    with contextlib.suppress(OSError, ValueError):
        found = path.stat()
        marks.add((found.st_dev, found.st_ino))
    return marks


@contextmanager
def replacing(target: Path, *, keep: bool = False, say: Say | None = None) -> Iterator[Path]:
    """A draft beside the target that takes its place when all went well, and only then.

    With `keep` an earlier file of another content gets another name, and `say` is told of it.
    Raises OSError that names the target. A device or a pipe is written as it is.
    """
    if target.exists() and not target.is_file():
        yield target  # the file behind /dev/stdout has no name where it is a pipe
        return
    target = Path(os.path.realpath(target))
    try:
        with drafted(target.parent) as draft:
            yield draft
            _give_rights(draft, target)
            if keep and target.exists():
                if filecmp.cmp(draft, target, shallow=False):
                    return
                kept = _keep(target)
                if say is not None:
                    say(f"上次的 {target} 没有覆盖，已改名为 {kept.name}")
            draft.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """An empty file in the folder that only its owner can read; it is gone afterwards."""
    draft = folder / f".jiandang-{uuid4().hex}.tmp"
    _clear_leftovers(folder)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


@lru_cache(maxsize=64)
def _clear_leftovers(folder: Path) -> None:
    """Remove the drafts of runs that were killed: those to which nobody writes any more.

    Once a folder: a list by village puts thousands of files into one.
    """
    with contextlib.suppress(OSError):
        for draft in folder.glob(".jiandang-*.tmp"):
            if time() - draft.lstat().st_mtime > _ABANDONED:
                draft.unlink()


def _give_rights(draft: Path, target: Path) -> None:
    """The rights of the file whose place it takes, or those of any new file."""
    if os.name == "nt":
        return
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except OSError:
        os.umask(mask := os.umask(0o077))
        mode = 0o666 & ~mask
    with contextlib.suppress(OSError):
        draft.chmod(mode)


def _keep(target: Path) -> Path:
    """Give an earlier file another name: `差异清单.旧1.csv`, `官山镇.旧1.检查结果.xlsx`."""
    stem, ending = _stem_and_ending(target)
    for number in count(1):
        kept = target.with_name(short_name(stem, f".旧{number}{ending}"))
        if os.path.lexists(kept):
            continue
        try:
            # A second name first, so that the file is there at every moment.
            os.link(target, kept)
        except FileExistsError:
            continue
        except (OSError, AttributeError, NotImplementedError):
            target.rename(kept)
        return kept
    raise AssertionError("there is always another number")


def kept_beside(target: Path) -> list[Path]:
    """The earlier files that lie beside the target under the names that `_keep` gave them."""
    stem, ending = _stem_and_ending(target)
    name = re.compile(rf"{re.escape(stem)}\.旧[0-9]+{re.escape(ending)}")
    return sorted(each for each in target.parent.iterdir() if name.fullmatch(each.name))


def _stem_and_ending(target: Path) -> tuple[str, str]:
    stem, mark, extension = target.name.partition(".检查结果.")
    return (stem, mark + extension) if mark else (target.stem, target.suffix)


def short_name(stem: str, ending: str) -> str:
    """`stem` and `ending`, the stem cut where the file system would not take the name."""
    while _size(stem + ending) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return stem + ending


def _size(name: str) -> int:
    if os.name == "nt":
        return len(name.encode("utf-16-le", "surrogatepass")) // 2
    return len(os.fsencode(name))
