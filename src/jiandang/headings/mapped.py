"""Headings that users map to canonical ones: --map, `headings=` and [headings] of a policy."""

from collections.abc import Mapping
from difflib import get_close_matches

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary


def why_unknown(headings: Mapping[str, str]) -> str:
    """Which heading is mapped to a column that there is not; empty if none is."""
    known = Vocabulary().keys if headings else {}
    for heading, canonical in headings.items():
        key = heading_key(str(canonical))
        if key not in known:
            near = get_close_matches(key, sorted(known), n=1)
            hint = f"，是不是“{near[0]}”？" if near else "，请对照 jiandang schema register"
            return f"“{heading}={canonical}”：没有标准列名“{canonical}”{hint}"
    return ""
