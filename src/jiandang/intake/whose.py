"""Of whom the columns below a group's text speak: the head, the members, or somebody else.

户主信息 and 家庭成员信息 may both stand over 姓名, 性别 and 民族; over 姓名 and 电话 may stand any
title of somebody who is no member at all (包村干部, 网格员, 监护人).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jiandang.headings.numbered import ONE_MEMBER
from jiandang.headings.text import heading_key, without_brackets
from jiandang.headings.vocabulary import HEAD, Meaning, Vocabulary
from jiandang.patterns import regex
from jiandang.register.codes import code_lists
from jiandang.register.tables import PLACE_COLUMNS

Stacks = Mapping[int, list[str]]

_ABOUT = "(?:基本)?(?:信息|情况|资料)?"
_ABOUT_HIM = regex(f"{_ABOUT}$")
_OF_HEAD = regex(f"(?:贫困)?户主(?:本人)?{_ABOUT}")
_OF_MEMBERS = regex(
    r"(?:户主及其?)?(?:其他|其它|主要|共同生活的?|全部|所有)?(?:贫困|低收入)?(?:家庭)?"
    rf"(?:成员|人员|人口){_ABOUT}"
)
# Beside the members these are about the household, and its 姓名 is the head's.
_OF_HOME = regex(f".{{0,6}}(?:户|家庭|申请人|本人){_ABOUT}|基本(?:信息|情况|资料)")
_CONTACT = {"phone", "bank", "account", "helper", "helper_unit", "helper_phone", "helper_post"}
_WHO = {"head_name", "head_id"}
# All that is said of somebody who is no member.
_BARE = {"name", "sex", "id_number"}
# An official in a single row of headings, and what may stand between him and his telephone.
_OFFICIAL = regex(
    "^(?!是否|有无).*(?:干部|书记|主任|责任人|负责人|包[村组户]人|队员|网格员|专干|帮扶人)(?:姓名)?$"
)
_HIS = regex("(?:所在|工作|帮扶)?单位(?:名称)?|职务|职称|单位及?职务")
_HELPER = "帮扶责任人"


class _Group(NamedTuple):
    """The columns below the same texts, whether one is 姓名, and what they say of a person.

    `home` is what they say of a household, besides how to reach it.
    """

    over: tuple[str, ...]
    columns: list[int]
    has_name: bool
    personal: frozenset[str]
    home: frozenset[str]

    def is_like(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.fullmatch(without_brackets(text)) for text in self.over)

    def is_of_family(self) -> bool:
        """Whether it is about a member, or says which relation of the head's that is: 配偶."""
        relations = code_lists()["relation"]
        return not self.over or any(
            "成员" in text or relations.find_spoken(without_brackets(text)) for text in self.over
        )

    def is_of_home(self) -> bool:
        return bool(self.over) and (self.is_like(_OF_HOME) or bool(self.home))


def by_whom(stacks: Stacks, vocabulary: Vocabulary) -> dict[int, list[str]]:
    """The texts over each column; where they say whom it is about, in one: 户主性别, 村医姓名."""
    told = {**stacks}
    if "member" not in vocabulary.tables:  # another department's list
        return told
    for column, official in _telephones(stacks, vocabulary):
        told[column] = [official + stacks[column][-1]]
    groups = _groups(stacks, vocabulary)
    heads = [group for group in groups if group.is_like(_OF_HEAD)]
    others = [*_others(groups, stacks, vocabulary)]
    heads += [group for group in others if group.is_of_home()]
    for group in heads:
        for column in group.columns:
            own = heading_key(stacks[column][-1])
            if HEAD not in own and _of_person(own, vocabulary) is not None:
                told[column] = [HEAD + stacks[column][-1]]
    for group in others:
        if not group.is_of_home():
            told |= {c: [_his(stacks[c], vocabulary)] for c in group.columns}
    return told


def _his(stack: Sequence[str], vocabulary: Vocabulary) -> str:
    """帮扶人姓名 of 姓名 below 帮扶人情况, where that is known."""
    over, own = "".join(stack[-2:-1]), stack[-1]
    short = _ABOUT_HIM.sub("", heading_key(over)) + own
    is_known = vocabulary.meaning(heading_key(short), ["household"]) is not None
    return short if is_known else over + own


def _of_person(key: str, vocabulary: Vocabulary) -> Meaning | None:
    """What a column says of a person by its own text, if anything."""
    meaning = vocabulary.meaning(key, ["member"])
    is_own = meaning is not None and meaning.column not in (*PLACE_COLUMNS, "relation", "person_id")
    return meaning if is_own else None


def _groups(stacks: Stacks, vocabulary: Vocabulary) -> list[_Group]:
    below: dict[tuple[str, ...], list[int]] = {}
    for column, stack in stacks.items():
        below.setdefault(tuple(map(heading_key, stack[:-1])), []).append(column)
    found = []
    for over, columns in below.items():
        keys = [heading_key(stacks[column][-1]) for column in columns]
        means = (vocabulary.meaning(key, ["member"]) for key in keys)
        personal = frozenset(meaning.column for meaning in means if meaning is not None)
        personal -= {*PLACE_COLUMNS}
        homes = (vocabulary.meaning(key, ["household"]) for key in keys)
        home = frozenset(meaning.column for meaning in homes if meaning is not None)
        has_name = "name" in personal
        found.append(_Group(over, columns, has_name, personal, home - _CONTACT - _WHO))
    return found


def _others(groups: Sequence[_Group], stacks: Stacks, vocabulary: Vocabulary) -> Iterator[_Group]:
    """The groups that have a 姓名 which is not that of the sheet's own people."""
    named = [
        group
        for group in groups
        if group.has_name and not group.is_like(_OF_HEAD) and not group.is_like(ONE_MEMBER)
    ]
    if not named:
        return
    best = max(
        named,
        key=lambda group: (group.is_like(_OF_MEMBERS), len(group.personal), not group.over),
    )
    # 村医 over 姓名 and 电话 alone, and 监护人: beside 户主姓名 they are nobody of the household.
    is_alone = sum(group.personal == best.personal for group in named) == 1
    are_others = (
        (is_alone or "phone" in _places(best, stacks, vocabulary))
        and best.personal <= _BARE
        and not any(group.is_of_family() for group in named)
        and _names_head(groups, named, stacks, vocabulary)
    )
    for group in named:
        # Equal ones are members beside each other; with numbers of households, tables.
        is_alike = group.personal == best.personal
        if best.is_like(_OF_MEMBERS) and group.is_like(_OF_HOME):
            is_alike = False
        is_another = are_others or (group is not best and not is_alike)
        if group.over and is_another and "household_id" not in _places(group, stacks, vocabulary):
            yield group


def _names_head(
    groups: Sequence[_Group], named: Sequence[_Group], stacks: Stacks, vocabulary: Vocabulary
) -> bool:
    """Whether others than the `named` groups say who the head is."""
    if any(group.has_name and group.is_like(_OF_HEAD) for group in groups):
        return True
    rest = {*stacks}.difference(*(group.columns for group in named))
    keys = [heading_key(text) for column in rest for text in stacks[column]]
    means = (vocabulary.meaning(key, ["household"]) for key in keys if key != "姓名")
    return any(meaning is not None and meaning.column == "head_name" for meaning in means)


def _places(group: _Group, stacks: Stacks, vocabulary: Vocabulary) -> set[str]:
    keys = (heading_key(stacks[column][-1]) for column in group.columns)
    means = (vocabulary.meaning(key, ["household"]) for key in keys)
    return {meaning.column for meaning in means if meaning is not None}


def _telephones(stacks: Stacks, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """The columns 电话 right behind an official in a single row of headings, with what he is.

    Behind the helper it may be the household's, where this has no other; 单位 and 职务 are his, and
    what stands behind these.
    """
    official, is_known, is_his = "", False, False
    columns = sorted(stacks)
    phones = [c for c in columns if _is_phone(heading_key(stacks[c][-1]), vocabulary)]
    for before, column in zip([-2, *columns], columns, strict=False):
        *over, own = map(heading_key, stacks[column])
        if over or column != before + 1:
            official = ""
        if over:
            continue
        if column in phones:
            if official and (is_his or not is_known or len(phones) > 1):
                yield column, official
            official = ""
        elif official and _HIS.fullmatch(own):
            is_his = True
            if is_known and not own.startswith("帮扶"):
                yield column, _HELPER
        else:
            means = vocabulary.meaning(own, vocabulary.tables)
            is_known = means is not None
            is_official = means is None or means.column == "helper"
            official = own if is_official and _OFFICIAL.match(own) else ""
            is_his = False


def _is_phone(key: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(key, ["household"])
    return meaning is not None and meaning.column == "phone"
