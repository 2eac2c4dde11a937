"""What the record says about itself: corrections, retractions, an analyst's sourced judgements.

A correction is not a move. The history applies it before it folds (core/history.py), so the reducer
has nothing to do; the old entry stays visible at the steps before.
"""

from typing import ClassVar, Literal

from terms.core.event import Answering, Event
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import Many, WordMap
from terms.core.talks import Talks


class Correct(Answering):
    """Replaces fields of an earlier entry, from this step on."""

    EFFECT: ClassVar[str] = "the entry reads as corrected, from this step on"

    kind: Literal["correct"] = "correct"
    with_: WordMap
    why: str | None = None


class Retract(Answering):
    """Takes an earlier entry out of the record, from this step on."""

    EFFECT: ClassVar[str] = "the entry no longer counts, from this step on"

    kind: Literal["retract"] = "retract"
    why: str | None = None


class Judge(Event):
    """An analyst's sourced reading of two wordings: same as, entails, contradicts."""

    EFFECT: ClassVar[str] = "two wordings compared on a source's word; the only way free text is compared"

    kind: Literal["judge"] = "judge"
    of: Many = ()
    relation: Literal["same-as", "entails", "contradicts"]
    a: str | None = None
    b: str | None = None
    why: str | None = None


@evolve.register
def correct(event: Correct, talks: Talks) -> Talks:
    """Nothing: the history has already applied it."""
    return talks


@evolve.register
def retract(event: Retract, talks: Talks) -> Talks:
    """Nothing: the history has already applied it."""
    return talks


@evolve.register
def judge(event: Judge, talks: Talks) -> Talks:
    """Keep the judgement."""
    pair = (event.a, event.b) if event.a is not None and event.b is not None else event.of
    if len(pair) != 2:
        return talks
    return talks.with_judgement(event.relation, str(pair[0]), str(pair[1]), event.id)


@objections.register
def judge_objections(event: Judge, talks: Talks) -> tuple[Objection, ...]:
    """A judgement compares two wordings."""
    if (event.a is None or event.b is None) and len(event.of) != 2:
        return (Objection("N610", event.id, "a judgement compares two wordings: name them under a and b"),)
    return ()
