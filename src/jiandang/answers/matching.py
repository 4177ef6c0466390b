"""Which reply is about which finding: by its number, else by what the row says of it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from jiandang.answers.replies import CORRECTED, TO_REMOVE, Latest, Reply, latest_of
from jiandang.engine.words import fields_of
from jiandang.gates.catalogue import find_rule
from jiandang.headings.text import heading_key, without_brackets
from jiandang.patterns import regex
from jiandang.register.masking import mask_code, mask_private
from jiandang.register.place import own_number_of
from jiandang.register.text import solid
from jiandang.register.village_names import whole_village
from jiandang.report.answered import AnswerState
from jiandang.report.model import Finding

# What is said of an answer that is true because its finding is gone.
GONE = {CORRECTED: AnswerState.CORRECTED, TO_REMOVE: AnswerState.REMOVED}
# Who another row is about: （陈桥村 张三）.
_NAMED = regex("[ （]([^ （）]+)）")
_CODE = regex("[A-Z]{2}[0-9]{3}")
# The cell of another row with its sheet, which may be called otherwise now, and its file.
_ADDRESS = regex("(?:“[^”]*”的)?[^，；：。“”,;:]*[!！][A-Z]+[0-9]+")
_FIGURE, _WORD = regex(r"[0-9A-Za-z*.-]+"), regex(r"[^\W0-9A-Za-z_]+")
_SIGNS = str.maketrans("、。", ",.", "“”‘’\"'")
# The rule, the household or what is said, and the person.
Texts = tuple[str, str, str]


@dataclass
class Matching:
    """Which reply is about which finding, by the findings' numbers in the report."""

    findings: Sequence[Finding]
    rules: Set[str]  # those that have run: of others nothing can be said to be gone
    homes: Set[str] = frozenset()  # the households that are there
    villages: Set[str] = frozenset()  # those that have been checked, where that is known
    found: dict[int, "Fitting"] = field(default_factory=dict)
    unmatched: list[Reply] = field(default_factory=list)
    by_text: int = 0
    misplaced: int = 0
    repeated: int = 0
    superseded: int = 0
    asked: dict[Sequence[str], list[int]] = field(default_factory=dict)
    told: dict[str, dict[Hashable, list[int]]] = field(default_factory=dict)
    elsewhere: dict[str, bool] = field(default_factory=dict)

    def match(self, latest: Latest) -> None:
        reply = latest.reply
        self.repeated += latest.repeated
        self.superseded += latest.superseded
        number, is_keyed = self._by_number.get(reply.number), bool(reply.number)
        if number is not None and not self._fits(reply, number):
            is_keyed = False  # the key columns were sorted apart from the others
            self.misplaced += 1
        if not is_keyed and (number := self._by_texts(reply)) is not None:
            self.by_text += 1
        if number is None:
            self.unmatched.append(reply)
            return
        fitting = Fitting(reply, reply.evidence if is_keyed else "", latest.contradicted)
        if (other := self.found.get(number)) is not None:
            if other.reply.answer == reply.answer:
                self.repeated += 1
            else:
                self.superseded += 1
            fitting = fitting.against(other)
        self.found[number] = fitting

    def one_each(self, replies: Iterable[Reply]) -> Iterator[Latest]:
        """What is to be matched: the latest of those that are about one finding.

        A row without a number that may be about several is not the same as another that says the
        same: without 村 all villages' rows are alike. Where a list has as many as there are
        findings, all with one answer, each is about one of them.
        """
        told: list[Reply] = []
        alike: dict[Sequence[str], list[Reply]] = defaultdict(list)
        for reply in replies:
            if reply.number or len(self._candidates(reply)) == 1:
                told.append(reply)
            else:
                alike[reply.key].append(reply)
        for group in alike.values():
            numbers = self._candidates(group[0])
            if (
                len({(*each.answer, each.source) for each in group})
                == 1
                < len(numbers)
                == len(group)
            ):
                told += (
                    reply._replace(number=self.findings[number].fingerprint, evidence="")
                    for reply, number in zip(group, numbers, strict=True)
                )
                self.by_text += len(group)
            else:
                self.unmatched += group
        yield from latest_of(told).values()

    def state_of(self, reply: Reply) -> AnswerState:
        """Why no finding fits: several do, it is gone, or somebody is called otherwise now."""
        if self._candidates(reply):
            return AnswerState.AMBIGUOUS
        if reply.number in self._by_number or self._rest_on(reply) in self._unanswered:
            return AnswerState.LOST  # it is there, whatever the row says of whom it is about
        if not _CODE.fullmatch(reply.rule):
            return AnswerState.AMBIGUOUS
        if reply.rule not in self.rules or self._is_elsewhere(reply):
            return AnswerState.NOT_CHECKED
        household, person = _number(reply.household), _name(reply.person)
        left = self._open[reply.rule] - {("", "")}
        if household or person:  # else the row says nothing of whom it is about
            left &= {(household, ""), ("", person)}
        is_gone = bool(reply.number) or not left  # what has no number may be about one of these
        has_left = bool(reply.household) and not self.is_there(reply)
        if is_gone and (reply.word == CORRECTED or (reply.word == TO_REMOVE and has_left)):
            return GONE[reply.word]
        if not left:
            return AnswerState.GONE
        return AnswerState.LOST if household else AnswerState.AMBIGUOUS

    def is_there(self, reply: Reply) -> bool:
        """Whether the register has the household, whatever became of the finding."""
        return code_of(reply.household) in self.homes

    def _is_elsewhere(self, reply: Reply) -> bool:
        """Whether it is about a village that was not checked: a county's record has all of them."""
        if not (self.villages and reply.village) or self.is_there(reply):
            return False
        if reply.village not in self.elsewhere:
            name = solid(reply.village)
            # With the town in front of it, whichever that is.
            ends = {name[start:] for start in range(len(name))}
            is_known = whole_village(name) in self.villages or not self.villages.isdisjoint(ends)
            self.elsewhere[reply.village] = not is_known
        return self.elsewhere[reply.village]

    @cached_property
    def _by_number(self) -> dict[str, int]:
        return {finding.fingerprint: n for n, finding in enumerate(self.findings)}

    @cached_property
    def _texts(self) -> dict[Texts, list[int]]:
        """Findings by whom they are about."""
        return self._by(lambda f: (f.rule, _number(f.household), _name(f.person)))

    @cached_property
    def _said(self) -> dict[Texts, list[int]]:
        """Findings by what is said of whom, and by what is said alone."""
        return self._by(
            lambda f: (f.rule, words_of(f.message), _name(f.person)),
            lambda f: (f.rule, words_of(f.message), ""),
        )

    def _by(self, *each_texts_of: Callable[[Finding], Texts]) -> dict[Texts, list[int]]:
        found: dict[Texts, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.findings):
            for texts in {texts_of(finding) for texts_of in each_texts_of}:
                found[texts].append(number)
        return found

    @cached_property
    def _of_rule(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.findings):
            found[finding.rule].append(number)
        return found

    def _told_with(self, rule: str) -> dict[Hashable, list[int]]:
        """The findings of a rule, of groups by what is said of them, of pairs by who is named."""
        if rule not in self.told:
            found: dict[Hashable, list[int]] = defaultdict(list)
            for number in self._of_rule.get(rule, []):
                for said in _told_with(self.findings[number]):
                    found[said].append(number)
            self.told[rule] = found
        return self.told[rule]

    @cached_property
    def _open(self) -> dict[str, set[tuple[str, str]]]:
        """The households and the persons of findings that have no answer, by rule."""
        left: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for number, f in enumerate(self.findings):
            if number not in self.found:
                left[f.rule] |= {(_number(f.household), ""), ("", _name(f.person))}
        return left

    @cached_property
    def _unanswered(self) -> set[Texts]:
        """What each finding that has no answer rests on, in whose household by which rule."""
        left = (f for number, f in enumerate(self.findings) if number not in self.found)
        return {(f.rule, _number(f.household), f.evidence) for f in left if f.evidence}

    def _rest_on(self, reply: Reply) -> Texts:
        return reply.rule, _number(reply.household), reply.evidence

    def _by_texts(self, reply: Reply) -> int | None:
        numbers = self._candidates(reply)
        return numbers[0] if len(numbers) == 1 else None

    def _candidates(self, reply: Reply) -> list[int]:
        """The findings that a row may be about by what it says, which is asked once."""
        said = reply._replace(number="").key
        if said not in self.asked:
            self.asked[said] = self._about(reply)
        return self.asked[said]

    def _about(self, reply: Reply) -> list[int]:
        """The findings that a row without a number may be about.

        A list may lack the column of households. What is said is asked last: it may have changed.
        """
        rule, household, person = reply.rule, _number(reply.household), _name(reply.person)
        numbers = self._texts.get((rule, household, person), [])
        numbers = [n for n in numbers if _is_home(reply, self.findings[n])]
        if not (numbers or household):
            numbers = self._said.get((rule, words_of(reply.message), person), [])
        findings = self.findings
        if not numbers and (told := self._told_with(rule)):
            numbers = told.get(_asked_with(reply, rule), [])
            if _is_of_group(rule) is None:  # of which of a household it is about alone
                numbers = [n for n in numbers if _is_home(reply, findings[n])]
            return [n for n in numbers if _is_column(reply, findings[n])]
        numbers = [n for n in numbers if _is_column(reply, findings[n])]
        numbers = [n for n in numbers if _is_village(reply, findings[n])]
        if len(numbers) > 1 and reply.message:
            said = words_of(reply.message)
            numbers = [n for n in numbers if words_of(findings[n].message) == said] or numbers
        return numbers

    def _fits(self, reply: Reply, number: int) -> bool:
        """Whether the row says the same of the finding as its number; a name may be corrected."""
        finding = self.findings[number]
        if reply.rule not in ("", finding.rule):
            return False
        if reply.household and not _is_home(reply, finding):
            is_about_several = _is_of_group(finding.rule) is not None
            return is_about_several and _asked_with(reply, finding.rule) in _told_with(finding)
        if reply.person == finding.person:
            return True
        is_person = _name(reply.person) in ("", _name(finding.person))
        return is_person or self._by_texts(reply) in (None, number)


class Fitting(NamedTuple):
    """A reply about a finding, with its evidence where that can be trusted."""

    reply: Reply
    evidence: str
    contradicted: Reply | None

    def against(self, other: "Fitting") -> "Fitting":
        """The later one; the key columns of one of them are lost."""
        as_one = [each.reply._replace(number="-") for each in (other, self)]
        (latest,) = latest_of(as_one).values()
        mine = other if latest.reply is as_one[0] else self
        return mine._replace(contradicted=latest.contradicted or mine.contradicted)


def _is_column(reply: Reply, finding: Finding) -> bool:
    """Whether a row names the finding's column, perhaps without its unit; or none."""
    if reply.column in ("", finding.column):
        return True
    one, other = heading_key(reply.column), heading_key(finding.column or "")
    # 务工(月) is 务工, but not 务工(元).
    return one in (other, without_brackets(other)) or other == without_brackets(one)


def _is_village(reply: Reply, finding: Finding) -> bool:
    """Whether a row names the finding's village, in whatever form; or none."""
    if not reply.village or finding.village in (None, reply.village):
        return True
    town = finding.town or ""
    return whole_village(solid(reply.village), town) == whole_village(finding.village or "", town)


@lru_cache(maxsize=1024)  # a row asks several times
def code_of(text: str | None) -> str:
    """A household's number as a list shows it."""
    return mask_code(text or "")


def _number(household: str | None) -> str:
    """The household's number, alone or with the village that it is told apart by."""
    return own_number_of(code_of(household))


def _is_home(reply: Reply, finding: Finding) -> bool:
    """Whether the households are one; not both may have been told apart from others' by village."""
    if reply.household == finding.household:
        return True
    one, other = code_of(reply.household), code_of(finding.household)
    return one == other or _number(one) == other or one == _number(other)


@cache
def _is_of_group(code: str) -> bool | None:
    """Whether a rule tells of a group of rows at its first, or of rows that it names beside
    theirs; None where it does neither."""
    rule = find_rule(code)
    if rule.per not in ("row", "household", "village", "table"):
        return True
    return False if any(spec == "place" for _, _, spec in fields_of(rule.message)) else None


def _told_with(finding: Finding) -> Sequence[Hashable]:
    """By what else a finding may be known whose row is chosen by the order of the rows: what is
    said of the group, of two of a household whichever comes first, or who is named beside."""
    of_group = _is_of_group(finding.rule)
    if of_group:
        return [words_of(finding.message)]
    if of_group is not None:
        return _NAMED.findall(finding.message)
    if find_rule(finding.rule).per == "household":
        return [_said_at_home(finding.household, finding.message, finding.person)]
    return []


def _asked_with(reply: Reply, rule: str) -> Hashable:
    of_group = _is_of_group(rule)
    if of_group is None:
        return _said_at_home(reply.household, reply.message, reply.person)
    return words_of(reply.message) if of_group else reply.person


def _said_at_home(household: str | None, message: str, person: str | None) -> Hashable:
    return _number(household), said_of(message, person, None)


@lru_cache(maxsize=4096)
def words_of(message: str) -> str:
    """A message whatever is shown, wherever the rows that it names stand, and however the width of
    signs, quotation marks and blanks were retyped."""
    return solid(_ADDRESS.sub("", mask_private(message))).translate(_SIGNS).rstrip(".")


def said_of(message: str, person: str | None, village: str | None) -> tuple[object, ...]:
    """What a message says of whom, whichever of the rows that it names comes first in the sheet.

    Where it names people or rows, the numbers in it keep their order, and its other words with
    the person and the village that it is about have none.
    """
    person = mask_private(person or "")
    if not (_NAMED.search(message) or (person and person in mask_private(message))):
        return (words_of(message),)
    text = _ADDRESS.sub("", mask_private(message))
    words = {*_WORD.findall(text), *_WORD.findall(f"{person} {village or ''}")}
    return tuple(_FIGURE.findall(text)), frozenset(words)


@lru_cache(maxsize=4096)
def _name(text: str | None) -> str:
    """A person's name: 李 　山 is 李山."""
    return solid(mask_private(text or ""))
