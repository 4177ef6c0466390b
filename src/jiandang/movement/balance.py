"""The two balances of each village: the registered (在册), and those below the line (未脱贫)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from jiandang.movement.declared import NEW, REMOVED
from jiandang.movement.people import People
from jiandang.movement.villages import OF_VILLAGES
from jiandang.report.movement import HANDED_IN_NAMES, Balance, HandedIn, MovementLine, Number

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
    """The sum of those villages that were handed in both times.

    Of a place none of whose villages was, it is the sum of what was handed in once.
    """
    once = {line.handed_in for line in lines}
    handed_in: HandedIn = once.pop() if len(once) == 1 else "both"
    registered, poor = Balance(), Balance()
    for line in lines:
        if line.handed_in == handed_in:
            registered, poor = registered + line.registered, poor + line.poor
    return MovementLine(handed_in=handed_in, registered=registered, poor=poor, **where)


def handed_in_once(lines: Sequence[MovementLine]) -> list[str]:
    """What was handed in at one of the dates alone, as `with_sums` has it: towns, then villages.

    A town that lacks as a whole is named once, with how many it has; a village with its town,
    where there are several.
    """
    sums = [line for line in lines if line.level == "town" and line.handed_in != "both"]
    whole = {(line.county, line.town) for line in sums}
    villages = [line for line in lines if line.level == "village"]
    several = len({(line.county, line.town) for line in villages}) > 1
    remarks = []
    for line in sums:
        number = sum((each.county, each.town) == (line.county, line.town) for each in villages)
        is_before = line.handed_in == "before"
        ends = line.registered.opening, line.registered.closing
        count = next(end for end in ends if end is not None)
        what = f"{number} 个村 {count.households} 户 {count.persons} 人"
        what += "没有上报，不是减少" if is_before else "不是新增"
        remarks.append(
            f"{line.town or line.name}{HANDED_IN_NAMES[line.handed_in]}：{what}，不算增减"
        )
    for line in villages:
        if line.handed_in != "both" and (line.county, line.town) not in whole:
            town = line.town or "" if several else ""
            remarks.append(f"{town}{line.name}{HANDED_IN_NAMES[line.handed_in]}，不算增减")
    return remarks


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
            pl.when(c.came_by.is_in([NEW, *OF_VILLAGES]))
            .then("came_by")
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
            pl.when(c.left_by.is_in([REMOVED, *OF_VILLAGES]))
            .then("left_by")
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
    villages = people.villages.select("village", "is_before", "is_now")
    return {
        key: Balance(
            opening=_number(households, persons, "opening", key) if is_before else None,
            increases=_by_reason(households, persons, "increases", key),
            decreases=_by_reason(households, persons, "decreases", key),
            closing=_number(households, persons, "closing", key) if is_now else None,
        )
        for key, is_before, is_now in villages.iter_rows()
    }


Counted = dict[tuple[str, str], dict[str, int]]  # part of the balance, village → reason → how many


def _counted(frame: pl.DataFrame, flows: Flows) -> Counted:
    opening, into, out, closing = flows()
    parts = {
        "opening": "before_village",
        "increases": "village",
        "decreases": "before_village",
        "closing": "village",
    }
    rows = frame.select(
        "village",
        "before_village",
        opening=pl.when(opening).then(pl.lit("")),
        increases=into,
        decreases=out,
        closing=pl.when(closing).then(pl.lit("")),
    )
    counted: Counted = defaultdict(dict)
    for part, village in parts.items():
        for key, why, count in rows.group_by(village, part).len().iter_rows():
            if key is not None and why is not None:
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
