"""The command line: one file a command. This entry point sees to signals and exit codes.

It imports next to nothing: until `main` has begun, Ctrl-C ends in a traceback.
"""

import _thread
import gc
import os
import signal
import sys
import time

TYPE_CHECKING = False  # typing alone would take longer to import than all else here
if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED = 128 + signal.SIGINT
_SOON = 0.02  # seconds
_received: list[int] = []  # signals, of which each ends the program


class _Ended(SystemExit):
    """By a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = signal.Signals(number)


def main(arguments: list[str] | None = None) -> None:
    """Run `jiandang`; exits with 0, 1 (findings) or 2 (wrong usage, unreadable files)."""
    _received.clear()
    _end_on_signals()
    # One short process: looking for cycles among modules and millions of cells would cost a tenth.
    gc.disable()
    code: object = _INTERRUPTED
    try:
        from jiandang.cli.streams import drop, mend_streams

        mend_streams()
        try:
            code = _run(arguments)
            sys.stdout.flush()
        except BrokenPipeError:
            code = 0  # the reader (`| head`) has seen enough
            drop(sys.stdout)
        except (OSError, ValueError) as error:
            code = 2
            _tell(error)
            drop(sys.stdout)
    except KeyboardInterrupt:  # of Polars, or whoever calls this sees to signals
        code = _INTERRUPTED
    except SystemExit as error:
        code = error.code
    except BaseException:  # what others have made of it
        if not _received:
            raise
    # What follows takes but a moment, and would end in a traceback.
    _ignore_interrupts()
    if _received:
        code = 128 + _received[-1]
    if code == _INTERRUPTED:
        print("已中断。", file=sys.stderr)
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
    except Abort:
        return _INTERRUPTED
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
        if not _received:  # else it is what became of the end, as where a class was made
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


def _end_on_signals() -> None:
    """What ends the program lets it tidy up: temporary files and processes go.

    Python's own KeyboardInterrupt would not do: Typer makes a silent exit of it, and where it has
    passed through generated code (of dataclasses) Python kills itself in the end.
    """

    def end(number: int, frame: "FrameType | None") -> None:
        _received.append(number)
        if _is_called_by_polars(frame):
            _thread.start_new_thread(_send_again, (number,))
        else:
            raise _Ended(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # Whoever starts it with nohup wants no SIGHUP.
        if number is not None and _is_default(number):
            try:
                signal.signal(number, end)
            except ValueError:  # not in the main thread
                return
    sys.unraisablehook = _not_lost


def _is_called_by_polars(frame: "FrameType | None") -> bool:
    """Whether Polars is at work, which panics if its callbacks end so, or takes it for a fault."""
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("polars."):
            return True
        frame = frame.f_back
    return False


def _send_again(number: int) -> None:
    time.sleep(_SOON)
    _thread.interrupt_main(signal.Signals(number))


def _not_lost(unraisable: "sys.UnraisableHookArgs") -> None:
    """Where a signal comes in a callback of Python's (of an import), its end is dropped: again."""
    if isinstance(unraisable.exc_value, _Ended):
        _thread.start_new_thread(_thread.interrupt_main, (unraisable.exc_value.number,))
    else:
        sys.__unraisablehook__(unraisable)


def _is_default(number: signal.Signals) -> bool:
    return signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler)


def _ignore_interrupts() -> None:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread
        return
