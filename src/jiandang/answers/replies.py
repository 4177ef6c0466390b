"""A reply: one row that somebody filled in, in a marked copy, a list or the record."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from jiandang.register.text import says_nothing, solid

NO_ERROR, CORRECTED, TO_REMOVE, PENDING = "登记无误", "已改正", "拟剔除", "待核实"
WORDS = (CORRECTED, NO_ERROR, TO_REMOVE, PENDING)
# 属实 says in audits that the doubt is true; here it was meant of the register.
_OLD_WORDS = {"情况属实": NO_ERROR, "剔除": TO_REMOVE}
# A reason that says nothing by itself: the drop-down's, and what was to be written after it.
OTHER = "其他"
# What people type around a word.
_AROUND = "。.,、;:!…·()[]“”\"'√✓"


class Reply(NamedTuple):
    """What a row says. Texts are as in the file; without a column they are empty.

    `unread_day` is what stands for the day where it is none.
    """

    word: str
    number: str = ""
    evidence: str = ""
    rule: str = ""
    village: str = ""
    household: str = ""
    person: str = ""
    column: str = ""
    message: str = ""
    reason: str = ""
    note: str = ""
    who: str = ""
    when: date | None = None
    unread_day: str = ""
    source: str = ""
    sha256: str = ""

    @property
    def key(self) -> Sequence[str]:
        """What the reply is about: the number, else what the row says of it."""
        if self.number:
            return (self.number,)
        who = self.village, self.household, self.person
        return (self.rule, *who, self.column, self.message)

    @property
    def answer(self) -> tuple[object, ...]:
        """What was answered, by whom and when, whatever it is about and wherever it stands."""
        return self.word, self.reason, self.note, self.who, self.when, self.unread_day

    @property
    def lacking(self) -> list[str]:
        """What 登记无误 needs and the row does not have."""
        is_explained = _explains(self.note) or _explains(self.reason)
        day = self.when or self.unread_day
        given = {"核实说明": is_explained, "核实人": _says(self.who), "核实日期": day}
        return [heading for heading, text in given.items() if not text]


def _says(text: str) -> bool:
    """Whether a text says anything: a stroke or 无 is no reason, and nobody's name."""
    text = solid(text)
    return bool(text) and not says_nothing(text)


def _explains(text: str) -> bool:
    return _says(text) and solid(text).strip(_AROUND) != OTHER


def _fullness(reply: Reply) -> tuple[int, bool, int, str]:
    """How much a reply gives of what it needs: a list has no 依据码, a longer note more proof."""
    note = reply.reason + reply.note
    return -len(reply.lacking), bool(reply.evidence), len(note), note + reply.evidence


def word_of(text: str) -> str:
    """The word that was meant; the old ones are still read."""
    word = text.strip(_AROUND)
    word = _OLD_WORDS.get(word, word)
    return word if word in WORDS else text


class Latest(NamedTuple):
    """The reply that counts of several about one finding, and another that contradicts it.

    Of the others `repeated` say the same, and `superseded` something else or on another day.
    """

    reply: Reply
    contradicted: Reply | None = None
    repeated: int = 0
    superseded: int = 0


def latest_of(replies: Iterable[Reply]) -> dict[Sequence[str], Latest]:
    """The last reply about each finding; two of one day that differ contradict each other.

    Of two that say the same it is the fuller one, whichever was read first.
    """
    latest: dict[Sequence[str], Latest] = {}
    for reply in replies:
        known = latest.get(reply.key)
        if known is None:
            latest[reply.key] = Latest(reply)
            continue
        day, old = reply.when or date.min, known.reply.when or date.min
        same, other = known.repeated, known.superseded
        if reply.answer == known.reply.answer:
            same += 1
        else:
            other += 1
        counts = known._replace(repeated=same, superseded=other)
        if day > old:
            counts = counts._replace(reply=reply, contradicted=None)
        elif day == old:
            if reply.word != known.reply.word:
                counts = counts._replace(reply=reply, contradicted=known.reply)
            elif _fullness(reply) > _fullness(known.reply):
                counts = counts._replace(reply=reply)
        latest[reply.key] = counts
    return latest
