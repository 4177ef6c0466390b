"""The lists that go with the movement table: 进, 出, 更正 and 户变动."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import polars as pl

from jiandang.engine.words import Words, heading_of
from jiandang.movement.balance import EXITED, FALLEN_BACK
from jiandang.movement.declared import MERGED, SPLIT
from jiandang.movement.elsewhere import ELSEWHERE
from jiandang.movement.matching import differs, is_cut, is_renewed, plain_name
from jiandang.movement.people import People
from jiandang.movement.villages import OF_VILLAGES
from jiandang.register.place import is_serial
from jiandang.register.register import Register
from jiandang.register.tables import BEFORE
from jiandang.report.movement import Listed, Listing

c = pl.col

# What is the same as long as somebody lives: another value is a correction.
IDENTITY = ("name", "id_number", "sex", "birth_date", "nation")


def listings_of(people: People, both: Register, words: Words) -> list[Listing]:
    """All lists, each in the order of the register of both dates."""
    listing = partial(_listing, {row["village"]: row for row in people.villages.to_dicts()}, words)
    members, homes = _with_heads(both.tables["member"], people), people.households
    frames: list[tuple[Listed, pl.DataFrame]] = [
        ("entered", _entered(members)),
        ("left", _left(members)),
        ("household", _changed_homes(homes, people.persons)),
        ("household", _changed_persons(members, homes)),
    ]
    found = [
        listing(kind, row, _side(words, row["before"]), _side(words, row["now"]))
        for kind, frame in frames
        for row in frame.iter_rows(named=True)
    ]
    return [*found, *_corrected(members, words, listing)]


def _side(words: Words, text: str | None) -> str | None:
    """The household that somebody came from or went to, by its number, or who heads it."""
    return words.code(text) if text and text.isdecimal() else words.public(text)


def _listing(
    villages: dict[str, dict[str, Any]],
    words: Words,
    kind: Listed,
    row: dict[str, Any],
    before: str | None,
    now: str | None,
) -> Listing:
    village = villages[row["village"]]
    return Listing(
        list=kind,
        what=row["what"],
        county=words.public(village["county"]),
        town=words.public(village["town"]),
        village=words.public(village["name"] or row["village"]),
        household=words.code(row["household"]),
        head=words.public(row["head"]),
        person=words.public(row.get("person")),
        id_number=words.cell("id_number", row.get("number")),
        before=before,
        now=now,
    )


def _with_heads(members: pl.DataFrame, people: People) -> pl.DataFrame:
    """The members with who headed and heads their household."""
    now = people.households.select("household_id", now_head="head_name")
    before = people.households.select("before_id", old_head="before_head_name")
    for heads, key in ((now, "household_id"), (before, "before_id")):
        members = members.join(heads.drop_nulls(key), on=key, how="left", maintain_order="left")
    return members


# In which columns a list finds where and who it is about; 上次 and 本次 are of a household.
_NOW = {"village": "is_in", "household": "household_id", "head": "now_head"}
_BEFORE = {"village": "was_in", "household": "before_id", "head": "old_head"}
_PERSON = {"person": "name", "number": "id_number"}
_PERSON_BEFORE = {"person": "before_name", "number": "before_id_number"}
_HOME = {"village": "village", "household": "household_id", "head": "head_name"}
_HOME_BEFORE = {"village": "before_village", "household": "before_id", "head": "before_head_name"}


def _rows(
    frame: pl.DataFrame, what: pl.Expr | str, columns: dict[str, str], **sides: str
) -> pl.DataFrame:
    """The rows of a list; `sides` name the columns of `before` and `now`."""
    named = {name: c(column) for name, column in (columns | sides).items()}
    empty = pl.lit(None, pl.String)
    return frame.select(
        what=pl.lit(what) if isinstance(what, str) else what,
        **{"before": empty, "now": empty, **named},
    )


def _entered(members: pl.DataFrame) -> pl.DataFrame:
    rows = members.filter(~c.came_by.is_in(OF_VILLAGES))
    return _rows(rows, c.came_by, _NOW | _PERSON, before="before_id")


def _left(members: pl.DataFrame) -> pl.DataFrame:
    rows = members.filter(~c.left_by.is_in(OF_VILLAGES))
    return _rows(rows, c.left_by, _BEFORE | _PERSON_BEFORE, now="now_home")


def _changed_homes(homes: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Households that left poverty or fell back, that got another number or head, were split off,
    or joined another one.

    The head is another where the names are of two people: one may have been corrected.
    """
    is_head = pl.all_horizontal(
        plain_name(c(side + "name")) == plain_name(c(side + "head_name")) for side in ("", BEFORE)
    )
    same_head = persons.select("before_id", "household_id", "before_name", "name")
    kept = homes.drop_nulls(["before_id", "household_id"]).filter(c.village != ELSEWHERE)
    # 1, 2, 3 of a village that numbers its households anew each time say nothing.
    anew = c.numbered_anew & is_serial(c.before_id) & is_serial(c.household_id)
    renumbered = kept.filter((c.before_id != c.household_id) & ~anew)
    other_head = kept.filter(plain_name(c.before_head_name) != plain_name(c.head_name)).join(
        kept.join(same_head, on=["before_id", "household_id"]).filter(is_head),
        on=["before_id", "household_id"],
        how="anti",
        maintain_order="left",
    )
    said = kept.filter((c.before_status != "") & (c.status != ""))
    exited = said.filter(c.before_poor & ~c.poor)
    fallen_back = said.filter(~c.before_poor & c.poor)
    split, merged = homes.filter(c.came_by == SPLIT), homes.filter(c.left_by == MERGED)
    return pl.concat(
        [
            _rows(exited, EXITED, _HOME, before="before_status", now="status"),
            _rows(fallen_back, FALLEN_BACK, _HOME, before="before_status", now="status"),
            _rows(renumbered, "户编号改变", _HOME, before="before_id", now="household_id"),
            _rows(other_head, "户主变更", _HOME, before="before_head_name", now="head_name"),
            _rows(split, SPLIT, _HOME, before="split_from"),
            _rows(merged, MERGED, _HOME_BEFORE, now="merged_into"),
        ]
    )


def _changed_persons(members: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Who went from one household of the village to another that was there already."""
    new_or_gone = homes.filter(c.before_id.is_null() | c.household_id.is_null())
    numbers = pl.concat([new_or_gone["household_id"], new_or_gone["before_id"]]).implode()
    stay = c.before_ref.is_not_null() & (c.is_in == c.was_in) & ~c.stays_home
    changed = stay & ~c.household_id.is_in(numbers) & ~c.before_id.is_in(numbers)
    rows = members.filter(changed)
    return _rows(rows, "换户", _NOW | _PERSON, before="before_id", now="household_id")


def _corrected(members: pl.DataFrame, words: Words, listing: Any) -> Iterator[Listing]:
    """Those of whom something is another than before, a row each.

    A number that is masked and a birth date beside it must not give each other away.
    """
    texts = [c(name).cast(pl.String) for name in (*IDENTITY, *(BEFORE + n for n in IDENTITY))]
    other = {name: differs(name).fill_null(False) for name in IDENTITY}
    other["id_number"] |= is_renewed() | is_cut()
    which = pl.concat_list(pl.when(is_other).then(pl.lit(n)) for n, is_other in other.items())
    where = {name: c(column) for name, column in (_NOW | {"person": "name"}).items()}
    rows = members.filter(pl.any_horizontal(other.values()))
    if rows.is_empty():
        return
    rows = rows.select(*texts, which=which.list.drop_nulls(), **where)
    for row in rows.iter_rows(named=True):
        names = row.pop("which")
        row["what"] = "、".join(map(heading_of, names))
        said = [
            "；".join(f"{heading_of(n)} {words.cell(n, row[side + n])}" for n in names)
            for side in (BEFORE, "")
        ]
        before, now = words.apart(tuple(said), row.values())
        yield listing("corrected", row, before, now)
