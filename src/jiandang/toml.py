"""Reading a TOML file that somebody wrote with Notepad, with errors that name line and remedy."""

import re
import tomllib
from pathlib import Path
from typing import Any

_MAX_BYTES = 1 << 20
_MOST_DOTS = 200  # of a line


class NotToml(ValueError):
    """A file cannot be read as TOML. The text names the file, the line and the remedy."""


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """What a file says that is `what` (政策文件), in whatever encoding Notepad saves it.

    Raises NotToml.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError:
        raise NotToml(f"{what} {path} 无法读取，请检查权限或是否被占用") from None
    if len(content) > _MAX_BYTES:
        raise NotToml(f"{path} 不是{what}：超过 1 MB，请核对路径")
    text = _decode(content)
    if text is None:
        raise NotToml(
            f"{path} 不是{what}，{what}是文本文件（.toml），可用记事本编写，保存为 UTF-8 编码"
        )
    too_deep = f"{what} {path}：括号嵌套过深或数字过长，无法读取"
    # Each dot of a key is a table within a table: a file of 40 KB would take a gigabyte.
    if any(line.count(".") > _MOST_DOTS and line.lstrip()[0] != "#" for line in text.splitlines()):
        raise NotToml(too_deep)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(f"{what} {path}：{_syntax_error(str(error), text)}") from None
    except (RecursionError, ValueError, OverflowError):  # nested too deep, a number too long
        raise NotToml(too_deep) from None


def _decode(content: bytes) -> str | None:
    """What Notepad calls UTF-8 (with or without a mark), Unicode or ANSI (GBK); None: no text."""
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _syntax_error(message: str, text: str) -> str:
    """Where the file stops being TOML, and the likely reason."""
    lines = text.rstrip().splitlines()
    place = re.search(r"at line ([0-9]+), column", message)
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if re.search("overwrite|twice", message):
        reason = "同一个名称写了两次，请删去一个"
    elif re.search("[“”‘’＂＝，［］｛｝]", line.split("#")[0]):
        reason = "可能用了中文标点，请改为英文的引号、等号、逗号和括号"
    elif re.search(r"=\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\s*(?:#|$)", line):
        reason = "日期不对：日历上没有这一天，或月、日没有写成两位"
    elif place is None:
        reason = "文件到此不完整，请检查引号、括号是否成对"
    else:
        reason = "写法不对，应为“参数名 = 值”，文字要加英文引号"
    return f"第 {number} 行{reason}：{line.strip()}"
