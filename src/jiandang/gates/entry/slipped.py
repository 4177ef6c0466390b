"""LR135: a column that has gone some rows up or down, or was sorted alone: one finding a block."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import years_between
from jiandang.gates.slips import (
    SLIP,
    SORTED,
    Fact,
    Move,
    Slip,
    above,
    are,
    blocks,
    find_slips,
    find_sorted,
    is_contradicted,
    without,
)
from jiandang.gates.survey.shared import NET_PARTS
from jiandang.policy import Policy
from jiandang.register.place import own_number
from jiandang.register.register import sheet_number
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# -- members: what is said of a person, against the number ------------------------------------

# Whether the number of a row is that of the person so many rows above.
_OF_PERSON: dict[str, Fact] = {
    "birth_date": lambda step: c.birth_by_id.str.starts_with(above("birth_date", step)),
    "age": lambda step: (c.age_by_id - above("written_age", step)).abs() <= 1,
    "sex": lambda step: c.id_sex == above("written_sex", step),
    "card": lambda step: c.identity == above("owner_of_card", step),
    "head": lambda step: c.identity == above("number_in_table_2", step),
}
# Whether the relation is that of a head where the person is.
_OF_RELATION: dict[str, Fact] = {
    "relation": lambda step: c.is_written_head == above("is_heads_row", step)
}
# Whether the person's number begins with that of the household.
_OF_PLACE: dict[str, Fact] = {
    "person_id": lambda step: c.home_of_person_id == above("number_of_household", step)
}
_OF_MEMBER = _OF_PERSON | _OF_RELATION | _OF_PLACE


# What is said of a person, and what the number says.
_SAID_OF_PERSON = {"sex": ("written_sex", "id_sex"), "age": ("written_age", "age_by_id")}


def _without(*moved: str) -> tuple[str, ...]:
    return tuple(name for name in _OF_PERSON if name not in moved)


# The number alone, or with what stands beside it; or one of these.
_BESIDE = ((), ("sex",), ("birth_date",), ("birth_date", "age"), ("sex", "birth_date", "age"),
           ("sex", "birth_date", "age", "card"))  # fmt: skip
_MEMBER_MOVES = (
    *(Move("id_number", _without(*beside), beside) for beside in _BESIDE),
    *(
        Move(column, moved, _without(*moved), is_back=True)
        for column, moved in (
            ("birth_date", ("birth_date",)),
            ("birth_date", ("birth_date", "age")),
            ("age", ("age",)),
            ("sex", ("sex",)),
        )
    ),
    Move("relation", ("relation",)),
    Move("person_id", ("person_id",)),
)
_TAIL = 2  # digits that a person's number has behind the household's
_NEEDS = "id_number birth_date|age|sex|disability_card|household.head_id"


@derived("member", needs="id_number")
def age_by_id(policy: Policy) -> pl.Expr:
    """The age at the reference date that the number says."""
    return years_between(c.id_birth, policy.reference_date)


derived("member", needs="").columns(
    written_sex=c.sex.cast(pl.String), owner_of_card=c.disability_card.str.slice(0, 18)
)

derived("member", of="household", needs="").columns(number_of_listed_head=c.head_identity.first())

# The number that table 2 has for a head of the same name.
derived("member", needs="").columns(
    number_in_table_2=pl.when(c.is_head & (c.name == c.listed_head)).then(c.number_of_listed_head)
)

_IS_LISTED = c.name == c.listed_head, c.identity == c.number_of_listed_head

derived("member", needs="").columns(
    is_written_head=c.relation == "户主",
    # Whether table 2 has the person for the head, by name and by number; else null.
    is_heads_row=pl.when(_IS_LISTED[0] == _IS_LISTED[1]).then(_IS_LISTED[0]),
)

_IS_NUMBERED = c.village_numbers_by_household & (c.usual_tail == _TAIL)

derived("member", needs="").columns(
    number_of_household=pl.when(_IS_NUMBERED).then(own_number(c.household_id)),
    home_of_person_id=pl.when(_IS_NUMBERED).then(c.person_id.str.head(-_TAIL)),
)

derived("member", needs=_NEEDS).columns(is_contradicted=is_contradicted(_OF_MEMBER))


@derived("member", needs=_NEEDS)
def slip(policy: Policy) -> pl.Expr:
    """The block of rows that the row is in, where a column of them is out of place."""
    names = (
        "ref", "sheet_number", "village_key", "id_number", "birth_date", "age", "sex", "identity",
        "id_sex", "birth_by_id", "age_by_id", "written_age", "written_sex", "owner_of_card",
        "number_in_table_2", "owner", "relation", "is_written_head", "is_heads_row",
        "person_id", "number_of_household", "home_of_person_id", "is_contradicted",
    )  # fmt: skip
    return pl.struct(*names).map_batches(partial(blocks, find=_slips_of_members), return_dtype=SLIP)


def _slips_of_members(frame: pl.DataFrame) -> list[Slip]:
    slips = [*find_slips(frame, _OF_MEMBER, _MEMBER_MOVES)]
    slips += _sorted_alone(without(frame, slips))
    return [*slips, *find_sorted(without(frame, slips), _SAID_OF_PERSON)]


def _sorted_alone(left: pl.DataFrame) -> Iterator[Slip]:
    """The villages, sheet by sheet, where most numbers (or dates) are others' of the village."""
    for village in left.partition_by("sheet_number", "village_key", maintain_order=True):
        heads, numbers = village["number_in_table_2"], village["identity"]
        of_other_head = heads.is_in(numbers.drop_nulls().implode()) & (heads != numbers)
        by_birth = _are_most(village["owner"].is_not_null(), village["birth_date"])
        by_head = _are_most(of_other_head, heads)
        by_sex = are(village, False, _OF_PERSON["sex"](0)).any()
        # Numbers that agree with all else are right: it is the dates, or table 2, that moved.
        is_number = by_sex or (by_birth and by_head)
        if by_birth or (by_head and is_number):
            rows = village.filter(c.is_contradicted)["row"]
            column = "id_number" if is_number else "birth_date"
            yield Slip(range(rows[0], rows[-1] + 1), column, 0)


def _are_most(wrong: pl.Series, known: pl.Series) -> bool:
    return wrong.sum() >= SORTED and 2 * wrong.sum() > known.count()


# -- households: what table 2 says, against its members and its own sums -----------------------


def _is_near(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one - other).abs() <= 1


_OF_HOUSEHOLD: dict[str, Fact] = {
    "head_name": lambda step: c.head_name == above("head_member_name", step),
    "head_id": lambda step: c.head_identity == above("head_member_identity", step),
    "size": lambda step: c("size") == above("members", step),
    "labour_count": lambda step: c.labour_count == above("labourers", step),
    "per_capita": lambda step: _is_near(c.per_capita, above("income_per_head", step)),
    "net_income": lambda step: _is_near(c.net_income, above("net_of_parts", step)),
}


def _part(name: str, step: int) -> pl.Expr:
    return _is_near(c(name), above(f"{name}_by_sum", step))


_OF_PARTS: dict[str, Fact] = {name: partial(_part, name) for name in NET_PARTS}
_FACTS_OF_HOUSEHOLD = _OF_HOUSEHOLD | _OF_PARTS
_SAID_OF_HOUSEHOLD = {
    "head_id": ("head_identity", "head_member_identity"),
    "size": ("size", "members"),
    "labour_count": ("labour_count", "labourers"),
    "per_capita": ("per_capita", "income_per_head"),
    "net_income": ("net_income", "net_of_parts"),
    **{name: (name, f"{name}_by_sum") for name in NET_PARTS},
}
_HOUSEHOLD_MOVES = tuple(Move(name, (name,)) for name in _FACTS_OF_HOUSEHOLD)

derived("household", needs="").columns(
    income_per_head=c.income / c("size"),
    **{
        f"{name}_by_sum": c(name) + sign * (c.net_income - c.net_of_parts)
        for name, sign in NET_PARTS.items()
    },
    is_contradicted=is_contradicted(_OF_HOUSEHOLD) & c.own,
)


@derived("household", needs="household_id")
def slip_of_household(policy: Policy) -> pl.Expr:
    """The block of rows that the row is in, where a column of them is out of place."""
    names = (
        "ref", "sheet_number", "village_key", "head_name", "head_member_name", "head_id",
        "head_identity", "head_member_identity", "size", "members", "labour_count", "labourers",
        "per_capita", "income_per_head",
        "net_income", "net_of_parts", *NET_PARTS, *(f"{name}_by_sum" for name in NET_PARTS),
        "is_contradicted",
    )  # fmt: skip
    return pl.struct(*names).map_batches(
        partial(blocks, find=_slips_of_households), return_dtype=SLIP
    )


def _slips_of_households(frame: pl.DataFrame) -> list[Slip]:
    slips = [*find_slips(frame, _FACTS_OF_HOUSEHOLD, _HOUSEHOLD_MOVES)]
    return [*slips, *find_sorted(without(frame, slips), _SAID_OF_HOUSEHOLD)]


# -- steps: the votes of a meeting, against those present ---------------------------------------

_OF_MEETING: dict[str, Fact] = {
    "votes_for": lambda step: c.votes_for == above("votes_due", step),
    "delegates_present": lambda step: c.delegates_present == above("votes_cast", step),
}
_MEETING_MOVES = tuple(Move(name, (name,)) for name in _OF_MEETING)
_OTHER_VOTES = c.votes_against.fill_null(0) + c.abstentions.fill_null(0)

derived("procedure", needs="").columns(sheet_number=sheet_number())

derived("procedure", needs="votes_for delegates_present").columns(
    votes_due=c.delegates_present - _OTHER_VOTES,
    votes_cast=c.votes_for + _OTHER_VOTES,
    is_contradicted=is_contradicted(_OF_MEETING),
)


@derived("procedure", needs="votes_for delegates_present")
def slip_of_votes(policy: Policy) -> pl.Expr:
    """The block of rows that the row is in, where a column of them is out of place."""
    names = (
        "ref", "sheet_number", "village_key", "votes_for", "delegates_present", "votes_due",
        "votes_cast", "is_contradicted",
    )  # fmt: skip
    return pl.struct(*names).map_batches(partial(blocks, find=_slips_of_votes), return_dtype=SLIP)


def _slips_of_votes(frame: pl.DataFrame) -> list[Slip]:
    return [*find_slips(frame, _OF_MEETING, _MEETING_MOVES)]


for _table, _name in (
    ("member", "slip"),
    ("household", "slip_of_household"),
    ("procedure", "slip_of_votes"),
):
    _slip = c(_name)
    derived(_table, needs=_name).columns(
        slip_block=_slip.struct.field("block"),
        slip_last=_slip.struct.field("last"),
        slip_column=_slip.struct.field("column"),
        slip_step=_slip.struct.field("step"),
    )


@rule(
    "LR135",
    "整列错位",
    Severity.ERROR,
    "member",
    at="id_number",
    message="从这一行到{slip_last:place}，{count} 行的“{what}”{how}",
    basis="GB 11643：第7至14位是出生日期，第17位表示性别；算术：收入、人口的合计",
    per="slip_block",
    needs="id_number|household.household_id|procedure.votes_for",
)
def column_slipped(policy: Policy) -> Iterator[Violation]:
    """相连的许多行，一列的内容都是上面或下面几行的，是粘贴时错了行，或者中间多了、少了一格。
    成员表看证件号码、出生日期、年龄、性别、与户主关系、人编号，农户表看户主姓名、户主证件号码、家庭人口、劳动力人数、收入和支出，
    识别程序看同意票和实到代表。
    一个村多半的号码（或出生日期）都是本村别人的，或者性别、年龄、人口、收入等一列自己是排好的，
    填的都是别的户该填的，是这一列单独排了序。
    一段只报一次，写明首尾，由这一列看出的问题不再逐行报。几个人的号码互相填错的，由“证件号码填串”报。

    改法：对照原始表，把这一列整段移回去，再检查一遍；不要逐格改。
    错例：从第30行起，每一行的证件号码都是上一行那个人的
    对例：一户两个人的证件号码填反了，其余各行无误
    """
    far = pl.when(c.slip_step.abs() > 1).then(pl.format("第 {} 行", c.slip_step.abs()))
    side = pl.when(c.slip_step > 0).then(pl.lit("上面")).otherwise(pl.lit("下面"))
    moved = pl.format(
        "都是{}{}的，像是粘贴时错了行，或者多了、少了一格", side, far.fill_null("一行")
    )
    how = pl.when(c.slip_step == 0).then(pl.lit("多半是本村别人的，像是这一列单独排了序"))
    columns = {
        "member": ("id_number", "birth_date", "age", "sex", "relation", "person_id"),
        "household": tuple(_FACTS_OF_HOUSEHOLD),
        "procedure": tuple(_OF_MEETING),
    }
    for table, names in columns.items():
        for name in names:
            yield Violation(
                c.slip_column == name,
                table=table,
                at=name,
                rests_on=name,
                what=COLUMNS[table][name].heading,
                how=how.otherwise(moved),
            )
