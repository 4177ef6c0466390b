"""Later pages on sheets of their own: whose they are, and that nobody on them is a member."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from form_kinds import Family, Writer, families, national_back, national_front
from form_paper import Household, Paper
from form_reading import differences, read

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.forms.reader import FormReader
from jiandang.intake.forms.vocabulary import FormVocabulary
from jiandang.register.cells import Raw
from jiandang.register.register import Register

HELPERS: list[list[Raw]] = [
    ["姓名", "性别", "政治面貌", "单位", "职务", "联系电话"],
    ["周敬贤", "男", "党员", "睢宁县水务局", "科长", "13852030117"],
]
SIGNED: list[Raw] = ["户主签字：", "", "", "调查人：", "", ""]
BACKS: dict[str, list[list[Raw]]] = {
    "helpers under a section line": [["四、帮扶责任人"], *HELPERS],
    "helpers over a signature": [["帮扶责任人"], *HELPERS, ["帮扶措施"], SIGNED],
    "helpers alone": HELPERS,
    "few labels": [
        ["五、生产生活条件"],
        ["是否危房", "☑是 □否", "饮水是否安全", "☑是 □否"],
        ["入户路类型", "☑水泥路 □泥土路", "有无卫生厕所", "☑有 □无"],
    ],
    "members again": [
        ["二、家庭成员"],
        ["姓名", "性别", "健康状况", "劳动能力"],
        ["田广成", "男", "健康", "普通劳动力"],
    ],
}


def grid(name: str, rows: Sequence[Sequence[Raw]]) -> Grid:
    return Grid(name, [[*row, *[""] * (8 - len(row))] for row in rows])


def front(family: Family, name: str) -> tuple[Grid, Household]:
    writer = Writer(Paper(name), Household())
    national_front(writer, family)
    return writer.paper.grid(), writer.household


def unread(*grids: Grid) -> list[str]:
    reader = FormReader(Vocabulary(income_year=2015), 2016)
    assert all(reader.take(grid) for grid in grids)
    return reader.finish("表", []).unread


@pytest.mark.parametrize("rows", BACKS.values(), ids=BACKS)
def test_a_back_without_code_and_head_is_a_page_of_nobody(rows: list[list[Raw]]) -> None:
    fronts = [front(family, f"表{i}")[0] for i, family in enumerate(families(2))]
    backs = [grid(f"背面{i}", rows) for i in (1, 2)]
    reasons = unread(*fronts, *backs)
    assert len(reasons) == 2
    assert [len(table) for table in tables(read(*fronts, *backs))] == [
        len(table) for table in tables(read(*fronts))
    ]


def tables(register: Register) -> list[list[object]]:
    return [frame.rows() for frame in register.tables.values()]  # type: ignore[misc]


@pytest.mark.parametrize("rows", list(BACKS.values())[:2])
def test_a_back_with_helpers_is_one_before_any_front(rows: list[list[Raw]]) -> None:
    second = BACKS["helpers over a signature"][-1:] if rows[-1] is HELPERS[-1] else []
    (reason,) = unread(grid("背面", [*rows, *second]))
    assert "没有户编号，也没有户主姓名" in reason


LISTS: list[list[list[Raw]]] = [
    [
        ["栗园村帮扶责任人情况表"],
        HELPERS[0],
        *([f"周敬贤{i}", *HELPERS[1][1:]] for i in range(30)),
        ["填表人：张三", "", "", "审核人签字："],
    ],
    [HELPERS[0], *([f"周敬贤{i}", *HELPERS[1][1:]] for i in range(5))],
    [
        ["一、结对帮扶"],
        ["户主姓名", "帮扶责任人", "单位", "职务", "联系电话"],
        ["田广成", "周敬贤", "水务局", "科长", "13852030117"],
    ],
]


@pytest.mark.parametrize("rows", LISTS)
def test_a_list_of_helpers_is_no_page(rows: list[list[Raw]]) -> None:
    reader = FormReader(Vocabulary(income_year=2015), 2016)
    assert reader.take(front(families(1)[0], "表")[0])
    assert not reader.take(grid("帮扶人", rows))


@pytest.mark.parametrize(
    "names",
    [
        (("1正", "1反"), ("2正", "2反")),
        (("田家正面", "田家背面"), ("卞家（正面）", "卞家（反面）")),
        (("甲", "甲-第2页"), ("乙", "乙 续页")),
        (("甲", "{head}{tail}反"), ("乙", "{head}{tail}")),
        (("甲", "{code}"), ("乙", "{code}背面")),
    ],
)
def test_the_name_of_the_sheet_says_whose_a_page_is(names: Sequence[tuple[str, str]]) -> None:
    grids, households = [], []
    for family, (first, second) in zip(families(2), names, strict=True):
        own, household = front(family, first)
        name = second.format(head=family.head.name, tail=family.code[-3:], code=family.code)
        writer = Writer(Paper(name), household)
        national_back(writer, family)
        grids += [writer.paper.grid(), own]
        households.append(household)
    register = read(*grids)
    assert differences(register, households) == []
    assert any("工作表名对得上" in remark for remark in register.files[0].remarks)


def test_where_a_file_has_one_household_all_pages_are_its_own() -> None:
    family = families(1)[0]
    own, household = front(family, "Sheet1")
    writer = Writer(Paper("Sheet2"), household)
    national_back(writer, family)
    register = read(own, writer.paper.grid())
    assert differences(register, [household]) == []
    assert any("文件里只有一户" in remark for remark in register.files[0].remarks)


def test_a_list_of_more_households_makes_it_unknown_whose_a_page_is() -> None:
    family = families(1)[0]
    own, household = front(family, "Sheet1")
    writer = Writer(Paper("Sheet2"), household)
    national_back(writer, family)
    heading: list[Raw] = ["户编号", "户主姓名", "家庭人口", "农户属性"]
    roster = grid("花名册", [heading, ["320324105201009", "卞守义", 2.0, "低保户"]])
    register = read(roster, own, writer.paper.grid())
    assert "没有户编号" in str(register.files[0].error)


# -- a code's end ------------------------------------------------------------------------------

ENDS = [
    ["编号：…1002"], ["编号：****1002"], ["编号", "3203****1002"], ["户编号后四位：1002"],
    ["户编号（后四位）", "1002"], ["贫困户编号末4位", "1002"], ["户编号：1002"], ["编号", 1002],
]  # fmt: skip


@pytest.mark.parametrize("end", ENDS, ids=str)
def test_a_page_with_a_codes_end_is_of_the_only_household_that_ends_so(end: list[Raw]) -> None:
    fronts = [front(family, f"表{i}")[0] for i, family in enumerate(families(2))]
    back = grid("背面", [end, *BACKS["few labels"]])
    assert unread(*fronts, back) == []
    assert read(*fronts, back).tables["household"]["road_type"].to_list() == [None, "水泥路"]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("编号：…9999", "找不到"),
        ("编号：4203****1001", "找不到"),
        ("编号：3203****", "找不到"),
        ("编号：…01", "找不到"),  # too few digits to tell a household
        ("编号：…5201001", ""),
        ("编号：…1001", "不止一户"),
        ("户编号后四位：1001", "不止一户"),
        ("户主身份证号后四位：1001", "没有户编号，也没有户主姓名"),
        ("身份证号（后六位）：201001", "没有户编号，也没有户主姓名"),
    ],
)
def test_a_codes_end_of_several_or_of_none_is_told(end: str, why: str) -> None:
    one, other = families(1)[0], families(2, town="106")[1]
    other = replace(other, code=f"{other.code[:-4]}1001")
    fronts = [front(family, f"表{i}")[0] for i, family in enumerate((one, other))]
    reasons = unread(*fronts, grid("背面", [[end], *BACKS["few labels"]]))
    if why:
        (reason,) = reasons
        assert why in reason
    else:
        assert reasons == []


def test_the_end_of_an_id_number_is_no_id_number() -> None:
    labels = FormVocabulary(Vocabulary(income_year=2015))
    for text in ("身份证号后四位", "身份证号（后四位）", "户主身份证号码（末6位）", "银行账号尾号"):
        assert labels.labels(text) == ()
        assert labels.is_label_like(text)  # so that it is no value of the label before it


# -- the rest of a page ------------------------------------------------------------------------

REST: list[list[list[Raw]]] = [
    [["挂钩帮扶人", "周敬贤", "联系电话", "13852030117", "单位职务", "县水务局科长"]],
    [["调查日期", "2016年3月5日", "调查人", "李四、王五"]],
    [["附：调查日期：2016年3月5日", "", "", "调查人：李四"]],
    [["五、调查情况"], ["调查日期", "2016年3月5日", "调查人", "李四、王五"]],
]


@pytest.mark.parametrize("rows", REST, ids=str)
def test_a_page_of_a_row_is_told_with_what_to_do(rows: list[list[Raw]]) -> None:
    found = read(front(families(1)[0], "表")[0], grid("背面", rows))
    (remark,) = found.files[0].remarks
    assert f"其中 {len(rows)} 行没有检查。如果是某一户登记表的续页，请把这几行并到" in remark


def test_a_note_beside_forms_is_no_rest_of_a_page() -> None:
    found = read(front(families(1)[0], "表")[0], grid("说明", [["请用黑色笔填写，字迹清楚。"]]))
    (remark,) = found.files[0].remarks
    assert "续页" not in remark


@pytest.mark.parametrize(
    ("name", "helper"), [("村干部", None), ("村两委", None), ("帮扶干部", "李刚")]
)
def test_officials_of_the_village_are_no_helpers(name: str, helper: str | None) -> None:
    """Beside the form of one household; what helps it is called so."""
    form: list[list[Raw]] = [
        ["贫困户登记表", "", "", ""],
        ["户编号", "320324105201001", "户主姓名", "张山"],
        ["联系电话", "13805201234", "家庭人口", 1.0],
        ["农户属性", "低保户", "主要致贫原因", "因病"],
        ["人均纯收入(元)", 2100.0, "耕地面积(亩)", 3.2],
    ]
    officials: list[list[Raw]] = [
        ["姓名", "性别", "职务", "联系电话"],
        ["李刚", "男", "村支书", "13805201111"],
    ]
    found = read(Grid("张山", form), Grid(name, officials)).tables["household"]
    assert found["helper"].to_list() == [helper] if "helper" in found.columns else helper is None
