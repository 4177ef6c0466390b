"""Lists beside a register that have some of its headings: sums by village, helpers, contacts."""

import re

from jiandang.intake.headings import Heading
from jiandang.register.tables import PLACE_COLUMNS

_HOUSEHOLD = {"household_id", "head_name", "head_id"}
_CONTACT = {"phone", "bank", "account", "helper", "helper_unit", "helper_phone", "helper_post"}
# 户数, 贫困人数, 村数; but 家庭人数 is a household's.
_SUMS = re.compile("户数|(?<!家庭)人数|村数")


def is_auxiliary(heading: Heading) -> bool:
    """Whether what seems a table of households is none.

    A table of sums names no household and counts them. A list of helpers or accounts has nothing
    else of a household, neither its number nor its head's, by which it could complete another.
    """
    if heading.table != "household":
        return False
    own = {meaning.column for meaning in heading.columns}
    texts = (text for stack in heading.stacks.values() for text in stack)
    is_of_sums = not own & _HOUSEHOLD and any(map(_SUMS.search, texts))
    described = own - {*PLACE_COLUMNS, "head_name"}
    return is_of_sums or ("household_id" not in own and described <= _CONTACT)
