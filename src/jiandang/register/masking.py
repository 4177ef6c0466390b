"""Private numbers with their middle hidden, however they are written (`written_digits`)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from jiandang.patterns import regex
from jiandang.register.bank_card import luhn_ok
from jiandang.register.written_digits import (
    ANY,
    BETWEEN,
    DIGIT,
    FOR_X,
    FOREIGN,
    MARKUP,
    NARROW,
    NUMERALS,
    SEPARATORS,
    SEVERAL_NUMBERS,
    WIDE,
    as_digits,
    half_width,
    parts_numbers,
    without_signs,
)


def _read_as(pattern: str) -> re.Pattern[str]:
    """The pattern of a number as it is read; ~ in a set of digits is any of them."""
    return re.compile(pattern.replace("~", ANY))


_YEAR = "(?:[1~][9~]|[2~][0~])"
_MONTH = "(?:[0~][1-9~]|[1~][0-2~])"
_MONTH_AND_DAY = rf"{_MONTH}(?:[0~][1-9~]|[12~][0-9~]|[3~][01~])"
_PHONE_OR_CARD = "[1~][3-9~][0-9~]{9}|[6~][2~][0-9~]{14,17}"
_MODERN = rf"[1-9~][0-9~]{{5}}{_YEAR}[0-9~]{{9}}[0-9~Xx](?:[0-9~]{{2,4}}(?![0-9~]))?"
# More digits than a number of anything has: a phone and an identity number without a blank.
_SEVERAL = r"[0-9~]{23,}[Xx]?|(?<![0-9])(?:[1~][3-9~][0-9~]{9}){2}(?![0-9])"
# What looks like a private number wherever it stands: an identity number or a disability card,
# an old number of 15 digits, a mobile phone, a bank card.
_PRIVATE = _read_as(
    rf"{_SEVERAL}|{_MODERN}|[1-9~][0-9~]{{14}}(?:[0-9~]{{2,4}})?"
    rf"|(?<![0-9])(?:{_PHONE_OR_CARD})(?![0-9])"
)
# The same in the number of a household or a place: there 15 digits may as well be that.
_WHOLE = _read_as(f"{_SEVERAL}|{_MODERN}|{_PHONE_OR_CARD}")
_IN_CODE = regex(f"(?<![0-9])(?:{_WHOLE.pattern})(?:(?<=[Xx])|(?![0-9]))")
_SHORT = 7
_SHORTEST = 11  # a phone
# A finding names the same texts several times, and those beside it do.
_remembered = lru_cache(maxsize=1024)

# What is typed for digits. A letter that ends a word (No138) is none.
_LETTERS = "OoＯｏIlＩｌ〇○零" + FOREIGN
_LIKE = DIGIT + _LETTERS
_APART = rf"(?:(?:{NARROW}|{MARKUP}){{0,40}}|(?={NARROW}{{0,2}}[{WIDE}]){BETWEEN}{{1,3}})"
_GROUPED = regex(
    rf"[{_LIKE}](?<![A-Za-z][{_LETTERS}])(?:{_APART}[{_LIKE}]){{9,}}(?:{_APART}[{_LIKE}{FOR_X}])?"
)
_ALIKE = regex(
    rf"(?:[{NUMERALS}]{{{_SHORTEST},}}"
    rf"|(?<![{_LIKE}])(?=[{DIGIT}]*[{_LETTERS}])[{_LIKE}]{{{_SHORTEST},}}"
    rf"|(?<![{DIGIT}])(?=[{DIGIT}]*[{NUMERALS}]{{4}})[{DIGIT}{NUMERALS}]{{15,}}|[{NUMERALS}](?:{NARROW}{{0,8}}[{NUMERALS}]){{14,}})[{FOR_X}]?"
)
_MAY_BE_ALIKE = regex(rf"(?:[{_LIKE}{NUMERALS}]{NARROW}{{0,8}}){{{_SHORTEST}}}")
# What all of these have: ten digits with nothing but signs between, or else markup or such as
# shows nothing. Most texts have neither, and to see this takes a fifth of the time.
_MAY_BE_NUMBER = regex(rf"[{_LIKE}{NUMERALS}](?:[^\w○×╳✕✖]*[{_LIKE}{NUMERALS}]){{9}}")
_MAY_HIDE_NUMBER = regex("[_\u115f\u1160\u3164\uffa0<&]")
# Between two numbers alone it makes a range of them.
_RANGE = regex("[~～〜∼]")
# How the digits of a phone are put together where they are put apart; 1500 1200 350 is none.
_PHONE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6), (6, 5)}
_MODERN_IN_GROUPS = _read_as(
    rf"[1-9~][0-9~]{{5}}{_YEAR}[0-9~]{{2}}{_MONTH_AND_DAY}[0-9~]{{3}}[0-9~Xx](?:[0-9~]{{2,4}})?"
)
_OLD_IN_GROUPS = _read_as(rf"[1-9~][0-9~]{{7}}{_MONTH_AND_DAY}[0-9~]{{3}}")
_CARD_IN_GROUPS = _read_as("[6~][2~][0-9~]{14,17}")
# How any of these may begin, unless in groups of four: most digits are told from them by this.
_MAY_BEGIN = _read_as(rf"[1-9~][0-9~]{{5}}{_YEAR}|[1-9~][0-9~]{{7}}{_MONTH}|[1~][3-9~]|[34569~]")
_PHONE = _read_as("[1~][3-9~][0-9~]{9}")
# How long they may be, and those that have no birth date.
_LENGTHS = (22, 21, 20, 19, 18, 17, 16, 15, 11)
_UNDATED = _LENGTHS[3:]


def is_private(text: str) -> bool:
    """Whether a code is somebody's own number, used for want of a better one."""
    read = as_digits(without_signs(text))
    return _WHOLE.fullmatch(read) is not None and _are_mostly_digits(read)


def mask(text: str) -> str:
    """The ends of a private number: `320324********0012`, `138****5678`."""
    if len(text) <= _SHORT:
        return text[:2] + "*" * max(len(text) - 2, 0)
    head = 6 if len(text) >= 15 else 3
    tail = 4 if len(text) > head + 4 else 2
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


@_remembered
def mask_secret(text: str) -> str:
    """What stands in a column of private numbers, each number masked, whatever is wrong with it.

    A text that is no number (a name, 无) is shown: it is what is wrong there.
    """
    read = as_digits(without_signs(text))
    if read.isascii() and _are_mostly_digits(read):
        return mask(text)
    return _RUN.sub(
        lambda run: mask(run[0]) if _are_mostly_digits(without_signs(run[0])) else run[0],
        _mask_scattered(text),
    )


_RUN = regex(rf"[{_LIKE}](?:[{_LIKE}]|{BETWEEN})*[{_LIKE}{FOR_X}]")


def _are_mostly_digits(read: str) -> bool:
    return 2 * sum(map(str.isdigit, read)) >= len(read)


@_remembered
def mask_private(text: str) -> str:
    """`text` with every private number in it masked, whatever column it was typed in."""
    if len(text) < _SHORTEST:
        return text
    if not (_MAY_BE_NUMBER.search(text) or _MAY_HIDE_NUMBER.search(text)):
        return _mask_scattered(text)
    if _MAY_BE_ALIKE.search(text):
        text = _ALIKE.sub(lambda match: _mask_as_read(match[0]), text)
    if _GROUPED.search(text):
        text = _PRIVATE.sub(lambda match: mask(match[0]), text)
        text = _GROUPED.sub(lambda match: _mask_groups(match[0]), text)
    return _mask_scattered(text)


@_remembered
def mask_code(text: str) -> str:
    """The number of a household or a place, masked only where it is somebody's own number."""
    if len(text) < _SHORTEST:
        return text
    if text.isascii() and text.isdecimal() and _OF_PLACE.match(text):
        # That of a household has a check digit by chance, and is no bank card for that.
        return mask(text) if is_private(text) else text
    if is_private(text) and not SEVERAL_NUMBERS.search(text):
        return mask(without_signs(text))
    text = _ALIKE.sub(lambda match: _mask_as_read(match[0], _IN_CODE), text)
    text = _IN_CODE.sub(lambda match: mask(match[0]), text)
    return _mask_scattered(
        _GROUPED.sub(lambda match: _mask_groups(match[0], is_code=True), text), is_code=True
    )


def hide_birth(texts: Sequence[str | None], numbers: Iterable[str]) -> list[str | None]:
    """The texts of one finding, whose masked numbers no birth date beside them makes whole.

    `numbers` are the identity numbers that the finding is about, whole. Where the day that the
    mask hides is written beside it, the end of the number is hidden in its place.
    """
    read = [as_digits(number) for number in numbers if len(number) > 14]
    births = {number[6:14] for number in read if _MODERN_IN_GROUPS.fullmatch(number)}
    births |= {f"19{number[6:12]}" for number in read if _OLD_IN_GROUPS.fullmatch(number)}
    if not births or not births & dates_in("\n".join(filter(None, texts))):
        return [*texts]
    return [text and _MASKED.sub(r"\1****", text) for text in texts]


def masked_in(text: str) -> set[str]:
    """The masked identity numbers in a text, with the end that their mask shows."""
    return {found[0] for found in _MASKED.finditer(text)}


def hide_ends(text: str, numbers: Collection[str]) -> str:
    """The text without the ends of these masked numbers."""
    return _MASKED.sub(lambda m: f"{m[1]}****" if m[0] in numbers else m[0], text)


# Of 15 digits, an old number, five are hidden; a phone has four.
_MASKED = regex(r"([^\s*]{6}\*{5,})[^\s*]{4}")
_DAY = regex(r"((?:19|20)[0-9]{2})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})")


def dates_in(text: str) -> set[str]:
    """The days in a text, as an identity number has them."""
    found = _DAY.findall(unicodedata.normalize("NFKC", text))
    return {f"{year}{int(month):02}{int(day):02}" for year, month, day in found}


def _mask_as_read(text: str, private: re.Pattern[str] = _PRIVATE) -> str:
    """Digits and what is typed for them, masked where they read as a private number."""
    joined = SEPARATORS.sub("", text)
    if joined != text and not _SCATTERED_MODERN.fullmatch(as_digits(joined)):
        return text
    text, shown, at = joined, [], 0
    for found in private.finditer(as_digits(text)):
        if _are_mostly_digits(found[0]):
            shown += [text[at : found.start()], mask(text[found.start() : found.end()])]
            at = found.end()
    return "".join([*shown, text[at:]])


def _mask_groups(text: str, *, is_code: bool = False) -> str:
    """Groups of digits, those masked that together are a private number.

    In what `is_code`, 15 digits are no old identity number.
    """
    groups = _Groups(text, is_code=is_code)
    private = _IN_CODE if is_code else _PRIVATE
    shown, at = [], 0
    while at < len(groups.between):
        end = groups.end_of_private(at)
        own = groups.written[groups.places[at] : groups.places[end or at + 1]]
        shown.append(mask(own) if end else _mask_as_read(own, private))
        at = end or at + 1
        shown.append(groups.between[at - 1])
    return "".join(shown)


# What else may stand between groups of digits: any few characters but those that count something.
_FAR = 8
_COUNTS = regex("[元户人亩岁斤间头只口个名天页万千百%‰*]")
_DATE_IN_WORDS = regex("年.*月")
_DIGITS = regex(f"[{DIGIT}]+")
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_OF_PLACE = regex(_PROVINCE)
_SCATTERED_MODERN = regex(
    rf"{_PROVINCE}[0-9]{{4}}(?:19|20)[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{3}}[0-9X]".replace("~", "")
)
_SCATTERED_OLD = regex(rf"{_PROVINCE}[0-9]{{6}}{_MONTH_AND_DAY}[0-9]{{3}}".replace("~", ""))
_SCATTERED_PHONE = regex("1[3-9][0-9]{9}")
# How many digits these have; an X may be the last of 18.
_SCATTERED_LENGTHS = (11, 15, 16, 17, 18, 19)


def _mask_scattered(text: str, *, is_code: bool = False) -> str:
    """Digits with a word or a sign between: 320324年19650312年1234, 139之1234之5678.

    What says nothing but a birth date within an identity number is one whatever stands between;
    others are told by their groups, with the same between all of them.
    """
    runs = [*_DIGITS.finditer(text)]
    if len(runs) < 2 or sum(len(run[0]) for run in runs) < _SHORTEST:
        return text
    read = as_digits(half_width("".join(run[0] for run in runs)))
    places = [0, *accumulate(len(run[0]) for run in runs)]
    gaps = [text[run.end() : behind.start()] for run, behind in pairwise(runs)]
    goes_on = [len(gap) <= _FAR and not _COUNTS.search(gap) for gap in gaps] + [False]
    shown, at, first = [], 0, 0
    while first < len(runs):
        start, last, found = places[first], first, 0
        while goes_on[last] and not found and places[last + 1] - start < 19:
            last += 1
            size, end = places[last + 1] - start, runs[last].end()
            if size not in _SCATTERED_LENGTHS:
                continue
            number = read[start : start + size]
            if size == 17:
                if text[end : end + 1] not in {*FOR_X}:
                    continue
                number, end = f"{number}X", end + 1
            if _is_scattered(number, places[first : last + 2], gaps[first:last], is_code):
                found = end
        if found:
            written = "".join(run[0] for run in runs[first : last + 1])
            shown += [
                text[at : runs[first].start()],
                mask(written + text[runs[last].end() : found]),
            ]
            at, first = found, last
        first += 1
    return "".join([*shown, text[at:]])


def _is_scattered(read: str, places: list[int], gaps: list[str], is_code: bool) -> bool:
    if _SCATTERED_MODERN.fullmatch(read):
        return not _DATE_IN_WORDS.search("".join(gaps))
    if is_code or len({*gaps}) > 1 or len(gaps[0]) > 2 or parts_numbers(gaps[0]):
        return False
    sizes = tuple(b - a for a, b in pairwise(places))
    if sizes == (3, 4, 4):
        return _SCATTERED_PHONE.fullmatch(read) is not None
    if sizes == (6, 6, 3):
        return _SCATTERED_OLD.fullmatch(read) is not None
    is_card = read.startswith("62") or luhn_ok(read)
    return len(read) in (16, 19) and sizes[:4] == (4, 4, 4, 4) and is_card


class _Groups:
    """Groups of digits as they are written and `read`, with what stands behind each of them.

    `places` are those in `written` where the groups begin, and the end.
    """

    def __init__(self, text: str, *, is_code: bool) -> None:
        self._may_be_old = not is_code
        pieces = SEPARATORS.split(text)
        groups = [half_width(piece) for piece in pieces[::2]]
        self.between = [*pieces[1::2], ""]
        self.written = "".join(groups)
        self.read = as_digits(self.written)
        self.places = [0, *accumulate(map(len, groups))]
        self._number_at = {place: number for number, place in enumerate(self.places)}
        several = (parts_numbers(each) for each in self.between)
        self._breaks = [0, *accumulate(several)]

    def end_of_private(self, first: int) -> int:
        """Where the groups end that are one private number from the `first` on; 0 for none."""
        read, places, start = self.read, self.places, self.places[first]
        if places[first + 1] - start != 4 and not _MAY_BEGIN.match(read, start):
            return 0
        may_be_old = self._may_be_old and _OLD_IN_GROUPS.match(read, start) is not None
        for length in _LENGTHS if _MODERN_IN_GROUPS.match(read, start) else _UNDATED:
            end = self._number_at.get(start + length)
            if end is None or (end == first + 2 and _RANGE.search(self.between[first])):
                continue
            if not _are_mostly_digits(read[start : start + length]):
                continue
            if _MODERN_IN_GROUPS.fullmatch(read, start, start + length):
                return end
            if self._breaks[first] == self._breaks[end - 1] and (
                _CARD_IN_GROUPS.fullmatch(read, start, start + length)
                or (may_be_old and length == 15 and end > first + 1)
                or (length == 11 and self._is_phone(first, end))
                or (length in (16, 19) and self._is_card(first, end))
            ):
                return end
        return 0

    def _is_phone(self, first: int, end: int) -> bool:
        """Whether groups from the `first` to the `end` are a mobile phone."""
        if not _PHONE.match(self.read, self.places[first]):
            return False
        sizes = tuple(b - a for a, b in pairwise(self.places[first : end + 1]))
        # One by one, with the same between all: 1.5 2.5 is none.
        return sizes in _PHONE_GROUPS or len({*sizes, *self.between[first : end - 1]}) == 2

    def _is_card(self, first: int, end: int) -> bool:
        """Whether they are another bank card: by its groups of four, or by its check digit."""
        start = self.places[first]
        number = self.read[start : self.places[end]]
        if not number.isdecimal():
            return False
        in_fours = self.places[first : first + 5] == [*range(start, start + 17, 4)]
        return in_fours or (number[0] in "34569" and luhn_ok(number))
