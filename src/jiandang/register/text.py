"""What people's typing adds to a text, and how it is taken off again."""

import re
import unicodedata

# Characters that show nothing: zero-width blanks and joiners, direction marks, BOM, soft hyphen.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0xFEFF, 0x2060, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
)
_BLANKS = re.compile(r"\s+")
_QUOTES = "'’‘`＇"
_IRREGULAR = re.compile(
    r"^[\s'’‘`＇]|\s$|[\u00a0\u3000\u00ad\ufeff\u2060\u180e\u200b-\u200f\u202a-\u202e]"
    r"|[\t\r\n\v\f]|[０-９Ａ-Ｚａ-ｚ]"
)
_INNER_BLANK = re.compile(r"\s")


def plain(text: str) -> str:
    """`text` in half-width form, without invisible characters, outer blanks and apostrophes."""
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return _BLANKS.sub(" ", text).strip().lstrip(_QUOTES).strip()


def solid(text: str) -> str:
    """`plain(text)` without any blank inside: names, numbers, codes."""
    return plain(text).replace(" ", "")


def is_irregular(text: str, *, inner_blanks: bool) -> bool:
    """Whether `text` was typed so that only cleaning makes it comparable (文字不规范).

    Blanks inside count only where `inner_blanks` is set: an office's name may have them.
    """
    if _IRREGULAR.search(text):
        return True
    return inner_blanks and _INNER_BLANK.search(text) is not None
