"""Tables of hundreds of thousands of rows about nobody are refused, and it is said why."""

import pytest

from jiandang.formats.grid import Grid, Unreadable
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake import no_register
from jiandang.intake.layout import segments
from jiandang.register.cells import Raw

HEAD: list[Raw] = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族"]


def person(number: int) -> list[Raw]:
    return [f"320324101001{number:03}", f"张三{number}", "男", f"32032419800101{number:04}", "", ""]


def rows_read(rows: list[list[Raw]]) -> int:
    [segment] = segments(Grid("成员", [HEAD, *rows]), Vocabulary())
    return sum(map(len, segment.rows.values()))


def lone(number: int) -> list[Raw]:
    return ["", f"张{number}", "", "", "", "汉族"]


def test_a_table_of_rows_about_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_register, "MOST_LONE", 20)
    people = [person(n) for n in range(21)]
    assert rows_read([*people, *map(lone, range(20))]) == 41
    assert rows_read([*people, *map(lone, range(21))]) == 42  # not more than half
    assert rows_read([lone(1)] * 30) == 30  # one and the same
    with pytest.raises(Unreadable) as refused:
        rows_read([*people[:5], *map(lone, range(21))])
    assert refused.value.code == "mostly_faults"
    assert "工作表“成员”有 21 行认不出说的是谁" in refused.value.message
    assert "第一处在第 7 行" in refused.value.message


def test_a_table_of_one_row_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is merged over a million rows makes each of them one of data."""
    monkeypatch.setattr(no_register, "MOST_ALIKE", 20)
    assert rows_read([person(1)] * 21) == 21
    with pytest.raises(Unreadable, match="从第 3 行起有 21 行与上一行完全相同"):
        rows_read([person(1)] * 22)
