"""Lists of codes that a heading prints: they count, whatever the same numbers mean elsewhere."""

from typing import Any

import pytest

from jiandang.formats.grid import Grid
from jiandang.headings.printed import is_answered, printed_list, without_list
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
TYPES = ["低保贫困户", "五保贫困户", "一般贫困户"]


def read(heading: str, *cells: Any) -> Register:
    """A table of households with one column of codes."""
    rows: list[list[Raw]] = [["户编号", "户主姓名", "家庭人口", "人均纯收入", heading]]
    rows += [[f"32032410520100{i}", f"张{i}", 1.0, 2000.0, cell] for i, cell in enumerate(cells)]
    return register_of([Grid("Sheet1", rows)], POLICY)


def told(register: Register) -> list[tuple[Notice, str, str]]:
    return [(seen.notice, seen.value, seen.expected) for seen in register.observations]


@pytest.mark.parametrize(
    "printed",
    [
        "（1低保贫困户 2五保贫困户 3一般贫困户）",
        "（1、低保贫困户，2、五保贫困户，3、一般贫困户）（单选）",
        " 1.低保贫困户 2.五保贫困户 3.一般贫困户",
        "\n1=低保贫困户；2=五保贫困户；3=一般贫困户",
        "（1-低保贫困户/2-五保贫困户/3-一般贫困户）",
        "：1：低保贫困户 2：五保贫困户 3：一般贫困户",
        "①低保贫困户②五保贫困户③一般贫困户",
        "（⑴低保贫困户⑵五保贫困户⑶一般贫困户）",
        "[01代表低保贫困户,02代表五保贫困户,03代表一般贫困户]",
        "（低保贫困户1 五保贫困户2 一般贫困户3）",
        "（低保贫困户=1，五保贫困户=2，一般贫困户=3）",
    ],
)
def test_codes_mean_what_the_heading_prints(printed: str) -> None:
    register = read(f"农户属性{printed}", 1.0, "2", "③", "02", "1-低保", "五保贫困户")
    values = register.tables["household"]["household_type"].to_list()
    assert values == [*TYPES, "五保贫困户", "低保贫困户", "五保贫困户"]
    assert Notice.UNKNOWN_CODE not in {notice for notice, *_ in told(register)}


@pytest.mark.parametrize(
    ("heading", "column", "cells", "values"),
    [
        ("是否危房（1否2是）", "dangerous", [1.0, 2.0, "是"], [False, True, True]),
        ("是否危房（0=是，1=否）", "dangerous", [0.0, 1.0], [True, False]),
        ("是否危房（2是1否）", "dangerous", [1.0, 2.0], [False, True]),
        ("是否危房（1安全 2危房）", "dangerous", [1.0, 2.0], [False, True]),
        ("危房等级（1.C级 2.D级）", "danger_grade", [1.0, "2", "C"], ["C级", "D级", "C级"]),
        ("危房等级（A级 B级 C级 D级）", "danger_grade", ["C", 4.0], ["C级", "D级"]),
        ("主要致贫原因（A因残 B因病）", "cause", ["A", "b"], ["因残", "因病"]),
        ("其他致贫原因(1因残 2因病 3因学)", "other_causes", ["1、3", 2.0], ["因残、因学", "因病"]),
        ("是否脱贫（截至2015年12月31日）", "dangerous", [], None),
    ],
)
def test_lists_of_other_columns(
    heading: str, column: str, cells: list[Any], values: list[Any] | None
) -> None:
    register = read(heading, *cells)
    assert values is None or register.tables["household"][column].to_list() == values


def test_a_code_that_the_heading_does_not_print_is_unclear() -> None:
    register = read("农户属性（1低保贫困户 2五保贫困户）", 1.0, 3.0)
    assert register.tables["household"]["household_type"].to_list() == ["低保贫困户", None]
    assert told(register) == [(Notice.UNKNOWN_CODE, "3", "“1低保贫困户、2五保贫困户”之一")]


def test_no_code_is_relied_on_where_a_printed_word_is_no_value_of_the_column() -> None:
    register = read("农户属性（1低保贫困户 2五保贫困户 3重点户）", 1.0, "低保贫困户")
    assert register.tables["household"]["household_type"].to_list() == [None, "低保贫困户"]
    assert [notice for notice, *_ in told(register)] == [Notice.UNKNOWN_CODE]


@pytest.mark.parametrize(
    "text",
    [
        "是否脱贫(2015年12月31日)",
        "在校生状况(2016年1月1日)",
        "家庭成员1姓名",
        "1.因病 2.因残",
        "劳动力(16-60周岁)",
    ],
)
def test_dates_ages_and_values_are_no_lists(text: str) -> None:
    assert printed_list(text) == (text, {}, "")
    assert without_list(text) == text


def test_an_answer_may_stand_behind_a_list() -> None:
    assert is_answered("户别:A.一般贫困户 B.低保户 (B)")
    assert is_answered("户别(1一般贫困户 2低保户)(2)")
    assert not is_answered("户别(1一般贫困户 2低保户)(单选)")
