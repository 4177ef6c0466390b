"""Place names that come in one column (省、市、县、乡、村) → county, town, village."""

from typing import NamedTuple

import polars as pl

from jiandang.patterns import regex

_PLACE = regex(
    r"(?:.{2,8}?省)?(?:.{2,8}?市)?"
    r"(?P<county>.{1,8}?(?:县|区|市))?"
    r"(?P<town>.{1,10}?(?:镇|乡|街道|办事处))?"
    r"(?P<village>.{1,20})?"
)
_SEPARATORS = regex(r"[、,，/\\>\-—\s]+")


class PlaceNames(NamedTuple):
    """The parts of a whole place name; None where it does not say."""

    county: str | None
    town: str | None
    village: str | None


def split_place(text: str) -> PlaceNames:
    """Split `江苏省徐州市睢宁县官山镇王庄村`, with or without separators between the parts."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    if len(parts) >= 3:
        return PlaceNames(parts[-3], parts[-2], parts[-1])
    match = _PLACE.fullmatch("".join(parts))
    return PlaceNames(*match.groups()) if match else PlaceNames(None, None, None)


def fill_place_names(frame: pl.DataFrame) -> pl.DataFrame:
    """County, town and village, where empty, from the frame's `place`."""
    if frame["place"].null_count() == frame.height:
        return frame
    names = frame["place"].drop_nulls().unique().to_list()
    split = {name: split_place(name) for name in names}
    return frame.with_columns(
        pl.coalesce(
            part,
            pl.col("place").replace_strict(
                {name: getattr(found, part) for name, found in split.items()},
                default=None,
                return_dtype=pl.String,
            ),
        ).alias(part)
        for part in PlaceNames._fields
    )
