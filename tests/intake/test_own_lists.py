"""Lists of offices in which everybody is in the register: named as lists, and not read."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
PEOPLE = [n + check_character(n) for n in ("32032419800101001", "32032419820202002")]
OTHER = "32032419500101003" + check_character("32032419500101003")
MEMBERS: list[Row] = [
    ["户编号", "行政村", "姓名", "性别", "证件号码", "与户主关系"],
    ["320324105201001", "王庄村", "张山", "男", PEOPLE[0], "户主"],
    ["320324105201002", "王庄村", "李海", "男", PEOPLE[1], "户主"],
]
VEHICLES: Row = ["姓名", "身份证号", "车牌号", "车辆类型", "登记日期"]
VEHICLE: Row = ["张山", PEOPLE[0], "苏C12345", "轿车", "2014-03-01"]
LISTS: list[tuple[str, Row, Row, str]] = [
    ("车管所机动车登记名单", VEHICLES, VEHICLE, "车辆"),
    ("", VEHICLES, VEHICLE, "车辆"),
    (
        "残联持证残疾人名单",
        ["序号", "姓名", "身份证号", "残疾证号", "残疾类别", "残疾等级"],
        [1.0, "张山", PEOPLE[0], f"{PEOPLE[0]}43", "肢体", "三级"],
        "残疾",
    ),
    (
        "派出所户籍人口",
        ["姓名", "性别", "公民身份号码", "与户主关系", "户号", "住址"],
        ["张山", "男", PEOPLE[0], "户主", "001", "王庄村一组"],
        "户籍",
    ),
    (
        "财政供养人员名单",
        ["姓名", "性别", "身份证号", "单位", "职务", "联系电话"],
        ["张山", "男", PEOPLE[0], "小学", "教师", "13805201000"],
        "工资",
    ),
    (
        "王庄村外出务工人员名单",
        ["姓名", "性别", "身份证号", "务工地点", "联系电话"],
        ["孙大海", "男", OTHER, "苏州", "13805201000"],
        "务工",
    ),
]


def read(*rows: Row) -> Register:
    width = max(map(len, rows))
    return register_of([Grid("表", [[*row, *[""] * (width - len(row))] for row in rows])], POLICY)


@pytest.mark.parametrize(("title", "heading", "row", "what"), LISTS)
def test_they_are_named_where_they_stand_below_a_register(
    title: str, heading: Row, row: Row, what: str
) -> None:
    register = read(*MEMBERS, [""], [title], heading, row)
    (file,) = register.files
    assert [(s.table, s.heading_row) for s in register.sheets] == [("member", 1)]
    assert file.unrecognised_sheets == file.unregistered_sheets == ("表（第6行起）",)
    (remark,) = file.remarks
    assert what in remark and "其中 1 行没有检查" in remark


@pytest.mark.parametrize(
    ("title", "heading", "row"),
    [
        # Numbered as the register's households are.
        ("残疾人名单", ["户编号", "姓名", "身份证号", "残疾证号"],
         ["320324105201001", "张山", PEOPLE[0], f"{PEOPLE[0]}43"]),
        # What nobody but a register says.
        ("学生名单", ["姓名", "身份证号", "健康状况", "劳动能力"],
         ["张山", PEOPLE[0], "健康", "普通劳动力"]),
        # Of the register's own people, by what it is called.
        ("贫困户外出务工人员名单", ["姓名", "性别", "身份证号", "务工地点"],
         ["张山", "男", PEOPLE[0], "苏州"]),
    ],
)  # fmt: skip
def test_a_list_of_some_of_the_register_is_read(title: str, heading: Row, row: Row) -> None:
    register = read(*MEMBERS, [""], [title], heading, row)
    assert [(s.table, s.heading_row) for s in register.sheets] == [("member", 1), ("member", 6)]
    assert register.tables["member"].height == 2


def test_a_list_right_of_a_register_begins_below_its_title() -> None:
    title: Row = ["", "", "", "", "", "", "民政局低保名单"]
    heading: Row = ["姓名", "身份证号", "保障人数", "低保金额"]
    own: Row = ["张山", PEOPLE[0], 2.0, 420.0]
    blank: Row = [""] * 4
    rows = [[*row, *more] for row, more in zip(MEMBERS, (heading, own, blank), strict=True)]
    register = read(title, *rows)
    assert [sheet.table for sheet in register.sheets] == ["member"]
    assert len(register.sheets[0].columns) == len(MEMBERS[0])
    (file,) = register.files
    assert file.unregistered_sheets == ("表（G列起）",)
