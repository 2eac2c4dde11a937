"""Asks, term by term, for a value that everybody whose consent it needs has said they would accept.

Compatible is not agreed: agreement takes an act. And a deal is more than its terms one by one, because
packages, either/ors and order tie them together; that is the question of `zone`.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from terms.analyses.engine.findings import is_part
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Stop, heed, never
from terms.analyses.engine.positions import Silence
from terms.analyses.engine.readings import Reading, folding, readings
from terms.analyses.engine.standing import Standing, standings
from terms.core.accounts import Choice
from terms.core.situation import Situation

QUESTION = "Which terms have a value that everybody would accept?"


class Compatibility(Struct, frozen=True):
    """The standing of every declared term, in the order declared."""

    heading: Heading
    terms: tuple[Standing, ...]
    truncated: bool = False


def find(
    at: Situation, *, stage: str | None = None, silence: Silence = "open", terms: Sequence[str] = ()
) -> Compatibility:
    """The compatibility of every term (of those named and their parts) under every reading of rival accounts."""
    under, truncated = readings(at)
    answers = [(reading, {one.term: one for one in standings(reading.at, stage)}) for reading in under]
    first = answers[0][1].values()
    merged = tuple(
        _merged(one, [(reading, found.get(one.term)) for reading, found in answers])
        for one in first
        if not terms or any(is_part(one.term, term) for term in terms)
    )
    head = heading(model(at, stage=stage, silence=silence), readings=len(under), one_by_one=truncated)
    return Compatibility(head, merged, truncated)


def contested(at: Situation, *, stop: Stop = never) -> frozenset[str]:
    """The terms, as `slot_name` spells them, whose answer is not the same under every reading of rival accounts.

    Raises:
        Overtaken: `stop` said so.
    """
    found: set[str] = set()
    answers: dict[str, str] = {}
    for _ in folding(at):
        heed(stop)
    for reading in readings(at)[0]:
        heed(stop)
        told = {one.term: _answer(one) for one in standings(reading.at)}
        if not reading.choices:
            answers = told
        found.update(term for term, answer in answers.items() if told.get(term, _answer(None)) != answer)
    return frozenset(found)


def _merged(one: Standing, answers: list[tuple[Reading, Standing | None]]) -> Standing:
    """The one answer that all readings give, else contested with the answers of the disputes that matter to it."""
    said = {reading.choices: _answer(other) for reading, other in answers}
    if len(set(said.values())) == 1:
        return one
    matters = _mattering(said)
    told = tuple(
        (reading.words, said[reading.choices])
        for reading, _ in answers
        if all(choice.of in matters for choice in reading.choices)
    )
    return replace(
        one, status="contested", words="the readings differ", gap=None, readings=told, bridgeable=""
    )


def _answer(one: Standing | None) -> str:
    if one is None:
        return "unraised"
    return one.words if one.status == "agreed" else f"{one.status}: {one.words}"


def _mattering(said: Mapping[tuple[Choice, ...], str]) -> frozenset[str]:
    """The disputed occurrences of which another account, all else the same, gives another answer."""
    return frozenset(
        choice.of
        for choices, answer in said.items()
        for choice in choices
        if said.get(tuple(one for one in choices if one is not choice), answer) != answer
    )
