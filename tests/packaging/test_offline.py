"""The offline kit's papers; its wheels need a package index and are not fetched here."""

import hashlib
import re
from pathlib import Path

import offline
import pytest
from wheels import LOCK, locked


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "jiandang-0.2.0-py3-none-any.whl"
    path.write_bytes(b"a wheel")
    return path


def test_every_requirement_is_exact_and_has_a_hash(wheel: Path, tmp_path: Path) -> None:
    offline.write_papers(tmp_path, wheel, "3.13", ("polars-runtime-compat",))
    entries = (tmp_path / "requirements.txt").read_text("utf-8").strip().split("\n")
    names = [match[1] for line in entries if (match := re.match(r"([a-z0-9._-]+)==", line))]
    locks = {requirement.name for requirement, _ in locked(lock=LOCK)}
    assert {*names} == locks - {"polars-runtime-compat"} | {"jiandang"}
    assert entries[-2:] == [
        "jiandang==0.2.0 \\",
        f"    --hash=sha256:{hashlib.sha256(b'a wheel').hexdigest()}",
    ]
    text = "\n".join(entries)
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z])", text))


def test_old_processors_get_their_runtime_where_it_is_asked(wheel: Path, tmp_path: Path) -> None:
    offline.write_papers(tmp_path, wheel, "3.13", ())
    assert "\npolars-runtime-compat==" in (tmp_path / "requirements.txt").read_text("utf-8")


def test_how_to_install_is_said_for_both_systems(wheel: Path, tmp_path: Path) -> None:
    offline.write_papers(tmp_path, wheel, "3.12", ())
    said = (tmp_path / "安装.txt").read_bytes()
    assert said.startswith(b"\xef\xbb\xbf") and said.count(b"\r\n") == said.count(b"\n")
    assert said.decode("utf-8-sig").count("pip install --no-index --find-links wheels") == 2
    assert "py -3.12" in said.decode("utf-8-sig")
