"""What-ifs between two visits: their changes are kept beside the place in the record, and replayed on coming back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from terms.tui.desk import Desk
from terms.tui.whatif import WhatIf

if TYPE_CHECKING:
    from terms.scenarios.supposing import Change

MOST_BRANCHES = 20
"""What-ifs kept of a record; the oldest are forgotten first. Whoever wants one for long saves it to a file."""


def branches_kept(desk: Desk, before: Mapping[str, object]) -> dict[str, object]:
    """The what-ifs of a desk as they are kept, beside those of other scenarios of the record that were kept before.

    `branch` is the one to come back to; empty: none. Where a scenario of a file was looked at it stays as it was.
    """
    at_file = any(one.make is not None for one in desk.branches)
    own = [one for one in desk.branches if one.make is None]
    names = {one.name for one in own} | {one.name for one in desk.branches}
    rest = [
        one for one in restored(before) if one.of and one.of not in {other.name for other in desk.branches}
    ]
    told = [_told(one) for one in (*(one for one in rest if one.name not in names), *own)][-MOST_BRANCHES:]
    if not told and "branches" not in before:
        return {}
    here = desk.branch if any(one.name == desk.branch and not one.of for one in own) else ""
    return {"branches": told, "branch": before.get("branch", "") if at_file else here}


def _told(one: WhatIf) -> dict[str, object]:
    changes = [
        {"action": change.action, "event": change.event, "words": dict(change.words), "why": change.why}
        for change in one.changes
    ]
    return {"name": one.name, "of": one.of, "file": one.file, "changes": changes}


def restored(kept: Mapping[str, object]) -> tuple[WhatIf, ...]:
    """The what-ifs that were kept, none of them replayed yet; what cannot be understood is left out."""
    told = kept.get("branches")
    found = []
    for one in told if isinstance(told, list) else ():
        changes = [_change(change) for change in one.get("changes") or ()] if isinstance(one, dict) else []
        whole = tuple(change for change in changes if change is not None)
        if whole and len(whole) == len(changes):
            found.append(
                WhatIf(str(one.get("name")), str(one.get("of") or ""), whole, file=str(one.get("file") or ""))
            )
    return tuple(found)


def _change(told: object) -> "Change | None":
    from terms.scenarios.supposing import Change

    if not isinstance(told, dict) or told.get("action") not in ("skip", "edit", "add"):
        return None
    words, why = told.get("words"), told.get("why")
    if not isinstance(words, dict) or (told["action"] == "add" and not isinstance(words.get("id"), str)):
        return None
    return Change(told["action"], str(told.get("event") or ""), words, str(why) if why is not None else None)
