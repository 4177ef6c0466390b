"""A form without some column is no faulty form: rules that need it do not run, no other alarms."""

from datetime import date

import polars as pl
import pytest
from cases_entry_person import invalid_at_work, invalid_with_months
from cases_lists_means import car, has_a_car
from cases_survey_income import copy_income
from changed import rules_about
from town import Town

from jiandang.engine.words import Words
from jiandang.formats.grid import Grid
from jiandang.gates.survey.income import home_called
from jiandang.policy import load_policy
from jiandang.report.model import Severity
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
COLUMNS = [(sheet, heading) for sheet, headings in Town().headings.items() for heading in headings]


@pytest.mark.parametrize(("sheet", "heading"), COLUMNS)
def test_without_one_column(sheet: str, heading: str) -> None:
    town = Town()
    town.headings[sheet].remove(heading)
    findings = town.findings(about=rules_about)
    found = {f.rule for f in findings if f.severity is not Severity.INFO}
    assert found <= {"LR001"}


def test_no_date_is_made_up_where_the_register_has_none() -> None:
    town = Town()
    has_a_car(town)
    assert "识别时间 2016-" in _told_of("BD161", town)
    town.headings["农户"].remove("识别时间")
    assert "识别时间未填，按登记开始的 2016-" in _told_of("BD161", town)


@pytest.mark.parametrize(
    ("day", "identified", "side"),
    [
        ("2016-03-26", None, "识别时间未填，识别前后请核实"),
        ("2015-03-26", None, "识别时间未填，按登记开始的 2016-02-02，识别前已有"),
        ("", None, "初次登记日期未注明，识别前后请核实"),
        ("2016-03-26", "2016-03-11", "识别时间 2016-03-11，识别后才有，不是错评"),
        ("2016-03-10", "2016-03-11", "识别时间 2016-03-11，识别前已有"),
        ("2016-03-26", "2016-03", "识别时间 2016-03，识别前后请核实"),
        ("2016", "2016-03-11", "识别时间 2016-03-11，识别前后请核实"),
    ],
)
def test_a_side_of_the_identification_is_told_where_it_is_known(
    day: str, identified: str | None, side: str
) -> None:
    """When the work began says only of what was had before it that it was had before."""
    town = Town()
    owner = car(town, 初次登记日期=day)
    town.row("农户", 户编号=owner["户编号"])["识别时间"] = identified
    assert side in _told_of("BD161", town)


def _told_of(rule: str, town: Town) -> str:
    (message,) = (f.message for f in town.findings(select=[rule]) if f.rule == rule)
    return message


@pytest.mark.parametrize("sheet", list(Town().sheets))
def test_without_one_table(sheet: str) -> None:
    town = Town()
    del town.sheets[sheet]
    assert [f for f in town.findings() if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("sheet", list(Town().sheets))
def test_one_table_alone(sheet: str) -> None:
    town = Town()
    town.sheets = {sheet: town.sheets[sheet]}
    assert [f for f in town.findings() if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    "repeated",
    [
        {"户主姓名": "张三", "家庭人口": 1},
        {"行政村": "柳河村", "户主姓名": "张三", "家庭人口": 1, "户主联系电话": "13852012345"},
        {"户主姓名": "张三", "家庭人口": 1, "开户银行": "农商行", "联系电话": "13852012345"},
    ],
)
def test_what_a_list_of_members_repeats_of_the_household_makes_no_table_of_it(
    repeated: dict[str, str | float],
) -> None:
    assert missing(repeated) == set()
    assert missing({**repeated, "主要致贫原因": "因病"}) == {"农户属性", "人均纯收入(元)"}


def missing(household: dict[str, str | float]) -> set[str]:
    """The columns that LR001 misses in a list of members with these columns of the household."""
    member = {
        "户编号": "320324105201001",
        "姓名": "张三",
        "性别": "男",
        "证件号码": "320324198001010015",
        "与户主关系": "户主",
        "民族": "汉族",
        "文化程度": "初中",
        "健康状况": "健康",
        "劳动技能": "普通劳动力",
    }
    row = member | household
    grid = Grid("成员", [[*row], [*row.values()]])
    register = register_of([grid], POLICY)
    report = check(register, POLICY, as_of=date(2016, 3, 29))
    return {f.message.split("“")[1].split("”")[0] for f in report.findings if f.rule == "LR001"}


def test_a_head_has_no_column_of_the_members_beside_it() -> None:
    """There is room for the sex of the members alone."""
    row: dict[str, str | float] = {
        "行政村": "王庄村", "户编号": "320324105201001", "户主姓名": "张三",
        "户主身份证号": "320324196001010019", "家庭人口": 2, "农户属性": "一般贫困户",
        "主要致贫原因": "因病", "人均纯收入(元)": 3000, "成员1姓名": "李四", "成员1性别": "女",
        "成员1身份证号": "320324196201010023", "成员1与户主关系": "配偶",
    }  # fmt: skip
    report = check(register_of([Grid("农户", [[*row], [*row.values()]])], POLICY), POLICY)
    assert "LR001" not in {f.rule for f in report.findings}


def test_what_a_register_has_no_column_of_is_quoted_as_no_value() -> None:
    town = Town()
    has_a_car(town)
    (sheet,) = (name for name, headings in town.headings.items() if "机动车" in headings)
    town.headings[sheet].remove("机动车")
    assert "：登记没有填机动车；" in _told_of("BD161", town)


def test_what_is_empty_is_no_word_in_quotes_and_has_no_unit() -> None:
    town = Town()
    invalid_at_work(town)
    for row in town.sheets["成员"]:
        if row["健康状况"] == "患有大病":
            row["务工时间(月)"] = None
    assert _told_of("LR310", town).endswith("、务工时间空")
    town = Town()
    invalid_with_months(town)
    assert "，务工状况却是空、务工时间 3 个月" in _told_of("LR310", town)
    words = Words(show_ids=False)
    assert words.fill("填的“{a}”，{b} 个月", {"a": "空", "b": None}) == "填的“空”，空"


def test_a_household_without_a_number_is_named_by_its_head() -> None:
    town = Town()
    copy_income(town)
    assert "收入明细与户编号 3203" in _told_of("DC054", town)
    codes = pl.Series("code", ["（无户编号）张三（证件尾号1234）", "320324105201001"])
    called = pl.select(home_called(pl.lit(codes))).to_series().to_list()
    assert called == ["张三（证件尾号1234）", "户编号 320324105201001 "]
