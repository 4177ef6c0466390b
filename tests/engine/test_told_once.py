"""What nearly every row of a village has is one finding; so are two rows that were exchanged."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

import jiandang
from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.report.model import Finding
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = [
    "户编号",
    "户主姓名",
    "行政村",
    "收入年度",
    "家庭人口",
    "人均纯收入",
    "纯收入",
]


def home(number: int, year: int = 2015, size: int = 2, each: int = 2000) -> list[Raw]:
    place = "王庄村" if number < 200 else "柳湾村"
    return [f"320324105{201 + number // 200}{number:03}", "张三", place, year, size, each, 4000]


def findings(rows: list[list[Raw]], rule: str) -> Sequence[Finding]:
    grid = Grid("农户", [HEADINGS, *rows])
    return jiandang.check(register_of([grid], POLICY), as_of="2016-03-29", select=rule).findings


def test_a_village_is_told_once_with_its_number() -> None:
    rows = [home(number, 2016 if number else 2015) for number in range(30)]
    (found,) = findings(rows + [home(number) for number in range(200, 230)], "SJ012")
    assert (found.cell, found.village, found.household) == ("D3", "王庄村", None)
    assert found.message == (
        "收入年度填的是 2016，应为 2015；本村只有第 2 行不是这样；"
        "本村这样的一共有 29 处，多半是一个原因，只报一次"
    )


def test_a_few_rows_or_a_part_of_the_village_are_told_one_by_one() -> None:
    assert len(findings([home(number, 2016) for number in range(19)], "SJ012")) == 19
    half = [home(number, 2016 if number % 2 else 2015) for number in range(60)]
    assert len(findings(half, "SJ012")) == 30


def test_what_is_unlike_the_rest_of_the_village_is_told_by_itself() -> None:
    rows = [home(number, {4: 2105, 9: 205}.get(number, 2016)) for number in range(30)]
    found = findings(rows, "SJ012")
    assert [f.cell for f in found] == ["D2", "D6", "D11"]
    assert "第 6、11 行不是这样；本村这样的一共有 28 处" in found[0].message


def test_years_of_many_kinds_are_one_cause() -> None:
    (found,) = findings([home(number, 1990 + number % 20) for number in range(40)], "SJ012")
    assert "一共有 40 处" in found.message


def test_amounts_off_by_one_power_of_ten_are_told_with_the_unit() -> None:
    rows = [home(number, size=1 + number % 4) for number in range(30)]
    for row in rows:
        row[5] = round(4000 / int(str(row[4])) / 10000, 2)
    rows[7][5] = 12
    found = findings(rows, "DC008")
    assert [f.cell for f in found] == ["F2", "F9"]
    assert "；都只有应填的 1/10000，像是按万元填的；" in found[0].message
    assert "万元" not in found[1].message


def test_rows_pasted_twice_are_told_once_but_a_few_by_themselves() -> None:
    headings: list[Raw] = ["行政村", "户编号", "申请日期"]
    rows: list[list[Raw]] = [["王庄村", home(number)[0], "2016-02-18"] for number in range(30)]
    for more, told in ((rows, 1), (rows[:4], 4)):
        grids = [Grid("农户", [HEADINGS, *map(home, range(30))])]
        grids.append(Grid("识别程序", [headings, *rows, *more]))
        register = register_of(grids, POLICY)
        found = jiandang.check(register, as_of="2016-03-29", select="LR121").findings
        assert len(found) == told


def test_two_rows_that_have_each_others_value_are_one_finding() -> None:
    rows = [home(number) for number in range(6)]
    rows[2][4:6], rows[3][4:6] = [4, 2000], [2, 1000]
    (found,) = findings(rows, "DC008")
    assert found.cell == "F4"
    assert found.message.endswith("；“张三”的正好相反，像是两格填反了，换过来都相符")


def test_rows_apart_or_of_other_values_are_two() -> None:
    apart = [home(number) for number in range(6)]
    apart[2][4:6], apart[4][4:6] = [4, 2000], [2, 1000]
    other = [home(number) for number in range(6)]
    other[2][4:6], other[3][4:6] = [4, 2000], [2, 1100]
    for rows in (apart, other):
        assert len(findings(rows, "DC008")) == 2


def test_what_a_list_says_is_asked_of_each(tmp_path: Path) -> None:
    people = [
        (
            home(n)[0],
            f"张{'一二三四五'[n % 5]}{'甲乙丙丁戊己'[n // 5]}",
            f"320324196{n % 10}0319{100 + n}",
        )
        for n in range(30)
    ]
    heads: list[list[Raw]] = [["户编号", "行政村", "姓名", "与户主关系", "证件号码"]]
    cars: list[list[Raw]] = [["车主姓名", "身份证号码", "号牌号码", "车辆类型"]]
    for household, name, digits in people:
        heads.append([household, "王庄村", name, "户主", with_check(digits)])
        cars.append([name, with_check(digits), f"苏C{digits[-5:]}", "小型轿车"])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in cars:
        sheet.append(line)
    book.save(tmp_path / "车辆.xlsx")
    register = register_of([Grid("成员", heads)], POLICY)
    report = jiandang.check(register, as_of="2016-03-29", select="BD161", lists=[tmp_path])
    assert [f.household for f in report.findings] == [household for household, *_ in people]


def test_what_cannot_be_read_in_nearly_a_whole_village_is_told_once() -> None:
    rows = [home(number) for number in range(30)] + [home(number) for number in range(200, 230)]
    for number in range(30):
        rows[number][3] = "今年" if number == 7 else "去年"
    rows[12][3] = ""
    first, other = findings(rows, "LR005")
    assert (first.cell, first.village, first.household) == ("D2", "王庄村", None)
    assert first.message == (
        "“收入年度”填的是“去年”，应为年份；本村只有第 9 行不是这样；"
        "本村这样的一共有 28 处，多半是一个原因，只报一次"
    )
    assert (other.cell, other.household) == ("D9", "320324105201007")
    for number in range(0, 30, 2):
        rows[number][3] = 2015
    assert len(findings(rows, "LR005")) == 15
