"""Pages and grids of one household beside each other that touch; nobody on them is lost unsaid."""

import pytest
from form_reading import form, place

from jiandang.register.cells import Raw
from jiandang.register.register import Register

Rows = list[list[Raw]]
ONE, OTHER, THIRD = "320324196203252638", "320324196409042724", "320324199001172836"
HOME: Rows = [
    ["家 庭 情 况"],
    ["编号：320324105206001", "", "", "填写日期：2016年3月20日"],
    ["家庭住址", "睢宁县官山镇大马庄村二组"],
    ["户主姓名", "梁兴旺", "联系电话", "13852030101", "家庭人口", 3.0],
    ["贫困户属性", "√一般贫困户 □低保户 □五保户"],
    ["耕地面积(亩)", 4.2, "住房面积(平方米)", 86.0, "是否危房", "否"],
    ["工资性收入(元)", 7320.0, "人均纯收入(元)", 3433.33],
]
TITLE: Rows = [["家 庭 成 员"]]
MEMBERS: Rows = [
    ["姓名", "与户主关系", "性别", "证件号码", "文化程度"],
    ["梁兴旺", "户主", "男", ONE, "初中"],
    ["尤美兰", "配偶", "女", OTHER, "小学"],
    ["梁鹏程", "之子", "男", THIRD, "高中"],
]
NAMES = ["梁兴旺", "尤美兰", "梁鹏程"]
HELPER: Rows = [
    ["姓名", "单位", "职务", "联系电话"],
    ["周敬贤", "睢宁县水务局", "科员", "13852030117"],
]
OF_HELPER: Rows = [["帮 扶 责 任 人"], *HELPER]
UNKNOWN: Rows = [["姓名", "称谓类", "男女", "证件", "学历层次"], *MEMBERS[1:]]
NUMBERED: Rows = [["序号", *MEMBERS[0]], *([float(i), *r] for i, r in enumerate(MEMBERS[1:], 1))]


def beside(*parts: Rows, gap: int = 0, down: int = 0) -> Rows:
    """Parts side by side, those behind the first some rows further down."""
    rows: Rows = [[] for _ in range(max(map(len, parts)) + down)]
    left = 0
    for number, part in enumerate(parts):
        for row, cells in zip(rows[down if number else 0 :], part, strict=False):
            row += ["" for _ in range(left - len(row))] + cells
        left += max(map(len, part)) + gap
    return rows


def names(register: Register) -> list[object]:
    return register.tables["member"]["name"].to_list()


def helper(register: Register) -> object:
    household = register.tables["household"]
    return household["helper"][0] if "helper" in household.columns else None


@pytest.mark.parametrize("down", [0, 1, 2])
@pytest.mark.parametrize("members", [MEMBERS, NUMBERED])
def test_three_pages_of_a_handbook_that_touch(down: int, members: Rows) -> None:
    found = form(*beside(HOME, TITLE + members, OF_HELPER, down=down))
    assert names(found) == NAMES
    (household,) = found.tables["household"].iter_rows(named=True)
    own = ("household_id", "head_name", "village", "arable", "helper_phone")
    assert [household[name] for name in own] == [
        "320324105206001", "梁兴旺", "大马庄村", 4.2, "13852030117",
    ]  # fmt: skip
    row = next(found.tables["member"].iter_rows(named=True))
    assert (
        place(found, row, "education").removeprefix("S!")
        == f"{'KL'[len(members[0]) - 5]}{3 + down}"
    )
    assert found.files[0].remarks == []
    assert found.files[0].error is None


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("down", [0, 3])
def test_members_without_a_title_beside_the_household(gap: int, down: int) -> None:
    found = form(*beside(HOME, MEMBERS, gap=gap, down=down))
    assert names(found) == NAMES
    assert found.files[0].error is None


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("is_helped", [True, False])
def test_members_left_of_the_household(gap: int, is_helped: bool) -> None:
    parts = [OF_HELPER] if is_helped else []
    found = form(*beside(*parts, TITLE + MEMBERS, HOME, gap=gap))
    assert found.tables["household"]["household_id"].to_list() == ["320324105206001"]
    assert found.tables["household"]["arable"].to_list() == [4.2]
    assert names(found) == NAMES
    assert helper(found) == ("周敬贤" if is_helped else None)
    assert found.files[0].error is None


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("down", [0, 1, 2])
@pytest.mark.parametrize("is_titled", [True, False])
def test_the_helpers_grid_beside_the_members(gap: int, down: int, is_titled: bool) -> None:
    titles: Rows = [["家 庭 成 员", *[""] * (4 + gap), "帮 扶 责 任 人"]]
    both = beside(MEMBERS, HELPER, gap=gap, down=down)
    found = form(*HOME, *(titles if is_titled else TITLE), *both)
    assert names(found) == NAMES
    assert helper(found) == "周敬贤"
    assert found.tables["member"]["bad"].str.contains("education").any() is not True
    assert found.files[0].error is None
    assert found.files[0].remarks == []


@pytest.mark.parametrize("gap", [0, 1])
def test_the_helpers_grid_at_the_left_of_the_members(gap: int) -> None:
    titles: Rows = [["帮 扶 责 任 人", *[""] * (3 + gap), "家 庭 成 员"]]
    found = form(*HOME, *titles, *beside(HELPER, MEMBERS, gap=gap))
    assert names(found) == NAMES
    assert helper(found) == "周敬贤"


def test_two_persons_a_row_are_both_members() -> None:
    """Nothing of a helper is in the second half."""
    found = form(*HOME, *TITLE, *beside(MEMBERS[:3], [MEMBERS[0], MEMBERS[3]]))
    assert sorted(map(str, names(found))) == sorted(NAMES)
    assert found.files[0].error is None


def test_a_label_at_the_edge_is_answered_behind_it() -> None:
    """No page begins between 户主姓名 and its value, though a grid is headed there."""
    found = form(
        ["贫困户登记表"],
        ["户主姓名", "梁兴旺", "户编号", "320324105206001", "家庭人口", 3.0],
        ["主要致贫原因", "因病", "人均纯收入(元)", 2900.0],
        ["家庭", "成员情况"],
        *(["", *row] for row in MEMBERS),
    )
    assert found.tables["household"]["head_name"].to_list() == ["梁兴旺"]
    assert names(found) == NAMES
    assert found.files[0].error is None


NOT_READ: dict[str, Rows] = {
    "beside": beside([*HOME, ["户主签字：梁兴旺"]], UNKNOWN[1:], gap=1, down=1),
    "below": [*HOME, *TITLE, *UNKNOWN],
    "no heading": [*HOME, *TITLE, *MEMBERS[1:]],
    "pairs": [
        *HOME, *TITLE, *MEMBERS[:2],
        ["配偶姓名", "尤美兰", "身份证号", OTHER],
        ["子女姓名", "梁鹏程", "身份证号", THIRD],
    ],
    "labels": [*HOME, *TITLE, *MEMBERS[:2], ["配偶", "尤美兰", "配偶身份证号", OTHER]],
    "note": [*HOME, *TITLE, *MEMBERS[:3], ["以下为其他成员"], MEMBERS[3]],
    "of some": [
        *HOME, *TITLE, *MEMBERS[:3], ["在校学生情况"],
        ["姓名", "身份证号", "就读学校"],
        ["梁鹏程", THIRD, "睢宁中学"],
    ],
    "digits": [*HOME, *TITLE, *MEMBERS[:3], ["以下为其他成员"], ["梁鹏程", *THIRD]],
}  # fmt: skip


@pytest.mark.parametrize("rows", NOT_READ.values(), ids=NOT_READ)
def test_whoever_is_not_read_is_told(rows: Rows) -> None:
    file = form(*rows).files[0]
    assert file.error_code == "form_unread"
    assert "家庭成员没有读" in str(file.error)


NOBODY: dict[str, Rows] = {
    "guardian": [["监护人", "王五", "身份证号", OTHER.replace("0904", "0905")]],
    "relatives": [["赡养人情况"], ["姓名", "关系", "身份证号"], ["梁大", "之子", THIRD]],
    "known": [["在校学生情况"], ["姓名", "身份证号", "就读学校"], ["梁鹏程", THIRD, "睢宁中学"]],
    "account": [["开户银行", "农商行", "一卡通账号", "6228480402564890018"]],
    "helper": [*OF_HELPER[:1], ["姓名", "单位", "身份证号"], ["周敬贤", "水务局", THIRD]],
}


@pytest.mark.parametrize("rows", NOBODY.values(), ids=NOBODY)
def test_a_number_of_nobody_of_the_household_is_not_told(rows: Rows) -> None:
    found = form(*HOME, *TITLE, *MEMBERS, *rows)
    assert names(found) == NAMES
    assert found.files[0].error is None


def test_a_second_helper_is_named() -> None:
    """The first is taken, unless each has the day since which he helps."""
    more: list[Raw] = ["王小明", "县交通局", "科员", "13900000000"]
    found = form(*HOME, *TITLE, *MEMBERS, *OF_HELPER, more)
    assert helper(found) == "周敬贤"
    row = len(HOME) + len(MEMBERS) + 5
    (remark,) = found.files[0].remarks
    assert remark.endswith(f"没有认出、未作检查的项目：第{row}行的“帮扶责任人”")


@pytest.mark.parametrize(
    ("years", "wage"),
    [
        (["前年", "上年", "今年"], 2), (["今年", "去年", "前年"], 2),
        (["大前年", "前年", "上年"], 3),
        (["前年", "今年"], 2), (["今年", "前年"], 1), (["前年"], 1), (["上年"], 1),
    ],
)  # fmt: skip
def test_an_income_of_the_year_before_is_not_the_registers(years: list[str], wage: int) -> None:
    row: list[Raw] = []
    for number, year in enumerate(years, 1):
        row += [f"工资性收入（{year}）", float(number)]
    found = form(*HOME[:-1], ["三、收入情况"], row, *TITLE, *MEMBERS)
    assert found.tables["household"]["wage"].to_list() == [wage]
