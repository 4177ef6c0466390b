"""When work is done in several processes, and what becomes of one that dies."""

import os
from pathlib import Path

import numpy as np
import pytest

from jiandang.run.processes import Workers, jobs_for


def sized(folder: Path, *sizes: int) -> list[Path]:
    paths = [folder / f"{number}.xlsx" for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        with path.open("wb") as stream:
            stream.truncate(size)
    return paths


def test_processes_are_started_where_there_is_much_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert jobs_for(sized(tmp_path, 1000, 1000)) == 1
    assert jobs_for(sized(tmp_path, 3_000_000, 3_000_000)) == 2
    assert jobs_for(sized(tmp_path, *[1_000_000] * 9)) == 4
    assert jobs_for(sized(tmp_path, *[1000] * 90)) == 1
    assert jobs_for(sized(tmp_path, *[1000] * 110)) == 4  # each takes time of its own
    assert jobs_for([tmp_path / "nowhere.xlsx", tmp_path]) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_use_up_the_items(jobs: int) -> None:
    items = [str(number) for number in range(9)]
    with Workers(jobs) as workers:
        assert list(workers.map(int, items, len)) == [*range(9)]
    assert items == []


def test_arrays_are_sent_whole() -> None:
    arrays = [np.arange(number, dtype=np.uint64) for number in (0, 3, 100_000)]
    with Workers(2) as workers:
        assert [*workers.map(np.sum, arrays, len)] == [0, 3, 4_999_950_000]


def test_a_process_that_dies_loses_no_other_item() -> None:
    items = ["1 + 1", "__import__('os')._exit(3)", "2 + 2"]
    with Workers(2) as workers:
        assert list(workers.map(eval, items, len)) == [2, 25, 4]
        assert list(workers.map(eval, ["3 + 3"], len)) == [6]


def test_processes_are_spawned_as_windows_does() -> None:
    """A forked one would have what this process has set; a spawned one begins anew."""
    os.only_here = True  # type: ignore[attr-defined]
    try:
        with Workers(2) as workers:
            asked = ["hasattr(__import__('os'), 'only_here')", "1"]
            assert [*workers.map(eval, asked, len)] == [False, 1]
    finally:
        del os.only_here  # type: ignore[attr-defined]
