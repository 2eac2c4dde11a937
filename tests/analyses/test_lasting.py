"""What stood in the way over time is what each step of it says, though most steps are not asked anew."""

from hypothesis import HealthCheck, given, settings

from terms.analyses import lasting, why_not
from terms.core.situation import situation
from terms.testing.strategies import histories
from tests.draws import draws

TOLD = (
    "propose", "counter", "amend", "accept", "reject", "withdraw", "correct", "retract", "state", "occur", "plan",
    "call-off", "condition", "waive", "link", "agree", "sign", "implement", "certify", "judge", "defer", "recant",
)  # fmt: skip


def step_by_step(history):
    """(names, first step, step at which it went) of every conflict, each step asked by itself."""
    begun, ended = {}, []
    for steps in range(len(history) + 1):
        now = {one.names for one in why_not.find(situation(history, steps)).conflicts}
        for names in [one for one in begun if one not in now]:
            ended.append((names, begun.pop(names), steps))
        for names in now - begun.keys():
            begun[names] = steps
    return {*ended, *((names, first, None) for names, first in begun.items())}


@settings(max_examples=draws(60), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(history=histories(kinds=TOLD, max_size=14))
def test_every_conflict_stands_from_where_it_began_to_where_it_went(history):
    found = lasting.find(situation(history), 0)
    place = {"": 0, **{event.id: number for number, event in enumerate(history.events, 1)}}
    told = {
        (one.conflict.names, place[one.since], None if one.until is None else place[one.until])
        for one in found.stood
    }
    assert told == step_by_step(history)
