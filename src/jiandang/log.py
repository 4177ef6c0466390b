"""The log, under the name `jiandang`: what was read, how long it took, why a rule failed.

Silent unless the caller, or `--debug`, gives it a handler.
"""

import logging
from collections.abc import Callable

LOG = logging.getLogger("jiandang")
LOG.addHandler(logging.NullHandler())


class _Fit(logging.Formatter):
    def __init__(self, fit: Callable[[str], str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._fit = fit

    def format(self, record: logging.LogRecord) -> str:
        return self._fit(super().format(record))


def log_to_stderr(fit: Callable[[str], str]) -> None:
    """What `--debug` asks for, each record made fit to be shown."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Fit(fit))
    LOG.addHandler(handler)
    LOG.setLevel(logging.DEBUG)
