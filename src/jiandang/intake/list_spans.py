"""From when to when, in one cell of a list: 2015.1-2015.12, 201501至今."""

import re
from collections.abc import Iterator

import polars as pl

from jiandang.patterns import regex

_DATE = regex(
    r"(?<![0-9])((?:19|20)[0-9]{2})"
    r"(?:(0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?(?![0-9])"
    r"|[年./-](0?[1-9]|1[0-2])(?![0-9])(?:[月./-](?:3[01]|[12][0-9]|0?[1-9])(?![0-9.])日?)?"
    r"|(?![0-9]))"
)
# 2015年1-12月, 2015年1月至12月: the end has the year of the beginning.
_MONTHS = regex(
    r"((?:19|20)[0-9]{2})[年./-](0?[1-9]|1[0-2])月?[至到~～—–－-]+(0?[1-9]|1[0-2])月(?:份|底|末)?$"
)
_OPEN = regex("今$|现在|目前|[起来至到~～—–－-]$")


def with_spans(columns: dict[str, pl.Series]) -> dict[str, pl.Series]:
    """The columns with `begun` and `ended` by `span`, in ISO as far as it goes."""
    if "span" not in columns:
        return columns
    span = columns["span"]
    said = {text: tuple(_ends(text)) for text in span.unique().drop_nulls()}
    both = {
        name: span.replace_strict(
            {text: ends[at] for text, ends in said.items()}, default=None, return_dtype=pl.String
        ).alias(name)
        for at, name in enumerate(("begun", "ended"))
    }
    own = {n: columns[n].zip_with(columns[n].is_not_null(), both[n]) for n in both.keys() & columns}
    return columns | both | own


def _ends(text: str) -> Iterator[str | None]:
    """The first and the last month that a cell tells, None where it tells none."""
    text = re.sub(r"\s", "", text)
    if months := _MONTHS.match(text):
        yield from (f"{months[1]}-{int(month):02}" for month in months.groups()[1:])
        return
    dates = [*map(_month, _DATE.finditer(text))]
    if len(dates) == 1 and _OPEN.search(text):
        yield from (dates[0], None)
    elif len(dates) == 2 and dates[0] <= dates[1]:
        yield from dates
    else:
        yield from (None, None)


def _month(found: re.Match[str]) -> str:
    month = found[2] or found[3]
    return f"{found[1]}-{int(month):02}" if month else found[1]
