"""The record the screen is tried on: short, invented, with a bit of everything, in many scripts, and a hostile part."""

from terms import events as families
from terms.core.event import read_event
from terms.core.header import Happening, Header, Party, Person, Source, Stage, Term
from terms.core.history import History
from terms.ground.dates import read_date
from terms.tui import opening
from terms.tui.asking import sought
from terms.tui.commands import press
from terms.tui.desk import Desk
from terms.tui.desk import opened as begun
from terms.tui.scrolling import settled
from terms.values import Declaration

assert families.FAMILIES  # imported so that every kind is known

HOSTILE = "calm\x1b[2J\x1b]0;owned\x07 \u202egnp.exe\u2066 a\tb\nnext\x9b31m \u200b\x00end"
"""Text that would clear a screen, rename a window, ring, turn letters round, and break a line."""


def header() -> Header:
    return Header(
        title="Ferry talks (invented)",
        parties=(
            Party("kestria", "Кестрия", "belligerent"),
            Party("velm", "Velm Front", "belligerent"),
            Party("harbour", "港務局", "mediator"),
            Party("league", "الرابطة", "observer"),
            Party("coast", "חוף", "observer"),
        ),
        persons=(Person("aldane", "Ruta Aldane", "kestria", "head", "head of the delegation"),),
        stages=(Stage("first"), Stage("settlement", after="first")),
        terms=(
            Term(
                "ferry",
                Declaration("choice", of=("open", "escorted", "closed")),
                "first",
                about="the ferry at Halden",
            ),
            Term("ferry.hours", Declaration("window"), "first"),
            Term(
                "pullback",
                Declaration("quantity", unit="km"),
                "first",
                about="how far guns stay from the river",
            ),
            Term("pullback.monitors", Declaration("quantity", unit="persons"), "first"),
            Term("name", Declaration("text"), "settlement"),
        ),
        happenings=(Happening("ferry.runs"), Happening("guns.gone")),
        sources=(
            Source("M1", "Minutes, session 1", reliability="B", side="kestria"),
            Source("M2", "議事録 第二回", side="velm", reliability="C", credibility="3"),
            Source("R1", "Coast Radio", published=read_date("2031-03-12")),
        ),
    )


EVENTS = (
    {"id": "meet-1", "date": "2031-03-04", "kind": "meet", "present": ["kestria", "velm", "harbour"], "place": "Halden",
     "round": "1", "source": "M1 p.1"},
    {"id": "kes-open", "date": "2031-03-04", "kind": "propose", "by": "kestria", "speaker": "aldane", "to": "velm",
     "terms": {"pullback": "30 km", "ferry": "open", "ferry.hours": "12:30-15:00"}, "source": "M1 p.2",
     "quote": "Тридцать километров, и ни метром меньше.", "lang": "ru",
     "translation": {"text": "Thirty kilometres and not a metre less.", "source": "M1"}},
    {"id": "velm-counter", "date": "2031-03-05", "kind": "counter", "by": "velm", "of": "kes-open", "to": "kestria",
     "terms": {"pullback": "at most 20 km", "ferry": "escorted"}, "source": "M1 p.4", "quote": "ثلاثون تفرغ الوادي"},
    {"id": "kes-rej", "date": "2031-03-06", "kind": "reject", "by": "kestria", "of": "velm-counter", "only": ["pullback"],
     "source": "M1 p.5"},
    {"id": "paper", "date": "2031-03-10", "kind": "propose", "by": "velm", "to": "kestria", "channel": "private",
     "terms": {"pullback": "25 km", "pullback.monitors": "40 persons"}, "source": "M2 p.1", "tags": ["paper"]},
    {"id": "radio", "date": "2031-03-12", "kind": "leak", "of": "paper", "source": "R1"},
    {"id": "order-k", "date": "2031-03-13", "kind": "condition", "by": "kestria",
     "order": {"o1": "guns.gone before ferry.runs"}, "source": "M1 p.7"},
    {"id": "order-v", "date": "2031-03-13", "kind": "condition", "by": "velm",
     "order": {"o1": "ferry.runs before guns.gone"}, "source": "M2 p.2"},
    {"id": "mediator", "date": "2031-03-18", "kind": "propose", "by": "harbour", "to": ["kestria", "velm"],
     "form": "bridging", "terms": {"pullback": "25 km", "ferry": "escorted", "pullback.monitors": "60 persons"},
     "source": "M2 p.3", "quote": "二十五公里，护送渡轮。"},
    {"id": "acc-short", "date": "2031-03-20", "kind": "accept", "by": "kestria", "of": "mediator",
     "only": ["pullback", "ferry"], "source": "M1 p.9", "account-of": "answer", "account": "minutes"},
    {"id": "acc-long", "date": "2031-03-20", "kind": "reject", "by": "kestria", "of": "mediator",
     "only": ["pullback", "ferry"], "source": "R1", "account-of": "answer", "account": "radio"},
    {"id": "velm-acc", "date": "2031-03-21", "kind": "accept", "by": "velm", "of": "mediator", "only": ["pullback"],
     "source": "M2 p.6", "quote": "עשרים וחמישה קילומטר"},
    {"id": "later-name", "date": "2031-04-02", "kind": "propose", "by": "velm", "terms": {"name": HOSTILE},
     "source": f"M2 {HOSTILE}", "quote": HOSTILE, "note": HOSTILE, "tags": ["odd\x1b[31m"]},
    {"id": "bad-accept", "date": "2031-04-03", "kind": "accept", "by": "kestria", "of": "velm-counter",
     "only": ["name"], "source": "M1 p.12"},
    {"id": "velm-monitors", "date": "2031-04-05", "kind": "reject", "by": "velm", "of": "mediator",
     "only": ["pullback.monitors"], "source": "M2 p.9"},
    {"id": "close", "date": "2031-04-06~", "kind": "adjourn", "source": "M2 p.10"},
)  # fmt: skip


def history() -> History:
    return History(header(), [read_event(spelled) for spelled in EVENTS])


def desk(width: int = 120, height: int = 36, *, ascii_only: bool = False, at: str | None = None) -> Desk:
    """The desk on the record, after the event `at` (None: the last)."""
    told = history()
    made = begun(told, name="ferry", width=width, height=height, ascii_only=ascii_only)
    if at is not None:
        made = typed(made, ":", *at, "enter")
    return settled(made)


NAMED = {"space": " "}


def pressed(desk: Desk, key: str) -> Desk:
    """The desk after one key, with what it asks of the program; a key that does nothing leaves it as it is."""
    return press(desk, key, NAMED.get(key, key if len(key) == 1 else None)) or desk


def typed(desk: Desk, *keys: str) -> Desk:
    """The desk after some keys."""
    for key in keys:
        desk = pressed(desk, key)
    return desk


def played(desk: Desk, *words: str) -> Desk:
    """The desk after some keys and words, with what they ask to be looked for or replayed done at once."""
    return opening.typed(desk, words)


def played_out(desk: Desk) -> Desk:
    """The desk once all that it asks to be looked for or replayed is done."""
    return sought(desk)


def on_what_if(width: int = 120, height: int = 36) -> Desk:
    """The desk on a what-if: right behind its paper velm accepts the open ferry of kestria's offer."""
    start = desk(width, height, at="paper")
    return played(start, "w", "add", "enter", "accept, by: velm, of: kes-open, only: [ferry]", "enter")


def told(said: dict[str, object]) -> History:
    """The record with one more proposal at its end that says some things."""
    base = {"id": "last", "date": "2031-05-01", "kind": "propose", "by": "velm", "source": "M1"}
    return History(header(), [*(read_event(spelled) for spelled in EVENTS), read_event({**base, **said})])
