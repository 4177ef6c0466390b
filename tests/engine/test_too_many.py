"""A register of which nearly all is wrong: the most frequent findings stand for the rest."""

from collections import Counter

import pytest

import jiandang
from jiandang.engine import too_many
from jiandang.formats.grid import Grid, Unreadable
from jiandang.gates.entry import required as gates_required
from jiandang.intake import noticed, sheet_columns
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.report.model import Report
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = ["户编号", "姓名", "与户主关系", "性别", "证件号码"]
OTHERS = "这张表里同样的问题还有 {} 处，没有一一列出"


def person(number: int, name: str = "张三", sex: str = "男") -> list[Raw]:
    return [f"32032410520100{number}", name, "户主", sex, "3203241965010100"]


def people(*names: str, sex: str = "男", first: int = 1) -> Grid:
    rows = [person(number, name, sex) for number, name in enumerate(names, first)]
    return Grid(f"成员{len(names)}", [HEADINGS, *rows])


def check(*grids: Grid) -> Report:
    return jiandang.check(register_of([*grids], POLICY), as_of="2016-03-29", select="LR1,LR006")


def by_rule(report: Report) -> Counter[str]:
    return Counter(finding.rule for finding in report.findings)


def test_so_many_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    register = [people("张三", "李四", "王五2", "赵六")]
    monkeypatch.setattr(too_many, "TOLD_ONE_BY_ONE", 5)
    assert by_rule(check(*register)) == {"LR101": 4, "LR115": 1}


def test_of_more_the_most_frequent_is_told_once_a_sheet_with_the_number_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(too_many, "TOLD_ONE_BY_ONE", 4)
    report = check(people("张三", "李四", "王五2"), people("孙七", "周八", first=4))
    assert by_rule(report) == {"LR101": 2, "LR115": 1}
    told = [(f.sheet, f.cell, f.message) for f in report.findings if f.rule == "LR101"]
    assert [(sheet, cell) for sheet, cell, _ in told] == [("成员3", "E2"), ("成员2", "E2")]
    assert [message.rpartition("；")[2] for *_, message in told] == [
        OTHERS.format(2),
        OTHERS.format(1),
    ]
    assert "没有一一列出" not in next(f.message for f in report.findings if f.rule == "LR115")


def test_an_answer_is_about_as_many_as_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(too_many, "TOLD_ONE_BY_ONE", 1)

    def basis(*names: str) -> tuple[str, str]:
        register = register_of([people(*names)], POLICY)
        (found,) = jiandang.check(register, select="LR101", evidence=True).findings
        return found.fingerprint, found.evidence

    number, evidence = basis("张三", "李四", "王五")
    assert basis("张三", "李四", "王五") == (number, evidence)
    assert basis("张三", "李四") == (number, basis("张三", "李四")[1])
    assert basis("张三", "李四")[1] != evidence


def test_faulty_cells_of_a_column_are_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = people("张三", "李四", "王五", sex="乙")
    assert [f.cell for f in check(grid).findings if f.rule == "LR006"] == ["D2", "D3", "D4"]
    monkeypatch.setattr(noticed, "TOLD_OF_A_COLUMN", 2)
    (found,) = (f for f in check(grid).findings if f.rule == "LR006")
    assert found.cell == "D2"
    assert found.message.endswith("；这一列共 3 格（D2:D4）")
    assert found.person is None


def test_a_table_of_which_most_cells_are_faulty_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_columns, "MOST_FAULTS", 5)

    def register(sex: str, relation: str) -> Register:
        rows: list[list[Raw]] = [
            ["32032410520100" + n, "张三", relation, sex, "", "火星族", "天上"] for n in "123"
        ]
        headings = [*HEADINGS, "民族", "文化程度"]
        return register_of([Grid("成员", [headings, *rows])], POLICY)

    assert register("男", "户主").tables["member"].height == 3
    with pytest.raises(Unreadable, match="工作表“成员”有 12 格填的不是那一列要的内容") as refused:
        register("乙", "天上")
    assert refused.value.code == "mostly_faults"


def test_values_that_are_none_of_their_column_count_among_the_faulty_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Numbers can be read as names and as ID numbers, and are neither."""
    monkeypatch.setattr(sheet_columns, "MOST_FAULTS", 5)
    digits: list[list[Raw]] = [[n, n, "户主", "男", n] for n in "123"]
    with pytest.raises(Unreadable, match="工作表“成员”有 9 格填的不是那一列要的内容"):
        register_of([Grid("成员", [HEADINGS, *digits])], POLICY)


def test_empty_cells_of_a_column_are_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    grids = people("张三", "李四", "王五", sex=""), people("孙七", "周八", sex="", first=4)

    def told() -> list[tuple[str | None, str]]:
        register = register_of([*grids], POLICY)
        findings = jiandang.check(register, as_of="2016-03-29", select="LR004").findings
        return [(f.cell, f.message) for f in findings if "性别" in f.message]

    assert [cell for cell, _ in told()] == ["D2", "D3", "D4", "D2", "D3"]
    monkeypatch.setattr(gates_required, "TOLD_ONE_BY_ONE", 4)
    assert told() == [
        ("D2", "“性别”没有填；这一列共 3 格（D2至D4之间）"),
        ("D2", "“性别”没有填；这一列共 2 格（D2至D3之间）"),
    ]
