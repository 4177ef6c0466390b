"""Marks beside printed boxes: ticks that come out as letters, crosses, and signs of no known kind.

What cannot be decided is left as it stands, so that it is told and not lost.
"""

import pytest

from jiandang.intake.forms.choices import choose


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("□是 P否", "否"), ("P是 □否", "是"), ("是P 否□", "是"), ("□是 R否", "否"),
        ("是ü 否□", "是"), ("ý是 □否", "是"), ("□是  □否P", "否"), ("□是√ □否", "是"),
        ("√是 ×否", "是"), ("×是 √否", "否"), ("是（√）否（×）", "是"),
        ("□因病 ×因残 □因学", "因残"), ("□PVC管 □其他", ""), ("C级□ D级□", ""),
        ("□ A类 □ B类", ""), ("□A.因病 □B.因残", ""),
    ],
)  # fmt: skip
def test_a_mark_is_read(cell: str, chosen: str) -> None:
    assert choose(cell) == chosen


@pytest.mark.parametrize(
    "cell", ["×是 □否", "□是 ×否", "×因病 ×因残 □因学", "□是 ★否", "□是 Y否", "□是 √ □否"]
)
def test_a_mark_that_cannot_be_decided_is_left(cell: str) -> None:
    assert choose(cell) == cell
