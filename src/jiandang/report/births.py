"""Masked identity numbers and the birth dates of the same people: together they would be whole.

The mask hides the birth date alone. Where anything in the report says the date of somebody, the
ends of that person's masked numbers are hidden in all of it, in findings and in the lists of
movement alike.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from jiandang.register.masking import dates_in, hide_ends, masked_in
from jiandang.report.model import Finding
from jiandang.report.movement import Listing

_BIRTH = "出生"  # in the words of whoever speaks of a birth date
_OF_FINDING = ("message", "value", "expected")
_OF_LISTING = ("id_number", "before", "now")

_Said = Finding | Listing


def hide_numbers_of_told_births(findings: Iterable[Finding], listings: Sequence[Listing]) -> None:
    """Hide the ends of masked identity numbers of people whose birth date is said anywhere.

    The findings are gone through several times.
    """
    told = {said.person for said in chain[_Said](findings, listings) if tells_birth(said)}
    if not told:
        return

    told_of = (said for said in chain[_Said](findings, listings) if said.person in told)
    numbers = set[str]().union(*map(numbers_in, told_of))
    for said in chain[_Said](findings, listings) if numbers else ():
        hide(said, numbers)


def tells_birth(said: _Said) -> bool:
    """Whether it says when its person was born."""
    words = (said.message, said.column) if isinstance(said, Finding) else _texts(said)
    told = said.person and any(_BIRTH in each for each in words)
    return bool(told) and any(map(dates_in, _texts(said)))


def numbers_in(said: _Said) -> set[str]:
    """The masked identity numbers in it."""
    return set[str]().union(*map(masked_in, _texts(said)))


def hide(said: _Said, numbers: Collection[str]) -> None:
    """Hide the ends of these masked numbers in it."""
    for name in _names(said):
        if text := getattr(said, name):
            setattr(said, name, hide_ends(text, numbers))


def _names(said: _Said) -> tuple[str, ...]:
    return _OF_FINDING if isinstance(said, Finding) else _OF_LISTING


def _texts(said: _Said) -> Iterator[str]:
    return filter(None, (getattr(said, name) for name in _names(said)))
