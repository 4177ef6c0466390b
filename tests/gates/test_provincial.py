"""The three import forms of the province (S-P), filled in: no IDs, no relations, codes as numbers.

What the 2016 round asks for and these forms do not have is said once a column (LR001); nothing
else is found in a register that is right by the province's own rules.
"""

from datetime import date

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.report.model import Report, Severity
from jiandang.run.checking import check
from jiandang.run.load import register_of

VILLAGE = "320324105201"
HOUSEHOLD_HEADINGS = (
    "户码* 组名* 户主姓名* 人口* 劳动力* 承包耕地面积(亩)* 住房面积(m2)* 农户属性* 电话号码 "
    "贫困原因* 户主身份证号码* 帮扶人姓名 帮扶人电话号码 帮扶人职务"
)
MEMBER_HEADINGS = (
    "户码* 姓名* 性别* 年龄* 在校生否* 文化程度* 身体状况* 残疾证号 劳动力状况* 打工状况* "
    "低保人口* 领取低保金、残疾金(元)*"
)
INCOME_HEADINGS = (
    "户码* 年份* 家庭总收入(元)* 种植业(元)* 养殖业(元)* 务工(元)* 领取低保、五保、养老收入(元)* "
    "补贴性收入(元)* 其他收入(元)* 家庭人均收入(元)*"
)
HOUSEHOLDS: list[list[Raw]] = [
    [f"{VILLAGE}001", "一组", "张国强", 3.0, 2.0, 4.5, 90.0, "1:扶贫户", "13912345601", "2",
     "320324196503120012", "李建军", "13812345601", "科员"],
    [f"{VILLAGE}002", "二组", "王秀英", 1.0, 0.0, 1.5, 40.0, "3", "051687654321", "6:缺劳动力",
     "320324194107050025", "李建军", "13812345601", "科员"],
]  # fmt: skip
# 年龄 holds ages in one row and birth years in another, as clerks filled them in.
MEMBERS: list[list[Raw]] = [
    [f"{VILLAGE}001", "张国强", "1", 51.0, "2", "3", "1", "", "1", "3:县外省内务工", "2", 0.0],
    [f"{VILLAGE}001", "刘桂兰", "2:女", 1966.0, "否", "小学", "3", "", "1", "1", "否", 0.0],
    [f"{VILLAGE}001", "张小明", "男", 2004.0, "是", "2", "1:健康", "", "3", "", "2", 0.0],
    [f"{VILLAGE}002", "王秀英", "2", 74.0, "2", "1", "3", "", "3:非劳动力", "", "2", 0.0],
]  # fmt: skip
INCOMES: list[list[Raw]] = [
    [f"{VILLAGE}001", 2015.0, 15000.0, 4500.0, 500.0, 9000.0, 0.0, 600.0, 400.0, 5000.0],
    [f"{VILLAGE}002", 2015.0, 5000.0, 1200.0, 0.0, 0.0, 3200.0, 300.0, 300.0, 5000.0],
]


def report(
    *, households: list[list[Raw]] = HOUSEHOLDS, members: list[list[Raw]] = MEMBERS
) -> Report:
    grids = [
        Grid("Sheet1", [[*HOUSEHOLD_HEADINGS.split()], *households]),
        Grid("Sheet1", [[*MEMBER_HEADINGS.split()], *members]),
        Grid("Sheet1", [[*INCOME_HEADINGS.split()], *INCOMES]),
    ]
    policy = load_policy("xuzhou-2016")
    return check(register_of(grids, policy), policy, as_of=date(2016, 3, 29))


def test_only_the_columns_of_the_new_round_are_missing() -> None:
    found = report()
    assert [table.table for table in found.files[0].tables] == ["household", "member", "household"]
    assert {(f.rule, f.message) for f in found.findings} == {
        ("LR001", "缺少必需的列“与户主关系”"),
        ("LR001", "缺少必需的列“证件号码”"),
    }
    assert (found.summary.households, found.summary.persons) == (2, 4)


def test_what_the_form_has_no_word_for_is_a_figure_at_most() -> None:
    """劳动力状况 has no weak class; 身体状况 takes one answer, so that the disabled may be ill."""
    family, alone = [list(row) for row in HOUSEHOLDS]
    family[9], alone[4], alone[9] = "6:缺劳动力", 1.0, "2"
    man, wife, son, woman = [list(row) for row in MEMBERS]
    man[6], woman[6], woman[8] = "4", "5", "1"
    found = report(households=[family, alone], members=[man, wife, son, woman])
    doubts = {f.rule: f.severity for f in found.findings if f.rule not in ("LR001", "DC033")}
    assert doubts == dict.fromkeys(("DC022", "DC025", "DC034", "LR307"), Severity.INFO)


def test_the_sizes_are_recounted_all_the_same() -> None:
    found = report(members=MEMBERS[1:])
    assert "LR203" in {f.rule for f in found.findings}
