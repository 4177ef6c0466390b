"""A page a sheet: the handbook's pages, and the sheets that have no more than members."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from form_reading import POLICY, place, read

from jiandang import check
from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

ONE, OTHER = "320324196203013370", "320324196409073467"
CHILD, FOURTH = "320324199001203575", "320324195511163595"
HEADING: list[Raw] = ["姓名", "与户主关系", "性别", "身份证号", "文化程度"]
HEAD: list[Raw] = ["刘大柱", "户主", "男", ONE, "小学"]
WIFE: list[Raw] = ["陈秀兰", "配偶", "女", OTHER, "初中"]
SON: list[Raw] = ["刘海", "之子", "男", CHILD, "高中"]


def grid(name: str, *rows: Sequence[Raw]) -> Grid:
    return Grid(name, [[*row, *[""] * (6 - len(row))] for row in rows])


def front(name: str, head: str, code: str, *more: Sequence[Raw]) -> Grid:
    return grid(
        name,
        ["贫困户登记表"],
        ["户编号", code, "户主姓名", head],
        ["联系电话", "13852030117", "家庭人口", 3.0],
        ["主要致贫原因", "因病", "是否危房", "否"],
        *more,
    )


def people(register: Register) -> list[tuple[object, ...]]:
    rows = register.tables["member"].iter_rows(named=True)
    return [(r["household_id"], r["name"], place(register, r, "id_number")) for r in rows]


PAGES = {
    "cover": grid("首页", ["扶贫手册"], ["户主姓名：刘大柱"], ["户编号：320324105201001"]),
    "household": grid(
        "家庭情况",
        ["家庭情况"],
        ["户主姓名", "刘大柱", "联系电话", "13852030117"],
        ["主要致贫原因", "☑因病 □因残", "是否危房", "□是 ☑否"],
        ["耕地面积（亩）", 3.5, "家庭人口", 2.0],
    ),
    "members": grid("家庭成员", ["家庭成员"], HEADING, HEAD, WIFE),
    "helpers": grid("帮扶责任人", ["姓名", "单位", "职务"], ["周敬贤", "水务局", "科长"]),
}


@pytest.mark.parametrize("order", [*permutations(PAGES)], ids=" ".join)
def test_the_pages_of_a_handbook_in_any_order(order: Sequence[str]) -> None:
    register = read(*(PAGES[name] for name in order))
    code = "320324105201001"
    assert people(register) == [
        (code, "刘大柱", "家庭成员!D3"), (code, "陈秀兰", "家庭成员!D4")
    ]  # fmt: skip
    (household,) = register.tables["household"].iter_rows(named=True)
    assert place(register, household, "household_id") == "首页!A3"
    assert place(register, household, "arable") == "家庭情况!B4"
    assert (household["helper"], household["helper_post"]) == ("周敬贤", "科长")
    assert register.files[0].unrecognised_sheets == ()


@pytest.mark.parametrize("title", [[], [["附页：家庭成员"]]], ids=["none", "a title"])
@pytest.mark.parametrize("first", [True, False])
def test_more_members_on_another_sheet(first: bool, title: list[list[Raw]]) -> None:
    more = grid("001附页", *title, HEADING, SON)
    own = front("001", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    others = front("002", "孙立国", "320324105201002", HEADING, ["孙立国", "户主", "男", FOURTH])
    register = read(*([more, own, others] if first else [own, others, more]))
    at = f"001附页!D{len(title) + 2}"
    assert people(register)[2] == ("320324105201001", "刘海", at)
    assert len(people(register)) == 4


def test_members_of_nobody_beside_two_households_are_unread() -> None:
    own = front("甲", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    others = front("乙", "孙立国", "320324105201002", HEADING, ["孙立国", "户主", "男", FOURTH])
    register = read(own, others, grid("丙", HEADING, SON))
    assert len(people(register)) == 3
    assert "“丙”第1至2行的表单没有读：没有户编号" in str(register.files[0].error)


LISTS: list[list[list[Raw]]] = [
    [HEADING, HEAD, WIFE, ["孙立国", "户主", "男", FOURTH, "小学"]],  # of two households
    [HEADING, *([f"刘海{i}", *SON[1:]] for i in range(13))],
    [["姓名", "文化程度", "身份证号", "培训内容"], ["刘海", "高中", CHILD, "电工"]],
    [["姓名", "与户主关系", "身份证号", "死亡时间"], ["刘海", "之子", CHILD, "2015-03"]],
    [["姓名", "性别", "身份证号", "金额"], ["刘海", "男", CHILD, 500.0]],  # of nobody's home
]


@pytest.mark.parametrize("rows", LISTS, ids=["two heads", "many", "training", "the dead", "money"])
def test_a_list_of_persons_beside_forms_is_no_page(rows: list[list[Raw]]) -> None:
    own = front("甲", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    register = read(own, grid("名单", *rows))
    known = {(code, name) for code, name, _ in people(register) if code}
    assert known == {(code, name) for code, name, _ in people(read(own))}
    assert register.files[0].error is None


RESTS: list[list[list[Raw]]] = [
    [["挂钩帮扶人", "周敬贤", "联系电话", "13852030117"]],
    [SON, ["刘小妹", "之女", "女", "", "小学"]],
]


@pytest.mark.parametrize("rest", RESTS, ids=["a row of labels", "members without a heading"])
def test_the_rest_of_a_page_before_its_front_is_told_with_what_to_do(rest: list[list[Raw]]) -> None:
    register = read(grid("反", *rest), front("正", "刘大柱", "320324105201001", HEADING, HEAD))
    file = register.files[0]
    (told,) = [*file.remarks, *([file.error] if file.error else [])]
    assert told.endswith("如果是某一户登记表的续页，请把这几行并到那一户的表上，再检查")


NAMED: list[Raw] = ["户主姓名", "刘大柱", "户编号", "320324105201001"]


def counted(register: Register) -> list[tuple[str, str, int]]:
    return [(own.sheet, own.table, own.rows.checked) for own in register.sheets]


def test_members_are_counted_on_the_sheet_where_they_stand() -> None:
    """Else the rules about members would have no row to check."""
    named: list[Raw] = ["户主姓名", "刘大柱", "户编号", "320324105201001"]
    register = read(
        front("正", "刘大柱", "320324105201001"), grid("反", named, HEADING, HEAD, WIFE)
    )
    assert people(register) == [
        ("320324105201001", "刘大柱", "反!D3"), ("320324105201001", "陈秀兰", "反!D4")
    ]  # fmt: skip
    assert counted(register) == [
        ("正", "household", 3), ("反", "household", 1), ("反", "member", 2)
    ]  # fmt: skip


def test_a_grid_without_anybody_is_counted_with_its_form() -> None:
    register = read(front("正", "刘大柱", "320324105201001", HEADING))
    assert counted(register) == [("正", "household", 3), ("正", "member", 0)]


def test_the_empty_cells_of_members_are_on_the_sheet_where_they_stand() -> None:
    named: list[Raw] = ["户主姓名", "刘大柱", "户编号", "320324105201001"]
    nobody = ["陈秀兰", "配偶", "女", "", "初中"]
    register = read(
        front("正", "刘大柱", "320324105201001"), grid("反", named, HEADING, HEAD, nobody)
    )
    assert [at for _, _, at in people(register)] == ["反!D3", "反!D4"]


def with_annex(*named: Raw, size: float = 3.0) -> Register:
    own = front("001", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    own.rows[2][3] = size
    others = front("002", "孙立国", "320324105201002", HEADING, ["孙立国", "户主", "男", FOURTH])
    others.rows[2][3] = 1.0
    title = ["贫困户登记表（附页）"]
    return read(own, others, grid("附页", title, [*named], HEADING, SON))


@pytest.mark.parametrize(
    ("label", "code"),
    [("户编号尾号", "001"), ("户编号后四位", "1001"), ("户编号", "…1001"), ("户编号", "201001")],
)
def test_an_annex_is_of_the_household_of_its_head_and_the_end_of_the_code(
    label: str, code: str
) -> None:
    found = with_annex("户主姓名", "刘大柱", label, code)
    assert ("320324105201001", "刘海", "附页!D4") in people(found)
    assert found.tables["household"].height == 2
    assert found.files[0].error is None


@pytest.mark.parametrize(
    "named",
    [
        ["户主姓名", "刘大柱", "户编号尾号", "099"],
        ["户主姓名", "刘大柱"],
        ["户主姓名", "孙立国", "户编号尾号", "001"],
        ["户主姓名", "周大柱", "户编号尾号", "001"],
        ["户主姓名", "周大柱", "户编号尾号", "099"],
        ["户主姓名", "周大柱"],
        [],
    ],
)
def test_an_annex_of_no_known_household_is_unread(named: list[Raw]) -> None:
    """It starts no household; whose people it may have lacks nobody."""
    found = with_annex(*named)
    assert len(people(found)) == 3
    assert found.tables["household"].height == 2
    assert "“附页”" in str(found.files[0].error)
    may_be_his = not named or "刘大柱" in named or "001" in named
    told = {(f.rule, f.cell) for f in check(found, POLICY, as_of="2016-03-29").findings}
    assert (("LR203", "D3") in told) == (not may_be_his)


def test_members_with_a_short_code_and_their_head_are_a_household() -> None:
    """The end of a code is no sign of an annex where the head stands in the grid."""
    named: list[Raw] = ["户主姓名", "孙立国", "户编号", "003"]
    own = front("001", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    found = read(own, grid("002", named, HEADING, ["孙立国", "户主", "男", FOURTH]))
    assert found.tables["household"]["head_name"].to_list() == ["刘大柱", "孙立国"]
    assert found.files[0].error is None


def test_the_head_once_more_on_an_annex_is_a_row_too_many() -> None:
    """And no other household's head under the same code."""
    own = front("001", "刘大柱", "320324105201001", HEADING, HEAD, WIFE)
    annex = grid("附页", ["户主姓名", "刘大柱", "户编号", "…001"], HEADING, SON, HEAD)
    findings = check(read(own, annex), POLICY, as_of="2016-03-29").findings
    told = {(f.rule, f.sheet, f.cell) for f in findings}
    assert ("LR108", "附页", "D4") in told
    assert not any(rule == "LR121" for rule, _, _ in told)


CARD: list[list[Raw]] = [
    ["☑精准扶贫帮扶计划 □后续帮扶计划"],
    ["户主姓名", "刘大柱", "联系电话", "13852030117"],
    ["贫困户属性", "低保户", "耕地面积(亩)", 3.5],
    ["帮扶责任人", "周敬贤", "帮扶单位", "水务局"],
    ["户主签字：刘大柱"],
]


def test_a_card_without_a_code_completes_the_form_of_its_head() -> None:
    found = read(front("001", "刘大柱", "320324105201001", HEADING, HEAD), grid("卡片", *CARD))
    (household,) = found.tables["household"].iter_rows(named=True)
    assert (household["helper"], place(found, household, "helper")) == ("周敬贤", "卡片!B4")


def test_cards_alone_start_no_household() -> None:
    found = read(grid("卡片", *CARD))
    assert found.tables["household"].is_empty()
    assert "没有读：明白卡上没有户编号" in str(found.files[0].error)


def test_a_card_with_a_code_starts_one() -> None:
    found = read(grid("卡片", *CARD, ["户编号", "320324105201001"]))
    assert found.tables["household"]["household_id"].to_list() == ["320324105201001"]
