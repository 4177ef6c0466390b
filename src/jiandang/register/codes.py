"""The code lists (代码表) of codes.toml: which words and numbers mean which value."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jiandang.register.text import solid


@dataclass(frozen=True)
class CodeList:
    """One code list: its values in order, and what people write for each of them.

    `numbers_sp` is the numbering of the provincial forms of 2012-2015 (S-P), whose numbers may
    mean other values than the national ones.
    """

    name: str
    title: str
    values: tuple[str, ...]
    words: dict[str, str]
    numbers: dict[str, str]
    numbers_sp: dict[str, str]

    def find(self, text: str, *, provincial: bool = False) -> str | None:
        """The value that `text` (a word, `1`, `01`, `1:男`) stands for, or None."""
        if (value := self.words.get(text)) is not None:
            return value
        numbers = (self.numbers_sp if provincial else self.numbers) or self.numbers
        number, _, word = text.partition(":")
        if not word:
            number, _, word = text.partition(".")
        if word and (value := self.words.get(word)) is not None:
            return value if number.isdecimal() else None
        return numbers.get(number.lstrip("0") or "0") if not word else None


def _numbered(numbers: dict[str, str], values: tuple[str, ...], name: str) -> dict[str, str]:
    unknown = set(numbers.values()) - set(values)
    if unknown:
        raise ValueError(f"codes.toml: {name}: 编号指向不存在的值 {sorted(unknown)}")
    return numbers


@cache
def code_lists() -> dict[str, CodeList]:
    """All code lists by name."""
    text = resources.files(__package__).joinpath("codes.toml").read_text(encoding="utf-8")
    lists = {}
    for name, entry in tomllib.loads(text).items():
        values = tuple(entry["values"])
        words = {solid(value): value for value in values}
        suffix = entry.get("optional_suffix", "")
        words.update({value.removesuffix(suffix): value for value in values})
        for value, synonyms in entry.get("words", {}).items():
            if value not in values:
                raise ValueError(f"codes.toml: {name}: {value} 不在 values 中")
            words.update((solid(synonym), value) for synonym in synonyms)
        lists[name] = CodeList(
            name,
            entry["title"],
            values,
            words,
            _numbered(entry.get("numbers", {}), values, name),
            _numbered(entry.get("numbers_sp", {}), values, name),
        )
    return lists
