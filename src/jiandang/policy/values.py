"""The types of a policy's values: nothing is guessed, whatever the file is written in."""

import re
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from jiandang.frozen import Explained
from jiandang.policy.explain import explain
from jiandang.register.codes import code_lists

_SHARE = r"[0-9]{1,9}(/(?=0*[1-9])[0-9]{1,9}|\.[0-9]{1,9})?"


def _read_day(value: object) -> object:
    """A date in quotes is taken as well: JSON has no other. A number never is one."""
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no_such_day", "no such day") from None
    return value


def _read_share(value: object) -> Fraction:
    """2/3 has to stay 2/3: of 30 delegates 20 are enough, where 0.6667 would ask for 21."""
    text = str(value)
    if re.fullmatch(_SHARE, text):
        return Fraction(text)
    raise PydanticCustomError("share", "not a fraction")


def _read_year(value: object) -> object:
    if re.fullmatch("20[0-9]{2}", str(value)) is None:
        raise PydanticCustomError("year", "not a year")
    return value


def _of_this_century(day: date) -> date:
    """Other years are slips, and break the reckoning with days."""
    if not 2000 <= day.year < 2100:
        raise PydanticCustomError("other_century", "other century")
    return day


def _word_of(name: str) -> tuple[AfterValidator, WithJsonSchema]:
    """What makes a text one of the values of a code list: a mistyped one would say nothing."""
    codes = code_lists()[name]

    def known(word: str) -> str:
        if word in codes.values:
            return word
        near = codes.find(word) or codes.nearest(word)
        near = near or next(iter(get_close_matches(word, codes.values, n=1, cutoff=0.5)), "")
        expected = f"，最接近的是“{near}”" if near else f"，可以是：{'、'.join(codes.values)}"
        raise PydanticCustomError(
            "no_such_word", "no such word", {"title": codes.title, "hint": expected}
        )

    return AfterValidator(known), WithJsonSchema({"type": "string", "enum": [*codes.values]})


Day = Annotated[
    date, BeforeValidator(_read_day), AfterValidator(_of_this_century), Field(strict=True)
]
Whole = Annotated[int, Field(strict=True)]
Yes = Annotated[bool, Field(strict=True)]
Number = Annotated[float, Field(strict=True)]
Share = Annotated[
    Fraction,
    BeforeValidator(_read_share),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_SHARE}$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ],
            "examples": ["2/3"],
        }
    ),
]
Text = Annotated[str, Field(min_length=1)]
CountyCode = Annotated[str, Field(pattern="^[1-9][0-9]{5}$")]
# The words of code lists, by the list's name.
TypeOfHousehold = Annotated[Text, *_word_of("household_type")]
ReasonOfChange = Annotated[Text, *_word_of("reason")]
# A year as a key of a table.
YearKey = Annotated[str, Field(pattern="^20[0-9]{2}$"), BeforeValidator(_read_year)]
# Sorted when written out, so that the same policy always gives the same file.
Holidays = Annotated[
    frozenset[Day], PlainSerializer(sorted, return_type=list[date], when_used="always")
]


def inconsistent(text: str) -> PydanticCustomError:
    """The error of values that do not go together: the text alone, for readers of the file."""
    return PydanticCustomError("value_error", "{error}", {"error": text})


class Part(Explained):
    """What all parts of a policy have in common."""

    model_config = ConfigDict(allow_inf_nan=False)

    @classmethod
    def _explain(cls, problem: ErrorDetails) -> str:
        """What is wrong is said as of a policy's file; `load_policy` adds which file it is."""
        return explain(cls, problem)

    @field_validator("*")
    @classmethod
    def _whole_numbers_are_integers(cls, value: object) -> object:
        """6000.0 becomes 6000: a message that names it shall not say 6000.0元."""
        return int(value) if isinstance(value, float) and value.is_integer() else value
