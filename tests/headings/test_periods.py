"""A notice's first and last day in one cell: 村公示时间, 3.6-3.13."""

from datetime import date

import pytest

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Days = tuple[date | None, date | None]


def register(heading: str, *cells: Raw, more: tuple[str, ...] = ()) -> Register:
    headings: list[Raw] = ["户编号", "户主姓名", "申请日期", "评议日期", heading, *more]
    rows: list[list[Raw]] = [
        [
            f"32032410520100{n}",
            "张三",
            date(2016, 2, 25),
            date(2016, 3, 5),
            cell,
            *([""] * len(more)),
        ]
        for n, cell in enumerate(cells, 1)
    ]
    return register_of([Grid("台账", [headings, *rows])], POLICY)


def days(read: Register, level: str) -> list[Days]:
    rows = read.tables["procedure"]
    return list(zip(rows[f"{level}_notice_start"], rows[f"{level}_notice_end"], strict=True))


@pytest.mark.parametrize(
    "cell",
    [
        "3.6-3.13", "3月6日至3月13日", "2016.3.6-3.13", "2016-3-6至2016-3-13", "3月6日—13日",
        "2016年3月6日起至3月13日止", "３．６～３．１３",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("heading", "level"),
    [("村公示时间", "village"), ("镇公示日期", "town"), ("县级公告起止时间", "county")],
)
def test_both_days_stand_in_one_cell(heading: str, level: str, cell: str) -> None:
    read = register(heading, cell)
    assert days(read, level) == [(date(2016, 3, 6), date(2016, 3, 13))]
    assert not read.observations
    (household,) = (row for row in read.tables["procedure"].iter_rows(named=True))
    assert household["bad"] is None


@pytest.mark.parametrize(
    "cell",
    [
        "3.6-13", "2016.3.6-13", "2016-3-6至13日", "20160306-20160313", "3月6日至3月13日（共7天）",
        "3月6日至3月13日共7天", "2016.3.6～2016.3.13(公示8天)", "3.6——3.13", "３．６－３．１３",
        "自2016年3月6日起至13日止", "二〇一六年三月六日至三月十三日", "3.6到3.13", "3.6-2016.3.13",
        "2016/3/6 - 2016/3/13", "3月6日—13日", "2016年3月6日\n至2016年3月13日", "3/6-13",
    ],
)  # fmt: skip
def test_one_cell_in_the_notations_of_clerks(cell: str) -> None:
    read = register("村公示时间", cell)
    assert days(read, "village") == [(date(2016, 3, 6), date(2016, 3, 13))]
    assert not read.observations


@pytest.mark.parametrize(
    "cell", ["2015.12.28-1.4", "12.28-1.4", "2015年12月28日至1月4日", "12.28-2016.1.4"]
)
def test_across_new_year(cell: str) -> None:
    assert days(register("村公示时间", cell), "village") == [(date(2015, 12, 28), date(2016, 1, 4))]


@pytest.mark.parametrize("cell", ["2016-3-13", "2016.3.6", "20160306"])
def test_a_day_is_no_period(cell: str) -> None:
    ((_, last),) = days(register("村公示时间", cell), "village")
    assert last is None


def test_one_day_is_the_first_and_what_is_none_is_told_once() -> None:
    read = register("村公示时间", "2016-3-6", "", "已公示")
    assert days(read, "village") == [(date(2016, 3, 6), None), (None, None), (None, None)]
    (found,) = jiandang.check(read, select="LR005").findings
    assert (found.cell, found.value) == ("E4", "已公示")


def test_where_the_days_have_columns_the_period_is_not_read() -> None:
    read = register("村公示时间", "3.6-3.13", more=("村公示开始",))
    assert days(read, "village") == [(None, None)]
    (found,) = jiandang.check(read, select="LR003").findings
    assert found.message.startswith("列“村公示时间”没有认出，未作检查")
