"""What if: branches of a recorded negotiation, with changes of the past, supposed events and sweeps."""

from terms.scenarios.branching import Branch
from terms.scenarios.opening import Opened, open_scenario, read_scenario
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.scenario import Scenario

__all__ = ["Branch", "Opened", "Scenario", "open_scenario", "read_scenario", "read_scenario_text"]
