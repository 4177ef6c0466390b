"""The kinds of repairs, in one table: from a cell that could be read to what belongs into it.

Each changes only the way in which a value is written, never the value (audit.md, part D). What is
not listed here is a judgement: digits, dates without a year, units, the nearest word of a list.
Nor is dropped what a text says besides: 上海 is more than 省外务工, 慢性病(高血压) than 慢性病.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from jiandang.intake.columns import CellRead, kind_of
from jiandang.patterns import regex
from jiandang.register import resident_id
from jiandang.register.cells import CellError, as_text
from jiandang.register.code_cells import Code
from jiandang.register.codes import code_lists
from jiandang.register.date_cells import FIRST_CALENDAR_YEAR
from jiandang.register.marked_answers import EMPTY_BOXES
from jiandang.register.notice import Notice
from jiandang.register.number_cells import NumberCell
from jiandang.register.text import any_blanks, plain, solid, tidied

New = str | int | float | date

_NUMERAL = regex(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)([^0-9.,]*)")
_FIRST_YEAR = 1000  # that has all its digits
_MOST_DIGITS = 15  # that Excel keeps of a number
_WHOLE_DAY = regex(
    r"[0-9]{4} ?(?:年 ?|(?:\W|_){1,2})[0-9]{1,2} ?(?:月 ?|(?:\W|_){1,2})[0-9]{1,2} ?[日号]?"
    r"|(?:19|20)[0-9]{6}"
)
# What programs write behind a day that has no time of day: 2016-03-21 00:00:00.
_MIDNIGHT = regex(r"(?<=[0-9日])[T ]0?0:00(?::00(?:\.0+)?)?$")
# The notation of the paper forms, and what is as good as empty.
_BARE_CODE = regex(rf"[0-9()\[\]]+|[①-⓿]|[{EMPTY_BOXES}]+")
# Lines of a name or number each of which is one of its own, so that several people are in a cell.
_LINES = regex(r"\s*[\r\n\v\f]+\s*")
_LEAST_OF_ONE = {"姓名": 2, "公民身份号码": 15, "残疾证号": 15}
_SEVERAL = "一格里有几个人的姓名或号码，请分成几行，一人一行"
# A household's number may be its head's.
_WITH_X = ("公民身份号码", "残疾证号", "编码")


@dataclass(frozen=True)
class Repair:
    """A kind of repair. `mend` gives what belongs into a cell, or None where it does not apply.

    `asked` repairs are made only where `--only` names their rule.
    """

    rule: str
    title: str
    mend: Callable[[CellRead], New | None]
    asked: bool = False


def _to_number(read: CellRead) -> New | None:
    cell = read.of.cell
    if not isinstance(cell, NumberCell) or read.context.untyped:
        return None
    written = solid(read.raw)
    # ¥3500 is as good as 3500元.
    match = _NUMERAL.fullmatch(written.removeprefix("¥") if cell.units.get("元") == 1 else written)
    if match is None:
        return None
    text, unit = match.groups()
    # The unit may be the heading's own, and no other: 3500元, but not 2万元.
    if (unit and (cell.units.get(unit) != 1 or read.context.scale != 1)) or sum(
        map(str.isdigit, text)
    ) > _MOST_DIGITS:
        return None
    number = float(text.replace(",", ""))
    if cell.units.get("年") == 1 and number < _FIRST_YEAR:
        return None  # 15 is 2015 for whoever wrote it, with 年 behind it or without
    return int(number) if number.is_integer() else number


def _to_date(read: CellRead, *, is_lenient: bool) -> New | None:
    """A day whose year is written whole and first, with nothing else said; LR017 tells of it where
    it is lenient, and LR011 where not."""
    written = _MIDNIGHT.sub("", plain(read.raw))
    is_day = kind_of(read.of.cell, read.value) == "日期" and not read.context.untyped
    if not is_day or not _WHOLE_DAY.fullmatch(written):
        return None
    if (_notice_of(read) is Notice.LENIENT) != is_lenient:
        return None
    day: date = date.fromisoformat(read.value) if read.of.cell.iso else read.value
    return day if day.year >= FIRST_CALENDAR_YEAR else None


def _is_of_several(read: CellRead) -> bool:
    """Whether the names or numbers of several people stand in a cell, each in its line."""
    least = _LEAST_OF_ONE.get(read.of.cell.name)
    lines = [solid(line) for line in _LINES.split(read.raw.strip())] if least else []
    return len(lines) > 1 and all(len(line) >= (least or 0) for line in lines)


def _tidy(read: CellRead) -> New | None:
    cell = read.of.cell
    if _is_of_several(read):
        return None
    text = tidied(read.raw, cell.unpad)
    if "\n" in read.raw.strip() and " " in text and cell.unpad is not any_blanks:
        return None  # names or numbers of several, a line each: which is whose is to be decided
    return text.replace("x", "X") if cell.name in _WITH_X else text


def _to_word(read: CellRead) -> New | None:
    cell = read.of.cell
    parts = cell.words(read.raw) if isinstance(cell, Code) else ()
    if any(map(_BARE_CODE.fullmatch, (solid(read.raw), *parts))):
        return None
    if cell.native is bool:
        word = "是" if read.value else "否"
        says_more = code_lists()["yes_no"].says_more(solid(read.raw))
        return None if says_more or solid(read.raw) == word else word
    if not isinstance(cell, Code):
        return None
    if {*cell.words(read.raw)} <= {*cell.code_list.values} or cell.says_more(read.raw):
        return None
    return as_text(read.value)


def _to_18_digits(read: CellRead) -> New | None:
    is_old = read.of.cell.name == "公民身份号码" and resident_id.is_old(text := solid(read.raw))
    if not is_old or resident_id.birth_date(new := resident_id.upgrade(text)) is None:
        return None
    return new


def _notice_of(read: CellRead) -> Notice | None:
    """What is told of a cell: LENIENT where it is not written as it should be (LR017)."""
    return read.of.cell.read(read.raw, read.context).notice


TEXTS = Repair(
    "LR011",
    "数字、日期存成文本",
    lambda read: _first_of(read, _to_number, partial(_to_date, is_lenient=False)),
)
WORDS = Repair(
    "LR017",
    "换成规范的写法",
    lambda read: _first_of(read, _to_word, partial(_to_date, is_lenient=True)),
)
OLD_NUMBERS = Repair("LR111", "15位身份证号改为18位", _to_18_digits, asked=True)
REPAIRS = (
    TEXTS,
    # Before the blanks: what takes the place of ` 汉` is 汉族, and not 汉 first.
    WORDS,
    Repair("LR010", "多余的空格、全角字符", _tidy),
    OLD_NUMBERS,
)


# Why what LR011 and LR017 tell of may not be mended.
_WHY_LEFT = {
    "日期": "没有写全年月日，带着钟点，或写法不止一种读法，请按原始材料改成日期",
    "数字": "带着单位、写成中文、年份没有写全或位数太多，请自己换算成列名里的单位，改成数字",
    "": "除了读出的值还写着别的，自动改会丢掉，请自己改成这一列要的写法，别的内容另记",
}


def _first_of(read: CellRead, *kinds: Callable[[CellRead], New | None]) -> New | None:
    return next((new for kind in kinds if (new := kind(read)) is not None), None)


@dataclass(frozen=True)
class Change:
    """A cell and what belongs into it."""

    repair: Repair
    read: CellRead
    new: New

    @property
    def new_text(self) -> str:
        return as_text(self.new)


def changes_of(cells: Iterable[CellRead], only: frozenset[str] = frozenset()) -> list[Change]:
    """The repairs of cells, one a cell; `only` those of some rules, by default all not `asked`."""
    chosen = [r for r in REPAIRS if (r.rule in only if only else not r.asked)]
    found: dict[tuple[str, int, int], Change | None] = {}
    for read in cells:
        place = (read.sheet, read.row, read.column)
        change = _change_of(read, chosen)
        # What two columns read, as on forms, must be the same for both.
        known = found.setdefault(place, change)
        if known is not None and (change is None or change.new != known.new):
            found[place] = None
    return [change for _, change in sorted(found.items()) if change is not None]


def left_of(
    cells: Iterable[CellRead], changes: Iterable[Change], only: frozenset[str] = frozenset()
) -> dict[str, list[Change]]:
    """What stays as it is since mending it is a judgement, by the reason; `only` as above.

    Numbers and dates that are texts, what is read though it is written otherwise, and cells with
    the names or numbers of several people.
    """
    mended = {(each.read.sheet, each.read.row, each.read.column) for each in changes}
    chosen = only or {TEXTS.rule, WORDS.rule}
    left: dict[str, list[Change]] = {}
    for read in cells:
        if TEXTS.rule in chosen and _is_of_several(read):
            left.setdefault(_SEVERAL, []).append(Change(TEXTS, read, read.raw))
        repair = _telling_of(read)
        if repair is None or repair.rule not in chosen:
            continue
        if (read.sheet, read.row, read.column) not in mended:
            reason = _WHY_LEFT[_written_as(read)]
            left.setdefault(reason, []).append(Change(repair, read, read.raw))
    return left


def _telling_of(read: CellRead) -> Repair | None:
    """Of what kind the repair would be of a cell of which LR011 or LR017 tells."""
    notice = _notice_of(read)
    if notice is Notice.LENIENT:
        return WORDS
    is_text = kind_of(read.of.cell, read.value) and not read.context.untyped
    return TEXTS if notice is None and is_text else None


def _written_as(read: CellRead) -> str:
    """What should be written; of a date that may be partial, a year or a month too."""
    return "日期" if read.of.cell.iso else kind_of(read.of.cell, read.value)


def _change_of(read: CellRead, chosen: Iterable[Repair]) -> Change | None:
    for repair in chosen:
        new = repair.mend(read)
        if new is not None and new != read.raw and (repair.asked or _says_the_same(read, new)):
            return Change(repair, read, new)
    return None


def _says_the_same(read: CellRead, new: New) -> bool:
    """Whether the new content is read as the old one was: no repair may change a value."""
    try:
        return bool(read.of.cell.read(new, read.context).value == read.value)
    except CellError:
        return False
