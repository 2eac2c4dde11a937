"""What is typed at the foot of the screen: the prompts, and what each answer does to the desk."""

from collections.abc import Callable

from msgspec.structs import replace

from terms.core.lens import View
from terms.ground.dates import lacks_zone
from terms.tui import branching, matrix, refolding, whatif
from terms.tui.comparing import overlaid
from terms.tui.completing import completed
from terms.tui.conditions import condition
from terms.tui.desk import Desk, Filter, Overlay, Prompt, PromptKind
from terms.tui.effects import Refold, Replay, Seek
from terms.tui.finding import place_of, read_filter, sifts
from terms.tui.seeing import Unseen, known_on, seen_by, through, view_words, viewed
from terms.tui.seeking import known_places, look
from terms.tui.seeking import sought as sought_at
from terms.tui.stepping import follow, to_step

QUESTIONS: dict[PromptKind, str] = {
    "find": "find words",
    "filter": "show only (party: term: move: source: tag: date: round: stage: status: words)",
    "goto": "go to (id, number, date, 42%, party, a, b, fork, deadlock)",
    "known": "as known on (a date; empty: all that was learned)",
    "seen-by": "as seen by (a party; empty: nobody)",
    "lens": "through sources, in order (ids, side:PARTY; empty: as recorded)",
    "first-where": "first event where (TERM agreed; PARTY TERM accepted; talks broken off; deadlock)",
    "overlay": "lay over (known DATE, seen-by PARTY, lens SOURCES, without EVENT; empty: nothing)",
    "mark": "a letter for this event",
    "to-mark": "go to the mark",
    "menu": "type to find",
    "skip": "skip",
    "edit": "edit",
    "add": "add",
    "save": "save as a scenario file",
    "why": "why",
    "overwrite": "overwrite it? (yes, or another name)",
}

LONGEST = 400
"""Characters a prompt takes; a pasted book is no question."""


def ask(kind: PromptKind, text: Callable[[Desk], str] = lambda desk: "") -> Callable[[Desk], Desk]:
    """A command that opens a prompt with some text already in it."""
    return lambda desk: desk.but(prompt=Prompt(kind, text(desk)))


def typed(desk: Desk, prompt: Prompt, key: str, character: str | None) -> Desk:
    """The desk after a key while something is being typed; `key` as the terminal names it. Menus are not for here."""
    if key == "escape":
        return desk.but(prompt=None, message="")
    if key == "enter" and prompt.kind in branching.ANSWERS:
        return branching.answered(desk.but(message=""), prompt)
    if key == "enter":
        return answered(desk.but(prompt=None, message=""), prompt.kind, prompt.text)
    if key == "tab":
        return completed(desk, prompt)
    made = desk.but(prompt=_edited(prompt, key, character), message="")
    text = made.prompt.text if made.prompt is not None else ""
    if prompt.kind in ("mark", "to-mark") and text:
        return answered(desk.but(prompt=None), prompt.kind, text)
    return _incremental(made, text) if prompt.kind == "find" else made


def _edited(prompt: Prompt, key: str, character: str | None) -> Prompt:
    """A prompt after one key: the arrows move the cursor in it, all else happens where it stands."""
    far = {"left": 1, "right": -1, "home": LONGEST, "end": -LONGEST}.get(key)
    if far is not None:
        return replace(prompt, behind=max(0, min(prompt.behind + far, len(prompt.text))))
    before, rest = (
        prompt.text[: len(prompt.text) - prompt.behind],
        prompt.text[len(prompt.text) - prompt.behind :],
    )
    rest = rest[1:] if key == "delete" else rest
    text = edited(before, key, character)[: LONGEST - len(rest)] + rest
    if prompt.kind == "add" and text.startswith("kind: kind:"):
        text = text.removeprefix("kind: ")  # it stood there already, and was typed again
    return replace(prompt, text=text, behind=len(rest))


def edited(text: str, key: str, character: str | None) -> str:
    """A line of text after one key."""
    if key in ("backspace", "ctrl+h"):
        return text[:-1]
    if key == "ctrl+u":
        return ""
    if key == "ctrl+w":
        return text.rstrip().rpartition(" ")[0]
    return (text + character)[:LONGEST] if character is not None and character.isprintable() else text


def answered(desk: Desk, kind: PromptKind, text: str) -> Desk:
    """The desk once a prompt was answered."""
    return ANSWERS[kind](desk, text.strip())


def _incremental(desk: Desk, text: str) -> Desk:
    """While typing, stand on the first match from here on."""
    found = known_places(desk, seek := Seek("find", text))
    if found is None:
        return desk.but(out=(seek,))
    later = [place for place in found if place >= desk.place] or list(found)
    return follow(to_step(desk, later[0] + 1)) if later else desk


def _beside(desk: Desk, seek: Seek) -> Desk:
    """The desk that has something looked for beside the reader."""
    return desk.but(out=(seek,), message=f"looking for '{seek.text}'; any key gives it up")


def _found(desk: Desk, text: str) -> Desk:
    found = known_places(desk, seek := Seek("find", text))
    if found is None:
        return _beside(desk, seek)
    if not found:
        return desk.but(found="", message=f"nothing has '{text}'" if text else "")
    later = [place for place in found if place >= desk.place] or list(found)
    made = follow(to_step(desk, later[0] + 1, jump=True))
    number = found.index(later[0]) + 1
    return made.but(found=text, message=f"'{text}': {number} of {len(found)} events; n N walk them")


def match(desk: Desk, way: int) -> Desk:
    """The next event that has the words found last."""
    found = known_places(desk, seek := Seek("find", desk.found))
    if found is None:
        return _beside(desk, seek)
    later = [place for place in found if (place > desk.place if way > 0 else place < desk.place)]
    if not later:
        return desk.but(message=f"no further event has '{desk.found}'")
    place = later[0] if way > 0 else later[-1]
    made = follow(to_step(desk, place + 1, jump=True))
    return made.but(message=f"'{desk.found}': {found.index(place) + 1} of {len(found)} events")


def _filtered(desk: Desk, text: str) -> Desk:
    wanted = read_filter(text)
    if isinstance(wanted, str):
        return desk.but(message=wanted)
    shown: tuple[int, ...] | None = None
    if sifts(wanted):
        shown = known_places(desk, seek := Seek("filter", text))
        if shown is None:
            return _beside(desk, seek)
        if not shown:
            return desk.but(message=f"no event passes '{text}'")
    made = desk.but(filter=wanted, shown=shown, list_top=0, top=0)
    if not made.rows and (wanted.term or wanted.stage or wanted.status) and shown is None:
        return desk.but(message=f"no row passes '{text}'")
    if wanted == Filter():
        return made
    passed = f"{len(shown):,} of {len(desk.history):,} events and " if shown is not None else ""
    said = f"{passed}{len(made.rows)} of {len(matrix.rows_of(desk.history))} terms pass; esc shows all"
    if shown is not None and desk.place not in shown:
        before = [place for place in shown if place <= desk.place]
        made = follow(to_step(made, (before[-1] if before else shown[0]) + 1, jump=True))
        said = f"{said}; now at {made.here}, backspace goes back"
    return made.but(message=said)


def told_where(desk: Desk, seek: Seek, places: tuple[int, ...]) -> Desk:
    """The desk once something was looked for; what is no longer asked changes nothing the reader sees."""
    made = sought_at(desk, places, seek)
    if desk.prompt is not None:
        return _incremental(made, seek.text) if desk.prompt == Prompt("find", seek.text) else made
    return answered(made.but(message=""), seek.kind, seek.text)


def sought(desk: Desk) -> Desk:
    """The desk with whatever it wants looked for or replayed at once: for a frame without a program around it."""
    for wanted in desk.out:
        if isinstance(wanted, Seek):
            desk = told_where(desk.but(out=()), wanted, look(desk.history, wanted) or ())
        if isinstance(wanted, Replay):
            made = whatif.replayed(wanted.what, desk.root, desk.branches)
            desk = branching.replayed(desk.but(out=()), wanted, made)
        if isinstance(wanted, Refold):
            desk = sought(refolded(desk.but(out=()), wanted))
    return desk


def refolded(desk: Desk, asked: Refold) -> Desk:
    """The desk in the view that was folded, or with it laid over; what is typed meanwhile stays."""
    refolding.fold(desk, asked)
    if not asked.overlay:
        return refolding.shown(desk, asked.view)
    return answered(desk.but(awaited=None), "overlay", asked.overlay)


def unfiltered(desk: Desk) -> Desk:
    """All events and rows again."""
    return desk.but(filter=Filter(), shown=None)


def _gone(desk: Desk, text: str) -> Desk:
    anchor = {"a": desk.a, "b": desk.b}.get(text.lower())
    if not text:
        return desk
    if anchor is not None:
        return _jump(desk, matrix.aligned(anchor.history, anchor.steps, desk.history))
    if text.lower() == "deadlock":
        return _first(desk, "deadlock")
    if text.lower() == "fork" and desk.overlay is not None:
        return _fork(desk)
    if text in desk.history.header.party and not matrix.holds(desk.history, text):
        return _to_party(desk, text)
    place = place_of(desk.history, text)
    if isinstance(place, str):
        return desk.but(message=place)
    made = _jump(desk, place)
    if lacks_zone(text):
        made = made.but(message=f"{text} is read as UTC; write the zone, as in {text}+03:00")
    if place or not desk.history.events:
        return made
    first = desk.history.events[0]
    return made.but(message=f"nothing had happened by {text}; the first event is of {first.date.text}")


def _fork(desk: Desk) -> Desk:
    """The first event after which a position differs in what is laid over."""
    first = matrix.first_divergence(desk.history, desk.overlay) if desk.overlay is not None else None
    if first is None or not matrix.holds(desk.history, first):
        return desk.but(message="no position ever differs")
    return _jump(desk, desk.history.index(first) + 1).but(message=f"here it first differs: {first}")


def _jump(desk: Desk, steps: int) -> Desk:
    return follow(to_step(desk, steps, jump=True))


def _to_party(desk: Desk, party: str) -> Desk:
    """The next event in which a party acts, from the beginning again where there is none."""
    events = desk.history.events
    ahead = (*range(desk.steps, len(events)), *range(desk.steps))
    place = next((place for place in ahead if party in events[place].by), None)
    if place is None:
        return desk.but(message=f"no event is by {party}")
    return _jump(desk, place + 1).but(message=f"the next event by {party}")


def _first(desk: Desk, text: str) -> Desk:
    asked = condition(desk.history, text)
    if isinstance(asked, str):
        return desk.but(message=asked)
    found = known_places(desk, seek := Seek("first-where", text))
    if found is None:
        return _beside(desk, seek)
    if not found:
        return desk.but(message=f"never in this history: {text}")
    made = _jump(desk, found[0] + 1)
    return made.but(message=f"first event where {text}: {made.here}")


def _viewed(change: Callable[[Desk, str], View]) -> Callable[[Desk, str], Desk]:
    """An answer that changes the view, or says why it cannot."""

    def answer(desk: Desk, text: str) -> Desk:
        try:
            view = change(desk, text)
        except Unseen as fault:
            return desk.but(message=str(fault))
        return refolding.asked(desk, Refold(view))

    return answer


def _known(desk: Desk, text: str) -> View:
    return known_on(desk.history.view, text)


def _seen_by(desk: Desk, text: str) -> View:
    """Whoever looks through the eyes of one party may look through those of any other, too."""
    return seen_by(desk.history.view, desk.root.header, text, desk.history.header)


def _lens(desk: Desk, text: str) -> View:
    return through(desk.history.view, desk.history.header, text)


def _overlay(desk: Desk, text: str) -> Desk:
    if not text:
        return desk.but(overlay=None)
    word, _, rest = text.partition(" ")
    whole, header = desk.record.view, desk.nameable.header
    view = replace(
        whole, party=desk.history.view.party
    )  # laid over what a party sees is what it sees otherwise
    try:
        if word == "known":
            view = known_on(view, rest)
        elif word == "seen-by" and desk.kept_to is None:
            view = seen_by(whole, desk.record.header, rest, header)
        elif word == "lens":
            view = through(view, header, rest)
        elif word == "without" and all(matrix.holds(desk.nameable, event) for event in rest.split()):
            view = replace(view, dropped=frozenset(rest.split()))
        elif word == "base" and (base := branching.base_of(desk)) is not None:
            return overlaid(desk, base)
        elif word == "whole" and desk.kept_to is None:
            view = whole
        else:
            return desk.but(
                message=f"'{text}' names no second history: known, seen-by, lens, without EVENT or whole"
            )
    except Unseen as fault:
        return desk.but(message=str(fault))
    if not refolding.is_ready(desk, asked := Refold(view, text)):
        return refolding.awaiting(desk, asked)
    history = viewed(desk.record, view)
    return overlaid(desk, Overlay(history, view_words(view) or "the whole record"))


def _marked(desk: Desk, text: str) -> Desk:
    kept = tuple(pair for pair in desk.marks if pair[0] != text)
    return desk.but(
        marks=(*kept, (text, desk.here)), message=f"mark {text} is at {desk.here or 'the beginning'}"
    )


def _to_mark(desk: Desk, text: str) -> Desk:
    event = dict(desk.marks).get(text)
    if event is None:
        return desk.but(message=f"no mark '{text}'; there are {' '.join(sorted(dict(desk.marks)))}")
    if event and not matrix.holds(desk.history, event):
        which = (
            "" if desk.history.view.party is not None else f", {event},"
        )  # it may be hidden from the party
        return desk.but(message=f"the event of mark {text}{which} is not in this view")
    return follow(to_step(desk, desk.history.index(event) + 1 if event else 0, jump=True))


ANSWERS: dict[PromptKind, Callable[[Desk, str], Desk]] = {
    "find": _found,
    "filter": _filtered,
    "goto": _gone,
    "known": _viewed(_known),
    "seen-by": _viewed(_seen_by),
    "lens": _viewed(_lens),
    "first-where": _first,
    "overlay": _overlay,
    "mark": _marked,
    "to-mark": _to_mark,
}
