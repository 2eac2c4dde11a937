"""How each kind of event is told: from one small operation and the story so far to the event as files spell it.

A teller gives None where its operation does not apply, so that any sub-list of a story is a story.
"""

from collections.abc import Callable
from datetime import timedelta

from terms.testing.story import Move, Spelled, Story, Teller

TABLED = ("propose", "counter", "amend", "agree")


def tell(story: Story, move: Move) -> None:
    """Add the event of a move, unless it does not apply."""
    teller = story.own.get(move.kind) or TELL[move.kind]
    own = teller(story, move)
    if own is None:
        return
    story.day += timedelta(days=move.days)
    event: Spelled = {
        "id": story.new_id(),
        "date": story.day.isoformat(),
        "kind": move.kind,
        **({"by": story.party(move.who)} if "by" not in own else {}),
        **own,
        "source": story.cited(move.flag(7)),
    }
    if move.flag(6) and "channel" not in own and move.kind in ("propose", "counter", "state", "claim"):
        event |= {"channel": "private", "to": story.party(move.who + 1)}
    story.told.append(event)


def _propose(story: Story, move: Move) -> Spelled:
    made: Spelled = {"terms": story.spelled(move)}
    if move.flag(0):
        second = story.spelled(move, 1)
        packed: Spelled = {"all-of": {"relief": second}} if move.value > 12 else second
        made = {"one-of": {"option-1": story.spelled(move), "option-2": packed}}
    if move.flag(1):
        made["form"] = ("demand", "float", "bridging", "ultimatum")[move.value % 4]
    if move.flag(2) and (order := story.ordered(0, "before", 1)):
        made["order"] = [order]
    if move.flag(3):
        made["all-of"] = story.spelled(move, 2)
    if move.flag(4) and (text := story.text()):
        made["text"] = text
    if move.flag(5) and (vote := story.happening(0)):
        made["only-if"] = vote
    return made


def _on(*kinds: str, extra: Callable[[Story, Move], Spelled] | None = None, key: str = "of") -> Teller:
    """A teller for kinds that name an earlier event of one of `kinds`."""

    def tell(story: Story, move: Move) -> Spelled | None:
        target = story.earlier(move.back, *kinds)
        if target is None:
            return None
        return {key: str(target["id"]), **(extra(story, move) if extra is not None else {})}

    return tell


def _counter(story: Story, move: Move) -> Spelled | None:
    target = story.earlier(move.back, *TABLED)
    return None if target is None else {"of": str(target["id"]), **_propose(story, move)}


def _amend(story: Story, move: Move) -> Spelled:
    return {"terms": story.spelled(move)}


def _by_author(*kinds: str, extra: Callable[[Story, Move], Spelled] | None = None) -> Teller:
    """A teller for acts upon one's own words: by the author of the earlier event, unless a flag says otherwise."""
    plain = _on(*kinds, extra=extra)

    def tell(story: Story, move: Move) -> Spelled | None:
        made = plain(story, move)
        target = story.earlier(move.back, *kinds)
        if made is None or target is None or move.flag(5):
            return made
        return {**made, "by": target["by"]}

    return tell


def _part(target: Spelled | None, field: str) -> str | None:
    """The first part of an event under a field, as the event itself names it; None: it has none by name."""
    told = (target or {}).get(field)
    return next((str(name) for name in told), None) if isinstance(told, dict) else None


def _answer(story: Story, move: Move) -> Spelled:
    target = story.earlier(move.back, *TABLED) or {}
    made: Spelled = {}
    if (option := _part(target, "one-of")) and move.flag(0):
        made["option"] = option
    elif isinstance(target.get("terms"), dict) and move.flag(1):
        made["only"] = [str(term) for term in target["terms"]][:1]  # type: ignore[assignment]
    return made


def _only(story: Story, move: Move) -> Spelled:
    return {key: words for key, words in _answer(story, move).items() if key == "only"}


def _accept(story: Story, move: Move) -> Spelled:
    made = _answer(story, move)
    if move.flag(2):
        made["in-principle"] = "yes"
    if move.flag(3):
        made["reservations"] = {"r1": {"note": "not on feast days"}}
    if move.flag(4) and (vote := story.happening(0)):
        made["only-if"] = vote
    return made


def _answer_reservation(kind: str) -> Teller:
    plain = _on(*TABLED, extra=_accept if kind == "accept" else _answer)

    def tell(story: Story, move: Move) -> Spelled | None:
        target = story.earlier(move.back, "accept")
        kept = _part(target, "reservations")
        if move.flag(5) and target is not None and kept is not None:
            return {"of": f"{target['id']}/{kept}"}
        made, tabled = plain(story, move), story.earlier(move.back, *TABLED)
        if made is None or tabled is None:
            return None
        return {"by": story.answering(tabled, move.who), **made}

    return tell


def _agree(story: Story, move: Move) -> Spelled:
    made: Spelled = {"by": [story.party(0), story.party(1)], "terms": story.spelled(move)}
    if move.flag(0) and (text := story.text()):
        made["text"] = text
    if move.flag(1):
        made["whole"] = "yes"
    if move.flag(2) and (order := story.ordered(2, "not after", 0)):
        made["order"] = [order]
    return made


def _life(extra: Callable[[Story, Move], Spelled] | None = None) -> Teller:
    return _on(*TABLED, extra=extra)


def _fixed(make: Callable[[Story, Move], Spelled]) -> Teller:
    return make


def _happens(extra: Callable[[Story, Move], Spelled] | None = None) -> Teller:
    """A teller for kinds that name a happening of the header."""

    def tell(story: Story, move: Move) -> Spelled | None:
        name = story.happening(move.back)
        return None if name is None else {"of": name, **(extra(story, move) if extra is not None else {})}

    return tell


def _condition(story: Story, move: Move) -> Spelled | None:
    vote, order = story.happening(0), story.ordered(0, "before", 2)
    return {"only-if": vote, "order": {"c1": order}} if vote is not None and order is not None else None


def _pair(story: Story, move: Move) -> Spelled | None:
    one, two = story.term(move.terms[0]).id, story.term(move.terms[0] + 1).id
    return {"terms": [one, two]} if one != two else None


def _defer(story: Story, move: Move) -> Spelled:
    stage = story.stage()
    return {**_only(story, move), **({"until": stage} if stage is not None else {})}


def _represent(story: Story, move: Move) -> Spelled | None:
    person = story.person()
    return None if person is None else {"through": person}


def _judge(story: Story, move: Move) -> Spelled | None:
    one, two = story.term(-1).id, story.term(1).id
    return {"a": one, "b": two, "relation": "contradicts"} if one != two else None


def _correct(story: Story, move: Move) -> Spelled | None:
    target = story.earlier(move.back, "propose", "state")
    if target is None:
        return None
    told = target.get("terms")
    if isinstance(told, dict) and told and not move.flag(0):
        term = next(iter(told))
        return {
            "of": str(target["id"]),
            "with": {"terms": {term: story.words(story.header.term[term], move.value)}},
        }
    return {"of": str(target["id"]), "with": {"by": story.party(move.who)}}


def _accounts(story: Story, move: Move) -> Spelled:
    made: Spelled = {
        "that": {"kind": "accept", "by": story.party(move.who + 1)},
        "figures": {"hurt": "more than 20"},
    }
    if move.flag(0):
        made |= {"account-of": "pier"}
    return made


def _hidden(story: Story, move: Move, kind: str) -> Spelled | None:
    target = story.earlier(move.back, "propose", "state", "counter")
    if target is None:
        return None
    made: Spelled = {"of": str(target["id"])}
    told = target.get("terms")
    if move.flag(0) and isinstance(told, dict):
        made["only"] = [str(term) for term in told][:1]  # type: ignore[assignment]
    if kind == "leak" and move.flag(1):
        made["to"] = story.party(move.who + 2)
    if kind == "hand-over":
        return {"of": made["of"], "to": story.party(move.who + 1), "channel": "private"}
    return made


TELL: dict[str, Teller] = {
    "accept": _answer_reservation("accept"),
    "reject": _answer_reservation("reject"),
    "propose": _fixed(_propose),
    "counter": _counter,
    "amend": _by_author("propose", "counter", "amend", extra=_amend),
    "withdraw": _by_author("propose", "counter", "amend", extra=lambda s, m: _only(s, m)),
    "recant": _by_author("accept"),
    "agree": _fixed(_agree),
    "state": lambda s, m: {"terms": s.spelled(m), **({"channel": "internal"} if m.flag(0) else {})},
    "defer": _on(*TABLED, extra=_defer),
    "refer": _on(*TABLED, extra=lambda s, m: {"to-body": "council"}),
    "study": _on(*TABLED),
    "condition": _condition,
    "waive": _on("condition", "accept"),
    "link": _pair,
    "unlink": _on("link", "bind-package"),
    "bind-package": _pair,
    "initial": _on(*TABLED),
    "sign": _on(*TABLED, extra=lambda s, m: {"capacity": "observer"} if m.flag(0) else {}),
    "refuse-to-sign": _on(*TABLED),
    "ratify": _on(*TABLED),
    "accede": _on("agree"),
    "guarantee": _on(*TABLED),
    "witness": _on(*TABLED),
    "clarify": _on(*TABLED),
    "interpret": _on("agree", extra=lambda s, m: {"reads": f"m{m.value % 2}"}),
    "object": _on(),
    "hand-over": lambda s, m: _hidden(s, m, "hand-over"),
    "publish": lambda s, m: _hidden(s, m, "publish"),
    "leak": lambda s, m: _hidden(s, m, "leak"),
    "announce": _fixed(_accounts),
    "enter-into-force": _life(),
    "extend": _life(lambda s, m: {"lasts": "+5 days"}),
    "renew": _life(lambda s, m: {"lasts": "5 days"}),
    "reaffirm": _life(),
    "suspend": _life(),
    "resume": _life(),
    "notify-termination": _life(),
    "expire": _life(),
    "terminate": _life(),
    "supersede": _life(),
    "observe": _life(),
    "undertake": lambda s, m: {"terms": s.spelled(m)},
    "occur": _happens(),
    "plan": _happens(lambda s, m: {"planned": "2031-06-01"}),
    "call-off": _happens(),
    "implement": _on(
        "agree", "undertake", extra=lambda s, m: {"done": ("yes", "partial", "3 km")[m.value % 3]}
    ),
    "certify": _on("implement", "violate", "occur"),
    "violate": _on("agree", extra=lambda s, m: {"alleged-by": s.party(m.who + 1)}),
    "attribute": _on(extra=lambda s, m: {"to-whom": s.party(m.who + 1)}),
    "claim": _fixed(_accounts),
    "deny": _on(),
    "endorse": _on(),
    "oppose": _on(),
    "incident": lambda s, m: {"figures": {"hurt": "about 3"}},
    "meet": lambda s, m: {"present": [s.party(0), s.party(1)], "round": str(m.value)},
    "adjourn": lambda s, m: {"final": "yes"} if m.flag(0) else {},
    "walk-out": lambda s, m: {},
    "return": lambda s, m: {},
    "represent": _represent,
    "split": lambda s, m: {"into": [s.party(m.who + 1), s.party(m.who + 2)]},
    "merge": lambda s, m: {"into": s.party(m.who + 1)},
    "rename": lambda s, m: {"name": f"Name {m.value}"},
    "decide": _on(*TABLED, extra=lambda s, m: {"body": "council", "outcome": "approve"}),
    "correct": _correct,
    "retract": _on("propose", "state", "accept", "claim"),
    "judge": _judge,
}
"""How each kind is told, the simplest first: Hypothesis shrinks towards the front."""
