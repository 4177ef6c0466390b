"""The lists that go with the movement table: 进, 出, 更正 and 户变动."""

from typing import Any

import polars as pl

from jiandang.engine.words import Words, heading_of
from jiandang.movement.people import People
from jiandang.movement.reasons import MERGED, SPLIT
from jiandang.register.register import Register
from jiandang.register.tables import BEFORE
from jiandang.report.movement import Listed, Listing

c = pl.col

# What is the same as long as somebody lives: another value is a correction.
IDENTITY = ("name", "id_number", "sex", "birth_date", "nation")


def listings_of(people: People, both: Register, words: Words) -> list[Listing]:
    """All lists, each in the order of the register of both dates."""
    places = {row["village"]: row for row in people.villages.iter_rows(named=True)}
    members, homes = _with_heads(both.tables["member"], people), people.households
    frames: list[tuple[Listed, pl.DataFrame]] = [
        ("entered", _entered(members)),
        ("left", _left(members)),
        *(("corrected", _corrected(members, name)) for name in IDENTITY),
        ("household", _changed_homes(homes)),
        ("household", _changed_persons(members, homes)),
    ]
    return [
        _listing(kind, row, places, words)
        for kind, frame in frames
        for row in frame.iter_rows(named=True)
    ]


def _listing(
    kind: Listed, row: dict[str, Any], places: dict[str, dict[str, Any]], words: Words
) -> Listing:
    place = places[row["village"]]
    before, now = (words.cell(row["column"], row[side]) for side in ("before", "now"))
    return Listing(
        list=kind,
        what=row["what"],
        county=words.public(place["county"]),
        town=words.public(place["town"]),
        village=words.public(place["name"] or row["village"]),
        household=words.code(row["household"]),
        head=words.public(row["head"]),
        person=words.public(row["person"]),
        id_number=words.cell("id_number", row["number"]),
        before=before,
        now=now,
    )


def _with_heads(members: pl.DataFrame, people: People) -> pl.DataFrame:
    """The members with who headed and heads their household."""
    heads = people.households.select("household_id", now_head="head_name")
    old = people.households.select("before_id", old_head="before_head_name")
    members = members.join(
        heads.drop_nulls("household_id"), on="household_id", how="left", maintain_order="left"
    )
    return members.join(
        old.drop_nulls("before_id"), on="before_id", how="left", maintain_order="left"
    )


def _rows(
    frame: pl.DataFrame,
    *,
    what: pl.Expr,
    village: str = "is_in",
    household: str = "household_id",
    head: str = "now_head",
    person: str | None = "name",
    number: str | None = "id_number",
    column: str = "household_id",
    before: str | None = None,
    now: str | None = None,
) -> pl.DataFrame:
    """The rows of a list, from the columns of these names; `column` is of what kind values are."""

    def of(name: str | None) -> pl.Expr:
        return pl.lit(None, pl.String) if name is None else c(name).cast(pl.String)

    return frame.select(
        what=what, village=of(village), household=of(household), head=of(head), person=of(person),
        number=of(number), column=pl.lit(column), before=of(before), now=of(now),
    )  # fmt: skip


def _entered(members: pl.DataFrame) -> pl.DataFrame:
    return _rows(members.drop_nulls("came_by"), what=c.came_by, before="before_id")


def _left(members: pl.DataFrame) -> pl.DataFrame:
    left = members.drop_nulls("left_by").with_columns(
        # In the rows of the earlier register alone it is that register's own number.
        goes_to=pl.when(c.is_in.is_not_null()).then("household_id")
    )
    return _rows(
        left, what=c.left_by, village="was_in", household="before_id", head="old_head",
        person=BEFORE + "name", number=BEFORE + "id_number", now="goes_to",
    )  # fmt: skip


def _corrected(members: pl.DataFrame, name: str) -> pl.DataFrame:
    """Those of whom one thing is another than before."""
    own, old = c(name).cast(pl.String), c(BEFORE + name).cast(pl.String)
    return _rows(
        members.filter(own != old), what=pl.lit(heading_of(name)), number=None, column=name,
        before=BEFORE + name, now=name,
    )  # fmt: skip


def _changed_homes(homes: pl.DataFrame) -> pl.DataFrame:
    """Households that got another number or head, were split off, or joined another one."""
    kept = homes.drop_nulls(["before_id", "household_id"])
    alone: dict[str, Any] = {
        "person": None,
        "number": None,
        "head": "head_name",
        "village": "village",
    }
    heads: dict[str, Any] = {"column": "name", "before": "before_head_name", "now": "head_name"}
    numbers: dict[str, Any] = {"before": "before_id", "now": "household_id"}
    gone = {
        **alone,
        "household": "before_id",
        "head": "before_head_name",
        "village": "before_village",
    }
    return pl.concat(
        [
            _rows(
                kept.filter(c.before_id != c.household_id),
                what=pl.lit("户编号改变"),
                **alone,
                **numbers,
            ),
            _rows(
                kept.filter(c.before_head_name != c.head_name),
                what=pl.lit("户主变更"),
                **alone,
                **heads,
            ),
            _rows(homes.filter(c.came_by == SPLIT), what=c.came_by, **alone, before="split_from"),
            _rows(homes.filter(c.left_by == MERGED), what=c.left_by, **gone, now="merged_into"),
        ]
    )


def _changed_persons(members: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Who went from one household of the village to another that was there already."""
    new_or_gone = homes.filter(c.before_id.is_null() | c.household_id.is_null())
    numbers = pl.concat([new_or_gone["household_id"], new_or_gone["before_id"]]).implode()
    stay = c.before_ref.is_not_null() & (c.is_in == c.was_in) & ~c.stays_home
    changed = stay & ~c.household_id.is_in(numbers) & ~c.before_id.is_in(numbers)
    return _rows(
        members.filter(changed), what=pl.lit("换户"), before="before_id", now="household_id"
    )
