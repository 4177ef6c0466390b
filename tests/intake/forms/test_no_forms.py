"""What looks like a form and is none, and the reverse; pages that cannot be read."""

from pathlib import Path

import pytest
from form_files import write_file
from form_kinds import (
    KINDS,
    Writer,
    application,
    families,
    national,
    national_back,
    national_front,
    visit,
)
from form_paper import Household, Paper
from form_reading import POLICY, differences, read

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.forms.reader import FormReader
from jiandang.intake.forms.recognise import Evidence
from jiandang.intake.forms.sheet import Sheet
from jiandang.intake.forms.vocabulary import form_vocabulary
from jiandang.intake.sheets import read_sheet
from jiandang.register.cells import Raw
from jiandang.run.load import load


def is_form(grid: Grid) -> bool:
    return FormReader(Vocabulary(income_year=2015), 2016).take(grid)


HOUSEHOLDS: list[list[Raw]] = [
    [
        "户编号",
        "户主姓名",
        "家庭人口",
        "农户属性",
        "主要致贫原因",
        "耕地面积(亩)",
        "人均纯收入(元)",
    ],
    ["320324105201001", "田广成", 3.0, "低保户", "因病", 4.2, 3380.0],
    ["320324105201002", "卞守义", 2.0, "低保户", "因残", 2.2, 3180.0],
    ["320324105201003", "顾长明", 4.0, "一般贫困户", "因学", 3.0, 3990.0],
]
MEMBERS: list[list[Raw]] = [
    ["户编号", "姓名", "性别", "证件号码", "与户主关系", "文化程度", "健康状况", "劳动能力"],
    ["320324105201001", "田广成", "男", "320324196203191150", "户主", "初中", "健康", "普通劳动力"],
    ["320324105201001", "吴秀芹", "女", "320324196409251243", "配偶", "小学", "健康", "普通劳动力"],
]
CONDITIONS: tuple[Raw, ...] = (
    *(2.4, 0.0, 1.3, "砂石路", "√", "煤炭", "否"),
    *(1200.0, 9405.0, 4702.5, "马荣", "睢宁县农业委员会", "科长", "13574978572"),
)
NO_FORMS: dict[str, list[list[Raw]]] = {
    "households": HOUSEHOLDS,
    "members": MEMBERS,
    "under a line of whom and when": [
        ["低收入农户登记表"],
        ["填报单位：官山镇", "", "填报日期：2016年3月18日"],
        *HOUSEHOLDS,
        ["填表人：张三", "", "审核人签字：李四"],
    ],
    "under a line of the year, and a line of groups": [
        ["官山镇柳湾村低收入农户基本情况表"],
        ["镇（盖章）：官山镇    村：柳湾村", "", "", "", "收入年度：2015年"],
        ["一、基本情况", "", "", "", "", "二、生产生活条件", *[""] * 6, "三、收入（元）"],
        [
            *HOUSEHOLDS[0][:5],
            *["耕地（亩）", "林地（亩）", "距主干道(公里)"],
            *["入户路", "通生产用电", "燃料", "合作社"],
            *["工资性收入", "纯收入", "人均纯收入", "帮扶人", "帮扶单位", "帮扶人职务", "帮扶电话"],
        ],
        *([*row[:5], *CONDITIONS] for row in HOUSEHOLDS[1:]),
        ["填表人：韩明凯", "", "审核人：邓艳", "", "填表日期：2016年3月18日"],
    ],
    "in two rows, with helpers and who came": [
        ["户编号", "户主姓名", "入户调查", "", "", "", "帮扶情况", ""],
        ["", "", "调查日期", "调查员", "调查员", "户主签字", "帮扶责任人", "帮扶人电话"],
        *(
            [*row[:2], "2016-3-1", "王伟", "李强", "是", "赵六", "13943015614"]
            for row in HOUSEHOLDS[1:]
        ),
    ],
    "one household": HOUSEHOLDS[:2],
    "one household above its members": [*HOUSEHOLDS[:2], [""], *MEMBERS],
    "one household under a title": [["贫困户登记表"], *HOUSEHOLDS[:2], ["户主签字："]],
    "the heading on each printed page": [row for _ in range(4) for row in HOUSEHOLDS],
    "a heading of two rows": [
        ["户编号", "户主姓名", "家庭人口", "收入情况(元)", "", "", "帮扶责任人", "", ""],
        ["", "", "", "工资性收入", "转移性收入", "人均纯收入", "姓名", "单位", "联系电话"],
        ["320324105201001", "田广成", 3.0, 1.0, 2.0, 3.0, "周敬贤", "水务局", "13852030117"],
        ["320324105201002", "卞守义", 3.0, 1.0, 2.0, 3.0, "周敬贤", "水务局", "13852030117"],
    ],
    "a village": [
        ["栗园村基本情况表"], ["户数", 320.0, "人口", 1200.0],
        ["耕地面积(亩)", 2100.0, "人均纯收入(元)", 6400.0], ["劳动力人数", 600.0, "家庭人口", 3.0],
        ["是否通生活用电", "是", "是否通广播电视", "是"],
        ["是否通生产用电", "是", "入户路类型", "水泥路"],
        ["负责人签字", "单永年", "填报日期", "2016年3月18日"],
    ],
    "a cover": [
        ["贫困户登记表"], ["县（市、区）：睢宁县"], ["乡（镇）：官山镇"], ["行政村：栗园村"],
        ["户数：35"], ["日期：2016年3月"],
    ],
    "explanations": [
        ["贫困户登记表填表说明"],
        ["户主姓名：填写户主身份证上的姓名，与户口本一致。"],
        ["联系电话：填写本户的固定电话或手机号码。"],
        ["识别标准：国家标准、省定标准、市定标准，单选。"],
        ["主要致贫原因：只填一个。"], ["耕地面积：以亩为单位。"], ["住房面积：平方米。"],
        ["入户路类型：泥土路、砂石路等。"], ["户主签字：由户主本人签字或按手印。"],
    ],
    "a summary": [
        ["低收入农户情况汇总表"], ["家庭人口", 1200.0, "劳动力人数", 640.0],
        ["耕地面积(亩)", 3120.0, "林地面积(亩)", 210.0],
        ["工资性收入(元)", 999.0, "转移性收入(元)", 888.0],
        ["一、合计", "", "", ""], ["盖章", "", "", ""],
    ],
    "a votes list": [
        ["村民代表会议表决名单"], ["序号", "姓名", "性别", "同意", "反对", "签名"],
        [1.0, "张三", "男", "√", "", "张三"], [2.0, "李四", "男", "√", "", "李四"],
    ],
    "a transposed register": [
        ["贫困户登记表"], ["户编号", "320324105201001", "320324105201002", "320324105201003"],
        ["户主姓名", "田广成", "卞守义", "顾长明"], ["家庭人口", 3.0, 2.0, 4.0],
        ["农户属性", "低保户", "低保户", "一般贫困户"], ["主要致贫原因", "因病", "因残", "因学"],
        ["耕地面积(亩)", 1.0, 2.0, 3.0], ["住房面积", 60.0, 70.0, 80.0],
        ["人均纯收入(元)", 3000.0, 3100.0, 3200.0],
    ],
    "a code list": [
        ["代码表"], ["与户主关系", "01", "户主"], ["", "02", "配偶"], ["文化程度", "1", "文盲"],
        ["健康状况", "1", "健康"], ["农户属性", "1", "一般贫困户"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", NO_FORMS.values(), ids=NO_FORMS)
def test_no_form(rows: list[list[Raw]]) -> None:
    width = max(map(len, rows))
    assert not is_form(Grid("表", [[*row, *[""] * (width - len(row))] for row in rows]))


@pytest.mark.parametrize("rows", [HOUSEHOLDS, MEMBERS, NO_FORMS["one household"]])
def test_column_tables_are_read_as_before_beside_forms(rows: list[list[Raw]]) -> None:
    writer = Writer(Paper(), Household())
    national(writer, families(1, town="106")[0])
    register = read(Grid("表", rows), writer.paper.grid())
    assert [s.is_form for s in register.sheets] == [False, True, True]
    assert register.sheets[0].rows.checked == len(rows) - 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_one_form_is_a_form(kind: object) -> None:
    writer = Writer(Paper(), Household())
    kind(writer, families(1)[0])  # type: ignore[operator]
    assert is_form(writer.paper.grid())


def unread_of(*grids: Grid) -> list[str]:
    reader = FormReader(Vocabulary(income_year=2015), 2016)
    assert all(reader.take(grid) for grid in grids)
    return reader.finish("表", []).unread


def test_a_form_without_code_and_head_is_unread_not_empty() -> None:
    paper = Paper()
    family = families(2)
    first = Writer(paper, Household())
    visit(first, family[0])
    second = Writer(paper, Household(), first.row)
    visit(second, family[1])
    for (row, column), raw in [*paper.cells.items()]:
        if row >= first.row and (
            str(raw).startswith(("户编号", "户主姓名", "身份证号"))
            or any(p.name == raw or p.id_number == raw for p in family[1].people)
        ):
            text = str(raw).split("：")
            paper.cells[row, column] = text[0] + "：" if len(text) > 1 else ""
    unread = unread_of(paper.grid())
    assert unread == [
        f"工作表“登记表”第{first.row + 1}至{second.row}行的表单没有读：没有户编号，也没有户主姓名"
    ]


def test_pages_on_another_sheet_are_never_joined_by_order() -> None:
    front, back = Paper("正面"), Paper("背面")
    for family in families(2):
        writer = Writer(front, Household(), max((r for r, _ in front.cells), default=-1) + 1)
        national_front(writer, family)
        writer.paper, writer.row = back, max((r for r, _ in back.cells), default=-1) + 1
        writer.title("贫困户登记表（背面）")
        national_back(writer, family)
    unread = unread_of(front.grid(), back.grid())
    assert len(unread) == 2
    assert all("没有户编号，也没有户主姓名" in reason for reason in unread)


def fronts(number: int) -> Paper:
    """The first pages of so many households on one sheet."""
    paper, row = Paper("正面"), 0
    for family in families(number):
        writer = Writer(paper, Household(), row)
        national_front(writer, family)
        row = writer.row
    return paper


def test_the_head_alone_joins_no_page() -> None:
    front, back = fronts(2), Paper("背面")
    family = families(2)[0]
    writer = Writer(back, Household())
    back.write(0, 0, f"户主姓名：{family.head.name}", 12)
    writer.row = 1
    national_back(writer, family)
    (reason,) = unread_of(front.grid(), back.grid())
    assert f"只有户主姓名“{family.head.name}”，没有户编号" in reason


def test_a_page_of_nobody_is_said_with_its_rows_rejected() -> None:
    front, back = fronts(2), Paper("背面")
    writer = Writer(back, Household())
    writer.title("贫困户登记表（背面）")
    national_back(writer, families(1)[0])
    register = read(front.grid(), back.grid())
    (own,) = [s.rows for s in register.sheets if s.sheet == "背面"]
    assert own.rejected > 0
    assert own.checked == 0


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".html"])
def test_every_format(suffix: str, tmp_path: Path) -> None:
    paper, households = Paper(), []
    for family in families(2):
        writer = Writer(paper, Household(), max((r for r, _ in paper.cells), default=-1) + 1)
        application(writer, family)
        households.append(writer.household)
    path = write_file(paper.grid(), tmp_path / f"登记表{suffix}")
    register = load([path], POLICY)
    assert register.files[0].error is None
    assert differences(register, households) == []


OPINIONS: list[list[Raw]] = [
    ["低收入农户审批表"],
    ["户编号", "320324105201001", "户主姓名", "田广成"],
    ["村委会意见", "情况属实，同意上报。（盖章）2016年3月5日"],
    ["乡镇审核意见", "同意。（盖章）2016年3月14日"],
    ["县级审批意见", "同意。（盖章）2016年3月21日"],
]


@pytest.mark.parametrize("rows", [OPINIONS, [*OPINIONS[:2], OPINIONS[3]]])
def test_a_page_of_opinions_alone_is_of_the_household_that_it_names(rows: list[list[Raw]]) -> None:
    grid = Grid("审批表", [[*row, *[""] * (4 - len(row))] for row in rows])
    writer = Writer(Paper(), Household())
    national(writer, families(1)[0])
    for grids in ((grid,), (grid, writer.paper.grid()), (writer.paper.grid(), grid)):
        register = read(*grids)
        days = register.tables["procedure"]["town_reviewed"].to_list()
        assert [day.isoformat() for day in days] == ["2016-03-14"]
        assert register.tables["household"]["head_name"].to_list() == ["田广成"]
    assert not is_form(Grid("审批表", [["审批表", ""], *OPINIONS[2:]]))


def a_card(head: str) -> Grid:
    """A card on the wall, without a code."""
    rows: list[list[Raw]] = [
        ["精准扶贫明白卡", "", "", ""],
        ["户主姓名", head, "家庭住址", "官山镇王庄村一组"],
        ["家庭成员数", 2.0, "贫困户属性", "低保户"],
        ["联系电话", "13852012345", "耕地面积(亩)", 4.0],
    ]
    return Grid("明白卡", rows)


ROSTER: list[list[Raw]] = [
    [*MEMBERS[0], "户主姓名"],
    *([*row, "田广成"] for row in MEMBERS[1:]),
    ["320324105201002", "卞守义", "男", "320324196203191151", "户主", "小学", "健康", "", "卞守义"],
]


def test_a_card_without_a_code_completes_the_household_of_its_head_in_a_list() -> None:
    register = read(Grid("花名册", ROSTER), a_card("田广成"))
    households = register.tables["household"].sort("household_id")
    assert households["household_id"].to_list() == ["320324105201001", "320324105201002"]
    assert households["phone"].to_list() == ["13852012345", None]
    assert households["own"].to_list() == [False, False]
    assert len(register.tables["member"]) == 3


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (ROSTER, "没有一户"),
        (
            [*ROSTER, ["320324105201003", "顾长明", *[""] * 6, "顾长明"],
             ["320324105201004", "顾长明", *[""] * 6, "顾长明"]],
            "不止一户",
        ),
    ],
)  # fmt: skip
def test_a_card_of_nobody_or_of_two_households_is_unread(
    rows: list[list[Raw]], reason: str
) -> None:
    forms = FormReader(Vocabulary(income_year=2015), 2016)
    assert forms.take(a_card("顾长明"))
    tables = read_sheet(Grid("花名册", rows), Vocabulary(income_year=2015), 0, 0, 2016)
    found = forms.finish("表", list(tables))
    assert [reason in why for why in found.unread] == [True]
    assert [table.frame.height for table in found.tables] == [0]


def test_households_of_a_village_are_no_village() -> None:
    writer = Writer(Paper(), Household())
    national(writer, families(1)[0], title="栗园村贫困户基本情况表")
    assert differences(read(writer.paper.grid()), [writer.household]) == []


def test_a_form_of_few_labels_that_nobody_has_filled_in_is_an_empty_form(tmp_path: Path) -> None:
    heading: list[Raw] = ["姓名", "与户主关系", "性别", "身份证号"]
    rows: list[list[Raw]] = [
        ["贫困户登记表", "", "", ""],
        ["户编号", "", "村", ""],
        ["户主姓名", "", "身份证号", ""],
        ["家庭人口", "", "致贫原因", ""],
        heading,
        ["", "", "", ""],
        ["户主签名：", "", "日期：", ""],
    ]
    own = load([write_file(Grid("S", rows), tmp_path / "空表.xlsx")], POLICY)
    (file,) = own.files
    assert file.error == (
        "文件里只有没有填写的空白表单：工作表“S”第1至7行的表单没有填写，不算一户。请填写后再检查。"
    )
    assert own.observations == []


def test_a_card_with_its_labels_over_its_values_is_no_column_table() -> None:
    rows: list[list[Raw]] = [
        ["脱贫攻坚帮扶明白卡"],
        ["户主姓名", "家庭住址", "家庭成员数", "贫困户属性", "联系电话"],
        ["张山", "官山镇王庄村1组", "2", "低保户", "13805201234"],
        ["帮扶责任人", "单位", "联系电话", "帮扶措施", ""],
        ["周红", "县农委", "13805209999", "低保", ""],
    ]
    (reason,) = unread_of(Grid("明白卡", rows))
    assert "户主叫“张山”的没有一户" in reason


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (NO_FORMS["a transposed register"], "A"),
        ([["项目", "第1户", "第2户"], *NO_FORMS["a transposed register"][1:]], "A"),
        ([[float(i), *row] for i, row in enumerate(NO_FORMS["a transposed register"][1:])], "B"),
        (
            [
                ["姓名", "田广成", "田秀云"], ["性别", "男", "女"], ["与户主关系", "户主", "配偶"],
                ["证件号码", "320324196203191150", "320324196409251243"], ["民族", "汉族", "汉族"],
            ],
            "A",
        ),
    ],
)  # fmt: skip
def test_a_table_that_lies_on_its_side_is_told_so(
    rows: list[list[Raw]], column: str, tmp_path: Path
) -> None:
    width = max(map(len, rows))
    grid = Grid("表", [[*row, *[""] * (width - len(row))] for row in rows])
    (file,) = load([write_file(grid, tmp_path / "横.xlsx")], POLICY).files
    assert file.error_code == "nothing_recognised"
    assert f"横竖颠倒了：列名“{'户编号' if len(rows) > 5 else '姓名'}、" in (file.error or "")
    assert f"竖着写在{column}列" in (file.error or "")
    assert "转置" in (file.error or "")
    if len(rows) == 5:
        return  # beside a form these are its members
    # Beside a form that is read it is told as well.
    writer = Writer(Paper(), Household())
    national(writer, families(1, town="106")[0])
    register = read(writer.paper.grid(), grid)
    assert register.files[0].error_code == "rows_unread"
    assert "横竖颠倒了" in (register.files[0].error or "")


def test_other_tables_do_not_lie_on_their_side(tmp_path: Path) -> None:
    grid = Grid("表", [["商品", "单价"], ["苹果", 3.0], ["梨", 5.0], ["户编号", 2.0]])
    (file,) = load([write_file(grid, tmp_path / "别的.xlsx")], POLICY).files
    assert "没有认出任何登记表" in (file.error or "")


BLANK: list[list[Raw]] = [
    ["贫困户登记表"], ["户编号", "", "户主姓名"], ["家庭人口", "", "联系电话"],
    ["农户属性", "", "主要致贫原因"], ["人均纯收入", "", "行政村"],
]  # fmt: skip


def test_a_small_blank_form_is_not_filled_in_and_lies_on_no_side() -> None:
    blank = Grid("空白表", [[*row, *[""] * (4 - len(row))] for row in BLANK])
    (file,) = read(Grid("农户", HOUSEHOLDS), blank).files
    assert file.error is None
    assert file.remarks == ["工作表“空白表”第1至5行的表单没有填写，不算一户"]


def test_a_blank_register_on_its_side_is_no_blank_form() -> None:
    assert not is_form(Grid("空白表", [[row[0]] for row in BLANK[1:]]))


def test_of_a_long_list_few_rows_are_looked_at() -> None:
    """What a sheet is shows in its first rows: to look at all of 40,000 takes seconds."""
    heading: list[Raw] = ["户编号", "户主姓名", "帮扶责任人", "帮扶单位", "联系电话", "帮扶人职务"]
    rows: list[list[Raw]] = [
        [f"320324105201{number:03}", "田广成", "马荣", "睢宁县农业委员会", "13574978572", "科长"]
        for number in range(1, 900)
    ]
    words = form_vocabulary(Vocabulary(income_year=2015))
    sheet = Sheet(Grid("农户", [heading, *rows]), words)
    Evidence(sheet, range(150))
    assert len(sheet._rows) < 200
