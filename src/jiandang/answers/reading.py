"""Files that came back (回收) → replies: marked copies, lists, and the county's record."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from jiandang.answers.replies import Reply, word_of
from jiandang.errors import JiandangError
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.matrix import CellMatrix
from jiandang.formats.opening import EXTENSIONS, AskPassword, open_workbook
from jiandang.register.cells import Raw, as_text
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid
from jiandang.reporters.placing import Say, kept_beside, same_file
from jiandang.run.files import leads_out

# What a column is called in lists and in the record → the part of a reply.
_HEADINGS = {
    "问题号": "number",
    "依据码": "evidence",
    "规则": "rule",
    "村": "village",
    "户编号": "household",
    "姓名": "person",
    "列": "column",
    "问题": "message",
    "核实结果": "word",
    "结果": "word",
    "核实理由": "reason",
    "理由": "reason",
    "核实说明": "note",
    "说明": "note",
    "核实人": "who",
    "核实日期": "when",
    "来源文件": "source",
    "SHA-256": "sha256",
}
_NEEDED = {"rule", "word"}
_DATE = COLUMNS["survey"]["surveyed"].cell
# A retyped list may have a title above its headings.
_HEADING_ROWS = 10
_KEY = re.compile(r"[0-9a-f]{16}|[0-9a-f]{20}")
_RULE = re.compile(r"[A-Z]{2}[0-9]{3}")
_WHAT = "标记副本（有“问题清单”）、差异清单或核实记录"


class NoAnswers(JiandangError, ValueError):
    """Files were given as answers that hold none. The text names the file and the remedy."""


def read_replies(
    paths: Iterable[Path],
    password: str | None = None,
    ask_password: AskPassword | None = None,
    *,
    but: Path | None = None,
    say: Say | None = None,
) -> list[Reply]:
    """The rows that somebody filled in, of files and of all lists in folders `but` one of these.

    `say` is told of a file that nobody filled in while an earlier one of its name, which may be
    filled in, was kept beside it. Raises NoAnswers for a file that is none of ours or cannot be
    read.
    """
    replies: list[Reply] = []
    for path in paths:
        if not path.is_dir():
            of_file = _of_file(path, password, ask_password)
            if say is not None and not of_file and (kept := kept_beside(path)):
                names = "、".join(each.name for each in kept)
                say(f"注意：“{path}”里一条核实结果也没有填；填好的可能在旁边的 {names}")
            replies += of_file
            continue
        lists = [
            own
            for file in sorted(path.rglob("*"))
            if _may_be_list(file)
            and not leads_out(file, os.path.realpath(path))
            and (but is None or not same_file(file, but))
            and (own := _of_folder(file, password, ask_password)) is not None
        ]
        if not lists:
            raise NoAnswers(f"文件夹“{path}”里没有{_WHAT}")
        replies += [reply for own in lists for reply in own]
    return replies


def _may_be_list(file: Path) -> bool:
    read = EXTENSIONS["xlsx"] | EXTENSIONS["xls"] | EXTENSIONS["ods"] | EXTENSIONS["csv"]
    return file.suffix.lower() in read and not file.name.startswith(("~$", "."))


def _of_folder(
    file: Path, password: str | None, ask_password: AskPassword | None
) -> list[Reply] | None:
    """None for a file that has no list: in a folder there are registers too."""
    try:
        return _of_grids(file, password, ask_password)
    except Unreadable as error:
        raise NoAnswers(f"“{file}”读不出来：{error.message}") from error


def _of_file(file: Path, password: str | None, ask_password: AskPassword | None) -> list[Reply]:
    replies = _of_folder(file, password, ask_password)
    if replies is None:
        raise NoAnswers(f"“{file}”里面没有“问题清单”，应是本工具写出并填好的{_WHAT}")
    return replies


def _of_grids(
    file: Path, password: str | None, ask_password: AskPassword | None
) -> list[Reply] | None:
    book = open_workbook(file, password, ask_password)
    replies: list[Reply] | None = None
    for grid in book.grids:
        if (found := _headings(grid)) is not None:
            own = _replies(grid.cells, *found, file.name, book.sha256)
            replies = [*(replies or ()), *own]
    return replies


def _headings(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """The number of the row of headings, and where each part of a reply stands."""
    for number, row in enumerate(islice(grid.rows, _HEADING_ROWS)):
        columns: dict[str, int] = {}
        for column, raw in enumerate(row):
            if isinstance(raw, str) and (part := _HEADINGS.get(raw.strip())) is not None:
                columns.setdefault(part, column)
        if columns.keys() >= _NEEDED:
            return number, columns
    return None


def _replies(
    cells: CellMatrix, heading: int, columns: Mapping[str, int], source: str, sha256: str
) -> Iterator[Reply]:
    """The rows that have an answer. A column at a time: its distinct texts are read once."""
    is_answered = cells.codes[:, columns["word"]] != 0
    is_answered[: heading + 1] = False
    answered = is_answered.nonzero()[0]
    read: dict[str, Callable[[Raw], Any]] = {
        "word": _word,
        "when": _day,
        "unread_day": _unread_day,
        "rule": _rule,
        "number": _key,
        "evidence": _key,
    }
    instead = {"when": None, "source": source, "sha256": sha256}
    parts = []
    columns = {**columns, "unread_day": columns["when"]} if "when" in columns else columns
    for part in Reply._fields:
        empty = instead.get(part, "")
        if part not in columns:
            parts.append([empty] * len(answered))
            continue
        values, places = cells.column(columns[part], answered).distinct()
        texts = [read.get(part, _text)(raw) or empty for raw in values]
        parts.append([*map(texts.__getitem__, places.tolist())])
    replies = map(Reply._make, zip(*parts, strict=True))
    return (reply for reply in replies if reply.word)


def _word(raw: Raw) -> str:
    return word_of(solid(_text(raw)))


def _key(raw: Raw) -> str:
    """A key as it was written; Excel makes a number of some, and then it is lost."""
    text = _text(raw)
    return text if _KEY.fullmatch(text) else ""


def _rule(raw: Raw) -> str:
    """The code alone: in lists its title stands behind it."""
    found = _RULE.search(_text(raw).upper())
    return found[0] if found else _text(raw)


def _text(raw: Raw) -> str:
    """What stands in a cell, without the marks that keep Excel from changing it in a .csv."""
    if isinstance(raw, str):
        text = raw.strip()
        return text[1:] if text[:1] == "'" else text
    return as_text(raw) if isinstance(raw, (int, date)) else str(raw)


def _day(raw: Raw) -> date | None:
    """A date as people write it; None where it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        read = _DATE.read(raw).value
    except ValueError:
        return None
    return read if isinstance(read, date) else None


def _unread_day(raw: Raw) -> str:
    return "" if _day(raw) else _text(raw)
