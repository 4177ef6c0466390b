"""A line that names a household: 户编号：01  户主：张三  村：王庄村, or in pairs of cells.

第3户 is the household's number where the line has no other: 第3户 户主：张三, 第三户：张三.
So is the 三 of 三、张三户（5人）, if 张三 is a member below.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.han_numerals import with_digits
from jiandang.register.resident_id import is_valid
from jiandang.register.text import plain

_LABEL = regex(r"([^\s:,;、()]{1,8}):")
_NUMERAL = "([0-9]{1,4}|[一二三四五六七八九十百]{1,5})"
# 第1户, （第一户）; 1、户主：张三
_ORDER = regex(
    rf"\(?第\s*{_NUMERAL}\s*户\)?(?=[\s,;:、(]|户主|$)|\(?{_NUMERAL}[.、)]\s*(?=户主(?:姓名)?:\s*[一-龥·]{{2,4}}(?:[\s,;、(]|$))"
)
# 第1户：张三, 第1户 户主张三, 第1户 张三
_NAME_BEHIND = regex("[一-龥·]{2,4}")
_NO_NAME = regex("[户人口贫困低五保残共]")
_HEAD_BEHIND = regex(r"^(?::(?!$)|户主(?:姓名)?(?=[^:姓名]{2,4}(?:[\s,;、(]|$)))")
# 张三（320324105201002）
_WITH_NUMBER = regex(r"(.+?)\(([0-9]{12,20})\)")
# 张三(缺劳力，13812345678)
_WITH_MORE = regex(r"([一-龥·]{2,8})\(.*\)")
# 三、张三户(5人), 张三户 320324105201002
_OF_HEAD = regex(
    rf"(?:第?\(?{_NUMERAL}\)?[、.]?\s*)?([一-龥·]{{2,8}})户(?:\s*([0-9]{{12,20}})|\((?:共?([0-9]{{1,2}})人)?.*\))?"
)
# 家庭人口5人 behind the value of another, and 三组.
_WITHOUT_COLON = regex("([一-龥]{2,6}?)([0-9]+(?:\\.[0-9]+)?[^0-9:]{0,3})")
_GROUP = regex("[0-9一-龥]{1,5}组")
_PLACE = regex("([一-龥]{1,7}?(?:村|社区|居委会))(第?[0-9一二三四五六七八九十]{1,3}组)?")
# 320324105201001(王庄村一组)
_BRACKET = regex(r"([0-9]+)\s*\(([^()]*)\)(.*)")
_TELLING = ("household_id", "head_name")
_AROUND = " ,;、"
_HEADS = {
    "户主": "head_name", "户主名": "head_name", "户号": "household_id",
    "人口": "size", "人数": "size", "电话": "phone", "属性": "household_type",
}  # fmt: skip
_LEAST_PAIRS = 2
# What stands before a household's number in a cell of its own.
NUMBER_LABELS = {
    label + colon for label in ("户编号", "户号", "户码", "贫困户编号") for colon in ("", ":", "：")
}

# What a line says by the household's columns, with the sheet's columns in which it stands.
Said = Mapping[str, tuple[str, int]]


def said_of_home(row: Sequence[Raw], vocabulary: Vocabulary, heads: Collection[str] = ()) -> Said:
    """What a line says of a household; nothing where it is none, or anything else stands in it.

    `heads` are the names of those who may head it: by such a name alone it is told as well.
    """
    if heads and (said := _said_by_head(row, heads)):
        return said
    pairs: list[tuple[str, str, int]] = []
    label, at = "", 0  # one whose value is in the next cell, and where it stands
    order: tuple[str, int] | None = None
    for position, cell in enumerate(row):
        text = plain(as_text(cell))
        if not text:
            continue
        if order is None and not pairs and (found := _ORDER.match(text)):
            order = with_digits(found[1] or found[2]), position
            text = _HEAD_BEHIND.sub("户主:", text[found.end() :].lstrip(_AROUND))
            if _NAME_BEHIND.fullmatch(text) and not _NO_NAME.search(text):
                text = f"户主:{text}"
            if not text.strip(":"):
                continue
        labels = [*_LABEL.finditer(text)]
        if label and not labels:
            if vocabulary.knows(heading_key(text)):
                return {}  # a heading
            pairs.append((label, text, position))
            label = ""
            continue
        if label:
            pairs.append((label, "", at))
        label, at = "", position
        if not labels:
            known = sum(bool(_column_of(name, vocabulary)) for name, *_ in pairs)
            if _column_of(text, vocabulary) or known >= _LEAST_PAIRS:
                label = text
            else:
                return {}
            continue
        stops = [match.start() for match in labels[1:]] + [len(text)]
        own = [(m[1], text[m.end() : stop]) for m, stop in zip(labels, stops, strict=True)]
        if not own[-1][1].strip(_AROUND):
            label = own.pop()[0]
        for name, value in own:
            pairs += ((*each, position) for each in _apart(name, value.strip(_AROUND), vocabulary))
    if label:
        pairs.append((label, "", at))
    said = {
        column: (value, position)
        for name, value, position in pairs
        if (column := _column_of(name, vocabulary))
    }
    name, position = said.get("head_name", ("", 0))
    if (both := _WITH_NUMBER.fullmatch(name)) and not is_valid(both[2]):
        said["head_name"] = both[1], position
        order = both[2], position
    elif more := _WITH_MORE.fullmatch(name):
        said["head_name"] = more[1], position
    if order is not None and not said.get("household_id", ("", 0))[0]:
        said["household_id"] = order
    if not any(value for value, _ in said.values()):
        return {}
    number, _ = said.get("household_id", ("", 0))
    is_labelled = any(":" in plain(as_text(row[position])) for _, position in said.values())
    is_named = "head_name" in said and (is_labelled or len(said) >= _LEAST_PAIRS)
    return said if is_named or any(map(str.isdigit, number)) else {}


def _said_by_head(row: Sequence[Raw], heads: Collection[str]) -> Said:
    """What a lone text says of a household that it names by its head: 三、张三户（5人）."""
    filled = [(position, plain(as_text(cell))) for position, cell in enumerate(row) if cell != ""]
    if len(filled) != 1 or not (found := _OF_HEAD.fullmatch(filled[0][1])):
        return {}
    order, name, number, size = found.groups()
    said = {
        "head_name": name,
        "household_id": number or (with_digits(order) if order else None),
        "size": size,
    }
    position = filled[0][0]
    return {n: (text, position) for n, text in said.items() if text} if name in heads else {}


def _apart(label: str, value: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """A label and its value, and those behind it without a colon: ，家庭人口5人, 三组.

    Behind the household's number or its head, at a blank, comma or bracket, is what is none of it:
    320324105201001（王庄村一组）.
    """
    kept: list[str] = []
    column = _column_of(label, vocabulary)
    if column == "household_id" and (bracket := _BRACKET.fullmatch(value)):
        value = " ".join(bracket.groups())
    for part in re.split("([ ,;、]+)", value):
        number = _WITHOUT_COLON.fullmatch(part)
        place = _PLACE.fullmatch(part) if kept and column in _TELLING else None
        if number and _column_of(number[1], vocabulary):
            yield number[1], number[2]
        elif place:
            yield "行政村", place[1]
            if place[2]:
                yield "村民小组", place[2]
        elif kept and _GROUP.fullmatch(part) and column != "group":
            yield "村民小组", part
        elif column not in _TELLING or not kept or _goes_on(column, "".join(kept), part):
            kept.append(part)
    yield label, "".join(kept).strip(_AROUND)


def _goes_on(column: str, before: str, part: str) -> bool:
    """Whether a part is more of the number or name before it: there may be blanks within.

    What is in brackets behind a name is looked at with it.
    """
    if not part.strip() or "(" in before:
        return True
    if not before.endswith(" "):
        return False
    if column == "household_id":
        return part.isascii()
    whole = (before + part).replace(" ", "")
    return bool(_NAME_BEHIND.fullmatch(whole)) and not _NO_NAME.search(part)


def _column_of(label: str, vocabulary: Vocabulary) -> str:
    key = heading_key(label)
    meaning = vocabulary.meaning(key, ["household"])
    return meaning.column if meaning is not None else _HEADS.get(key, "")
