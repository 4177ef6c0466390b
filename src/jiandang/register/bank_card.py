"""Bank card numbers (银行卡号): the check digit of ISO/IEC 7812."""

import re

import polars as pl

_LONGEST_CARD = 19


def luhn_ok(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit. Passbook numbers (存折账号) have none."""
    if re.fullmatch("[0-9]+", digits) is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        # Every second digit from the right counts double, 12 as 1 + 2.
        total += sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
    return total % 10 == 0


def luhn_ok_expr(digits: pl.Expr) -> pl.Expr:
    """The same over a column of card numbers of at most 19 digits."""
    padded = digits.str.zfill(_LONGEST_CARD)  # zeros in front change nothing
    total = pl.lit(0)
    for place in range(_LONGEST_CARD):
        digit = padded.str.slice(_LONGEST_CARD - 1 - place, 1).cast(pl.Int64, strict=False)
        total = total + (digit * 2 - (digit > 4) * 9 if place % 2 else digit)
    return total % 10 == 0
