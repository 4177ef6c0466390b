"""From a name or a TOML file to a Policy, with errors a clerk can act on.

A file that extends another is laid over it key by key; lists are replaced whole.
"""

import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jiandang.errors import PolicyError
from jiandang.policy.model import Policy
from jiandang.toml import NotToml, read_toml

DEFAULT_POLICY = "xuzhou-2016"

# What has a source: everything but the texts about the policy itself.
_ABOUT_ITSELF = {"name", "title", "extends", "check", "sources", "remarks"}
_PARAMETERS = Policy.model_fields.keys() - _ABOUT_ITSELF


@dataclass(frozen=True)
class _Document:
    """One TOML file as it was read."""

    path: Path
    table: dict[str, Any]


def builtin_policies() -> dict[str, Path]:
    """The policies that come with the program, by name."""
    found = sorted(Path(__file__).parent.glob("*.toml"))
    return {path.stem.replace("_", "-"): path for path in found}


def load_policy(name_or_path: str | Path) -> Policy:
    """The policy of that name, or in that TOML file. Raises PolicyError."""
    if not isinstance(name_or_path, (str, Path)) or not str(name_or_path):
        given = "空的" if name_or_path == "" else type(name_or_path).__name__
        raise PolicyError(
            "policy 应是内置政策的名称、政策文件（.toml）的路径或 load_policy 读出来的政策，"
            f"现在是 {given}"
        )
    documents = _read_with_parents(name_or_path)
    merged: dict[str, Any] = {}
    for document in reversed(documents):
        merged = _lay_over(merged, document)
    try:
        return Policy.model_validate(merged)
    except ValidationError as error:
        raise PolicyError(_report(error, documents)) from None


def policy_of(policy: Policy | str | Path) -> Policy:
    """A policy as it is, or the one of that name or in that file. Raises PolicyError."""
    return policy if isinstance(policy, Policy) else load_policy(policy)


def _report(error: ValidationError, documents: list[_Document]) -> str:
    """All the problems, one a line; the missing parameters, often all of them, on one."""
    lines, missing = [], []
    for problem in error.errors(include_url=False):
        if problem["type"] == "missing" and len(problem["loc"]) == 1:
            missing.append(str(problem["loc"][0]))
        else:
            lines.append(f"政策文件 {_culprit(documents, problem['loc'])}：{problem['msg']}")
    if missing:
        lines.append(
            f"政策文件 {documents[0].path}：缺少 {'、'.join(missing)}，"
            '请补上，或在文件第一行写 extends = "xuzhou-2016" 沿用内置政策'
        )
    return "\n".join(lines)


def policy_json_schema() -> dict[str, Any]:
    """The JSON Schema of a policy file, which is complete or extends another."""
    schema = Policy.model_json_schema()
    required = [name for name in schema.pop("required") if name != "name"]
    return {**schema, "anyOf": [{"required": ["extends"]}, {"required": required}]}


# Finding and reading the files


def _read_with_parents(name_or_path: str | Path) -> list[_Document]:
    """The file, the one it extends, the one that extends, and so on."""
    documents = [_read(_find(name_or_path, Path()))]
    while isinstance(parent := documents[-1].table.get("extends"), str):
        child = documents[-1].path
        try:
            path = _beside(_find(parent, child.parent), child)
        except PolicyError as error:
            raise PolicyError(f"政策文件 {child}：extends 有误，{error}") from None
        if path.resolve() in [document.path.resolve() for document in documents]:
            loop = " → ".join([*(document.path.name for document in documents), path.name])
            raise PolicyError(
                f"政策文件 {child}：extends 形成循环（{loop}），请改正其中一个文件的 extends"
            )
        documents.append(_read(path))
    return documents


def _beside(path: Path, child: Path) -> Path:
    """The file, if it is a built-in policy or stands beside the one that extends it.

    A policy may come from elsewhere: it must not make this program read, and quote, any file.
    """
    real = path.resolve()
    if path not in builtin_policies().values() and child.resolve().parent not in real.parents:
        raise PolicyError(f"{path.name} 不在本政策文件所在的文件夹里，请放在一起")
    return path


def _find(name_or_path: str | Path, folder: Path) -> Path:
    """The file of that name or path; a relative path starts from the folder."""
    builtins = builtin_policies()
    if name_or_path in builtins:
        return builtins[str(name_or_path)]
    path = folder / name_or_path
    if _is_file(path):
        return path
    known = f"内置政策有：{'、'.join(builtins)}"
    if os.path.isdir(path):  # noqa: PTH112 (never raises)
        raise PolicyError(f"“{name_or_path}”是文件夹，请给出政策文件（.toml）的路径。{known}")
    if os.path.exists(path):  # noqa: PTH110 (never raises)
        raise PolicyError(f"{path} 不是普通文件（是设备、管道或套接字），没有读取。{known}")
    if re.search(r"[/\\]|\.toml$", str(name_or_path)):
        raise PolicyError(f"找不到政策文件 {path}，请核对路径。{known}")
    nearest = get_close_matches(str(name_or_path), builtins, n=1)
    hint = f"是不是 {nearest[0]}？" if nearest else ""
    raise PolicyError(
        f"没有名为“{name_or_path}”的政策。{hint}{known}；也可以给出政策文件（.toml）的路径"
    )


def _is_file(path: Path) -> bool:
    """Whether there is such a regular file; a name that cannot be one is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long a name, a NUL in it
        return False


def _read(path: Path) -> _Document:
    try:
        return _Document(path, {"name": path.stem} | read_toml(path, "政策文件"))
    except NotToml as error:
        raise PolicyError(str(error)) from None


# Laying one file over another


def _lay_over(base: dict[str, Any], document: _Document) -> dict[str, Any]:
    """The values of base with those of the document in their place.

    The source and the remark of a value must not outlive it: a county that sets its own dates
    shall not read that they are those of 溧水.
    """
    inherited = {"sources": base.get("sources", {}), "remarks": base.get("remarks", {})}
    if not all(isinstance(texts, dict) for texts in inherited.values()):
        return _merge(base, document.table)  # left for the validation to report
    sources, remarks = dict(inherited["sources"]), dict(inherited["remarks"])
    here = f"政策文件 {document.path.name}"
    for name in filter(_PARAMETERS.__contains__, document.table):
        old, new = base.get(name), document.table[name]
        kept = old.keys() - new.keys() if isinstance(old, dict) and isinstance(new, dict) else ()
        if kept and name in sources:
            sources[name] = f"{sources[name]}；部分由{here}改写"
        else:
            sources[name] = here
            remarks.pop(name, None)
    return _merge(base | {"sources": sources, "remarks": remarks}, document.table)


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = base.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            value = _merge(old, value)
        merged[key] = value
    return merged


def _culprit(documents: list[_Document], location: tuple[int | str, ...]) -> Path:
    """The file a value comes from: the last that sets it, or the nearest thing around it."""
    for length in range(len(location), 0, -1):
        for document in documents:
            if _has(document.table, location[:length]):
                return document.path
    return documents[0].path


def _has(table: dict[str, Any], location: tuple[int | str, ...]) -> bool:
    inner: Any = table
    for part in location:
        if not isinstance(inner, dict) or part not in inner:
            return False
        inner = inner[part]
    return True
