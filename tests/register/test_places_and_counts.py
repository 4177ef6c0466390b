"""Where a quota lies, one value under two headings, and numbers less than none."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import jiandang
from jiandang import Allocation, Household

SAMPLE = Path(__file__).parents[2] / "sample_data" / "官山镇_合格.xlsx"


def test_a_quota_says_where_it_lies_as_the_findings_on_it_do() -> None:
    quotas = [*jiandang.load(SAMPLE).allocations()]
    where = [(each.county, each.town, each.village) for each in quotas]
    assert where[:3] == [
        ("睢宁县", None, None),
        ("睢宁县", "官山镇", None),
        ("睢宁县", "官山镇", "王庄村"),
    ]
    copies = pickle.loads(pickle.dumps(quotas))
    assert [(each.county, each.town, each.village) for each in copies] == where
    alone = Allocation.model_validate({"级别": "村", "名称": "王庄村"})
    assert (alone.county, alone.village) == (None, "王庄村")


@pytest.mark.parametrize(
    "row",
    [
        {"家庭人口": "3", "人口": 3},
        {"家庭人口": "3人", "size": 3.0},
        {"家庭人口": "", "人口": 3},
        {"家庭人口": 3, "人口": None},
    ],
)
def test_equal_values_under_two_headings_of_a_column_are_one(row: dict[str, Any]) -> None:
    assert Household.model_validate(row).size == 3


@pytest.mark.parametrize("heading", ["家庭人口", "劳动力人数", "耕地面积(亩)", "住房面积(㎡)"])
@pytest.mark.parametrize("value", [-1, "-1", "−1"])
def test_there_cannot_be_less_than_none(heading: str, value: Any) -> None:
    """So that whatever a model takes its schema takes too: columns read it so as well."""
    with pytest.raises(ValidationError, match="不能是负数"):
        Household.model_validate({heading: value})
