"""A scenario can expect how many changes let a deal exist, and who could make them alone."""

import pytest

from terms.records import read_record
from terms.scenarios import try_opened
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened
from terms.scenarios.reading import read_scenario_text
from tests.corpus.stage import HERE
from tests.scenarios.test_expecting import ENDED
from tests.scenarios.test_expecting import tried as told_of

EXAMPLE = read_record(str(HERE / "analyses" / "worked-example.record.yaml"))
RIVALS = """format: terms-scenario/1
base: {record: r}
suppose:
  - {id: joint, date: +1d, kind: agree, by: [auria, borva], terms: {monitor: patrol}}
expect:
  - """
BASE = "format: terms-scenario/1\nbase: {record: r}\nexpect:\n  - "


def tried(text: str):
    library = Library(lambda path: EXAMPLE, lambda path: read_scenario_text("", path))
    [found] = try_opened(opened(read_scenario_text(text, "x.scenario.yaml"), library))
    return found


@pytest.mark.parametrize(
    "claim", ["{at: e19, unlock: 4}", "{at: e19, unlock: auria}", "{at: e19, unlock: borva}"]
)
def test_the_fewest_changes_and_each_party_alone_are_expected(claim):
    assert tried(BASE + claim).passed


def test_another_number_is_told_with_the_events_behind_it():
    found = tried(BASE + "{at: e19, unlock: 3}")
    assert [one.message for one in found.failures] == [
        "the fewest changes that let a deal exist are 4 after e19, expected unlock: 3"
    ]
    assert "e19" in found.report()


def test_a_supposed_agreement_leaves_one_conflict_less():
    assert tried(RIVALS + "{unlock: 3}").passed


def test_what_was_never_to_be_is_told_with_the_events_that_made_it_so():
    asked = tried(BASE + "{at: e19, zone: exists}").failures
    never = tried(RIVALS + "{never: {zone: empty}}").failures
    [one], [other] = asked, never
    assert one.because
    assert len(other.because) > 1


@pytest.mark.parametrize("claim", ["{zone: exists}", "{unlock: 0}", "{unlock: north}"])
def test_a_deal_that_was_never_to_be_is_told_with_every_position_that_it_satisfies(claim):
    [found] = told_of(f"{ENDED}{{never: {claim}}}")
    [fault] = found.failures
    named = [line.partition(" in ")[2].partition(" ")[0] for line in fault.because]
    assert named == ["n-open", "s-no", "med-25", "n-yes", "s-yes"]


def test_who_could_unlock_the_talks_alone_is_told_with_that_partys_positions():
    [fault] = tried(RIVALS + "{never: {unlock: auria}}").failures
    assert fault.message == "auria alone can let a deal exist after joint, expected never"
    assert {line.partition(" ")[0] for line in fault.because} == {"auria"}
