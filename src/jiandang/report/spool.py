"""The findings of a run of many parts, in a temporary file until the report is written.

In memory are less than a hundred bytes of each: what order, numbers and totals take. The file has
no name where the system allows that, nobody else may read it, and it goes with this process,
however that ends. The private numbers by which findings are told apart are not in it.
"""

import tempfile
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import chain, compress, groupby, pairwise
from operator import eq, itemgetter
from typing import IO, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from jiandang.engine.drafts import COLUMN_BITS, fingerprints, place_of_rule
from jiandang.report.births import hide, numbers_in, tells_birth
from jiandang.report.found import Publish, Tally
from jiandang.report.model import Counts, Finding, ReadSingly, Severity
from jiandang.report.movement import Listing
from jiandang.report.packed import (
    FINDINGS_A_BLOCK,
    INDEX,
    About,
    Index,
    Packed,
    PackedRule,
    hashed,
    unpacked,
)

_IN_MEMORY = 4_000_000  # bytes of packed findings for which no file is made
# Blocks that are looked at again and again: those of the rules of some towns.
_AT_HAND = 256

Numbers = NDArray[np.int64]  # of findings, in the order in which they have come


class _Blocks:
    """Findings in the order in which they have come, a block after another in the file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, _close, self._file)
        self._begins, self._first = array("q", [0]), array("q")
        self.count = 0

    def add(self, packed: PackedRule) -> None:
        """Raises OSError that names the folder where there is no room in it."""
        try:
            for number, block in enumerate(packed.blocks):
                self._file.write(block)
                self._first.append(self.count + number * FINDINGS_A_BLOCK)
                self._begins.append(self._begins[-1] + len(block))
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error
        self.count += packed.index.size

    def place_of(self, number: int) -> tuple[int, int]:
        """The block in which a finding is, and the number of the first in it."""
        block = bisect_right(self._first, number) - 1
        return block, self._first[block]

    def read(self, block: int) -> list[Finding]:
        self._file.seek(begin := self._begins[block])
        findings: list[Finding] = unpacked(self._file.read(self._begins[block + 1] - begin))
        return findings

    def findings(self, numbers: Numbers) -> Iterator[Finding]:
        """Those of these numbers, which are sorted."""
        for block, own in groupby(numbers.tolist(), key=self.place_of):
            findings = self.read(block[0])
            yield from (findings[number - block[1]] for number in own)


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what could not be written, where the disk is full: that has been told
        file.close()


class _Come(NamedTuple):
    """What has come of a rule at once: the number of its first finding, what they are about."""

    first: int
    about: bytes


class _SpooledRule:
    """What has come of a rule, with the index and the ranks of all its findings."""

    def __init__(self, gate: str) -> None:
        self.gate = gate
        self._come: list[_Come] = []
        self._index = bytearray()
        self._ranks: list[str] = []
        # What findings that are no longer there were about: the others are counted anew.
        self._gone: list[NDArray[np.uint64]] = []

    def add(self, packed: PackedRule, first: int) -> None:
        self._come.append(_Come(first, packed.about))
        packed.index["number"] = np.arange(first, first + packed.index.size)
        self._index += packed.index.tobytes()
        self._ranks += packed.ranks

    def leave_out(self, refs: Collection[int]) -> None:
        """Take out what was found in these rows."""
        index = np.frombuffer(bytes(self._index), INDEX)
        out = np.isin(index["place"] >> COLUMN_BITS, [*refs])
        self._gone.append(index["about"][out])
        self._index = bytearray(index[~out].tobytes())
        self._ranks = [self._ranks[n] for n in np.flatnonzero(~out)]

    def in_order(self, blocks: _Blocks) -> Index:
        """The index in the order of the report; equal ones at one cell are one finding."""
        index, ranks = np.frombuffer(bytes(self._index), INDEX), np.array(self._ranks, np.str_)
        order = np.lexsort((index["number"], index["place"], ranks))
        index, ranks = index[order], ranks[order]
        alike = (index["place"][1:] == index["place"][:-1]) & (ranks[1:] == ranks[:-1])
        come = self._came_with(index["number"])
        apart = alike & (come[1:] != come[:-1])
        if not apart.any():
            return index  # what came at once is in order
        cell = np.concatenate([[0], np.cumsum(~alike)])
        tied = np.isin(cell, cell[1:][apart])
        numbers = np.sort(index["number"][tied])
        messages = {n: f.message for n, f in zip(numbers, blocks.findings(numbers), strict=True)}
        said = {at: (cell[at], messages[index["number"][at]]) for at in np.flatnonzero(tied)}
        in_words = sorted(said, key=lambda at: (said[at], at))
        places = np.arange(index.size)
        places[tied] = in_words
        repeated = [two for one, two in pairwise(in_words) if said[one] == said[two]]
        self._gone.append(index["about"][repeated])
        return index[places[~np.isin(places, repeated)]]

    def numbered(self, code: str, index: Index) -> dict[int, str]:
        """The fingerprints of findings that are about the same as some that came apart from them.

        The others have theirs. `index` are those that there are, in the order of the report.
        """
        about, come = index["about"], self._came_with(index["number"])
        order = np.lexsort((come, about))
        of_order, came = about[order], come[order]
        apart = (of_order[1:] == of_order[:-1]) & (came[1:] != came[:-1])
        changed = np.concatenate([of_order[1:][apart], *self._gone])
        numbers = index["number"][np.isin(about, changed)]
        return dict(zip(numbers.tolist(), fingerprints(code, self._about(numbers)), strict=True))

    def _about(self, numbers: Numbers) -> list[About]:
        """What findings are told apart by."""
        found: dict[int, About] = {}
        come = self._came_with(numbers)
        for own in np.unique(come):
            first, packed = self._come[own]
            about: list[About] = unpacked(packed)
            found |= {number: about[number - first] for number in numbers[come == own].tolist()}
        return [found[number] for number in numbers.tolist()]

    def _came_with(self, numbers: Numbers) -> Numbers:
        firsts = np.array([come.first for come in self._come], np.int64)
        return np.searchsorted(firsts, numbers, "right") - 1


class Spool:
    """The findings of the parts of a run, as `Found` has them."""

    def __init__(self) -> None:
        self._blocks = _Blocks()
        self._rules: dict[str, _SpooledRule] = {}
        self._order = np.array([], np.int64)
        self._numbered: dict[int, str] = {}
        self._to_hide: set[str] = set()

    def add(self, packed: Packed, sheets: Sequence[int] | None = None) -> None:
        """Take in what was found; `sheets` are the numbers in the run of the part's."""
        for code, own in packed.items():
            if sheets is not None:
                own.move(sheets)
            self._rules.setdefault(code, _SpooledRule(own.gate)).add(own, self._blocks.count)
            self._blocks.add(own)

    def leave_out(self, rule: str, refs: Collection[int]) -> None:
        """Take out what a rule has found in these rows."""
        if (own := self._rules.get(rule)) is not None:
            own.leave_out(refs)

    def settle(self, listings: Sequence[Listing]) -> Mapping[str, Tally]:
        """As `Found` has it."""
        settled: list[tuple[str, Index]] = []
        gates = {code: own.gate for code, own in self._rules.items()}
        for code in sorted(gates, key=lambda code: place_of_rule(gates[code], code)):
            own = self._rules.pop(code)
            index = own.in_order(self._blocks)
            self._numbered |= own.numbered(code, index)
            if index.size:
                settled.append((own.gate, index))
        indexes = [index for _, index in settled]
        self._order = np.concatenate([self._order, *(index["number"] for index in indexes)])
        self._to_hide = self._numbers_to_hide(indexes, listings)
        for listing in listings if self._to_hide else ():
            hide(listing, self._to_hide)
        return _tallies(settled)

    def _numbers_to_hide(self, indexes: list[Index], listings: Sequence[Listing]) -> set[str]:
        """The masked numbers of those whose birth is told (see births.py)."""
        of_lists = [each.person for each in listings if tells_birth(each)]
        told = [own["person"][own["tells_birth"]] for own in indexes if own["tells_birth"].any()]
        if not (told or of_lists):
            return set()
        persons = np.unique(np.concatenate([hashed(of_lists), *told]))
        masked = [own["is_masked"] & np.isin(own["person"], persons) for own in indexes]
        of_told = [own["number"][which] for own, which in zip(indexes, masked, strict=True)]
        numbers = np.sort(np.concatenate([self._order[:0], *of_told]))
        listed = np.isin(hashed(each.person for each in listings), persons)
        said = chain[Finding | Listing](self._blocks.findings(numbers), compress(listings, listed))
        return set[str]().union(*map(numbers_in, said))

    def published(self, publish: Publish) -> "Spooled":
        """As `Found` has it."""
        return Spooled(self._blocks, self._order, partial(self._finish, publish))

    def _finish(self, publish: Publish, number: int, finding: Finding) -> None:
        finding.fingerprint = self._numbered.get(number, finding.fingerprint)
        if self._to_hide:
            hide(finding, self._to_hide)
        publish(finding)


class Spooled(ReadSingly):
    """The findings of a report in its order; what is changed in one of them is lost."""

    def __init__(
        self, blocks: _Blocks, order: Numbers, finish: Callable[[int, Finding], None]
    ) -> None:
        self._blocks, self._order = blocks, order
        self._read = lru_cache(_AT_HAND)(partial(_finished, blocks, finish))

    def __len__(self) -> int:
        return self._order.size

    @overload
    def __getitem__(self, at: int) -> Finding: ...

    @overload
    def __getitem__(self, at: slice) -> list[Finding]: ...

    def __getitem__(self, at: int | slice) -> Finding | list[Finding]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        number = int(self._order[at])
        block, first = self._blocks.place_of(number)
        return self._read(block, first)[number - first]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]


def _finished(
    blocks: _Blocks, finish: Callable[[int, Finding], None], block: int, first: int
) -> list[Finding]:
    findings = blocks.read(block)
    for number, finding in enumerate(findings, first):
        finish(number, finding)
    return findings


def _tallies(settled: Iterable[tuple[str, Index]]) -> dict[str, Tally]:
    """What there is of each gate; its rules come one after another."""
    tallies: dict[str, Tally] = {}
    for gate, rules in groupby(settled, key=itemgetter(0)):
        indexes = [index for _, index in rules]
        severities = np.bincount(
            np.concatenate([own["severity"] for own in indexes]), minlength=len(Severity)
        )
        households = np.unique(np.concatenate([own["household"] for own in indexes]))
        counts = Counts(**dict(zip(Severity, severities.tolist(), strict=True)))
        tallies[gate] = Tally(counts, int(np.count_nonzero(households)))
    return tallies
