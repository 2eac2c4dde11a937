"""Each module says what it is for, is short enough to read, and is named for what it does."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from terms.ground.codes import known_codes
from tests.house.source import PACKAGE, ROOT, modules, parsed, shown

LONGEST = 360  # lines; about three screens
NO_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "handler", "data", "info"}
CODE = re.compile(r"[EWFN][0-6]\d\d")


def those(wrong: Callable[[Path], bool]) -> list[str]:
    """The modules with a fault. One test asks all of them: there are hundreds, and each would cost a start."""
    return [shown(path) for path in modules() if wrong(path)]


def test_a_module_begins_with_what_a_newcomer_needs_to_know():
    assert those(lambda path: len(ast.get_docstring(parsed(path)) or "") <= 20) == []


def test_a_module_is_about_three_screens_long():
    long = those(lambda path: len(path.read_text("utf-8").splitlines()) > LONGEST)
    assert long == [], "divide it by what it speaks of"


def test_a_module_is_named_for_what_it_does():
    assert those(lambda path: path.stem in NO_NAMES) == []


def test_a_module_says_what_type_it_means():
    assert those(lambda path: "Any" in imported(path)) == []


def imported(path: Path) -> set[str]:
    """The names that a module imports from others."""
    lines = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom))
    return {alias.name for line in lines for alias in line.names}


@cache
def used_codes() -> frozenset[str]:
    """The codes that stand in the source as texts of their own."""
    constants = (
        node for path in modules() for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant)
    )
    texts = (node.value for node in constants if isinstance(node.value, str))
    return frozenset(text for text in texts if CODE.fullmatch(text))


def test_every_code_that_is_used_has_its_page():
    assert used_codes() - {code.code for code in known_codes()} == set(), "add terms/ground/pages/CODE.md"


def test_every_page_explains_a_code_that_is_used():
    assert {code.code for code in known_codes()} - used_codes() == set(), "remove the page, or use its code"


def test_a_new_state_is_built_in_one_file():
    """Where a position is wrong there is one place to look; `with_` and `without_` are the way in."""
    keeper = PACKAGE / "core" / "talks.py"
    builders = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        if path != keeper
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and builds_talks(node)
    ]
    assert builders == []


def builds_talks(call: ast.Call) -> bool:
    """Whether a call makes a state: `Talks(...)`, or `replace(talks, ...)` in any of its spellings."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = call.args[0] if call.args else None
    return name == "Talks" or (
        name == "replace" and isinstance(first, ast.Name) and first.id in ("talks", "state")
    )


def test_the_top_level_is_fixed():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    made = {"build", "dist", "htmlcov"}
    assert folders - made <= {"terms", "tests", "seeds", "scenarios"}
