"""Tests that find a household, or a member of it, for a fault."""

from collections.abc import Callable
from typing import TypeAlias

from generators.families import ORDINARY
from generators.layout import INCOME, Row
from generators.livelihood import born
from generators.people import REFERENCE_DATE, age_on
from generators.township import Household

Suits: TypeAlias = Callable[[Household], bool]
PersonTest: TypeAlias = Callable[[Row], bool]

_ILL_CAUSES = {"因病", "因残", "因学"}


def age(member: Row) -> int:
    return age_on(REFERENCE_DATE, born(member))


def relation(member: Row) -> str:
    return str(member["与户主关系"])


def is_plain_adult(member: Row) -> bool:
    """Somebody whose ID is named nowhere else, and whom no rule on children or the old watches."""
    return (
        18 <= age(member) < 60
        and relation(member) != "户主"
        and member["残疾证号"] is None
        and member["在校生状况"] == "非在校生"
    )


def is_child(member: Row) -> bool:
    return age(member) < 16


def is_schoolchild(member: Row) -> bool:
    return 8 <= age(member) <= 14 and member["健康状况"] == "健康"


def has_card(member: Row) -> bool:
    return member["残疾证号"] is not None


def is_in_school(member: Row) -> bool:
    return member["在校生状况"] != "非在校生"


def is_working(member: Row) -> bool:
    return member["务工状况"] is not None


def anyone(home: Household, test: PersonTest) -> bool:
    return any(test(member) for member in home.members)


def first(home: Household, test: PersonTest) -> Row:
    return next(member for member in home.members if test(member))


def has(test: PersonTest) -> Suits:
    return lambda home: anyone(home, test)


def kin(name: str) -> PersonTest:
    return lambda member: relation(member) == name


def both(one: PersonTest, other: PersonTest) -> PersonTest:
    return lambda member: one(member) and other(member)


def sibling(sex: str) -> PersonTest:
    return lambda member: relation(member) == "之兄弟姐妹" and member["性别"] == sex


def is_single(home: Household) -> bool:
    return len(home.members) == 1


def has_twins(home: Household) -> bool:
    sons = [born(member) for member in home.members if relation(member) == "之子"]
    return len(sons) > len(set(sons))


def can_rise_above_the_line(home: Household) -> bool:
    return (
        home.record["农户属性"] == ORDINARY
        and home.record["主要致贫原因"] not in _ILL_CAUSES
        and anyone(home, is_working)
    )


def lives_on_the_farm(home: Household) -> bool:
    return not home.record[INCOME[0]] and anyone(home, lambda m: m["劳动能力"] == "普通劳动力")


def is_spared(cause: str, test: PersonTest) -> Suits:
    """A household with nobody to whom the cause could apply."""

    def suits(home: Household) -> bool:
        stated = home.record["主要致贫原因"], home.record["其他致贫原因"] or ""
        return not anyone(home, test) and all(cause not in str(text) for text in stated)

    return suits


def is_ill(member: Row) -> bool:
    return str(member["健康状况"]).startswith(("长期", "患有", "体弱"))


def not_poor_for(cause: str, test: PersonTest) -> Suits:
    """A household that has such a member and is poor for another reason."""
    return lambda home: anyone(home, test) and home.record["主要致贫原因"] != cause


def has_one_cause(home: Household) -> bool:
    return home.record["其他致贫原因"] is None and home.record["主要致贫原因"] not in _ILL_CAUSES


def is_grandmother_with_child(home: Household) -> bool:
    return len(home.members) == 2 and relation(home.members[1]) == "之孙子"
