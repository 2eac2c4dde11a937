"""The source of the package, as the tests of the house read it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "terms"
LOWER_FLOORS = ("ground", "values", "core", "events")


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """Every module of the package, or of some of its rooms."""
    folders = [PACKAGE / room for room in rooms] or [PACKAGE]
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def dotted(path: Path) -> str:
    """The name by which a module is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def shown(path: Path) -> str:
    """A path as a person finds it from the top of the repository."""
    return path.relative_to(ROOT).as_posix()
