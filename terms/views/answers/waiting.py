"""Question 12: who waits for whom, in sentences. The search itself is `analyses.deadlock`."""

from msgspec import Struct

from terms.analyses.deadlock import Finding, Link, Statement, Waiting, find
from terms.core.header import Header
from terms.core.situation import Situation
from terms.ground.words import FrozenWords
from terms.views.wording import condition_words, names_of


def waiting(at: Situation) -> Waiting:
    """Question 12: the ordering statements in force, the knots among them, and what waits in vain."""
    return find(at)


class InForce(Struct, frozen=True):
    """A condition somebody put on the talks or on something tabled: its words, and how it stands."""

    name: str
    by: tuple[str, ...]
    of: str
    words: str
    outcome: str
    event: str


def conditions(at: Situation) -> tuple[InForce, ...]:
    """The conditions in force that no event waived, by name."""
    return tuple(
        InForce(
            name, held.by, held.of or "", condition_words(held.words), _outcome(at, held.words), held.event
        )
        for name, held in sorted(at.talks.provisos.items())
        if held.waived_by is None
    )


def _outcome(at: Situation, words: FrozenWords) -> str:
    return at.outcome(words).value.replace("-", " ")


def statement_words(header: Header, statement: Statement) -> str:
    """`North: talks.begins before truce.begins (n-order/o1)`; a rule with its source in place of a party."""
    if statement.event is None:
        return f"agenda rule {statement.name}: {statement.words} ({statement.source})"
    agreed = "agreed by " if statement.agreed else ""
    return f"{agreed}{names_of(header, statement.by)}: {statement.words} ({statement.name})"


def finding_words(header: Header, finding: Finding) -> str:
    """The shortest explanation in one sentence, each statement with its source."""
    said = tuple(dict.fromkeys(statement_words(header, link.statement) for link in finding.links))
    return f"{'; '.join(said)}: {_verdict(finding)}"


def kind_words(finding: Finding) -> str:
    """What a knot is, in one word or two, the same wherever it is told."""
    return "contradiction" if finding.kind == "contradiction" else "simultaneity required"


def cycle_words(finding: Finding) -> str:
    """The happenings round the cycle: `a -> b -> c -> a`, `=>` where the same moment will not do.

    Where an either/or closes a cycle for each of its sides, what does not go on from the last is set off by a comma.
    """
    told, last = "", ""
    for link in finding.links:
        if link.first != last:
            told += f"{', ' if told else ''}{link.first}"
        told, last = told + _arrow(link), link.then
    return told


def _arrow(link: Link) -> str:
    return f" {'=>' if link.strict else '->'} {link.then}"


def _verdict(finding: Finding) -> str:
    if finding.kind == "simultaneity":
        return "this can only be done at the same moment."
    if finding.breaks_agreed:
        return "an agreed order against a later stated order."
    if finding.mutual:
        return "each waits for the other." if len(finding.parties) == 2 else "each waits for another."
    return (
        "these statements of one party contradict each other."
        if finding.parties
        else "the rules contradict each other."
    )
