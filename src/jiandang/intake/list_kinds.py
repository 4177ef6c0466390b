"""Of which kind another department's list is.

Kinds are told by the headings, as tables are; where these leave it open, by the name of the sheet
or file or by the title, else by a single heading that speaks of its kind.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Meaning, Vocabulary, known_headings, meaning_of
from jiandang.patterns import regex
from jiandang.register.lists.kinds import LIST_COLUMNS, LISTS
from jiandang.register.lists.listed import Listed
from jiandang.register.table import Column, columns_of

# So many headings that no other kind has tell a kind.
_LEAST_OWN = 2
_OF_ALL = columns_of(Listed)
# 人口（不含死亡） has everybody else.
_WITHOUT = regex("(?:不含|不包括|不包含|剔除|扣除|除去)[^)）,，、;；]*")
# Columns of registers that no list has, of which a few tell a register.
_REGISTERED = {
    "labour", "work", "household_type", "cause", "per_capita", "status", "person_id", "helper",
    "planned_households", "applied", "surveyed",
}  # fmt: skip


@dataclass(frozen=True)
class ListVocabulary(Vocabulary):
    """The headings of lists, of all kinds or of some."""

    kinds: tuple[str, ...] = tuple(LISTS)

    @cached_property
    def tables(self) -> dict[str, dict[str, Meaning]]:
        known = {name: known_headings(name, self._columns_of(name)) for name in self.kinds}
        for meanings in known.values():
            # Codes of columns (SFZMHM) come in capitals and in small letters.
            meanings |= {key.lower(): m for key, m in [*meanings.items()] if key.isascii()}
        if len(self.kinds) > 1:
            for name, meanings in known.items():
                for heading in LISTS[name].tells_no_kind:
                    meanings.pop(heading_key(heading), None)
        return known

    def _columns_of(self, kind: str) -> dict[str, Column]:
        """The columns that tell the kind; once it is known all of them."""
        left = LISTS[kind].tells_no_kind if len(self.kinds) > 1 else ()
        return {name: column for name, column in LIST_COLUMNS[kind].items() if name not in left}

    def table_of(self, stacks: Mapping[int, list[str]]) -> str:
        """The kind with most headings that no other has, then with most headings."""
        scores = self._scores(stacks)
        return max(scores, key=lambda kind: scores[kind])

    @property
    def least_known(self) -> int:
        """Where the user has named the kind, name and number are enough."""
        return _LEAST_OWN if len(self.kinds) == 1 else super().least_known

    def is_certain(self, stacks: Mapping[int, list[str]]) -> bool:
        """Whether the headings alone tell the kind."""
        if len(self.kinds) == 1:
            return True
        own, second, *_ = sorted((own for own, _ in self._scores(stacks).values()), reverse=True)
        return own >= _LEAST_OWN and own > second

    def spoken_of(self, stacks: Mapping[int, list[str]]) -> str | None:
        """The kind that alone has headings of its own, if one of these speaks of it: 火化日期.

        Or if it has together what no other kind does: 职务 and 家庭成员.
        """
        own = [(known[0], stack) for known, stack in self._known(stacks) if len(known) == 1]
        kinds = {kind for kind, _ in own}
        if len(kinds) != 1:
            return None
        (kind,) = kinds
        if not LISTS[kind].headings_speak:
            return None
        if together := LISTS[kind].tell_together:
            meanings = (meaning_of(stack, [kind], self) for stack in stacks.values())
            if {*together} <= {meaning.column for meaning in meanings if meaning is not None}:
                return kind
        texts = [text for _, stack in own for text in stack]
        return kind if any(word in text for word in LISTS[kind].spoken for text in texts) else None

    def of_same_office(self, stacks: Mapping[int, list[str]], named: str) -> str:
        """The kind of a name, or that of the office which alone has headings of its own.

        In a list of 职工养老 with 缴费基数 are those who pay in (社保), and not who is paid.
        """
        own = [kind for kind, (number, _) in self._scores(stacks).items() if number]
        if len(own) != 1 or own[0] == LISTS[named].part_of:
            return named
        return own[0] if LISTS[own[0]].department == LISTS[named].department else named

    def is_part(self, stacks: Mapping[int, list[str]], named: str | None) -> bool:
        """Whether the headings are of a kind of which a list of that name is an extract.

        It says more than who somebody is: in 全镇人口（死亡） without a date nobody need be dead.
        """
        if named is None or LISTS[named].part_of != self.table_of(stacks):
            return False
        found = (meaning_of(stack, [named], self) for stack in stacks.values())
        return any(meaning is not None and meaning.column not in _OF_ALL for meaning in found)

    def _scores(self, stacks: Mapping[int, list[str]]) -> dict[str, tuple[int, int]]:
        """For each kind how many of its headings no other kind has, and how many it has."""
        knows = [known for known, _ in self._known(stacks)]
        return {
            kind: (sum(each == [kind] for each in knows), sum(kind in each for each in knows))
            for kind in self.kinds
        }

    def _known(self, stacks: Mapping[int, list[str]]) -> Iterator[tuple[list[str], list[str]]]:
        """For each column the kinds that know its heading, and what the heading says."""
        for stack in stacks.values():
            known = [kind for kind in self.kinds if meaning_of(stack, [kind], self) is not None]
            yield known, stack


ALL_KINDS = ListVocabulary()


def kind_in(name: str) -> str | None:
    """The one kind that words in a name speak of."""
    name = _WITHOUT.sub("", name)
    words = [(word, t) for t, model in LISTS.items() for word in model.spoken if word in name]
    # 财政供养 is no 供养: a word inside a longer one says nothing.
    found = {
        t for word, t in words if not any(word in other and word != other for other, _ in words)
    }
    # 职工养老保险 is 养老, and no 社保 of its own.
    return found.pop() if len(found) == 1 else None


def kind_among(names: Iterable[str]) -> str | None:
    """The kind that the first name which speaks of one does."""
    return next(filter(None, map(kind_in, names)), None)


def kind_of_headings(stacks: Mapping[int, list[str]]) -> str | None:
    """The one kind of which headings speak, if any."""
    if ALL_KINDS.is_certain(stacks):
        return ALL_KINDS.table_of(stacks)
    return ALL_KINDS.spoken_of(stacks)


def is_register(columns: Collection[str], *, is_called_list: bool = False) -> bool:
    """Whether columns of the register (by their ids) are none of a list.

    More of them where the user says which list it is: an office may have asked for one or two.
    """
    return len(_REGISTERED & {*columns}) >= _LEAST_OWN + is_called_list
