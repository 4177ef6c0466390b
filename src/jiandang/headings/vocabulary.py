"""What the headings of columns mean: the declared ones, and those that the user maps (`--map`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache

from jiandang.headings.numbered import may_be_numbered, parts_of
from jiandang.headings.printed import Options
from jiandang.headings.steps import is_level, is_step, step_of
from jiandang.headings.surveyors import numbered_surveyor
from jiandang.headings.text import (
    UNIT_BEHIND,
    heading_key,
    spellings,
    without_brackets,
    without_year,
)
from jiandang.headings.units import has_other_unit
from jiandang.patterns import regex
from jiandang.register.number_cells import SQUARE_METRE, NumberCell
from jiandang.register.table import Column
from jiandang.register.tables import (
    CHANGES,
    COLUMNS,
    EMBEDDABLE,
    MODELS,
    PLACE_COLUMNS,
    own_columns,
)
from jiandang.register.village import EIGHT

IDENTIFYING = frozenset(
    {"household_id", "head_name", "head_id", "name", "id_number", "person_id"}
    | {"village", "village_code", "place", "code"}
)
_FIRST_HAN = "\u3400"
# Two of these make a sheet a list of persons, whatever household columns it has besides.
_PERSONAL = frozenset(own_columns("member")) - {"benefit"}
_LEAST_PERSONAL = 3
# So many known columns are a table, however many others a county adds.
LEAST_KNOWN = 4
# Whose row it is, in a table of households.
_OF_A_HOME = {"household_id", "head_name", "head_id"}
# So many different columns are remembered; a file of nothing but headings may have more.
_MOST_FOUND = 10_000
# 户主 of 户主基本情况, as what stands below it is called.
_ABOUT = regex("(?:基本)?(?:信息|情况|资料)$")
# 性别 of 成员性别 and 家庭成员性别, and of 户主性别.
_OF_MEMBER = regex("^(?:(?:其他|其它|主要)?家庭)?(?:成员|人员)的?|^贫困人口的?")
HEAD = "户主"
# How the name of a count ends.
_COUNTS = ("数", "户")
# Who is no member of a household.
_HELPERS = regex("^(?:帮扶|挂钩|结对)(?!情况|措施|信息)")
_OFFICE = regex("干部|书记|主任|责任人|负责人|联系人|调查[人员]|经办人|包[村组户]人")


@dataclass(frozen=True)
class Meaning:
    """What a heading means in one table: a column, and whether its codes are the S-P numbers.

    `mapped` is the key of the heading where the user's own words (`--map`) gave it that meaning.
    """

    table: str
    column: str
    provincial: bool = False
    mapped: str = field(default="", compare=False)

    def is_in_other_unit(self, text: str) -> bool:
        """Whether a heading names a unit in which no numbers of a register's column can be."""
        return self.table in MODELS and has_other_unit(text, COLUMNS[self.table][self.column])

    @property
    def is_income(self) -> bool:
        """Whether it is an amount of a year."""
        column = COLUMNS["household"].get(self.column) if self.table == "household" else None
        return column is not None and column.unit == "元"


@dataclass(frozen=True)
class Vocabulary:
    """All headings known in one run: the declared ones and those the user maps (`--map`).

    Of columns that differ in their year that of `income_year` is taken, else the latest. `names`
    are the tables that are looked for, those of a register unless told otherwise. `lists` are the
    lists of codes on other sheets of the file (`codebook`), `more` are headings that mean something
    on a sheet of such a name (`quotas`).
    """

    extra: Mapping[str, str] = field(default_factory=dict)
    income_year: int = 0
    names: tuple[str, ...] = tuple(MODELS)
    lists: Mapping[str, Options] = field(default_factory=dict, hash=False)
    more: Mapping[str, Meaning] = field(default_factory=dict, hash=False)

    @cached_property
    def tables(self) -> dict[str, dict[str, Meaning]]:
        """Heading key → meaning, for each table."""
        tables = {name: {**_declared(name)} for name in self.names}
        for key, own in self.more.items():
            tables[own.table].setdefault(key, own)
        for heading, canonical in self.extra.items():
            for known in tables.values():
                meaning = known.get(heading_key(canonical))
                if meaning is not None:
                    key = heading_key(heading)
                    known[key] = replace(meaning, mapped=key)
        return tables

    @cached_property
    def found(self) -> dict[tuple[str, ...], Meaning | None]:
        """What the columns that were looked at mean."""
        return {}

    def table_of(self, stacks: Mapping[int, list[str]]) -> str:
        """The table that the columns speak of most: persons before places before households."""
        if len(self.names) == 1:
            return self.names[0]
        own: dict[str, set[str]] = {}
        is_placed = names_homes = False
        for table in self.names:
            meanings = (meaning_of(stack, [table], self) for stack in stacks.values())
            columns = {m.column for m in meanings if m is not None}
            own[table] = columns - set(PLACE_COLUMNS)
            is_placed |= table == "member" and columns != own[table]
            names_homes |= table == "household" and len(columns & _OF_A_HOME) > 1
        if len(own["member"] & _PERSONAL) >= _LEAST_PERSONAL:
            return "member"
        if own.get(CHANGES, set()) >= {"direction", "reason"}:
            return CHANGES
        # Where rows are of households by number and name, one word of a place (总人口) is theirs.
        if own["allocation"] & {"planned_households", "planned_persons"} and not names_homes:
            return "allocation"
        # One of the eight alone (居住环境) may be said of a household.
        if (own["village"] - {*EIGHT} or len(own["village"]) > 1) and not names_homes:
            return "village"
        if len(own["household"]) >= _LEAST_PERSONAL:
            return "household"
        is_of_one = "name" in own["member"] and own["household"] == {"head_name"}
        if is_of_one and is_placed and len(own["member"]) > 1:
            return "member"  # 行政村, 姓名 and 健康状况: who it is, and nothing of a household
        return max(EMBEDDABLE, key=lambda table: len(own[table]))

    @property
    def least_known(self) -> int:
        """So many known headings, one of which says whose row it is, make one of any width."""
        return LEAST_KNOWN

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for known in self.tables.values() for key in known)

    def knows(self, text: str) -> bool:
        """Whether a text is a heading of any table."""
        if text in self.keys or self.of_member(text) is not None:
            return True
        if may_be_numbered(text) and self.of_numbered(text) is not None:
            return True
        if text.isalnum() and text[0] >= _FIRST_HAN <= text[-1]:  # nearly all: a name
            return self._knows_step(text)
        key = heading_key(text)
        is_known = any(each in self.keys for each in (*spellings(key), without_year(key)))
        return is_known or self._knows_step(text) or self.of_numbered(key) is not None

    def _knows_step(self, text: str) -> bool:
        return "procedure" in self.names and step_of([text]) is not None

    def identifies(self, key: str) -> bool:
        """Whether the heading is of a column that says whom a row is about."""
        means = (self.meaning(key, [table]) for table in self.tables)
        return any(meaning is not None and meaning.column in IDENTIFYING for meaning in means)

    def meaning(self, key: str, tables: Iterable[str]) -> Meaning | None:
        """The first of `tables` in which the heading of a sheet means something."""
        for table in tables:
            known = self.tables.get(table, {})
            for spelling in spellings(key):
                meaning = known.get(spelling)
                if meaning is not None and (spelling == key or _has_unit(meaning, key)):
                    return meaning
        return None

    def of_member(self, key: str) -> Meaning | None:
        """What 成员性别 says of a member: 性别."""
        match = _OF_MEMBER.match(key)
        meaning = self.meaning(key[match.end() :], ["member"]) if match else None
        return None if meaning is None or meaning.column in PLACE_COLUMNS else meaning

    def of_numbered(self, key: str) -> tuple[str, Meaning] | None:
        """Which of a household's members 成员1姓名 or 姓名1 is about, and what it says of it."""
        # 调查人1; but 姓名(1) is 姓名 only where its number is a footnote's.
        if any(key in known for known in self.tables.values()):
            return None
        for number, rest in parts_of(key):
            meaning = self.meaning(rest, ["member"])
            if meaning is not None and meaning.column not in PLACE_COLUMNS:
                return number, meaning
        return None

    def of_head(self, key: str) -> Meaning | None:
        """What 户主性别 says of the head, as a column of the members says it of each."""
        own = key.removeprefix(HEAD)
        meaning = self.meaning(own.removeprefix("的"), ["member"]) if own != key else None
        return None if meaning is None or meaning.column in PLACE_COLUMNS else meaning

    def nearest(self, key: str) -> str:
        """The canonical heading that an unknown one is nearest to, or an empty text.

        The same word is no help: there it is of another table than this sheet's.
        """
        own = without_brackets(heading_key(key))
        near = get_close_matches(own, self.keys, n=1, cutoff=0.6)
        near = [each for each in near if _ends_alike(own, each)]
        meanings = (known[key] for key in near for known in self.tables.values() if key in known)
        meaning = next(meanings, None)
        known = "" if meaning is None else COLUMNS[meaning.table][meaning.column].heading
        return "" if heading_key(known) == heading_key(key) else known


def _has_unit(meaning: Meaning, key: str) -> bool:
    """Whether a unit behind a heading, if any, is one of its column: 低保元 is no 低保."""
    behind = UNIT_BEHIND.search(without_brackets(key))
    column = COLUMNS.get(meaning.table, {}).get(meaning.column)
    if behind is None or column is None:
        return True
    units = column.cell.units if isinstance(column.cell, NumberCell) else {}
    return SQUARE_METRE.sub("㎡", behind[1].lower()) in units


def _ends_alike(own: str, other: str) -> bool:
    """Whether two headings may be of one thing, which the last word says: 低保户 is no 低保金."""
    most = max(len(own) - 1, 3)
    is_slip = own[:most] == other[:most] and own[-1:] not in _COUNTS
    return own[-1:] == other[-1:] or is_slip or other in own


@cache
def _declared(table: str) -> dict[str, Meaning]:
    return known_headings(table, COLUMNS[table])


def known_headings(table: str, columns: Mapping[str, Column]) -> dict[str, Meaning]:
    """Heading key → meaning, for the columns of one table."""
    exact: dict[str, Meaning] = {}
    loose: dict[str, set[Meaning]] = {}
    for column in columns.values():
        for heading in column.headings:
            meaning = Meaning(table, column.id, heading in column.provincial_aliases)
            key = heading_key(heading)
            exact.setdefault(key, meaning)
            loose.setdefault(without_brackets(key), set()).add(meaning)
    for key, meanings in loose.items():
        # 指标(户) and 指标(人) differ only in their brackets: there the brackets count.
        if key and len({meaning.column for meaning in meanings}) == 1:
            exact.setdefault(key, next(iter(meanings)))
    return exact


def mapped_among(meanings: Iterable[Meaning | None]) -> frozenset[str]:
    """The keys of the user's own headings among them."""
    return frozenset(each.mapped for each in meanings if each is not None and each.mapped)


def meaning_of(stack: list[str], order: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a column: 帮扶责任人 over 姓名 is tried whole before 姓名 alone."""
    # Each block of rows that may be a heading, and each sheet of form pages, has the same texts.
    key, found = (*order, "", *stack), vocabulary.found
    if key not in found:
        if len(found) >= _MOST_FOUND:
            found.clear()
        found[key] = _meaning_of(stack, order, vocabulary)
    return found[key]


def _meaning_of(stack: list[str], order: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    if "survey" in order and (number := numbered_surveyor(stack)) is not None:
        return Meaning("survey", f"surveyor_{number}")
    step = step_of(stack) if "procedure" in order else None
    for key in _keys_of(tuple(stack)):
        meaning = vocabulary.meaning(key, order)
        if meaning is not None and (step is None or meaning.table == "procedure" or meaning.mapped):
            return meaning
    if step is not None:
        return Meaning("procedure", step.column)
    # 成员身份证号 is never the head's, as 身份证号 is in a table of households.
    return vocabulary.of_member(heading_key(stack[-1])) if "member" in order else None


def is_told_together(stack: list[str], order: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a column means what none of the texts over it means alone: 公示时间 over 村."""
    if len(stack) < 2:
        return False
    alone = [
        meaning_of(part, order, vocabulary) for part in (stack[:-1], *([text] for text in stack))
    ]
    return meaning_of(stack, order, vocabulary) not in alone


def is_part(stack: list[str], order: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a column's own text says nothing, only those over it: 男 below 家庭人口."""
    own = _own_keys(tuple(stack))
    return all(vocabulary.meaning(key, order) is None for key in own)


@lru_cache(8192)
def _keys_of(stack: tuple[str, ...]) -> list[str]:
    """What a column may be called by the texts over it; the first that is known counts."""
    # 村 over 审核意见 says whose that is; over VILLAGE or A1 it is the column's name.
    is_code = stack[-1][:1].isascii() and stack[-1][:1].isalpha()
    over = [text for text in reversed(stack[:-1]) if is_code or not is_level(text)]
    keys = [*_own_keys(stack), *map(heading_key, over)]
    return [*keys, *(key for own in keys if (key := without_year(own)) != own)]


def _own_keys(stack: tuple[str, ...]) -> list[str]:
    """The same with the column's own text in it: 户主信息姓名, 户主姓名, 姓名.

    What stands below 包村干部 is never called by its own text alone: it is of somebody else. Nor
    is 村 below 公示时间: it is no name of a village.
    """
    *over, own = map(heading_key, stack)
    groups = [_ABOUT.sub("", key) for key in over]
    keys = ["".join([*over[i:], own]) for i in range(len(over))]
    keys += [f"{first}{own}" for first in over[:1]]
    keys += ["".join([*groups[i:], own]) for i in range(len(groups))]
    # 帮扶单位 below 帮扶责任人 says itself whose it is.
    is_of_office = any(map(_OFFICE.search, over)) and not _HELPERS.search(own)
    is_other = is_of_office or (any(map(is_step, over)) and is_level(own))
    return [*dict.fromkeys([*keys, *([] if is_other else [own])])]
