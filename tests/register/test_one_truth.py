"""Columns and models are read by the same types: what they say of a cell must agree."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from jiandang.formats.grid import Grid
from jiandang.intake.above import DITTO
from jiandang.policy import load_policy
from jiandang.register.cells import ErrorValue, Raw
from jiandang.register.code_cells import Code
from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.notice import FAULTS, Notice
from jiandang.register.place_names import Whereabouts
from jiandang.register.register import row_of
from jiandang.register.table import Column, Table, columns_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
IDENTITY: dict[type[Table], tuple[str, str]] = {
    Member: ("household_id", "name"),
    Household: ("household_id", "head_name"),
}
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


def cells_of(column: Column) -> st.SearchStrategy[Raw]:
    if isinstance(column.cell, Code):
        codes = column.cell.code_list
        return ANY | st.sampled_from([*codes.values, *codes.words, *codes.spoken])
    return ANY


@st.composite
def registers(draw: st.DrawFn) -> tuple[type[Table], list[str], list[list[Raw]]]:
    """A table, the fields of its columns, and rows of cells, a few of each column."""
    model: type[Table] = draw(st.sampled_from([*IDENTITY]))
    columns = columns_of(model)
    free = [name for name in columns if name not in (*IDENTITY[model], "place")]
    names = draw(st.lists(st.sampled_from(free), min_size=4, max_size=12, unique=True))
    number = draw(st.integers(1, 5))
    rows = [
        [f"320324105201{i:03}", "张三", *(draw(cells_of(columns[name])) for name in names)]
        for i in range(number)
    ]
    return model, [*IDENTITY[model], *names], rows


def read_alone(model: type[Table], row: dict[str, Raw]) -> tuple[dict[str, Any], set[str]]:
    """The values of a row that the model reads by itself, and the fields that it refuses."""
    try:
        return dict(model.model_validate(row)), set()
    except ValidationError as error:
        bad = {str(problem["loc"][0]) for problem in error.errors()}
    good = {name: raw for name, raw in row.items() if name not in bad}
    return dict(model.model_validate(good)), bad


@given(registers())
def test_columns_and_models_agree(made: tuple[type[Table], list[str], list[list[Raw]]]) -> None:
    model, names, rows = made
    headings: list[Raw] = [columns_of(model)[name].heading for name in names]
    register = register_of([Grid("表", [headings, *rows])], POLICY, Path("表.xlsx"))
    # Three rows of random cells may look moved out of their columns: then none of them is read.
    assume({Notice.SHIFTED, Notice.SWAPPED}.isdisjoint(o.notice for o in register.observations))
    objects = register.members() if model is Member else register.households()
    told = {
        (row_of(seen.ref), seen.column): seen.notice
        for seen in register.observations
        if seen.notice in FAULTS
    }
    frame = register.tables[model.table_name]
    seen = list(zip(objects, frame.iter_rows(named=True), strict=True))
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
            if name in Whereabouts._fields and alone[name] is None and name not in bad:
                # The object is told by its code where it lies, as other rows of the code say.
                assert getattr(each, name) in {*frame[name], "睢宁县"}, name
            else:
                assert getattr(each, name) == alone[name], name
            assert columns[name] == place(alone[name]), name
            if name in bad:
                assert each.faults[name].notice is told[number, name]
                assert each.faults[name].cell == each.source.cells[name]
