"""The log, under the name `jiandang`: what was read, how long it took, why a rule failed.

Silent unless the caller, or `--debug`, gives it a handler.
"""

import logging

LOG = logging.getLogger("jiandang")
LOG.addHandler(logging.NullHandler())


def log_to_stderr() -> None:
    """What `--debug` asks for."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.DEBUG)
