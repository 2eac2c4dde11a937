"""One sentence for each step: who did what, and what it changed. Good for ears as for eyes."""

from collections.abc import Callable

from terms.core.event import Event
from terms.core.history import History, Step
from terms.core.spelling import NOTHING
from terms.ground.words import FrozenWords, Words
from terms.views.changes import changed_cells
from terms.views.closing import capacity_words, closing
from terms.views.reading import event_as_read
from terms.views.timeline import references, terms_of
from terms.views.told import RELATIONS, told_words
from terms.views.verbs import PASSIVE, bare, offer_verb, verb
from terms.views.wording import count, listed, name_of, names_of, one_line, time_words

MOST_TERMS = 3
"""A sentence names so many terms and counts the rest: the list of terms stands elsewhere."""

MOST_CHANGED = 60
"""The characters of a correction that a sentence repeats; a longer one stands at the event."""


def sentence(history: History, index: int) -> str:
    """Step `index` in one sentence, with what it changed: "Velm rejects roads; 1 cell changed.".

    Raises:
        IndexError: there is no such step.
    """
    step = history[index]
    event = event_as_read(history, step.event.id, index + 1)
    if event is None:
        return f"{_said(history, step.event)}; an account not in use, nothing changed."
    return f"{_said(history, event)}; {_effect(step)}."


def _said(history: History, event: Event) -> str:
    made = _SPECIAL.get(event.kind, _plain)
    said = made(history, event) + closing(history, event)
    through = f" through {names_of(history.header, event.via)}" if event.via else ""
    private = {"private": ", in private", "internal": ", internally"}.get(event.channel, "")
    return said + through + _offered(event) + private


def _offered(event: Event) -> str:
    """How an offer may be taken: one of its options, all of it or nothing, until when."""
    *some, last = tuple(getattr(event, "one_of", NOTHING)) or ("",)
    said = f", either {', '.join(some)} or {last}" if some else f", option {last}" if last else ""
    if len(some) >= MOST_TERMS:
        said = f", one of {len(some) + 1} options"
    if getattr(event, "whole", False) and event.kind in ("propose", "counter"):
        said += ", all or nothing"
    expires = getattr(event, "expires", None)
    return said + (f", expires {time_words(expires)}" if expires is not None else "")


def _effect(step: Step) -> str:
    cells = len(changed_cells(step.before, step.after))
    parts = [count(cells, "cell") + " changed"] if cells else []
    if step.before.session.state != step.after.session.state:
        parts.append(f"the talks are {step.after.session.state}")
    if step.objections:
        parts.append(count(len(step.objections), "objection"))
    if not parts:
        parts.append("no position changed" if step.after is not step.before else "nothing changed")
    return "; ".join(parts)


def _who(history: History, event: Event) -> tuple[str, bool]:
    """The subject of the sentence and whether it is one."""
    header = history.header
    if event.by:
        return names_of(header, event.by), len(event.by) == 1
    if event.speaker is not None:
        return name_of(header, event.speaker) if event.speaker != "unnamed" else "Somebody unnamed", True
    sources = tuple(dict.fromkeys(citation.id for citation in event.source))
    told = sources and event.kind not in ("judge", "meet", "adjourn")
    return (f"Source {sources[0]}", True) if told else ("The record", True)


def _plain(history: History, event: Event) -> str:
    if not event.by and event.speaker is None and event.kind in PASSIVE:
        about = _object(history, event) or "something"
        return " ".join(part for part in (about, "is", PASSIVE[event.kind], _to(history, event)) if part)
    who, one = _who(history, event)
    about = _object(history, event) or _order(event)
    said = verb(event.kind, one=one)
    return " ".join(part for part in (who, said if about else bare(said), about, _to(history, event)) if part)


def _object(history: History, event: Event) -> str:
    """What the verb is about: the terms named, of which event."""
    of = listed(references(event))
    named = tuple(dict.fromkeys((*getattr(event, "only", ()), *_own_terms(history, event))))
    terms = _terms(named)
    if terms and of:
        return f"{terms} of {of}" if event.kind not in ("counter", "amend") else f"{of} with {terms}"
    return terms or of or str(getattr(event, "text", None) or "")


def _own_terms(history: History, event: Event) -> tuple[str, ...]:
    own = any(getattr(event, field, ()) for field in ("terms", "all_of", "one_of"))
    return terms_of(history, event) if own else ()


def _terms(terms: tuple[str, ...]) -> str:
    """So many names, and a count of those that are left out."""
    if len(terms) <= MOST_TERMS:
        return listed(terms)
    return f"{', '.join(terms[: MOST_TERMS - 1])} and {count(len(terms) - MOST_TERMS + 1, 'other term')}"


def _to(history: History, event: Event) -> str:
    return f"to {names_of(history.header, event.to)}" if event.to else ""


def _propose(history: History, event: Event) -> str:
    who, one = _who(history, event)
    said = offer_verb(getattr(event, "form", "offer"), one=one)
    text = getattr(event, "text", None)
    terms = _terms(terms_of(history, event))
    about = " in ".join(part for part in (terms, text or "") if part) or _order(event)
    return " ".join(part for part in (who, said, about, _to(history, event)) if part)


def _order(event: Event) -> str:
    order: Words = getattr(event, "order", ())
    return (
        f"the order {one_line(tuple(order.values()) if isinstance(order, FrozenWords) else order)}"
        if order
        else ""
    )


def _agree(history: History, event: Event) -> str:
    who, one = _who(history, event)
    principle = " in principle" if getattr(event, "in_principle", False) else ""
    about = _object(history, event) or _order(event)
    return f"{who} {'agrees' if one else 'agree'}{principle}{f' on {about}' if about else ''}"


def _accept(history: History, event: Event) -> str:
    how = " in principle" if getattr(event, "in_principle", False) else ""
    if getattr(event, "conditions", None) is not None:
        how = " conditionally"
    if getattr(event, "reservations", NOTHING):
        how = " with reservations"
    option = getattr(event, "option", None)
    said = _plain(history, event) + (f", option {option}" if option else "")
    return said + _but(event) + capacity_words(event) + (f",{how}" if how else "")


def _but(event: Event) -> str:
    """What an answer leaves out: ` but roads`; empty when it leaves nothing out."""
    left_out = tuple(getattr(event, "except_", ()))
    return f" but {_terms(left_out)}" if left_out else ""


def _adjourn(history: History, event: Event) -> str:
    who, one = _who(history, event) if event.by or event.speaker is not None else ("The delegations", False)
    until = getattr(event, "until", None)
    of = listed(references(event))
    parts = (who, verb(event.kind, one=one), of, f"until {time_words(until)}" if until is not None else "")
    return " ".join(part for part in parts if part)


def _defer(history: History, event: Event) -> str:
    until = getattr(event, "until", None)
    return _plain(history, event) + (f" until {until}" if until else "")


def _study(history: History, event: Event) -> str:
    who, one = _who(history, event)
    return f"{who} {'takes' if one else 'take'} {_object(history, event)} under study"


def _waive(history: History, event: Event) -> str:
    who, one = _who(history, event)
    named = any("/" in reference for reference in references(event)) or bool(getattr(event, "only", ()))
    return (
        f"{who} {verb(event.kind, one=one)} {'' if named else 'the conditions of '}{_object(history, event)}"
    )


def _implement(history: History, event: Event) -> str:
    done = one_line(getattr(event, "done", "yes"))
    how = {"yes": "done", "no": "not done", "partial": "done in part"}.get(done, f"done: {done}")
    about = _object(history, event)
    if not event.by and event.speaker is None:
        return f"{about} is reported {how}"
    who, one = _who(history, event)
    return f"{who} {'reports' if one else 'report'} {about} {how}"


def _correct(history: History, event: Event) -> str:
    with_: FrozenWords = getattr(event, "with_", NOTHING)
    terms = with_.get("terms")
    inner = terms if isinstance(terms, FrozenWords) else NOTHING
    changed = one_line(FrozenWords({**inner, **{key: with_[key] for key in with_ if key != "terms"}}))
    return _plain(history, event) + (f": {changed}" if 0 < len(changed) <= MOST_CHANGED else "")


def _condition(history: History, event: Event) -> str:
    who, one = _who(history, event)
    if not _object(history, event) and _order(event) and getattr(event, "conditions", None) is None:
        parts = (who, "requires" if one else "require", _order(event), _to(history, event))
        return " ".join(part for part in parts if part)
    about = _object(history, event) or _order(event)
    told = _to(history, event) if about else f"for {names_of(history.header, event.to)}" if event.to else ""
    said = (who, verb(event.kind, one=one), f"on {about}" if about else "", told)
    return " ".join(part for part in said if part)


def _interpret(history: History, event: Event) -> str:
    who, one = _who(history, event)
    reads = getattr(event, "reads", None) or one_line(getattr(event, "is_", None) or "")
    return f"{who} {'reads' if one else 'read'} {listed(references(event))} as {reads}"


def _meet(history: History, event: Event) -> str:
    parties = event.present or event.by
    who = names_of(history.header, parties) if parties else "The delegations"
    round_ = f", round {r}" if (r := getattr(event, "round", None)) else ""
    place = f" in {event.place}" if event.place else ""
    return f"{who} {'meets' if len(parties) == 1 else 'meet'}{place}{round_}"


def _incident(history: History, event: Event) -> str:
    """Who is said to have done it, and by whom: the party itself, another, or the source alone."""
    where = f" at {event.place}" if event.place else ""
    who, said_by = names_of(history.header, event.by), getattr(event, "claimed_by", ())
    if who and said_by and set(said_by) == set(event.by):
        return f"Incident{where}, claimed by {who}"
    teller = names_of(history.header, said_by) or "the source"
    return f"Incident{where}" + (f", attributed by {teller} to {who}" if who else "")


def _violate(history: History, event: Event) -> str:
    alleged = getattr(event, "alleged_by", ()) or tuple(citation.id for citation in event.source)
    who = names_of(history.header, event.by) or "somebody"
    said = f"{names_of(history.header, alleged)} {'alleges' if len(alleged) == 1 else 'allege'}"
    return f"{said} that {who} violated {listed(references(event))}"


def _occur(history: History, event: Event) -> str:
    verb_ = {"occur": "has occurred", "call-off": "is called off"}[event.kind]
    return f"{listed(references(event))} {verb_}"


def _plan(history: History, event: Event) -> str:
    who = f"{names_of(history.header, event.by)}: " if event.by else ""
    return f"{who}{listed(references(event))} is planned for {time_words(getattr(event, 'planned', ''))}"


def _claim(history: History, event: Event) -> str:
    content = told_words(history, getattr(event, "that", ()))
    who, one = _who(history, event)
    said = verb(event.kind, one=one)
    if content:
        return f"{who} {said} that {content}"
    about, terms, order = _object(history, event), getattr(event, "terms", NOTHING), _order(event)
    if order and not terms:
        return f"{who} {said} {order}" + (f" on {about}" if about else "")
    if event.kind == "state" and not terms:
        about = about or _terms(tuple(event.about))
        return f"{who} {'speaks' if one else 'speak'}" + (f" of {about}" if about else "")
    return f"{who} {said} {about}" if about else f"{who} {bare(said)}"


def _deny(history: History, event: Event) -> str:
    content = told_words(history, getattr(event, "that", ()))
    return _plain(history, event) + (f", saying that {content}" if content else "")


def _decide(history: History, event: Event) -> str:
    """The body is who decides; a party beside it is whose body it is."""
    body = names_of(history.header, (getattr(event, "body", ""),))
    outcome = {"approve": "approves", "reject": "rejects", "block": "blocks"}.get(
        getattr(event, "outcome", "")
    )
    about, content = _object(history, event), told_words(history, getattr(event, "that", ()))
    said = outcome if outcome and about else f"decides on {about}" if about else "decides"
    owner = f" of {names_of(history.header, event.by)}" if event.by else ""
    return (
        f"{body}{owner} {said}"
        + (f" {about}" if outcome and about else "")
        + (f" that {content}" if content else "")
    )


def _judge(history: History, event: Event) -> str:
    who, one = _who(history, event)
    said, a, b = verb(event.kind, one=one), getattr(event, "a", None), getattr(event, "b", None)
    relation = RELATIONS[getattr(event, "relation", "same-as")]
    if a and b:
        return f"{who} {said} that {a} {relation} {b}"
    pair = listed(references(event)) or a or b or "two wordings"
    return f"{who} {said} {pair}: the one {relation} the other"


_SPECIAL: dict[str, Callable[[History, Event], str]] = {
    "propose": _propose,
    "agree": _agree,
    "accept": _accept,
    "condition": _condition,
    "interpret": _interpret,
    "meet": _meet,
    "adjourn": _adjourn,
    "defer": _defer,
    "study": _study,
    "waive": _waive,
    "implement": _implement,
    "correct": _correct,
    "incident": _incident,
    "violate": _violate,
    "occur": _occur,
    "call-off": _occur,
    "plan": _plan,
    "claim": _claim,
    "announce": _claim,
    "state": _claim,
    "deny": _deny,
    "judge": _judge,
    "decide": _decide,
}
