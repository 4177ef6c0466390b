"""Regular expressions that are compiled when they are first asked.

Reading knows some 500 of them, of which a run asks a third. To compile all as their modules are
imported takes a tenth of the time that a small file does.
"""

import re
from typing import Any, cast

_ASKED = ("fullmatch", "match", "search", "finditer", "findall", "split", "sub", "subn", "pattern")


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, later."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        # Asked again, the compiled one answers at once.
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(self, name)
