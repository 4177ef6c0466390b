"""Lists beside a register that have some of its headings: sums by village, helpers, contacts."""

from collections.abc import Iterable, Set

from jiandang.patterns import regex
from jiandang.register.tables import CONTACT, PLACE_COLUMNS

_HOUSEHOLD = {"household_id", "head_name", "head_id"}
# What each who came to a meeting votes; and how he signs, or whoever gets something.
VOTES = ("votes_for", "votes_against", "abstentions")
_SIGNED = regex("(?:本人|领取人?|参会人员?|代表)?签(?:名|字|到|收|领)(?:栏|处)?(?:\\(.*\\))?")
# 户数, 贫困人数, 村数; but 家庭人数 is a household's.
_SUMS = regex("户数|(?<!家庭)人数|村数")


def is_auxiliary(columns: Set[str], texts: Iterable[str], *, names_heads: bool) -> bool:
    """Whether what seems a table of households, with these columns and headings, is none.

    A table of sums names no household and counts them. A list of helpers or accounts has nothing
    else of a household, neither its number nor its head's name (`names_heads`), by which it could
    complete another. Nor has a list of heads alone, or of those who signed, with what they voted.
    """
    texts = [*texts]
    if not columns & _HOUSEHOLD and any(map(_SUMS.search, texts)):
        return True
    described = columns - {*PLACE_COLUMNS, "head_name"}
    is_signed = any(map(_SIGNED.fullmatch, texts))
    if is_signed:
        described -= {*VOTES}
    if "household_id" in columns or not described <= CONTACT:
        return False
    return is_signed or not described or not names_heads
