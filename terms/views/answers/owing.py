"""Question 10: which obligations are due, met, overdue or lapsed at a date, and what was done of them."""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from terms.core.consent import consent_of
from terms.core.duties import Obligation, obligations, obligations_on
from terms.core.entries import Breach
from terms.core.happenings import names_of
from terms.core.situation import Situation
from terms.values import ClockState
from terms.values.misworded import Misworded
from terms.views.sources import voice_words, voices
from terms.views.wording import count, date_words, listed

_CLOCK = {"missed": "passed"}
"""What is said of a clock. That a date has passed is known; that nothing was done by then is not."""


class Owed(Struct, frozen=True):
    """One obligation in words.

    `since` is the event it was born with; `due` the deadline as agreed; `by` the date that comes to, empty
    while it cannot be told; `clock` how it stands (`running, 3 days left`, `passed, 2 days ago`, what would start it); `done` what was claimed done, part by part, of how much;
    `claims` the events that claim it; `certainty` claimed, disputed, certified or empty.
    """

    term: str
    who: tuple[str, ...]
    toward: tuple[str, ...]
    what: str
    strength: str
    due: str
    by: str
    state: str
    clock: str
    done: tuple[str, ...]
    certainty: str
    since: str
    claims: tuple[str, ...]
    kind: str


def owed(at: Situation, *, terms: Iterable[str] | None = None) -> tuple[Owed, ...]:
    """Question 10, by term and then by birth; `terms` None: of all."""
    if terms is None:
        return tuple(owed_words(at, one) for one in obligations(at))
    found = (obligations_on(at, term, consent_of(at, term)) for term in sorted(terms))
    return tuple(owed_words(at, one) for several in found for one in several)


def breaches_on(at: Situation, term: str) -> tuple[Breach, ...]:
    """The breaches that somebody alleges of what holds on `term`, in log order; each is a claim, never a finding."""
    names = set(names_of(at.talks, term, consent_of(at, term).version))
    found = [one for one in at.talks.breaches.values() if one.of in names]
    return tuple(sorted(found, key=lambda one: at.history.index(one.event)))


def breaches_of(at: Situation, one: Owed) -> tuple[Breach, ...]:
    """The breaches alleged of those who owe this; on a term that several owe apart, none of the others'."""
    debtors = {
        party for other in obligations_on(at, one.term, consent_of(at, one.term)) for party in other.who
    }
    return tuple(
        breach
        for breach in breaches_on(at, one.term)
        if not breach.by or set(breach.by) & set(one.who) or not set(breach.by) <= debtors
    )


def breach_words(at: Situation, one: Breach) -> str:
    """On whose word a breach is alleged, and who verified or denies it, each with the event that says so."""
    told = tuple(citation.id for citation in at.history.event(one.event).source)
    said = [f"alleged by {listed(one.alleged_by or told)} of {listed(one.by) or 'somebody'} [{one.event}]"]
    if one.verified_by:
        said.append(f"verified by {listed(one.verified_by)}")
    said += [voice_words(voice) for voice in voices(at.talks, one.event)]
    return "; ".join(said)


def owed_words(at: Situation, one: Obligation) -> Owed:
    """One obligation in words."""
    done = tuple(
        f"{part.part + ' ' if part.part else ''}{part.amount}{' ' + part.unit if part.unit else ''}"
        f"{f' of {part.of}' if part.of is not None else ''}"
        for part in one.done
    )
    return Owed(
        one.term,
        tuple(sorted(one.who)),
        tuple(sorted(one.toward)),
        one.value,
        one.strength,
        one.due,
        _by(at, one),
        one.state,
        clock_words(one.clock),
        done,
        one.certainty,
        one.born,
        one.claims,
        one.kind,
    )


def _by(at: Situation, one: Obligation) -> str:
    """The last day of the deadline; empty where the words are no date yet, or spell several."""
    try:
        found = at.date_of(one.due) if one.due else None
    except Misworded:
        return ""
    return date_words(found).partition("/")[2] or date_words(found) if found is not None else ""


def differences(here: tuple[Owed, ...], there: tuple[Owed, ...]) -> tuple[str, ...]:
    """What is otherwise in `there`, an obligation a line: only the fields that differ."""
    said = []
    known = {(one.term, one.who): one for one in here}
    for one in there:
        old = known.pop((one.term, one.who), None) or next((o for o in here if o.term == one.term), None)
        if old is None:
            said.append(f"{one.term}: {one.state}, owed by {listed(one.who)} since {one.since}")
        elif changed := _changed(old, one):
            said.append(f"{one.term}: {'; '.join(changed)}")
    terms = {one.term for one in there}
    said.extend(f"{old.term}: not owed" for old in here if old.term not in terms)
    return tuple(said)


def _changed(old: Owed, new: Owed) -> list[str]:
    """`state met`, `done 18 persons of 24`: the fields of `new` that differ from `old`."""
    found = []
    for field in Owed.__struct_fields__:
        value = getattr(new, field)
        if value != getattr(old, field):
            words = value if isinstance(value, str) else listed(value)
            found.append(f"{field} {words or 'none'}")
    return found


def clock_words(state: ClockState | None) -> str:
    """How a deadline stands, in words; empty when there is none."""
    if state is None:
        return ""
    if state.state == "contested":
        return "; ".join(f"{name}: {clock_words(inner)}" for name, inner in state.readings)
    said: list[str] = [_CLOCK.get(state.state, state.state)]
    if state.low is not None and state.high is not None:
        behind = {"running": "left", "missed": "ago"}.get(state.state, "late")
        said.append(f"{_days(state)} {behind}")
    if state.state == "not started" and state.waits_for:
        said.append(f"waits for {listed(state.waits_for)}")
    if state.possible:
        said.append(f"may be {' or '.join(state.possible)}")
    return ", ".join(said)


def _days(state: ClockState) -> str:
    low, high = state.low, state.high
    if low is None or high is None:
        return ""
    if low == high:
        return _length(low)
    return f"{_length(low)} to {_length(high)}"


def _length(days: Fraction) -> str:
    """Days, hours and minutes, the exact fraction cut to whole minutes."""
    whole, rest = divmod(days, 1)
    hours, minutes = divmod(int(rest * 24 * 60), 60)
    parts = [(int(whole), "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(count(number, word) for number, word in parts if number) or count(int(whole), "day")
