"""核实记录, the county's record of answers: a .csv to which rows are only ever added."""

import csv
import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from jiandang.answers.reading import NoAnswers
from jiandang.answers.replies import Reply
from jiandang.reporters.placing import replacing
from jiandang.reporters.rows import csv_text

_COLUMNS: dict[str, Callable[[Reply], str]] = {
    "问题号": lambda r: r.number,
    "依据码": lambda r: r.evidence,
    "规则": lambda r: r.rule,
    "户编号": lambda r: r.household,
    "姓名": lambda r: r.person,
    "结果": lambda r: r.word,
    "理由": lambda r: r.reason,
    "说明": lambda r: r.note,
    "核实人": lambda r: r.who,
    "核实日期": lambda r: r.when.isoformat() if r.when else r.unread_day,
    "来源文件": lambda r: r.source,
    "SHA-256": lambda r: r.sha256,
    # By these a row without a number is told from others of the same rule.
    "村": lambda r: r.village,
    "列": lambda r: r.column,
    "问题": lambda r: r.message,
}
HEADINGS = ("时间", *_COLUMNS)
_BOM = b"\xef\xbb\xbf"


def append(replies: Iterable[Reply], target: Path, now: datetime) -> tuple[int, int]:
    """Add the replies that the record does not have; gives how many are new and how many known.

    What is there stays byte for byte. Raises NoAnswers for a file that is no record, and OSError
    where it cannot be written.
    """
    replies = list(replies)
    if not replies:
        _known(_content(target), target)
        return 0, 0
    with _alone(target):
        return _append(replies, target, now)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """While nobody else adds to the record: what both have read, one of them would write over.

    The system takes the lock away from whoever is killed. On Windows it is that of a file beside
    the record: one that is open there cannot be replaced.
    """
    if sys.platform == "win32":
        import msvcrt

        beside = target.with_name(f"{target.name}.lock")
        with beside.open("ab") as file:
            is_ours = False
            while not is_ours:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    is_ours = True
                except OSError as error:  # it has tried for ten seconds
                    if error.errno not in (errno.EDEADLOCK, errno.EACCES):
                        raise
            try:
                yield
            finally:
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        with suppress(OSError):  # another waits for it
            beside.unlink()
        return
    import fcntl

    is_ours = False
    while not is_ours:
        with target.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever had it before has put another file in its place, or taken it away.
            is_ours = target.exists() and os.path.samestat(os.fstat(file.fileno()), target.stat())
            if is_ours:
                try:
                    yield
                finally:
                    if not os.fstat(file.fileno()).st_size and not _content(target):
                        target.unlink(missing_ok=True)  # nothing could be written


def _content(target: Path) -> bytes:
    return target.read_bytes() if target.exists() else b""


def _append(replies: Iterable[Reply], target: Path, now: datetime) -> tuple[int, int]:
    before = _content(target)
    known = _known(before, target)
    head = [] if before else [HEADINGS]
    rows, repeated = [], 0
    for reply in replies:
        row = tuple(csv_text(text(reply)) for text in _COLUMNS.values())
        if row in known:
            repeated += 1
            continue
        known.add(row)
        rows.append((now.isoformat(" ", "seconds"), *row))
    if rows:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\r\n").writerows([*head, *rows])
        joint = b"" if not before or before.endswith(b"\n") else b"\r\n"
        with replacing(target) as draft:
            draft.write_bytes((before or _BOM) + joint + stream.getvalue().encode())
    return len(rows), repeated


def _known(before: bytes, target: Path) -> set[tuple[str, ...]]:
    """The rows of a record without the time when they were added.

    What stands behind a quotation mark that is not closed, or beside zero bytes, would be lost.
    """
    if not before:
        return set()
    try:
        text = before.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (ValueError, csv.Error):
        rows = []
    if tuple(rows[0] if rows else ()) != HEADINGS:
        raise NoAnswers(
            f"“{target}”不是核实记录（或已损坏、在 Excel 里另存过），没有改动它；"
            "--into 请写一个新的文件名，或原来的核实记录"
        )
    return {tuple(row[1:]) for row in rows[1:]}
