"""Asks, term by term, for a value that everybody whose consent it needs has said they would accept.

Compatible is not agreed: agreement takes an act. And a deal is more than its terms one by one, because
packages, either/ors and order tie them together; that is the question of `zone`.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from terms.analyses.engine.findings import is_part
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.positions import Silence
from terms.analyses.engine.readings import readings
from terms.analyses.engine.standing import Standing, standings
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
    answers = [(reading.words, tuple(standings(reading.at, stage))) for reading in under]
    first = answers[0][1]
    merged = tuple(
        _merged(one, [(words, _named(other, one.term)) for words, other in answers])
        for one in first
        if not terms or any(is_part(one.term, term) for term in terms)
    )
    return Compatibility(
        heading(model(at, stage=stage, silence=silence), readings=len(under)), merged, truncated
    )


def _named(found: tuple[Standing, ...], term: str) -> Standing | None:
    return next((one for one in found if one.term == term), None)


def _merged(one: Standing, answers: list[tuple[str, Standing | None]]) -> Standing:
    """The one answer that all readings give, else contested with each reading's answer."""
    said = tuple(
        (words, f"{other.status}: {other.words}" if other else "unraised") for words, other in answers
    )
    if len({answer for _, answer in said}) == 1:
        return one
    return replace(
        one, status="contested", words="the readings differ", gap=None, readings=said, bridgeable=""
    )
