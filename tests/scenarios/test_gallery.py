"""The gallery of scenarios: for every code a file that is wrong in that way, and what is said of it."""

import os
from pathlib import Path

import pytest

from terms.ground.codes import known_codes
from terms.scenarios import try_scenario

GALLERY = Path(__file__).parent / "gallery"
CODES = [code.code for code in known_codes() if code.code.startswith(("E5", "F5", "W5"))]


def said_of(code: str) -> str:
    """What is said of the bad file of a code, its path as seen from the gallery."""
    tried = next(try_scenario(f"{code}.scenario.yaml"))
    assert code in {one.code for one in tried.faults}
    return tried.report()


@pytest.mark.parametrize("code", CODES)
def test_what_is_said_of_a_bad_scenario_is_known_word_for_word(code, monkeypatch):
    monkeypatch.chdir(GALLERY)
    said = said_of(code)
    golden = GALLERY / f"{code}.txt"
    if os.environ.get("GALLERY") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_golden_text_has_lost_its_code():
    assert {path.stem for path in GALLERY.glob("*.txt")} == set(CODES)
