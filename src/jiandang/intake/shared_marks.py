"""What all headings of a row have around them, and what so is no part of a name: 姓名√ 性别√ …

Ticks of whoever went through the columns, the number of one footnote, a number for each column.
Marks that no name has are known by themselves (`headings.text`); these are, where all have them.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import is_heading_like

_ROWS = 30
# An identifying column and three more make a table.
_LEAST = 4
_HAN_BEHIND = re.compile("[一-鿿]+$")
# Behind the first heading, and so that others go on from there: 姓名1, 姓名A01, 姓名(1), 姓名_01.
_NUMBER = re.compile(r"([A-Za-z_^<([（.\s-]{0,3})([0-9]+)([^0-9一-鿿]{0,2})$")


def without_shared_marks(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Put aside what stands around all headings of a row that are not known with it.

    Says whether there were such rows. Wherever else the same cells stand they change as well.
    """
    cells = grid.cells
    bare: dict[int, str] = {}
    for row, codes in zip(cells[:_ROWS], cells.codes, strict=False):
        texts = {code: cell for code, cell in zip(codes.tolist(), row, strict=True) if cell != ""}
        if len(texts) < _LEAST or not all(isinstance(text, str) for text in texts.values()):
            continue
        names = _bare([str(text).strip() for text in texts.values()])
        if names != [*texts.values()] and is_heading_like(names, vocabulary):
            bare |= dict(zip(texts, names, strict=True))
    if bare:
        cells.values = [bare.get(code, value) for code, value in enumerate(cells.values)]
    return bool(bare)


def _bare(texts: Sequence[str]) -> list[str]:
    first = _HAN_BEHIND.sub("", _beginning(texts))
    names = [text.removeprefix(first) for text in texts]
    if number := _NUMBER.search(names[0]):
        before, digits, behind = number.groups()
        ends = [
            f"{before}{str(int(digits) + place).zfill(len(digits))}{behind}"
            for place in range(len(names))
        ]
        if all(name.endswith(end) for name, end in zip(names, ends, strict=True)):
            return [name.removesuffix(end) for name, end in zip(names, ends, strict=True)]
    backwards = [name[::-1] for name in names]
    last = _HAN_BEHIND.sub("", _beginning(backwards))[::-1]
    return [name.removesuffix(last) for name in names]


def _beginning(texts: Sequence[str]) -> str:
    """What all texts begin with."""
    alike = takewhile(lambda signs: len({*signs}) == 1, zip(*texts, strict=False))
    return "".join(signs[0] for signs in alike)
