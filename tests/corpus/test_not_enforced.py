"""What real records break and the model must hold without a fault or an enforced order."""

from terms.core.consent import consent_of
from terms.core.duties import obligations
from terms.core.life import axes
from terms.core.situation import situation
from tests.corpus.stage import after, consent, opened, status


def test_effect_may_come_before_the_last_signature():
    history = opened("not-enforced/01-effect-before-declaration")
    assert axes(after(history, "effect"), "truce").life.state == "in force"
    assert consent(after(history, "effect"), "truce") != "agreed"
    assert consent(situation(history), "truce") == "agreed"


def test_one_ceasefire_may_have_several_dates_and_ends():
    owed = obligations(situation(opened("not-enforced/02-several-dates-and-ends")))
    assert [(one.who, one.born) for one in owed] == [(("north",), "n-stop"), (("south",), "s-stop")]


def test_durations_need_not_be_numbers():
    at = situation(opened("not-enforced/03-wordy-durations"))
    assert at.talks.cell("north", "length").stance.value.words == "until the captives are released"
    assert at.talks.cell("south", "length").stance is not None


def test_what_is_agreed_need_never_take_effect():
    at = situation(opened("not-enforced/04-never-takes-effect"))
    found = axes(at, "truce")
    assert (found.consent.state, found.life.state) == ("agreed", "not begun")
    assert at.talks.session.state == "ended"


def test_dates_may_be_approximate_and_open():
    at = situation(opened("not-enforced/05-inexact-dates"))
    assert consent(at, "roads") == "agreed"


def test_signed_by_a_part_is_not_accepted_by_the_whole():
    at = situation(opened("not-enforced/06-signed-not-accepted"))
    assert consent_of(at, "roads").missing == ("south",)


def test_unsigned_may_be_accepted():
    assert consent(situation(opened("not-enforced/07-unsigned-but-accepted")), "roads") == "agreed"


def test_an_announcement_is_no_acceptance():
    at = situation(opened("not-enforced/08-announced-not-accepted"))
    assert consent(at, "truce") == "not raised"
    assert status(at, "north", "truce") == "silent"


def test_parties_may_hold_different_texts():
    history = opened("not-enforced/09-texts-differ")
    values = {
        str(one.last.cell("north", "roads").stance.value.words)
        for one in (history, *map(history.under, history.rivals))
    }
    assert values == {"open", "closed"}


def test_events_may_be_recorded_out_of_the_order_in_which_they_occurred():
    history = opened("not-enforced/10-out-of-order")
    assert [event.id for event in history.events] == ["a", "b", "c"]
    assert consent(situation(history), "roads") == "agreed"
    assert status(situation(history), "south", "roads") == "accepted"


def test_there_may_be_more_than_two_belligerents():
    at = situation(opened("not-enforced/11-more-than-two"))
    assert consent_of(at, "roads").between == ("league", "north", "south")
