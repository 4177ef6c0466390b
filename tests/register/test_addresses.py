"""Whether an address names a village."""

import polars as pl
import pytest

from jiandang.register.place import is_in_village, plain_village

c = pl.col


@pytest.mark.parametrize(
    ("address", "village", "is_named"),
    [
        ("睢宁县官山镇王庄村二组", "王庄村", True),
        ("王庄二组", "王庄村", True),
        ("官山镇 王庄", "王庄", True),
        ("官山鎮王莊村", "王庄村", True),
        ("官山镇沙场村三组", "沙场村", True),  # 场 may stand before a village, and within its name
        ("官山镇小王庄村", "王庄村", False),
        ("官山镇王集村", "王庄村", False),
        (None, "王庄村", None),
        ("官山镇王庄村", None, None),
    ],
)
def test_a_village_begins_behind_what_it_is_in(
    address: str | None, village: str | None, is_named: bool | None
) -> None:
    rows = pl.DataFrame(
        {"address": [address], "village": [village]},
        schema={"address": pl.String, "village": pl.String},
    )
    found = rows.select(is_in_village(c.address, plain_village(c.village)))
    assert found.item() is is_named
