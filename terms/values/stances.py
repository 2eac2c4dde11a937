"""A stance: what a party says about one term, in the few words of a value or in a long form of keys.

`30 km` is a stance; so is a map that says what it is, for whom, to whom, when, under which conditions,
by category, by part or step by step. A plain value takes its modality from the move that tables it; the
long form may name it with `as`. Every key is read and checked here, once: a key that nothing reads is an
error, because a comma in the wrong place makes such keys and loses what stood behind it. Times stay in
words (in their one canonical spelling), since only a record knows what has happened by some day.
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from terms.ground.words import FrozenWords, Words
from terms.values.declaration import Declaration
from terms.values.misworded import BAD_STANCE, EmptyKey, Misworded
from terms.values.provisos import UNCONDITIONAL, Provisos, show_provisos
from terms.values.registry import read_value
from terms.values.stance_keys import (
    FORMS,
    MODALITIES,
    REMARKS,
    STRENGTHS,
    TIMES,
    Bracket,
    Modality,
    Strength,
    brackets_in,
    by_name,
    check_keys,
    length_in,
    map_in,
    one_of,
    provisos_in,
    text_in,
    texts_in,
    values_in,
    written,
)
from terms.values.times import Time, read_time, say_time, show_time
from terms.values.unreadable import Unreadable
from terms.values.value import Value

COUNTED = "persons"
"""What the parts of a ratio count when its term declares no unit."""


class Step(Struct, frozen=True, gc=False):
    """One step of a stance: what, and `at` which time in canonical words (None: not said)."""

    stance: "Stance"
    at: Words | None = None


class Stance(Struct, frozen=True, cache_hash=True, gc=False):
    """What a party says about one term.

    `value` is the set it names; None when it names none (refuse, open, defer) or says it only by category,
    part or step. `per` are independent categories, `of_which` parts of one total (`partition`: they must
    add up to it), `steps` what comes when: a name that is not there is silent, not zero. `each` is agreed
    difference, `meanings` the readings of ambiguous wording, `brackets` what is still open inside it.
    All such pairs are sorted by name. `until` of a deferral is the stage or happening it waits for.
    """

    modality: Modality
    value: Value | None = None
    type: str = "text"
    stage: str | None = None
    scope: Words | None = None
    as_at: Words | None = None
    exceptions: tuple[str, ...] = ()
    per: tuple[tuple[str, "Stance"], ...] = ()
    of_which: tuple[tuple[str, "Stance"], ...] = ()
    partition: bool = False
    steps: tuple[tuple[str, Step], ...] = ()
    each: tuple[tuple[str, Value], ...] = ()
    meanings: tuple[tuple[str, Value], ...] = ()
    brackets: tuple[Bracket, ...] = ()
    who: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    strength: Strength = "shall"
    from_words: Words | None = None
    effective_words: Words | None = None
    due: Words | None = None
    lasts: str = ""
    until: Words | None = None
    provisos: Provisos = UNCONDITIONAL
    in_return: Words | None = None
    remarks: tuple[tuple[str, Words], ...] = ()
    as_worded: str = ""

    @property
    def parts(self) -> dict[str, Value | None]:
        """The value of each part under `of-which`; a new dict at every call."""
        return {name: part.value for name, part in self.of_which}

    @property
    def until_words(self) -> str:
        """What it ends with or, for a deferral, what it waits for, on one line; "" when nothing is said."""
        return "" if self.until is None else say_time(read_time(self.until))

    @property
    def until_time(self) -> Words | None:
        """The words of the end; None when none is said, and for a deferral, which waits and does not end."""
        return None if self.modality == "defer" else self.until

    @property
    def start(self) -> Time | None:
        """When what it says is to begin; None: not said."""
        return None if self.from_words is None else read_time(self.from_words)

    @property
    def deadline(self) -> Time | None:
        """By when it is to be done; None: not said."""
        return None if self.due is None else read_time(self.due)

    @property
    def end(self) -> Time | None:
        """When what it says is to end; None as for `until_time`."""
        return None if self.until_time is None else read_time(self.until_time)


def read_stance(words: Words, declaration: Declaration, *, form: str = "offer") -> Stance:
    """The stance that `words` spell for a term declared so.

    `form` is that of the proposal: demand and ultimatum make a plain value a demand, offer, bridging and
    anything else an offer; a float gives the modality "float", which is no stance, whatever `as` says.

    Raises:
        UnknownKey: the long form has a key that nothing reads.
        Unreadable: a value, time or condition in it cannot be read, a key is empty, or `is` is missing.
    """
    return _read(words, declaration, modality_of(form))


def modality_of(form: str) -> Modality:
    """The modality that a plain value takes from the form of the proposal that tables it."""
    if form == "float":
        return "float"
    return "demand" if form in ("demand", "ultimatum") else "offer"


def show_stance(stance: Stance, *, form: str = "offer") -> Words:
    """The words of a stance, as a file spells them in a proposal of this form: short where that is enough."""
    return _show(stance, modality_of(form))


@lru_cache(maxsize=32_768)
def _read(words: Words, declaration: Declaration, default: Modality) -> Stance:
    if isinstance(words, FrozenWords) and _is_long(words, declaration):
        return _read_long(words, declaration, default)
    return Stance(default, read_value(words, declaration), declaration.type)


def _is_long(words: FrozenWords, declaration: Declaration) -> bool:
    """Whether a map is a long form: a table is a map itself, and so is `{any-of: [a, b]}`."""
    if declaration.type == "table":
        return not {"is", "as", "steps", "meanings"}.isdisjoint(words)
    return not (len(words) == 1 and FORMS.issuperset(words))


def _read_long(words: FrozenWords, declaration: Declaration, default: Modality) -> Stance:
    check_keys(words)
    modality = default if default == "float" else one_of(words, "as", MODALITIES, default)
    times = {key: show_time(read_time(words[key])) for key in TIMES if key in words}
    stance = Stance(
        modality,
        read_value(words["is"], declaration) if "is" in words else None,
        declaration.type,
        stage=text_in(words, "stage") or None,
        scope=words.get("scope"),
        as_at=times.get("as-at"),
        exceptions=texts_in(words, "except"),
        per=_stances(words, "per", declaration, modality),
        of_which=_stances(words, "of-which", declaration, modality),
        partition=one_of(words, "partition", ("yes", "no"), "no") == "yes",
        steps=_steps(words, declaration, modality),
        each=values_in(words, "each", declaration),
        meanings=values_in(words, "meanings", declaration),
        brackets=brackets_in(words, declaration),
        who=texts_in(words, "who"),
        toward=texts_in(words, "toward"),
        strength=one_of(words, "strength", STRENGTHS, "shall"),
        from_words=times.get("from"),
        effective_words=times.get("effective"),
        due=times.get("due"),
        lasts=length_in(words),
        until=times.get("until"),
        provisos=provisos_in(words),
        in_return=words.get("in-return"),
        remarks=by_name((key, words[key]) for key in words if key in REMARKS or key.startswith("x-")),
        as_worded=text_in(words, "as-worded"),
    )
    _refuse_silence(stance)
    return stance


def _refuse_silence(stance: Stance) -> None:
    """A stance has to say something: a value, or something that stands in its place."""
    said = (
        stance.value,
        stance.per,
        stance.of_which,
        stance.steps,
        stance.each,
        stance.meanings,
        stance.brackets,
    )
    if stance.modality not in ("refuse", "defer", "open") and not any(said):
        way = "write is: and the value, or as: refuse, as: defer or as: open where there is none"
        raise Misworded(BAD_STANCE, "a stance without a value", way)


def _stances(
    words: FrozenWords, key: str, declaration: Declaration, modality: Modality
) -> tuple[tuple[str, Stance], ...]:
    return by_name((name, _piece(inner, declaration, modality)) for name, inner in map_in(words, key))


def _piece(words: Words, declaration: Declaration, modality: Modality) -> Stance:
    """A category or part: of the term's type, or a count where the whole is a ratio (9 for 1, of which 5)."""
    try:
        return _read(words, declaration, modality)
    except Unreadable:
        if declaration.type != "ratio":
            raise
    return _read(words, Declaration("quantity", declaration.unit or COUNTED), modality)


def _steps(words: FrozenWords, declaration: Declaration, modality: Modality) -> tuple[tuple[str, Step], ...]:
    return by_name((name, _step(inner, declaration, modality)) for name, inner in map_in(words, "steps"))


def _step(words: Words, declaration: Declaration, modality: Modality) -> Step:
    """A step: a stance, in a long form of which `at` says when. A step may say nothing but when."""
    if not isinstance(words, FrozenWords) or "at" not in words:
        return Step(_read(words, declaration, modality))
    if not words["at"]:
        raise EmptyKey("at")
    at = show_time(read_time(words["at"]))
    rest = FrozenWords({key: inner for key, inner in words.items() if key != "at"})
    return Step(_read(rest, declaration, modality) if rest else Stance(modality, None, declaration.type), at)


def _show(stance: Stance, default: Modality) -> Words:
    """Short where value and default modality are all there is, else the long form in the order of `KEYS`."""
    shown = _shown(stance, default)
    return shown["is"] if set(shown) == {"is"} else FrozenWords(shown)


def _shown(stance: Stance, default: Modality) -> dict[str, Words]:
    strength = "" if stance.strength == "shall" else stance.strength
    pairs: list[tuple[str, Words | None]] = [
        ("is", stance.value.words if stance.value is not None else None),
        ("as", None if stance.modality == default else stance.modality),
        ("stage", stance.stage),
        ("scope", stance.scope),
        ("as-at", stance.as_at),
        ("except", written(stance.exceptions)),
        ("per", _maps((name, _show(one, stance.modality)) for name, one in stance.per)),
        ("of-which", _maps((name, _show(one, stance.modality)) for name, one in stance.of_which)),
        ("partition", "yes" if stance.partition else None),
        ("steps", _maps((name, _show_step(one, stance.modality)) for name, one in stance.steps)),
        ("each", _maps((name, one.words) for name, one in stance.each)),
        ("meanings", _maps((name, one.words) for name, one in stance.meanings)),
        ("brackets", tuple(one.shown() for one in stance.brackets)),
        ("who", written(stance.who)),
        ("toward", written(stance.toward)),
        ("strength", strength),
        ("from", stance.from_words),
        ("effective", stance.effective_words),
        ("due", stance.due),
        ("lasts", stance.lasts),
        ("until", stance.until),
        *show_provisos(stance.provisos).items(),
        ("in-return", stance.in_return),
        *stance.remarks,
        ("as-worded", stance.as_worded),
    ]
    return {key: words for key, words in pairs if words}


def _show_step(step: Step, default: Modality) -> Words:
    if step.at is None:
        return _show(step.stance, default)
    return FrozenWords({**_shown(step.stance, default), "at": step.at})


def _maps(pairs: Iterable[tuple[str, Words]]) -> FrozenWords:
    return FrozenWords(dict(pairs))
