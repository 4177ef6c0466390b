"""How values are shown: dates, numbers, and private numbers with their middle hidden."""

import re
from datetime import date

from jiandang.register.cells import as_text

# What looks like an identity number wherever it stands: a birth date inside 15 to 22 digits.
_IDENTITY = re.compile(r"[1-9][0-9]{5}(?:(?:19|20)[0-9]{9}[0-9Xx]|[0-9]{9})(?:[0-9]{2,4})?")
_SHORT = 7


# The same where the whole text is one: 15 digits may as well be a household's number.
_WHOLE_IDENTITY = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?:[0-9]{2,4})?")


def is_identity(text: str) -> bool:
    """Whether a code is an identity number, used for want of a better one."""
    return _WHOLE_IDENTITY.fullmatch(text) is not None


def mask(text: str) -> str:
    """The ends of a private number: `320324********0012`, `138****5678`."""
    if len(text) <= _SHORT:
        return text[:2] + "*" * max(len(text) - 2, 0)
    head = 6 if len(text) >= 15 else 3
    tail = 4 if len(text) > head + 4 else 2
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def mask_identities(text: str) -> str:
    """`text` with every identity number in it masked."""
    return _IDENTITY.sub(lambda match: mask(match[0]), text)


def show(value: object) -> str:
    """A value as a clerk writes it."""
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return "、".join(show(item) for item in value)
    return as_text(value) if isinstance(value, (str, int, date)) else str(value)
