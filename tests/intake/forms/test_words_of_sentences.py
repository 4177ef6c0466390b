"""What sentences, headings and labels say in other words; what is said a second time."""

import pytest
from form_reading import form, place, read

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw

TOP: list[list[Raw]] = [
    ["低收入农户申请书"],
    ["户编号：320324105301001"],
    ["户主姓名", "王守田", "身份证号", "320324196203191150"],
]
SIGNED: list[Raw] = ["申请人（签字）：王守田  2016年3月2日"]
REST = "特申请。"


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("我家住一组，家庭人口三人，", "size", 3),
        ("我家住一组，家庭人口十二人，", "size", 12),
        ("我家住一组，家庭人口3人，其中有劳动力零人，", "labour_count", 0),
        ("我家住一组，2015年家庭人\n均纯收入3380元，", "per_capita", 3380),
        ("我家住一组，主要致贫原因是因病，", "cause", "因病"),
        ("我家住一组，致贫原因：缺劳力。", "cause", "缺劳力"),
        ("我家住一组，因缺劳力致贫。", "cause", "缺劳力"),
        # Nothing is filled in, or something else is spoken of.
        ("我家住一组，家庭人口__人，", "size", None),
        ("我家住一组，致贫原因如下，", "cause", None),
    ],
)
def test_an_application_in_other_words(text: str, column: str, value: object) -> None:
    found = form(*TOP, [f"{text}家庭困难，{REST}家庭人口__人。"], SIGNED)
    row = found.tables["household"].row(0, named=True)
    assert row.get(column) == value
    assert value is None or place(found, row, column) == "S!A4"


DECISIONS: list[tuple[str, dict[str, str]]] = [
    ("村级公示：自2016年3月6日起公示7天，无异议。", {"village_notice_start": "2016-03-06"}),
    (
        "村级公示：2016年3月6日至3月13日，无异议。",
        {"village_notice_start": "2016-03-06", "village_notice_end": "2016-03-13"},
    ),
    ("乡镇审核意见：同意。（盖章）2016年3月14日", {"town_reviewed": "2016-03-14"}),
    ("县级审批意见：同意。2016年3月21日", {"county_approved": "2016-03-21"}),
    ("村委会意见：情况属实。（盖章）2016年3月6日", {}),
]
NAMES = ["village_notice_start", "village_notice_end", "town_reviewed", "county_approved"]


@pytest.mark.parametrize(("text", "said"), DECISIONS)
def test_decisions_that_head_themselves(text: str, said: dict[str, str]) -> None:
    """An end that is not written is not made up."""
    found = form(*TOP, [f"我家住一组，家庭人口3人，{REST}"], SIGNED, [text])
    row = found.tables["procedure"].row(0, named=True)
    days = {name: str(row[name]) for name in NAMES if row.get(name) is not None}
    assert days == said


# -- labels ------------------------------------------------------------------------------------

FORM: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201001", "户主姓名", "张三丰", "家庭人口", 2.0],
    ["联系电话", "13852012345", "耕地面积(亩)", 2.5, "主要致贫原因", "因病"],
]


@pytest.mark.parametrize(
    ("labels", "year"),
    [
        (("2015年工资性收入(元)", "2015年人均纯收入(元)"), 2015),
        (("工资性收入（2015年，元）", "人均纯收入（2015年，元）"), 2015),
        (("工资性收入(元)", "人均纯收入(元)"), None),
    ],
)
def test_labels_that_name_the_year_of_income(labels: tuple[str, str], year: int | None) -> None:
    found = form(*FORM, [labels[0], 1500.0, labels[1], 2000.0])
    row = found.tables["household"].row(0, named=True)
    assert (row["wage"], row["per_capita"], row.get("income_year")) == (1500, 2000, year)


HELPER: list[list[Raw]] = [
    ["五、帮扶责任人"],
    ["姓名", "单位名称", "职务", "联系电话"],
    ["周敬贤", "水务局", "科员", "13852030117"],
]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([["家庭人口", 9.0, "", "备注", ""]], "第4行的“家庭人口”"),
        ([["家庭人口", 2.0, "", "备注", ""]], None),
        ([*HELPER, ["联系电话", "13999999999", "家庭人口", 2.0]], "第7行的“联系电话”"),
        ([*HELPER, ["联系电话", "13852030117", "家庭人口", 2.0]], None),
        ([["家庭住址", "睢宁县官山镇柳河村", "", "户籍地址", "睢宁县官山镇王庄村"]], None),
    ],
)
def test_what_a_label_says_a_second_time_is_named(rows: list[list[Raw]], named: str | None) -> None:
    """The first value is taken."""
    found = form(*FORM, *rows)
    row = found.tables["household"].row(0, named=True)
    assert (row["size"], row["phone"]) == (2, "13852012345")
    said = "".join(found.files[0].remarks)
    assert (named in said) if named else ("行的“" not in said)


HEADING: list[Raw] = ["姓名", "与户主关系", "性别", "身份证号", "文化程度", "务工情况", ""]
PERSON: list[Raw] = ["张三丰", "户主", "男", "320324196203191150", "小学", "省外务工", 8.0]


def test_a_heading_over_two_of_which_the_others_are_not_merged() -> None:
    rows: list[list[Raw]] = [
        *FORM,
        HEADING,
        ["", "", "", "", "", "务工状况", "务工时间(月)"],
        PERSON,
    ]
    grid = [[*row, *[""] * (7 - len(row))] for row in rows]
    found = read(Grid("S", grid, merged=[(3, 5, 3, 6)]))
    row = found.tables["member"].row(0, named=True)
    assert (row["name"], row["work"], row["work_months"]) == ("张三丰", "省外务工", 8)
    assert place(found, row, "work_months") == "S!G6"


def test_a_wide_heading_over_a_person_is_that_of_one_column() -> None:
    rows: list[list[Raw]] = [*FORM, HEADING, [*PERSON[:6], ""]]
    grid = [[*row, *[""] * (7 - len(row))] for row in rows]
    found = read(Grid("S", grid, merged=[(3, 5, 3, 6)]))
    assert found.tables["member"]["work"].to_list() == ["省外务工"]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("④打工状况：1在家务农，2县内务工，3县外省内务工，4省外务工；", False),
        ("家庭情况：该户儿子在外务工3年，女儿上学，缺少劳力，生活困难。", True),
        ("家庭人口3人，耕地面积4.2亩，住房面积86平方米，人均纯收入2500元", True),
        ("本表一式三份，农户留存1份，村委会留存1份，报乡镇人民政府1份。", False),
    ],
)
def test_a_printed_list_of_codes_says_nothing_of_a_household(text: str, is_named: bool) -> None:
    found = form(*FORM, ["是否危房", "□是 ☑否"], [text], ["户主签字：张三丰"])
    assert bool(found.files[0].remarks) == is_named
