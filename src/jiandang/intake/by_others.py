"""Columns of a heading that only the others beside them tell; all of one table's heading."""

from jiandang.headings.text import without_brackets
from jiandang.headings.vocabulary import Meaning
from jiandang.patterns import regex

# 序号 may count rows; this one counts households.
_ORDER_OF_HOMES = regex("户(?:顺?序号?|次)")

_FAMILY = regex("家庭成员")
_HELPED = regex("(?:帮扶|结对|联系)(?:对象|户|贫困户)(?:姓名|户主)?")
_A_HEADS = regex(r"年人均(?:\(元\))?|人均\(元(?:/年)?\)")


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
    """Beside 人均纯收入 纯收入 is the household's; right behind that 人均 is a head's.

    Alone 人均 is money where it says so: 人均(元), 年人均.
    """
    own = {meaning.column: column for meaning, column in columns.items()}
    names = {column: without_brackets(text) for column, text in unknown.items()}
    nets = [column for column, name in names.items() if name == "纯收入"]
    net = own.get("net_income", nets[0] if len(nets) == 1 else None)
    each = own.get("per_capita")
    alone = [column for column, text in unknown.items() if _A_HEADS.fullmatch(text)]
    if net is not None and each is None and names.get(net + 1) == "人均":
        each = net + 1
    elif each is None and len(alone) == 1:
        each = alone[0]
    if each is None:
        return
    for name, found in (("net_income", net), ("per_capita", each)):
        if found is not None and name not in own:
            columns[Meaning("household", name)] = found
            del unknown[found]


def name_persons(table: str, columns: dict[Meaning, int], unknown: dict[int, str]) -> None:
    """家庭成员 names members beside relation and household; 帮扶对象 the head, beside the helper.

    Elsewhere officials have families too, and 帮扶对象 may be a kind of household.
    """
    own = {meaning.column for meaning in columns}
    wanted = {
        "member": ("name", _FAMILY, {"household_id", "relation"}),
        "household": ("head_name", _HELPED, {"helper"}),
    }
    name, pattern, beside = wanted[table]
    found = [column for column, text in unknown.items() if pattern.fullmatch(text)]
    if name not in own and beside <= own and len(found) == 1:
        columns[Meaning(table, name)] = found[0]
        del unknown[found[0]]
