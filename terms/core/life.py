"""The other three axes of a term: what its words mean, whether it lives, whether it is performed.

All three are functions of a state and a date. A first alleged breach never hides that a term is in
force, so the axes are derived apart and only the headline puts them in an order.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from terms.core.consent import Consent, consent_of
from terms.core.duties import Obligation, obligations_on
from terms.core.entries import Clause, LifeMark
from terms.core.situation import Situation, between, earliest, latest
from terms.ground.dates import Edtf
from terms.ground.words import Words
from terms.values import Length, after, as_datetime, read_length

LifeState = Literal[
    "not begun",
    "in force",
    "suspended",
    "lapsed",
    "lapsed but observed",
    "terminated",
    "superseded",
    "contested",
]
PerformanceState = Literal[
    "not due", "due", "met", "overdue", "breach alleged", "breach verified", "void", "contested"
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One or disputed, and who reads the clause how: (party, reading, event), parties sorted."""

    state: Literal["one", "disputed"]
    readings: tuple[tuple[str, str, str], ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """Whether what was agreed is in force, for whom (empty: for all), from when until when (None: not known)."""

    state: LifeState
    parties: tuple[str, ...] = ()
    since: Edtf | None = None
    until: datetime | None = None
    events: tuple[str, ...] = ()
    reaffirmed: int = 0


@dataclass(frozen=True, slots=True)
class Axes:
    """The four axes of one term and the headline over them."""

    consent: Consent
    meaning: Meaning
    life: Life
    performance: PerformanceState
    obligations: tuple[Obligation, ...]
    headline: str


def axes(at: Situation, term: str, *, stage: str | None = None) -> Axes:
    """All four axes of `term` at this moment, each with the events it rests on."""
    consent = consent_of(at, term, stage=stage)
    meaning = meaning_of(at, consent)
    life = life_of_term(at, consent)
    owed = obligations_on(at, term, consent)
    performance = performance_of(at, consent, owed)
    return Axes(consent, meaning, life, performance, owed, headline(consent, meaning, life, performance))


def headline(consent: Consent, meaning: Meaning, life: Life, performance: PerformanceState) -> str:
    """The fixed order: an end of life first, then force with its performance, then consent; disputes are added."""
    agreed = consent.state in ("agreed", "agreed to differ")
    if life.state in ("terminated", "superseded", "suspended", "lapsed", "lapsed but observed", "contested"):
        words: str = life.state if life.state != "contested" else "end contested"
    elif life.state == "in force":
        words = "in force"
    else:
        words = consent.state
    if agreed and performance not in ("not due", "void"):
        words = f"{words}, {performance}"
    if meaning.state == "disputed":
        words = f"{words}, meaning disputed"
    return f"{words}, reopened by {', '.join(consent.reopened)}" if consent.reopened else words


def meaning_of(at: Situation, consent: Consent) -> Meaning:
    """One meaning unless parties read the clause differently; a reading by one side alone disputes nothing."""
    readings: list[tuple[str, str, str]] = []
    for name in _names(at, consent):
        for reading in at.talks.readings.get(name, ()):
            readings.extend((party, reading.reads, reading.event) for party in reading.by)
    found = tuple(sorted(set(readings)))
    disputed = len({reads for _, reads, _ in found}) > 1
    return Meaning(
        "disputed" if disputed else "one", found, tuple(dict.fromkeys(event for _, _, event in found))
    )


def _names(at: Situation, consent: Consent) -> tuple[str, ...]:
    """The names under which the clause may be spoken of: TEXT/TERM, VERSION/TERM, the text, the version, the term."""
    versions = [consent.version] if consent.version is not None else []
    names = [consent.term]
    for version in versions:
        held = at.talks.target(version).version
        root = version.partition("/")[0]
        names += [f"{root}/{consent.term}", root]
        if held is not None and held.text is not None:
            names += [f"{held.text}/{consent.term}", held.text]
    return tuple(dict.fromkeys(names))


def life_of_term(at: Situation, consent: Consent) -> Life:
    """The life of what is (or was) agreed on a term."""
    marks = at.marks(*_names(at, consent))
    events = tuple(mark.event for mark in marks)
    reaffirmed = sum(mark.kind == "reaffirm" for mark in marks)
    ended = _ended(at, marks)
    clause = at.talks.clause(consent.version, consent.term) if consent.version is not None else None
    if consent.state not in ("agreed", "agreed to differ") and not ended:
        begun = [mark for mark in marks if mark.kind == "enter-into-force"]
        if not begun:
            return Life("not begun", reaffirmed=reaffirmed, events=events)
    if ended is not None:
        observed = any(mark.kind == "observe" and latest(mark.date) > latest(ended.date) for mark in marks)
        if ended.kind == "supersede":
            return Life("superseded", (), None, latest(ended.date), events, reaffirmed)
        state: LifeState = "lapsed but observed" if observed else "terminated"
        return Life(state, (), None, latest(ended.date), events, reaffirmed)
    return _running(at, consent, clause, marks, events, reaffirmed)


def _ended(at: Situation, marks: tuple[LifeMark, ...]) -> LifeMark | None:
    """The act that ended it by this moment: a termination, a supersession, or a notice that has run out."""
    for mark in marks:
        if mark.kind in ("terminate", "supersede") and earliest(mark.date) <= at.moment:
            return mark
        if (
            mark.kind == "notify-termination"
            and (end := _notice_end(at, mark)) is not None
            and end <= at.moment
        ):
            return mark
    return None


def _notice_end(at: Situation, mark: LifeMark) -> datetime | None:
    if mark.effective is not None:
        moment = at.date_of(mark.effective)
        return latest(moment) if moment is not None else None
    for text in at.header.texts:
        if text.ends_on_notice and any(one.event == mark.event for one in at.talks.lives.get(text.id, ())):
            return max(_after(mark.date, text.ends_on_notice), default=None)
    return None


def _running(
    at: Situation,
    consent: Consent,
    clause: Clause | None,
    marks: tuple[LifeMark, ...],
    events: tuple[str, ...],
    reaffirmed: int,
) -> Life:
    begun = tuple(mark for mark in marks if mark.kind == "enter-into-force")
    start = _start(at, consent, clause, begun)
    if start is None or earliest(start) > at.moment:
        return Life("not begun", events=events, since=start, reaffirmed=reaffirmed)
    parties = tuple(sorted({party for mark in begun for party in mark.parties}))
    suspended = [
        mark.kind for mark in marks if mark.kind in ("suspend", "resume") and earliest(mark.date) <= at.moment
    ]
    ends = _ends(at, consent, clause, start, marks)
    if not ends:
        state: LifeState = "suspended" if suspended[-1:] == ["suspend"] else "in force"
        return Life(state, parties, start, None, events, reaffirmed)
    first, last = min(ends), max(ends)
    if at.moment <= first:
        state = "suspended" if suspended[-1:] == ["suspend"] else "in force"
        return Life(state, parties, start, first, events, reaffirmed)
    if at.moment <= last:
        return Life("contested", parties, start, first, events, reaffirmed)
    observed = any(mark.kind == "observe" and latest(mark.date) > last for mark in marks)
    return Life("lapsed but observed" if observed else "lapsed", parties, start, last, events, reaffirmed)


def _start(
    at: Situation, consent: Consent, clause: Clause | None, begun: tuple[LifeMark, ...]
) -> Edtf | None:
    if begun:
        first = begun[0]
        return (at.date_of(first.effective) or first.date) if first.effective is not None else first.date
    if clause is not None and clause.stance.from_words is not None:
        return at.date_of(clause.stance.from_words)
    if clause is not None and clause.stance.effective_words is not None:
        return at.date_of(clause.stance.effective_words)
    return at.happened(f"{consent.term}.begins")


def _ends(
    at: Situation, consent: Consent, clause: Clause | None, start: Edtf, marks: tuple[LifeMark, ...]
) -> tuple[datetime, ...]:
    """The moments at which it ends: one, or several where extensions differ; none when no end is stated."""
    ends: tuple[datetime, ...] = ()
    stance = clause.stance if clause is not None else None
    if (
        stance is not None
        and stance.until_time is not None
        and (end := at.date_of(stance.until_time)) is not None
    ):
        ends = (latest(end),)
    elif stance is not None and stance.lasts:
        ends = _after(start, stance.lasts)
    elif text_lasts := _text_lasts(at, consent):
        ends = _after(start, text_lasts)
    for mark in marks:
        if mark.kind == "enter-into-force":
            ends = _marked_end(at, mark, start, ends) or ends
    later = [mark for mark in marks if mark.kind in ("extend", "renew") and earliest(mark.date) <= at.moment]
    return _extended(at, ends, later, start)


def _extended(
    at: Situation, ends: tuple[datetime, ...], later: list[LifeMark], start: Edtf
) -> tuple[datetime, ...]:
    """Ends after extensions, in order. Two on one day by different parties that differ stand side by side."""
    pending: list[tuple[LifeMark, tuple[datetime, ...]]] = []
    for mark in later:
        if pending and (pending[-1][0].date != mark.date or set(pending[-1][0].by) & set(mark.by)):
            ends = tuple(sorted({end for _, several in pending for end in several}))
            pending = []
        pending.append((mark, _marked_end(at, mark, start, ends)))
    return tuple(sorted({end for _, several in pending for end in several})) if pending else ends


def _marked_end(
    at: Situation, mark: LifeMark, start: Edtf, ends: tuple[datetime, ...]
) -> tuple[datetime, ...]:
    if mark.until is not None:
        moment = at.date_of(mark.until)
        return (latest(moment),) if moment is not None else ends
    if not mark.lasts:
        return ends
    if mark.lasts.startswith("+") or mark.kind in ("extend", "renew"):
        longer = mark.lasts.removeprefix("+")
        return tuple(sorted({later for end in ends for later in _after(between(end, end), longer)}))
    return _after(start, mark.lasts)


def _after(start: Edtf, lasts: Words) -> tuple[datetime, ...]:
    """When something that began at `start` and lasts so long ends: the earliest and the latest it can be.

    None at all for a length that only an event ends, or that is not stated.
    """
    length = read_length(lasts)
    if not isinstance(length, Length):
        return ()
    return tuple(sorted({as_datetime(moment) for moment in after(length, start).ends}))


def _text_lasts(at: Situation, consent: Consent) -> str:
    held = at.talks.target(consent.version or "").version
    text = at.header.text.get(held.text or "") if held is not None else None
    return text.lasts if text is not None else ""


def performance_of(at: Situation, consent: Consent, owed: tuple[Obligation, ...]) -> PerformanceState:
    """The worst of the obligations on a term, breaches first."""
    names = set(_names(at, consent))
    breaches = [breach for breach in at.talks.breaches.values() if breach.of in names]
    if any(breach.verified_by for breach in breaches):
        return "breach verified"
    if breaches:
        return "breach alleged"
    states = {one.state for one in owed}
    for state in ("overdue", "contested", "due"):
        if state in states:
            return state
    if owed and states <= {"met", "met late"}:
        return "met"
    return "void" if states == {"void"} else "not due"
