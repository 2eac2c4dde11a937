"""From when until when something is in force, whatever moves its end."""

from datetime import date
from itertools import chain, count

from hypothesis import given, settings
from hypothesis import strategies as st

from terms.core.header import Text
from terms.core.lasting import lasting
from terms.core.moments import between, earliest
from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.values import Length
from tests.core.talk import day, found, talk
from tests.draws import draws

PARTIES = ("north", "south")
DEAL = """
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {truce: in force}}
    - {id: begun, kind: enter-into-force, of: accord, date: 2031-03-01}
"""


def accord(**fields):
    """The one text of these tests, between north and south."""
    return (Text("accord", parties=PARTIES, **{name: freeze(words) for name, words in fields.items()}),)


def life(history, on=None):
    return found(history, "truce", on).life


def until(history, on=None):
    return life(history, on).until.date().isoformat()


def test_what_is_agreed_is_not_in_force_before_it_begins():
    history = talk(
        DEAL.replace("of: accord", "of: accord, effective: 2031-03-10, for: [north]"), texts=accord()
    )
    assert [life(history, day).state for day in ("2031-03-09", "2031-03-10")] == ["not begun", "in force"]
    assert life(history, "2031-03-10").parties == ("north",)


def test_a_stance_may_say_when_it_begins():
    for key in ("from", "effective"):
        history = talk(f"""
        - {{id: deal, kind: agree, by: [north, south], terms: {{truce: {{is: in force, {key}: 2031-03-05}}}}}}
        """)  # fmt: skip
        assert [life(history, day).state for day in ("2031-03-04", "2031-03-06")] == ["not begun", "in force"]


def test_the_length_of_the_text_ends_it_by_the_date_alone():
    history = talk(DEAL, texts=accord(lasts="10 days"))
    assert [life(history, day).state for day in ("2031-03-11", "2031-03-12")] == ["in force", "lapsed"]


def test_the_term_may_name_its_own_end_and_it_comes_before_that_of_the_text():
    history = talk(
        DEAL.replace("truce: in force", "truce: {is: in force, until: 2031-03-05}"),
        texts=accord(lasts="10 days"),
    )
    unknown = talk(
        DEAL.replace("truce: in force", "truce: {is: in force, until: vote}"), texts=accord(lasts="10 days")
    )
    lasting = talk(
        DEAL.replace("truce: in force", "truce: {is: in force, lasts: 3 days}"), texts=accord(lasts="10 days")
    )
    assert (until(history), until(lasting, "2031-03-02")) == ("2031-03-05", "2031-03-04")
    assert life(unknown, "2032-01-01").state == "in force"


def test_those_who_bring_it_into_force_may_say_how_long():
    fixed = talk(
        DEAL.replace("date: 2031-03-01}", "date: 2031-03-01, until: 2031-03-20}"),
        texts=accord(lasts="10 days"),
    )
    long = talk(DEAL.replace("date: 2031-03-01}", "date: 2031-03-01, lasts: 20 days}"), texts=accord())
    assert (until(fixed), until(long)) == ("2031-03-20", "2031-03-21")


def test_a_length_in_words_is_no_end():
    assert life(talk(DEAL, texts=accord(lasts="not stated")), "2040-01-01").state == "in force"
    assert (
        life(talk(DEAL, texts=accord(lasts="until the captives are back")), "2040-01-01").state == "in force"
    )


def test_an_extension_adds_to_the_end_or_sets_it():
    history = talk(DEAL + """
    - {id: more, kind: extend, by: [north, south], of: accord, lasts: +5 days, date: 2031-03-05}
    - {id: unsure, kind: extend, by: [north, south], of: accord, until: vote, date: 2031-03-06}
    - {id: silent, kind: extend, by: [north, south], of: accord, date: 2031-03-07}
    - {id: set, kind: extend, by: [north, south], of: accord, until: 2031-04-01, date: 2031-03-08}
    """, texts=accord(lasts="10 days"))  # fmt: skip
    assert [until(history, day) for day in ("2031-03-04", "2031-03-07", "2031-03-08")] == [
        "2031-03-11", "2031-03-16", "2031-04-01",
    ]  # fmt: skip


def test_extensions_of_unequal_length_hold_to_the_earliest_and_are_then_contested():
    history = talk(DEAL + """
    - {id: more-n, kind: extend, by: north, of: accord, lasts: +5 days, date: 2031-03-05}
    - {id: more-s, kind: extend, by: south, of: accord, lasts: +8 days, date: 2031-03-06}
    """, texts=accord(lasts="10 days"))  # fmt: skip
    assert [life(history, day).state for day in ("2031-03-16", "2031-03-18", "2031-03-20")] == [
        "in force", "contested", "lapsed",
    ]  # fmt: skip
    assert found(history, "truce", "2031-03-18").headline.startswith("end contested")
    assert {until(history, day) for day in ("2031-03-14", "2031-03-18")} == {"2031-03-16"}


def test_the_next_extension_comes_on_top_once_both_sides_have_extended():
    history = talk(DEAL + """
    - {id: n-1, kind: extend, by: north, of: accord, lasts: +5 days, date: 2031-03-05}
    - {id: s-1, kind: extend, by: south, of: accord, lasts: +5 days, date: 2031-03-06}
    - {id: n-2, kind: extend, by: north, of: accord, lasts: +2 days, date: 2031-03-07}
    - {id: n-3, kind: extend, by: north, of: accord, lasts: +2 days, date: 2031-03-08}
    """, texts=accord(lasts="10 days"))  # fmt: skip
    assert until(history) == "2031-03-20"


def test_a_gap_before_the_next_extension_shows_as_a_lapse():
    history = talk(DEAL + """
    - {id: more, kind: extend, by: [north, south], of: accord, lasts: +5 days, date: 2031-03-20}
    """, texts=accord(lasts="10 days"))  # fmt: skip
    assert [life(history, day).state for day in ("2031-03-15", "2031-03-21", "2031-03-26")] == [
        "lapsed", "in force", "lapsed",
    ]  # fmt: skip


def test_a_renewal_takes_the_length_of_the_text_or_of_its_renewals():
    renewal = DEAL + "    - {id: again, kind: renew, by: [north, south], of: accord, date: 2031-03-05}\n"
    earned = accord(lasts="10 days", renews={"every": "4 days"})
    said = accord(lasts="10 days", renews="3 days")
    own = renewal.replace("truce: in force", "truce: {is: in force, lasts: 6 days}")
    assert until(talk(renewal, texts=accord(lasts="10 days"))) == "2031-03-21"
    assert until(talk(renewal, texts=earned)) == "2031-03-15"
    assert until(talk(renewal, texts=said)) == "2031-03-14"
    assert until(talk(own, texts=accord())) == "2031-03-13"


def test_a_renewal_without_any_length_moves_no_end():
    renewal = DEAL + "    - {id: again, kind: renew, by: [north, south], of: truce, date: 2031-03-05}\n"
    history = talk(
        renewal.replace("truce: in force", "truce: {is: in force, until: 2031-03-20}"), texts=accord()
    )
    alone = talk("""
    - {id: begun, kind: enter-into-force, of: truce, until: 2031-03-20}
    - {id: again, kind: renew, by: north, of: truce}
    """)
    assert (until(history), until(alone)) == ("2031-03-20", "2031-03-20")


def test_an_earned_renewal_does_not_come_by_itself():
    history = talk(DEAL, texts=accord(lasts="10 days", renews={"every": "4 days"}))
    assert life(history, "2031-03-12").state == "lapsed"


TACIT = {"for": "20 days", "notice": "5 days"}


def test_a_text_renews_itself_until_notice_is_given_in_time():
    history = talk(DEAL, texts=accord(lasts="10 days", renews=TACIT))
    assert until(history, "2031-03-10") == "2031-03-11"
    assert (until(history, "2031-03-12"), until(history, "2031-06-01")) == ("2031-03-31", "2031-06-19")
    assert life(history, "2999-01-01").state == "in force"


def test_notice_in_time_stops_the_next_renewal_and_late_notice_the_one_after():
    def noticed(on):
        return talk(DEAL + f"    - {{id: out, kind: notify-termination, by: north, of: accord, date: {on}}}\n",
                    texts=accord(lasts="10 days", renews=TACIT))  # fmt: skip

    assert life(noticed("2031-03-06"), "2031-03-12").state == "lapsed"
    assert until(noticed("2031-03-07"), "2031-03-12") == "2031-03-31"
    assert life(noticed("2031-03-07"), "2031-04-01").state == "lapsed"


def test_a_tacit_renewal_without_a_length_or_a_readable_notice_is_none():
    assert (
        life(
            talk(DEAL, texts=accord(lasts="10 days", renews={"for": "a while", "notice": "5 days"})),
            "2031-03-12",
        ).state
        == "lapsed"
    )
    odd = DEAL + "    - {id: out, kind: notify-termination, by: north, of: accord, date: 2031-03-02}\n"
    assert (
        life(
            talk(odd, texts=accord(lasts="10 days", renews={"for": "9 days", "notice": "in good time"})),
            "2031-03-12",
        ).state
        == "in force"
    )


def test_months_renew_by_the_calendar_however_many_there_are():
    history = talk(DEAL, texts=accord(lasts="1 month", renews={"notice": "5 days"}))
    assert until(history, "2041-02-20") == "2041-03-01"


@settings(max_examples=draws(30))
@given(
    length=st.integers(1, 45),
    unit=st.sampled_from(["days", "weeks", "months"]),
    asked=st.dates(date(2031, 3, 1), date(2049, 12, 31)),
)
def test_the_end_that_renewals_lead_to_is_the_first_that_has_not_passed(length, unit, asked):
    """As if they were counted one by one from the first end on, however many there are."""
    renews = {"for": f"{length} {unit}", "notice": "1 day"}
    history = talk(DEAL, texts=accord(lasts="10 days", renews=renews))
    moment = day(asked.isoformat())
    (end,) = first = lasting(read_date("2031-03-01"), "10 days")
    counted = (
        lasting(between(end, end), Length(length * times, length * times, unit.rstrip("s")))
        for times in count(1)
    )
    ends = next(ends for ends in chain([first], counted) if ends[-1] >= moment)
    assert life(history, asked.isoformat()).until == ends[0]


def test_an_extension_counts_from_the_renewal_it_falls_into():
    history = talk(DEAL + """
    - {id: more, kind: extend, by: [north, south], of: accord, lasts: +5 days, date: 2031-03-12}
    """, texts=accord(lasts="10 days", renews=TACIT))  # fmt: skip
    assert until(history, "2031-03-13") == "2031-04-05"


def test_notice_runs_a_clock_of_its_own():
    story = (
        DEAL
        + """
    - {id: out, kind: notify-termination, by: north, of: accord, date: 2031-03-05}
    - {id: still, kind: observe, by: monitors, of: accord, date: 2031-04-10}
    """
    )
    history = talk(story, texts=accord(ends_on_notice="14 days"))
    limited = talk(story, texts=accord(ends_on_notice="14 days", lasts="10 days"))
    assert [life(history, day).state for day in ("2031-03-19", "2031-03-20", "2031-04-11")] == [
        "in force", "terminated", "lapsed but observed",
    ]  # fmt: skip
    assert (until(history, "2031-03-10"), until(limited, "2031-03-10")) == ("2031-03-19", "2031-03-11")


def test_a_notice_may_name_its_own_day_and_none_where_nothing_is_known():
    dated = talk(
        DEAL + "    - {id: out, kind: notify-termination, by: north, of: accord, effective: 2031-03-09}\n",
        texts=accord(),
    )
    vague = talk(
        DEAL + "    - {id: out, kind: notify-termination, by: north, of: accord, effective: vote}\n",
        texts=accord(),
    )
    bare = talk(DEAL + "    - {id: out, kind: notify-termination, by: north, of: accord}\n", texts=accord())
    assert [life(one, "2031-03-10").state for one in (dated, vague, bare)] == [
        "terminated",
        "in force",
        "in force",
    ]


def test_a_notice_of_an_older_agreement_ends_no_newer_one():
    history = talk(DEAL + """
    - {id: out, kind: notify-termination, by: north, of: accord, effective: 2031-03-05}
    - {id: end, kind: terminate, by: north, of: accord, date: 2031-03-06}
    - {id: anew, kind: agree, by: [north, south], text: accord, terms: {truce: in force}, date: 2031-03-10}
    """, texts=accord())  # fmt: skip
    assert life(history).state == "in force"


def test_a_suspension_stops_it_until_resumed_or_until_its_own_end():
    history = talk(DEAL + """
    - {id: stop, kind: suspend, by: north, of: accord, until: 2031-03-06, date: 2031-03-05}
    - {id: stop-2, kind: suspend, by: north, of: accord, date: 2031-03-10}
    - {id: go, kind: resume, by: north, of: accord, date: 2031-03-12}
    - {id: stop-3, kind: suspend, by: north, of: accord, until: vote, date: 2031-03-14}
    """, texts=accord())  # fmt: skip
    days = ("2031-03-04", "2031-03-06", "2031-03-08", "2031-03-11", "2031-03-13", "2031-03-20")
    assert [life(history, day).state for day in days] == [
        "in force", "suspended", "in force", "suspended", "in force", "suspended",
    ]  # fmt: skip


def test_kept_after_a_termination_it_is_lapsed_but_observed():
    history = talk(DEAL + """
    - {id: end, kind: terminate, by: north, of: accord, date: 2031-03-05}
    - {id: still, kind: observe, by: monitors, of: accord, date: 2031-03-20}
    """, texts=accord())  # fmt: skip
    assert [life(history, day).state for day in ("2031-03-06", "2031-03-21")] == [
        "terminated",
        "lapsed but observed",
    ]


def test_what_takes_effect_before_everybody_signed_is_in_force():
    history = talk("""
    - {id: v1, kind: propose, by: north, text: accord, terms: {truce: in force}}
    - {id: begun, kind: enter-into-force, of: accord}
    """, texts=accord())  # fmt: skip
    assert found(history, "truce").headline == "in force"


def test_what_is_in_force_is_so_to_the_very_end_of_its_last_day():
    history = talk(DEAL.replace("truce: in force", "truce: {is: in force, until: 2031-03-05}"))
    assert [life(history, moment).state for moment in ("2031-03-05", "2031-03-06")] == ["in force", "lapsed"]


def test_what_was_agreed_again_after_its_end_ends_again_on_its_own_day():
    history = talk(DEAL + """
    - {id: end, kind: terminate, by: north, of: accord, date: 2031-03-05}
    - {id: again, kind: propose, by: north, text: accord, terms: {truce: in force}, date: 2031-03-08}
    - {id: yes-2, kind: accept, by: south, of: again, date: 2031-03-10}
    - {id: end-2, kind: terminate, by: south, of: accord, date: 2031-03-20}
    """, texts=accord())  # fmt: skip
    lives = [found(history, "truce", None, event).life for event in ("end", "again", "yes-2", "end-2")]
    assert [one.state for one in lives] == ["terminated", "not begun", "in force", "terminated"]
    assert [one.until and one.until.date().isoformat() for one in lives] == [
        "2031-03-05", None, None, "2031-03-20",
    ]  # fmt: skip


def test_of_two_notices_the_one_that_runs_out_first_ends_it():
    """A later notice with a later day gives nobody more time than the first did."""
    story = (
        DEAL
        + """
    - {id: out-n, kind: notify-termination, by: north, of: accord, effective: 2031-03-10}
    - {id: out-s, kind: notify-termination, by: south, of: accord, effective: 2031-03-20}
    """
    )
    turned = story.replace("03-10", "03-11").replace("03-20", "03-09")
    for told, ends in ((story, "2031-03-10"), (turned, "2031-03-09")):
        history = talk(told, texts=accord())
        assert (until(history), life(history, "2031-03-12").state) == (ends, "terminated")


def test_notice_of_an_unknown_day_gives_all_the_time_that_it_may_leave():
    history = talk(
        DEAL + "    - {id: out, kind: notify-termination, by: north, of: accord, date: 2031-04}\n",
        texts=accord(ends_on_notice="10 days"),
    )
    assert [life(history, day).state for day in ("2031-05-09", "2031-05-11")] == ["in force", "terminated"]


def test_what_began_on_an_unknown_day_of_a_month_holds_to_the_earliest_end_and_is_then_contested():
    history = talk(DEAL.replace("2031-03-01", "2031-03"), texts=accord(lasts="10 days"))
    days = ("2031-03-10", "2031-03-20", "2031-04-12")
    assert [life(history, day).state for day in days] == ["in force", "contested", "lapsed"]


def test_a_notice_of_an_older_agreement_stops_no_renewal_of_a_newer_one():
    story = """
    - {id: out, kind: notify-termination, by: north, of: accord, date: 2031-02-20}
    """ + DEAL  # fmt: skip
    history = talk(story, texts=accord(lasts="10 days", renews=TACIT))
    assert life(history, "2031-06-01").state == "in force"


def test_it_has_been_in_force_since_the_first_day_on_which_it_was_for_anybody():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {truce: in force}}
    - {id: begun-s, kind: enter-into-force, of: accord, for: [south], effective: 2031-03-08}
    - {id: begun-n, kind: enter-into-force, of: accord, for: [north], effective: 2031-03-05}
    """, texts=accord(lasts="10 days"))  # fmt: skip
    assert [life(history, day).state for day in ("2031-03-04", "2031-03-06")] == ["not begun", "in force"]
    assert {earliest(life(history, day).since) for day in ("2031-03-06", "2031-03-09")} == {
        earliest(read_date("2031-03-05"))
    }


def test_it_is_in_force_for_those_for_whom_it_has_begun_by_then():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {truce: in force}}
    - {id: begun-s, kind: enter-into-force, of: accord, for: [south], effective: 2031-03-08}
    - {id: begun-n, kind: enter-into-force, of: accord, for: [north], effective: 2031-03-05}
    - {id: begun, kind: enter-into-force, of: accord, effective: 2031-03-10}
    """, texts=accord())  # fmt: skip
    days = ("2031-03-06", "2031-03-09", "2031-03-11")
    assert [life(history, day).parties for day in days] == [("north",), ("north", "south"), ()]


def test_renewals_of_an_inexact_length_hold_to_the_earliest_end_and_are_then_contested():
    history = talk(DEAL, texts=accord(lasts="10 days", renews={"for": "6-8 days", "notice": "2 days"}))
    days = ("2031-03-18", "2031-03-20", "2031-03-25")
    assert [(life(history, day).state, until(history, day)) for day in days] == [
        ("contested", "2031-03-17"), ("in force", "2031-03-23"), ("contested", "2031-03-23"),
    ]  # fmt: skip
