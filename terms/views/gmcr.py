"""The conflicts of a moment as a file for programs of the graph model for conflict resolution (GMCR).

That model (Fang, Hipel, Kilgour 1993) asks which outcomes are stable. It has decision makers, each with options to take or
not, states that cannot be, options that go one way only, and how each ranks the states. Here the decision
makers are the parties, an option is to hold on to a position that is in conflict, and a state that cannot be
is a conflict held in full. Rankings are left empty: no record tells them, so an analyst has to say them there.
The form is the JSON that the free program gmcr-py 0.3 saves and loads; what it does not know it passes over.
"""

import json
from collections.abc import Mapping

from msgspec import Struct

from terms.analyses.engine.declared import declared
from terms.analyses.engine.positions import Position
from terms.analyses.why_not import Why
from terms.core.situation import Situation

PROGRAM, VERSION = "gmcr-py", "0.3.5"
MANY = 16
"""Options beyond which most programs of this kind take long: each doubles the states."""

Condition = list[tuple[int, str]]


class Game(Struct, frozen=True):
    """A conflict as this model sees it; `options` and `parties` are in the order of the file."""

    parties: tuple[str, ...]
    options: tuple[Position, ...]
    one_way: tuple[bool, ...]
    impossible: tuple[tuple[int, ...], ...]
    left_out: int
    truncated: bool


def game(at: Situation, answer: Why) -> Game:
    """The positions in conflict as options of who holds them, in log order.

    Those that the record declares immovable are never let go. No options: nothing is in conflict but structure.
    """
    held = {name for name, _ in declared(at).immovable}
    told = {one.name: one for found in answer.conflicts for one in found.positions}
    last = len(at.history)
    order = {name: at.history.index(one.events[-1]) if one.events else last for name, one in told.items()}
    ranked = sorted(told.values(), key=lambda one: (order[one.name], one.name))
    parties = tuple(sorted({party for one in ranked for party in one.by}))
    options = tuple(sorted(ranked, key=lambda one: parties.index(min(one.by))))
    place = {one.name: number for number, one in enumerate(options)}
    return Game(
        parties,
        options,
        tuple(not held.isdisjoint((one.name, *one.events[-1:])) for one in options),
        tuple(tuple(sorted(place[name] for name in found.names)) for found in answer.conflicts),
        len(answer.uninvolved),
        answer.truncated,
    )


def as_gmcr(at: Situation, found: Game) -> str:
    """The file, a line an entry; what only we can say of it stands under `terms`."""
    names = {party: at.header.party[party].name or party for party in found.parties}
    content: Mapping[str, object] = {
        "program": PROGRAM,
        "version": VERSION,
        "useManualPreferenceRanking": False,
        "decisionMakers": [
            {
                "name": names[party],
                "options": [place for place, one in enumerate(found.options) if party in one.by],
                "preferences": [],
            }
            for party in found.parties
        ],
        "coalitions": list(range(len(found.parties))),
        "options": [
            {"name": f"{one.name}: {one.words}", "permittedDirection": "fwd" if held else "both"}
            for one, held in zip(found.options, found.one_way, strict=True)
        ],
        "infeasibles": [_all_kept(one) for one in found.impossible],
        "terms": {
            "title": at.header.title,
            "after": at.history.events[at.steps - 1].id if at.steps else "",
            "parties": list(found.parties),
            "positions": [{"position": one.name, "events": list(one.events)} for one in found.options],
            "leftOut": found.left_out,
            "truncated": found.truncated,
        },
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _all_kept(places: tuple[int, ...]) -> Condition:
    return [(place, "Y") for place in places]
