"""Which sheet is which table, where its heading stands, which rows are data."""

from datetime import date
from typing import Any

import pytest

from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import find_heading
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
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
        ("(二)家庭人口", "家庭人口"),
        ("★姓名", "姓名"),
        ("▲ 姓名※", "姓名"),
        ("①姓名", "姓名"),
        ("⑴、姓名", "姓名"),
        ("A1姓名", "姓名"),
        ("A3a主要致贫原因(单选)", "主要致贫原因"),
        ("A10 劳动技能", "劳动技能"),
        ("1姓名", "姓名"),
        ("姓名(必填)", "姓名"),
        ("【必填】姓名", "姓名"),
        ("*1.姓名(必填)：", "姓名"),
        ("其他致贫原因（最多选2项）", "其他致贫原因"),
        ("姓名 Name", "姓名"),
        ("Name姓名", "姓名"),
        ("姓名（Full Name）", "姓名"),
        ("xìng míng 姓名", "姓名"),
        ("ID No. 身份证号码", "身份证号码"),
        ("ID Number（身份证号码）", "身份证号码"),
        ("姓名 ئىسمى", "姓名"),
        ("姓名ᠨᠡᠷ᠎ᠡ", "姓名"),
        ("མིང་ 姓名", "姓名"),
        ("Имя 姓名", "姓名"),
        ("戶主姓名", "户主姓名"),
        ("與戶主關係", "与户主关系"),
        ("異議處理結果", "异议处理结果"),
        ("*2.證件號碼（必填）", "证件号码"),
        ("鄉（鎮）", "乡(镇)"),
        ("2015年人均純收入（元）", "2015年人均纯收入(元)"),
        # What is part of the name.
        ("调查人2", "调查人2"),
        ("2015年收入", "2015年收入"),
        ("指标(户)", "指标(户)"),
    ],
)
def test_heading_keys(text: str, key: str) -> None:
    assert heading_key(text) == key


@pytest.mark.parametrize(
    "mark", ["{}*", "*{}", "★{}", "①{}", "A1{}", "{}（必填）", "1.{}", "{} Name"]
)
def test_marks_around_the_headings_of_a_table_and_of_its_second_page(mark: str) -> None:
    heading = [mark.format(text) for text in MEMBER]
    found = read(heading, person(1, "张三"), heading, person(2, "李四"))
    assert found.observations == []
    assert found.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert (found.sheets[0].rows.heading, found.sheets[0].rows.checked) == (2, 2)


def test_a_footnote_and_a_second_one() -> None:
    vocabulary = Vocabulary()
    footnote = vocabulary.meaning(heading_key("姓名①"), ["member"])
    second = vocabulary.meaning(heading_key("调查人②"), ["survey"])
    assert footnote is not None
    assert second is not None
    assert (footnote.column, second.column) == ("name", "surveyor_2")


@pytest.mark.parametrize("name", ["性别", "与户主关系", "健康状况"])
def test_a_list_of_codes_is_no_table(name: str) -> None:
    values = {
        "性别": "男 女 其他",
        "与户主关系": "户主 配偶 之子",
        "健康状况": "健康 残疾 患有大病",
    }
    codes = [[name, value] for value in values[name].split()]
    for above in ([], [["代码表"]], [["代码", "名称"]], [["代码表"], ["代码", "名称"]]):
        assert read(*above, *codes).sheets == []


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (["村名", "户数", "人数"], ["王庄村", 12.0, 30.0]),
        (["行政村", "户数", "人口", "党员"], ["王庄村", 12.0, 30.0, 2.0]),
        (["帮扶人", "单位", "联系电话"], ["张三", "水务局", "13812345678"]),
        (["代码", "名称"], ["1", "男"]),
        (["编号", "姓名"], ["1", "张三"]),
    ],
)
def test_sums_and_lists_of_others_are_no_tables(heading: list[Raw], row: list[Raw]) -> None:
    assert read(heading, row, row).sheets == []


def test_a_table_whose_key_is_missing_is_one() -> None:
    heading: list[Raw] = ["家庭人口", "农户属性", "主要致贫原因", "人均纯收入(元)"]
    (sheet,) = read(heading, [3.0, "一般贫困户", "因病", 3000.0]).sheets
    assert sheet.table == "household"


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


@pytest.mark.parametrize(
    ("heading", "value", "expected"),
    [
        ("与村主干路距离(米)", 500.0, 0.5),
        ("与村主干路距离（单位：里）", 3.0, 1.5),
        ("与村主干路距离(公里)", 0.5, 0.5),
        ("与村主干路距离(米)", "0.5公里", 0.5),
    ],
)
def test_units_in_headings(heading: str, value: Any, expected: float) -> None:
    found = read(
        ["户编号", "户主姓名", "家庭人口", "农户属性", heading],
        [f"{VILLAGE}001", "张三", 1.0, "1", value],
    )
    assert found.tables["household"]["road_distance"].to_list() == [expected]


def test_a_unit_over_several_columns() -> None:
    found = read(
        ["户编号", "户主姓名", "人口", "家庭年收入情况(万元)", ""],
        ["", "", "", "工资性收入", "人均纯收入(元)"],
        [f"{VILLAGE}001", "张三", 2.0, 0.3, 1500.0],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4)],
    )
    row = found.tables["household"].row(0, named=True)
    assert (row["wage"], row["per_capita"]) == (3000, 1500)


def test_the_number_beside_the_heads_name_is_the_heads() -> None:
    found = read(
        ["户编号", "户主姓名", "身份证号", "家庭人口", "致贫原因"],
        [f"{VILLAGE}001", "张三", "320324196001010018", 1.0, "因病"],
    )
    row = found.tables["household"].row(0, named=True)
    assert (row["head_name"], row["head_id"]) == ("张三", "320324196001010018")
    assert found.tables["member"].is_empty()


def test_quotas_of_towns_and_of_their_villages() -> None:
    towns = read(["乡镇", "任务户数", "任务人数"], ["官山镇", 20.0, 50.0], ["王集镇", 10.0, 25.0])
    assert towns.tables["allocation"]["place"].to_list() == ["官山镇", "王集镇"]
    villages = read(
        ["乡镇", "行政村", "任务户数", "任务人数"],
        ["官山镇", "王庄村", 20.0, 50.0],
        ["王集镇", "", 10.0, 25.0],
    )
    table = villages.tables["allocation"]
    assert table["place"].to_list() == ["王庄村", "王集镇"]
    assert table["town"].to_list() == ["官山镇", "王集镇"]
    assert villages.observations == []


def test_many_remarks_of_a_column_are_one() -> None:
    heading = [*MEMBER, "年龄", "务工时间(月)"]
    rows = [[*person(n, "张三"), f"{40 + n}", "/"] for n in range(1, 6)]
    found = read(heading, *rows, [*person(6, "张三"), 46.0, "1年"])
    told = [(o.notice, row_of(o.ref), o.column, o.seen.get("cells")) for o in found.observations]
    assert told == [
        (Notice.STORED_AS_TEXT, 2, "age", "F2:F6"),
        (Notice.NO_VALUE, 2, "work_months", "G2:G6"),
        (Notice.LENIENT, 7, "work_months", None),
    ]


def test_a_few_remarks_of_a_column_are_told_one_by_one() -> None:
    heading = [*MEMBER, "年龄"]
    found = read(heading, *([*person(n, "张三"), "40" if n < 3 else 40.0] for n in range(1, 6)))
    assert [(o.notice, row_of(o.ref)) for o in found.observations] == [
        (Notice.STORED_AS_TEXT, 2),
        (Notice.STORED_AS_TEXT, 3),
    ]


@pytest.mark.parametrize("word", ["总人口", "农户数", "集体收入(万元)", "计划人数", "达标年度"])
def test_one_word_of_a_place_makes_no_table_of_places_of_households(word: str) -> None:
    heading: list[Raw] = ["户编号", "行政村", "户主姓名", "户主身份证号", word, "人均纯收入"]
    row: list[Raw] = ["320324105201001", "王庄村", "张三", "320324196001011234", 3, 4000]
    found = read(heading, row)
    assert [sheet.table for sheet in found.sheets] == ["household"]
    assert found.tables["household"].height == 1
