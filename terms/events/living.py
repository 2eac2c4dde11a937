"""The life of what was agreed: in force, extended, suspended, ended. Time itself ends nothing here.

Whether a truce is in force, lapsed or overdue is a question asked with a date; these acts only say
what parties did. An expiry that somebody records is one party's statement.
"""

from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.entries import Bound, Cell, LifeMark
from terms.core.event import Answering, Event
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import AnyWords, Many
from terms.core.talks import CellKey, Talks


class LifeAct(Answering):
    """An act upon a text, an agreement, a clause or a term that is already there."""


class EnterIntoForce(LifeAct):
    """What `of` names takes effect, for all or for the parties named under `for`."""

    EFFECT: ClassVar[str] = "in force, for whom it says, from `effective` or the event's date"

    kind: Literal["enter-into-force"] = "enter-into-force"
    for_: Many = ()
    effective: AnyWords | None = None
    lasts: str | None = None
    until: AnyWords | None = None


class Extend(LifeAct):
    """Adds a length (`lasts: +5 days`) or sets an end (`until`)."""

    EFFECT: ClassVar[str] = "a later end; extensions of unequal length hold to the earliest, then contested"

    kind: Literal["extend"] = "extend"
    by: Many
    lasts: str | None = None
    until: AnyWords | None = None


class Renew(LifeAct):
    """Starts a new term of the same length, or of the length given."""

    EFFECT: ClassVar[str] = "a new term begins where the last one ends"

    kind: Literal["renew"] = "renew"
    by: Many
    lasts: str | None = None
    until: AnyWords | None = None


class Reaffirm(LifeAct):
    """Says again what was agreed; the first date stays."""

    EFFECT: ClassVar[str] = "counted; the first date stays"

    kind: Literal["reaffirm"] = "reaffirm"
    by: Many


class Suspend(LifeAct):
    """Stops applying what was agreed, for now."""

    EFFECT: ClassVar[str] = "suspended until resumed"

    kind: Literal["suspend"] = "suspend"
    until: AnyWords | None = None


class Resume(LifeAct):
    """Applies again what was suspended."""

    EFFECT: ClassVar[str] = "in force again"

    kind: Literal["resume"] = "resume"


class NotifyTermination(LifeAct):
    """Gives notice; the clock of the text's notice period runs from here."""

    EFFECT: ClassVar[str] = "notice running; ends when the period (or `effective`) is reached"

    kind: Literal["notify-termination"] = "notify-termination"
    by: Many
    effective: AnyWords | None = None


class Expire(LifeAct):
    """Somebody states that it has run out."""

    EFFECT: ClassVar[str] = "a statement that it ran out; the date decides, not the statement"

    kind: Literal["expire"] = "expire"


class Terminate(LifeAct):
    """Ends what was agreed."""

    EFFECT: ClassVar[str] = "ended; its terms are no longer agreed"

    kind: Literal["terminate"] = "terminate"


class Supersede(LifeAct):
    """Puts another text or agreement in its place."""

    EFFECT: ClassVar[str] = "superseded; its terms are no longer agreed unless the later one has them"

    kind: Literal["supersede"] = "supersede"
    with_: str | None = None


class Observe(LifeAct):
    """Reports that it is kept, even after its end."""

    EFFECT: ClassVar[str] = "after an end: lapsed but observed"

    kind: Literal["observe"] = "observe"


@evolve.register
def live(event: LifeAct, talks: Talks) -> Talks:
    """Add the act to the life of each thing it names."""
    after = talks
    for reference in event.of:
        after = after.with_life(life_of(talks, reference), _mark(event))
    return after


@evolve.register
def terminate(event: Terminate, talks: Talks) -> Talks:
    """End it: nobody is bound by its versions any more."""
    return _freed(event, live(event, talks))


@evolve.register
def supersede(event: Supersede, talks: Talks) -> Talks:
    """End it in favour of another."""
    return _freed(event, live(event, talks))


def life_of(talks: Talks, reference: str) -> str:
    """The name under which the life of what `reference` names is kept: a text, an agreement or a term."""
    name, _, part = reference.partition("/")
    if name in talks.header.text or name in talks.header.term or part:
        return reference
    return talks.target(reference).event


def _mark(event: LifeAct) -> LifeMark:
    return LifeMark(
        event.kind,
        event.id,
        event.by,
        event.date,
        getattr(event, "lasts", None) or "",
        getattr(event, "until", None),
        getattr(event, "effective", None),
        getattr(event, "for_", ()),
    )


def _freed(event: Event, talks: Talks) -> Talks:
    """Nobody bound to the versions that `of` names, in whole or only in the terms named."""
    cells: dict[CellKey, Cell] = {}
    for reference in getattr(event, "of", ()):
        for key, cell in talks.cells.items():
            left = tuple(one for one in cell.bound if not _names(talks, reference, key[1], one))
            if left != cell.bound:
                cells[key] = replace(cell, detail=event.kind, bound=left)
    return talks.with_cells(cells)


def _names(talks: Talks, reference: str, term: str, one: Bound) -> bool:
    """Whether a reference covers an acceptance: by its term, its text, the act itself, or the whole lineage."""
    name, _, part = reference.partition("/")
    if name in talks.header.term:
        return name == term
    if part and part not in (term, one.version.partition("/")[2]):
        return False
    if name in (one.text, one.event):
        return True
    version, other = talks.version(name), talks.version(one.version)
    return version is not None and other is not None and version.root == other.root


@objections.register
def life_objections(event: LifeAct, talks: Talks) -> tuple[Objection, ...]:
    """An act upon an agreement needs one; resuming needs a suspension."""
    found = []
    for reference in event.of:
        name = reference.partition("/")[0]
        known = name in talks.header.text or name in talks.header.term or name in talks.header.happening
        if not known and talks.version(reference) is None and name not in talks.lives:
            found.append(
                Objection("N606", event.id, f"'{reference}' names nothing that was agreed or declared")
            )
        elif isinstance(event, Resume) and not _suspended(talks, life_of(talks, reference)):
            found.append(Objection("N607", event.id, f"'{reference}' was not suspended"))
    return tuple(found)


def _suspended(talks: Talks, name: str) -> bool:
    kinds = [mark.kind for mark in talks.lives.get(name, ()) if mark.kind in ("suspend", "resume")]
    return bool(kinds) and kinds[-1] == "suspend"
