"""Words for what a record holds: names, dates, stances, conditions, each on one line.

A stance in a file may be a map of many keys. Here it becomes what one would say aloud, the value first
and what restricts it behind, in the order of the keys; nothing that was said is left out.
"""

from collections.abc import Iterable
from datetime import datetime

from terms.core.header import Header
from terms.ground.dates import Edtf, read_date
from terms.ground.words import FrozenWords, Words
from terms.values import Stance, read_condition, read_time, say_condition, say_time, show_provisos

SECOND = 1_000_000
"""Microseconds, the unit of the bounds of a date; what is worked out is cut to whole seconds."""

_JOINERS = {"all-of": " and ", "any-of": " or "}


def name_of(header: Header, party: str) -> str:
    """The name of a party or person as its record gives it; the id when it is not declared."""
    declared = header.party.get(party) or header.person.get(party)
    return declared.name if declared is not None and declared.name else party


def names_of(header: Header, parties: Iterable[str]) -> str:
    """Several names in a sentence: `A`, `A and B`, `A, B and C`, in the order given."""
    return listed(name_of(header, party) for party in parties)


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing for none."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def one_line(words: Words) -> str:
    """Any words of a file on one line: a list with commas, a map as `key: words; key: words`."""
    if isinstance(words, str):
        return " ".join(words.split())
    if isinstance(words, tuple):
        return ", ".join(one_line(one) for one in words)
    if len(words) == 1 and (key := next(iter(words))) in _JOINERS:
        inner = words[key]
        return _JOINERS[key].join(one_line(one) for one in (inner if isinstance(inner, tuple) else (inner,)))
    return "; ".join(f"{key}: {one_line(inner)}" for key, inner in words.items())


def time_words(words: Words) -> str:
    """A time as a file spells it, on one line: `within 100 days after martial-law.lifted`."""
    return say_time(read_time(words))


def condition_words(conditions: FrozenWords | None) -> str:
    """The conditions of an act: `only if a and b; unless c`; nothing when there are none."""
    if conditions is None:
        return ""
    said = [
        f"{key.replace('-', ' ')} {say_condition(read_condition(words))}"
        for key in ("only-if", "unless", "while")
        if (words := conditions.get(key)) is not None
    ]
    if (otherwise := conditions.get("otherwise")) is not None:
        said.append(f"otherwise {one_line(otherwise)}")
    if judge := conditions.get("judged-by"):
        said.append(f"judged by {one_line(judge)}")
    return "; ".join(said)


def stance_words(stance: Stance | None) -> str:
    """What a stance says, the modality left to `modality_words`; empty for no stance."""
    if stance is None:
        return ""
    said = [*_core(stance), *_scope(stance), *_times(stance), *_remarks(stance)]
    return "; ".join(word for word in said if word)


def modality_words(stance: Stance | None) -> str:
    """`demand`, `limit`, `offer`, `refuse`, `defer`, `open`; empty for no stance."""
    return "" if stance is None else stance.modality


def _core(stance: Stance) -> list[str]:
    said = [stance.value.words] if stance.value is not None else []
    if not said and stance.modality in ("refuse", "open"):
        said = [{"refuse": "refused", "open": "open"}[stance.modality]]
    if stance.modality == "defer":
        said.append(f"deferred to {stance.until_words}" if stance.until_words else "deferred")
    for label, parts in (("", stance.per), ("of which ", stance.of_which)):
        inner = ", ".join(f"{name} {stance_words(part)}" for name, part in parts)
        said.extend([label + inner] if inner else [])
    for name, step in stance.steps:
        when = f" at {time_words(step.at)}" if step.at is not None else ""
        said.append(f"step {name}: {stance_words(step.stance)}{when}")
    if stance.each:
        said.append("each its own: " + ", ".join(f"{name} {value.words}" for name, value in stance.each))
    if stance.meanings:
        said.append("may mean " + " or ".join(f"{value.words} ({name})" for name, value in stance.meanings))
    said.extend(f"[{one.value.words}, wanted by {listed(one.by)}]" for one in stance.brackets)
    return said


def _scope(stance: Stance) -> list[str]:
    said = [f"except {one_line(exception)}" for exception in stance.exceptions]
    if stance.scope is not None:
        said.append(f"scope: {one_line(stance.scope)}")
    if stance.as_at is not None:
        said.append(f"as at {time_words(stance.as_at)}")
    if stance.who:
        said.append(f"by {listed(stance.who)}")
    if stance.toward:
        said.append(f"toward {listed(stance.toward)}")
    if stance.strength != "shall":
        said.append(stance.strength.replace("-", " "))
    return said


def _times(stance: Stance) -> list[str]:
    said = []
    for label, words in (
        ("from", stance.from_words),
        ("effective", stance.effective_words),
        ("due", stance.due),
        ("until", stance.until_time),
    ):
        if words is not None:
            said.append(f"{label} {time_words(words)}")
    if stance.lasts:
        said.append(f"lasts {stance.lasts}")
    return said


def _remarks(stance: Stance) -> list[str]:
    said = [condition_words(FrozenWords(show_provisos(stance.provisos)))]
    if stance.in_return is not None:
        said.append(f"in return for {one_line(stance.in_return)}")
    said.extend(f"{key.removeprefix('x-')}: {one_line(words)}" for key, words in stance.remarks)
    if stance.as_worded:
        said.append(f"as worded: {stance.as_worded}")
    return said


def date_words(date: Edtf) -> str:
    """A date as a file spells it; the day alone where two moments were worked out that span one."""
    day = date.first_day
    if day is None or day != date.last_day or "/" not in date.text:
        return date.text
    whole = read_date(day.isoformat())
    bounds = (date.low, date.high, whole.low, whole.high)
    low, high, first, last = (bound // SECOND if bound is not None else None for bound in bounds)
    return whole.text if (low, high) == (first, last) else date.text


def moment_words(moment: datetime) -> str:
    """A moment in UTC: the day alone when it is the last instant of a day, else day and time."""
    day = moment.strftime("%Y-%m-%d")
    if moment.hour == 23 and moment.minute == 59:
        return day
    return f"{day} {moment.strftime('%H:%M')} UTC"


def ago(days: int | None, most: int | None = None) -> str:
    """`same day`, `1 day ago`, `8 to 9 days ago` where the date is vague; nothing when the age is not known."""
    if days is None:
        return ""
    if most is not None and most > days:
        return f"{days} to {most} days ago"
    if days == 0:
        return "same day"
    return f"{days} day{'s' if days != 1 else ''} ago"


def count(number: int, word: str, plural: str = "") -> str:
    """`1 cell`, `3 cells`."""
    return f"{number} {word if number == 1 else plural or word + 's'}"
