"""jiandang checks household registers (建档立卡登记表) before they are handed in.

register = jiandang.load(["官山镇.xlsx"])
report = jiandang.check(register, jiandang.load_policy("xuzhou-2016"))
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from jiandang.policy import Policy, load_policy
    from jiandang.register.register import Register
    from jiandang.report.model import Report
    from jiandang.run.checking import check
    from jiandang.run.load import load

__all__ = ["Policy", "Register", "Report", "__version__", "check", "load", "load_policy"]

_HOMES = {
    "check": "jiandang.run.checking",
    "load": "jiandang.run.load",
    "Policy": "jiandang.policy",
    "load_policy": "jiandang.policy",
    "Register": "jiandang.register.register",
    "Report": "jiandang.report.model",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: `jiandang --help` must not wait for Polars.
    if name in _HOMES:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value
    raise AttributeError(f"module 'jiandang' has no attribute {name!r}")
