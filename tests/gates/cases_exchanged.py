"""Households with each other's numbers (LR224), members who stand in another (LR225, LR203)."""

from town import Cell, Row, Town, breaks, spares

HOMES, MEMBERS, NUMBER = "农户", "成员", "户编号"


def families(town: Town) -> list[Row]:
    """The households of the first village that have four members or more, of them a couple."""
    village = town.rows(HOMES)[0]["行政村"]
    homes = town.rows(HOMES, 行政村=village)
    couples = [home for home in homes if len(town.members(home)) > 3]
    return [home for home in couples if town.members(home)[1]["与户主关系"] == "配偶"]


def renumber(members: list[Row], number: object, *, with_own: bool = True) -> None:
    for place, member in enumerate(members, 1):
        member[NUMBER] = number
        if with_own:
            member["人编号"] = f"{number}{place:02}"


def exchange_members(town: Town, *, with_own: bool) -> Row:
    one, other = town.rows(HOMES)[3], town.rows(HOMES)[5]
    ones, others = town.members(one), town.members(other)
    renumber(ones, other[NUMBER], with_own=with_own)
    renumber(others, one[NUMBER], with_own=with_own)
    return ones[0] if not with_own else one


@breaks("LR224")
def numbers_of_two_households_exchanged(town: Town) -> Cell:
    one, other = town.rows(HOMES)[3], town.rows(HOMES)[5]
    one[NUMBER], other[NUMBER] = other[NUMBER], one[NUMBER]
    return town.cell(one, NUMBER)


@breaks("LR224")
def numbers_of_three_households_taken_round(town: Town) -> Cell:
    homes = town.rows(HOMES)[3:6]
    numbers = [home[NUMBER] for home in homes]
    for home, number in zip(homes, [*numbers[1:], numbers[0]], strict=True):
        home[NUMBER] = number
    return town.cell(homes[0], NUMBER)


@breaks("LR224")
def members_of_two_households_exchanged(town: Town) -> Cell:
    return town.cell(exchange_members(town, with_own=True), NUMBER)


@breaks("LR224")
def members_exchanged_who_keep_their_own_numbers(town: Town) -> Cell:
    return town.cell(exchange_members(town, with_own=False), NUMBER)


@spares("LR224")
def heads_who_bear_one_name(town: Town) -> None:
    one, other = town.rows(HOMES)[3], town.rows(HOMES)[5]
    for home in (one, other):
        home["户主姓名"] = town.members(home)[0]["姓名"] = "张国华"


def among_its_own(town: Town, place: int) -> Row:
    """A member with the number of another household, who stands where he stood."""
    home, other = families(town)[:2]
    row = town.members(home)[place]
    own = {NUMBER: other[NUMBER], "人编号": f"{other[NUMBER]}09", "村民小组": other["村民小组"]}
    row.update(own)
    return row


@breaks("LR225")
def grandchild_under_the_number_of_another_household(town: Town) -> Cell:
    return town.cell(among_its_own(town, -1), NUMBER)


@breaks("LR225")
def spouse_under_the_number_of_another_household(town: Town) -> Cell:
    return town.cell(among_its_own(town, 1), NUMBER)


def at_the_end_of_another(town: Town, place: int) -> Row:
    row = among_its_own(town, place)
    rows = town.sheets[MEMBERS]
    rows.remove(row)
    last = max(i for i, other in enumerate(rows) if other[NUMBER] == row[NUMBER])
    rows.insert(last + 1, row)
    return row


@breaks("LR225")
def second_spouse_at_the_end_of_another_household(town: Town) -> Cell:
    return town.cell(at_the_end_of_another(town, 1), NUMBER)


@spares("LR225")
def a_family_whose_rows_are_apart(town: Town) -> None:
    home, other = families(town)[:2]
    row, rows = town.members(home)[-1], town.sheets[MEMBERS]
    rows.remove(row)
    rows.insert(rows.index(town.members(other)[1]), row)


@breaks("LR203")
def child_at_the_end_of_another_household(town: Town) -> Cell:
    """Nothing shows which of them it is: the one household is told, and names the other."""
    row = at_the_end_of_another(town, -1)
    return town.cell(town.household(row), "家庭人口")
