"""What a part of a run has found, packed: a tenth of its size, with what the run asks of each.

A process sends it as it is, and the run puts it aside without looking at the findings.
"""

import pickle
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.engine.drafts import COLUMN_BITS, Drafts, OfRule
from jiandang.register.register import NO_ROW, ROW_BITS
from jiandang.report.births import numbers_in, tells_birth
from jiandang.report.model import Finding

# So many findings are packed together: they say much the same.
FINDINGS_A_BLOCK = 50
_FAST = 1
_SHEET_BITS = ROW_BITS + COLUMN_BITS
# Of each finding its number in the run (see `Spool`), its place as drafts have it, the rank of its
# severity, and hashed, with 0 for none, who and what it is about, its household, and its person
# where it tells of a birth or names a masked number.
INDEX = np.dtype(
    [
        ("number", np.int64),
        ("place", np.int64),
        ("about", np.uint64),
        ("household", np.uint64),
        ("person", np.uint64),
        ("severity", np.int8),
        ("tells_birth", np.bool_),
        ("is_masked", np.bool_),
    ]
)
Index = NDArray[np.void]
# Who a finding is about, the column, the person and the value (see `Drafts.add`).
About = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class PackedRule:
    """The findings of a rule in the order of the report, some a block.

    `ranks` are those of drafts; `about` is what the findings are told apart by, packed.
    """

    gate: str
    blocks: list[bytes]
    index: Index
    ranks: list[str]
    about: bytes

    @classmethod
    def of(cls, own: OfRule) -> "PackedRule":
        findings = own.findings
        about = [*zip(own.who, own.columns, own.numbers, own.shown, strict=True)]
        index = np.zeros(len(findings), INDEX)
        index["place"] = own.places
        index["about"] = hashed(f"{who}\x1f{column}" for who, column, *_ in about)
        index["household"] = hashed(f.household for f in findings)
        index["severity"] = [f.severity.rank for f in findings]
        index["tells_birth"] = [tells_birth(f) for f in findings]
        index["is_masked"] = [bool(f.person and numbers_in(f)) for f in findings]
        of_births = index["tells_birth"] | index["is_masked"]
        if of_births.any():
            persons = hashed(f.person for f in findings)
            index["person"] = np.where(of_births, persons, np.uint64(0))
        starts = range(0, len(findings), FINDINGS_A_BLOCK)
        blocks = [_packed(findings[start : start + FINDINGS_A_BLOCK]) for start in starts]
        return cls(findings[0].gate, blocks, index, own.ranks, _packed(about))

    def move(self, sheets: Sequence[int]) -> None:
        """Count the sheets as the whole run does."""
        place = self.index["place"]
        sheet = place >> _SHEET_BITS
        of_run = np.array([*sheets, NO_ROW], np.int64)[sheet]  # what is in no sheet stays so
        self.index["place"] = place + ((of_run - sheet) << _SHEET_BITS)


Packed = dict[str, PackedRule]  # by the code of the rule


def pack_drafts(drafts: Drafts) -> Packed:
    """The findings, which are used up."""
    return {code: PackedRule.of(own) for code, own in drafts.rules()}


def hashed(texts: Iterable[str | None]) -> NDArray[np.uint64]:
    """A number for each text, the same in all processes; 0 for none."""
    series = pl.Series([text or None for text in texts], dtype=pl.String)
    numbers: NDArray[np.uint64] = series.hash().to_numpy()
    return np.where(series.is_null().to_numpy(), np.uint64(0), numbers)


def unpacked(packed: bytes) -> Any:
    """The findings of a block, or what the findings of a rule are told apart by."""
    return pickle.loads(zlib.decompress(packed))


def _packed(values: list[Finding] | list[About]) -> bytes:
    return zlib.compress(pickle.dumps(values, pickle.HIGHEST_PROTOCOL), _FAST)
