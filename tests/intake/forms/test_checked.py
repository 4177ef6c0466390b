"""Forms are checked like registers: findings at their cells, and none for what they do not ask."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from form_files import write_file
from form_kinds import KINDS, Family, Writer, card, families, handbook, national, provincial
from form_paper import Household, Paper
from form_reading import POLICY, form, read

from jiandang.formats.grid import Grid
from jiandang.register.address import cell_address
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.report.model import Report
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings, check
from jiandang.run.files import FilesFound
from jiandang.run.load import Reading, register_from
from jiandang.run.parts import tables_in
from jiandang.run.processes import Workers

Kind = Callable[[Writer, Family], None]
DAY = date(2016, 3, 29)
# What a form cannot be blamed for: it has no columns, and its cells are merged as it was made.
OF_COLUMNS = {"LR001", "LR002", "LR003", "LR007", "LR012"}


def report(register: Register) -> Report:
    return check(register, POLICY, as_of=DAY)


def found(register: Register, *rules: str) -> list[tuple[str, str | None]]:
    own = report(register).findings
    return [(f.rule, f.cell) for f in own if f.rule in rules]


def sheet(kind: Kind, number: int = 2) -> tuple[Paper, list[Household]]:
    paper, households = Paper(), []
    for family in families(number):
        row = max((r for r, _ in paper.cells), default=-1) + 1
        writer = Writer(paper, Household(), row)
        kind(writer, family)
        households.append(writer.household)
    return paper, households


def cell_of(household: Household, table: str, column: str) -> str:
    return household.values[table, column][1].split("!")[1]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_rule_of_columns_speaks_of_forms(kind: Kind) -> None:
    paper, _ = sheet(kind)
    result = report(read(paper.grid()))
    assert {f.rule for f in result.findings} & OF_COLUMNS == set()
    assert [g.rules_failed for g in result.gates] == [[]] * 5
    summary = result.summary
    assert summary.rows_read == summary.rows_checked + summary.rows_rejected
    assert summary.households == 2


def test_a_roster_beside_the_forms_is_of_the_same_people() -> None:
    paper, _ = sheet(national)
    people = read(paper.grid()).tables["member"]
    columns = ["household_id", "name", "id_number", "relation", "sex"]
    rows: list[list[Raw]] = [list(row) for row in people.select(columns).rows()]
    heading: list[Raw] = ["户编号", "姓名", "证件号码", "与户主关系", "性别"]
    both = read(paper.grid(), Grid("花名册", [heading, *rows]))
    assert both.tables["member"].height == people.height
    assert found(both, "LR121", "LR108", "LR213") == []
    rows[0][4] = {"男": "女", "女": "男"}[str(rows[0][4])]
    odd = read(paper.grid(), Grid("花名册", [heading, *rows]))
    assert [rule for rule, _ in found(odd, "LR213")] == ["LR213"]


def test_findings_stand_at_the_cells_of_the_form() -> None:
    paper, households = sheet(national)
    grid = paper.grid()
    (row, column) = next(k for k, v in paper.cells.items() if v == "13852012346")
    grid.rows[row][column] = "1385201234"
    register = read(grid)
    assert found(register, "LR116") == [("LR116", cell_of(households[1], "household", "phone"))]


def test_what_is_asked_and_empty_is_said_at_its_cell() -> None:
    paper, households = sheet(national)
    (row, column) = next(k for k, v in paper.cells.items() if v == "田广成" and k[1] > 0)
    del paper.cells[row, column]
    assert found(read(paper.grid()), "LR004") == [
        ("LR004", cell_of(households[0], "household", "head_name"))
    ]


def test_what_is_not_asked_is_not_checked() -> None:
    paper, _ = sheet(provincial)
    result = report(read(paper.grid()))
    lacking = {r.rule: r.reason for g in result.gates for r in g.rules_not_checked}
    assert "证件号码（成员）" in lacking["LR106"]
    assert "与户主关系（成员）" in lacking["LR202"]
    assert {f.rule for f in result.findings} & {"LR004", "LR201", "LR202", "LR203"} == set()


def test_the_heads_number_of_t001_is_checked_though_its_members_have_none() -> None:
    paper, households = sheet(provincial)
    register = read(paper.grid())
    people = register.tables["member"]
    heads = people.group_by("household_id", maintain_order=True).first()["name"].to_list()
    assert register.tables["household"]["head_name"].to_list() == heads
    wrong = found(register, "LR103")
    assert {at for _, at in wrong} <= {cell_of(h, "household", "head_id") for h in households}
    assert wrong != []


def test_a_grid_that_does_not_ask_is_not_taken_for_empty_beside_one_that_does() -> None:
    """The handbook's members have no column of work: nobody can say that nobody works."""
    paper, _ = sheet(handbook)
    column_table = Grid(
        "成员",
        [
            ["户编号", "姓名", "性别", "证件号码", "与户主关系", "务工状况", "务工时间(月)"],
            ["320324106201001", "张三", "男", "320324198001010015", "户主", "省外务工", 8.0],
        ],
    )
    assert found(read(column_table, paper.grid()), "DC015") == []


EVERYTHING = Grid(
    "成员",
    [
        ["户编号", "姓名", "性别", "证件号码", "与户主关系", "年龄", "文化程度", "在校生状况",
         "劳动能力", "务工状况", "务工时间(月)", "健康状况", "享受低保", "证件类型"],
        ["320324106201001", "张三", "男", "320324198001010015", "户主", 36.0, "初中", "非在校生",
         "普通劳动力", "省外务工", 8.0, "健康", "否", "居民身份证"],
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "wrong", "rules"),
    [
        # LR310 does without 在校生状况; LR312 needs 务工时间, for which the form does not ask.
        ("务工状况", "省外务工", ["LR310"]),
        ("证件号码", "32032419610319", ["LR101"]),
        ("与户主关系", "配偶", ["LR201"]),
    ],
)
def test_what_a_rule_does_without_need_not_be_asked(
    column: str, wrong: str, rules: list[str]
) -> None:
    """Another table of the run has all columns, so that no rule is without its columns at all."""
    person = {
        "姓名": "赵大", "与户主关系": "户主", "证件号码": "320324196103191014",
        "劳动能力": "丧失劳动力", "务工状况": "未务工",
    }  # fmt: skip
    rows: list[list[Raw]] = [
        ["贫困户登记表"],
        ["户编号", "320324105201001", "户主姓名", "赵大", "家庭人口", 1.0],
        ["主要致贫原因", "因病", "耕地面积", 2.0, "农户属性", "低保户"],
        [*person],
        [*(person | {column: wrong}).values()],
    ]
    form = Grid("S", [[*row, *[""] * (6 - len(row))] for row in rows])
    own = [f.rule for f in report(read(EVERYTHING, form)).findings if f.sheet == "S"]
    asked = [rule for rule in own if rule in {"LR101", "LR201", "LR310", "LR312"}]
    assert asked == rules


def test_a_household_of_a_register_and_a_form_has_each_value_at_its_own_cell() -> None:
    paper, households = sheet(national, 1)
    at = cell_of(households[0], "household", "phone")
    paper.cells[next(key for key in paper.cells if cell_address(*key) == at)] = "1385201"
    form, family = paper.grid(), families(1)[0]
    columns = ["户编号", "户主姓名", "联系电话", "家庭人口"]
    register = Grid("农户", [[*columns], [family.code, family.people[0].name, "", 9.0]])
    own = report(read(register, form)).findings
    assert [(f.rule, f.sheet, f.cell) for f in own if f.rule in ("LR116", "LR203")] == [
        ("LR116", form.name, at),
        ("LR203", "农户", "D2"),
    ]


def test_a_page_that_says_otherwise_is_told_at_its_own_cell() -> None:
    paper, _ = sheet(national, 1)
    other = Paper("明白卡")
    writer = Writer(other, Household())
    card(writer, families(1)[0])
    at = cell_of(writer.household, "household", "arable")
    (row, column) = next(k for k, v in other.cells.items() if v == families(1)[0].arable)
    other.cells[row, column] = 9.0
    register = read(paper.grid(), other.grid())
    assert [(f.rule, f.sheet, f.cell) for f in report(register).findings if f.rule == "LR213"] == [
        ("LR213", "明白卡", at)
    ]


def files_of(folder: Path, *towns: str) -> list[Path]:
    files = []
    for town in towns:
        for family in families(2, town):
            writer = Writer(Paper(), Household())
            national(writer, family)
            files.append(write_file(writer.paper.grid(), folder / f"{town}{family.code[-3:]}.xlsx"))
    return files


def test_forms_of_two_towns_are_compared_at_their_cells(tmp_path: Path) -> None:
    """The same people in two towns: what several parts of a run share is told as in one."""
    files = files_of(tmp_path, "105", "106")
    settings = Settings.of(POLICY, as_of=DAY)
    parts = check_files(FilesFound(files, []), settings, Reading(POLICY), Workers(1))
    reading = Reading(POLICY)
    whole = register_from([(f, tables_in(t.kept)) for f, t in reading.read(files, Workers(1))])
    assert parts.findings == check(whole, POLICY, as_of=DAY).findings
    assert any(f.rule in ("LR109", "LR117", "LR119") for f in parts.findings)


def test_labels_of_a_kind_are_named_once_in_a_run(tmp_path: Path) -> None:
    files = []
    for family in families(3):
        writer = Writer(Paper(), Household())
        handbook(writer, family)
        files.append(write_file(writer.paper.grid(), tmp_path / f"{family.code}.xlsx"))
    result = check_files(
        FilesFound(files, []), Settings.of(POLICY, as_of=DAY), Reading(POLICY), Workers(1)
    )
    assert [len(f.remarks) for f in result.files] == [1, 0, 0]


def test_an_approval_alone_beside_a_page_of_members_stops_no_rule(tmp_path: Path) -> None:
    """Of the steps that no page asks for a rule knows nothing, and does not fail."""
    approval: list[list[Raw]] = [
        ["户编号", "320324105301004", "户主姓名", "冯玉", "行政村", "贾汪村", "家庭人口", 2.0],
        ["县级审批意见", "同意。（盖章）2016年3月21日", *[""] * 6],
    ]
    members: list[list[Raw]] = [
        ["家庭住址：江苏省徐州市睢宁县官山镇贾汪村三组", "户编号：320324105301001", *[""] * 4],
        ["序号", "A4姓名", "A5性别", "A7与户主关系", "A9文化程度", "A12劳动能力"],
        [3.0, "孙小虎", "男", "之子", "小学", "无劳动力"],
    ]
    files = [
        write_file(Grid("S", rows), tmp_path / f"{name}.xlsx")
        for name, rows in (("审批", approval), ("登记表", members))
    ]
    settings = Settings.of(POLICY, as_of=DAY)
    checked = check_files(FilesFound(files, []), settings, Reading(POLICY), Workers(1))
    assert [file.error for file in checked.files] == [None, None]
    assert [failed.rule for gate in checked.gates for failed in gate.rules_failed] == []


def sheet_of(kind: Kind, own: list[Family], name: str) -> Grid:
    paper = Paper()
    for family in own:
        kind(Writer(paper, Household(), max((r for r, _ in paper.cells), default=-1) + 1), family)
    grid = paper.grid()
    grid.name = name
    return grid


@pytest.mark.parametrize("other", [kind for kind in KINDS if kind not in (provincial, card)])
def test_a_form_lacks_nothing_that_another_kind_asks_for(other: Kind) -> None:
    """Of other households: members of T001 have neither number nor relation, whatever is beside."""
    own = families(4)
    both = read(sheet_of(provincial, own[:2], "T001"), sheet_of(other, own[2:], "别的"))
    assert found(both, "LR220") == []


@pytest.mark.parametrize("named", [True, False])
def test_what_a_form_lacks_may_be_on_a_page_that_is_unread(named: bool) -> None:
    """An application that nobody can place is said to be unread, and lacks nowhere."""
    grids = []
    for number, name in enumerate(("赵德胜", "李建国"), 1):
        code = f"户编号：32032410520100{number}"
        letter = (
            f"我叫{name}，家住二组，家庭人口3人，其中有劳动力2人。2015年人均纯收入2700元，特申请。"
        )
        rows: list[list[Raw]] = [["贫困户申请书"], [letter], [code if named or number > 1 else ""]]
        grids.append(Grid(f"申请书{number}", rows))
        steps: list[list[Raw]] = [
            ["民主评议表", "", "", ""],
            ["户主姓名", name, "户编号", f"32032410520100{number}"],
            ["2016年3月5日召开村民代表会议，应到代表45人，实到40人，同意37票。", "", "", ""],
            ["村级公示时间：2016年3月6日至2016年3月13日，公示期间无异议。", "", "", ""],
            ["乡镇审核意见", "同意。2016年3月15日", "县级审批意见", "同意。2016年3月21日"],
        ]
        grids.append(Grid(f"评议{number}", steps))
    register = read(*grids)
    assert register.has_unread_pages is not named
    assert found(register, "LR220") == []


@pytest.mark.parametrize(
    ("signed", "cell"),
    [
        (["户主签字", "", "调查人", "", "调查日期", ""], "F7"),
        (["户主签字：", "", "调查人：", "", "调查日期：    年  月  日"], "E7"),
    ],
)
def test_what_a_village_has_not_done_is_said_at_the_empty_cell(
    signed: list[Raw], cell: str
) -> None:
    register = form(
        ["贫困户登记表"],
        ["户编号", "320324105201095", "户主姓名", "葛广义", "家庭人口", 2.0],
        ["主要致贫原因", "因病", "人均纯收入(元)", 2300.0, "耕地面积(亩)", 4.2],
        ["姓名", "性别", "身份证号", "与户主关系", "健康状况"],
        ["葛广义", "男", "320324196203196613", "户主", "健康"],
        ["湛秀云", "女", "320324196409256722", "配偶", "健康"],
        signed,
    )
    assert found(register, "SJ008") == [("SJ008", cell)]


@pytest.mark.parametrize(
    ("signed", "cell"),
    [
        (["调查日期", "3月8日", "调查人", "李明"], "B5"),
        (["调查人：李明", "", "调查日期：3月8日"], "C5"),
        (["调查日期", "2016年3月8日", "调查人", "李明"], ""),
    ],
)
def test_a_year_that_nobody_wrote_is_told(signed: list[Raw], cell: str) -> None:
    register = form(
        ["贫困户登记表"],
        ["户编号", "320324105201095", "户主姓名", "葛广义", "家庭人口", 2.0],
        ["主要致贫原因", "因病", "人均纯收入(元)", 2300.0, "耕地面积(亩)", 4.2],
        ["户主身份证号", "320324196203196613", "联系电话", "13951234567"],
        signed,
    )
    assert register.tables["survey"]["surveyed"].to_list() == [date(2016, 3, 8)]
    assert found(register, "LR017") == ([("LR017", cell)] if cell else [])


@pytest.mark.parametrize("signature", ["", "张三丰"])
@pytest.mark.parametrize("of_visit", [False, True])
def test_who_signs_a_card_was_not_visited_for_that(signature: str, of_visit: bool) -> None:
    """A form of a visit asks for its day: then the others are missing there."""
    home: list[Raw] = ["王庄村", 2.0, "一般贫困户", "缺技术", 2600.0]
    codes = [f"32032410520100{n}" for n in range(1, 5)]
    names = ["张三丰", "李四", "王五", "赵六"]
    headings: list[Raw] = [
        "户编号",
        "户主姓名",
        "行政村",
        "家庭人口",
        "农户属性",
        "主要致贫原因",
        "人均纯收入(元)",
    ]
    register = Grid("农户", [headings, *([c, n, *home] for c, n in zip(codes, names, strict=True))])
    heads: list[list[Raw]] = [[c, n, "户主"] for c, n in zip(codes, names, strict=True)]
    members = Grid("成员", [["户编号", "姓名", "与户主关系"], *heads])
    rows: list[list[Raw]] = [
        ["精准扶贫明白卡", "", "", ""],
        ["户编号", codes[0], "户主姓名", names[0]],
        ["家庭成员数", 2.0, "贫困户属性", "一般贫困户"],
        ["联系电话", "13852012345", "耕地面积(亩)", 3.0],
        ["户主签字", signature, *(("调查日期", "2016-3-5") if of_visit else ("", ""))],
    ]
    own = read(register, members, Grid("明白卡", rows))
    told = [cell for _, cell in found(own, "DC001")]
    assert told == (["A3", "A4", "A5"] if of_visit else [])
    assert own.tables["survey"]["head_signed"].to_list() == ([signature] if signature else [None])
