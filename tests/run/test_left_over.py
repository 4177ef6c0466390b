"""No row of a sheet with a table of the register goes unmentioned."""

from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.register import row_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Any]
VILLAGE = "320324105201"
HEADING: Row = ["户编号", "姓名", "性别", "证件号码", "与户主关系"]
REGISTER: list[Row] = [
    HEADING,
    [f"{VILLAGE}001", "张三", "男", "320324196001010018", "户主"],
    [f"{VILLAGE}002", "李四", "男", "320324196101010015", "户主"],
]
PUPILS: list[Row] = [
    ["姓名", "奖励", "学校", "联系电话"],
    ["孙小海", "一等", "小学", "13805201000"],
    ["孙小山", "二等", "小学", "13805201001"],
]
GONE: list[Row] = [["减少人口"], ["姓名", "减少原因", "减少时间"], ["孙小海", "死亡", "2015-3-1"]]
GIVEN: list[Row] = [["序号", "户主姓名", "慰问金额", "慰问物品"], [1, "张三", 300, "米"]]
VOTES: list[Row] = [["序号", "姓名", "性别", "同意", "反对"], [1, "张三", "男", "√", ""]]


def load(path: Path, rows: list[Row]) -> jiandang.Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("成员")
    for row in rows:
        sheet.append(row)
    book.save(path / "表.xlsx")
    return jiandang.load(path / "表.xlsx", POLICY)


@pytest.mark.parametrize("gap", [[], [[]], [[], []]])
def test_a_list_below_a_table_whose_heading_is_not_recognised_is_named(
    tmp_path: Path, gap: list[Row]
) -> None:
    register = load(tmp_path, [*REGISTER, *gap, *PUPILS])
    (file,) = register.files
    assert register.tables["member"].height == 2
    first = len(REGISTER) + len(gap) + 1
    assert file.unrecognised_sheets == (f"成员（第{first}行起）",)
    assert not file.unregistered_sheets
    (remark,) = file.remarks
    assert f"第{first}行起" in remark and "其中 2 行没有检查" in remark


@pytest.mark.parametrize(
    ("rows", "what"), [(GONE, "减少"), (GIVEN, "慰问"), (VOTES, "表决")], ids=["减少", "慰问", "票"]
)
def test_a_list_of_others_below_a_table_is_told(tmp_path: Path, rows: list[Row], what: str) -> None:
    (file,) = load(tmp_path, [*REGISTER, [], *rows]).files
    assert file.unregistered_sheets == file.unrecognised_sheets
    (remark,) = file.remarks
    assert what in remark and "其中 1 行没有检查" in remark


@pytest.mark.parametrize(
    "below",
    [
        [["农户属性", "户数", "人数"], ["低保户", 2, 5], ["五保户", 1, 1]],
        [["性别", "代码"], ["男", 1], ["女", 2]],
        [["帮扶责任人", "帮扶单位", "联系电话"], ["李强", "财政局", "13800001111"]],
        [["评议小组成员"], ["姓名", "职务", "电话"], ["李强", "组长", "13800001111"]],
        [["姓名", "签字"], ["李强", ""], ["王芳", "王芳"]],
    ],
)
def test_what_is_about_no_household_lacks_in_no_register(tmp_path: Path, below: list[Row]) -> None:
    """Sums, codes, helpers, those who sign: told or a note, and no village counts as unread."""
    register = load(tmp_path, [*REGISTER, [], *below])
    assert register.tables["member"].height == 2
    assert register.files[0].unregistered_sheets == register.files[0].unrecognised_sheets


def test_a_list_above_or_between_tables_is_named(tmp_path: Path) -> None:
    more = [[f"{VILLAGE}003", "王五", "男", "320324196201010012", "户主"]]
    register = load(tmp_path, [*PUPILS, [], *REGISTER, [], *PUPILS, [], HEADING, *more])
    (file,) = register.files
    assert file.unrecognised_sheets == ("成员（第1行起）", "成员（第9行起）")
    assert register.tables["member"].height == 3


@pytest.mark.parametrize(
    "below",
    [
        [["填表人", "张三", "填表日期", "2016-3-1"]],
        [["村负责人：", "李强", "填表人：", "王芳"], ["审核人：", "李强", "日期：", "2016-3-1"]],
        [HEADING, [f"{VILLAGE}003", "", "", "", ""], [f"{VILLAGE}004", "", "", "", ""]],
        [["合计", 2, "", "", ""]],
        [["注：户编号按村码加户号填写"], ["以下空白"]],
    ],
)
def test_the_foot_of_a_table_is_no_list(tmp_path: Path, below: list[Row]) -> None:
    (file,) = load(tmp_path, [*REGISTER, [], *below]).files
    assert not file.unrecognised_sheets


WHOLE: Row = [f"{VILLAGE}003", "王五", "男", "320324196201010012", "户主"]


@pytest.mark.parametrize("at", [2, 3])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_row_that_is_filled_in_in_part_is_read_or_told(at: int, count: int) -> None:
    """Whichever cells of somebody's row are filled in."""
    for own in combinations(range(len(WHOLE)), count):
        row: Row = [cell if column in own else "" for column, cell in enumerate(WHOLE)]
        register = register_of([Grid("成员", [*REGISTER[:at], row, *REGISTER[at:]])], POLICY)
        rows = {row_of(ref) for ref in register.tables["member"]["ref"]}
        assert at + 1 in rows | {row_of(seen.ref) for seen in register.observations}


@pytest.mark.parametrize("name", ["合计", "小计", "注：外出"])
def test_a_row_with_a_persons_number_is_somebodys(name: str) -> None:
    row: Row = ["", name, "", "320324196201010012", ""]
    register = register_of([Grid("成员", [*REGISTER, row])], POLICY)
    assert register.tables["member"].height == 3


CARS: list[Row] = [
    ["车主姓名", "身份证号码", "车牌号", "品牌型号", "注册日期"],
    ["李四海", "320324197001011230", "苏C12345", "五菱", "2012-03-04"],
]
HOUSES: list[Row] = [
    ["序号", "权利人", "身份证号码", "房屋坐落", "建筑面积"],
    [1, "王大山", "320324196001011234", "睢宁县城", 120],
]
DIBAO: list[Row] = [
    ["低保证号", "姓名", "身份证号", "保障类别", "月保障金额"],
    ["DB001", "王大山", "320324196001011234", "C类", 180],
]
OFFICIALS: list[Row] = [
    ["姓名", "性别", "单位", "职务", "电话"],
    ["周杰", "男", "镇政府", "科员", ""],
]
OTHERS = {"车辆": CARS, "不动产": HOUSES, "低保": DIBAO, "部门": OFFICIALS}


@pytest.mark.parametrize("what", OTHERS)
def test_a_list_of_others_below_a_table_is_named_whatever_its_columns(
    tmp_path: Path, what: str
) -> None:
    register = load(tmp_path, [*REGISTER, [], *OTHERS[what]])
    assert register.tables["member"]["name"].to_list() == ["张三", "李四"]
    (file,) = register.files
    assert file.unrecognised_sheets == ("成员（第5行起）",)
    (remark,) = file.remarks
    assert what in remark and "其中 1 行没有检查" in remark


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("title", [[], ["全县名单"]])
def test_a_list_of_others_beside_a_table_is_named_and_no_columns_of_it(
    tmp_path: Path, what: str, title: Row
) -> None:
    rows = [[*own, "", *other] for own, other in zip(REGISTER, OTHERS[what], strict=False)]
    above: list[Row] = [["王庄村花名册", *[""] * 5, *title]] if title else []
    register = load(tmp_path, [*above, *rows, REGISTER[2]])
    assert register.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert not [s for s in jiandang.check(register).findings if s.rule in ("LR002", "LR003")]
    (file,) = register.files
    assert file.unrecognised_sheets == file.unregistered_sheets == ("成员（G列起）",)
    (remark,) = file.remarks
    assert what in remark and "其中 1 行没有检查" in remark


HOME: Row = [f"{VILLAGE}001", "张三", 1, "一般贫困户"]
HOMES: Row = ["户编号", "户主姓名", "家庭人口", "农户属性"]
BESIDE = {
    "helpers": (["帮扶人姓名", "帮扶单位", "帮扶人职务"], ["周杰", "镇政府", "科员"]),
    "members": (["姓名", "性别", "证件号码", "与户主关系"], [*REGISTER[1][1:4], "户主"]),
    "a county's own": (["残疾类别", "残疾等级", "低保证号"], ["肢体", "二级", "DB001"]),
}


@pytest.mark.parametrize("kind", BESIDE)
def test_columns_behind_an_empty_one_are_the_tables_own(tmp_path: Path, kind: str) -> None:
    headings, values = BESIDE[kind]
    register = load(tmp_path, [[*HOMES, "", *headings], [*HOME, "", *values]])
    (file,) = register.files
    assert not file.unrecognised_sheets
    assert register.tables["household"]["head_name"].to_list() == ["张三"]
    assert register.tables["household"]["helper"].to_list() == [
        "周杰" if kind == "helpers" else None
    ]
    assert register.tables["member"].height == (kind == "members")


@pytest.mark.parametrize(
    "other",
    [
        [["代码", "文化程度"], [1, "文盲"], [2, "小学"]],
        [["村名", "户数", "人数"], ["王庄村", 6, 18], ["柳湾村", 5, 12]],
    ],
)
def test_a_table_of_its_own_beside_the_register_is_named_and_no_double_columns(
    tmp_path: Path, other: list[Row]
) -> None:
    headings: Row = [*HEADING, "文化程度", "行政村", "家庭人口"]
    rows = [[*row, "小学", "王庄村", 1] for row in REGISTER[1:]]
    beside = [[*own, "", *more] for own, more in zip([headings, *rows], other, strict=True)]
    register = load(tmp_path, beside)
    assert register.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert not [s for s in jiandang.check(register).findings if s.rule == "LR002"]
    (file,) = register.files
    assert file.unrecognised_sheets == ("成员（J列起）",)
    assert "其中 2 行没有检查" in file.remarks[0]


@pytest.mark.parametrize("gap", [1, 3])
@pytest.mark.parametrize("what", ["致贫原因", "项目"])
@pytest.mark.parametrize("title", [[], ["致贫原因统计"]])
def test_sums_beside_the_register_are_no_columns_of_it(
    tmp_path: Path, title: Row, what: str, gap: int
) -> None:
    sums: list[Row] = [[what, "户数", "人数"], ["因病", 1, 3], ["合计", 2, 5]]
    above: list[Row] = [["王庄村花名册", *[""] * (4 + gap), *title]] if title else []
    rows = [[*own, *[""] * gap, *more] for own, more in zip(REGISTER, sums, strict=True)]
    register = load(tmp_path, [*above, *rows])
    assert register.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert [sheet.table for sheet in register.sheets] == ["member"]
    (file,) = register.files
    name = f"成员（{'FGHI'[gap]}列起）"
    assert file.unrecognised_sheets == file.unregistered_sheets == (name,)
    assert f"列名：{what}、户数、人数" in file.remarks[0]
    assert "其中 2 行没有检查" in file.remarks[0]


def test_a_households_cause_and_size_behind_an_empty_column_are_its_own(tmp_path: Path) -> None:
    headings: Row = [*HOMES[:2], "", "致贫原因", "人数"]
    register = load(tmp_path, [headings, [*HOME[:2], "", "因病", 1]])
    assert not register.files[0].unrecognised_sheets
    assert register.tables["household"]["cause"].to_list() == ["因病"]
    assert register.tables["household"]["size"].to_list() == [1]


def test_two_quotas_beside_each_other_are_both_read(tmp_path: Path) -> None:
    headings: Row = ["村名", "户数", "人数"]
    rows: list[Row] = [[*headings, "", *headings], ["王庄村", 6, 18, "", "柳湾村", 5, 12]]
    register = load(tmp_path, [["贫困人口规模分解表"], *rows])
    assert register.tables["allocation"]["place"].to_list() == ["王庄村", "柳湾村"]


def test_what_stands_beside_under_no_heading_is_named(tmp_path: Path) -> None:
    note: Row = [*REGISTER[1], "", "已核"]
    (file,) = load(tmp_path, [HEADING, note, REGISTER[2]]).files
    assert not file.unrecognised_sheets  # a remark
    cars = [[*own, "", *row] for own, row in zip(REGISTER[1:], CARS, strict=True)]
    register = load(tmp_path, [HEADING, *cars])
    (file,) = register.files
    assert register.tables["member"].height == 2
    assert file.unrecognised_sheets == ("成员（G列起）",)
    assert "G列起的 2 行" in file.remarks[0]


def test_a_list_of_others_at_the_left_of_the_register_does_not_hide_it(tmp_path: Path) -> None:
    rows = [[*other, "", *own] for own, other in zip(REGISTER, [*CARS, CARS[1]], strict=True)]
    register = load(tmp_path, rows)
    assert register.tables["member"]["name"].to_list() == ["张三", "李四"]
    (file,) = register.files
    assert "车辆" in file.remarks[0]
