"""The answers of `terms show`, one function a question, each as lines or as JSON."""

import argparse

from terms.cli.naming import known_name, terms_under
from terms.cli.opening import Opened
from terms.cli.options import comma_list
from terms.cli.output import Output
from terms.cli.refusal import Refused
from terms.core.situation import Situation
from terms.views.answers import agreement as agreeing
from terms.views.answers import deferring, meanings, offering, vouching
from terms.views.contested import Answered, ask_situation
from terms.views.wording import count, names_of

TWO = 2


def heading(found: Opened, out: Output, *, contested: int | None = None, what: str = "") -> None:
    """The title, the point, how the record is read; `contested` counts what others answer otherwise, `what` says what."""
    title, *rest = found.heading()
    out.heading(title)
    for line in rest:
        out.wrapped(line)
    if contested is not None:
        out.wrapped(reading_words(found, contested, what))


def asked_terms(found: Opened, options: argparse.Namespace) -> tuple[str, ...] | None:
    """The terms that `--term` asks for, in the order of the header; None: all."""
    if not options.term:
        return None
    asked = {term for name in options.term for term in terms_under(found.header, name)}
    return tuple(term for term in found.header.term if term in asked)


def reading_words(found: Opened, contested: int, what: str = "") -> str:
    """`default reading, 3 contested`; how many rival accounts there are. `what` tells what the number counts."""
    rivals = found.readings.count
    default = found.history.view.usual
    if not rivals:
        return f"{default}; no rival accounts change anything"
    number = f"{count(contested, 'term')} contested {what}" if what else f"{contested} contested"
    return f"{default}, {number}; {count(rivals, 'rival account')} on record"


def readings_of(answered: Answered[str], out: Output) -> None:
    """A contested answer: each reading with its own, the default first."""
    if answered.is_contested:
        out.line("contested:")
        out.table([(reading.words, f"-> {reading.answer}") for reading in answered.readings])
        if answered.truncated:
            out.line("  too many readings to combine: one dispute at a time")


def agreement(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Question 1."""
    parties = tuple(sorted(set(comma_list(options.between)))) or None
    for party in parties or ():
        known_name(party, found.header.party, "party")
    if parties is not None and len(parties) < TWO:
        raise Refused("an agreement takes two: name them as --between A,B")
    terms = asked_terms(found, options)
    answered = ask_situation(
        found.readings, found.at, lambda at: _agreed_terms(at, parties, terms), combine=False
    )
    answer = agreeing.agreement(found.at, parties=parties, terms=terms)
    if options.json:
        payload = {
            "at": found.point(),
            "between": parties,
            "agreed": answer.agreed,
            "not_agreed": answer.not_agreed,
        }
        out.json(
            "agreement",
            {
                **payload,
                "not_raised": answer.not_raised,
                "withdrawn": answer.withdrawn,
                "readings": _readings(answered),
            },
        )
        return
    differing = _differing(answered)
    heading(found, out, contested=len(differing), what="in what is agreed")
    if parties is not None:
        out.line(f"asked of {', '.join(parties)} alone")
    out.line()
    out.heading(f"Agreed ({len(answer.agreed)})")
    for one in answer.agreed:
        out.entry(
            one.term,
            f"{one.value} [{one.headline}{', contested' if one.term in differing else ''}; between {', '.join(one.between)}; {cited(one.events)}]",
        )
    out.line()
    out.heading(f"Not agreed ({len(answer.not_agreed)})")
    for one in answer.not_agreed:
        because = f": {one.reason}" if one.reason else ""
        needs = f"; needs {', '.join(one.missing)}" if one.missing else ""
        out.entry(one.term, f"{one.headline}{because}{needs} [{cited(one.events)}]")
    if answer.withdrawn:
        out.line()
        out.heading(f"Withdrawn ({len(answer.withdrawn)})")
        for one in answer.withdrawn:
            out.entry(one.term, f"[{cited(one.events)}]")
    if answer.not_raised:
        out.line()
        out.heading(f"Not raised ({len(answer.not_raised)})")
        out.wrapped(", ".join(answer.not_raised), indent=2)
    for reading in answered.readings[1:]:
        _reading_difference(out, answered.answer, reading.words, reading.answer)


def _agreed_terms(
    at: Situation, parties: tuple[str, ...] | None, terms: tuple[str, ...] | None
) -> tuple[tuple[str, str], ...]:
    return tuple((one.term, one.value) for one in agreeing.agreement(at, parties=parties, terms=terms).agreed)


def _differing(answered: "Answered[tuple[tuple[str, str], ...]]") -> set[str]:
    default = set(answered.answer)
    return {term for reading in answered.readings for term, _ in set(reading.answer) ^ default}


def _reading_difference(
    out: Output, default: tuple[tuple[str, str], ...], words: str, other: tuple[tuple[str, str], ...]
) -> None:
    if default == other:
        return
    out.line()
    out.heading(f"Contested: {words}")
    for term, value in other:
        if (term, value) not in default:
            out.entry(term, f"agreed, {value}")
    for term, _ in default:
        if term not in {name for name, _ in other}:
            out.line(f"  {term}: not agreed")


def _readings(answered: "Answered[tuple[tuple[str, str], ...]]") -> list[dict[str, object]]:
    return [{"reading": one.words, "choices": one.choices, "agreed": one.answer} for one in answered.readings]


def undecided(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Question 4."""
    terms = asked_terms(found, options)
    answer = tuple(one for one in agreeing.undecided(found.at) if terms is None or one.what in terms)
    if options.json:
        out.json("undecided", {"at": found.point(), "undecided": answer})
        return
    heading(found, out)
    for kind, title in (
        ("term", "Terms"),
        ("reservation", "Reservations"),
        ("statement", "Denied statements"),
        ("date", "Dates that nobody can place"),
    ):
        rows = [one for one in answer if one.kind == kind]
        if rows:
            out.line()
            out.heading(f"{title} ({len(rows)})")
            for one in rows:
                out.entry(one.what, f"{one.because} [{cited(one.events)}]")
    if not answer:
        out.line("nothing is undecided")


def offers(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Every offer, with its words and its answers."""
    answer = offering.offers(found.at, terms=asked_terms(found, options))
    if options.json:
        out.json("offers", {"at": found.point(), "offers": answer})
        return
    heading(found, out)
    for one in answer:
        whole = ", all or nothing" if one.whole else ""
        out.line()
        out.heading(f"{one.date} {names_of(found.header, one.by)}: {one.form}, {one.state}{whole} [{one.id}]")
        gone = {name: f"withdrawn [{event}]: " for name, event in one.taken_back}
        rows = [*one.clauses, *((name, gone.get(name, "") + _clauses(told)) for name, told in one.options)]
        rows += [("conditions", one.conditions)] if one.conditions else []
        rows += [("expires", one.expires)] if one.expires else []
        rows += [("countered by", cited(one.countered_by))] if one.countered_by else []
        rows += [(said.party, _answer(said)) for said in one.answers]
        out.table(rows)
    if not answer:
        out.line("nobody has tabled anything on it")


def _clauses(clauses: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{term}: {words}" for term, words in clauses)


def _answer(said: offering.Answer) -> str:
    return f"{said.sign.mark} {said.sign.word} {', '.join(said.terms)} [{said.event}]"


def deferred(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Question 8."""
    terms = asked_terms(found, options)
    answer = tuple(one for one in deferring.deferred(found.at) if terms is None or one.term in terms)
    if options.json:
        out.json("deferred", {"at": found.point(), "deferred": answer})
        return
    heading(found, out)
    out.line()
    for one in answer:
        inside = f", only inside {one.option}" if one.option else ""
        until = f"until {one.until}" if one.until else "until nothing that was named"
        words = f"; {one.words}" if one.words else ""
        out.entry(one.term, f"{one.party} {until}{inside}{words} [{one.event}]")
    if not answer:
        out.line("nothing is deferred")


def disputed(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Question 9."""
    answer = meanings.disputed_meanings(found.at)
    if options.json:
        out.json("disputed", {"at": found.point(), "disputed": answer})
        return
    heading(found, out)
    out.line()
    for one in answer:
        out.heading(f"{one.term}: {one.state}, meaning disputed")
        out.table([(party, f"{reading} [{event}]") for party, reading, event in one.readings])
    if not answer:
        out.line("no term has a disputed meaning")


def sources(found: Opened, out: Output, options: argparse.Namespace) -> None:
    """Question 5 turned round: what rests on one source alone."""
    if options.source is not None:
        cited_ids = {citation.id for event in found.history.events for citation in event.source}
        known_name(options.source, {*found.header.source, *cited_ids}, "source")
    answer = vouching.resting_on_one(found.history, options.source, steps=found.at.steps)
    if options.json:
        out.json("sources", {"at": found.point(), "resting_on_one_source": answer})
        return
    heading(found, out)
    for one in answer:
        out.line()
        title = f" {one.title}" if one.title else ""
        out.heading(f"{one.source}{title}: {count(len(one.events), 'event')} on its word alone")
        for name in one.events:
            out.wrapped(f"{name}: {brief(found, name)}", indent=2, hanging=6)
    if not answer:
        out.line("nothing rests on one source alone")


def brief(found: Opened, name: str) -> str:
    """One event as a sentence with its date."""
    from terms.views.sentence import sentence

    event = found.history.event(name)
    return f"{event.date.text} {sentence(found.history, found.history.index(name))}"


def cited(events: tuple[str, ...]) -> str:
    """Event ids in a bracket."""
    return ", ".join(events) if events else "no event"
