"""A second grid on a form: further members, the same ones again, or nobody of the household."""

import pytest
from form_reading import POLICY, form, place, read
from test_other_grids import FOOT, HEAD

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.checking import check

HEADINGS: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况"]
CHILD: list[Raw] = ["赵有", "男", "320324198501010417", "之子", "健康"]


def names(register: Register) -> list[str]:
    return register.tables["member"]["name"].to_list()


def told(register: Register, *rules: str) -> list[tuple[str, str]]:
    return [
        (finding.rule, finding.cell)
        for finding in check(register, POLICY).findings
        if finding.rule in rules
    ]


@pytest.mark.parametrize(
    "title",
    [
        "其他家庭成员",
        "新增成员",
        "新增人口",
        "共同生活的其他成员",
        "户籍不在本户的共同生活成员",
        "家庭成员基本情况（2）",
        "家庭成员（续，不含已分户子女）",
        "家庭成员（续）",
    ],
)
def test_a_second_grid_that_tells_who_they_are_has_members(title: str) -> None:
    register = form(*HEAD, [title], HEADINGS, CHILD, *FOOT)
    assert names(register) == ["赵大", "钱二", "赵有"]
    row = register.tables["member"].row(2, named=True)
    assert place(register, row, "id_number") == "S!C11"
    assert register.files[0].remarks == []


@pytest.mark.parametrize(
    "title",
    [
        "赡养人情况",
        "已分户子女",
        "社会关系",
        "家庭主要成员及社会关系",
        "减少成员（死亡、婚出）",
        "非共同生活家庭成员",
        "家庭成员变动情况",
        "人员增减",
        "紧急联系人",
        "见证人",
        "外出务工人员情况",
    ],
)
def test_those_outside_the_home_are_none_and_named_with_their_title(title: str) -> None:
    register = form(*HEAD, [title], HEADINGS, CHILD, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    (remark,) = register.files[0].remarks
    head = title.replace("（", "(").replace("）", ")")
    assert f"：{head}(姓名、性别、身份证号、与户主关系、健康状况)" in remark


@pytest.mark.parametrize("title", ["帮扶责任人", "包户干部"])
def test_members_below_the_helpers_are_members(title: str) -> None:
    grid: list[list[Raw]] = [["姓名", "单位", "职务"], ["周杰", "农技站", "站长"]]
    register = form(*HEAD[:3], [title], *grid, *HEAD[4:], *FOOT)
    assert names(register) == ["赵大", "钱二"]
    assert register.files[0].remarks == []


def test_a_grid_of_changes_says_by_its_headings_that_they_left() -> None:
    headings: list[Raw] = ["变动类型", "姓名", "性别", "身份证号", "与户主关系", "变动原因"]
    register = form(*HEAD, headings, ["减少", *CHILD[:4], "死亡"], *FOOT)
    assert names(register) == ["赵大", "钱二"]
    headings = [*HEADINGS[:4], "新增原因"]
    register = form(*HEAD, ["新增成员"], headings, [*CHILD[:4], "婚入"], *FOOT)
    assert names(register) == ["赵大", "钱二", "赵有"]


def test_without_a_title_of_its_own_a_grid_may_say_by_its_headings_that_they_left() -> None:
    headings: list[Raw] = ["赡养人姓名", "性别", "身份证号", "与户主关系", "联系电话"]
    register = form(*HEAD, headings, [*CHILD[:4], "13800001111"], *FOOT)
    assert names(register) == ["赵大", "钱二"]
    (remark,) = register.files[0].remarks
    assert remark.endswith("：另一张人员表(赡养人姓名、性别、身份证号、与户主关系、联系电话)")


@pytest.mark.parametrize(
    "line", ["续表", "接上页", "（转下页）", "—— 续上表 ——", "见下页", "(续)", "第1页 共2页"]
)
@pytest.mark.parametrize("above", [[], [[3.0]], [[3.0], [4.0]]])
def test_a_grid_goes_on_below_a_line_that_says_so(line: str, above: list[list[Raw]]) -> None:
    more: list[Raw] = [3.0, *CHILD]
    for heading in ([], [HEAD[4]]):
        register = form(*HEAD[:-1], *above, [line], *heading, more, *FOOT)
        assert names(register) == ["赵大", "钱二", "赵有"]
        assert register.files[0].remarks == []
    register = form(*HEAD[:-1], *above, ["", line], more, *FOOT)
    assert names(register) == ["赵大", "钱二", "赵有"]


def test_two_such_lines_follow_each_other() -> None:
    more: list[Raw] = [3.0, *CHILD]
    lines: list[list[Raw]] = [["", "", "", "", "", "接下页"], ["续前页"]]
    for heading in ([], [HEAD[4]]):
        register = form(*HEAD[:-1], *lines, *heading, more, *FOOT)
        assert names(register) == ["赵大", "钱二", "赵有"]


def test_whoever_has_such_a_name_is_a_person() -> None:
    register = form(*HEAD[:-1], [3.0, "续表", *CHILD[1:]], *FOOT)
    assert names(register) == ["赵大", "钱二", "续表"]


SECOND: list[list[Raw]] = [["家庭成员享受政策情况"], ["姓名", "身份证号", "享受低保"]]


def test_a_number_that_is_another_one_in_a_second_grid_is_told() -> None:
    own: list[list[Raw]] = [
        ["赵大", "320324196203191150", "否"],
        ["钱二", "320324196409251234", "是"],
    ]
    register = form(*HEAD, *SECOND, *own, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    members = register.tables["member"]
    assert members["dibao"].to_list() == [False, True]
    assert members["id_number"].to_list() == ["320324196203191150", "320324196409251243"]
    assert told(register, "LR213") == [("LR213", "B12")]
    assert [sheet.rows.checked for sheet in register.sheets if sheet.table == "member"] == [2]
    own[1][1] = "320324196409251243"
    assert told(form(*HEAD, *SECOND, *own, *FOOT), "LR213") == []


def test_what_the_first_grid_leaves_empty_is_in_the_second() -> None:
    first: list[Raw] = [2.0, "钱二", "女", "", "配偶", "健康"]
    own: list[Raw] = ["钱二", "320324196409251243", "是"]
    register = form(*HEAD[:6], first, *SECOND, own, *FOOT)
    row = register.tables["member"].row(1, named=True)
    assert row["id_number"] == "320324196409251243"
    assert place(register, row, "id_number") == "S!B10"
    assert told(register, "LR004", "LR213") == []


@pytest.mark.parametrize(
    "headings", [["姓名", "政治面貌", "享受低保"], ["序号", "姓名", "享受低保"]]
)
def test_a_name_that_is_wrong_in_a_further_grid_makes_no_person(headings: list[Raw]) -> None:
    own: list[list[Raw]] = [["赵大", "群众", "否"], ["钱儿", "群众", "是"]]
    if headings[0] == "序号":
        own = [[1.0, "赵大", "否"], [2.0, "孙四", "是"]]
    register = form(*HEAD, ["家庭成员（续表）"], headings, *own, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    assert register.tables["member"]["dibao"].to_list() == [False, True]
    cell = "B12" if headings[0] == "序号" else "A12"
    assert told(register, "LR004", "LR203", "LR213") == [("LR213", cell)]


def test_a_wrong_name_beside_the_same_number_is_told_once() -> None:
    own: list[Raw] = ["孙四", "320324196409251243", "是"]
    register = form(*HEAD, *SECOND, ["赵大", "320324196203191150", "否"], own, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    assert told(register, "LR108", "LR203", "LR213") == [("LR213", "A12")]


def test_whoever_else_stands_in_a_further_grid_is_named_and_the_others_are_read() -> None:
    own: list[list[Raw]] = [["赵大", "群众", "否"], ["孙小四", "群众", "是"]]
    register = form(*HEAD, ["家庭成员（续表）"], ["姓名", "政治面貌", "享受低保"], *own, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    assert register.tables["member"]["dibao"].to_list() == [False, None]
    assert register.files[0].error == (
        "工作表“S”第12行没有读：前面的家庭成员里没有“孙小四”：请核对姓名，改成一致，再检查。"
    )


@pytest.mark.parametrize("name", ["赵大（户主）", "赵　大", "赵大(本人)"])
def test_a_remark_behind_a_name_tells_nobody_else(name: str) -> None:
    own: list[list[Raw]] = [[name, "否", "初中"], ["钱二", "是", "小学"]]
    register = form(*HEAD, ["参保情况"], ["姓名", "享受低保", "文化程度"], *own, *FOOT)
    assert names(register) == ["赵大", "钱二"]
    assert register.tables["member"]["education"].to_list() == ["初中", "小学"]
    assert told(register, "LR213") == []
    rows = [row[1:] for row in HEAD[4:6]]
    register = form(*HEAD[:4], rows[0], [name, *rows[1][1:]], *FOOT)
    assert register.tables["member"]["id_number"].to_list() == ["320324196203191150"]


def test_what_is_not_known_in_a_further_grid_is_named_with_its_title() -> None:
    title, headings = ["五、享受政策情况"], ["姓名", "身份证号", "政策名称", "发放单位"]
    own: list[Raw] = ["赵大", "320324196203191150", "雨露计划", "扶贫办"]
    register = form(*HEAD, [*title], [*headings], own, *FOOT)
    (remark,) = register.files[0].remarks
    assert remark.endswith("：享受政策情况(政策名称、发放单位)")
    first = [*HEAD[4][:5], "政策名称"]
    register = form(*HEAD[:4], [*first], HEAD[5], *FOOT)
    assert register.files[0].remarks[0].endswith("：政策名称")


@pytest.mark.parametrize(
    ("own", "cell"),
    [
        (["钱二", "女", "320324196409251243", "配偶", "小学"], None),
        (["钱二", "女", "320324196409251234", "配偶", "小学"], "C5"),
        (["钱儿", "女", "320324196409251243", "配偶", "小学"], "A5"),
    ],
)
def test_a_form_of_another_kind_speaks_of_the_same_persons(
    own: list[Raw], cell: str | None
) -> None:
    more: list[list[Raw]] = [
        ["入户调查表", "", "", "", "", ""],
        ["户主姓名", "赵大", "户编号", "320324105201003", "", ""],
        ["住房面积", 80.0, "耕地面积", 3.0, "林地面积", 1.0],
        ["姓名", "性别", "身份证号", "与户主关系", "文化程度", ""],
        [*own, ""],
    ]
    first = [[*row, *[""] * (6 - len(row))] for row in [*HEAD, *FOOT]]
    register = read(Grid("登记表", first), Grid("调查表", more))
    assert names(register) == ["赵大", "钱二"]
    assert register.tables["member"]["education"].to_list() == [None, "小学"]
    assert told(register, "LR108", "LR203", "LR213") == ([("LR213", cell)] if cell else [])
