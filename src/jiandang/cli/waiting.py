"""While work goes on: a progress bar on stderr, only on a terminal and from a second on; Ctrl-C."""

import signal
import sys
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from jiandang.register.text import shown


def end_at_interrupt() -> None:
    """Let Ctrl-C end a call that waits: for typing, for a pipe, for a worker.

    Polars, when it is imported, sees to it that such calls go on instead.
    """
    if hasattr(signal, "siginterrupt"):  # not on Windows, where they end anyway
        signal.siginterrupt(signal.SIGINT, True)


class Waiting:
    """Shows how far reading and checking are while its block runs."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._done = 0
        self._total = 1
        self._bar: Any = None
        self._task: Any = None
        self.answers: dict[Path, str] = {}  # the passwords that were typed in
        self._timer = Timer(1.0, self._start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._bar is not None:
            self._bar.stop()

    def report(self, path: Path, number: int, total: int) -> None:
        """Note that reading begins on one of the files."""
        self.tell(shown(path.name), number, total)

    def tell(self, what: str, number: int, total: int) -> None:
        """Note how many pieces of something are done."""
        self._what, self._done, self._total = what, number, total
        if self._bar is not None:
            self._bar.update(self._task, completed=number, total=total, description=what)

    def ask_password(self, path: Path) -> str | None:
        """Ask for a file's password where there is someone to ask."""
        if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        from getpass import getpass

        answer = getpass(f"{shown(path.name)} 的打开密码（不知道就直接回车）：")
        if answer:
            self.answers[path] = answer
        return answer or None

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(self._what, completed=self._done, total=self._total)
        self._bar.start()
