"""What comes with the program, in the wheel or in a checkout: records to read and scenarios to run."""

import os
from pathlib import Path

import terms

NAME = "istanbul-2025"


def shipped_record(name: str = NAME) -> Path | None:
    """The folder of a shipped record; None when this copy of the program has none."""
    package = Path(terms.__file__).parent
    for seeds in (package / "seeds", package.parent / "seeds"):
        if (seeds / name).is_dir():
            return seeds / name
    return None


def shipped_scenarios() -> Path | None:
    """The folder of the shipped scenarios; None when this copy of the program has none."""
    package = Path(terms.__file__).parent
    return next(
        (folder for folder in (package / "scenario-files", package.parent / "scenarios") if folder.is_dir()),
        None,
    )


def scenario_path(name: str) -> str:
    """The path of a scenario: as given or, where it is a bare word and no file, of the shipped one of that name."""
    folder = shipped_scenarios()
    if folder is None or "/" in name or Path(name).exists():
        return name
    found = sorted(folder.rglob(f"{name.removesuffix('.scenario.yaml')}.scenario.yaml"))
    return os.path.relpath(found[0]) if found else name
