"""Lists of other people on a sheet of the register: whose they are, and where one begins."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jiandang.headings.text import heading_key, year_of
from jiandang.headings.vocabulary import Vocabulary, meaning_of
from jiandang.intake.heading_rows import Heading
from jiandang.intake.offices import DEPARTMENT, EVENT, office_of
from jiandang.intake.other_kinds import sure_kind_in
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.code_cells import Code
from jiandang.register.lists.kinds import LISTS
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS
from jiandang.register.text import solid

_POSTS = {"职务", "职称", "单位及职务"}
# Who is listed, in a table of the register as well.
_WHO = {"name", "id_number", "head_name", "head_id"}
_OF_WHOM = {*_WHO, "household_id"}
_TABLES = ("member", "household")
_AS_WHOM = {"head_name": "name", "head_id": "id_number"}
_AGAIN = {"name", "id_number", "town", "village"}
_OF_HOME = {"relation", "household_id"}
# What sums have over their figures: 致贫原因|户数|人数. No household has the first ones of its own.
_SUMS = {"户数", "占比", "比例", "百分比", "所占比例"}
_FIGURES = {*_SUMS, "人数", "人口数", "人次", "备注"}
# So many texts, one of which says who is listed, head a list.
_LEAST_HEADINGS = 3
# What a list of words is called that columns may hold.
OPTIONS = "可选的词"
LIST_TITLE = regex("名单|名册|花名|台账|清册|登记[表簿]")


class ListBeside(NamedTuple):
    """A list at the right of a table: its first column (0-based), headings, and of whom it is.

    `what` is None where nobody knows.
    """

    column: int
    texts: tuple[str, ...]
    what: str | None


def whose_is(texts: Sequence[str], titles: Sequence[str]) -> str | None:
    """Of whom a list is that stands on a sheet of the register, by its headings and titles."""
    names = [*map(solid, titles)]
    if (kind := next(filter(None, map(sure_kind_in, names)), None)) is not None:
        return kind.what
    # Who signs below a register, or has an office, is named for that alone.
    if any(map(EVENT.headings.fullmatch, texts)):
        return EVENT.what
    if not _POSTS.isdisjoint(texts):
        return DEPARTMENT.what
    verdict = office_of([], [[text] for text in texts], names)
    if verdict is None:
        return None
    return verdict.office.what if verdict.table is None else LISTS[verdict.table].title


def list_beside(
    columns: Sequence[int],
    before: Sequence[int],
    plain: Mapping[int, list[str]],
    stacks: Mapping[int, list[str]],
    vocabulary: Vocabulary,
) -> ListBeside | None:
    """What stands behind an empty column, where it is a list of its own.

    It names persons, as the table `before` it does, and says of them what offices say; or all of
    it that is known is in that table too, and the rest is not (文化程度, 代码). Or it sums up whom
    that table names. `plain` are the texts over each column, `stacks` those with what tells whose
    they are.
    """
    titles = {text for c in columns for text in plain[c][:-1] if LIST_TITLE.search(text)}
    own = [plain[c][-1:] if titles.intersection(plain[c]) else stacks[c] for c in columns]
    known = [_known(stack, vocabulary) for stack in own]
    theirs = {_known(stacks[c], vocabulary) for c in before}
    texts = tuple(heading_key(plain[c][-1]) for c in columns)
    what = whose_is(texts, [*titles]) if _WHO.intersection(known) and _WHO & theirs else None
    is_again = None in known and any(known) and {*known} - {None} <= theirs
    is_again = is_again and year_of(texts) is None  # of several years one is the right one
    is_list = what is not None or is_again or (bool(_OF_WHOM & theirs) and _are_sums(texts))
    return ListBeside(columns[0], texts, what) if is_list else None


def list_begins(
    columns: Sequence[int],
    plain: Mapping[int, list[str]],
    stacks: Mapping[int, list[str]],
    vocabulary: Vocabulary,
) -> int:
    """At which of the columns, that follow on each other, a list of others begins; else their end.

    It begins where who is listed, or the place, comes again; no member of a household stands there.
    """
    known = [_known(stacks[column], vocabulary) for column in columns]
    who = [_AS_WHOM.get(name or "", name) for name in known]
    for place in range(_LEAST_HEADINGS, len(columns)):
        if who[place] not in _AGAIN or who[place] not in who[:place]:
            continue
        if {*known[:place]} <= {None, *_OF_WHOM, *_OF_HOME, *PLACE_COLUMNS}:
            continue  # nothing is said of whom a row names first: it is one list
        if not _OF_HOME.isdisjoint(known[place:]):
            break
        start = place - (heading_key(plain[columns[place - 1]][-1]) == "序号")
        found = list_beside(columns[start:], columns[:start], plain, stacks, vocabulary)
        # Who has a post there may be the helper.
        if found is not None and (found.what or DEPARTMENT.what) != DEPARTMENT.what:
            return start
        if found is not None and _are_sums(found.texts):
            return start
    return len(columns)


def _are_sums(texts: Sequence[str]) -> bool:
    """Whether columns are figures of many behind what these are told apart by."""
    first, *rest = texts
    return first not in _FIGURES and {*rest} <= _FIGURES and not _SUMS.isdisjoint(rest)


def _known(stack: list[str], vocabulary: Vocabulary) -> str | None:
    """The column that a heading is of members or households."""
    meaning = meaning_of(stack, _TABLES, vocabulary)
    return None if meaning is None else meaning.column


def heads_another_list(row: Sequence[Raw], heading: Heading, vocabulary: Vocabulary) -> bool:
    """Whether texts without a figure name who is listed in another column than the table's.

    序号 权利人 身份证号码 房屋坐落: what stands below them is no member's. 序号 before the others,
    and 姓名, are no values of anybody, whatever words stand beside them: 序号 车主 车牌号.
    """
    cells = {c: cell for c, cell in enumerate(row) if cell != ""}
    texts = {c: cell for c, cell in cells.items() if isinstance(cell, str)}
    if len(cells) < _LEAST_HEADINGS or len(texts) < len(cells):
        return False
    if any(map(str.isdigit, "".join(texts.values()))):
        return False
    places = {meaning.column: column for meaning, column in heading.columns.items()}
    means = {c: vocabulary.meaning(heading_key(text), _TABLES) for c, text in texts.items()}
    if heading_key(next(iter(texts.values()))) == "序号" or "姓名" in texts.values():
        return True
    who = _WHO - {"head_name"}  # 户主 is a value as well
    # So is 身份证 below 证件类型; of another department's list nothing is known.
    own = {c: COLUMNS.get(m.table, {}).get(m.column) for m, c in heading.columns.items()}
    cells_of = {c: column.cell for c, column in own.items() if column is not None and c in texts}
    values = {c for c, of in cells_of.items() if isinstance(of, Code) and of.holds(texts[c])}
    return any(
        meaning is not None and meaning.column in who and places.get(meaning.column, c) != c
        for c, meaning in means.items()
        if c not in values
    )
