"""Lists of people who are in no register, below a table on its sheet: named, and not read."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
PEOPLE = [
    n + check_character(n)
    for n in ("32032419800101001", "32032419820202002", "32032419500101003", "32032419520202004")
]
FULL: list[Raw] = ["行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "农户属性"]
FULL += ["主要致贫原因", "人均纯收入(元)", "住房面积(㎡)"]
NAMES = ["张山", "李海", "孙大海", "马桂兰"]


def home(number: int, name: int | None = None) -> list[Raw]:
    who = number if name is None else name
    own: list[Raw] = ["王庄村", f"32032410520100{number + 1}", NAMES[who], PEOPLE[who]]
    return [*own, 1, "一般贫困户", "缺技术", 2000, 80]


def read(*rows: list[Raw]) -> Register:
    width = max(map(len, rows))
    return register_of([Grid("农户", [[*row, *[""] * (width - len(row))] for row in rows])], POLICY)


REGISTER: list[list[Raw]] = [["王庄村登记表"], FULL, home(0), home(1)]
OTHERS = [
    "未纳入建档立卡的农户",
    "拟清退户名单",
    "拟剔除农户",
    "不符合条件的户",
    "评议未通过名单",
    "死亡人员名单",
    "本次核减人员名单",
    "取消贫困户资格名单",
]
SHORT: list[Raw] = ["序号", "户主姓名", "户主证件号码", "家庭人口", "原因"]
ORDERED: list[Raw] = ["行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "原因"]
LISTS: list[list[list[Raw]]] = [
    [SHORT, [1, NAMES[2], PEOPLE[2], 3, "有车"], [2, NAMES[3], PEOPLE[3], 2, "死亡"]],
    [ORDERED, [*home(2)[:5], "有车"], [*home(3)[:5], "死亡"]],
    [FULL, home(2), home(3)],
    [home(2), home(3)],
    [["姓名", "身份证号", "时间"], [NAMES[2], PEOPLE[2], "2015年"], [NAMES[3], PEOPLE[3], ""]],
]


@pytest.mark.parametrize("title", [*OTHERS, "二、拟清退户（2户）"])
@pytest.mark.parametrize("rows", LISTS)
def test_they_are_named_with_their_rows(title: str, rows: list[list[Raw]]) -> None:
    gaps: list[list[list[Raw]]] = [[], [[""]]]
    for gap in gaps:
        register = read(*REGISTER, *gap, [title], *rows, [""], ["填表人：王会计"])
        assert register.tables["household"]["head_name"].to_list() == NAMES[:2]
        (file,) = register.files
        (remark,) = file.remarks
        assert "行起的另一张表是" in remark and "其中 2 行没有检查" in remark
        (place,) = file.unregistered_sheets
        assert place.startswith(
            f"农户（第{5 + len(gap)}" if len(rows) < 3 else "农户（第"
        ) and file.unrecognised_sheets == (place,)
        assert [seen for seen in register.observations if seen.column] == []


def test_the_register_goes_on_below_a_title_of_its_own() -> None:
    register = read(
        *REGISTER, ["二、拟清退户"], FULL, home(2), ["三、拟纳入农户名单"], FULL, home(3)
    )
    assert register.tables["household"]["head_name"].to_list() == [*NAMES[:2], NAMES[3]]
    assert "其中 1 行没有检查" in register.files[0].remarks[0]


@pytest.mark.parametrize(
    "line",
    [
        "王庄村",
        "王庄村登记表（续）",
        "二、低保贫困户",
        "清退后名单",
        "注：死亡人员已剔除。",
        "合计",
    ],
)
def test_other_lines_between_the_rows_end_nothing(line: str) -> None:
    register = read(*REGISTER, [line], FULL, home(2), home(3))
    assert register.tables["household"]["head_name"].to_list() == NAMES
    assert register.files[0].unrecognised_sheets == ()


def test_a_heading_in_another_order_heads_another_table() -> None:
    """What stands below it is read in its own columns."""
    order = [0, 1, 3, 2, 4, 7, 6, 5, 8]
    below = ([row[i] for i in order] for row in (FULL, home(2), home(3)))
    register = read(*REGISTER, *below)
    homes = register.tables["household"]
    assert homes["head_name"].to_list() == NAMES
    assert homes["per_capita"].to_list() == [2000] * 4


@pytest.mark.parametrize("title", ["拟新增户", "重复登记人员", "大病户", "三、需要核实的户："])
@pytest.mark.parametrize("gap", [[], [[""]]])
@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "户主姓名", "家庭人口", "身份证号", "理由"], [1, NAMES[2], 3, PEOPLE[2], "大病"]],
        [["姓名", "身份证号", "重复村"], [NAMES[2], PEOPLE[2], "柳湾村"]],
    ],
)
def test_hardly_any_columns_under_a_title_are_a_list(
    title: str, gap: list[list[Raw]], rows: list[list[Raw]]
) -> None:
    register = read(*REGISTER, *gap, [title], *rows)
    assert register.tables["household"]["head_name"].to_list() == NAMES[:2]
    (file,) = register.files
    assert file.unrecognised_sheets == (f"农户（第{6 + len(gap)}行起）",)
    (remark,) = file.remarks
    assert f"第{6 + len(gap)}行起的另一张表" in remark and "其中 1 行没有检查" in remark
    assert [seen for seen in register.observations if seen.column] == []


@pytest.mark.parametrize("title", ["二、二组", "拟新增户"])
def test_households_without_numbers_that_say_more_are_households(title: str) -> None:
    own = [0, 2, 3, 4, 5, 6, 7]
    below = [[row[i] for i in own] for row in (FULL, home(2), home(3))]
    register = read(*REGISTER, [title], *below)
    assert register.tables["household"]["head_name"].to_list() == NAMES
    assert register.files[0].unrecognised_sheets == ()
