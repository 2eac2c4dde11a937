"""The record changes under its reader: nobody is moved, and another past is asked about."""

import pytest

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.scenarios.supposing import Change
from terms.tui.commands import listed, press
from terms.tui.desk import Desk, opened
from terms.tui.effects import Replay, Reread
from terms.tui.frame import text
from terms.tui.rereading import reread
from terms.tui.seeing import seen
from terms.tui.whatif import WhatIf, replayed
from tests.tui import ferry


def other(*gone: str, **said: dict[str, object]) -> History:
    """The record without some events and with others saying something else (`kes_open` is `kes-open`)."""
    changes = {name.replace("_", "-"): words for name, words in said.items()}
    spelled = [
        {**event, **changes.get(str(event["id"]), {})} for event in ferry.EVENTS if event["id"] not in gone
    ]
    return History(ferry.header(), [read_event(one) for one in spelled])


def asked(desk: Desk | None = None, fresh: History | None = None) -> Desk:
    return reread(desk or ferry.desk(at="mediator"), fresh or other("paper", "radio"))


def test_an_event_before_the_reader_that_is_gone_is_asked_about_and_nobody_is_moved() -> None:
    before = ferry.desk(at="mediator")
    desk = asked(before)
    assert (desk.here, desk.history, desk.record) == ("mediator", before.history, before.record)
    assert [command.id for command in listed(desk)] == ["rewritten.stay", "rewritten.go", "rewritten.alone"]
    shown = text(desk)
    assert "The past has changed" in shown
    assert "From paper on" in shown
    assert "another past: 2 gone. You are at mediator." in shown


@pytest.mark.parametrize("field", [{"quote": "Otherwise."}, {"date": "2031-03-05"}])
def test_an_event_that_says_something_else_is_another_past(field: dict[str, object]) -> None:
    desk = asked(fresh=other(kes_open=field))
    assert "From kes-open on the record tells another past: 1 changed." in text(desk)


def test_events_in_another_order_and_new_ones_are_another_past() -> None:
    events = ferry.history().events
    turned = History(ferry.header(), [events[1], events[0], *events[2:]])
    assert "another past: another order." in text(asked(fresh=turned))
    more = History(ferry.header(), [*ferry.told({"terms": {}}).events[-1:], *events])
    assert "From meet-1 on the record tells another past: 1 new." in text(asked(fresh=more))


def test_what_changed_behind_the_reader_is_only_told() -> None:
    desk = asked(ferry.desk(at="kes-rej"))
    assert (desk.menu, desk.here, len(desk.history)) == (None, "kes-rej", len(ferry.EVENTS) - 2)
    assert "the record has changed" in desk.message


def test_who_stays_has_the_new_reading_laid_over_the_old_one() -> None:
    desk = ferry.typed(asked(fresh=other(mediator={"terms": {"pullback": "9 km"}})), "enter")
    assert (desk.menu, desk.here, len(desk.history)) == (None, "mediator", len(ferry.EVENTS))
    assert desk.overlay is not None
    assert desk.overlay.name == "the new reading"
    assert ("harbour", "pullback", "first") in desk.starred
    assert "R asks again" in desk.message


def test_who_goes_has_the_old_reading_laid_over_the_new_one_or_nothing() -> None:
    along = ferry.typed(asked(), "down", "enter")
    assert (along.here, len(along.history), along.overlay and along.overlay.name) == (
        "mediator", len(ferry.EVENTS) - 2, "the old reading",
    )  # fmt: skip
    alone = ferry.typed(asked(), *"alone", "enter")
    assert (alone.overlay, alone.newer, alone.message) == (None, None, "the new reading, at mediator")


def test_who_stood_on_what_is_gone_is_told_where_they_are_now() -> None:
    desk = ferry.typed(asked(ferry.desk(at="paper")), *"alone", "enter")
    assert (desk.here, desk.message) == ("kes-rej", "paper is gone; now at kes-rej")


def test_escape_stays_and_the_key_that_reads_again_asks_again() -> None:
    desk = ferry.typed(asked(), "escape")
    assert (desk.menu, desk.overlay) == (None, None)
    assert "R asks again" in desk.message
    again = ferry.typed(desk, "R")
    assert again.menu == "rewritten"
    gone = ferry.typed(again, *"alone", "enter")
    (effect,) = ferry.typed(gone, "R").out
    assert isinstance(effect, Reread)


def test_who_stayed_is_not_asked_at_every_further_change() -> None:
    stayed = ferry.typed(asked(), "enter")
    fresh = other("paper", "radio", "order-k")
    desk = reread(stayed, fresh)
    assert (desk.menu, desk.overlay and desk.overlay.history) == (None, fresh)
    assert "the past has changed; R asks again" in desk.message
    assert reread(ferry.typed(asked(), "escape"), fresh).overlay is None


def test_who_is_typing_is_asked_once_they_are_done() -> None:
    desk = asked(ferry.typed(ferry.desk(at="mediator"), "/", *"pap"))
    assert (desk.menu, desk.prompt and desk.prompt.text) == (None, "pap")
    assert ferry.typed(desk, "escape").menu == "rewritten"
    listing = asked(ferry.typed(ferry.desk(at="mediator"), "?"))
    assert (listing.menu, ferry.typed(listing, "escape").menu) == ("keys", "rewritten")


def test_playing_stops_where_the_past_changes() -> None:
    assert asked(ferry.typed(ferry.desk(at="mediator"), "space")).speed == 0


def test_a_party_is_not_asked_about_what_it_cannot_see() -> None:
    hidden = {"channel": "private", "to": "velm"}
    desk = seen(opened(other(kes_rej=hidden), name="ferry"), View(party="league"))
    quiet = asked(desk, other(kes_rej={**hidden, "note": "more"}))
    assert (quiet.menu, quiet.message) == (None, desk.message)
    assert asked(desk, other("kes-open")).menu == "rewritten"


def test_a_branch_is_replayed_on_the_new_record_and_stays_as_it_was_until_then() -> None:
    before = ferry.on_what_if()
    desk = reread(before, ferry.told({"terms": {"pullback": "22 km"}}))
    (effect,) = desk.out
    assert isinstance(effect, Replay)
    assert (desk.history, desk.branches[0].made) == (before.history, before.branches[0].made)
    made = ferry.played_out(desk)
    assert (made.branch, made.here, made.history.events[-1].id) == ("what-if-1", "velm-accept", "last")
    assert len(made.root) == len(ferry.EVENTS) + 1


GROWN = {"terms": {"pullback": "22 km"}}


def test_what_is_typed_or_chosen_while_a_branch_is_replayed_on_the_new_record_stays() -> None:
    typing = ferry.typed(ferry.on_what_if(), ":", *"close")
    made = ferry.played_out(reread(typing, ferry.told(GROWN)))
    assert (made.prompt, made.history.events[-1].id) == (typing.prompt, "last")
    assert ferry.typed(made, "enter").here == "close"
    choosing = ferry.typed(ferry.on_what_if(), "w", "down")
    made = ferry.played_out(reread(choosing, ferry.told(GROWN)))
    assert (made.menu, made.menu_row, made.prompt) == (choosing.menu, choosing.menu_row, choosing.prompt)
    assert made.history.events[-1].id == "last"


def test_who_left_the_branch_meanwhile_is_not_led_back_and_finds_it_on_the_new_record() -> None:
    asked = reread(ferry.on_what_if(), ferry.told(GROWN))
    left = ferry.played_out(ferry.typed(asked, "escape").but(out=asked.out))
    assert (left.branch, left.here) == ("", "paper")
    back = ferry.played(left, "W", "what-if-1", "enter")
    assert (back.branch, back.history.events[-1].id) == ("what-if-1", "last")


def test_what_stands_on_a_branch_that_is_of_the_old_record_stands_on_the_new_one() -> None:
    one = reread(ferry.on_what_if(), ferry.told(GROWN)).but(out=())
    below = one.branches[0]
    made = replayed(WhatIf("over", below.name, (Change("skip", "meet-1"),)), one.root, one.branches)
    assert isinstance(made, WhatIf)
    assert made.history is not None
    assert made.history.events[-1].id == "last"


def test_a_branch_on_another_past_asks_too() -> None:
    desk = asked(ferry.on_what_if(), other("velm-counter", "kes-rej"))
    assert desk.menu == "rewritten"
    stayed = ferry.typed(desk, "enter")
    assert (stayed.branch, stayed.overlay) == ("what-if-1", desk.overlay)
    gone = ferry.played(desk, "down", "enter")
    assert (gone.branch, len(gone.root)) == ("what-if-1", len(ferry.EVENTS) - 2)


def test_a_branch_that_the_new_record_does_not_bear_stays_in_the_old_one() -> None:
    desk = reread(ferry.on_what_if(), other("kes-open"))
    made = ferry.played(desk, *"alone", "enter")
    assert "kes-open" in made.message
    assert made.here == "velm-accept"
    assert press(made, "escape") is not None
