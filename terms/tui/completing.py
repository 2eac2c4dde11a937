"""What could be typed next at the foot of the screen, so that nobody has to know the names of a record by heart."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import takewhile

from msgspec.structs import replace

from terms.core.history import History
from terms.tui import matrix
from terms.tui.desk import Desk, Filter, Prompt
from terms.tui.fields import offered_fields, split
from terms.tui.finding import ALSO
from terms.tui.seeking import LONG

MOST = 60
"""Suggestions made; no screen has room for more."""

PLACES = ("fork", "deadlock", "a", "b")
FIELDS = ("add", "edit")
SECOND = ("known", "seen-by", "lens", "without", "whole", "base")
CONDITIONS = ("talks", "deadlock", "contested")

Names = Callable[[Desk, list[str]], Iterable[str]]
"""What can stand at the end of a prompt, given the words before."""


def suggestions(desk: Desk) -> tuple[str, ...]:
    """The words that the last one typed could become, in the order of the record; none where any text will do."""
    if desk.prompt is None or desk.prompt.kind not in _NAMES:
        return ()
    if desk.prompt.behind:
        return ()  # what is completed is the end of what is typed
    if desk.prompt.kind in FIELDS:
        return tuple(dict.fromkeys(offered_fields(desk, desk.prompt)))[:MOST]
    *before, last = desk.prompt.text.split(" ")
    offered = _NAMES[desk.prompt.kind](desk, [*before, last])
    found = dict.fromkeys(word for word in offered if word.startswith(last) and word != last)
    return tuple(found)[:MOST]


def completed(desk: Desk, prompt: Prompt) -> Desk:
    """The desk with the last word typed completed: as far as all suggestions agree, else to the first of them."""
    found = suggestions(desk)
    if not found:
        return desk
    before, last = split(prompt.text) if prompt.kind in FIELDS else _words(prompt.text)
    agreed = takewhile(lambda letters: len(set(letters)) == 1, zip(*found, strict=False))
    common = "".join(letters[0] for letters in agreed)
    word = common if len(common) > len(last) else found[0]
    return desk.but(prompt=replace(prompt, text=before + word))


def _words(text: str) -> tuple[str, str]:
    """What is typed up to the last blank with it, and the word behind it."""
    before, blank, last = text.rpartition(" ")
    return before + blank, last


def _filter(desk: Desk, typed: list[str]) -> Iterable[str]:
    name, colon, _ = typed[-1].partition(":")
    if not colon:
        return [f"{one}:" for one in Filter.NAMES]
    values = _VALUES.get(ALSO.get(name, name))
    return [f"{name}:{value}" for value in values(desk)] if values is not None else ()


def _goto(desk: Desk, typed: list[str]) -> Iterable[str]:
    return [*PLACES[desk.overlay is None :], *desk.history.header.party, *_of_events(desk.history, "id")]


def _lens(desk: Desk, typed: list[str]) -> Iterable[str]:
    header = desk.history.header
    sides = sorted({f"side:{source.side}" for source in header.sources if source.side})
    return [*sides, *header.source, *header.party, *header.person]


def _first_where(desk: Desk, typed: list[str]) -> Iterable[str]:
    header = desk.history.header
    if len(typed) > 1 and typed[0] in header.party:
        return header.term if len(typed) == 2 else ()
    return (
        _status(desk)
        if len(typed) > 1 and typed[0] in header.term
        else [*CONDITIONS, *header.party, *header.term]
    )


def _overlay(desk: Desk, typed: list[str]) -> Iterable[str]:
    if len(typed) == 1:
        kept = ("seen-by", "whole") if desk.kept_to is not None else ()
        return [one for one in SECOND if one not in kept and (desk.branch or one != "base")]
    names: dict[str, Names] = {"seen-by": _party, "lens": _lens, "without": _goto}
    return names[typed[0]](desk, typed) if typed[0] in names else ()


def _party(desk: Desk, typed: list[str]) -> Iterable[str]:
    return desk.history.header.party


def _status(desk: Desk) -> Iterable[str]:
    """How terms stand after this step, by their first words: what `status:` compares."""
    told = (matrix.headline(desk.history, desk.steps, *row) for row in matrix.rows_of(desk.history))
    return sorted({words.partition(",")[0].replace(" ", "_") for words in told})


@lru_cache(maxsize=32)
def _of_events(history: History, field: str) -> tuple[str, ...]:
    """The different values of a field of the events, in log order; none in a record too long to look through."""
    if len(history) > LONG:
        return ()
    found: dict[str, None] = {}
    for event in history.events:
        told = getattr(event, field, None)
        several = told if isinstance(told, tuple) else (told,)
        found.update(dict.fromkeys(str(one) for one in several if one is not None))
    return tuple(found)


_VALUES: dict[str, Callable[[Desk], Iterable[str]]] = {
    "party": lambda desk: desk.history.header.party,
    "term": lambda desk: [
        *dict.fromkeys(term.partition(".")[0] for term, _ in matrix.rows_of(desk.history)),
        *(term for term, _ in matrix.rows_of(desk.history)),
    ],
    "move": lambda desk: sorted(_of_events(desk.history, "kind")),
    "source": lambda desk: desk.history.header.source,
    "tag": lambda desk: sorted(_of_events(desk.history, "tags")),
    "round": lambda desk: _of_events(desk.history, "round"),
    "stage": lambda desk: (stage.id for stage in desk.history.header.stages),
    "status": _status,
}

_NAMES: dict[str, Names] = {
    "filter": _filter,
    "goto": _goto,
    "seen-by": _party,
    "lens": _lens,
    "first-where": _first_where,
    "overlay": _overlay,
    "skip": lambda desk, typed: (name for name in _of_events(desk.nameable, "id") if name not in typed),
    "add": lambda desk, typed: (),
    "edit": lambda desk, typed: (),
    "to-mark": lambda desk, typed: [letter for letter, _ in desk.marks],
}
