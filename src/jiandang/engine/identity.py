"""Who and what a finding is about (问题号), whatever row, sheet or file it stands in.

Private numbers in it are masked, whatever is shown: nobody can guess one from its hash.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jiandang.engine.rule import Rule
from jiandang.register.cells import show
from jiandang.register.masking import mask_code, mask_private, mask_secret
from jiandang.register.place import SHORT_NUMBER, own_number_of

_BETWEEN, _AND = "\x1f", "\x1e"


def person_of(row: Mapping[str, Any], place: str | None = None) -> str:
    """The household and the member that a row is about (see `home_of`)."""
    return home_of(row.get("household_id") or "", place) + member_of(row)


def home_of(household: str, place: str | None) -> str:
    """The household that a row is about.

    The place tells whose household is none, or is numbered in its village alone, whichever other
    villages are checked with it.
    """
    # What is made of digits is a code, which must not be masked for an old number of 15 digits.
    home = mask_code(household)
    if own_number_of(household) != household:  # its place stands in it
        home = mask_private(household)
    elif not household or re.match(SHORT_NUMBER, household):
        home = mask_private(place or "") + home
    return home


def member_of(row: Mapping[str, Any]) -> str:
    """The member of the household that a row is about, if any, as it stands behind the home."""
    person = row.get("person_id")
    if person is not None:
        return _BETWEEN + mask_code(person)
    name = row.get("member", row.get("name"))
    name = name if name or row.get("household_id") else row.get("head_name")
    if name is None:
        return _BETWEEN + _BETWEEN
    return f"{_BETWEEN}{mask_private(name)}{_BETWEEN}{row.get('relation') or ''}"


def group_of(rule: Rule, row: Mapping[str, Any]) -> str:
    """The household, village or phone that one finding of a rule is for."""
    value = show(row[rule.key]) if rule.key else ""
    return value if rule.per == "village" else mask_secret(value)


def together(people: Iterable[str]) -> str:
    """Persons who are told of as one: of the two who share a number either may come first."""
    return _AND.join(sorted(set(people)))


def fingerprint(rule: str, who: str, column: str, number: int) -> str:
    """16 hexadecimal digits; `number` counts the findings that are equal in all the others."""
    return digest(rule, who, column, str(number))


def digest(*parts: str) -> str:
    """16 hexadecimal digits of texts."""
    return hashlib.sha256(_BETWEEN.join(parts).encode()).hexdigest()[:16]
