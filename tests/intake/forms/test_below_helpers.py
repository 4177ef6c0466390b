"""Members who stand below the helper's grid, with no section line between or in his section."""

import pytest
from form_reading import form, place
from test_other_grids import FOOT, HEAD
from test_second_grids import CHILD, HEADINGS, names
from test_touching import HELPER, HOME, MEMBERS, NAMES, OTHER, THIRD, Rows, helper

from jiandang.register.cells import Raw

PAIR: Rows = [["转移性收入(元)：500"]]


def numbered(heading: str, rows: Rows) -> Rows:
    return [[heading, *rows[0]], *([float(i), *row] for i, row in enumerate(rows[1:], 1))]


@pytest.mark.parametrize("number", ["序号", "编号", "No.", "家庭成员序号", ""])
@pytest.mark.parametrize("above", [[], PAIR])
def test_members_right_below_the_helper_are_members(number: str, above: Rows) -> None:
    members = numbered(number, MEMBERS) if number else MEMBERS
    found = form(*HOME, *above, *HELPER, *members)
    assert names(found) == NAMES
    assert helper(found) == "周敬贤"
    row = found.tables["member"].row(2, named=True)
    column = "E" if number else "D"
    assert place(found, row, "id_number") == f"S!{column}{len(HOME) + len(above) + 6}"
    assert found.files[0].error is None
    assert found.files[0].remarks == []


def test_a_grid_of_others_with_units_keeps_its_rows() -> None:
    """A title that is no pair is the grid's own; what stands under it has no heading of members."""
    more: list[Raw] = ["王小明", "县交通局", "科员", "13900000000"]
    found = form(*HOME, ["村组干部"], *HELPER, more, *numbered("序号", MEMBERS))
    assert names(found) == NAMES
    assert helper(found) is None
    assert found.files[0].error is None
    (remark,) = found.files[0].remarks
    assert remark.endswith("：村组干部(姓名、单位、职务、联系电话)")


# Too few headings to be known for a grid of members.
SHORT: Rows = [["序号", "姓名", "身份证号", "开户行"], [1.0, "尤美兰", OTHER, "农商行"]]


def test_whoever_is_taken_for_a_helper_below_a_heading_of_members_is_told() -> None:
    file = form(*HOME, ["村组干部"], *HELPER, *SHORT).files[0]
    assert file.error_code == "form_unread"
    assert "家庭成员没有读" in str(file.error)


def test_a_helper_with_a_number_is_not_told() -> None:
    heading, own = HELPER
    grid: Rows = [[*heading, "身份证号"], [*own, THIRD]]
    found = form(*HOME, *MEMBERS, ["帮扶责任人"], *grid)
    assert names(found) == NAMES
    assert found.files[0].error is None


WHO: list[Raw] = ["序号", *HEADINGS]
SIGNED: Rows = [["户主签字：赵大"]]


@pytest.mark.parametrize("title", [[], [["续表：家庭成员"]], [[""], [""]]])
@pytest.mark.parametrize("foot", [FOOT, FOOT[:-1]])
def test_further_members_below_the_helpers_section_are_members(title: Rows, foot: Rows) -> None:
    for heading, row in ((HEADINGS, CHILD), (WHO, [3.0, *CHILD])):
        found = form(*HEAD[:-1], *foot, *title, heading, row)
        assert names(found) == ["赵大", "钱二", "赵有"]
        assert helper(found) == "周杰"
        assert found.files[0].error is None


@pytest.mark.parametrize("title", ["紧急联系人", "赡养人情况", "见证人"])
def test_others_below_the_helpers_section_are_others(title: str) -> None:
    found = form(*HEAD[:-1], *FOOT, [title], HEADINGS, CHILD)
    assert names(found) == ["赵大", "钱二"]
    (remark,) = found.files[0].remarks
    assert f"：{title}(姓名、性别、身份证号、与户主关系、健康状况)" in remark


@pytest.mark.parametrize("more", ["联系电话", "家庭住址"])
def test_of_whom_more_is_asked_than_of_members_is_none(more: str) -> None:
    """Supporters without a title: where they live or are reached."""
    found = form(*HEAD[:-1], *FOOT, [*HEADINGS[:4], more], [*CHILD[:4], "13800001111"])
    assert names(found) == ["赵大", "钱二"]
    (remark,) = found.files[0].remarks
    assert f"(姓名、性别、身份证号、与户主关系、{more})" in remark
