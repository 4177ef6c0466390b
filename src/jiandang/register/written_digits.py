"""Digits as people write and read them: what stands for one, and what between groups of them.

A number is found however it is written: the text is compared in half-width digits, and blanks,
dots, hyphens, strokes and line breaks between groups of digits do not count. O and l among digits
are 0 and 1, a letter of another script (О, З) is some digit, and so many Chinese numerals that they
can be nothing else are digits too.
"""

import unicodedata

from jiandang.patterns import regex

# What a letter of another script among digits is read as: whichever digit it looks like.
ANY = "\x01"

# What stands between several numbers as well, of which none is meant to be private, or counts them.
WIDE = r",，、;；:：?？!！@＠●<>&…()（）\[\]【】+*|｜#＃=＝\\\"“”%％‰°℃$￥¥€£→⇒←⇐↑↓±÷≤≥≠≈√∶"
# And what people write between the groups of a number: blanks, line breaks, dots, hyphens, any
# other sign that is typed for no digit, and what shows nothing, as some letters of Hangul do.
NARROW = rf"(?:[^\w○×╳✕✖{WIDE}]|[_\u115f\u1160\u3164\uffa0])"
BETWEEN = rf"(?:[{WIDE}]|{NARROW})"
# Tags and references of pages show nothing, or a blank.
MARKUP = r"</?[A-Za-z!][^<>]{0,60}>|&(?:[A-Za-z]{1,8}|#x?[0-9A-Fa-f]{1,6});"
# Digits that are no decimal ones: in circles and brackets, raised, with a full stop. ① is 1, and
# the last of them is ➒.
_DRESSED = {
    code: str(unicodedata.digit(character))
    for code in range(ord("➒") + 1)
    if not (character := chr(code)).isdecimal() and character.isdigit()
}
DIGIT = r"\d" + "".join(map(chr, _DRESSED))
SEPARATORS = regex(f"((?:{MARKUP}|{BETWEEN})+)")
_IS_MARKUP = regex(MARKUP)
SEVERAL_NUMBERS = regex(f"[{WIDE}]")
# Numerals are a number only with nothing between them: people count 一、二、三.
NUMERALS = "〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖"
FOR_X = "XxＸｘ×╳✕✖"
# Scripts whose letters may be taken for digits (О, З, ا), and the letters of formulas (𝐎).
FOREIGN = "ªºÀ-ÖØ-öø-\u02ff\u0370-\u167f\u1681-\u180d\u180f-\u1fff\u2c00-\u2dff\ua4d0-\uabff𝐀-𝟋"
_IS_FOREIGN = regex(f"[{FOREIGN}]")


class _Readings(dict[int, str]):
    """The digit that people read in a character; in no other one anything but itself."""

    def __missing__(self, code: int) -> str:
        character = _DRESSED.get(code, chr(code))
        plain = unicodedata.normalize("NFKC", character)
        if plain.isdecimal() and len(plain) == 1:
            read = str(unicodedata.decimal(plain))
        else:
            read = self.get(ord(plain), plain) if len(plain) == 1 else character
        if read.isalpha() and not read.isascii() and _IS_FOREIGN.match(read):
            read = ANY
        self[code] = read
        return read


_READINGS = _Readings(
    zip(
        map(ord, "OoIl" + NUMERALS + FOR_X),
        "0011" + "0001112233445566778899" + "X" * len(FOR_X),
        strict=True,
    )
)


def without_signs(text: str) -> str:
    """`text` in half-width form, without what people write between groups of digits."""
    if text.isascii() and text.isalnum():
        return text
    return SEPARATORS.sub("", half_width(text))


def half_width(text: str) -> str:
    """`text` with half-width digits and letters in place of whatever is dressed up."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_DRESSED))


def as_digits(text: str) -> str:
    """The digits that people read in it, one for each character."""
    return text if text.isascii() and text.isdecimal() else text.translate(_READINGS)


def parts_numbers(between: str) -> bool:
    """Whether what stands between digits stands between several numbers as well."""
    return SEVERAL_NUMBERS.search(_IS_MARKUP.sub("", between)) is not None
