"""What the engine says of rules that could not run."""

from town import Town

from jiandang.report import GateStatus


def not_checked(town: Town) -> dict[str, str]:
    return {r.rule: r.reason for gate in town.report().gates for r in gate.rules_not_checked}


def test_nothing_read_is_nothing_passed() -> None:
    """Without any table no gate is passed, not even by rules about the sheets themselves."""
    report = Town(sheets={}).report()
    assert {gate.status for gate in report.gates} == {GateStatus.NOT_CHECKED}
    assert report.summary.rules_run == 0


def test_the_missing_column_is_named() -> None:
    town = Town()
    town.headings["成员"].remove("证件号码")
    reasons = not_checked(town)
    assert reasons["LR103"] == reasons["LR106"] == "缺少证件号码（成员）"


def test_a_gate_without_its_tables_is_not_checked() -> None:
    town = Town()
    del town.sheets["任务分解"], town.sheets["村情"]
    town.sheets["农户"] = []
    town.headings["农户"].remove("家庭人口")
    reasons = not_checked(town)
    assert reasons["RW001"] == "缺少任务分解表"
    assert reasons["RW012"] == "缺少村情表"


def test_silenced_violations_are_counted() -> None:
    town = Town()
    person = town.row("成员", 与户主关系="户主", 性别="男")
    number = person["证件号码"]
    person["证件号码"] = number[:17] + ("1" if number[17] != "1" else "2")
    person["性别"] = "女"
    report = town.report(select=["LR103", "LR106"])
    assert [finding.rule for finding in report.findings] == ["LR103"]
    assert report.summary.silenced == 1
