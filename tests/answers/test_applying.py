"""What each answer comes to: the table of states, which reply fits, and what is compared."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiandang.answers.applying import with_answers
from jiandang.answers.replies import OTHER, Reply
from jiandang.answers.since import EarlierReport, NotAReport, since
from jiandang.engine.evidence import period_code
from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.gates.catalogue import all_rules, find_rule
from jiandang.policy import load_policy
from jiandang.report.answered import AnswerState
from jiandang.report.files import FileError, FileResult
from jiandang.report.found import counts_of
from jiandang.report.gates import GATES, GateStatus
from jiandang.report.model import Finding, GateResult, Report, Severity, Summary, Tool
from jiandang.reporters.front import result_sheet
from jiandang.reporters.record import answers_lines, since_lines
from jiandang.reporters.writing import write

POLICY = load_policy("xuzhou-2016")
PERIOD = period_code(POLICY)
HOUSEHOLD = "320324105201001"


def _finding(number: int = 1, **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": "DC022",
        "severity": Severity.SUSPECT,
        "title": "因病致贫但无病人",
        "message": "主要致贫原因是因病，但全户健康",
        "advice": "核实。",
        "file": "官山镇.xlsx",
        "sheet": "农户",
        "cell": f"N{number + 1}",
        "row": number + 1,
        "column": "主要致贫原因",
        "village": "王庄村",
        "household": HOUSEHOLD,
        "person": "张三",
        "fingerprint": f"{number:016x}",
        "evidence": PERIOD + "0123456789abcdef",
    }
    values |= changes
    return Finding(**values, gate=values["rule"][:2])


def _report(*findings: Finding) -> Report:
    gates = []
    for code, name in GATES.items():
        counts = counts_of(f for f in findings if f.gate == code)
        gate = GateResult(
            code=code, name=name, status=GateStatus.PASSED, counts=counts, households=0,
            rules_run=[f"{code}001", f"{code}022"], rules_not_checked=[], rules_failed=[],
            silenced=0,
        )  # fmt: skip
        gates.append(gate.model_copy(update={"status": gate.status_of(counts)}))
    summary = Summary(
        files=1, files_unreadable=0, households=1, persons=1, rows_read=1, rows_checked=1,
        rows_rejected=0, rules_run=1, rules_not_checked=0, rules_failed=0, silenced=0,
        counts=counts_of(findings),
    )  # fmt: skip
    return Report(
        tool=Tool(version="1"), policy="xuzhou-2016", as_of=date(2016, 3, 29), files=[],
        gates=gates, findings=[*findings], summary=summary,
    )  # fmt: skip


def _reply(finding: Finding, word: str = "登记无误", **changes: Any) -> Reply:
    reply = Reply(
        word,
        number=finding.fingerprint,
        evidence=finding.evidence,
        rule=finding.rule,
        household=finding.household or "",
        person=finding.person or "",
        note="病人今年去世",
        who="李四",
        when=date(2016, 3, 20),
        source="回收.xlsx",
    )
    return reply._replace(**changes)


PROOF = "派出所户籍证明"
OTHER_VALUES = {"evidence": PERIOD + "f" * 16}
NEXT_YEAR = {"evidence": "ffff0123456789abcdef"}


@pytest.mark.parametrize(
    ("word", "changes", "state", "text"),
    [
        ("登记无误", {}, "accepted", "已核实：登记无误：病人今年去世（李四 2016-03-20）"),
        ("登记无误", {"note": "", "reason": "已康复"}, "accepted", "已核实：登记无误：已康复（"),
        ("登记无误", OTHER_VALUES, "changed", "数值已变，请重新核实（原答复 登记无误："),
        ("登记无误", NEXT_YEAR, "expired", "核实已过期"),
        ("登记无误", {"when": date(2015, 9, 1)}, "expired", "核实已过期"),
        ("登记无误", {"when": date(2017, 1, 1)}, "incomplete", "核实日期 2017-01-01 晚于检查日期"),
        ("登记无误", {"note": ""}, "incomplete", "缺核实说明"),
        ("登记无误", {"note": "", "reason": "其他"}, "incomplete", "缺核实说明"),
        ("登记无误", {"note": "/", "reason": "无"}, "incomplete", "缺核实说明"),
        ("登记无误", {"note": "", "reason": "其他："}, "incomplete", "缺核实说明"),
        ("登记无误", {"note": "其他", "reason": ""}, "incomplete", "缺核实说明"),
        ("登记无误", {"note": "", "reason": "其他：病人去世"}, "accepted", "已核实：登记无误："),
        ("登记无误", {"note": "无", "reason": "已康复"}, "accepted", "已核实：登记无误：已康复"),
        ("登记无误", {"note": "无变化"}, "accepted", "已核实：登记无误：无变化"),
        ("登记无误", {"who": ""}, "incomplete", "缺核实人"),
        ("登记无误", {"who": "——"}, "incomplete", "缺核实人"),
        ("登记无误", {"when": None}, "incomplete", "缺核实日期"),
        ("登记无误", {"note": "", "who": "", "when": None}, "incomplete", "缺核实说明、核实人、"),
        ("已改正", {}, "unchanged", "填了“已改正”，没有变"),
        ("已改正", OTHER_VALUES, "still_wrong", "改过，仍有问题"),
        ("拟剔除", {}, "to_remove", "待剔除"),
        ("待核实", {}, "pending", "待核实"),
        ("登记无误", {"when": None, "unread_day": "下周"}, "incomplete", "核实日期“下周”看不懂"),
        ("登记无吴", {}, "unclear", "看不懂的核实结果“登记无吴”，是不是“登记无误”"),
        ("属实", {}, "unclear", "看不懂的核实结果“属实”，分不清说的是登记还是疑点"),
        ("登记有误", {}, "unclear", "看不懂的核实结果“登记有误”，分不清说的是登记还是疑点"),
        ("已核实", {}, "unclear", "看不懂的核实结果“已核实”，看不出核实的结果：登记没有错选“登"),
        ("核实无误", {}, "unclear", "看不懂的核实结果“核实无误”，是不是“登记无误”"),
        ("好", {}, "unclear", "看不懂的核实结果“好”，请选已改正、登记无误、拟剔除、待核实"),
    ],
)
def test_states(word: str, changes: dict[str, Any], state: str, text: str) -> None:
    finding = _finding()
    report = with_answers(_report(finding), [_reply(finding, word, **changes)], POLICY)
    (answered,) = report.findings
    assert answered.answer and answered.answer.state == state
    assert answered.answer.text.startswith(text)
    accepted = state == "accepted"
    assert answered.is_verified == accepted
    assert report.summary.verified.suspect == int(accepted)
    assert report.summary.counts.suspect == 1  # nothing is hidden
    assert report.has_findings_from(Severity.SUSPECT) == (not accepted)
    (gate,) = (gate for gate in report.gates if gate.code == "DC")
    assert gate.status is (GateStatus.PASSED if accepted else GateStatus.SUSPECT)
    assert finding.answer is None  # the step is pure


def test_an_error_is_explained_by_its_very_values_alone() -> None:
    """Of a list, which has no 依据码, only what is shown could be compared: a masked number."""
    digit = _finding(2, rule="LR103", severity=Severity.ERROR)
    report = with_answers(_report(digit), [_reply(digit, note=PROOF, evidence="")], POLICY)
    (answered,) = report.findings
    assert answered.answer and answered.answer.state == "incomplete"
    assert answered.answer.text.startswith("没有依据码")


def test_errors_cannot_be_explained_but_by_rules_that_say_so() -> None:
    sums = _finding(1, rule="DC007", severity=Severity.ERROR)
    digit = _finding(2, rule="LR103", severity=Severity.ERROR)
    other = _finding(3, rule="LR103", severity=Severity.ERROR)
    replies = [_reply(sums), _reply(digit, note=PROOF), _reply(other, note="", reason="公安证明")]
    report = with_answers(_report(sums, digit, other), replies, POLICY)
    states = [f.answer.state for f in report.findings if f.answer]
    assert states == ["not_explainable", "accepted", "incomplete"]
    third = report.findings[2].answer
    assert third and "户籍证明" in third.text


@pytest.mark.parametrize(
    ("rule", "note", "state"),
    [
        ("LR103", "派出所开了户籍证明", "accepted"),
        ("LR103", "公安证明号码属实", "accepted"),
        ("LR103", "当面核实过，属实", "incomplete"),
        ("LR103", "派出所没有开证明", "incomplete"),
        ("LR103", "无法提供户籍证明", "incomplete"),
        ("LR103", "不是录错，有派出所的证明", "accepted"),
        ("LR103", "看了户口本", "incomplete"),
        ("LR125", "看了户口本，双胞胎", "accepted"),
        ("LR127", "外籍配偶，护照复印件在档案里", "accepted"),
    ],
)
def test_an_error_stands_with_the_proof_that_its_rule_names(
    rule: str, note: str, state: str
) -> None:
    finding = _finding(rule=rule, severity=Severity.ERROR)
    report = with_answers(_report(finding), [_reply(finding, note=note)], POLICY)
    (answered,) = report.findings
    assert answered.answer and answered.answer.state == state


def test_the_last_date_counts_and_two_of_one_day_that_differ_leave_it_open() -> None:
    finding = _finding()
    late = _reply(finding, "待核实", when=date(2016, 3, 21))
    for replies in ([_reply(finding), late], [late, _reply(finding)]):
        (answered,) = with_answers(_report(finding), replies, POLICY).findings
        assert answered.answer and answered.answer.state is AnswerState.PENDING
    same_day = [_reply(finding), _reply(finding, "已改正")]
    (answered,) = with_answers(_report(finding), same_day, POLICY).findings
    assert answered.answer and answered.answer.text.startswith(
        "两份答复不一致，另一份是“登记无误”（李四，回收.xlsx）（原答复 已改正：病人今年去世）"
    )
    assert not answered.is_verified
    twice = [_reply(finding), _reply(finding)]
    assert with_answers(_report(finding), twice, POLICY).findings[0].is_verified


@pytest.mark.parametrize("is_keyed", [True, False])
def test_of_two_that_say_the_same_the_whole_one_counts(is_keyed: bool) -> None:
    """Whichever file is read first."""
    finding = _finding()
    whole = _reply(finding)
    without = _reply(finding, who="")
    if not is_keyed:
        without = without._replace(number="", evidence="", column=finding.column)
    for replies in ([whole, without], [without, whole]):
        report = with_answers(_report(finding), replies, POLICY)
        assert report.findings[0].is_verified
    later = without._replace(when=date(2016, 3, 21))
    report = with_answers(_report(finding), [later, whole], POLICY)
    assert not report.findings[0].is_verified


def test_of_two_that_say_the_same_the_order_of_files_decides_nothing() -> None:
    """One has the proof, or the code without which an error cannot be explained."""
    finding = _finding(rule="LR103", severity=Severity.ERROR)
    proven = _reply(finding, note=PROOF)
    for other in (_reply(finding, note="好"), _reply(finding, note=PROOF, evidence="")):
        for replies in ([proven, other], [other, proven]):
            report = with_answers(_report(finding), replies, POLICY)
            assert report.findings[0].is_verified


def test_without_a_key_what_the_row_says_has_to_be_unique() -> None:
    one, two = _finding(1), _finding(2, column="其他致贫原因")
    retyped = _reply(one, number="", evidence="", column="主要致贫原因")
    report = with_answers(_report(one, two), [retyped], POLICY)
    assert [f.is_verified for f in report.findings] == [True, False]
    assert report.answers and "1 条没有可用的问题号" in report.answers.remarks[0]
    unclear = retyped._replace(column="")
    report = with_answers(_report(one, two), [unclear], POLICY)
    assert not any(f.answer for f in report.findings)
    assert report.answers and report.answers.of(AnswerState.AMBIGUOUS) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "张 三"}, {"person": "张　三"}, {"village": "王庄"}, {"village": "王 庄 村"},
        {"village": "官山镇王庄村"}, {"village": "王庄村委会"}, {"column": "人均 纯收入"},
        {"column": "人均纯收入"}, {"column": "人均纯收入（元）"},
    ],
)  # fmt: skip
def test_a_retyped_row_names_them_as_people_write_them(changes: dict[str, Any]) -> None:
    finding = _finding(column="人均纯收入(元)", town="官山镇")
    row = _reply(finding, number="", evidence="", village="王庄村", column="人均纯收入(元)")
    report = with_answers(_report(finding), [row._replace(**changes)], POLICY)
    assert report.findings[0].is_verified


@pytest.mark.parametrize(
    "changes", [{"village": "小王庄村"}, {"village": "陈桥村"}, {"column": "人均纯收入(万元)"}]
)
def test_a_retyped_row_about_another_place_or_column_is_another(changes: dict[str, Any]) -> None:
    finding = _finding(column="人均纯收入(元)", town="官山镇")
    row = _reply(finding, number="", evidence="", village="王庄村", column="人均纯收入(元)")
    report = with_answers(_report(finding), [row._replace(**changes)], POLICY)
    assert report.findings[0].answer is None


@pytest.mark.parametrize("word", ["已改正", "拟剔除"])
def test_what_a_retyped_row_may_be_about_is_not_said_to_be_gone(word: str) -> None:
    """The name was mistyped: the finding is there, and nobody knows whether it is this one."""
    row = _reply(_finding(), word, number="", evidence="", person="章三")
    read = with_answers(_report(_finding()), [row], POLICY).answers
    assert read and read.states == {AnswerState.LOST: 1} and not read.matched
    read = with_answers(_report(), [row], POLICY).answers
    assert read and read.matched == 1


def test_rows_about_no_household_are_told_by_village_column_and_words() -> None:
    """Without the key columns too; each answer that was read is in one count."""
    findings = [
        _finding(n, rule="RW001", household=None, person=None, village=village, message=message)
        for n, (village, message) in enumerate(
            [("王庄村", "少 2 户"), ("陈桥村", "少 2 户"), ("陈桥村", "少 5 人")]
        )
    ]
    rows = [
        _reply(f, number="", evidence="", village=f.village or "", column=f.column, message=said)
        for f, said in zip(findings, ["少 2 户", "少 2 户", "少 5 人"], strict=True)
    ]
    gone = rows[0]._replace(village="李集村")
    unclear = rows[1]._replace(message="少 9 人", word="已改正")
    read = with_answers(_report(*findings), [*rows, gone, unclear, rows[0]], POLICY)
    assert [f.answer.state for f in read.findings if f.answer] == ["accepted"] * 3
    assert read.answers and read.answers.states == {
        AnswerState.ACCEPTED: 3, AnswerState.GONE: 1, AnswerState.AMBIGUOUS: 1,
        AnswerState.REPEATED: 1,
    }  # fmt: skip
    assert (read.answers.read, read.answers.matched, read.answers.words) == (6, 3, {"登记无误": 3})
    assert [u.village for u in read.answers.unmatched] == ["李集村", "陈桥村"]


def test_a_list_without_households_is_told_by_person_and_words() -> None:
    one, two = _finding(1), _finding(2, household="320324105201002", message="全户健康")
    row = _reply(two, number="", evidence="", household="", message=two.message)
    report = with_answers(_report(one, two), [row], POLICY)
    assert [f.is_verified for f in report.findings] == [False, True]
    report = with_answers(_report(one, two), [row._replace(message="", column="")], POLICY)
    assert report.answers and report.answers.states == {AnswerState.AMBIGUOUS: 1}


def test_a_row_with_rule_and_words_alone_is_told_by_these() -> None:
    """And what they do not tell apart is not said to be gone."""
    one, two = _finding(1), _finding(2, household="320324105201002", message="全户健康")
    row = _reply(two, number="", evidence="", household="", person="", message=two.message)
    report = with_answers(_report(one, two), [row], POLICY)
    assert [f.is_verified for f in report.findings] == [False, True]
    for unclear in (row._replace(message="别的"), row._replace(rule="因病致贫")):
        report = with_answers(_report(one, two), [unclear], POLICY)
        assert report.answers and report.answers.states == {AnswerState.AMBIGUOUS: 1}
    report = with_answers(_report(), [row], POLICY)
    assert report.answers and report.answers.states == {AnswerState.GONE: 1}


def test_words_are_the_same_in_whatever_width_they_were_retyped() -> None:
    finding = _finding(message="人均“6480 元”，标准（6000 元）、-300。")
    same = _reply(finding, evidence="", message="人均6480元,标准(6000元),-300")
    assert with_answers(_report(finding), [same], POLICY).findings[0].is_verified
    other = same._replace(message="人均6480元,标准(6000元),300")
    assert not with_answers(_report(finding), [other], POLICY).findings[0].is_verified


def test_each_answer_is_in_one_count() -> None:
    """Also of two people who answered the same, with and without the key columns."""
    finding = _finding()
    with_key, without = _reply(finding), _reply(finding, number="", column=finding.column)
    earlier = with_key._replace(when=date(2016, 3, 1), who="王五")
    read = with_answers(_report(finding), [with_key, without, earlier, with_key], POLICY).answers
    assert read and read.read == 4 and read.matched == 1
    expected = {AnswerState.ACCEPTED: 1, AnswerState.SUPERSEDED: 1, AnswerState.REPEATED: 2}
    assert read.states == expected


def test_a_list_has_no_code_so_that_its_words_are_compared() -> None:
    finding = _finding()
    same = _reply(finding, evidence="", message=finding.message)
    assert with_answers(_report(finding), [same], POLICY).findings[0].is_verified
    other = same._replace(message="别的")
    (answered,) = with_answers(_report(finding), [other], POLICY).findings
    assert answered.answer and answered.answer.state is AnswerState.CHANGED


def test_how_many_answers_could_not_be_compared_is_told() -> None:
    """A list has no 依据码: other figures than those in its words may have changed."""
    one, two = _finding(1), _finding(2)
    listed = _reply(one, evidence="", message=one.message)
    read = with_answers(_report(one, two), [listed, _reply(two)], POLICY).answers
    said = "已核实的里面 1 条来自没有依据码的清单，只比较了问题的文字"
    assert read and any(remark.startswith(said) for remark in read.remarks)
    # Where the words were not retyped either, nothing was compared.
    read = with_answers(_report(one), [listed._replace(message="")], POLICY).answers
    said = "已核实的里面 1 条来自没有依据码和“问题”列的清单，登记表里的数值变没变都看不出来"
    assert read and any(remark.startswith(said) for remark in read.remarks)
    read = with_answers(_report(one, two), [_reply(one), _reply(two)], POLICY).answers
    assert read and not read.remarks


@pytest.mark.parametrize("is_listed", [True, False])
def test_one_answer_given_twice_is_one_and_lacks_nothing(is_listed: bool) -> None:
    finding = _finding()
    again = _reply(finding, source="又一份.xlsx", **({"evidence": ""} if is_listed else {}))
    report = with_answers(_report(finding), [_reply(finding), again], POLICY)
    lines = [line for _, line in answers_lines(report)]
    assert lines[0].startswith("2 条：对上 1")
    assert "内容相同的重复答复，只算一条：1 条" in lines
    assert not any("没有对上" in line for line in lines)


def _of_villages(*names: str) -> list[Finding]:
    return [
        _finding(n, rule="LR123", severity=Severity.INFO, village=name, household=None,
                 person=None, column="证件号码", message="本村有 3 人的号码不是本县的")
        for n, name in enumerate(names)
    ]  # fmt: skip


def test_without_villages_as_many_equal_answers_are_about_one_each() -> None:
    findings = _of_villages("王庄村", "柳湾村", "陈桥村")
    replies = [
        _reply(f, number="", evidence="", column="证件号码", message=f.message) for f in findings
    ]
    read = with_answers(_report(*findings), replies, POLICY).answers
    assert read and read.states == {AnswerState.ACCEPTED: 3}
    # Of two it cannot be told which villages they are about; none is another's double.
    read = with_answers(_report(*findings), replies[:2], POLICY).answers
    assert read and read.states == {AnswerState.AMBIGUOUS: 2}
    replies[1] = replies[1]._replace(word="已改正")
    read = with_answers(_report(*findings), replies, POLICY).answers
    assert read and read.states == {AnswerState.AMBIGUOUS: 3}


def test_keys_that_were_sorted_apart_are_not_believed() -> None:
    one = _finding(1)
    two = _finding(2, household="320324105201002", person="王五", rule="DC023")
    crossed = _reply(one, number=two.fingerprint, evidence=two.evidence)
    report = with_answers(_report(one, two), [crossed], POLICY)
    assert [bool(f.answer) for f in report.findings] == [True, False]
    assert report.answers and any("不符" in remark for remark in report.answers.remarks)


def _pair(one: str, other: str) -> Finding:
    """Of two who share a number, or three, the one is told of, as it stands second."""
    return _finding(
        rule="LR109", severity=Severity.ERROR, person=one, household=f"320324105201{ord(one[0])}",
        column="证件号码", message=f"证件号码 …5282 已登记在另一户：成员!K10（陈桥村 {other}）",
    )  # fmt: skip


@pytest.mark.parametrize("sheet", ["人员 信息", "成员（2）", "“官山镇2.xlsx”的成员"])
def test_a_row_without_its_keys_is_known_when_the_sheet_has_another_name(sheet: str) -> None:
    said = "人编号 32032410520101401 已用于另一人：成员!G36（王庄村 郭兰凤）"
    before = _finding(rule="LR122", severity=Severity.WARNING, message=said)
    after = replace(before, message=said.replace("成员!G36", f"{sheet}!G37"))
    reply = _reply(before, message=before.message, number="", evidence="")
    (answered,) = with_answers(_report(after), [reply], POLICY).findings
    assert answered.answer and answered.answer.state is AnswerState.ACCEPTED
    other = replace(before, message=said.replace("01401", "01402"))
    (answered,) = with_answers(_report(other), [reply], POLICY).findings
    assert answered.answer and answered.answer.state is AnswerState.CHANGED


@pytest.mark.parametrize("household", [HOUSEHOLD, "320324105201002"])
@pytest.mark.parametrize("rule", ["LR202", "LR208"])
def test_a_row_without_its_keys_is_about_both_of_two_of_one_household(
    rule: str, household: str
) -> None:
    """The order of the rows says which of them is told of; in another household are others."""
    said = "“{}”填的是配偶，本户的配偶已有“{}”"
    before = _finding(rule=rule, severity=Severity.ERROR, message=said.format("张三", "李四"))
    after = replace(before, person="李四", household=household, message=said.format("李四", "张三"))
    reply = _reply(before, "已改正", message=before.message, number="", evidence="")
    (answered,) = with_answers(_report(after), [reply], POLICY).findings
    if household == HOUSEHOLD:
        assert answered.answer and answered.answer.state is AnswerState.UNCHANGED
    else:
        assert answered.answer is None


@pytest.mark.parametrize("keyed", [True, False])
def test_of_a_pair_the_order_of_rows_decides_who_is_named(keyed: bool) -> None:
    """The answer is about both, so that nothing is said to be corrected that is still there."""
    before, after = _pair("张三", "李四"), _pair("李四", "张三")
    reply = _reply(before, "已改正", column=before.column, message=before.message)
    reply = reply if keyed else reply._replace(number="", evidence="", village="王庄村")
    report = with_answers(_report(after), [reply], POLICY)
    (answered,) = report.findings
    assert answered.answer and answered.answer.state is AnswerState.UNCHANGED
    assert report.answers and not report.answers.remarks[not keyed :]


def test_of_a_group_the_order_of_rows_decides_whose_household_is_named() -> None:
    said = "从本户起有 6 户填的都是电话 187****6251，超过 5 户"
    after = _finding(rule="LR117", message=said, household="320324105201006", person="李林祥")
    for keys in ({}, {"number": "", "evidence": ""}):
        reply = _reply(after, "已改正", household=HOUSEHOLD, person="董翠云", message=said, **keys)
        (answered,) = with_answers(_report(after), [reply], POLICY).findings
        assert answered.answer and answered.answer.state is AnswerState.UNCHANGED


def test_who_is_not_of_the_pair_is_told_apart() -> None:
    """Its number stands in another's row: keys that were sorted apart."""
    finding = _pair("李四", "张三")
    other = _reply(finding, "已改正", person="王五", household="320324105201099", message="")
    report = with_answers(_report(finding), [other], POLICY)
    assert report.findings[0].answer is None
    assert report.answers and report.answers.states == {AnswerState.LOST: 1}
    # Of a rule that names nobody, equal words are of many households.
    doubt = _finding(rule="DC022")
    other = _reply(doubt, "已改正", person="王五", household="3203241052010099")
    other = other._replace(message=doubt.message)
    assert with_answers(_report(doubt), [other], POLICY).findings[0].answer is None
    # A code that no rule has is no reason to fail.
    with_answers(_report(finding), [other._replace(rule="ZZ999", number="")], POLICY)


@pytest.mark.parametrize(
    ("changes", "state"), [({}, AnswerState.LOST), (OTHER_VALUES, AnswerState.CORRECTED)]
)
def test_what_rests_on_the_same_cells_was_not_corrected(
    changes: dict[str, Any], state: AnswerState
) -> None:
    """The person was renamed, which gives the finding another number."""
    renamed = _finding(1, person="张山")
    reply = _reply(_finding(2), "已改正", **changes)
    assert renamed.evidence == _finding(2).evidence
    read = with_answers(_report(renamed), [reply], POLICY).answers
    assert read and read.states == {state: 1}


def test_answers_about_what_is_gone() -> None:
    here = _finding(1)
    gone = [_finding(n, household=f"3203241052010{n}", person=f"张{n}") for n in range(10, 14)]
    words = ["已改正", "拟剔除", "登记无误", "待核实"]
    replies = [_reply(f, word) for f, word in zip(gone, words, strict=True)]
    replies.append(_reply(here, number="f" * 16, rule="DC022", person="张山", column="x"))
    read = with_answers(_report(here), replies, POLICY).answers
    assert read and read.read == 5 and read.matched == 2
    assert read.states == {
        AnswerState.CORRECTED: 1, AnswerState.REMOVED: 1, AnswerState.GONE: 2, AnswerState.LOST: 1,
    }  # fmt: skip
    assert [u.person for u in read.unmatched] == ["张12", "张13", "张山"]
    assert not read.remarks


@pytest.mark.parametrize(("word", "is_another_towns"), [("已改正", False), ("登记无误", True)])
def test_a_list_of_which_nothing_fits_may_be_another_towns(
    word: str, is_another_towns: bool
) -> None:
    read = with_answers(_report(), [_reply(_finding(), word)], POLICY).answers
    assert read and is_another_towns == any("没有一条答复对上" in each for each in read.remarks)


def test_who_was_to_be_removed_and_is_still_there_is_not_said_to_be_removed() -> None:
    """Though the finding is gone, as somebody corrected what it was about."""
    reply = _reply(_finding(), "拟剔除")
    there = _report().model_copy(update={"homes": frozenset({HOUSEHOLD})})
    read = with_answers(there, [reply], POLICY).answers
    assert read and read.states == {AnswerState.GONE: 1} and not read.matched
    assert not read.remarks  # it is this town's
    other = there.model_copy(update={"homes": frozenset({HOUSEHOLD[:-1] + "2"})})
    read = with_answers(other, [reply], POLICY).answers
    assert read and read.states == {AnswerState.REMOVED: 1} and read.matched == 1


def test_what_is_about_no_household_is_not_said_to_be_removed() -> None:
    """A total of a village was corrected: nobody has left."""
    total = _finding(rule="RW001", household=None, person=None)
    read = with_answers(_report(), [_reply(total, "拟剔除")], POLICY).answers
    assert read and read.states == {AnswerState.GONE: 1}


@pytest.mark.parametrize("word", ["已改正", "拟剔除", "登记无误"])
def test_of_a_village_that_was_not_checked_nothing_is_gone(word: str) -> None:
    """The county's record has all villages, whichever are checked."""
    reply = _reply(_finding(), word, village="王庄村")
    for villages, is_elsewhere in (
        ({"陈桥村"}, True), ({"陈桥村", "王庄村"}, False), (set(), False),
    ):  # fmt: skip
        checked = _report().model_copy(update={"villages": frozenset(villages)})
        for row in (reply, reply._replace(village="官山镇王庄村")):
            read = with_answers(checked, [row], POLICY).answers
            assert read and (read.states == {AnswerState.NOT_CHECKED: 1}) == is_elsewhere
            assert not (is_elsewhere and read.matched)


def test_private_numbers_in_answers_are_masked() -> None:
    finding = _finding()
    reply = _reply(finding, note="身份证 320324196001010010 属实")
    (answered,) = with_answers(_report(finding), [reply], POLICY).findings
    assert answered.answer and "19600101" not in answered.answer.text + answered.answer.note


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "html", "json", "ndjson", "markdown"])
def test_no_format_hides_what_is_accepted(name: str, tmp_path: Path) -> None:
    finding = _finding(severity=Severity.WARNING)
    report = with_answers(_report(finding), [_reply(finding)], POLICY)
    report = since(report, _earlier(tmp_path, _report()))
    (path,) = write(report, name, tmp_path / "结果")
    text = path.read_text(encoding="utf-8")
    assert finding.evidence not in text
    if name != "markdown":
        assert "已核实：登记无误：病人今年去世（李四 2016-03-20）" in text
    if name in ("github", "html", "markdown"):
        assert "其中已核实 1" in text
    if name == "sarif":
        assert '"suppressions": [{"kind": "external", "status": "accepted"' in text
        assert '"baselineState": "new"' in text
    if name == "junit":
        assert "<failure" not in text
    if name == "github":
        assert "::warning" not in text


def _of_two_villages() -> Report:
    """Three findings in two villages, of which one is accepted."""
    findings = [_finding(1), _finding(2), _finding(3, village="陈桥村", severity=Severity.ERROR)]
    file = FileResult(path="官山镇.xlsx")
    report = _report(*findings).model_copy(update={"files": [file]})
    return with_answers(report, [_reply(findings[0])], POLICY)


@pytest.mark.parametrize(
    ("name", "totals"),
    [
        ("markdown", ["共 3 处：错误 1、警告 0、疑点 2、提示 0；其中已核实 1",
                      "| DC022 | 因病致贫但无病人 | 疑点 | 2 | 1 |",
                      "| 王庄村 | 2 | 1 |", "| 陈桥村 | 1 | 0 |",
                      "| 入户调查关 | 未通过 | 1 | 0 | 2 | 0 | 1 |"]),
        ("html", ["；其中已核实 1。错误", "<small>其中已核实 1</small>",
                  '<span class="bar-count">2 <small>其中已核实 1</small></span>',
                  '张三　其中已核实 1</span>', '<ul class="bars answered">']),
        ("github", ["；其中已核实 1"]),
        ("json", ['"verified": {"error": 0, "warning": 0, "suspect": 1, "info": 0}']),
        ("console", ["其中已核实 1，错误改正后", "（2处，其中已核实 1）"]),
    ],
)  # fmt: skip
def test_each_total_says_how_many_are_verified(
    name: str, totals: list[str], tmp_path: Path
) -> None:
    (path,) = write(_of_two_villages(), name, tmp_path / "结果")
    text = re.sub(r"\s*\n\s*", "", path.read_text(encoding="utf-8"))
    for total in totals:
        assert total.replace(", ", ",") in text.replace(", ", ","), total
    (path,) = write(_report(_finding()), name, tmp_path / "没有答复")
    assert "其中已核实" not in path.read_text(encoding="utf-8")


def test_the_sheets_say_how_many_are_verified(tmp_path: Path) -> None:
    import openpyxl

    report = _of_two_villages()
    paths = write(report, "list", tmp_path)
    record = openpyxl.load_workbook(next(p for p in paths if p.suffix == ".xlsx"))["检查记录"]
    assert [cell.value for cell in record["B"]][:1] == ["3 处；其中已核实 1"]
    file, styles = report.files[0], Styles(BLANK_STYLES)
    front = result_sheet("检查结果", "问题清单", report, file, report.findings, 0, styles)
    rows = [[cell.value for cell in row if cell] for row in front.rows]
    (heading,) = (row for row in rows if row[:2] == ["关口", "结果"])
    (gate,) = (row for row in rows if row[:1] == ["入户调查关"])
    assert dict(zip(heading, gate, strict=True))["其中已核实"] == 1
    assert ["2 处", "王庄村　其中已核实 1"] in rows and ["1 处", "陈桥村"] in rows
    assert any("提示 0；其中已核实 1；涉及" in str(row[0]) for row in rows if row)


def test_a_day_that_is_to_come_is_not_counted_as_lacking() -> None:
    finding = _finding()
    report = with_answers(_report(finding), [_reply(finding, when=date(2017, 1, 1))], POLICY)
    assert ("核实记录", "核实内容不全，或核实日期不对：1 处") in answers_lines(report)


def test_words_that_are_not_understood_are_counted_beside_the_others() -> None:
    findings = [_finding(cell=f"H{row}", fingerprint=f"{row:0>16}") for row in (4, 5)]
    words = zip(findings, ("已改正", "属实"), strict=True)
    replies = [_reply(finding, word=word) for finding, word in words]
    (first, *_) = answers_lines(with_answers(_report(*findings), replies, POLICY))
    assert first == ("核实记录", "2 条：对上 2（已改正 1、看不懂 1）")


def _earlier(folder: Path, report: Report) -> EarlierReport:
    (path,) = write(report, "json", folder / "上次.json")
    return EarlierReport(path)


def test_what_an_earlier_report_shows_is_masked_again(tmp_path: Path) -> None:
    """It may have been made with --show-ids, or by hand."""
    gone = _finding(1, village="320324 19800101 0015\x1b\n::error::x")
    report = since(_report(_finding(2)), _earlier(tmp_path, _report(gone)))
    assert report.since is not None
    shown = [each.village for each in report.since.gone]
    assert shown == ["320324********0015\ufffd\n：：error：：x"]


def test_new_known_and_gone(tmp_path: Path) -> None:
    known, new, gone = _finding(1), _finding(2), _finding(3, village=None)
    earlier = _earlier(tmp_path, _report(known, gone))
    report = since(_report(known, new), earlier)
    assert [f.is_new for f in report.findings] == [False, True]
    assert report.since and (report.since.new, report.since.known) == (1, 1)
    assert [(g.village, g.rule, g.count) for g in report.since.gone] == [("未注明村", "DC022", 1)]
    assert report.has_findings_from(Severity.SUSPECT, new=True)
    (path,) = write(report, "console", tmp_path / "结果.txt", quiet=True)
    assert "比上次新增1处、消失1处" in path.read_text(encoding="utf-8")
    report = since(_report(known), earlier)
    assert not report.has_findings_from(Severity.SUSPECT, new=True)
    assert report.has_findings_from(Severity.SUSPECT)


def test_only_what_was_looked_for_again_is_gone(tmp_path: Path) -> None:
    files = ["甲/官山镇.xlsx", "甲/古邳镇.xlsx", "甲/姚集镇.xlsx"]
    before = _report(
        _finding(1, file=files[0]),
        _finding(2, file=files[0], rule="SB009"),
        _finding(3, file=files[1]),
        _finding(4, file=files[2]),
        _finding(5, file=files[2]),
    )
    read = [FileResult(path=path) for path in files]
    earlier = _earlier(tmp_path, before.model_copy(update={"files": read}))
    # The first was moved, the second cannot be read, the third has another name.
    now = [
        FileResult(path="乙/官山镇.xlsx"),
        FileResult(path=files[1], error=FileError(code="damaged", message="文件已损坏。")),
        FileResult(path="乙/姚集镇改.xlsx"),
    ]
    known = _finding(5, file="乙/姚集镇改.xlsx")
    report = since(_report(known).model_copy(update={"files": now}), earlier)
    assert report.since and (report.since.gone_total, report.since.not_checked) == (2, 2)
    assert "消失 2 处，没有再查 2 处" in "".join(text for _, text in since_lines(report))


def _texts(number: int, count: int = 1, **changes: Any) -> Finding:
    """A finding about so many cells of a column that are texts."""
    cells = f"；这一列共 {count} 格（I5、I9、I14、I20、I30等）" if count > 1 else ""
    about = {"rule": "LR011", "column": "家庭人口", "message": f"填的“4”是文本，不是数字{cells}"}
    return _finding(number, **(about | changes))


_ALL = _texts(1, message="填的“4”是文本，不是数字；本村这样的一共有 6 处，多半是一个原因，只报一次")


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ([_ALL], [_texts(2), _texts(3), _texts(4)], []),
        ([_texts(1, 6)], [_texts(2), _texts(3), _texts(4)], []),
        ([_texts(1, 2)], [_texts(2), _texts(3), _texts(4)], [4]),  # more than there were
        ([_texts(1)], [_texts(2)], [2]),
        ([_texts(1, 6)], [_texts(2, column="劳动力人数")], [2]),
        ([_texts(1, 6)], [_texts(2, sheet="成员")], [2]),
        ([_texts(1, 6)], [_texts(2, rule="LR010")], [2]),
        ([_texts(1, 75, rule="LR019")], [_texts(2, 57)], []),  # which was all of the column
        # Numbers count the groups of a run, so that the second sheet's becomes the first.
        (
            [_texts(1, 6), _texts(2, 4, sheet="成员")],
            [_texts(3), _texts(1, 4, sheet="成员")],
            [],
        ),
    ],
)
def test_what_is_left_of_a_column_told_of_as_one_is_known(
    before: list[Finding], after: list[Finding], new: list[int], tmp_path: Path
) -> None:
    files = {"files": [FileResult(path="官山镇.xlsx")]}
    earlier = _earlier(tmp_path, _report(*before).model_copy(update=files))
    report = since(_report(*after).model_copy(update=files), earlier)
    assert [int(f.fingerprint, 16) for f in report.findings if f.is_new] == new
    assert report.since
    assert report.since.gone_total + report.since.not_checked == (1 if new and new != [4] else 0)


def test_what_is_left_is_known_in_the_mended_copy_and_in_no_other_file(tmp_path: Path) -> None:
    files = [FileResult(path="官山镇.xlsx"), FileResult(path="古邳镇.xlsx")]
    before = _report(_texts(1, 6)).model_copy(update={"files": files})
    earlier = _earlier(tmp_path, before)
    mended = [FileResult(path="官山镇.已修整.xlsx"), files[1]]
    left = _texts(2, file="官山镇.已修整.xlsx"), _texts(3, file="古邳镇.xlsx")
    report = since(_report(*left).model_copy(update={"files": mended}), earlier)
    assert [f.is_new for f in report.findings] == [False, True]


def test_an_answer_to_a_rule_that_did_not_run_is_not_taken_for_corrected() -> None:
    finding = _finding(rule="SB009")
    read = with_answers(_report(), [_reply(finding, "已改正")], POLICY).answers
    assert read and read.states == {AnswerState.NOT_CHECKED: 1} and not read.matched


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"as_of": "2016-03-29", "findings": [1]}'])
def test_what_is_no_earlier_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "上次.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotAReport, match="上次用 --format json 写出的"):
        EarlierReport(path)


def test_old_answers_keep_their_place_beside_new_ones(tmp_path: Path) -> None:
    """An answer that no longer counts is shown, but not filled in: it would count again."""
    import openpyxl

    accepted, changed = _finding(1), _finding(2)
    replies = [_reply(accepted), _reply(changed, **OTHER_VALUES)]
    report = with_answers(_report(accepted, changed), replies, POLICY)
    path = next(p for p in write(report, "list", tmp_path) if p.suffix == ".xlsx")
    head, one, two = openpyxl.load_workbook(path)["差异清单"].iter_rows(values_only=True)
    first, second = (dict(zip(head, row, strict=True)) for row in (one, two))
    assert first["核实结果"] == "登记无误" and first["核实日期"] == "2016-03-20"
    assert second["核实结果"] is None and "原答复 登记无误" in str(second["核实状态"])
    assert "依据码" not in head


def test_what_only_lacks_a_part_is_filled_in_but_for_that(tmp_path: Path) -> None:
    """Who forgot the day need not write the rest again; a whole answer that is none is not kept."""
    import openpyxl

    dayless, unproven = _finding(1), _finding(2, rule="LR103", severity=Severity.ERROR)
    replies = [_reply(dayless, when=None, unread_day="上周"), _reply(unproven)]
    report = with_answers(_report(dayless, unproven), replies, POLICY)
    assert [f.answer.state for f in report.findings if f.answer] == ["incomplete"] * 2
    path = next(p for p in write(report, "list", tmp_path) if p.suffix == ".xlsx")
    head, *rows = openpyxl.load_workbook(path)["差异清单"].iter_rows(values_only=True)
    told = {str(row[head.index("规则")])[:5]: row for row in rows}
    answer = head.index("核实结果")
    assert told["DC022"][answer : answer + 5] == ("登记无误", None, "病人今年去世", "李四", None)
    assert told["LR103"][answer : answer + 5] == (None,) * 5


def test_valid_days_are_the_policys() -> None:
    finding = _finding()
    few = POLICY.check.model_copy(update={"answers_valid_days": 5})
    policy = POLICY.model_copy(update={"check": few})
    (answered,) = with_answers(_report(replace(finding)), [_reply(finding)], policy).findings
    assert answered.answer and answered.answer.state is AnswerState.EXPIRED


@pytest.mark.parametrize("changes", [{"income_year": 2016}, {"reference_date": date(2016, 3, 25)}])
def test_an_answer_does_not_outlive_the_year_or_the_day_it_was_about(
    changes: dict[str, Any],
) -> None:
    later = POLICY.model_copy(update=changes)
    finding = _finding(evidence=period_code(later) + "0123456789abcdef")
    old = _reply(finding, evidence=PERIOD + "0123456789abcdef")
    (answered,) = with_answers(_report(finding), [old], later).findings
    assert answered.answer and answered.answer.state is AnswerState.EXPIRED


def test_what_is_accepted_is_grey_and_reasons_are_the_rules(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.utils import get_column_letter

    accepted, still_open = _finding(1), _finding(2)
    report = with_answers(_report(accepted, still_open), [_reply(accepted)], POLICY)
    path = next(p for p in write(report, "list", tmp_path) if p.suffix == ".xlsx")
    sheet = openpyxl.load_workbook(path)["差异清单"]
    heads = [cell.value for cell in sheet[1]]
    severity, reason = heads.index("严重程度"), get_column_letter(heads.index("核实理由") + 1)
    assert sheet[2][severity].fill.fgColor.rgb == "FFEAEAEA"
    assert sheet[3][severity].fill.bgColor.rgb == "FFE4D3F5"
    choices = {str(c.sqref): c.formula1 for c in sheet.data_validations.dataValidation}
    assert choices[f"{reason}2:{reason}3"] == '"病人当年去世,已康复,其他"'


def test_what_is_there_as_it_was_and_nobody_has_answered(tmp_path: Path) -> None:
    """上次的问题原样还在: one that says something else now has been worked on."""
    same, other, answered = _finding(1), _finding(2), _finding(3)
    earlier = _earlier(tmp_path, _report(same, other, answered))
    changed = replace(other, message="主要致贫原因是因残，但全户健康")
    now = with_answers(_report(same, changed, answered, _finding(4)), [_reply(answered)], POLICY)
    report = since(now, earlier)
    assert report.since and (report.since.known, report.since.unchanged) == (3, 1)
    said = ("与上次比较", "原有的里面 1 处原样还在：说的和上次一样，也没有答复")
    assert said in since_lines(report)
    waiting = with_answers(_report(same), [_reply(same, word="待核实")], POLICY)
    report = since(waiting, earlier)
    assert report.since and report.since.unchanged == 1


def test_what_stands_as_it_did_stands_so_in_whatever_order(tmp_path: Path) -> None:
    """Of a pair the order of the rows says who is told of, and who is named beside."""
    spouse = {"rule": "LR208", "message": "“张三”填的是配偶，本户的配偶已有“李四”"}
    reversed_spouse = {"rule": "LR208", "message": "“李四”填的是配偶，本户的配偶已有“张三”"}
    pairs = [
        (_pair("张三", "李四"), replace(_pair("李四", "张三"), village="陈桥村")),
        (_finding(2, **spouse), _finding(2, **reversed_spouse, person="李四")),
    ]
    before = [pair[0] for pair in pairs]
    after = [pair[1] for pair in pairs]
    after[0] = replace(after[0], message=after[0].message.replace("陈桥村", "王庄村"))
    report = since(_report(*after), _earlier(tmp_path, _report(*before)))
    assert report.since and (report.since.known, report.since.unchanged) == (2, 2)
    # Another number is another thing.
    after[0] = replace(after[0], message=after[0].message.replace("5282", "5290"))
    report = since(_report(*after), _earlier(tmp_path, _report(*before)))
    assert report.since and report.since.unchanged == 1


def test_each_rule_that_asks_for_an_explanation_has_reasons_to_choose_from() -> None:
    """Of other departments' lists they are the points to verify that the message names."""
    car = find_rule("BD161")
    assert car.reasons[:4] == ("已报废未注销", "已转让未过户", "挂名", "识别后购买用于生产")
    without = {
        rule.code
        for rule in all_rules()
        if rule.severity is not Severity.ERROR and not rule.reasons
        if rule.gate == "BD" or re.search("说明|写明|注明", rule.explanation.advice)
    }
    # The others ask to write it elsewhere: not in the name, but in the list of changes.
    assert without == {"BD001", "BD004", "LR115", "LR132", "DT011"}
    # Excel takes a longer list for damage.
    assert max(len(",".join((*rule.reasons, OTHER))) for rule in all_rules()) < 255
