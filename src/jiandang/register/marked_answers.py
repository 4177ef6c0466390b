"""One of two printed answers that is marked: 是√/否, 是(√) 否( ), 是对 否; and one in brackets."""

import re

from jiandang.patterns import regex

# What an option is ticked with; ☒ and ■ too.
TICKS = "☑☒■✅✓✔√●▣◼◎◉⊙"
EMPTY_BOXES = "☐□○◻▢"
_TICK = f"[{TICKS}对vV]"
_EMPTY = rf"[{EMPTY_BOXES}_]+|[(\[【]\s*[)\]】]"
_MARK = rf"(?:[(\[【]\s*{_TICK}\s*[)\]】]|{_TICK})"
_PARTING = r"[\s/、,;]"
_WORD = "[一-鿿]{1,4}?"
_BOTH = regex(
    rf"(?P<before>{_MARK}|{_EMPTY})?\s*(?P<one>{_WORD})(?P<between>(?:{_MARK}|{_EMPTY}|{_PARTING})+)"
    rf"(?P<other>[一-鿿]{{1,4}}?)\s*(?P<behind>{_MARK}|{_EMPTY})?"
)
_ALONE = regex(rf"{_TICK}?\s*[(\[【]\s*(?P<word>[一-鿿]{{1,4}})\s*[)\]】]\s*{_TICK}?")


def marked_answer(text: str) -> str | None:
    """The answer that is marked in a text of two answers, or that stands alone in brackets.

    None where none is, or both are, or the mark is as near to the one as to the other.
    """
    if (alone := _ALONE.fullmatch(text)) is not None:
        return alone["word"]
    both = _BOTH.fullmatch(text)
    if both is None:
        return None
    marks = [bool(part and re.fullmatch(_MARK, part)) for part in (both["before"], both["behind"])]
    marks.insert(1, re.search(_MARK, both["between"]) is not None)
    if sum(marks) != 1:
        return None
    if not marks[1]:
        return both["one"] if marks[0] else both["other"]
    before, behind = re.split(_MARK, both["between"])
    if both["behind"] or both["before"]:  # an empty box says on which side they stand
        return both["one"] if both["behind"] else both["other"]
    gaps = [len(re.sub(_EMPTY, "", part)) for part in (before, behind)]
    return None if gaps[0] == gaps[1] else both["one" if gaps[0] < gaps[1] else "other"]
