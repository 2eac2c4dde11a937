"""What the tests of the screen in a real terminal have in common."""

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


@pytest.fixture
def reads_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a test takes here, a record is read again only where its reader asks for it."""
    monkeypatch.setattr("terms.tui.app.LOOK_AGAIN", 3_600)
