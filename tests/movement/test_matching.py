"""Each pass of the matching, by persons and households of a few words."""

from datetime import date

import polars as pl
import pytest

from generators.people import with_check
from jiandang.movement.matching import Matched, Side, is_slip, match

c = pl.col

_PERSON = {
    "ref": pl.Int64, "household_id": pl.String, "person_id": pl.String, "name": pl.String,
    "identity": pl.String, "born": pl.Date, "birth_date": pl.String,
    "relation": pl.String, "town": pl.String,
}  # fmt: skip
_HOUSEHOLD = {
    "household_id": pl.String, "head_name": pl.String, "head_id": pl.String, "size": pl.UInt32,
}  # fmt: skip
A, B = "320324197001010017", "320324197001010025"
# The 15 digits of A, brought into 18 by another century.
OF_20XX = with_check("32032420700101001")
BORN = date(1970, 1, 1)
HOME, OTHER_HOME = "320324105201001", "320324105201002"


def side(*persons: dict[str, object], homes: tuple[tuple[str, str], ...] = ()) -> Side:
    rows = [{"ref": i, "town": "官山镇", **person} for i, person in enumerate(persons)]
    frame = pl.DataFrame(rows, schema=_PERSON)
    sizes = frame.drop_nulls("household_id").group_by("household_id").len("size")
    households = [
        *({"household_id": number, "size": size} for number, size in sizes.iter_rows()),
        *({"household_id": number, "head_name": head, "size": 0} for number, head in homes),
    ]
    return Side(frame, pl.DataFrame(households, schema=_HOUSEHOLD))


def persons(matched: Matched) -> set[tuple[int, int]]:
    return set(matched.persons.iter_rows())


def households(matched: Matched) -> set[tuple[str, str]]:
    return set(matched.households.iter_rows())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"person_id": "101", "name": "王强"}, {"person_id": "101", "name": "王 强"}),
        ({"identity": A, "name": "王强"}, {"identity": A, "name": "王强"}),
        ({"identity": A, "name": "王强"}, {"identity": A, "name": "王刚"}),
        ({"identity": A, "name": "王强"}, {"identity": OF_20XX, "name": "王强"}),
        (
            {"household_id": HOME, "name": "王强", "born": BORN, "relation": "户主"},
            {"household_id": HOME, "name": "王强", "born": BORN, "relation": "配偶"},
        ),
        (
            {"household_id": HOME, "name": "王强", "relation": "户主"},
            {"household_id": HOME, "name": "王强", "relation": "户主"},
        ),
        ({"household_id": HOME, "name": "王强"}, {"household_id": HOME, "name": "王强"}),
        ({"household_id": HOME, "relation": "户主"}, {"household_id": HOME, "relation": "户主"}),
        (
            {"household_id": HOME, "name": "王小强", "relation": "户主"},
            {"household_id": HOME, "name": "王晓强", "relation": "户主"},
        ),
        (
            {"household_id": HOME, "name": "王强", "identity": A, "relation": "户主"},
            {"household_id": HOME, "name": "李刚", "identity": A[:-1] + "8", "relation": "户主"},
        ),
        (
            {"household_id": HOME, "name": "王强", "born": BORN},
            {"household_id": OTHER_HOME, "name": "王强", "born": BORN},
        ),
    ],
    ids=(
        "person_id and name", "number and name", "number alone",
        "name and old number", "household, name, birth",
        "household, relation, name", "household, name", "nothing but the relation",
        "household, relation, name a slip off",
        "household, relation, number a slip off", "town, name, birth",
    ),
)  # fmt: skip
def test_the_same_person(before: dict[str, object], now: dict[str, object]) -> None:
    assert persons(match(side(before), side(now))) == {(0, 0)}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"name": "王强"}, {"name": "王强"}),
        (
            {"household_id": HOME, "name": "王强", "identity": A, "relation": "之子"},
            {"household_id": HOME, "name": "王刚", "identity": B, "relation": "之子"},
        ),
        (
            {"household_id": HOME, "name": "王强", "born": BORN, "town": "官山镇"},
            {"household_id": OTHER_HOME, "name": "王强", "born": BORN, "town": "高集镇"},
        ),
        ({"identity": A, "name": "王强"}, {"identity": OF_20XX, "name": "王刚"}),
        (
            {"household_id": HOME, "name": "王强", "born": BORN, "relation": "户主"},
            {"household_id": HOME, "name": "王刚", "born": date(1985, 5, 5), "relation": "户主"},
        ),
    ],
    ids=("name alone", "brothers", "another town", "old number alone", "name and birth"),
)
def test_another_person(before: dict[str, object], now: dict[str, object]) -> None:
    assert persons(match(side(before), side(now))) == set()


def test_of_two_that_could_be_meant_it_is_neither() -> None:
    twice = {"name": "王强", "born": BORN}
    now = side({**twice, "household_id": "2"}, {**twice, "household_id": "3"})
    assert persons(match(side({**twice, "household_id": "1"}), now)) == set()


def test_who_stands_twice_is_matched_as_often_as_in_the_other() -> None:
    one: dict[str, object] = {"household_id": "1", "identity": A, "name": "王强"}
    assert persons(match(side(one, one), side(one, one))) == {(0, 0), (1, 1)}
    assert persons(match(side(one, one), side(one))) == {(0, 0)}


def test_of_one_who_stood_in_two_households_the_same_one_stays() -> None:
    twice: list[dict[str, object]] = [
        {"household_id": home, "identity": A, "name": "王强"} for home in "12"
    ]
    assert persons(match(side(*twice), side(twice[1]))) == {(1, 0)}


def test_a_household_by_its_number_and_a_member() -> None:
    before = side({"household_id": HOME, "identity": A}, {"household_id": HOME, "identity": B})
    now = side({"household_id": HOME, "identity": A}, {"household_id": OTHER_HOME, "identity": B})
    assert households(match(before, now)) == {(HOME, HOME)}


def test_a_household_of_a_serial_number_goes_with_its_people() -> None:
    """The second of three households has left the register, so that the third is the second now."""
    family: list[dict[str, object]] = [
        {"name": "王强", "relation": "户主", "identity": A},
        {"name": "李丽", "relation": "配偶", "identity": B},
        {"name": "王小", "relation": "之子", "born": BORN},
    ]
    gone: dict[str, object] = {"household_id": "王庄村第2号", "name": "王刚", "relation": "户主"}
    before = side(gone, *({"household_id": "王庄村第3号", **each} for each in family))
    now = side(*({"household_id": "王庄村第2号", **each} for each in family))
    matched = match(before, now)
    assert persons(matched) == {(1, 0), (2, 1), (3, 2)}
    assert households(matched) == {("王庄村第3号", "王庄村第2号")}
    # Of a whole number 王刚 and 王强 under it may be one, whose name has a slip.
    one = side({**gone, "household_id": HOME})
    assert persons(match(one, side({**gone, "household_id": HOME, "name": "王强"}))) == {(0, 0)}
    # A daughter-in-law who now lives where the number went does not make it the same household.
    bride = {"household_id": "3", "name": "周芳", "born": date(1990, 1, 1)}
    before = side(*({"household_id": "3", **each} for each in family), bride)
    now = side(*({"household_id": "2", **each} for each in family), bride)
    assert households(match(before, now)) == {("3", "2")}


def split(numbers: dict[str, str], heads: dict[str, str]) -> set[tuple[str, str]]:
    """The pairs of 王强's household 5, of six, whose members have these numbers of it now."""
    names = ("王强", "李丽", "王小", "周芳", "王一", "王二")
    family: list[dict[str, object]] = [
        {"name": name, "born": date(1970 + i, 1, 1)} for i, name in enumerate(names)
    ]
    both = (
        side(*({"household_id": "5", **each} for each in family)),
        side(*({"household_id": numbers[str(each["name"])], **each} for each in family)),
    )
    headed = [
        Side(
            each.persons,
            each.households.with_columns(
                head_name=c.household_id.replace_strict(whose, return_dtype=pl.String)
            ),
        )
        for each, whose in zip(both, ({"5": "王强"}, heads), strict=True)
    ]
    return households(match(*headed))


def test_of_a_split_household_the_old_one_is_where_two_of_number_head_and_most_are() -> None:
    """A son who leaves with most of it founds a household; so does a father who leaves alone."""
    old = {"王强": "5", "李丽": "5"}
    son = dict.fromkeys(("王小", "周芳", "王一", "王二"), "76")
    assert split(old | son, {"5": "王强", "76": "王小"}) == {("5", "5")}
    # All numbers are new: the head is what is left to tell it by.
    renumbered = dict.fromkeys(old, "9") | son
    assert split(renumbered, {"9": "王强", "76": "王小"}) == {("5", "9")}
    rest = dict.fromkeys((*old, *son), "5")
    assert split(rest | {"王强": "76"}, {"5": "李丽", "76": "王强"}) == {("5", "5")}


def test_a_household_of_a_serial_number_without_members_goes_with_its_heads_number() -> None:
    before = side(homes=(("2", "王强"), ("3", "李丽")))
    now = side(homes=(("2", "李丽"), ("3", "周")))
    heads: list[list[str | None]] = [[A, B], [B, None]]
    named = [
        Side(each.persons, each.households.with_columns(pl.Series("head_id", ids, pl.String)))
        for each, ids in zip((before, now), heads, strict=True)
    ]
    assert households(match(*named)) == {("3", "2")}


def test_a_household_that_got_another_number() -> None:
    before = side({"household_id": "1", "identity": A}, {"household_id": "1", "identity": B})
    now = side({"household_id": "2", "identity": A}, {"household_id": "2", "identity": B})
    assert households(match(before, now)) == {("1", "2")}


def test_members_without_numbers_follow_their_household() -> None:
    wife: dict[str, object] = {"name": "李丽", "relation": "配偶"}
    before = side({"household_id": "1", "identity": A}, {"household_id": "1", **wife})
    now = side({"household_id": "00001", "identity": A}, {"household_id": "00001", **wife})
    matched = match(before, now)
    assert persons(matched) == {(0, 0), (1, 1)}
    assert households(matched) == {("1", "00001")}


def test_a_number_given_to_another_household_is_another_household() -> None:
    before = side({"household_id": "1", "identity": A, "name": "王强", "relation": "户主"})
    now = side({"household_id": "1", "identity": B, "name": "李丽", "relation": "户主"})
    assert households(match(before, now)) == set()


def test_households_of_a_register_without_members_by_their_number() -> None:
    """Of another head it may be the widow's: nobody can tell that it is another household."""
    one, two, three, four = (f"32032410520100{i}" for i in range(1, 5))
    before = side(homes=((one, "王强"), (two, "李丽"), (three, "周")))
    now = side(homes=((one, "王强"), (two, "周"), (four, "周")))
    assert households(match(before, now)) == {(one, one), (two, two)}


def test_households_of_serial_numbers_without_members_by_number_and_head() -> None:
    """1, 2, 3 may be another household's each time."""
    before, now = (
        side(homes=(("1", "王强"), ("2", "李丽"))),
        side(homes=(("1", "王强"), ("2", "周"))),
    )
    assert households(match(before, now)) == {("1", "1")}


def test_a_household_without_members_among_others_by_number_and_head() -> None:
    one, two, nine = (f"32032410520100{i}" for i in (1, 2, 9))
    person: dict[str, object] = {"household_id": nine, "identity": A, "name": "赵一"}
    before = side(person, homes=((one, "王强"), (two, "李丽")))
    now = side(person, homes=((one, "王强"), (two, "周")))
    assert households(match(before, now)) == {(one, one), (nine, nine)}


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("1234", "1244", True),
        ("1234", "1324", True),
        ("1234", "1432", False),
        ("1234", "1234", False),
        ("1234", "12345", False),
        (None, "1", None),
    ],
)
def test_a_slip(one: str | None, other: str | None, slip: bool | None) -> None:
    assert is_slip(one, other) is slip


def test_fewer_than_half_of_the_members_are_no_household() -> None:
    old: list[dict[str, object]] = [
        {"household_id": HOME, "person_id": f"10{i}", "name": f"王{i}"} for i in range(4)
    ]
    goes = {**old[0], "household_id": OTHER_HOME}
    new: list[dict[str, object]] = [
        {"household_id": OTHER_HOME, "name": f"李{i}"} for i in range(2)
    ]
    assert households(match(side(*old), side(goes, *new))) == set()
    assert households(match(side(*old), side(goes, new[0]))) == {(HOME, OTHER_HOME)}
