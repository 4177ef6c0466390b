"""Where findings lie: each name at its level, and filled from codes where rows do not say it."""

from pathlib import Path

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
SAMPLE = Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx"


def test_a_county_is_no_village() -> None:
    report = jiandang.check(jiandang.load(SAMPLE), as_of="2016-03-29", select="RW")
    where = {(f.rule, f.county, f.town, f.village) for f in report.findings}
    assert ("RW001", "睢宁县", None, None) in where
    assert ("RW004", "睢宁县", "官山镇", "王庄村") in where
    assert "睢宁县" not in {finding.village for finding in report.findings}
    assert {finding.county for finding in report.findings if finding.rule != "SJ018"} == {"睢宁县"}


def test_quotas_by_level_where_they_have_no_codes() -> None:
    rows: list[list[Raw]] = [
        ["名称", "级别", "计划户数", "计划人数"],
        ["睢宁县", "县", 12, 5],
        ["官山镇", "乡", 12, 5],
        ["王庄村", "村", 12, 5],
    ]
    register = register_of([Grid("任务", rows)], POLICY)
    found = jiandang.check(register, select="RW009").findings
    assert [(f.county, f.town, f.village) for f in found] == [
        ("睢宁县", None, None),
        (None, "官山镇", None),
        (None, None, "王庄村"),
    ]


def test_households_of_which_only_the_number_is_known() -> None:
    rows: list[list[Raw]] = [
        ["户码", "户主姓名", "家庭人口", "农户属性"],
        ["320324105201001", "张三", 3, "贫穷户"],
    ]
    register = register_of([Grid("农户", rows)], POLICY)
    (found,) = jiandang.check(register, select="LR006").findings
    assert (found.county, found.town, found.village) == ("睢宁县", None, None)


def test_a_row_with_name_and_number_swapped_is_about_no_heading() -> None:
    rows: list[list[Raw]] = [
        ["户编号", "姓名", "证件号码", "与户主关系"],
        ["320324105201001", "320324196501010017", "张三", "户主"],
    ]
    register = register_of([Grid("成员", rows)], POLICY)
    (found,) = (f for f in jiandang.check(register).findings if f.rule == "LR018")
    assert found.person is None
    assert "“姓名”和“证件号码”填反了" in found.message


def test_what_is_said_of_a_village_has_its_town_and_county() -> None:
    """A list by county or village would put it with those of other towns."""
    heads: list[Raw] = ["县(市、区)", "乡(镇)", "行政村", "户编号", "户主姓名", "家庭人口"]
    heads += ["家庭纯收入(元)", "人均纯收入(元)"]
    rows: list[list[Raw]] = [
        ["睢宁县", "官山镇", "王庄村", f"320324105201{n:03}", "张三", 2, 4000 + n * 2, 2000 + n]
        for n in range(60)
    ]
    for n in range(0, 60, 2):
        rows[n][-1] = 700 + n * n
    report = jiandang.check(register_of([Grid("农户", [heads, *rows])], POLICY), select="DC,LR015")
    (found,) = (each for each in report.findings if each.rule == "LR015")
    assert (found.county, found.town, found.village) == ("睢宁县", "官山镇", "王庄村")
    assert found.household is None


def test_a_table_need_not_have_a_county() -> None:
    """LR015 looks for villages in an allocation too, each line of which stands there twice."""
    heads: list[Raw] = ["乡镇", "行政村", "区划代码", "级别", "计划户数", "计划人数"]
    rows: list[list[Raw]] = [
        ["官山镇", f"{name}村", f"3203241052{number:02}", "村", 12, 30]
        for number, name in enumerate("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔")
    ]
    register = register_of([Grid("任务分解", [heads, *rows, *rows])], POLICY)
    report = jiandang.check(register, select="RW007,LR015")
    assert not any(section.rules_failed for section in report.sections)
    assert {f.rule for f in report.findings} == {"RW007"}
