"""What may be typed into the columns of a register, right or wrong."""

from datetime import date, timedelta
from random import Random
from typing import Any

from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.codes import code_lists
from jiandang.register.number_cells import NumberCell
from jiandang.register.resident_id import check_character
from jiandang.register.table import Column

NUMBERS = (
    -(10**9), -300, -1, 0, 0.5, 1, 2, 3, 6, 11, 12, 13, 40, 45, 90, 110, 150, 151, 1900, 1980,
    2015, 2016, 2018, 2019, 2020, 2100, 10**6, 10**9 - 1, 10**9, 10**10, 10**20,
    "三", "5元", "1,200", "无",
)  # fmt: skip
PHONES = (
    "13912345678", 13912345678, "1391234567", "12345678901", "0516-83612345", "051683612345",
    "010-83612345", "0abcdefghi", "0516-836-12345", "05-1683612345", "0000000000", "1a912345678",
    "139 1234 5678", "13912345678、13812345678", "无", "8361234", "0516-03612345", "0516-1361234",
    "051603612345", "01013612345", "0516-83612345-8",
)  # fmt: skip
MONTHS = ("2016-03", "1980-3", "2016年3月", "13-5", "20-5", "2016", "2016-13", "2016.3", "3月5日")
_FIRST = date(1840, 1, 1)
_TAILS = ("", "", "", "", "43", "71", "83", "05", "4", "431", "4301", "43B1", "43C1", "43.5", "43B")


def wild_value(column: Column, random: Random) -> Any:
    """A value of the column's kind, or nearly one; None now and then."""
    if random.random() < 0.1:
        return None
    cell = column.cell
    if isinstance(cell, (Code, ManyCodes)) or cell.native is bool:
        return _wild_word(cell.codes if isinstance(cell, (Code, ManyCodes)) else "yes_no", random)
    if isinstance(cell, NumberCell):
        if column.id == "income_year" and random.random() < 0.5:
            return 2015
        return random.choice(NUMBERS)
    if cell.native is date or cell.iso:
        day = date(1890, 1, 1) + timedelta(days=random.randrange(80_000))
        near = date(2016, 2, 1) + timedelta(days=random.randrange(70))
        return random.choice((day, near, near, near, 42434.5, 2016, *MONTHS))
    kinds = {"公民身份号码": _wild_id, "残疾证号": _wild_id, "编码": _wild_code,
             "银行账号": _wild_code}  # fmt: skip
    if cell.name == "电话":
        return random.choice(PHONES)
    if cell.name in kinds:
        code = "320324105201" if column.id == "village_code" else kinds[cell.name](random)
        return code if random.random() < 0.9 else 320324105201001
    return random.choice(("王伟", "李秀英", "扶贫办公室", "官山镇"))


def _wild_word(codes: str, random: Random) -> str:
    known = code_lists()[codes]
    several = "、".join(random.sample(known.values, min(3, len(known.values))))
    return random.choice((*known.values, *known.values, *known.words, several, "不知道"))


def _wild_id(random: Random) -> str:
    if random.random() < 0.1:
        return random.choice(("C1234567", "无", "320324800101001", "P987654321", "*" * 18))
    day = _FIRST + timedelta(days=random.randrange(90_000 if random.random() < 0.5 else 64_000))
    written = f"{day:%Y%m%d}" if random.random() < 0.9 else f"{day:%Y}0230"
    first = f"320324{written}{random.randrange(1000):03}"
    last = check_character(first) if random.random() < 0.8 else random.choice("0X?x")
    return first + last + random.choice(_TAILS)


def _wild_code(random: Random) -> str:
    digits = "".join(random.choices("0123456789", k=random.randrange(4, 32)))
    return random.choice((digits, f"320324105201{digits[:6]}", f"{digits[:-1]}O", f" {digits}"))
