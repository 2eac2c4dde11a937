"""What comes with the program, as words on the command line name it: records to read and scenarios to run."""

import os
from pathlib import Path

from terms.cellar.shipped import record_path, shipped_record, shipped_scenarios


def scenario_path(name: str) -> str:
    """The path of a scenario: as given or, where it is a bare word and no file, of the shipped one of that name."""
    folder = shipped_scenarios()
    if folder is None or "/" in name or Path(name).exists():
        return name
    found = sorted(folder.rglob(f"{name.removesuffix('.scenario.yaml')}.scenario.yaml"))
    return os.path.relpath(found[0]) if found else name


def is_shipped_record(name: str) -> bool:
    """Whether a word that is no path here names a shipped record."""
    return record_path(name) != name


__all__ = ["is_shipped_record", "record_path", "scenario_path", "shipped_record", "shipped_scenarios"]
