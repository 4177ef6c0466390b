"""What the pages of one household say together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from jiandang.intake.forms.downwards import complete
from jiandang.intake.forms.households import Form, PlacedPage, is_extra
from jiandang.intake.forms.page import Again, Asked, Person, Value, head_apart
from jiandang.intake.forms.same_persons import join_people
from jiandang.intake.forms.vocabulary import CODE, HEAD_NAME, Field
from jiandang.register.place import UNNUMBERED
from jiandang.register.tables import COLUMNS

# Each page has these for itself.
_OF_PAGES = {("survey", "head_signed"), ("survey", "surveyed"), CODE}
Kind = tuple[frozenset[tuple[Field, Asked]], frozenset[tuple[str, Asked]]]


@dataclass
class Household:
    """What all pages of a form say together; `copies` are what later ones say again, `said_again`
    what they or further grids say again of persons, each with its sheet.

    `left` are the columns in which a page speaks of persons who are not known. `head_apart` is the
    head, if the grid of members leaves out the head.
    """

    form: Form
    values: dict[Field, Value] = field(default_factory=dict)
    sheets: dict[Field, int] = field(default_factory=dict)
    asked: dict[Field, Asked] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    columns: dict[str, Asked] = field(default_factory=dict)
    copies: list[tuple[Field, Asked, Value, int]] = field(default_factory=list)
    said_again: list[tuple[Again, int]] = field(default_factory=list)
    sheet_of_person: dict[int, int] = field(default_factory=dict)
    left: list[tuple[PlacedPage, list[str]]] = field(default_factory=list)
    head_apart: Person | None = None

    @classmethod
    def of(cls, form: Form) -> "Household":
        own = cls(form)
        for placed in form.pages:
            page = placed.page
            for name, asked in page.asked.items():
                value, earlier = page.values[name], own.values.get(name)
                own.asked.setdefault(name, asked)
                if earlier is None or (earlier.is_empty and not value.is_empty):
                    own.values[name], own.sheets[name] = value, placed.sheet
                    own.asked[name] = asked
                elif not value.is_empty and name not in _OF_PAGES:
                    own.copies.append((name, asked, value, placed.sheet))
            if page.rest:
                rest = (value for values in page.rest.values() for value in values)
                own.sheet_of_person.update({id(value): placed.sheet for value in rest})
                if left := complete(own.people, page.rest):
                    own.left.append((placed, left))
                own.columns.update({**page.rest_asked, **own.columns})
            people = [dict(person) for person in page.people]
            own.sheet_of_person.update({id(v): placed.sheet for p in people for v in p.values()})
            is_copy = any(copy.page is placed for copy in form.copies)
            again = is_copy or not is_extra(page)
            joined = join_people(own.people, own.columns, page.columns, people, again=again)
            said = [*page.again, *joined.again]
            own.said_again += [(each, placed.sheet) for each in said]
        own._add_head()
        own._keep_key()
        return own

    def _add_head(self) -> None:
        """The head is a member too where the grid has the other ones."""
        pages = [placed.page for placed in self.form.pages]
        if head := head_apart(pages, self.values, self.people, self.columns):
            self.people.insert(0, head)
            self.head_apart = head
            sheet = self.sheets[HEAD_NAME]
            self.sheet_of_person.update({id(value): sheet for value in head.values()})

    def _keep_key(self) -> None:
        """A household without a code is found at its head's name."""
        if CODE not in self.values:
            start = Value("", self.form.first.top, self.form.first.left)
            self.values[CODE] = replace(self.values.get(HEAD_NAME, start), raw="")
            self.sheets[CODE] = self.sheets.get(HEAD_NAME, self.form.sheet)

    @property
    def sheets_of_people(self) -> list[int]:
        """The sheet on which each of its members stands."""
        return [self.sheet_of_person[id(next(iter(own.values())))] for own in self.people]

    @property
    def sheet_of_members(self) -> int:
        """The sheet on which most of its members stand; the form's own where there is nobody."""
        sheets = Counter(self.sheets_of_people)
        return max(sheets, key=lambda on: (sheets[on], -on), default=self.form.sheet)

    @property
    def kind(self) -> Kind:
        return frozenset(self.asked.items()), frozenset(self.columns.items())

    def may_lack(self, unread: Iterable[PlacedPage]) -> bool:
        """Whether members who were counted were not read, or may be on pages that are nobody's."""
        size = self.values.get(("household", "size"))
        column = COLUMNS["household"]["size"]
        if size is None or size.amount(column, 1) <= len(self.people):
            return False
        if any(placed.page.lost for placed in self.form.pages):
            return True
        forms = (Form([placed]) for placed in unread if placed.page.people)
        return any(form.head in ("", self.form.head) or form.ends(self.form) for form in forms)

    def stand_in(self, path: str, sheet: str) -> str:
        """The code of a household whose forms have none, or what stands for it.

        That belongs to one head only.
        """
        if self.form.known_as:
            return self.form.known_as
        number = self.form.head_id
        if len(number) > 4:
            return f"{UNNUMBERED}{self.form.head}（证件尾号{number[-4:]}）"
        return f"{UNNUMBERED}{self.form.head}（{path} {sheet} 第{self.form.first.top + 1}行）"


def ask_for_codes(households: Iterable[Household]) -> None:
    """A form without 户编号 lacks it where others ask for all that it asks for, and for that too.

    It is asked for at the place where they have it.
    """
    lacking: list[Household] = []
    others: dict[tuple[frozenset[Field], frozenset[str]], Household] = {}
    for own in households:
        if CODE not in own.asked:
            lacking.append(own)
        elif own.sheets[CODE] == own.form.sheet:
            others.setdefault(_fields(own), own)
    for own in lacking:
        like = others.get(_fields(own))
        if like is None or own.form.known_as:
            continue
        first, there, at = own.form.first, like.form.first, like.values[CODE]
        row, column = first.top + at.row - there.top, first.left + at.column - there.left
        own.asked[CODE] = like.asked[CODE]
        own.values[CODE], own.sheets[CODE] = Value("", row, column), own.form.sheet


def _fields(household: Household) -> tuple[frozenset[Field], frozenset[str]]:
    return frozenset(household.asked.keys() - {CODE}), frozenset(household.columns)


def unplaced(forms: Iterable[Form]) -> Iterator[tuple[PlacedPage, str]]:
    """Pages of which not all can be read, with what is not."""
    for form in forms:
        left = [(placed, placed.page.nobodys) for placed in form.pages if placed.page.nobodys]
        if any(placed.page.rest for placed in form.pages):
            left += Household.of(form).left
        for placed, columns in left:
            headings = (COLUMNS["member"][name].heading for name in dict.fromkeys(columns))
            yield placed, "、".join(headings)
