"""One character and a few words for each status, so that meaning never hangs on colour alone.

The signs are ASCII and different in shape. `?` is no status of its own: it stands where rival accounts
of the record give different answers.
"""

from types import MappingProxyType

from msgspec import Struct

from terms.core.entries import Status


class Sign(Struct, frozen=True):
    """A status as it is shown: the character, the word for a sentence, the short word for a narrow column."""

    mark: str
    word: str
    short: str


SIGNS: MappingProxyType[Status, Sign] = MappingProxyType(
    {
        "silent": Sign(".", "silent", "silent"),
        "proposed": Sign("^", "proposed", "prop"),
        "accepted": Sign("+", "accepted", "acc"),
        "in principle": Sign("=", "accepted in principle", "prin"),
        "conditional": Sign("~", "accepted conditionally", "cond"),
        "reserved": Sign("!", "accepted with reservations", "res"),
        "rejected": Sign("-", "rejected", "rej"),
        "deferred": Sign(">", "deferred", "def"),
        "referred": Sign(":", "referred to another body", "ref"),
        "under study": Sign(":", "under study", "study"),
        "withdrawn": Sign("x", "withdrawn", "wdr"),
    }
)
"""Every status a cell can have. The two without a position yet, referred and under study, share a sign."""

CONTESTED = Sign("?", "contested", "cont")

MOVES: MappingProxyType[str, str] = MappingProxyType(
    {
        "propose": "^", "counter": "^", "amend": "^", "undertake": "^", "link": "^",
        "bind-package": "^", "condition": "~", "accept": "+", "agree": "+", "sign": "+", "initial": "+",
        "ratify": "+", "accede": "+", "guarantee": "+", "reject": "-", "refuse-to-sign": "-",
        "walk-out": "-", "oppose": "-", "object": "-", "deny": "-", "defer": ">", "adjourn": ">",
        "refer": ":", "study": ":", "withdraw": "x", "recant": "x", "terminate": "x", "retract": "x",
        "call-off": "x",
    }
)  # fmt: skip
"""The sign of a move in a list of events; a kind that is not here moves no position."""

NO_MOVE = "."


def sign_of(status: Status) -> Sign:
    """How `status` is shown."""
    return SIGNS[status]


def mark_of(kind: str) -> str:
    """The sign of a kind of event in a list."""
    return MOVES.get(kind, NO_MOVE)


def legend() -> str:
    """All signs on one line, each once, in the order of `SIGNS`."""
    words: dict[str, list[str]] = {}
    for sign in (*SIGNS.values(), CONTESTED):
        words.setdefault(sign.mark, []).append(sign.short)
    return "  ".join(f"{mark} {'/'.join(shorts)}" for mark, shorts in words.items())
