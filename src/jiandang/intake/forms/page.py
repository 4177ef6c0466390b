"""What one page of a form says: its values with their cells, what it asks for, its members."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jiandang.headings.printed import Options
from jiandang.headings.text import without_brackets
from jiandang.headings.units import are_likely, unit_above, unit_scale
from jiandang.intake.forms.sentences import is_address
from jiandang.intake.forms.vocabulary import CODE, HEAD_NAME, Field, Label
from jiandang.intake.row_texts import (
    PERSONS_NUMBER,
    ends_like_a_note,
    is_no_name,
    is_sum,
    names_nobody,
    row_text,
)
from jiandang.patterns import regex
from jiandang.register.cells import CellError, Context, Raw, as_text
from jiandang.register.person_names import COMPOUND_SURNAMES
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS
from jiandang.register.text import plain, says_nothing, solid

_NOTHING = regex(r"^[\s_年月日时分.:/\\~()…-]*$")
_IDENTITY = ("household_id", "head_name", "head_id")
# So many cells that are filled alike, and so many of a household's values, are no chance.
_LEAST_CELLS = 5
_LEAST_SHARE = 0.9
_PLACES = ("county", "town", "village", "group", "village_code")


@dataclass(frozen=True)
class Value:
    """A value and the cell in which it stands (0-based); `part` if it is not all of the cell.

    `ditto` says that the cell means the one above (同上), of which the value is.
    """

    raw: Raw
    row: int
    column: int
    part: bool = False
    ditto: bool = False

    @property
    def is_empty(self) -> bool:
        return isinstance(self.raw, str) and _NOTHING.match(self.raw) is not None

    @property
    def text(self) -> str:
        return plain(as_text(self.raw))

    def amount(self, column: Column, scale: float) -> float:
        """What it counts in the unit of a column of numbers; 0 if it is no number."""
        try:
            return column.cell.read(self.raw, Context(scale=scale)).value or 0
        except CellError:
            return 0


@dataclass(frozen=True)
class Asked:
    """How a form asks for a value: by S-P's code numbers or those it prints, in what unit."""

    provincial: bool = False
    scale: float = 1
    options: Options | None = field(default=None, hash=False)

    def context(self, year: int) -> Context:
        """What reading its values depends on."""
        return Context(year, self.provincial, self.scale, untyped=True, options=self.options)


# The values of a person by column, and the person's number in the grid.
Person = dict[str, Value]
NUMBER = ""


class Again(NamedTuple):
    """What a page says a second time of a person: the column, how it is asked for, both values."""

    column: str
    asked: Asked
    first: Value
    value: Value


class PersonsCell(NamedTuple):
    """A cell that lists persons in a text: its row, counted from 0, and what it is called."""

    row: int
    label: str


@dataclass
class Page:
    """One page, the rows `top` to `bottom` from column `left` on (0-based).

    `asked` are the household's fields, `columns` those of the members' grid, `grids` the
    headings of each of its grids, `titles` what stands above them. `rest` is what it says by
    column of persons on the page before, in the midst of whom it begins.

    `numbers` are those of the rows for a person's name, `nobodys` the columns that are filled in
    rows of other grids with none of these numbers, `lost` the rows of a grid that say something
    of persons and are not read, `strangers` rows that speak of members, by names that none has.
    `again` is what later grids say once more of the same persons.

    `persons_cells` are the cells that list persons in a text.

    `is_of_others` says that the members' grid leaves out the head (其他家庭成员), `of_head` is what
    the page says of the head elsewhere, by column of members.

    `rows_of_values` and `rows_of_people` are the rows from which something was taken,
    `rows_of_labels` those that have labels. `heads` are the cells that head the columns of grids,
    `cells_of_others` those of persons in grids of others. `unknown` are labels that no column has.

    `above` are the texts over the row being read that may name a unit, the nearest first; `units`
    are those that do so for a value, each with whether it fits.
    """

    top: int
    bottom: int
    left: int
    title: str = ""
    values: dict[Field, Value] = field(default_factory=dict)
    asked: dict[Field, Asked] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    columns: dict[str, Asked] = field(default_factory=dict)
    grids: set[frozenset[str]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    rest: dict[str, list[Value]] = field(default_factory=dict)
    rest_asked: dict[str, Asked] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    nobodys: list[str] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    strangers: list[Value] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)
    is_of_others: bool = False
    of_head: Person = field(default_factory=dict)
    rows_of_values: set[int] = field(default_factory=set)
    rows_of_people: set[int] = field(default_factory=set)
    rows_of_labels: set[int] = field(default_factory=set)
    heads: set[tuple[int, int]] = field(default_factory=set)
    cells_of_others: set[tuple[int, int]] = field(default_factory=set)
    year_taken: int | None = None
    persons_cells: list[PersonsCell] = field(default_factory=list)
    above: tuple[str, ...] = ()
    units: dict[tuple[str, bool], None] = field(default_factory=dict)

    def asked_by(self, label: Label | None, name: Field, values: Sequence[Value]) -> Asked:
        """How a label asks for a column's values: in its own unit, or in that of a text above.

        A text above whose unit the values do not fit is left aside.
        """
        column = COLUMNS[name[0]].get(name[1])
        if label is None or column is None:
            return Asked(label is not None and label.meaning.provincial)
        scale = unit_scale([label.text], column.cell)
        if scale is not None or label.options is not None:
            return Asked(label.meaning.provincial, scale or 1, label.options)
        unit = unit_above(self.above, column)
        amounts = [value.amount(column, unit.scale) for value in values] if unit.said else []
        fits = are_likely(amounts, column)
        if any(amounts):
            self.units[unit.said, fits] = None
        return Asked(label.meaning.provincial, unit.scale if fits else 1)

    def put(self, name: Field, value: Value, asked: Asked | None = None) -> None:
        """Keep a value; of several the first that is filled in."""
        earlier = self.values.get(name)
        self.asked.setdefault(name, asked or Asked())
        if earlier is None or (earlier.is_empty and not value.is_empty):
            self.values[name] = value
            if asked is not None:
                self.asked[name] = asked
        if not value.is_empty:
            self.rows_of_values.add(value.row)

    def text(self, column: str) -> str:
        """What the household's column says, or an empty text."""
        value = self.values.get(("household", column))
        return "" if value is None or value.is_empty else value.text.replace(" ", "")

    @property
    def is_filled(self) -> bool:
        """Whether anybody wrote on it: places and zeros may be printed on empty forms."""
        if self.people or self.rest or self.lost:
            return True
        if self.text("head_name") or self.text("head_id"):
            return True
        return any(
            not value.is_empty and value.raw not in (0, "0")
            for (_, column), value in self.values.items()
            if column not in (*_IDENTITY, *_PLACES, "income_year")
        )

    def repeats(self, other: "Page") -> int:
        """How many cells are filled as those of another page, of which it is a copy; else 0.

        Of the household nine values of ten are the same, of its members all; the copy may lack
        the code.
        """
        people = [_texts(person.items()) for person in self.people]
        if self.title != other.title or people != [
            _texts(person.items()) for person in other.people
        ]:
            return 0
        own, theirs = _texts(self.values.items()), _texts(other.values.items())
        if CODE not in own:  # left out where the page was copied
            theirs.pop(CODE, None)
        same = len(own.items() & theirs.items())
        if same < _LEAST_SHARE * len(own.keys() | theirs.keys()):
            return 0
        cells = same + sum(map(len, people))
        return cells if cells >= _LEAST_CELLS else 0

    @property
    def head(self) -> Person | None:
        """The head's row among the members: by relation, or the first by custom."""
        for person in self.people:
            relation = person.get("relation")
            if relation is not None and relation.text in _HEADS:
                return person
        by_custom = "relation" not in self.columns and not self.is_of_others
        return self.people[0] if self.people and by_custom else None

    def settle_head(self) -> None:
        """Where the form has no label for the head's name, it is that of the head among members."""
        if HEAD_NAME not in self.asked and self.head is not None and "name" in self.head:
            self.put(HEAD_NAME, self.head["name"])


_OTHERS = regex("其[他它余].{0,4}(?:成员|人员)|除户主|户主[以之]?外|不[含包]括?户主")


def are_others(texts: Iterable[str]) -> bool:
    """Whether what stands above a grid says that its persons are all but the head."""
    return any(_OTHERS.search(solid(text)) for text in texts)


def head_apart(
    pages: Iterable[Page], values: Mapping[Field, Value], people: Sequence[Person],
    columns: Iterable[str],
) -> Person:  # fmt: skip
    """What pages say of a head whom the grid leaves out, by what it asks for; else nothing.

    It does so by its title, or where the head's sex stands elsewhere.
    """
    own, is_of_others = Person(), False
    for page in pages:
        own = page.of_head | own
        is_of_others |= page.is_of_others
    name, number = values.get(HEAD_NAME), values.get(("household", "head_id"))
    if name is None or name.is_empty or not (is_of_others or (people and "sex" in own)):
        return {}
    own |= {"name": name, "relation": Value("户主", name.row, name.column, part=True)}
    own |= {} if number is None or number.is_empty else {"id_number": number}
    for person in people:
        relation = person.get("relation")
        if (relation is not None and relation.text in _HEADS) or says_alike(
            person, own
        ) is not None:
            return {}
    return {column: own[column] for column in columns if column in own}


_HEADS = {"户主", "本人", "本人或户主", "户主本人", "1", "01"}


def _texts(values: Iterable[tuple[object, Value]]) -> dict[object, str]:
    return {name: value.text for name, value in values if not value.is_empty}


def says_alike(person: Person, other: Person) -> bool | None:
    """Whether all that two rows say of one person is the same; None for two persons.

    Those of one name are one, those of one number, and a household's heads.
    """
    own, theirs = _texts(person.items()), _texts(other.items())
    is_one = (
        any(name in own and own[name] == theirs.get(name) for name in ("name", "id_number"))
        or {own.get("relation"), theirs.get("relation")} <= _HEADS
    )
    if not is_one:
        return None
    return all(own[name] == theirs[name] for name in own.keys() & theirs.keys() - {NUMBER})


_NOBODY = {"", "不填", "无", "/", "-", "—", "——", "×", "空白"}


def is_nobody(person: Person, number: str) -> bool:
    """Whether a row of a grid is about no person; `number` is the row's own, if it has one.

    It has no name, or one that in a column of names is nobody's (以下空白, 3人), and no more.
    """
    signs = [person[n].text for n in ("name", "id_number", "relation") if n in person]
    has_number = any(map(PERSONS_NUMBER.search, signs))
    if "name" in person and is_sum(person["name"].text) and not has_number:
        return True
    if all(sign in _NOBODY for sign in signs):
        return bool(signs) or not number or all(value.is_empty for value in person.values())
    others = (value.text for name, value in person.items() if name != "name")
    return "name" in person and _is_filler(person["name"].text) and all(map(_is_blank, others))


# What a form's empty lines are filled with, besides what stands at the foot of registers.
_FILLER = regex(r"\(?(?:以下|[此本][栏行页格])(?:均?为|无)?(?:空白?|正文|内容|无|不填)\)?")


# How what heads the next part of a form ends: 村委会意见, 帮扶措施, 申请理由.
_HEADS_MORE = regex(
    "..(?:意见|措施|情况|记录|银行|单位|时间|日期|金额|贷款|项目|政策|计划|内容|签[字名]|盖章|原因"
    "|[理事]由|说明|承诺|困难|来源|需求|意愿|愿望|陈述|描述|简介|结论|问题|打算|诉求|建议|评价|备注)$"
    "|^(?:备注|附注|说明|其[他它]|产业|申请|承诺|问题|困难|需求|愿望|建议|评价|[理事]由|原因|措施|计划)$"
)
_LONGEST_NAME = 24  # characters: longer than a number that stands in its place
_COMPOUND = regex(COMPOUND_SURNAMES)
_FULL_NAME = 3  # characters, but for compound surnames and names written with a dot


# 续表, （转下页）, 接上表, ……续下页……: on paper the grid goes on behind it.
_GOES_ON = regex(
    r"(?:附表|表[0-9一二三]*)?(?:\(?续(?:表|页|[0-9一二三])?\)?[0-9一二三]?|[续接承转见][上下前后]一?[页表]|[上下]页[续接]|(?:共[0-9一二三]+页)?,?第[0-9一二三]+页,?(?:共[0-9一二三]+页)?)"
)
_AROUND = " ()[]【】—-…·.、:-"


def goes_on(text: str) -> bool:
    """Whether a text alone in its row says that a grid goes on on another page."""
    return _GOES_ON.fullmatch(solid(text).strip(_AROUND)) is not None


def heads_more(text: str) -> bool:
    """Whether what stands in the place of a name heads another part of the form."""
    if ":" in text or len(text) > _LONGEST_NAME or is_address(text):
        return True
    return _HEADS_MORE.search(solid(text)) is not None


def may_name_somebody(text: str) -> bool:
    """Whether a text has the length of a name, so that what stands beside it may be a person's."""
    name = without_brackets(solid(text))
    return len(name) <= _FULL_NAME or "·" in name or _COMPOUND.match(name) is not None


def is_struck_out(text: str) -> bool:
    """Whether it says that nothing is filled in here: /, 无, 以下空白."""
    return _is_blank(text) or _FILLER.fullmatch(row_text(text)) is not None


def _is_blank(text: str) -> bool:
    return text in _NOBODY or says_nothing(text)


def _is_filler(text: str) -> bool:
    name = row_text(text)
    if len(name) == 1 and name.isalpha():
        return False  # of somebody's name the family name only
    if _FILLER.fullmatch(name):
        return True
    return is_sum(name) or ends_like_a_note(name) or is_no_name(name) or names_nobody(name)
