"""The verb of each kind of event, and its forms: one verb for everybody, whoever acts."""

VERBS = {
    "propose": "propose", "counter": "counter", "amend": "amend", "withdraw": "withdraw",
    "accept": "accept", "reject": "reject", "defer": "defer", "refer": "refer",
    "study": "take under study", "recant": "recant", "condition": "set conditions", "waive": "waive",
    "link": "link", "unlink": "unlink", "bind-package": "bind together", "agree": "agree on",
    "initial": "initial", "sign": "sign", "refuse-to-sign": "refuse to sign", "ratify": "ratify",
    "accede": "accede to", "guarantee": "guarantee", "witness": "witness", "clarify": "clarify",
    "interpret": "interpret", "object": "object to", "hand-over": "hand over", "publish": "publish",
    "leak": "leak", "announce": "announce", "enter-into-force": "put in force", "extend": "extend",
    "renew": "renew", "reaffirm": "reaffirm", "suspend": "suspend", "resume": "resume",
    "notify-termination": "give notice of ending", "expire": "call expired", "terminate": "terminate",
    "supersede": "supersede", "observe": "observe", "undertake": "undertake", "occur": "report",
    "plan": "plan", "call-off": "call off", "implement": "report done", "certify": "certify",
    "violate": "be said to violate", "attribute": "attribute", "claim": "claim", "deny": "deny",
    "endorse": "endorse", "oppose": "oppose", "state": "state",
    "incident": "be reported in an incident", "meet": "meet", "adjourn": "adjourn",
    "walk-out": "walk out", "return": "return", "represent": "be represented", "split": "split",
    "merge": "merge", "rename": "take another name", "decide": "decide", "correct": "correct",
    "retract": "retract", "judge": "judge",
}  # fmt: skip
"""The verb of each kind, as one says it of several parties; one verb for everybody."""

PASSIVE = {
    "publish": "published",
    "leak": "leaked",
    "enter-into-force": "put in force",
    "suspend": "suspended",
    "resume": "resumed",
    "expire": "called expired",
    "terminate": "terminated",
    "supersede": "superseded",
    "observe": "observed",
    "implement": "reported done",
    "correct": "corrected",
    "retract": "retracted",
    "hand-over": "handed over",
}
"""What is done where the record does not say by whom."""

_FORMS = {
    "demand": "demand",
    "ultimatum": "demand as an ultimatum",
    "float": "float",
    "offer": "propose",
}

_IRREGULAR = {"be": "is"}


def verb(kind: str, *, one: bool) -> str:
    """The verb of a kind of event for one party (`rejects`) or several (`reject`)."""
    words = VERBS.get(kind, kind)
    if not one:
        return words.replace("be ", "are ", 1) if words.startswith("be ") else words
    first, space, rest = words.partition(" ")
    return _IRREGULAR.get(first, third(first)) + space + rest


def offer_verb(form: str, *, one: bool) -> str:
    """The verb of a proposal by its form, for one party (`demands`) or several."""
    first, space, rest = _FORMS.get(form, "propose as a bridge").partition(" ")
    return (third(first) if one else first) + space + rest


def third(word: str) -> str:
    """`denies` of `deny`, `pushes` of `push`."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def bare(said: str) -> str:
    """A verb without the preposition that waits for an object: `agree` of `agree on`."""
    return said.removesuffix(" on").removesuffix(" to")
