"""What the lists of all departments have in common: who a row is about."""

from typing import Any, ClassVar

from jiandang.register.code_types import Sex
from jiandang.register.date_cells import PartialDateCell
from jiandang.register.member import Member
from jiandang.register.number_cells import Age
from jiandang.register.place import Place
from jiandang.register.table import Table, column, columns_of
from jiandang.register.text_cells import PersonName, ResidentId, Text, VillageName

# What number a list tells people by, under whatever heading.
_NUMBERS = (
    "证件号",
    "身份证明号码",
    "身份证编号",
    "居民身份证",
    "公民身份证",
    "SFZMHM",
    "SFZHM",
    "GMSFHM",
)


def each(words: str, *endings: str) -> tuple[str, ...]:
    """Headings that differ in how they end: 保障人数 and 保障人口 of 保障."""
    return tuple(f"{word}{ending}" for word in words.split() for ending in endings)


def dated(words: str) -> tuple[str, ...]:
    """Headings for when something was: 注销日期 and 注销时间 of 注销."""
    return each(words, "日期", "时间")


def called(words: str) -> tuple[str, ...]:
    """Headings for who it is: 车主 and 车主姓名 of 车主."""
    return each(words, "", "姓名")


# What stands behind the word for whom it is of.
NUMBERS_OF = (
    "身份证", *each("身份证 身份证件 证件", "号", "号码"), "公民身份号码", "身份证明号码",
)  # fmt: skip


def known_as(table: type[Table], name: str, heading: str, *aliases: str) -> Any:
    """A column that a table of the register has too, with all the headings that it has there."""
    known = columns_of(table)[name]
    others = dict.fromkeys([*aliases, *known.headings])
    others.pop(heading, None)
    return column(heading, *others, description=known.description)


def named(heading: str, *aliases: str) -> Any:
    """The name of whom a row is about."""
    return known_as(Member, "name", heading, *aliases, "XM")


def numbered(heading: str, *aliases: str, of: tuple[str, ...] = ()) -> Any:
    """The number of whom a row is about; `of` are the words for them: 车主 of 车主身份证号."""
    theirs = (owner + number for owner in of for number in NUMBERS_OF)
    return known_as(Member, "id_number", heading, *aliases, *theirs, *_NUMBERS)


class Listed(Table):
    """A row of a list. `title` is the kind of list, `department` who keeps it.

    `spoken` are words by which a file's name tells the kind, and where `headings_speak` one of its
    own headings does; or all columns of `tell_together` do. `part_of` is the kind of which such a
    list may be an extract, with all of its headings. `numbers_in` are the columns in whose text an
    identity number stands, which tells people where there is no number of their own. Where it
    `has_joint_owners` each of several columns of names may have one. `tells_no_kind` are the
    columns, and single headings, that are another kind's where nothing else tells it.

    `yes_says` and `no_says` are the columns in which 是 (否) says something of the state, and what:
    否 under 是否在保 is 停发; in those of `any_says` whatever stands there does (停发原因).
    What a list is called says of all its rows what it has no column for, if it has words of one of
    the sorts in `title_says` alone: 企业职工养老金发放 the `kind`. `aged_on` are the columns with
    the day on which somebody was as old as a row says; without any it is the list's.
    """

    department: ClassVar[str]
    spoken: ClassVar[tuple[str, ...]] = ()
    headings_speak: ClassVar[bool] = True
    tell_together: ClassVar[tuple[str, ...]] = ()
    part_of: ClassVar[str | None] = None
    numbers_in: ClassVar[tuple[str, ...]] = ()
    has_joint_owners: ClassVar[bool] = False
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note",)
    yes_says: ClassVar[dict[str, str]] = {}
    no_says: ClassVar[dict[str, str]] = {}
    any_says: ClassVar[dict[str, str]] = {}
    title_says: ClassVar[dict[str, tuple[str, ...]]] = {}
    aged_on: ClassVar[tuple[str, ...]] = ()

    name: PersonName | None = named("姓名")
    former_name: PersonName | None = column("曾用名", "CYM", description="从前的姓名")
    id_number: ResidentId | None = numbered("身份证号码")
    sex: Sex | None = known_as(Member, "sex", "性别", "XB")
    birth_date: PartialDateCell | None = known_as(Member, "birth_date", "出生日期", "CSRQ")
    age: Age | None = known_as(
        Member, "age", "年龄", "享年", "终年", "死亡年龄", "死亡时年龄", "死者年龄", "逝者年龄"
    )
    village: VillageName | None = known_as(Place, "village", "行政村", "村组", "居住村")
    address: Text | None = column(
        "住址", *each("家庭 户籍 身份证 生前", "住址", "地址"), *each("现 死者 逝者 原", "住址"),
        *each("详细 居住 常住 原户籍 住所 联系 通讯", "地址"), *each("户籍 户口", "所在地"),
        *each("户籍 居住 现居住 常住", "地"), "生前居住地", "地址", "ZZ", "HJDZ",
        description="住址，里面有村名",
    )  # fmt: skip
    note: Text | None = column("备注", "备注说明", "说明", description="其他要说明的")
