"""What is installed holds all that the program needs: recordings, pages, vocabulary, types."""

import subprocess
import sys
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest

from tests.house.source import PACKAGE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from this tree, and its metadata."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    with ZipFile(built) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        return names, archive.read(metadata).decode()


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    names, _ = wheel
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.relative_to(ROOT).as_posix() for path in files} <= names


def test_every_recorded_negotiation_is_in_the_wheel(wheel):
    names, _ = wheel
    seeds = {path.relative_to(ROOT).as_posix() for path in (ROOT / "seeds").rglob("*") if path.is_file()}
    assert {f"terms/{name}" for name in seeds} <= names


def test_every_scenario_is_in_the_wheel(wheel):
    names, _ = wheel
    files = (path.relative_to(ROOT / "scenarios") for path in (ROOT / "scenarios").rglob("*.yaml"))
    assert {f"terms/scenario-files/{path.as_posix()}" for path in files} <= names


def test_nothing_else_is_installed_at_the_top(wheel):
    names, _ = wheel
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"terms"}


def test_the_wheel_says_what_it_needs(wheel):
    _, metadata = wheel
    assert "Name: ceasefire-terms\n" in metadata
    assert "Requires-Python: <3.14,>=3.11\n" in metadata
    assert "License-Expression: MIT\n" in metadata
