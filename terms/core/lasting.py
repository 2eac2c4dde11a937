"""How long what was agreed lasts: from when, until when, and whether it lives at the moment asked.

An end may be stated with the term, with its text, or by those who bring it into force; extensions and
renewals move it. Extensions of unequal length leave it in force to the earliest of their ends and then
contested. A text that renews itself does so until somebody gives notice in time.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from terms.core.consent import Consent
from terms.core.entries import Clause, LifeMark
from terms.core.happenings import names_of, start_of
from terms.core.header import Text
from terms.core.moments import between, earliest, latest
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords, Words
from terms.values import Length, Unreadable, after, as_datetime, read_length

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
ENDING = ("terminate", "supersede")
AGREED = ("agreed", "agreed to differ")


class Life(Struct, frozen=True):
    """Whether what was agreed is in force, for whom (empty: for all), from when until when (None: not known)."""

    state: LifeState
    parties: tuple[str, ...] = ()
    since: Edtf | None = None
    until: datetime | None = None
    events: tuple[str, ...] = ()
    reaffirmed: int = 0


class _Clause(Struct, frozen=True):
    """What the life of a clause is worked out from; `clause` and `text` are None where there is none."""

    at: Situation
    consent: Consent
    clause: Clause | None
    text: Text | None
    marks: tuple[LifeMark, ...]

    def by_now(self, *kinds: str) -> list[LifeMark]:
        """The acts of these kinds that had happened by the moment asked, in log order."""
        return [mark for mark in self.marks if mark.kind in kinds and earliest(mark.date) <= self.at.moment]


def life_of_term(at: Situation, consent: Consent) -> Life:
    """The life of what is (or was) agreed on a term."""
    version = consent.version or _once_agreed(at, consent)
    clause = at.talks.clause(version, consent.term) if version is not None else None
    held = at.talks.version(version) if version is not None else None
    text = at.header.text.get(held.text or "") if held is not None else None
    marks = at.marks(*names_of(at.talks, consent.term, version))
    life = _lived(_Clause(at, consent, clause, text, marks))
    reaffirmed = sum(mark.kind == "reaffirm" for mark in marks)
    return Life(
        life.state, life.parties, life.since, life.until, tuple(mark.event for mark in marks), reaffirmed
    )


def _once_agreed(at: Situation, consent: Consent) -> str | None:
    """The version that an act of ending freed somebody from; None: there is none."""
    cells = at.cells_of(consent.term, consent.stage).values()
    versions = {cell.version for cell in cells if cell.detail in ENDING}
    return min((version for version in versions if version is not None), default=None)


def _lived(what: _Clause) -> Life:
    agreed = what.consent.state in AGREED
    ended = what.by_now(*ENDING)
    if ended and not agreed:
        return Life("not begun") if _spoken_since(what, ended[-1]) else _ended(what, ended[-1])
    begun = what.by_now("enter-into-force")
    if not agreed and not begun:
        return Life("not begun")
    start = _start(what, begun)
    if start is None or earliest(start) > what.at.moment:
        return Life("not begun", since=start)
    return _running(what, begun, start)


def _spoken_since(what: _Clause, mark: LifeMark) -> bool:
    """Whether somebody has put the term on the table again since the act that ended it."""
    place = what.at.history.index
    cells = what.at.cells_of(what.consent.term, what.consent.stage).values()
    return any(cell.stance is not None and place(cell.event) > place(mark.event) for cell in cells)


def _ended(what: _Clause, mark: LifeMark) -> Life:
    end = latest(mark.date)
    if mark.kind == "supersede":
        return Life("superseded", until=end)
    return Life("lapsed but observed" if _observed(what, end) else "terminated", until=end)


def _observed(what: _Clause, end: datetime) -> bool:
    return any(latest(mark.date) > end for mark in what.by_now("observe"))


def _running(what: _Clause, begun: list[LifeMark], start: Edtf) -> Life:
    moment = what.at.moment
    parties = _for_whom(what, begun)
    noticed = _noticed(what)
    if noticed is not None and noticed < moment:
        state: LifeState = "lapsed but observed" if _observed(what, noticed) else "terminated"
        return Life(state, parties, start, noticed)
    ends = ends_of(what, start)
    if noticed is not None:
        ends = tuple(sorted({min(end, noticed) for end in ends})) or (noticed,)
    if not ends or moment <= ends[0]:
        return Life(
            "suspended" if _suspended(what) else "in force", parties, start, ends[0] if ends else None
        )
    if moment <= ends[-1]:
        return Life("contested", parties, start, ends[0])
    return Life("lapsed but observed" if _observed(what, ends[-1]) else "lapsed", parties, start, ends[-1])


def _for_whom(what: _Clause, begun: list[LifeMark]) -> tuple[str, ...]:
    """The parties for whom it has begun by now, sorted; none: for all."""
    named = [mark.parties for mark in begun if earliest(start_of(what.at, mark)) <= what.at.moment]
    return tuple(sorted({party for parties in named for party in parties})) if all(named) else ()


def _suspended(what: _Clause) -> bool:
    """Whether the last word is a suspension whose own end, where it names one, has not come."""
    last = what.by_now("suspend", "resume")[-1:]
    if not last or last[0].kind == "resume":
        return False
    end = what.at.date_of(last[0].until) if last[0].until is not None else None
    return end is None or latest(end) >= what.at.moment


def _start(what: _Clause, begun: list[LifeMark]) -> Edtf | None:
    if begun:
        return min((start_of(what.at, mark) for mark in begun), key=earliest)
    return what.at.happened(f"{what.consent.term}.begins")


# ---- notice --------------------------------------------------------------------------------------


def _noticed(what: _Clause) -> datetime | None:
    """When a notice of termination takes effect; None: there is none that does by itself."""
    last = _last_acceptance(what)
    ends: list[datetime] = []
    for mark in what.by_now("notify-termination"):
        if what.at.history.index(mark.event) < last:
            continue
        if mark.effective is not None:
            moment = what.at.date_of(mark.effective)
            ends += [latest(moment)] if moment is not None else []
        elif what.text is not None and what.text.ends_on_notice:
            ends += lasting(mark.date, what.text.ends_on_notice)[-1:]
    return min(ends, default=None)


def _last_acceptance(what: _Clause) -> int:
    """The place of the act that completed the agreement; notices before it were of an older one."""
    events = what.consent.events if what.consent.state in AGREED else ()
    return max((what.at.history.index(event) for event in events), default=-1)


# ---- ends ----------------------------------------------------------------------------------------


def ends_of(what: _Clause, start: Edtf) -> tuple[datetime, ...]:
    """The moments at which it may end, sorted: one, or several where extensions differ; none when it is open."""
    ends = _first_ends(what, start)
    pending: list[tuple[LifeMark, tuple[datetime, ...]]] = []
    for mark in what.by_now("extend", "renew"):
        if pending and not _beside(what, pending, mark):
            ends, pending = _joined(pending), []
        base = _renewed(what, ends, min(earliest(mark.date), what.at.moment))
        pending.append((mark, _marked_end(what, mark, start, base)))
    return _renewed(what, _joined(pending) if pending else ends, what.at.moment)


def _first_ends(what: _Clause, start: Edtf) -> tuple[datetime, ...]:
    ends: tuple[datetime, ...] = ()
    stance = what.clause.stance if what.clause is not None else None
    if stance is not None and stance.until_time is not None:
        end = what.at.date_of(stance.until_time)
        ends = (latest(end),) if end is not None else ()
    elif stance is not None and stance.lasts:
        ends = lasting(start, stance.lasts)
    elif what.text is not None and what.text.lasts:
        ends = lasting(start, what.text.lasts)
    for mark in what.by_now("enter-into-force"):
        if mark.until is not None or mark.lasts:
            ends = _marked_end(what, mark, start, ends)
    return ends


def _beside(what: _Clause, pending: list[tuple[LifeMark, tuple[datetime, ...]]], mark: LifeMark) -> bool:
    """Whether an extension is another side's version of the pending one, and not one more on top of it."""
    extended = {party for one, _ in pending for party in one.by}
    needed = set(what.at.header.consent(what.consent.term, what.text.id if what.text is not None else None))
    return not extended & set(mark.by) and bool(needed & extended) and not needed <= extended


def _joined(pending: list[tuple[LifeMark, tuple[datetime, ...]]]) -> tuple[datetime, ...]:
    return tuple(sorted({end for _, several in pending for end in several}))


def _marked_end(
    what: _Clause, mark: LifeMark, start: Edtf, ends: tuple[datetime, ...]
) -> tuple[datetime, ...]:
    if mark.until is not None:
        moment = what.at.date_of(mark.until)
        return (latest(moment),) if moment is not None else ends
    length = mark.lasts.removeprefix("+") or (_term_of(what) if mark.kind == "renew" else "")
    if not length:
        return ends
    if mark.kind == "enter-into-force":
        return lasting(start, length)
    return tuple(sorted({later for end in ends for later in _longer(mark, end, length)}))


def _longer(mark: LifeMark, end: datetime, length: Words) -> tuple[datetime, ...]:
    """An end moved by a length; what comes after the end does not reach back to it: there was a gap."""
    return lasting(mark.date if end < earliest(mark.date) else between(end, end), length)


def _term_of(what: _Clause) -> Words:
    """The length of a new term where a renewal names none; "" when none is stated anywhere."""
    renews = what.text.renews if what.text is not None else ()
    if isinstance(renews, FrozenWords):
        renews = renews.get("for") or renews.get("every") or ""
    if isinstance(renews, str) and renews:
        return renews
    if what.clause is not None and what.clause.stance.lasts:
        return what.clause.stance.lasts
    return what.text.lasts if what.text is not None else ""


def _renewed(what: _Clause, ends: tuple[datetime, ...], by: datetime) -> tuple[datetime, ...]:
    """Ends moved on by tacit renewals up to `by`: none once notice was given in time, or for earned renewals."""
    renews = what.text.renews if what.text is not None else ()
    if not isinstance(renews, FrozenWords) or "notice" not in renews:
        return ends
    length = length_of(_term_of(what))
    if length is None or not length.high:
        return ends
    last = _last_acceptance(what)
    notices = [mark for mark in what.by_now("notify-termination") if what.at.history.index(mark.event) > last]
    stops = [stop for mark in notices for stop in lasting(mark.date, renews["notice"])[-1:]]
    return tuple(sorted({later for end in ends for later in _moved(end, length, min([by, *stops]))}))


def _moved(end: datetime, length: Length, goal: datetime) -> tuple[datetime, ...]:
    """The end, or the first of its renewals that reaches `goal`."""
    if end >= goal:
        return (end,)
    start, times = between(end, end), 1
    while _after_terms(start, length, times)[-1] < goal:
        times *= 2
    low = times // 2
    while times - low > 1:
        middle = (low + times) // 2
        low, times = (middle, times) if _after_terms(start, length, middle)[-1] < goal else (low, middle)
    return _after_terms(start, length, times)


def _after_terms(start: Edtf, length: Length, times: int) -> tuple[datetime, ...]:
    return lasting(start, Length(length.low * times, length.high * times, length.unit))


def lasting(start: Edtf, lasts: Words | Length) -> tuple[datetime, ...]:
    """When something that began at `start` and lasts so long ends: the earliest and the latest it can be.

    None at all for a length that only an event ends, or that is not stated.
    """
    length = lasts if isinstance(lasts, Length) else length_of(lasts)
    if length is None:
        return ()
    least, most = (after(Length(many, many, length.unit), start).ends for many in (length.low, length.high))
    return tuple(sorted({as_datetime(least[0]), as_datetime(most[1])}))


def length_of(words: Words) -> Length | None:
    """The length that words name; None where they name none, such as `not stated`."""
    try:
        length = read_length(words)
    except Unreadable:
        return None
    return length if isinstance(length, Length) else None
