"""The register's rows as Pydantic objects, for whoever wants them one by one."""

from pathlib import Path

from jiandang import load
from jiandang.register.household import Household
from jiandang.register.member import Member

SAMPLE = Path(__file__).parents[2] / "sample_data" / "官山镇_合格.xlsx"


def test_rows_are_models() -> None:
    register = load([SAMPLE])
    households = list(register.rows_of("household"))
    members = list(register.rows_of("member"))
    assert (len(households), len(members)) == (75, 187)
    first = households[0]
    assert isinstance(first, Household)
    assert isinstance(members[0], Member)
    # What was read is valid by the models themselves.
    assert Household.model_validate(first.model_dump()) == first
    assert {m.household_id for m in members if isinstance(m, Member)} == {
        h.household_id for h in households if isinstance(h, Household)
    }
