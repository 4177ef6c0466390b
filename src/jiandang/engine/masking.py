"""How values are shown: dates, numbers, and private numbers with their middle hidden."""

import re
from datetime import date

from jiandang.register.cells import as_text

_PHONE_OR_CARD = r"1[3-9][0-9]{9}|62[0-9]{14,17}"
_MODERN = r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?:[0-9]{2,4})?"
# What looks like a private number wherever it stands: an identity number or a disability card,
# an old number of 15 digits, a mobile phone, a bank card.
_PRIVATE = re.compile(
    rf"{_MODERN}|[1-9][0-9]{{14}}(?:[0-9]{{2,4}})?|(?<![0-9])(?:{_PHONE_OR_CARD})(?![0-9])"
)
# The same where the whole text is one: 15 digits may as well be a household's number.
_WHOLE = re.compile(f"{_MODERN}|{_PHONE_OR_CARD}")
_SHORT = 7
# No private number has fewer characters than a mobile phone.
_LEAST = 11


def is_private(text: str) -> bool:
    """Whether a code is somebody's own number, used for want of a better one."""
    return _WHOLE.fullmatch(text) is not None


def mask(text: str) -> str:
    """The ends of a private number: `320324********0012`, `138****5678`."""
    if len(text) <= _SHORT:
        return text[:2] + "*" * max(len(text) - 2, 0)
    head = 6 if len(text) >= 15 else 3
    tail = 4 if len(text) > head + 4 else 2
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def mask_private(text: str) -> str:
    """`text` with every private number in it masked, whatever column it was typed in."""
    if len(text) < _LEAST:
        return text
    return _PRIVATE.sub(lambda match: mask(match[0]), text)


def mask_code(text: str) -> str:
    """The number of a household or a place, masked only where it is somebody's own number."""
    return mask(text) if is_private(text) else text


def show(value: object) -> str:
    """A value as a clerk writes it."""
    if isinstance(value, str):
        return value
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return "、".join(show(item) for item in value)
    return as_text(value) if isinstance(value, (int, date)) else str(value)
