"""What stands below a table: signatures, dates and counts are nobody; an odd last row is."""

from collections.abc import Callable, Sequence

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import RowCounts
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
NUMBERS = [f"320324105201{number:03}" for number in range(1, 5)]
Rows = list[list[Raw]]
NAMES = ["张三", "李四", "赵六", "孙七"]
CARDS = ["320324198001010015", "320324198202020023", "320324198303030033", "320324198404040040"]


# The heading of each table and its rows.
def _rows(row: Callable[[int, str], list[Raw]]) -> Rows:
    return [row(i, number) for i, number in enumerate(NUMBERS)]


TABLES: dict[str, list[list[Raw]]] = {
    "member": [
        ["行政村", "村民小组", "户编号", "姓名", "性别", "证件号码", "与户主关系", "文化程度"],
        *_rows(
            lambda i, n: ["王庄村", f"{1 + i // 2}组", n, NAMES[i], "男", CARDS[i], "户主", "小学"]
        ),
    ],
    "numberless": [
        ["序号", "户主姓名", "姓名", "性别", "证件号码", "与户主关系", "民族", "行政村"],
        *_rows(
            lambda i, n: [
                float(i + 1),
                NAMES[i // 2 * 2],
                NAMES[i],
                "男",
                CARDS[i],
                "户主",
                "汉族",
                "王庄村",
            ]
        ),
    ],
    "household": [
        ["行政村", "户编号", "户主姓名", "家庭人口", "联系电话", "农户属性", "人均纯收入", "备注"],
        *_rows(
            lambda i, n: ["王庄村", n, NAMES[i], 3.0, f"1380520100{i}", "低保户", 2800.0 + i, ""]
        ),
    ],
    "procedure": [
        ["行政村", "户编号", "户主姓名", "申请日期", "评议日期", "应到代表", "实到代表", "同意票"],
        *_rows(lambda i, n: ["王庄村", n, NAMES[i], "2016-2-5", "2016-2-10", 60.0, 50.0, 48.0]),
    ],
    "survey": [
        ["行政村", "户编号", "户主姓名", "调查日期", "调查人1", "调查人2", "户主签字", "审核人"],
        *_rows(lambda i, n: ["王庄村", n, NAMES[i], "2016-2-5", "王敏", "李刚", "是", "周红"]),
    ],
}
FEET: list[list[list[Raw]]] = [
    [["驻村干部", "王敏", "签名", "李刚"]],
    [["驻村干部", "签名"], ["王敏", ""]],
    [["王敏", "", "李刚"], ["驻村干部", "", "签名"]],
    [["第一书记", "主任", "会计", "文书"], ["王敏", "李刚", "张强", "周红"]],
    [["第一书记", "", "主任", "", "会计"], ["王敏", "", "李刚", "", "张强"]],
    [["联系人", "", "", "王敏", "", "13805201234"]],
    [["联系人", "", "王敏", "", "13805201234"]],
    [["参加评议代表：", "王敏", "李刚", "张强", "周红"]],
    [["监督员：", "王敏", "", "李刚"]],
    [["监督员", "王敏", "", "李刚"]],
    [["村委会", "", "", "2016年3月20日"]],
    [["王庄村委会", "2016-3-20"]],
    [["调查组长", "", "", "王敏"]],
    [["调查组长", "王敏", "", "组员", "李刚"]],
    [["党支部书记：", "王敏", "13805201234"]],
    [["低保户：", "2", "户"]],
    [["五保户", "1", "户", "2", "人"]],
    [["公示时间", "2016-3-1", "至", "2016-3-7"]],
    [["调查员", "王敏", "", "日期", "2016.3.20"]],
    [["数据来源", "民政局"]],
    [["", "全村20户已录入", "", "2016-3-20"]],
    [["入户调查组", "王敏", "", "李刚"]],
    [["民主评议小组成员", "王敏", "李刚", "赵红", "周兰"]],
    [["王庄村", "以上14户", "2016-3-20"]],
    [["王庄村", "", "以上4户", "", "2016-3-20"]],
    [["王庄村", "以上4户9人", "", "2016年3月20日"]],
    [["村民代表大会", "", "", "2016-2-10", 60.0, 50.0, 48.0]],
    [["王庄村", "村民代表大会", "", "2016-2-10", 60.0, 50.0, 48.0]],
    [["王庄村", "1组", "", "20户49人"], ["王庄村", "2组", "", "15户30人"]],
    [["王庄村", "", "20户49人"]],
    [["王庄村", "", "村支书"]],
    [["", "王敏", "", "李刚", ""]],
    [["", "", "", "村支书"], ["", "", "", "王敏"]],
    [["王庄村", "", "王敏（书记）", "", "13805203333"]],
    [["王庄村", "", "", "村民代表会议", "2016-2-10", "应到60", "实到50"]],
    [["参加人员"], ["王敏", "李刚", "张强"], ["周红", "吴兵", "赵明"]],
]


def counts(table: str, rows: Sequence[Sequence[Raw]]) -> RowCounts:
    own = [*TABLES[table], *rows]
    width = max(map(len, own))
    grid = Grid("表", [[*row, *[""] * (width - len(row))] for row in own])
    (sheet,) = register_of([grid], POLICY).sheets
    return sheet.rows


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("foot", FEET)
def test_what_stands_below_a_table_is_nobody(table: str, foot: list[list[Raw]]) -> None:
    gap: Rows = [[""]]
    for found in (counts(table, foot), counts(table, [*gap, *foot])):
        assert (found.checked, found.rejected) == (4, 0)


# Below 户编号, 行政村, 姓名, 性别, 证件号码, 与户主关系, 健康状况.
POSTS: list[Rows] = [
    [["入户调查组长：", "", "王强", "男", "", "镇干部", "健康"]],
    [["入户调查组", "", "王强", "男"]],
    [["组长", "", "王强", "男", "", "镇人大主席"], ["组员", "", "刘明", "女", "", "村干部"]],
    [["帮扶工作队：", "", "队长 王强", "男"], ["联系电话", "", "13712345678"]],
    [["包村干部", "", "孙志强", "男", CARDS[0]]],
    [["男", "", 38.0], ["女", "", 34.0]],
    [
        ["合计：28户72人，其中男38人、女34人"],
        [],
        ["入户调查组长：", "", "王强", "男", "", "镇干部"],
    ],
    [["", "", "王强", "男", "", "组长"], ["", "", "刘明", "女", "", "组员"]],
]
BY_NUMBER: Rows = [
    ["户编号", "行政村", "姓名", "性别", "证件号码", "与户主关系", "健康状况"],
    *_rows(lambda i, n: [n, "王庄村", NAMES[i], "男", CARDS[i], "户主", "健康"]),
]


@pytest.mark.parametrize("foot", POSTS)
def test_who_has_a_post_is_no_household(foot: Rows) -> None:
    rows: Rows = [row + [""] * (7 - len(row)) for row in [*BY_NUMBER, *foot]]
    (sheet,) = register_of([Grid("表", rows)], POLICY).sheets
    assert (sheet.rows.checked, sheet.rows.rejected) == (4, 0)


@pytest.mark.parametrize(
    "row",
    [
        ["村干部", "", "王敏", "女", CARDS[0], "配偶", "健康"],
        ["网格员", "", "王敏", "女", CARDS[0], "", ""],
        ["无", "", "王敏", "女", "", "", ""],
        ["", "", "王敏", "女", CARDS[0], "组员", ""],
        ["待补录", "", "王敏", "女", "", "", ""],
    ],
)
def test_a_post_beside_a_persons_own_number_or_village_is_somebody(row: list[Raw]) -> None:
    (sheet,) = register_of([Grid("表", [*BY_NUMBER, row])], POLICY).sheets
    assert sheet.rows.checked + sheet.rows.rejected == 5


def test_a_foot_stands_on_each_page() -> None:
    heading, *rows = TABLES["member"]
    foot: list[Raw] = ["调查组长", "", "", "王敏", "", "", "", ""]
    found = counts("member", [foot, heading, *rows, foot])
    assert (found.checked, found.rejected, found.note, found.heading) == (8, 0, 2, 2)


@pytest.mark.parametrize(
    "row",
    [
        ["王庄村", "", "", "王敏"],
        ["李庄村", "", "", "王敏"],  # the first of the next village
        ["", "3组", "", "王敏"],
        ["", "", "", "王敏"],
        ["", "", "", "王敏", "难"],
        ["王壮", "", "", "王敏", "女", "", "配偶"],
        ["", "", NUMBERS[3], "王敏", "", "待补"],
        ["", "待补", "", "王敏", "", "无"],
        ["", "王庄村", "2组", "", "王敏", "女", "配偶"],  # a column too far to the right
        ["村民代表大会", "1组", NUMBERS[3], "王敏", "男", "", "之子"],
        ["王庄村", "", "", "20户", "男", "", "户主"],
        ["监督员", "", "", "王敏", "", "320324198505050050"],
    ],
)
def test_an_odd_last_row_is_somebody(row: list[Raw]) -> None:
    found = counts("member", [row])
    assert found.checked + found.rejected == 5


@pytest.mark.parametrize(
    "row",
    [
        ["", "号码遗失", "", "2016-2-5", "王敏", "李刚", "不详", "周红"],  # who surveyed others too
        ["", "号码遗失", "", "2016-2-5", "马一", "牛二", "2016年3月", "朱三"],  # nearly full
    ],
)
def test_an_odd_last_row_of_a_visit_is_somebodys(row: list[Raw]) -> None:
    found = counts("survey", [row])
    assert found.checked + found.rejected == 5


MEMBERS: Rows = [
    ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系", "民族", "文化程度", "健康状况"],
    *_rows(lambda i, n: ["王庄村", n, NAMES[i], "男", CARDS[i], "户主", "汉族", "小学", "健康"]),
]
COUNTS: list[list[Raw]] = [
    ["总户数", "8", "总人数", "21", "", "男", "12", "女", "9"],
    ["总人数", "21", "男", "男", "12", "女", "9"],
    ["劳动力", "12", "人", "女", "9"],
    ["王庄村", "8户", "总人口", "21", "", "男", "12"],
    ["总户数", 8.0, "残疾人数", 3.0],
    ["", "", "李丽", "填表"],
    ["", "", "李丽", "", "", "审核人"],
    ["", "", "张丽", "", "", "2016-03-21"],
    ["", "", "张丽", "2016年3月21日"],
]


def read(last: list[Raw]) -> RowCounts:
    row = [*last, *[""] * (len(MEMBERS[0]) - len(last))]
    (sheet,) = register_of([Grid("成员", [*MEMBERS, row])], POLICY).sheets
    return sheet.rows


@pytest.mark.parametrize("foot", COUNTS)
def test_counts_and_whoever_signed_are_nobody(foot: list[Raw]) -> None:
    found = read(foot)
    assert (found.checked, found.rejected) == (4, 0)


@pytest.mark.parametrize("name", ["小计", "盖章", "日期", "说明", "总人数", "审核", "男", "高兴"])
@pytest.mark.parametrize(
    "row",
    [
        ["王庄村", "320324105201005", "", "男", CARDS[0], "户主", "汉族", "小学", "健康"],
        ["王庄村", "320324105201005", "", "男", "", "户主", "汉族", "小学", "健康"],
        ["", "320324105201005", "", "男", "12", "户主"],
        ["王庄村", "5", "", "男", "", "户主", "汉族", "小学", "健康"],
    ],
)
def test_a_person_of_any_name_stays_one(name: str, row: list[Raw]) -> None:
    assert read([*row[:2], name, *row[3:]]).read == 5


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "李丽"],
        ["", "", "李丽", "妇女"],
        ["", "", "李丽", "", "", "2016-03-21", "汉族", "小学"],
        ["王庄村", "320324105201005", "李丽", "", "", "2016-03-21"],
    ],
)
def test_a_name_below_is_told(row: list[Raw]) -> None:
    assert read(row).read == 5
