"""What can be chosen where branches are concerned: a what-if from here, the branches there are, an older past or the new one."""

from functools import lru_cache, partial

from terms.core.history import History
from terms.tui import branching, rereading
from terms.tui.command import Command, Run
from terms.tui.desk import Desk, Prompt, PromptKind


def what_ifs(desk: Desk) -> tuple[Command, ...]:
    """What can be supposed from where one stands, and what can be done with the what-if one stands on."""
    here = desk.here
    one = branching.own(desk)
    made = []
    if here:
        made += [
            Command("what-if.skip", (), f"skip {here}: as if it had not happened", _asks("skip", here)),
            Command(
                "what-if.edit",
                (),
                f"edit {here}: as if it had said something else",
                _asks("edit", about=here),
            ),
        ]
        if answer := _answer(desk):
            made.append(
                Command(
                    "what-if.answer",
                    (),
                    f"answer {here}: as if somebody accepted, rejected or countered it",
                    _asks("add", answer, here),
                )
            )
    where = f"after {here}" if here else "before the first"
    made.append(Command("what-if.add", (), f"add an event {where}", _asks("add", "kind: ", here)))
    if one is not None:
        last = f"{one.changes[-1].action} {one.changes[-1].id}"
        made += [
            Command(
                "what-if.save",
                (),
                f"save {one.name} as a scenario file",
                _asks("save", branching.save_name(desk)),
            ),
            Command("what-if.undo", (), f"take back the last change ({last})", branching.undone),
            Command("what-if.discard", (), f"discard {one.name}", branching.discarded),
        ]
    return tuple(made)


def _asks(kind: PromptKind, text: str = "", about: str = "") -> Run:
    return lambda desk: desk.but(prompt=Prompt(kind, text, about))


def _answer(desk: Desk) -> str:
    """An answer to the offer looked at, by the party of the cell where it is not its own; empty where it is no offer."""
    event = desk.event
    if event is None or event.id not in desk.history.state(desk.steps).versions:
        return ""
    party = desk.cell[0] if desk.cell is not None else ""
    others = (one for one in (*event.to, *desk.parties) if one not in event.by)
    by = party if party and party not in event.by else next(others, "")
    return f"kind: accept, by: {by}, of: {event.id}"


def branches(desk: Desk) -> tuple[Command, ...]:
    """The record and every branch of it."""
    size = f", {len(desk.root):,} events" if desk.history.view.party is None else ""
    root = f"{desk.name or branching.THE_RECORD}: the record{size}"
    told = [("", root)]
    told += [
        (one.name, f"{one.name}: {one.told} (over {one.of or branching.THE_RECORD})") for one in desk.branches
    ]
    return tuple(
        Command(f"branch.{name}", (), f"{words}{', here' if name == desk.branch else ''}", partial(_to, name))
        for name, words in told
    )


def _to(name: str, desk: Desk) -> Desk:
    return branching.switched(desk, name)


REWRITTEN: tuple[Command, ...] = (
    Command("rewritten.stay", (), "stay in the old reading, the new one laid over it", rereading.stay),
    Command("rewritten.go", (), "go to the new reading, the old one laid over it", rereading.go_along),
    Command("rewritten.alone", (), "go to the new reading alone", rereading.go),
)
"""What can be done once events before the reader are others than they were."""


def rewritten_words(desk: Desk) -> str:
    """What has become of the past, for the head of that list."""
    if desk.newer is None:
        return ""
    new, old = rereading.both(desk, desk.newer.history)
    return f"{_past_words(new, old)} You are at {desk.here}."


@lru_cache(maxsize=2)
def _past_words(new: History, old: History) -> str:
    first = rereading.shared(new, old)
    before = {event.id: event for event in old.events[first:]}
    after = {event.id: event for event in new.events[first:]}
    otherwise = sum(before[name] != event for name, event in after.items() if name in before)
    told = (
        (len(after.keys() - before.keys()), "new"),
        (len(before.keys() - after.keys()), "gone"),
        (otherwise, "changed"),
    )
    words = ", ".join(f"{number:,} {word}" for number, word in told if number) or "another order"
    return f"From {old.events[first].id} on the record tells another past: {words}."
