"""Bank card numbers (银行卡号): the check digit of ISO/IEC 7812."""

import re


def luhn_ok(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit. Passbook numbers (存折账号) have none."""
    if re.fullmatch("[0-9]+", digits) is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        # Every second digit from the right counts double, 12 as 1 + 2.
        total += sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
    return total % 10 == 0
