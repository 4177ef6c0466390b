"""Lists beside a register in the same workbook, as offices make them, accuse nobody."""

from collections import Counter
from datetime import date

import pytest
from two_villages import HEADS, HOMES, MEMBERS, OF_HOME, SONS, VILLAGES, Row, homes, number

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")


def register(*, is_short: bool, in_one: bool) -> list[Grid]:
    """Members and households in two sheets, or all in that of the members."""
    people: list[Row] = []
    own: list[Row] = []
    for i, (village, count, head, who, son) in enumerate(homes()):
        home = str(count) if is_short else f"{VILLAGES[village]}{count:03}"
        people.append([village, home, head, "男", who, "户主"])
        people.append([village, home, son, "男", number("20050101", i), "之子"])
        own.append([village, home, head, who, 2.0, "一般贫困户", "缺技术", 3000.0])
    if not in_one:
        return [Grid("成员", [MEMBERS, *people]), Grid("农户", [HOMES, *own])]
    rows = [[*row, *own[n // 2][4:]] for n, row in enumerate(people)]
    return [Grid("花名册", [[*MEMBERS, *OF_HOME], *rows])]


def _pupils() -> list[Row]:
    head: Row = ["序号", "行政村", "户号", "学生姓名", "性别", "与户主关系", "就读学校"]
    return [
        head,
        *([1.0, v, float(n), son, "男", "之子", "小学"] for v, n, _, _, son in homes()),
    ]


def _pupils_of_heads() -> list[Row]:
    head: Row = ["序号", "村", "户主姓名", "学生姓名", "学校", "年级"]
    return [head, *([1.0, v, who, son, "小学", "三年级"] for v, _, who, _, son in homes())]


def _posted() -> list[Row]:
    head: Row = ["序号", "行政村", "户主姓名", "身份证号码", "家庭人口"]
    rows = (
        [1.0, v, who[0] + "**", own[:6] + "********" + own[14:], 2.0]
        for v, _, who, own, _ in homes()
    )
    return [head, *rows]


def _posted_with_numbers() -> list[Row]:
    head: Row = ["序号", "行政村", "户主姓名", "家庭人口", "主要致贫原因", "户号"]
    rows = ([1.0, v, f"{w[0]}*{w[2]}", 2.0, "缺技术", float(n)] for v, n, w, _, _ in homes())
    return [head, *rows]


def _helped() -> list[Row]:
    head: Row = ["序号", "村", "贫困户户主", "人口", "帮扶责任人", "帮扶单位", "联系电话"]
    return [
        head,
        *([1.0, v, w, 2.0, "戚勇强", "财政局", "13943343251"] for v, _, w, _, _ in homes()),
    ]


def _paid() -> list[Row]:
    head: Row = ["序号", "村", "户主姓名", "身份证号码", "开户银行", "账号", "签字"]
    rows = (
        [1.0, v, w, own, "农商行", f"32032410512{n}", ""]
        for n, (v, _, w, own, _) in enumerate(homes())
    )
    return [head, *rows]


def _ill() -> list[Row]:
    """Half of them are in no register."""
    head: Row = ["序号", "户主姓名", "患者姓名", "与户主关系", "身份证号码", "所患疾病"]
    rows = ([1.0, w, w, "户主", own, "尿毒症"] for _, _, w, own, _ in homes()[:2])
    others = ([1.0, w, w, "户主", number("19600101", n), "肺癌"] for n, w in enumerate(SONS[:2]))
    return [head, *rows, *others]


LISTS = {
    "患大病名单": _ill,
    "学生名单": _pupils,
    "在校生": _pupils_of_heads,
    "公示名单": _posted,
    "公示": _posted_with_numbers,
    "结对帮扶表": _helped,
    "一卡通发放表": _paid,
}


@pytest.mark.parametrize("in_one", [True, False])
@pytest.mark.parametrize(
    ("name", "is_short"),
    # Whose name is hidden is known by his number alone, as it stands in the register.
    [(name, short) for name in LISTS for short in (True, False) if short or name != "公示"],
)
def test_a_list_accuses_nobody(name: str, *, is_short: bool, in_one: bool) -> None:
    def told(*more: Grid) -> Counter[str]:
        found = register_of([*register(is_short=is_short, in_one=in_one), *more], POLICY)
        assert found.tables["member"].height == 2 * len(HEADS)
        report = check(found, POLICY, as_of=date(2016, 3, 29))
        return Counter(f.rule for f in report.findings if f.severity != "info")

    assert told(Grid(name, LISTS[name]())) == told()


def test_a_short_number_that_is_another_households_is_told() -> None:
    pupils = _pupils()
    pupils[1][2] = 2.0
    grids = [*register(is_short=False, in_one=False), Grid("学生名单", pupils)]
    report = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29))
    (found,) = (f for f in report.findings if f.rule == "LR213")
    assert (found.sheet, found.cell) == ("学生名单", "C2")


def test_one_hidden_name_among_others_stays_a_fault() -> None:
    grids = register(is_short=False, in_one=False)
    grids[1].rows[1][2] = "张*国"
    report = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29))
    assert "LR207" in {f.rule for f in report.findings}


@pytest.mark.parametrize(
    ("lacking", "rule", "message"),
    [
        # Who they are is known by the heads among the members.
        ("户编号", "LR024", "没有填户编号，按户主姓名“"),
        ("户主姓名", "LR001", "缺少必需的列“户主姓名”"),
    ],
)
def test_what_the_sheet_of_one_village_lacks_is_told(lacking: str, rule: str, message: str) -> None:
    """Members who repeat a column of their household have no more of its table."""
    members, own = register(is_short=False, in_one=False)
    people = [[*members.rows[0], "联系电话"], *([*row, "13812345678"] for row in members.rows[1:])]
    left = own.rows[0].index(lacking)
    of_other = [[*row[:left], *row[left + 1 :]] for row in (own.rows[0], *own.rows[4:])]
    grids = [Grid("成员", people), Grid("王庄村", own.rows[:4]), Grid("柳湾村", of_other)]
    about = ["LR001", "LR024"]
    report = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29), select=about)
    (found,) = report.findings
    assert (found.rule, found.sheet) == (rule, "柳湾村")
    assert found.message.startswith(message)


def test_a_number_that_only_the_members_have_is_missed_where_heads_do_not_tell_it() -> None:
    members, own = register(is_short=False, in_one=False)
    people = [[*members.rows[0], "联系电话"], *([*row, "13812345678"] for row in members.rows[1:])]
    homes: list[Row] = [[row[0], *row[2:]] for row in own.rows]
    strange: list[Row] = [["王庄村", "钱多多", "", 2.0, "一般贫困户", "缺技术", 3000.0]]
    for rows, missing in ((homes, False), ([*homes, *strange], True)):
        grids = [Grid("成员", people), Grid("农户", rows)]
        report = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29), select="LR001")
        found = {(f.sheet, f.message) for f in report.findings}
        assert (("农户", "缺少必需的列“户编号”") in found) == missing


BELOW: dict[str, list[Row]] = {
    "cars": [
        ["车辆登记情况"],
        ["序号", "车主姓名", "车牌号", "车辆类型", "登记日期"],
        *([float(n), f"郑{n}", f"苏C1000{n}", "小型轿车", "2015-03-04"] for n in "123"),
    ],
    "projects": [
        ["2016年扶贫项目表"],
        ["序号", "项目名称", "资金(万元)", "负责人", "备注"],
        *([float(n), f"{n}组道路硬化", 10.0, "马甲", "在建"] for n in "123"),
    ],
    "jobs": [
        ["公益性岗位"],
        ["姓名", "岗位", "工资(元/月)", "起止时间"],
        *([name, "保洁员", 800.0, "2016.1-2016.12"] for name in ("马七", "马八")),
    ],
}


@pytest.mark.parametrize("what", BELOW)
@pytest.mark.parametrize("gap", [0, 1])
def test_a_table_of_other_words_below_the_households_is_of_none(what: str, gap: int) -> None:
    members, own = register(is_short=False, in_one=False)
    rows = [[], *BELOW[what]] if gap else BELOW[what]
    width = len(HOMES)
    below = [[*row, *[""] * (width - len(row))] for row in rows]
    found = register_of([members, Grid("农户", [*own.rows, *below])], POLICY)
    assert found.tables["household"].height == 6
    codes = {f.rule for f in check(found, POLICY, as_of=date(2016, 3, 29)).findings}
    assert not codes & {"LR004", "LR101", "LR115", "LR120"}


CARS: list[Row] = [
    ["姓名", "身份证号", "车牌号", "车型"], ["张建国", number("19700101", 0), "苏C12345", "轿车"],
]  # fmt: skip
SUMS: list[Row] = [["村名", "户数", "人数"], ["王庄村", 3.0, 6.0], ["柳湾村", 3.0, 6.0]]


@pytest.mark.parametrize("beside", [CARS, SUMS])
@pytest.mark.parametrize("is_member", [True, False])
def test_a_list_right_behind_a_table_is_none_of_its_columns(
    beside: list[Row], is_member: bool
) -> None:
    grids = register(is_short=False, in_one=False)
    at = 0 if is_member else 1
    width = len(grids[at].cells[0])
    blank: list[Row] = [[""] * len(beside[0]) for _ in range(len(grids[at].cells) - len(beside))]
    both = [[*own, *right] for own, right in zip(grids[at].cells, [*beside, *blank], strict=True)]
    grids[at] = Grid(grids[at].name, both)
    read = register_of(grids, POLICY)
    found = check(read, POLICY, as_of=date(2016, 3, 29)).findings
    assert not {f.rule for f in found} & {"LR002", "LR003"}
    assert f"{chr(ord('A') + width)}列起" in "".join(map(str, read.files[0].remarks))


def test_a_column_that_comes_twice_is_no_list() -> None:
    grids = register(is_short=False, in_one=False)
    rows = [[*row, row[2], ""] for row in grids[0].cells]
    rows[0][-1] = "备注"
    grids[0] = Grid("成员", rows)
    found = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29)).findings
    assert "LR002" in {f.rule for f in found}
