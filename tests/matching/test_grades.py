"""Grades A, B and C: definite, staged, one to one."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.people import with_check
from jiandang.matching.grades import matched
from jiandang.matching.keys import Keys, KeysOfParts, name_key, number_keys
from jiandang.register.resident_id_columns import masked_ends

c = pl.col


ZHANG = with_check("32032419650302415")
LI = with_check("32032419700808123")


def people(*rows: dict[str, Any]) -> pl.DataFrame:
    """Members by name and number, with what else is told of them."""
    schema = {
        "name": pl.String, "id_number": pl.String, "sex": pl.String, "born": pl.Date,
        "years": pl.Int64, "village": pl.String, "region": pl.String,
        "own_county": pl.String, "own_town": pl.String, "by": pl.String,
    }  # fmt: skip
    frame = pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)
    numbers = number_keys(frame["id_number"]).alias("number")
    return frame.with_columns(
        numbers,
        numbers.alias("own_number"),
        ref=pl.int_range(pl.len(), dtype=pl.Int64),
        name_key=name_key(c.name),
    ).drop("name", "id_number")


def entries(*rows: dict[str, Any], taken: int = 0, county: str | None = None) -> pl.DataFrame:
    """Rows of a list."""
    schema = {
        "name": pl.String, "id_number": pl.String, "sex": pl.String, "birth_date": pl.String,
        "age": pl.Int64, "village": pl.String, "address": pl.String, "former_key": pl.String,
        "owners": pl.String, "aged_on": pl.Date, "years_ago": pl.Int64,
    }  # fmt: skip
    frame = pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)
    begins, ends = masked_ends(c.id_number)
    return frame.with_columns(
        number_keys(frame["id_number"]).alias("number"),
        name_key(c.name).alias("name_key"),
        begins.alias("begins"),
        ends.alias("ends"),
        pl.lit(taken).alias("taken"),
        pl.lit(county, pl.String).alias("county"),
        pl.lit(0, pl.UInt32).alias("list"),
        row=pl.int_range(pl.len(), dtype=pl.Int64),
    ).with_row_index("entry")


def grades(own: pl.DataFrame, listed: pl.DataFrame) -> list[Any]:
    """Who is whom, and by what grade."""
    pairs = matched(own, listed).pairs.sort("ref", "entry")
    return list(pairs.select("ref", "entry", "match_grade").rows())


def test_number_and_name_are_grade_a() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    for name in ("张山", "张 山", "张·山", "张山(曾用名张三)"):
        assert grades(own, entries({"name": name, "id_number": ZHANG})) == [(0, 0, "A")]


@pytest.mark.parametrize(
    "written", [ZHANG.lower(), f"{ZHANG}43", f"{ZHANG}43B1", ZHANG[:6] + ZHANG[8:17]]
)
def test_a_number_in_other_forms(written: str) -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    assert grades(own, entries({"name": "张山", "id_number": written})) == [(0, 0, "A")]


def test_number_alone_is_grade_b() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    found = matched(own, entries({"name": "李四", "id_number": ZHANG}))
    assert found.pairs["match_grade"].to_list() == ["B"]
    assert found.pairs["how"].to_list() == ["有同号的记录，姓名是“李四”"]


@pytest.mark.parametrize("listed", ["张*", "张某", "张□", "张?", "张＊＊", "*山", "张某某", "**"])
def test_a_name_that_is_not_all_shown_may_be_theirs(listed: str) -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    found = matched(own, entries({"name": listed, "id_number": ZHANG}))
    assert found.pairs["match_grade"].to_list() == ["C"]
    assert found.pairs["how"].to_list() == [f"号码相同、姓名“{listed}”相符，可能是同一人"]


@pytest.mark.parametrize("listed", ["李*", "李某", "*海", "张*山", "张山*", "□张山"])
def test_a_name_that_shows_another_is_another(listed: str) -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    found = matched(own, entries({"name": listed, "id_number": ZHANG}))
    assert found.pairs["match_grade"].to_list() == ["B"]
    assert found.pairs["how"].to_list() == [f"有同号的记录，姓名是“{listed}”"]


def test_a_name_of_the_register_may_have_lost_a_character() -> None:
    own = people({"name": "马祥□", "id_number": ZHANG})
    assert grades(own, entries({"name": "马祥德", "id_number": ZHANG})) == [(0, 0, "C")]
    assert grades(own, entries({"name": "马祥", "id_number": ZHANG})) == [(0, 0, "B")]


def test_who_is_matched_leaves() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    both = entries({"name": "张山", "id_number": ZHANG}, {"name": "李四", "id_number": ZHANG})
    assert grades(own, both) == [(0, 0, "A")]


def test_somebody_elsewhere_in_the_run_has_it() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    assert grades(own, entries({"name": "李四", "id_number": ZHANG}, taken=2)) == []
    near = entries({"name": "张山", "id_number": with_check(ZHANG[:16] + "8")}, taken=1)
    assert grades(own, near) == []


def test_two_candidates_are_neither() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    two = entries({"name": "李四", "id_number": ZHANG}, {"name": "王五", "id_number": ZHANG})
    found = matched(own, two)
    assert found.pairs.is_empty()
    assert found.ambiguous == {0: 1}


@pytest.mark.parametrize("at", range(18))
@pytest.mark.parametrize("digit", [1, 6])
def test_one_character_off_is_grade_c(at: int, digit: int) -> None:
    own = people({"name": "张山", "id_number": ZHANG, "region": ZHANG[:6]})
    wrong = str((int(ZHANG[at]) + digit) % 10) if ZHANG[at].isdigit() else str(digit)
    listed = ZHANG[:at] + wrong + ZHANG[at + 1 :]
    found = matched(own, entries({"name": "张山", "id_number": listed}, county=ZHANG[:6])).pairs
    assert found["match_grade"].to_list() == ["C"]
    assert found["how"].to_list() == [f"姓名相同、号码差第 {at + 1} 位，可能是同一人"]
    assert grades(own, entries({"name": "张川", "id_number": listed})) == []


@pytest.mark.parametrize(
    ("code", "about", "county", "grade"),
    [
        ("320322", {}, None, []),  # 沛县, of a list that does not say where it is from
        ("320322", {}, "320322", []),
        ("320322", {"village": "王庄"}, None, ["C"]),
        ("320322", {"address": "睢宁县官山镇王庄村"}, None, ["C"]),
        ("320322", {}, "320324", ["C"]),
        ("320329", {}, None, ["C"]),  # of no county at all
        ("320329", {}, "320322", []),
        ("320329", {"address": "沛县王庄村"}, None, []),
    ],
)
def test_a_digit_of_the_county_may_be_a_slip_in_one_county_alone(
    code: str, about: dict[str, str], county: str | None, grade: list[str]
) -> None:
    where = {"region": "320324", "village": "王庄村", "own_county": "睢宁县"}
    own = people({"name": "张山", "id_number": ZHANG, **where})
    row = {"name": "张山", "id_number": code + ZHANG[6:], **about}
    found = matched(own, entries(row, county=county))
    assert found.pairs["match_grade"].to_list() == grade
    # Where nothing but the code says another county nobody can tell that the list has him not.
    is_open = code == "320322" and county is None and not about
    assert found.ambiguous == ({0: 1} if is_open else {})


@given(st.integers(0, 16).filter(lambda at: ZHANG[at] != ZHANG[at + 1]))
def test_two_neighbours_swapped_are_grade_c(at: int) -> None:
    own = people({"name": "张山", "id_number": ZHANG, "region": ZHANG[:6]})
    listed = ZHANG[:at] + ZHANG[at + 1] + ZHANG[at] + ZHANG[at + 2 :]
    here = entries({"name": "张山", "id_number": listed}, county=ZHANG[:6])
    found = matched(own, here).pairs
    wanted = ["C"] if number_keys(pl.Series([listed])).is_not_null().all() else []
    assert found["match_grade"].to_list() == wanted


@given(at=st.integers(0, 17), digit=st.integers(0, 9))
def test_what_may_be_near_is_kept_by_its_keys(at: int, digit: int) -> None:
    """No row that grade C would find is left out before."""
    frame = pl.DataFrame({"name": ["张山"], "id_number": [ZHANG], "village": ["王庄村"]})
    keys = KeysOfParts.of([[Keys.of(frame, pl.Series("account", [], dtype=pl.String))]])
    listed = entries({"name": "张山", "id_number": ZHANG[:at] + str(digit) + ZHANG[at + 1 :]})
    known = {**keys.known(), "of_household": pl.lit(None), "lives_in": pl.lit(None, pl.String)}
    assert listed.with_columns(**known).select(keys.may_have()).item()


def test_lost_characters_may_be_any() -> None:
    own = people({"name": "张垚", "id_number": ZHANG})
    near = (
        with_check(ZHANG[:13] + ("1" if ZHANG[13] != "1" else "2") + ZHANG[14:17])[:17] + ZHANG[17]
    )
    assert grades(own, entries({"name": "张□", "id_number": near})) == [(0, 0, "C")]
    assert grades(own, entries({"name": "李□", "id_number": near})) == []
    unsaid = people({"name": "张?", "id_number": ZHANG})
    assert grades(unsaid, entries({"name": "张垚", "id_number": near})) == [(0, 0, "C")]


def test_masked_numbers() -> None:
    own = people({"name": "张山", "id_number": ZHANG}, {"name": "李四", "id_number": LI})
    masked = f"{ZHANG[:6]}********{ZHANG[-4:]}"
    assert grades(own, entries({"name": "张山", "id_number": masked})) == [(0, 0, "C")]
    assert grades(own, entries({"name": "李四", "id_number": masked})) == []
    # A disability card is the number with two digits more, or four.
    for more in ("43", "43B1", "4301"):
        assert grades(own, entries({"name": "张山", "id_number": masked + more})) == [(0, 0, "C")]
        other = f"{masked[:-1]}{(int(masked[-1]) + 1) % 10}{more}"
        assert grades(own, entries({"name": "张山", "id_number": other})) == []
    for hidden_end in (f"{ZHANG[:14]}****", f"{ZHANG[:14]}****43"):
        assert grades(own, entries({"name": "张山", "id_number": hidden_end})) == [(0, 0, "C")]
    assert grades(own, entries({"name": "张山", "id_number": f"{LI[:14]}****43"})) == []
    for hidden_front in (f"{'*' * 10}{ZHANG[10:]}", f"{'x' * 8}{ZHANG[8:]}"):
        assert grades(own, entries({"name": "张山", "id_number": hidden_front})) == [(0, 0, "C")]
    assert grades(own, entries({"name": "张山", "id_number": f"{'*' * 10}{LI[10:]}"})) == []


X_AT_THE_END = "32032419440525893X"


@pytest.mark.parametrize(
    "listed",
    [
        "320324********893X42",
        "320324********893X42B1",
        "32032419440525XXXX",
        "32032419440525xxxx43",
    ],
)
def test_an_x_in_a_masked_number_is_shown_or_hides(listed: str) -> None:
    own = people({"name": "张山", "id_number": X_AT_THE_END})
    assert grades(own, entries({"name": "张山", "id_number": listed})) == [(0, 0, "C")]
    other = people({"name": "张山", "id_number": with_check("32032419440526892")})
    assert grades(other, entries({"name": "张山", "id_number": listed})) == []


@pytest.mark.parametrize(
    "form", ["{0}************", "**************{1}", "{0}********888*", "320***********{1}"]
)
def test_of_whom_hardly_anything_is_shown_may_be_listed(form: str) -> None:
    """Too little to say that it is he, and enough to not say that the list has him not."""
    own = people({"name": "张山", "id_number": ZHANG}, {"name": "李四", "id_number": LI})
    listed = entries(
        {"name": "张山", "id_number": form.format(ZHANG[:6], ZHANG[14:])},
        {"name": "李四", "id_number": form.format("110101", ZHANG[14:]).replace("320", "110")},
    )
    found = matched(own, listed)
    assert found.pairs.is_empty()
    assert found.unsure["ref"].to_list() == [0]


def test_birth_date_and_sex_stand_in_for_a_number_in_one_county() -> None:
    born = pl.Series(["1965-03-02"]).str.to_date()[0]
    row = {"name": "张山", "id_number": ZHANG, "sex": "男", "born": born, "region": "320324"}
    listed = {"name": "张山", "sex": "男", "birth_date": "1965-03-02"}
    assert grades(people(row), entries(listed, county="320324")) == [(0, 0, "C")]
    assert grades(people(row), entries(listed, county="320381")) == []
    assert grades(people(row), entries({**listed, "id_number": LI})) == []  # another person
    assert grades(people(row), entries({**listed, "sex": "女"})) == []


def test_sex_age_and_village_stand_in_for_a_number() -> None:
    row = {"name": "张山", "id_number": ZHANG, "sex": "男", "years": 50, "village": "王庄村"}
    listed = {"name": "张山", "sex": "男", "age": 51, "address": "官山镇王庄村二组"}
    assert grades(people(row), entries(listed)) == [(0, 0, "C")]
    assert grades(people(row), entries({**listed, "age": 52})) == []
    assert grades(people(row), entries({**listed, "address": "官山镇柳湾村"})) == []
    twins = people(row, {**row, "id_number": LI})
    found = matched(twins, entries(listed))
    assert found.pairs.is_empty()
    assert found.ambiguous == {0: 2}


@pytest.mark.parametrize(
    ("age", "born", "is_theirs"),
    [(46, True, False), (47, True, True), (49, True, True), (50, True, False), (48, False, True)],
)
def test_the_age_is_that_of_the_day_on_which_it_was_said(
    age: int, born: bool, is_theirs: bool
) -> None:
    """Born on 1965-03-02 and 51 in 2016, 48 on 2013-05-06."""
    days = pl.Series(["1965-03-02", "2013-05-06"]).str.to_date()
    row = {"name": "张山", "sex": "男", "years": 51, "village": "王庄村"}
    own = people({**row, "born": days[0] if born else None})
    listed = {"name": "张山", "sex": "男", "village": "王庄", "aged_on": days[1], "years_ago": 3}
    assert bool(grades(own, entries({**listed, "age": age}))) == is_theirs


def test_the_name_alone_is_nothing() -> None:
    own = people({"name": "张山", "id_number": ZHANG, "sex": "男", "years": 50})
    assert grades(own, entries({"name": "张山"})) == []
    assert grades(own, entries({"name": "张山", "id_number": LI})) == []


def test_several_cars_are_of_one_person() -> None:
    own = people({"name": "张山", "id_number": ZHANG})
    cars = entries(*[{"name": "李四", "id_number": ZHANG}] * 3)
    assert grades(own, cars) == [(0, 0, "B"), (0, 1, "B"), (0, 2, "B")]


def test_a_part_of_name_and_number_is_counted_and_no_doubt() -> None:
    own = people({"name": "张小山", "id_number": ZHANG}, {"name": "李四", "id_number": LI})
    hidden = f"{ZHANG[:4]}**********{ZHANG[-4:]}"
    for name, count in (("张*山", 1), ("张某某", 1), ("张**", 1), ("王*山", 0), ("张*", 1)):
        found = matched(own, entries({"name": name, "id_number": hidden}))
        assert found.pairs.is_empty()
        assert found.ambiguous.get(0, 0) == count, name
        assert found.unsure.height == count
    other = f"{ZHANG[:4]}**********{LI[-4:]}"
    assert not matched(own, entries({"name": "张*山", "id_number": other})).ambiguous
    little = f"{ZHANG[:3]}***********{ZHANG[-4:]}"  # of too many people
    assert not matched(own, entries({"name": "张*山", "id_number": little})).ambiguous


def test_who_is_found_is_not_counted_for_a_masked_row() -> None:
    own = people({"name": "张小山", "id_number": ZHANG})
    masked = {"name": "张*山", "id_number": f"{ZHANG[:6]}********{ZHANG[-4:]}"}
    found = matched(own, entries(masked, {"name": "张小山", "id_number": ZHANG}))
    assert found.pairs["match_grade"].to_list() == ["A"]
    assert not found.ambiguous and found.unsure.is_empty()


def unsure(own: pl.DataFrame, listed: pl.DataFrame) -> list[int]:
    """Of whom nobody can say that the list has them not."""
    return sorted(matched(own, listed).unsure["ref"])


WANG = {"name": "张山", "id_number": ZHANG, "village": "王庄村"}


@pytest.mark.parametrize(
    "listed",
    [
        {},
        {"id_number": ZHANG[:17]},
        {"id_number": LI, "village": "王庄"},
        {"id_number": LI, "address": "官山镇王庄村二组"},
        {"id_number": f"{LI[:6]}********{LI[-4:]}", "village": "王庄村"},
    ],
)
def test_a_name_without_a_number_or_in_the_village_may_be_meant(listed: dict[str, Any]) -> None:
    assert unsure(people(WANG), entries({"name": "张山", **listed})) == [0]
    assert unsure(people(WANG), entries({"name": "李四", **listed})) == []


@pytest.mark.parametrize(
    "listed",
    [
        {"id_number": LI},
        {"id_number": LI, "village": "柳湾村"},
        {"village": "柳湾村"},
        {"address": "官山镇柳湾村"},
        {"id_number": f"{LI[:6]}********{LI[-4:]}"},
        {"sex": "女"},
        {"birth_date": "1970-08-08"},
    ],
)
def test_a_namesake_of_whom_the_list_says_more_is_another(listed: dict[str, Any]) -> None:
    own = people({**WANG, "sex": "男", "born": pl.Series(["1965-03-02"]).str.to_date()[0]})
    assert unsure(own, entries({"name": "张山", **listed})) == []


def test_several_candidates_may_be_meant_but_not_who_is_matched() -> None:
    own = people(WANG)
    near = [{"name": "张山", "id_number": ZHANG[:at] + "9" + ZHANG[at + 1 :]} for at in (14, 15)]
    assert unsure(own, entries(*near)) == [0]
    assert unsure(own, entries(*near, {"name": "张山", "id_number": ZHANG})) == []
    other = people(WANG, {"name": "张山", "id_number": LI, "village": "王庄村"})
    listed = entries({"name": "张山", "id_number": LI, "village": "王庄村"})
    assert unsure(other, listed) == []  # that row is the other's


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [
        ("江苏省睢宁县官山镇柳湾村", True),
        ("江苏省徐州市睢宁县官山镇柳湾村", True),
        ("官山镇柳湾村", True),
        ("睢宁官山镇新城社区柳湾村", True),
        ("柳湾村", True),
        ("江苏省睢宁县沙集镇柳湾村", False),
        ("铜山区单集镇柳湾村", False),
        ("铜山区官山镇柳湾村", False),
        ("沙集镇柳湾村", False),
    ],
)
def test_a_village_of_another_county_or_town_is_another(address: str, is_theirs: bool) -> None:
    place = {"village": "柳湾村", "own_county": "睢宁县", "own_town": "官山镇"}
    own = people({"name": "冯德", "sex": "男", "years": 54, **place})
    listed = entries({"name": "冯德", "sex": "男", "age": 54, "address": address})
    assert bool(grades(own, listed)) == is_theirs
