"""Lists right beside the members, in the same row of headings, are none of their columns."""

from datetime import date
from itertools import zip_longest

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
MEMBERS: list[Raw] = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族"]
HOMES: list[Raw] = ["户编号", "行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
FAMILIES = (("张建国", "王玉兰", "张小山"), ("李海军", "李小海"), ("赵明华", "孙爱华", "赵小明"))


def number(day: str, i: int) -> str:
    first = f"320324{day}{i:02}1"
    return first + check_character(first)


def members() -> list[list[Raw]]:
    return [
        [code(n), name, "男" if i != 1 else "女", number(f"19{7 + i}00101", n), relation, "汉族"]
        for n, family in enumerate(FAMILIES)
        for i, (name, relation) in enumerate(zip(family, ("户主", "配偶", "之子"), strict=False))
    ]


def code(home: int) -> str:
    return f"32032410520100{home + 1}"


def homes() -> list[list[Raw]]:
    return [
        [code(n), "王庄村", family[0], float(len(family)), "一般贫困户", "因病"]
        for n, family in enumerate(FAMILIES)
    ]


def beside(rows: list[list[Raw]], right: list[list[Raw]], gap: int = 0) -> Grid:
    """The rows with others at their right; the shorter ones are filled up."""
    no_left: list[Raw] = [""] * len(rows[0])
    no_right: list[Raw] = [""] * len(right[0])
    both = zip_longest(rows, right)
    return Grid("成员", [[*(a or no_left), *[""] * gap, *(b or no_right)] for a, b in both])


def codes_of(register: Register) -> set[str]:
    return {f.rule for f in check(register, POLICY, as_of=date(2016, 3, 29)).findings}


MANY: list[list[Raw]] = [[f"周敬{sign}"] for sign in "甲乙丙丁戊己庚辛壬癸子"]
LISTS: dict[str, list[list[Raw]]] = {
    "relations": [["与户主关系"], ["户主"], ["配偶"], ["之子"]],
    "more words than members": [["与户主关系"], *MANY],
    "codes": [["代码", "民族"], [1.0, "汉族"], [2.0, "回族"], [3.0, "苗族"]],
    "codes of households": [["代码", "农户属性"], [1.0, "一般贫困户"], [2.0, "低保户"]],
    "helpers": [["帮扶责任人", "单位"], ["周敬贤", "水务局"], ["邵立群", "镇政府"]],
    "more helpers than members": [["帮扶责任人"], *MANY],
    "persons": [["序号", "姓名", "性别"], [1.0, "钱一", "男"], [2.0, "孙二", "女"]],
    "officials": [
        ["姓名", "职务", "联系电话"],
        ["马甲", "会计", "13812345678"],
        ["马乙", "主任", ""],
    ],
    "sums": [["村名", "户数"], ["王庄村", 3.0], ["柳湾村", 5.0], ["合计", 8.0]],
    "causes": [["致贫原因", "户数"], ["因病", 1.0], ["因残", 1.0], ["因学", 1.0]],
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("gap", [0, 1])
def test_a_list_is_none_of_the_columns(name: str, gap: int) -> None:
    plain = register_of(
        [Grid("成员", [MEMBERS, *members()]), Grid("农户", [HOMES, *homes()])], POLICY
    )
    both = beside([MEMBERS, *members()], LISTS[name], gap)
    found = register_of([both, Grid("农户", [HOMES, *homes()])], POLICY)
    assert found.tables["member"].drop("ref").equals(plain.tables["member"].drop("ref"))
    assert codes_of(found) == codes_of(plain)
    first = chr(ord("A") + len(MEMBERS) + gap)
    assert f"{first}列起" in "".join(map(str, found.files[0].remarks))


@pytest.mark.parametrize("gap", [0, 1])
def test_persons_beside_the_households_are_no_members(gap: int) -> None:
    grids = [Grid("成员", [MEMBERS, *members()]), beside([HOMES, *homes()], LISTS["persons"], gap)]
    assert register_of(grids, POLICY).tables["member"].height == 8


@pytest.mark.parametrize(
    ("headings", "values", "expected"),
    [
        # In every row.
        (["与户主关系"], [["其他"]] * 8, {"LR002"}),
        # The helpers of the first household alone, one of whom differs.
        (
            ["帮扶责任人", "帮扶单位"],
            [["周敬贤", "水务局"], ["王宏", ""], ["周敬贤", ""]],
            {"LR213"},
        ),
        # Of those whose households each have one.
        (["帮扶责任人"], [["周敬贤"]] * 3 + [["王宏"]] * 2, set()),
        # Each member of a household may have a telephone.
        (["联系电话"], [["13812345671"], ["13812345672"], ["13812345673"]], set()),
    ],
)
def test_columns_that_are_filled_in_part_stay(
    headings: list[Raw], values: list[list[Raw]], expected: set[str]
) -> None:
    both = beside([MEMBERS, *members()], [headings, *values])
    found = register_of([both, Grid("农户", [HOMES, *homes()])], POLICY)
    assert not found.files[0].remarks
    assert codes_of(found) & {"LR002", "LR213"} == expected


@pytest.mark.parametrize("gap", [0, 1])
def test_households_beside_their_members_are_a_table(gap: int) -> None:
    both = register_of([beside([MEMBERS, *members()], [HOMES, *homes()], gap)], POLICY)
    assert [both.tables[table].height for table in ("member", "household")] == [8, 3]
    assert not both.files[0].remarks


@pytest.mark.parametrize("at", [2, 6, 9, 10])
@pytest.mark.parametrize(
    "foot",
    [
        ["王庄村民委员会（盖章）", "经办人：王明"],
        ["村委会（盖章）", "经办人：王明", "2016年3月20日"],
        ["村委会（盖章）", "经办人：王明", "审核人：李强", "电话：13900001111", "2016年3月20日"],
    ],
)
def test_who_signed_below_the_right_columns_heads_no_list(at: int, foot: list[str]) -> None:
    """落款 stands at the right: the columns over it are the table's, as without it."""
    people = [[*MEMBERS, *HOMES[1:]]]
    for row in members():
        (home,) = (own for own in homes() if own[0] == row[0])
        people.append([*row, *home[1:]])
    signed: list[list[Raw]] = [[*[""] * at, line, *[""] * (10 - at)] for line in foot]
    plain, other = (
        register_of([Grid("成员", rows)], POLICY) for rows in (people, [*people, *signed])
    )
    assert [f.remarks for f in other.files] == [f.remarks for f in plain.files]
    for table in ("member", "household"):
        assert other.tables[table].equals(plain.tables[table])
