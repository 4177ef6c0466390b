"""Forms without 户编号 beside a list of the same households: their numbers, by the heads."""

from collections import Counter
from collections.abc import Collection, Mapping

from jiandang.intake.forms.households import Households

_WHY = "户主姓名在本文件的登记表里只有一户"


def take_listed_codes(found: Households, listed: Mapping[str, Collection[str]]) -> None:
    """Give forms the codes that the file's tables have for their heads (`codes_by_head`).

    Of each name there is but one, among the forms as in the tables; that it was so is said.
    """
    heads = Counter(form.head for form in found.forms)
    taken = {form.text("household_id") or form.known_as for form in found.forms}
    for form in found.forms:
        codes = listed.get(form.head, ())
        is_open = not (form.text("household_id") or form.known_as) and heads[form.head] == 1
        if is_open and len(codes) == 1 and taken.isdisjoint(codes):
            (form.known_as,) = codes
            found.supposed.append((form.pages[0], _WHY))
