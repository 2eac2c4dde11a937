"""What has become of a condition: certain or "not yet", and disputed only where the dispute decides."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.values.conditions import AllOf, AnyOf, Not, read_condition
from terms.values.outcomes import WORST_FIRST, evaluate

START = datetime(2031, 3, 1, tzinfo=UTC)
NAMES = ("vote", "truce", "pullback.done")


@dataclass(frozen=True)
class Told:
    """What an invented record tells, happening by happening."""

    dates: dict[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    answers: dict[str, bool] = field(default_factory=dict)
    incident: str | None = None

    def occurred(self, happening, /):
        return read_date(self.dates[happening]) if happening in self.dates else None

    def called_off(self, happening, /):
        return happening in self.off

    def disputed(self, happening, /):
        return happening in self.denied

    def accepts(self, party, what, /):
        return self.answers.get(f"{party} accepts {what}")

    def certifies(self, party, happening, /):
        return self.answers.get(f"{party} certifies {happening}")

    def complies(self, party, text, /):
        return self.answers.get(f"{party} complies with {text}")

    def last_incident(self):
        return read_date(self.incident) if self.incident else None


DATES = st.sampled_from(["2031-03-02T12:00Z", "2031-03-04", "2031-03", "2031-03-05/2031-03-08", "2031"])
FACTS = st.builds(
    Told,
    dates=st.dictionaries(st.sampled_from(NAMES), DATES),
    off=st.frozensets(st.sampled_from(NAMES)),
    denied=st.frozensets(st.sampled_from(NAMES)),
    answers=st.dictionaries(
        st.sampled_from(["south accepts accord", "monitors certifies vote", "south complies with accord"]),
        st.booleans(),
    ),
    incident=st.none() | DATES,
)
SIMPLE = st.sampled_from(
    [
        "vote",
        "truce",
        "vote by 2031-03-06",
        "pullback.done by 3 days after truce",
        "south accepts accord",
        "monitors certify vote",
        "south complies with accord",
        "quiet for 5 days",
    ]
).map(read_condition)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
MOMENTS = st.integers(0, 400).map(lambda hours: START + timedelta(hours=hours))


def outcome(words, at="2031-03-10", **told):
    """What has become of `words` by the end of a day, given what is told."""
    return evaluate(read_condition(freeze(words)), Told(**told), read_date(at).latest)


@given(one=CONDITIONS, other=CONDITIONS, facts=FACTS, at=MOMENTS)
def test_the_order_of_what_is_combined_does_not_matter(one, other, facts, at):
    for kind in (AllOf, AnyOf):
        assert evaluate(kind((one, other)), facts, at) == evaluate(kind((other, one)), facts, at)


@given(one=CONDITIONS, facts=FACTS, at=MOMENTS)
def test_saying_a_condition_twice_adds_nothing(one, facts, at):
    assert (
        evaluate(AllOf((one, one)), facts, at)
        == evaluate(one, facts, at)
        == evaluate(AnyOf((one,)), facts, at)
    )


@given(one=CONDITIONS, facts=FACTS, at=MOMENTS)
def test_the_opposite_of_the_opposite_is_the_same(one, facts, at):
    assert evaluate(Not(Not(one)), facts, at) == evaluate(one, facts, at)


@given(one=CONDITIONS, other=CONDITIONS, facts=FACTS, at=MOMENTS)
def test_not_all_is_some_not(one, other, facts, at):
    assert evaluate(Not(AllOf((one, other))), facts, at) == evaluate(AnyOf((Not(one), Not(other))), facts, at)


@given(one=CONDITIONS, other=CONDITIONS, facts=FACTS, at=MOMENTS)
def test_all_of_is_never_better_and_any_of_never_worse_than_a_member(one, other, facts, at):
    rank = WORST_FIRST.index(evaluate(one, facts, at))
    assert WORST_FIRST.index(evaluate(AllOf((one, other)), facts, at)) <= rank
    assert WORST_FIRST.index(evaluate(AnyOf((one, other)), facts, at)) >= rank


@given(
    words=st.sampled_from(["vote", "vote by 2031-03-06", "pullback.done by 3 days after truce"]),
    facts=FACTS,
    at=MOMENTS,
    later=st.integers(0, 400),
)
def test_a_happening_once_met_or_failed_stays_so(words, facts, at, later):
    condition = read_condition(words)
    first = evaluate(condition, facts, at)
    if first in ("met", "failed"):
        assert evaluate(condition, facts, at + timedelta(hours=later)) == first


def test_a_happening_is_met_once_it_has_certainly_occurred():
    assert outcome("vote", dates={"vote": "2031-03-05"}) == "met"
    assert outcome("vote", dates={"vote": "2031-03"}) == "not-yet"


def test_a_happening_is_open_until_it_is_called_off():
    assert outcome("vote") == "not-yet"
    assert outcome("vote", off={"vote"}) == "failed"


def test_what_is_denied_is_disputed():
    assert outcome("vote", dates={"vote": "2031-03-05"}, denied={"vote"}) == "disputed"
    assert outcome("vote by 2031-03-06", dates={"vote": "2031-03-05"}, denied={"vote"}) == "disputed"


@pytest.mark.parametrize(
    ("date", "at", "found"),
    [
        ("2031-03-05", "2031-03-05", "met"),
        ("2031-03-05", "2031-03-04", "not-yet"),
        ("2031-03-07", "2031-03-10", "failed"),
        ("2031-03-07", "2031-03-06", "not-yet"),
        ("2031-03", "2031-03-10", "disputed"),
        ("2031-03", "2031-03-05", "not-yet"),
        (None, "2031-03-06", "not-yet"),
        (None, "2031-03-07", "failed"),
    ],
)
def test_a_happening_by_a_day_fails_when_the_day_is_over(date, at, found):
    assert outcome("vote by 2031-03-06", at=at, dates={"vote": date} if date else {}) == found


def test_a_happening_by_a_vague_time_is_disputed_between_its_bounds():
    words = "vote by 3 days after truce"
    found = [
        outcome(words, at=day, dates={"truce": "2031-03"})
        for day in ("2031-03-03", "2031-03-20", "2031-04-20")
    ]
    assert found == ["not-yet", "disputed", "failed"]


def test_a_happening_by_a_time_that_has_not_started_is_like_a_happening():
    assert outcome("vote by 3 days after truce") == "not-yet"
    assert outcome("vote by 3 days after truce", dates={"vote": "2031-03-02"}) == "met"


def test_a_happening_called_off_fails_before_its_time():
    assert outcome("vote by 2032", off={"vote"}) == "failed"


@pytest.mark.parametrize(
    ("words", "answer"),
    [("south accepts accord", "south accepts accord"), ("monitors certify vote", "monitors certifies vote")],
)
def test_what_a_party_says_meets_fails_or_leaves_open(words, answer):
    said = [outcome(words, answers=answers) for answers in ({answer: True}, {answer: False}, {})]
    assert said == ["met", "failed", "not-yet"]


def test_compliance_is_disputed_where_a_breach_is_only_alleged():
    said = "south complies with accord"
    assert [outcome(said, answers=answers) for answers in ({said: True}, {said: False}, {})] == [
        "met",
        "failed",
        "disputed",
    ]


def test_the_opposite_of_compliance_is_a_breach():
    said = "south complies with accord"
    found = [outcome({"not": said}, answers=answers) for answers in ({said: True}, {said: False}, {})]
    assert found == ["failed", "met", "disputed"]


def test_quiet_is_counted_from_the_last_incident():
    assert outcome("quiet for 5 days", at="2031-03-06", incident="2031-03-01") == "met"
    assert outcome("quiet for 5 days", at="2031-03-05", incident="2031-03-01") == "not-yet"
    assert outcome("quiet for 5 days") == "met"


def test_a_condition_that_only_a_reader_can_judge_stays_open():
    assert (
        outcome({"text": "the road is passable"})
        == outcome({"not": {"text": "the road is passable"}})
        == "not-yet"
    )


def test_what_must_not_happen_holds_for_as_long_as_it_has_not():
    assert outcome("not vote") == "met"
    assert outcome("not vote", dates={"vote": "2031-03-05"}) == "failed"


def test_what_must_not_happen_by_a_day_is_open_until_that_day():
    assert outcome("not vote by 2031-03-12") == "not-yet"
    assert outcome("not vote by 2031-03-06") == "met"


def test_a_dispute_counts_only_where_it_decides():
    told = {"denied": {"vote"}, "dates": {"truce": "2031-03-02"}}
    assert outcome({"any-of": ["vote", "truce"]}, **told) == "met"
    assert outcome({"all-of": ["vote", "truce"]}, **told) == "disputed"
    assert outcome({"all-of": ["vote", "pullback.done"]}, **told) == "not-yet"
