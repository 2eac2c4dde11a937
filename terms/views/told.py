"""What somebody is said to have said: a move, a deed, what was left undone, a reading, or words of one's own."""

from terms.core.event import KINDS
from terms.core.history import History
from terms.ground.words import FrozenWords, Words
from terms.views.verbs import PASSIVE, bare, offer_verb, verb
from terms.views.wording import listed, names_of, one_line, time_words

RELATIONS = {"contradicts": "contradicts", "entails": "entails", "same-as": "means the same as"}
"""What an analyst's reading says of two wordings."""

_HAPPENS = {"occur": "has occurred", "call-off": "is called off", "plan": "is planned"}


def told_words(history: History, told: Words) -> str:
    """What a claim says, as the rest of a sentence: `South accepts n-open`, `nobody was hurt`."""
    if isinstance(told, tuple):
        return listed(told_words(history, one) for one in told) if told else ""
    if not isinstance(told, FrozenWords):
        return " ".join(told.split()).removesuffix(".")
    if "kind" in told:
        return _move(history, told)
    if "did" in told:
        return _deed(history, told)
    if "not-done" in told:
        return _left_undone(history, told)
    if set(told) == {"relation", "a", "b"} and told["relation"] in RELATIONS:
        return f"{one_line(told['a'])} {RELATIONS[str(told['relation'])]} {one_line(told['b'])}"
    return one_line(told["figures"] if set(told) == {"figures"} else told)


def _who(history: History, words: Words) -> tuple[str, bool]:
    """Those who are said to have acted, and whether it is one."""
    parties = (words,) if isinstance(words, str) else tuple(str(one) for one in words)
    return names_of(history.header, parties) or "somebody", len(parties) < 2


def _of(told: FrozenWords) -> str:
    of = told.get("of") or ()
    return listed((of,) if isinstance(of, str) else tuple(one_line(one) for one in of))


def _move(history: History, told: FrozenWords) -> str:
    kind, of = str(told["kind"]), _of(told)
    if "by" not in told and kind in _HAPPENS:
        when = f" for {time_words(told['planned'])}" if "planned" in told else ""
        return f"{of or 'something'} {_HAPPENS[kind]}{when}"
    if "by" not in told and kind in PASSIVE:
        return f"{of or 'something'} is {PASSIVE[kind]}"
    who, one = _who(history, told.get("by") or ())
    terms = told.get("terms")
    what = of or listed(terms if isinstance(terms, FrozenWords) else ()) or one_line(told.get("text") or "")
    said = offer_verb(str(told.get("form", "offer")), one=one) if kind == "propose" else verb(kind, one=one)
    principle = " in principle" if told.get("in-principle") == "yes" else ""
    if not what:
        return f"{who} {bare(said)}{principle}"
    if kind == "study":
        return f"{who} {'takes' if one else 'take'} {what} under study"
    return f"{who} {said} {what}{principle}"


def _deed(history: History, told: FrozenWords) -> str:
    who, _ = _who(history, told["did"])
    rest = FrozenWords({key: told[key] for key in told if key not in ("did", "of")})
    more = f" ({one_line(rest)})" if rest else ""
    return f"{who} carried out {_of(told)}{more}" if "of" in told else f"{who} did so{more}"


def _left_undone(history: History, told: FrozenWords) -> str:
    """`South did not accept n-open`, `the summit is not planned`: what is left undone is a kind, a party or a word."""
    undone, by, of = one_line(told["not-done"]), told.get("by") or told.get("did") or (), _of(told)
    if undone in KINDS and not by:
        passive = _HAPPENS.get(undone) or f"is {PASSIVE[undone]}" if undone in {*_HAPPENS, *PASSIVE} else ""
        said = passive.replace(" ", " not ", 1)
        return (
            f"{of or 'it'} {said}"
            if said
            else f"nobody {verb(undone, one=True) if of else bare(verb(undone, one=True))} {of}".rstrip()
        )
    if undone in KINDS:
        said = verb(undone, one=False)
        return " ".join(
            part for part in (_who(history, by)[0], "did not", said if of else bare(said), of) if part
        )
    if any(one.id == undone for one in history.header.parties):
        return (
            f"{_who(history, undone)[0]} did not carry out {of}"
            if of
            else f"{_who(history, undone)[0]} did not"
        )
    if by:
        return " ".join(
            part
            for part in (_who(history, by)[0], "did not carry out", undone, f"of {of}" if of else "")
            if part
        )
    return f"{undone} was not carried out" + (f" of {of}" if of else "")
