"""One side of a comparison: a record, a record at a point or at a git revision, a scenario, one at a point.

talks.record.yaml             a record at its end           talks.record.yaml@med-25      after an event
talks.record.yaml@2031-03-05  by a date                     talks.record.yaml@HEAD~3      as it was in git
walk.scenario.yaml            a scenario at its end         walk.scenario.yaml@count=20   at a point of its sweep
"""

import argparse
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from terms.cli.naming import point_of
from terms.cli.opening import opened
from terms.cli.refusal import Refused
from terms.cli.shipped import is_shipped_record, scenario_path
from terms.core.situation import Situation, situation
from terms.scenarios.because import located
from terms.scenarios.grounds import Ground, Library, ground_of_record

SUFFIX = ".scenario.yaml"


class Side(Struct, frozen=True):
    """A situation with the words it was asked for by, and where each of its events stands in a file."""

    label: str
    at: Situation
    where: Callable[[str], str]
    code: int = 0


def is_side(name: str) -> bool:
    """Whether a name can only be a side of its own: a scenario, or a path, with or without a point."""
    path = name.rpartition("@")[0] or name
    if path.endswith((".yaml", ".yml")) or Path(path).exists() or is_shipped_record(path):
        return True
    return scenario_path(path).endswith(SUFFIX)


def side_of(options: argparse.Namespace, name: str, library: Library) -> Side:
    """The side that a name stands for.

    Raises:
        Refused: it cannot be read, or names a point that is not there.
    """
    path, at, point = name.rpartition("@") if "@" in name and not Path(name).exists() else (name, "", "")
    found = scenario_path(path)
    if found.endswith(SUFFIX):
        return _scenario(name, found, point, library)
    if at and point.startswith("git:"):
        return _revision(options, name, path, point.removeprefix("git:"))
    try:
        record = opened(options, path)
        at_point = point_of(record.history, point) if point else situation(record.history)
    except Refused as refusal:
        if not point or not _is_revision(path, point):
            raise refusal
        return _revision(options, name, path, point)
    if record.history.view.party is not None:
        return Side(name, at_point, _nowhere, record.code)
    return Side(name, at_point, partial(_place, ground_of_record(record.record)), record.code)


def _scenario(name: str, path: str, point: str, library: Library) -> Side:
    from terms.cli.sweep_points import picked
    from terms.scenarios.opening import open_scenario

    scenario = open_scenario(path, library)
    way = (f"`terms test {path}` shows what is wrong",)
    if scenario.has_errors:
        raise Refused(f"{path} cannot be run as it is written", way)
    points = picked(scenario.scenario, scenario.points, [point] if point else [])
    if len(points) != 1:
        raise Refused(f"{name} has {len(points)} points", (f"name one: {path}@{points[0].name}",))
    branch = scenario.branch(points[0])
    if branch is None or branch.has_errors:
        raise Refused(f"{name} cannot be run as it is written", way)
    return Side(name, situation(branch.ground.history), partial(_place, branch.ground))


def _place(ground: Ground, event: str) -> str:
    return located(ground, event) if event in ground.history.names else ""


def _nowhere(event: str) -> str:
    """Of what one party sees no line is told: it would tell how much stands before it."""
    return ""


# ---- git -------------------------------------------------------------------------------------------


def _folder(path: str) -> Path:
    return Path(path) if Path(path).is_dir() else Path(path).parent


def _git(path: str, *words: str) -> bytes | None:
    """What git says in the folder of a record; None when it refuses."""
    try:
        told = subprocess.run(
            ["git", "-C", str(_folder(path)), *words], capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout


def _is_revision(path: str, words: str) -> bool:
    return (
        not words.startswith("-") and _git(path, "rev-parse", "--verify", f"{words}^{{commit}}") is not None
    )


def _revision(options: argparse.Namespace, name: str, path: str, revision: str) -> Side:
    """A record as it was at a revision, with all that it includes from its own folder."""
    if not _is_revision(path, revision):
        raise Refused(f"git knows no revision '{revision}' of {path}")
    packed = _git(path, "archive", "--format=tar", revision, ".")
    if packed is None:
        raise Refused(f"git cannot give {path} at '{revision}'", ("was it there then?",))
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        inner = folder if Path(path).is_dir() else str(Path(folder) / Path(path).name)
        record = opened(options, inner)
        ground = ground_of_record(record.record)
    if record.history.view.party is not None:
        return Side(name, situation(record.history), _nowhere, record.code)
    shown = partial(_at_revision, partial(_place, ground), folder, f"{path}@{revision}")
    return Side(name, situation(record.history), shown, record.code)


def _at_revision(where: Callable[[str], str], folder: str, label: str, event: str) -> str:
    return where(event).replace(folder, label)
