"""Question 8: what is deferred, to which stage or trigger. A deferral is not a withdrawal."""

from msgspec import Struct

from terms.core.situation import Situation
from terms.views.wording import stance_words


class Deferral(Struct, frozen=True):
    """One party's deferral of one term. `until` is a stage or happening; empty when none was named.

    `words` is the stance that survives. `option`: the one inside which alone it holds; empty: in general.
    """

    party: str
    term: str
    stage: str
    until: str
    words: str
    event: str
    option: str = ""


def deferred(at: Situation) -> tuple[Deferral, ...]:
    """Question 8, by term in the order of the header and then by party."""
    found = [
        Deferral(party, term, stage, cell.detail, stance_words(cell.stance), cell.event)
        for (party, term, stage), cell in at.talks.cells.items()
        if cell.status == "deferred"
    ]
    for version in at.talks.versions.values():
        if version.state != "open" or version.chosen is not None:
            continue
        for name, option in version.options.items():
            found.extend(
                Deferral(
                    party,
                    term,
                    clause.stage,
                    clause.stance.until_words,
                    stance_words(clause.stance),
                    version.id,
                    f"{version.id}/{name}",
                )
                for term, clause in option.items()
                if clause.stance.modality == "defer"
                for party in version.by
            )
    order = {term: place for place, term in enumerate(at.header.term)}
    return tuple(
        sorted(found, key=lambda one: (order.get(one.term, len(order)), one.term, one.party, one.option))
    )
