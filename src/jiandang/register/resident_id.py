"""The citizen identity number (公民身份号码, GB 11643), one number at a time.

Region 6 + birth date 8 + serial 3 + check character; odd serials are men.
Until 1999 it had 15 digits: a two-digit year and no check character.

A digit is always [0-9]: ``str.isdigit`` and ``\\d`` also take ３ and ٣.
The same over whole columns is in resident_id_columns.
"""

import re
from datetime import date

WELL_FORMED = "[0-9]{17}[0-9X]"
OLD = "[0-9]{15}"

# The standard's weights are 2^17, 2^16 … 2 (mod 11). As 13 ≡ 2 (mod 11), the 17 digits read as
# one number in base 13 give half the weighted sum: one conversion in place of 17 products.
CHECK_BASE = 13
CHECK_CHARACTERS = "0123456789X"


def is_well_formed(text: str) -> bool:
    """Whether it is 17 digits and a digit or capital X: says nothing of what they mean."""
    return re.fullmatch(WELL_FORMED, text) is not None


def is_old(text: str) -> bool:
    """Whether it has the form of a number of before 1999 (15位旧号)."""
    return re.fullmatch(OLD, text) is not None


def check_character(first17: str) -> str:
    """The 18th character (校验码) that belongs to the first 17 digits."""
    if re.fullmatch("[0-9]{17}", first17) is None:
        raise ValueError(f"应为17位数字：{first17!r}")
    return CHECK_CHARACTERS[(1 - 2 * int(first17, CHECK_BASE)) % 11]


def upgrade(old15: str) -> str:
    """The 18-character form of an old number (旧号升位): all its holders were born in 19xx."""
    if not is_old(old15):
        raise ValueError(f"应为15位数字：{old15!r}")
    first17 = f"{old15[:6]}19{old15[6:]}"
    return first17 + check_character(first17)


def birth_date(text: str) -> date | None:
    """The date of birth in the number; None if there is no such day or the form is wrong."""
    if not is_well_formed(text):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def sex(text: str) -> str | None:
    """男 or 女 by the 17th digit; None if the form is wrong."""
    if not is_well_formed(text):
        return None
    return "男" if text[16] in "13579" else "女"


def is_valid(text: str) -> bool:
    """Form, date and check character are right. The region is not looked at (see region_codes)."""
    return birth_date(text) is not None and check_character(text[:17]) == text[17]
