"""Grids of persons on a form who are no members, and grids that go on with the members'."""

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw

HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户主姓名", "赵大", "户编号", "320324105201003", "家庭人口", 2.0],
    ["主要致贫原因", "因病", "人均纯收入（元）", 2900.0, "耕地面积", 3.0],
    ["二、家庭成员"],
    ["序号", "姓名", "性别", "证件号码", "与户主关系", "健康状况"],
    [1.0, "赵大", "男", "320324196203191150", "户主", "健康"],
    [2.0, "钱二", "女", "320324196409251243", "配偶", "健康"],
    [3.0],
]
FOOT: list[list[Raw]] = [
    ["三、收入情况"],
    ["务工(元)", 3000.0, "财产性收入(元)", 840.0],
    ["四、帮扶责任人"],
    ["姓名", "性别", "单位名称", "职务", "联系电话"],
    ["周杰", "男", "农技站", "站长", "13943015614"],
    ["户主签字：赵大"],
]
OTHERS: dict[str, list[list[Raw]]] = {
    "家庭主要社会关系(姓名、关系、工作单位及职务)": [
        ["家庭主要社会关系"], ["姓名", "关系", "工作单位及职务"], ["赵有", "户主侄子", "某镇干部"],
    ],
    "已分户子女情况(姓名、性别、与户主关系、身份证号、现住址)": [
        ["已分户子女情况"],
        ["姓名", "性别", "与户主关系", "身份证号", "现住址"],
        ["赵有", "男", "之子", "320324198501010417", "徐州"],
    ],
    "户籍在册不共同生活人员(姓名、关系、原因)": [
        ["户籍在册不共同生活人员"],
        ["序号", "姓名", "关系", "原因"],
        [1.0, "赵有", "之子", "分家"],
        [2.0],
    ],
    "享受政策情况(姓名、政策名称、金额)": [
        ["享受政策情况"],
        ["姓名", "政策名称", "金额"],
        ["赵大", "低保", 0.0],
        ["赵有", "残疾补贴", 600.0],
    ],
    "赡养人(子女)情况(姓名、与户主关系、职业、家庭住址、联系电话)": [
        ["四、赡养人（子女）情况"],
        ["姓名", "与户主关系", "职业", "家庭住址", "联系电话"],
        ["赵有", "之子", "务工", "徐州", "13800001111"],
    ],
    "赡养人情况(姓名、性别、年龄、与户主关系、工作单位、联系电话)": [
        ["赡养人情况"],
        ["序号", "姓名", "性别", "年龄", "与户主关系", "工作单位", "联系电话"],
        [1.0, "赵有", "男", 40.0, "之子", "徐州某厂", "13800001111"],
    ],
    "务工情况(姓名、务工地点、务工时间(月)、月收入)": [
        ["务工情况"], ["姓名", "务工地点", "务工时间(月)", "月收入"], ["赵有", "上海", 6.0, 3000.0],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("named", "rows"), OTHERS.items(), ids=OTHERS)
@pytest.mark.parametrize("filled", [True, False])
def test_others_are_no_members_and_named_once(
    named: str, rows: list[list[Raw]], filled: bool
) -> None:
    below = rows if filled else rows[:2]
    register = form(*HEAD, *below, *FOOT)
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    row = len(HEAD) + len(below) + 2
    columns = ["labour_income", "property_income", "helper", "helper_post"]
    assert says(register, "household", *columns) == [
        (3000, f"B{row}"), (840, f"D{row}"), ("周杰", f"A{row + 3}"), ("站长", f"D{row + 3}"),
    ]  # fmt: skip
    if filled or "务工" not in named:
        (remark,) = register.files[0].remarks
        assert remark.endswith(f"没有认出、未作检查的项目：{named}")
        assert register.files[0].error is None


@pytest.mark.parametrize("title", [[], [["家庭成员（续）"]], [["附页"]]])
def test_the_same_headings_go_on(title: list[list[Raw]]) -> None:
    more: list[Raw] = [3.0, "赵有", "男", "320324198501010417", "之子", "健康"]
    register = form(*HEAD[:-1], *title, HEAD[4], more, *FOOT)
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二", "赵有"]


def test_further_columns_of_the_same_persons_are_theirs() -> None:
    more: list[list[Raw]] = [["务工情况"], ["姓名", "务工时间(月)", "文化程度"]]
    register = form(*HEAD, *more, ["钱二", 6.0, "小学"], *FOOT)
    members = register.tables["member"]
    assert members["name"].to_list() == ["赵大", "钱二"]
    assert members["work_months"].to_list() == [None, 6]
    assert members["education"].to_list() == [None, "小学"]


def test_further_columns_of_somebody_unknown_beside_members_are_told_to_be_unread() -> None:
    more: list[list[Raw]] = [["务工情况"], ["姓名", "务工时间(月)", "文化程度"]]
    register = form(*HEAD, *more, ["钱二", 6.0, "小学"], ["钱三", 6.0, "小学"], *FOOT)
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    assert register.tables["member"]["work_months"].to_list() == [None, 6]
    assert "第12行没有读：前面的家庭成员里没有“钱三”" in (register.files[0].error or "")


@pytest.mark.parametrize("title", ["帮扶责任人", "结对干部", "挂钩联系情况", "包户干部"])
def test_a_grid_that_says_so_is_the_helper_s(title: str) -> None:
    grid: list[list[Raw]] = [["姓名", "单位", "职务"], ["周杰", "农技站", "站长"]]
    register = form(*HEAD, [title], *grid)
    assert says(register, "household", "helper", "helper_unit") == [
        ("周杰", "A11"),
        ("农技站", "B11"),
    ]


@pytest.mark.parametrize(
    "columns", [["姓名", "单位", "职务", "电话"], ["姓名", "性别", "单位", "职务"]]
)
def test_a_grid_with_units_and_no_title_is_the_helper_s(columns: list[Raw]) -> None:
    said = {"姓名": "周杰", "单位": "农技站", "职务": "站长", "电话": "13943015614", "性别": "男"}
    grid: list[list[Raw]] = [columns, [said[str(name)] for name in columns]]
    for above in ([], FOOT[:2]):
        row = len(HEAD) + len(above) + 2
        register = form(*HEAD, *above, *grid, FOOT[-1])
        assert says(register, "household", "helper", "helper_post") == [
            ("周杰", f"A{row}"), ("站长", f"{'ABCD'[columns.index('职务')]}{row}"),
        ]  # fmt: skip
        assert not register.files[0].remarks
    # Nor is it where the helper is named elsewhere, or one of them is of the household.
    own = form(*HEAD, *grid, *FOOT)
    assert says(own, "household", "helper") == [("周杰", "A15")]
    assert "姓名、" in own.files[0].remarks[0]
    grid[1][0] = "钱二"
    assert form(*HEAD, *grid).tables["household"]["helper"].to_list() == [None]


def test_a_grid_with_units_that_says_nothing_of_helpers_is_nobody_s() -> None:
    grid: list[list[Raw]] = [["姓名", "单位", "职务"], ["周杰", "农技站", "站长"]]
    register = form(*HEAD, ["村两委人员"], *grid)
    assert register.tables["household"]["helper"].to_list() == [None]
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]


@pytest.mark.parametrize("sign", ["例", "示例", "（例）", "例：", "填写示例"])
@pytest.mark.parametrize("number", ["320324********0418", "320324196203191150"])
def test_a_sample_under_the_heading_is_nobody(sign: str, number: str) -> None:
    sample: list[Raw] = [sign, "张三", "男", number, "户主/配偶/之子", "健康"]
    register = form(*HEAD[:5], sample, *HEAD[5:], *FOOT)
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    assert says(register, "member", "name", "id_number") == [
        ("赵大", "B7"),
        ("320324196203191150", "D7"),
    ]
    assert register.files[0].remarks == []


def test_somebody_named_li_is_no_sample() -> None:
    register = form(*HEAD[:5], [1.0, "例小明", *HEAD[5][2:]], *HEAD[6:], *FOOT)
    assert register.tables["member"]["name"].to_list() == ["例小明", "钱二"]


WORKING: list[list[Raw]] = [
    ["六、外出务工情况"], ["姓名", "务工地点", "务工单位"], ["钱二", "江苏省苏州市", "某厂"],
]  # fmt: skip


def _with_work(said: Raw) -> list[list[Raw]]:
    rows = [[*row] for row in HEAD]
    rows[4] += ["务工状况"]
    rows[6] += [said]
    return rows


@pytest.mark.parametrize("place", ["徐州", "江苏省苏州市"])
def test_a_place_of_work_beside_how_somebody_works_is_a_text(place: str) -> None:
    more: list[list[Raw]] = [*WORKING[:2], ["钱二", place, "某厂"]]
    register = form(*_with_work(""), *more, *FOOT)
    assert register.observations == []
    members = register.tables["member"]
    assert (members["name"].to_list(), members["work"].to_list()) == (["赵大", "钱二"], [None] * 2)
    assert "务工地点" in register.files[0].remarks[0]


def test_a_later_grid_of_how_somebody_works_is_read() -> None:
    more: list[list[Raw]] = [*WORKING[:1], ["姓名", "务工状况", "务工地点"]]
    register = form(*_with_work(""), *more, ["钱二", "省外务工", "上海"], *FOOT)
    assert register.tables["member"]["work"].to_list() == [None, "省外务工"]


def test_a_place_of_work_alone_says_how_far_that_is() -> None:
    more: list[list[Raw]] = [
        WORKING[0],
        ["姓名", "务工地点", "务工时间(月)"],
        ["钱二", "上海", 6.0],
    ]
    assert form(*HEAD, *more, *FOOT).tables["member"]["work"].to_list() == [None, "省外务工"]
