"""A line that names a household: 户编号：01  户主：张三  村：王庄村, or in pairs of cells."""

import re
from collections.abc import Mapping, Sequence

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.register.cells import Raw, as_text
from jiandang.register.text import plain, solid

_LABEL = re.compile(r"([^\s:,;、()]{1,8}):")
_NUMBER_OF_LINE = re.compile("第.{1,4}户")
_AROUND = " ,;、"
_HEADS = {"户主": "head_name", "户主名": "head_name", "户号": "household_id"}
_LEAST_PAIRS = 2

# What a line says by the household's columns, with the sheet's columns in which it stands.
Said = Mapping[str, tuple[str, int]]


def said_of_home(row: Sequence[Raw], vocabulary: Vocabulary) -> Said:
    """What a line says of a household; nothing where it is none, or anything else stands in it."""
    pairs: list[tuple[str, str, int]] = []
    label, at = "", 0  # one whose value is in the next cell, and where it stands
    for position, cell in enumerate(row):
        text = plain(as_text(cell))
        if not text:
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
            elif pairs or not _NUMBER_OF_LINE.fullmatch(solid(text)):
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
