"""What a well-kept register has in its cells, column by column."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.codes import code_lists
from jiandang.register.number_cells import NumberCell
from jiandang.register.resident_id import check_character
from jiandang.register.table import Column
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.templates.columns import columns_for

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜秀英敏静丽强磊军洋"
DAYS = st.dates(date(1950, 1, 1), date(2016, 3, 1))
# All that the template's checks let through.
BIRTHS = st.dates(date(1900, 1, 1), date(2016, 3, 28))
NAMES = st.builds(str.__add__, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))
WORDS = st.text("睢宁农商行官山扶贫办公室主任科员组北南", min_size=2, max_size=8)


def digits(*lengths: int) -> st.SearchStrategy[str]:
    return st.sampled_from(lengths).flatmap(
        lambda n: st.text("0123456789", min_size=n - 1, max_size=n - 1).map("3".__add__)
    )


@st.composite
def ids(draw: st.DrawFn) -> str:
    first = f"320324{draw(BIRTHS):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + check_character(first)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values as the cells of a well-kept register hold them."""
    cell = column.cell
    if isinstance(cell, ManyCodes):
        chosen = st.lists(st.sampled_from(cell.code_list.values), min_size=1, unique=True)
        return chosen.map("、".join)
    if isinstance(cell, Code):
        return st.sampled_from(cell.code_list.values)
    if cell.native is bool:
        return st.sampled_from(code_lists()["yes_no"].values)
    if isinstance(cell, NumberCell):
        if column.id in ("income_year", "goal_year"):
            return st.just(2015) if column.id == "income_year" else st.integers(2016, 2019)
        whole = st.integers(cell.minimum or 0, cell.maximum or 10**9 - 1)
        least = -(10**9) + 1 if column.id in ("net_income", "per_capita") else 0
        amount = st.floats(least, 10**9 - 1).map(lambda x: round(x, 2))
        return whole if cell.native is int else amount
    if cell.native is date or cell.iso:
        return DAYS
    if cell.name in ("姓名", "签字"):
        return NAMES
    numbers = {
        "公民身份号码": ids(),
        "残疾证号": ids().map(lambda own: f"{own}43"),
        "电话": digits(10).map("1".__add__).filter(lambda own: own[1] == "3"),
        "银行账号": digits(16, 19),
        "编码": digits(20),
    }
    return numbers.get(cell.name, WORDS)


def rows(table: str, **fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a table, any of whose cells may be empty but the `fixed`."""
    own = {c.id: st.none() | values(c) for c in columns_for(table) if c.id not in PLACE_COLUMNS}
    return st.fixed_dictionaries({**own, **{name: st.just(v) for name, v in fixed.items()}})
