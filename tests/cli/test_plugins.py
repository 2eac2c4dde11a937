"""A command of ours asks for no plug-ins of pydantic, and does not load what looks for them."""

import subprocess
import sys

ASK = """
import sys
{before}
from terms.cli.plugins import without_plugins
without_plugins()
from terms.core.event import read_event
import terms.events
event = read_event({{"id": "m", "date": "2031-03-01", "kind": "meet", "x-own": "read by pydantic"}})
print(event.id, "importlib.metadata" in sys.modules)
{after}
"""


def told(before: str = "", after: str = "") -> str:
    """What a new process says that reads an event."""
    code = ASK.format(before=before, after=after)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_an_event_is_read_without_looking_for_plugins():
    assert told() == "m False\n"


def test_who_wants_plugins_has_them():
    assert told(before="import os; os.environ['PYDANTIC_DISABLE_PLUGINS'] = 'other'") == "m True\n"


def test_whatever_else_is_asked_of_the_loader_is_answered_by_the_real_one():
    after = """
from pydantic.plugin import _loader
print(_loader.PYDANTIC_ENTRY_POINT_GROUP, hasattr(_loader, "__path__"))
print("importlib.metadata" in sys.modules, sys.modules["pydantic.plugin._loader"].__file__.endswith(".py"))
"""
    assert told(after=after) == "m False\npydantic False\nTrue True\n"
