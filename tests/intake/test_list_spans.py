"""From and to in one cell of a list."""

import polars as pl
import pytest

from jiandang.intake.list_spans import with_spans


@pytest.mark.parametrize(
    ("text", "begun", "ended"),
    [
        ("2015.1-2015.12", "2015-01", "2015-12"),
        ("201501至今", "2015-01", None),
        ("2010-01至今", "2010-01", None),
        ("2015-01-2015-12", "2015-01", "2015-12"),
        ("2015年1-12月", "2015-01", "2015-12"),
        ("2015年1月至12月", "2015-01", "2015-12"),
        ("2015-01-01至2015-12-31", "2015-01", "2015-12"),
        ("20150101-20151231", "2015-01", "2015-12"),
        ("2012年3月起", "2012-03", None),
        ("2012年至2015年", "2012", "2015"),
        ("2015-12至2015-01", None, None),
        ("2015-01", None, None),
        ("见附件", None, None),
    ],
)
def test_from_and_to(text: str, begun: str | None, ended: str | None) -> None:
    read = with_spans({"span": pl.Series("span", [text, None], dtype=pl.String)})
    assert read["begun"].to_list() == [begun, None]
    assert read["ended"].to_list() == [ended, None]


def test_columns_of_their_own_come_first() -> None:
    said: dict[str, list[str | None]] = {
        "span": ["2015.1-2015.12"],
        "begun": ["2014-03"],
        "ended": [None],
    }
    columns = {name: pl.Series(name, each, dtype=pl.String) for name, each in said.items()}
    read = with_spans(columns)
    assert (read["begun"][0], read["ended"][0]) == ("2014-03", "2015-12")
