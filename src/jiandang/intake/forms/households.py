"""Pages → households: which pages are about the same one.

A page without a code belongs to the form before it on its sheet. On other sheets pages are joined
by their code, by the head's number, or by the head's name with the end of the code; never by
order. What cannot be joined is unread. A page that was pasted twice is one page.

The name of a page's sheet may say the same (田广成001反, or 1反 beside 1正), and where a file has
but one household, all of its pages are of it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.code_ends import is_end, is_whole
from jiandang.intake.forms.page import Page, says_alike
from jiandang.patterns import regex
from jiandang.register.text import solid

# So many digits at a code's end tell a household where no head is named.
_LEAST_END = 3
_SIDES = regex(r"[(\s_-]*(?:[正反背前后]面|[正反背续]页?|附页|第[一二三四1-4]页)[)\s]*$")
_ANNEX = regex("[附续]页|续表")
_APPLICANT = ("procedure", "application_signed")


@dataclass
class PlacedPage:
    """A page, the number of its sheet in the file, and that sheet's name."""

    sheet: int
    page: Page
    name: str = ""


class Copy(NamedTuple):
    """A page of a form that is the same as one before it, in so many cells."""

    page: PlacedPage
    first: PlacedPage
    cells: int


@dataclass
class Form:
    """The pages of one household, the first of them the one that names it.

    `known_as` is its code where a list beside the forms has it, `copies` are those of its pages
    that repeat another.
    """

    pages: list[PlacedPage]
    known_as: str = ""
    copies: list[Copy] = field(default_factory=list)

    @property
    def first(self) -> Page:
        return self.pages[0].page

    @property
    def sheet(self) -> int:
        return self.pages[0].sheet

    def text(self, column: str) -> str:
        """What the first page that says it says of the household."""
        return next((text for p in self.pages if (text := p.page.text(column))), "")

    @property
    def has_whole_code(self) -> bool:
        return is_whole(self.text("household_id"))

    def ends(self, other: "Form") -> bool:
        """Whether its code is the end of another's, or all of it."""
        code = self.text("household_id")
        return code != "" and is_end(code, other.text("household_id"))

    @property
    def head(self) -> str:
        return self.text("head_name") or _member_head(self, "name") or self._applicant

    @property
    def _applicant(self) -> str:
        """Who signed an application (申请书), which may name nobody else."""
        signed = (p.page.values.get(_APPLICANT) for p in self.pages)
        names = (value.text.replace(" ", "") for value in signed if value is not None)
        return next((name for name in names if len(name) > 1), "")

    @property
    def head_id(self) -> str:
        return self.text("head_id") or _member_head(self, "id_number")

    @property
    def is_card(self) -> bool:
        """A card on the wall (明白卡), which completes what is known of a household.

        Its title may be a choice: ☑精准扶贫帮扶计划 □后续帮扶计划.
        """
        title, sheet = self.first.title, self.pages[0].name
        is_called_so = "明白卡" in title + sheet or ("帮扶计划" in title and has_marks(title))
        return is_called_so and not self.first.columns

    def takes_copy(self, own: "Form") -> bool:
        """Add the pages of a form if all of them are copies of this one's; gives whether it did.

        A page that names nobody is no copy but behind one.
        """
        code, head = own.text("household_id"), own.head
        if code not in ("", self.text("household_id")) or head not in ("", self.head):
            return False
        if not (code or head or any(c.page is self.pages[-1] for c in self.copies)):
            return False
        copies = [copy for placed in own.pages if (copy := self._copy(placed)) is not None]
        if len(copies) < len(own.pages):
            return False
        self.copies += copies
        self.pages += own.pages
        return True

    def _copy(self, placed: PlacedPage) -> Copy | None:
        for first in self.pages:
            if cells := placed.page.repeats(first.page):
                return Copy(placed, first, cells)
        return None

    def complements(self, page: Page) -> bool:
        """Whether a page asks for other things than the form, but for who it is about."""
        own = {name for p in self.pages for name in _content(p.page)}
        new = _content(page)
        return not new or len(own & new) <= len(new) // 3

    def may_take(self, page: Page) -> bool:
        """Whether a page of another sheet may be one of the form's: it asks for other things, or
        has nothing but more members."""
        return (is_extra(page) and bool(page.people)) or self.complements(page)

    def is_completed_by(self, own: "Form") -> bool:
        """Whether pages of the same code are further ones, and no second form of the household.

        A card (明白卡) has no members, and a form of another kind (入户调查表 beside 登记表) asks
        for much again, as does the same form filled in with the rest of the members: what they
        repeat is compared.
        """
        grids = [any(p.page.columns for p in form.pages) for form in (self, own)]
        if grids[0] != grids[1] or self.complements(own.first) or self._goes_on_in(own):
            return True
        kinds = {placed.page.title for placed in self.pages}
        return own.first.title not in kinds | {""} and own.head == self.head

    def _goes_on_in(self, own: "Form") -> bool:
        """Whether pages have further members of the same head, and say nothing else of these."""
        for name in ("head_name", "head_id"):
            if len({self.text(name), own.text(name)} - {""}) > 1:
                return False
        known, more = (
            [person for placed in form.pages for person in placed.page.people]
            for form in (self, own)
        )
        said = [[says_alike(person, each) for each in known] for person in more]
        return any(not any(each) for each in said) and not any(False in each for each in said)


@dataclass
class Households:
    """The forms of a file, its empty pages, and pages that belong to no form with the reason.

    `supposed` are pages that say nothing of whose they are, with why they are taken for somebody's.
    """

    forms: list[Form] = field(default_factory=list)
    empty: list[PlacedPage] = field(default_factory=list)
    unread: list[tuple[PlacedPage, str]] = field(default_factory=list)
    supposed: list[tuple[PlacedPage, str]] = field(default_factory=list)


def _member_head(form: Form, column: str) -> str:
    """What the members' grid says of the head, who stands first on a page of more than members."""
    for placed in form.pages:
        page = placed.page
        head = None if is_extra(page) and "relation" not in page.columns else page.head
        if head is not None and column in head and not head[column].is_empty:
            return head[column].text
    return ""


def _content(page: Page) -> set[object]:
    """What a page asks for beside whom it is about and where."""
    who = {"household_id", "head_name", "head_id", "county", "town", "village", "group",
           "village_code", "phone", "head_signed", "surveyed"}  # fmt: skip
    own: set[object] = {name for name in page.asked if name[1] not in who}
    return own | {("member", "")} if page.columns else own


def is_extra(page: Page) -> bool:
    """Whether a page asks for members, and for hardly anything of their household (附页)."""
    return bool(page.columns) and len(_content(page)) <= 2


def join_pages(
    sheets: Sequence[tuple[str, Sequence[Page]]], listed: Mapping[str, Collection[str]]
) -> Households:
    """The households of a file; `sheets` are the pages of each sheet in their order, by its name.

    `listed` are the codes of the households in the file's tables, by the names of their heads.
    """
    found = Households()
    # Forms that have no whole code: they may be later pages of one on another sheet.
    nameless: list[Form] = []
    for number, (name, pages) in enumerate(sheets):
        before: dict[int, Form] = {}
        for page in pages:
            own = Form([PlacedPage(number, page, name)])
            if not page.is_filled:
                found.empty += own.pages
            elif page.left in before and before[page.left].takes_copy(own):
                continue
            elif (beside := _beside(before.values(), own)) is not None:
                beside.pages += own.pages
            elif page.left in before and _continues(before[page.left], own):
                before[page.left].pages += own.pages
            else:
                whole = own.has_whole_code
                before[page.left] = _join_by_code(own, found.forms) if whole else own
                if not whole:
                    nameless.append(own)
    later: list[Form] = []
    for own in nameless:
        if any(form.takes_copy(own) for form in found.forms):
            continue
        if own.is_card and not own.text("household_id"):
            reason = _join_card(own, found.forms, listed.get(own.head, ()))
            found.unread += [(placed, reason) for placed in own.pages if reason]
        elif (again := _filled_in_again(own, found.forms)) is not None:
            again.pages += own.pages  # what differs is told
        elif own.head and not any(
            f.head == own.head and f.may_take(own.first) for f in found.forms
        ):
            (later if _is_annex(own, found.forms) else found.forms).append(own)
        else:
            later.append(own)
    is_listed = {code for codes in listed.values() for code in codes}
    for own in later:
        _join_elsewhere(own, found, is_listed)
    found.forms.sort(key=lambda form: (form.sheet, form.first.top, form.first.left))
    return found


def _join_by_code(own: Form, forms: list[Form]) -> Form:
    """Add a form to those of the file, or its pages to the form of the same code; gives which."""
    code = own.text("household_id")
    for form in forms:
        if form.takes_copy(own):
            return form
        if form.text("household_id") == code and form.is_completed_by(own):
            form.pages += own.pages
            return form
    forms.append(own)
    return own


def _beside(before: Iterable[Form], own: Form) -> Form | None:
    """The form left or right of a page that names nobody else: its front, which asks for others."""
    page = own.first
    if own.text("household_id"):
        return None
    rows = range(page.top, page.bottom + 1)
    lefts = {
        form.pages[-1].page.left: form
        for form in before
        if own.head in ("", form.head) and len({own.head_id, form.head_id} - {""}) < 2
        if form.pages[-1].page.top in rows and form.complements(page)
    }
    at = max((left for left in lefts if left < page.left), default=None)
    return lefts[at] if at is not None else lefts.get(min(lefts, default=page.left))


def _continues(before: Form, own: Form) -> bool:
    """Whether a page is a further one of the form before it."""
    page = own.first
    code, head = own.text("household_id"), own.head
    if not before.complements(page):
        # 附页: the same head, more members.
        return (
            is_extra(page)
            and bool(page.people)
            and (head in ("", before.head) or not own.text("head_name"))
            and (not code or is_end(code, before.text("household_id")))
        )
    if code and not is_end(code, before.text("household_id")):
        return False
    named = own.text("head_name")
    if named and named != before.head:
        return False
    both = own.text("head_id"), before.head_id
    return not all(both) or both[0] == both[1]


def _join_card(own: Form, forms: list[Form], codes: Collection[str]) -> str:
    """Add a card without a code to the only household of its head; gives the reason if it is not.

    It says no more of whom it is about than the head's name.
    """
    named = [form for form in forms if form.head == own.head]
    if len(named) == 1 and {named[0].text("household_id") or named[0].known_as}.issuperset(codes):
        named[0].pages += own.pages
    elif not named and len(codes) == 1:
        own.known_as = next(iter(codes))
        forms.append(own)
    else:
        which = "不止一户" if named or codes else "没有一户"
        return f"明白卡上没有户编号，本文件里户主叫“{own.head}”的{which}"
    return ""


def _filled_in_again(own: Form, forms: Iterable[Form]) -> Form | None:
    """The form of the same head, by name and number, where pages have no code of their own."""
    if own.text("household_id") or not own.head_id:
        return None
    who = own.head, own.head_id
    same = [form for form in forms if (form.head, form.head_id) == who and form.has_whole_code]
    return same[0] if len(same) == 1 else None


def _is_annex(own: Form, forms: Iterable[Form]) -> bool:
    """Whether a page has but further members of a household, the head of which stands elsewhere.

    It is called so (附页), or gives the end of a code where others have whole ones.
    """
    page = own.first
    if not is_extra(page) or "relation" not in page.columns or page.head or page.is_of_others:
        return False
    is_called_so = _ANNEX.search(page.title + own.pages[0].name) is not None
    has_end = own.text("household_id") != "" and any(form.has_whole_code for form in forms)
    return is_called_so or has_end


def _join_elsewhere(own: Form, found: Households, listed: Collection[str]) -> None:
    """Add pages to the form that they name, or are supposed to be of; else they are unread."""
    code, head, number = own.text("household_id"), own.head, own.head_id
    forms = [form for form in found.forms if form.may_take(own.first)]
    fitting = [form for form in forms if _names(own, form)]
    why = ""
    ending = {f.text("household_id") for f in found.forms if _names(own, f)}
    if code and not head and not number:
        ending.update(whole for whole in listed if is_end(code, whole))
    if not fitting and not code:
        forms = [form for form in forms if not (number and form.head_id)]
        fitting, why = [form for form in forms if _is_of_sheet(own, form)], "工作表名对得上"
        # Where a file has no household but one, any page of it is that one's.
        codes = {form.text("household_id") or form.known_as for form in found.forms}
        is_only = len(found.forms) == 1 and head in ("", found.forms[0].head)
        if not fitting and is_only and codes.issuperset(listed):
            fitting, why = forms, "文件里只有一户"
    if len(fitting) == 1 and len(ending) < 2:
        fitting[0].pages += own.pages
        found.supposed += [(placed, why) for placed in own.pages if why]
        return
    if not code and not head and not number:
        reason = "没有户编号，也没有户主姓名"
    elif fitting:
        reason = f"户编号“{code}”是不止一户的末几位"
    elif not code and not head:
        reason = "按户主证件号码找不到它属于哪一户"
    elif not head:
        reason = f"按户编号“{code}”找不到它属于哪一户"
    elif not code and not number:
        reason = f"只有户主姓名“{head}”，没有户编号，不能确定属于哪一户"
    else:
        reason = f"户主“{head}”、户编号“{code or '空'}”对不上其他页上的任何一户"
    found.unread += [(placed, reason) for placed in own.pages]


def _names(own: Form, form: Form) -> bool:
    """Whether pages name a form's household: by the head's number, by its code, or by the code's
    end, of few digits with the head's name."""
    code, head = own.text("household_id"), own.head
    if own.head_id and own.head_id == form.head_id:
        return True
    whole = form.text("household_id")
    if not code or not whole or head not in ("", form.head):
        return False
    return is_end(code, whole) and (head != "" or len(re.sub("[^0-9]", "", code)) >= _LEAST_END)


def _is_of_sheet(own: Form, form: Form) -> bool:
    """Whether the name of the pages' sheet is that of the form's but for the side, or names it."""
    if own.head not in ("", form.head):
        return False
    mine, theirs = (_SIDES.sub("", solid(each.pages[0].name)) for each in (own, form))
    if mine == theirs != "":
        return True
    whole, numbers = form.text("household_id"), re.findall("[0-9]{2,}", mine)
    is_named = form.head != "" and form.head in mine
    return any(n == whole or (is_named and whole.endswith(n)) for n in numbers)
