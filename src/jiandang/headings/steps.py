"""What a heading says of a step of identification: 村级公示起止时间; 公示时间 over 村 and 镇.

The level, what is done there and which day of it may stand in one text or over each other, in any
order.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from jiandang.headings.text import heading_key
from jiandang.patterns import regex

_TOKENS = {
    "village": "本?村(?:居|级|里|委会?|民委员会)?(?:或?社区)?|行政村|社区",
    "town": "(?:本?乡镇|镇乡|镇|乡)(?:级|人民政府|政府)?(?:或?街道)?|镇街|街道",
    "county": "本?县(?:市区|区|市)?(?:级|人民政府|政府|扶贫办)?|(?:区县?|市)(?:级)?",
    "notice": "公示|公告",
    "review": "审核|审查|复核|复审|初审",
    "approval": "审批|审定|批准",
    "appraisal": "(?:民主)?评议",
    "both": "起止|起讫|起终|始末",
    "start": "起始|开始|始|起|首日|第一天|自|从",
    "end": "截止|截至|结束|终止|终|止|讫|至|到|期满|最后一天",
    "when": "时间|日期|期间|期|日|年月日|月日",
}
_TOKEN = regex("|".join(f"(?P<{name}>{words})" for name, words in _TOKENS.items()))
_LEVELS = ("village", "town", "county")
_DAYS = {"start", "end", "when"}
_DONE = ("notice", "review", "approval", "appraisal")
# Where it is a day alone, the column by what is done and at which level.
_COLUMNS = {
    ("appraisal", "village"): "appraised",
    ("review", "town"): "town_reviewed",
    ("approval", "county"): "county_approved",
}
_SIGNS = regex(r"[()\[\]【】〔〕《》<>、,/:：\s]")
_MAY_BE = regex("公[示告]|[审复初][核查批定审]|批准|评议")


class Step(NamedTuple):
    """The column of the procedure; of a period (3.6-3.13) that of its first day."""

    column: str
    is_period: bool = False

    @property
    def last(self) -> str:
        """The column of the last day of a period."""
        return self.column.replace("_start", "_end")


def is_step(text: str) -> bool:
    """Whether a text says what is done, and not where: 公示时间, below which levels may stand."""
    told = _told(text)
    return told is not None and not told.isdisjoint(_DONE) and told.isdisjoint(_LEVELS)


def is_level(text: str) -> bool:
    """Whether it is nothing but the name of a level: 村, 乡(镇), 县级."""
    told = _told(text)
    return told is not None and len(told) == 1 and not told.isdisjoint(_LEVELS)


def is_part_of_step(text: str, above: str) -> bool:
    """Whether it says but where, or on which day, what stands above: 公示时间, 村, 开始."""
    told = _told(text)
    is_day = told is not None and told <= _DAYS
    return is_level(above) if is_day else is_level(text) and is_step(above)


def step_of(stack: Sequence[str]) -> Step | None:
    """The step of which the texts over a column speak, from any of them down."""
    if not any(map(_MAY_BE.search, stack)):
        return None
    return _step_of(tuple(stack))


@lru_cache(8192)
def _step_of(stack: tuple[str, ...]) -> Step | None:
    said = set[str]()
    for text in reversed(stack):
        if (told := _told(text)) is None:
            return None
        said |= told
        if (step := _column(said, is_split=told != said)) is not None:
            return step
    return None


def _column(told: set[str], *, is_split: bool) -> Step | None:
    levels, done = told.intersection(_LEVELS), told.intersection(_DONE)
    if len(levels) != 1 or len(done) != 1:
        return None
    (level,), (what,) = levels, done
    days = told & {"start", "end"}
    if what == "notice":
        is_period = len(days) != 1 or "both" in told
        return Step(f"{level}_notice_{'start' if is_period else days.pop()}", is_period)
    if is_split and (what, level) == ("review", "county"):
        what = "approval"  # 审核时间 over all levels
    # Of other steps a day is asked for in so many words: 镇审核 may be by whom, or how it ended.
    column = _COLUMNS.get((what, level)) if "when" in told and not days else None
    return None if column is None else Step(column)


@lru_cache(8192)
def _told(text: str) -> frozenset[str] | None:
    """What each part of a text is; None where any of it is something else."""
    key, at = _SIGNS.sub("", heading_key(text)), 0
    found = set[str]()
    while at < len(key):
        if (match := _TOKEN.match(key, at)) is None:
            return None
        found.add(match.lastgroup or "")
        at = match.end()
    return frozenset(found) if found else None
