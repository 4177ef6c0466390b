"""A row under the heading that says in each column what to write there is nobody's."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
NUMBER = "32032419620319115" + check_character("32032419620319115")
MEMBERS: list[Raw] = ["户编号", "姓名", "证件号码", "性别", "与户主关系", "民族", "文化程度"]
MEMBERS += ["健康状况", "劳动能力"]
PERSON: list[Raw] = ["320324105201001", "张三", NUMBER, "男", "户主", "汉族", "小学"]
PERSON += ["健康", "普通劳动力"]
HOMES: list[Raw] = ["行政村", "户编号", "户主姓名", "家庭人口", "主要致贫原因", "人均纯收入(元)"]
HOMES += ["农户属性"]
HOME: list[Raw] = ["王庄村", "320324105201001", "张三", 3, "因病", 2000, "一般贫困户"]


def read(*rows: list[Raw], untyped: bool = False) -> Register:
    return register_of([Grid("表", [[*row] for row in rows], untyped=untyped)], POLICY)


@pytest.mark.parametrize(
    "guide",
    [
        "必填 必填 按身份证填写 选填 按户口簿 按户口簿 学历 诊断证明 能否劳动",
        "15位 姓名 18位 男女 关系 民族 学历 身体 劳力",
        "编码 真实姓名 身份证 下拉 下拉 汉族等 文化 健康等 劳力",
        "系统号 与证一致 二代证 按证 按户口 按证 最高 按证 按实",
    ],
)
def test_words_for_each_column_are_no_person(guide: str) -> None:
    register = read(MEMBERS, [*guide.split()], PERSON)
    assert register.tables["member"]["name"].to_list() == ["张三"]
    assert register.sheets[0].rows.note == 1 and register.observations == []


@pytest.mark.parametrize("guide", ["村委会 系统 户口簿 人数 单选 上年 单选"])
def test_words_for_each_column_are_no_household(guide: str) -> None:
    register = read(HOMES, [*guide.split()], HOME)
    assert register.tables["household"]["head_name"].to_list() == ["张三"]
    assert register.observations == []


@pytest.mark.parametrize(
    "row",
    [
        "320324105201002 李四 没带来 女孩 媳妇家 本地 念过书 还行 能干",
        "无 李四 没带来 女 配偶 本地 念过书 还行 能干",
        f"无 李四 {NUMBER} 不详 邻居 本地 念过书 还行 能干",
    ],
)
def test_a_person_of_whom_much_is_wrong_is_one(row: str) -> None:
    for untyped in (False, True):
        register = read(MEMBERS, [*row.split()], PERSON, untyped=untyped)
        assert register.tables["member"]["name"].to_list() == ["李四", "张三"]


def test_a_household_of_whom_much_is_wrong_is_one() -> None:
    for size in (3, "3"):
        row: list[Raw] = ["王庄村", "无", "李四", size, "懒", "不多", "穷"]
        register = read(HOMES, row, HOME, untyped=isinstance(size, str))
        assert register.tables["household"]["head_name"].to_list() == ["李四", "张三"]


@pytest.mark.parametrize(
    "guide",
    [
        ["", "", "（18位或20位）", "", "", "", "", "", ""],
        ["", "（与身份证一致）", "（18位）", "", "", "", "", "", ""],
        ["", "（与身份证一致）", "", "", "", "", "", "", ""],
    ],
)
def test_remarks_in_brackets_under_few_headings_are_no_person(guide: list[Raw]) -> None:
    register = read(MEMBERS, guide, PERSON)
    assert register.tables["member"]["name"].to_list() == ["张三"]
    assert register.sheets[0].rows.note == 1 and register.observations == []


def test_a_bracket_behind_a_name_is_somebodys() -> None:
    lone: list[Raw] = ["320324105201001", "（李四）", "", "女", "配偶", *[""] * 4]
    assert read(MEMBERS, lone, PERSON).tables["member"].height == 2


def test_rows_filled_with_words_for_nothing_are_no_persons() -> None:
    register = read(MEMBERS, PERSON, ["无"] * 9, ["无"] * 9)
    assert register.tables["member"]["name"].to_list() == ["张三"]
    assert register.sheets[0].rows.note == 2 and register.observations == []


def test_a_person_of_whom_most_is_nothing_is_one() -> None:
    some = read(MEMBERS, PERSON, ["320324105201001", "李四", *["无"] * 7])
    assert some.tables["member"]["name"].to_list() == ["张三", "李四"]
