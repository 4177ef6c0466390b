"""Bank card numbers (银行卡号): the check digit of ISO/IEC 7812."""

import re

import polars as pl

_LONGEST_CARD = 19
_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(bytes(range(10)), bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


def luhn_ok(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit. Passbook numbers (存折账号) have none."""
    if re.fullmatch("[0-9]+", digits) is None:
        return False
    numbers = digits.encode().translate(_VALUES)
    # Every second digit from the right counts double, 12 as 1 + 2.
    return (sum(numbers[::-2]) + sum(numbers[-2::-2].translate(_DOUBLED))) % 10 == 0


def luhn_ok_expr(digits: pl.Expr) -> pl.Expr:
    """The same over a column of card numbers of at most 19 digits."""
    number = digits.cast(pl.UInt64, strict=False)  # which has room for all of 19 digits
    total = pl.lit(0)
    for place in range(_LONGEST_CARD):
        digit = number // 10**place % 10
        total = total + (digit * 2 - (digit > 4) * 9 if place % 2 else digit)
    return total % 10 == 0
