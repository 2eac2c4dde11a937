"""The scenario of the README runs as it stands there."""

import re
from pathlib import Path

from terms.scenarios import Point, try_opened
from terms.scenarios.opening import file_library, opened
from terms.scenarios.reading import read_scenario_text

README = Path(__file__).parents[2] / "README.md"


def test_the_scenario_of_the_readme_comes_to_what_it_says(monkeypatch):
    monkeypatch.chdir(README.parent)
    text = next(
        block
        for block in re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.S)
        if "suppose:" in block
    )
    found = opened(read_scenario_text(text, "readme.scenario.yaml"), file_library())
    tried = list(try_opened(found))
    assert [one.point for one in tried] == [
        Point((("number", "1000 bodies"),)),
        Point((("number", "6000 bodies"),)),
    ]
    assert [one.report() for one in tried] == ["", ""]
