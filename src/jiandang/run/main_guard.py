"""Whether a script may start processes: each of them runs what of it is not guarded once more."""

import ast
import sys
from pathlib import Path
from types import FrameType

from jiandang.errors import MissingMainGuard


def require_main_guard() -> None:
    """Raise MissingMainGuard where the call comes from unguarded lines of the main script.

    A process that is started imports the main script, calls the same again and dies of it; here
    this is said before any is started. Notebooks and the prompt have no script to import.
    """
    if str(getattr(sys.modules["__main__"], "__file__", "")).startswith("<"):
        raise MissingMainGuard(
            "脚本是从标准输入来的，别的进程没有文件可以运行。请先存成文件再运行，或者用 jobs=1"
        )
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == "__main__":
            _require_guard_at(Path(frame.f_code.co_filename), frame.f_lineno)
        frame = frame.f_back


def _require_guard_at(script: Path, line: int) -> None:
    try:
        statements = ast.parse(script.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return  # no script in a file
    for statement in statements:
        if statement.lineno <= line <= (statement.end_lineno or line):
            if isinstance(statement, ast.If) and "__name__" in ast.dump(statement.test):
                return
            raise MissingMainGuard(
                f"{script.name} 第 {line} 行要用几个进程读文件（jobs），每个进程都会再运行脚本。"
                '请把这些语句放进函数 main() 里，在脚本最后写：if __name__ == "__main__": main()；'
                "或者用 jobs=1"
            )
