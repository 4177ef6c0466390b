"""What intake observes of a sheet's form: hidden parts, merged cells, rows out of line."""

import pytest

from jiandang.formats.grid import Grid, runs
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, row_of
from jiandang.run.checking import check
from jiandang.run.load import register_of

HEADINGS: list[Raw] = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "家庭人口"]


def family(number: int) -> list[list[Raw]]:
    household = f"{320324105201000 + number}"
    return [
        [household, "张三", "男", "320324198001010015", "户主", 2.0],
        [household, "李四", "女", "320324198202020023", "配偶", ""],
    ]


def observed(grid: Grid) -> list[Observation]:
    return register_of([grid], load_policy("xuzhou-2016")).observations


def sheet(*rows: list[Raw]) -> Grid:
    return Grid("成员", [list(HEADINGS), *rows])


def test_hidden_sheets_and_columns_with_data() -> None:
    grid = sheet(*family(1))
    grid.hidden, grid.hidden_columns = True, frozenset({3})
    grid.rows[0].append("备注")
    grid.hidden_columns |= {6}  # without data
    found = [
        (o.notice, row_of(o.ref), o.sheet_column)
        for o in observed(grid)
        if o.notice != Notice.UNKNOWN_COLUMN
    ]
    assert found == [(Notice.HIDDEN, 2, 0), (Notice.HIDDEN, 1, 3)]


def test_rows_of_one_kind_are_told_of_once_in_a_sheet() -> None:
    blank: list[Raw] = [""] * len(HEADINGS)
    rows = [row for number in range(1, 9) for row in (*family(number), blank)]
    between = [o for o in observed(sheet(*rows)) if o.notice == Notice.ROW_BETWEEN]
    size = len(family(1)) + 1
    first = "、".join(str(1 + size * number) for number in range(1, 6))
    assert [(row_of(o.ref), o.seen["rows"]) for o in between] == [(1 + size, f"第{first}等7行")]


def test_text_files_have_no_numbers_to_be_typed_as_such() -> None:
    grid = sheet(*family(1))
    grid.rows[1][5] = "2"
    assert [o.notice for o in observed(grid)] == [Notice.STORED_AS_TEXT]
    grid.untyped = True
    assert observed(grid) == []


def test_a_merged_cell_is_reported_once() -> None:
    grid = sheet(*family(1))
    grid.rows[1][5] = "几人"
    grid.merged = [(1, 5, 2, 5)]
    assert [(o.notice, row_of(o.ref)) for o in observed(grid)] == [(Notice.WRONG_TYPE, 2)]


def test_cells_lost_in_a_merge_are_not_empty() -> None:
    grid = sheet(*family(1))
    grid.rows[2][1:3] = ["", ""]
    grid.merged = [(1, 1, 2, 2)]
    register = register_of([grid], load_policy("xuzhou-2016"))
    assert [(o.notice, row_of(o.ref)) for o in register.observations] == [(Notice.BAD_MERGE, 2)]
    # The name in the first cell can be anybody's, but it is there.
    assert register.tables["member"]["bad"].to_list() == ["|sex|", "|name|sex|"]


def test_two_rows_out_of_line_are_two_slips() -> None:
    rows = [row for number in range(3) for row in family(number)]
    for row in rows[:2]:
        row[1], row[2] = row[2], row[1]
    assert [o.notice for o in observed(sheet(*rows))] == [Notice.SWAPPED] * 2
    for row in rows[2:3]:
        row[1], row[2] = row[2], row[1]
    assert [o.notice for o in observed(sheet(*rows))] == [Notice.SWAPPED]


ROSTER: list[Raw] = [
    "行政村",
    "户编号",
    "户主姓名",
    "姓名",
    "性别",
    "证件号码",
    "与户主关系",
    "民族",
    "文化程度",
]
ROSTER += ["健康状况", "劳动能力", "家庭人口"]


def test_what_is_wrong_in_two_cells_and_is_not_the_others_is_told_of_each() -> None:
    about = ["张三", "男", "320324198001010015", "户主", "汉族"]
    rows: list[list[Raw]] = [
        ["王庄村", f"32032410520100{n}", "张三", *about, "健康", "还行", "普通劳动力", "1"]
        for n in range(1, 5)
    ]
    grid = Grid("成员", [ROSTER, *rows])
    assert [o.notice for o in observed(grid)].count(Notice.UNKNOWN_CODE) == 8
    for row in rows:
        row[9] = "小学"
    told = {(o.notice, row_of(o.ref), o.column) for o in observed(Grid("成员", [ROSTER, *rows]))}
    assert (Notice.SWAPPED, 2, "health") in told
    assert Notice.UNKNOWN_CODE not in {notice for notice, *_ in told}


def roster(*, moved: int, odd: int = 0) -> Grid:
    """Three of a family; one row has a cell too many in front of column `moved`."""
    about: list[list[Raw]] = [
        ["张三", "男", "320324198001010015", "户主"],
        ["李四", "女", "320324198202020023", "配偶"],
        ["张小", "男", "320324200503030014", "之子"],
    ]
    rows: list[list[Raw]] = [
        ["王庄村", "320324105201001", "张三", *who, "汉族", "小学", "健康", "普通劳动力", "3"]
        for who in about
    ]
    row = rows[1]
    rows[1] = [*row[:moved], "东片", *row[moved:]]
    for place in range(4, 4 + odd):
        rows[2][place] = "不知"
    width = len(ROSTER) + 1
    every: list[list[Raw]] = [ROSTER, *rows]
    grid = Grid("成员", [[*row, *[""] * (width - len(row))] for row in every])
    grid.untyped = True
    return grid


@pytest.mark.parametrize("moved", [0, 1, 3, 4, 5])
def test_an_extra_comma_moves_one_row(moved: int) -> None:
    register = register_of([roster(moved=moved)], load_policy("xuzhou-2016"))
    seen = [o for o in register.observations if o.notice is not Notice.UNKNOWN_COLUMN]
    assert [(o.notice, row_of(o.ref)) for o in seen] == [(Notice.SHIFTED, 3)]
    assert seen[0].seen["rows"] == "第3行"
    # Whose row it is can be read, so that the household lacks nobody.
    members = register.tables["member"]
    assert members["household_id"].to_list() == ["320324105201001"] * 3
    assert members["relation"].to_list() == ["户主", None, "之子"]
    assert register.tables["household"].height == 1
    report = check(register, "xuzhou-2016", as_of="2016-03-29")
    found = {f.rule for f in report.findings if f.severity != "info"}
    assert found & {"LR013", "LR203", "LR204", "LR213", "LR004", "LR006", "LR101"} == {"LR013"}


def test_a_few_odd_cells_of_one_row_are_what_they_are() -> None:
    register = register_of([roster(moved=10, odd=5)], load_policy("xuzhou-2016"))
    assert Notice.SHIFTED not in {o.notice for o in register.observations}


def test_values_out_of_line_are_not_taken() -> None:
    rows = [row for number in range(3) for row in family(number)]
    for row in rows[:3]:
        row[1:6] = ["", *row[1:5]]
    register = register_of([sheet(*rows)], load_policy("xuzhou-2016"))
    assert [o.notice for o in register.observations] == [Notice.SHIFTED]
    members = register.tables["member"]
    assert members["name"].to_list() == [None] * 3 + ["李四", "张三", "李四"]
    assert members["id_number"].null_count() == members["relation"].null_count() == 3


def test_runs() -> None:
    assert list(runs([3, 4, 5, 9])) == [range(3, 6), range(9, 10)]
    assert list(runs([])) == []


def test_a_person_in_whose_row_the_file_ends_is_told_of() -> None:
    grid = sheet(*family(1))
    assert observed(grid) == []
    grid.is_cut_off = True
    assert [(o.notice, row_of(o.ref), o.sheet_column) for o in observed(grid)] == [
        (Notice.EMPTY, 3, 0)
    ]
    # Below the last person nobody is missing.
    for below in (["合计1户2人", *[""] * 5], ["填表人：韩明凯", *[""] * 5]):
        grid = sheet(*family(1), list(below))
        grid.is_cut_off = True
        assert observed(grid) == []


def test_what_is_cut_off_is_no_fault_of_the_household() -> None:
    headings: list[Raw] = [*ROSTER[:7], "务工状况", "家庭人口", "工资性收入(元)"]
    his: list[Raw] = ["王庄村", "320324105201001", "张三", "张三", "男", "320324198001010015"]
    his += ["户主", "", "2", "9000"]
    hers: list[Raw] = ["王庄村", "320324105201001", "张三", "李四", "女", "320324198202020023"]
    hers += ["配偶", "", "", ""]

    def found(cut: int, *, is_cut: bool = True) -> list[tuple[str, str]]:
        last: list[Raw] = [*hers[:cut], *[""] * (len(headings) - cut)]
        grid = Grid("成员", [headings, his, last])
        grid.untyped, grid.is_cut_off = True, is_cut
        report = check(
            register_of([grid], load_policy("xuzhou-2016")), "xuzhou-2016", as_of="2016-03-29"
        )
        rules = {"DC015", "LR004", "LR006", "LR101", "LR201", "LR203", "LR212", "LR213"}
        return [(f.rule, f.cell) for f in report.findings if f.rule in rules and f.cell[1:] != "1"]

    for cut in (4, 5, 6, 7):
        assert found(cut) == [("LR004", "A3")]
    hers[5] = "32032419820202"
    assert found(6) == [("LR004", "A3")]
    # In a whole file nothing of this is passed over.
    assert {rule for rule, _ in found(6, is_cut=False)} >= {"DC015", "LR004", "LR101"}
