"""Going from branch to branch, and what is asked for a what-if: what to skip, which fields, what happens instead.

The record is never touched: each change makes another branch, which is replayed beside the reader and laid
over what it stands on.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.core.lens import View
from terms.ground.errors import TermsError
from terms.ground.suggest import did_you_mean
from terms.tui import matrix
from terms.tui.comparing import overlay_words
from terms.tui.desk import Desk, Overlay, Prompt, PromptKind
from terms.tui.effects import KeepScenario, Replay
from terms.tui.seeing import over, viewed
from terms.tui.stepping import follow, to_step
from terms.tui.whatif import WhatIf, handed, text_of

if TYPE_CHECKING:
    from terms.scenarios.supposing import Change

SUFFIX = ".scenario.yaml"
THE_RECORD = "the record"


class Unmade(TermsError):
    """What was typed makes no what-if; the message says why."""


# ---- from branch to branch -------------------------------------------------------------------------


def entered(desk: Desk, name: str, event: str = "") -> Desk:
    """The desk on a replayed branch (empty: the record), laid over its base: at `event`, else where it was."""
    one = _named(desk, name)
    root = desk.root
    whole = one.history if one is not None and one.history is not None else root
    made = over(desk, viewed(whole, desk.history.view)).but(
        record=whole,
        trunk=root if one is not None else None,
        branch=name if one is not None else "",
        overlay=None,
        comparing=False,
        only="all" if desk.only == "differing" else desk.only,
    )
    if event and matrix.holds(made.history, event):
        made = follow(to_step(made, made.history.index(event) + 1))
    laid = base_of(made)
    return (
        made.but(overlay=laid, message=_first_words(made, laid)) if laid is not None else made.but(message="")
    )


def _first_words(desk: Desk, laid: Overlay) -> str:
    """Where a branch first differs from what it stands on, and the way there."""
    first = matrix.first_divergence(desk.history, laid)
    if first is None:
        return f"no position differs from {laid.name}"
    if first == desk.here:
        return f"here, at {first}, positions first differ from {laid.name}"
    return f"positions first differ at {first} (: fork goes there) from {laid.name}"


def to_fork(desk: Desk) -> Desk:
    """The desk at the first event after which a branch differs from what it stands on; else at the end."""
    laid = base_of(desk)
    first = matrix.first_divergence(desk.history, laid) if laid is not None else None
    known = first is not None and matrix.holds(desk.history, first)
    made = follow(to_step(desk, desk.history.index(first) + 1 if known else len(desk.history)))
    return made.but(message=_first_words(made, laid)) if laid is not None else made


def base_of(desk: Desk) -> Overlay | None:
    """What the branch stands on, seen as the reader sees the branch; None on the record itself."""
    one = desk.on
    if one is None or one.made is None:
        return None
    view = desk.history.view
    shared = one.made.shared if view == View() else 0
    skipped = frozenset(event.id for _, event in one.skipped)
    return Overlay(
        viewed(one.made.base, view), one.of or desk.name or THE_RECORD, one.made.base, skipped, shared
    )


def is_over_base(desk: Desk) -> bool:
    """Whether what is laid over is what the branch stands on."""
    one = desk.on
    return (
        one is not None
        and one.made is not None
        and desk.overlay is not None
        and desk.overlay.whole is one.made.base
    )


def switched(desk: Desk, name: str) -> Desk:
    """The desk on another branch, replayed first where it was not yet. On the record, the branch lies over it."""
    one = _named(desk, name)
    if name == desk.branch:
        return desk.but(message=f"already on {name or THE_RECORD}")
    if one is not None and one.is_due:
        return desk.but(out=(Replay(one),), message=f"replaying {name} ...")
    made = entered(desk, name)
    if one is None:
        laid = Overlay(desk.history, desk.branch, desk.record)
        made = made.but(overlay=laid, message=overlay_words(laid, made))
    return made


def left(desk: Desk) -> Desk:
    """Off the branch, back to the record, which stayed as it was."""
    return entered(desk, "").but(message=f"the record; W leads back to {desk.branch}")


def replayed(desk: Desk, asked: Replay, made: WhatIf | str) -> Desk:
    """The desk once a what-if was replayed; what is typed stays where nothing came of it, and where it is no longer asked.

    Then the branch stood on is replayed where the record was read again meanwhile; whatever is typed stays there, too.
    """
    typed = desk.prompt.text if desk.prompt is not None else None
    if asked.what.party != desk.history.view.party:
        return desk  # the reader looks through other eyes by now
    if asked.staying and desk.branch != asked.what.name:
        return desk
    if not asked.staying and (desk.menu is not None or typed != asked.typed):
        return _renewed(desk)
    if isinstance(made, str):
        return desk.but(message=made) if asked.staying else _renewed(desk.but(message=made))
    known = [one.name for one in desk.branches]
    branches = (
        tuple(made if one.name == made.name else one for one in desk.branches)
        if made.name in known
        else (*desk.branches, made)
    )
    entering = entered(desk.but(branches=branches, prompt=None, message=""), made.name, asked.event)
    if asked.staying and desk.prompt is not None:
        return entering.but(prompt=desk.prompt, menu=desk.menu, menu_row=desk.menu_row, message=desk.message)
    return entering


def _renewed(desk: Desk) -> Desk:
    """The desk that has the branch it stands on replayed on the record as it is now, where it is not yet."""
    one = desk.on
    return desk.but(out=(Replay(one, staying=True),)) if one is not None and one.outdated else desk


def _named(desk: Desk, name: str) -> WhatIf | None:
    return next((one for one in desk.branches if one.name == name), None) if name else None


# ---- changing --------------------------------------------------------------------------------------


def own(desk: Desk) -> WhatIf | None:
    """The reader's own what-if that they stand on; None on the record and on the scenario of a file."""
    one = desk.on
    return one if one is not None and one.make is None else None


def _changed(desk: Desk, prompt: Prompt, new: "list[Change]", event: str) -> Desk:
    from terms.scenarios.supposing import changed

    one = own(desk) or WhatIf(_free(desk), desk.branch, party=desk.history.view.party)
    changes = one.changes
    for change in new:
        changes = changed(changes, change)
    if not changes:  # all that it added was skipped again
        return discarded(desk.but(prompt=None))
    return _asked(desk, _anew(one, changes), event, prompt.text)


def _asked(desk: Desk, one: WhatIf, event: str, typed: str | None) -> Desk:
    return desk.but(out=(Replay(one, event, typed),), message="replaying ...")


def _anew(one: WhatIf, changes: "tuple[Change, ...]") -> WhatIf:
    """A what-if with other changes, which nothing came of yet and which no file has."""
    return WhatIf(one.name, one.of, changes, party=one.party)


def _free(desk: Desk) -> str:
    names = {one.name for one in (*desk.branches, *desk.aside)}
    number = 1
    while (name := f"what-if-{number}") in names:
        number += 1
    return name


def _skip(desk: Desk, prompt: Prompt) -> Desk:
    from terms.scenarios.supposing import Change

    names = prompt.text.replace(",", " ").split()
    for name in names:
        if not matrix.holds(desk.nameable, name):
            raise Unmade("; ".join((f"there is no event '{name}'", *did_you_mean(name, desk.nameable.names))))
    if not names:
        raise Unmade("name the events that are not to happen")
    return _changed(desk, prompt, [Change("skip", name) for name in names], "")


def _edit(desk: Desk, prompt: Prompt) -> Desk:
    from terms.scenarios.supposing import Change, read_words

    words = read_words(prompt.text)
    if "id" in words:
        raise Unmade("an event keeps its id: skip it and add another instead")
    return _changed(desk, prompt, [Change("edit", prompt.about, words)], prompt.about)


def _add(desk: Desk, prompt: Prompt) -> Desk:
    from terms.scenarios.supposing import Change, added_words, read_words

    words = added_words(read_words(prompt.text), (*desk.nameable.names, *desk.nameable.header.term))
    change = Change("add", prompt.about, words)
    return _changed(desk, prompt, [change], change.id)


def undone(desk: Desk) -> Desk:
    """The what-if without its last change; without any it is gone."""
    one = own(desk)
    if one is None or len(one.changes) < 2:
        return discarded(desk)
    return _asked(desk, _anew(one, one.changes[:-1]), "", None)


def discarded(desk: Desk) -> Desk:
    """Without the what-if, back on what it stood on."""
    one = own(desk)
    if one is None:
        return desk
    made = entered(desk, one.of)
    rest = tuple(other for other in desk.branches if other.name != one.name)
    return made.but(branches=rest, message=f"{one.name} is gone; {one.of or THE_RECORD} is as it was")


# ---- saving ----------------------------------------------------------------------------------------


def save_name(desk: Desk) -> str:
    """The file that is offered for the what-if."""
    one = own(desk)
    return "" if one is None else one.file or f"{one.name}{SUFFIX}"


def _save(desk: Desk, prompt: Prompt) -> Desk:
    one = own(desk)
    path = prompt.text.strip()
    if one is None or not path:
        raise Unmade("name a file")
    path = path if path.endswith(SUFFIX) else f"{path.removesuffix('.yaml')}{SUFFIX}"
    if not _base_path(desk, one):
        raise Unmade("a scenario stands on a file, and this record is in none: write it to a file first")
    return _with_reasons(desk, one, path)


def _with_reasons(desk: Desk, one: WhatIf, path: str, *, replacing: bool = False) -> Desk:
    """Ask why the past is changed, change by change; then have the file written."""
    text = _text(desk, one, path)
    asked = next(
        (change for change in one.changes if change.why is None and _wants_reason(change, text)), None
    )
    if asked is not None:
        return desk.but(prompt=Prompt("why", about=f"{asked.action} {asked.id}\n{path}"), message="")
    return desk.but(prompt=None, message="", out=(KeepScenario(path, text, replacing),))


def _wants_reason(change: "Change", text: str) -> bool:
    """Whether a file says why: of every change of the past, not of what is supposed behind it."""
    supposed = text.partition("\nsuppose:\n")[2]
    return change.action != "add" or f"- id: {change.id}\n" not in supposed


def _why(desk: Desk, prompt: Prompt) -> Desk:
    one = own(desk)
    what, _, path = prompt.about.partition("\n")
    if one is None:
        return desk.but(prompt=None)
    changes = tuple(
        replace(change, why=prompt.text.strip()) if f"{change.action} {change.id}" == what else change
        for change in one.changes
    )
    made = replace(one, changes=changes)
    branches = tuple(made if other.name == one.name else other for other in desk.branches)
    return _with_reasons(desk.but(branches=branches), made, path)


def _overwrite(desk: Desk, prompt: Prompt) -> Desk:
    said = prompt.text.strip().lower()
    one = own(desk)
    if said in ("", "n", "no") or one is None:
        return desk.but(prompt=Prompt("save", prompt.about), message="another name, or esc")
    if said in ("y", "yes"):
        return _with_reasons(desk, one, prompt.about, replacing=True)
    return _save(desk, replace(prompt, text=prompt.text))


def taken(desk: Desk, path: str) -> Desk:
    """The desk that asks whether a file that is there already is to be overwritten."""
    return desk.but(prompt=Prompt("overwrite", about=path), message=f"{path} is there already")


def saved(desk: Desk, path: str) -> Desk:
    """The desk once the what-if stands in a file, whose name it takes."""
    one = own(desk)
    if one is None:
        return desk
    stem = os.path.basename(path).removesuffix(SUFFIX)
    name = stem if all(other.name != stem for other in desk.branches) else one.name
    made = replace(one, name=name, file=path)
    branches = tuple(made if other.name == one.name else other for other in desk.branches)
    return desk.but(branches=branches, branch=name, message=f"written to {path}; `terms run {path}` runs it")


def _base_path(desk: Desk, one: WhatIf) -> str:
    below = _named(desk, one.of)
    return below.file if below is not None else desk.path


def _text(desk: Desk, one: WhatIf, path: str) -> str:
    below = _named(desk, one.of)
    base = below.history if below is not None else handed(desk.root, one.party)
    found = _base_path(desk, one)
    away = os.path.isabs(path)
    beside = os.path.abspath(found) if away else os.path.relpath(found, os.path.dirname(path) or ".")
    words = {"skip": "without", "edit": "otherwise:", "add": "with"}
    title = "What if: " + ", ".join(f"{words[change.action]} {change.id}" for change in one.changes)
    kind = "record" if below is None else "scenario"
    point = below.base if below is not None else {}
    return text_of(one, base or desk.root, {kind: beside.replace(os.sep, "/"), **point}, title)


# ---- what is typed ---------------------------------------------------------------------------------

ANSWERS: Mapping[PromptKind, Callable[[Desk, Prompt], Desk]] = {
    "skip": _skip,
    "edit": _edit,
    "add": _add,
    "save": _save,
    "why": _why,
    "overwrite": _overwrite,
}
"""What each of these prompts makes of the desk; the prompt stays open where nothing can be made of what was typed."""


def answered(desk: Desk, prompt: Prompt) -> Desk:
    """The desk once one of these prompts was answered, with what is wrong, if anything, below what was typed."""
    try:
        return ANSWERS[prompt.kind](desk, prompt)
    except TermsError as fault:
        return desk.but(message=str(fault))
