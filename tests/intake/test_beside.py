"""Tables that stand beside each other, and members in their household's row."""

from collections.abc import Callable

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register, row_of, sheet_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
NUMBER = "320324105201001"
MEMBER: list[Raw] = ["户编号", "姓名", "性别", "证件号码", "与户主关系"]
HOUSEHOLD: list[Raw] = ["户编号", "户主姓名", "家庭人口", "农户属性", "人均纯收入(元)"]
HEAD: list[Raw] = [NUMBER, "张三", "男", "320324198001010015", "户主"]
HOME: list[Raw] = [NUMBER, "张三", 1.0, "一般贫困户", 3000.0]


def read(*rows: list[Raw], merged: list[tuple[int, int, int, int]] | None = None) -> Register:
    return register_of([Grid("表", [list(row) for row in rows], merged or [])], POLICY)


@pytest.mark.parametrize("gap", [0, 1, 3, 7])
def test_two_tables(gap: int) -> None:
    empty: list[Raw] = [""] * gap
    found = read([*MEMBER, *empty, *HOUSEHOLD], [*HEAD, *empty, *HOME], ["", *[""] * (9 + gap)])
    assert [sheet.table for sheet in found.sheets] == ["member", "household"]
    assert found.observations == []
    assert found.tables["household"]["per_capita"].to_list() == [3000.0]
    assert found.sheets[1].columns["household", "per_capita"] == 9 + gap
    assert [sheet.rows.blank for sheet in found.sheets] == [1, 1]


def test_a_list_printed_in_two_columns() -> None:
    again: list[Raw] = [NUMBER, "李四", "女", "320324198202020023", "配偶"]
    number: list[Raw] = ["序号"]
    found = read([*number, *MEMBER, *number, *MEMBER], [1.0, *HEAD, 2.0, *again])
    assert [sheet.table for sheet in found.sheets] == ["member", "member"]
    assert found.tables["member"]["name"].to_list() == ["张三", "李四"]


def test_a_column_twice_is_no_other_table() -> None:
    found = read([*MEMBER, "身份证号"], [*HEAD, "320324198001010015"])
    assert [sheet.table for sheet in found.sheets] == ["member"]
    assert [o.notice for o in found.observations] == [Notice.REPEATED_COLUMN]


OWN: list[Raw] = ["行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "联系电话"]
OF_HOME: list[Raw] = ["王庄村", NUMBER, "张三", "320324198001010015", 3.0, ""]
TWO: list[Raw] = ["李四", "320324198202020023", "配偶", "张小", "32032420050101001X", "之子"]
PARTS = ("姓名", "证件号码", "与户主关系")
HEADINGS: dict[str, list[Raw]] = {
    "numbers in front": [f"成员{i}{part}" for i in (1, 2) for part in PARTS],
    "numbers behind": [f"{part}{i}" for i in (1, 2) for part in ("姓名", "身份证号", "关系")],
    "in brackets": [f"{part}（{i}）" for i in (1, 2) for part in PARTS],
    "in words": [f"家庭成员{i}{part}" for i in "一二" for part in PARTS],
    "no numbers": [*PARTS, *PARTS],
}


@pytest.mark.parametrize("way", HEADINGS)
def test_members_in_the_households_row(way: str) -> None:
    found = read([*OWN, *HEADINGS[way]], [*OF_HOME, *TWO])
    assert [sheet.table for sheet in found.sheets] == ["household", *["member"] * 3]
    assert found.tables["member"].select("name", "relation", "household_id").rows() == [
        ("张三", "户主", NUMBER),
        ("李四", "配偶", NUMBER),
        ("张小", "之子", NUMBER),
    ]
    assert found.observations == []
    places = [sheet.columns["member", "name"] for sheet in found.sheets[1:]]
    assert places == [2, 6, 9]


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("group", ["家庭成员{}", "成员（{}）", "第{}人", "家庭人员{}"])
def test_members_under_a_heading_of_their_own(group: str, is_merged: bool) -> None:
    """The text over a member's columns stands over the first of them alone where none is merged."""
    above: list[Raw] = [*OWN, group.format(1), "", "", group.format(2), "", ""]
    below: list[Raw] = [*[""] * 6, *["姓名", "证件号码", "与户主关系"] * 2]
    merged = [(0, column, 1, column) for column in range(6)] + [(0, 6, 0, 8), (0, 9, 0, 11)]
    found = read(above, below, [*OF_HOME, *TWO], merged=merged if is_merged else [])
    assert found.tables["member"].select("name", "relation").rows() == [
        ("张三", "户主"),
        ("李四", "配偶"),
        ("张小", "之子"),
    ]
    assert {row_of(ref) for ref in found.tables["member"]["ref"]} == {3}
    assert found.observations == []


def test_a_head_among_the_members_is_there_once() -> None:
    row: list[Raw] = [*OF_HOME, "张三", "320324198001010015", "户主", *TWO[:3]]
    found = read([*OWN, *HEADINGS["numbers behind"]], row)
    assert found.tables["member"]["name"].to_list() == ["张三", "李四"]


def test_two_surveyors_are_no_members() -> None:
    found = read([*OWN, "调查人1", "调查人2", "调查日期"], [*OF_HOME, "李山", "王海", "2016-3-5"])
    assert {sheet.table for sheet in found.sheets} == {"household"}


def test_households_with_few_own_columns_and_numbered_members_are_read() -> None:
    """Beside three known headings there are those of two members, which are known as well."""
    heading: list[Raw] = ["户编号", "户主姓名", "家庭人口"]
    heading += [f"成员{i}{name}" for i in (1, 2) for name in ("姓名", "关系", "身份证号")]
    row: list[Raw] = [
        "320324105201001",
        "张三",
        2.0,
        "张三",
        "户主",
        "320324196203191150",
        "王秀",
        "妻子",
        "",
    ]
    register = register_of([Grid("农户", [heading, row])], POLICY)
    assert register.tables["member"]["name"].to_list() == ["张三", "王秀"]
    assert register.tables["household"]["head_name"].to_list() == ["张三"]


@pytest.mark.parametrize(
    "way",
    [
        "家属{}{}",
        "家人{}{}",
        "家庭成员{}{}",
        "家庭成员{}-{}",
        "家庭成员（{}）：{}",
        "家庭成员（{}）{}",
        "成员({}){}",
        "人口{}{}",
        "第{}人{}",
        "{1}{0}",
        "{1}_{0}",
        "{1}（{0}）",
        "成员{1}{0}",
        "第{}位{}",
    ],
)
@pytest.mark.parametrize("signs", ["123456", "一二三四五六", "①②③④⑤⑥", "甲乙丙丁戊己"])
def test_members_by_any_words_and_numbers(way: str, signs: str) -> None:
    """Beside few columns of the household those of the members are known headings as well."""
    parts = ("姓名", "身份证号", "关系")
    headings: list[Raw] = ["户编号", "户主姓名", "家庭人口"]
    headings += [way.format(i, part) for i in signs for part in parts]
    row: list[Raw] = ["320324105201001", "张三", 3.0, "李四", "320324198202020023", "配偶"]
    row += ["张小三", "320324200501010017", "之子", *[""] * 12]
    found = register_of([Grid("农户", [headings, row])], POLICY)
    assert found.tables["member"]["name"].to_list() == ["张三", "李四", "张小三"]


@pytest.mark.parametrize("way", ["{}{}", "{}-{}", "{}号{}", "成员{}{}"])
@pytest.mark.parametrize("signs", ["甲乙丙", "ABC", "一二三", "壹贰叁"])
def test_members_by_a_number_alone(way: str, signs: str) -> None:
    headings: list[Raw] = ["户编号", "户主姓名", "家庭人口", "农户属性"]
    headings += [way.format(i, part) for i in signs for part in ("姓名", "身份证号", "关系")]
    row: list[Raw] = [NUMBER, "张三", 3.0, "一般贫困户", "李四", "320324198202020023", "配偶"]
    found = read(headings, [*row, "张小三", "320324200501010017", "之子", "", "", ""])
    assert found.tables["member"]["name"].to_list() == ["张三", "李四", "张小三"]
    assert found.tables["member"]["id_number"].null_count() == 1


def test_one_letter_numbers_nobody() -> None:
    """A before one name alone is no number of several; nor is 第一书记 a member."""
    found = read(["户编号", "A姓名", "性别", "证件号码", "与户主关系", "第一书记"], [*HEAD, "王明"])
    assert found.tables["member"]["name"].to_list() in (["张三"], [None])
    assert found.tables["member"].height == 1


WIDE: list[Raw] = ["户编号", "户主姓名", "家庭人口", "农户属性"]
OF_WIDE: list[Raw] = [NUMBER, "张三", 3.0, "一般贫困户"]


def names_at(*rows: list[Raw]) -> list[tuple[str, int]]:
    """The names of all persons, and the column in which each stands."""
    found = read(*rows)
    assert found.observations == []
    places = [sheet.columns.get(("member", "name"), -1) for sheet in found.sheets]
    return [
        (name, places[sheet_of(ref)])
        for ref, name in found.tables["member"].sort("ref").select("ref", "name").rows()
    ]


@pytest.mark.parametrize("way", ["家庭成员{}", "成员{}", "第{}人", "家庭成员（{}）"])
@pytest.mark.parametrize("part", ["{}{}", "{}（{}）"])
def test_a_members_number_over_his_name_is_the_name(way: str, part: str) -> None:
    headings: list[Raw] = []
    for i in (1, 2):
        headings += [way.format(i), part.format("身份证号", i), part.format("关系", i)]
    found = names_at([*WIDE, *headings], [*OF_WIDE, *TWO])
    assert found == [("张三", 1), ("李四", 4), ("张小", 7)]


def test_a_members_number_beside_his_name_is_none() -> None:
    """家庭成员1 is how many there are, or anything, where 姓名1 stands as well."""
    headings: list[Raw] = ["家庭成员1", "姓名1", "关系1", "家庭成员2", "姓名2", "关系2"]
    row: list[Raw] = ["有", "李四", "配偶", "有", "张小", "之子"]
    found = read([*WIDE, *headings], [*OF_WIDE, *row])
    assert found.tables["member"]["name"].to_list() == ["张三", "李四", "张小"]


@pytest.mark.parametrize("part", ["{}{}", "{}（{}）", "{}({})", "{}①", "{}_{}"])
def test_members_whose_names_come_first(part: str) -> None:
    parts = [
        part.replace("①", "①②"[i - 1]).format(name, i)
        for name in ("姓名", "身份证号", "关系")
        for i in (1, 2)
    ]
    row = [TWO[3 * i + j] for j in range(3) for i in range(2)]
    found = names_at([*WIDE, *parts], [*OF_WIDE, *row])
    assert found == [("张三", 1), ("李四", 4), ("张小", 5)]


@pytest.mark.parametrize(
    "names",
    [
        ("配偶姓名", "子女1姓名"),
        ("成员1姓名", "成员2姓名"),
        ("家庭成员一", "家庭成员二"),
        ("家庭成员", "家庭成员"),
    ],
)
def test_members_called_by_who_they_are(names: tuple[str, str]) -> None:
    headings: list[Raw] = [each for name in names for each in (name, "身份证号", "关系")]
    found = names_at([*WIDE, *headings], [*OF_WIDE, *TWO])
    assert found == [("张三", 1), ("李四", 4), ("张小", 7)]


@pytest.mark.parametrize("groups", [("配偶", "子女1"), ("配偶", "子女"), ("成员1", "成员2")])
@pytest.mark.parametrize("is_merged", [True, False])
def test_members_below_who_they_are(groups: tuple[str, str], is_merged: bool) -> None:
    """The head, who stands before them in the same words, is one of them."""
    above: list[Raw] = [*[""] * 4, *(each for g in ("户主", *groups) for each in (g, "", ""))]
    below: list[Raw] = [*WIDE, *["姓名", "身份证号", "与户主关系"] * 3]
    row: list[Raw] = [*OF_WIDE, "张三", "320324198001010015", "户主", *TWO]
    merged = [(0, column, 0, column + 2) for column in (4, 7, 10)] if is_merged else []
    found = read(above, below, row, merged=merged)
    assert found.tables["member"].select("name", "relation").rows() == [
        ("张三", "户主"),
        ("李四", "配偶"),
        ("张小", "之子"),
    ]
    assert found.observations == []


def test_a_guardian_is_no_member() -> None:
    headings: list[Raw] = [
        each for name in ("姓名", "监护人姓名") for each in (name, "身份证号", "与户主关系")
    ]
    found = read(["户编号", *headings], [NUMBER, *TWO])
    assert found.tables["member"]["name"].to_list() == ["李四"]


def test_members_without_any_names_lack_the_column() -> None:
    headings: list[Raw] = ["身份证号1", "关系1", "身份证号2", "关系2"]
    row: list[Raw] = ["320324198202020023", "配偶", "32032420050101001X", "之子"]
    found = read([*WIDE, *headings], [*OF_WIDE, *row])
    assert [(o.notice, o.sheet_column, o.seen["column"]) for o in found.observations] == [
        (Notice.MISSING_COLUMN, 4, "姓名")
    ]
    own = read([*WIDE, "姓名1", *headings], [*OF_WIDE, "李四", *row])
    assert Notice.MISSING_COLUMN not in {o.notice for o in own.observations}


@pytest.mark.parametrize("signs", ["(1) (2) (3) (4)", "（1） （1） （2） （2）", "① ② ③ ④"])
def test_numbers_of_footnotes_are_no_members(signs: str) -> None:
    columns = ["姓名", "身份证号", "与户主关系", "性别"]
    headings = [f"{name}{sign}" for name, sign in zip(columns, signs.split(), strict=True)]
    found = read(["户编号", *headings], [NUMBER, "张三", "320324198001010015", "户主", "男"])
    assert [sheet.table for sheet in found.sheets] == ["member"]
    assert found.tables["member"].select("name", "id_number", "relation").rows() == [
        ("张三", "320324198001010015", "户主")
    ]
    assert found.observations == []


BY_HEAD: list[Raw] = ["序号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]


def by_head(*names: str) -> list[list[Raw]]:
    return [[i, name, 3.0, "一般贫困户", "缺技术"] for i, name in enumerate(names, 1)]


def test_households_without_numbers_beside_each_other_without_a_gap() -> None:
    title: list[Raw] = ["王庄村", "", "", "", "", "柳湾村", "", "", "", ""]
    rows = [[*a, *b] for a, b in zip(by_head("张三", "李四"), by_head("王五", "赵六"), strict=True)]
    found = read(title, [*BY_HEAD, *BY_HEAD], *rows)
    assert [sheet.village for sheet in found.sheets] == ["王庄村", "柳湾村"]
    assert found.tables["household"]["head_name"].to_list() == ["张三", "李四", "王五", "赵六"]
    assert found.tables["household"]["village"].to_list() == 2 * ["王庄村"] + 2 * ["柳湾村"]


def test_below_a_table_is_another_while_the_one_beside_goes_on() -> None:
    """Its rows are in its columns alone; below both tables one may be of all columns again."""
    names = [f"{first}大{second}" for first in "王李张刘陈" for second in "山海"]
    homes: list[list[Raw]] = [
        [f"32032410520200{i}", name, 2.0, "一般贫困户", 2900.0] for i, name in enumerate(names)
    ]
    left: list[list[Raw]] = [
        HOUSEHOLD, HOME, [""], ["家庭成员"], MEMBER, HEAD, [""], ["", ""], [""], [""], [""],
    ]  # fmt: skip
    rows: list[list[Raw]] = [
        [*own, *[""] * (6 - len(own)), *other]
        for own, other in zip(left, [HOUSEHOLD, *homes], strict=True)
    ]
    rows += [[""], ["帮扶"], ["户编号", "帮扶责任人", "帮扶单位", "帮扶人电话"]]
    rows.append([homes[3][0], "马志强", "农委", "13912345678"])
    width = max(map(len, rows))
    full: list[list[Raw]] = [[*row, *[""] * (width - len(row))] for row in rows]
    found = read(*full)
    assert [(s.table, s.heading_row) for s in found.sheets] == [
        ("household", 1), ("member", 5), ("household", 1), ("household", 14),
    ]  # fmt: skip
    assert found.tables["member"]["name"].to_list() == ["张三"]
    assert found.tables["household"]["head_name"].to_list() == ["张三", *names]
    assert found.tables["household"]["helper"].drop_nulls().to_list() == ["马志强"]
    assert not found.files[0].unrecognised_sheets


def test_lines_of_villages_are_those_of_the_tables_own_columns() -> None:
    title: list[Raw] = ["王庄村", "", "", "", "", "", "陈桥村", "", "", "", ""]
    line: list[Raw] = ["柳湾村", "", "", "", ""]
    left = [*by_head("张三"), line, BY_HEAD, *by_head("李四")]
    right = by_head("王五", "赵六", "孙七", "周八")
    rows: list[list[Raw]] = [[*a, "", *b] for a, b in zip(left, right, strict=True)]
    found = read(title, [*BY_HEAD, "", *BY_HEAD], *rows)
    homes = found.tables["household"].select("head_name", "village").rows()
    assert homes[:2] == [("张三", "王庄村"), ("李四", "柳湾村")]
    assert {village for _, village in homes[2:]} == {"陈桥村"}


@pytest.mark.parametrize(
    "numbered",
    [
        lambda name, number: f"家庭成员{number}{name}",
        lambda name, number: f"成员{number}的{name}",
        lambda name, number: f"成员{number}({name})",
        lambda name, number: f"{name}{number}",
        lambda name, number: f"{name}{'①②'[number - 1]}",
        lambda name, number: name.replace("(", f"{number}(") if "(" in name else f"{name}{number}",
    ],
)
def test_units_in_brackets_of_members_beside_each_other(
    numbered: Callable[[str, int], str],
) -> None:
    names = ["姓名", "证件号码", "年龄(周岁)", "务工时间(月)"]
    headings: list[Raw] = ["行政村", "户编号", "户主姓名", "家庭人口"]
    headings += [numbered(name, number) for number in (1, 2) for name in names]
    row: list[Raw] = ["王庄村", "320324105201001", "张三", 2]
    row += ["张三", "320324196001010016", 56, 6, "李四", "320324195502020015", 61, 0]
    members = read(headings, row).tables["member"]
    assert members.select("name", "age", "work_months").rows() == [("张三", 56, 6), ("李四", 61, 0)]
