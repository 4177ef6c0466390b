"""The code lists (代码表) of codes.toml: which words and numbers mean which value."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from jiandang.patterns import regex
from jiandang.register.text import simplified, solid, without_circles

_NUMBERED = regex(r"\(?([0-9]{1,3})\)?[:.、,-]?(.*)")
_BRACKETED = regex(r"([^()\[\]]+)[(\[]([^()\[\]]*)[)\]]")
# What takes back, in brackets, what stands before them: 低保户(已取消).
_TAKEN_BACK = regex("[不非未无没已曾原前退]|取消")
# What says, anywhere in a text, that it is not so: 未去上海, 拟迁出, 误登死亡.
_DENIED = regex("[未没拟误]|不[再去在]")
_OTHER = "其他"
_NEGATIONS = frozenset("不非未无没")
_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
# 二级 is also written II级 or Ⅱ级.
_ROMAN_IN_HAN = {"I": "一", "II": "二", "III": "三", "IV": "四", "V": "五"}
_ROMAN = regex("(?<![A-Z])(?:I{1,3}|IV|V)(?=级)")
# Words of so many letters may differ in more than one.
_LONG = 5
_LONG_CUTOFF = 0.8


@dataclass(frozen=True)
class CodeList:
    """One code list: its values in order, and what people write for each of them.

    `words` are those of forms, `spoken` those of people; `prefixes` may stand before either.
    `narrower` are words for a part of what a value names (高血压 for 长期慢性病), `patterns` such
    as are put together from several (肢体残疾二级 for 残疾).
    `specific` are words that say more than their value, so that they are better left: 小学三年级.
    `places` are what may stand anywhere in a text; `slips` are misspellings, for a hint and not to
    be read. `numbers_sp` is the numbering of the provincial forms of 2012-2015 (S-P), whose numbers
    may mean other values than the national ones.
    """

    name: str
    title: str
    values: tuple[str, ...]
    words: dict[str, str]
    spoken: dict[str, str]
    narrower: dict[str, str]
    patterns: dict[str, str]
    specific: frozenset[str]
    places: dict[str, str]
    prefixes: tuple[str, ...]
    slips: dict[str, str]
    unclear: dict[str, list[str]]
    numbers: dict[str, str]
    numbers_sp: dict[str, str]

    def find(self, text: str, *, provincial: bool = False) -> str | None:
        """The value that `text` (a word, `1`, `01`, `①`, `1:男`) stands for, or None."""
        if (value := self.words.get(text)) is not None:
            return value
        match = _NUMBERED.fullmatch(without_circles(text))
        if match is None:
            return None
        number, word = match.groups()
        if word:
            return self.words.get(word)
        numbers = (self.numbers_sp if provincial else self.numbers) or self.numbers
        return numbers.get(number.lstrip("0") or "0")

    def find_spoken(self, text: str, *, provincial: bool = False) -> str | None:
        """The one value that a text means which is no word of the forms: 闺女, 配偶(妻), c级."""
        if (value := self._find_any(text, provincial)) is not None:
            return value
        match = _BRACKETED.fullmatch(text)
        if match is None or _TAKEN_BACK.search(match[2]):
            return None
        value, remark = (self._find_any(part, provincial) for part in match.groups())
        return value if remark in (None, value) else None

    def says_more(self, text: str) -> bool:
        """Whether a text says more than a value: a place, a disease, a remark, what is 其他."""
        if any(form in self.specific for form in self._forms(text)):
            return True
        if self.find_spoken(text) == _OTHER and text[:1] != _OTHER[0]:
            return True
        if text in self.words:
            return False
        is_narrower = any(self._find_narrower(form) is not None for form in self._forms(text))
        is_placed = any(place in text for place in self.places)
        return is_narrower or is_placed or _BRACKETED.match(text) is not None

    def _find_narrower(self, form: str) -> str | None:
        """What a word says that names a part of a value."""
        if (value := self.narrower.get(form)) is not None or not self.patterns:
            return value
        return next((v for v, p in self.patterns.items() if re.fullmatch(p, form)), None)

    def _find_any(self, text: str, provincial: bool) -> str | None:
        for form in self._forms(text):
            value = self.find(form, provincial=provincial) or self.spoken.get(form)
            value = value or self._find_narrower(form)
            if value is not None:
                return value
        return self._find_place(text)

    def _find_place(self, text: str) -> str | None:
        """The one value of what stands in a text; 整户迁出 is no 迁出, 未去上海 no 上海."""
        found = [place for place in self.places if place in text]
        whole = [p for p in found if not any(p in other and p != other for other in found)]
        values = {self.places[place] for place in whole}
        if len(values) != 1:
            return None
        for place in whole:
            text = text.replace(place, "")
        return None if _DENIED.search(text) else values.pop()

    def _forms(self, text: str) -> Iterator[str]:
        yield text
        yield text.upper()
        yield simplified(text)
        yield text.translate(_HAN_DIGITS)
        yield _ROMAN.sub(lambda roman: _ROMAN_IN_HAN[roman[0]], without_circles(text).upper())
        for prefix in self.prefixes:
            if text.startswith(prefix) and text != prefix:
                yield text.removeprefix(prefix)

    def _differs(self, text: str, word: str) -> bool:
        """Whether the letter in which two short words differ is what tells them from others.

        All that 砖路 and 土路 share stands in 水泥路 too.
        """
        if len(text) != 2 or len(word) != 2:
            return False
        shared = {*text} & {*word}
        values = {value for each, value in self.words.items() if shared & {*each}}
        return text != word[::-1] and len(values) > 1

    def nearest(self, text: str) -> str:
        """The value that an unknown text is a misspelling of; empty where it could be several."""
        if (value := self.slips.get(text)) is not None:
            return value
        # 务工 is part of several values: it is too little, not misspelt.
        if len({value for word, value in self.words.items() if text in word}) > 1:
            return ""
        words = [w for w in self.words if _is_one_slip_off(text, w) and not self._differs(text, w)]
        longest = max(map(len, self.words))
        if not words and _LONG <= len(text) < 2 * longest:  # none is near of half the length
            words = get_close_matches(text, self.words, n=5, cutoff=_LONG_CUTOFF)
        # 未务工 is the contrary of 务工, however near the letters are.
        alike = [w for w in words if _NEGATIONS & set(w) == _NEGATIONS & set(text)]
        values = {self.words[word] for word in alike}
        return values.pop() if len(values) == 1 else ""


def _is_one_slip_off(text: str, word: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places."""
    if min(len(text), len(word)) < 2 or abs(len(text) - len(word)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(text, word, strict=False)) if a != b), 0)
    one, other = text[start:], word[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


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
        words.update(_by_word(entry.get("words", {}), values, name))
        lists[name] = CodeList(
            name,
            entry["title"],
            values,
            words,
            _by_word(entry.get("spoken", {}), values, name),
            _by_word(entry.get("narrower", {}), values, name),
            entry.get("patterns", {}),
            frozenset(entry.get("specific", ())),
            _by_word(entry.get("places", {}), values, name),
            tuple(entry.get("prefixes", ())),
            _by_word(entry.get("slips", {}), values, name),
            entry.get("unclear", {}),
            _numbered(entry.get("numbers", {}), values, name),
            _numbered(entry.get("numbers_sp", {}), values, name),
        )
    return lists


def _by_word(synonyms: dict[str, list[str]], values: tuple[str, ...], name: str) -> dict[str, str]:
    if unknown := synonyms.keys() - set(values):
        raise ValueError(f"codes.toml: {name}: {sorted(unknown)} 不在 values 中")
    return {solid(word): value for value, words in synonyms.items() for word in words}


def _numbered(numbers: dict[str, str], values: tuple[str, ...], name: str) -> dict[str, str]:
    unknown = set(numbers.values()) - set(values)
    if unknown:
        raise ValueError(f"codes.toml: {name}: 编号指向不存在的值 {sorted(unknown)}")
    return numbers
