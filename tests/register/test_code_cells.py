"""Values of code lists: words of forms and of people, numbers, ticks, what is near."""

from typing import Any

import pytest
from reading_cells import fault, read, told

from jiandang.register.cells import CellError
from jiandang.register.code_cells import Signature, YesNo
from jiandang.register.code_types import (
    Cause,
    DangerGrade,
    Education,
    Health,
    HouseholdType,
    Labour,
    Nation,
    OtherCauses,
    Relation,
    RoadType,
    Sex,
    Student,
    Work,
)
from jiandang.register.codes import code_lists
from jiandang.register.notice import Notice
from jiandang.register.tables import COLUMNS


@pytest.mark.parametrize(
    "raw", ["是", "有", "√", "1", 1.0, "Y", "1:是", "1：是", True, " 是 ", "①"]
)
def test_yes(raw: Any) -> None:
    assert read(YesNo, raw) is True
    assert told(YesNo, raw) is None


@pytest.mark.parametrize("raw", ["否", "无", "×", "0", 0.0, "2", "N", "2:否", False])
def test_no(raw: Any) -> None:
    assert read(YesNo, raw) is False
    assert told(YesNo, raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("☑", True),
        ("■", True),
        ("□", False),
        ("☑是 □否", True),
        ("□是☑否", False),
        ("是☑ 否□", True),
        ("是□否■", False),
        ("√是 □否", True),
        ("是的", True),
        ("未参保", False),
    ],
)
def test_ticks_and_spoken_words_are_read_and_told(raw: str, expected: bool) -> None:
    assert read(YesNo, raw) is expected
    assert told(YesNo, raw) is Notice.LENIENT


@pytest.mark.parametrize("raw", ["也许", "☒", "☑是☑否", "☑也许", "是否", "是/否", "是□也许□"])
def test_neither_yes_nor_no(raw: str) -> None:
    assert fault(YesNo, raw).notice is Notice.WRONG_TYPE


@pytest.mark.parametrize(
    "raw", ["□是□否", "是□否□", "是□ 否□", "有□无□", "是( )否( )", "是（）  否（）", "□1.是□2.否"]
)
def test_where_no_answer_is_marked_there_is_none(raw: str) -> None:
    assert read(YesNo, raw) is None
    assert told(YesNo, raw) is Notice.NO_VALUE


def test_where_no_value_is_marked_there_is_none() -> None:
    assert read(Sex, "□男 □女") is None and read(Sex, "□男 ☑女") == "女"
    assert read(Cause, "□因病 □因残 □因学") is None
    assert fault(Cause, "□因病 □没有这一项").notice is Notice.UNKNOWN_CODE


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("medical_insurance", "新农合", True),
        ("medical_insurance", "未参加新农合", False),
        ("pension_insurance", "城乡居民养老保险", True),
        ("water_safe", "安全", True),
        ("water_safe", "不安全", False),
        ("water_safe", "未达标", False),
        ("water_short", "困难", True),
        ("water_short", "不困难", False),
        ("dangerous", "危房", True),
        ("dangerous", "非危房", False),
        ("dangerous", "安全", False),
    ],
)
def test_the_name_of_the_column_as_its_answer(name: str, raw: str, value: bool) -> None:
    cell = (COLUMNS["household"] | COLUMNS["member"])[name].cell
    assert cell.read(raw) == (value, Notice.LENIENT)


def test_the_name_of_another_column_is_no_answer() -> None:
    with pytest.raises(CellError):
        COLUMNS["household"]["electricity"].cell.read("安全")


@pytest.mark.parametrize("raw", ["张三", "是", "手印", "已签"])
def test_signed(raw: str) -> None:
    assert read(Signature, raw) == raw


@pytest.mark.parametrize("raw", ["否", "未签", "没有签字", "无"])
def test_not_signed(raw: str) -> None:
    assert read(Signature, raw) == "否"


@pytest.mark.parametrize(
    ("annotation", "raw", "expected"),
    [
        (Sex, "1", "男"),
        (Sex, 2.0, "女"),
        (Sex, "1:男", "男"),
        (Sex, "1：男", "男"),
        (Sex, "1、男", "男"),
        (Sex, "男 ", "男"),
        (Relation, "长子", "之子"),
        (Relation, "03", "之子"),
        (Relation, "③", "之子"),
        (Nation, "汉", "汉族"),
        (Education, "大专以上", "大专及以上"),
        (Health, "残疾、长期慢性病", "长期慢性病、残疾"),
        (Health, "慢性病，残疾", "长期慢性病、残疾"),
        (OtherCauses, "无", None),
        (OtherCauses, "缺资金、因学", "因学、缺资金"),
        # Where the list has a value for nothing.
        (DangerGrade, "无", "无"),
        (DangerGrade, "否", "无"),
        (Work, "无", "未务工"),
        (Work, "未务工", "未务工"),
        (Work, "不务工", "未务工"),
        (Labour, "无", "无劳动力"),
        (Student, "无", "非在校生"),
    ],
)
def test_codes(annotation: Any, raw: Any, expected: str | None) -> None:
    assert read(annotation, raw) == expected
    assert told(annotation, raw) is None


@pytest.mark.parametrize(
    ("annotation", "raw", "expected"),
    [
        (Relation, "闺女", "之女"),
        (Relation, "次子之妻", "之儿媳"),
        (Relation, "大儿媳妇", "之儿媳"),
        (Relation, "长女之夫", "之女婿"),
        (Relation, "三子之女", "之孙女"),
        (Relation, "儿之子", "之孙子"),
        (Relation, "长女之子", "之外孙子"),
        (Relation, "弟之女", "之侄女"),
        (Relation, "妻之母", "之岳母"),
        (Relation, "孙媳", "其他"),
        (Relation, "孙女婿", "其他"),
        (Relation, "户主之妻", "配偶"),
        (Relation, "户主的儿子", "之子"),
        (Relation, "配偶（妻）", "配偶"),
        (Relation, "其他（孙媳）", "其他"),
        (Labour, "无劳力", "无劳动力"),
        (HouseholdType, "特困", "特困供养户"),
        (Labour, "普通", "普通劳动力"),
        (HouseholdType, "☑一般贫困户 □低保户", "一般贫困户"),
        (Student, "初中", "在校生"),
        (Student, "高中", "在校生"),
        (Student, "大一", "大学本科"),
        (Student, "7年级", "七年级"),
        (Student, "幼儿园大班", "学前教育"),
        (Student, "已毕业", "非在校生"),
        (DangerGrade, "c级", "C级"),
        (DangerGrade, "D级危房", "D级"),
        (DangerGrade, "D级（整栋）", "D级"),
        (Health, "残疾(肢体)", "残疾"),
        (Health, "II级残疾", "残疾"),
        (Health, "残疾Ⅳ级", "残疾"),
        (Health, "ⅰ级残疾", "残疾"),
        (Health, "慢病、残疾", "长期慢性病、残疾"),
        (Health, "高血压、糖尿病", "长期慢性病"),
        (Health, "慢性病、高血压、残疾", "长期慢性病、残疾"),
        (Cause, "缺乏劳动力", "缺劳力"),
        (Work, "外省", "省外务工"),
        (Work, "在家养老", "未务工"),
        (Work, "上海", "省外务工"),
        (Work, "海门市", "县外省内务工"),
        (Work, "本镇", "乡(镇)内务工"),
        (Labour, "無勞動力", "无劳动力"),
        (Labour, "喪失勞動力", "丧失劳动力"),
        (Cause, "交通條件落後", "交通条件落后"),
        (Work, "江苏苏州打工", "县外省内务工"),
        (Education, "小学三年级", "小学"),
        (Nation, "蒙", "蒙古族"),
        (Student, "☑", "在校生"),
    ],
)
def test_spoken_words_are_read_and_told(annotation: Any, raw: str, expected: str) -> None:
    assert read(annotation, raw) == expected
    assert told(annotation, raw) is Notice.LENIENT


@pytest.mark.parametrize(
    ("annotation", "raw"),
    [
        (Relation, "媳妇"),  # a wife, or a daughter-in-law
        (Relation, "配偶（儿子）"),
        (Relation, "户主之"),
        (HouseholdType, "低保户（已取消）"),
        (HouseholdType, "一般"),
        (HouseholdType, "一般户"),
        (Student, "休学"),
        (Work, "外出务工"),
        (Work, "徐州睢宁"),  # which may be the own county
        (Work, "上海、苏州"),
        (Health, "还行"),
        (Health, "VI级残疾"),
        (Health, "II残疾"),
    ],
)
def test_what_could_mean_several_values_is_not_read(annotation: Any, raw: str) -> None:
    assert fault(annotation, raw).notice is Notice.UNKNOWN_CODE


def test_between_which_values_a_word_leaves_one_in_doubt_is_said() -> None:
    doubt = fault(HouseholdType, "一般户")
    assert doubt.expected == "“一般贫困户”或“一般农户”，这里分不清是哪一个"
    assert doubt.nearest == ""
    assert read(HouseholdType, "一般农户") == "一般农户"


def test_the_provinces_numbers_mean_other_things() -> None:
    assert read(Health, "2") == "长期慢性病"
    assert read(Health, "2", provincial=True) == "体弱多病"
    assert read(Cause, "1") == "因病"
    assert read(Cause, "1", provincial=True) == "因灾"


def test_a_code_that_contradicts_its_word() -> None:
    assert fault(Sex, "男:1").notice is Notice.UNKNOWN_CODE


@pytest.mark.parametrize(
    ("annotation", "raw", "nearest"),
    [
        (Education, "初种", "初中"),
        (Nation, "汗族", "汉族"),
        (Nation, "汉簇", "汉族"),
        (Nation, "外族", ""),
        (Education, "辍学", ""),
        (Work, "务工", ""),
        (Work, "没去务工", "未务工"),
        # Farming, or with no work at all.
        (Work, "在家", ""),
        (HouseholdType, "一般贫因户", "一般贫困户"),
        (Cause, "自身发展动力不够", "自身发展动力不足"),
        (Relation, "朋友", ""),
        (RoadType, "砖路", ""),
        (RoadType, "水泥跑", "水泥路"),
    ],
)
def test_only_what_is_near_in_meaning_is_offered(annotation: Any, raw: str, nearest: str) -> None:
    assert fault(annotation, raw).nearest == nearest


def test_one_main_cause() -> None:
    assert fault(Cause, "因病、缺资金").notice is Notice.SEVERAL_CODES
    assert fault(Cause, "因懒、缺资金").notice is Notice.UNKNOWN_CODE


def test_no_word_stands_for_two_values_of_a_list() -> None:
    for codes in code_lists().values():
        assert codes.words.keys().isdisjoint(codes.spoken), codes.name
        assert codes.narrower.keys().isdisjoint(codes.words | codes.spoken), codes.name
        assert codes.slips.keys().isdisjoint(codes.words | codes.spoken), codes.name


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("肢体残疾二级、糖尿病", "长期慢性病、残疾"),
        ("二级肢残，患有高血压", "长期慢性病、残疾"),
        ("肢体二级残疾", "残疾"),
        ("视力残疾（三级）", "残疾"),
        ("残疾2级 智残", "残疾"),
        ("有残疾", "残疾"),
        ("重度残疾", "残疾"),
        ("肢体三级", "残疾"),
    ],
)
def test_a_disability_is_read_with_its_kind_and_grade(raw: str, value: str) -> None:
    assert read(Health, raw) == value
    assert told(Health, raw) is Notice.LENIENT


@pytest.mark.parametrize("raw", ["无残疾", "残疾五级", "父亲残疾", "未患糖尿病"])
def test_what_is_no_disability_is_not_read_as_one(raw: str) -> None:
    assert fault(Health, raw).notice is Notice.UNKNOWN_CODE


def test_of_several_values_the_one_that_is_unknown_is_named() -> None:
    assert fault(Health, "脑梗、高血压").expected.endswith("其中“脑梗”没有认出")


@pytest.mark.parametrize("raw", ["低保户、五保户", "低保、五保", "低保户 五保户"])
def test_two_values_where_one_is_allowed_are_told_so(raw: str) -> None:
    assert fault(HouseholdType, raw).expected == "“低保户、五保户”中的一个，这一列只能填一个值"


def test_two_causes_in_the_words_of_people_are_several() -> None:
    assert fault(Cause, "疾病、残疾").notice is Notice.SEVERAL_CODES


def test_two_words_for_one_value_are_that_value() -> None:
    assert read(Labour, "弱、半劳力") == "弱劳动力或半劳动力"
    assert read(Health, "健康、无病") == "健康"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("徐州", "县外省内务工"), ("徐州市", "县外省内务工"), ("徐州打工", "县外省内务工"),
        ("县城", "县内务工"),
    ],
)  # fmt: skip
def test_the_name_of_the_city_alone_is_outside_the_county(raw: str, value: str) -> None:
    assert read(Work, raw) == value
    assert told(Work, raw) is Notice.LENIENT


@pytest.mark.parametrize("raw", ["徐州睢宁", "徐州铜山", "丰县", "外地"])
def test_a_place_that_may_be_the_own_county_is_not_guessed(raw: str) -> None:
    assert fault(Work, raw).notice is Notice.UNKNOWN_CODE
