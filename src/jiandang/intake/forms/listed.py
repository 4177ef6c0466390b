"""Forms without 户编号 beside a list of the same households: their numbers, by the heads."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from jiandang.intake.forms.households import Households
from jiandang.intake.parsed_table import ParsedTable

_WHY = "户主姓名在本文件的登记表里只有一户"


def codes_by_head(tables: Iterable[ParsedTable]) -> dict[str, set[str]]:
    """The codes of the households in tables, by the names of their heads."""
    codes: dict[str, set[str]] = {}
    for table in tables:
        rows, code = table.frame, f"{table.sheet.table}.household_id"
        name = "household.head_name"
        if name not in rows.columns and {"member.name", "member.relation"} <= {*rows.columns}:
            name, rows = "member.name", rows.filter(pl.col("member.relation") == "户主")
        if {name, code} <= {*rows.columns}:
            for head, own in rows.select(name, code).drop_nulls().iter_rows():
                codes.setdefault(head, set()).add(own)
    return codes


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
