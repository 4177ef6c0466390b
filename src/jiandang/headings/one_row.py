"""One row told by headings, as `model_validate` takes it: what its keys say, as those of a file do.

The models know their own headings; here they are read as those of a file are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from jiandang.headings.periods import day_in
from jiandang.headings.printed import options_of
from jiandang.headings.steps import is_step, step_of
from jiandang.headings.text import heading_key, without_brackets
from jiandang.headings.units import unit_scale
from jiandang.headings.vocabulary import Meaning, Vocabulary, meaning_of
from jiandang.register.cells import Context, InContext
from jiandang.register.tables import COLUMNS, MODELS, TITLES
from jiandang.register.text import solid

_VOCABULARY = Vocabulary(names=tuple(COLUMNS))
_LONGEST = 100
_FEW = 4


@dataclass(frozen=True)
class Key:
    """What a key of a row says: the fields, and how their cell is read; or why it says nothing.

    Of two fields, which a period in one cell has, the first takes its first day.
    """

    fields: tuple[str, ...] = ()
    provincial: bool = False
    scale: float = 1
    options: Mapping[str, str] | None = None
    refused: str = ""

    def cells(self, raw: Any, context: Context) -> Iterator[tuple[str, Any]]:
        """The fields, each with its cell."""
        own = replace(context, provincial=self.provincial, scale=self.scale, options=self.options)
        for field in self.fields:
            last = field == self.fields[-1]
            cell = day_in(raw, context.year, last=last) if len(self.fields) > 1 else raw
            yield field, cell if own == context and not self.options else InContext(cell, own)


@lru_cache(4096)
def key_of(table: str, text: str) -> Key:
    """What a key says in a row of this table of the register."""
    heading = solid(text[:_LONGEST])
    if text in COLUMNS[table]:
        return Key((text,))
    meaning = meaning_of([heading], [table], _VOCABULARY) if heading else None
    if meaning is not None:
        return _read_as(meaning, heading)
    return Key(refused=_why_unknown(table, text, heading))


def _read_as(meaning: Meaning, heading: str) -> Key:
    column = COLUMNS[meaning.table][meaning.column]
    step = step_of([heading])
    if step is not None and step.is_period and step.column == column.id:
        return Key((step.column, step.last))
    if meaning.is_in_other_unit(heading):
        return Key(refused=f"“{heading}”的单位不能换算，请换算成“{column.heading}”再填")
    scale = unit_scale([heading], column.cell)
    options = options_of([heading], column)
    return Key((column.id,), meaning.provincial, 1 if scale is None else scale, options)


def _why_unknown(table: str, text: str, heading: str) -> str:
    title, key = TITLES[table], heading_key(heading)
    why = f"{title}表没有“{text[:_LONGEST]}”这一列"
    several = _several(table, key)
    if len(several) > 1:
        return f"“{text[:_LONGEST]}”可能是{'、'.join(several)}，请写明是哪一列"
    for other in MODELS:
        meaning = meaning_of([heading], [other], _VOCABULARY) if other != table and key else None
        if meaning is not None:
            called = COLUMNS[other][meaning.column].heading
            return f"{why}，{TITLES[other]}表（{MODELS[other].__name__}）有“{called}”"
    if (of_head := _VOCABULARY.of_head(key)) is not None:
        called = COLUMNS["member"][of_head.column].heading
        return f"{why}，户主的写在成员表（Member）户主那一行的“{called}”"
    known = _VOCABULARY.tables[table]
    near = get_close_matches(key, [*known, *COLUMNS[table]], n=1, cutoff=0.6)
    for name in near:
        called = COLUMNS[table][known[name].column].heading if name in known else name
        return f"{why}，最接近的是“{called}”"
    return why


def _several(table: str, key: str) -> list[str]:
    """The columns that a key may mean as well as each other: those that go on with it, or end."""
    if len(key) < 2:
        return []
    known = _VOCABULARY.tables[table]
    loose = [m.column for own, m in known.items() if without_brackets(own) == key]
    ending = [m.column for own, m in known.items() if own.endswith(key)]
    columns = dict.fromkeys(loose or ending)
    found = [f"“{COLUMNS[table][name].heading}”" for name in columns]
    if table == "procedure" and is_step(key):
        found += [
            f"“{each}”" for each in (f"{level}{key}" for level in "村镇县") if step_of([each])
        ]
    return found if len(found) <= _FEW else []
