"""docs/library-reference.md: what `import jiandang` gives, from the docstrings."""

import inspect
from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel

import jiandang
from jiandang import codes
from jiandang.register.partial_date import PartialDate
from jiandang.register.source import CellFault, CellPlace, Source
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
    parts = (Source, CellPlace, CellFault, PartialDate)
    others |= {each.__name__: each for each in parts}
    lines += ["", "## Functions"]
    for name, function in functions.items():
        lines += ["", f"### {name}", "", *_doc(function)]
        lines += ["", "```text", f"{name}{_signature(function)}", "```"]
    lines += ["", "## Classes"]
    for name, value in sorted(others.items()):
        lines += ["", f"### {name}", "", *_doc(value), *_members(value)]
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
    own = [(n, m) for n, m in vars(value).items() if n[0] != "_" and _is_told(m)]
    if own:
        yield ""
    for name, member in own:
        call = "" if isinstance(member, property) else "()"
        yield f"- `.{name}{call}`: {' '.join(_doc(member))}"
    if inspect.isclass(value) and issubclass(value, BaseModel) and not issubclass(value, Table):
        yield ""
        yield "fields: " + "、".join(f"`{name}`" for name in value.model_fields)


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
