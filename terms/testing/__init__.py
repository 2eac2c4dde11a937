"""The kit for property-based tests over negotiations: strategies, stories, laws, a machine, a pytest plugin.

Names are loaded when they are first used, since the plugin is imported by every run of pytest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terms.testing.asserting import assert_state as assert_state
    from terms.testing.catalogue import LAWS as LAWS
    from terms.testing.catalogue import Law as Law
    from terms.testing.law_tests import LawTests as LawTests
    from terms.testing.machine import RecordMachine as RecordMachine
    from terms.testing.machine import run_machine as run_machine
    from terms.testing.measuring import observe as observe
    from terms.testing.stories import Move as Move
    from terms.testing.stories import interpret as interpret

_ROOMS = {
    "LAWS": "catalogue",
    "Law": "catalogue",
    "LawTests": "law_tests",
    "Move": "stories",
    "RecordMachine": "machine",
    "assert_state": "asserting",
    "interpret": "stories",
    "observe": "measuring",
    "run_machine": "machine",
}


def __getattr__(name: str) -> object:
    """A public name of the kit, from the module that it is defined in."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_ROOMS)
