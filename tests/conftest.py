"""One hypothesis profile for the whole suite."""

import os

from hypothesis import HealthCheck, settings

# A busy machine is slow, not wrong: no deadlines, and no failure for examples that take long to
# make. In CI the examples are the same at every run: what fails there is the change.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("suite")
