"""A form without 户编号 among those of its kind that have it lacks it; others do not ask for it."""

from form_reading import read

from jiandang.formats.grid import Grid
from jiandang.register.address import cell_address
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register, row_of, sheet_of


def page(head: str, code: Raw, *more: list[Raw]) -> list[list[Raw]]:
    rows: list[list[Raw]] = [
        ["贫困户登记表", *[""] * 5],
        ["家庭住址：睢宁县官山镇王庄村二组", "", "", code, "", ""],
        ["户主姓名", head, "家庭人口", 1.0, "主要致贫原因", "因病"],
        ["贫困户属性", "一般贫困户", "耕地面积(亩)", 2.0, "人均纯收入(元)", 2000.0],
        *more,
        ["户主签字：", *[""] * 5],
    ]
    return rows


def empty_codes(register: Register) -> list[tuple[str, str]]:
    found = [o for o in register.observations if o.notice is Notice.EMPTY]
    assert all(o.column == "household_id" for o in found)
    return [
        (register.sheets[sheet_of(at)].sheet, cell_address(row_of(at) - 1, o.sheet_column or 0))
        for o in found
        if (at := o.in_row or o.ref)
    ]


CODE = "户编号：32032410520100"


def test_a_page_without_a_code_among_those_with_one() -> None:
    pages = [page("张三", f"{CODE}1"), page("李四", ""), page("王五", f"{CODE}3")]
    sheets = [Grid(str(n), rows) for n, rows in enumerate(pages)]
    assert empty_codes(read(*sheets)) == [("1", "D2")]
    assert empty_codes(read(Grid("全村", [row for rows in pages for row in rows]))) == [
        ("全村", "D7")
    ]


def test_pages_that_have_no_codes_lack_none() -> None:
    sheets = [Grid(name, page(name, "")) for name in ("张三", "李四")]
    assert empty_codes(read(*sheets)) == []


def test_a_page_of_another_kind_does_not_ask_for_a_code() -> None:
    other = page("李四", "", ["是否危房", "否", "危房等级", "无", "住房面积(㎡)", 80.0])
    assert empty_codes(read(Grid("一", page("张三", f"{CODE}1")), Grid("二", other))) == []
