"""A register's rows as objects: what they hold, where it stands, what could not be read."""

import copy
import pickle
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

import jiandang
from jiandang import Household, Member, Procedure, Survey, codes
from jiandang.formats.grid import Grid
from jiandang.headings.one_row import key_of
from jiandang.headings.text import without_brackets
from jiandang.headings.vocabulary import Vocabulary, meaning_of
from jiandang.policy import load_policy
from jiandang.register.cells import ErrorValue, Raw
from jiandang.register.notice import Notice
from jiandang.register.partial_date import PartialDate
from jiandang.register.table import columns_of
from jiandang.register.tables import MODELS
from jiandang.run.load import register_of

SAMPLES = Path(__file__).parents[2] / "sample_data"
SAMPLE = SAMPLES / "官山镇_合格.xlsx"
REGISTER = jiandang.load(SAMPLE)
POLICY = load_policy("xuzhou-2016")
PERIOD = Procedure(village_notice_start=date(2016, 3, 8), village_notice_end=date(2016, 3, 14))
FAULTY = jiandang.load(SAMPLES / "官山镇_有误.xlsx")


def test_households_with_all_that_belongs_to_them() -> None:
    households = list(REGISTER.households())
    assert (len(households), sum(1 for _ in REGISTER.members())) == (75, 187)
    assert sum(len(h.members) for h in households) == 187
    for household in households:
        assert {m.household_id for m in household.members} == {household.household_id}
        assert household.size == len(household.members)
        assert household.members[0].relation is codes.Relation.户主
        assert household.survey is not None and household.procedure is not None
        assert household.survey.household_id == household.household_id
        assert household.village_facts is not None
        assert household.village_facts.village == household.village


def test_values_have_their_types() -> None:
    first = next(REGISTER.households())
    assert isinstance(first.household_type, codes.HouseholdType)
    assert first.household_type == "一般贫困户"
    assert isinstance(first.identified, PartialDate)
    assert isinstance(first.per_capita, float) and isinstance(first.size, int)
    assert first.survey is not None and isinstance(first.survey.surveyed, date)
    assert all(isinstance(each, codes.Cause) for each in first.other_causes or ())


def test_a_value_knows_its_cell() -> None:
    first = next(REGISTER.households())
    source = first.source
    assert source is not None
    assert (source.file, source.sheet, source.row) == (SAMPLE, "农户", 2)
    assert str(source.cells["phone"]) == "农户!K2"
    assert "place" not in source.cells  # no sheet has it


def test_a_faulty_cell_is_not_empty() -> None:
    found = {
        (row.title, name): (fault.text, fault.notice, str(fault.cell))
        for rows in (FAULTY.households, FAULTY.members)
        for row in rows()
        for name, fault in row.faults.items()
        if getattr(row, name) is None
    }
    assert found == {
        ("农户", "cause"): ("缺资金、因灾", Notice.SEVERAL_CODES, "农户!N11"),
        ("农户", "house_area"): ("待测量", Notice.WRONG_TYPE, "农户!AG60"),
        ("成员", "id_number"): ("320324196712054976", Notice.LOST_DIGITS, "成员!K24"),
        ("成员", "education"): ("初种", Notice.UNKNOWN_CODE, "成员!Q59"),
    }
    assert not any(row.faults for row in REGISTER.households())


def test_an_object_can_be_kept() -> None:
    first = next(REGISTER.households())
    assert Household.model_validate(first.model_dump()).model_dump() == first.model_dump()
    kept = Household.model_validate_json(first.model_dump_json())
    assert kept.model_dump() == first.model_dump()
    assert (kept.source, kept.faults, kept.members, kept.procedure) == (None, {}, (), None)
    assert pickle.loads(pickle.dumps(kept)) == kept


@pytest.mark.parametrize("key", ["户主姓名", "户主", "head_name", " 户主 姓名 "])
def test_headings_aliases_and_names(key: str) -> None:
    assert Household.model_validate({key: "张 三"}).head_name == "张三"


def test_cells_as_a_file_holds_them() -> None:
    household = Household.model_validate(
        {
            "家庭人口": "3人",
            "识别时间": "2016.3",
            "主要燃料类型": "柴草、煤炭",
            "是否危房": True,
            "电话": " ",
        }
    )
    assert (household.size, household.identified) == (3, PartialDate(2016, 3))
    assert household.fuel == (codes.Fuel.柴草, codes.Fuel.煤炭)
    assert household.dangerous is True and household.phone is None


@pytest.mark.parametrize(
    ("model", "row", "message"),
    [
        (Household, {"家庭人口": "三个半"}, "“家庭人口”填的是“三个半”，应为整数（人）"),
        (Household, {"识别时间": "2016-02-30"}, "“识别时间”填的是“2016-02-30”，应为真实存在的"),
        (Member, {"学历": "初种"}, "之一，最接近的是“初中”"),
        (Household, {"致贫原因": "因病、因残"}, "主要致贫原因填了几个：“因病、因残”，只能填一个"),
        (Member, {"证件号码": 3.20324196712054976e17}, "证件号码被存成了数字，只剩前15位 320324"),
        (Household, {"户主性名": "张三"}, "农户表没有“户主性名”这一列，最接近的是“户主"),
    ],
)
def test_a_wrong_value_is_said_as_the_checks_say_it(
    model: type[Household], row: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(row)
    assert message in str(caught.value)


@pytest.mark.parametrize("row", [None, [], "张三", [("户主姓名", "张三")], Member()])
def test_what_is_no_row(row: object) -> None:
    kind = type(row).__name__
    with pytest.raises(ValidationError, match=f"农户的一行应是列名到格子的对照.*现在是 {kind}"):
        Household.model_validate(row)


@pytest.mark.parametrize("field", ["户主姓名", "家庭人口", "耕地面积(亩)", "识别时间", "是否危房"])
@pytest.mark.parametrize("empty", [float("nan"), Decimal("NaN"), np.datetime64("NaT"), np.nan])
def test_the_empty_cells_of_frames_are_empty(field: str, empty: object) -> None:
    """NaN was taken for a name."""
    assert Household.model_validate({field: empty}) == Household()


def test_the_scalars_of_frames_are_as_in_a_file() -> None:
    household = Household.model_validate(
        {
            "户编号": np.float64(320324105201001),
            "家庭人口": np.int64(3),
            "是否危房": np.True_,
            "识别时间": np.datetime64("2016-03-05"),
            "耕地面积(亩)": np.float32(3.5),
        }
    )
    assert (household.household_id, household.size) == ("320324105201001", 3)
    assert (household.dangerous, household.arable) == (True, 3.5)
    assert household.identified == date(2016, 3, 5)
    with pytest.raises(ValidationError, match=r"填的是“3\.5”"):
        Household.model_validate({"家庭人口": np.float64(3.5)})


def test_what_is_in_no_code_list() -> None:
    with pytest.raises(ValueError, match="“不详”不在“性别”代码表里，可选：男、女"):
        codes.Sex("不详")


def test_an_error_does_not_tell_a_private_number() -> None:
    with pytest.raises(ValidationError) as caught:
        Member.model_validate({"证件号码": 320324196712054976.0})
    assert "3203241967" not in str(caught.value)
    with pytest.raises(ValidationError, match="“年龄”填的是“320324"):
        Member.model_validate({"年龄": "32032419671205497644"})
    with pytest.raises(ValidationError) as caught:
        Member.model_validate({"年龄": "32032419671205497644"})
    assert "3203241967" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02-05", date(2016, 2, 5), date(2016, 2, 5)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    day = PartialDate.fromisoformat(text)
    assert (str(day), day.first, day.last) == (text, first, last)


@pytest.mark.parametrize("make", [lambda: PartialDate(2016, 13), lambda: PartialDate(2016, 2, 30)])
def test_no_partial_date(make: Callable[[], PartialDate]) -> None:
    with pytest.raises(ValueError, match="日历上没有 2016-"):
        make()


def test_a_whole_date_is_that_day() -> None:
    day = PartialDate(2016, 3, 5)
    assert day == date(2016, 3, 5) and date(2016, 3, 5) == day and {day} == {date(2016, 3, 5)}
    assert day != datetime(2016, 3, 5) and PartialDate(2016, 3) != date(2016, 3, 1)
    assert PartialDate(2016) == PartialDate(2016) != PartialDate(2016, 1)


def test_every_field_has_one_meaning_among_headings() -> None:
    for model in (Household, Member):
        for column in columns_of(model).values():
            assert model.model_validate({column.heading: None}) == model()


def test_objects_of_one_row_are_equal() -> None:
    household = next(each for each in REGISTER.households() if len(each.members) > 1)
    assert household.members == household.members
    assert household in [*REGISTER.households()] and household.members[0] in household.members
    assert sum(member in household.members for member in REGISTER.members()) == len(
        household.members
    )
    # What is told of a row by hand is not that row.
    assert Household.model_validate(household.model_dump()) != household


def test_what_is_pickled_has_what_belongs_to_it_and_no_register() -> None:
    for household in FAULTY.households():
        pickled = pickle.dumps(household)
        assert len(pickled) < 50_000
        kept = pickle.loads(pickled)
        assert kept == household and household == kept and kept == pickle.loads(pickled)
        assert (kept.source, kept.faults) == (household.source, household.faults)
        assert (kept.members, kept.survey) == (household.members, household.survey)
        assert (kept.procedure, kept.village_facts) == (
            household.procedure,
            household.village_facts,
        )
        assert pickle.loads(pickle.dumps(kept)) == kept
    one, other, *_ = FAULTY.members()
    assert pickle.loads(pickle.dumps(one)) != other
    assert copy.deepcopy(one) == one


def test_an_object_shows_what_is_filled_in() -> None:
    assert repr(Member(name="张三", age=0)) == "Member(name='张三', age=0)"


def test_two_keys_of_one_field() -> None:
    assert Household.model_validate({"户主姓名": "张三", "head_name": "张三"}).head_name == "张三"
    with pytest.raises(ValidationError, match="“户主姓名”和“head_name”是同一列，填的不一样"):
        Household.model_validate({"户主姓名": "张三", "head_name": "李四"})


@pytest.mark.parametrize(("cell", "name"), [("不详", "不详"), ("未知", "未知"), ("无", None)])
def test_a_word_in_place_of_a_name(cell: str, name: str | None) -> None:
    """As in the columns: LR128 tells that it is nobody's name, and 无 that there is none."""
    assert Member.model_validate({"姓名": cell}).name == name


QUOTA = Grid(
    "任务分解",
    [
        ["区划代码", "名称", "级别", "计划户数", "计划人数"],
        ["320324", "睢宁县", "", 2, 2],
        ["320324105000", "官山镇", "", 2, 2],
        ["320324105201", "王庄村", "", 2, 2],
    ],
)
MEMBERS: list[list[Raw]] = [
    ["户码", "户主姓名", "姓名", "与户主关系", "性别", "证件号码", "行政村"],
    ["320324105201001", "张山", "张山", "户主", "男", "", ""],
    ["320324105201001", "张山", "王芳", "配偶", "女", "", "王庄"],
    ["320324105201002", "李山", "李山", "户主", "男", "", ErrorValue("#N/A")],
    ["320324105202001", "赵山", "赵山", "户主", "男", "", ""],
]


def test_places_are_told_by_codes() -> None:
    """As in a provincial file that has the 户码 alone."""
    register = register_of([Grid("成员", [row[:-1] for row in MEMBERS]), QUOTA], POLICY)
    homes = {
        each.household_id: (each.county, each.town, each.village)
        for rows in (register.members, register.households)
        for each in rows()
    }
    assert homes == {
        "320324105201001": ("睢宁县", "官山镇", "王庄村"),
        "320324105201002": ("睢宁县", "官山镇", "王庄村"),
        "320324105202001": ("睢宁县", "官山镇", None),
    }
    findings = [each for each in jiandang.check(register).findings if each.household is not None]
    assert findings
    for finding in findings:
        assert (finding.county, finding.town, finding.village) == homes[finding.household]
    quotas = [(each.town, each.place, each.level) for each in register.allocations()]
    assert quotas == [
        (None, "睢宁县", "县"),
        ("官山镇", "官山镇", "乡"),
        ("官山镇", "王庄村", "村"),
    ]
    # What the sheets say stays what it is.
    assert register.tables["household"]["town"].null_count() == 3


def test_what_a_row_says_of_its_place_stays() -> None:
    """A cell that cannot be read is not filled; a blank one is, first from its household's row."""
    register = register_of([Grid("成员", MEMBERS), QUOTA], POLICY)
    said = [each.village for each in register.members()]
    assert said == ["王庄", "王庄", None, None]
    assert {"village"} in [{*each.faults} for each in register.members()]


def test_what_no_cell_holds() -> None:
    household = Household.model_validate({"家庭总收入": Decimal("3000.5")})
    assert household.total == 3000.5
    for value in (b"x", ["张三"], {"a": 1}):
        with pytest.raises(ValidationError, match="“户主姓名”填的是"):
            Household.model_validate({"户主姓名": value})


@pytest.mark.parametrize(
    ("model", "row", "made"),
    [
        (Household, {"工资性收入": 1200}, Household(wage=1200)),
        (Household, {"生产经营性收入（元）": "1200元"}, Household(business_income=1200)),
        (Household, {"财产性收入": 1, "转移性收入": 2}, Household(property_income=1, transfer=2)),
        (Household, {"低保金": 3, "劳动力": 2}, Household(dibao_money=3, labour_count=2)),
        (Household, {"人均纯收入(万元)": 0.6}, Household(per_capita=6000)),
        (Household, {"2015年人均纯收入": 6000}, Household(per_capita=6000)),
        (Household, {"家庭人口（人）": 3}, Household(size=3)),
        (Household, {"* 1.户主 姓名(必填)": "张三"}, Household(head_name="张三")),
        (Member, {"性别(1男2女)": 2, "成员姓名": "张三"}, Member(sex=codes.Sex.女, name="张三")),
        (Member, {"身體狀況": "健康"}, Member(health=(codes.Health.健康,))),
        (Procedure, {"村公示时间": "2016年3月8日至14日"}, PERIOD),
        (Survey, {"调查人①": "张三"}, Survey(surveyor_1="张三")),
    ],
)  # fmt: skip
def test_headings_as_a_file_has_them(model: type[Household], row: Any, made: Household) -> None:
    assert model.model_validate(row) == made


def test_every_heading_of_a_file_is_a_key() -> None:
    """The words of the models, with what forms add to them, name the same columns in both."""
    for name, model in MODELS.items():
        for column in columns_of(model).values():
            for heading in column.headings:
                for written in (
                    heading,
                    f"*{heading}",
                    f"{heading}（必填）",
                    without_brackets(heading),
                ):
                    meaning = meaning_of([written], [name], Vocabulary())
                    key = key_of(name, written)
                    # 指标 alone may be 指标(户) as well as 指标(人).
                    assert bool(key.refused) is (meaning is None)
                    assert meaning is None or key.fields == (meaning.column,)


def test_a_heading_has_its_own_codes_and_unit() -> None:
    """贫困原因 is of the provincial forms, whose numbers mean other causes."""
    own, provincial = ({"主要致贫原因": 1}, {"贫困原因": 1})
    assert Household.model_validate(own).cause is codes.Cause.因病
    assert Household.model_validate(provincial).cause is codes.Cause.因灾


@pytest.mark.parametrize(
    ("model", "row", "message"),
    [
        (Procedure, {"公示时间": "3.8-3.14"}, "“村公示时间”、“镇公示时间”、“县公示时间”，请写明"),
        (Household, {"住房面积(间)": 3}, "单位不能换算，请换算成“住房面积(㎡)”再填"),
        (Member, {"劳动力": 2}, "成员表没有“劳动力”这一列，农户表（Household）有“劳动力人数”"),
        (Household, {"户主性别": "男"}, "写在成员表（Member）户主那一行的“性别”"),
        (Household, {"备注": "x"}, "农户表没有“备注”这一列"),
        (Household, {"备注": "x", "家庭人口": "三个半"}, "“家庭人口”填的是“三个半”"),
        (Household, {"人均纯收入(万元)": "六千"}, "“人均纯收入(元)”填的是“六千”"),
        (Household, {"工资性收入": float("inf")}, "“工资性收入(元)”填的是“inf”，应为金额（元）"),
        (Household, {"工资性收入": True}, "“工资性收入(元)”填的是“是”，应为金额（元）"),
        (Household, {"家庭人口": date(2016, 3, 5)}, "“家庭人口”填的是“2016-03-05”，应为整数（人）"),
        (Household, {"家庭人口": False}, "“家庭人口”填的是“否”，应为整数（人）"),
    ],
)  # fmt: skip
def test_what_says_no_column_or_no_value(model: type[Household], row: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(row)
    assert message in str(caught.value)
