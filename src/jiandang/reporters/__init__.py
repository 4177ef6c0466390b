"""The formats a report can be written in. Each is one file of this package, imported when used."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any


@dataclass(frozen=True)
class Format:
    """One format of `--format`.

    A text format's writer takes (report, text stream); `file_name` is its file in a folder, and a
    stream for it is opened with encoding="utf-8", newline="\\n". The others' writers take
    (report, folder), name their files themselves and return the paths written. A format that is
    `written_singly` has one finding in memory after another, the others have all at once.
    """

    name: str
    title: str
    home: str
    file_name: str | None = None
    written_singly: bool = False

    @property
    def is_text(self) -> bool:
        return self.file_name is not None

    @property
    def ending(self) -> str:
        """What the name of a text format's file ends in: `.html`, `.junit.xml`."""
        return "".join(PurePath(str(self.file_name)).suffixes)

    def file_of(self, target: Path) -> Path:
        """The file that a text format is written to: a name without an ending gets the format's.

        Without one a page would open in nothing. What is there (a device) is meant as it is.
        """
        is_whole = re.search(r"\.[A-Za-z][A-Za-z0-9]*$", target.name) or target.exists()
        return target if is_whole else target.with_name(f"{target.name}{self.ending}")

    @property
    def writer(self) -> Callable[..., Any]:
        """The function that writes; jinja2, rich and others are loaded only now."""
        module, _, function = self.home.partition(":")
        found: Callable[..., Any] = getattr(import_module(f"jiandang.reporters.{module}"), function)
        return found


_ALL = (
    Format(
        "console", "屏幕：先看什么、五关结果、逐处问题", "console:write_console", "检查结果.txt"
    ),
    Format("xlsx", "批注副本：原表加底色和批注，另加问题清单", "marked:write_marked_copies"),
    Format(
        "list",
        "差异清单：每处问题一行，csv 和 xlsx",
        "listing:write_listing",
        written_singly=True,
    ),
    Format(
        "movement",
        "增减变动：增减表和进、出、更正、户变动名单，xlsx（要有 --before）",
        "movement_book:write_movement",
    ),
    Format("html", "网页：可筛选、可打印，不用联网", "html:write_html", "检查结果.html"),
    Format("markdown", "摘要：贴进消息或任务页", "markdown:write_markdown", "检查结果.md"),
    Format(
        "json",
        "全部结果，给程序读",
        "json_report:write_json",
        "检查结果.json",
        written_singly=True,
    ),
    Format(
        "ndjson",
        "每行一处问题，给程序逐行读",
        "ndjson:write_ndjson",
        "检查结果.ndjson",
        written_singly=True,
    ),
    Format("sarif", "SARIF 2.1.0，给代码平台", "sarif:write_sarif", "检查结果.sarif"),
    Format("junit", "JUnit XML，给持续集成", "junit:write_junit", "检查结果.junit.xml"),
    Format("github", "GitHub 工作流注解", "github:write_github", "检查结果.github.txt"),
)
FORMATS = {format.name: format for format in _ALL}
