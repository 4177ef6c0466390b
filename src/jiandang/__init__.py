"""jiandang checks household registers (建档立卡登记表) before they are handed in.

register = jiandang.load("官山镇.xlsx")
report = jiandang.check(register)
jiandang.write(report, "html", "检查结果.html")
"""

__version__ = "0.2.0"

TYPE_CHECKING = False  # Ctrl-C ends in a traceback until the command line is there: no imports
if TYPE_CHECKING:
    from typing import Any

    from jiandang.errors import (
        CannotWrite,
        InvalidArgument,
        InvalidDate,
        InvalidPath,
        JiandangError,
        ListError,
        MissingMainGuard,
        PolicyError,
        SameFile,
        UnknownFormat,
        UnknownRule,
    )
    from jiandang.policy import Policy, load_policy
    from jiandang.register.household import Household
    from jiandang.register.member import Member
    from jiandang.register.notice import Notice
    from jiandang.register.partial_date import PartialDate
    from jiandang.register.process import Procedure, Survey
    from jiandang.register.register import Register
    from jiandang.register.source import CellFault, CellPlace, Source
    from jiandang.register.village import Allocation, Village
    from jiandang.report.files import FileResult
    from jiandang.report.gates import GateStatus
    from jiandang.report.model import Finding, GateResult, Report, Severity
    from jiandang.reporters.writing import write
    from jiandang.run.checking import check
    from jiandang.run.load import load, load_changes

__all__ = [
    "Allocation",
    "CannotWrite",
    "CellFault",
    "CellPlace",
    "FileResult",
    "Finding",
    "GateResult",
    "GateStatus",
    "Household",
    "InvalidArgument",
    "InvalidDate",
    "InvalidPath",
    "JiandangError",
    "ListError",
    "Member",
    "MissingMainGuard",
    "Notice",
    "PartialDate",
    "Policy",
    "PolicyError",
    "Procedure",
    "Register",
    "Report",
    "SameFile",
    "Severity",
    "Source",
    "Survey",
    "UnknownFormat",
    "UnknownRule",
    "Village",
    "__version__",
    "check",
    "load",
    "load_changes",
    "load_policy",
    "write",
]

_HOMES = {
    "jiandang.errors": (
        "CannotWrite InvalidArgument InvalidDate InvalidPath JiandangError ListError "
        "MissingMainGuard PolicyError SameFile UnknownFormat UnknownRule"
    ),
    "jiandang.policy": "Policy load_policy",
    "jiandang.register.household": "Household",
    "jiandang.register.member": "Member",
    "jiandang.register.notice": "Notice",
    "jiandang.register.partial_date": "PartialDate",
    "jiandang.register.process": "Procedure Survey",
    "jiandang.register.register": "Register",
    "jiandang.register.source": "CellFault CellPlace Source",
    "jiandang.register.village": "Allocation Village",
    "jiandang.report.files": "FileResult",
    "jiandang.report.gates": "GateStatus",
    "jiandang.report.model": "Finding GateResult Report Severity",
    "jiandang.reporters.writing": "write",
    "jiandang.run.checking": "check",
    "jiandang.run.load": "load load_changes",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> "Any":
    # Loaded on first use: `jiandang --help` must not wait for Polars.
    if name in _HOME_OF:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
        return value
    raise AttributeError(f"module 'jiandang' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
