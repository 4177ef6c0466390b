"""Choices: the option that is ticked in a cell with all of them (☑是 □否) → its text.

Exactly one mark is a value, none is an empty cell, several are all of the marked ones joined by
、 for the column's own type to judge.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from jiandang.headings.printed import Options
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.han_numerals import with_digits
from jiandang.register.marked_answers import marked_answer
from jiandang.register.text import plain

# ☑ □ ✗: what all marks, all empty boxes and all crosses are written as.
_TICK, _BOX, _CROSS = "\u2611", "\u25a1", "\u2717"
_TICKS = "☑☒■✓✔√●◉◎⊙⊠▣◼🗹✅⚫"
_BOXES = "□○〇◯▢◻◇⬜☐"
_CROSSES = "×✗✘✕✖╳☓"
# What ticks, crosses and boxes set in Wingdings 2 and Wingdings come out as.
_WINGDINGS = str.maketrans(
    {**dict.fromkeys("RPþüý", _TICK), **dict.fromkeys("ûXx", _CROSS), "£": _BOX, "¨": _BOX}
)
_SIGNS_OF_WINGDINGS = regex(r"[£¨þý]|[üû](?=[一-鿿])")
_LONE_WINGDINGS = regex(r"^\s*[RP](?=\s*[一-鿿])")
# The same beside printed boxes or at an option's end, where they touch no other letter.
_LETTER = regex(r"(?<![A-Za-z])[RPþüýûXx](?![A-Za-z0-9.、:])")
_MARKS = str.maketrans(
    {
        **dict.fromkeys(_TICKS, _TICK),
        **dict.fromkeys(_BOXES, _BOX),
        **dict.fromkeys(_CROSSES, _CROSS),
        **{chr(first + i): f"<{i + 1}>" for first in (0x2460, 0x2474) for i in range(20)},
    }
)
# All that a mark may be written with, bare or by a letter of Wingdings.
MARKS = f"{_TICKS}{_BOXES}R£Pþ¨"
_BRACKETED = regex(rf"[(\[【<{{]\s*({_TICK}|{_BOX}|{_CROSS}|对|v|V)\s*[)\]】>}}]")
# ( P )否 beside (  )是: what comes out of Wingdings between brackets.
_LETTER_IN_BRACKETS = regex(r"(?<=[(\[])\s*[RPþüýûXx]\s*(?=[)\]])")
# [X]是 [ ]否: a box and its tick as they are typed, where nothing else is marked.
_TYPED = regex(r"[\[【]\s*[Xx*]\s*[\]】]")
# □是 □否（请打“√”）, 在□内打√: how to fill in, and no mark of anybody.
_ONE_SIGN = rf"[打划画]\s*[“\"'‘「]?\s*[{_TICK}{_CROSS}]\s*[”\"'’」]?"
_HOW_TO_MARK = regex(
    rf"[(\[](?=[^()\[\]]*{_ONE_SIGN})[^()\[\]]*[)\]]"
    rf"|(?:注:?)?\s*请?(?:在[^()\[\]{_TICK},;。]{{1,10}}?)?{_ONE_SIGN}[:;,。]?"
)
# (  )是 (  )否, 是(  ) 否(  ), 是__ 否__: printed options, none of them marked.
_BETWEEN_BRACKETS = r"(?:[A-D](?=级))?[一-鿿]{1,8}[\s,、;/]*"
_UNMARKED = r"(?:[(\[]\s*[)\]]|_+)"
_NONE_MARKED = regex(
    rf"\s*(?:(?:{_UNMARKED}\s*{_BETWEEN_BRACKETS}){{2,}}"
    rf"|(?:{_BETWEEN_BRACKETS}{_UNMARKED}[\s,、;/]*){{2,}})"
)
# What is chosen, written before the printed list.
_CHOSEN_BEFORE = regex(r"[<(\[]\s*[0-9A-L、,.;\s]*[>)\]]\s*|(?:0?[0-9]{1,2}|[A-L])\s+(?=\S)")
# 对因病 □因残: beside boxes, what many write for a tick.
_WORDS_FOR_TICKS = regex(r"(?:^|(?<=[\s,、;]))[对vV](?=\s?[一-鿿])")
# 是 否对: between two printed answers as well.
_WORD_FOR_TICK = regex("[对vV]")
_ANSWERS = {"是", "否", "有", "无"}
# A sign before an option that is no box: a mark of nobody knows what kind (★否, Y否).
_ODD = regex(
    rf"{_CROSS}|(?:^|[\s,、;/])[A-Za-z](?=\s?[一-鿿])(?!\s?[级类型等])"
    r"|[^□\w\s,、;:。.()<>\[\]{}【】《》/|_~…·*#%+'\"?!&=—–-]"
)
_EMPTY_BRACKETS = regex(r"[(\[【]\s*[)\]】]")
# 是__√__ 否____: blanks to be ticked in, which are boxes where a tick touches one of them.
_TICKED_BLANK = regex(rf"_+\s*(?:{_TICK}|[对vVRPþü])\s*_+|_+{_TICK}|{_TICK}_+|_+\s+{_TICK}(?=\s|$)")
_BLANK = regex(r"_+")
# 是 √   否
_APART = regex(rf"(?<=\S)([ \u3000]+){_TICK}([ \u3000]+)(?=\S)")
# 是: √ 否: — what stands behind each colon is a blank too.
_COLON = rf":\s*({_TICK}?)\s*"
_COLONS = regex(rf"(?:\s*[一-鿿]{{1,8}}{_COLON}){{2,}}")
# How an option begins: with a word, or with a letter that is of it (C级).
_WORD = "(?=[一-鿿]|[A-D]级)"
_NUMBERING = regex(rf"^(?:<?[0-9]{{1,2}}[.、:)>]?|[A-Z][.、:)]){_WORD}")
_LAST_OPTION = regex(r"(?:[A-D](?=级))?[一-鿿]+(?:\([一-鿿、]+\)[一-鿿]*)*")
_ANSWERED = regex(
    r"[(\[【<]\s*((?:[0-9]{1,2}|[A-L])(?:[、,;\s]+(?:[0-9]{1,2}|[A-L]))*|[一二三四五六七八九十]{1,2})"
    r"\s*[)\]】>]+\s*(?::|$)"
)
_NUMBER_BEHIND = regex(r"[(\[<]\s*([0-9]{1,2}|[A-L])\s*[)\]>]\s*")
_NUMBERS = regex(r"[0-9]{1,2}|[A-L]")
_MOST_OPTIONS = 30
_CELLS_OF_A_PAGE = 512
_SEPARATORS = " /|,;、"
# Blanks and separators, but not in brackets or behind a number; or where a number begins.
_BETWEEN_OPTIONS = regex(
    r"(?:[\s/|,;]|(?<![0-9A-Z])、)+(?![^(]*\))|(?=<[0-9]{1,2}>)"
    r"|(?<=[一-鿿])(?=(?:[0-9]{1,2}|[A-L])[.、][一-鿿])"
)
_BETWEEN = regex(r"\s*[/、,;]\s*|\s+")


@lru_cache(_CELLS_OF_A_PAGE)
def _normalised(raw: str) -> str:
    """The text with one sign for ticks and one for boxes.

    Each cell is asked several times, and page after page has the same labels.
    """
    if _SIGNS_OF_WINGDINGS.search(raw) or _LONE_WINGDINGS.match(raw):
        raw = raw.translate(_WINGDINGS)
    elif any(box in raw for box in _BOXES):
        raw = _LETTER.sub(lambda m: m[0].translate(_WINGDINGS), raw)
    text = plain(_APART.sub(_to_the_nearer, raw.translate(_MARKS)))
    if _TICK in text or _CROSS in text:
        text = _HOW_TO_MARK.sub("", text)
    if _BOX not in text:
        text = _boxes_for_blanks(text)
    if _TICK not in text and _BOX not in text:
        text = _TYPED.sub(f"[{_TICK}]", text)
    if _EMPTY_BRACKETS.search(text):
        text = _LETTER_IN_BRACKETS.sub(lambda m: m[0].strip().translate(_WINGDINGS), text)
    text = re.sub(rf"{_BOX}\s*(?={_TICK})|(?<={_TICK})\s*{_BOX}(?=[)\]])", "", text)
    if _BOX in text:
        text = _WORDS_FOR_TICKS.sub(_TICK, text)
    text, count = _BRACKETED.subn(lambda m: m[1] if m[1] in (_BOX, _CROSS) else _TICK, text)
    if _WORD_FOR_TICK.search(text) and marked_answer(text) in _ANSWERS:
        return f"{_TICK}{marked_answer(text)}"
    return _EMPTY_BRACKETS.sub(_BOX, text) if count else text


def _to_the_nearer(between: re.Match[str]) -> str:
    """A tick between two options, beside the one from which fewer blanks part it."""
    before, behind = between.groups()
    if len(before) == len(behind):
        return between[0]
    return f"{_TICK}{behind}" if len(before) < len(behind) else f"{before}{_TICK}"


def _boxes_for_blanks(text: str) -> str:
    """The text with a tick or a box for each blank, where a tick stands in one of them."""
    if _TICKED_BLANK.search(text):
        return _BLANK.sub(_BOX, _TICKED_BLANK.sub(_TICK, text))
    if _TICK in text and _COLONS.fullmatch(text):
        return re.sub(_COLON, lambda m: f"{m[1] or _BOX} ", text).strip()
    return text


def has_marks(raw: str) -> bool:
    """Whether a cell holds ticks or boxes."""
    text = _normalised(raw)
    return _TICK in text or _BOX in text


def single_option(raw: object) -> str | None:
    """The word of a cell with one option or with a mark alone; None for any other cell."""
    if not isinstance(raw, str):
        return None
    text = _EMPTY_BRACKETS.sub(_BOX, _normalised(raw))
    pieces = [p.strip() for p in re.split(rf"[{_TICK}{_BOX}]", text) if p.strip()]
    if len(pieces) > 1 or len("".join(pieces).split()) > 1:
        return None
    return _NUMBERING.sub("", pieces[0]) if pieces else ""


def is_mark(raw: object) -> bool:
    """Whether a cell holds a tick and nothing else."""
    return isinstance(raw, str) and (_normalised(raw) == _TICK or plain(raw) in ("对", "v", "V"))


def is_box(raw: object) -> bool:
    """Whether a cell holds a box that is not ticked, or brackets for a tick, and nothing else."""
    if not isinstance(raw, str):
        return False
    return _normalised(raw) == _BOX or _EMPTY_BRACKETS.fullmatch(plain(raw)) is not None


def is_sign(raw: object) -> bool:
    """Whether a cell holds a tick or a box and nothing else."""
    return is_mark(raw) or is_box(raw)


def _listed(text: str) -> tuple[dict[str, str], str]:
    """The options of a list numbered from 1, or from A, and what stands behind the last."""
    lettered = re.match(r"[<(]?A", text) is not None
    starts: list[re.Match[str]] = []
    for n in range(1, _MOST_OPTIONS):
        number = chr(64 + n) if lettered else f"0?{n}"
        sign = rf"(?<![0-9A-Za-z])[<(\[]?{number}[>)\]]?\s*[.、:)]?\s*{_WORD}"
        match = re.compile(sign).search(text, starts[-1].end() if starts else 0)
        if match is None:
            break
        starts.append(match)
    options: dict[str, str] = {}
    for n, (match, following) in enumerate(pairwise(starts), 1):
        options[_number(n, lettered)] = text[match.end() : following.start()].strip(" ,;、。:/(<[")
    if not starts or starts[0].start():
        return {}, text
    last = _LAST_OPTION.match(text, starts[-1].end())
    options[_number(len(starts), lettered)] = last[0] if last else ""
    return options, text[last.end() :] if last else ""


def _number(n: int, lettered: bool) -> str:
    return chr(64 + n) if lettered else str(n)


def choose(raw: str, options: Options | None = None) -> str:
    """What is chosen in a cell; the cell's own text where it is no choice.

    `options` are those printed in the label, whose number may be all that the cell says.
    """
    text = _normalised(raw)
    if options and re.fullmatch(r"[<>()0-9A-L、,.;\s]+", text):
        picked = _options_of(text, options)
        return "、".join(picked) if picked else raw
    if _TICK in text or _BOX in text:
        chosen = _ticked(_without_crosses(text))
        return raw if chosen is None else chosen
    if _NONE_MARKED.fullmatch(text):
        return ""
    listed, rest = _listed(text)
    if len(listed) < 2 and (before := _CHOSEN_BEFORE.match(text)):  # (B)A.一般贫困户 B.低保户
        listed, behind = _listed(text[before.end() :])
        rest = before[0] if not behind.strip(" _.。;,()") else behind
    if len(listed) < 2:
        return raw
    if not rest.strip(" _.。;,()[]<>"):
        return ""
    picked = _options_of(rest, listed)
    return "、".join(picked) if picked else raw


def ticked_by_hand(raw: str, find: Callable[[str], str | None]) -> str | None:
    """The options of a list with V or 对 right before them, where others of it have none.

    `find` is asked which words are options: V因病  因残  因学.
    """
    parts = [part for part in _BETWEEN_OPTIONS.split(plain(raw)) if part]
    ticked = [_NUMBERING.sub("", part[1:]) for part in parts if _WORDS_FOR_TICKS.match(part)]
    others = [_NUMBERING.sub("", part) for part in parts if not _WORDS_FOR_TICKS.match(part)]
    is_list = ticked and others and None not in map(find, [*ticked, *others])
    return "、".join(ticked) if is_list else None


def chosen_beside(printed: str, answer: str) -> str | None:
    """The option that a cell names, by number or word, of those that the cell before it prints.

    `1.因病 2.因残 | 2`, `是/否 | 否`; None where the first cell prints no options.
    """
    if has_marks(printed):
        return None
    options, rest = _listed(_normalised(printed))
    if len(options) < 2 or rest.strip(" _.。;,()"):
        options = {word: word for word in _BETWEEN.split(plain(printed))}
    word = choose(answer, options)
    are_options = {*word.split("、")} <= {*options.values()}
    return word if len(options) > 1 and are_options else None


def chosen_in_label(label: str, printed: str) -> str | None:
    """The options whose numbers stand in brackets behind a label, of those printed beside it.

    `主要致贫原因( 8 ) | 1.因病 2.因残 …`; None where the label has no number. One that is not on
    the list is left behind it (see `unlisted`).
    """
    if (answer := answer_in(label)) is None:
        return None
    chosen = chosen_beside(printed, answer)
    if chosen is None and not has_marks(printed) and _is_open_list(printed):
        return f"{printed}({answer})"
    return chosen


def answer_in(label: str) -> str | None:
    """The numbers in brackets behind a label, which are those of options that hold."""
    answer = _ANSWERED.search(_normalised(label))
    return with_digits(answer[1]) if answer else None


def _is_open_list(text: str) -> bool:
    options, rest = _listed(_normalised(text))
    return len(options) > 1 and not rest.strip(" _.。;,()")


def unlisted(raw: Raw) -> tuple[str, Options] | None:
    """The number in brackets behind a printed list that has no such option, and the list."""
    if not isinstance(raw, str) or has_marks(raw):
        return None
    options, rest = _listed(_normalised(raw))
    number = _NUMBER_BEHIND.fullmatch(rest.strip(" _.。;,"))
    if len(options) < 2 or number is None or number[1].lstrip("0") in options:
        return None
    return number[1], options


def _options_of(numbers: str, options: Options) -> list[str]:
    """The options with the numbers in a text; none where one of them is not on the list."""
    found = [options.get(number.lstrip("0"), "") for number in _NUMBERS.findall(numbers)]
    return found if all(found) else []


def _without_crosses(text: str) -> str:
    """The text with crosses as ticks or boxes.

    Beside a tick a cross says no. Alone among three options it chooses; of two nobody knows
    whether it chooses one or strikes it out, and it is left.
    """
    if _TICK in text:
        return text.replace(_CROSS, _BOX)
    is_choice = text.count(_CROSS) == 1 and text.count(_BOX) > 1
    return text.replace(_CROSS, _TICK) if is_choice else text


def _ticked(text: str) -> str | None:
    """The options at the ticks; None where something is marked, and it cannot be told what.

    A mark belongs to the option it touches, else to the next one.
    """
    pieces = [p for p in re.split(rf"([{_TICK}{_BOX}])", text) if p != ""]
    marks = [i for i, piece in enumerate(pieces) if piece in (_TICK, _BOX)]
    words = [piece for piece in pieces if piece not in (_TICK, _BOX)]
    if not any(word.strip() for word in words):
        return "是" if _TICK in text else ""
    if _TICK not in text:
        return None if _ODD.search(text) else ""
    after = _marks_follow(pieces, marks)
    if after is None:
        return None
    chosen = []
    for i in marks:
        if pieces[i] != _TICK:
            continue
        behind = pieces[i + 1].strip() if i + 1 < len(pieces) else ""
        is_last = after or (behind in ("", _BOX) and pieces[i - 1][-1:] not in " ")
        place = i - 1 if is_last else i + 1
        word = pieces[place] if 0 <= place < len(pieces) else ""
        if word in (_TICK, _BOX):
            word = ""
        chosen.append(_option(word, last=is_last))
    found = [word for word in chosen if word]
    return "、".join(found) if found else None


def _marks_follow(pieces: list[str], marks: list[int]) -> bool | None:
    """Whether the marks stand behind their options; None where they are as near to the next."""
    first, last = pieces[0].strip(), pieces[-1].strip()
    if pieces[0] in (_TICK, _BOX):
        return False
    if last in (_TICK, _BOX) or not last.strip(" ;,。"):
        return True
    # Words on both sides: 国家标准 √省定标准 市定标准, 国家标准√ 省定标准 or 国家标准√/省定标准.
    nearer = [_gap(pieces[i - 1][::-1]) - _gap(pieces[i + 1]) for i in marks]
    behind, before = sum(n < 0 for n in nearer), sum(n > 0 for n in nearer)
    if behind == before and _BOX not in pieces:
        return None
    return bool(first) and behind > before


def _gap(piece: str) -> int:
    """How far a word is from the mark before it: a comma parts more than a blank, and least the
    word's own number."""
    parting = piece[: len(piece) - len(piece.lstrip(_SEPARATORS))]
    numbered = _NUMBERING.match(piece) is not None
    return sum(2 if sign == " " else 4 for sign in parting) or int(numbered)


def _option(piece: str, *, last: bool) -> str:
    """The word of an option at its mark, without its number, blanks to be filled and commas."""
    piece = _EMPTY_BRACKETS.sub("", piece.strip(f"{_SEPARATORS}。_"))
    words = [word for word in _BETWEEN_OPTIONS.split(piece) if word]
    word = (words[-1] if last else words[0]) if words else ""
    return _NUMBERING.sub("", word).strip(",;、。/_:")
