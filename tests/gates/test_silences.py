"""One cause, one finding: for each entry of the table a case in which it matters."""

import pytest
from cases_entry_duplicates import twins
from cases_heads_of_steps import STEPS, VISITS, with_heads
from cases_silences import SILENCES as CASES
from cases_silences import Silencing, another_households
from family_changes import family
from later_readers import later_readers
from survey_edits import ECOLOGY, OTHER, PROPERTY, TRANSFER, is_above_zero, take_six_part_form
from town import Row, Town

from jiandang.engine.plan import plan_for
from jiandang.gates.silences import SILENCES
from jiandang.run.load import register_of


@pytest.mark.parametrize(("code", "other", "case"), CASES)
def test_silences(code: str, other: str, case: Silencing) -> None:
    town = Town()
    case(town)
    alone = {(f.sheet, f.cell) for f in town.findings(select=[other])}
    report = town.report(select=[code, other])
    told = {(f.sheet, f.cell) for f in report.findings if f.rule == other}
    assert alone > told
    assert code in {f.rule for f in report.findings}
    assert report.summary.silenced >= len(alone - told)


def test_every_entry_has_a_case() -> None:
    assert {code for code, _, _ in CASES} == SILENCES.keys()


def test_every_silenced_column_has_a_later_reader() -> None:
    town = Town()
    for sheet in (STEPS, VISITS):
        with_heads(town, sheet)
    policy = town.effective_policy()
    plan = plan_for(policy, register_of(town.grids(), policy))
    readers = later_readers(SILENCES, plan)
    take_six_part_form(town)
    six_parts = plan_for(policy, register_of(town.grids(), policy))
    of_six = later_readers(SILENCES, six_parts)
    readers = {entry: later or of_six[entry] for entry, later in readers.items()}
    assert {code for code, _ in readers} == SILENCES.keys()
    assert [entry for entry, later in readers.items() if not later] == []


def test_a_copied_row_is_one_finding() -> None:
    town = Town()
    rows = town.sheets["成员"]
    child = town.row("成员", 与户主关系="之子", 劳动能力="普通劳动力")
    rows.insert(rows.index(child) + 1, dict(child))
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert found.rule == "LR108"
    assert found.message.endswith("请删去一行")


def test_a_copied_row_explains_no_household_that_is_short() -> None:
    """What one household has too much is there twice, and not the other's."""
    town = Town()
    rows = town.sheets["成员"]
    child = town.row("成员", 与户主关系="之子", 劳动能力="普通劳动力")
    village = child["行政村"]
    rows.insert(rows.index(child) + 1, dict(child))
    home = town.row(
        "农户",
        行政村=village,
        家庭人口=lambda size: size > 1,
        户编号=lambda number: number != child["户编号"],
    )
    rows.remove(town.members(home)[-1])
    told = {(f.rule, f.sheet, f.cell) for f in town.findings() if f.rule in ("LR108", "LR203")}
    assert ("LR203", *town.cell(home, "家庭人口")) in told
    assert {rule for rule, *_ in told} == {"LR108", "LR203"}
    assert len(told) == 2


def test_a_family_that_table_2_lacks_is_not_taken_for_a_member_of_the_next_one() -> None:
    town = Town()
    one, lost = next(
        (one, other)
        for one in town.rows("农户", 家庭人口=lambda size: size > 2)
        for other in town.rows("农户", 行政村=one["行政村"])
        if sum(a != b for a, b in zip(one["户编号"], other["户编号"], strict=True)) == 1
    )
    first = town.members(lost)[0]
    town.sheets["农户"].remove(lost)
    town.sheets["成员"].remove(town.members(one)[-1])
    told = {(f.rule, f.sheet, f.cell) for f in town.findings() if f.rule in ("LR203", "LR205")}
    assert told == {
        ("LR203", *town.cell(one, "家庭人口")),
        ("LR205", *town.cell(first, "户编号")),
    }


def test_two_people_with_one_number_hide_no_wrong_size() -> None:
    town = Town()
    elder, younger = twins(town)
    younger["证件号码"] = elder["证件号码"]
    home = town.household(elder)
    home["家庭人口"] += 1
    codes = {f.rule for f in town.findings()}
    assert {"LR108", "LR203"} <= codes


@pytest.mark.parametrize(("sheet", "codes"), [("农户", ["RW008"]), ("成员", ["LR213"])])
def test_a_slip_in_a_villages_name_is_told_once(sheet: str, codes: list[str]) -> None:
    """The copies differ because one is wrong; where no other rule sees that, they are told of."""
    town = Town()
    home = town.row("农户", 行政村="柳湾村", 家庭人口=1)
    (home if sheet == "农户" else town.members(home)[0])["行政村"] = "柳弯村"
    assert [f.rule for f in town.findings() if f.severity.value != "info"] == codes


def _move_a_labourer(town: Town) -> tuple[Row, Row, Row]:
    """A labourer put under the next household's number; the row, its home, and the other."""
    son, other = another_households(town)
    return son, town.row("农户", 户编号=son["人编号"][:-2]), other


def test_a_member_under_the_neighbours_number_is_told_once() -> None:
    town = Town()
    son, home, _ = _move_a_labourer(town)
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert (found.rule, found.severity.value) == ("LR130", "error")
    assert (found.sheet, found.cell) == town.cell(son, "户编号")
    assert found.expected == home["户编号"]


def test_a_size_that_is_wrong_besides_is_told() -> None:
    town = Town()
    *_, other = _move_a_labourer(town)
    other["家庭人口"] += 3
    assert {"LR130", "LR203"} <= {f.rule for f in town.findings()}


def test_identity_numbers_in_place_of_households_numbers_silence_what_rests_on_them() -> None:
    """Unlike 1, 2, 3, which tell households apart, they say nothing of who belongs together."""
    town = Town()
    homes = town.rows("农户", 行政村="王庄村")
    for home in homes:
        members = town.members(home)
        home["户编号"] = str(members[0]["证件号码"]).replace("0", "O")
        for row in members:
            row["户编号"] = str(row["证件号码"]).replace("0", "O")
    found = town.findings(select=["LR120", "LR203", "LR204", "DC054"])
    assert {f.rule for f in found} == {"LR120"}


def test_one_number_a_person_silences_what_rests_on_the_household() -> None:
    town = Town()
    for home in town.rows("农户", 行政村="王庄村"):
        for row in (home, *town.members(home)):
            row["户编号"] = str(row.get("证件号码") or town.members(home)[0]["证件号码"])
    found = town.findings(select=["LR120", "LR203", "LR204", "DC054"])
    assert {f.rule for f in found} == {"LR120"}


def test_serial_numbers_silence_nothing() -> None:
    town = Town()
    homes = town.rows("农户", 行政村="王庄村")
    for number, home in enumerate(homes, 1):
        for row in (home, *town.members(home)):
            row["户编号"] = number
    homes[3]["家庭人口"] += 1
    found = town.findings(select=["LR120", "LR203"])
    assert [f.rule for f in found] == ["LR120", "LR203"]


def test_identity_numbers_as_numbers_of_households_are_told_once_a_village() -> None:
    town = Town()
    homes = town.rows("农户", 行政村="王庄村")
    for home in homes:
        head = town.members(home)[0]["证件号码"]
        for row in (home, *town.members(home)):
            row["户编号"] = head
    homes[3]["家庭人口"] += 1
    first, size = town.findings(select=["LR120", "LR203"])
    assert (first.rule, size.rule) == ("LR120", "LR203")
    # In whatever order the rows stand.
    least = min(homes, key=lambda home: home["户编号"])
    assert (first.sheet, first.cell) == town.cell(least, "户编号")
    assert first.message.startswith(f"本村 {len(homes)} 户的户编号是身份证号，")
    assert (size.sheet, size.cell) == town.cell(homes[3], "家庭人口")


def test_an_identity_number_names_no_village() -> None:
    """Twelve of its digits say where and when somebody was born."""
    town = Town()
    for sheet in ("成员", "农户"):
        town.headings[sheet].remove("村码")
    numbers = set()
    for home in town.rows("农户"):
        numbers.add(head := town.members(home)[0]["证件号码"])
        for row in (home, *town.members(home)):
            row["户编号"] = head
    found = town.findings(select=["LR120", "RW008", "SB027"])
    assert [f.rule for f in found] == ["LR120"] * 3  # once a village
    assert not any(number[:12] in f.message for f in town.findings() for number in numbers)


def test_an_identity_number_as_the_number_of_one_household() -> None:
    town = Town()
    home = town.rows("农户", 行政村="王庄村")[3]
    head = town.members(home)[0]["证件号码"]
    for row in (home, *town.members(home)):
        row["户编号"] = head
    (found,) = town.findings(select=["LR120"])
    assert (found.sheet, found.cell) == town.cell(home, "户编号")
    assert found.message.startswith("户编号是身份证号，")


def test_two_households_with_one_number_beside_each_other_are_told_once() -> None:
    """Every column of a household in each member's row differs, for the one cause."""
    town = Town()
    homes = [town.rows("农户", 行政村="王庄村")[n] for n in (1, 2)]
    town.sheets["成员"] = [row for home in homes for row in town.members(home)]
    columns = ("户主姓名", "家庭人口", "主要致贫原因", "人均纯收入(元)")
    town.headings["成员"] += columns
    for home in homes:
        for row in town.members(home):
            row.update({name: home[name] for name in columns})
    first, second = (town.members(home)[0] for home in homes)
    for row in town.members(second):
        row["户编号"] = first["户编号"]
    for sheet in [*town.sheets]:
        if sheet != "成员":
            del town.sheets[sheet]
    found = town.findings(select=["LR121", "LR202", "LR203", "LR208", "LR213"])
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [("LR121", town.cell(second, "户编号"))]


def test_a_second_head_is_told_beside_the_number_that_is_another_members() -> None:
    town = Town()
    brother = family(town, "户主", "之兄弟姐妹")[1]
    brother["与户主关系"] = "户主"
    brother["证件号码"] = town.members(brother)[0]["证件号码"]
    found = {f.rule: f.cell for f in town.findings(select=["LR108", "LR202"])}
    assert found == {
        "LR108": town.cell(brother, "证件号码")[1],
        "LR202": town.cell(brother, "与户主关系")[1],
    }


@pytest.mark.parametrize(("is_blank", "code"), [(False, "LR121"), (True, "LR004")])
def test_a_household_without_its_number_is_told_once(is_blank: bool, code: str) -> None:
    """Its members are under a number that no household has, for the same cause."""
    town = Town()
    one, two, three = town.rows("农户", 行政村="王庄村")[3:6]
    right = two["户编号"]
    two["户编号"] = None if is_blank else one["户编号"]
    found = town.findings(select=["LR004", "LR121", "LR205", "LR206"])
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [(code, town.cell(two, "户编号"))]
    assert is_blank or found[0].expected == right
    # Of two that are lacking it is open which is meant.
    town.sheets["农户"].remove(three)
    assert "LR205" in {f.rule for f in town.findings(select=["LR121", "LR205"])}


@pytest.mark.parametrize(("is_known", "code"), [(True, "LR121"), (False, "LR205")])
def test_a_head_alone_under_another_number_is_told_once(is_known: bool, code: str) -> None:
    """Neither is his own household told to have nobody, nor the village to have people too many."""
    town = Town(policy={"quota_tolerance": 0.0})
    codes = ["LR121", "LR203", "LR205", "LR206", "RW004", "RW005"]
    before = [(f.rule, f.message) for f in town.findings(select=codes)]
    homes = town.rows("农户", 行政村="柳湾村")
    home = next(home for home in homes if home["家庭人口"] == 1)
    (head,) = town.members(home)
    number = homes[-1]["户编号"] if is_known else home["户编号"][:12] + "977"
    head["户编号"], head["人编号"] = number, number + "09"
    found = [f for f in town.findings(select=codes) if (f.rule, f.message) not in before]
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [(code, town.cell(head, "户编号"))]
    town.sheets["成员"].remove(head)
    assert [f.rule for f in town.findings(select=["LR205", "LR206"])] == ["LR206"]


def test_households_without_numbers_are_counted_by_their_members() -> None:
    town = Town()
    before = [f.message for f in town.findings(select=["RW004", "RW005"])]
    for home in town.rows("农户", 行政村="柳湾村"):
        home["户编号"] = None
    assert [f.message for f in town.findings(select=["RW004", "RW005"])] == before


@pytest.mark.parametrize(("is_own", "code"), [(True, "LR108"), (False, "LR109")])
def test_another_persons_number_is_told_once(is_own: bool, code: str) -> None:
    """That sex, birth date and age are not those of the number is for the one cause."""
    town = Town()
    town.headings["成员"].append("年龄")
    wives = town.rows("成员", 与户主关系="配偶")
    wife, home = wives[1], town.household(wives[1 if is_own else 0])
    head = town.members(home)[0]
    wife["证件号码"], wife["年龄"] = head["证件号码"], 2
    found = town.findings(select=["LR106", "LR107", "LR108", "LR109"])
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [(code, town.cell(wife, "证件号码"))]


def _into_another_home(town: Town, row: Row) -> Row:
    """The row once more, as the last of another household of the village."""
    home = next(
        home
        for home in town.rows("农户", 行政村=row["行政村"])
        if home["户编号"] != row["户编号"] and home["家庭人口"] > 1
    )
    rows, family = town.sheets["成员"], town.members(home)
    again = {**row, "户编号": home["户编号"], "人编号": f"{home['户编号']}{len(family) + 1:02}"}
    again["村民小组"] = family[0]["村民小组"]
    rows.insert(rows.index(family[-1]) + 1, again)
    return again


@pytest.mark.parametrize("relation", ["户主", "配偶", "之子"])
def test_a_person_pasted_into_another_household_is_told_once(relation: str) -> None:
    town = Town()
    again = _into_another_home(town, town.row("成员", 与户主关系=relation))
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert (found.rule, (found.sheet, found.cell)) == ("LR109", town.cell(again, "证件号码"))


@pytest.mark.parametrize("relation", ["户主", "之子"])
def test_anothers_number_is_told_once_where_the_row_itself_belies_it(relation: str) -> None:
    """Whichever of the two comes first in the sheet."""
    town = Town()
    rows = town.rows("成员", 与户主关系=relation, 性别="男")
    rows[0]["证件号码"] = rows[1]["证件号码"]
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert (found.rule, (found.sheet, found.cell)) == ("LR109", town.cell(rows[0], "证件号码"))


def test_an_age_that_agrees_with_the_wrong_day_of_birth_is_told_with_it() -> None:
    town = Town()
    son = town.row("成员", 与户主关系="之子")
    son["出生日期"] = son["出生日期"].replace(year=son["出生日期"].year - 10, day=1)
    son["年龄"] += 10
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert (found.rule, (found.sheet, found.cell)) == ("LR107", town.cell(son, "出生日期"))


def test_an_empty_part_and_what_is_wrong_with_another_are_both_told() -> None:
    """All in one pass: that a cell is empty is known whatever stands in those beside it."""
    town = Town()
    home = town.row("农户", 家庭人口=3, **{TRANSFER: is_above_zero})
    home[ECOLOGY], home[OTHER], home[PROPERTY] = None, home[TRANSFER] + 700, None
    told = {(f.rule, f.cell) for f in town.findings() if f.severity.value != "info"}
    empty = {("LR014", town.cell(home, name)[1]) for name in (ECOLOGY, PROPERTY)}
    assert told == {("DC010", town.cell(home, TRANSFER)[1]), *empty}


@pytest.mark.parametrize("sheet", ["成员", "农户"])
@pytest.mark.parametrize("heading", ["县(市、区)", "行政村", "村码", "户编号"])
def test_an_extra_comma_anywhere_in_a_row_is_told_once(sheet: str, heading: str) -> None:
    """Also before the number of the household, which is then read where it stands."""
    town = Town()
    home = town.row("农户", 家庭人口=3)
    row = town.members(home)[0] if sheet == "成员" else home
    headings = town.headings[sheet]
    at = headings.index(heading)
    cells = [row[name] for name in headings]
    row.update(zip(headings, [*cells[:at], "", *cells[at:-1]], strict=True))
    told = [f.rule for f in town.findings() if f.severity.value != "info"]
    assert told == ["LR013"]
