"""A register whose frames somebody has changed is checked as if its sheets were so, or refused."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import jiandang
from jiandang import Register
from jiandang.register.tables import COLUMNS
from jiandang.register.whole import schema_of, whole

REGISTER = jiandang.load(Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx")
MEMBERS = REGISTER.tables["member"]
DAY = "2016-03-29"


def changed(**frames: Any) -> Register:
    return replace(REGISTER, tables={**REGISTER.tables, **frames})


def unchecked(report: jiandang.Report) -> dict[str, str]:
    return {each.rule: each.reason for gate in report.gates for each in gate.rules_not_checked}


def test_the_frames_of_a_register_are_whole() -> None:
    for register in (REGISTER, jiandang.load([])):
        assert whole(register) is register
        for table, frame in register.tables.items():
            assert dict(frame.schema) == dict(schema_of(table))


@pytest.mark.parametrize(
    ("table", "column", "rule", "reason"),
    [
        ("member", "id_number", "LR106", "缺少证件号码（成员）"),
        ("member", "relation", "SB025", "缺少与户主关系（成员）"),
        ("household", "household_id", "RW002", "缺少户编号（农户）"),
        ("household", "village", "RW008", "缺少行政村（农户）"),
        ("procedure", "applied", "SB002", "缺少申请日期（识别程序）"),
        ("allocation", "planned_persons", "RW002", "缺少计划人数（任务分解）"),
    ],
)
def test_a_column_that_was_taken_out(table: str, column: str, rule: str, reason: str) -> None:
    """The check of such a register never came to an end."""
    register = changed(**{table: REGISTER.tables[table].drop(column)})
    report = jiandang.check(register, as_of=DAY)
    assert unchecked(report)[rule] == reason
    assert report.summary.rules_failed == 0
    assert [household.members for household in register.households()]


@pytest.mark.parametrize(
    ("table", "rules"),
    [
        ("member", ["DC014", "DC022", "LR202", "LR208", "LR211"]),
        ("household", ["DC014", "DC016", "RW003", "RW004"]),
        ("procedure", ["SB031", "SB032"]),
        ("survey", ["DC001"]),
    ],
)
def test_rows_without_numbers_are_of_no_household(table: str, rules: list[str]) -> None:
    """Rules about households, which found nothing, are unchecked; they had findings before."""
    register = changed(**{table: REGISTER.tables[table].drop("household_id")})
    report = jiandang.check(register, as_of=DAY)
    title = {"member": "成员", "household": "农户", "procedure": "识别程序", "survey": "入户调查"}
    for rule in rules:
        assert f"户编号（{title[table]}）" in unchecked(report)[rule]
    own = jiandang.check(REGISTER, as_of=DAY)
    lost = {f.rule for f in own.findings} - {f.rule for f in report.findings}
    assert lost <= set(unchecked(report))


def test_a_file_without_numbers_of_households(tmp_path: Path) -> None:
    """As a frame without them: rules about households are not passed for want of any."""
    path = tmp_path / "无户编号.csv"
    path.write_text(
        "行政村,姓名,与户主关系,性别,证件号码\n"
        "王庄村,张山,户主,男,320324196001010011\n王庄村,王芳,户主,女,320324196101010021\n",
        encoding="utf-8",
    )
    report = jiandang.check(jiandang.load(path), as_of=DAY)
    for rule in ("LR201", "LR202", "LR208", "LR211"):
        assert unchecked(report)[rule] == "缺少户编号（成员）"
    assert "LR103" in {finding.rule for finding in report.findings}
    assert "LR106" in report.rules_checked


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_that_was_taken_out(table: str) -> None:
    tables = {name: frame for name, frame in REGISTER.tables.items() if name != table}
    report = jiandang.check(replace(REGISTER, tables=tables), as_of=DAY)
    assert report.summary.rules_failed == 0
    emptied = jiandang.check(changed(**{table: REGISTER.tables[table].head(0)}), as_of=DAY)
    assert emptied.summary.rules_failed == 0


def test_a_register_of_nothing() -> None:
    report = jiandang.check(Register([], [], {}, []))
    assert report.summary.rules_run == report.summary.rules_failed == 0
    assert not report.is_complete


@pytest.mark.parametrize(
    "frame",
    [
        MEMBERS.with_columns(pl.lit("x").alias("备注"), pl.lit("x").alias("today")),
        MEMBERS.with_columns(pl.col("sex").cast(pl.String), pl.col("age").cast(pl.Float64)),
        MEMBERS.with_columns(pl.col("household_id").cast(pl.Int64, strict=False)),
        MEMBERS.select(reversed(MEMBERS.columns)),
    ],
)
def test_what_says_the_same(frame: pl.DataFrame) -> None:
    own = jiandang.check(REGISTER, as_of=DAY)
    assert jiandang.check(changed(member=frame), as_of=DAY).findings == own.findings


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (None, r"成员表（member）应是 Polars 的 DataFrame，现在是 NoneType"),
        (MEMBERS.lazy(), "现在是 LazyFrame"),
        (MEMBERS.with_columns(sex=pl.lit("不详")), r"“性别”（sex）应是 Enum（代码表） 类型的数据"),
        (MEMBERS.with_columns(age=pl.lit(3.5)), r"“年龄”（age）应是 Int64 类型的数据"),
        (MEMBERS.with_columns(age=pl.lit(True)), r"“年龄”（age）应是 Int64 类型的数据"),
        (MEMBERS.with_columns(benefit=pl.lit(math.inf)), r"应是 Float64 类型的数据"),
        (MEMBERS.with_columns(household_id=pl.lit(1.0)), r"（household_id）应是 String"),
        (MEMBERS.with_columns(pl.col("ref") + 2**40), "ref 列指到没有读过的工作表"),
        (MEMBERS.select("name"), "成员表（member）缺少读表时加上的列 ref、others"),
    ],
)
def test_what_cannot_be_made_whole(frame: Any, message: str) -> None:
    register = changed(member=frame)
    for use in (jiandang.check, Register.members):
        with pytest.raises(jiandang.InvalidArgument, match=message):
            use(register)


def test_nan_is_an_empty_cell() -> None:
    empty, nan = (
        MEMBERS.with_columns(pl.lit(v, pl.Float64).alias("benefit")) for v in (None, math.nan)
    )
    reports = [jiandang.check(changed(member=frame), as_of=DAY) for frame in (empty, nan)]
    assert reports[0].findings == reports[1].findings


def test_objects_are_of_the_frames_as_they_are_now() -> None:
    register = changed()
    assert len(list(register.members())) == MEMBERS.height
    register.tables["member"] = MEMBERS.head(3)
    assert len(list(register.members())) == 3
    assert sum(len(each.members) for each in register.households()) == 3
