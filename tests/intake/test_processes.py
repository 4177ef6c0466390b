"""When files are read in several processes."""

from pathlib import Path

import pytest

from jiandang.intake.processes import jobs_for


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
    assert jobs_for([tmp_path / "nowhere.xlsx", tmp_path]) == 1
