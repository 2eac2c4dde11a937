"""A party binds itself without anyone's acceptance: never a proposal, never agreed."""

from typing import ClassVar, Literal

from terms.core.entries import Undertaking
from terms.core.event import Conditional
from terms.core.reducer import evolve
from terms.core.spelling import AnyWords, Many, WordMap
from terms.core.tabling import clauses_of
from terms.core.talks import Talks
from terms.ground.words import FrozenWords, Words


class Undertake(Conditional):
    """`by` will do what `terms` say, `until` or as long as `lasts` says; two alike are parallel, not agreed."""

    EFFECT: ClassVar[str] = "a duty of its author; two alike are parallel undertakings, never agreed"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["undertake"] = "undertake"
    by: Many
    terms: WordMap
    until: AnyWords | None = None
    lasts: str | None = None


@evolve.register
def undertake(event: Undertake, talks: Talks) -> Talks:
    """Lay the duties on their author, beside any it took on before."""
    after = talks
    words = {term: _timed(event, spelled) for term, spelled in event.terms.items()}
    for term, clause in clauses_of(talks, FrozenWords(words), "offer", event.id, event.stage).items():
        made = Undertaking(event.by, clause, event.to, event.id, event.date, event.conditions)
        after = after.with_undertaking(f"{event.id}/{term}", made)
    return after


def _timed(event: Undertake, spelled: Words) -> FrozenWords:
    """The stance with the event's own `until` and `lasts` where the stance has none."""
    inner: dict[str, Words] = dict(spelled.items()) if isinstance(spelled, FrozenWords) else {"is": spelled}
    if event.until is not None:
        inner.setdefault("until", event.until)
    if event.lasts is not None:
        inner.setdefault("lasts", event.lasts)
    return FrozenWords(inner)
