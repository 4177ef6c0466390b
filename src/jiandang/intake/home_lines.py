"""A line that names a household: 户编号：01  户主：张三  村：王庄村, or in pairs of cells.

第3户 is the household's number where the line has no other: 第3户 户主：张三, 第三户：张三.
"""

import re
from collections.abc import Mapping, Sequence

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.register.cells import Raw, as_text
from jiandang.register.han_numerals import with_digits
from jiandang.register.resident_id import is_valid
from jiandang.register.text import plain

_LABEL = re.compile(r"([^\s:,;、()]{1,8}):")
_NUMERAL = "([0-9]{1,4}|[一二三四五六七八九十百]{1,5})"
# 第1户, （第一户）; 1、户主：张三
_ORDER = re.compile(
    rf"\(?第\s*{_NUMERAL}\s*户\)?(?=[\s,;:、(]|户主|$)|\(?{_NUMERAL}[.、)]\s*(?=户主(?:姓名)?:\s*[一-龥·]{{2,4}}(?:[\s,;、(]|$))"
)
# 第1户：张三, 第1户 户主张三, 第1户 张三
_NAME_BEHIND = re.compile("[一-龥·]{2,4}")
_NO_NAME = re.compile("[户人口贫困低五保残共]")
_HEAD_BEHIND = re.compile(r"^(?::(?!$)|户主(?:姓名)?(?=[^:姓名]{2,4}(?:[\s,;、(]|$)))")
# 张三（320324105201002）
_WITH_NUMBER = re.compile(r"(.+?)\(([0-9]{12,20})\)")
_AROUND = " ,;、"
_HEADS = {"户主": "head_name", "户主名": "head_name", "户号": "household_id"}
_LEAST_PAIRS = 2

# What a line says by the household's columns, with the sheet's columns in which it stands.
Said = Mapping[str, tuple[str, int]]


def said_of_home(row: Sequence[Raw], vocabulary: Vocabulary) -> Said:
    """What a line says of a household; nothing where it is none, or anything else stands in it."""
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
            if _column_of(text, vocabulary):
                label = text
            else:
                return {}
            continue
        stops = [match.start() for match in labels[1:]] + [len(text)]
        own = [(m[1], text[m.end() : stop]) for m, stop in zip(labels, stops, strict=True)]
        if not own[-1][1].strip(_AROUND):
            label = own.pop()[0]
        pairs += [(name, value.strip(_AROUND), position) for name, value in own]
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
    if order is not None and not said.get("household_id", ("", 0))[0]:
        said["household_id"] = order
    if not any(value for value, _ in said.values()):
        return {}
    number, _ = said.get("household_id", ("", 0))
    is_labelled = any(":" in plain(as_text(row[position])) for _, position in said.values())
    is_named = "head_name" in said and (is_labelled or len(said) >= _LEAST_PAIRS)
    return said if is_named or any(map(str.isdigit, number)) else {}


def _column_of(label: str, vocabulary: Vocabulary) -> str:
    key = heading_key(label)
    meaning = vocabulary.meaning(key, ["household"])
    return meaning.column if meaning is not None else _HEADS.get(key, "")
