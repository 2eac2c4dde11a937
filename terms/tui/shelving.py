"""What-ifs between two visits: their changes are kept beside the place in the record, and replayed on coming back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from terms.tui.desk import Desk
from terms.tui.effects import Replay
from terms.tui.whatif import WhatIf

if TYPE_CHECKING:
    from terms.scenarios.supposing import Change

Kept = dict[str, object]

MOST_BRANCHES = 20
"""What-ifs kept of a record; the oldest are forgotten first. Whoever wants one for long saves it to a file."""


def shelved(places: dict[str, Kept], desk: Desk, told: Kept, root: str) -> None:
    """Put the place of a desk among `places`: under the record's name `root`, with the branch's where it is on one.

    The what-ifs stand beside the place in the record; each base names the what-if on it to come back to, if any.
    """
    one = desk.on
    on_own = one is not None and one.make is None
    home = places.pop(root, {})
    if one is None:
        home = {**told, **{key: home[key] for key in ("branches",) if key in home}}
    else:
        places.pop(key := f"{root}/{one.name}", None)
        places[key] = told
    if one is not None and on_own and one.of:
        below = f"{root}/{one.of}"
        places[below] = {**places.get(below, {}), "branch": one.name}
    elif one is not None and on_own:
        home = {**home, "branch": one.name}
    branches = _branches_kept(desk, home)
    places[root] = {**home, "branches": branches} if branches else {**home, "branches": []}


def _branches_kept(desk: Desk, before: Mapping[str, object]) -> list[dict[str, object]]:
    """The what-ifs of a desk as they are kept, behind those of scenarios that were not looked at this time."""
    every = (*desk.branches, *desk.aside)
    here = {one.name for one in every}
    rest = [one for one in restored(before) if one.name not in here and one.of and one.of not in here]
    own = [one for one in every if one.make is None]
    return [_told(one) for one in (*rest, *own)][-MOST_BRANCHES:]


def come_back_to(desk: Desk, places: Mapping[str, Kept], root: str) -> Desk:
    """The desk with the what-ifs of former visits; it asks for the one that was stood on last to be replayed."""
    known = {one.name for one in desk.branches}
    kept = tuple(
        one
        for one in restored(places.get(root, {}))
        if one.name not in known and (one.of in known or not one.of)
    )
    party = desk.history.view.party
    made = tuple(one for one in kept if one.party == party)
    aside = (*desk.aside, *(one for one in kept if one.party != party))
    here = f"{root}/{desk.branch}" if desk.branch else root
    back = next((one for one in made if one.name == places.get(here, {}).get("branch")), None)
    desk = desk.but(branches=(*desk.branches, *made), aside=aside)
    if back is None or back.of != desk.branch:
        return desk
    return desk.but(out=(Replay(back, kept=places.get(f"{root}/{back.name}", {})),))


def _told(one: WhatIf) -> dict[str, object]:
    changes = [
        {"action": change.action, "event": change.event, "words": dict(change.words), "why": change.why}
        for change in one.changes
    ]
    return {"name": one.name, "of": one.of, "file": one.file, "party": one.party, "changes": changes}


def restored(kept: Mapping[str, object]) -> tuple[WhatIf, ...]:
    """The what-ifs that were kept, none of them replayed yet; what cannot be understood is left out."""
    told = kept.get("branches")
    found = []
    for one in told if isinstance(told, list) else ():
        changes = [_change(change) for change in one.get("changes") or ()] if isinstance(one, dict) else []
        whole = tuple(change for change in changes if change is not None)
        if whole and len(whole) == len(changes):
            name, of, file, party = (str(one.get(key) or "") for key in ("name", "of", "file", "party"))
            found.append(WhatIf(name, of, whole, file=file, party=party or None))
    return tuple(found)


def _change(told: object) -> "Change | None":
    from terms.scenarios.supposing import Change

    if not isinstance(told, dict) or told.get("action") not in ("skip", "edit", "add"):
        return None
    words, why = told.get("words"), told.get("why")
    if not isinstance(words, dict) or (told["action"] == "add" and not isinstance(words.get("id"), str)):
        return None
    return Change(told["action"], str(told.get("event") or ""), words, str(why) if why is not None else None)
