"""What was agreed and whether its condition holds, in words."""

from terms.core.consent import Consent
from terms.core.situation import Situation
from terms.values import Outcome, outcome_of
from terms.values.provisos import UNCONDITIONAL
from terms.views.wording import one_line, stance_words


def holding_words(at: Situation, consent: Consent) -> str:
    """How the condition inside an agreed value stands, and what holds instead once it has failed; empty: none."""
    if consent.version is None or not consent.state.startswith("agreed"):
        return ""
    clause = at.talks.clause(consent.version, consent.term)
    if clause is None or clause.stance.provisos == UNCONDITIONAL:
        return ""
    provisos = clause.stance.provisos
    outcome = outcome_of(provisos, at, at.moment)
    if outcome is Outcome.FAILED:
        return f"failed: {one_line(provisos.otherwise)} holds" if provisos.otherwise else "failed"
    return outcome.value.replace("-", " ")


def agreed_words(at: Situation, consent: Consent) -> str:
    """What was agreed, in words; empty short of an agreement."""
    if consent.version is None or not consent.state.startswith("agreed"):
        return ""
    clause = at.talks.clause(consent.version, consent.term)
    return stance_words(clause.stance) if clause is not None else ""
