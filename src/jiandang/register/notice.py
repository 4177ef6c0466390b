"""What reading notices about a cell, a row or a sheet; which rule tells of it, the rules say."""

from enum import StrEnum


class Notice(StrEnum):
    """A kind of thing that reading notices."""

    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    UNKNOWN_COLUMN = "unknown_column"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_CODE = "unknown_code"
    SEVERAL_CODES = "several_codes"
    LOST_DIGITS = "lost_digits"
    FORMULA_ERROR = "formula_error"
    IRREGULAR_TEXT = "irregular_text"
    STORED_AS_TEXT = "stored_as_text"
    TEXT_COLUMN = "text_column"
    NO_VALUE = "no_value"
    LENIENT = "lenient"
    SWAPPED = "swapped"
    ROW_BETWEEN = "row_between"
    PREFILLED = "prefilled"
    CARRIED_DOWN = "carried_down"
    DITTO = "ditto"
    HIDDEN = "hidden"
    BAD_MERGE = "bad_merge"
    SHIFTED = "shifted"
    COPIES_DIFFER = "copies_differ"
    WRONG_TOTAL = "wrong_total"
    CONCENTRATED = "concentrated"
    TIMETABLE = "timetable"
