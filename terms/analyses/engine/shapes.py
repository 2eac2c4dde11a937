"""What stances and clauses ask of a deal, as formulas over the choices of their terms."""

from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property

from terms.analyses.engine.domains import Domains
from terms.analyses.engine.formula import TRUE, Formula, In, every
from terms.analyses.engine.positions import slot_name
from terms.core.entries import Clause as Text
from terms.core.situation import Situation
from terms.values import Stance


class Shapes:
    """Makes the formulas of one moment, and the choices they need besides the values of the terms.

    A stance that an analyst judged to contradict another gets a choice of its own: said so, or not.
    """

    def __init__(self, at: Situation, domains: Domains) -> None:
        self.at = at
        self.domains = domains
        self.extra_sizes: dict[str, int] = {}
        self.judged: dict[str, list[str]] = {}
        judged = (one for one in at.talks.judgements if one[0] == "contradicts")
        self.contradicted = frozenset(name for _, one, other, _ in judged for name in (one, other))

    def settled(self, slot: str, place: int = 1) -> In:
        """A deal settles the term (1) or leaves it out (0)."""
        self.extra_sizes[f"{slot}|settled"] = 2
        return In(f"{slot}|settled", frozenset((place,)))

    def inside(self, slot: str, stance: Stance, event: str) -> Formula:
        """The term is settled as this stance says; for a term put off or kept out, it is not settled."""
        if stance.modality in ("refuse", "defer"):
            return self.settled(slot, 0)
        parts = [self.settled(slot), self.domains.formula(slot, stance)]
        for reference in (event, f"{event}/{slot}"):
            if reference in self.contradicted:
                dim = f"{slot}|said in {event}"
                self.extra_sizes[dim] = 2
                self.judged.setdefault(reference, []).append(dim)
                parts.append(In(dim, frozenset((1,))))
        return every(part for part in parts if part != TRUE)

    def clauses(self, clauses: Mapping[str, Text], event: str) -> Formula:
        """All of these clauses of an event hold."""
        return every(
            self.inside(slot_name(self.at, term, clause.stage), clause.stance, event)
            for term, clause in sorted(clauses.items())
        )

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The places of every choice, values and others: it grows with what is asked."""
        return ChainMap(self.extra_sizes, self.domains.sizes)  # type: ignore[arg-type]
