"""Places that stand in the first of their rows alone, and signs below them."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = ["行政村", "村民小组", "姓名", "性别", "证件号码", "与户主关系"]
PEOPLE: list[list[Raw]] = [
    ["张三", "男", "320324198001010015", "户主"],
    ["李四", "女", "320324198202020023", "配偶"],
    ["赵六", "男", "320324198303030033", "户主"],
    ["孙七", "女", "320324198404040040", "配偶"],
    ["周八", "男", "320324200501010017", "之子"],
    ["吴九", "男", "320324198606060063", "户主"],
]


def register(villages: list[str], groups: list[str], headings: list[Raw] = HEADINGS) -> Register:
    rows = [[v, g, *own] for v, g, own in zip(villages, groups, PEOPLE, strict=True)]
    return register_of([Grid("成员", [headings, *rows])], POLICY)


def notices(found: Register) -> list[tuple[Notice, str]]:
    return [(o.notice, str(o.seen.get("first", ""))) for o in found.observations]


def test_places_in_the_heads_rows_alone_without_numbers() -> None:
    villages, groups = ["王庄村", "", "王庄村", "", "", "李庄村"], ["1", "", "2", "", "", "1"]
    found = register(villages, groups)
    members = found.tables["member"]
    assert members["village"].to_list() == ["王庄村"] * 5 + ["李庄村"]
    assert members["group"].to_list() == ["1", "1", "2", "2", "2", "1"]
    assert notices(found) == [(Notice.CARRIED_DOWN, "每户第一行")]


def test_a_head_without_a_village_has_none() -> None:
    found = register(["王庄村", "", "", "", "", "王庄村"], ["1"] * 6)
    assert found.tables["member"]["village"].to_list() == ["王庄村"] * 2 + [None] * 3 + ["王庄村"]


def test_a_place_in_the_first_of_its_rows_alone() -> None:
    found = register(["王庄村", "", "", "", "", "李庄村"], ["1"] * 6)
    assert found.tables["member"]["village"].to_list() == ["王庄村"] * 5 + ["李庄村"]
    assert notices(found) == [(Notice.CARRIED_DOWN, "每段第一行")]


@pytest.mark.parametrize(
    ("between", "villages"), [([], ["王庄村"] * 6), (["李庄村户籍"], ["王庄村"] * 3 + [None] * 3)]
)
def test_a_place_passes_the_heading_of_a_next_page(
    between: list[Raw], villages: list[str | None]
) -> None:
    rows: list[list[Raw]] = [["王庄村" if not i else "", "1", *own] for i, own in enumerate(PEOPLE)]
    titles = [[title, *[""] * 5] for title in between]
    found = register_of([Grid("成员", [HEADINGS, *rows[:3], *titles, HEADINGS, *rows[3:]])], POLICY)
    assert found.tables["member"]["village"].to_list() == villages


@pytest.mark.parametrize("sign", ["..", "。。", "……", "···", "::", "〃", "↑", "~", " .. "])
def test_signs_below_a_place_mean_it(sign: str) -> None:
    found = register(["王庄村", *[sign] * 5], ["1组", *[sign] * 5])
    assert set(found.tables["member"]["village"]) == {"王庄村"}
    assert set(found.tables["member"]["group"]) == {"1组"}
    assert notices(found) == [(Notice.DITTO, "")] * 2


@pytest.mark.parametrize("sign", ["-", "--", "——", "/", "//", "..", "……", "无", "不详"])
def test_no_village_is_called_by_a_sign(sign: str) -> None:
    found = register([sign, *["王庄村"] * 5], ["1组"] * 6)
    assert found.tables["member"]["village"].to_list() == [None, *["王庄村"] * 5]
    assert Notice.NO_VALUE in {notice for notice, _ in notices(found)}


HOMES: list[list[Raw]] = [
    ["行政村", "户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"],
    ["王庄村", "320324105201001", "张三", 2.0, "一般贫困户", "因病"],
    ["王庄村", "320324105201002", "赵六", 3.0, "一般贫困户", "因病"],
    ["王庄村", "320324105201003", "吴九", 1.0, "一般贫困户", "因病"],
]


def told_by_heads(heads: list[str]) -> Register:
    rows = [["王庄村", head, *own] for head, own in zip(heads, PEOPLE, strict=True)]
    members = Grid("成员", [["行政村", "户主姓名", *HEADINGS[2:]], *rows])
    return register_of([members, Grid("农户", [list(row) for row in HOMES])], POLICY)


def test_a_head_in_his_own_row_alone_tells_the_household() -> None:
    found = told_by_heads(["张三", "", "赵六", "", "", "吴九"])
    numbers = [str(HOMES[n][1]) for n in (1, 1, 2, 2, 2, 3)]
    assert found.tables["member"]["household_id"].to_list() == numbers
    assert (Notice.CARRIED_DOWN, "每户第一行") in notices(found)


def test_a_head_whose_own_row_has_no_name_is_not_the_one_above() -> None:
    found = told_by_heads(["张三", "", "", "", "", "吴九"])
    numbers = found.tables["member"]["household_id"].to_list()
    assert numbers[2:5] == [None] * 3


@pytest.mark.parametrize("sign", ["..", "...", "。。", "´´", "同↑", "…同上…", '- " -', "''", "″"])
def test_signs_below_a_value_mean_it(sign: str) -> None:
    rows = [["1", *own, "汉族" if not i else sign] for i, own in enumerate(PEOPLE)]
    found = register_of([Grid("成员", [[*HEADINGS[1:], "民族"], *rows])], POLICY)
    assert set(found.tables["member"]["nation"]) == {"汉族"}
    assert [o.column for o in found.observations if o.notice == Notice.DITTO] == ["nation"]


@pytest.mark.parametrize("sign", [".", "-", "--", "/", "……", "同左"])
def test_other_signs_below_a_value_do_not(sign: str) -> None:
    rows = [["1", *own, "汉族" if not i else sign] for i, own in enumerate(PEOPLE)]
    found = register_of([Grid("成员", [[*HEADINGS[1:], "民族"], *rows])], POLICY)
    assert found.tables["member"]["nation"].null_count() == len(PEOPLE) - 1
