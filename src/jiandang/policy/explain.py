"""Pydantic's validation errors in Chinese: which parameter, what is wrong, what to write."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_DAY = "应为日期，不加引号，例如 2016-03-04"
_LIST = '应为列表，写在方括号内，例如 ["低保户", "五保户"]'
_TABLE = "应为一组“名称 = 值”"
_WHOLE = "应为整数，不加引号，例如 7"

# What was expected, by Pydantic's name of the error; {…} is filled from the error's context.
_EXPECTED = {
    "no_such_day": "日历上没有这一天，请核对",
    "other_century": "不是本世纪的日期，请核对年份",
    "date_type": _DAY,
    "share": '应为分数，写在引号内，例如 "2/3"',
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "应为数字，不加引号，例如 6000",
    "finite_number": "应为普通数字，不能是 inf 或 nan",
    "string_type": '应为文字，写在英文引号内，例如 "丰县"',
    "string_too_short": "不能为空，请填写或删去这一行",
    "string_pattern_mismatch": "应为六位数字的县级区划代码，例如 320322",
    "no_such_word": "不在“{title}”代码表里{hint}",
    "year": "应为年份，例如 2016",
    "bool_type": "应为 true 或 false，不加引号",
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _TABLE,
    "model_type": f"{_TABLE}，例如 {{{{ low = 1.3, high = 4.5 }}}}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
}


def explain(policy: type[BaseModel], problem: ErrorDetails) -> str:
    """One line for one problem of a policy, or of a part of one."""
    location = tuple(str(part) for part in problem["loc"] if part != "[key]")
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(policy, location)
    where = _where(policy, location)
    if kind == "missing":
        return f"缺少 {where}，请补上"
    if kind == "value_error":
        return f"{where}：{context['error']}" if where else str(context["error"])
    if kind in _EXPECTED:
        expected = _EXPECTED[kind].format(**context)
    else:
        expected = f"值不合要求，请核对（{problem['msg']}）"
    return f"{where} 现在是 {_shown(problem['input'])}，{expected}".lstrip()


def _where(policy: type[BaseModel], location: tuple[str, ...]) -> str:
    """The path to the parameter, with its Chinese title where it has one."""
    path, title = ".".join(location), ""
    model: type[BaseModel] | None = policy
    for part in location:
        if model is None or part not in model.model_fields:
            break
        title = model.model_fields[part].title or ""
        model = _submodel(model, part)
    return f"{path}（{title}）" if title else path


def _unknown(policy: type[BaseModel], location: tuple[str, ...]) -> str:
    """An unknown key, with the known one that is most like it."""
    model: type[BaseModel] = policy
    for part in location[:-1]:
        model = _submodel(model, part) or model
    said = f"没有名为“{'.'.join(location)}”的参数"
    if len(location) > 1 and location[-1] in policy.model_fields:
        # In TOML whatever follows a [table] belongs to it.
        return f"{said}，请把 {location[-1]} 移到文件开头、第一个方括号标题之前"
    titles = {name: field.title or "" for name, field in model.model_fields.items()}
    # Whoever writes the Chinese title in place of the name is understood too.
    names = {title: name for name, title in titles.items()} | {name: name for name in titles}
    nearest = get_close_matches(location[-1], names, n=1, cutoff=0.5)
    if not nearest:
        return f"{said}，请删去，或对照内置政策 xuzhou-2016 改正"
    name = names[nearest[0]]
    return f"{said}，是不是 {name}（{titles[name]}）？"


def _submodel(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    annotation = model.model_fields[field].annotation if field in model.model_fields else None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None


def _shown(value: Any) -> str:
    """A value as the file has it, more or less."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "一组“名称 = 值”"
    if isinstance(value, list):
        return "一个列表"
    text = str(value) if len(str(value)) <= 40 else f"{str(value)[:40]}…"
    return f"“{text}”" if isinstance(value, str) else text
