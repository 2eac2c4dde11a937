"""The talks after a step, at a date: the facts that conditions, clocks and statuses are derived from.

The reducer never lets anything lapse. Whatever depends on time is a function of a state and a date, and
this is the pair. The date is the latest reading of the last event's date unless another is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from terms.core.entries import Bound, LifeMark, Performance
from terms.core.event import Event
from terms.core.header import Header
from terms.core.history import History
from terms.core.binding import matched
from terms.core.talks import Talks
from terms.ground.dates import Edtf, read_date
from terms.ground.errors import BadDate
from terms.ground.words import FrozenWords, Words
from terms.values import Outcome, outcome_of, read_provisos, read_time, resolve

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Situation:
    """A history after its first `steps` events, at `moment`. It answers; it changes nothing."""

    history: History
    steps: int
    moment: datetime

    @cached_property
    def talks(self) -> Talks:
        """The state after the last of these steps."""
        return self.history.state(self.steps)

    @property
    def header(self) -> Header:
        return self.history.header

    # ---- happenings ----------------------------------------------------------------------------

    def happened(self, name: str) -> Edtf | None:
        """When a happening occurred, recorded or derived (rules.md 5); None: it has not, by what is recorded.

        Derived: the id of an event; TEXT.signed; T.done; T.begins; T.VALUE once T is agreed with that value.
        """
        recorded = self.talks.happenings.get(name)
        if recorded is not None:
            return recorded.moment if recorded.state == "occurred" else None
        if (event := self._event(name)) is not None:
            return event.date
        owner, _, what = name.rpartition(".")
        if not owner:
            return None
        if what in ("signed", "ratified", "initialled") and owner in self.header.text:
            return self._all_marked(
                owner, {"signed": "sign", "ratified": "ratify", "initialled": "initial"}[what]
            )
        if what == "done":
            return self._done(owner)
        return self._agreed_value(owner, what)

    def expected(self, name: str) -> Edtf | None:
        """When a happening occurred or, failing that, for when it is planned; None: neither is known."""
        if (moment := self.happened(name)) is not None:
            return moment
        recorded = self.talks.happenings.get(name)
        if recorded is None or recorded.planned is None:
            return None
        return self.date_of(recorded.planned, skip=name)

    def date_of(self, words: Words, *, skip: str = "") -> Edtf | None:
        """The date that words of time come to, through what has happened or is planned; None: not yet known.

        `skip` is a happening that may not be looked up again (a plan that refers to itself is unknown).
        """
        found = resolve(read_time(words), lambda name: None if name == skip else self.expected(name))
        return between(*found) if found is not None else None

    def called_off(self, name: str) -> bool:
        """Whether a happening was called off."""
        recorded = self.talks.happenings.get(name)
        return recorded is not None and recorded.state == "called off"

    def disputed(self, name: str) -> bool:
        """Whether somebody denies that a happening occurred as recorded."""
        recorded = self.talks.happenings.get(name)
        denied = {reaction.kind for reaction in self.talks.reactions.get(name, ())}
        if recorded is not None:
            denied |= {reaction.kind for reaction in self.talks.reactions.get(recorded.event, ())}
        return "deny" in denied

    def _event(self, name: str) -> Event | None:
        if name not in self.history or self.history.index(name) >= self.steps:  # type: ignore[comparison-overlap]
            return None
        return self.history.as_read(name, self.steps)

    def _all_marked(self, text: str, kind: str) -> Edtf | None:
        """The date of the last of the parties' acts of one kind on a text; None while one is missing."""
        dates: dict[str, Edtf] = {}
        for mark in self.talks.lives.get(text, ()):
            if mark.kind == kind:
                dates.update(dict.fromkeys(mark.by, mark.date))
        parties = self.header.text[text].parties or tuple(dates)
        if not parties or any(party not in dates for party in parties):
            return None
        return max((dates[party] for party in parties), key=latest)

    def _done(self, owner: str) -> Edtf | None:
        full = [claim for claim in self.claims_on(owner) if claim.done == "yes" and not claim.disputed_by]
        return full[0].date if full else None

    def claims_on(self, owner: str) -> tuple[Performance, ...]:
        """Claims of performance on a term (or TERM.STEP), wherever it was agreed, in log order of their targets."""
        found: list[Performance] = []
        for target, claims in self.talks.performances.items():
            if target == owner or target.rpartition("/")[2] == owner:
                found.extend(claims)
        return tuple(sorted(found, key=lambda claim: self.history.index(claim.event)))

    def _agreed_value(self, term: str, value: str) -> Edtf | None:
        """The date on which `term` was agreed with this value (any value for `begins` without a start of its own)."""
        for version, stage, bound in self._bounds(term):
            clause = self.talks.clause(version, term)
            if clause is None or not matched(self.talks, term, version, stage):
                continue
            stance = clause.stance
            if value == "begins":
                return self.date_of(stance.from_words) if stance.from_words is not None else None
            if stance.value is not None and stance.value.words == value:
                return max((self._date(one) for one in bound), key=latest)
        return None

    def _bounds(self, term: str) -> Iterator[tuple[str, str, tuple[Bound, ...]]]:
        """(version, stage, acceptances) of a term, by version id."""
        found: dict[tuple[str, str], list[Bound]] = {}
        for party in self.header.party:
            for stage in self.stages_of(term):
                cell = self.talks.cells.get((party, term, stage))
                for one in cell.bound if cell is not None else ():
                    found.setdefault((one.version, stage), []).append(one)
        for (version, stage), bound in sorted(found.items()):
            yield version, stage, tuple(bound)

    def _date(self, bound: Bound) -> Edtf:
        return self.history.event(bound.event).date

    @cached_property
    def _stages(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for _, term, stage in self.talks.cells:
            found.setdefault(term, set()).add(stage)
        return {term: tuple(sorted(stages)) for term, stages in found.items()}

    @property
    def raised(self) -> set[str]:
        """The terms on which anybody stands; a new set at every call."""
        return set(self._stages)

    def stages_of(self, term: str) -> tuple[str, ...]:
        """The stages in which anybody stands on `term`, sorted; its own stage when nobody does."""
        return self._stages.get(term) or (self.talks.stage_of(term),)

    # ---- conditions (the facts that `evaluate` asks for) -----------------------------------------

    def occurred(self, happening: str) -> Edtf | None:
        """As `happened`, by this moment."""
        moment = self.happened(happening)
        return moment if moment is not None and earliest(moment) <= self.moment else None

    def accepts(self, party: str, what: str) -> bool | None:
        """Whether `party` has accepted a version, text or term; None: no word of it."""
        target = self.talks.target(what)
        pairs = [(t, c.stage, c.version) for t, c in target.clauses.items()]
        cells = [(self.talks.cells.get((party, term, stage)), version) for term, stage, version in pairs]
        if not cells:
            cells = [(self.talks.cell(party, what), "")]
        held = [
            cell is not None and any(one.version == version or not version for one in cell.bound)
            for cell, version in cells
        ]
        if all(held):
            return True
        return False if any(cell is not None and cell.status == "rejected" for cell, _ in cells) else None

    def certifies(self, party: str, happening: str) -> bool | None:
        """Whether `party` certified a happening, or the performance it stands for; None: no word of it."""
        recorded = self.talks.happenings.get(happening)
        for name in (happening, recorded.event if recorded is not None else ""):
            if any(one.kind == "certify" and party in one.by for one in self.talks.reactions.get(name, ())):
                return True
        owner = happening.removesuffix(".done")
        return True if any(party in claim.certified_by for claim in self.claims_on(owner)) else None

    def complies(self, party: str, text: str) -> bool | None:
        """False when a verified breach of `text` by `party` is on record, None when one is alleged, else True."""
        breaches = [
            one
            for one in self.talks.breaches.values()
            if party in one.by and one.of.partition("/")[0] == text
        ]
        if any(one.verified_by for one in breaches):
            return False
        return None if breaches else True

    def last_incident(self) -> Edtf | None:
        """The date of the latest incident or alleged violation on record; None: there is none."""
        kinds = ("incident", "violate")
        dates = [event.date for event in self.history.events[: self.steps] if event.kind in kinds]
        return max(dates, key=latest) if dates else None

    def outcome(self, conditions: FrozenWords | None) -> Outcome:
        """How the conditions of an act stand: met when there are none.

        `only-if` and `while` must hold, `unless` must not.
        """
        return Outcome.MET if conditions is None else outcome_of(read_provisos(conditions), self, self.moment)

    # ---- lives ---------------------------------------------------------------------------------

    def marks(self, *names: str) -> tuple[LifeMark, ...]:
        """The acts in the lives of all these names, in log order, each once."""
        found = {mark.event: mark for name in names for mark in self.talks.lives.get(name, ())}
        return tuple(sorted(found.values(), key=lambda mark: self.history.index(mark.event)))


def situation(history: History, steps: int | None = None, moment: datetime | None = None) -> Situation:
    """The history after `steps` events (all: None) at `moment` (the date of the last of them: None)."""
    count = len(history) if steps is None else steps
    if moment is None:
        moment = history.view.at or (latest(history.events[count - 1].date) if count else END_OF_TIME)
    return Situation(history, count, moment)


def latest(date: Edtf) -> datetime:
    """The latest moment a date may mean; the end of time when it is open."""
    return date.latest or END_OF_TIME


def earliest(date: Edtf) -> datetime:
    """The earliest moment a date may mean; the beginning of time when it is open."""
    return date.earliest or datetime.min.replace(tzinfo=UTC)


def between(low: datetime, high: datetime) -> Edtf:
    """The date that lies somewhere between two moments, a moment itself when they are one."""
    spelled = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (low, high)]
    try:
        return read_date(spelled[0] if low == high else "/".join(spelled))
    except BadDate:
        days = [moment.date().isoformat() for moment in (low, high)]
        return read_date(days[0] if days[0] == days[1] else "/".join(days))
