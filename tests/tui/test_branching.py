"""What if, from the keyboard: the branch on the screen, the prompts, the list of branches, the file it is saved to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.testing.strategies import histories
from terms.tui import branching, matrix
from terms.tui.commands import listed, run_command, valid
from terms.tui.completing import suggestions
from terms.tui.desk import Desk, opened
from terms.tui.effects import KeepScenario, Replay
from terms.tui.frame import text
from terms.tui.leaving import modes
from terms.tui.whatif import WhatIf
from tests.tui import ferry

ADD = ("w", "add", "enter")


def on_skip(event: str = "mediator") -> Desk:
    return ferry.played(ferry.desk(at=event), "w", "skip", "enter", "enter")


# ---- making one -----------------------------------------------------------------------------------


def test_an_event_is_skipped_from_where_one_stands_and_the_record_stays_as_it_was() -> None:
    desk = on_skip()
    assert (desk.branch, desk.here) == ("what-if-1", "order-v")
    assert not matrix.holds(desk.history, "mediator")
    assert matrix.holds(desk.root, "mediator")
    assert len(desk.root) == len(ferry.EVENTS)
    assert "what-if-1 (* vs ferry)" in text(desk).splitlines()[0]


def test_an_event_is_edited_with_the_fields_of_a_patch() -> None:
    desk = ferry.played(
        ferry.desk(at="mediator"),
        "w",
        "edit",
        "enter",
        "terms:",
        "space",
        "{pullback:22",
        "space",
        "km}",
        "enter",
    )
    assert (desk.branch, desk.here) == ("what-if-1", "mediator")
    assert "22 km" in text(desk)
    assert ("harbour", "pullback", "first") in desk.starred


def test_an_event_is_added_behind_the_one_stood_on_and_stood_on_then() -> None:
    desk = ferry.on_what_if()
    assert desk.here == "velm-accept"
    assert desk.history.events[desk.steps - 2].id == "paper"
    assert desk.starred == {("velm", "ferry", "first")}
    assert "* Velm Front on ferry: + open here, ^ escorted in ferry; first differs:" in text(
        desk.but(width=200)
    )


def test_an_offer_is_answered_by_the_party_of_the_cell() -> None:
    desk = ferry.played(ferry.desk(at="mediator"), "left", "w", "answer", "enter")
    assert desk.prompt is not None
    assert desk.prompt.text == "kind: accept, by: velm, of: mediator"
    own = ferry.played(ferry.desk(at="mediator"), "w", "answer", "enter")
    assert own.prompt is not None
    assert own.prompt.text == "kind: accept, by: kestria, of: mediator"


def test_a_change_on_a_what_if_joins_it_and_can_be_taken_back() -> None:
    desk = ferry.played(ferry.on_what_if(), "w", *"skip", "enter", "ctrl+u", "radio", "enter")
    assert (desk.branch, len(desk.branches)) == ("what-if-1", 1)
    assert [change.id for change in desk.branches[0].changes] == ["velm-accept", "radio"]
    back = ferry.played(desk, "w", "take", "enter")
    assert [change.id for change in back.branches[0].changes] == ["velm-accept"]
    gone = ferry.played(back, "w", "take", "enter")
    assert (gone.branch, gone.branches, gone.record) == ("", (), ferry_root(gone))
    assert "is gone" in gone.message


def ferry_root(desk: Desk) -> History:
    return desk.root


def test_skipping_all_that_was_added_discards_the_what_if() -> None:
    desk = ferry.played(ferry.on_what_if(), "w", "skip", "enter", "enter")
    assert (desk.branch, desk.branches) == ("", ())


def test_a_what_if_under_a_view_is_seen_through_that_view_and_so_is_its_base() -> None:
    start = ferry.played(ferry.desk(at="paper"), "P", "league", "enter", ":", "velm-counter", "enter")
    desk = ferry.played(start, *ADD, "accept,by:kestria,of:velm-counter,only:[ferry]", "enter")
    assert desk.overlay is not None
    assert desk.history.view.party == desk.overlay.history.view.party == "league"
    assert desk.starred == {("kestria", "ferry", "first")}
    whole = ferry.typed(desk, "V")
    assert (whole.branch, whole.overlay, whole.branches) == ("", None, ())
    assert whole.history is whole.record is desk.root
    again = ferry.played(whole, "P", "league", "enter", "W", "what-if", "enter")
    assert (again.branch, again.history.view.party) == (desk.branch, "league")
    assert ferry.typed(again, "escape").history.view.party == "league"


@given(history=histories(max_size=6), choice=st.integers(0, 99))
def test_whatever_is_skipped_escape_leads_back_to_the_record_itself(history: History, choice: int) -> None:
    desk = opened(history, name="generated")
    if not history.events:
        assert "w" not in {key for command in valid(desk) for key in command.keys}
        return
    desk = ferry.played(desk, ":", str(choice % len(history) + 1), "enter", "w", "skip", "enter", "enter")
    assert (desk.branch, desk.root) == ("what-if-1", history)
    while modes(desk):
        desk = ferry.typed(desk, "escape")
    assert (desk.history, desk.record, desk.branch, desk.overlay) == (history, history, "", None)


# ---- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("add", "enter", "accept,by:velm,of:papr"), "did you mean 'paper'"),
        (("add", "enter", "acept,by:velm"), "did you mean 'accept'"),
        (("add", "enter", "["), "never closed"),
        (("skip", "enter", "x"), "there is no event 'mediatorx'"),
        (("skip", "enter", "ctrl+u"), "name the events"),
        (("edit", "enter", "id:other"), "keeps its id"),
        (("edit", "enter", "trems:{}"), "did you mean"),
    ],
)
def test_what_is_wrong_is_told_below_the_prompt_and_nothing_typed_is_lost(
    keys: tuple[str, ...], told: str
) -> None:
    typed = ferry.played(ferry.desk(at="mediator"), "w", *keys)
    desk = ferry.played(typed, "enter")
    assert desk.prompt == typed.prompt
    assert told in desk.message
    assert desk.branches == ()
    back = ferry.typed(desk, "escape")
    assert (back.prompt, back.message, back.history) == (None, "", typed.history)


def test_what_was_asked_is_not_gone_to_once_the_reader_typed_on() -> None:
    asked = ferry.typed(ferry.desk(at="mediator"), "w", "enter", "enter")
    (replay,) = asked.out
    assert isinstance(replay, Replay)
    for later in (ferry.typed(asked, "x"), ferry.typed(asked, "escape"), ferry.typed(asked, "escape", "?")):
        assert branching.replayed(later, replay, "no") is later


def test_a_branch_whose_base_is_not_there_says_so() -> None:
    from terms.tui.whatif import replayed

    told = replayed(WhatIf("lost", "nowhere"), ferry.history(), ())
    assert told == "'nowhere', which it stands on, is not there"
    assert replayed(WhatIf("none"), History(ferry.header(), ()), ()) == "there is no event to branch from"
    broken = WhatIf("broken", make=lambda party: "it cannot be run")
    assert replayed(WhatIf("over", "broken"), ferry.history(), (broken,)) == "it cannot be run"
    desk = ferry.played(ferry.desk().but(branches=(broken,)), "W", "broken", "enter")
    assert (desk.message, desk.branch) == ("it cannot be run", "")


# ---- from branch to branch ------------------------------------------------------------------------


def test_the_branches_are_listed_and_gone_to_and_each_lies_over_its_base() -> None:
    one = ferry.played(ferry.on_what_if(), "escape", "w", "skip", "enter", "enter")
    assert [command.title.partition(":")[0] for command in listed(ferry.typed(one, "W"))] == [
        "ferry", "what-if-1", "what-if-2",
    ]  # fmt: skip
    other = ferry.played(one, "W", "what-if-1", "enter")
    assert (other.branch, other.overlay and other.overlay.name) == ("what-if-1", "ferry")
    assert ferry.played(other, "W", "what-if-1", "enter").message == "already on what-if-1"


def test_the_record_gone_to_from_a_branch_has_the_branch_laid_over_it() -> None:
    desk = ferry.played(ferry.on_what_if(), "W", "ferry:", "enter")
    assert (desk.branch, desk.overlay and desk.overlay.name) == ("", "what-if-1")
    assert desk.here == "paper"
    later = ferry.typed(desk, ".")
    assert later.starred == {("velm", "ferry", "first")}
    assert modes(later) == ["overlay"]


def test_what_is_skipped_edited_and_added_is_marked_in_the_list() -> None:
    desk = ferry.played(
        ferry.on_what_if(), "w", "skip", "enter", "ctrl+u", "mediator", "enter", ":paper", "enter", "w", "edit", "enter",
        "channel:public", "enter", "1",
    )  # fmt: skip
    told = {
        mark: [line for line in text(desk).splitlines() if f" {mark} " in line]
        for mark in ("SKIP", "EDIT", "ADD")
    }
    assert {mark: len(lines) for mark, lines in told.items()} == {"SKIP": 1, "EDIT": 1, "ADD": 1}
    assert "prop" in told["SKIP"][0]


def test_a_click_beside_a_skipped_event_steps_to_the_one_shown_there() -> None:
    from terms.tui.pointing import clicked

    desk = on_skip()
    rows = [line for line in text(desk).splitlines() if " SKIP " in line]
    row = text(desk).splitlines().index(rows[0])
    assert clicked(desk, 10, row).here == desk.here
    assert clicked(desk, 10, row + 1).here == "acc-short"


def test_a_branch_that_ends_earlier_differs_from_all_of_its_base() -> None:
    desk = ferry.played(ferry.desk(at="close"), "w", "skip", "enter", "space", "velm-monitors", "enter")
    assert "here, at bad-accept" in desk.message
    assert desk.here == "bad-accept"
    assert desk.starred == {("velm", "pullback.monitors", "first")}


def test_what_lies_over_is_narrowed_to_what_differs_then_taken_off_then_asked_for() -> None:
    desk = ferry.on_what_if()
    only = ferry.typed(desk, "o")
    assert (only.only, only.rows) == ("differing", (("ferry", "first"),))
    assert "differing terms 1-1 of 1 (5 in all)" in text(only)
    assert "nothing differs from what is laid over" in text(ferry.typed(only, "g"))
    off = ferry.typed(only, "o")
    assert (off.only, off.overlay, off.branch) == ("all", None, "what-if-1")
    again = ferry.typed(off, "o", "enter")
    assert again.overlay == desk.overlay
    assert "'base' names no" in ferry.typed(ferry.desk(), "o", *"base", "enter").message


def test_the_fork_is_gone_to_by_its_name() -> None:
    desk = on_skip()
    assert "acc-short (: fork goes there)" in desk.message
    assert ferry.typed(desk, ":", *"fork", "enter").here == "acc-short"
    same = ferry.typed(ferry.desk(), "o", *"whole", "enter", ":", *"fork", "enter")
    assert same.message == "no position ever differs"
    assert "is no event" in ferry.typed(ferry.desk(), ":", *"fork", "enter").message


def test_a_difference_of_the_two_sides_is_one_key_away() -> None:
    desk = ferry.typed(ferry.on_what_if(), "O")
    assert desk.comparing
    assert (desk.old.name, desk.new.name) == ("ferry", "what-if-1")
    assert desk.differing == {("velm", "ferry", "first")}


# ---- typing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kind: acc", "accept"),
        ("kind: accept", "accept, "),
        ("kind: accept, b", "by: "),
        ("kind: accept, by: v", "velm"),
        ("kind: accept, by: velm, of: pa", "paper"),
        ("kind: accept, by: velm, of: paper, only: [pull", "pullback"),
        ("kind: propose, by: velm, terms: ", "{ferry: "),
        ("kind: propose, by: velm, terms: {ferry: open, pu", "pullback: "),
        ("kind: accept, by: velm, of: paper, only: [pullback.monitors", "pullback.monitors], "),
        ("kind: accept, channel: pr", "private"),
        ("kind: accept, after: me", "meet-1"),
    ],
)
def test_tab_completes_the_fields_of_an_event(typed: str, offered: str) -> None:
    desk = ferry.played(ferry.desk(at="mediator"), *ADD, "ctrl+u")
    desk = ferry.typed(desk, *(letter if letter != " " else "space" for letter in typed))
    assert offered in suggestions(desk)


def test_who_types_the_kind_that_stands_there_already_has_it_once() -> None:
    words = "kind: accept, by: velm, of: mediator"
    adding = ferry.played(ferry.desk(at="mediator"), *ADD)
    desk = ferry.typed(adding, *(letter if letter != " " else "space" for letter in words))
    assert adding.prompt is not None
    assert desk.prompt is not None
    assert (adding.prompt.text, desk.prompt.text) == ("kind: ", words)
    assert ferry.played(desk, "enter").branch == "what-if-1"


def test_tab_offers_what_an_edited_event_says_now() -> None:
    desk = ferry.played(ferry.desk(at="kes-rej"), "w", "edit", "enter", "on", "tab", "tab")
    assert desk.prompt is not None
    assert desk.prompt.text == "only: pullback"
    assert suggestions(ferry.played(ferry.desk(at="kes-rej"), "w", "edit", "enter"))[0] == "kind: "


def test_what_an_offer_says_is_offered_first_to_who_answers_it() -> None:
    desk = ferry.played(ferry.desk(at="mediator"), *ADD, "accept,by:velm,of:paper,only:")
    assert suggestions(desk)[:3] == ("pullback", "pullback.monitors", "ferry")


def test_names_of_parts_are_offered_in_one_order() -> None:
    told = ferry.told({"one-of": {"plan-b": {"ferry": "open"}, "plan-a": {"ferry": "closed"}}})
    desk = ferry.played(opened(told, name="ferry"), *ADD, "accept,by:kestria,of:last")
    assert [name for name in suggestions(desk) if "/" in name] == ["last/plan-a", "last/plan-b"]


def test_a_prompt_is_edited_where_its_cursor_stands() -> None:
    desk = ferry.played(ferry.desk(at="mediator"), *ADD, "ctrl+u", "abc", "left", "left", "x")
    assert desk.prompt is not None
    assert (desk.prompt.text, desk.prompt.behind) == ("axbc", 2)
    assert suggestions(desk) == ()
    for key, left in (("delete", "axc"), ("backspace", "ac"), ("home", "ac"), ("delete", "c"), ("end", "c")):
        desk = ferry.typed(desk, key)
        assert desk.prompt is not None
        assert desk.prompt.text == left
    assert " add: c_" in text(desk)


# ---- saving ---------------------------------------------------------------------------------------


def asked_to_keep(desk: Desk) -> KeepScenario:
    (effect,) = desk.out
    assert isinstance(effect, KeepScenario)
    return effect


def test_saving_asks_why_the_past_is_changed_and_names_the_base_from_the_file() -> None:
    desk = ferry.typed(on_skip().but(path="talks/ferry.record.yaml"), "w", *"save", "enter")
    assert desk.prompt is not None
    assert desk.prompt.text == "what-if-1.scenario.yaml"
    desk = ferry.typed(desk, "ctrl+u", *"notes/no bridge", "enter")
    assert " why skip mediator: " in text(desk)
    effect = asked_to_keep(ferry.typed(desk, *"rumour", "enter"))
    assert effect.path == "notes/no bridge.scenario.yaml"
    assert "record: ../talks/ferry.record.yaml" in effect.text
    assert "why: rumour" in effect.text


def test_what_is_supposed_behind_the_branch_point_needs_no_reason() -> None:
    desk = ferry.typed(ferry.on_what_if().but(path="ferry.record.yaml"), "w", *"save", "enter", "enter")
    assert "suppose:\n  - id: velm-accept" in asked_to_keep(desk).text


def test_a_saved_what_if_goes_by_the_name_of_its_file() -> None:
    desk = branching.saved(on_skip(), "notes/dry.scenario.yaml")
    assert (desk.branch, desk.branches[0].file) == ("dry", "notes/dry.scenario.yaml")
    assert "`terms run notes/dry.scenario.yaml`" in desk.message
    assert branching.save_name(desk) == "notes/dry.scenario.yaml"


def test_nothing_is_overwritten_unless_somebody_says_yes() -> None:
    desk = branching.taken(ferry.on_what_if().but(path="ferry.record.yaml"), "x.scenario.yaml")
    assert "overwrite it?" in text(desk)
    assert not ferry.typed(desk, "escape").out
    no = ferry.typed(desk, "n", "enter")
    assert (no.prompt and no.prompt.kind, no.out) == ("save", ())
    other = asked_to_keep(ferry.typed(desk, *"other", "enter"))
    assert (other.path, other.replacing) == ("other.scenario.yaml", False)
    assert asked_to_keep(ferry.typed(desk, *"yes", "enter")).replacing


def test_a_record_that_is_in_no_file_cannot_be_saved_on_and_nothing_is_lost() -> None:
    desk = ferry.typed(on_skip(), "w", *"save", "enter", "enter")
    assert "a scenario stands on a file" in desk.message
    assert (desk.prompt and desk.prompt.kind, desk.branch) == ("save", "what-if-1")
    assert ferry.typed(desk, "ctrl+u", "enter").message == "name a file"


def test_a_what_if_is_discarded_and_only_that() -> None:
    desk = ferry.played(ferry.on_what_if(), "escape", "w", "skip", "enter", "enter", "w", "discard", "enter")
    assert [one.name for one in desk.branches] == ["what-if-1"]
    assert "as it was" in desk.message


def test_a_key_for_branches_is_there_only_where_there_are_any() -> None:
    assert "W" not in {key for command in valid(ferry.desk()) for key in command.keys}
    assert "W" in {key for command in valid(ferry.on_what_if()) for key in command.keys}


@given(history=histories(max_size=6), walk=st.lists(st.integers(0, 999), min_size=1, max_size=6))
def test_wherever_one_walks_on_a_what_if_every_frame_is_drawn_and_the_record_stays(
    history: History, walk: list[int]
) -> None:
    if not history.events:
        return
    at = str(walk[0] % len(history.events) + 1)
    desk = ferry.played(opened(history, name="generated", width=100, height=24), ":", at, "enter")
    desk = ferry.played(desk, "w", "skip", "enter", "enter")
    for choice in walk:
        if desk.menu is not None and (offered := listed(desk)):
            desk = ferry.played(desk.but(menu_row=choice % len(offered)), "enter")
        elif desk.prompt is None and (commands := valid(desk)):
            desk = ferry.played_out(run_command(desk, commands[choice % len(commands)]))
        else:
            desk = ferry.typed(desk, "escape")
        assert len(text(desk).splitlines()) == 24
        assert desk.root is history
