"""The files of this repository speak of the project alone and work on any machine."""

import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

FOLDERS = ("terms", "tests", "seeds", "scenarios", ".github", ".ci")
KINDS = {".py", ".md", ".yaml", ".toml", ".lock", ".txt", ".json", ".cfg", ".gitignore", ""}
FILES = sorted(
    path
    for start in (*(ROOT / folder for folder in FOLDERS), ROOT)
    for path in (start.glob("*") if start == ROOT else start.rglob("*"))
    if path.is_file()
    and path.suffix in KINDS
    and "__pycache__" not in path.parts
    and not path.name.startswith(".cov")
)
OWN_MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|root|home|opt|Users)/")
REGISTRY = re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]|(?<!emit-)(?:index[-]url|find[-]links)")
NOT_HERE = re.compile(r'pytest[.]skip\("[a-z]+ is not installed"\)')
"""The one reason to leave a test out: a program that no package index carries is not on this machine."""
LEFT_UNDONE = re.compile(
    r"mark[.](?:skip|xfail)|pytest[.](?:skip|xfail|importorskip)|unittest[.]skip|\bFIX" + r"ME\b"
)


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line) and not NOT_HERE.search(line)
    ]


@pytest.mark.parametrize(
    "pattern", [OWN_MACHINE, REGISTRY, LEFT_UNDONE], ids=["paths", "registries", "left undone"]
)
def test_no_file_names(pattern):
    assert lines_with(pattern) == []


def test_the_lock_pins_every_package_by_its_hash():
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith(" ")]
    assert all(re.match(r"[a-z0-9.-]+(\[[a-z0-9, -]+\])?==\S+ .*\\$", line) for line in pinned)
    assert all(line.strip().startswith("--hash=sha256:") for line in lines if line.startswith(" "))


def test_the_lock_pins_a_package_with_the_extras_that_it_is_asked_for_with():
    """Older pips look for `package[extra]` on their own, and refuse the newer release that they find without a hash."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [Requirement(line.rstrip(" \\")) for line in lines if not line.startswith(" ")]
    extras = {canonicalize_name(one.name): one.extras for one in pinned}
    asked: dict[str, set[str]] = {name: set() for name in extras}
    for name, its_extras in extras.items():
        with suppress(PackageNotFoundError):  # locked for another system or version of Python
            for one in map(Requirement, distribution(name).requires or ()):
                wanted = one.marker is None or any(
                    one.marker.evaluate({"extra": extra}) for extra in ("", *its_extras)
                )
                if wanted and one.extras:
                    asked[canonicalize_name(one.name)] |= one.extras
    assert any(asked.values())
    assert {name: wanted for name, wanted in asked.items() if not wanted <= extras[name]} == {}
