"""Through the eyes of a party no picture depends on what is hidden from it, whatever key is pressed."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from terms.core.event import Event
from terms.core.header import Header
from terms.core.history import History
from terms.records import read_text
from terms.testing.stories import KIND_NAMES, PARTIES
from terms.testing.strategies import records
from terms.tui import running
from terms.tui.app import StepApp
from terms.tui.asking import sought
from terms.tui.branching import answered
from terms.tui.commands import run_command, valid
from terms.tui.completing import suggestions
from terms.tui.desk import Desk, Prompt, opened
from terms.tui.frame import text
from terms.tui.keeping import place_of, returned
from terms.tui.leaving import modes
from terms.views.contested import Readings
from tests.draws import draws
from tests.hiding import others
from tests.tui import ferry
from tests.tui.test_app import on_screen, settle

WALKS = st.lists(st.integers(0, 200), max_size=4)
TYPED = (
    "",
    "t.",
    "e",
    "see",
    "seen-by ",
    "known 2031-03-03",
    "without e-1",
    "t.yes-no agreed",
    "zzz",
    "M",
    "side:",
)
"""What is typed at a prompt that a walk opens, before it is looked at, and then entered."""

Pictures = list[str]


def begun(header: Header, events: Sequence[Event], party: str) -> Desk:
    """The desk of a reader who opened the record, went about in it, and then looks through the eyes of a party."""
    desk = opened(History(header, events), name="talks", height=30)
    return ferry.typed(desk.but(readings=Readings(desk.history)), "G", "P", *party, "enter")


def pictures(desk: Desk, walk: Sequence[int], typed: str) -> Pictures:
    """What is on the screen from step to step, with the names of the commands that do something there."""
    made = []
    for number in walk:
        able = [one for one in valid(desk) if one.id not in LEAVING or desk.kept_to is not None]
        desk = sought(run_command(desk, able[number % len(able)]))
        if desk.history.view.party is None:
            break  # `esc` led out of the view, to all of the record
        made += [" ".join(one.id for one in able), text(desk)]
        if desk.prompt is not None and desk.menu is None:
            for key in typed:
                desk = ferry.typed(desk, key) if desk.prompt is not None else desk
            made.append(text(desk))
            if desk.prompt is not None:
                desk = ferry.typed(desk, "enter")
        if desk.history.view.party is None:
            break  # the reader looks at all of the record again
        made.append(text(desk))
    return made


LEAVING = ("see.all", "back", "overlay")
"""Ways to what was seen before the party's view, and to laying it over: asked for in so many words."""


@settings(max_examples=draws(40))
@given(
    record=records(kinds=KIND_NAMES, max_size=10), party=st.sampled_from(PARTIES), walk=WALKS,
    typed=st.sampled_from(TYPED), data=st.data(),
)  # fmt: skip
def test_no_picture_of_a_party_s_view_depends_on_what_is_hidden(record, party, walk, typed, data):
    header, events = record
    other = data.draw(others(header, events, party))
    one, two = (begun(*told, party) for told in (record, other))
    assert text(one) == text(two)
    assert pictures(one, walk, typed) == pictures(two, walk, typed)


@settings(max_examples=draws(30))
@given(
    record=records(kinds=KIND_NAMES, max_size=10), party=st.sampled_from(PARTIES), walk=st.lists(st.integers(0, 200), max_size=8),
    typed=st.sampled_from((*TYPED, "whole", "seen-by north")), data=st.data(),
)  # fmt: skip
def test_a_visitor_who_is_served_the_view_of_a_party_never_sees_more(record, party, walk, typed, data):
    header, events = record
    other = data.draw(others(header, events, party))
    one, two = (begun(*told, party).but(kept_to=party) for told in (record, other))
    seen = pictures(one, walk, typed)
    assert seen == pictures(two, walk, typed)
    assert len(seen) >= 2 * len(walk)  # no key led out of the view


PIER = """format: terms/1
title: Talks at the pier
parties:
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
  league: {name: The League, role: mediator}
  watcher: {name: Watchers, role: observer}
terms:
  pullback: {type: quantity, unit: km}
  tunnel: {type: yes-no}
sources:
  M1: {title: Minutes}
  M9: {title: Papers of the tunnel}
events:
  - {id: n-open, date: 2031-03-04, kind: propose, by: north, terms: {pullback: 30 km}, source: M1}
  - {id: paper, date: 2031-03-05, kind: propose, by: north, to: league, via: watcher, channel: private,
     terms: {pullback: 22 km, tunnel: yes}, source: M9}
  - {id: l-no, date: 2031-03-06, kind: reject, by: league, of: paper, source: M1}
  - {id: s-if, date: 2031-03-07, kind: accept, by: south, of: n-open, only-if: league accepts paper, source: M1}
"""
MORE = """  - {id: paper-2, date: 2031-03-08, kind: counter, by: league, to: north, channel: private, of: paper,
     terms: {tunnel: no}, source: M9}
"""


def pier(text: str = PIER) -> History:
    record = read_text(text)
    assert not record.has_errors
    return History(record.header, record.events)


KEYS = (
    "g", ".", ".", "G", "enter", "escape", "w", "escape", "?", *"tun", "escape", ":", *"pa", "tab", "escape",
    "/", *"tunnel", "enter", "f", *"term:t", "tab", "enter", "o", *"see", "tab", "escape", "L", *"M", "tab", "enter",
    "P", *"watchr", "enter", "P", "w", "tab", "escape", "a", "g", "d", "d", "y", "escape", "B", "ctrl+u", *"pullback", "enter",
    "o", *"lens M9", "enter", "o", *"without paper", "enter", "o", *"known 2031-03-05", "enter", "e", "escape",
)  # fmt: skip


async def screens(history: History) -> list[list[str]]:
    """What Textual draws after each key in the view of south."""
    desk = opened(history, name="pier")
    made = []
    one = StepApp(desk)
    async with one.run_test(size=(100, 30)) as pilot:
        await pilot.press("P", *"south", "enter")
        await settle(pilot)
        for key in KEYS:
            await pilot.press({" ": "space", ":": "colon", "/": "slash", "?": "question_mark", "-": "minus",
                               ".": "full_stop"}.get(key, key))  # fmt: skip
            await settle(pilot)
            made.append(on_screen(one))
    return made


@pytest.mark.usefixtures("reads_when_asked")
async def test_no_screen_of_a_party_s_view_tells_of_a_hidden_paper_or_changes_with_it() -> None:
    drawn = await screens(pier())
    other = (
        PIER.replace("22 km, tunnel: yes", "7 km").replace("paper,", "letter,").replace("s paper", "s letter")
    )
    assert drawn == await screens(pier(PIER + MORE))
    assert drawn == await screens(pier(other.replace("2031-03-05", "2031-03-06")))
    told = "\n".join(line for picture in drawn for line in picture)
    assert "undisclosed" in told
    asked = (
        "tunnel",
        "tun",
        "term:t",
        "lens M9",
        "without paper",
        "watchr",
    )  # what was typed itself stands there
    for word in asked:
        told = told.replace(word, "")
    assert [word for word in ("Papers", "Watchers", "watcher", "22 km", "yes") if word in told] == []


def test_from_a_party_s_view_every_other_one_can_be_reached_and_the_record_again() -> None:
    desk = opened(pier(), name="pier")
    south = ferry.typed(desk, "P", *"south", "enter")
    assert sorted(south.history.header.party) == ["league", "north", "south"]
    watcher = ferry.typed(south, "P", *"watcher", "enter")
    assert watcher.history.view.party == "watcher"
    assert sorted(watcher.history.header.term) == ["pullback", "tunnel"]
    assert ferry.typed(watcher, "P", "ctrl+u", "enter").history.header == desk.history.header
    assert ferry.typed(south, "o", *"seen-by watcher", "enter").overlay is not None


def test_whoever_mistypes_a_party_is_told_of_none_that_is_not_known() -> None:
    desk = opened(pier(), name="pier")
    assert "watcher" in ferry.typed(desk, "P", *"watchr", "enter").message
    south = ferry.typed(desk, "P", *"south", "enter")
    assert ferry.typed(south, "P", *"watchr", "enter").message == "'watchr' is no party of this record"
    assert "south" in ferry.typed(south, "P", *"soth", "enter").message


def test_what_was_left_behind_in_another_view_is_not_led_back_to() -> None:
    desk = ferry.typed(opened(pier(), name="pier"), ":", *"paper", "enter", "a", "G", "m", "q")
    desk = ferry.typed(desk, "o", *"without paper", "enter")
    south = ferry.typed(desk, "P", *"south", "enter")
    assert (south.jumps, south.a, south.overlay) == ((), None, None)
    marked = ferry.typed(
        opened(pier(), name="pier"), ":", *"paper", "enter", "m", "q", "P", *"south", "enter", "'", "q"
    )
    assert marked.message == "the event of mark q is not in this view"


def test_no_way_leads_a_visitor_out_of_the_view_that_is_served() -> None:
    south = ferry.typed(opened(pier(), name="pier"), "P", *"south", "enter").but(kept_to="south")
    assert {"see.party", "see.all"}.isdisjoint(one.id for one in valid(south))
    assert "view" not in modes(south)
    late = ferry.typed(south, "K", *"2031-03-04", "enter")
    assert [event.id for event in late.history.events] == ["n-open"]
    assert ferry.typed(late, "escape").history.events == south.history.events
    assert ferry.typed(late, "V").history.view == south.history.view
    for asked in ("whole", "seen-by north"):
        refused = ferry.typed(south, "o", *asked, "enter")
        assert (refused.overlay, "names no second history" in refused.message) == (None, True)
    assert suggestions(south.but(prompt=Prompt("overlay", ""))) == ("known", "lens", "without")
    supposed = sought(ferry.typed(south, "w", "enter", *"kind: accept, by: south, of: n-open", "enter"))
    assert sought(ferry.typed(supposed, "escape", "escape", "escape")).history.view.party == "south"


def test_what_is_served_of_a_party_s_view_is_kept_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun_with: list[Desk] = []

    class Shown:
        return_code = 0

        def __init__(self, desk: Desk, **others: object) -> None:
            begun_with.append(desk)
            self.desk = desk

        def run(self) -> None:
            return None

    monkeypatch.setattr(running, "StepApp", Shown)
    whole = pier()
    for party in ("south", None):
        view = whole if party is None else whole.seen_by(party)
        running.run(view, name="pier", record=whole, served=True)
    assert [desk.kept_to for desk in begun_with] == ["south", None]


@pytest.mark.parametrize("before", [("L", "M9"), ("L", "watcher"), ("f", "source:M9"), ("f", "term:tunnel")])
def test_what_was_typed_before_is_not_looked_through_in_a_party_s_view(before: tuple[str, str]) -> None:
    """The party may not know the source, the person or the term that was typed."""
    desk = ferry.typed(opened(pier(), name="pier"), before[0], *before[1], "enter")
    way = ("K", *"2031-03-07", "enter", "P", *"south", "enter", ":", "1", "enter")
    south = ferry.typed(desk, *way)
    assert text(south) == text(ferry.typed(opened(pier(), name="pier"), *way))
    lens = ferry.typed(south, "L", *"M1", "enter")
    assert lens.history.view.prefer == ("M1",)
    assert ferry.typed(lens, "P", "ctrl+u", *"south", "enter").history.view.prefer == ("M1",)
    assert ferry.typed(lens, "P", "ctrl+u", *"north", "enter").history.view.prefer == ()
    assert ferry.typed(lens, "o", *"seen-by league", "enter").overlay is not None


def test_what_is_laid_over_a_party_s_view_is_what_it_sees_otherwise() -> None:
    south = ferry.typed(opened(pier(), name="pier"), "P", *"south", "enter")
    known = ferry.typed(south, "o", *"known 2031-03-05", "enter").overlay
    assert known is not None
    assert [event.id for event in known.history.events] == ["n-open"]
    whole = ferry.typed(south, "o", *"whole", "enter").overlay
    assert whole is not None
    assert whole.history is south.record


def test_coming_back_to_a_party_s_view_tells_of_no_events_that_it_does_not_see() -> None:
    kept = place_of(ferry.typed(opened(pier(), name="pier"), "P", *"south", "enter"))
    assert returned(opened(pier(PIER + MORE), name="pier"), kept).message == "back at s-if"
    shown = MORE.replace(" channel: private,", "").replace("of: paper", "of: n-open")
    assert "1 new events" in returned(opened(pier(PIER + shown), name="pier"), kept).message


def test_a_place_kept_in_another_view_is_not_named_in_that_of_a_party() -> None:
    """Neither the event that the reader was at, nor what they filtered by, need be known to the party."""
    whole = ferry.typed(
        opened(pier(), name="pier"), "f", *"term:tunnel", "enter", ":", *"paper", "enter", "m", "q", "a"
    )
    kept = place_of(whole)
    south = opened(pier().seen_by("south"), name="pier", record=pier())
    assert text(returned(south, kept)) == text(south)
    assert returned(south, kept).marks == (("q", "paper"),)
    assert "back at paper" in returned(opened(pier(), name="pier"), kept).message


def test_a_what_if_in_a_party_s_view_names_only_what_it_sees() -> None:
    desk = opened(pier(), name="pier")
    assert suggestions(ferry.typed(desk, "P", *"south", "enter").but(prompt=Prompt("skip", "pa"))) == ()
    assert suggestions(desk.but(prompt=Prompt("skip", "pa"))) == ("paper",)
    south = ferry.typed(desk, "P", *"south", "enter")
    assert answered(south, Prompt("skip", "papers")).message == "there is no event 'papers'"
    edited = south.but(prompt=Prompt("edit", "only-if: ", "s-if"))
    assert suggestions(edited) == ("league accepts undisclosed",)


ADDED = ("kind: accept, by: {by}, of: {of}", "kind: propose, by: {by}, terms: {{t.yes-no: no}}", "kind: withdraw, by: {by}, of: {of}",
         "kind: counter, by: {by}, of: {of}, terms: {{t.yes-no: yes}}", "kind: retract, of: {of}")  # fmt: skip
"""What is supposed of an event that the reader stands on."""


WAYS = (
    "enter",
    "W",
    "escape",
    "O",
    "O",
    "g",
    "w",
    "escape",
    "escape",
    "W",
    "enter",
    "P",
    *"east",
    "enter",
    "W",
    "escape",
)
"""Keys with which the reader goes from what is supposed to other parts of the screen, and to the eyes of another."""


def supposing(desk: Desk, place: int, by: str, added: str) -> Pictures:
    """What is on the screen of a party while something is supposed at a place, and then on each way from there."""
    made, party = [], desk.history.view.party
    desk = ferry.typed(desk, ":", *str(place), "enter", "w", *("add" if added else "skip"), "enter")
    desk = ferry.typed(desk, *added.removeprefix("kind: ").format(by=by, of=desk.here))
    for key in (*WAYS, "P", "ctrl+u", *str(party), "enter", "W"):
        able = {name for one in valid(desk) for name in one.keys}
        if desk.prompt is not None or desk.menu is not None or key in able or key == "escape":
            desk = sought(ferry.typed(desk, key))
        if desk.history.view.party == party:
            made.append(text(desk))
    return made


@settings(max_examples=draws(60))
@given(
    record=records(kinds=KIND_NAMES, max_size=10), party=st.sampled_from(PARTIES), place=st.integers(1, 10),
    by=st.sampled_from(PARTIES), added=st.sampled_from(("", *ADDED)), data=st.data(),
)  # fmt: skip
def test_nothing_that_is_supposed_in_a_party_s_view_depends_on_what_is_hidden(
    record, party, place, by, added, data
):
    header, events = record
    other = data.draw(others(header, events, party))
    one, two = (begun(*told, party) for told in (record, other))
    assume(len(one.history) > 0)
    at = min(place, len(one.history))
    assert supposing(one, at, by, added) == supposing(two, at, by, added)
