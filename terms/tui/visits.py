"""Where what is kept between two visits lies, and how it is read; asked before anything heavy is loaded."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

FOLDER = "ceasefire-terms"

Kept = dict[str, object]


def state_file(environment: Mapping[str, str]) -> Path:
    """Where places are kept: `$XDG_STATE_HOME`, by default `~/.local/state`."""
    home = environment.get("XDG_STATE_HOME") or os.path.join(environment.get("HOME", "."), ".local", "state")
    return Path(home) / FOLDER / "places.json"


def keys_file(environment: Mapping[str, str]) -> Path:
    """Where a reader's own keys are: `$XDG_CONFIG_HOME`, by default `~/.config`."""
    home = environment.get("XDG_CONFIG_HOME") or os.path.join(environment.get("HOME", "."), ".config")
    return Path(home) / FOLDER / "keys.toml"


def read_places(path: Path) -> dict[str, Kept]:
    """All places kept; none where nothing was ever kept or it cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return (
        {str(name): kept for name, kept in told.items() if isinstance(kept, dict)}
        if isinstance(told, dict)
        else {}
    )
