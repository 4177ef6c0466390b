"""The pairs of columns of steps and visits that clerks exchange (see `pairs.py`)."""

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.entry.pairs import Pair
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# Of so many days one alone is none of several, nor of so many people.
_MANY = 5
# A notice, or the way from the visit to the entry, in days: longer ones are another slip.
_LONGEST = 60
# So many names of a column are of several people.
_SEVERAL = 3
# Of each level that has a notice: the steps before and after it, and what people call it.
_LEVELS = {
    "village": ("appraised", "town_reviewed", "村公示"),
    "town": ("town_reviewed", "county_approved", "乡镇公示"),
    "county": ("county_approved", None, "县级公示"),
}


def _days(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    return (later - earlier).dt.total_days()


def _in_order(*days: pl.Expr | None) -> pl.Expr:
    """Whether none of these days that is known is before the one before it."""
    known = [day for day in days if day is not None]
    return pl.all_horizontal((one <= other).fill_null(True) for one, other in pairwise(known))


def _notices() -> Iterator[Pair]:
    """Both days of one level's notice in place of another's."""
    for level, other in pairwise(_LEVELS):
        before, between, title = _LEVELS[level]
        start, end, others_start, others_end = (
            c(f"{of}_notice_{part}") for of in (level, other) for part in ("start", "end")
        )
        runs = (start <= end) & (others_start <= others_end)
        undone = (others_end <= c(str(between))) & (c(str(between)) <= start)
        undone &= (c(before) <= others_start).fill_null(True)
        yield Pair(
            "procedure",
            f"{level}_notice_start",
            f"{other}_notice_start",
            (start > others_start) & runs & undone,
            "各步的先后就相符",
            alone=True,
            also=f"{level}_notice_end {other}_notice_end",
            titles=(title, _LEVELS[other][2]),
        )


def _ends() -> Iterator[Pair]:
    """The last day of one level's notice in place of another's."""
    for level, other in pairwise(_LEVELS):
        before, between, _ = _LEVELS[level]
        after = _LEVELS[other][1]
        start, end, others_start, others_end = (
            c(f"{of}_notice_{part}") for of in (level, other) for part in ("start", "end")
        )
        wrong = (end > others_start) & (others_end <= others_start)
        undone = (start < others_end) & (others_start < end)
        steps = (c(before), start, others_end, c(str(between)), others_start, end)
        yield Pair(
            "procedure",
            f"{level}_notice_end",
            f"{other}_notice_end",
            wrong & undone & _in_order(*steps, None if after is None else c(after)),
            "各步的先后就相符",
            alone=True,
        )


def _steps() -> Iterator[Pair]:
    last = None
    for level, (before, after, _) in _LEVELS.items():
        start, end = f"{level}_notice_start", f"{level}_notice_end"
        fits = _days(c(start), c(end)).is_between(1, _LONGEST)
        # What is undone is between the steps before and after, else it is another slip.
        steps = (last, c(before), c(end), c(start), None if after is None else c(after))
        yield Pair("procedure", start, end, fits & _in_order(*steps), "先开始、后结束")
        last = c(end)
    votes = c.votes_for + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    undone = c.delegates_present + c.votes_against.fill_null(0) + c.abstentions.fill_null(0)
    yield Pair(
        "procedure",
        "delegates",
        "delegates_present",
        (c.delegates_present > c.delegates) & (votes == c.delegates),
        "与各种票数相符",
        alone=True,
    )
    # All of them were registered, which nobody is against whom most have voted.
    against = (c.votes_against > c.votes_for) & (c.county_approved.is_not_null())
    yield Pair(
        "procedure",
        "votes_for",
        "votes_against",
        against & (votes == c.delegates_present) & (2 * c.votes_against > c.delegates_present),
        "这些户才评得上",
    )
    yield Pair(
        "procedure",
        "delegates_present",
        "votes_for",
        (votes != c.delegates_present) & (undone == c.votes_for),
        "与各种票数相符",
    )
    # Households apply day by day, and are judged together: many days of one, few of the other.
    are_many = (c.days_appraised >= 2 * _MANY) & (c.days_appraised >= 3 * c.days_applied)
    yield Pair(
        "procedure",
        "applied",
        "appraised",
        _days(c.applied, c.appraised).is_between(1, _LONGEST) & are_many,
        "各户先后申请、一起评议",
        severity=Severity.WARNING,
    )
    yield Pair(
        "survey",
        "surveyed",
        "entered",
        _days(c.surveyed, c.entered).is_between(1, _LONGEST),
        "先调查、后录入",
    )


def _visitors() -> Iterator[Pair]:
    # Several pairs go to the households of a village, and one person reviews what they bring.
    are_many = (c.second_surveyors >= _SEVERAL) & (c.village_reviewers >= _SEVERAL)
    exchanged = (c.first_surveyors == 1) & are_many & (c.surveyor_1 != c.reviewer)
    why = "几组人调查、一人审核"
    yield Pair("survey", "surveyor_1", "reviewer", exchanged, why, severity=Severity.SUSPECT)
    yield Pair(
        "survey",
        "entry_clerk",
        "reviewer",
        (c.entry_clerk == c.usual_reviewer)
        & (c.reviewer == c.usual_clerk)
        & (c.usual_clerk != c.usual_reviewer),
        "与本村别的户相同",
        severity=Severity.SUSPECT,
        alone=True,
    )
    yield Pair(
        "survey",
        "surveyor_1",
        "entry_clerk",
        (c.surveyor_1 == c.usual_clerk)
        & (c.entry_clerk != c.usual_clerk)
        & (c.entry_clerk != c.surveyor_2).fill_null(True),
        "与本村别的户相同",
        severity=Severity.SUSPECT,
        alone=True,
    )


derived("survey", over="village_key", needs="").columns(
    first_surveyors=c.surveyor_1.n_unique(),
    second_surveyors=c.surveyor_2.n_unique(),
    village_reviewers=c.reviewer.n_unique(),
)


@derived("survey", over="village_key", needs="entry_clerk")
def usual_clerk(policy: Policy) -> pl.Expr:
    """The one who enters nearly all of the village."""
    usual = c.entry_clerk.drop_nulls().mode().min()
    enough = c.entry_clerk.count() >= ENOUGH_HOUSEHOLDS
    return pl.when(enough & ((c.entry_clerk == usual).mean() >= NEARLY_ALL)).then(usual)


derived("procedure", over="village_key", needs="").columns(
    days_applied=c.applied.n_unique(), days_appraised=c.appraised.n_unique()
)

PAIRS_OF_STEPS = (*_notices(), *_ends(), *_steps(), *_visitors())
