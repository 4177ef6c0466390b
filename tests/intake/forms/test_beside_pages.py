"""Pages of one household beside each other: front and back, members, the helper."""

from collections.abc import Sequence

import pytest
from form_reading import form, place, read

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

ONE, OTHER = "320324196203013370", "320324196409073467"
HEADING: list[Raw] = ["姓名", "与户主关系", "性别", "身份证号", "文化程度", ""]
HELPER: list[list[Raw]] = [
    ["帮扶责任人"],
    ["姓名", "单位名称", "职务", "联系电话"],
    ["周敬贤", "水务局", "科员", "13852030117"],
]


def front(code: str, head: str, number: str) -> list[list[Raw]]:
    return [
        ["贫困户登记表"],
        ["户编号", code, "户主姓名", head, "家庭人口", 1.0],
        ["联系电话", "13852030117", "主要致贫原因", "因病", "是否危房", "否"],
        ["家庭成员情况"],
        HEADING,
        [head, "户主", "男", number, "小学"],
    ]


BACK: list[list[Raw]] = [
    ["三、收入情况（2015年）"],
    ["工资性收入(元)", 1500.0, "人均纯收入(元)", 2000.0],
    ["四、生产生活条件"],
    ["耕地面积(亩)", 3.5, "住房面积(㎡)", 86.0],
]


def beside(*parts: Sequence[Sequence[Raw]], gap: int = 1, down: int = 0) -> list[list[Raw]]:
    """Parts beside each other, those behind the first some rows further down."""
    moved: list[Sequence[Sequence[Raw]]] = [
        parts[0],
        *([[]] * down + [*part] for part in parts[1:]),
    ]
    width = 6 + gap
    height = max(map(len, moved))
    return [
        [raw for part in moved for raw in _line(part, row, width)] for row in range(height)
    ]  # fmt: skip


def _line(part: Sequence[Sequence[Raw]], row: int, width: int) -> list[Raw]:
    own = [*part[row]] if row < len(part) else []
    return own + [""] * (width - len(own))


def one(register: Register) -> dict[str, tuple[object, str]]:
    (household,) = register.tables["household"].iter_rows(named=True)
    names = ("household_id", "wage", "per_capita", "income_year", "arable", "helper")
    return {
        name: (household[name], place(register, household, name).removeprefix("S!"))
        for name in names
        if name in household
    }


def names(register: Register) -> list[tuple[object, str]]:
    rows = register.tables["member"].iter_rows(named=True)
    return [(row["name"], place(register, row, "name").removeprefix("S!")) for row in rows]


A, B = ("320324105201001", "刘大柱", ONE), ("320324105201002", "孙立国", OTHER)


@pytest.mark.parametrize("down", [0, 1, 3])
@pytest.mark.parametrize("gap", [1, 2])
def test_the_back_and_the_helper_beside_the_front(gap: int, down: int) -> None:
    found = form(*beside(front(*A), BACK, HELPER, gap=gap, down=down))
    assert names(found) == [("刘大柱", "A6")]
    back, helper = "HI"[gap - 1], "OQ"[gap - 1]
    second, fourth = chr(ord(back) + 1), chr(ord(back) + 3)
    assert one(found) == {
        "household_id": (A[0], "B2"),
        "wage": (1500, f"{second}{down + 2}"),
        "per_capita": (2000, f"{fourth}{down + 2}"),
        "income_year": (2015, f"{back}{down + 1}"),
        "arable": (3.5, f"{second}{down + 4}"),
        "helper": ("周敬贤", f"{helper}{down + 3}"),
    }
    assert found.files[0].remarks == []
    assert found.files[0].error is None


def test_backs_beside_fronts_below_each_other() -> None:
    """A back is of the front at its left."""
    other = [[raw if raw != 1500.0 else 900.0 for raw in row] for row in BACK]
    found = form(*beside(front(*A), BACK), [], *beside(front(*B), other))
    rows = found.tables["household"].select("household_id", "wage").rows()
    assert rows == [(A[0], 1500), (B[0], 900)]
    assert [name for name, _ in names(found)] == ["刘大柱", "孙立国"]


def test_a_back_that_names_its_household_may_begin_in_any_row() -> None:
    back: list[list[Raw]] = [["户编号", A[0], "户主姓名", "刘大柱"], *BACK]
    for down in range(6):
        found = form(*beside(front(*A), back, down=down))
        assert one(found)["wage"] == (1500, f"I{down + 3}")
        assert names(found) == [("刘大柱", "A6")]


def test_alike_pages_side_by_side_are_cut_between_them() -> None:
    """Though each has an empty column within it, behind which stands what all of them name."""
    one: list[list[Raw]] = [
        ["贫困户登记表", "", "", "", ""],
        ["户主姓名", "刘大柱", "", "户编号", A[0]],
        ["家庭人口", 1.0, "", "联系电话", "13852030117"],
        ["主要致贫原因", "因病", "", "耕地面积", 3.5],
    ]
    other = [[{A[0]: B[0], "刘大柱": "孙立国"}.get(str(raw), raw) for raw in row] for row in one]
    found = form(*([*left, *right] for left, right in zip(one, other, strict=True)))
    rows = found.tables["household"].select("household_id", "head_name", "phone").rows()
    assert rows == [(A[0], "刘大柱", "13852030117"), (B[0], "孙立国", "13852030117")]


WHOLE: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", A[0], "户主姓名", "刘大柱", "家庭人口", 1.0],
    ["二、家庭成员情况"],
    [*HEADING, "", "", "", ""],
    ["刘大柱", "户主", "男", ONE, "小学"],
    ["陈秀兰", "配偶", "女", OTHER, "小学"],
    ["三、收入情况（2015年）"],
    ["工资性收入(元)", 1500.0, "", "", "", "人均纯收入(元)", "", 2000.0],
    ["户主签字：刘大柱"],
]


@pytest.mark.parametrize("down", [0, 1])
def test_the_helper_beside_the_members_between_sections_over_both(down: int) -> None:
    """No column is empty throughout."""
    rows = [[*row, *[""] * (11 - len(row))] for row in WHOLE]
    for n, own in enumerate(HELPER[1:]):
        rows[3 + down + n][7:11] = own
    rows[2 + down][7] = "帮扶责任人"
    found = read(Grid("S", rows, merged=[(0, 0, 0, 10), (6, 0, 6, 10), (7, 5, 7, 6)]))
    assert names(found) == [("刘大柱", "A5"), ("陈秀兰", "A6")]
    assert one(found)["helper"] == ("周敬贤", f"H{5 + down}")
    assert one(found)["per_capita"] == (2000, "H8")
    assert found.files[0].remarks == []


def test_pages_of_the_handbook_beside_each_other() -> None:
    people: list[list[Raw]] = [["家 庭 成 员"], HEADING, ["刘大柱", "户主", "男", ONE, "小学"]]
    found = form(*beside(front(*A)[:3], people, HELPER), [], *beside(front(*B)[:3], people[:2]))
    assert names(found) == [("刘大柱", "H3")]
    assert found.tables["household"]["helper"].to_list() == ["周敬贤", None]
    assert [own.rows.checked for own in found.sheets if own.table == "member"] != [0]


def test_pairs_behind_an_empty_column_are_no_page() -> None:
    """Nothing heads them; a section line at the left is over both."""
    found = form(
        ["贫困户登记表"],
        ["户主姓名", "刘大柱", "", "户编号", A[0]],
        ["联系电话", "13852030117", "", "家庭人口", 1.0],
        ["六、帮扶责任人"],
        ["姓名", "周敬贤", "", "联系电话", "13852030118"],
        ["单位", "水务局", "", "备注情况", ""],
        ["主要致贫原因", "因病", "", "耕地面积(亩)", 3.5],
    )
    row = found.tables["household"].row(0, named=True)
    assert (row["household_id"], row["helper"]) == (A[0], "周敬贤")
    assert (row["phone"], row["helper_phone"]) == ("13852030117", "13852030118")


def test_persons_of_a_grid_that_is_not_read_are_told() -> None:
    """Never passed over: here their heading has a unit and a post in its midst."""
    found = form(
        *front(*A)[:4],
        ["姓名", "与户主关系", "性别", "身份证号", "单位", "职务"],
        ["刘大柱", "户主", "男", ONE, "水务局", "科员"],
    )
    assert found.tables["member"].is_empty()
    assert "第6行的家庭成员没有读" in str(found.files[0].error)


def test_relatives_in_a_grid_that_is_named_are_not_told_again() -> None:
    found = read(
        Grid(
            "S",
            [
                *(own + [""] * (6 - len(own)) for own in front(*A)),
                ["赡养人情况", "", "", "", "", ""],
                ["姓名", "关系", "性别", "身份证号", "工作单位", "职务"],
                ["刘海", "之子", "男", OTHER, "工厂", "工人"],
            ],
        )
    )
    assert names(found) == [("刘大柱", "A6")]
    assert found.files[0].error is None
