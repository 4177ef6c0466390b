"""What reading notices about a cell, a row or a sheet; which rule tells of it, the rules say."""

from enum import StrEnum


class Notice(StrEnum):
    """A kind of thing that reading notices."""

    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    UNKNOWN_COLUMN = "unknown_column"
    OTHER_YEAR = "other_year"
    EMPTY = "empty"
    MISSING_ROW = "missing_row"
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
    NUMBERED_BY_HEAD = "numbered_by_head"
    DITTO = "ditto"
    HIDDEN = "hidden"
    BAD_MERGE = "bad_merge"
    SHIFTED = "shifted"
    COPIES_DIFFER = "copies_differ"
    VILLAGE_RENAMED = "village_renamed"
    COPIED_SHEET = "copied_sheet"
    WRONG_TOTAL = "wrong_total"
    CONCENTRATED = "concentrated"
    TIMETABLE = "timetable"
    LIST_UNUSABLE = "list_unusable"
    LIST_OLD = "list_old"
    NOT_REGISTERED = "not_registered"

    @classmethod
    def _missing_(cls, value: object) -> "Notice":
        raise ValueError(f"没有“{value}”这种情况，可选：{'、'.join(cls)}")


# What is said of a cell that cannot be read, by checks and by models: {column} is its heading.
FAULTS = {
    Notice.WRONG_TYPE: "“{column}”填的是“{value}”，应为{expected}",
    Notice.UNKNOWN_CODE: "“{column}”填的是“{value}”，应为{expected}{nearest}",
    Notice.SEVERAL_CODES: "主要致贫原因填了几个：“{value}”，只能填一个",
    Notice.LOST_DIGITS: "证件号码被存成了数字，只剩前15位 {known}，末位已经丢失",
    Notice.FORMULA_ERROR: "“{column}”是公式错误“{value}”，应为{expected}",
}
