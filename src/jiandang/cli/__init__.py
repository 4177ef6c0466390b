"""The command line: one file a command. This entry point sees to streams, signals, exit codes."""

import contextlib
import gc
import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn, TextIO, cast


def main(arguments: list[str] | None = None) -> None:
    """Run `jiandang`; exits with 0, 1 (findings) or 2 (wrong usage, unreadable files)."""
    # One short process: looking for cycles among modules and millions of cells would cost a tenth.
    gc.disable()
    _mend_streams()
    _end_on_signals()
    code: object = 2
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0  # the reader (`| head`) has seen enough
        _drop(sys.stdout)
    except KeyboardInterrupt:  # while modules are imported, or at the very end
        code = 130
        print("已中断。", file=sys.stderr)
    except (OSError, ValueError) as error:
        code = 2
        _tell(error)
        _drop(sys.stdout)
    sys.exit(code if isinstance(code, int) else 0)


def _run(arguments: list[str] | None) -> object:
    """Run the command; gives the exit code, whatever happens."""
    from typer import Abort, echo
    from typer._click.exceptions import ClickException, NoArgsIsHelpError

    from jiandang.cli.app import app
    from jiandang.cli.chinese import say_usage_error

    try:
        return app(args=arguments, standalone_mode=False)
    except NoArgsIsHelpError as error:
        echo(error.format_message())
        return 0
    except ClickException as error:
        say_usage_error(error)
        return 2
    except (KeyboardInterrupt, Abort):
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        raise
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # which Typer ends with 1
            raise error.__context__ from None
        raise
    except MemoryError:
        print("内存不足，没有查完。请分批检查，或关闭其他程序后再试。", file=sys.stderr)
        return 2
    except Exception as error:
        _tell(error)
        return 2


def _tell(error: Exception) -> None:
    """Say in Chinese that the program itself failed, with what its developers need to know."""
    from jiandang.log import LOG
    from jiandang.register.text import shown

    LOG.debug("详情", exc_info=error)  # shown with --debug: it may quote the user's data
    if isinstance(error, OSError):
        from jiandang.reporters.placing import why_not_written

        print(f"没有查完：{shown(why_not_written(error))}", file=sys.stderr)
        return
    place, trace = "", error.__traceback__
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
        trace = trace.tb_next
    # Not the error's text: it may quote the user's data.
    what = f"{type(error).__name__}，{place}"
    print(f"程序自身出错，没有查完，请把这一行报告给开发者：{what}", file=sys.stderr)


def _mend_streams() -> None:
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


def _end_on_signals() -> None:
    """What ends the program lets it tidy up: temporary files and processes go."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # Whoever starts it with nohup wants no SIGHUP.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            try:
                signal.signal(number, end)
            except ValueError:  # not in the main thread
                return


def _drop(stream: TextIO) -> None:
    """Let nothing that is left in the stream's buffer be said at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
