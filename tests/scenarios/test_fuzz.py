"""Mutants of scenarios, a few on every change; `make fuzz` runs more."""

import pytest

from tests.scenarios import fuzz

MUTANTS = list(fuzz.mutants(150, 7))


def test_the_original_is_read_without_a_fault_but_those_it_expects():
    assert fuzz.verdict(fuzz.FULL) == ""


@pytest.mark.parametrize("place", range(0, len(MUTANTS), 30))
def test_a_mutant_of_a_scenario_neither_crashes_nor_loses_a_change_in_silence(place):
    for text in MUTANTS[place : place + 30]:
        assert fuzz.verdict(text) == "", text


def test_an_edit_without_any_key_that_can_be_read_is_told():
    text = "format: terms-scenario/1\nbase: {record: r}\nedit: [{{is: open}: s-walkout}, {}]"
    assert fuzz.verdict(text) == ""
