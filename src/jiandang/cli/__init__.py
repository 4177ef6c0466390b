"""The command line: one file a command. This entry point sees to streams and exit codes."""

import gc
import sys
from typing import TextIO


def main(arguments: list[str] | None = None) -> None:
    """Run `jiandang`; exits with 0, 1 (findings) or 2 (wrong usage, unreadable files)."""
    # One short process: looking for cycles among modules and millions of cells would cost a tenth.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    from typer import echo
    from typer._click.exceptions import ClickException, NoArgsIsHelpError

    from jiandang.cli.app import app
    from jiandang.cli.chinese import say_usage_error

    try:
        code = app(args=arguments, standalone_mode=False)
    except NoArgsIsHelpError as error:
        echo(error.format_message())
        code = 0
    except ClickException as error:
        say_usage_error(error)
        code = 2
    except BrokenPipeError:
        code = 0  # the reader (`| head`) has seen enough
    except (KeyboardInterrupt, _abort()):
        print("已中断。", file=sys.stderr)
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def _abort() -> type[Exception]:
    from typer import Abort

    return Abort


def _never_fail_to_encode(stream: TextIO) -> None:
    """A GBK console or file has no ✓ and not every rare name: show those as escapes."""
    encoding = (getattr(stream, "encoding", None) or "").lower()
    if hasattr(stream, "reconfigure") and not encoding.startswith("utf"):
        stream.reconfigure(errors="backslashreplace")
