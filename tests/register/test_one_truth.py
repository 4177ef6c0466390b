"""Columns and models are read by the same types: what they say of a cell must agree."""

import math
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from jiandang.formats.grid import Grid
from jiandang.intake.above import DITTO, means_place_above
from jiandang.policy import load_policy
from jiandang.register.cells import ErrorValue, Raw
from jiandang.register.code_cells import Code
from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.notice import FAULTS, Notice
from jiandang.register.process import Procedure, Survey
from jiandang.register.register import Register, row_of
from jiandang.register.table import Column, Table, columns_of
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.village import Allocation, Village
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
# The columns by which a sheet is taken for a table, and what stands in them: {} is a number.
IDENTITY: dict[type[Table], dict[str, Raw]] = {
    Member: {"household_id": "320324105201{:03}", "name": "张三", "relation": "户主", "sex": "男"},
    Household: {"household_id": "320324105201{:03}", "head_name": "张三", "size": 3},
    Procedure: {"household_id": "320324105201{:03}", "applied": "2016-2-21", "delegates": 30},
    Survey: {"household_id": "320324105201{:03}", "surveyed": "2016-2-21", "surveyor_1": "张三"},
    Village: {"village_code": "320324105{:03}", "village": "王庄村", "rural_households": 100},
    Allocation: {"code": "320324105{:03}", "place": "王庄村", "planned_households": 10},
}
# What codes tell of a row that leaves it blank.
TOLD = {"county", "town", "village", "level"}
ANY = st.one_of(
    st.sampled_from(
        ["", " ", "无", "/", "不详", "是", "否", "三个半", "2016.3", "2016年2月30日", "3亩5分"]
    ),
    st.sampled_from(["1", "01", "①", "张 三", "因病、因残", "13912345678", "1.2万", "12e3", "－"]),
    st.sampled_from([3.20324196712054976e17, 0.5, -1, 2016, 42430, True, False]),
    st.sampled_from([date(2016, 2, 21), datetime(2016, 2, 21, 9, 30), ErrorValue("#N/A")]),
    # 同上 says what stands above, which a model that reads the cell alone cannot know.
    st.text(max_size=6).filter(lambda text: not text.startswith("#") and text not in DITTO),
    st.integers(-5, 60_000),
)

# Each kind of cell in the notations that people have for it, right and wrong.
NOTATIONS: list[Raw] = [
    *("2016-02-21", "2016.2.21", "2016年2月", "16.2.21", "二〇一六年二月", "20160221", "2016.13"),
    *("21/2/2016", "2月21日", "元月5日", "2016-02-30", "2016-2", "1967", 42421, 42421.5, 2016.03),
    *(date(2016, 2, 21), datetime(2016, 2, 21, 9, 30), time(9, 30), True, False, 0, 1, -1, 0.5),
    *("3人", "1,200", "1200元", "0.12万元", "３", "三", "-3", "3.0", "1e3", "约3", "3-4", "00"),
    *("12月", "半年", "全年", "2个月", "45岁", "周岁45", "3.5亩", "3亩5分", "120㎡", "3间", "2里"),
    *("两公里", "5000元/年", "400元/月", "五万", "12e3", 1e20, 2**63, -(10**20), 1e300, math.inf),
    *("320324196712054976", "32032419671205497x", "32032419671205497×", 3.20324196712054976e17),
    *("3.20324E+17", "身份证：320324196712054976", "320324 19671205 4976", "320324671205497"),
    *("32032419671205497644", "3203241967120549764401", "无", "新生儿", "不详", "/", "——", "*"),
    *(6228480402564890018, 13912345678, "13912345678", "139-1234-5678", "0516-83812345"),
    *("139123456", "13912345678/13812345678", "6228 4804 0256 4890 018", "张三（户主）", "待定"),
    *("阿依古丽•买买提", "是", "否", "有", "没有", "√", "×", "Y", "☑是 □否", " 否", "已签", "？"),
    *("王庄", "王庄村民委员会", "官山镇王庄村", "睢宁县", 320324105201, "未签字", "A", "d", "县"),
    *("因病", "因病、因残", "1、2", "1;2", "01", "①", "1:男", "男", "C级", "残疾", "汉"),
    *(ErrorValue("#N/A"), ErrorValue("#REF!"), "", "\u3000"),
]
# So many columns of such cells beside the others do not make a sheet look shifted.
FEW = 1  # of two or more the cells may be each other's by chance


def cells_of(column: Column) -> st.SearchStrategy[Raw]:
    if isinstance(column.cell, Code):
        codes = column.cell.code_list
        return ANY | st.sampled_from([*codes.values, *codes.words, *codes.spoken, *codes.narrower])
    return ANY


@st.composite
def registers(draw: st.DrawFn) -> tuple[type[Table], list[str], list[list[Raw]]]:
    """A table, the fields of its columns, and rows of cells, a few of each column."""
    model: type[Table] = draw(st.sampled_from([*IDENTITY]))
    columns = columns_of(model)
    own = IDENTITY[model]
    free = [name for name in columns if name not in (*own, "place")]
    least = min(4, len(free))
    names = draw(st.lists(st.sampled_from(free), min_size=least, max_size=12, unique=True))
    number = draw(st.integers(1, 5))
    rows = [
        [*identity(model, i), *(draw(cells_of(columns[name])) for name in names)]
        for i in range(number)
    ]
    return model, [*own, *names], rows


def identity(model: type[Table], number: int) -> list[Raw]:
    return [
        cell.format(201 + number) if isinstance(cell, str) else cell
        for cell in IDENTITY[model].values()
    ]


def objects_of(register: Register, model: type[Table]) -> list[Table]:
    ways = {
        Member: register.members,
        Household: register.households,
        Procedure: register.procedures,
        Survey: register.surveys,
        Village: register.villages,
        Allocation: register.allocations,
    }
    return list(ways[model]())


def read_alone(model: type[Table], row: dict[str, Raw]) -> tuple[dict[str, Any], set[str]]:
    """The values of a row that the model reads by itself, and the fields that it refuses."""
    try:
        return dict(model.model_validate(row)), set()
    except ValidationError as error:
        bad = {str(problem["loc"][0]) for problem in error.errors()}
    good = {name: raw for name, raw in row.items() if name not in bad}
    return dict(model.model_validate(good)), bad


def read(model: type[Table], names: list[str], rows: list[list[Raw]]) -> Register:
    headings: list[Raw] = [columns_of(model)[name].heading for name in names]
    for row in rows:
        for i, name in enumerate(names):
            if name in PLACE_COLUMNS and means_place_above(row[i]):
                row[i] = ""  # what stands above
    return register_of([Grid("表", [headings, *rows])], POLICY, Path("表.xlsx"))


def is_moved(register: Register) -> bool:
    """Whether rows look moved out of their columns: then none of their cells is read."""
    notices = {seen.notice for seen in register.observations}
    return not {Notice.SHIFTED, Notice.SWAPPED}.isdisjoint(notices)


def compare(
    register: Register, model: type[Table], names: list[str], rows: list[list[Raw]]
) -> None:
    told = {
        (row_of(seen.ref), seen.column): seen.notice
        for seen in register.observations
        if seen.notice in FAULTS
    }
    frame = register.tables[model.table_name]
    seen = list(zip(objects_of(register, model), frame.iter_rows(named=True), strict=True))
    assert seen
    for each, columns in seen:
        assert each.source is not None
        number = each.source.row
        raw = dict(zip(names, rows[number - 2], strict=True))
        alone, bad = read_alone(model, raw)
        if columns["others"] is None:
            assert set(each.faults) == bad
        for name in names:
            place = columns_of(model)[name].cell.as_cell
            # What the column says, what the object says, and what the cell says by itself.
            if name in TOLD and alone[name] is None and name not in bad:
                # The object is told by its code where it lies, as other rows of the code say.
                assert getattr(each, name) in {*frame[name], "睢宁县", "乡", "村"}, name
            else:
                assert getattr(each, name) == alone[name], name
            assert columns[name] == place(alone[name]), name
            if name in bad:
                assert each.faults[name].notice is told[number, name]
                assert each.faults[name].cell == each.source.cells[name]


@given(registers())
def test_columns_and_models_agree(made: tuple[type[Table], list[str], list[list[Raw]]]) -> None:
    register = read(*made)
    assume(not is_moved(register))
    compare(register, *made)


@pytest.mark.parametrize("model", IDENTITY)
def test_they_agree_on_each_notation_in_each_column(model: type[Table]) -> None:
    own = [*IDENTITY[model]]
    free = [name for name in columns_of(model) if name not in (*own, "place")]
    for start in range(0, len(free), FEW):
        names = free[start : start + FEW]
        rows = [
            [*identity(model, i), *((NOTATIONS * 2)[i + 7 * j] for j in range(len(names)))]
            for i in range(len(NOTATIONS))
        ]
        register = read(model, [*own, *names], rows)
        assert not is_moved(register)
        compare(register, model, [*own, *names], rows)
