"""The standard streams of the command line: they take any text, and lose nothing."""

import contextlib
import io
import os
import sys
from typing import TextIO, cast


def mend_streams() -> None:
    """Three open streams that take any text.

    Where one is closed the next file to be opened would get its number, and whatever is printed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # What is written to a closed standard output must not be lost silently.
            os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = _buffered(sys.stdout), _never_failing(_buffered(sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A GBK console or file has no ✓ and not every rare name: those are shown as escapes.
            stream.reconfigure(errors="backslashreplace")
        with contextlib.suppress(OSError, ValueError, AttributeError):
            # Whoever shares a pipe may have set it to fail when it is full.
            os.set_blocking(stream.fileno(), True)
    if not _has_chinese(sys.stderr):
        print(
            "This code page has no Chinese characters. Set PYTHONUTF8=1, on Windows also"
            " chcp 65001, or write the report to a file with --output.",
            file=sys.stderr,
        )
    elif not _has_chinese(sys.stdout):
        print(
            "输出的编码没有汉字，会写成 \\u 代码。请设 PYTHONUTF8=1，或用 --output 写到文件。",
            file=sys.stderr,
        )


def _buffered(stream: TextIO) -> TextIO:
    """A stream that writes the whole of a text, under PYTHONUNBUFFERED also.

    A raw file writes what a pipe takes at once, and where a signal comes the rest would be lost.
    """
    if not isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        return stream
    number, encoding = stream.fileno(), stream.encoding
    return open(number, "w", buffering=1, encoding=encoding, closefd=False)


class _Notes(io.TextIOWrapper):
    """Standard error of which nobody is sure to read: what cannot be said there is not said.

    Its reader may have gone, its disk may be full: that must cost no report, and no exit code.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(cast(io.BytesIO, stream.buffer), stream.encoding, line_buffering=True)
        self._of = stream  # else it would close the buffer

    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            super().flush()


def _never_failing(stream: TextIO) -> TextIO:
    # Whatever else stands there has been put there by those who call us.
    return _Notes(stream) if type(stream) is io.TextIOWrapper else stream


def _has_chinese(stream: TextIO) -> bool:
    try:
        "检查".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def drop(stream: TextIO) -> None:
    """Let nothing that is left in the stream's buffer be said at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
