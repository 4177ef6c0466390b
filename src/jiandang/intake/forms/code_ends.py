"""The codes of households on pages: whole ones, and the last digits of one."""

from jiandang.patterns import regex

_LEAST_CODE = 12
# …1001, ****1001, 3203****1001: what stands for the digits that are left out.
_LEFT_OUT = regex(r"[*×…·_]+|[.xX—-]{2,}")


def is_whole(code: str) -> bool:
    """Whether it is all of a code."""
    return len(code) >= _LEAST_CODE and not _LEFT_OUT.search(code)


def is_end(code: str, whole: str) -> bool:
    """Whether a code is the end of a whole one, or all of it but for digits that are left out."""
    first, *others = _LEFT_OUT.split(code)
    if others:
        return others[-1] != "" and whole.startswith(first) and whole.endswith(others[-1])
    return whole.endswith(code)
