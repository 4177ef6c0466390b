"""Which sheet is which table, where its heading stands, which rows are data."""

from datetime import date
from typing import Any

import pytest

from jiandang.formats.grid import Grid
from jiandang.intake.headings import Vocabulary, find_heading, heading_key
from jiandang.policy import load_policy
from jiandang.register.notice import Notice
from jiandang.register.register import Register, row_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
VILLAGE = "320324105201"
MEMBER = ["户编号", "姓名", "性别", "证件号码", "与户主关系"]


def person(number: int, name: str, relation: str = "户主") -> list[Any]:
    return [f"{VILLAGE}{number:03}", name, "男", "320324196001010018", relation]


def rectangle(*rows: list[Any]) -> list[list[Any]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def register(*grids: Grid) -> Register:
    return register_of(grids, POLICY)


def read(*rows: list[Any], **more: Any) -> Register:
    return register(Grid("Sheet1", rectangle(*rows), **more))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("姓 名", "姓名"),
        ("*姓名", "姓名"),
        ("姓名*", "姓名"),
        ("1.姓名", "姓名"),
        ("（3）姓名：", "姓名"),
        ("身份证\n号码", "身份证号码"),
        ("人均纯收入（元）", "人均纯收入(元)"),
        ("二、家庭人口", "家庭人口"),
    ],
)
def test_heading_keys(text: str, key: str) -> None:
    assert heading_key(text) == key


def test_title_lines_totals_and_signatures() -> None:
    found = read(
        ["官山镇低收入农户家庭成员登记表"],
        ["填报单位：官山镇", "", "", "填报日期：2016-3-28"],
        [],
        MEMBER,
        person(1, "张三"),
        person(1, "李四", "配偶"),
        ["合计", 2.0],
        ["填表人：王五", "", "审核人：赵六"],
    )
    (sheet,) = found.sheets
    assert (sheet.table, sheet.heading_row) == ("member", 4)
    rows = sheet.rows
    assert (rows.title, rows.heading, rows.read, rows.total, rows.note) == (3, 1, 2, 1, 1)
    assert [row_of(ref) for ref in found.tables["member"]["ref"]] == [5, 6]


def test_every_row_of_the_sheet_is_accounted_for() -> None:
    rows = [
        ["标题"],
        MEMBER,
        person(1, "张三"),
        [],
        ["", "", "男", "", "配偶"],
        ["小计", 1.0],
        MEMBER,
        person(2, "王五"),
        ["备注：无"],
    ]
    counts = read(*rows).sheets[0].rows
    assert (counts.checked, counts.rejected, counts.blank, counts.heading) == (2, 1, 1, 2)
    total = counts.title + counts.heading + counts.read + counts.total + counts.note + counts.blank
    assert total == len(rows)


def test_a_rejected_row_has_a_finding() -> None:
    found = read(MEMBER, person(1, "张三"), ["", "", "男", "", "配偶"])
    assert [(o.notice, row_of(o.ref)) for o in found.observations] == [(Notice.EMPTY, 3)]


def test_two_rows_of_headings() -> None:
    found = read(
        ["户编号", "户主姓名", "人口", "家庭年收入情况(元)", "", "帮扶责任人", ""],
        ["", "", "", "工资性收入", "人均纯收入", "姓名", "电话"],
        [f"{VILLAGE}001", "张三", 2.0, 3000.0, 1500.0, "王五", "13800000000"],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6)],
    )
    row = found.tables["household"].row(0, named=True)
    assert row["wage"] == 3000
    assert row["helper"] == "王五"
    assert row["helper_phone"] == "13800000000"
    assert found.sheets[0].heading_row == 2


def test_a_line_of_column_numbers_is_no_data() -> None:
    found = read(MEMBER, [1.0, 2.0, 3.0, 4.0, 5.0], person(1, "张三"))
    assert found.sheets[0].rows.checked == 1


def test_blank_columns_and_a_mark_far_to_the_right() -> None:
    heading = ["", "户编号", "", *MEMBER[1:], *[""] * 248, "FMI"]
    data = ["", f"{VILLAGE}001", "", *person(1, "张三")[1:]]
    found = read(heading, data)
    assert found.tables["member"]["name"].to_list() == ["张三"]
    assert found.observations == []


def test_one_sheet_a_village_is_one_table() -> None:
    found = register(
        Grid("王庄", rectangle(MEMBER, person(1, "张三"))),
        Grid("柳湾", rectangle(["标题"], MEMBER, person(2, "李四"))),
    )
    assert found.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert [sheet.sheet for sheet in found.sheets] == ["王庄", "柳湾"]


def test_two_tables_on_one_sheet() -> None:
    found = read(
        MEMBER,
        person(1, "张三"),
        [],
        ["农户情况"],
        ["户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因", "人均纯收入"],
        [f"{VILLAGE}001", "张三", 1.0, "一般贫困户", "因病", 3000.0],
    )
    assert [sheet.table for sheet in found.sheets] == ["member", "household"]
    assert found.tables["household"]["size"].to_list() == [1]


def test_household_columns_among_the_members_make_households() -> None:
    heading = [*MEMBER, "家庭人口", "人均纯收入"]
    found = read(
        heading,
        [*person(1, "张三"), 2.0, 3000.0],
        [*person(1, "李四", "配偶"), "", ""],
        [*person(2, "王五"), 1.0, 2000.0],
    )
    households = found.tables["household"]
    assert households["household_id"].to_list() == [f"{VILLAGE}001", f"{VILLAGE}002"]
    assert households["per_capita"].to_list() == [3000, 2000]
    assert households["village_code12"].to_list() == [VILLAGE, VILLAGE]


def test_household_cells_merged_over_the_members() -> None:
    heading = ["户编号", *MEMBER[1:], "家庭人口"]
    found = read(
        heading,
        [*person(1, "张三"), 2.0],
        ["", *person(1, "李四", "配偶")[1:], ""],
        merged=[(1, 0, 2, 0), (1, 5, 2, 5)],
    )
    assert found.tables["member"]["household_id"].to_list() == [f"{VILLAGE}001"] * 2
    assert found.tables["household"]["size"].to_list() == [2]
    assert found.observations == []


def test_copies_that_differ() -> None:
    heading = [*MEMBER, "家庭人口"]
    found = read(heading, [*person(1, "张三"), 2.0], [*person(1, "李四", "配偶"), 3.0])
    (seen,) = found.observations
    assert (seen.notice, row_of(seen.ref), seen.column) == (Notice.COPIES_DIFFER, 3, "size")


def test_procedure_columns_in_the_household_sheet() -> None:
    found = read(
        ["户编号", "户主姓名", "家庭人口", "农户属性", "致贫原因", "人均纯收入", "申请日期"],
        [f"{VILLAGE}001", "张三", 1.0, "1", "1", 3000.0, date(2016, 3, 1)],
    )
    assert found.tables["procedure"]["applied"].to_list() == [date(2016, 3, 1)]


def test_a_close_heading_is_proposed_and_not_taken() -> None:
    heading = ["户编号", "姓名", "性别", "证件号吗", "与户主关系"]
    found = read(heading, person(1, "张三"))
    (seen,) = found.observations
    assert (seen.notice, seen.seen["nearest"]) == (Notice.UNKNOWN_COLUMN, "证件号码")
    assert found.tables["member"]["id_number"].to_list() == [None]


def test_a_heading_may_be_mapped() -> None:
    vocabulary = Vocabulary({"证件号吗": "证件号码"})
    rows = rectangle(["户编号", "姓名", "性别", "证件号吗", "与户主关系"])
    heading = find_heading(rows, [], vocabulary)
    assert heading is not None
    assert heading.unknown == {}


def test_the_provinces_headings_bring_its_code_numbers() -> None:
    found = read(
        ["户码*", "姓名*", "性别*", "年龄*", "身体状况*", "劳动力状况*", "打工状况*"],
        [f"{VILLAGE}001", "张三", "1", 1950.0, "2", "2", "1:在家务农"],
    )
    row = found.tables["member"].row(0, named=True)
    assert (row["sex"], row["health"], row["labour"]) == ("男", "体弱多病", "丧失劳动力")
    assert (row["age"], row["work"]) == (1950, "在家务农")


def test_money_headed_in_ten_thousands() -> None:
    found = read(
        ["户编号", "户主姓名", "家庭人口", "农户属性", "致贫原因", "人均纯收入(万元)"],
        [f"{VILLAGE}001", "张三", 1.0, "1", "1", 0.35],
    )
    assert found.tables["household"]["per_capita"].to_list() == [3500]


def test_a_place_in_one_column() -> None:
    found = read(
        ["农户编码", "省、市、县、乡、村", "组名", "户主姓名", "农户属性", "人口", "联系电话"],
        [f"{VILLAGE}001", "江苏省徐州市睢宁县官山镇王庄村", "一组", "张三", "1", 2.0, ""],
    )
    row = found.tables["household"].row(0, named=True)
    assert (row["county"], row["town"], row["village"]) == ("睢宁县", "官山镇", "王庄村")
