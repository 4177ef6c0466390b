"""待补, 待定 and 暂无 in a column of names: nobody is called so, the cell is not filled."""

import pytest

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
WORDS = ["待取名", "名字待补", "待补", "待定", "未填", "暂无", "待核实", "待补充"]


@pytest.mark.parametrize("word", WORDS)
def test_it_is_no_surveyor(word: str) -> None:
    rows: list[list[Raw]] = [
        ["户编号", "调查日期", "调查人1", "调查人2", "审核人"],
        ["320324105201001", "2016-3-1", "王伟", "李强", word],
        ["320324105201002", "2016-3-2", "王伟", "李强", "赵六"],
    ]
    register = register_of([Grid("入户调查", rows)], POLICY)
    assert register.tables["survey"]["reviewer"].to_list() == [None, "赵六"]
    (found,) = jiandang.check(register, select="LR016").findings
    assert (found.cell, found.value) == ("E2", word)


@pytest.mark.parametrize("word", WORDS)
def test_it_is_no_name_of_a_member(word: str) -> None:
    rows: list[list[Raw]] = [
        ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
        ["320324105201001", "张三", "男", "", "户主"],
        ["320324105201001", word, "女", "", "配偶"],
    ]
    register = register_of([Grid("成员", rows)], POLICY)
    assert register.tables["member"]["name"].to_list() == ["张三", None]
    assert not jiandang.check(register, select=["LR128", "DC037"]).findings
    assert [f.cell for f in jiandang.check(register, select="LR004").findings if f.column == "姓名"]


def test_a_name_of_such_characters_is_one() -> None:
    rows: list[list[Raw]] = [
        ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
        ["320324105201001", "安定", "男", "", "户主"],
    ]
    register = register_of([Grid("成员", rows)], POLICY)
    assert register.tables["member"]["name"].to_list() == ["安定"]
