"""The number of what is chosen stands in brackets behind the label, and the options beside it."""

import pytest
from form_reading import POLICY, form, says

from jiandang.register.cells import Raw
from jiandang.run.checking import check

NUMBERED = "1.因病 2.因残 3.因学 4.因灾"
LETTERED = "A.因病 B.因残 C.因学 D.因灾"
HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭人口", 2.0],
    ["人均纯收入（元）", 2900.0, "", "耕地面积", 3.0, "", "住房面积", 80.0],
]
FOOT: list[list[Raw]] = [["联系电话", "13852012345"], ["户主签字", "赵大"]]


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("主要致贫原因（ 2 ）", NUMBERED),
        ("主要致贫原因(2)：", NUMBERED),
        ("主要致贫原因【②】", NUMBERED),
        ("主要致贫原因（02）", NUMBERED),
        ("主要致贫原因 [B]", LETTERED),
    ],
)
@pytest.mark.parametrize("where", ["beside", "with another", "below", "in the cell"])
def test_it_is_read_at_the_label(label: str, printed: str, where: str) -> None:
    rows: dict[str, list[list[Raw]]] = {
        "beside": [[label, printed]],
        "with another": [[label, printed, "户别（ 1 ）", "1.一般贫困户 2.低保户"]],
        "below": [[label], [printed]],
        "in the cell": [[f"{label.rstrip('：')}：{printed}"]],
    }
    register = form(*HEAD, *rows[where], *FOOT)
    assert says(register, "household", "cause") == [("因残", "A4")]
    assert register.files[0].remarks == []
    if where == "with another":
        assert says(register, "household", "household_type") == [("一般贫困户", "C4")]


@pytest.mark.parametrize(
    ("label", "answer", "right"),
    [
        ("主要致贫原因（2）", "因病", "因病"),
        ("主要致贫原因（单选）", "1.因病 2.因残（ 2 ）", "因残"),
        ("主要致贫原因（1）", "□因病 ☑因残", "因残"),
        ("主要致贫原因（  ）", NUMBERED, None),
        ("主要致贫原因（一）", "因残", "因残"),
    ],
)
def test_beside_an_answer_the_number_is_only_the_label_s(
    label: str, answer: str, right: str | None
) -> None:
    assert says(form(*HEAD, [label, answer], *FOOT), "household", "cause") == [(right, "B4")]


def causes_told(*rows: list[Raw]) -> list[tuple[str, str, str | None]]:
    rules = ("LR004", "LR006", "LR315")
    found = check(form(*HEAD, *rows, *FOOT), POLICY).findings
    return [(each.rule, each.cell, each.value) for each in found if each.rule in rules]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["主要致贫原因（ 9 ）", NUMBERED], "A4"),
        (["主要致贫原因：", f"{NUMBERED}（9）"], "B4"),
        ([f"主要致贫原因 {NUMBERED}", 9.0], "B4"),
    ],
)
def test_a_number_that_is_not_printed_is_told_with_it(row: list[Raw], cell: str) -> None:
    assert causes_told(row) == [("LR006", cell, "9")]
    right: list[Raw] = [each.replace("9", "2") if isinstance(each, str) else 2.0 for each in row]
    assert causes_told(right) == []


@pytest.mark.parametrize("above", [[], [["二、致贫原因"]]])
def test_without_options_the_number_is_the_code_of_the_list(above: list[list[Raw]]) -> None:
    register = form(*HEAD, *above, ["主要致贫原因（8）"], *FOOT)
    row = 4 + len(above)
    assert says(register, "household", "cause") == [("缺劳力", f"A{row}")]
    assert causes_told(*above, ["主要致贫原因（13）"]) == [("LR006", f"A{row}", "13")]


def test_labels_that_are_numbered_say_nothing() -> None:
    register = form(*HEAD, ["致贫原因（1）"], ["致贫原因（2）", "因残"], *FOOT)
    assert says(register, "household", "cause") == [("因残", "B5")]
    register = form(*HEAD, ["家庭人口（3）", 2.0], ["联系电话（1）"], *FOOT)
    assert says(register, "household", "size") == [(2, "H2")]
