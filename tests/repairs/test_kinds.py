"""The kinds of repairs: what of a cell is mended, and what never is."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandang.intake.columns import CellRead
from jiandang.register.cells import CellError, Context
from jiandang.register.resident_id import check_character
from jiandang.register.tables import COLUMNS, MODELS
from jiandang.register.text import Unpad, is_irregular, tidied
from jiandang.repairs.kinds import changes_of, left_of

ID = "320324198001010015"


def cell(table: str, column: str, raw: str, context: Context | None = None) -> list[CellRead]:
    """The cell as reading gives it, or nothing where it cannot be read."""
    own, context = COLUMNS[table][column], context or Context()
    try:
        value = own.cell.read(raw, context).value
    except CellError:
        return []
    return [] if value is None else [CellRead("表", 1, 1, own, context, raw, value)]


@pytest.mark.parametrize(
    ("table", "column", "raw", "new", "rule"),
    [
        ("member", "name", "张 三 ", "张三", "LR010"),
        ("member", "name", "\u200b张三", "张三", "LR010"),
        ("member", "id_number", "'32032419800101001x", "32032419800101001X", "LR010"),
        ("member", "id_number", "３２０３２４１９８００１０１００１５", ID, "LR010"),
        ("member", "household_id", "32032419800101001x ", "32032419800101001X", "LR010"),
        ("household", "account", "6228 4803 1856 4789", "6228480318564789", "LR010"),
        ("household", "bank", "　睢宁农商行ＡＢ １ ", "睢宁农商行AB 1", "LR010"),
        ("household", "wage", "0", 0, "LR011"),
        ("household", "income_year", "2015年", 2015, "LR011"),
        ("household", "arable", "7.980", 7.98, "LR011"),
        ("household", "wage", "12,180.50", 12180.5, "LR011"),
        ("household", "wage", "3500元", 3500, "LR011"),
        ("household", "size", " ４ ", 4, "LR011"),
        ("survey", "surveyed", "2016.3.5", date(2016, 3, 5), "LR011"),
        ("survey", "surveyed", "2016年3月5日", date(2016, 3, 5), "LR011"),
        ("survey", "surveyed", "20160305", date(2016, 3, 5), "LR011"),
        ("member", "birth_date", "1986/9/5", date(1986, 9, 5), "LR011"),
        ("member", "birth_date", "19860905", date(1986, 9, 5), "LR011"),
        ("household", "identified", "2016年3月21日", date(2016, 3, 21), "LR011"),
        ("member", "relation", "长子", "之子", "LR017"),
        ("member", "relation", " 儿子 ", "之子", "LR017"),
        ("member", "nation", "汉", "汉族", "LR017"),
        ("member", "medical_insurance", "1：是", "是", "LR017"),
        ("member", "medical_insurance", "√", "是", "LR017"),
        ("member", "medical_insurance", "☑是☐否", "是", "LR017"),
        ("household", "water_safe", "安全", "是", "LR017"),
        ("member", "sex", "男 ", "男", "LR010"),
        ("member", "birth_date", "1948-10-19 0:00:00　", date(1948, 10, 19), "LR011"),
        ("survey", "surveyed", "2016-03-05 00:00:00", date(2016, 3, 5), "LR011"),
        ("survey", "surveyed", "2016-03-05T00:00:00", date(2016, 3, 5), "LR011"),
        ("survey", "surveyed", "2016/3/5 0:00", date(2016, 3, 5), "LR011"),
        ("survey", "surveyed", "2016 3 5", date(2016, 3, 5), "LR017"),
        ("survey", "surveyed", "2016。3。5", date(2016, 3, 5), "LR017"),
        ("survey", "surveyed", "2016—3—5", date(2016, 3, 5), "LR017"),
        ("household", "identified", "2016年2月21号", date(2016, 2, 21), "LR017"),
        ("household", "wage", "¥3,500.00", 3500, "LR011"),
        ("member", "name", "Nguyen  Thi\u3000Hoa", "Nguyen Thi Hoa", "LR010"),
        ("household", "bank", "睢宁\r\n农商行", "睢宁 农商行", "LR010"),
        ("household", "village", "王\n庄村", "王 庄村", "LR010"),
        ("member", "work", "其它", "其他", "LR017"),
        ("member", "work", "省外", "省外务工", "LR017"),
        ("member", "name", "王　　强", "王强", "LR010"),
        ("member", "name", "张 国 强", "张国强", "LR010"),
        ("member", "name", "王 志强", "王志强", "LR010"),
        ("member", "name", "欧阳 震华", "欧阳震华", "LR010"),
        ("member", "name", "买买提 · 艾力", "买买提·艾力", "LR010"),
        ("member", "name", "钱国安 （已故）", "钱国安（已故）", "LR010"),
        ("survey", "reviewer", "周敬贤、 李 华", "周敬贤、李华", "LR010"),
        ("survey", "head_signed", "王 强", "王强", "LR010"),
        ("member", "health", "健 康", "健康", "LR017"),
        ("member", "work", "省外 务工 ", "省外务工", "LR010"),
        ("household", "wage", "12 180", 12180, "LR011"),
        ("household", "household_id", "320324105201 001", "320324105201001", "LR010"),
        ("member", "id_number", "32\n0324198001010015", ID, "LR010"),
        ("household", "phone", "139 1234 5678 ", "13912345678", "LR010"),
        ("household", "phone", "0516-83333333 ", "0516-83333333", "LR010"),
    ],
)
def test_what_is_mended(table: str, column: str, raw: str, new: Any, rule: str) -> None:
    changes = changes_of(cell(table, column, raw))
    assert [(c.new, c.repair.rule) for c in changes] == [(new, rule)]


@pytest.mark.parametrize(
    ("table", "column", "raw"),
    [
        ("member", "id_number", "3.20324198001E+17"),  # lost digits
        ("member", "id_number", "32032419800101001O"),  # a letter for a digit
        ("member", "id_number", "320324800101001"),  # 15 digits: only where it is asked
        ("household", "identified", "3月5日"),
        ("household", "identified", "2016-03"),  # a month has to be a text
        ("household", "identified", "42434"),
        ("member", "birth_date", "85年3月5日"),
        ("survey", "surveyed", "3月5日"),  # no year
        ("survey", "surveyed", "03/04/05"),
        ("survey", "surveyed", "2016 35"),  # parted in one place only
        ("survey", "surveyed", "2016-3-5 星期六"),
        ("survey", "surveyed", "42434"),  # a serial
        ("member", "relation", "配隅"),  # only near to a word
        ("household", "wage", "1.2万元"),
        ("household", "wage", "三千"),
        ("household", "wage", "无"),
        ("member", "medical_insurance", ""),
        ("member", "medical_insurance", "☐"),  # as good as empty
        ("member", "medical_insurance", "○"),
        ("member", "sex", "1"),  # the notation of the paper form
        ("household", "phone", "13912345678 13912345679"),  # not one number
        ("household", "road_distance", "500米"),
        ("survey", "surveyed", "2016-03-05 13:05"),  # a time of day that would be lost
        ("household", "size", "¥4"),
        ("member", "name", "Nguyen Thi Hoa"),
        ("member", "work", "上海"),  # more than 省外务工
        ("member", "work", "在苏州电子厂打工"),
        ("member", "health", "慢性病（高血压）"),
        ("member", "health", "高血压、糖尿病"),
        ("member", "health", "残疾二级"),
        ("member", "student", "初中"),  # more than 在校生
        ("member", "medical_insurance", "有（2016年）"),
        ("member", "relation", "孙媳妇"),  # more than 其他
        ("household", "other_causes", "因病（尿毒症）、残"),
        ("household", "helper", "周敬贤 李华"),  # two people
        ("survey", "reviewer", "张 三 李 四"),
        ("household", "head_name", "钱国安 已故"),  # a name and what became of him
        ("member", "name", "钱国安 亡"),
        ("member", "name", "买买提 艾力"),  # a dot is missing
        ("member", "name", "女 张三"),
        ("member", "name", "周敬贤 13912345678"),
        ("survey", "head_signed", "王强 李华"),
        ("household", "account", "6228480185647890 6228480185647891"),
        ("household", "household_id", "320324105201001 320324105201002"),
        ("member", "id_number", "320324198001010015 320324198001010023"),
        ("household", "wage", "1200 800"),
        ("household", "income_year", "15年"),  # 2015
        ("household", "income_year", "15"),
        ("village", "goal_year", "16年度"),
        ("member", "education", "小学三年级"),  # the years of school
        ("member", "education", "初二"),
        ("member", "education", "高一"),
        ("member", "education", "大专在读"),
        ("member", "education", "本科"),
        ("member", "education", "小学肄业"),
        ("member", "student", "小学3年级"),
        ("member", "student", "辍学"),
        ("member", "relation", "养子"),
        ("member", "relation", "弟弟"),
        ("member", "work", "省外务工 浙江"),
        ("member", "work", "在家带孩子"),
        ("member", "health", "1,3"),  # as 1 is
        ("member", "health", "1、残"),
        ("household", "cause", "大病"),
        ("household", "fuel", "液化气"),
        ("household", "fuel", "煤 气"),
        ("member", "health", "四级残疾。"),
        ("household", "village_code", "1 320324105201"),
    ],
)
def test_what_never_is(table: str, column: str, raw: str) -> None:
    assert changes_of(cell(table, column, raw)) == []


def test_a_unit_in_the_heading_is_not_reckoned_with() -> None:
    in_ten_thousands = Context(scale=10_000)
    (change,) = changes_of(cell("household", "wage", "1.2", in_ten_thousands))
    assert change.new == 1.2
    assert changes_of(cell("household", "wage", "12000元", in_ten_thousands)) == []


@pytest.mark.parametrize("text", [("household", "wage", "0"), ("survey", "surveyed", "2016.3.5")])
def test_where_all_is_text_none_is_stored_as_such(text: tuple[str, str, str]) -> None:
    """A .csv has no numbers and dates that could be other than texts."""
    assert changes_of(cell(*text, Context(untyped=True))) == []


@pytest.mark.parametrize(
    ("column", "raw", "is_mended"),
    [
        ("name", "张三\n李四", False),
        ("name", "张三 \n 李四、", False),
        ("name", "张三\n", True),
        ("id_number", f"{ID}\n320324198001010023", False),
        ("id_number", f"{ID[:6]}\n{ID[6:]}", True),  # one, in two lines
    ],
)
def test_lines_of_several_people_are_not_joined(column: str, raw: str, is_mended: bool) -> None:
    of = COLUMNS["member"][column]
    read = CellRead("表", 1, 1, of, Context(), raw, of.cell.read(raw, Context()).value)
    changes = changes_of([read])
    assert bool(changes) is is_mended
    assert bool(left_of([read], changes)) is not is_mended


@pytest.mark.parametrize(
    ("table", "column", "raw", "rule", "reason"),
    [
        ("member", "birth_date", "42000", "LR011", "请按原始材料改成日期"),
        ("member", "birth_date", "03/04/05", "LR017", "请按原始材料改成日期"),
        ("household", "wage", "1.2万", "LR017", "换算成列名里的单位"),
        ("household", "house_area", "六十", "LR017", "换算成列名里的单位"),
        ("member", "education", "初二", "LR017", "别的内容另记"),
        ("member", "work", "上海", "LR017", "别的内容另记"),
    ],
)
def test_what_is_left_is_listed_with_why(
    table: str, column: str, raw: str, rule: str, reason: str
) -> None:
    read = cell(table, column, raw)
    assert changes_of(read) == []
    ((why, (change,)),) = left_of(read, []).items()
    assert (change.repair.rule, change.read.raw) == (rule, raw) and reason in why
    other = "LR017" if rule == "LR011" else "LR011"
    assert left_of(read, [], frozenset({other})) == {}


@pytest.mark.parametrize(
    ("table", "column", "raw"),
    [
        ("member", "birth_date", "1980年1月"),  # a month is all that need be known
        ("member", "birth_date", "1980"),
        ("member", "name", "张三"),
        ("member", "relation", "之子"),
        ("member", "work", "省外务工"),
    ],
)
def test_nothing_is_left_of_what_is_right(table: str, column: str, raw: str) -> None:
    assert left_of(cell(table, column, raw), []) == {}


def test_15_digits_where_it_is_asked() -> None:
    (change,) = changes_of(cell("member", "id_number", "320324800101001"), frozenset({"LR111"}))
    first = "32032419800101001"
    assert change.new == first + check_character(first)


TEXTS = st.text(
    st.sampled_from("0123456789１ＸxA '　 \n\t\u200b,.-年月日元男女是否有汉子长配偶"), max_size=12
)
ALL = [(table, name) for table in MODELS for name in COLUMNS[table]]


UNPADS = {column.cell.unpad for columns in COLUMNS.values() for column in columns.values()}


@given(TEXTS, st.sampled_from(sorted(UNPADS, key=repr)))
def test_what_is_told_of_as_irregular_is_mended(raw: str, unpad: Unpad) -> None:
    assert not is_irregular(tidied(raw, unpad), unpad)


@given(st.sampled_from(ALL), TEXTS)
def test_no_value_changes_and_a_second_time_nothing(at: tuple[str, str], raw: str) -> None:
    read = cell(*at, raw)
    for change in changes_of(read):
        again = change.read.of.cell.read(change.new, change.read.context)
        assert again.value == read[0].value
        if isinstance(change.new, str):
            assert changes_of(cell(*at, change.new)) == []
