"""Names of people: which blanks in them are padding, and which part two names, or name and note."""

import re

import polars as pl

from jiandang.patterns import regex
from jiandang.register.text import simplified_expr

COMPOUND_SURNAMES = (
    "欧阳|司马|诸葛|上官|司徒|东方|独孤|南宫|夏侯|尉迟|皇甫|公孙|慕容|宇文|长孙|令狐|"
    "钟离|闻人|端木|申屠|公冶|赫连|澹台|濮阳|淳于|单于|太史|轩辕|呼延|东郭|西门|南门|"
    "百里|鲜于|司空|闾丘|万俟|宗政|仲孙|太叔"
)
# Of a name's characters one that could not be typed is a ? or a box.
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff?□"
_WORD = rf"[\w{_HAN}]"
# Each begins where a word or a blank does, and gives nothing back: a cell of 30,000 characters
# would take the square of that.
_WORDS = regex(rf"(?<!{_WORD}){_WORD}++(?:\s++{_WORD}++)+")
_BESIDE_A_SIGN = regex(rf"(?<!\s)\s++(?!{_WORD})|(?<!{_WORD}|\s)\s+")
_HAN_ALONE = regex(f"[{_HAN}]+")
_LATIN = regex(r"[A-Za-z\s]+")
_COMPOUND = regex(COMPOUND_SURNAMES)
_LONGEST = 4  # characters of a name that is not written with a dot
# A character beside a whole name that says who that is, or what became of him: 张三 亡.
_NOTES = frozenset("亡故死嫁残走男女妻夫子父母儿媳婿孙户")
_NO_SURNAMES = frozenset("亡故死嫁残男女妻夫子父儿媳婿户")


# What became of somebody, behind his name, and when; or that his household is meant.
_WHEN = r"(?:(?:20)?\d\d[年./-])?(?:\d{1,2}[月./-])?(?:\d{1,2}[日号]?)?"
_FATE = (
    r"[-—–－_/、,，;；:：]*" + _WHEN + r"(?:已经?|因病|于)*"
    r"(?:亡故|去世|过世|死亡|病故|病亡|故|亡|死)了?$"
)


def plain_name_expr(names: pl.Expr) -> pl.Expr:
    """Names as they are compared: simplified, without blanks, dots and notes behind them."""
    bare = simplified_expr(names).str.replace(r"[(（\[【].*$", "")
    bare = bare.str.replace_all(r"[\s·]", "")
    bare = bare.str.replace(f"^(.{{2,}}?){_FATE}", "$1")
    return bare.str.replace("^(.{2,})户$", "$1").replace("", None)


def without_padding(text: str) -> str:
    """A name without the blanks that fill it up: 张　三, 王 志强, 买买提 ·艾力.

    Blanks stay where taking them out would make one of two: 周敬贤 李华, 钱国安 已故, Li Na. Signs
    part what stands on both sides of them, so that blanks beside them are padding.
    """
    return _WORDS.sub(_joined, _BESIDE_A_SIGN.sub("", text))


def _joined(match: re.Match[str]) -> str:
    parts = match[0].split()
    if _is_one_name(parts):
        return "".join(parts)
    return " ".join(parts) if _LATIN.fullmatch(match[0]) else match[0]


def _is_one_name(parts: list[str]) -> bool:
    """Whether the parts of a text are one name, spread or broken.

    A single character is nobody's name, so that the parts of 王 强 are one. Two whole words are
    only where the first is a compound surname.
    """
    name = "".join(parts)
    if len(name) > _LONGEST or not _HAN_ALONE.fullmatch(name):
        return False
    if len(name) == _LONGEST and not _COMPOUND.match(name):
        return len(parts) == 2 and len(parts[0]) == 1 and parts[0] not in _NO_SURNAMES
    if len(parts) == 2 and len(name) > 2:
        first, last = parts
        return first not in _NO_SURNAMES and not (len(last) == 1 and last in _NOTES)
    return True
