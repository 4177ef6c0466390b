"""What is wrong with a report that was read from JSON, or made by hand, in Chinese."""

from typing import Any

from pydantic_core import ErrorDetails

from jiandang.register.masking import mask_private

_OBJECT = "应为一组名称和值（JSON 的 {{…}}）"
# What was expected, by Pydantic's name of the error; {…} is filled from the error's context.
_EXPECTED = {
    "literal_error": "应为 {expected}",
    "enum": "应为 {expected}",
    "string_pattern_mismatch": "写法应合 {pattern}",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "date_type": "应为日期，如 2016-03-29",
    "date_parsing": "应为日期，如 2016-03-29",
    "date_from_datetime_parsing": "应为日期，如 2016-03-29",
    "date_from_datetime_inexact": "应为日期，如 2016-03-29",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "frozen_set_type": "应为列表",
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
}


def explain(problem: ErrorDetails) -> str:
    """The place of a problem and what was expected there."""
    place = ".".join(map(str, problem["loc"])) or "这份数据"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return f"缺少 {place}"
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"没有名为“{place}”的一项"
    if kind in _EXPECTED:
        expected = _EXPECTED[kind].format(**context).replace(" or ", " 或 ")
        return f"{place} 现在是 {_shown(problem['input'])}，{expected}"
    return f"{place} 不合要求，请核对（{problem['msg']}）"


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "一组值" if isinstance(value, dict) else "一个列表"
    text = mask_private(str(value))
    text = text if len(text) <= 40 else f"{text[:40]}…"
    return f"“{text}”" if isinstance(value, str) else text
