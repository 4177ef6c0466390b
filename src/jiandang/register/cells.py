"""What a cell type is: how one cell of a register is read, stored and shown.

A cell arrives as the file holds it (text, number, date or boolean; see `Raw`). `CellType.read`
gives its value or raises `CellError` that says what is wrong. Each type is
also a Pydantic type, so the models of this package validate single values the same way. The types
themselves are in `number_cells`, `date_cells`, `text_cells` and `code_cells`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, NamedTuple, TypeAlias

import polars as pl
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from jiandang.register.notice import Notice
from jiandang.register.text import (
    Unpad,
    is_irregular,
    no_blanks,
    plain,
    says_nothing,
    solid,
)

Raw: TypeAlias = str | float | int | bool | date | datetime | time

# What an Excel cell holds at most, in characters.
MAX_TEXT = 32_767


class ErrorValue(str):
    """What a formula left in its cell instead of a value: `#N/A`, or a note that there is none."""

    __slots__ = ()


class CellError(ValueError):
    """A cell that cannot be read: why, what was expected, the nearest right value.

    `known` is what can still be read of a damaged cell (the first 15 digits of a number).
    """

    def __init__(
        self, notice: Notice, expected: str, *, nearest: str = "", known: str = ""
    ) -> None:
        super().__init__(expected)
        self.notice = notice
        self.expected = expected
        self.nearest = nearest
        self.known = known


class Reading(NamedTuple):
    """The value of a cell, and what is to be told of the way it is written, if anything."""

    value: Any
    notice: Notice | None = None


NOTHING = Reading(None, Notice.NO_VALUE)
_DIGITS = frozenset("0123456789")
# How the empty cells of pandas, NumPy and Decimal show themselves.
_EMPTY_OF_FRAMES = frozenset(("nan", "NaN", "NaT", "<NA>"))


class Stored:
    """In place of a `Context`: values are those of a register's columns, which have been read."""


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on besides the cell.

    `year` completes dates like 3月5日; `provincial` selects the code numbers of the S-P forms;
    `scale` is what a bare number counts where the heading's unit is not the column's (万元);
    `untyped` says that numbers and dates stand as texts, so that this is no fault of the cell;
    `options` are the words that the heading prints for codes (性别 0女1男), which then count alone;
    `orders` are those in which other dates of the column have their parts (`date_cells.orders_of`).
    """

    year: int = 2016
    provincial: bool = False
    scale: float = 1
    untyped: bool = False
    options: Mapping[str, str] | None = field(default=None, hash=False)
    orders: frozenset[str] = frozenset()


DEFAULT_CONTEXT = Context()


class InContext(NamedTuple):
    """A cell with what its reading depends on, where its own heading says so: 人均纯收入(万元)."""

    raw: Any
    context: Context


@dataclass(frozen=True)
class CellType:
    """A kind of cell.

    `parse` gives a value, or a `Reading` where something is to be told of it.
    `clean` matches texts that need no parsing since they are their value, but for those of
    `unless`; so is the ISO text of a date, where `iso` is set. `unpad` takes out of a text the
    blanks that only fill it up. `pattern` is what a right value is like, for JSON Schema.
    """

    name: str
    expected: str
    parse: Callable[[Raw, Context], Any]
    dtype: Any = pl.String
    native: type = str
    clean: str | None = None
    unless: frozenset[str] = frozenset()
    iso: bool = False
    secret: bool = False
    unpad: Unpad = no_blanks
    pattern: str | None = None

    def is_irregular(self, raw: str) -> bool:
        """Whether the text is typed irregularly (文字不规范)."""
        return is_irregular(raw, self.unpad)

    def is_clean(self, raw: str) -> bool:
        """Whether the text is its own value, and needs no parsing."""
        is_like_one = self.clean is not None and re.fullmatch(self.clean, raw) is not None
        return is_like_one and raw not in self.unless

    def holds(self, raw: Raw, context: Context = DEFAULT_CONTEXT) -> bool:
        """Whether a cell has a value of this type: one that can be read, and is not empty."""
        try:
            return self.read(raw, context).value is not None
        except CellError:
            return False

    def read(self, raw: Raw, context: Context = DEFAULT_CONTEXT) -> Reading:
        """What a cell says; nothing, if it is blank. Raises CellError where it cannot be read."""
        if isinstance(raw, ErrorValue):
            raise CellError(Notice.FORMULA_ERROR, self.expected)
        if isinstance(raw, str) and not plain(raw):
            return Reading(None)
        if isinstance(raw, str) and self.is_clean(raw):
            return Reading(raw)  # as a column of it takes it without a look
        raw = spoken(raw)
        try:
            read = self.parse(raw, context)
        except OverflowError:
            raise wrong_type(self.expected) from None  # a number beyond all bounds
        return read if isinstance(read, Reading) else Reading(read)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        # A cell may say that there is nothing (无), so each type admits None.
        inner = core_schema.nullable_schema(handler(source))
        return core_schema.with_info_before_validator_function(self._validate, inner)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # The field says itself that it may be null.
        nullable: Any = schema
        return {**handler(nullable["schema"]["schema"]), **self.json_schema()}

    def json_schema(self) -> dict[str, Any]:
        """What JSON Schema can say of the type beyond its base type."""
        return {"pattern": self.pattern} if self.pattern else {}

    def as_cell(self, value: Any) -> Any:
        """A model's value as a cell would hold it; what is none stays as it is."""
        return value

    def as_field(self, value: Any) -> Any:
        """A column's value as a model's field takes it."""
        return value

    def value_of(self, raw: Any, context: Context) -> Any:
        """The value of a cell, or of a model's field. Raises CellError where it is none."""
        if isinstance(raw, InContext):
            raw, context = raw
        cell = None if raw is None else _as_in_a_file(self.as_cell(raw))
        if cell is None:
            return None
        if not isinstance(cell, (str, int, float, date, time)):
            raise wrong_type(self.expected)  # b"x" or a list would be taken for a text
        return self.read(cell, context).value

    def _validate(self, raw: Any, info: ValidationInfo) -> object:
        if raw is None or info.context is Stored:
            return raw if raw is None else self.as_field(raw)
        context = info.context if isinstance(info.context, Context) else DEFAULT_CONTEXT
        try:
            value = self.value_of(raw, context)
            return None if value is None else self.as_field(value)
        except CellError as error:
            raise PydanticCustomError(
                "cell_error",
                "应为{expected}",
                {
                    "notice": error.notice,
                    "expected": error.expected,
                    "nearest": error.nearest,
                    "known": error.known,
                },
            ) from error


def _as_in_a_file(value: Any) -> Any:
    """A value of pandas, NumPy and the like as a file would hold it; None for their empty cells."""
    if isinstance(value, str):
        return value
    if str(value) in _EMPTY_OF_FRAMES:
        return None
    if callable(item := getattr(value, "item", None)):
        value = item()  # a NumPy scalar: its repr is no text of a cell
    if isinstance(value, (Decimal, Real)) and not isinstance(value, (int, float)):
        return int(value) if isinstance(value, Integral) else float(value)
    return value


def spoken(raw: Raw) -> Raw:
    """A cell's Boolean as the word that forms have for it."""
    return ("是" if raw else "否") if isinstance(raw, bool) else raw


def wrong_type(expected: str, *, nearest: str = "") -> CellError:
    """The error of a cell that holds no such thing as its column asks for."""
    return CellError(Notice.WRONG_TYPE, expected, nearest=nearest)


def or_nothing(
    parse: Callable[[Raw, Context], Any], quiet: str = "", also: str = ""
) -> Callable[[Raw, Context], Any]:
    """The same parser, for which 无, / and the like are no value, and so are the words in `also`.

    Nothing is told of the words in `quiet`: there they are the answer that the form asks for.
    """
    answers, others = frozenset(quiet.split()), frozenset(also.split())

    def parse_or_nothing(raw: Raw, context: Context) -> Any:
        # Nearly all texts begin with a digit: they say something, but for a lone 0 as an answer.
        if (isinstance(raw, str) and raw[:1] not in _DIGITS) or (answers and raw in (0, "0")):
            text = solid(as_text(raw))
            if text in answers:
                return None
            if text in others or says_nothing(text):
                return NOTHING
        return parse(raw, context)

    return parse_or_nothing


def as_word(value: Raw) -> str:
    """The text of a value, 是 or 否 of a truth value."""
    return as_text(spoken(value))


def as_text(raw: Raw) -> str:
    """The text that the cell shows: whole numbers without `.0`, dates in ISO form."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else float.__repr__(raw)
    if isinstance(raw, datetime):
        midnight = raw.time() == time()
        return raw.date().isoformat() if midnight else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, (date, time)) else str(raw)


def show(value: object) -> str:
    """A value as a clerk writes it."""
    if isinstance(value, str):
        return value
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        rounded = f"{value:.2f}".rstrip("0").rstrip(".")
        # A little is not nothing, unless it is left over of reckoning.
        return f"{value:.1g}" if 0.0001 <= abs(value) < 0.005 else rounded
    if isinstance(value, list):
        return "、".join(show(item) for item in value)
    return as_text(value) if isinstance(value, (int, date)) else str(value)
