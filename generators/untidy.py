"""How clerks write a value: right in content, but in the form they are used to.

What comes out must still be read without loss: the messy workbook holds the clean data.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from generators.layout import EDUCATION, TABLES, Cell, Row

KINDS = {column.heading: column.kind for table in TABLES.values() for column in table}

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_NO_BREAK_SPACE = "\u00a0"
_EXCEL_EPOCH = date(1899, 12, 30)

DateForm: TypeAlias = Callable[[date], Cell]
DATE_FORMS: dict[str, DateForm] = {
    "real": lambda day: day,
    "dash": lambda day: f"{day.year}-{day.month}-{day.day}",
    "dot": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slash": lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    "han": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day:%Y%m%d}",
    "serial": lambda day: (day - _EXCEL_EPOCH).days,
}
# The numbers of the national form, which clerks write before the word.
_EDUCATION_NUMBERS = {word: place for place, word in enumerate((*EDUCATION[1:], EDUCATION[0]), 1)}
_SPOUSES = {"男": ("丈夫", "配偶"), "女": ("妻", "妻子", "配偶")}
_RELATIONS = {
    "之子": ("长子", "儿子", "之子"),
    "之女": ("女儿", "长女", "之女"),
    "之儿媳": ("儿媳",),
    "之女婿": ("女婿",),
    "之孙子": ("孙子",),
    "之外孙女": ("外孙女",),
    "之母": ("母亲",),
    "之公公": ("公公",),
    "之婆婆": ("婆婆",),
}


@dataclass
class Clerk:
    """One clerk's habits. Each kind of cell goes through its forms in turn, so that a workbook
    shows all of them and two runs show the same."""

    yes: Sequence[Cell]
    no: Sequence[Cell]
    dates: Sequence[str]
    numeric_codes: bool = False
    _turns: Counter[str] = field(default_factory=Counter)

    def write(self, heading: str, row: Row) -> Cell:
        """The cell under a canonical heading, as this clerk types it."""
        value = row[heading]
        if value is None:
            return None
        kind = KINDS.get(heading, "text")
        if kind == "relation" and value == "配偶":
            return self._one_of("spouse", _SPOUSES[str(row["性别"])])
        forms = _FORMS.get(kind)
        if forms:
            return self._one_of(kind, forms(value))
        if kind == "yes_no":
            return self._one_of(heading, self.yes if value == "是" else self.no)
        if kind == "date":
            assert isinstance(value, date)
            return DATE_FORMS[self._one_of_words("date", self.dates)](value)
        if kind == "code" and self.numeric_codes:
            return int(str(value))
        return value

    def _one_of(self, kind: str, forms: Sequence[Cell]) -> Cell:
        self._turns[kind] += 1
        return forms[self._turns[kind] % len(forms)]

    def _one_of_words(self, kind: str, forms: Sequence[str]) -> str:
        self._turns[kind] += 1
        return forms[self._turns[kind] % len(forms)]


def _name(value: Cell) -> Sequence[Cell]:
    name = str(value)
    return (name, name, name + " ", name, name, name + _NO_BREAK_SPACE, name)


def _sex(value: Cell) -> Sequence[Cell]:
    number = 1 if value == "男" else 2
    return (value, value, str(number), f"{number}:{value}", number)


def _resident_id(value: Cell) -> Sequence[Cell]:
    number = str(value)
    lower = number.lower()
    return (lower, lower, number + " ", lower, number.translate(_FULL_WIDTH), lower, lower)


def _phone(value: Cell) -> Sequence[Cell]:
    number = str(value)
    return (number, int(number), number, number.translate(_FULL_WIDTH), f" {number}", number)


def _account(value: Cell) -> Sequence[Cell]:
    number = str(value)
    fours = " ".join(number[start : start + 4] for start in range(0, len(number), 4))
    return (number, number, number, fours)


def _whole_number(value: Cell) -> Sequence[Cell]:
    return (value, value, str(value), value, str(value).translate(_FULL_WIDTH))


def _age(value: Cell) -> Sequence[Cell]:
    return (*_whole_number(value), f"{value}岁")


def _money(value: Cell) -> Sequence[Cell]:
    assert isinstance(value, int | float)
    if value == 0:
        return (0, 0, "0", 0, "0元")
    in_ten_thousands = f"{round(value / 10_000, 6):.6f}".rstrip("0") + "万元"
    return (value, f"{value:,}元", value, in_ten_thousands, str(value), f"{value}元", f"{value:,}")


def _area(value: Cell) -> Sequence[Cell]:
    return (value, value, f"{value}亩", str(value))


def _house(value: Cell) -> Sequence[Cell]:
    return (value, f"{value}㎡", value, f"{value}平方米")


def _education(value: Cell) -> Sequence[Cell]:
    return (value, value, f"{_EDUCATION_NUMBERS[str(value)]}:{value}")


def _relation(value: Cell) -> Sequence[Cell]:
    return _RELATIONS.get(str(value), (value,))


def _coded(value: Cell) -> Sequence[Cell]:
    if value == "汉族":
        return ("汉", "汉族")
    return (value, value, value, f"{value} ")


_FORMS: dict[str, Callable[[Cell], Sequence[Cell]]] = {
    "name": _name,
    "sex": _sex,
    "id": _resident_id,
    "phone": _phone,
    "account": _account,
    "count": _whole_number,
    "age": _age,
    "money": _money,
    "area": _area,
    "house": _house,
    "education": _education,
    "relation": _relation,
    "coded": _coded,
}
