"""Forms without 户编号 beside the village's list: whose they are, by their heads."""

from form_reading import read

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw

Rows = list[list[Raw]]
LIST: Rows = [
    ["户编号", "行政村", "户主姓名", "人均纯收入(元)"],
    ["320324105201001", "王庄村", "赵大", 2900.0],
    ["320324105201002", "王庄村", "孙三", 2800.0],
]


def page(head: str) -> Rows:
    return [
        ["贫困户登记表", "", "", ""],
        ["户主姓名", head, "家庭人口", 1.0],
        ["农户属性", "低保户", "主要致贫原因", "因病"],
        ["姓名", "性别", "证件号码", "与户主关系"],
        [head, "男", "320324196203191150", "户主"],
    ]


def homes(*grids: Grid) -> dict[str | None, tuple[str | None, float | None]]:
    register = read(*grids)
    members = {m.name: m.household_id for m in register.members()}
    found = [(h.head_name, h.household_id, h.per_capita) for h in register.households()]
    assert all(members.get(head or "", number) == number for head, number, _ in found)
    assert len(found) == len({number for _, number, _ in found})
    return {head: (number, income) for head, number, income in found}


def test_a_form_is_of_the_only_household_of_its_head_in_the_list() -> None:
    forms = Grid("赵大", page("赵大")), Grid("孙三", page("孙三"))
    for grids in ([*forms, Grid("农户", LIST)], [Grid("农户", LIST), *forms]):
        assert homes(*grids) == {
            "赵大": ("320324105201001", 2900),
            "孙三": ("320324105201002", 2800),
        }
        (remark,) = read(*grids).files[0].remarks
        assert "户主姓名在本文件的登记表里只有一户" in remark


def test_where_two_have_one_name_none_is_taken_for_the_other() -> None:
    twice: Rows = [*LIST, ["320324105201003", "王庄村", "赵大", 2700.0]]
    register = read(Grid("农户", twice), Grid("赵大", page("赵大")))
    (member,) = register.members()
    assert not str(member.household_id).isdecimal()
    assert register.tables["household"].height == 4
    # Nor are two forms of one name.
    other = page("赵大")
    other[1][3], other[4][1:3] = 2.0, ["女", "320324196409251243"]
    both = read(Grid("农户", LIST), Grid("一", page("赵大")), Grid("二", other))
    assert not any(str(m.household_id).isdecimal() for m in both.members())
