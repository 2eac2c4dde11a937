"""The whole screen as lines: what `terms frame` prints, what golden files hold, what the terminal shows."""

from terms.tui import layout, refolding
from terms.tui.asking import QUESTIONS
from terms.tui.branching import is_over_base
from terms.tui.commands import hints
from terms.tui.completing import suggestions
from terms.tui.desk import Desk, Prompt, PromptKind
from terms.tui.layout import SMALLEST, WIDE, panes, too_small
from terms.tui.leaving import modes
from terms.tui.lines import Line, Pen, Piece, text_of
from terms.tui.panes import guide, history, positions, source, strip
from terms.tui.seeing import view_words
from terms.views.sentence import sentence
from terms.views.wording import count

DRAWN = {"history": history.lines, "positions": positions.lines, "source": source.lines}
SEPARATOR = "  "
ABOUT = ("edit", "why")
"""Prompts that name what they are about."""

HELP: dict[PromptKind, str] = {
    "skip": "enter replays without it; more ids may follow",
    "edit": "fields with commas between them, as in a file; tab completes, enter replays",
    "add": "fields with commas between them, as in a file; tab completes, enter replays",
    "save": "enter writes it; nothing is overwritten without being asked",
    "why": "it will stand in the file beside the change; may stay empty; enter goes on",
}
"""What the last line says while nothing can be completed."""

LONG_DATE = 25
"""Characters of a moment with its zone; an interval between two is cut in the title of a narrow screen."""


def frame(desk: Desk) -> tuple[Line, ...]:
    """Exactly `desk.height` lines of exactly `desk.width` cells."""
    pen = Pen(ascii_only=desk.ascii_only)
    if too_small(desk):
        return _too_small(desk, pen)
    body = guide.lines(desk, layout.body(desk), pen) if desk.menu is not None else _panes(desk, pen)
    return (_title(desk, pen), strip.line(desk, pen), *body, _keys(desk, pen), _foot(desk, pen))


def text(desk: Desk) -> str:
    """The frame as text, a line a row; spaces at the end of a line stay."""
    return "\n".join(text_of(line) for line in frame(desk)) + "\n"


def _title(desk: Desk, pen: Pen) -> Line:
    """The record, how it is read, the modes that are on; at the right the step and its date."""
    event = desk.event
    when = event.date.text if event is not None else "before the first event"
    if desk.width < WIDE and len(when) > LONG_DATE:
        when = f"{when.partition('/')[0]}/.."  # the source pane has all of it
    right = f" {desk.steps:,}/{len(desk.history):,}  {when} "
    said = (desk.name, _branch(desk), _view(desk), *_modes(desk))
    room = max(0, desk.width - len(right))
    return pen.line(
        ((pen.fit(f" {SEPARATOR.join(word for word in said if word)}", room), "title"), (right, "title")),
        desk.width,
    )


def _branch(desk: Desk) -> str:
    """The branch, and that it is held against what it stands on."""
    if desk.overlay is None or not is_over_base(desk):
        return desk.branch
    return f"{desk.branch} (* vs {desk.overlay.name})"


def _view(desk: Desk) -> str:
    seen = view_words(desk.history.view)
    if seen:
        return f"<{seen}>"
    rivals = len(desk.history.rivals)
    return f"<as recorded, {count(rivals, 'rival account')}>" if rivals else "<as recorded>"


def _modes(desk: Desk) -> list[str]:
    said = []
    if desk.speed:
        said.append(f"playing x{desk.speed}")
    if desk.comparing:
        said.append(f"A {desk.old.name} -> B {desk.new.name}")
    if desk.overlay is not None and not is_over_base(desk):
        said.append(f"* over: {desk.overlay.name}")
    if desk.follow:
        said.append("following")
    return said


def _panes(desk: Desk, pen: Pen) -> list[Line]:
    """Panes side by side: each row of the screen is made of the rows of the panes it crosses."""
    placed = sorted(panes(desk).items(), key=lambda pair: (pair[1].x, pair[1].y))
    columns: dict[int, list[Line]] = {}
    for name, area in placed:
        columns.setdefault(area.x, []).extend(DRAWN[name](desk, area, pen))
    return [
        tuple(piece for rows in columns.values() for piece in rows[row])
        for row in range(layout.body(desk).height)
    ]


def _keys(desk: Desk, pen: Pen) -> Line:
    """What is being typed; else the keys that do something now, as many as there is room for."""
    if desk.prompt is not None:
        return _prompt(desk, desk.prompt, pen)
    if desk.awaited is not None:
        return pen.line(((f" {refolding.words(desk.awaited)}", "alert"),), desk.width)
    on = modes(desk)
    first = [f"esc leaves {on[0]}"] if on else []
    last = "? all keys  q quit"
    words: list[str] = []
    room = desk.width - 2 - len(last) - len(SEPARATOR)
    for hint in (*first, *hints(desk)):
        if sum(len(word) + len(SEPARATOR) for word in words) + len(hint) > room:
            break
        words.append(hint)
    pieces: list[Piece] = [(f" {SEPARATOR.join((*words, last))}", "dim")]
    return pen.line(pieces, desk.width)


def _prompt(desk: Desk, prompt: Prompt, pen: Pen) -> Line:
    """The question and what is typed, as much of it around the cursor as there is room for."""
    about = prompt.about.partition("\n")[0]
    asked = QUESTIONS[prompt.kind] + (f" {about}" if about and prompt.kind in ABOUT else "")
    room = max(0, desk.width - len(asked) - 5)
    at = len(prompt.text) - prompt.behind
    first = max(0, at - room)
    before, under, after = prompt.text[first:at], prompt.text[at : at + 1] or "_", prompt.text[at + 1 :]
    pieces: list[Piece] = [(f" {asked}: ", "strong"), (before, ""), (under, "cursor"), (after, "")]
    return pen.line(pieces, desk.width)


def _foot(desk: Desk, pen: Pen) -> Line:
    """A message, else the step in one sentence: the line that a screen reader reads."""
    if desk.message:
        return pen.line(((f" {desk.message}", "alert"),), desk.width)
    if words := suggestions(desk):
        return pen.line(((f" tab completes: {SEPARATOR.join(words)}", "dim"),), desk.width)
    if desk.prompt is not None and desk.prompt.kind in HELP:
        return pen.line(((f" {HELP[desk.prompt.kind]}", "dim"),), desk.width)
    return pen.line(((f" {spoken(desk)}", ""),), desk.width)


def spoken(desk: Desk) -> str:
    """The step in one sentence."""
    return sentence(desk.history, desk.place) if desk.steps else "Nothing has happened yet."


def _too_small(desk: Desk, pen: Pen) -> tuple[Line, ...]:
    needed = f"needs {SMALLEST[0]}x{SMALLEST[1]}"
    first = f"this screen {needed}"
    first = first if len(first) <= desk.width else needed
    words = (first, f"it is {desk.width}x{desk.height}", "q quits")
    told = [words[row] if row < len(words) else "" for row in range(desk.height)]
    return tuple(pen.line(((word, "alert"),), desk.width) for word in told)
