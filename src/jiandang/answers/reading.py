"""Files that came back (回收) → replies: marked copies, lists, and the county's record."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from jiandang.answers.replies import Reply, word_of
from jiandang.errors import JiandangError
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.matrix import CellMatrix
from jiandang.formats.opening import EXTENSIONS, AskPassword, open_workbook
from jiandang.gates.catalogue import all_rules
from jiandang.headings.text import heading_key
from jiandang.patterns import regex
from jiandang.register.cells import ErrorValue, Raw, as_text
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid
from jiandang.reporters.placing import Say, kept_beside, same_file
from jiandang.run.files import DOUBTFUL, OWN_OUTPUT, find_files

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
_WORD_HEADINGS = {heading for heading, part in _HEADINGS.items() if part == "word"}
# Others of a list, which are no part of a reply.
_OTHERS = ("序号", "关口", "类别", "严重程度", "单元格", "建议", "核实状态")
_NEEDED = {"rule": "规则", "word": "核实结果"}
# Without these 登记无误 does not count.
_SIGNED = {"note": "核实说明", "who": "核实人", "when": "核实日期"}
# A sheet with one of these and so many of our headings was once a list.
_A_FEW = 3
_DATE = COLUMNS["survey"]["surveyed"].cell
# A retyped list may have a title above its headings.
_HEADING_ROWS = 10
_KEY = regex(r"[0-9a-f]{16}|[0-9a-f]{20}")
_CUT_OFF = regex(r"\d(?:\.\d+)?[eE]\+\d+")
_RULE = regex(r"[A-Z]{2}[0-9]{3}")
_SHEET = "问题清单"
_WHAT = f"标记副本（有“{_SHEET}”）、差异清单或核实记录"
_FILLED_IN = frozenset().union(*(EXTENSIONS[kind] for kind in ("xlsx", "xls", "ods", "csv")))


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

    `say` is told of all that was not taken: files of a folder and sheets that are no list, lists
    that nobody filled in, rows without a result. Raises NoAnswers for a file that is none of ours
    or cannot be read.
    """
    reader = _Reader(password, ask_password, say or (lambda _line: None))
    replies: list[Reply] = []
    for path in paths:
        replies += reader.of_folder(path, but) if path.is_dir() else reader.of_file(path)
    return replies


@dataclass(frozen=True)
class _Reader:
    """Reads lists, and says what of them it does not take."""

    password: str | None
    ask_password: AskPassword | None
    say: Say

    def of_folder(self, folder: Path, but: Path | None) -> list[Reply]:
        """The answers of all lists in a folder, in which there are registers and reports too."""
        found = find_files([folder])
        passed_over = {each.path: each.reason for each in found.passed_over}
        files = [*found.files, *(f for f, why in passed_over.items() if _may_be_list(f, why))]
        lists: list[list[Reply]] = []
        for file in sorted({*files, *passed_over}):
            if but is not None and same_file(file, but):
                continue
            read: list[Reply] | str = passed_over[file] if file not in files else ""
            try:
                read = read or self._of_list(file)
            except Unreadable as error:
                if file.suffix.lower() not in DOUBTFUL:
                    raise NoAnswers(f"“{file}”读不出来：{error.message}") from error
                read = error.message
            if isinstance(read, str):
                self.say(f"没有读“{file}”：{read}")
            else:
                lists.append(read)
        if not lists:
            raise NoAnswers(f"文件夹“{folder}”里没有{_WHAT}")
        return [reply for replies in lists for reply in replies]

    def of_file(self, file: Path) -> list[Reply]:
        """The answers of a file that has been named, and so has to be a list."""
        try:
            read = self._of_list(file)
        except Unreadable as error:
            raise NoAnswers(f"“{file}”读不出来：{error.message}") from error
        if isinstance(read, str):
            raise NoAnswers(f"“{file}”{read}，应是本工具写出并填好的{_WHAT}")
        return read

    def _of_list(self, file: Path) -> list[Reply] | str:
        """The answers of a file, or why it is no list. Raises Unreadable."""
        book = open_workbook(file, self.password, self.ask_password)
        lists: list[Reply] | None = None
        nearly: list[str] = []
        for grid in book.grids:
            found = _headings(grid)
            if isinstance(found, str):
                nearly.append(f"工作表“{grid.name}”{found}")
            elif found is not None:
                for renamed in _renamed(next(islice(grid.rows, found[0], None)), found[1]):
                    self.say(f"注意：“{file}”{renamed}")
                own = _replies(grid.cells, *found, file.name, book.sha256)
                lists = [*(lists or ()), *own]
        if lists is None:
            return "；".join(nearly) or f"里面没有“{_SHEET}”"
        for each in nearly:
            self.say(f"没有读“{file}”的{each}")
        replies = [reply for reply in lists if reply.word]
        if without := len(lists) - len(replies):
            self.say(
                f"注意：“{file}”有 {without} 行写了核实说明或理由，没有填核实结果，"
                "这几行没有读，请补填"
            )
        if not replies:
            self._say_empty(file)
        return replies

    def _say_empty(self, file: Path) -> None:
        kept = "、".join(each.name for each in kept_beside(file))
        beside = f"；填好的可能在旁边的 {kept}" if kept else ""
        self.say(f"注意：“{file}”里一条核实结果也没有填{beside}")


def _may_be_list(file: Path, why_passed_over: str) -> bool:
    """Whether it is one of this tool's files that people fill in."""
    return why_passed_over == OWN_OUTPUT and file.suffix.lower() in _FILLED_IN


def _headings(grid: Grid) -> tuple[int, Mapping[str, int]] | str | None:
    """The number of the row of headings, and where each part of a reply stands.

    Of a sheet that is nearly a list: what it lacks.
    """
    nearly = None
    for number, row in enumerate(islice(grid.rows, _HEADING_ROWS)):
        columns: dict[str, int] = {}
        for column, raw in enumerate(row):
            if isinstance(raw, str) and (part := _HEADINGS.get(heading_key(raw))) is not None:
                columns.setdefault(part, column)
        if columns.keys() >= _NEEDED.keys():
            return number, columns
        if columns.keys() & _NEEDED.keys() and len(columns) >= _A_FEW:
            nearly = nearly or _lacking(row, columns)
    return nearly


def _lacking(row: Iterable[Raw], columns: Mapping[str, int]) -> str:
    """Which heading a list lacks, and which of its own may be meant."""
    (heading,) = (text for part, text in _NEEDED.items() if part not in columns)
    return f"没有“{heading}”这一列{_meant(heading, row)}"


def _renamed(row: Iterable[Raw], columns: Mapping[str, int]) -> Iterator[str]:
    """Which other headings a list lacks that has another in place of them."""
    row = [*row]
    for part, heading in _SIGNED.items():
        if part not in columns and (meant := _meant(heading, row)):
            yield f"没有“{heading}”这一列{meant}"


def _meant(heading: str, row: Iterable[Raw]) -> str:
    texts = [each for each in row if isinstance(each, str)]
    unknown = [each for each in texts if heading_key(each) not in {*_HEADINGS, *_OTHERS}]
    near = get_close_matches(heading, unknown, n=1, cutoff=0.5)
    return f"，“{near[0]}”是的话请改回“{heading}”" if near else ""


def _replies(
    cells: CellMatrix, heading: int, columns: Mapping[str, int], source: str, sha256: str
) -> Iterator[Reply]:
    """The rows that have an answer, or at least say why.

    A column at a time: its distinct texts are read once.
    """
    said = [columns[part] for part in ("word", "reason", "note") if part in columns]
    is_answered = (cells.codes[:, said] != 0).any(axis=1)
    is_answered[: heading + 1] = False
    answered = is_answered.nonzero()[0]
    read: dict[str, Callable[[Raw], Any]] = {
        "word": _word,
        "when": _day,
        "unread_day": _unread_day,
        "rule": _rule,
        "household": _household,
        "number": _key,
        "evidence": _key,
    }
    # Each row has its own, so that one look at all of them is worth it.
    at_once: dict[str, Callable[[Sequence[Raw]], list[str] | None]] = {
        "number": _all_alike(_KEY.pattern),
        "evidence": _all_alike(_KEY.pattern),
        "household": _all_alike("[0-9]+"),
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
        texts: list[Any] | None = at_once[part](values) if part in at_once else None
        if texts is None:
            texts = [read.get(part, _text)(raw) or empty for raw in values]
        parts.append([*map(texts.__getitem__, places.tolist())])
    replies = map(Reply._make, zip(*parts, strict=True))
    words = {*parts[0]}
    if "" not in words and words.isdisjoint(_WORD_HEADINGS):
        return replies
    # Where lists were joined the headings come again.
    return (
        reply
        for reply in replies
        if (reply.word or reply.reason or reply.note) and reply.word not in _WORD_HEADINGS
    )


def _word(raw: Raw) -> str:
    return word_of(solid(str(raw) if isinstance(raw, ErrorValue) else _text(raw)))


def _all_alike(pattern: str) -> Callable[[Sequence[Raw]], list[str] | None]:
    """Reads values of which each row has its own: all at once where they are texts and match."""

    def read(values: Sequence[Raw]) -> list[str] | None:
        texts = [text for text in values if type(text) is str]
        if len(texts) < len(values):
            return None
        plain = pl.Series(texts, dtype=pl.String).str.strip_chars().str.strip_prefix("'")
        return plain.to_list() if plain.str.contains(f"^(?:{pattern})?$").all() else None

    return read


def _key(raw: Raw) -> str:
    """A key as it was written; Excel makes a number of some, and then it is lost."""
    if type(raw) is str and _KEY.fullmatch(raw):
        return raw
    if isinstance(raw, float):
        return ""
    text = _text(raw)
    return text if _KEY.fullmatch(text) else ""


def _household(raw: Raw) -> str:
    """A household's number, unless Excel has left but its beginning in a .csv."""
    text = _text(raw)
    if text.isdecimal():
        return text
    text = "".join(text.split())
    return "" if _CUT_OFF.fullmatch(text) else text


def _rule(raw: Raw) -> str:
    """The code alone: in lists its title stands behind it, in retyped ones perhaps alone."""
    text = _text(raw)
    found = _RULE.search(solid(text).upper())
    return found[0] if found else _codes_by_title().get(solid(text), text)


@cache
def _codes_by_title() -> dict[str, str]:
    titles = Counter(solid(rule.title) for rule in all_rules())
    return {title: rule.code for rule in all_rules() if titles[title := solid(rule.title)] == 1}


def _text(raw: Raw) -> str:
    """What stands in a cell, without the marks that keep Excel from changing it in a .csv."""
    if type(raw) is str:
        text = raw.strip()
        return text[1:] if text[:1] == "'" else text
    # What a formula left nobody wrote.
    return "" if isinstance(raw, ErrorValue) else as_text(raw)


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
