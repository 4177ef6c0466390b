"""The errors of jiandang's own. Their texts are in Chinese and say what to do."""

import os
import sys

# Windows opens no longer one unless an administrator has allowed it (LongPathsEnabled).
_LONGEST_PATH = 259


class JiandangError(Exception):
    """Anything that jiandang refuses to do, and why. The base of all the errors below."""


class PolicyError(JiandangError, ValueError):
    """A policy cannot be used. The text names the file, the key and the remedy."""


class UnknownRule(JiandangError, ValueError):
    """No rule has this code, nor one that begins with it. The text names the nearest codes."""


class UnknownFormat(JiandangError, ValueError):
    """A report cannot be written in a format of this name."""


class CannotWrite(JiandangError, OSError):
    """A report cannot be written where it was to be. The text names the path and the remedy."""


class InvalidDate(JiandangError, ValueError):
    """A check date that is no date."""


class InvalidArgument(JiandangError, TypeError):
    """What a call was given is not what it takes."""


class InvalidPath(InvalidArgument):
    """What was given as a file is neither a text nor a path."""


class MissingMainGuard(JiandangError, RuntimeError):
    """Processes were asked for by a script that each of them would run once more."""


class SameFile(JiandangError):
    """One file was given as of both dates (两次是同一个文件)."""


class ListError(JiandangError, ValueError):
    """Lists cannot be used as they were given. The text says what to write."""


class Unfinished(JiandangError):
    """What a run had read was lost, or is no longer the same. The text names the remedy."""


class ClusterError(JiandangError):
    """A cluster cannot be used, or was lost. The text names the worker and the remedy."""


def why_too_long(path: str | os.PathLike[str]) -> str:
    """What to do about a path that Windows cannot open for its length; empty for any other."""
    if sys.platform != "win32" or len(os.path.abspath(path)) <= _LONGEST_PATH:  # noqa: PTH100
        return ""
    return (
        f"路径超过 {_LONGEST_PATH} 个字符，Windows 打不开。"
        "请把文件夹移到桌面，或把文件夹名、文件名改短。"
    )
