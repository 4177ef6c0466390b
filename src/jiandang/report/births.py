"""Masked identity numbers and the birth dates of the same people: together they would be whole.

The mask hides the birth date alone. Where anything in the report says the date of somebody, the
ends of that person's masked numbers are hidden in all of it, in findings and in the lists of
movement alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from jiandang.register.masking import days_in, hide_ends, masked_in
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
    told = {f.person for f in findings if f.person and _tells_birth(f, f.message, f.column)}
    told |= {each.person for each in listings if each.person and _tells_birth(each, *_texts(each))}
    if not told:
        return

    told_of = (said for said in chain[_Said](findings, listings) if said.person in told)
    own = (text for said in told_of for text in _texts(said))
    numbers = {number for text in own for number in masked_in(text)}
    for said in chain[_Said](findings, listings) if numbers else ():
        for name in _names(said):
            if text := getattr(said, name):
                setattr(said, name, hide_ends(text, numbers))


def _names(said: _Said) -> tuple[str, ...]:
    return _OF_FINDING if isinstance(said, Finding) else _OF_LISTING


def _texts(said: _Said) -> Iterator[str]:
    return filter(None, (getattr(said, name) for name in _names(said)))


def _tells_birth(said: _Said, *words: str) -> bool:
    return any(_BIRTH in each for each in words) and any(map(days_in, _texts(said)))
