"""Which offers were made, what each says, and how everybody answered it, to be compared side by side."""

from collections.abc import Iterable

from msgspec import Struct

from terms.core.binding import matched
from terms.core.consent import consent_of
from terms.core.entries import Clause, Status, Version
from terms.core.lasting import AGREED
from terms.core.situation import Situation
from terms.events.responding import Defer, Response
from terms.ground.maps import Map
from terms.views.answers.moving import is_open
from terms.views.changes import changed_cells
from terms.views.signs import Sign, sign_of
from terms.views.wording import condition_words, stance_words, time_words


class Answer(Struct, frozen=True):
    """What a party said to an offer: its status, on which of the terms, by which event."""

    party: str
    sign: Sign
    terms: tuple[str, ...]
    event: str


class Offer(Struct, frozen=True):
    """One version as tabled. `clauses` are (term, words), those of an option under EVENT/OPTION in `options`.

    `state` is open, expired, withdrawn, amended, agreed (made jointly, or everybody needed is bound to all of
    it) or unclear; `countered_by` are events. `answers` are all that was ever said to it, in log order.
    `whole`: it was to be taken as a whole or not at all. `taken_back` are those of the options that were withdrawn,
    each with the event.
    """

    id: str
    date: str
    by: tuple[str, ...]
    form: str
    text: str | None
    clauses: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    conditions: str
    expires: str
    state: str
    countered_by: tuple[str, ...]
    answers: tuple[Answer, ...]
    whole: bool = False
    taken_back: tuple[tuple[str, str], ...] = ()


TakenBack = dict[str, tuple[Map[str, Clause], str]]
"""Option withdrawn -> what it said, and the event that took it back."""

Said = dict[str, list[Answer]]
"""Version -> every answer to it."""


def offers(at: Situation, *, terms: Iterable[str] | None = None) -> tuple[Offer, ...]:
    """Every version tabled so far, in log order; `terms` keeps what is about any of them."""
    asked = None if terms is None else frozenset(terms)
    said, gone = _answers(at), _taken_back(at)
    found = (
        _offer(at, version, asked, said, gone.get(version.id, {})) for version in at.talks.versions.values()
    )
    kept = [offer for offer in found if offer.clauses or offer.options]
    return tuple(sorted(kept, key=lambda offer: at.history.index(offer.id)))


def _offer(
    at: Situation, version: Version, asked: frozenset[str] | None, said: Said, gone: TakenBack
) -> Offer:
    event = at.history.event(version.id)
    tabled = {**dict(version.options.items()), **{name: option for name, (option, _) in gone.items()}}
    options = ((f"{version.id}/{name}", _clauses(at, option, asked)) for name, option in tabled.items())
    shown = tuple(sorted(option for option in options if option[1]))
    return Offer(
        version.id,
        event.date.text,
        version.by,
        version.form,
        version.text,
        _clauses(at, version.clauses, asked),
        shown,
        condition_words(version.conditions),
        time_words(version.expires) if version.expires is not None else "",
        "withdrawn" if gone and not version.options and not version.clauses else _state(at, version),
        version.countered_by,
        tuple(one for one in said.get(version.id, ()) if asked is None or asked & set(one.terms)),
        version.whole,
        tuple((name, gone[option][1]) for name, _ in shown if (option := name.partition("/")[2]) in gone),
    )


def _taken_back(at: Situation) -> dict[str, TakenBack]:
    """The options that their authors withdrew one by one, of whatever is left of their versions."""
    found: dict[str, TakenBack] = {}
    for index in at.history.places_of(("withdraw",)):
        if index >= at.steps:
            break
        step = at.history[index]
        for reference in getattr(step.event, "of", ()):
            target = step.before.target(reference)
            if target.version is None or target.option is None:
                continue
            now = step.after.version(target.version.id)
            if now is not None and target.option not in now.options:
                found.setdefault(now.id, {})[target.option] = (target.clauses, step.event.id)
    return found


def _clauses(
    at: Situation, clauses: "Map[str, Clause]", asked: frozenset[str] | None
) -> tuple[tuple[str, str], ...]:
    """(term, words) in the order of the header."""
    kept = (term for term in at.header.term if term in clauses and (asked is None or term in asked))
    return tuple((term, stance_words(clauses[term].stance)) for term in kept)


def _state(at: Situation, version: Version) -> str:
    if version.joint or _is_agreed(at, version):
        return "agreed"
    if version.state != "open":
        return version.state
    return {True: "open", False: "expired", None: "unclear"}[is_open(at, version)]


def _is_agreed(at: Situation, version: Version) -> bool:
    """Whether each term of a version is agreed in the words that it has here."""
    if not all(matched(at.talks, term, one.version, one.stage) for term, one in version.clauses.items()):
        return False
    found = [(consent_of(at, term, stage=one.stage), one) for term, one in version.clauses.items()]
    return bool(found) and all(it.state in AGREED and it.version == one.version for it, one in found)


def _answers(at: Situation) -> Said:
    """Version -> every answer to it, in log order: what changed in the cells of who answered."""
    found: Said = {}
    for index in range(at.steps):
        step = at.history[index]
        if not isinstance(step.event, Response | Defer):
            continue
        groups: dict[tuple[str, str, Status], list[str]] = {}
        for party, term, stage in sorted(changed_cells(step.before, step.after)):
            cell = step.after.cells[party, term, stage]
            if cell.version is not None and cell.event == step.event.id:
                groups.setdefault((cell.version.partition("/")[0], party, cell.status), []).append(term)
        for (version, party, status), terms in groups.items():
            found.setdefault(version, []).append(Answer(party, sign_of(status), tuple(terms), step.event.id))
    return found
