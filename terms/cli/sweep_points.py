"""Points of a sweep named on the command line: `distance=22km`, as written or without its blanks."""

from collections.abc import Sequence

from terms.cli.refusal import Refused
from terms.ground.suggest import did_you_mean
from terms.records.faults import listed
from terms.scenarios.points import Point
from terms.scenarios.scenario import Scenario


def picked(scenario: Scenario, points: Sequence[Point], asked: Sequence[str]) -> list[Point]:
    """The points that have every value asked for (NAME=VALUE each, or several joined by commas).

    Raises:
        Refused: a name is not swept, or has no such value.
    """
    swept = {name.text: [one.text for one in values] for name, values in scenario.sweep}
    wanted: dict[str, str] = {}
    for words in (part for one in asked for part in _parts(one)):
        name, sign, value = words.partition("=")
        if not sign or name not in swept:
            raise Refused(f"nothing is swept under '{name}'", did_you_mean(name, swept))
        values = {"".join(one.split()): one for one in swept[name]}
        if "".join(value.split()) not in values:
            raise Refused(f"'{value}' is no value of '{name}'", (f"values: {listed(swept[name])}",))
        wanted[name] = values["".join(value.split())]
    return [point for point in points if wanted.items() <= point.mapping().items()]


def _parts(words: str) -> list[str]:
    """`a=1,b=2` as two; a comma inside a value stays where no name and sign follow it."""
    parts: list[str] = []
    for piece in words.split(","):
        if "=" in piece or not parts:
            parts.append(piece)
        else:
            parts[-1] += f",{piece}"
    return parts
