"""What all tests share: one hypothesis profile, and Polars on one thread.

Tables of a few hundred rows only lose by more threads; jiandang's own workers have one as well.
The processes that tests start have as many as they like: Polars reads the variable when it is
first used.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ["POLARS_MAX_THREADS"] = "1"
import polars as pl

assert pl.thread_pool_size() == 1
del os.environ["POLARS_MAX_THREADS"]

# A busy machine is slow, not wrong: no deadlines, and no failure for examples that take long to
# make. In CI the examples are the same at every run: what fails there is the change.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--households", default=1000, type=int, help="size of the town true to life")
