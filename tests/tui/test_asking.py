"""What is typed at the foot, and what it leads to: completions, filters, folds, what is agreed, who knew by which account."""

import pytest

from terms.core.event import read_event
from terms.core.history import History
from terms.tui.completing import suggestions
from terms.tui.desk import Desk, opened
from terms.tui.frame import text
from terms.tui.panes import event as event_pane
from tests.tui import ferry


def offered(*keys: str) -> tuple[str, ...]:
    return suggestions(ferry.typed(ferry.desk(), *keys))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("f", *"pa"), ("party:",)),
        (("f", *"party:k"), ("party:kestria",)),
        (("f", *"term:pull"), ("term:pullback", "term:pullback.monitors")),
        (("f", *"move:le"), ("move:leak",)),
        (("f", *"by:ke"), ("by:kestria",)),
        (("f", *"source:R"), ("source:R1",)),
        (("f", *"tag:p"), ("tag:paper",)),
        (("f", *"round:"), ("round:1",)),
        (("f", *"stage:s"), ("stage:settlement",)),
        (("f", *"status:one"), ("status:one-sided",)),
        (("f", *"date:2"), ()),
        ((":", *"vel"), ("velm", "velm-counter", "velm-acc", "velm-monitors")),
        (("P", *"har"), ("harbour",)),
        (("L", *"side:"), ("side:kestria", "side:velm")),
        (("B", "ctrl+u", *"kestria pullback.m"), ("pullback.monitors",)),
        (("B", "ctrl+u", *"pullback agr"), ("agreed",)),
        (("B", "ctrl+u", *"dead"), ("deadlock",)),
        (("o", *"se"), ("seen-by",)),
        (("o", *"seen-by har"), ("harbour",)),
        (("o", *"nothing har"), ()),
        (("/", *"vel"), ()),
    ],
)
def test_the_names_of_the_record_are_offered_while_typing(
    keys: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert offered(*keys) == words


def test_tab_completes_as_far_as_the_offers_agree_and_then_to_the_first() -> None:
    desk = ferry.typed(ferry.desk(), "f", *"move:reject te", "tab")
    assert desk.prompt is not None
    assert desk.prompt.text == "move:reject term:"
    again = ferry.typed(desk, "tab").prompt
    assert again is not None
    assert again.text == "move:reject term:ferry"


def test_tab_leaves_what_nothing_completes() -> None:
    desk = ferry.typed(ferry.desk(), "f", *"zzz")
    assert ferry.typed(desk, "tab").prompt == desk.prompt


def test_offers_are_shown_where_the_step_is_told() -> None:
    assert "tab completes: term:pullback" in text(ferry.typed(ferry.desk(), "f", *"term:p")).splitlines()[-1]


def test_a_filter_says_how_much_passes_and_where_it_leads() -> None:
    desk = ferry.typed(ferry.desk(at="mediator"), "f", *"move:reject", "enter")
    assert (
        desk.message
        == "3 of 16 events and 5 of 5 terms pass; esc shows all; now at kes-rej, backspace goes back"
    )
    assert ferry.typed(desk, "backspace").here == "mediator"


def test_a_filter_by_status_takes_words_with_a_space_between() -> None:
    desk = ferry.typed(ferry.desk(), "f", *"status:one-sided", "enter")
    assert [row[0] for row in desk.rows] == ["ferry.hours", "pullback.monitors", "name"]
    assert "no row passes" in ferry.typed(ferry.desk(), "f", *"status:in_force", "enter").message


def test_a_date_before_everything_says_when_it_begins() -> None:
    desk = ferry.typed(ferry.desk(), ":", *"2030", "enter")
    assert (desk.steps, desk.message) == (0, "nothing had happened by 2030; the first event is of 2031-03-04")


def test_a_party_is_a_place_too() -> None:
    desk = ferry.typed(ferry.desk(at="paper"), ":", *"harbour", "enter")
    assert desk.here == "mediator"
    assert ferry.typed(desk, ":", *"harbour", "enter").here == "mediator"
    assert ferry.typed(desk, ":", *"coast", "enter").message == "no event is by coast"


def test_what_is_agreed_stands_alone_for_one_key() -> None:
    desk = ferry.typed(ferry.desk(), "A")
    assert desk.rows == (("pullback", "first"),)
    assert "nothing is agreed here" in ferry.typed(ferry.desk(at="kes-rej"), "A").message


def test_rival_accounts_are_walked_within_the_filter() -> None:
    desk = ferry.typed(ferry.desk(at="kes-open"), "f", *"move:accept", "enter", "r", "r")
    assert desk.here == "acc-short"
    assert "no event that passes" in ferry.typed(ferry.desk(), "f", *"move:leak", "enter", "r").message


# ---- folding ------------------------------------------------------------------------------------


def test_a_group_folds_into_one_row_of_signs() -> None:
    desk = ferry.typed(ferry.desk(at="mediator"), "j", "j", "Z")
    assert [row[0] for row in desk.rows] == ["ferry", "ferry.hours", "pullback", "name"]
    row = next(line for line in text(desk).splitlines() if "pullback (2)" in line)
    assert "^^" in row
    assert ferry.typed(desk, "Z").rows == ferry.desk(at="mediator").rows


def test_a_stage_folds_too_and_one_key_unfolds_everything() -> None:
    desk = ferry.typed(ferry.desk(at="mediator"), "X")
    assert [row[0] for row in desk.rows] == ["ferry", "name"]
    assert desk.row == 0
    assert ferry.typed(desk, "D").rows == ferry.desk(at="mediator").rows


def test_a_fold_shows_that_a_term_inside_it_changed() -> None:
    desk = ferry.typed(ferry.desk(at="paper"), "X", ".", ",")
    assert (
        "[" in next(line for line in text(desk).splitlines() if "@first (4)" in line).partition("@first")[2]
    )


def test_a_row_alone_in_its_group_has_nothing_to_fold() -> None:
    desk = ferry.typed(ferry.desk(), "j", "j", "j", "j")
    assert desk.cell is not None
    assert desk.cell[1] == "name"
    assert ferry.typed(desk, "Z").folded == ferry.typed(desk, "X").folded == frozenset()


# ---- one way back -------------------------------------------------------------------------------


def test_the_way_back_leads_to_the_cell_and_the_pane_as_well() -> None:
    desk = ferry.typed(ferry.desk(at="velm-counter"), "j", "enter", "1")
    away = ferry.typed(desk, "G", "2", "l", "esc")
    back = ferry.typed(away, "backspace")
    assert (back.here, back.point, back.focus, back.lower) == (desk.here, desk.point, "history", "why")


def test_one_key_leads_back_to_the_record_from_any_view() -> None:
    desk = ferry.typed(ferry.desk(), "P", *"harbour", "enter", "K", *"2031-03-10", "enter", "enter", "z")
    assert ferry.typed(desk, "V").history is desk.record


# ---- by which account ---------------------------------------------------------------------------


def disclosed() -> Desk:
    """The ferry talks with a hand-over of the paper that a radio station dates otherwise."""
    said = {
        "id": "handed", "date": "2031-03-14", "kind": "hand-over", "of": "paper", "by": "velm", "to": "harbour",
        "source": "M2", "accounts": [{"source": "R1", "with": {"date": "2031-03-11"}}],
    }  # fmt: skip
    events = [read_event(spelled) for spelled in (*ferry.EVENTS[:5], said, *ferry.EVENTS[5:])]
    desk = opened(History(ferry.header(), events), name="ferry")
    return ferry.typed(desk, ":", *"paper", "enter")


def test_who_knew_is_told_with_the_account_that_dates_it_otherwise() -> None:
    told = [words for words, _ in event_pane.rows(disclosed())]
    known = next(place for place, words in enumerate(told) if words.startswith("known to 港務局"))
    assert told[known + 1] == "? on 2031-03-11 by R1 (account 1 of handed)"


def test_a_time_without_a_zone_is_said_to_be_read_as_utc() -> None:
    assert (
        "2031-03-10T13:00 is read as UTC"
        in ferry.typed(ferry.desk(), ":", *"2031-03-10T13:00", "enter").message
    )
    assert "UTC" not in ferry.typed(ferry.desk(), ":", *"2031-03-10T13:00+03:00", "enter").message


def test_what_is_agreed_in_principle_is_not_counted_as_agreed_and_named_apart() -> None:
    said = {"id": "half", "date": "2031-04-07", "kind": "agree", "by": ["kestria", "velm"], "in-principle": True,
            "terms": {"ferry.hours": "12:30-15:00"}, "source": "M1 p.13"}  # fmt: skip
    history = History(ferry.header(), [read_event(spelled) for spelled in (*ferry.EVENTS, said)])
    desk = ferry.typed(opened(history, name="ferry", width=120, height=36), "A")
    assert desk.rows == (("pullback", "first"),)
    assert desk.message.endswith("agreed in principle or in an open package: ferry.hours")
    early = ferry.typed(opened(history, name="ferry", width=120, height=36), ":", *"kes-rej", "enter", "A")
    assert early.message == "no row would be left: nothing is agreed here"


def test_a_headline_says_what_it_was_in_a_difference() -> None:
    made = ferry.typed(ferry.desk(width=200, height=60, at="velm-acc"), "d")
    [row] = [line for line in text(made).splitlines() if "agreed (was open)" in line]
    assert "pullback" in row
