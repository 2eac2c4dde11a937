"""One assertion on a record: what it takes, and what its failure tells."""

import pytest

from terms.testing import assert_state
from tests.house.source import ROOT

EXAMPLE = ROOT / "seeds" / "example"


@pytest.mark.parametrize(
    "expected",
    [
        {"term": "pullback.distance", "status": "agreed", "value": "25 km"},
        {"term": "pullback.distance", "at": "velm-counter", "status": "open"},
        {"term": "pullback.distance", "at": "2031-03-04", "status": "one-sided"},
        {"term": "pullback.distance", "party": "velm", "at": "velm-counter", "at_most": "20 km"},
        {"agreed": ["pullback.distance"], "deferred": "monitors.count"},
        {"term": "pullback.distance", "not_": "26 km"},
    ],
)
def test_what_a_scenario_may_expect_can_be_asserted_at_an_event_or_on_a_date(expected):
    assert_state(EXAMPLE, **expected)


def test_a_failure_is_told_once_and_ends_in_the_test_that_asserted():
    with pytest.raises(AssertionError) as caught:
        assert_state(EXAMPLE, term="pullback.distance", at="velm-acc-25", value="26 km")
    told = str(caught.value)
    assert told.startswith("\nerror[F501]: pullback.distance = 25 km after velm-acc-25, expected 26 km\n")
    assert told.count("error[") == 1
    assert "= because: velm accepts med-25 in velm-acc-25" in told
    hidden = [entry.frame.f_locals.get("__tracebackhide__") for entry in caught.traceback]
    assert hidden[-1] is True


def test_an_event_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(
        AssertionError, match=r"there is no event 'velm-countr' here[\s\S]*did you mean 'velm-counter'"
    ):
        assert_state(EXAMPLE, term="pullback.distance", at="velm-countr", status="open")
