"""Lists beside a register that have some of its headings: sums by village, helpers, contacts."""

import re
from collections.abc import Iterable, Set

from jiandang.register.tables import PLACE_COLUMNS

_HOUSEHOLD = {"household_id", "head_name", "head_id"}
_CONTACT = {"phone", "bank", "account", "helper", "helper_unit", "helper_phone", "helper_post"}
# What each who came to a meeting votes; and how he signs, or whoever gets something.
VOTES = ("votes_for", "votes_against", "abstentions")
_SIGNED = re.compile("(?:本人|领取人?|参会人员?|代表)?签(?:名|字|到|收|领)(?:栏|处)?(?:\\(.*\\))?")
# 户数, 贫困人数, 村数; but 家庭人数 is a household's.
_SUMS = re.compile("户数|(?<!家庭)人数|村数")


def is_auxiliary(columns: Set[str], texts: Iterable[str]) -> bool:
    """Whether what seems a table of households, with these columns and headings, is none.

    A table of sums names no household and counts them. A list of helpers or accounts has nothing
    else of a household, neither its number nor its head's, by which it could complete another.
    Nor has a list of those who signed, with what they voted.
    """
    texts = [*texts]
    is_of_sums = not columns & _HOUSEHOLD and any(map(_SUMS.search, texts))
    described = columns - {*PLACE_COLUMNS, "head_name"}
    if any(map(_SIGNED.fullmatch, texts)):
        described -= {*VOTES}
    return is_of_sums or ("household_id" not in columns and described <= _CONTACT)
