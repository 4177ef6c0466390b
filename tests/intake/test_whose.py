"""Columns of the head, of the members and of somebody else, side by side on one sheet."""

from datetime import date

import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid, Range
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import read_heading
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
HOME: Row = ["行政村", "户编号"]
OWN: Row = ["姓名", "性别", "民族", "身份证号"]
REST: Row = ["与户主关系", "文化程度"]


def id_number(birth: str, order: int) -> str:
    return with_check(f"320324{birth}{order:03}")


ZHAO: Row = ["赵志强", "男", "汉族", id_number("19600101", 11)]
QIAN: Row = ["钱秀英", "女", "回族", id_number("19550202", 12)]
WIFE: Row = ["吴秀英", "女", "汉族", id_number("19620101", 22)]
SON: Row = ["周大伟", "男", "汉族", id_number("19850101", 33)]
SUN: Row = ["孙大勇", "男", "汉族", id_number("19700303", 13)]
# Each household: its head, and whoever else it has.
HOMES = [
    (["王庄村", "320324105201001"], ZHAO, [[*WIFE, "配偶", "小学"]]),
    (["王庄村", "320324105201002"], QIAN, [[*SON, "之子", "初中"]]),
    (["王庄村", "320324105201003"], SUN, []),
]
SEXES = {"赵志强": "男", "吴秀英": "女", "钱秀英": "女", "周大伟": "男", "孙大勇": "男"}


def body(*, is_listed: bool, is_full: bool = True) -> list[Row]:
    """Rows of the household, its head and a member; the head may be a member as well."""
    rows: list[Row] = []
    for home, head, others in HOMES:
        himself = [[*head, "户主", "初中"]] if is_listed else []
        persons = [*himself, *others] or [[""] * 6]
        for number, person in enumerate(persons):
            said = [*home, *head] if is_full or not number else [""] * 6
            rows.append([*said, *person])
    return rows


def two_rows(head: str, members: str, *, merged: bool) -> tuple[list[Row], list[Range]]:
    above: Row = [*([*HOME] if merged else ["", ""]), head, "", "", "", members, "", "", "", "", ""]
    ranges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 5), (0, 6, 0, 11)] if merged else []
    return [above, [*(["", ""] if merged else HOME), *OWN, *OWN, *REST]], ranges


def register(heading: list[Row], rows: list[Row], merged: list[Range] | None = None) -> Register:
    return register_of([Grid("花名册", [*heading, *rows], merged or [])], POLICY)


def cells_of(found: Register, rule: str) -> list[str | None]:
    report = check(found, POLICY, as_of=date(2016, 3, 29), select=rule)
    return [finding.cell for finding in report.findings]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("is_listed", [True, False])
@pytest.mark.parametrize(
    ("head", "members"),
    [
        ("户主信息", "家庭成员信息"),
        ("户主基本情况", "家庭成员基本情况"),
        ("户主", "其他家庭成员"),
        ("贫困户基本信息", "家庭成员"),
        ("申请人", "共同生活的家庭成员"),
    ],
)
def test_the_heads_group_is_about_the_head(
    head: str, members: str, *, is_listed: bool, merged: bool
) -> None:
    heading, ranges = two_rows(head, members, merged=merged)
    found = register(heading, body(is_listed=is_listed), ranges)
    people = found.tables["member"]
    assert dict(people.select("name", "sex").rows()) == SEXES
    assert people.height == len(SEXES)
    assert people.filter(people["relation"] == "户主")["name"].to_list() == [
        "赵志强", "钱秀英", "孙大勇",
    ]  # fmt: skip
    assert people["id_number"].null_count() == 0
    assert cells_of(found, "LR002") == []
    # Where he is among the members what his group says of him is left, and told.
    assert cells_of(found, "LR003") == (["D2", "E2"] if is_listed else [])


def test_a_fault_of_the_head_is_told_at_his_own_cell() -> None:
    heading, ranges = two_rows("户主信息", "家庭成员信息", merged=True)
    rows = body(is_listed=False)
    rows[1][3] = "男"
    assert cells_of(register(heading, rows, ranges), "LR106") == ["D4"]
    rows = body(is_listed=False)
    rows[1][7] = "女"
    assert cells_of(register(heading, rows, ranges), "LR106") == ["H4"]


@pytest.mark.parametrize("prefix", ["成员", "家庭成员", "家庭人员", "人员", "其他家庭成员"])
@pytest.mark.parametrize("is_full", [True, False])
def test_a_heading_may_say_that_it_is_of_the_members(prefix: str, *, is_full: bool) -> None:
    his = [f"户主{text}" for text in OWN]
    heading: Row = [*HOME, *his, *(f"{prefix}{text}" for text in (*OWN, "关系", "文化程度"))]
    found = register([heading], body(is_listed=False, is_full=is_full))
    assert dict(found.tables["member"].select("name", "sex").rows()) == SEXES
    assert found.tables["household"]["head_id"].to_list() == [ZHAO[3], QIAN[3], SUN[3]]
    assert cells_of(found, "LR003") == []


def test_what_is_counted_of_members_is_no_column_of_theirs() -> None:
    stacks = {n: [t] for n, t in enumerate(["户编号", "户主姓名", "家庭人口", "成员身份证号"])}
    heading = read_heading(stacks | {4: ["家庭成员人数"], 5: ["成员住址"]}, Vocabulary(), 0, 0)
    assert {meaning.column: n for meaning, n in heading.columns.items()} == {
        "household_id": 0, "head_name": 1, "size": 2,
    }  # fmt: skip
    assert heading.repeated.keys() == {4}


def test_who_has_a_relation_is_a_member_whatever_stands_over_him() -> None:
    above: Row = ["", "", "户主", "家里的人", "", "性别", "民族"]
    heading = [above, [*HOME, "姓名", "姓名", "与户主关系", "", ""]]
    rows: list[Row] = [
        [*home, head[0], person[0], relation, *person[1:3]]
        for home, head, others in HOMES
        for person, relation in [(head, "户主"), *((other, other[4]) for other in others)]
    ]
    found = register(heading, rows, [(0, 3, 0, 4)])
    assert found.tables["member"]["name"].to_list() == [*SEXES]


PLAIN: Row = [*HOME, *OWN, *REST]
TELEPHONE = "13800001111"
OFFICIAL: dict[str, Raw] = {
    "姓名": "王建", "电话": TELEPHONE, "单位": "官山镇政府", "联系电话": TELEPHONE, "性别": "男",
    "身份证号": id_number("19800101", 123),
}  # fmt: skip
LISTED = [
    [*home, *person]
    for home, head, others in HOMES
    for person in [[*head, "户主", "初中"], *others]
]


@pytest.mark.parametrize(
    "title", ["网格员", "包村干部", "第一书记", "监护人", "签约医生", "村会计"]
)
@pytest.mark.parametrize(
    "parts", [["姓名", "电话"], ["姓名", "单位", "联系电话"], ["姓名", "性别", "身份证号"]]
)
@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize("layout", ["merged", "apart", "over the group alone"])
def test_somebody_else_is_no_member(
    title: str, parts: list[str], layout: str, *, is_left: bool
) -> None:
    group: Row = [title, *[""] * (len(parts) - 1)]
    gap: Row = [""] * len(PLAIN)
    his: Row = [OFFICIAL[part] for part in parts]

    def beside(of_official: Row, of_members: Row) -> Row:
        return [*of_official, *of_members] if is_left else [*of_members, *of_official]

    start = 0 if is_left else len(PLAIN)
    others = set(range(len(PLAIN) + len(parts))) - set(range(start, start + len(parts)))
    merged = [] if layout == "apart" else [(0, start, 0, start + len(parts) - 1)]
    merged += [(0, column, 1, column) for column in others] if layout == "merged" else []
    heading = [beside(group, PLAIN), beside([*parts], gap)]
    found = register(heading, [beside(his, row) for row in LISTED], merged)
    assert dict(found.tables["member"].select("name", "sex").rows()) == SEXES
    assert found.tables["household"]["phone"].drop_nulls().to_list() == []
    assert cells_of(found, "LR002") == cells_of(found, "LR207") == []


@pytest.mark.parametrize("line", ["基本信息", "填报单位：官山镇", ""])
def test_only_titles_stand_in_the_row_above(line: str) -> None:
    """Of the row above the heading 监护人 is a group, and so is its 姓名 not the members'."""
    above: Row = [line, *[""] * (len(PLAIN) - 1), "监护人", ""]
    rows = [[*row, "王建", TELEPHONE] for row in LISTED]
    found = register([above, [*PLAIN, "姓名", "电话"]], rows)
    assert dict(found.tables["member"].select("name", "sex").rows()) == SEXES
    assert found.tables["household"]["phone"].drop_nulls().to_list() == []
    assert cells_of(found, "LR003") == ["I2", "J2"]


def test_the_doctor_beside_the_heads_group_is_no_head() -> None:
    above: Row = ["户编号", "户主信息", "", "", "家庭人口", "村医", ""]
    below: Row = ["", "姓名", "身份证号", "联系电话", "", "姓名", "电话"]
    rows: list[Row] = [
        [home[1], head[0], head[3], "13700001111", 1, "王建", TELEPHONE] for home, head, _ in HOMES
    ]
    merged = [(0, 1, 0, 3), (0, 5, 0, 6), (0, 0, 1, 0), (0, 4, 1, 4)]
    found = register([above, below], rows, merged)
    homes = found.tables["household"]
    assert homes["head_name"].to_list() == ["赵志强", "钱秀英", "孙大勇"]
    assert homes["phone"].unique().to_list() == ["13700001111"]
    assert cells_of(found, "LR002") == []


@pytest.mark.parametrize("at_left", [True, False])
@pytest.mark.parametrize(
    ("officials", "parts"),
    [
        (["包村干部", "网格员"], ["姓名", "电话"]),
        (["网格员", "村医", "护林员"], ["姓名", "手机号"]),
        (["第一书记", "驻村工作队员"], ["姓名", "单位", "职务", "电话"]),
        (["监护人"], ["姓名", "身份证号", "联系电话"]),
        (["监护人", "代办人"], ["姓名", "身份证号", "联系电话"]),
    ],
)
def test_officials_beside_the_households_are_no_heads(
    officials: list[str], parts: list[str], *, at_left: bool
) -> None:
    own: Row = ["户编号", "户主姓名", "户主证件号码", "联系电话", "家庭人口"]
    rest = [""] * (len(parts) - 1)
    above: Row = [text for official in officials for text in (official, *rest)]
    below: Row = [*parts] * len(officials)
    no_part: Row = [""] * len(own)
    rows: list[Row] = []
    for home, head, _ in HOMES:
        his: Row = [home[1], head[0], head[3], "13700001111", 1]
        theirs: Row = ["王建", *[""] * (len(parts) - 2), TELEPHONE] * len(officials)
        rows.append([*theirs, *his] if at_left else [*his, *theirs])
    first = 0 if at_left else len(own)
    merged: list[Range] = [
        (0, column, 0, column + len(parts) - 1)
        for column in range(first, first + len(above), len(parts))
    ]
    start = len(above) if at_left else 0
    merged += [(0, column, 1, column) for column in range(start, start + len(own))]
    over, under = (
        ([*above, *own], [*below, *no_part]) if at_left else ([*own, *above], [*no_part, *below])
    )
    found = register([over, under], rows, merged)
    homes = found.tables["household"]
    assert homes["head_name"].to_list() == ["赵志强", "钱秀英", "孙大勇"]
    assert homes["phone"].unique().to_list() == ["13700001111"]
    assert cells_of(found, "LR002") == []


@pytest.mark.parametrize("groups", [["配偶", "长子"], ["成员A", "成员B"], ["家庭成员", "家庭成员"]])
def test_relatives_beside_the_head_are_members(groups: list[str]) -> None:
    parts = ["姓名", "性别", "身份证号"]
    rest = [""] * (len(parts) - 1)
    above: Row = ["户编号", "户主姓名", "户主证件号码", groups[0], *rest, groups[1], *rest]
    below: Row = ["", "", "", *parts, *parts]
    own: Row = [WIFE[0], WIFE[1], WIFE[3], SON[0], SON[1], SON[3]]
    rows = [[home[1], head[0], head[3], *own] for home, head, _ in HOMES]
    width = len(parts)
    merged: list[Range] = [(0, 3, 0, 2 + width), (0, 3 + width, 0, 2 + 2 * width)]
    found = register([above, below], rows, [*merged, *((0, c, 1, c) for c in range(3))])
    assert found.tables["member"].height == 3 * len(HOMES)


@pytest.mark.parametrize("at_left", [True, False])
@pytest.mark.parametrize(
    ("theirs", "is_another"),
    [
        (["帮扶干部", "帮扶干部电话"], True),
        (["结对帮扶人", "结对帮扶人电话"], True),
        (["帮扶责任人姓名", "帮扶责任人电话"], False),
    ],
)
def test_who_helps_in_other_words_is_another_beside_the_helper(
    theirs: list[str], *, is_another: bool, at_left: bool
) -> None:
    columns = {"帮扶责任人": "李强", "帮扶人电话": "13700001111"}
    own = [*columns.items(), *zip(theirs, ["王建", TELEPHONE], strict=True)]
    own = own[::-1] if at_left else own
    found = register([[*PLAIN, *(n for n, _ in own)]], [[*r, *(v for _, v in own)] for r in LISTED])
    assert bool(cells_of(found, "LR002")) != is_another
    if is_another:
        assert found.tables["household"]["helper"].unique().to_list() == ["李强"]
        assert found.tables["household"]["helper_phone"].unique().to_list() == ["13700001111"]


@pytest.mark.parametrize(
    ("headings", "phone"),
    [
        (["包村干部", "电话"], None),
        (["包村干部", "职务", "联系电话"], None),
        (["联系电话", "第一书记姓名", "联系电话"], "13700001111"),
        (["联系电话", "帮扶责任人", "联系电话"], "13700001111"),
        # It may be the household's, and there is no other.
        (["帮扶责任人", "联系电话"], TELEPHONE),
        (["是否村干部", "联系电话"], TELEPHONE),
        (["包村干部", "农户属性", "联系电话"], TELEPHONE),
    ],
)
def test_a_telephone_behind_an_official_is_his(headings: list[str], phone: str | None) -> None:
    own = ["13700001111" if not n and "电话" in text else "" for n, text in enumerate(headings)]
    own[-1] = TELEPHONE
    found = register([[*PLAIN, *headings]], [[*row, *own] for row in LISTED])
    assert found.tables["household"]["phone"].unique().to_list() == [phone]
    assert cells_of(found, "LR002") == []
    helper = TELEPHONE if headings[1:] == ["帮扶责任人", "联系电话"] else None
    assert found.tables["household"]["helper_phone"].unique().to_list() == [helper]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["帮扶责任人", "职务"], ["李强", "科长"]),
        (["帮扶人", "单位", "职务", "电话"], ["李强", "财政局", "科长", TELEPHONE]),
        (["帮扶干部", "帮扶单位", "职务"], ["李强", "财政局", "科长"]),
    ],
)
def test_unit_and_post_behind_the_helper_are_his(headings: list[str], cells: list[str]) -> None:
    found = register([[*PLAIN, *headings]], [[*row, *cells] for row in LISTED])
    household = found.tables["household"]
    assert household["helper_post"].unique().to_list() == ["科长"]
    assert household["phone"].unique().to_list() == [None]
    if len(headings) > 2:
        assert household["helper_unit"].unique().to_list() == ["财政局"]
    if len(headings) > 3:
        assert household["helper_phone"].unique().to_list() == [TELEPHONE]


def test_a_second_name_beside_the_first_is_still_a_double() -> None:
    found = register([[*PLAIN, "姓名"]], [[*row, "王建"] for row in LISTED])
    assert cells_of(found, "LR002") == ["I1"]


@pytest.mark.parametrize("heading", ["户序号", "户序", "户次"])
@pytest.mark.parametrize("is_full", [True, False])
def test_households_may_have_no_number_but_their_order(heading: str, *, is_full: bool) -> None:
    rows = [
        [row[0], int(str(row[1])[-1]) if is_full or row[6] == "户主" else "", *row[2:]]
        for row in LISTED
    ]
    found = register([["行政村", heading, *PLAIN[2:]]], rows)
    numbers = found.tables["member"]["household_id"].to_list()
    assert numbers == [f"王庄村第{number}号" for number in (1, 1, 2, 2, 3)]
    assert cells_of(found, "LR001") == []


def test_the_order_of_households_is_not_taken_beside_their_numbers() -> None:
    rows: list[Row] = [[number, *row] for number, row in enumerate(LISTED, 1)]
    found = register([["户序号", *PLAIN]], rows)
    assert found.tables["household"]["household_id"].to_list() == [home[1] for home, *_ in HOMES]
    assert cells_of(found, "LR002") == []
    assert cells_of(found, "LR003") == ["A1"]


@pytest.mark.parametrize(("heading", "hint"), [("序号", "--map '序号=户编号'"), ("编号", "“编号”")])
def test_what_may_be_a_households_number_is_asked(heading: str, hint: str) -> None:
    rows: list[Row] = [[row[0], number, *row[2:]] for number, row in enumerate(LISTED, 1)]
    found = register([["行政村", heading, *PLAIN[2:]]], rows)
    assert found.tables["member"]["household_id"].null_count() == len(LISTED)
    report = check(found, POLICY, as_of=date(2016, 3, 29))
    told = [f.message for f in report.findings if f.rule == "LR001" and "户编号" in f.message]
    assert len(told) == 1
    assert hint in told[0]


@pytest.mark.parametrize("order", [("务工状况", "务工地点"), ("务工地点", "务工状况")])
def test_the_place_of_work_is_a_text_beside_how_far_it_is(order: tuple[str, str]) -> None:
    values = {"务工状况": "省外务工", "务工地点": "工地"}
    people: list[list[Raw]] = [["村", "户编号", "姓名", "性别", *order]]
    people.append(["王庄村", "320324105201001", "张三", "男", *(values[text] for text in order)])
    found = register_of([Grid("成员", people)], POLICY)
    assert found.tables["member"]["work"].to_list() == ["省外务工"]
    notices = {o.notice for o in found.observations}
    assert Notice.REPEATED_COLUMN not in notices and Notice.UNKNOWN_CODE not in notices


def test_who_helps_under_words_of_their_own() -> None:
    """帮扶人情况 over 姓名; the words that other counties have for him, and for the members."""
    own: list[Raw] = ["户编号", "行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
    values: list[Raw] = ["320324105201001", "王庄村", "张三", 2.0, "一般贫困户", "因病"]
    top: list[Raw] = [*own, "帮扶人情况", "", ""]
    below: list[Raw] = [*[""] * 6, "姓名", "单位", "电话"]
    helper: list[Raw] = ["李四", "县水务局", "13812345678"]
    register = register_of([Grid("农户", [top, below, [*values, *helper]])], POLICY)
    home = register.tables["household"].row(0, named=True)
    assert (home["helper"], home["helper_unit"]) == ("李四", "县水务局")
    for word in ("结对帮扶干部", "包保责任人"):
        register = register_of([Grid("农户", [[*own, word], [*values, "李四"]])], POLICY)
        assert register.tables["household"]["helper"].to_list() == ["李四"]
    # 成员 beside what is a person's is his name; in a table of households it is none.
    people: list[list[Raw]] = [
        ["行政村", "户编号", "成员", "性别", "证件号码", "与户主关系"],
        ["王庄村", "320324105201001", "张三", "男", "320324198001010015", "户主"],
    ]
    assert register_of([Grid("成员", people)], POLICY).tables["member"]["name"][0] == "张三"
    homes = Grid("农户", [[*own, "成员"], [*values, 2.0]])
    assert register_of([homes], POLICY).tables["member"].is_empty()


def test_family_and_helped_are_names_beside_what_tells_so() -> None:
    people: list[list[Raw]] = [
        ["行政村", "户编号", "家庭成员", "性别", "证件号码", "与户主关系"],
        ["王庄村", "320324105201001", "张三", "男", "320324198001010015", "户主"],
    ]
    assert register_of([Grid("成员", people)], POLICY).tables["member"]["name"][0] == "张三"
    # An official's family has no household's number.
    officials = [["干部姓名", *people[0][2:]], ["李四", *people[1][2:]]]
    read = register_of([Grid("干部", officials)], POLICY).tables["member"]
    assert "张三" not in read["name"].to_list()
    homes: list[list[Raw]] = [
        ["户编号", "行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"],
        ["320324105201001", "王庄村", "张三", 1.0, "一般贫困户", "因病"],
    ]
    helped: list[list[Raw]] = [
        ["行政村", "帮扶对象", "帮扶责任人", "帮扶单位", "帮扶人电话"],
        ["王庄村", "张三", "高远", "县水务局", "13905222000"],
    ]
    read = register_of([Grid("农户", homes), Grid("帮扶", helped)], POLICY).tables["household"]
    assert read.select("head_name", "helper").rows() == [("张三", "高远")]
