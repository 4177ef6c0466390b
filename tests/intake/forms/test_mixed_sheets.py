"""Forms and a list of households on one sheet: both are read, or nothing, which is said."""

from pathlib import Path

import pytest
from form_files import write_book

from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.load import load

TABLE: list[list[Raw]] = [
    ["户编号", "户主姓名", "家庭人口", "联系电话", "农户属性", "主要致贫原因", "人均纯收入(元)"],
    ["320324105201010", "赵大", 2, "13852012345", "低保户", "因病", 2900],
    ["320324105201011", "钱二", 2, "13852012346", "低保户", "因病", 2900],
    ["320324105201012", "孙三", 2, "13852012347", "低保户", "因病", 2900],
    ["320324105201013", "李四", 2, "13852012348", "低保户", "因病", 2900],
]


def page(number: int, head: str) -> list[list[Raw]]:
    return [
        ["贫困户登记表"],
        ["户编号", f"32032410520100{number}", "户主姓名", head, "家庭人口", 1],
        ["农户属性", "低保户", "主要致贫原因", "因病", "人均纯收入(元)", 2900],
        ["开户银行", "农商行", "联系电话", "13852012345", "住房面积(㎡)", 80],
        ["二、家庭成员"],
        ["姓名", "性别", "证件号码", "与户主关系"],
        [head, "男", "320324196203191150", "户主"],
        ["户主签字：", ""],
    ]


def saved(path: Path, **sheets: list[list[Raw]]) -> Register:
    return load(write_book(path / "全村.xlsx", sheets))


FORMS = [*page(3, "周怀永"), [], *page(4, "宋田兴")]


FOOT: list[list[Raw]] = [["填表人：韩明凯"], ["2016年3月1日"]]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([*FORMS, [], ["其他户一览表"], *TABLE], 21),
        ([*FORMS, [], [], *TABLE, *FOOT], 21),
        ([["户一览表"], *TABLE, [], *FORMS], 3),
        ([*TABLE, [], [], *FORMS], 2),
    ],
)
def test_a_list_that_a_blank_row_parts_from_the_forms_is_read_beside_them(
    rows: list[list[Raw]], at: int, tmp_path: Path
) -> None:
    register = saved(tmp_path, 全村=rows)
    assert register.files[0].error is None
    assert register.files[0].unrecognised_sheets == ()
    found = {h.head_name: h for h in register.households()}
    assert {*found} == {"周怀永", "宋田兴", "赵大", "钱二", "孙三", "李四"}
    own = found["赵大"].source
    assert own is not None and str(own.cells["head_name"]) == f"全村!B{at}"
    assert register.tables["member"]["name"].to_list() == ["周怀永", "宋田兴"]


def test_between_forms_the_sheet_is_named_and_nothing_of_it_is_read(tmp_path: Path) -> None:
    for rows in (
        [*page(3, "周怀永"), [], *TABLE, [], *page(4, "宋田兴")],
        [*FORMS, *TABLE],
        [*TABLE, *FORMS],
    ):
        register = saved(tmp_path, 全村=rows)
        file = register.files[0]
        head = next(row for row, cells in enumerate(rows, 1) if cells == TABLE[0])
        assert file.error_code == "form_unread"
        assert f"工作表“全村”上既有一页一户的表单，又有一行一户或一人的表（表头在第{head}行）" in (
            file.error or ""
        )
        assert file.unrecognised_sheets == ("全村",)
        assert all(table.is_empty() for table in register.tables.values())


MEMBERS: list[list[Raw]] = [
    ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族"],
    ["320324105201010", "赵大", "男", "320324196203191150", "户主", "汉族"],
    ["320324105201010", "赵二", "男", "320324198503191158", "之子", "汉族"],
    ["320324105201011", "钱二", "男", "320324196203191177", "户主", "汉族"],
    ["320324105201011", "钱三", "男", "320324198503191174", "之子", "汉族"],
]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([*FORMS, [], ["王庄村花名册"], *MEMBERS], 20),
        ([["王庄村花名册"], *MEMBERS, [], *FORMS], 2),
        ([*MEMBERS, [], [], *FORMS], 1),
    ],
)
def test_a_list_of_members_of_several_households_is_theirs(
    rows: list[list[Raw]], at: int, tmp_path: Path
) -> None:
    register = saved(tmp_path, 全村=rows)
    assert register.files[0].error is None
    heads = register.tables["household"]["head_name"].drop_nulls().to_list()
    assert heads == ["周怀永", "宋田兴"]
    found = {m.name: m for m in register.members()}
    assert {*found} == {"周怀永", "宋田兴", "赵大", "赵二", "钱二", "钱三"}
    assert found["钱三"].household_id == "320324105201011"
    own = found["赵大"].source
    assert own is not None and str(own.cells["name"]) == f"全村!B{at + 1}"


def beside(rows: list[list[Raw]], right: list[list[Raw]], column: int) -> list[list[Raw]]:
    """Rows with others at their right, from a column on."""
    longest = max(len(rows), len(right))
    left = [*rows, *[[]] * (longest - len(rows))]
    others = [*right, *[[]] * (longest - len(right))]
    return [[*a, *[""] * (column - len(a)), *b] for a, b in zip(left, others, strict=True)]


def test_a_list_of_members_right_of_a_form_is_theirs(tmp_path: Path) -> None:
    right: list[list[Raw]] = [["其他贫困户家庭成员"], *MEMBERS]
    for column in (7, 10):
        register = saved(tmp_path, 全村=beside(page(3, "周怀永"), right, column))
        assert register.files[0].error is None and not register.files[0].remarks
        assert {m.name for m in register.members()} == {"周怀永", "赵大", "赵二", "钱二", "钱三"}
        assert register.tables["household"]["head_name"].drop_nulls().to_list() == ["周怀永"]


def test_without_an_empty_column_between_nothing_is_read(tmp_path: Path) -> None:
    right: list[list[Raw]] = [["其他贫困户家庭成员"], *MEMBERS]
    file = saved(tmp_path, 全村=beside(page(3, "周怀永"), right, 6)).files[0]
    assert file.error_code == "form_unread"
    assert "又有一行一户或一人的表（表头在第2行）" in (file.error or "")
    assert file.unrecognised_sheets == ("全村",)


def test_an_offices_list_right_of_a_form_is_named(tmp_path: Path) -> None:
    right: list[list[Raw]] = [
        ["民政局低保名单"], ["序号", "姓名", "身份证号", "低保金"],
        [1, "赵大", "320324196203191150", 400], [2, "钱二", "320324196203191177", 400],
    ]  # fmt: skip
    register = saved(tmp_path, 全村=beside(page(3, "周怀永"), right, 8))
    assert [m.name for m in register.members()] == ["周怀永"]
    file = register.files[0]
    assert file.unregistered_sheets == file.unrecognised_sheets == ("全村（第2行起）",)
    (remark,) = file.remarks
    assert "第2行起的另一张表是低保的名单" in remark


@pytest.mark.parametrize("other", ["320324105201003", "320324105201008"])
def test_members_of_one_household_with_its_number_each_are_the_forms(
    other: str, tmp_path: Path
) -> None:
    """One of them has another number by mistake: there is still but one head."""
    people: list[list[Raw]] = [
        ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
        ["320324105201003", "周怀永", "男", "320324196203191150", "户主"],
        ["320324105201003", "杜芳爱", "女", "320324196203191169", "配偶"],
        [other, "周小永", "男", "320324198503191158", "之子"],
    ]
    register = saved(tmp_path, 全村=[*page(3, "周怀永")[:5], *people])
    assert register.files[0].error is None
    assert register.tables["household"].height == 1
    assert register.tables["member"].height == 3


ALLOWANCES: list[list[Raw]] = [
    ["序号", "姓名", "性别", "身份证号", "低保金"],
    [1, "赵大", "男", "320324196203191150", 400],
    [2, "钱二", "男", "320324196203191177", 400],
]


def test_a_list_of_other_people_above_forms_is_named_and_the_forms_are_read(
    tmp_path: Path,
) -> None:
    register = saved(tmp_path, 全村=[["民政局低保名单"], *ALLOWANCES, [], *FORMS])
    assert {h.head_name for h in register.households()} == {"周怀永", "宋田兴"}
    assert register.tables["member"]["name"].to_list() == ["周怀永", "宋田兴"]
    assert any("是低保的名单，不是登记表" in said for said in register.files[0].remarks)


def test_a_list_of_other_people_alone_is_no_form(tmp_path: Path) -> None:
    register = saved(
        tmp_path, 全村=FORMS, 低保=[["民政局低保名单"], *ALLOWANCES, [], ["低保情况登记表"]]
    )
    assert {h.head_name for h in register.households()} == {"周怀永", "宋田兴"}
    assert register.tables["member"].height == 2


def test_apart_they_are_read(tmp_path: Path) -> None:
    register = saved(tmp_path, 表单=FORMS, 全村=[["户一览表"], *TABLE])
    assert register.files[0].error is None
    assert register.tables["household"].height == 6
    assert register.tables["member"].height == 2


def test_a_register_with_lines_above_and_below_is_no_form(tmp_path: Path) -> None:
    lines: list[list[Raw]] = [
        ["行政村：王庄村", "", "填报日期：2016年3月1日", "", "单位：元"],
        *TABLE,
        [],
        ["填表人：韩明凯", "", "审核人：王敏", "", "联系电话：13852012345"],
        ["说明：家庭人口以户口簿为准"],
    ]
    register = saved(tmp_path, 全村=lines)
    assert register.files[0].error is None
    assert register.tables["household"].height == 4


def test_a_list_far_below_many_forms_is_read_as_well(tmp_path: Path) -> None:
    rows: list[list[Raw]] = []
    for number in range(20):
        rows += [*page(3, f"周怀{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[number]}"), []]
        rows[-8][1] = f"320324105201{100 + number}"
    register = saved(tmp_path, 全村=[*rows, ["其他户一览表"], *TABLE])
    assert register.files[0].error is None
    assert not register.files[0].remarks
    assert register.tables["household"].height == 24
    assert register.tables["member"].height == 20
