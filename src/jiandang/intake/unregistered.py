"""Sheets that list people for another end than to register them: removed, dead, paid, insured.

Their rows are told to be unread, by what the sheet is called and by the headings that only such a
list has; they would be households and members of whom the register knows nothing. So are those of
a list of names alone.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from jiandang.formats.grid import Grid
from jiandang.headings.text import year_of
from jiandang.intake.heading_rows import find_heading
from jiandang.intake.list_kinds import ALL_KINDS, is_register, kind_among, kind_of_headings
from jiandang.intake.listed_people import (
    are_in,
    is_by_names_alone,
    is_told_by_heads,
    values_of,
)
from jiandang.intake.numbering import village_in
from jiandang.intake.offices import (
    DEPARTMENT,
    EVENT,
    OF_THE_POOR,
    PAID,
    is_called_list,
    is_of_office,
    looks_like,
    office_of,
    offices_called,
    speaks_of_register,
)
from jiandang.intake.other_kinds import (
    AS_BEFORE,
    AS_LIST,
    OTHER_KINDS,
    STAY,
    OtherKind,
)
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.repeated_sheets import has_less
from jiandang.patterns import regex
from jiandang.register.lists.kinds import LISTS
from jiandang.register.tables import required_columns
from jiandang.register.text import solid

_NO_NAME = regex(r"(?:sheet|工作表|表)?\s*[0-9]*", re.IGNORECASE)
_TABLES = ("member", "household")
_AS_OTHERS = (
    "其中是登记表的，请补上户编号和登记表的各列；要和登记表比对的，检查时用 --with 种类=文件"
)
_OF_DEPARTMENT = OtherKind(
    DEPARTMENT.named, DEPARTMENT.what, "要和登记表比对的，检查时用 --with 给出", has_members=True
)
_OF_OTHERS = _OF_DEPARTMENT._replace(way=_AS_OTHERS, is_sure=False)
_OF_OFFICE = _OF_OTHERS._replace(
    way="确是登记表的，请补上户编号和登记表的各列；不是的，请不要和登记表放在一起检查"
)
_LEAST_NUMBER = 12  # digits of a 户编号
_HOMES = {"household_id", "head_name", "head_id", "relation", "person_id"}
_MOST_OF_LIST = 2  # of what a table of households must have: 户主姓名, 家庭人口
_LEAST_OWN = 3  # headings that no register has
_MOST_SHOWN = 3  # headings by which a list is told
# What only a register says of a household, or only its members say of themselves.
_ONLY_REGISTER = {
    "household_type", "cause", "per_capita", "net_income", "relation", "head_name", "labour",
    "dibao", "person_id",
}  # fmt: skip
# Whoever is listed is named before it; but not so where these are households or persons.
_OF_SOMEBODY = regex(
    "[^村镇乡县年度]{2,}(?:名单|花?名册|登记[册表]?|清册|信息卡|台账)(?:[(（].*)?$"
)
_OF_HOMES = regex(
    "贫|低收入|建档|立卡|扶|家庭|成员|农户|人口|户主|入户|调查|公示|评议|识别|信息(?!卡)|情况|基本"
    "|低保|五保|特困|残疾|村民|居民|群众|劳动力"
)
_OF_ANYBODY = regex("序号|编号|备注|说明|签[名字].*|.*住址|.*地址|.*电话|.*时间\\(月\\)|照片")
_BEFORE = OtherKind(regex("上年|去年|上一?年度"), "别的年度的户（人）", AS_BEFORE, is_sure=False)
# By one of these, or a name and its place, it is known who of the register somebody is.
_NUMBERS = ("household_id", "head_id", "id_number", "person_id", "relation")
_NAMES = ("head_name", "name")
_VILLAGES = ("village", "village_code", "place")


@dataclass
class Unregistered:
    """A table of a sheet that is no part of the register, and what is said of it.

    `is_of_others` says that it lists people who are not in the register, whatever that lacks;
    `is_wanted` that it says of households what only a register does, and nobody knows of which.
    """

    table: ParsedTable
    place: str
    remark: str
    is_of_others: bool
    is_wanted: bool = False


def remark_of_others(grid: Grid, titles: Sequence[str], stem: str, at: str = "") -> str | None:
    """What is said of a sheet that is no table, where it is a list of such people.

    `titles` are the texts above its heading, `stem` the name of its file; `at` is where on the
    sheet it begins, beside forms.
    """
    texts = _names(grid.name, titles, stem)
    event = next((o for o in (EVENT, PAID) if any(map(o.named.search, texts))), None)
    kind = None if event is None else OtherKind(event.named, event.what, "")
    rows = len(grid.rows)
    if event is not EVENT and (heading := find_heading(grid.rows, grid.merged, ALL_KINDS)):
        table = kind_of_headings(heading.stacks) or kind_among(texts)
        rows -= heading.last_row + 1
        if table is not None:
            kind = _of_list(table)
    if kind is None and any(map(_OF_DEPARTMENT.named.search, texts)):
        kind = _OF_DEPARTMENT
    if kind is None:
        return None
    where = f"工作表“{grid.name}”" + (f"{at}起的另一张表" if at else "")
    return _told(where, kind, rows) + (f"；{kind.way}" if kind.way else "")


def registered_only(
    tables: Sequence[ParsedTable], stem: str, year: int, forms: Collection[str] = ()
) -> tuple[list[ParsedTable], list[Unregistered]]:
    """The tables of a file (named `stem`) that are of the register of a `year`, and the others.

    `forms` are the names of the sheets on which pages of households stand as well.
    """
    kinds = [_kind_of(table, stem, year) for table in tables]
    registers = [table for table, kind in zip(tables, kinds, strict=True) if kind is None]
    # Whose helpers and phones they are is said by a register.
    are_lone = not forms and all(table.sheet.only_completes for table in registers)
    registers = [] if are_lone else registers
    sheets = [table.sheet for table in registers if _has_keys(table)]
    keyed = {name for sheet in sheets for name in (sheet.table, *sheet.embedded)}
    kept: list[ParsedTable] = []
    others: dict[tuple[str, int, int], Unregistered | None] = {}
    part = 0
    first: dict[str, ParsedTable] = {}
    for table in tables:
        first.setdefault(table.sheet.sheet, table)
    for table, kind in zip(tables, kinds, strict=True):
        part += not table.sheet.beside  # persons in a household's row are of its table
        place = (table.sheet.sheet, table.sheet.heading_row, part)
        above = first[table.sheet.sheet]
        is_below = table.sheet.heading_row != above.sheet.heading_row
        is_below |= table.sheet.sheet in forms
        is_asked = kind is not None or (
            table.sheet.table in keyed
            and not (_has_keys(table) or is_told_by_heads(table, registers))
        )
        if are_lone and kind is None:
            others.setdefault(place, _completing(table))
        elif is_asked and place not in others:
            others[place] = _other(table, kind, registers, is_below=is_below)
        elif is_below and place not in others and _is_list_below(table, above):
            others[place] = _list_below(table)
        if others.get(place) is None:
            kept.append(table.renumbered(0, len(kept)))
    return kept, [other for other in others.values() if other is not None]


def _completing(table: ParsedTable) -> Unregistered:
    name, rows = table.sheet.sheet, table.sheet.rows.read
    remark = (
        f"工作表“{name}”只有户主姓名和帮扶人、电话、账号一类的列，没有户编号，文件里也没有登记表，"
        f"认不出是哪些户，其中 {rows} 行没有检查；请补上户编号，或和登记表放在一个文件里检查"
    )
    return Unregistered(table, name, remark, is_of_others=False)


def _is_list_below(table: ParsedTable, above: ParsedTable) -> bool:
    """Whether a table of households under a title of its own is only a list of some.

    It has hardly anything that a register says of households, nor their numbers, which the table
    `above` it on the sheet has.
    """
    sheet = table.sheet
    own = [name for name in required_columns("household") if sheet.has("household", name)]
    is_numbered = above.sheet.has(above.sheet.table, "household_id")
    is_alone = sheet.table == "household" and not (sheet.is_form or sheet.beside or sheet.embedded)
    return (
        is_alone
        and is_numbered
        and bool(table.titles)
        and "household_id" not in own
        and len(own) <= _MOST_OF_LIST
    )


def _list_below(table: ParsedTable) -> Unregistered:
    sheet = table.sheet
    remark = (
        f"工作表“{sheet.sheet}”第{sheet.heading_row}行起的另一张表“{table.titles[-1]}”没有户编号，农户表"
        f"必需的列也大多没有，看作另外的名单，其中 {sheet.rows.read} 行没有检查；确是登记表的，"
        "请补上户编号和登记表的各列"
    )
    place = f"{sheet.sheet}（第{sheet.heading_row}行起）"
    return Unregistered(table, place, remark, is_of_others=False)


def _other(
    table: ParsedTable,
    kind: OtherKind | None,
    registers: Sequence[ParsedTable],
    *,
    is_below: bool,
) -> Unregistered | None:
    """The table, where it is of such a kind; without one it is of names alone.

    `is_below` says that it stands below another one on its sheet.
    """
    name, row = table.sheet.sheet, table.sheet.heading_row
    place = f"{name}（第{row}行起）" if is_below else name
    where = f"工作表“{name}”" + (f"第{row}行起的另一张表" if is_below else "")
    if kind is None:
        remark = (
            f"{where}没有写明户编号、证件号码，也没有行政村和姓名，对不上登记表里的户和人，"
            f"其中 {table.sheet.rows.read} 行没有检查；要一起检查的，请补上户编号和证件号码"
        )
        is_wanted = is_by_names_alone(table)
        return Unregistered(table, place, remark, is_of_others=False, is_wanted=is_wanted)
    if not _is_other(table, registers, kind):
        return None
    remark = _remark(where, table, kind, is_alone=not registers)
    return Unregistered(table, place, remark, is_of_others=True)


def _remark(where: str, table: ParsedTable, kind: OtherKind, *, is_alone: bool) -> str:
    is_of_list = kind.way.startswith(("检查时", "用"))
    first = "请另存为文件，" if is_of_list and not is_alone else ""
    return f"{_told(where, kind, table.sheet.rows.read)}；{first}{kind.way}"


def _told(where: str, kind: OtherKind, rows: int) -> str:
    by = f"（从列名“{'、'.join(kind.by[:_MOST_SHOWN])}”看）" if kind.by else ""
    return f"{where}是{kind.what}的名单{by}，不是登记表，其中 {rows} 行没有检查"


def _has_keys(table: ParsedTable) -> bool:
    """Whether it can be told of whom of a register the rows are; of forms and the like, always."""
    sheet = table.sheet
    if sheet.table not in _TABLES or sheet.is_form or sheet.beside:
        return True
    names = {name.split(".")[-1] for name in table.frame.columns}
    if sheet.village_of_rows is not None:
        names.add("village")
    is_named = not names.isdisjoint(_NAMES)
    # Of members beside their head's name, that name is as good as a place.
    is_placed = not names.isdisjoint(_VILLAGES) or names.issuperset(_NAMES)
    return not names.isdisjoint(_NUMBERS) or (is_named and is_placed)


def is_no_name(sheet: str) -> bool:
    """Whether a sheet has a name that says nothing: Sheet1, 工作表2, 3."""
    return _NO_NAME.fullmatch(solid(sheet)) is not None


def _names(sheet: str, titles: Iterable[str], stem: str) -> list[str]:
    """What a sheet is called: by itself, above its heading, and by its file where it says nothing.

    A village says nothing of what the sheet is.
    """
    texts = [solid(text) for text in (sheet, *titles)]
    if is_no_name(sheet) or village_in(sheet) is not None:
        texts.append(solid(stem))
    return texts


def _kind_of(table: ParsedTable, stem: str, year: int) -> OtherKind | None:
    if table.sheet.table not in _TABLES or table.sheet.is_form:
        return None
    names = _names(table.sheet.sheet, table.titles, stem)
    texts = [text for text in names if not STAY.search(text)]
    found = (kind for kind in OTHER_KINDS for text in texts if kind.named.search(text))
    kind = next(found, None)
    if (kind is None or not kind.is_sure) and (office := _office_of(table, names)) is not None:
        return office
    if kind is not None:
        return kind
    years = {named for text in texts if (named := year_of([text])) is not None}
    is_earlier = years and max(years) < year
    return _BEFORE if is_earlier or any(map(_BEFORE.named.search, texts)) else None


def _of_list(table: str, *, is_sure: bool = True) -> OtherKind:
    """A list that --with compares."""
    title = LISTS[table].title
    return OtherKind(_NO_NAME, title, AS_LIST.format(kind=title), is_sure, has_members=True)


def _office_of(table: ParsedTable, names: Sequence[str]) -> OtherKind | None:
    """Whose list it is, if not the register's, by its headings and by what it is called."""
    columns = {column for _, column in table.sheet.columns}
    numbers = values_of(table, [f"{table.sheet.table}.household_id"])
    is_numbered = any(len(str(number)) >= _LEAST_NUMBER for number in numbers)
    verdict = office_of(table.sheet.columns, table.unknown, names, is_numbered=is_numbered)
    if verdict is None:
        if is_numbered or "household_id" in columns or is_register(columns):
            return None
        return _OF_OTHERS if _is_of_others(table, names, columns) else _of_anybody(table, names)
    if verdict.table is not None:
        return _of_list(verdict.table, is_sure=verdict.is_sure)
    return _OF_OFFICE._replace(what=verdict.office.what, by=verdict.by, is_sure=verdict.is_sure)


def _is_of_others(table: ParsedTable, names: Sequence[str], columns: set[str]) -> bool:
    """Whether it lists somebody whom no register names, and says of each what none has: 入党时间.

    It has no number of a household, and nothing that only a register says.
    """
    if (
        table.sheet.table != "member"
        or columns & _ONLY_REGISTER
        or any(map(_OF_HOMES.search, names))
    ):
        return False
    own = [stack[-1] for stack in table.unknown if not _OF_ANYBODY.fullmatch(solid(stack[-1]))]
    return bool(own) and any(map(_OF_SOMEBODY.search, names))


def _of_anybody(table: ParsedTable, names: Sequence[str]) -> OtherKind | None:
    """What a table is that has nothing of a register's own, and a list's instead.

    Persons of no household, of whom an office's heading tells, or what their list is called; or
    heads without a number, of whom several headings do that no register has.
    """
    columns = {column for _, column in table.sheet.columns}
    texts = [*dict.fromkeys(stack[-1] for stack in table.unknown)]
    own = [text for text in texts if not _OF_ANYBODY.fullmatch(solid(text))]
    spoken = [text for text in own if is_of_office(text)]
    is_of_the_poor = any(map(OF_THE_POOR.search, names))
    if columns & (_ONLY_REGISTER - {"head_name"}) or is_of_the_poor:
        return None
    if columns.isdisjoint(_HOMES):
        # Where somebody works is in lists of those who do as well.
        is_told = len(spoken) > 1 or (spoken and not speaks_of_register(table.sheet.columns))
        is_told = is_told or is_called_list(names)
    else:
        is_told = len(own) >= _LEAST_OWN and not speaks_of_register(table.sheet.columns)
    if not is_told:
        return None
    verdict = looks_like(table.sheet.columns, table.unknown, names)
    offices = offices_called(names) if verdict is None else [verdict.office]
    what = next((office.what for office in offices), _OF_DEPARTMENT.what)
    return _OF_OFFICE._replace(what=what, by=tuple(spoken or own), is_sure=False)


def remark_of_like(table: ParsedTable, stem: str) -> str | None:
    """What is said of a table that is read, and may as well be an office's list."""
    if table.sheet.table not in _TABLES or table.sheet.is_form:
        return None
    names = [*_names(table.sheet.sheet, table.titles, stem), solid(stem)]
    like = looks_like(table.sheet.columns, table.unknown, names)
    if like is None:
        return None
    return (
        f"工作表“{table.sheet.sheet}”按登记表检查了；有列“{'、'.join(like.by[:_MOST_SHOWN])}”，"
        f"也像是{like.office.what}的名单：如果是，请不要和登记表放在一起检查"
    )


def _is_other(table: ParsedTable, registers: Sequence[ParsedTable], kind: OtherKind) -> bool:
    """Whether a table that is called so is none of the register, beside those that are.

    What is not sure has less than they have, and adds nothing. Who is in them as well is in the
    register, and the list one of its own, unless it is of another year.
    """
    name = table.sheet.table
    required = required_columns(name)
    own = {n for n in required if table.sheet.has(name, n)}
    beside = [other for other in registers if other.sheet.table == name]
    theirs = {n for n in required for other in beside if other.sheet.has(name, n)}
    if kind.has_members:
        return kind.is_sure or not are_in(table, registers)
    if kind.is_sure:
        return bool(beside) or own != required
    least = max((len(other.sheet.columns) for other in beside), default=0)
    is_poor = has_less(own, len(table.sheet.columns), theirs, least)
    return is_poor and (kind is _BEFORE or not are_in(table, registers))
