"""What the calls of the library are given, looked at before anything is done with it."""

from collections.abc import Mapping

from jiandang.errors import InvalidArgument
from jiandang.headings.mapped import why_unknown
from jiandang.register.register import Register


def require_register(given: object, name: str) -> None:
    """Raises InvalidArgument for what is no register, as the path of one."""
    if not isinstance(given, Register):
        raise InvalidArgument(
            f"{name}应是 jiandang.load 读出来的登记表（Register），"
            f"现在是 {type(given).__name__}；请先写 register = jiandang.load(文件)"
        )


def require_jobs(jobs: object) -> None:
    """Raises InvalidArgument for what is no number of processes."""
    if not isinstance(jobs, int) or jobs < 0:
        raise InvalidArgument(f"jobs 应是进程数，0 为自动，现在是 {jobs!r}")


def require_headings(headings: Mapping[str, str] | None) -> None:
    """Raises InvalidArgument where headings are mapped to what is no column."""
    if headings is not None and not isinstance(headings, Mapping):
        raise InvalidArgument(
            f'headings 应写成 {{"文件里的列名": "标准列名"}}，现在是 {type(headings).__name__}'
        )
    for each in (*(headings or {}), *(headings or {}).values()):
        if not isinstance(each, str):
            raise InvalidArgument(f"headings 里的列名应是文字，现在有 {each!r}")
    if why := why_unknown(headings or {}):
        raise InvalidArgument(f"headings {why}")


def require_password(password: object) -> None:
    """Raises InvalidArgument for what is no password; what it is, is not said."""
    if password is not None and not isinstance(password, str):
        raise InvalidArgument(f"password 应是文字，现在是 {type(password).__name__}")


def require_callables(**given: object) -> None:
    """Raises InvalidArgument for what is given in place of a function."""
    for name, each in given.items():
        if each is not None and not callable(each):
            raise InvalidArgument(f"{name} 应是函数，现在是 {type(each).__name__}")


def require_truths(**given: object) -> None:
    """Raises InvalidArgument for what is neither True nor False: "no" would show all numbers."""
    for name, each in given.items():
        if not isinstance(each, bool):
            raise InvalidArgument(f"{name} 应是 True 或 False，现在是 {each!r}")
