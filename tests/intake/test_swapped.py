"""Two cells that hold each other's value, where the form of a number alone does not tell."""

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import register_of

Row = list[Raw]
HEADINGS: Row = ["行政村", "户编号", "姓名", "与户主关系", "证件号码", "性别"]
HEADS = ["320324196001010016", "320324195502020015", "320324194903030017", "320324197004040012"]
OLD = "320324620505002"


def members(*rows: Row) -> Register:
    return register_of([Grid("成员", [HEADINGS, *rows])], load_policy("xuzhou-2016"))


def swapped(register: Register) -> int:
    return sum(seen.notice is Notice.SWAPPED for seen in register.observations)


def test_households_called_by_their_heads_numbers_are_not_exchanged_with_old_numbers() -> None:
    rows: list[Row] = [["王庄村", head, "张三", "户主", head, "男"] for head in HEADS]
    register = members(*rows, ["王庄村", HEADS[0], "李四", "配偶", OLD, "女"])
    assert swapped(register) == 0
    assert register.tables["member"]["household_id"].to_list() == [*HEADS, HEADS[0]]


def test_a_persons_number_among_numbers_of_households_is_exchanged() -> None:
    rows: list[Row] = [
        ["王庄村", f"32032410520100{number}", "张三", "户主", head, "男"]
        for number, head in enumerate(HEADS, 1)
    ]
    rows[1][1], rows[1][4] = rows[1][4], rows[1][1]
    register = members(*rows)
    assert swapped(register) == 1
    numbers = register.tables["member"]["household_id"].to_list()
    assert numbers == [f"32032410520100{number}" for number in range(1, 5)]
