"""Columns of a heading that only the others beside them tell; all of one table's heading."""

import re

from jiandang.intake.vocabulary import Meaning

# 序号 may count rows; this one counts households.
_ORDER_OF_HOMES = re.compile("户(?:顺?序号?|次)")


def name_places(columns: dict[Meaning, int]) -> None:
    """Where a quota has no names but those of towns, these are the names of its places."""
    town, place = Meaning("allocation", "town"), Meaning("allocation", "place")
    if place not in columns and town in columns:
        columns[place] = columns.pop(town)


def number_homes(table: str, columns: dict[Meaning, int], unknown: dict[int, str]) -> None:
    """Where households have no number but that of their order in the list, it is theirs."""
    orders = [c for c, text in unknown.items() if _ORDER_OF_HOMES.fullmatch(text)]
    if len(orders) == 1 and "household_id" not in {own.column for own in columns}:
        columns[Meaning(table, "household_id")] = orders[0]
        del unknown[orders[0]]


def tell_incomes(columns: dict[Meaning, int], unknown: dict[int, str]) -> None:
    """Beside 人均纯收入 纯收入 is the household's; right behind that 人均 is a head's."""
    own = {meaning.column: column for meaning, column in columns.items()}
    nets = [column for column, text in unknown.items() if text == "纯收入"]
    net = own.get("net_income", nets[0] if len(nets) == 1 else None)
    each = own.get("per_capita")
    if net is not None and each is None and unknown.get(net + 1) == "人均":
        each = net + 1
    if net is None or each is None:
        return
    for name, column in (("net_income", net), ("per_capita", each)):
        if name not in own:
            columns[Meaning("household", name)] = column
            del unknown[column]
