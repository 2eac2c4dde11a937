"""What somebody new to the format writes first, and what the format calls it: offered as help, never followed.

Spelling alone does not lead from `currency` to `unit` or from `in-reply-to` to `of`, and sometimes leads
astray; so the words that people use for a key are looked at before words that look alike.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.patterns import late
from terms.ground.suggest import did_you_mean

CALLED = {
    "of": ("answers", "choices", "in-reply-to", "in-response-to", "options", "re", "ref", "refers-to", "regarding",
           "reply-to", "responds-to", "response-to", "target", "values"),
    "one-of": ("alternatives", "choice", "choices", "either", "options"),
    "all-of": ("package",),
    "whole": ("all-or-nothing", "indivisible", "package"),
    "only": ("accepted", "parts", "rejected", "term", "terms"),
    "terms": ("demands", "offer", "offers", "positions", "proposal", "values"),
    "only-if": ("condition", "conditional-on", "conditional-upon", "conditions", "if", "on-condition", "provided"),
    "by": ("actor", "author", "from", "party", "who"),
    "who": ("by", "party"),
    "to": ("addressee", "addressees", "recipient", "recipients"),
    "speaker": ("delegate", "person", "said-by"),
    "is": ("amount", "number", "value"),
    "due": ("by-when", "deadline", "within"),
    "expires": ("deadline", "expiry", "valid-until"),
    "lasts": ("duration", "for", "length"),
    "channel": ("confidential", "private", "secret"),
    "binds-by": ("enters-into-force", "needs-ratification", "ratification", "signature"),
    "dated": ("date",),
    "published": ("date",),
    "unit": ("currency", "units"),
    "about": ("description", "meaning"),
    "note": ("comment", "comments", "description", "notes", "remark", "remarks"),
    "why": ("because", "reason"),
    "source": ("citation", "cite", "cites", "sources"),
    "kind": ("act", "action", "event", "type"),
}  # fmt: skip
"""Key of the format -> what people call it."""

SHAPES = {
    "all-of": "{TERM: value, TERM: value}",
    "delegations": "{PARTY: [PERSON, PERSON]}",
    "one-of": "{a: {TERM: value}, b: {TERM: value}}",
    "reservations": "{r1: {only: [TERM], note: what is reserved}}",
    "terms": "{TERM: value}",
    "time": "{planned: DATE, actual: DATE}",
    "with": "{FIELD: what it should say}",
}
"""What stands behind a key that takes a map, in small."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BOUNDS = tuple((late(pattern, re.IGNORECASE), form) for pattern, form in (
    (r"(?:max\.?|maximum|<=|≤|no more than|not more than) ?(.+)", "at most {}"),
    (r"(?:min\.?|minimum|>=|≥|no less than|not less than) ?(.+)", "at least {}"),
    (r"(\d[\d .]*)\+ ?(.*)", "at least {} {}"),
    (r"< ?(.+)", "less than {}"),
    (r"> ?(.+)", "more than {}"),
    (r"(?:~|≈|approx\.?|approximately|ca\.?|circa|some|roughly) ?(.+)", "about {}"),
))  # fmt: skip
_MEASURED = late(r"((?:about|at least|at most|less than|more than) )?(\d+(?:\.\d+)?) ?([a-zA-Z ]+)")
_MILES = {
    name: metric
    for names, metric in (
        (("mi", "mile", "miles"), ("km", "1.609344")),
        (("nm", "nmi", "nautical mile", "nautical miles"), ("km", "1.852")),
        (("yd", "yard", "yards"), ("m", "0.9144")),
        (("ft", "foot", "feet"), ("m", "0.3048")),
        (("sq mi", "square mile", "square miles"), ("km2", "2.589988110336")),
        (("acre", "acres"), ("ha", "0.40468564224")),
        (("lb", "lbs", "pound", "pounds"), ("kg", "0.45359237")),
    )
    for name in names
}
_SLASHED = late(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_VAGUE = late(r"(?i)(?:the )?(?:about|around|beginning of|ca\.?|early|end of|in|late|mid|middle of)[ -]+(.+)")


def called(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The help line that offers the key meant by `word`; none when neither its sense nor its spelling tells."""
    names = tuple(known)
    meant = [f"'{key}'" for key in names if word.lower().replace("_", "-") in CALLED.get(key, ())]
    return (f"did you mean {' or '.join(meant)}?",) if meant else did_you_mean(word, names)


def is_called(word: str, key: str) -> bool:
    """Whether `word` is what people call `key`, or the key in capitals."""
    return word.lower() == key or word.lower() in CALLED.get(key, ())


def date_ways(text: str) -> tuple[str, ...]:
    """Help for a date that can be read in two ways, or that is vague in words; none where nothing is known."""
    slip = text.strip()
    if match := _SLASHED.fullmatch(slip):
        one, two, year = match.groups()
        day_first, month_first = f"{year}-{two:0>2}-{one:0>2}", f"{year}-{one:0>2}-{two:0>2}"
        return (f"write '{day_first}' if the day comes first, '{month_first}' if the month does",)
    if match := _VAGUE.fullmatch(slip):
        inner = _spelt(match[1])
        return (f"did you mean '{inner}~' (about)?",) if inner is not None else ()
    return ()


def _spelt(text: str) -> str | None:
    """A date without its vague words, spelt as the format spells it."""
    try:
        return read_date(text).text
    except BadDate as fault:
        return fault.suggestion


def amount_ways(words: str) -> tuple[str, ...]:
    """Help for an amount in letters, with signs for its bounds, or in miles: `three months`, `<10 km`, `5 mi`."""
    said = words.strip()
    for pattern, form in _BOUNDS:
        if match := pattern.fullmatch(said):
            return (f"did you mean '{form.format(*match.groups())}'?",)
    first, _, rest = said.partition(" ")
    if first.lower() in _NUMBERS and rest:
        return (f"did you mean '{_NUMBERS.index(first.lower()) + 1} {rest}'?",)
    if (match := _MEASURED.fullmatch(said)) and match[3].lower() in _MILES:
        unit, factor = _MILES[match[3].lower()]
        metric = f"{match[1] or ''}{(Decimal(match[2]) * Decimal(factor)).normalize():f} {unit}"
        return (f"convert it and keep the source's words: {{is: {metric}, as-worded: {said}}}",)
    return ()


def list_ways(words: str, known: Collection[str]) -> tuple[str, ...]:
    """Help for several names that were written with commas and no brackets."""
    parts = [part.strip() for part in re.split(r",| and ", words)]
    several = len(parts) > 1 and all(part in known for part in parts)
    return (f"several are a list: write [{', '.join(parts)}]",) if several else ()


def id_ways(words: str) -> tuple[str, ...]:
    """Help for an id that was written with spaces or capital letters."""
    found = re.sub(r"[ _]+", "-", words.strip().lower())
    good = re.fullmatch(r"[a-z][a-z0-9]*([-./][a-z0-9]+)*", found)
    return (f"did you mean '{found}'?",) if good and found != words else ()


def happening_ways(name: str, texts: Mapping[str, object]) -> tuple[str, ...]:
    """Help for `signature` or `ratification` where a text has to be named: `accord.signed`."""
    moments = {
        "signature": "signed",
        "signing": "signed",
        "ratification": "ratified",
        "initialling": "initialled",
    }
    moment = moments.get(name.removeprefix("the ").lower())
    named = [f"'{text}.{moment}'" for text in texts] if moment is not None else []
    return (f"did you mean {' or '.join(named)}?",) if named else ()
