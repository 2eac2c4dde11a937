"""Law 13: what is concluded from a record follows from the events that the conclusion cites."""

import pytest
from hypothesis import given, settings

from terms.analyses import zone
from terms.core.situation import situation
from terms.testing import certificates
from terms.testing.strategies import histories
from tests.corpus.stage import after, opened
from tests.draws import draws
from tests.told import told


@settings(max_examples=draws(40), deadline=None)
@given(history=histories())
def test_every_conclusion_rests_on_the_events_it_cites(history):
    certificates.findings_rest_on_what_they_cite(history)


@pytest.mark.parametrize("event", ["e4", "e7", "e12", "e19"])
def test_so_does_every_one_of_the_worked_example(event):
    at = after(opened("analyses/worked-example"), event)
    certificates.conflicts_survive(at)
    certificates.knots_survive(at)


def test_a_conflict_with_an_option_picked_cites_who_picked_it():
    picked = situation(
        told(
            "id: s1, kind: propose, by: south, one-of: {open-all: {roads: open}, shut-all: {roads: closed}}",
            "id: n1, kind: propose, by: north, terms: {roads: closed}",
            "id: n2, kind: accept, by: north, of: s1/open-all",
            "id: n3, kind: state, by: north, terms: {roads: closed}",
        )
    )
    certificates.conflicts_survive(picked)
    certificates.agreement_survives(picked)


def test_a_conflict_is_gone_where_one_of_its_events_is_not_on_record():
    at = after(opened("analyses/worked-example"), "e19")
    assert zone.is_empty(certificates.with_only(at, ["e17", "e19"]))
    assert not zone.is_empty(certificates.with_only(at, ["e17"]))
