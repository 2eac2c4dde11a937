"""A long history seen by a party that learned late of papers answers as the whole one does, and is not held."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.stores import grafting
from terms.stores.lines import header_line, line_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from tests.draws import draws
from tests.stores.places import HEADER, event
from tests.stores.test_retelling import alike

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
WORDS = {"t.yes-no": "yes", "t.choice": "open"}
RADIO = {"source": "R1 p.1", "differs": {"t.yes-no": "no"}}
DROPPED = frozenset(("e-1",))
HOW = ("state", "paper", "note", "part", "leak", "publish", "accept", "correct", "retract", "after", "rival")


def spoken(number, how, of, back):
    """An event of one of these sorts; `of` are those it may speak of, it takes one counted back from the last."""
    base = {"id": f"e-{number}", "date": f"2031-03-{number + 1:02}", "source": "M1 p.1"}
    about = of[-1 - back % len(of)] if of else None
    said = {"kind": "state", "by": ("north", "south")[back % 2], "that": "so", **base}
    private = {"channel": "private", "to": ["mediator"][: back % 2]}
    paper = {"kind": "propose", "by": "north", "terms": WORDS, **private, **base}
    told = {
        "paper": paper,
        "note": {**said, **private},
        "rival": {**paper, "account-of": "pier", **(RADIO if back > 2 else {})},
    }
    speaking = {
        "part": {"kind": "leak", "only": [("t.yes-no", "t.choice")[back % 2]]},
        "leak": {"kind": "leak", **({"to": "south"} if back % 2 else {})},
        "publish": {"kind": "publish", "by": "mediator"},
        "accept": {"kind": "accept", "by": "south", **private},
        "correct": {"kind": "correct", "with": {"note": "so"}, "why": "misheard"},
        "retract": {"kind": "retract", "why": "misheard"},
    }
    if about is not None and how in speaking:
        return read_event({**base, "of": about, **speaking[how]})
    if about is not None and how == "after":
        return read_event({**said, "after": about, **(private if back % 3 else {})})
    return read_event(told.get(how, said))


@st.composite
def papers(draw, *, hows=HOW, min_size=0):
    """Events of which many are hidden at first, and opened later, in part, to some, or altogether."""
    moves = draw(
        st.lists(st.tuples(st.sampled_from(hows), st.integers(0, 5)), min_size=min_size, max_size=14)
    )
    made = []
    for number, (how, back) in enumerate(moves):
        papered = [one.id for one in made if one.channel != "public" or back > 3]
        made.append(spoken(number, how, papered, back))
    return made


def kept_in(folder, header, events):
    store = SqliteStore(str(folder / "terms.db"))
    store.append("talks", [header_line(header), *map(line_of, events)], expected=0)
    return store


def whole_of(store):
    """The stream read and folded whole, its words in the order in which stores keep them."""
    return History(*read_lines(line.content for line in store.read("talks")))


@settings(max_examples=draws(12), suppress_health_check=ANY, deadline=None)
@given(events=papers(), held=st.sampled_from((0, 3)))
def test_every_step_is_that_of_a_whole_replay(events, held, short, tmp_path_factory):
    kept = kept_in(tmp_path_factory.mktemp("long"), HEADER, events)
    told, whole = LongHistory(kept, "talks"), whole_of(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for party in ("north", "south", "mediator"):
            every = (View(party=party), View(party=party, prefer=("R1",)), View(party=party, dropped=DROPPED))
            for view in every:
                made, same = told.through(view), whole.through(view)
                assert alike(made, same)
                assert sorted(made.names) == sorted(same.names)
                assert len(made.names) == len(same.names)
                assert tuple(made.record) == whole.events
    kept.close()


def test_what_a_party_learned_late_is_not_held(store, short, monkeypatch):
    monkeypatch.setattr(grafting, "HELD", 3)
    events = [spoken(0, "paper", [], 0), *(event(number) for number in range(1, 9)),
              spoken(9, "part", ["e-0"], 0), event(10), spoken(11, "publish", ["e-0"], 0), event(12)]  # fmt: skip
    store.append("talks", [header_line(HEADER), *map(line_of, events)], expected=0)
    told, whole = LongHistory(store, "talks"), whole_of(store)
    view = View(party="south")
    made = told.through(view)
    assert isinstance(made, LongHistory)
    assert [one.id for one in made.events].count("e-0") == 2
    assert alike(made, whole.through(view))


def test_what_a_party_learned_late_in_parts_and_in_rival_accounts_is_not_held_either(
    store, short, monkeypatch
):
    monkeypatch.setattr(grafting, "HELD", 0)
    events = [spoken(0, "rival", [], 0), event(1), spoken(2, "part", ["e-0"], 0), spoken(3, "rival", [], 1),
              *(event(number) for number in range(4, 8)), spoken(8, "publish", ["e-0"], 0), event(9)]  # fmt: skip
    store.append("talks", [header_line(HEADER), *map(line_of, events)], expected=0)
    view = View(party="south")
    made = LongHistory(store, "talks").through(view)
    assert isinstance(made, LongHistory)
    assert [one.id for one in made.events].count("e-0") == 2
    assert alike(made, whole_of(store).through(view))
