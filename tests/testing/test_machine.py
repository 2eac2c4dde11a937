"""The machine that tells talks move by move: what it finds is cut to the shortest record, and kept."""

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from terms.core.history import History
from terms.records import read_record
from terms.testing import RecordMachine
from terms.testing import machine as made
from tests.house.source import ROOT

EXAMPLE = read_record(ROOT / "seeds" / "example")
SHORT = settings(max_examples=30, stateful_step_count=5, deadline=None, derandomize=True)


class NoRefusal(RecordMachine):
    """Talks in which somebody believes that nothing is rejected."""

    header = EXAMPLE.header
    kinds = ("propose", "reject")

    @invariant()
    def nothing_is_rejected(self) -> None:
        """The belief."""
        assert all(event.kind != "reject" for event in self.history.record)


class _Lagging(History):
    """A history that says of its end what was so before the last event."""

    @property
    def last(self):
        """The state one step too early."""
        return self.state(len(self) - 1)


def test_a_belief_that_does_not_hold_is_cut_short_and_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError) as fault:
        run_state_machine_as_test(NoRefusal, settings=SHORT)
    kept = read_record(tmp_path / ".terms" / "cases" / "no-refusal.record.yaml")
    assert [event.kind for event in kept.events] == ["propose", "reject"]
    told = "".join(fault.value.__notes__)
    assert "The shortest record found to break it has 2 events." in told


def test_the_moves_of_a_machine_are_made_once_and_not_at_every_step():
    assert made._moves_of(NoRefusal, ("propose",)) is made._moves_of(NoRefusal, ("propose",))
    assert made._moves_of(NoRefusal, ("reject",)) is not made._moves_of(NoRefusal, ("propose",))


def test_talks_that_are_folded_otherwise_than_at_once_are_kept_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = NoRefusal()
    one.tell(made.Move("propose"))
    one.teardown()
    one.history = _Lagging(one.header, one.history.record)
    with pytest.raises(AssertionError) as fault:
        one.teardown()
    assert "law, no-refusal" in "".join(fault.value.__notes__)
