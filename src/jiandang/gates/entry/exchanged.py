"""LR224, LR225: households that have each other's numbers, members who stand in another household.

Each is one finding, at the rows that are wrong: what else it upsets is not told.
"""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.entry.disordered import has_other_name
from jiandang.gates.joined import joined
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col
_MOST_NAMED = 3

# -- numbers of households that were exchanged -----------------------------------------------

_NEEDS = "household_id head_name|head_id member.relation"

derived("member", needs="relation household_id").columns(
    heads_identity=pl.when(c.is_head).then(c.identity),
    heads_name_in_village=pl.when(c.is_head).then(
        pl.concat_str(c.village_key, c.name, separator="/")
    ),
)

derived("household", of="member", needs="").columns(
    head_member_identity=c.identity.filter(c.is_head).first(),
    heads_person_id=c.person_id.filter(c.is_head).first(),
)


@derived("household", needs=_NEEDS)
def is_misheaded(policy: Policy) -> pl.Expr:
    """Whether the household's members have another head than table 2 says, by name and number."""
    other_name = has_other_name(c.head_name, c.head_member_name).fill_null(True)
    other_number = (c.head_identity != c.head_member_identity).fill_null(True)
    known = c.head_name.is_not_null() | c.head_identity.is_not_null()
    return (c.own & known & (c.heads == 1) & other_name & other_number).fill_null(False)


derived("household", needs=_NEEDS).columns(
    misheaded_identity=pl.when(c.is_misheaded).then(c.head_identity),
    misheaded_name=pl.when(c.is_misheaded).then(c.head_name_in_village),
)

derived("household", of="member", on=("misheaded_identity", "heads_identity"), needs="").columns(
    under_by_number=c.household_id.first(), under_as_number=c.person_id.first()
)

derived("household", of="member", on=("misheaded_name", "heads_name_in_village"), needs="").columns(
    under_by_name=c.household_id.first(), under_as_name=c.person_id.first()
)


@derived("household", needs=_NEEDS)
def number_block(policy: Policy) -> pl.Expr:
    """The first row of the households whose members stand under each other's numbers."""
    rows = pl.struct(
        "ref",
        "household_id",
        "is_misheaded",
        under=pl.coalesce(c.under_by_number, c.under_by_name),
    )
    return rows.map_batches(_blocks, return_dtype=pl.Int64)


def _blocks(homes: pl.Series) -> pl.Series:
    rows = homes.struct.unnest()
    wrong = rows.filter("is_misheaded").drop_nulls(["household_id", "under"])
    first = dict(wrong.select("household_id", "ref").iter_rows())
    pairs = wrong.select("household_id", "under").iter_rows()
    roots = joined((home, under) for home, under in pairs if under in first and home != under)
    blocks: dict[str, list[int]] = {}
    for home, root in roots.items():
        blocks.setdefault(root, []).append(first[home])
    together = {ref: min(refs) for refs in blocks.values() for ref in refs}
    return pl.Series([together.get(ref) for ref in rows["ref"]], dtype=pl.Int64)


derived("household", needs=_NEEDS).columns(
    # Whether the members' own numbers are of the household that table 2 says.
    is_number_of_members=pl.coalesce(c.under_as_number, c.under_as_name).str.starts_with(
        c.household_id
    )
)

derived("household", over="number_block", needs=_NEEDS).columns(
    homes_in_block=c.household_id.len(),
    numbers_in_block=pl.concat_str(
        c.household_id.sort().head(_MOST_NAMED).str.join("、"),
        pl.when(c.household_id.len() > _MOST_NAMED).then(pl.lit("等")).otherwise(pl.lit("")),
    ),
    is_table_2_right=c.is_number_of_members.all(ignore_nulls=False).fill_null(False),
)


@rule(
    "LR224",
    "户编号互相填错",
    Severity.ERROR,
    "household",
    at="household_id",
    message="{homes_in_block} 户的户编号互相填错了（{numbers_in_block:s}）："
    "{household_id} 在农户表里的户主是“{head_name}”，在成员表里是“{head_member_name}”",
    basis="逻辑：一户的户主只有一个人；S-P 户码：成员表与农户表按户编号对应",
    per="number_block",
    needs=_NEEDS,
)
def numbers_exchanged(policy: Policy) -> Iterator[Violation]:
    """两户（或几户）在农户表和成员表里的户编号正好对调：这一户的户主在成员表里是那一户的户主，那一户的是这一户的。
    几户报一次，人口、收入等不再逐户比。人编号仍是原来那一户的，错的是成员表，报在成员表。

    改法：按户口本或原始表核对，把户编号换回来；识别程序、入户调查里也要一致。
    错例：农户表 …003 的户主是张三、…004 的是李四，成员表里 …003 的户主是李四、…004 的是张三
    对例：两张表里 …003 的户主都是张三
    """
    told = c.number_block.is_not_null()
    yield Violation(told & ~c.is_table_2_right)
    is_head = c.ref == c.own_heads_row
    yield Violation(
        told & c.is_table_2_right & is_head,
        table="member",
        head_name=c.listed_head,
        head_member_name=c.name,
    )


# -- members in another household ------------------------------------------------------------

# Rows of somebody who has one in the household already (LR108): they are nobody's from elsewhere.
derived("member", needs="").columns(is_copied_row=c.is_again & c.is_copied)
derived("household", of="member", needs="").columns(copied_rows=c.is_copied_row.sum())

# By how many members table 1 has more than 家庭人口 says.
derived("household", needs="size member.household_id").columns(
    members_too_many=pl.when(c.is_listed & c.household_id.is_not_null()).then(
        c.members.cast(pl.Int64) - c.copied_rows.cast(pl.Int64) - c("size")
    )
)

# Whether one household of the village has too few, and one alone as many too many; and the former.
derived("household", over="village_key", needs="size member.household_id").columns(
    has_a_pair=((c.members_too_many < 0).sum() == 1)
    & ((c.members_too_many > 0).sum() == 1)
    & (c.members_too_many.sum() == 0),
    short_home=c.household_id.filter(c.members_too_many < 0).first(),
)

derived("household", needs="size member.household_id").columns(
    # The household that has too few, at the one that has too many: this tells of both.
    paired_home=pl.when(c.has_a_pair & (c.members_too_many > 0)).then(c.short_home),
    is_of_a_pair=(c.has_a_pair & (c.members_too_many < 0)).fill_null(False),
)

_ROWS = "household_id household.size member.relation"


@derived("member", needs=_ROWS)
def row_above(policy: Policy) -> pl.Expr:
    """The household of the row above, of a member who stands away from the others of his own.

    Of households with members too many, of whom somebody must be another's.
    """
    own = c.household_id
    above, below = (own.shift(by).over("sheet_number") for by in (1, -1))
    is_guest = (c.members_too_many > 0) & c.other_home.is_null() & ~c.is_head
    return pl.when(is_guest & (above != own) & (below != own).fill_null(True)).then(above)


derived("member", of="household", on=("row_above", "household_id"), needs="").columns(
    above_is_short_of_members=(c.members_too_many < 0).any()
)

# The household among whose rows the member's stands, where it has members too few.
derived("member", needs=_ROWS).columns(
    home_by_rows=pl.when(c.above_is_short_of_members).then(c.row_above)
)

derived("member", over="household_id", needs=_ROWS).columns(
    has_rows_away=c.home_by_rows.is_not_null().any(),
    # As it is written: a wrong number must not hide that a household has too many members.
    heads_written_sex=c.sex.filter(c.is_head).first(),
)


@derived("member", needs=_ROWS)
def home_beside(policy: Policy) -> pl.Expr:
    """The same; or of the second 配偶 of a household, or one of the head's own sex, its pair."""
    odd = (c.sex == c.heads_written_sex).fill_null(False) | (c.ref != c.first_spouses_row)
    odd_spouse = (c.relation == "配偶") & odd & c.other_home.is_null() & ~c.has_rows_away
    return pl.coalesce(c.home_by_rows, pl.when(odd_spouse).then(c.paired_home))


derived("household", of="member", on=("household_id", "home_beside"), needs="").columns(
    beside=c.ref.len()
)

derived("household", of="member", needs="").columns(guests_beside=c.home_beside.is_not_null().sum())


@derived("household", needs="size member.household_id")
def is_right_beside(policy: Policy) -> pl.Expr:
    """Whether 家庭人口 is right with everybody where he seems to belong."""
    moved = c.beside.fill_null(0).cast(pl.Int64) - c.guests_beside.fill_null(0).cast(pl.Int64)
    return ((moved != 0) & (c.members_too_many + moved == 0)).fill_null(False)


derived("member", of="household", needs="").columns(has_a_guest_beside=c.is_right_beside.any())

derived("member", of="household", on=("home_beside", "household_id"), needs="").columns(
    is_missed_beside=c.is_right_beside.any()
)


@rule(
    "LR225",
    "成员放错了户",
    Severity.ERROR,
    "member",
    at="household_id",
    message="“{name}”（{relation}）的户编号填的是 {household_id}，{why}；"
    "放在 {home_beside:s} 户，两户的家庭人口就都相符",
    basis="S-P 人口数与成员逐人核对",
    needs="household_id household.size member.relation",
)
def member_in_another_household(policy: Policy) -> Violation:
    """一名成员的行夹在另一户的几行中间，户编号却是别的户的；或者一户多出一名配偶，配偶与户主同性别：
    而这一户的成员比家庭人口多，那一户的少，放回去两户就都相符。
    只报这一行，两户的家庭人口、劳动力人数等不另报。

    改法：核对这名成员是哪一户的，改正户编号，人编号也要一起改。
    错例：张三一家三口中间的一行填了李四家的户编号，张三家少一人，李四家多一人
    对例：全家每一行的户编号相同
    """
    told = c.has_a_guest_beside & c.is_missed_beside
    return Violation(
        c.home_beside.is_not_null() & told.fill_null(False),
        is_surplus=True,
        why=pl.when(c.home_by_rows.is_not_null())
        .then(pl.lit("却夹在另一户的几行中间"))
        .otherwise(pl.lit("这一户却不该有这名配偶")),
        expected=c.home_beside,
    )
