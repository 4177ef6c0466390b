"""The two balances of each village: the registered (在册), and those below the line (未脱贫)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from jiandang.movement.declared import NEW, REMOVED
from jiandang.movement.people import People
from jiandang.report.movement import Balance, HandedIn, MovementLine, Number

c = pl.col

EXITED, FALLEN_BACK, MORE, FEWER = "脱贫", "返贫", "增加", "减少"


def lines_of(people: People, show: Callable[[str | None], str | None]) -> list[MovementLine]:
    """A line a village, in the order of the villages; `show` makes a name fit to be shown."""
    registered = _balances(people, _registered)
    poor = _balances(people, _below_the_line)
    lines = []
    for village in people.villages.iter_rows(named=True):
        key = village["village"]
        handed_in: HandedIn = "both"
        if not (village["is_before"] and village["is_now"]):
            handed_in = "before" if village["is_before"] else "now"
        lines.append(
            MovementLine(
                level="village",
                county=show(village["county"]),
                town=show(village["town"]),
                village=show(village["name"] or key),
                handed_in=handed_in,
                registered=registered[key],
                poor=poor[key],
            )
        )
    return lines


def with_sums(lines: Sequence[MovementLine]) -> list[MovementLine]:
    """The villages' lines by town and county, each with its sum where it has several; then all."""
    ordered: list[MovementLine] = []
    counties = _grouped(lines, lambda line: line.county)
    for county, of_county in counties.items():
        towns = _grouped(of_county, lambda line: line.town)
        for town, of_town in towns.items():
            ordered += of_town
            if len(lines) > 1 and len(of_town) < len(lines):
                ordered.append(_sum_of(of_town, level="town", county=county, town=town))
        if len(towns) > 1 and len(counties) > 1:
            ordered.append(_sum_of(of_county, level="county", county=county))
    return [*ordered, _sum_of(lines, level="all")] if len(lines) > 1 else ordered


def _grouped(
    lines: Iterable[MovementLine], key: Callable[[MovementLine], str | None]
) -> dict[str | None, list[MovementLine]]:
    groups: dict[str | None, list[MovementLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def _sum_of(lines: Iterable[MovementLine], **where: Any) -> MovementLine:
    """The sum of those villages that were handed in both times."""
    registered, poor = Balance(), Balance()
    for line in lines:
        if line.handed_in == "both":
            registered, poor = registered + line.registered, poor + line.poor
    return MovementLine(registered=registered, poor=poor, **where)


# Whether a row counts at the opening, why it comes in, why it goes out, whether it counts at last.
Flows = Callable[[], tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]]


def _registered() -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    return c.before_village.is_not_null(), c.came_by, c.left_by, c.village.is_not_null()


def _below_the_line() -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Whether somebody was below the line, why he or she is now, why no longer, and is."""
    was = (c.before_village.is_not_null() & c.before_poor).fill_null(False)
    now = (c.village.is_not_null() & c.poor).fill_null(False)
    stays = (c.village == c.before_village).fill_null(False)
    same_home = c.stays_home.fill_null(False)
    into = (
        pl.when(~stays)
        .then(
            pl.when(c.came_by == NEW)
            .then(pl.lit(NEW))
            .when(c.came_by.is_not_null())
            .then(pl.lit(MORE))
        )
        .when(same_home)
        .then(pl.lit(FALLEN_BACK))
        .otherwise(pl.lit(MORE))
    )
    out = (
        pl.when(~stays)
        .then(
            pl.when(c.left_by == REMOVED)
            .then(pl.lit(REMOVED))
            .when(c.left_by.is_not_null())
            .then(pl.lit(FEWER))
        )
        .when(same_home)
        .then(pl.lit(EXITED))
        .otherwise(pl.lit(FEWER))
    )
    begins, ends = now & ~(stays & was), was & ~(stays & now)
    return was, pl.when(begins).then(into), pl.when(ends).then(out), now


def _balances(people: People, flows: Flows) -> dict[str, Balance]:
    """The balance of each village by its key."""
    persons, households = (_counted(frame, flows) for frame in (people.persons, people.households))
    keys = people.villages["village"].to_list()
    return {
        key: Balance(
            opening=_number(households, persons, "opening", key),
            increases=_by_reason(households, persons, "increases", key),
            decreases=_by_reason(households, persons, "decreases", key),
            closing=_number(households, persons, "closing", key),
        )
        for key in keys
    }


Counted = dict[tuple[str, str], dict[str, int]]  # part of the balance, village → reason → how many


def _counted(frame: pl.DataFrame, flows: Flows) -> Counted:
    opening, into, out, closing = flows()
    parts = {
        "opening": ("before_village", pl.when(opening).then(pl.lit(""))),
        "increases": ("village", into),
        "decreases": ("before_village", out),
        "closing": ("village", pl.when(closing).then(pl.lit(""))),
    }
    counted: Counted = defaultdict(dict)
    for part, (village, reason) in parts.items():
        rows = frame.select(c(village).alias("village"), reason=reason).drop_nulls()
        for key, why, count in rows.group_by("village", "reason").len().sort("reason").iter_rows():
            counted[part, key][why] = count
    return counted


def _number(households: Counted, persons: Counted, part: str, key: str) -> Number:
    return Number(
        households=households[part, key].get("", 0), persons=persons[part, key].get("", 0)
    )


def _by_reason(households: Counted, persons: Counted, part: str, key: str) -> dict[str, Number]:
    of_homes, of_persons = households[part, key], persons[part, key]
    return {
        reason: Number(households=of_homes.get(reason, 0), persons=of_persons.get(reason, 0))
        for reason in sorted({*of_homes, *of_persons})
    }
