"""How the stances on one term stand to each other, under one reading: what several questions begin with."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.declared import declared
from terms.analyses.engine.domains import is_reviewed
from terms.analyses.engine.judging import judged
from terms.analyses.engine.positions import slot_name
from terms.core.awaiting import ALL_BOUND
from terms.core.consent import consent_of
from terms.core.entries import Cell
from terms.core.situation import Situation
from terms.values import Gap, Stance, Value, compatible, gap, intersection, read_time, say_time
from terms.values.stance_parts import acceptance, compatible_stances

MONTHS = ("shortest", "longest")
"""The two readings of a length in calendar months; where they differ, a term is contested."""

Status = Literal[
    "unraised", "contested", "agreed", "text review", "agenda conflict", "deferred", "opposed", "gap",
    "unanswered", "compatible",
]  # fmt: skip


class Standing(Struct, frozen=True):
    """The compatibility of one term.

    `words` say it: the common values, the gap with its unit, who is silent. `gap` is None unless the status
    is gap. `silent` are the consenting parties without a stance of their own, `package_only` those of them
    that speak of the term inside an either/or. `events` are the stances it rests on, in log order.
    `readings` of a contested term are (reading, words) each. `bridgeable` is no status: where the record declares
    how near is near, the words of that and its source for a gap that is no wider; else empty.
    """

    term: str
    status: Status
    words: str
    gap: Gap | None = None
    silent: tuple[str, ...] = ()
    package_only: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    bridgeable: str = ""


def slots_of(at: Situation, stage: str | None = None) -> tuple[tuple[str, str], ...]:
    """(term, stage) of every declared term, in order, in each stage in which anybody speaks of it."""
    inside = {
        (term, clause.stage)
        for version in at.talks.versions.values()
        for option in version.options.values()
        for term, clause in option.items()
    }
    found: list[tuple[str, str]] = []
    for term in at.header.term:
        stages = set(at.stages_of(term)) | {own for name, own in inside if name == term}
        found.extend((term, own) for own in sorted(stages) if stage is None or own == stage)
    return tuple(found)


def standing(at: Situation, term: str, stage: str) -> Standing:
    """The compatibility of a term in one stage; the first status that fits, in the order of the design."""
    name = slot_name(at, term, stage)
    parties = at.header.consent(term)
    cells = {party: cell for party in parties if (cell := spoken(at, party, term, stage)) is not None}
    silent = tuple(party for party in parties if party not in cells)
    inside = _packaged(at)
    packaged = tuple(party for party in silent if (party, term, stage) in inside)
    offers = {event for party in packaged for event in inside[party, term, stage]}
    events = tuple(sorted({cell.stance_event or "" for cell in cells.values()}, key=at.history.index))
    if not cells and not packaged:
        return Standing(name, "unraised", "no stance", silent=silent)
    bound = any(cell.bound for cell in at.cells_of(term, stage).values())
    agreed = consent_of(at, term, stage=stage) if bound else None
    if agreed is not None and agreed.state in ALL_BOUND:
        clause = at.talks.clause(agreed.version, term) if agreed.version is not None else None
        said = _said(clause.stance) if clause is not None else ""
        words = f"{agreed.state}: {said}" if said else agreed.state
        return Standing(name, "agreed", words, None, silent, packaged, agreed.events)
    status, words, width = compared({party: cell.stance for party, cell in cells.items() if cell.stance})
    if status == "text review" and (found := judged(at, name, cells)) is not None:
        status = "compatible" if found[0] == "one" else "opposed"
        words = f"by the judgement {', '.join(found[1])}"
        events = tuple(sorted({*events, *found[1]}, key=at.history.index))
    if status in ("compatible", "deferred") and silent:
        unsaid = _without_stance(at, silent, packaged, (term, stage))
        words = unsaid if status == "compatible" else f"{words}; {unsaid}"
        answers = {
            at.talks.cells[party, term, stage].event for party in silent if answered(at, party, term, stage)
        }
        events = tuple(sorted({*events, *answers, *offers}, key=at.history.index))
        return Standing(name, "unanswered", words, None, silent, packaged, events)
    near = declared(at).near.get(term) if status == "gap" else None
    bridge = (
        f"{near.amount} {near.unit} ({near.source})"
        if near is not None and width is not None and near.bridges(width)
        else ""
    )
    return Standing(name, status, words, width, silent, packaged, events, (), bridge)


def spoken(at: Situation, party: str, term: str, stage: str) -> Cell | None:
    """What a party says now on a term, if it says anything more than an idea it floats."""
    cell = at.talks.cells.get((party, term, stage))
    taken = cell is not None and cell.stance is not None and cell.stance.modality != "float"
    return cell if taken else None


def _said(stance: Stance) -> str:
    """What was agreed, in words: the value, its parts, and by when; empty for a stance without any."""
    parts = [f"{name} {_said(part)}".rstrip() for name, part in (*stance.per, *stance.of_which)]
    due = [f"due {say_time(read_time(stance.due))}"] if stance.due is not None else []
    return ", ".join([*([stance.value.words] if stance.value is not None else []), *parts, *due])


def answered(at: Situation, party: str, term: str, stage: str) -> str:
    """How a party without a stance of its own answered others: `deferred until vote`, `recanted n-open`.

    Empty: it said nothing, floated an idea, or speaks of the term inside an either/or alone.
    """
    cell = at.talks.cells.get((party, term, stage))
    if cell is None or cell.stance is not None or cell.status in ("silent", "proposed"):
        return ""
    match cell.status:
        case "deferred":
            return f"deferred until {cell.detail}" if cell.detail else "deferred"
        case "referred":
            return f"referred to {cell.detail}" if cell.detail else "referred"
        case "withdrawn":
            return f"{cell.detail or 'withdrawn'} {cell.version or ''}".strip()
        case _:
            return cell.status


def _without_stance(
    at: Situation, silent: tuple[str, ...], packaged: tuple[str, ...], place: tuple[str, str]
) -> str:
    """Who has no stance of its own: what each answered, and who said nothing at all."""
    said = {party: answered(at, party, *place) for party in silent}
    told = [f"{party}: {words}, no stance" for party, words in said.items() if words]
    quiet = [
        f"{party}{' (inside a package only)' if party in packaged else ''}"
        for party in silent
        if not said[party]
    ]
    return "; ".join([*told, *([f"nothing said by {'; '.join(quiet)}"] if quiet else ())])


@lru_cache(maxsize=8)
def _packaged(at: Situation) -> Mapping[tuple[str, str, str], frozenset[str]]:
    """(party, term, stage) of all that somebody says inside an open either/or -> the events of those."""
    found: dict[tuple[str, str, str], frozenset[str]] = {}
    for name, version in at.talks.versions.items():
        if not version.options or version.state != "open" or version.chosen is not None:
            continue
        if version.form in ("float", "bridging"):
            continue
        for term, clause in (said for option in version.options.values() for said in option.items()):
            for party in version.by:
                place = (party, term, clause.stage)
                found[place] = found.get(place, frozenset()) | {name}
    return found


def compared(stances: dict[str, Stance]) -> tuple[Status, str, Gap | None]:
    """How stances on one term stand to each other: the status, in words, and the gap where that is it."""
    withheld = {party: one.modality for party, one in stances.items() if one.modality in ("refuse", "defer")}
    named = {party: one for party, one in stances.items() if party not in withheld}
    verdict, words, width = _values(named)
    if verdict == "text review":
        return verdict, words, None
    if withheld and named:
        said = [f"{party}: {one.modality}" for party, one in sorted(stances.items())]
        return "agenda conflict", "; ".join(said), None
    if withheld:
        return "deferred", "; ".join(f"{party}: {how}" for party, how in sorted(withheld.items())), None
    return verdict, words, width


def _values(stances: dict[str, Stance]) -> tuple[Status, str, Gap | None]:
    values = [value for one in stances.values() if (value := acceptance(one)) is not None]
    whole = len(values) == len(stances) and not any(
        one.per or one.of_which or one.steps for one in stances.values()
    )
    scopes = {(one.scope, one.as_at) for one in stances.values()}
    if len(scopes) > 1:
        return "text review", "the stances name different scopes", None
    if not whole:
        return _pieces(stances)
    fit = compatible(values)
    if fit is None and (width := gap(values)) is not None and width.contested:
        return _apart(values)
    if fit is None or (len(values) > 1 and any(map(is_reviewed, stances.values())) and fit):
        return (
            "text review",
            "a person has to judge: " + "; ".join(sorted({one.words for one in values})),
            None,
        )
    if fit:
        common = _common(values)
        return "compatible", common.words if common is not None else "no limit", None
    return _apart(values)


def _apart(values: list[Value]) -> tuple[Status, str, Gap | None]:
    width = gap(values)
    if width is None:
        return "opposed", " / ".join(sorted({one.words for one in values})), None
    if width.contested:
        told = {name: gap_words(one) for name, one in width.parts}
        if told.keys() <= set(MONTHS):
            told = {f"months at their {name}": told.get(name, "compatible") for name in MONTHS}
        readings = tuple(f"{name}: {words}" for name, words in told.items())
        return "contested", "; ".join(readings) or gap_words(width), width
    return "gap", gap_words(width), width


def _pieces(stances: dict[str, Stance]) -> tuple[Status, str, Gap | None]:
    verdicts = set()
    found: list[str] = []
    for one, other in combinations(sorted(stances), 2):
        compared = compatible_stances(stances[one], stances[other])
        verdicts.add(compared.is_compatible)
        found.extend(
            f"{' '.join(piece.path) or 'whole'}: {piece.left} / {piece.right}"
            for piece in compared.pieces
            if piece.verdict == "opposed"
        )
    if False in verdicts:
        return "opposed", "; ".join(found), None
    if None in verdicts:
        return "text review", "a person has to judge the parts", None
    return "compatible", "in every part that both name", None


def _common(values: list[Value]) -> Value | None:
    common = values[0] if values else None
    for value in values[1:]:
        common = intersection(common, value) if common is not None else None
    return common


def gap_words(width: Gap) -> str:
    """`gap of 20000 persons`, with the names that one side needs and another does not admit."""
    if width.touching:
        return f"the ends touch and nothing satisfies both (0 {width.unit})".replace("  ", " ")
    if width.amount is None:
        inner = ", ".join(f"{name}: {gap_words(one)}" for name, one in width.parts)
        return f"apart in pairs ({inner})" if inner else "apart"
    names = f" ({', '.join(width.names)})" if width.names else ""
    unit = width.unit.removesuffix("s") if width.amount == 1 else width.unit
    return f"gap of {width.amount} {unit}{names}".rstrip()


def standings(at: Situation, stage: str | None = None) -> Iterator[Standing]:
    """The compatibility of every declared term, in the order declared."""
    for term, own in slots_of(at, stage):
        yield standing(at, term, own)
