"""What comes with the program, in the wheel or in a checkout: records to read and scenarios to run.

A shipped record goes by its name, `example`, or as it lies in a checkout, `seeds/example`, from wherever one works.
"""

import os
from pathlib import Path

import terms

NAME = "istanbul-2025"
FOLDER = "seeds"


def shipped_record(name: str = NAME) -> Path | None:
    """The folder of a shipped record; None when this copy of the program has none."""
    return next((seeds / name for seeds in _seeds() if (seeds / name).is_dir()), None)


def shipped_records() -> tuple[str, ...]:
    """The names of the shipped records, sorted."""
    return tuple(sorted({one.name for seeds in _seeds() if seeds.is_dir() for one in seeds.iterdir()}))


def _seeds() -> tuple[Path, ...]:
    package = Path(terms.__file__).parent
    return package / FOLDER, package.parent / FOLDER


def record_path(path: str, words: str | None = None) -> str:
    """A path as given or, where nothing is there, of the shipped record that its `words` name.

    `words` are the path as it was written, where it was written in a file and `path` leads there from it.
    """
    name = (path if words is None else words).rstrip("/").removeprefix(f"{FOLDER}/")
    if name in ("", ".", "..", "-") or "/" in name or ":" in name or os.path.exists(path):
        return path
    found = shipped_record(name)
    return str(found) if found is not None else path


def shipped_scenarios() -> Path | None:
    """The folder of the shipped scenarios; None when this copy of the program has none."""
    package = Path(terms.__file__).parent
    return next(
        (folder for folder in (package / "scenario-files", package.parent / "scenarios") if folder.is_dir()),
        None,
    )
