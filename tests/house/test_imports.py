"""What is imported when: a command answers at once, and pays only for what it uses."""

import subprocess
import sys

import pytest

HEAVY = ("textual", "yaml", "pydantic", "hypothesis", "rich")


def loaded_by(code: str) -> set[str]:
    """The heavy packages that a new interpreter has loaded after running `code`."""
    ask = f"{code}\nimport sys; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_the_package_itself_loads_nothing_heavy():
    assert loaded_by("import terms") == set()


def test_the_command_line_loads_nothing_heavy_before_it_knows_the_verb():
    assert loaded_by("import terms.cli.main") == set()


@pytest.mark.parametrize("room", ["ground.dates", "ground.diagnostics", "ground.rendering", "ground.codes"])
def test_the_ground_needs_neither_models_nor_a_screen(room):
    assert loaded_by(f"import terms.{room}") == set()


@pytest.mark.parametrize("room", ["core", "events", "records", "views"])
def test_no_room_but_the_screen_loads_it(room):
    assert "textual" not in loaded_by(f"import terms.{room}")
