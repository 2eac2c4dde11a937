"""What every verb prints, compared whole with what was read and found right."""

from pathlib import Path

import pytest

from tests import golden

CASES = golden.cases(Path(__file__).parent / "golden")


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_command_prints_what_its_golden_file_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    golden.check(path)
