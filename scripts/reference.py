"""docs/library-reference.md: what `import jiandang` gives, from the docstrings."""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import jiandang
from jiandang import codes
from jiandang.register.table import Table, columns_of


def reference() -> str:
    """The reference as Markdown."""
    lines = [
        "# jiandang 的名称",
        "",
        "本文件由 `python scripts/rebuild.py` 从代码的说明生成，请勿手改。",
        "用法见 [library.md](library.md)。",
    ]
    public = {name: getattr(jiandang, name) for name in jiandang.__all__ if name[0] != "_"}
    functions = {name: value for name, value in public.items() if inspect.isfunction(value)}
    errors = {name: value for name, value in public.items() if _is_error(value)}
    tables = {name: value for name, value in public.items() if _is_table(value)}
    others = {n: v for n, v in public.items() if n not in {**functions, **errors, **tables}}
    lines += ["", "## Functions"]
    for name, function in functions.items():
        lines += ["", f"### {name}", "", *_doc(function)]
        lines += ["", "```text", f"{name}{_signature(function)}", "```"]
    lines += ["", "## Classes"]
    for name, value in sorted(others.items()):
        lines += ["", f"### {name}", "", *_doc(value), *_members(value), *_fields(value)]
    lines += ["", "## Parts of a report", "", "What else the fields of `Report` hold."]
    parts = {each.__name__: each for each in _parts(jiandang.Report, {jiandang.Report})}
    for name, value in sorted(parts.items()):
        if name not in others:
            lines += ["", f"### {name}", "", *_doc(value), *_members(value), *_fields(value)]
    lines += ["", "## Errors", ""]
    lines += [f"- `{name}`: {' '.join(_doc(value))}" for name, value in errors.items()]
    lines += ["", "## Tables", "", *_doc(Table)]
    for name, table in tables.items():
        lines += ["", f"### {name}（{table.title}）", "", *_doc(table), *_members(table), ""]
        lines += ["| field | 列名 | type | 说明 |", "|---|---|---|---|"]
        for column in columns_of(table).values():
            kind = _kind(table, column.id)
            lines.append(f"| `{column.id}` | {column.heading} | {kind} | {column.description} |")
    lines += ["", "## Code lists (`jiandang.codes`)", ""]
    for name, value in vars(codes).items():
        if inspect.isclass(value) and issubclass(value, StrEnum) and value is not StrEnum:
            title = (value.__doc__ or "").rstrip("。")
            lines.append(f"- `{name}`（{title}）：{'、'.join(value)}")
    return "\n".join(lines) + "\n"


def _is_error(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Exception)


def _is_table(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Table)


def _doc(value: object) -> list[str]:
    return (inspect.getdoc(value) or "").splitlines()


def _signature(function: object) -> str:
    return str(inspect.signature(function)).replace("pathlib._local.", "")  # type: ignore[arg-type]


def _members(value: type) -> Iterator[str]:
    """Its own properties and methods that have a docstring."""
    public = [(n, m) for n, m in vars(value).items() if not n.startswith(("_", "model_"))]
    own = [(n, m) for n, m in public if _is_told(m)]
    if own:
        yield ""
    for name, member in own:
        call = "" if isinstance(member, property) else _arguments(member)
        yield f"- `.{name}{call}`: {' '.join(_doc(member))}"


class _Shown(NamedTuple):
    """A field of a class: its type, and what is said of it."""

    name: str
    type: Any
    said: str


def _fields_of(value: type) -> list[_Shown]:
    """The fields of a model, a dataclass or a tuple."""
    if issubclass(value, BaseModel):
        fields = value.model_fields.items()
        return [_Shown(name, info.annotation, info.description or "") for name, info in fields]
    if dataclasses.is_dataclass(value):
        own = [field for field in dataclasses.fields(value) if not field.name.startswith("_")]
        return [_annotated(field.name, field.type) for field in own]
    names = getattr(value, "_fields", ())
    hints = get_type_hints(value) if names else {}
    return [_annotated(name, hints[name]) for name in names]


def _annotated(name: str, annotation: Any) -> _Shown:
    if get_origin(annotation) is not Annotated:
        return _Shown(name, annotation, "")
    kind, *marks = get_args(annotation)
    said = [mark.description for mark in marks if isinstance(mark, FieldInfo)]
    return _Shown(name, kind, next(filter(None, said), "") or "")


def _fields(value: type) -> Iterator[str]:
    """The values of an enumeration, the fields of anything else, as they are published."""
    if issubclass(value, Enum):
        yield ""
        yield "values: " + "、".join(f"`{each.name}`" for each in value)
    elif fields := _fields_of(value):
        yield from ("", "| field | type | |", "|---|---|---|")
        for name, kind, said in fields:
            shown = _type(kind).replace("|", "\\|")
            yield f"| `{name}` | `{shown}` | {said.replace('|', '/')} |"


def _type(kind: Any) -> str:
    """A type by the names of its classes, without what is only asked of its values."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _type(inner[0])
    if origin in (Union, UnionType):
        return " | ".join(map(_type, inner))
    if inner and origin is not Literal:
        return f"{origin.__name__}[{', '.join(map(_type, inner))}]"
    if kind in (None, NoneType):
        return "None"
    if kind is Ellipsis:
        return "..."
    return kind.__name__ if inspect.isclass(kind) else _bare(str(kind))


def _bare(shown: str) -> str:
    """A text of types without the modules where they are."""
    return re.sub(r"(?:[a-z_]+\.)+(?=[A-Za-z])", "", shown)


def _parts(value: type, seen: set[type]) -> Iterator[type]:
    """The classes of the report that a class's fields lead to."""
    for _, kind, _ in _fields_of(value):
        for each in _classes(kind):
            if each not in seen and each.__module__.startswith("jiandang.report"):
                seen.add(each)
                yield each
                yield from _parts(each, seen)


def _classes(kind: Any) -> Iterator[type]:
    if inspect.isclass(kind) and not get_args(kind):
        yield kind
    for each in get_args(kind):
        yield from _classes(each)


def _arguments(member: Any) -> str:
    """How a method is called, without `self`."""
    shown = _bare(str(inspect.signature(getattr(member, "__func__", member))).replace("'", ""))
    return re.sub(r"\((?:self|cls)(?:, )?", "(", shown)


def _is_told(member: object) -> bool:
    is_call = isinstance(member, (property, classmethod)) or inspect.isfunction(member)
    # Pydantic adds methods of its own to a model that has private attributes.
    is_own = getattr(member, "__module__", "jiandang").startswith("jiandang")
    return is_call and is_own and bool(inspect.getdoc(member)) and "validator" not in str(member)


def _kind(table: type[Table], name: str) -> str:
    annotation = table.model_fields[name].annotation
    inner = next(arg for arg in annotation.__args__ if arg is not type(None))  # type: ignore[union-attr]
    kind = inner.__origin__
    shown = str(kind).replace("jiandang.codes.", "") if "[" in str(kind) else kind.__name__
    return f"`{shown}`"
