"""What if: branches of a recorded negotiation, with changes of the past, supposed events and sweeps."""

from terms.scenarios.branching import Branch
from terms.scenarios.opening import Opened, file_library, open_scenario, read_scenario
from terms.scenarios.points import Point
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.scenario import Scenario
from terms.scenarios.trying import Tried, try_opened, try_point, try_scenario

__all__ = [
    "Branch",
    "Opened",
    "Point",
    "Scenario",
    "Tried",
    "file_library",
    "open_scenario",
    "read_scenario",
    "read_scenario_text",
    "try_opened",
    "try_point",
    "try_scenario",
]
