"""The trial of one mutant: the tests that reach its lines, in a forked process, until the first that fails.

Which tests reach which lines comes from one run of the suite under coverage. The fork starts with pytest and
the libraries imported but no module of `terms`, so a trial costs what its tests cost.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData
from hypothesis import HealthCheck, Phase, settings

SUITE = (
    "tests/values",
    "tests/core",
    "tests/events",
    "tests/corpus",
    "tests/views",
    "tests/questions",
    "tests/testing/test_continuing.py",
    "tests/scenarios/test_branches.py",
    "tests/house/test_frozen.py",
)
LOOKING = SUITE[-1]
FIXED = (
    "-q",
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--hypothesis-seed=1",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)

BROKEN = 99
UNTOLD = frozenset({4, 5, BROKEN})
"""Exit codes that tell nothing of a mutant: a wrong option, no tests at all, a fault of the trial.

A fault inside pytest (3) does tell: the same tests pass on the same module as it is.
"""

# As on every change, but without shortening what was found: that a mutant dies is all that is asked.
settings.register_profile(
    "mutants",
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Reach:
    """Which tests reach which line of which module, and how long each test takes in seconds."""

    by_line: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def tests(self, module: str, first: int, last: int) -> list[str]:
        """The tests of these lines, the quickest first.

        No test reaches a line that is run on import alone: then it is those of the whole module, and those that
        look at what was imported.
        """
        lines = self.by_line.get(module, {})
        found = {test for line in range(first, last + 1) for test in lines.get(line, ()) if test}
        if not found:
            found = {test for tests in lines.values() for test in tests if test}
            found |= {test for test in self.seconds if test.startswith(LOOKING)}
        return sorted(found or self.seconds, key=lambda test: (self.seconds.get(test, 1.0), test))


def learned(copy: Path) -> Reach:
    """One run of the suite in the copy under coverage. Raises RuntimeError when it does not pass unmutated."""
    kept = copy / "reach.json"
    words = [sys.executable, "-m", "pytest", *FIXED, "-p", "tests.mutants.clock", "--cov=terms"]
    words += ["--cov-context=test", "--cov-report=", "--hypothesis-profile=mutants", *SUITE]
    env = {**os.environ, "TERMS_CLOCK": str(kept), "COVERAGE_FILE": str(copy / "reach.coverage")}
    done = subprocess.run(words, cwd=copy, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the suite does not pass before anything is mutated\n{done.stdout[-3000:]}")
    known = CoverageData(str(copy / "reach.coverage"))
    known.read()
    by_line: dict[str, dict[int, list[str]]] = {}
    for name in known.measured_files():
        path = Path(name)
        if path.is_relative_to(copy):
            lines = known.contexts_by_lineno(name)
            by_line[path.relative_to(copy).as_posix()] = {
                line: [test.partition("|")[0] for test in tests] for line, tests in lines.items()
            }
    return Reach(by_line, json.loads(kept.read_text("utf-8")))


class Chosen:
    """A plugin that leaves only some tests, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list) -> None:  # type: ignore[type-arg]
        items[:] = sorted(
            (one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid]
        )


def tried(copy: Path, module: str, text: str, tests: Sequence[str], limit: float) -> str:
    """`killed`, `timed out` or `survived`: what becomes of a mutant whose module reads `text`. Limit in seconds."""
    path = copy / module
    kept = path.read_text("utf-8")
    _forget(path)
    path.write_text(text, "utf-8")
    try:
        child = os.fork()
        if child == 0:
            _in_child(copy, tests)
        return _awaited(child, limit)
    finally:
        path.write_text(kept, "utf-8")
        _forget(path)


def _in_child(copy: Path, tests: Sequence[str]) -> None:
    import pytest

    code = BROKEN
    try:
        os.setsid()
        os.chdir(copy)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.path[:] = [
            str(copy),
            *(one for one in sys.path if one and not (Path(one) / "terms" / "core").is_dir()),
        ]
        files = sorted({test.partition("::")[0] for test in tests})
        code = pytest.main([*FIXED, "--hypothesis-profile=mutants", *files], plugins=[Chosen(tests)])
    finally:
        sys.stdout.flush()
        os._exit(int(code))


def _awaited(child: int, limit: float) -> str:
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code in UNTOLD:
                raise RuntimeError(f"pytest ended with {code}, which tells nothing of the mutant")
            return "survived" if code == 0 else "killed"
        time.sleep(0.02)
    _ended(child)
    return "timed out"


def _ended(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _forget(path: Path) -> None:
    """Remove what was compiled of a module: a stamp of one second and the same size would hide a change."""
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def copied(root: Path, copy: Path, parts: Iterable[str]) -> None:
    """Copy what git tracks of some folders and files, as it stands now."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--", *parts], cwd=root, capture_output=True, check=True
    ).stdout.decode()
    for name in names.split("\0"):
        if name and (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((root / name).read_bytes())
